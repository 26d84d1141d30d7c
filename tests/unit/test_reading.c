/* SPDX-License-Identifier: MIT */
/* The deviations as a table, and what is in force of edition, overrides and deviations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "world/reading.h"

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
        for (size_t j = 0; j < 2; j++)
            assert_true(facts->spares[j] == NULL || rule_find(facts->spares[j]) != NULL);
        assert_true((facts->widens == WIDEN_NOBODY) == (facts->widens_rule == NULL));
        if (facts->parameter == NULL)
            continue;
        int parameter = parameter_find(facts->parameter);
        assert_true(parameter >= 0);
        assert_true(parameter_value_find((enum parameter)parameter, facts->value) >= 0);
    }
    assert_int_equal(deviation_find("no-such-deviation"), -1);
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

static void whom_settle_spares_and_hits_depends_on_what_is_on(void **state)
{
    (void)state;
    struct reading reading;
    reading_init(&reading);
    for (int i = 0; i < DEVIATION_COUNT; i++) {
        const struct deviation_facts *facts = deviation_facts((enum deviation)i);
        reading.deviations[i] = false;
        for (size_t j = 0; j < 2; j++)
            assert_true(facts->spares[j] == NULL || !reading_spares(&reading, facts->spares[j]));
        reading.deviations[i] = true;
        for (size_t j = 0; j < 2; j++)
            assert_true(facts->spares[j] == NULL || reading_spares(&reading, facts->spares[j]));
        assert_true(facts->widens == WIDEN_NOBODY ||
                    reading_widens(&reading, facts->widens, facts->widens_rule));
        assert_false(reading_spares(&reading, "no-such-rule"));
        reading.deviations[i] = false;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_deviation_names_a_rule_and_says_what_is_wrong),
        cmocka_unit_test(a_deviation_goes_over_an_override_and_that_over_the_edition),
        cmocka_unit_test(whom_settle_spares_and_hits_depends_on_what_is_on),
        cmocka_unit_test(delays_are_lengthened_only_where_there_are_some),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
