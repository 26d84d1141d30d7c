/* SPDX-License-Identifier: MIT */
/*
 * The reading in force: an edition, parameters that override it, and deviations: named ways to break a rule, so that
 * a judge can be shown to notice. A deviation is a row; some only turn a parameter, some are asked about where the rule
 * is kept, some tell settle whom to spare or whom else to hit.
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
    LOST_ANSWER_UNDOES_CALL,
    DEVIATION_COUNT
};

/* Whose other claims a widening deviation ends along with the one that its rule ended. */
enum widening {
    WIDEN_NOBODY,
    WIDEN_OTHER_GROUPS,
    WIDEN_DIRECT,
    WIDEN_OTHER_PROFILES,
    WIDEN_BYSTANDER
};

struct deviation_facts {
    const char *name;    /* what users reported, or may, begins with "dev-" */
    const char *rule;    /* the rule it breaks */
    const char *issue;   /* where users reported it ("#6443, #6791"), or NULL */
    const char *summary; /* what the mock does wrong */
    const char
        *edition; /* the edition under which a suite can see it, if not the default; or NULL */
    const char *spares[2]; /* settle ends no claim for these rules; or NULL */
    enum widening widens;  /* … together with `widens_rule` */
    const char *widens_rule;
    const char *parameter; /* turns this parameter … or NULL */
    const char *value;     /* … to this value */
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
    bool deviations[DEVIATION_COUNT];
    int values[PARAMETER_COUNT];     /* what is in force, made by reading_settle */
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
 * Override a parameter or a delay by name and value. FAULT_NOT_FOUND for an unknown name, FAULT_INVALID for an unknown value; then `right` is the
 * list of right ones.
 */
enum fault reading_override(struct reading *reading, const char *name, const char *value,
                            struct text *right);
void reading_clear_overrides(struct reading *reading);

/* "24h", "1h..24h", "by-hand": what is in force for a delay, as reading_override takes it. */
enum { LAG_TEXT_BYTES = 64 };
void reading_print_lag(const struct reading *reading, enum lag lag, char out[LAG_TEXT_BYTES]);
/* The same of an override. */
void lag_override_print(const struct lag_override *override, char out[LAG_TEXT_BYTES]);

/* Does this automatic trigger end seats at all (rules 1-6, E5)? */
bool reading_triggers(const struct reading *reading, const char *rule);

/* Is a deviation on that spares claims from `rule`; and which widening goes with it? */
bool reading_spares(const struct reading *reading, const char *rule);
bool reading_widens(const struct reading *reading, enum widening widening, const char *rule);

#endif
