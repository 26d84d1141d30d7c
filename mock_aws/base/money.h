/* SPDX-License-Identifier: MIT */
/*
 * Money and credits as decimal texts: integer cents (or hundredths of a credit) with two places,
 * signed.
 */
#ifndef MOCK_KIRO_BASE_MONEY_H
#define MOCK_KIRO_BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

enum { MONEY_TEXT_BYTES = 32 };

void money_print(int64_t cents, char out[MONEY_TEXT_BYTES]);

/* "1", "1.5", "1.25", "-3.00"; at most two places and 12 digits before the point. */
bool money_parse(const char *text, int64_t *out_cents);

#endif
