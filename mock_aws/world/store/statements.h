/* SPDX-License-Identifier: MIT */
/* Every statement of the world, by noun: X(NAME, "SQL"). Prepared by store.c when first asked for, always bound. */
#ifndef MOCK_KIRO_WORLD_STATEMENTS_H
#define MOCK_KIRO_WORLD_STATEMENTS_H

#define FOREVER_SQL "9223372036854775807"
#define HELD_SQL "9223372036854775790" /* propagation.h */

/* enum fact, and the causes that wait for the service-linked role (rule 41): engine/noticing.h asserts that they are these. */
#define FACT_ACTIVITY_SQL "1"
#define FACT_JOINING_SQL "2"
#define FACT_VOID_SQL "3"
#define FACT_ENDED_SQL "4"
#define ROLE_CAUSES_SQL "1, 2, 5, 7"

/* What is held by hand is let go; the terms are those of the partial index that finds it. */
#define RELEASE(table, column, whose)                                                              \
    "UPDATE " table " SET " column " = ?1 WHERE " column " = ?2 AND " column " > " HELD_SQL        \
    " AND " column " < " FOREVER_SQL " AND (?3 IS NULL OR " whose ")"

/* Of the view `path`, named x: that part of it stands, or the account believes so; `which` narrows the beliefs. */
#define UPHELD(end, which)                                                                         \
    "(x." end " IS NULL OR EXISTS (SELECT 1 FROM unnoticed n WHERE n.cause_seq = x." end           \
    " AND n.account_id = x.account_id AND n.fact >= " FACT_ENDED_SQL which "))"
#define UPHELD_WHOLLY(which)                                                                       \
    UPHELD("user_end", which)                                                                      \
    " AND " UPHELD("membership_end", which) " AND " UPHELD("assignment_end", which)                \
    " AND " UPHELD("profile_end", which) " AND " UPHELD("instance_end", which)                     \
    " AND " UPHELD("account_end", which) " AND (x.active = 1 OR EXISTS (SELECT 1 FROM unnoticed "  \
    "n WHERE n.user_id = x.user_id AND n.fact = " FACT_ACTIVITY_SQL                                \
    " AND n.account_id = x.account_id" which "))"
#define NOT_OF_USER(fact, subject)                                                                 \
    " AND NOT EXISTS (SELECT 1 FROM unnoticed n WHERE n.user_id = x.user_id AND n.fact = " fact    \
    " AND n.subject = " subject " AND n.account_id = x.account_id)"
#define NOT_VOID NOT_OF_USER(FACT_VOID_SQL, "CAST(x.assignment_row AS TEXT)")

/* What entitles as Kiro believes; and what the 1st charges (charge_at): the truth, with what is never noticed for true. */
#define BELIEVED                                                                                   \
    UPHELD_WHOLLY("") NOT_VOID NOT_OF_USER(FACT_JOINING_SQL, "x.group_id")
#define NEVER_NOTICED " AND n.ready_s = " FOREVER_SQL " AND n.lag IS NULL"
#define OWED UPHELD_WHOLLY(NEVER_NOTICED) NOT_VOID

/* A row that a change ended and the account believes to stand. */
#define BELIEVED_ROW(alias, account)                                                               \
    "EXISTS (SELECT 1 FROM unnoticed n WHERE n.cause_seq = " alias ".ended_seq AND n.account_id = " \
    account " AND n.fact >= " FACT_ENDED_SQL ")"

#define SEAT_COLUMNS                                                                               \
    "row, user_id, user_name, profile_arn, account_id, profile_region, instance_arn, status, "     \
    "plan, plan_in_force, created_s, activated_s, canceled_s, cause, access_until_s, "             \
    "listed_until_s, activated_seq, decided_seq, decided_rule, decided_cause_seq"

/* One after the other in the order of `seq`: the first seat behind (?2, ?3) that fits. */
#define SEAT_AFTER(which, seq)                                                                     \
    "SELECT " SEAT_COLUMNS " FROM seat WHERE " which " AND (" seq ", row) > (?2, ?3) ORDER BY "    \
    seq ", row LIMIT 1"

