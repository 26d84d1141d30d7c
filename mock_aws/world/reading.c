/* SPDX-License-Identifier: MIT */
/* The deviations as a table, and how edition, overrides and deviations make the parameters in force. */
#include "world/reading.h"

#include <assert.h>
#include <string.h>

/* clang-format off */
static const struct deviation_facts DEVIATIONS[DEVIATION_COUNT] = {
    [DELETED_USER_KEEPS_SEAT] = {.name = "deleted-user-keeps-seat", .rule = "auto-user-deleted",
        .summary = "the seat of a deleted user stays as it was", .spares = "auto-user-deleted"},
    [REMOVED_MEMBER_KEEPS_SEAT] = {.name = "removed-member-keeps-seat", .rule = "auto-group-member-removed",
        .summary = "leaving the group ends nothing", .spares = "auto-group-member-removed"},
    [LEAVING_ONE_GROUP_ENDS_ALL] = {.name = "leaving-one-group-ends-all", .rule = "E1",
        .summary = "leaving one group ends the claims through other groups as well",
        .widens = WIDEN_OTHER_GROUPS, .widens_rule = "auto-group-member-removed"},
    [DROPPED_GROUP_ENDS_DIRECT] = {.name = "dropped-group-ends-direct", .rule = "E2",
        .summary = "leaving a group ends the direct claim as well",
        .widens = WIDEN_DIRECT, .widens_rule = "auto-group-member-removed"},
    [INSTANCE_DELETION_LEAVES_SEATS] = {.name = "instance-deletion-leaves-seats", .rule = "auto-instance-deleted", .issue = "#5888",
        .summary = "seats stay as they were after DeleteInstance", .spares = "auto-instance-deleted"},
    [PROFILE_DELETION_LEAVES_SEATS] = {.name = "profile-deletion-leaves-seats", .rule = "auto-profile-deleted", .issue = "#5888",
        .summary = "seats stay as they were after DeleteProfile", .spares = "auto-profile-deleted"},
    [DEACTIVATED_USER_KEEPS_SEAT] = {.name = "deactivated-user-keeps-seat", .rule = "auto-user-deactivated",
        .summary = "disabling a user ends nothing", .spares = "auto-user-deactivated"},
    [GROUP_DELETION_LEAVES_SEATS] = {.name = "group-deletion-leaves-seats", .rule = "E5",
        .summary = "the seats of a deleted group's members stay", .spares = "E5"},
    [UNSUBSCRIBE_USER_IGNORED] = {.name = "unsubscribe-user-ignored", .rule = "manual-unsubscribe-user",
        .summary = "DeleteAssignment of a user answers 200 and ends nothing", .spares = "manual-unsubscribe-user"},
    [UNSUBSCRIBE_GROUP_IGNORED] = {.name = "unsubscribe-group-ignored", .rule = "manual-unsubscribe-group",
        .summary = "DeleteAssignment of a group answers 200 and ends nothing", .spares = "manual-unsubscribe-group"},
    [CANCEL_CROSSES_PROFILES] = {.name = "cancel-crosses-profiles", .rule = "cancel-is-per-profile",
        .summary = "unsubscribing under one profile ends the person's other profiles too",
        .widens = WIDEN_OTHER_PROFILES, .widens_rule = "manual-unsubscribe-user"},
    [BYSTANDER_CANCELED] = {.name = "bystander-canceled", .rule = "manual-unsubscribe-user",
        .summary = "unsubscribing one user cancels another one of the profile as well",
        .widens = WIDEN_BYSTANDER, .widens_rule = "manual-unsubscribe-user"},
    [CANCELED_KEEPS_ACCESS] = {.name = "canceled-keeps-access", .rule = "access-after-cancel",
        .summary = "a canceled seat works on to the end of the month",
        .parameter = "access_after_cancel", .value = "month-end"},
    [EARLY_LOCKOUT] = {.name = "early-lockout", .rule = "access-after-cancel", .issue = "#4219", .edition = "kiro-2025-11",
        .summary = "access ends with the cancellation though the edition gives the rest of the month",
        .parameter = "access_after_cancel", .value = "immediate"},
    [LAST_MONTH_REFUNDED] = {.name = "last-month-refunded", .rule = "bill-full-last-month",
        .summary = "a cancellation refunds the month"},
    [CHARGED_AFTER_CANCEL] = {.name = "charged-after-cancel", .rule = "no-charge-after-cancel", .issue = "#5352",
        .summary = "a canceled seat is charged on the next 1st"},
    [BILL_LOWEST_TIER] = {.name = "bill-lowest-tier", .rule = "bill-highest-tier-per-profile",
        .summary = "with several claims the cheapest plan counts"},
    [ONE_CHARGE_PER_PERSON] = {.name = "one-charge-per-person", .rule = "bill-per-profile",
        .summary = "a person's second profile costs nothing"},
    [FIRST_MONTH_FULL] = {.name = "first-month-full", .rule = "bill-first-month-prorated",
        .summary = "the first month is charged whole", .parameter = "first_month_fee", .value = "full"},
    [PRORATION_OFF_BY_ONE] = {.name = "proration-off-by-one", .rule = "bill-first-month-prorated",
        .summary = "the start day is not counted", .parameter = "proration_days", .value = "exclusive"},
    [FIRST_MONTH_TOPPED_UP] = {.name = "first-month-topped-up", .rule = "E23",
        .summary = "canceling in the first month costs the whole month",
        .parameter = "first_month_cancel", .value = "full"},
    [PENDING_CHARGED] = {.name = "pending-charged", .rule = "pending-not-charged",
        .summary = "a seat is charged from its assignment, used or not"},
    [PENDING_STICKS] = {.name = "pending-sticks", .rule = "activation-on-first-use", .issue = "#11443",
        .summary = "the first use does not make a seat Active"},
    [ACTIVE_WITHOUT_USE] = {.name = "active-without-use", .rule = "activation-on-first-use",
        .summary = "a seat is Active from its assignment"},
    [UPGRADE_WAITS] = {.name = "upgrade-waits", .rule = "upgrade-immediate-refund-lower",
        .summary = "a higher plan is in force from the next 1st only"},
    [UPGRADE_WITHOUT_REFUND] = {.name = "upgrade-without-refund", .rule = "upgrade-immediate-refund-lower",
        .summary = "an upgrade charges the higher plan and keeps the lower fee"},
    [DOWNGRADE_AT_ONCE] = {.name = "downgrade-at-once", .rule = "downgrade-next-month",
        .summary = "a lower plan is in force at once", .parameter = "tier_drop", .value = "now"},
    [GROUP_SEATS_NEVER_MATERIALIZE] = {.name = "group-seats-never-materialize", .rule = "group-members-individually-subscribed",
        .issue = "#10645", .summary = "a group is subscribed and its members get no seats"},
    [STATUS_UNKNOWN] = {.name = "status-unknown", .rule = "status-values",
        .summary = "a Pending seat is listed as UNAVAILABLE"},
    [CANCELED_SHOWN_ACTIVE] = {.name = "canceled-shown-active", .rule = "status-shown-canceled",
        .summary = "ListUserSubscriptions says ACTIVE for a canceled seat"},
    [USERS_TAB_KEEPS_CANCELED] = {.name = "users-tab-keeps-canceled", .rule = "users-tab-hides-canceled",
        .summary = "the Users tab still shows a canceled user"},
    [CANCELED_ROW_LOST] = {.name = "canceled-row-lost", .rule = "subscriptions-tab-shows-canceled",
        .summary = "a canceled seat vanishes from the Subscriptions list at once"},
    [CANCELED_ROW_STAYS] = {.name = "canceled-row-stays", .rule = "canceled-record-removed-next-month",
        .summary = "a canceled seat never leaves the Subscriptions list"},
    [DELETED_USER_SHOWN_BY_NAME] = {.name = "deleted-user-shown-by-name", .rule = "deleted-user-shown-as-id-until-month-end",
        .summary = "a deleted user's seat still carries the name"},
    [SECOND_PROFILE_ALLOWED] = {.name = "second-profile-allowed", .rule = "profile-one-per-account-region",
        .summary = "CreateProfile succeeds twice in one account and Region"},
    [STORED_IN_PROFILE_REGION] = {.name = "stored-in-profile-region", .rule = "subscription-stored-in-idc-region",
        .summary = "seats are listed in the profile's Region, not in the instance's"},
    [DISABLED_MAY_SIGN_IN] = {.name = "disabled-may-sign-in", .rule = "idc-disable-blocks-signin",
        .summary = "a disabled user can sign in"},
    [CREDITS_NEVER_RESET] = {.name = "credits-never-reset", .rule = "credits-reset-monthly-utc",
        .summary = "used credits are counted on over the 1st"},
    [CREDITS_ROLL_OVER] = {.name = "credits-roll-over", .rule = "credits-no-rollover",
        .summary = "last month's unused credits are added to this month's"},
    [DISABLE_IS_FINAL] = {.name = "disable-is-final", .rule = "idc-disable-reversible",
        .summary = "enabling a disabled user does nothing"},
    [RECREATED_USER_KEEPS_SEAT] = {.name = "recreated-user-keeps-seat", .rule = "idc-delete-irreversible",
        .summary = "a user created under a deleted user's name takes over his id and seat"},
    [NESTED_GROUPS_ACCEPTED] = {.name = "nested-groups-accepted", .rule = "idc-no-nested-groups",
        .summary = "a group can be made a member of a group"},
    [RE_ENABLED_SEAT_RESUMES] = {.name = "re-enabled-seat-resumes", .rule = "E6",
        .summary = "a direct assignment comes back when the user is enabled"},
    [RESUBSCRIBE_CHARGED_TWICE] = {.name = "resubscribe-charged-twice", .rule = "E17",
        .summary = "a second subscription in a month is charged again"},
    [RESUBSCRIBE_BLOCKED] = {.name = "resubscribe-blocked", .rule = "E17", .issue = "#5888",
        .summary = "CreateAssignment for a canceled seat conflicts until the month turns"},
    [UPDATE_REVIVES_CANCELED] = {.name = "update-revives-canceled", .rule = "E21",
        .summary = "UpdateAssignment on a canceled seat subscribes again"},
    [BOUNDARY_LATE] = {.name = "boundary-late", .rule = "E27",
        .summary = "the work of the 1st 00:00Z is done an hour late"},
    [ACCOUNT_CLOSURE_LEAVES_SEATS] = {.name = "account-closure-leaves-seats", .rule = "auto-account-deleted",
        .summary = "seats stay as they were when the account is closed", .spares = "auto-account-deleted"},
    [CLOSURE_CROSSES_ACCOUNTS] = {.name = "closure-crosses-accounts", .rule = "account-close-own-subscriptions-only",
        .summary = "closing an account ends the persons' seats of other accounts too",
        .widens = WIDEN_OTHER_PROFILES, .widens_rule = "auto-account-deleted"},
    [REOPENED_ACCOUNT_RESUMES] = {.name = "reopened-account-resumes", .rule = "E15",
        .summary = "the seats of a reopened account come back"},
    [MANAGEMENT_ACCOUNT_CLOSABLE] = {.name = "management-account-closable", .rule = "account-close-management-last",
        .summary = "CloseAccount closes the management account"},
    [SCIM_DEACTIVATION_IGNORED] = {.name = "scim-deactivation-ignored", .rule = "scim-deprovision",
        .summary = "active=false by SCIM answers 200 and changes nothing"},
    [SCIM_TEXT_FALSE_IGNORED] = {.name = "scim-text-false-ignored", .rule = "scim-deprovision",
        .summary = "PATCH of active answers 200 and changes nothing where it is a text, as Entra sends it"},
    [SCIM_PUT_ACTIVE_IGNORED] = {.name = "scim-put-active-ignored", .rule = "scim-deprovision",
        .summary = "PUT answers 200 and leaves active as it was, whatever it says"},
    [SCIM_MEMBER_FILTER_IGNORED] = {.name = "scim-member-filter-ignored", .rule = "auto-group-member-removed",
        .summary = "removing members[value eq \"id\"] by SCIM answers 204 and changes nothing, as Okta sends it"},
    [SLOW_AUTO_CANCEL] = {.name = "slow-auto-cancel", .rule = "auto-cancel-lag",
        .summary = "under documented timing automatic cancellations take 72 hours"},
    [LAG_CROSSES_MONTH] = {.name = "lag-crosses-month", .rule = "E28",
        .summary = "a cancellation that is still on its way on the 1st is charged for the new month"},
    [SESSION_TAIL_ENDLESS] = {.name = "session-tail-endless", .rule = "idc-session-tail",
        .summary = "under documented timing an open session never ends"},
};
/* clang-format on */

