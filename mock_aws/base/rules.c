/* SPDX-License-Identifier: MIT */
/*
 * The rulebook as a table: 65 rules, then the edge cases that the documents leave open. Trigger and
 * outcome are reminders for the reader of a report, not a definition; what a rule means is written
 * out by whoever applies it.
 *
 * A level is kept per axis because the sources promise the axes one by one: of an automatic
 * cancellation the vendor states the status only. Where a source mixes levels without saying of
 * what, the least trusted one counts.
 */
#include "base/rules.h"

#include <stddef.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

#define D LEVEL_DOCUMENTED
#define C LEVEL_CONTRADICTED
#define R LEVEL_REPORTED
#define I LEVEL_INFERRED
#define ALL(level)                                                                                 \
    {                                                                                              \
        level, level, level, level                                                                 \
    }
#define EACH(status, access, charge, listing)                                                      \
    {                                                                                              \
        status, access, charge, listing                                                            \
    }

static const struct rule RULES[] = {
    /* Automatic cancellation. */
    {"auto-user-deleted", 1, "a user is deleted in Identity Center",
     "seat Canceled, no access, month charged whole, listed under the raw id", "S1, S4, S6",
     EACH(D, D, I, R)},
    {"auto-group-member-removed", 2, "a user leaves a subscribed group",
     "the claim through that group ends; other claims keep the seat", "S1, S4", EACH(D, I, I, I)},
    {"auto-instance-deleted", 3, "the Identity Center instance of a profile is deleted",
     "every seat under the instance Canceled", "S1, S4, I1", EACH(D, D, I, I)},
    {"auto-profile-deleted", 4, "a Kiro profile is deleted", "every seat of the profile Canceled",
     "S1, S4, Q1", EACH(D, I, I, I)},
    {"auto-user-deactivated", 5, "a user is disabled in Identity Center",
     "seat Canceled, sign-in blocked, month charged whole", "S1, S4, I1", EACH(D, D, I, I)},
    {"auto-account-deleted", 6, "the AWS account that owns the profile is closed",
     "every seat of the account Canceled, charged on the final bill", "S1, S4, A1",
     EACH(D, I, I, I)},

    /* Manual cancellation. */
    {"manual-unsubscribe-user", 7, "an administrator unsubscribes a user",
     "seat Canceled at once, no access, month charged whole, nothing the next month", "S1, S2",
     EACH(D, C, D, D)},
    {"manual-unsubscribe-group", 8, "an administrator unsubscribes a group",
     "each member's claim through the group ends", "S2", ALL(I)},
    {"unsubscribe-by-admin-only", 9, "a user tries to cancel his own seat",
     "refused: only an administrator of the owning account may", "Q1, S1", ALL(I)},
    {"both-admins-must-unsubscribe", 10,
     "subscribed from two accounts, one of the administrators unsubscribes",
     "the other subscription stays", "Q1", ALL(I)},
    {"cancel-is-per-profile", 11, "unsubscribed under one of two profiles",
     "only the seat of that profile is Canceled", "S2", ALL(I)},

    /* Access and money after a cancellation. */
    {"access-after-cancel", 12, "any cancellation",
     "paid features stop at once and do not come back in that month", "S1, S2", ALL(C)},
    {"bill-full-last-month", 13, "a cancellation on any day of a month",
     "that month is charged whole: no share, no refund", "S1, S2, S3, S4", ALL(D)},
    {"no-charge-after-cancel", 14, "the months after a cancellation",
     "no fee for that user and profile", "S2, S7", ALL(D)},
    {"final-month-overage-still-due", 15, "overage used before the cancellation",
     "billed with the month at 0.04 USD a credit", "S8", ALL(I)},

    /* What is billed. */
    {"bill-highest-tier-per-profile", 16, "several claims of one user under one profile",
     "one charge, at the highest plan among them", "S2, S3, S4", ALL(D)},
    {"bill-per-profile", 17, "one user under several profiles", "one charge per profile",
     "S2, S3, S4", ALL(C)},
    {"bill-per-account-licence", 18, "licences are counted in a cost report",
     "a licence is a person in an AWS account", "S7", ALL(D)},
    {"bill-first-month-prorated", 19, "a seat begins in the middle of a month",
     "a share of the fee by days, the credits whole", "S4", ALL(C)},
    {"pending-not-charged", 20, "assigned and never used", "Pending, no fee", "S2, S3, S4", ALL(D)},
    {"activation-on-first-use", 21, "first use of a Pending seat", "Active; charging begins", "S2",
     EACH(D, D, I, D)},
    {"active-charged-without-use", 22, "an Active seat is not used in a later month",
     "charged whole; nothing releases an idle seat", "#7712", ALL(R)},
    {"bill-payer", 23, "where a fee lands",
     "service Kiro; by user only in an export with resource ids", "S2", ALL(D)},
    {"bill-line-date", 24, "a fee in the cost export",
     "dated the 1st, or spread over the days of the month", "S7", ALL(D)},

    /* Plan changes. */
    {"upgrade-immediate-refund-lower", 25, "change to a higher plan",
     "in force at once; the lower plan refunded, the higher one charged whole", "S2, S3, S4",
     ALL(D)},
    {"upgrade-usage-rerated", 26, "change to a higher plan",
     "the whole month's usage is measured by the new allowance", "S4", ALL(D)},
    {"downgrade-next-month", 27, "change to a lower plan",
     "the old plan stays in force until the next 1st", "S2, S3, S4", ALL(D)},

    /* Status values and display. */
    {"groups-tab-no-status", 28, "any group", "a group has no status: seats belong to people",
     "S2, S3", ALL(C)},
    {"group-members-individually-subscribed", 29, "a group is subscribed",
     "every member has a seat of his own", "S2", ALL(D)},
    {"status-values", 30, "any seat", "Pending, Active or Canceled", "S2, S3, Q1", ALL(D)},
    {"status-shown-canceled", 31, "after any cancellation", "shown as Canceled", "S1, S2", ALL(D)},
    {"users-tab-hides-canceled", 32, "a canceled seat on the Users tab", "the row is gone", "S1",
     ALL(R)},
    {"subscriptions-tab-shows-canceled", 33, "a canceled seat on the Subscriptions tab",
     "the row stays, as Canceled", "S1, S2", ALL(D)},
    {"canceled-record-removed-next-month", 34, "the 1st after a cancellation",
     "the row leaves the list", "S6, Q1", ALL(R)},
    {"deleted-user-shown-as-id-until-month-end", 35, "the user of a seat was deleted",
     "the row shows the raw id and is gone the next month", "S6", ALL(R)},
    {"plan-source-shown", 36, "a user is subscribed through a group",
     "the source of the plan reads Group", "#7275", ALL(R)},

    /* Assignment, propagation, identity. */
    {"group-add-propagation-24h", 37, "a user joins a subscribed group",
     "his seat appears within 24 hours", "S5, S6", ALL(D)},
    {"invite-email-24h", 38, "a new subscription", "a mail to the user within 24 hours", "S2",
     ALL(D)},
    {"profile-one-per-account-region", 39, "a second profile in the same account and Region",
     "refused", "S2", ALL(D)},
    {"subscription-stored-in-idc-region", 40, "the profile's Region is not the instance's",
     "the seat is recorded in the instance's Region", "S2, S3", ALL(D)},
    {"slr-drives-auto-updates", 41, "a group or a user changes",
     "a service-linked role reads it and updates the seats", "S2", ALL(I)},
    {"idc-disable-blocks-signin", 42, "a user is disabled or deleted",
     "new sign-ins are refused at once", "I1", ALL(D)},
    {"idc-session-tail", 43, "sessions open when a user is disabled or deleted",
     "they may run on for up to two hours", "I1", ALL(I)},
    {"group-leave-app-access", 44, "a user leaves a group",
     "applications assigned through the group are gone for him", "I1", ALL(D)},
    {"auto-cancel-lag", 45, "any automatic trigger", "no limit is stated; 24 hours are assumed",
     "-", ALL(I)},
    {"builder-id-unaffected-by-profile-delete", 46,
     "profile deleted, the person also pays individually", "the individual plan goes on", "Q1",
     ALL(I)},

    /* Credits and overage. */
    {"credits-reset-monthly-utc", 47, "the 1st, 00:00 UTC", "the whole allowance again",
     "S8, S9, #10604", ALL(D)},
    {"credits-no-rollover", 48, "credits left at the end of a month", "they lapse", "S4, S9",
     ALL(D)},
    {"overage-default-off", 49, "a new profile", "overage is off", "S2, S3, S4", ALL(D)},
    {"overage-profile-wide", 50, "an administrator turns overage on",
     "it holds for all users of the profile", "S2, S4, #7599", ALL(D)},
    {"overage-cap-service-quota", 51, "overage is to be capped",
     "a service quota per profile, in USD", "S10, S2", ALL(D)},

    /* AWS account closure. */
    {"account-close-90-days", 52, "an account is closed",
     "may be reopened for 90 days, then gone for good", "A1", ALL(D)},
    {"account-close-final-bill", 53, "an account is closed",
     "one more bill, for use up to the closure", "A1", ALL(D)},
    {"account-close-member-states", 54, "a member account is closed through Organizations",
     "PENDING_CLOSURE first, then SUSPENDED", "A1", ALL(D)},
    {"account-close-quota", 55, "many accounts are closed",
     "in 30 days a tenth of the members, at least 10, at most 1,000", "A1", ALL(D)},
    {"account-close-management-last", 56, "the management account is to be closed",
     "not before its members are closed or removed", "A1", ALL(D)},
    {"account-close-own-subscriptions-only", 57,
     "an account is closed, the person also subscribed from another one",
     "only its own profiles are hit", "S1", ALL(I)},

    /* Identity Center mechanics. */
    {"idc-disable-reversible", 58, "a user is disabled",
     "may be enabled again; cannot be edited until then", "I1", ALL(D)},
    {"idc-delete-irreversible", 59, "a user is deleted",
     "cannot be recovered; the same name gets a new id", "I1", ALL(I)},
    {"idc-no-nested-groups", 60, "a group is added to a group", "refused", "I1, I2", ALL(D)},
    {"idc-instance-delete", 61, "an instance is deleted",
     "its assignments, users and groups are gone for good", "I1", ALL(D)},
    {"idc-delegated-admin-neutral", 62, "a delegated administrator is deregistered",
     "nothing changes for users", "I1", ALL(D)},
    {"idc-source-change", 63, "the identity source changes to or from Active Directory",
     "users, groups and assignments are deleted", "I1", ALL(I)},
    {"scim-deprovision", 64, "an identity provider withdraws a user",
     "delete ends as a deletion, active=false as a deactivation", "I2", ALL(I)},
    {"idc-region-move-is-delete", 65, "Identity Center moves to another Region",
     "the instance is deleted and made anew", "I1", ALL(I)},

    /* Edge cases: readings, no source decides them. */
    {"E1", 0, "in two subscribed groups, removed from one",
     "the other claim keeps the seat; a lower plan waits for the 1st",
     "rule 2, rule 16, rule 27, S7", ALL(I)},
    {"E2", 0, "subscribed directly and by a group, leaves the group",
     "the direct claim keeps the seat", "rule 2", ALL(I)},
    {"E3", 0, "subscribed directly and by a group, unsubscribed directly",
     "the claim of the group keeps the seat", "E2", ALL(I)},
    {"E4", 0, "a group is unsubscribed, one member also directly subscribed",
     "he keeps his seat, the others lose theirs", "rule 8", ALL(I)},
    {"E5", 0, "a subscribed group is deleted", "as if every member had left it", "rule 2", ALL(I)},
    {"E6", 0, "a user is disabled and enabled again",
     "no direct seat; a group that still stands gives a new one", "rule 5", ALL(I)},
    {"E7", 0, "a user is deleted and made again under the same name",
     "another person: a new id and no seat", "S6, #9582, #10385", ALL(I)},
    {"E8", 0, "nested groups", "refused; direct members alone count", "rule 60", ALL(I)},
    {"E9", 0, "a profile is deleted and made again",
     "empty: every seat must be assigned again, and paid again", "Q1, rule 17", ALL(I)},
    {"E10", 0, "two profiles in two Regions, one deleted", "the other is untouched",
     "rule 17, rule 39", ALL(I)},
    {"E11", 0, "an instance is deleted that profiles hang on",
     "seats Canceled; the profile stays as a shell", "#5888, #10332", ALL(I)},
    {"E12", 0, "a member account is closed", "only its own profiles are hit", "rule 57", ALL(I)},
    {"E13", 0, "the management account is closed",
     "its seats end, and with the organization the instance's", "A1, rule 56, rule 6, rule 3",
     ALL(I)},
    {"E14", 0, "an account is closed and still in PENDING_CLOSURE",
     "Canceled may show already, and must by SUSPENDED", "rule 54", ALL(I)},
    {"E15", 0, "an account is closed and reopened within 90 days",
     "seats stay Canceled; nothing is charged for the gap", "rule 6, A1", ALL(I)},
    {"E16", 0, "a Pending seat is canceled", "Canceled, nothing charged", "rule 20, Q1, #9582",
     ALL(I)},
    {"E17", 0, "canceled and subscribed again in one month under one profile",
     "one charge, at the highest plan of the month", "rule 13, rule 16", ALL(I)},
    {"E18", 0, "canceled and subscribed again in one month under another profile", "two charges",
     "rule 17", ALL(I)},
    {"E19", 0, "downgraded, then canceled in one month",
     "the higher plan whole, nothing the next month; the downgrade is void", "rule 13, rule 27",
     ALL(I)},
    {"E20", 0, "canceled twice", "the second changes nothing", "P1", ALL(I)},
    {"E21", 0, "upgraded after a cancellation", "no effect; a new subscription is needed", "P1",
     ALL(I)},
    {"E22", 0, "upgraded, then canceled in one month",
     "the higher plan whole, the lower one refunded", "rule 25, rule 13", ALL(I)},
    {"E23", 0, "first used and canceled in one month", "the share stays due, no more and no less",
     "rule 13", ALL(I)},
    {"E24", 0, "upgraded in the first month", "the higher plan whole, the share refunded",
     "rule 25", ALL(I)},
    {"E25", 0, "from which day the share counts", "from the day of the first use",
     "rule 20, rule 21", ALL(I)},
    {"E26", 0, "first used on the last day of a month",
     "one day's share, and the whole fee on the 1st", "rule 13, rule 19, rule 47, #3733", ALL(I)},
    {"E27", 0, "canceled in the last or the first second of a month",
     "the last: nothing the next month; the first: that month whole", "-", ALL(I)},
    {"E28", 0, "a trigger before a month's end is processed after it",
     "charged by the time of the trigger", "rule 45", ALL(I)},
    {"E29", 0, "removal from a group takes time",
     "24 hours as for joining, and the tail of a session", "rule 37, rule 43", ALL(I)},
    {"E30", 0, "removed from a group and added again within the lag",
     "no change, or Canceled and Active again; one charge", "E17", ALL(I)},
    {"E31", 0, "a user is disabled while his seat is Pending", "Canceled, nothing charged",
     "rule 5, E16", ALL(I)},
    {"E32", 0, "a group is unassigned in the identity provider",
     "active=false disables; otherwise nothing", "rule 64, #10711", ALL(I)},
    {"E33", 0, "a session is open at the cancellation",
     "refused at the next refresh, two hours at most", "rule 43", ALL(I)},
    {"E34", 0, "credits left at the cancellation", "they end with the access", "rule 12, rule 48",
     ALL(I)},
    {"E35", 0, "the service-linked role is missing", "automatic rules stall, manual ones work",
     "rule 41", ALL(I)},
    {"E36", 0, "an identity provider linked without Identity Center", "the same rules by analogy",
     "-", ALL(I)},
    {"E37", 0, "accounts closed beyond the quota", "refused; nothing is canceled", "rule 55",
     ALL(I)},
};

const struct rule *rule_find(const char *id)
{
    for (size_t i = 0; i < LENGTH(RULES); i++)
        if (strcmp(RULES[i].id, id) == 0)
            return &RULES[i];
    return NULL;
}

const struct rule *rule_at(size_t index)
{
    return index < LENGTH(RULES) ? &RULES[index] : NULL;
}
