/* SPDX-License-Identifier: MIT */
/*
 * The second reading of the rulebook: a history of events in memory, and the answer to "what does
 * X's seat look like now?" by reading that history back. No SQL, no code of the server, its own
 * month arithmetic; it shares the vocabulary only. Written to disagree with the server where
 * either is wrong.
 *
 * Things are named by the scenario's handles ("alice", "devs", "main"); a user created again under
 * a used name is a new handle.
 */
#ifndef MOCK_KIRO_CLIENT_ORACLE_H
#define MOCK_KIRO_CLIENT_ORACLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/levels.h"
#include "base/plans.h"
#include "base/statuses.h"

struct oracle;

enum oracle_event_kind {
    /* subject: instance, object: account that owns it (or NULL: one that is never closed) */
    ORACLE_INSTANCE_CREATED,
    ORACLE_INSTANCE_DELETED,
    /* subject: profile, object: instance, text: account that owns it (NULL as above) */
    ORACLE_PROFILE_CREATED,
    ORACLE_PROFILE_DELETED,
    ORACLE_USER_CREATED, /* subject: user, object: instance, text: user name */
    ORACLE_USER_DELETED,
    ORACLE_USER_DEACTIVATED,
    ORACLE_USER_REACTIVATED,
    ORACLE_GROUP_CREATED, /* subject: group, object: instance */
    ORACLE_GROUP_DELETED,
    ORACLE_MEMBER_ADDED, /* subject: user, object: group */
    ORACLE_MEMBER_REMOVED,
    ORACLE_SUBSCRIBED,   /* subject: user or group (see to_group), object: profile, plan */
    ORACLE_UNSUBSCRIBED, /* subject, object as above */
    ORACLE_PLAN_CHANGED, /* subject, object as above, plan */
    /* subject: user, object: profile, credits_hundredths; only uses that were allowed */
    ORACLE_USED,
    ORACLE_ACCOUNT_CLOSED, /* subject: account; the request, from which account_close_lag counts */
    ORACLE_ACCOUNT_REOPENED,
    /* subject: account; the service-linked role that Kiro reads its directory with */
    ORACLE_ROLE_DELETED,
    ORACLE_ROLE_CREATED,   /* … made again: each account begins with it */
    ORACLE_ACCOUNT_JOINED, /* subject: account, object: organization */
    ORACLE_OVERAGE_ON,     /* subject: profile */
    ORACLE_OVERAGE_OFF,
    ORACLE_OVERAGE_CAPPED /* subject: profile, cap_cents */
};

struct oracle_event {
    enum oracle_event_kind kind;
    int64_t at_s; /* seconds since 1970, UTC; never earlier than the event before */
    const char *subject;
    const char *object;
    const char *text;
    bool to_group;
    enum plan plan;
    int64_t credits_hundredths;
    const char *region; /* of a profile created, or NULL */
    int64_t cap_cents;  /* of one subscription's overage in a month; 0: none */
};

/*
 * `values` are the parameters of the edition in force, PARAMETER_COUNT of them; `lags_s` the
 * delays of the timing in force, LAG_COUNT of them; both copied.
 */
struct oracle *oracle_new(const int *values, const int64_t *lags_s);
void oracle_free(struct oracle *oracle);

/* Remember an event that happened (a refused step did not happen). Copies what it keeps. */
void oracle_record(struct oracle *oracle, const struct oracle_event *event);

/*
 * What the documents promise for one user under one profile at `at_s` (not earlier than the last
 * event).
 */
struct oracle_seat {
    enum seat_status status; /* SEAT_NONE: never had a seat here */
    bool entitled;           /* at least one live claim */
    enum plan plan; /* bought: the highest live claim; of a canceled seat, the last one it had */
    enum plan plan_in_force; /* PLAN_NONE while Pending; of a canceled seat, the last one it had */
    enum plan next_plan;     /* what takes over on the 1st, if lower; else PLAN_NONE */
    bool access;
    int64_t access_until_s; /* end of access already decided; 0 if none is */
    bool users_tab;
    bool subscriptions_tab;
    bool shown_by_name;     /* false: the row shows the raw id (rule 35) */
    bool by_user, by_group; /* sources of the live claims */
    /* the rule id that decides each axis now; never NULL when status is not SEAT_NONE */
    const char *rule[AXIS_COUNT];
};

void oracle_seat(const struct oracle *oracle, const char *user, const char *profile, int64_t at_s,
                 struct oracle_seat *out_seat);

/*
 * Would a use of so many credits be allowed? A seat's `access` is the answer for the smallest one.
 */
bool oracle_may_use(const struct oracle *oracle, const char *user, const char *profile,
                    int64_t at_s, int64_t credits_hundredths);

/*
 * What is on the bill of one calendar month for one user under one profile, as known at `at_s`. A
 * month that has not begun is a forecast: what its turn will post if nobody does anything until
 * then.
 */
struct oracle_charge {
    int64_t owed_cents;     /* charges less refunds */
    int64_t refunded_cents; /* the sum of refund lines, positive */
    const char *rule; /* the rule id that made the last line, or that says why there is none */
};

void oracle_charge(const struct oracle *oracle, const char *user, const char *profile,
                   int64_t month_year, int month, int64_t at_s, struct oracle_charge *out_charge);

/* Has this calendar month begun at `at_s`? */
bool oracle_month_has_begun(const struct oracle *oracle, int64_t month_year, int month,
                            int64_t at_s);

/*
 * How many rows of paid seats that were canceled the list still has beside the pair's latest one
 * (canceled_row_after_resubscribe).
 */
size_t oracle_former_rows(const struct oracle *oracle, const char *user, const char *profile,
                          int64_t at_s);

/* What the Groups tab says of any group: "none", or the sister product's word (rule 28). */
const char *oracle_group_status(const struct oracle *oracle);

/* May this user sign in (rule 42)? */
bool oracle_may_sign_in(const struct oracle *oracle, const char *user, int64_t at_s);

#endif
