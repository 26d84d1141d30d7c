/* SPDX-License-Identifier: MIT */
/*
 * Amounts as text and as hundredths. Integers all the way: no amount is ever a floating-point
 * number.
 */
#include "judge/decimal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char DIGITS[] = "0123456789";

bool decimal_parse(const char *text, int64_t *out_hundredths)
{
    bool negative = text[0] == '-';
    const char *digits = text + (negative ? 1 : 0);
    size_t whole = strspn(digits, DIGITS);
    if (whole == 0 || whole > 15)
        return false;
    const char *places = digits + whole;
    size_t place_count = 0;
    if (places[0] == '.') {
        places++;
        place_count = strspn(places, DIGITS);
        if (place_count == 0 || place_count > 2)
            return false;
    }
    if (places[place_count] != '\0')
        return false;

    int64_t value = 0;
    for (size_t i = 0; i < whole; i++)
        value = value * 10 + (digits[i] - '0');
    for (size_t i = 0; i < 2; i++)
        value = value * 10 + (i < place_count ? places[i] - '0' : 0);
    *out_hundredths = negative ? -value : value;
    return true;
}

void decimal_print(int64_t hundredths, char out[DECIMAL_TEXT_BYTES])
{
    int64_t magnitude = hundredths < 0 ? -hundredths : hundredths;
    snprintf(out, DECIMAL_TEXT_BYTES, "%s%" PRId64 ".%02d", hundredths < 0 ? "-" : "",
             magnitude / 100, (int)(magnitude % 100));
}
