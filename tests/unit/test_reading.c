/* SPDX-License-Identifier: MIT */
/* The deviations as a table, and what is in force of edition, overrides and deviations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/editions.h"
#include "base/lags.h"
#include "base/parameters.h"
#include "base/rules.h"
#include "world/reading/reading.h"

static void every_deviation_names_a_rule_and_says_what_is_wrong(void **state)
{
    (void)state;
    for (int i = 0; i < DEVIATION_COUNT; i++) {
        const struct deviation_facts *facts = deviation_facts((enum deviation)i);
        assert_non_null(facts->name);
        assert_int_equal(deviation_find(facts->name), i); /* so names are unique, too */
        assert_non_null(rule_find(facts->rule));
        assert_true(strlen(facts->summary) > 10);
        assert_true(facts->issue == NULL || facts->issue[0] == '#');
        assert_true(facts->edition == NULL || edition_find(facts->edition) != NULL);
        bool sets = facts->sets || facts->unnoticed[0] != CAUSE_NONE ||
                    facts->reaching != CAUSE_NONE || facts->lag_s > 0;
        assert_true(sets);
        assert_true((facts->reaching == CAUSE_NONE) == (facts->reach == REACH_OWN));
        assert_true(!facts->sets || facts->decision < READING_VALUES);
        /*
         * What an edition leaves open has a row of its own; a decision's first value is as
         * documented.
         */
        assert_true(!facts->sets || facts->decision < PARAMETER_COUNT || facts->value != 0);
    }
    assert_int_equal(deviation_find("no-such-deviation"), -1);
    assert_int_equal(deviation_find("pending-sticks"), deviation_find("dev-pending-sticks"));
    assert_int_equal(deviation_find("dev-status-unknown"), -1);
}

static void a_deviation_goes_over_an_override_and_that_over_the_edition(void **state)
{
    (void)state;
    struct reading reading;
    reading_init(&reading);
    assert_int_equal(reading.values[ACCESS_AFTER_CANCEL], ACCESS_IMMEDIATE);
    reading.edition = edition_find("kiro-2025-11");
    reading_settle(&reading);
    assert_int_equal(reading.values[ACCESS_AFTER_CANCEL], ACCESS_MONTH_END);
    reading.overrides[ACCESS_AFTER_CANCEL] = ACCESS_NEXT_MONTH;
    reading_settle(&reading);
    assert_int_equal(reading.values[ACCESS_AFTER_CANCEL], ACCESS_NEXT_MONTH);
    reading.deviations[EARLY_LOCKOUT] = true;
    reading_settle(&reading);
    assert_int_equal(reading.values[ACCESS_AFTER_CANCEL], ACCESS_IMMEDIATE);
}

/* One at a time: it changes what is in force, and when it is off again nothing of it is left. */
static void each_deviation_sets_what_its_row_says_and_nothing_stays(void **state)
{
    (void)state;
    struct reading before;
    struct reading reading;
    for (int i = 0; i < DEVIATION_COUNT; i++) {
        const struct deviation_facts *facts = deviation_facts((enum deviation)i);
        reading_init(&before);
        before.edition = edition_find(facts->edition == NULL ? EDITION_DEFAULT : facts->edition);
        before.timing = timing_find("documented");
        reading_settle(&before);
        reading = before;
        reading.deviations[i] = true;
        reading_settle(&reading);
        if (facts->sets)
            assert_int_equal(reading.values[facts->decision], facts->value);
        for (size_t j = 0; j < 2 && facts->unnoticed[j] != CAUSE_NONE; j++)
            assert_false(reading_notices(&reading, facts->unnoticed[j]));
        assert_int_equal(reading.reaches[facts->reaching], facts->reach);
        bool differs = memcmp(reading.values, before.values, sizeof before.values) != 0 ||
                       memcmp(reading.unnoticed, before.unnoticed, sizeof before.unnoticed) != 0 ||
                       memcmp(reading.reaches, before.reaches, sizeof before.reaches) != 0 ||
                       memcmp(reading.lags_s, before.lags_s, sizeof before.lags_s) != 0;
        assert_true(differs);
        reading.deviations[i] = false;
        reading_settle(&reading);
        assert_memory_equal(&reading, &before, sizeof before);
    }
}

static void delays_are_lengthened_only_where_there_are_some(void **state)
{
    (void)state;
    struct reading reading;
    reading_init(&reading);
    reading.deviations[SLOW_AUTO_CANCEL] = true;
    reading_settle(&reading);
    assert_int_equal(reading.lags_s[AUTO_CANCEL_LAG], 0);
    reading.timing = timing_find("documented");
    reading_settle(&reading);
    assert_int_equal(reading.lags_s[AUTO_CANCEL_LAG], 72 * 3600);
    reading.deviations[SLOW_AUTO_CANCEL] = false;
    reading_settle(&reading);
    assert_int_equal(reading.lags_s[AUTO_CANCEL_LAG], 24 * 3600);
}

/* What is right is said with what is wrong; what is printed can be given again. */
static void a_parameter_or_a_delay_is_overridden_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *value;
        enum fault fault;
        const char *shown; /* what is in force, or a part of what would be right */
    } table[] = {
        {"tier_drop", "now", FAULT_NONE, NULL},
        {"tier_drop", "later", FAULT_INVALID, "month-start, now"},
        {"tear_drop", "now", FAULT_NOT_FOUND, "tier_drop"},
        {"session_tail", "PT90S", FAULT_NONE, "90s"},
        {"session_tail", "P1D", FAULT_NONE, "24h"},
        {"session_tail", "0s", FAULT_NONE, "0s"},
        {"session_tail", "5m..2h", FAULT_NONE, "5m..2h"},
        {"session_tail", "2h..2h", FAULT_NONE, "2h"},
        {"session_tail", "by-hand", FAULT_NONE, "by-hand"},
        {"session_tail", "2h..5m", FAULT_INVALID, "1h..24h"},
        {"session_tail", "..5m", FAULT_INVALID, "1h..24h"},
        {"session_tail", "367d", FAULT_INVALID, "366 days"},
        {"session_tail", "", FAULT_INVALID, "by-hand"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct reading reading;
        struct text right = {0};
        char lag[LAG_TEXT_BYTES];
        reading_init(&reading);
        assert_int_equal(reading_override(&reading, table[i].name, table[i].value, &right),
                         table[i].fault);
        reading_settle(&reading);
        reading_print_lag(&reading, SESSION_TAIL, lag);
        if (table[i].fault != FAULT_NONE)
            assert_non_null(strstr(text_chars(&right), table[i].shown));
        else if (table[i].shown != NULL)
            assert_string_equal(lag, table[i].shown);
        else
            assert_int_equal(reading.values[TIER_DROP], TIER_DROP_NOW);
        text_clear(&right);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_deviation_names_a_rule_and_says_what_is_wrong),
        cmocka_unit_test(a_deviation_goes_over_an_override_and_that_over_the_edition),
        cmocka_unit_test(each_deviation_sets_what_its_row_says_and_nothing_stays),
        cmocka_unit_test(a_parameter_or_a_delay_is_overridden_by_name),
        cmocka_unit_test(delays_are_lengthened_only_where_there_are_some),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
