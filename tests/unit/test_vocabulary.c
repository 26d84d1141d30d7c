/* SPDX-License-Identifier: MIT */
/*
 * The shared words against the rulebook: tests/golden/rules.tsv is transcribed from the rulebook,
 * the prices, credits and names below from its sections 5A and 5B, never from the tables under
 * test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/edition_rules.h"
#include "base/editions.h"
#include "base/lags.h"
#include "base/levels.h"
#include "base/parameters.h"
#include "base/plans.h"
#include "base/rules.h"
#include "base/statuses.h"

static void every_rule_has_the_source_and_the_levels_of_the_rulebook(void **state)
{
    (void)state;
    FILE *golden = fopen(GOLDEN_FOLDER "/rules.tsv", "r");
    assert_non_null(golden);
    char line[512];
    assert_non_null(fgets(line, sizeof line, golden)); /* the names of the columns */
    size_t count = 0;
    while (fgets(line, sizeof line, golden) != NULL) {
        const struct rule *rule = rule_at(count++);
        assert_non_null(rule);
        char seen[sizeof line];
        snprintf(seen, sizeof seen, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", rule->number, rule->id,
                 rule->source, level_name(rule->level[AXIS_STATUS]),
                 level_name(rule->level[AXIS_ACCESS]), level_name(rule->level[AXIS_CHARGE]),
                 level_name(rule->level[AXIS_LISTING]));
        assert_string_equal(seen, line);
        assert_ptr_equal(rule_find(rule->id), rule);
    }
    fclose(golden);
    assert_int_equal(count, 65 + 37);
    assert_null(rule_at(count));
    assert_null(rule_find("auto-user"));
}

static void trigger_and_outcome_of_a_rule_are_one_short_line(void **state)
{
    (void)state;
    for (size_t i = 0; rule_at(i) != NULL; i++) {
        const char *texts[] = {rule_at(i)->trigger, rule_at(i)->outcome};
        for (size_t j = 0; j < 2; j++) {
            assert_in_range(strlen(texts[j]), 1, 120);
            assert_null(strchr(texts[j], '\n'));
        }
    }
}

static void plans_have_the_prices_credits_and_names_of_the_rulebook(void **state)
{
    (void)state;
    static const struct {
        const char *title, *name, *requested, *returned, *also;
        int64_t dollars, credits;
    } plans[] = {
        {"Pro", "pro", "Q_DEVELOPER_STANDALONE_PRO", "KIRO_ENTERPRISE_PRO", NULL, 20, 1000},
        {"Pro+", "pro-plus", "Q_DEVELOPER_STANDALONE_PRO_PLUS", "KIRO_ENTERPRISE_PRO_PLUS", NULL,
         40, 2000},
        {"Pro Max", "pro-max", "Q_DEVELOPER_STANDALONE_PRO_MAX", "KIRO_ENTERPRISE_PRO_MAX", NULL,
         100, 5000},
        {"Power", "power", "Q_DEVELOPER_STANDALONE_POWER", "KIRO_ENTERPRISE_POWER",
         "KIRO_ENTERPRISE_PRO_POWER", 200, 10000},
    };
    assert_int_equal(PLAN_COUNT, 1 + sizeof plans / sizeof plans[0]);
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
        enum plan plan = plan_by_name(plans[i].name);
        const struct plan_facts *facts = plan_facts(plan);
        assert_int_equal(plan, i + 1); /* the order of price */
        assert_string_equal(facts->name, plans[i].name);
        assert_string_equal(facts->title, plans[i].title);
        assert_int_equal(facts->price_cents, plans[i].dollars * 100);
        assert_int_equal(facts->credits_hundredths, plans[i].credits * 100);
        assert_int_equal(plan_by_requested(plans[i].requested), plan);
        assert_int_equal(plan_by_returned(plans[i].returned), plan);
        assert_string_equal(facts->requested, plans[i].requested);
        assert_string_equal(facts->returned, plans[i].returned);
        if (plans[i].also != NULL)
            assert_int_equal(plan_by_returned(plans[i].also), plan);
    }
}

