/* SPDX-License-Identifier: MIT */
/*
 * Amounts with two places ("20.00", "-40.00", "0.01") as whole hundredths: cents of money,
 * hundredths of credits.
 */
#ifndef MOCK_KIRO_CLIENT_DECIMAL_H
#define MOCK_KIRO_CLIENT_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

enum { DECIMAL_TEXT_BYTES = 32 };

/* An optional sign, digits, and at most two places after a point; at most 15 digits before it. */
bool decimal_parse(const char *text, int64_t *out_hundredths);

/* Always two places. */
void decimal_print(int64_t hundredths, char out[DECIMAL_TEXT_BYTES]);

#endif