/* clang-format off */
#define STATEMENTS(X) \
    X(BEGIN, "BEGIN IMMEDIATE") \
    X(COMMIT, "COMMIT") \
    X(ROLLBACK, "ROLLBACK") \
    X(TRY, "SAVEPOINT try") \
    X(TRY_UNDO, "ROLLBACK TO try") \
    X(TRY_END, "RELEASE try") \
    \
    X(WORLD_INSERT, "INSERT INTO world (one, seed, id_counter, now_s, running) VALUES (1, ?1, ?2, ?3, ?4)") \
    X(WORLD_GET, "SELECT seed, id_counter, now_s, running FROM world") \
    X(WORLD_SET_CLOCK, "UPDATE world SET now_s = ?1, running = ?2") \
    X(WORLD_SET_IDS, "UPDATE world SET id_counter = ?1") \
    X(SETTING_PUT, "INSERT INTO setting (kind, name, value) VALUES (?1, ?2, ?3)") \
    X(SETTING_RELEASED, "INSERT OR REPLACE INTO setting (kind, name, value) VALUES ('released', ?1, ?2)") \
    X(SETTING_CLEAR, "DELETE FROM setting") \
    X(SETTING_LIST, "SELECT kind, name, value FROM setting") \
    \
    X(ACCOUNT_INSERT, "INSERT INTO account (account_id, management, invited, joined_s) VALUES (?1, 0, 0, ?2)") \
    X(ACCOUNT_JOIN, "UPDATE account SET organization_id = ?2, management = ?3, invited = ?4, name = ?5, email = ?6, " \
        "joined_s = ?7, parent_id = (SELECT root_id FROM organization WHERE organization_id = ?2) WHERE account_id = ?1") \
    X(ACCOUNT_LEAVE, "UPDATE account SET organization_id = NULL, parent_id = NULL, management = 0 WHERE account_id = ?1") \
    X(ACCOUNT_MOVE, "UPDATE account SET parent_id = ?2 WHERE account_id = ?1") \
    X(ACCOUNT_GET, "SELECT account_id, organization_id, management, invited, name, email, joined_s, close_requested_s, closed_s, row, " \
        "parent_id FROM account WHERE account_id = ?1") \
    X(ACCOUNT_LIST, "SELECT account_id, organization_id, management, invited, name, email, joined_s, close_requested_s, closed_s, row, " \
        "parent_id FROM account WHERE row > ?1 ORDER BY row") \
    X(ACCOUNT_OF_ORGANIZATION, "SELECT account_id, organization_id, management, invited, name, email, joined_s, close_requested_s, " \
        "closed_s, row, parent_id FROM account WHERE organization_id = ?1 AND row > ?2 ORDER BY row") \
    X(ACCOUNT_OF_PARENT, "SELECT account_id, organization_id, management, invited, name, email, joined_s, close_requested_s, " \
        "closed_s, row, parent_id FROM account WHERE organization_id = ?1 AND parent_id = ?2 AND row > ?3 ORDER BY row") \
    X(ACCOUNT_BY_EMAIL, "SELECT account_id FROM account WHERE organization_id = ?1 AND email = ?2 COLLATE NOCASE") \
    X(ACCOUNT_MEMBERS, "SELECT count(*) FROM account WHERE organization_id = ?1 AND management = 0 " \
        "AND (closed_s IS NULL OR closed_s > ?2)") \
    X(ACCOUNT_CLOSED_SINCE, "SELECT count(*) FROM account WHERE organization_id = ?1 AND close_requested_s > ?2") \
    X(ACCOUNT_CLOSE, "UPDATE account SET close_requested_s = ?2, closed_s = ?3, ended_seq = ?4 WHERE account_id = ?1") \
    X(ACCOUNT_REOPEN, "UPDATE account SET close_requested_s = NULL, closed_s = NULL, ended_seq = NULL WHERE account_id = ?1") \
    X(ACCOUNT_ENDED_BY, "SELECT ended_seq FROM account WHERE account_id = ?1") \
    X(ACCOUNT_REQUEST_INSERT, "INSERT INTO account_request (request_id, organization_id, account_name, account_id, failure, " \
        "requested_s, completed_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)") \
    X(ACCOUNT_REQUEST_GET, "SELECT row, request_id, account_name, account_id, failure, requested_s, completed_s " \
        "FROM account_request WHERE organization_id = ?1 AND request_id = ?2") \
    X(ACCOUNT_REQUEST_LIST, "SELECT row, request_id, account_name, account_id, failure, requested_s, completed_s " \
        "FROM account_request WHERE organization_id = ?1 AND row > ?2 ORDER BY row") \
    X(ORGANIZATION_INSERT, "INSERT INTO organization (organization_id, management_id, root_id, all_features, created_s) " \
        "VALUES (?1, ?2, ?3, ?4, ?5)") \
    X(ORGANIZATION_GET, "SELECT organization_id, management_id, root_id, all_features FROM organization WHERE organization_id = ?1") \
    X(ORGANIZATION_TRUST, "INSERT INTO record (kind, scope, key, value, created_s) " \
        "SELECT ?2, c.organization_id, ?3, '{}', ?4 FROM account c CROSS JOIN instance i ON i.account_id = c.account_id " \
        "WHERE c.account_id = ?1 AND c.management = 1 AND i.kind = 'organization' AND i.deleted_s IS NULL LIMIT 1 " \
        "ON CONFLICT (scope, kind, key) DO NOTHING") \
    X(ORGANIZATION_DELETE, "DELETE FROM organization WHERE organization_id = ?1") \
    \
    X(ROLE_INSERT, "INSERT INTO service_role (account_id, name, role_id, description, created_s) VALUES (?1, ?2, ?3, ?4, ?5)") \
    X(ROLE_GET, "SELECT row, name, role_id, description, created_s FROM service_role " \
        "WHERE account_id = ?1 AND name = ?2 AND deleted_s IS NULL") \
    X(ROLE_LIST, "SELECT row, name, role_id, description, created_s FROM service_role " \
        "WHERE account_id = ?1 AND row > ?2 AND deleted_s IS NULL ORDER BY row") \
    X(ROLE_DELETE, "UPDATE service_role SET deleted_s = ?2 WHERE row = ?1") \
    X(ROLE_EVER, "SELECT 1 FROM service_role WHERE account_id = ?1 LIMIT 1") \
    \
    X(JOURNAL_INSERT, "INSERT INTO journal (at_s, service, operation, method, path, host, account, region, actor, request_id, " \
        "status, code, input, answer, near, unread, faulted) " \
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)") \
    X(JOURNAL_TRIM, "DELETE FROM journal WHERE row <= ?1") \
    X(JOURNAL_LIST, "SELECT row, at_s, service, operation, method, path, host, account, region, actor, request_id, status, code, " \
        "input, answer, near, unread, faulted FROM journal WHERE row > ?1 AND at_s >= ?2 AND (?3 IS NULL OR operation = ?3) " \
        "AND (?4 IS NULL OR actor = ?4 OR instr(input, ?4) > 0) AND (?5 = 0 OR status = ?5) ORDER BY row LIMIT ?6") \
    X(JOURNAL_DROPPED, "SELECT (SELECT row FROM journal ORDER BY row LIMIT 1) - 1") \
    X(JOURNAL_CLEAR, "DELETE FROM journal") \
    X(EVENT_INSERT, "INSERT INTO event (at_s, account_id, region, event_id, name, source, read_only, username, access_key, resources, " \
        "record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)") \
    X(EVENT_DROP, "DELETE FROM event WHERE row <= ?1") \
    X(EVENT_LIST, "SELECT row, at_s, account_id, region, event_id, name, source, read_only, username, access_key, resources, record " \
        "FROM event WHERE account_id = ?1 AND region = ?2 AND row < ?3 AND at_s >= ?4 AND at_s <= ?5 ORDER BY row DESC") \
    X(PLACE_OF_TENANT, "SELECT i.account_id, i.region FROM scim_tenant t CROSS JOIN instance i ON i.instance_arn = t.instance_arn " \
        "WHERE t.tenant = ?1") \
    X(PLACE_OF_USER, "SELECT i.account_id, i.region FROM user u CROSS JOIN instance i ON i.store_id = u.store_id WHERE u.user_id = ?1") \
    \
    X(RECORD_PUT, "INSERT INTO record (kind, scope, key, value, created_s) VALUES (?1, ?2, ?3, ?4, ?5) " \
        "ON CONFLICT (scope, kind, key) DO UPDATE SET value = excluded.value") \
    X(RECORD_GET, "SELECT value FROM record WHERE scope = ?2 AND kind = ?1 AND key = ?3") \
    X(RECORD_DELETE, "DELETE FROM record WHERE scope = ?2 AND kind = ?1 AND key = ?3 RETURNING row") \
    X(RECORD_DELETE_SCOPE, "DELETE FROM record WHERE scope = ?1") \
    X(RECORD_DELETE_OF_KEY, "DELETE FROM record WHERE kind = ?1 AND key = ?2") \
    X(RECORD_DELETE_STORE, "DELETE FROM record WHERE scope IN (SELECT user_id FROM user WHERE store_id = ?1 AND deleted_s IS NULL " \
        "UNION ALL SELECT group_id FROM user_group WHERE store_id = ?1 AND deleted_s IS NULL)") \
    X(RECORD_LIST, "SELECT row, scope, key, value, created_s FROM record WHERE scope = ?2 AND kind = ?1 AND row > ?3 ORDER BY row") \
    X(RECORD_LIST_OF_KEY, "SELECT row, scope, key, value, created_s FROM record WHERE kind = ?1 AND key = ?2 AND row > ?3 ORDER BY row") \
    \
    X(INSTANCE_INSERT, "INSERT INTO instance (instance_arn, store_id, account_id, region, kind, name, created_s, ready_s) " \
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)") \
    X(INSTANCE_GET, "SELECT row, instance_arn, store_id, account_id, region, kind, name, created_s, deleted_s, ready_s, gone_s " \
        "FROM instance WHERE instance_arn = ?1") \
    X(INSTANCE_BY_STORE, "SELECT row, instance_arn, store_id, account_id, region, kind, name, created_s, deleted_s, ready_s, gone_s " \
        "FROM instance WHERE store_id = ?1") \
    X(INSTANCE_LIST, "SELECT row, instance_arn, store_id, account_id, region, kind, name, created_s, deleted_s, ready_s, gone_s " \
        "FROM instance WHERE (deleted_s IS NULL OR gone_s > ?2) AND row > ?1 ORDER BY row") \
    X(INSTANCE_READY, "UPDATE instance SET ready_s = ?2 WHERE instance_arn = ?1") \
    X(INSTANCE_RENAME, "UPDATE instance SET name = ?2 WHERE instance_arn = ?1") \
    X(INSTANCE_DELETE, "UPDATE instance SET deleted_s = ?2, ended_seq = ?3, gone_s = ?4 WHERE instance_arn = ?1") \
    \
    X(USER_INSERT, "INSERT INTO user (user_id, store_id, name, name_key, email_key, attributes, active, created_s, created_by, " \
        "updated_s, updated_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8, ?7, ?8)") \
    X(USER_GET, "SELECT row, user_id, store_id, name, attributes, active, created_s, created_by, updated_s, updated_by " \
        "FROM user WHERE user_id = ?1 AND deleted_s IS NULL") \
    X(USER_BY_NAME, "SELECT row, user_id, store_id, name, attributes, active, created_s, created_by, updated_s, updated_by " \
        "FROM user WHERE store_id = ?1 AND name_key = ?2 AND deleted_s IS NULL") \
    X(USER_BY_EMAIL, "SELECT row, user_id, store_id, name, attributes, active, created_s, created_by, updated_s, updated_by " \
        "FROM user WHERE store_id = ?1 AND email_key = ?2 AND deleted_s IS NULL") \
    X(USER_LIST, "SELECT row, user_id, store_id, name, attributes, active, created_s, created_by, updated_s, updated_by " \
        "FROM user WHERE store_id = ?1 AND deleted_s IS NULL AND row > ?2 ORDER BY row LIMIT ?3") \
    X(USER_IDS, "SELECT user_id FROM user WHERE store_id = ?1 AND deleted_s IS NULL ORDER BY row") \
    X(USER_UPDATE, "UPDATE user SET name = ?2, name_key = ?3, email_key = ?4, attributes = ?5, updated_s = ?6, updated_by = ?7 " \
        "WHERE user_id = ?1") \
    X(USER_DELETE, "UPDATE user SET deleted_s = ?2, ended_seq = ?3, " \
        "session_until_s = CASE WHEN disabled_s IS NULL THEN ?4 ELSE session_until_s END WHERE user_id = ?1") \
    X(USER_DELETE_STORE, "UPDATE user SET deleted_s = ?2, ended_seq = ?3, " \
        "session_until_s = CASE WHEN disabled_s IS NULL THEN ?4 ELSE session_until_s END WHERE store_id = ?1 AND deleted_s IS NULL") \
    X(USER_DISABLE, "UPDATE user SET active = 0, disabled_s = ?2, session_until_s = ?3, updated_s = ?2, updated_by = ?4 " \
        "WHERE user_id = ?1") \
    X(USER_ENABLE, "UPDATE user SET active = 1, disabled_s = NULL, updated_s = ?2, updated_by = ?3 WHERE user_id = ?1") \
    X(USER_NAME, "SELECT name FROM user WHERE user_id = ?1") \
    X(USER_SESSION, "SELECT active, deleted_s, disabled_s, session_until_s FROM user WHERE user_id = ?1") \
    X(USER_HOME, "SELECT ifnull(o.closed_s, " FOREVER_SQL ") FROM user u CROSS JOIN instance i ON i.store_id = u.store_id " \
        "CROSS JOIN account o ON o.account_id = i.account_id WHERE u.user_id = ?1") \
    X(USER_OF_OLD_NAME, "SELECT user_id FROM user WHERE store_id = ?1 AND name = ?2 ORDER BY row DESC LIMIT 1") \
    X(USER_REVIVE, "UPDATE user SET deleted_s = NULL, ended_seq = NULL, active = 1 WHERE user_id = ?1") \
    \
    X(GROUP_INSERT, "INSERT INTO user_group (group_id, store_id, name, name_key, description, created_s, created_by, updated_s, " \
        "updated_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?6, ?7)") \
    X(GROUP_GET, "SELECT row, group_id, store_id, name, description, created_s, created_by, updated_s, updated_by " \
        "FROM user_group WHERE group_id = ?1 AND deleted_s IS NULL") \
    X(GROUP_BY_NAME, "SELECT row, group_id, store_id, name, description, created_s, created_by, updated_s, updated_by " \
        "FROM user_group WHERE store_id = ?1 AND name_key = ?2 AND deleted_s IS NULL") \
    X(GROUP_LIST, "SELECT row, group_id, store_id, name, description, created_s, created_by, updated_s, updated_by " \
        "FROM user_group WHERE store_id = ?1 AND deleted_s IS NULL AND row > ?2 ORDER BY row LIMIT ?3") \
    X(GROUP_IDS, "SELECT group_id FROM user_group WHERE store_id = ?1 AND deleted_s IS NULL ORDER BY row") \
    X(GROUP_RENAME, "UPDATE user_group SET name = ?2, name_key = ?3, updated_s = ?4, updated_by = ?5 WHERE group_id = ?1") \
    X(GROUP_DESCRIBE, "UPDATE user_group SET description = ?2, updated_s = ?3, updated_by = ?4 WHERE group_id = ?1") \
    X(GROUP_DELETE, "UPDATE user_group SET deleted_s = ?2 WHERE group_id = ?1") \
    X(GROUP_DELETE_STORE, "UPDATE user_group SET deleted_s = ?2 WHERE store_id = ?1 AND deleted_s IS NULL") \
    \
    X(MEMBERSHIP_INSERT, "INSERT INTO membership (membership_id, store_id, group_id, user_id, created_s, created_by) " \
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)") \
    X(MEMBERSHIP_GET, "SELECT row, membership_id, store_id, group_id, user_id, created_s, created_by FROM membership " \
        "WHERE membership_id = ?1 AND removed_s IS NULL") \
    X(MEMBERSHIP_OF_GROUP, "SELECT row, membership_id, store_id, group_id, user_id, created_s, created_by FROM membership " \
        "WHERE group_id = ?1 AND removed_s IS NULL AND row > ?2 ORDER BY row LIMIT ?3") \
    X(MEMBERSHIP_OF_USER, "SELECT row, membership_id, store_id, group_id, user_id, created_s, created_by FROM membership " \
        "WHERE user_id = ?1 AND removed_s IS NULL AND row > ?2 ORDER BY row LIMIT ?3") \
    X(MEMBERSHIP_OF_PAIR, "SELECT row, membership_id, store_id, group_id, user_id, created_s, created_by FROM membership " \
        "WHERE group_id = ?1 AND user_id = ?2 AND removed_s IS NULL") \
    X(MEMBERSHIP_REMOVE, "UPDATE membership SET removed_s = ?2, ended_seq = ?3 WHERE membership_id = ?1") \
    X(MEMBERSHIP_REMOVE_USER, "UPDATE membership SET removed_s = ?2, ended_seq = ?3 WHERE user_id = ?1 AND removed_s IS NULL") \
    X(MEMBERSHIP_REMOVE_GROUP, "UPDATE membership SET removed_s = ?2, ended_seq = ?3 WHERE group_id = ?1 AND removed_s IS NULL") \
    X(MEMBERSHIP_REMOVE_STORE, "UPDATE membership SET removed_s = ?2, ended_seq = ?3 WHERE store_id = ?1 AND removed_s IS NULL") \
    X(MEMBER_IDS, "SELECT user_id FROM membership WHERE group_id = ?1 AND removed_s IS NULL ORDER BY row") \
    X(MEMBER_IDS_BELIEVED, "SELECT m.user_id FROM membership m WHERE m.group_id = ?1 AND m.removed_s IS NOT NULL AND " \
        "EXISTS (SELECT 1 FROM unnoticed WHERE ready_s >= 0) AND " BELIEVED_ROW("m", "?2") " ORDER BY m.row") \
    X(MEMBERSHIP_TELL_USER, "INSERT INTO timeline (at_s, actor, event, subject, user_id, rule, cause_seq) " \
        "SELECT ?2, ?3, 'membership ends', group_id, user_id, ?4, ?5 FROM membership WHERE user_id = ?1 AND removed_s IS NULL ORDER BY row") \
    X(MEMBERSHIP_TELL_GROUP, "INSERT INTO timeline (at_s, actor, event, subject, user_id, rule, cause_seq) " \
        "SELECT ?2, ?3, 'membership ends', group_id, user_id, ?4, ?5 FROM membership WHERE group_id = ?1 AND removed_s IS NULL ORDER BY row") \
    X(MEMBERSHIP_TELL_STORE, "INSERT INTO timeline (at_s, actor, event, subject, user_id, rule, cause_seq) " \
        "SELECT ?2, ?3, 'membership ends', group_id, user_id, ?4, ?5 FROM membership WHERE store_id = ?1 AND removed_s IS NULL ORDER BY row") \
    \
    \
    X(PROFILE_INSERT, "INSERT INTO profile (profile_arn, account_id, region, instance_arn, name, settings, overage, created_s, ready_s) " \
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8)") \
    X(PROFILE_GET, "SELECT p.row, p.profile_arn, p.account_id, p.region, p.instance_arn, p.name, p.settings, p.created_s, " \
        "p.deleted_s, i.store_id, i.region, i.deleted_s, min(ifnull(c.closed_s, " FOREVER_SQL "), ifnull(o.closed_s, " FOREVER_SQL ")), p.overage, p.ready_s FROM profile p " \
        "CROSS JOIN instance i ON i.instance_arn = p.instance_arn CROSS JOIN account c ON c.account_id = p.account_id " \
        "CROSS JOIN account o ON o.account_id = i.account_id WHERE p.profile_arn = ?1") \
    X(PROFILE_LIST, "SELECT p.row, p.profile_arn, p.account_id, p.region, p.instance_arn, p.name, p.settings, p.created_s, " \
        "p.deleted_s, i.store_id, i.region, i.deleted_s, min(ifnull(c.closed_s, " FOREVER_SQL "), ifnull(o.closed_s, " FOREVER_SQL ")), p.overage, p.ready_s FROM profile p " \
        "CROSS JOIN instance i ON i.instance_arn = p.instance_arn CROSS JOIN account c ON c.account_id = p.account_id " \
        "CROSS JOIN account o ON o.account_id = i.account_id WHERE p.account_id = ?1 AND p.region = ?2 AND p.deleted_s IS NULL AND p.row > ?3 ORDER BY p.row LIMIT ?4") \
    X(PROFILE_ALL, "SELECT profile_arn, account_id, region, instance_arn FROM profile WHERE deleted_s IS NULL ORDER BY row") \
    X(PROFILE_DELETE, "UPDATE profile SET deleted_s = ?2, ended_seq = ?3 WHERE profile_arn = ?1") \
    X(PROFILE_UPDATE, "UPDATE profile SET instance_arn = ?2, name = ?3, settings = ?4 WHERE profile_arn = ?1") \
    X(PROFILE_OVERAGE, "UPDATE profile SET overage = ?2 WHERE profile_arn = ?1") \
    X(PROFILE_SETTINGS, "SELECT settings FROM profile WHERE profile_arn = ?1") \
    X(PROFILES_OF_ACCOUNT, "SELECT profile_arn FROM profile WHERE account_id = ?1 AND deleted_s IS NULL ORDER BY row") \
    X(PROFILES_OF_INSTANCE, "SELECT profile_arn FROM profile WHERE instance_arn = ?1 ORDER BY row") \
    X(OBSERVERS, "SELECT p.account_id FROM profile p CROSS JOIN instance i ON i.instance_arn = p.instance_arn " \
        "WHERE p.instance_arn = ?1 AND (p.ended_seq IS NULL OR p.ended_seq = i.ended_seq OR " BELIEVED_ROW("p", "p.account_id") ") " \
        "GROUP BY p.account_id ORDER BY min(p.row)") \
    \
    X(ASSIGNMENT_INSERT, "INSERT INTO assignment (profile_arn, principal_id, is_group, plan, created_s) VALUES (?1, ?2, ?3, ?4, ?5)") \
    X(ASSIGNMENT_GET, "SELECT row, plan FROM assignment WHERE principal_id = ?1 AND profile_arn = ?2 AND is_group = ?3 " \
        "AND ended_s IS NULL") \
    X(ASSIGNMENT_BY_ROW, "SELECT row, profile_arn, principal_id, is_group, plan FROM assignment WHERE row = ?1 AND ended_s IS NULL") \
    X(ASSIGNMENT_OF_PROFILE, "SELECT row, profile_arn, principal_id, is_group, plan FROM assignment " \
        "WHERE profile_arn = ?1 AND ended_s IS NULL AND row > ?2 ORDER BY row LIMIT ?3") \
    X(ASSIGNMENT_SET_PLAN, "UPDATE assignment SET plan = ?2 WHERE row = ?1") \
    X(ASSIGNMENT_BELIEVED, "SELECT a.row, a.plan FROM assignment a WHERE a.principal_id = ?1 AND a.profile_arn = ?2 AND a.is_group = ?3 " \
        "AND a.ended_s IS NOT NULL AND EXISTS (SELECT 1 FROM claim c WHERE c.assignment_row = a.row AND c.ended_s IS NULL)") \
    X(ASSIGNMENT_END, "UPDATE assignment SET ended_s = ?2, ended_seq = ?3 WHERE row = ?1") \
    X(ASSIGNMENT_END_PRINCIPAL, "UPDATE assignment SET ended_s = ?2, ended_seq = ?3 WHERE principal_id = ?1 AND ended_s IS NULL") \
    X(ASSIGNMENT_END_PROFILE, "UPDATE assignment SET ended_s = ?2, ended_seq = ?3 WHERE profile_arn = ?1 AND ended_s IS NULL") \
    X(ASSIGNMENT_RESUME, "UPDATE OR IGNORE assignment SET ended_s = NULL, ended_seq = NULL WHERE ended_seq = ?1") \
    X(ASSIGNMENT_ALL, "SELECT principal_id, is_group, profile_arn, plan, created_s FROM assignment WHERE ended_s IS NULL ORDER BY row") \
    X(ASSIGNMENT_EVER, "SELECT 1 FROM assignment WHERE principal_id = ?1 AND profile_arn = ?2 LIMIT 1") \
    \
    \
    X(ENTITLED, "SELECT x.profile_arn, x.assignment_row, x.plan, x.group_id, x.account_id FROM path x WHERE x.user_id = ?1 AND " BELIEVED) \
    X(PAIR_OWED, "SELECT 1 FROM path x WHERE x.user_id = ?1 AND x.profile_arn = ?2 AND " OWED " LIMIT 1") \
    X(PAIR_OWED_AND_BELIEVED, "SELECT 1 FROM path x WHERE x.user_id = ?1 AND x.profile_arn = ?2 AND " OWED " AND " BELIEVED " LIMIT 1") \
    X(UNNOTICED_INSERT, "INSERT INTO unnoticed (account_id, fact, subject, user_id, ready_s, lag, cause, cause_seq, trigger_s) " \
        "VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, -1), ?7, ?8, ?9)") \
    X(UNNOTICED_DELETE, "DELETE FROM unnoticed WHERE row = ?1") \
    X(UNNOTICED_FIND, "SELECT row FROM unnoticed WHERE account_id = ?1 AND fact = ?2 AND subject = ?3 AND user_id IS ?4") \
    X(UNNOTICED_FORGET, "DELETE FROM unnoticed WHERE user_id = ?1 AND fact = ?2 AND subject = ?3") \
    X(UNNOTICED_FORGET_VOID, "DELETE FROM unnoticed WHERE user_id = ?1 AND fact = " FACT_VOID_SQL " AND subject IN " \
        "(SELECT CAST(row AS TEXT) FROM assignment WHERE principal_id = ?2)") \
    X(UNNOTICED_NEXT, "SELECT min(ready_s) FROM unnoticed WHERE ready_s > ?1 AND ready_s <= ?2") \
    X(UNNOTICED_LAST, "SELECT max(ready_s) FROM unnoticed WHERE ready_s < " FOREVER_SQL) \
    X(UNNOTICED_READY, "SELECT n.row, n.account_id, n.fact, n.subject, n.user_id, n.cause, n.cause_seq FROM unnoticed n " \
        "WHERE n.ready_s <= ?1 AND (?2 = 0 OR n.cause NOT IN (" ROLE_CAUSES_SQL ") OR EXISTS (SELECT 1 FROM service_role r " \
        "WHERE r.account_id = n.account_id AND r.name = ?3 AND r.deleted_s IS NULL)) ORDER BY n.trigger_s, n.row") \
    X(UNNOTICED_RELEASE, "UPDATE unnoticed SET ready_s = ?1, lag = NULL WHERE lag = ?2 AND ready_s = " FOREVER_SQL \
        " AND (?3 IS NULL OR user_id = ?3)") \
    X(UNNOTICED_HELD, "SELECT lag, user_id, subject, cause, cause_seq, account_id FROM unnoticed " \
        "WHERE ready_s = " FOREVER_SQL " AND lag IS NOT NULL ORDER BY lag, trigger_s, row") \
    X(HELD_ELSEWHERE, "SELECT lag, user_id, subject FROM (" \
        "SELECT ready_s AS at_s, NULL AS user_id, instance_arn AS subject, " FOREVER_SQL " - 1 - ready_s AS lag FROM instance " \
        "WHERE ready_s > " HELD_SQL " AND ready_s < " FOREVER_SQL \
        " UNION ALL SELECT gone_s, NULL, instance_arn, " FOREVER_SQL " - 1 - gone_s FROM instance " \
        "WHERE gone_s > " HELD_SQL " AND gone_s < " FOREVER_SQL \
        " UNION ALL SELECT ready_s, NULL, profile_arn, " FOREVER_SQL " - 1 - ready_s FROM profile " \
        "WHERE ready_s > " HELD_SQL " AND ready_s < " FOREVER_SQL \
        " UNION ALL SELECT closed_s, NULL, account_id, " FOREVER_SQL " - 1 - closed_s FROM account " \
        "WHERE closed_s > " HELD_SQL " AND closed_s < " FOREVER_SQL \
        " UNION ALL SELECT access_until_s, user_id, profile_arn, " FOREVER_SQL " - 1 - access_until_s FROM seat " \
        "WHERE access_until_s > " HELD_SQL " AND access_until_s < " FOREVER_SQL ") ORDER BY lag, subject, user_id") \
    X(CLAIM_INSERT, "INSERT INTO claim (user_id, profile_arn, assignment_row, group_id, plan, started_s, told_seq) " \
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)") \
    X(CLAIM_LIVE, "SELECT row, profile_arn, assignment_row, plan, group_id FROM claim WHERE user_id = ?1 AND ended_s IS NULL ORDER BY row") \
    X(CLAIM_OF_PAIR, "SELECT c.plan, c.group_id, g.name FROM claim c LEFT JOIN user_group g ON g.group_id = c.group_id " \
        "WHERE c.user_id = ?1 AND c.profile_arn = ?2 AND c.ended_s IS NULL ORDER BY c.row") \
    X(CLAIM_END, "UPDATE claim SET ended_s = ?2, cause = ?3, told_seq = ?4 WHERE row = ?1") \
    X(CLAIM_BY_GROUP, "SELECT 1 FROM claim WHERE user_id = ?1 AND profile_arn = ?2 AND ended_s IS NULL AND group_id IS NOT NULL LIMIT 1") \
    X(CLAIM_SIBLINGS, "SELECT count(*) FROM claim c CROSS JOIN claim o ON o.assignment_row = c.assignment_row AND o.ended_s IS NULL " \
        "WHERE c.user_id = ?1 AND c.profile_arn = ?2 AND c.ended_s IS NULL AND c.group_id IS NOT NULL") \
    X(CLAIM_SET_PLAN, "UPDATE claim SET plan = ?2, told_seq = ?3 WHERE row = ?1") \
    X(CLAIM_ENTITLING, "SELECT told_seq FROM claim WHERE user_id = ?1 AND profile_arn = ?2 AND ended_s IS NULL ORDER BY plan DESC, row LIMIT 1") \
    X(CLAIM_HOLDERS_ENDED, "SELECT c.user_id FROM assignment a CROSS JOIN claim c ON c.assignment_row = a.row AND c.ended_s IS NULL " \
        "WHERE a.principal_id = ?1 AND a.ended_s IS NOT NULL ORDER BY c.row") \
    X(CLAIM_HOLDERS_OF_GROUP, "SELECT c.user_id FROM claim c WHERE c.group_id = ?1 AND c.ended_s IS NULL GROUP BY c.user_id " \
        "ORDER BY (SELECT max(m.row) FROM membership m WHERE m.user_id = c.user_id AND m.group_id = ?1)") \
    X(CLAIM_HOLDERS, "SELECT user_id FROM claim WHERE assignment_row = ?1 AND ended_s IS NULL ORDER BY row") \
    \
    X(SEAT_INSERT, "INSERT INTO seat (user_id, user_name, profile_arn, account_id, profile_region, instance_arn, status, plan, " \
        "plan_in_force, created_s, cause, listed_until_s, activated_seq, decided_seq, decided_cause_seq) " \
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, 0, " FOREVER_SQL ", 0, 0, 0)") \
    X(SEAT_REMOVE, "DELETE FROM seat WHERE user_id = ?1 AND profile_arn = ?2") \
    X(SEAT_GET, "SELECT " SEAT_COLUMNS " FROM seat WHERE user_id = ?1 AND profile_arn = ?2") \
    X(SEAT_OF_INSTANCE, "SELECT " SEAT_COLUMNS " FROM seat " \
        "WHERE instance_arn = ?1 AND profile_region = ?2 AND listed_until_s > ?3 AND row > ?4 AND NOT EXISTS " \
        "(SELECT 1 FROM account c WHERE c.account_id = seat.account_id AND c.closed_s <= ?3) ORDER BY row LIMIT ?5") \
    X(SEAT_ALL, "SELECT " SEAT_COLUMNS " FROM seat ORDER BY row") \
    X(SEAT_ACTIVE, SEAT_AFTER("status = 2", "activated_seq")) \
    X(SEAT_WAITING, SEAT_AFTER("status = 2 AND plan_in_force <> plan", "decided_seq")) \
    X(SEAT_CANCELED_SINCE, SEAT_AFTER("status = 3 AND canceled_s >= ?1", "decided_seq")) \
    X(SEAT_ACCESS_ENDS, SEAT_AFTER("status = 3 AND access_until_s > 0 AND access_until_s = ?1", "decided_seq")) \
    X(SEAT_ROW_LEAVES, SEAT_AFTER("status = 3 AND listed_until_s = ?1", "decided_seq")) \
    X(SEAT_NEXT_END, "SELECT min(at_s) FROM (SELECT min(access_until_s) AS at_s FROM seat " \
        "WHERE status = 3 AND access_until_s > 0 AND access_until_s > ?1 AND access_until_s <= ?2 " \
        "UNION ALL SELECT min(listed_until_s) FROM seat WHERE status = 3 AND listed_until_s > ?1 AND listed_until_s <= ?2)") \
    X(SEAT_ANY_ACTIVE, "SELECT 1 FROM seat WHERE status = 2 AND activated_seq >= 0 LIMIT 1") \
    X(SEAT_SET, "UPDATE seat SET status = ?2, plan = ?3, plan_in_force = ?4, activated_s = ?5, canceled_s = ?6, cause = ?7, " \
        "access_until_s = ?8, listed_until_s = ?9, activated_seq = ?10, decided_seq = ?11, decided_rule = ?12, decided_cause_seq = ?13 WHERE row = ?1") \
    X(SEAT_RENAME, "UPDATE seat SET user_name = ?2 WHERE user_id = ?1") \
    X(SEAT_OF_PROFILE_LIVE, "SELECT user_id FROM seat WHERE profile_arn = ?1 AND status <> 3 ORDER BY row") \
    X(SEAT_OF_INSTANCE_LIVE, "SELECT u.user_id FROM profile p CROSS JOIN seat s ON s.profile_arn = p.profile_arn " \
        "CROSS JOIN user u ON u.user_id = s.user_id WHERE p.instance_arn = ?1 AND s.status <> 3 " \
        "AND (?2 IS NULL OR p.account_id = ?2) GROUP BY u.row ORDER BY u.row") \
    X(SEAT_OF_ACCOUNT, "SELECT s.user_id FROM profile p CROSS JOIN seat s ON s.profile_arn = p.profile_arn " \
        "WHERE p.account_id = ?1 GROUP BY s.user_id ORDER BY min(p.row), min(s.row)") \
    X(SEAT_OF_ACCOUNT_LIVE, "SELECT s.user_id FROM profile p CROSS JOIN seat s ON s.profile_arn = p.profile_arn " \
        "WHERE p.account_id = ?1 AND s.status <> 3 GROUP BY s.user_id ORDER BY min(p.row), min(s.row)") \
    X(SEAT_USERS_OF_PROFILE, "SELECT user_id FROM seat WHERE profile_arn = ?1 ORDER BY row") \
    X(SEATS_OF_USER, "SELECT profile_arn FROM seat WHERE user_id = ?1 ORDER BY profile_arn") \
    X(SEAT_ACTIVE_OF_USER, "SELECT 1 FROM seat WHERE user_id = ?1 AND status = 2 LIMIT 1") \
    X(SEAT_NEVER_USED, "SELECT 1 FROM seat WHERE user_id = ?1 AND status = 3 AND ifnull(activated_s, 0) = 0 LIMIT 1") \
    X(SEAT_ORPHAN, "SELECT 1 FROM seat s WHERE s.profile_arn = ?1 AND s.listed_until_s > ?2 AND NOT EXISTS " \
        "(SELECT 1 FROM user u WHERE u.user_id = s.user_id AND u.deleted_s IS NULL) LIMIT 1") \
    \
    \
    X(SHARE_GET, "SELECT user_id, profile_arn, account_id, plans, first_plan, first_s, whole, canceled, posted_cents, posted_plan, licence, month_s " \
        "FROM share WHERE user_id = ?1 AND profile_arn = ?2 AND month_s = ?3") \
    X(SHARE_OF_LICENCE, "SELECT user_id, profile_arn, account_id, plans, first_plan, first_s, whole, canceled, posted_cents, posted_plan, licence, month_s " \
        "FROM share WHERE licence = ?1 AND month_s = ?2 ORDER BY user_id, profile_arn") \
    X(SHARE_PUT, "INSERT OR REPLACE INTO share (user_id, profile_arn, month_s, account_id, licence, plans, first_plan, first_s, whole, " \
        "canceled, posted_cents, posted_plan) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)") \
    X(SHARE_LATEST, "SELECT max(month_s) FROM share WHERE user_id = ?1 AND profile_arn = ?2") \
    X(LEDGER_INSERT, "INSERT INTO ledger (month_s, account_id, profile_arn, user_id, plan, kind, amount_cents, rule, at_s) " \
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)") \
    X(LEDGER_OF_MONTH, "SELECT account_id, profile_arn, user_id, plan, kind, amount_cents, rule, at_s FROM ledger " \
        "WHERE month_s = ?1 ORDER BY row") \
    X(CREDIT_GET, "SELECT used_hundredths, over_hundredths, over_cents FROM credit " \
        "WHERE user_id = ?1 AND profile_arn = ?2 AND month_s = ?3") \
    X(CREDIT_PUT, "INSERT OR REPLACE INTO credit (user_id, profile_arn, month_s, used_hundredths, over_hundredths, over_cents) " \
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)") \
    X(CREDIT_OVER, "SELECT sum(over_cents) FROM credit WHERE profile_arn = ?1 AND month_s = ?2 AND over_cents > 0") \
    \
    \
    X(ACTIVITY_ADD, "INSERT INTO activity (day_s, profile_arn, user_id, account_id, plan, uses, used_hundredths) " \
        "VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6) ON CONFLICT (day_s, profile_arn, user_id) " \
        "DO UPDATE SET plan = ?5, uses = uses + 1, used_hundredths = used_hundredths + ?6") \
    X(ACTIVITY_BETWEEN, "SELECT day_s, profile_arn, user_id, account_id, plan, uses, used_hundredths FROM activity " \
        "WHERE day_s >= ?1 AND day_s < ?2 ORDER BY day_s, profile_arn, user_id") \
    \
    X(RELEASE_USER_SESSION, RELEASE("user", "session_until_s", "user_id = ?3")) \
    X(RELEASE_PROFILE_READY, RELEASE("profile", "ready_s", "0")) \
    X(RELEASE_INSTANCE_READY, RELEASE("instance", "ready_s", "0")) \
    X(RELEASE_INSTANCE_GONE, RELEASE("instance", "gone_s", "0")) \
    X(RELEASE_ACCOUNT_CLOSED, RELEASE("account", "closed_s", "0")) \
    X(RELEASE_SEAT_ACCESS, RELEASE("seat", "access_until_s", "user_id = ?3")) \
    \
    X(TOKEN_INSERT, "INSERT INTO token (token, user_id, expires_s) VALUES (?1, ?2, ?3)") \
    X(TENANT_INSERT, "INSERT INTO scim_tenant (tenant, instance_arn) VALUES (?1, ?2)") \
    X(TENANT_GET, "SELECT instance_arn FROM scim_tenant WHERE tenant = ?1") \
    X(TENANT_OF_INSTANCE, "SELECT tenant FROM scim_tenant WHERE instance_arn = ?1") \
    X(SCIM_TOKENS, "SELECT count(*) FROM scim_token WHERE tenant = ?1 AND expires_s > ?2") \
    X(SCIM_TOKEN_INSERT, "INSERT INTO scim_token (token, tenant, expires_s) VALUES (?1, ?2, ?3)") \
    X(SCIM_TOKEN_GET, "SELECT 1 FROM scim_token WHERE token = ?1 AND tenant = ?2 AND expires_s > ?3") \
    X(SCIM_TOKEN_LIST, "SELECT k.tenant, k.token, k.expires_s FROM scim_tenant t CROSS JOIN scim_token k ON k.tenant = t.tenant " \
        "WHERE t.instance_arn = ?1 ORDER BY k.expires_s, k.token") \
    X(SCIM_TOKEN_DELETE, "DELETE FROM scim_token WHERE token = ?1 RETURNING tenant") \
    X(REPLAY_GET, "SELECT input_hash, answer FROM replay WHERE account_id = ?1 AND region = ?2 AND operation = ?3 AND token = ?4") \
    X(REPLAY_PUT, "INSERT INTO replay (account_id, region, operation, token, input_hash, answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6)") \
    \
    X(TIMELINE_INSERT, "INSERT INTO timeline (at_s, actor, event, subject, user_id, before, after, rule, cause_seq) " \
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)") \
    X(TIMELINE_LIST, "SELECT seq, at_s, actor, event, subject, before, after, rule, cause_seq FROM timeline " \
        "WHERE seq > ?1 AND at_s >= ?2 ORDER BY seq LIMIT ?3") \
    X(TIMELINE_OF_USER, "SELECT seq, at_s, actor, event, subject, before, after, rule, cause_seq FROM timeline " \
        "WHERE user_id = ?4 AND seq > ?1 AND at_s >= ?2 ORDER BY seq LIMIT ?3") \
    X(TIMELINE_EXPLAIN, "SELECT seq, at_s, actor, event, subject, before, after, rule, cause_seq FROM timeline " \
        "WHERE seq IN (SELECT seq FROM timeline WHERE user_id = ?1 UNION SELECT cause_seq FROM timeline WHERE user_id = ?1) ORDER BY seq") \
    X(TIMELINE_ANY, "SELECT 1 FROM timeline LIMIT 1")
/* clang-format on */

#define STATEMENT_ENUM(name, sql) SQL_##name,
enum statement { STATEMENTS(STATEMENT_ENUM) STATEMENT_COUNT };
#undef STATEMENT_ENUM

#endif
