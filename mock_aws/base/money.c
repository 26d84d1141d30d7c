/* SPDX-License-Identifier: MIT */
/* Decimal texts with two places; see money.h. */
#include "base/money.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void money_print(int64_t cents, char out[MONEY_TEXT_BYTES])
{
    uint64_t size = cents < 0 ? (uint64_t)0 - (uint64_t)cents : (uint64_t)cents;
    snprintf(out, MONEY_TEXT_BYTES, "%s%" PRIu64 ".%02" PRIu64, cents < 0 ? "-" : "", size / 100,
             size % 100);
}

bool money_parse(const char *text, int64_t *out_cents)
{
    bool negative = text[0] == '-';
    const char *at = negative ? text + 1 : text;
    size_t whole_digits = strspn(at, "0123456789");
    if (whole_digits == 0 || whole_digits > 12)
        return false;
    int64_t cents = 0;
    for (size_t i = 0; i < whole_digits; i++)
        cents = cents * 10 + (at[i] - '0');
    cents *= 100;
    at += whole_digits;
    if (*at == '.') {
        size_t places = strspn(at + 1, "0123456789");
        if (places == 0 || places > 2)
            return false;
        cents += (at[1] - '0') * 10 + (places == 2 ? at[2] - '0' : 0);
        at += 1 + places;
    }
    if (*at != '\0')
        return false;
    *out_cents = negative ? -cents : cents;
    return true;
}