static void no_plan_is_free_and_found_by_no_name_of_a_plan(void **state)
{
    (void)state;
    assert_string_equal(plan_facts(PLAN_NONE)->name, "none");
    assert_int_equal(plan_facts(PLAN_NONE)->price_cents, 0);
    assert_int_equal(plan_facts(PLAN_NONE)->credits_hundredths, 0);
    const char *strangers[] = {"", "none", "free", "Pro", "KIRO_ENTERPRISE", "PRO"};
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        assert_int_equal(plan_by_name(strangers[i]), PLAN_NONE);
        assert_int_equal(plan_by_requested(strangers[i]), PLAN_NONE);
        assert_int_equal(plan_by_returned(strangers[i]), PLAN_NONE);
    }
}

static void a_status_is_found_by_its_name_in_both_spellings(void **state)
{
    (void)state;
    static const char *const names[] = {"NONE", "PENDING", "ACTIVE", "CANCELED"};
    for (int i = 0; i < 4; i++) {
        assert_string_equal(seat_status_name((enum seat_status)i), names[i]);
        assert_int_equal(seat_status_by_name(names[i]), i);
    }
    assert_int_equal(seat_status_by_name("CANCELLED"), SEAT_CANCELED);
    assert_int_equal(seat_status_by_name("active"), SEAT_NONE);
}

static void the_four_axes_have_names_of_their_own(void **state)
{
    (void)state;
    static const char *const names[AXIS_COUNT] = {"status", "access", "charge", "listing"};
    for (int i = 0; i < AXIS_COUNT; i++)
        assert_string_equal(axis_name((enum axis)i), names[i]);
}

/* Name and values of every parameter. */
static const char *const PARAMETER_LINES[] = {
    "access_after_cancel immediate month-end next-month",
    "status_after_cancel canceled pending-removal",
    "last_month_fee full none",
    "first_month_fee prorated full",
    "proration_days inclusive exclusive",
    "fee_from first-use assignment",
    "first_month_cancel share full",
    "upgrade_rerates_usage true false",
    "auto_triggers six profile-only none",
    "second_profile_charge per-profile per-person-account once-per-organization",
    "group_status none subscribed",
    "canceled_row_kept_until month-end forever at-once",
    "canceled_row_after_resubscribe replaced kept",
    "resubscribe_same_month one-charge second-charge refused",
    "tier_drop month-start now",
    "reactivate group-only full none",
    "account_reopen stays-canceled resume",
    "profile_on_instance_delete shell deleted",
    "group_delete members-leave dangling",
    "pending_cancel canceled vanishes",
    "charge_at trigger processing",
    "update_without_seat creates not-found",
    "pro_max offered absent",
    "overage_cap service-quota absent",
    "direct_unsubscribe allowed refused-with-group",
    "recreated_user_charge second-charge merged-by-name",
    "recreated_profile_charge second-charge one-charge",
    "account_cancel_at suspended pending-closure",
    "cancel_again not-found success",
    "update_after_cancel no-effect subscribes",
    "first_month_upgrade full prorated",
    "month_boundary utc utc-8 utc+9",
    "scim_member_cap 100 none",
    "scim_members_on_get never always",
    "scim_members_replaced refused ignored done",
    "scim_page_cap 100 50",
    "scim_start_index ignored honored",
    "scim_unsupported ignored refused",
    "scim_rate unlimited documented",
    "new_profile as-timed denied not-found",
    "update_pending changes denied",
    "customer_claims refused accepted",
    "plan_names kiro q-developer",
    "subscription_dates iso epoch absent",
    "fee_line_date on-the-day daily",
};