const struct deviation_facts *deviation_facts(enum deviation deviation)
{
    assert(deviation < DEVIATION_COUNT);
    return &DEVIATIONS[deviation];
}

int deviation_find(const char *name)
{
    for (int i = 0; i < DEVIATION_COUNT; i++)
        if (strcmp(DEVIATIONS[i].name, name) == 0)
            return i;
    return -1;
}

void reading_init(struct reading *reading)
{
    *reading = (struct reading){.edition = edition_find(EDITION_DEFAULT),
                                .timing = timing_find(TIMING_DEFAULT)};
    for (int i = 0; i < PARAMETER_COUNT; i++)
        reading->overrides[i] = -1;
    reading_settle(reading);
}

/* The deviations of delays lengthen what there is; without a delay there is nothing to lengthen. */
static void settle_lags(struct reading *reading)
{
    static const struct {
        enum deviation deviation;
        enum lag lag;
        int64_t lag_s;
    } LONGER[] = {{SLOW_AUTO_CANCEL, AUTO_CANCEL_LAG, INT64_C(72) * 3600},
                  {SESSION_TAIL_ENDLESS, SESSION_TAIL, INT64_C(36500) * 86400}};
    memcpy(reading->lags_s, reading->timing->lags_s, sizeof reading->lags_s);
    for (size_t i = 0; i < sizeof LONGER / sizeof LONGER[0]; i++)
        if (reading->deviations[LONGER[i].deviation] && reading->lags_s[LONGER[i].lag] > 0)
            reading->lags_s[LONGER[i].lag] = LONGER[i].lag_s;
}

