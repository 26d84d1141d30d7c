/* SPDX-License-Identifier: MIT */
/*
 * Plans, statuses, levels, axes, parameters and editions, as tables. The rules have a file of their
 * own, vocabulary_rules.c. Nothing here decides anything, and nothing here may need more than libc.
 */
#include "base/vocabulary.h"

#include <assert.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static const struct plan_facts PLANS[PLAN_COUNT] = {
    [PLAN_NONE] = {.name = "none", .title = "none", .requested = "", .returned = ""},
    [PLAN_PRO] = {.name = "pro",
                  .title = "Pro",
                  .requested = "Q_DEVELOPER_STANDALONE_PRO",
                  .returned = "KIRO_ENTERPRISE_PRO",
                  .price_cents = 2000,
                  .credits_hundredths = 100000},
    [PLAN_PRO_PLUS] = {.name = "pro-plus",
                       .title = "Pro+",
                       .requested = "Q_DEVELOPER_STANDALONE_PRO_PLUS",
                       .returned = "KIRO_ENTERPRISE_PRO_PLUS",
                       .price_cents = 4000,
                       .credits_hundredths = 200000},
    [PLAN_PRO_MAX] = {.name = "pro-max",
                      .title = "Pro Max",
                      .requested = "Q_DEVELOPER_STANDALONE_PRO_MAX",
                      .returned = "KIRO_ENTERPRISE_PRO_MAX",
                      .price_cents = 10000,
                      .credits_hundredths = 500000},
    [PLAN_POWER] = {.name = "power",
                    .title = "Power",
                    .requested = "Q_DEVELOPER_STANDALONE_POWER",
                    .returned = "KIRO_ENTERPRISE_POWER",
                    .returned_also = "KIRO_ENTERPRISE_PRO_POWER",
                    .price_cents = 20000,
                    .credits_hundredths = 1000000},
};

static const char *const STATUSES[] = {
    [SEAT_NONE] = "NONE",
    [SEAT_PENDING] = "PENDING",
    [SEAT_ACTIVE] = "ACTIVE",
    [SEAT_CANCELED] = "CANCELED",
    [SEAT_PENDING_REMOVAL] = "PENDING_REMOVAL",
};

static const char *const LEVELS[] = {
    [LEVEL_DOCUMENTED] = "documented",
    [LEVEL_CONTRADICTED] = "documented-but-contradicted",
    [LEVEL_REPORTED] = "reported",
    [LEVEL_INFERRED] = "inferred",
};

static const char *const AXES[AXIS_COUNT] = {
    [AXIS_STATUS] = "status",
    [AXIS_ACCESS] = "access",
    [AXIS_CHARGE] = "charge",
    [AXIS_LISTING] = "listing",
};

