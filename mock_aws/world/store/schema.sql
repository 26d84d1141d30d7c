-- SPDX-License-Identifier: MIT
-- The world. Instants are whole seconds since 1970; 9223372036854775807 stands for "no end". A
-- thing that ended keeps its row with the instant (deleted_s, removed_s, ended_s), so that names
-- can be used again and history can be told, and with ended_seq, the timeline entry of the
-- change that ended it: all that one change ended carries the same number. `row` numbers rows in
-- order of creation: lists and page tokens go by it.

-- One row: where time stands, which ids come next.
CREATE TABLE world (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seed INTEGER NOT NULL,
    id_counter INTEGER NOT NULL,
    now_s INTEGER NOT NULL,
    running INTEGER NOT NULL
);

-- The reading in force: kind 'edition', 'timing', 'override' (a parameter) or 'deviation'.
CREATE TABLE setting (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) WITHOUT ROWID;

-- closed_s may lie ahead of now: until then the closure is pending. parent_id is the
-- organization's root or a unit of it.
CREATE TABLE account (
    row INTEGER PRIMARY KEY,
    account_id TEXT NOT NULL UNIQUE,
    organization_id TEXT,
    parent_id TEXT,
    management INTEGER NOT NULL,
    invited INTEGER NOT NULL,
    name TEXT,
    email TEXT,
    joined_s INTEGER NOT NULL,
    close_requested_s INTEGER,
    closed_s INTEGER,
    ended_seq INTEGER
);
CREATE INDEX account_of_organization ON account (organization_id, row);
CREATE INDEX account_of_parent ON account (organization_id, parent_id, row);