void reading_settle(struct reading *reading)
{
    assert(reading->edition != NULL && reading->timing != NULL);
    settle_lags(reading);
    for (int i = 0; i < PARAMETER_COUNT; i++)
        reading->values[i] =
            reading->overrides[i] >= 0 ? reading->overrides[i] : reading->edition->values[i];
    for (int i = 0; i < DEVIATION_COUNT; i++) {
        if (!reading->deviations[i] || DEVIATIONS[i].parameter == NULL)
            continue;
        int parameter = parameter_find(DEVIATIONS[i].parameter);
        assert(parameter >= 0);
        int value = parameter_value_find((enum parameter)parameter, DEVIATIONS[i].value);
        assert(value >= 0);
        reading->values[parameter] = value;
    }
}

bool reading_spares(const struct reading *reading, const char *rule)
{
    for (int i = 0; i < DEVIATION_COUNT; i++)
        if (reading->deviations[i] && DEVIATIONS[i].spares != NULL &&
            strcmp(DEVIATIONS[i].spares, rule) == 0)
            return true;
    return false;
}

bool reading_widens(const struct reading *reading, enum widening widening, const char *rule)
{
    for (int i = 0; i < DEVIATION_COUNT; i++)
        if (reading->deviations[i] && DEVIATIONS[i].widens == widening &&
            DEVIATIONS[i].widens_rule != NULL && strcmp(DEVIATIONS[i].widens_rule, rule) == 0)
            return true;
    return false;
}