#define VALUES(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct parameter_facts PARAMETERS[PARAMETER_COUNT] = {
    [ACCESS_AFTER_CANCEL] = {"access_after_cancel", VALUES("immediate", "month-end", "next-month"),
                             true, "access-after-cancel"},
    [STATUS_AFTER_CANCEL] = {"status_after_cancel", VALUES("canceled", "pending-removal"), true,
                             "status-shown-canceled"},
    [LAST_MONTH_FEE] = {"last_month_fee", VALUES("full", "none"), true, "bill-full-last-month"},
    [FIRST_MONTH_FEE] = {"first_month_fee", VALUES("prorated", "full"), true,
                         "bill-first-month-prorated"},
    [PRORATION_DAYS] = {"proration_days", VALUES("inclusive", "exclusive"), true,
                        "bill-first-month-prorated"},
    [FEE_FROM] = {"fee_from", VALUES("first-use", "assignment"), true, "E25"},
    [FIRST_MONTH_CANCEL] = {"first_month_cancel", VALUES("share", "full"), true, "E23"},
    [UPGRADE_RERATES_USAGE] = {"upgrade_rerates_usage", VALUES("true", "false"), true,
                               "upgrade-usage-rerated"},
    [AUTO_TRIGGERS] = {"auto_triggers", VALUES("six", "profile-only", "none"), true,
                       "auto-profile-deleted"},
    [SECOND_PROFILE_CHARGE] = {"second_profile_charge",
                               VALUES("per-profile", "per-person-account", "once-per-organization"),
                               true, "bill-per-profile"},
    [GROUP_STATUS] = {"group_status", VALUES("none", "subscribed"), true, "groups-tab-no-status"},
    [CANCELED_ROW_KEPT_UNTIL] = {"canceled_row_kept_until",
                                 VALUES("month-end", "forever", "at-once"), true,
                                 "canceled-record-removed-next-month"},
    [RESUBSCRIBE_SAME_MONTH] = {"resubscribe_same_month",
                                VALUES("one-charge", "second-charge", "refused"), true, "E17"},
    [TIER_DROP] = {"tier_drop", VALUES("month-start", "now"), true, "E1"},
    [REACTIVATE] = {"reactivate", VALUES("group-only", "full", "none"), true, "E6"},
    [ACCOUNT_REOPEN] = {"account_reopen", VALUES("stays-canceled", "resume"), true, "E15"},
    [PROFILE_ON_INSTANCE_DELETE] = {"profile_on_instance_delete", VALUES("shell", "deleted"), true,
                                    "E11"},
    [GROUP_DELETE] = {"group_delete", VALUES("members-leave", "dangling"), true, "E5"},
    [PENDING_CANCEL] = {"pending_cancel", VALUES("canceled", "vanishes"), true, "E16"},
    [CHARGE_AT] = {"charge_at", VALUES("trigger", "processing"), true, "E28"},
    [UPDATE_WITHOUT_SEAT] = {"update_without_seat", VALUES("creates", "not-found"), true, "E21"},
    [PRO_MAX] = {"pro_max", VALUES("offered", "absent"), true, "upgrade-immediate-refund-lower"},
    [OVERAGE_CAP] = {"overage_cap", VALUES("service-quota", "absent"), true,
                     "overage-cap-service-quota"},
    [DIRECT_UNSUBSCRIBE] = {"direct_unsubscribe", VALUES("allowed", "refused-with-group"), true,
                            "E3"},
    [RECREATED_USER_CHARGE] = {"recreated_user_charge", VALUES("second-charge", "merged-by-name"),
                               true, "E7"},
    [RECREATED_PROFILE_CHARGE] = {"recreated_profile_charge", VALUES("second-charge", "one-charge"),
                                  true, "E9"},
    [ACCOUNT_CANCEL_AT] = {"account_cancel_at", VALUES("suspended", "pending-closure"), true,
                           "E14"},
    [CANCEL_AGAIN] = {"cancel_again", VALUES("not-found", "success"), true, "E20"},
    [UPDATE_AFTER_CANCEL] = {"update_after_cancel", VALUES("no-effect", "subscribes"), true, "E21"},
    [FIRST_MONTH_UPGRADE] = {"first_month_upgrade", VALUES("full", "prorated"), true, "E24"},
    [MONTH_BOUNDARY] = {"month_boundary", VALUES("utc", "utc-8", "utc+9"), true, "E27"},
    [SCIM_MEMBER_CAP] = {"scim_member_cap", VALUES("100", "none"), true, "scim-deprovision"},
    [SCIM_MEMBERS_ON_GET] = {"scim_members_on_get", VALUES("never", "always"), true,
                             "scim-deprovision"},
    [SCIM_MEMBERS_REPLACED] = {"scim_members_replaced", VALUES("refused", "ignored", "done"), true,
                               "scim-deprovision"},
    [SCIM_PAGE_CAP] = {"scim_page_cap", VALUES("100", "50"), true, "scim-deprovision"},
    [SCIM_START_INDEX] = {"scim_start_index", VALUES("ignored", "honored"), true,
                          "scim-deprovision"},
    [SCIM_UNSUPPORTED] = {"scim_unsupported", VALUES("ignored", "refused"), true,
                          "scim-deprovision"},
    [SCIM_RATE] = {"scim_rate", VALUES("unlimited", "documented"), true, "scim-deprovision"},
    [NEW_PROFILE] = {"new_profile", VALUES("as-timed", "denied", "not-found"), true,
                     "profile-one-per-account-region"},
    [UPDATE_PENDING] = {"update_pending", VALUES("changes", "denied"), true, "E21"},
    [CUSTOMER_CLAIMS] = {"customer_claims", VALUES("refused", "accepted"), true,
                         "unsubscribe-by-admin-only"},
    [PLAN_NAMES] = {"plan_names", VALUES("kiro", "q-developer"), true, "status-values"},
    [SUBSCRIPTION_DATES] = {"subscription_dates", VALUES("iso", "epoch", "absent"), true,
                            "subscriptions-tab-shows-canceled"},
    [FEE_LINE_DATE] = {"fee_line_date", VALUES("on-the-day", "daily"), true, "bill-line-date"},
};

