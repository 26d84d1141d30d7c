/* SPDX-License-Identifier: MIT */
/* Takes a query string or a form apart; see parameters.h. */
#include "wire/parameters.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "wire/patterns.h"

/*
 * `%41` and `+` decoded. False if an escape is broken or what comes out is not UTF-8 without NUL.
 */
static bool decode(const char *chars, size_t bytes, struct text *out)
{
    for (size_t i = 0; i < bytes; i++) {
        char byte = chars[i] == '+' ? ' ' : chars[i];
        if (chars[i] == '%') {
            char hex[3] = "";
            if (bytes - i < 3)
                return false;
            memcpy(hex, chars + i + 1, 2);
            if (strspn(hex, "0123456789abcdefABCDEF") < 2)
                return false;
            byte = (char)strtoul(hex, NULL, 16);
            i += 2;
        }
        if (byte == '\0')
            return false;
        text_add_bytes(out, &byte, 1);
    }
    uint32_t point;
    size_t step;
    for (const char *at = text_chars(out); *at != '\0'; at += step) {
        step = utf8_next(at, &point);
        if (step == 0)
            return false;
    }
    return true;
}

static enum fault read_pair(const char *chars, size_t bytes, const char *what, struct json *into,
                            struct problem *problem)
{
    struct text name = {0};
    struct text value = {0};
    enum fault fault = FAULT_NONE;
    const char *equals = memchr(chars, '=', bytes);
    size_t name_bytes = equals != NULL ? (size_t)(equals - chars) : bytes;
    bool good = decode(chars, name_bytes, &name) && name.bytes > 0;
    if (good && equals != NULL)
        good = decode(equals + 1, bytes - name_bytes - 1, &value);
    if (!good)
        fault = problem_set(problem, FAULT_INVALID,
                            "The %s has a broken parameter: expected name=value, "
                            "percent-encoded UTF-8",
                            what);
    else if (json_member(into, text_chars(&name)) != NULL)
        fault = problem_set(problem, FAULT_INVALID, "The parameter '%s' is given twice",
                            text_chars(&name));
    else
        json_put_text(into, text_chars(&name), text_chars(&value));
    text_clear(&name);
    text_clear(&value);
    return fault;
}

enum fault parameters_read(const char *chars, size_t bytes, const char *what, struct json *into,
                           struct problem *problem)
{
    const char *end = chars + bytes;
    enum fault fault = FAULT_NONE;
    size_t count = 0;
    while (chars < end) {
        const char *amp = memchr(chars, '&', (size_t)(end - chars));
        size_t pair_bytes = (size_t)((amp != NULL ? amp : end) - chars);
        if (pair_bytes > 0 && count++ == LIMIT_PARAMETERS)
            return problem_set(problem, FAULT_INVALID, "The %s has more than %d parameters", what,
                               LIMIT_PARAMETERS);
        if (pair_bytes > 0)
            fault = read_pair(chars, pair_bytes, what, into, problem);
        chars += pair_bytes + 1;
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}
