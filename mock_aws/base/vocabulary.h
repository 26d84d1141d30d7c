/* SPDX-License-Identifier: MIT */
/*
 * The words both programs share, as data: plans and prices, statuses, rules with source and level,
 * editions and their parameters. A library of its own that needs nothing but libc: the oracle and
 * the judge may use this and nothing else of the server. Source of every fact: the rulebook (its
 * rule ids are the ids here).
 */
#ifndef MOCK_KIRO_BASE_VOCABULARY_H
#define MOCK_KIRO_BASE_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rulebook 5A, 5B. The order is the order of price: a higher plan is a greater number. */
enum plan { PLAN_NONE, PLAN_PRO, PLAN_PRO_PLUS, PLAN_PRO_MAX, PLAN_POWER, PLAN_COUNT };

struct plan_facts {
    const char *name;           /* "pro-plus": scenarios and the control surface */
    const char *title;          /* "Pro+" */
    const char *requested;      /* Q_DEVELOPER_STANDALONE_PRO_PLUS: what an assignment asks for */
    const char *returned;       /* KIRO_ENTERPRISE_PRO_PLUS: what a listing says */
    const char *returned_also;  /* KIRO_ENTERPRISE_PRO_POWER, or NULL */
    int64_t price_cents;        /* USD per user and month */
    int64_t credits_hundredths; /* monthly allowance in hundredths of a credit */
};

const struct plan_facts *
plan_facts(enum plan plan);               /* PLAN_NONE gives a row of name "none", price 0 */
enum plan plan_by_name(const char *name); /* PLAN_NONE if unknown (also for "none") */
enum plan plan_by_requested(const char *requested);
enum plan plan_by_returned(const char *returned); /* takes returned and returned_also */

/*
 * Rulebook rule 30 (`status-values`). SEAT_NONE: no row at all. SEAT_PENDING_REMOVAL is how an
 * edition shows a canceled seat until its row leaves; nothing is kept under it.
 */
enum seat_status { SEAT_NONE, SEAT_PENDING, SEAT_ACTIVE, SEAT_CANCELED, SEAT_PENDING_REMOVAL };
const char *seat_status_name(enum seat_status status); /* "NONE", "PENDING", "ACTIVE", "CANCELED" */
enum seat_status
seat_status_by_name(const char *name); /* also takes CANCELLED; unknown: SEAT_NONE */

/* Rulebook part 0. The order is the order of trust. */
enum level { LEVEL_DOCUMENTED, LEVEL_CONTRADICTED, LEVEL_REPORTED, LEVEL_INFERRED };
const char *level_name(
    enum level level); /* "documented", "documented-but-contradicted", "reported", "inferred" */

/* What a rule speaks about: the four axes that stay apart, status, access, charge, listing. */
enum axis { AXIS_STATUS, AXIS_ACCESS, AXIS_CHARGE, AXIS_LISTING, AXIS_COUNT };
const char *axis_name(enum axis axis); /* "status", "access", "charge", "listing" */

struct rule {
    const char *id;      /* "auto-user-deleted", or "E17" for an edge case */
    int number;          /* 1 to 65; 0 for an edge case */
    const char *trigger; /* our words, one line */
    const char *outcome;
    const char *source; /* "S1, S4, I1"; "rule 2" and the like for an edge case */
    /* of the rule's cell for each axis; a rule that marks no cells repeats its level */
    enum level level[AXIS_COUNT];
};

const struct rule *rule_find(const char *id); /* NULL if unknown */
const struct rule *
rule_at(size_t index); /* in the rulebook's order, rules then edge cases; NULL at the end */

/*
 * Parameters of an edition: the contract's list. A parameter is either one of named values or a
 * duration.
 */