/*
 * A parameter that an edition does not name has its first value. Where an edition is silent the
 * reading is that of its closest dated neighbour: no proration before April 2026, no Pro Max and no
 * cap on overage before June; the automatic triggers fire in all but q-developer, which documents
 * one of them, at level inferred where no text lists them.
 */
static const struct edition EDITIONS[] = {
    {.name = EDITION_DEFAULT, .source = "S1, S4"},
    {.name = "kiro-2025-11",
     .source = "S3",
     .values = {[ACCESS_AFTER_CANCEL] = ACCESS_MONTH_END,
                [FIRST_MONTH_FEE] = FIRST_FEE_FULL,
                [UPGRADE_RERATES_USAGE] = RERATES_NOT,
                [PRO_MAX] = PRO_MAX_ABSENT,
                [OVERAGE_CAP] = OVERAGE_CAP_ABSENT}},
    {.name = "kiro-2026-02",
     .source = "S2",
     .values = {[FIRST_MONTH_FEE] = FIRST_FEE_FULL,
                [UPGRADE_RERATES_USAGE] = RERATES_NOT,
                [PRO_MAX] = PRO_MAX_ABSENT,
                [OVERAGE_CAP] = OVERAGE_CAP_ABSENT}},
    {.name = "kiro-2026-04",
     .source = "S4",
     .values = {[PRO_MAX] = PRO_MAX_ABSENT, [OVERAGE_CAP] = OVERAGE_CAP_ABSENT}},
    {.name = "q-developer",
     .source = "Q1",
     .values = {[FIRST_MONTH_FEE] = FIRST_FEE_FULL,
                [UPGRADE_RERATES_USAGE] = RERATES_NOT,
                [AUTO_TRIGGERS] = TRIGGERS_PROFILE_ONLY,
                [SECOND_PROFILE_CHARGE] = SECOND_ONCE_PER_ORGANIZATION,
                [GROUP_STATUS] = GROUP_STATUS_SUBSCRIBED,
                [PLAN_NAMES] = PLAN_NAMES_Q_DEVELOPER,
                [PRO_MAX] = PRO_MAX_ABSENT}},
    {.name = "q-business",
     .source = "Q2",
     .values = {[ACCESS_AFTER_CANCEL] = ACCESS_NEXT_MONTH,
                [FIRST_MONTH_FEE] = FIRST_FEE_FULL,
                [UPGRADE_RERATES_USAGE] = RERATES_NOT,
                [PRO_MAX] = PRO_MAX_ABSENT}},
    {.name = "script-month-end",
     .source = "P1",
     .values = {[ACCESS_AFTER_CANCEL] = ACCESS_MONTH_END,
                [STATUS_AFTER_CANCEL] = STATUS_PENDING_REMOVAL}},
};

static const char *const LAGS[LAG_COUNT] = {
    [GROUP_ADD_LAG] = "group_add_lag",
    [GROUP_REMOVE_LAG] = "group_remove_lag",
    [AUTO_CANCEL_LAG] = "auto_cancel_lag",
    [SESSION_TAIL] = "session_tail",
    [INSTANCE_CREATE_LAG] = "instance_create_lag",
    [INSTANCE_DELETE_LAG] = "instance_delete_lag",
    [PROFILE_READY_LAG] = "profile_ready_lag",
    [ACCOUNT_CLOSE_LAG] = "account_close_lag",
};

enum { MINUTE_S = 60, HOUR_S = 3600 };

