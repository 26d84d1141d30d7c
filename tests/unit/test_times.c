/* SPDX-License-Identifier: MIT */
/* Instants, durations and months: leap years, month ends, and every text that must not be taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/times.h"

enum { DAY_S = 86400 };
#define LAST_S INT64_C(253402300799) /* 9999-12-31T23:59:59Z */
#define COUNT(table) (sizeof(table) / sizeof(table)[0])

struct instant {
    const char *text;
    int64_t time_s;
};

static void known_instants_are_parsed_and_printed(void **state)
{
    (void)state;
    static const struct instant CASES[] = {
        {"1970-01-01T00:00:00Z", 0},          {"1970-01-01T00:00:01Z", 1},
        {"1972-02-29T00:00:00Z", 68169600},   {"1999-12-31T23:59:59Z", 946684799},
        {"2000-02-29T12:00:00Z", 951825600},  {"2000-03-01T00:00:00Z", 951868800},
        {"2026-06-15T10:20:30Z", 1781518830}, {"2026-08-01T00:00:00Z", 1785542400},
        {"2038-01-19T03:14:08Z", 2147483648}, {"2100-02-28T23:59:59Z", 4107542399},
        {"2100-03-01T00:00:00Z", 4107542400}, {"9999-12-31T23:59:59Z", LAST_S},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int64_t time_s = -1;
        assert_true(time_parse(CASES[i].text, &time_s));
        assert_int_equal(time_s, CASES[i].time_s);
        char text[TIME_TEXT_BYTES];
        time_print(CASES[i].time_s, text);
        assert_string_equal(text, CASES[i].text);
    }
}

static void a_fraction_of_a_second_is_dropped(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"2026-06-15T10:20:30.0Z", "2026-06-15T10:20:30.999999999Z",
                                        "2026-06-15T10:20:30.12345678901234567890Z"};
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        int64_t time_s = -1;
        assert_true(time_parse(TEXTS[i], &time_s));
        assert_int_equal(time_s, 1781518830);
    }
}

static void texts_that_are_no_instants_are_refused_and_leave_the_result_alone(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        "",
        "2026",
        "2026-06-15",
        "2026-06-15T10:20Z",
        "2026-06-15T10:20:30",
        "2026-06-15 10:20:30Z",
        "2026-06-15t10:20:30z",
        "2026-06-15T10:20:30+00:00",
        "2026-06-15T10:20:30Zjunk",
        " 2026-06-15T10:20:30Z",
        "2026-06-15T10:20:30.Z",
        "2026-06-15T10:20:30.5",
        "2026-06-15T10:20:30,5Z",
        "2026-6-15T10:20:30Z",
        "02026-06-15T10:20:30Z",
        "2026-00-15T10:20:30Z",
        "2026-13-15T10:20:30Z",
        "2026-06-00T10:20:30Z",
        "2026-06-31T10:20:30Z",
        "2026-02-29T10:20:30Z",
        "2100-02-29T10:20:30Z",
        "2024-02-30T10:20:30Z",
        "2026-06-15T24:00:00Z",
        "2026-06-15T10:60:30Z",
        "2026-06-30T23:59:60Z",
        "1969-12-31T23:59:59Z",
        "-026-06-15T10:20:30Z",
        "2026-06-15T-1:20:30Z",
    };
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        int64_t time_s = 42;
        if (time_parse(TEXTS[i], &time_s) || time_s != 42)
            fail_msg("taken or touched: \"%s\"", TEXTS[i]);
    }
}

static void every_day_until_9999_is_printed_and_parsed_back(void **state)
{
    (void)state;
    /* A step that visits every day, at ever other times of it. */
    enum { STEP_S = DAY_S - 7 };
    for (int64_t time_s = 0; time_s <= LAST_S; time_s += STEP_S) {
        char text[TIME_TEXT_BYTES];
        time_print(time_s, text);
        int64_t back_s = -1;
        if (!time_parse(text, &back_s) || back_s != time_s)
            fail_msg("%lld is printed as %s", (long long)time_s, text);
    }
}

/* Counts days one by one, as a wall calendar does: nothing in common with the arithmetic under
 * test. */
