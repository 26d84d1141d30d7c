/* SPDX-License-Identifier: MIT */
/*
 * Calendar arithmetic of our own (proleptic Gregorian, UTC), because the C library's asks the
 * locale and the time zone. Only parsing knows bounds; the rest works for years far beyond them.
 */
#include "base/times.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_YEAR = 1970, MINUTE_S = 60, HOUR_S = 3600, DAY_S = DAY_SECONDS, WEEK_S = 604800 };
enum { ERA_YEARS = 400, ERA_DAYS = 146097, DAYS_BEFORE_1970 = 719468 /* from 0000-03-01 */ };

/* From 1970 to the end of 9999: no instant is later and no duration longer, so sums of them fit. */
static const int64_t SPAN_S = INT64_C(253402300800);

struct civil {
    int64_t year;
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
};

static int64_t floor_divide(int64_t number, int64_t by)
{
    int64_t quotient = number / by;
    return number % by < 0 ? quotient - 1 : quotient;
}

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int64_t year, int month)
{
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : DAYS[month - 1];
}

/* Days since 1970-01-01. Years are counted from March, so that the leap day is the last of its
 * year and the days before a month are (153 m + 2) / 5. */
static int64_t days_from_civil(struct civil date)
{
    int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    int64_t month = date.month <= 2 ? date.month + 9 : date.month - 3;
    int64_t era = floor_divide(year, ERA_YEARS);
    int64_t year_of_era = year - era * ERA_YEARS;
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int64_t leap_days = year_of_era / 4 - year_of_era / 100;
    return era * ERA_DAYS + year_of_era * 365 + leap_days + day_of_year - DAYS_BEFORE_1970;
}

static struct civil civil_from_days(int64_t days)
{
    days += DAYS_BEFORE_1970;
    int64_t era = floor_divide(days, ERA_DAYS);
    int64_t day_of_era = days - era * ERA_DAYS;
    /* Take the leap days out (one in 1461 days, none in 36524, one in 146096) and every year has
     * 365. */
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    int64_t day = day_of_year - (153 * month + 2) / 5 + 1;
    bool after_december = month >= 10;
    return (struct civil){.year = era * ERA_YEARS + year_of_era + (after_december ? 1 : 0),
                          .month = (int)(after_december ? month - 9 : month + 3),
                          .day = (int)day};
}

static struct civil civil_of(int64_t time_s)
{
    return civil_from_days(floor_divide(time_s, DAY_S));
}

/* Exactly `count` digits and then the character `after`; false with `*text` anywhere otherwise. */
static bool take_number(const char **text, int count, char after, int *out_number)
{
    *out_number = 0;
    for (int i = 0; i < count; i++, (*text)++) {
        if (**text < '0' || **text > '9')
            return false;
        *out_number = *out_number * 10 + (**text - '0');
    }
    return *(*text)++ == after;
}

bool time_parse(const char *rfc3339, int64_t *out_s)
{
    const char *text = rfc3339;
    int year, month, day, hour, minute, second;
    if (!take_number(&text, 4, '-', &year) || !take_number(&text, 2, '-', &month) ||
        !take_number(&text, 2, 'T', &day) || !take_number(&text, 2, ':', &hour) ||
        !take_number(&text, 2, ':', &minute))
        return false;
    const char *seconds = text;
    bool whole = take_number(&text, 2, 'Z', &second);
    if (!whole) {
        text = seconds;
        if (!take_number(&text, 2, '.', &second))
            return false;
        size_t digits = strspn(text, "0123456789");
        text += digits;
        if (digits == 0 || *text++ != 'Z')
            return false;
    }
    if (*text != '\0' || year < FIRST_YEAR || month < 1 || month > 12 || day < 1 ||
        day > days_in(year, month) || hour > 23 || minute > 59 || second > 59)
        return false;
    struct civil date = {.year = year, .month = month, .day = day};
    *out_s = days_from_civil(date) * DAY_S + hour * HOUR_S + minute * MINUTE_S + second;
    return true;
}

void time_print(int64_t time_s, char out[TIME_TEXT_BYTES])
{
    struct civil date = civil_of(time_s);
    int second = (int)(time_s - floor_divide(time_s, DAY_S) * DAY_S);
    snprintf(out, TIME_TEXT_BYTES, "%04" PRId64 "-%02d-%02dT%02d:%02d:%02dZ", date.year, date.month,
             date.day, second / HOUR_S, second / MINUTE_S % 60, second % 60);
}