/*
 * The far end of every window the sources name; what they leave open is a judgement of kiro-wire 12
 * and rule 45.
 */
static const struct timing TIMINGS[] = {
    {.name = TIMING_DEFAULT},
    {.name = "documented",
     .lags_s = {[GROUP_ADD_LAG] = 24 * HOUR_S,
                [GROUP_REMOVE_LAG] = 24 * HOUR_S,
                [AUTO_CANCEL_LAG] = 24 * HOUR_S,
                [SESSION_TAIL] = 2 * HOUR_S,
                [INSTANCE_CREATE_LAG] = 2 * MINUTE_S,
                [INSTANCE_DELETE_LAG] = 2 * MINUTE_S,
                [PROFILE_READY_LAG] = MINUTE_S,
                [ACCOUNT_CLOSE_LAG] = 10 * MINUTE_S}},
};

const char *lag_name(enum lag lag)
{
    return LAGS[lag];
}

const struct timing *timing_find(const char *name)
{
    for (size_t i = 0; i < LENGTH(TIMINGS); i++)
        if (strcmp(TIMINGS[i].name, name) == 0)
            return &TIMINGS[i];
    return NULL;
}

/* The index of `name` in a NULL-free list, -1 if it is not there. */
static int find(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return (int)i;
    return -1;
}

int lag_find(const char *name)
{
    return find(name, LAGS, LENGTH(LAGS));
}

const struct plan_facts *plan_facts(enum plan plan)
{
    assert(plan >= PLAN_NONE);
    assert(plan < PLAN_COUNT);
    return &PLANS[plan];
}

enum plan plan_by_name(const char *name)
{
    for (enum plan plan = PLAN_PRO; plan < PLAN_COUNT; plan++)
        if (strcmp(PLANS[plan].name, name) == 0)
            return plan;
    return PLAN_NONE;
}

enum plan plan_by_requested(const char *requested)
{
    for (enum plan plan = PLAN_PRO; plan < PLAN_COUNT; plan++)
        if (strcmp(PLANS[plan].requested, requested) == 0)
            return plan;
    return PLAN_NONE;
}

enum plan plan_by_returned(const char *returned)
{
    for (enum plan plan = PLAN_PRO; plan < PLAN_COUNT; plan++) {
        const char *also = PLANS[plan].returned_also;
        if (strcmp(PLANS[plan].returned, returned) == 0)
            return plan;
        if (also != NULL && strcmp(also, returned) == 0)
            return plan;
    }
    return PLAN_NONE;
}

const char *seat_status_name(enum seat_status status)
{
    assert(status < LENGTH(STATUSES));
    return STATUSES[status];
}

enum seat_status seat_status_by_name(const char *name)
{
    if (strcmp(name, "CANCELLED") == 0)
        return SEAT_CANCELED;
    int found = find(name, STATUSES, LENGTH(STATUSES));
    return found < 0 ? SEAT_NONE : (enum seat_status)found;
}

const char *level_name(enum level level)
{
    assert(level < LENGTH(LEVELS));
    return LEVELS[level];
}

const char *axis_name(enum axis axis)
{
    assert(axis < AXIS_COUNT);
    return AXES[axis];
}

const struct parameter_facts *parameter_facts(enum parameter parameter)
{
    assert(parameter < PARAMETER_COUNT);
    return &PARAMETERS[parameter];
}

int parameter_find(const char *name)
{
    for (int i = 0; i < PARAMETER_COUNT; i++)
        if (strcmp(PARAMETERS[i].name, name) == 0)
            return i;
    return -1;
}

int parameter_value_find(enum parameter parameter, const char *value)
{
    const char *const *values = parameter_facts(parameter)->values;
    size_t count = 0;
    while (values[count] != NULL)
        count++;
    return find(value, values, count);
}

const struct edition *edition_find(const char *name)
{
    for (size_t i = 0; i < LENGTH(EDITIONS); i++)
        if (strcmp(EDITIONS[i].name, name) == 0)
            return &EDITIONS[i];
    return NULL;
}

const struct edition *edition_at(size_t index)
{
    return index < LENGTH(EDITIONS) ? &EDITIONS[index] : NULL;
}
