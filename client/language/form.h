/* SPDX-License-Identifier: MIT */
/*
 * The grammar of the language, as data: a form is a table of members, a member has a kind of value.
 * From the same tables a file is checked, the page about the language is written and the JSON
 * Schema is made.
 */
#ifndef MOCK_KIRO_CLIENT_FORM_H
#define MOCK_KIRO_CLIENT_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"
#include "base/text.h"

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

struct member {
    const char *name;
    enum value_kind kind;
    bool required;
    const char
        *fallback; /* what an absent member means, for people and, as text, for programs; or NULL */
    const char *doc;
};

/* `members` end with a member without a name. */
struct form {
    const char *name;
    const char *doc;
    const struct member *members;
};

const struct member *form_member(const struct form *form, const char *name);

/*
 * A file under examination, and all that was found wrong with it: lines "file:line:column: what,
 * expected what".
 */
struct reader {
    const char *file;
    const struct json_document *document;
    struct text complaints;
    size_t complaint_count;
};

/* About the value at a JSON pointer, or about its key. */
void reader_complain(struct reader *reader, const char *pointer, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void reader_complain_key(struct reader *reader, const char *pointer, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

enum { POINTER_BYTES = 512 };

/* `pointer` with one more name, in a fixed array. */
struct pointer {
    char chars[POINTER_BYTES];
};
struct pointer pointer_to(const char *pointer, const char *name);
struct pointer pointer_to_index(const char *pointer, size_t index);

/* One value of this kind; false after a complaint that begins with `name`. */
bool value_check(struct reader *reader, const char *pointer, const char *name, enum value_kind kind,
                 const struct json *value);

/*
 * An object: every member known, of its kind, and none missing that is required. False after
 * complaints.
 */
bool form_check(struct reader *reader, const char *pointer, const struct form *form,
                const struct json *object);

/* The text of a member, or its fallback when it was not said. */
const char *form_text(const struct form *form, const struct json *object, const char *name);

#endif
