/* SPDX-License-Identifier: MIT */
/*
 * The reading in force: an edition, parameters that override it, and deviations: named ways to
 * break a rule, so that a judge can be shown to notice. A deviation is a row that sets values; no
 * rule asks which is on.
 */
#ifndef MOCK_KIRO_WORLD_READING_H
#define MOCK_KIRO_WORLD_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/editions.h"
#include "base/fault.h"
#include "base/lags.h"
#include "base/nearest.h"
#include "base/parameters.h"
#include "base/text.h"
#include "world/reading/causes.h"
#include "world/reading/reading.h"

enum deviation {
    DELETED_USER_KEEPS_SEAT,
    REMOVED_MEMBER_KEEPS_SEAT,
    LEAVING_ONE_GROUP_ENDS_ALL,
    DROPPED_GROUP_ENDS_DIRECT,
    INSTANCE_DELETION_LEAVES_SEATS,
    PROFILE_DELETION_LEAVES_SEATS,
    DEACTIVATED_USER_KEEPS_SEAT,
    GROUP_DELETION_LEAVES_SEATS,
    UNSUBSCRIBE_USER_IGNORED,
    UNSUBSCRIBE_GROUP_IGNORED,
    CANCEL_CROSSES_PROFILES,
    BYSTANDER_CANCELED,
    CANCELED_KEEPS_ACCESS,
    EARLY_LOCKOUT,
    LAST_MONTH_REFUNDED,
    CHARGED_AFTER_CANCEL,
    BILL_LOWEST_TIER,
    ONE_CHARGE_PER_PERSON,
    FIRST_MONTH_FULL,
    PRORATION_OFF_BY_ONE,
    FIRST_MONTH_TOPPED_UP,
    PENDING_CHARGED,
    PENDING_STICKS,
    ACTIVE_WITHOUT_USE,
    UPGRADE_WAITS,
    UPGRADE_WITHOUT_REFUND,
    DOWNGRADE_AT_ONCE,
    GROUP_SEATS_NEVER_MATERIALIZE,
    STATUS_UNKNOWN,
    CANCELED_SHOWN_ACTIVE,
    USERS_TAB_KEEPS_CANCELED,
    CANCELED_ROW_LOST,
    CANCELED_ROW_STAYS,
    DELETED_USER_SHOWN_BY_NAME,
    SECOND_PROFILE_ALLOWED,
    STORED_IN_PROFILE_REGION,
    DISABLED_MAY_SIGN_IN,
    CREDITS_NEVER_RESET,
    CREDITS_ROLL_OVER,
    DISABLE_IS_FINAL,
    RECREATED_USER_KEEPS_SEAT,
    NESTED_GROUPS_ACCEPTED,
    RE_ENABLED_SEAT_RESUMES,
    RESUBSCRIBE_CHARGED_TWICE,
    RESUBSCRIBE_BLOCKED,
    UPDATE_REVIVES_CANCELED,
    BOUNDARY_LATE,
    ACCOUNT_CLOSURE_LEAVES_SEATS,
    CLOSURE_CROSSES_ACCOUNTS,
    REOPENED_ACCOUNT_RESUMES,
    MANAGEMENT_ACCOUNT_CLOSABLE,
    SCIM_DEACTIVATION_IGNORED,
    SCIM_TEXT_FALSE_IGNORED,
    SCIM_PUT_ACTIVE_IGNORED,
    SCIM_MEMBER_FILTER_IGNORED,
    SLOW_AUTO_CANCEL,
    LAG_CROSSES_MONTH,
    SESSION_TAIL_ENDLESS,
    ORPHAN_ACTIVE_AFTER_RESET,
    ORPHAN_BILLED,
    ORPHAN_BLOCKS_NEW_USER,
    ASSIGNMENT_DENIED,
    GROUP_MEMBER_MISSING,
    PLAN_SOURCE_INDIVIDUAL,
    PENDING_NO_ACCESS,
    ACTIVE_BUT_APP_MISSING,
    ENTITLEMENT_SPLIT,
    UUID_NAMES,
    CANCELED_PENDING_BLOCKS,
    SCIM_SOFT_DELETE,
    PAID_CREDIT_UNUSABLE,
    CANCEL_NOT_APPLIED,
    CHARGED_BUT_FREE,
    CANCELED_UNASKED,
    LOCKED_BUT_BILLED,
    TWO_IDENTITIES,
    LOCAL_TIME_BOUNDARY,
    CANCELS_WITHOUT_ROLE,
    OVERAGE_UNCAPPED,
    STRANGERS_UNSUBSCRIBE,
    GROUP_SHOWN_SUBSCRIBED,
    FORMER_ROW_KEPT,
    LOST_ANSWER_UNDOES_CALL,
    DEVIATION_COUNT
};

/*
 * What the documents decide and no edition leaves open, one per decision: the first value is as
 * documented, and only deviations take another. They stand behind the parameters in `values`.
 */