struct unit {
    char letter;
    int64_t seconds;
};

/* One or more digits and a letter of `units` (ended by letter NUL) at or after `*unit`, added to
 * `*sum_s`. */
static bool take_quantity(const char **text, const struct unit **unit, int64_t *sum_s)
{
    int64_t count = 0;
    const char *start = *text;
    for (; **text >= '0' && **text <= '9'; (*text)++) {
        count = count * 10 + (**text - '0');
        if (count > SPAN_S)
            return false;
    }
    if (*text == start)
        return false;
    while ((*unit)->letter != '\0' && (*unit)->letter != **text)
        (*unit)++;
    if ((*unit)->letter == '\0' || count > (SPAN_S - *sum_s) / (*unit)->seconds)
        return false;
    *sum_s += count * (*unit)->seconds;
    (*unit)++;
    (*text)++;
    return true;
}

/* Quantities in the order of `units` until the text ends or a T stands there; at least one. */
static bool take_quantities(const char **text, const struct unit *units, int64_t *sum_s)
{
    do {
        if (!take_quantity(text, &units, sum_s))
            return false;
    } while (**text != '\0' && **text != 'T');
    return true;
}

bool duration_parse(const char *text, int64_t *out_s)
{
    static const struct unit DATES[] = {{'W', WEEK_S}, {'D', DAY_S}, {'\0', 0}};
    static const struct unit TIMES[] = {{'H', HOUR_S}, {'M', MINUTE_S}, {'S', 1}, {'\0', 0}};
    static const struct unit SHORTS[] = {
        {'d', DAY_S}, {'h', HOUR_S}, {'m', MINUTE_S}, {'s', 1}, {'\0', 0}};
    int64_t sum_s = 0;
    if (*text != 'P') {
        const struct unit *unit = SHORTS;
        if (!take_quantity(&text, &unit, &sum_s) || *text != '\0')
            return false;
        *out_s = sum_s;
        return true;
    }
    text++;
    if (*text != 'T' && !take_quantities(&text, DATES, &sum_s))
        return false;
    if (*text == 'T') {
        text++;
        if (!take_quantities(&text, TIMES, &sum_s))
            return false;
    }
    if (*text != '\0')
        return false;
    *out_s = sum_s;
    return true;
}

void duration_print(int64_t duration_s, char out[DURATION_TEXT_BYTES])
{
    static const struct unit UNITS[] = {{'h', HOUR_S}, {'m', MINUTE_S}, {'s', 1}};
    const struct unit *unit = UNITS;
    while (unit->seconds > 1 && (duration_s == 0 || duration_s % unit->seconds != 0))
        unit++;
    snprintf(out, DURATION_TEXT_BYTES, "%" PRId64 "%c", duration_s / unit->seconds, unit->letter);
}

int64_t day_of(int64_t time_s)
{
    return time_s - time_s % DAY_S;
}

int64_t month_of(int64_t time_s)
{
    struct civil date = civil_of(time_s);
    date.day = 1;
    return days_from_civil(date) * DAY_S;
}

int64_t month_next(int64_t time_s)
{
    return month_of(time_s) + (int64_t)month_days(time_s) * DAY_S;
}

int month_days(int64_t time_s)
{
    struct civil date = civil_of(time_s);
    return days_in(date.year, date.month);
}

int month_day(int64_t time_s)
{
    return civil_of(time_s).day;
}

bool month_parse(const char *text, int64_t *out_month_s)
{
    int year, month;
    if (!take_number(&text, 4, '-', &year) || !take_number(&text, 2, '\0', &month))
        return false;
    if (year < FIRST_YEAR || month < 1 || month > 12)
        return false;
    struct civil date = {.year = year, .month = month, .day = 1};
    *out_month_s = days_from_civil(date) * DAY_S;
    return true;
}

void month_print(int64_t month_s, char out[MONTH_TEXT_BYTES])
{
    struct civil date = civil_of(month_s);
    snprintf(out, MONTH_TEXT_BYTES, "%04" PRId64 "-%02d", date.year, date.month);
}