static void days_and_months_follow_the_calendar(void **state)
{
    (void)state;
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t month_s = 0;
    for (int year = 1970; year <= 2420; year++) {
        bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        for (int month = 0; month < 12; month++) {
            int days = DAYS[month] + (month == 1 && leap ? 1 : 0);
            int64_t next_s = month_s + (int64_t)days * DAY_S;
            for (int day = 1; day <= days; day++) {
                int64_t noon_s = month_s + (day - 1) * (int64_t)DAY_S + DAY_S / 2;
                assert_int_equal(month_day(noon_s), day);
                assert_int_equal(month_of(noon_s), month_s);
            }
            assert_int_equal(month_days(month_s), days);
            assert_int_equal(month_of(month_s), month_s);
            assert_int_equal(month_of(next_s - 1), month_s);
            assert_int_equal(month_next(month_s), next_s);
            assert_int_equal(month_next(next_s - 1), next_s);
            assert_int_equal(month_day(next_s - 1), days);
            month_s = next_s;
        }
    }
}

static void instants_before_1970_belong_to_their_month(void **state)
{
    (void)state;
    assert_int_equal(month_of(-1), -31 * (int64_t)DAY_S);
    assert_int_equal(month_next(-1), 0);
    assert_int_equal(month_day(-1), 31);
    char text[TIME_TEXT_BYTES];
    time_print(-1, text);
    assert_string_equal(text, "1969-12-31T23:59:59Z");
}

static void durations_are_summed_in_seconds(void **state)
{
    (void)state;
    static const struct instant CASES[] = {
        {"P1D", DAY_S},
        {"PT30M", 1800},
        {"P1DT2H", DAY_S + 7200},
        {"P2W", 14 * (int64_t)DAY_S},
        {"PT1H2M3S", 3723},
        {"PT0S", 0},
        {"P0D", 0},
        {"PT36H", 36 * 3600},
        {"20s", 20},
        {"5m", 300},
        {"24h", DAY_S},
        {"30d", 30 * (int64_t)DAY_S},
        {"0s", 0},
        {"PT253402300800S", LAST_S + 1},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int64_t time_s = -1;
        if (!duration_parse(CASES[i].text, &time_s) || time_s != CASES[i].time_s)
            fail_msg("%s is read as %lld", CASES[i].text, (long long)time_s);
    }
}

static void texts_that_are_no_durations_are_refused_and_leave_the_result_alone(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        "",
        "P",
        "PT",
        "P1",
        "P1DT",
        "P1M",
        "P1Y",
        "PT1D",
        "P1H",
        "P1D2W",
        "PT1S1M",
        "PT1M1M",
        "P-1D",
        "-P1D",
        "+P1D",
        "PT0.5S",
        "p1d",
        "P1d",
        "P1D ",
        " P1D",
        "P1DT2HT3M",
        "T1H",
        "20",
        "s",
        "5M",
        "5 m",
        "1h30m",
        "-5m",
        "1.5h",
        "30w",
        "PT253402300801S",
        "P2932898D",
        "99999999999999999999d",
        "PT9223372036854775808S",
    };
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        int64_t time_s = 42;
        if (duration_parse(TEXTS[i], &time_s) || time_s != 42)
            fail_msg("taken or touched: \"%s\"", TEXTS[i]);
    }
}

static void months_are_parsed_and_printed(void **state)
{
    (void)state;
    static const struct instant CASES[] = {{"1970-01", 0},
                                           {"2026-04", 1775001600},
                                           {"2026-08", 1785542400},
                                           {"9999-12", 253399622400}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int64_t month_s = -1;
        assert_true(month_parse(CASES[i].text, &month_s));
        assert_int_equal(month_s, CASES[i].time_s);
        char text[MONTH_TEXT_BYTES];
        month_print(month_s, text);
        assert_string_equal(text, CASES[i].text);
        month_print(month_next(month_s) - 1, text);
        assert_string_equal(text, CASES[i].text);
    }
}

static void texts_that_are_no_months_are_refused(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"",           "2026",     "2026-",    "2026-4",  "2026-00",
                                        "2026-13",    "1969-12",  "2026-004", "2026/04", "202-004",
                                        "2026-04-01", "2026-04 ", " 2026-04", "0x26-04"};
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        int64_t month_s = 42;
        if (month_parse(TEXTS[i], &month_s) || month_s != 42)
            fail_msg("taken or touched: \"%s\"", TEXTS[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_instants_are_parsed_and_printed),
        cmocka_unit_test(a_fraction_of_a_second_is_dropped),
        cmocka_unit_test(texts_that_are_no_instants_are_refused_and_leave_the_result_alone),
        cmocka_unit_test(every_day_until_9999_is_printed_and_parsed_back),
        cmocka_unit_test(days_and_months_follow_the_calendar),
        cmocka_unit_test(instants_before_1970_belong_to_their_month),
        cmocka_unit_test(durations_are_summed_in_seconds),
        cmocka_unit_test(texts_that_are_no_durations_are_refused_and_leave_the_result_alone),
        cmocka_unit_test(months_are_parsed_and_printed),
        cmocka_unit_test(texts_that_are_no_months_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