enum parameter {
    ACCESS_AFTER_CANCEL,
    STATUS_AFTER_CANCEL,
    LAST_MONTH_FEE,
    FIRST_MONTH_FEE,
    PRORATION_DAYS,
    FEE_FROM,
    FIRST_MONTH_CANCEL,
    UPGRADE_RERATES_USAGE,
    AUTO_TRIGGERS,
    SECOND_PROFILE_CHARGE,
    GROUP_STATUS,
    CANCELED_ROW_KEPT_UNTIL,
    RESUBSCRIBE_SAME_MONTH,
    TIER_DROP,
    REACTIVATE,
    ACCOUNT_REOPEN,
    PROFILE_ON_INSTANCE_DELETE,
    GROUP_DELETE,
    PENDING_CANCEL,
    CHARGE_AT,
    UPDATE_WITHOUT_SEAT,
    PRO_MAX,
    OVERAGE_CAP,              /* c-overage-cap */
    DIRECT_UNSUBSCRIBE,       /* E3 */
    RECREATED_USER_CHARGE,    /* E7 */
    RECREATED_PROFILE_CHARGE, /* E9 */
    ACCOUNT_CANCEL_AT,        /* E14 */
    CANCEL_AGAIN,             /* E20 */
    UPDATE_AFTER_CANCEL,      /* E21 */
    FIRST_MONTH_UPGRADE,      /* E24 */
    MONTH_BOUNDARY,           /* E27 */
    SCIM_MEMBER_CAP,
    SCIM_MEMBERS_ON_GET,
    SCIM_MEMBERS_REPLACED,
    SCIM_PAGE_CAP,
    SCIM_START_INDEX,
    SCIM_UNSUPPORTED,
    SCIM_RATE,
    NEW_PROFILE,
    UPDATE_PENDING,
    CUSTOMER_CLAIMS,
    PLAN_NAMES,
    SUBSCRIPTION_DATES,
    FEE_LINE_DATE,
    PARAMETER_COUNT
};

/*
 * Delays between an event and what it brings, in seconds; "instant" has none of them. A delay can
 * be overridden like a parameter: by a duration ("12h"), by a window out of which the seed draws
 * one for each event ("1h..24h"), or by LAG_BY_HAND: it lasts until it is released.
 */
enum lag {
    GROUP_ADD_LAG,       /* rule 37: an addition to a subscribed group becomes a seat */
    GROUP_REMOVE_LAG,    /* E29: leaving a group ends the claim through it */
    AUTO_CANCEL_LAG,     /* rule 45: any other automatic trigger */
    SESSION_TAIL,        /* rule 43: a session open at that moment goes on */
    INSTANCE_CREATE_LAG, /* kiro-wire 12 */
    INSTANCE_DELETE_LAG,
    /* kiro-wire 5.4: CreateAssignment is refused that long after CreateProfile */
    PROFILE_READY_LAG,
    ACCOUNT_CLOSE_LAG, /* identity-wire 7.3: PENDING_CLOSURE, for minutes */
    LAG_COUNT
};
const char *lag_name(enum lag lag); /* "group_add_lag" */
int lag_find(const char *name);     /* -1 if unknown */
#define LAG_BY_HAND "by-hand"

struct timing {
    const char *name; /* "instant", "documented" */
    int64_t lags_s[LAG_COUNT];
};
const struct timing *timing_find(const char *name); /* NULL if unknown */
#define TIMING_DEFAULT "instant"

/*
 * Indexes into the values of the parameters that code asks about; value 0 is always the default of
 * kiro-2026-06.
 */