CREATE TABLE organization (
    organization_id TEXT PRIMARY KEY,
    management_id TEXT NOT NULL,
    root_id TEXT NOT NULL,
    all_features INTEGER NOT NULL,
    created_s INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE account_request (
    row INTEGER PRIMARY KEY,
    request_id TEXT NOT NULL UNIQUE,
    organization_id TEXT NOT NULL,
    account_name TEXT NOT NULL,
    account_id TEXT,
    failure TEXT,
    requested_s INTEGER NOT NULL,
    completed_s INTEGER NOT NULL
);
CREATE INDEX account_request_in_order ON account_request (organization_id, row);

-- Service-linked roles, in order of creation. A deleted one keeps its row: it does not come back
-- by itself.
CREATE TABLE service_role (
    row INTEGER PRIMARY KEY,
    account_id TEXT NOT NULL,
    name TEXT NOT NULL,
    role_id TEXT NOT NULL,
    description TEXT,
    created_s INTEGER NOT NULL,
    deleted_s INTEGER
);
CREATE UNIQUE INDEX service_role_by_name ON service_role (account_id, name) WHERE deleted_s IS NULL;
CREATE INDEX service_role_in_order ON service_role (account_id, row);

CREATE TABLE instance (
    row INTEGER PRIMARY KEY,
    instance_arn TEXT NOT NULL UNIQUE,
    store_id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL,
    region TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT,
    created_s INTEGER NOT NULL,
    ready_s INTEGER NOT NULL,
    deleted_s INTEGER,
    gone_s INTEGER,
    ended_seq INTEGER
);
CREATE INDEX instance_of_account ON instance (account_id, row);

-- `attributes` is the user's modelled members as JSON text; the wire made and reads it, the
-- world only keeps it.
CREATE TABLE user (
    row INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL UNIQUE,
    store_id TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    email_key TEXT,
    attributes TEXT NOT NULL,
    active INTEGER NOT NULL,
    created_s INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    updated_s INTEGER NOT NULL,
    updated_by TEXT NOT NULL,
    deleted_s INTEGER,
    ended_seq INTEGER,
    disabled_s INTEGER,
    session_until_s INTEGER
);
CREATE UNIQUE INDEX user_by_name ON user (store_id, name_key) WHERE deleted_s IS NULL;
CREATE UNIQUE INDEX user_by_email ON user (store_id, email_key)
    WHERE deleted_s IS NULL AND email_key IS NOT NULL;
CREATE INDEX user_in_order ON user (store_id, row) WHERE deleted_s IS NULL;

CREATE TABLE user_group (
    row INTEGER PRIMARY KEY,
    group_id TEXT NOT NULL UNIQUE,
    store_id TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT,
    created_s INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    updated_s INTEGER NOT NULL,
    updated_by TEXT NOT NULL,
    deleted_s INTEGER
);
CREATE UNIQUE INDEX group_by_name ON user_group (store_id, name_key) WHERE deleted_s IS NULL;
CREATE INDEX group_in_order ON user_group (store_id, row) WHERE deleted_s IS NULL;

CREATE TABLE membership (
    row INTEGER PRIMARY KEY,
    membership_id TEXT NOT NULL UNIQUE,
    store_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    created_s INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    removed_s INTEGER,
    ended_seq INTEGER
);
CREATE UNIQUE INDEX membership_of_pair ON membership (group_id, user_id) WHERE removed_s IS NULL;
CREATE INDEX membership_of_group ON membership (group_id, row) WHERE removed_s IS NULL;
CREATE INDEX membership_of_user ON membership (user_id, row) WHERE removed_s IS NULL;
CREATE INDEX membership_of_store ON membership (store_id) WHERE removed_s IS NULL;
CREATE INDEX membership_ever ON membership (user_id, group_id);
CREATE INDEX membership_ended_in_group ON membership (group_id, row) WHERE removed_s IS NOT NULL;

-- `settings` is what CreateProfile was given, as JSON text; whether overage is on, which it says
-- too, is what the bill goes by.
CREATE TABLE profile (
    row INTEGER PRIMARY KEY,
    profile_arn TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL,
    region TEXT NOT NULL,
    instance_arn TEXT NOT NULL,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    overage INTEGER NOT NULL,
    created_s INTEGER NOT NULL,
    ready_s INTEGER NOT NULL,
    deleted_s INTEGER,
    ended_seq INTEGER
);
CREATE INDEX profile_of_account ON profile (account_id, region, row) WHERE deleted_s IS NULL;
CREATE INDEX profile_of_instance ON profile (instance_arn);
CREATE INDEX profile_ever_of_account ON profile (account_id, row);

-- Who was subscribed to which plan: one standing assignment per (principal, profile).
CREATE TABLE assignment (
    row INTEGER PRIMARY KEY,
    profile_arn TEXT NOT NULL,
    principal_id TEXT NOT NULL,
    is_group INTEGER NOT NULL,
    plan INTEGER NOT NULL,
    created_s INTEGER NOT NULL,
    ended_s INTEGER,
    ended_seq INTEGER
);
CREATE UNIQUE INDEX assignment_of_pair ON assignment (principal_id, profile_arn)
    WHERE ended_s IS NULL;
CREATE INDEX assignment_ever ON assignment (principal_id, profile_arn);
CREATE INDEX assignment_of_profile ON assignment (profile_arn, row) WHERE ended_s IS NULL;
CREATE INDEX assignment_ended_by ON assignment (ended_seq) WHERE ended_seq IS NOT NULL;

-- What Kiro, looking from one account, still believes otherwise than the directory has it
-- (engine/beliefs.h): the fact (numbers there), from when on it may notice (ready_s: an
-- instant; no end: never, or where `lag` names a delay until it is released by hand), and why it
-- is otherwise: the cause, its timeline entry and its instant. What one change ended is believed
-- to stand as long as a row of that change is here for the account.
CREATE TABLE unnoticed (
    row INTEGER PRIMARY KEY,
    account_id TEXT NOT NULL,
    fact INTEGER NOT NULL,
    subject TEXT NOT NULL,
    user_id TEXT,
    ready_s INTEGER NOT NULL,
    lag INTEGER,
    cause INTEGER NOT NULL,
    cause_seq INTEGER NOT NULL,
    trigger_s INTEGER NOT NULL
);
CREATE INDEX unnoticed_by_cause ON unnoticed (cause_seq, account_id);
CREATE INDEX unnoticed_of_user ON unnoticed (user_id, fact, subject, account_id);
CREATE INDEX unnoticed_of_subject ON unnoticed (subject, fact);
CREATE INDEX unnoticed_in_order ON unnoticed (ready_s, trigger_s, row);

-- What settle has granted: one live claim per (user, assignment). told_seq is the timeline entry
-- of its latest change.
CREATE TABLE claim (
    row INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL,
    profile_arn TEXT NOT NULL,
    assignment_row INTEGER NOT NULL,
    group_id TEXT,
    plan INTEGER NOT NULL,
    started_s INTEGER NOT NULL,
    ended_s INTEGER,
    cause INTEGER,
    told_seq INTEGER NOT NULL
);
CREATE INDEX claim_of_pair ON claim (user_id, profile_arn) WHERE ended_s IS NULL;
CREATE INDEX claim_ended ON claim (user_id, assignment_row) WHERE ended_s IS NOT NULL;
CREATE INDEX claim_of_assignment ON claim (assignment_row) WHERE ended_s IS NULL;
CREATE INDEX claim_of_group ON claim (group_id, row) WHERE ended_s IS NULL AND group_id IS NOT NULL;

-- The seat as Kiro lists and bills it, the latest one per (user, profile). It outlives user,
-- profile and instance, so it carries their names and has no foreign key. The month's turn works
-- seats off in the order in which they became Active (activated_seq), and what was decided of
-- them in the order of the decisions (decided_seq; decided_cause_seq is why).
CREATE TABLE seat (
    row INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    profile_arn TEXT NOT NULL,
    account_id TEXT NOT NULL,
    profile_region TEXT NOT NULL,
    instance_arn TEXT NOT NULL,
    status INTEGER NOT NULL,
    plan INTEGER NOT NULL,
    plan_in_force INTEGER NOT NULL,
    created_s INTEGER NOT NULL,
    activated_s INTEGER,
    canceled_s INTEGER,
    cause INTEGER NOT NULL,
    access_until_s INTEGER,
    listed_until_s INTEGER NOT NULL,
    activated_seq INTEGER NOT NULL,
    decided_seq INTEGER NOT NULL,
    decided_rule TEXT,
    decided_cause_seq INTEGER NOT NULL
);
CREATE UNIQUE INDEX seat_of_pair ON seat (user_id, profile_arn);
CREATE INDEX seat_in_order ON seat (instance_arn, profile_region, row);
CREATE INDEX seat_of_profile ON seat (profile_arn, row);
CREATE INDEX seat_active ON seat (activated_seq, row) WHERE status = 2;
CREATE INDEX seat_waiting ON seat (decided_seq, row) WHERE status = 2 AND plan_in_force <> plan;
CREATE INDEX seat_canceled ON seat (decided_seq, row) WHERE status = 3;
CREATE INDEX seat_access_ends ON seat (access_until_s, decided_seq, row)
    WHERE status = 3 AND access_until_s > 0;
CREATE INDEX seat_row_leaves ON seat (listed_until_s, decided_seq, row) WHERE status = 3;

-- Canceled seats whose row the list keeps beside the pair's new one
-- (canceled_row_after_resubscribe): as they were in `seat`, numbered together with those.
CREATE TABLE seat_former (
    row INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    profile_arn TEXT NOT NULL,
    account_id TEXT NOT NULL,
    profile_region TEXT NOT NULL,
    instance_arn TEXT NOT NULL,
    status INTEGER NOT NULL,
    plan INTEGER NOT NULL,
    plan_in_force INTEGER NOT NULL,
    created_s INTEGER NOT NULL,
    activated_s INTEGER,
    canceled_s INTEGER,
    cause INTEGER NOT NULL,
    access_until_s INTEGER,
    listed_until_s INTEGER NOT NULL,
    activated_seq INTEGER NOT NULL,
    decided_seq INTEGER NOT NULL,
    decided_rule TEXT,
    decided_cause_seq INTEGER NOT NULL
);
CREATE INDEX seat_former_in_order ON seat_former (instance_arn, profile_region, row);

-- A pair's share in one month: which plans were in force while Active (a bit per plan), how the
-- month began, whether it was canceled, what is posted. Shares of one licence (a hash of the
-- person and the place that pay once, billing.h) are one charge.
CREATE TABLE share (
    user_id TEXT NOT NULL,
    profile_arn TEXT NOT NULL,
    month_s INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    licence INTEGER NOT NULL,
    plans INTEGER NOT NULL,
    first_plan INTEGER NOT NULL,
    first_s INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    canceled INTEGER NOT NULL,
    posted_cents INTEGER NOT NULL,
    posted_plan INTEGER NOT NULL,
    PRIMARY KEY (user_id, profile_arn, month_s)
) WITHOUT ROWID;
CREATE INDEX share_of_licence ON share (licence, month_s);

-- Credits used by a pair in one month, in hundredths; how many of them were over the allowance,
-- and what is posted for those.
CREATE TABLE credit (
    user_id TEXT NOT NULL,
    profile_arn TEXT NOT NULL,
    month_s INTEGER NOT NULL,
    used_hundredths INTEGER NOT NULL,
    over_hundredths INTEGER NOT NULL,
    over_cents INTEGER NOT NULL,
    PRIMARY KEY (user_id, profile_arn, month_s)
) WITHOUT ROWID;
CREATE INDEX credit_over ON credit (profile_arn, month_s, over_cents) WHERE over_cents > 0;

-- What is made, closed or ended by hand (time/propagation.h) carries an instant between
-- 9223372036854775790 and "no end" until it is released.
CREATE INDEX user_held_session_until ON user (session_until_s)
    WHERE session_until_s > 9223372036854775790 AND session_until_s < 9223372036854775807;
CREATE INDEX profile_held_ready ON profile (ready_s)
    WHERE ready_s > 9223372036854775790 AND ready_s < 9223372036854775807;
CREATE INDEX instance_held_ready ON instance (ready_s)
    WHERE ready_s > 9223372036854775790 AND ready_s < 9223372036854775807;
CREATE INDEX instance_held_gone ON instance (gone_s)
    WHERE gone_s > 9223372036854775790 AND gone_s < 9223372036854775807;
CREATE INDEX account_held_closed ON account (closed_s)
    WHERE closed_s > 9223372036854775790 AND closed_s < 9223372036854775807;
CREATE INDEX seat_held_access_until ON seat (access_until_s)
    WHERE access_until_s > 9223372036854775790 AND access_until_s < 9223372036854775807;

-- What sso-admin has begun and not finished: from ready_s on it is done, which may be held by hand
-- as above. The subject names it among all of its kind of delay (time/propagation.h); scope is the
-- ARN of the instance with which it is forgotten. What is done needs no row.
CREATE TABLE waiting (
    lag INTEGER NOT NULL,
    subject TEXT NOT NULL,
    scope TEXT NOT NULL,
    ready_s INTEGER NOT NULL,
    PRIMARY KEY (lag, subject)
) WITHOUT ROWID;
CREATE INDEX waiting_of_scope ON waiting (scope, subject);
CREATE INDEX waiting_in_order ON waiting (ready_s);

-- What a pair did on one day (UTC), at which plan: for the report per user.
CREATE TABLE activity (
    day_s INTEGER NOT NULL,
    profile_arn TEXT NOT NULL,
    user_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    plan INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    used_hundredths INTEGER NOT NULL,
    PRIMARY KEY (day_s, profile_arn, user_id)
) WITHOUT ROWID;

-- The bill: lines are only ever added.
CREATE TABLE ledger (
    row INTEGER PRIMARY KEY,
    month_s INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    profile_arn TEXT NOT NULL,
    user_id TEXT NOT NULL,
    plan INTEGER NOT NULL,
    kind TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    rule TEXT NOT NULL,
    at_s INTEGER NOT NULL
);
CREATE INDEX ledger_of_month ON ledger (month_s, row);

CREATE TABLE token (
    token TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    expires_s INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE scim_tenant (
    tenant TEXT PRIMARY KEY,
    instance_arn TEXT NOT NULL UNIQUE
) WITHOUT ROWID;

CREATE TABLE scim_token (
    token TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    expires_s INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX scim_token_of_tenant ON scim_token (tenant);

-- First answers of calls that carried an idempotency token.
CREATE TABLE replay (
    account_id TEXT NOT NULL,
    region TEXT NOT NULL,
    operation TEXT NOT NULL,
    token TEXT NOT NULL,
    input_hash INTEGER NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (account_id, region, operation, token)
) WITHOUT ROWID;

-- What happened, why, by which rule.
CREATE TABLE timeline (
    seq INTEGER PRIMARY KEY,
    at_s INTEGER NOT NULL,
    actor TEXT NOT NULL,
    event TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id TEXT,
    before TEXT,
    after TEXT,
    rule TEXT,
    cause_seq INTEGER
);
CREATE INDEX timeline_of_user ON timeline (user_id, seq);

-- What CloudTrail would show, the latest of it (trail.h). Not in the digest: what changed
-- nothing is here as well.
CREATE TABLE event (
    row INTEGER PRIMARY KEY,
    at_s INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    region TEXT NOT NULL,
    event_id TEXT NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    read_only INTEGER NOT NULL,
    username TEXT,
    access_key TEXT,
    resources TEXT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX event_in_order ON event (account_id, region, row);

-- What services keep and no seat depends on: the wire's own JSON (records.h). A change keeps the
-- row.
CREATE TABLE record (
    row INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    created_s INTEGER NOT NULL
);
CREATE UNIQUE INDEX record_by_key ON record (scope, kind, key);
CREATE INDEX record_in_order ON record (scope, kind, row);
CREATE INDEX record_of_key ON record (kind, key, row);

-- The ways to a seat: an assignment of a user, or of a group that he is or was in, with what
-- ended each part of it (NULL: it stands). Which of them entitle is a question of what is
-- believed (statements.h: BELIEVED, OWED; engine.md). Join order is pinned from the user
-- outwards by CROSS JOIN, because the planner would otherwise walk the assignments of a whole
-- profile.
CREATE VIEW path AS
    SELECT u.user_id, p.account_id, a.profile_arn, a.row AS assignment_row, a.plan, NULL AS
        group_id,
           u.active, u.ended_seq AS user_end, NULL AS membership_end, a.ended_seq AS assignment_end,
           p.ended_seq AS profile_end, i.ended_seq AS instance_end, c.ended_seq AS account_end
    FROM user u
    CROSS JOIN assignment a ON a.principal_id = u.user_id AND a.is_group = 0
    CROSS JOIN profile p ON p.profile_arn = a.profile_arn
    CROSS JOIN instance i ON i.instance_arn = p.instance_arn
    CROSS JOIN account c ON c.account_id = p.account_id
    UNION ALL
    SELECT u.user_id, p.account_id, a.profile_arn, a.row, a.plan, m.group_id,
           u.active, u.ended_seq, m.ended_seq, a.ended_seq, p.ended_seq, i.ended_seq, c.ended_seq
    FROM user u
    CROSS JOIN membership m ON m.user_id = u.user_id
    CROSS JOIN assignment a ON a.principal_id = m.group_id AND a.is_group = 1
    CROSS JOIN profile p ON p.profile_arn = a.profile_arn
    CROSS JOIN instance i ON i.instance_arn = p.instance_arn
    CROSS JOIN account c ON c.account_id = p.account_id;