enum decision {
    ROLE_OF_TRIGGERS = PARAMETER_COUNT, /* rule 41 */
    GROUP_SEATS,                        /* rule 29 */
    CLAIMS_JOIN,                        /* rule 16 */
    UPGRADE_IN_FORCE,                   /* rule 25 */
    DOWNGRADE_IN_FORCE,                 /* rule 27 */
    WAITING_PLAN,                       /* rule 27, on the 1st */
    SECOND_MEMBER,                      /* rule 29, in the list */
    PENDING_FEE,                        /* rule 20 */
    ACTIVATION,                         /* rule 21 */
    CANCELED_FEE,                       /* rule 14 */
    ACTIVE_ON_THE_FIRST,                /* rule 22 */
    PENDING_USE,                        /* rule 21 */
    ACTIVE_USE,                         /* rule 22 */
    CANCELED_ON_USERS_TAB,              /* rule 32 */
    LIVING_USER_SHOWN,                  /* rule 35 */
    DELETED_USER_SHOWN,                 /* rule 35 */
    PLAN_SOURCE,                        /* rule 36 */
    UPGRADE_REFUND,                     /* rule 25 */
    CREDITS_RESET,                      /* rule 47 */
    CREDITS_LEFT,                       /* rule 48 */
    CREDITS_GIVEN,                      /* rule 47 */
    TURN_OF_MONTH,                      /* E27 */
    FIRST_ASSIGNMENT,                   /* rule 20 */
    ASSIGNMENT_CALLS,                   /* rule 20 */
    NAME_OF_THE_DELETED,                /* rule 59 */
    ENABLING,                           /* rule 58 */
    SIGN_IN_OF_THE_DISABLED,            /* rule 42 */
    NESTED_GROUPS,                      /* rule 60 */
    PROFILES_PER_REGION,                /* rule 39 */
    CLOSING_OF_MANAGEMENT,              /* rule 56 */
    SCIM_DEACTIVATION,                  /* rule 64 */
    SCIM_MEMBER_FILTER,                 /* rule 64 */
    PENDING_STATUS,                     /* rule 30 */
    CANCELED_STATUS,                    /* rule 31 */
    REGION_OF_THE_LIST,                 /* rule 40 */
    UNSUBSCRIBER,                       /* rule 9 */
    LOST_ANSWER,                        /* rule 1 */
    READING_VALUES
};

/* Values of the decisions; 0 is as documented. */
enum { ROLE_NEEDED, ROLE_NOT_NEEDED };
enum { GROUP_SEATS_GRANTED, GROUP_SEATS_NEVER };
enum { JOIN_HIGHEST, JOIN_LOWEST };
enum { UPGRADE_AT_ONCE, UPGRADE_NEXT_MONTH };
enum { DOWNGRADE_NEXT_MONTH, DOWNGRADE_NOW };
enum { WAITING_PLAN_APPLIED, WAITING_PLAN_FORGOTTEN };
enum { SECOND_MEMBER_LISTED, SECOND_MEMBER_MISSING };
enum { PENDING_FREE, PENDING_PAID };
enum { ACTIVE_ON_USE, ACTIVE_ON_ASSIGNMENT, ACTIVE_NEVER };
enum { CANCELED_FREE, CANCELED_TWO_MONTHS, ORPHANS_ONE_MONTH };
enum { ACTIVE_STAYS, ACTIVE_IS_CANCELED };
enum { PENDING_MAY_USE, PENDING_MAY_NOT };
enum { ACTIVE_MAY_USE, ACTIVE_WITHOUT_APPLICATION, ACTIVE_LOCKED };
enum { USERS_TAB_HIDES, USERS_TAB_SHOWS };
enum { LIVING_BY_NAME, LIVING_BY_ID };
enum { DELETED_BY_ID, DELETED_BY_NAME };
enum { SOURCE_AS_IS, SOURCE_INDIVIDUAL };
enum { LOWER_REFUNDED, LOWER_KEPT };
enum { CREDITS_RESET_MONTHLY, CREDITS_RESET_NEVER };
enum { CREDITS_LAPSE, CREDITS_ROLL_ON };
enum { CREDITS_OF_PLAN, CREDITS_NONE, CREDITS_FREE, CREDITS_FREE_IN_CLI };
enum { TURN_AT_MIDNIGHT, TURN_AN_HOUR_LATE };
enum { FIRST_ASSIGNMENT_MADE, FIRST_ASSIGNMENT_BLOCKED_BY_ORPHANS };
enum { ASSIGNMENT_CALLS_ANSWERED, ASSIGNMENT_CALLS_DENIED };
enum { DELETED_NAME_FREE, DELETED_NAME_TAKEN, DELETED_NAME_TAKEN_UNUSED, DELETED_NAME_REVIVES };
enum { ENABLING_WORKS, ENABLING_IGNORED };
enum { DISABLED_MAY_NOT_SIGN_IN, DISABLED_SIGNS_IN };
enum { NESTED_GROUPS_REFUSED, NESTED_GROUPS_TAKEN };
enum { ONE_PROFILE_PER_REGION, MANY_PROFILES_PER_REGION };
enum { MANAGEMENT_STAYS_OPEN, MANAGEMENT_CLOSES };
enum {
    DEACTIVATION_DONE,
    DEACTIVATION_IGNORED,
    DEACTIVATION_IGNORED_AS_TEXT,
    DEACTIVATION_IGNORED_IN_PUT
};
enum { MEMBER_FILTER_HONORED, MEMBER_FILTER_IGNORED };
enum { PENDING_IS_PENDING, PENDING_IS_UNAVAILABLE };
enum { CANCELED_IS_CANCELED, CANCELED_IS_ACTIVE };
enum { LISTED_IN_INSTANCE_REGION, LISTED_IN_PROFILE_REGION };
enum { OWNER_UNSUBSCRIBES, ANYBODY_UNSUBSCRIBES };
enum { LOST_ANSWER_COUNTS, LOST_ANSWER_TAKES_BACK };