enum { ACCESS_IMMEDIATE, ACCESS_MONTH_END, ACCESS_NEXT_MONTH };
enum { FIRST_FEE_PRORATED, FIRST_FEE_FULL };
enum { DAYS_INCLUSIVE, DAYS_EXCLUSIVE };
enum { FIRST_CANCEL_SHARE, FIRST_CANCEL_FULL };
enum { TIER_DROP_MONTH_START, TIER_DROP_NOW };
enum { STATUS_CANCELED, STATUS_PENDING_REMOVAL };
enum { SECOND_PER_PROFILE, SECOND_PER_PERSON_ACCOUNT, SECOND_ONCE_PER_ORGANIZATION };
enum { PRO_MAX_OFFERED, PRO_MAX_ABSENT };
enum { LAST_FEE_FULL, LAST_FEE_NONE };
enum { FEE_FROM_FIRST_USE, FEE_FROM_ASSIGNMENT };
enum { RERATES, RERATES_NOT };
enum { TRIGGERS_SIX, TRIGGERS_PROFILE_ONLY, TRIGGERS_NONE };
enum { GROUP_STATUS_NONE, GROUP_STATUS_SUBSCRIBED };
enum { ROW_MONTH_END, ROW_FOREVER, ROW_AT_ONCE };
enum { RESUBSCRIBE_ONE_CHARGE, RESUBSCRIBE_SECOND_CHARGE, RESUBSCRIBE_REFUSED };
enum { REACTIVATE_GROUP_ONLY, REACTIVATE_FULL, REACTIVATE_NONE };
enum { REOPEN_STAYS_CANCELED, REOPEN_RESUME };
enum { INSTANCE_DELETE_SHELL, INSTANCE_DELETE_DELETED };
enum { GROUP_DELETE_MEMBERS_LEAVE, GROUP_DELETE_DANGLING };
enum { PENDING_CANCEL_CANCELED, PENDING_CANCEL_VANISHES };
enum { CHARGE_AT_TRIGGER, CHARGE_AT_PROCESSING };
enum { UPDATE_CREATES, UPDATE_NOT_FOUND };
enum { OVERAGE_CAP_QUOTA, OVERAGE_CAP_ABSENT };
enum { DIRECT_UNSUBSCRIBE_ALLOWED, DIRECT_UNSUBSCRIBE_REFUSED };
enum { RECREATED_USER_SECOND_CHARGE, RECREATED_USER_MERGED };
enum { RECREATED_PROFILE_SECOND_CHARGE, RECREATED_PROFILE_ONE_CHARGE };
enum { CANCEL_AT_SUSPENDED, CANCEL_AT_PENDING_CLOSURE };
enum { CANCEL_AGAIN_NOT_FOUND, CANCEL_AGAIN_SUCCESS };
enum { UPDATE_AFTER_NO_EFFECT, UPDATE_AFTER_SUBSCRIBES };
enum { FIRST_UPGRADE_FULL, FIRST_UPGRADE_PRORATED };
enum { BOUNDARY_UTC, BOUNDARY_UTC_MINUS_8, BOUNDARY_UTC_PLUS_9 };
/* The ways in which AWS's SCIM is not RFC 7644's; the first is AWS's. */
enum { MEMBER_CAP_100, MEMBER_CAP_NONE };
enum { MEMBERS_ON_GET_NEVER, MEMBERS_ON_GET_ALWAYS };
enum { MEMBERS_REPLACED_REFUSED, MEMBERS_REPLACED_IGNORED, MEMBERS_REPLACED_DONE };
enum { PAGE_CAP_100, PAGE_CAP_50 };
enum { START_INDEX_IGNORED, START_INDEX_HONORED };
enum { UNSUPPORTED_IGNORED, UNSUPPORTED_REFUSED };
enum { RATE_UNLIMITED, RATE_DOCUMENTED };
enum { NEW_PROFILE_AS_TIMED, NEW_PROFILE_DENIED, NEW_PROFILE_NOT_FOUND };
enum { UPDATE_PENDING_CHANGES, UPDATE_PENDING_DENIED };
enum { CUSTOMER_CLAIMS_REFUSED, CUSTOMER_CLAIMS_ACCEPTED };
enum { PLAN_NAMES_KIRO, PLAN_NAMES_Q_DEVELOPER };
enum { DATES_ISO, DATES_EPOCH, DATES_ABSENT };
enum { FEE_LINE_ON_THE_DAY, FEE_LINE_DAILY };

struct parameter_facts {
    const char *name;          /* "access_after_cancel" */
    const char *const *values; /* NULL-terminated; the first is the default of kiro-2026-06 */
    bool overridable;          /* false: known, but its other values are not built yet */
    const char *about;         /* the rule or edge case whose reading it is */
};

const struct parameter_facts *parameter_facts(enum parameter parameter);
int parameter_find(const char *name);                                  /* -1 if unknown */
int parameter_value_find(enum parameter parameter, const char *value); /* -1 if unknown */

struct edition {
    const char *name;            /* "kiro-2026-06" */
    const char *source;          /* "S1, S4" */
    int values[PARAMETER_COUNT]; /* indexes into the parameters' values */
};

/* What a rule says in an edition, from where, and with what right. */
struct rule_reading {
    const char *outcome;
    const char *source;
    enum level level[AXIS_COUNT];
    bool own; /* the edition has a text, or a silence, of its own */
};
void rule_in_edition(const struct rule *rule, const struct edition *edition,
                     struct rule_reading *out_reading);

const struct edition *edition_find(const char *name); /* NULL if unknown */
const struct edition *edition_at(size_t index);       /* the default first; NULL at the end */
#define EDITION_DEFAULT "kiro-2026-06"

#endif
