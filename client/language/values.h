/* SPDX-License-Identifier: MIT */
/*
 * What a member of the language can hold: the kinds of value, the words and patterns that each
 * allows, and what a complaint says was expected.
 */
#ifndef MOCK_KIRO_CLIENT_VALUES_H
#define MOCK_KIRO_CLIENT_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"

enum value_kind {
    VALUE_TEXT, /* one line, not empty */
    VALUE_NEW_HANDLE,
    VALUE_ACCOUNT, /* these five: a handle that must be known */
    VALUE_INSTANCE,
    VALUE_USER,
    VALUE_GROUP,
    VALUE_PROFILE,
    VALUE_PRINCIPAL, /* "user:alice" or "group:devs" */
    VALUE_MEMBER,    /* "alice" or "group:devs" */
    VALUE_PLAN,
    VALUE_PLAN_OR_NONE,
    VALUE_STATUS,
    VALUE_SHOWN_AS,
    VALUE_SOURCE,
    VALUE_CREDITS,
    VALUE_OVERAGE,
    VALUE_FAULT,
    VALUE_CLIENT,
    VALUE_AMOUNT,
    VALUE_TIME,
    VALUE_TIME_OR_NEXT_MONTH,
    VALUE_DURATION,
    VALUE_REGION,
    VALUE_ACCOUNT_NUMBER,
    VALUE_INSTANCE_KIND,
    VALUE_ERROR_CODE,
    VALUE_RULE,
    VALUE_EDITION_NAME,
    VALUE_TIMING,
    VALUE_PATH, /* by which a step is done */
    VALUE_LAG,
    VALUE_BOOLEAN,
    VALUE_FORMAT, /* the number 1 */
    VALUE_SEED,
    VALUE_BILL,     /* object: month to amount */
    VALUE_USERS,    /* array of user handles */
    VALUE_RULES,    /* array of rule ids, at least one */
    VALUE_EDITION,  /* a name, or an object that names and overrides */
    VALUE_OVERRIDE, /* object: parameter to value, delay to duration */
    VALUE_EDITIONS, /* these three: one value or several, for one run each */
    VALUE_TIMINGS,
    VALUE_PATHS,
    VALUE_LAGS,    /* one or several, for two runs each */
    VALUE_SECTION, /* part of a world document; checked by whoever reads it */
    VALUE_WORLD,
    VALUE_STEPS,
    VALUE_KINDS
};

struct value_facts {
    const char *expected; /* completes "expected …" */
    enum json_kind json;
    const char *pattern; /* of a text; a regular expression that PCRE2 and JSON Schema read alike;
                            or NULL */
    bool (*check)(const char *text);      /* what a pattern cannot say; or NULL */
    const char *(*word_at)(size_t index); /* the words allowed, NULL at the end; or NULL */
    enum value_kind one_of_many; /* it is a value of this kind or an array of them; VALUE_TEXT: it
                                    is not */
};

const struct value_facts *value_facts(enum value_kind kind);

/*
 * A member that holds one value or several: how many, and which. An absent one has none.
 */
size_t value_count(const struct json *value);
const struct json *value_at(const struct json *value, size_t index);

/* Does a text satisfy the pattern, the check and the words of its kind? */
bool value_text_fits(enum value_kind kind, const char *text);

/* `pattern` is one of ours: PCRE2 compiles it. */
bool text_matches(const char *pattern, const char *text);

enum { LAG_TEXT_BYTES = 32 };

/* "24h", "10m": in the largest unit that leaves no rest. */
void lag_print(int64_t lag_s, char out[LAG_TEXT_BYTES]);

#endif