static void parameters_have_the_names_values_and_defaults_of_the_contract(void **state)
{
    (void)state;
    assert_int_equal(PARAMETER_COUNT, sizeof PARAMETER_LINES / sizeof PARAMETER_LINES[0]);
    for (int i = 0; i < PARAMETER_COUNT; i++) {
        const struct parameter_facts *facts = parameter_facts((enum parameter)i);
        char seen[200];
        int used = snprintf(seen, sizeof seen, "%s", facts->name);
        for (int value = 0; facts->values[value] != NULL; value++) {
            used += snprintf(seen + used, sizeof seen - (size_t)used, " %s", facts->values[value]);
            assert_int_equal(parameter_value_find((enum parameter)i, facts->values[value]), value);
        }
        assert_string_equal(seen, PARAMETER_LINES[i]);
        assert_non_null(rule_find(facts->about));
        assert_in_range(strlen(facts->decides), 1, 100);
        assert_int_equal(parameter_find(facts->name), i);
        assert_int_equal(parameter_value_find((enum parameter)i, "sometimes"), -1);
    }
    assert_int_equal(parameter_find("grace"), -1);
}

static void the_value_that_code_asks_about_is_the_value_of_that_name(void **state)
{
    (void)state;
    static const struct {
        enum parameter parameter;
        const char *value;
        int index;
    } values[] = {
        {ACCESS_AFTER_CANCEL, "immediate", ACCESS_IMMEDIATE},
        {ACCESS_AFTER_CANCEL, "month-end", ACCESS_MONTH_END},
        {ACCESS_AFTER_CANCEL, "next-month", ACCESS_NEXT_MONTH},
        {FIRST_MONTH_FEE, "prorated", FIRST_FEE_PRORATED},
        {FIRST_MONTH_FEE, "full", FIRST_FEE_FULL},
        {PRORATION_DAYS, "inclusive", DAYS_INCLUSIVE},
        {PRORATION_DAYS, "exclusive", DAYS_EXCLUSIVE},
        {FIRST_MONTH_CANCEL, "share", FIRST_CANCEL_SHARE},
        {FIRST_MONTH_CANCEL, "full", FIRST_CANCEL_FULL},
        {TIER_DROP, "month-start", TIER_DROP_MONTH_START},
        {TIER_DROP, "now", TIER_DROP_NOW},
        {PRO_MAX, "offered", PRO_MAX_OFFERED},
        {PRO_MAX, "absent", PRO_MAX_ABSENT},
        {LAST_MONTH_FEE, "none", LAST_FEE_NONE},
        {FEE_FROM, "assignment", FEE_FROM_ASSIGNMENT},
        {UPGRADE_RERATES_USAGE, "false", RERATES_NOT},
        {AUTO_TRIGGERS, "profile-only", TRIGGERS_PROFILE_ONLY},
        {AUTO_TRIGGERS, "none", TRIGGERS_NONE},
        {SECOND_PROFILE_CHARGE, "per-person-account", SECOND_PER_PERSON_ACCOUNT},
        {SECOND_PROFILE_CHARGE, "once-per-organization", SECOND_ONCE_PER_ORGANIZATION},
        {GROUP_STATUS, "subscribed", GROUP_STATUS_SUBSCRIBED},
        {CANCELED_ROW_KEPT_UNTIL, "forever", ROW_FOREVER},
        {CANCELED_ROW_KEPT_UNTIL, "at-once", ROW_AT_ONCE},
        {CANCELED_ROW_AFTER_RESUBSCRIBE, "kept", CANCELED_ROW_KEPT},
        {RESUBSCRIBE_SAME_MONTH, "second-charge", RESUBSCRIBE_SECOND_CHARGE},
        {RESUBSCRIBE_SAME_MONTH, "refused", RESUBSCRIBE_REFUSED},
        {REACTIVATE, "full", REACTIVATE_FULL},
        {REACTIVATE, "none", REACTIVATE_NONE},
        {ACCOUNT_REOPEN, "resume", REOPEN_RESUME},
        {PROFILE_ON_INSTANCE_DELETE, "deleted", INSTANCE_DELETE_DELETED},
        {GROUP_DELETE, "dangling", GROUP_DELETE_DANGLING},
        {PENDING_CANCEL, "vanishes", PENDING_CANCEL_VANISHES},
        {CHARGE_AT, "processing", CHARGE_AT_PROCESSING},
        {UPDATE_WITHOUT_SEAT, "not-found", UPDATE_NOT_FOUND},
        {OVERAGE_CAP, "absent", OVERAGE_CAP_ABSENT},
        {DIRECT_UNSUBSCRIBE, "refused-with-group", DIRECT_UNSUBSCRIBE_REFUSED},
        {RECREATED_USER_CHARGE, "merged-by-name", RECREATED_USER_MERGED},
        {RECREATED_PROFILE_CHARGE, "one-charge", RECREATED_PROFILE_ONE_CHARGE},
        {ACCOUNT_CANCEL_AT, "pending-closure", CANCEL_AT_PENDING_CLOSURE},
        {CANCEL_AGAIN, "success", CANCEL_AGAIN_SUCCESS},
        {UPDATE_AFTER_CANCEL, "subscribes", UPDATE_AFTER_SUBSCRIBES},
        {FIRST_MONTH_UPGRADE, "prorated", FIRST_UPGRADE_PRORATED},
        {MONTH_BOUNDARY, "utc-8", BOUNDARY_UTC_MINUS_8},
        {MONTH_BOUNDARY, "utc+9", BOUNDARY_UTC_PLUS_9},
        {NEW_PROFILE, "as-timed", NEW_PROFILE_AS_TIMED},
        {NEW_PROFILE, "denied", NEW_PROFILE_DENIED},
        {NEW_PROFILE, "not-found", NEW_PROFILE_NOT_FOUND},
        {UPDATE_PENDING, "denied", UPDATE_PENDING_DENIED},
        {CUSTOMER_CLAIMS, "accepted", CUSTOMER_CLAIMS_ACCEPTED},
        {PLAN_NAMES, "q-developer", PLAN_NAMES_Q_DEVELOPER},
        {SUBSCRIPTION_DATES, "epoch", DATES_EPOCH},
        {SUBSCRIPTION_DATES, "absent", DATES_ABSENT},
        {FEE_LINE_DATE, "daily", FEE_LINE_DAILY},
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        assert_int_equal(parameter_value_find(values[i].parameter, values[i].value),
                         values[i].index);
}

/* Rulebook 2A, in the order of edition_at; what a row does not name is the default's. */
static const struct {
    const char *edition;
    const char *differs; /* "parameter=value" after each other */
} editions[] = {
    {"kiro-2026-06", ""},
    {"kiro-2025-11", "access_after_cancel=month-end first_month_fee=full "
                     "upgrade_rerates_usage=false pro_max=absent "
                     "overage_cap=absent "},
    {"kiro-2026-02",
     "first_month_fee=full upgrade_rerates_usage=false pro_max=absent overage_cap=absent "},
    {"kiro-2026-04", "pro_max=absent overage_cap=absent "},
    {"q-developer", "first_month_fee=full upgrade_rerates_usage=false auto_triggers=profile-only "
                    "second_profile_charge=once-per-organization group_status=subscribed "
                    "pro_max=absent plan_names=q-developer "},
    {"q-business", "access_after_cancel=next-month first_month_fee=full "
                   "upgrade_rerates_usage=false pro_max=absent "},
    {"script-month-end", "access_after_cancel=month-end status_after_cancel=pending-removal "},
};

static void the_editions_differ_from_the_default_as_the_rulebook_says(void **state)
{
    (void)state;
    size_t count = sizeof editions / sizeof editions[0];
    assert_null(edition_at(count));
    assert_null(edition_find("kiro"));
    for (size_t i = 0; i < count; i++) {
        char seen[512] = "";
        size_t used = 0;
        const struct edition *edition = edition_at(i);
        assert_string_equal(edition->name, editions[i].edition);
        assert_ptr_equal(edition_find(editions[i].edition), edition);
        for (int j = 0; j < PARAMETER_COUNT; j++) {
            const struct parameter_facts *facts = parameter_facts((enum parameter)j);
            if (edition->values[j] != 0)
                used += (size_t)snprintf(seen + used, sizeof seen - used, "%s=%s ", facts->name,
                                         facts->values[edition->values[j]]);
        }
        assert_string_equal(seen, editions[i].differs);
    }
}

/*
 * Where an edition turns a parameter, the rule that it is about has words or a level of the
 * edition's own.
 */
static void a_rule_that_an_edition_reads_otherwise_says_so(void **state)
{
    (void)state;
    for (size_t i = 0; edition_at(i) != NULL; i++) {
        const struct edition *edition = edition_at(i);
        struct rule_reading reading;
        for (int j = 0; j < PARAMETER_COUNT; j++) {
            rule_in_edition(rule_find(parameter_facts((enum parameter)j)->about), edition,
                            &reading);
            /* no rule speaks of the list of plans */
            if (edition->values[j] != 0 && j != PRO_MAX && !reading.own)
                fail_msg("%s: %s", edition->name, parameter_facts((enum parameter)j)->name);
        }
        for (size_t j = 0; rule_at(j) != NULL; j++) {
            rule_in_edition(rule_at(j), edition, &reading);
            assert_true(reading.outcome[0] != '\0' && reading.source[0] != '\0');
            assert_false(i == 0 && reading.own);
        }
    }
    struct rule_reading sister;
    rule_in_edition(rule_find("invite-email-24h"), edition_find("q-business"), &sister);
    assert_int_equal(sister.level[AXIS_STATUS], LEVEL_INFERRED); /* a page about Kiro alone */
    rule_in_edition(rule_find("scim-deprovision"), edition_find("q-business"), &sister);
    assert_int_equal(sister.level[AXIS_STATUS], rule_find("scim-deprovision")->level[AXIS_STATUS]);
    rule_in_edition(rule_find("auto-user-deleted"), edition_find("kiro-2025-11"), &sister);
    assert_int_equal(sister.level[AXIS_STATUS], LEVEL_INFERRED);
    assert_int_equal(sister.level[AXIS_ACCESS], LEVEL_DOCUMENTED);
}

static void instant_has_no_delay_and_documented_has_every_one(void **state)
{
    (void)state;
    const struct timing *instant = timing_find(TIMING_DEFAULT);
    const struct timing *documented = timing_find("documented");
    assert_null(timing_find("slow"));
    assert_int_equal(lag_find("grace"), -1);
    for (int lag = 0; lag < LAG_COUNT; lag++) {
        assert_int_equal(instant->lags_s[lag], 0);
        assert_true(documented->lags_s[lag] > 0);
        assert_int_equal(lag_find(lag_name((enum lag)lag)), lag);
        assert_in_range(strlen(lag_late((enum lag)lag)), 1, 80);
    }
    assert_int_equal(documented->lags_s[GROUP_ADD_LAG], 24 * 3600); /* rule 37 */
    assert_int_equal(documented->lags_s[SESSION_TAIL], 2 * 3600);   /* rule 43 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_has_the_source_and_the_levels_of_the_rulebook),
        cmocka_unit_test(trigger_and_outcome_of_a_rule_are_one_short_line),
        cmocka_unit_test(plans_have_the_prices_credits_and_names_of_the_rulebook),
        cmocka_unit_test(no_plan_is_free_and_found_by_no_name_of_a_plan),
        cmocka_unit_test(a_status_is_found_by_its_name_in_both_spellings),
        cmocka_unit_test(the_four_axes_have_names_of_their_own),
        cmocka_unit_test(parameters_have_the_names_values_and_defaults_of_the_contract),
        cmocka_unit_test(the_value_that_code_asks_about_is_the_value_of_that_name),
        cmocka_unit_test(the_editions_differ_from_the_default_as_the_rulebook_says),
        cmocka_unit_test(a_rule_that_an_edition_reads_otherwise_says_so),
        cmocka_unit_test(instant_has_no_delay_and_documented_has_every_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
