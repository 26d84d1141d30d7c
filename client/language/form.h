/* SPDX-License-Identifier: MIT */
/*
 * The grammar of the language, as data: a form is a table of members, a member has a kind of value
 * (values.h). From the same tables a file is checked, the page about the language is written and
 * the JSON Schema is made.
 */
#ifndef MOCK_KIRO_CLIENT_FORM_H
#define MOCK_KIRO_CLIENT_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"
#include "base/text.h"
#include "language/values.h"

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
 * An object: every member known, of its kind, and none missing that is required.
 * Fails: after complaints, one for each thing that is wrong.
 */
bool form_check(struct reader *reader, const char *pointer, const struct form *form,
                const struct json *object);

/*
 * The text of a member, or its fallback when it is left out.
 * Requires: the form has the member.
 */
const char *form_text(const struct form *form, const struct json *object, const char *name);

#endif
