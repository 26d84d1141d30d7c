/* SPDX-License-Identifier: MIT */
/*
 * Instants, durations and months. An instant is whole seconds since 1970-01-01T00:00:00Z; a month
 * is the UTC calendar month [1st 00:00:00Z, next 1st 00:00:00Z) (rulebook, part 0) and is named by
 * its first instant.
 */
#ifndef MOCK_KIRO_BASE_TIMES_H
#define MOCK_KIRO_BASE_TIMES_H

#include <stdbool.h>
#include <stdint.h>

enum { TIME_TEXT_BYTES = 32, MONTH_TEXT_BYTES = 16, DURATION_TEXT_BYTES = 24 };

/* Years 1970 to 9999. Seconds may carry a fraction, which is dropped; the offset must be Z. */
bool time_parse(const char *rfc3339, int64_t *out_s);
void time_print(int64_t time_s, char out[TIME_TEXT_BYTES]);

/* "P1D", "PT30M", "P1DT2H", "P2W" (no months, no years: they have no fixed length), or "20s",
 * "5m", "24h", "30d"; not negative, and not longer than the years from 1970 to 9999. */
bool duration_parse(const char *text, int64_t *out_s);

/* The short form with the largest unit that goes in whole, hours at most: "24h", "90s", "0s". */
void duration_print(int64_t duration_s, char out[DURATION_TEXT_BYTES]);

enum { DAY_SECONDS = 86400 };

int64_t day_of(int64_t time_s);     /* the first instant of the day */
int64_t month_of(int64_t time_s);   /* the first instant of the month */
int64_t month_next(int64_t time_s); /* the first instant of the following month */
int month_days(int64_t time_s);     /* 28 to 31 */
int month_day(int64_t time_s);      /* 1 to 31 */
bool month_parse(const char *text, int64_t *out_month_s); /* "2026-04" */
void month_print(int64_t month_s, char out[MONTH_TEXT_BYTES]);

#endif