/* How far a cause reaches beyond the claims that it is about: how a deviation sets it. */
enum reach { REACH_OWN, REACH_OTHER_GROUPS, REACH_DIRECT, REACH_OTHER_PROFILES, REACH_BYSTANDER };

enum { DEVIATION_BREAKS = 6 };

struct deviation_facts {
    const char *name;    /* what users reported, or may, begins with "dev-" */
    const char *rule;    /* the rule it breaks */
    const char *issue;   /* where users reported it ("#6443, #6791"), or NULL */
    const char *summary; /* what the mock does wrong */
    const char *edition; /* under which a suite can see it, if not the default; or NULL */
    /* What it sets; zero: nothing of the kind. */
    bool sets;                    /* this … */
    int decision;                 /* … decision or parameter … */
    int value;                    /* … to this value */
    enum cause_kind unnoticed[2]; /* Kiro never notices what ended for these causes */
    enum cause_kind reaching;     /* this cause reaches … */
    enum reach reach;             /* … as far */
    enum lag lag;                 /* this delay, where there is any, is … */
    int64_t lag_s;                /* … as long */
    /* The facts before commit (facts.h) that a world under it may break. */
    const char *breaks[DEVIATION_BREAKS];
};

const struct deviation_facts *deviation_facts(enum deviation deviation);
int deviation_find(const char *name); /* takes names without their "dev-"; -1 if unknown */

/* What somebody who names an unknown one may have meant (base/nearest.h). */
void deviation_hint(const char *name, char out[NEAREST_HINT_BYTES]);

/* A delay as somebody wants it. */
struct lag_override {
    bool given;
    bool by_hand;
    int64_t least_s;
    int64_t most_s;
};

struct reading {
    const struct edition *edition;
    const struct timing *timing;
    int overrides[PARAMETER_COUNT]; /* -1: the edition's */
    struct lag_override lag_overrides[LAG_COUNT];
    bool deviations[DEVIATION_COUNT]; /* which are on; nobody asks but who lists or keeps them */
    int values[READING_VALUES];       /* what is in force, made by reading_settle … */
    bool unnoticed[CAUSE_COUNT];      /* … by cause: Kiro never notices it */
    enum reach reaches[CAUSE_COUNT];
    int64_t lags_s[LAG_COUNT];       /* likewise: the longest that each takes … */
    int64_t least_lags_s[LAG_COUNT]; /* … and the shortest */
    bool lags_by_hand[LAG_COUNT];    /* or until it is released */
    int64_t month_shift_s;           /* what is added to an instant before its month is told */
};

/* The default edition, nothing overridden, nothing deviating. */
void reading_init(struct reading *reading);

/* Work out what is in force after edition, timing, overrides or deviations changed. */
void reading_settle(struct reading *reading);

/*
 * Override a parameter or a delay by name and value. FAULT_NOT_FOUND for an unknown name,
 * FAULT_INVALID for an unknown value; then `right` is the list of right ones.
 */
enum fault reading_override(struct reading *reading, const char *name, const char *value,
                            struct text *right);
void reading_clear_overrides(struct reading *reading);

/* "24h", "1h..24h", "by-hand": what is in force for a delay, as reading_override takes it. */
enum { LAG_TEXT_BYTES = 64 };
void reading_print_lag(const struct reading *reading, enum lag lag, char out[LAG_TEXT_BYTES]);
/* The same of an override. */
void lag_override_print(const struct lag_override *override, char out[LAG_TEXT_BYTES]);

/* Does Kiro ever notice what ended for this cause (auto_triggers, group_delete; deviations)? */
bool reading_notices(const struct reading *reading, enum cause_kind cause);

#endif
