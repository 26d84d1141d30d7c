/* SPDX-License-Identifier: MIT */
/*
 * The one door to JSON (cJSON is used in json.c and nowhere else). Reading is strict: the text must
 * be UTF-8 (no overlong forms, no surrogates), without NUL (also not as an escape), without
 * duplicate keys in one object, within LIMIT_JSON_DEPTH, without text after the value; numbers must
 * be JSON numbers whose value survives (an integer beyond 2^53 is refused). Positions are kept, so
 * that an error can say line and column.
 */
#ifndef MOCK_KIRO_BASE_JSON_H
#define MOCK_KIRO_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json;          /* a value inside a document, or one being built */
struct json_document; /* a parsed text: owns its values and their positions */

enum json_kind { JSON_NULL, JSON_BOOLEAN, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

enum json_flags {
    JSON_STRICT = 0,
    JSON_COMMENTS = 1 /* allow // and slash-star comments and a trailing comma before ] or } */
};

/* 1-based; columns count code points. */
struct json_position {
    unsigned line;
    unsigned column;
};

struct json_error {
    struct json_position position;
    char message[200]; /* what is wrong and what was expected, one line, no position in it */
};

/* Parse `bytes` bytes. NULL on failure with `*out_error` filled in. Free with json_document_free
 * (NULL is fine). */
struct json_document *json_parse(const char *chars, size_t bytes, enum json_flags flags,
                                 struct json_error *out_error);
void json_document_free(struct json_document *document);
const struct json *json_document_root(const struct json_document *document);

/* Where the value (or, with json_key_position, its key) stands; `pointer` is an RFC 6901 JSON
 * pointer ("" is the root). A pointer that is not there gives the position of its nearest
 * existing ancestor. */
struct json_position json_position(const struct json_document *document, const char *pointer);
struct json_position json_key_position(const struct json_document *document, const char *pointer);

/* Reading. Every function takes NULL as "absent". */
enum json_kind json_kind(const struct json *value); /* NULL counts as JSON_NULL */
const char *
json_kind_name(enum json_kind kind); /* "null", "boolean", "number", "string", "array", "object" */
const struct json *json_member(const struct json *object,
                               const char *name); /* exact case; NULL if absent */
const char *json_text(const struct json *value);  /* NULL unless a string */
const char *json_member_text(const struct json *object,
                             const char *name); /* NULL unless a string */
double json_number(const struct json *value);   /* 0 unless a number */
bool json_is_integer(const struct json *value); /* a number without a fraction, within +-2^53 */
int64_t json_integer(const struct json *value); /* 0 unless json_is_integer */
bool json_true(const struct json *value);
size_t json_count(const struct json *value); /* members of an object, items of an array, else 0 */
const struct json *json_first(const struct json *value); /* first member or item */
const struct json *json_next(const struct json *value);
const char *
json_name(const struct json *value); /* the key of a member; NULL in arrays and at the root */

/* Building. A put or push takes ownership of `value`. */
struct json *json_new_object(void);
struct json *json_new_array(void);
struct json *json_new_text(const char *chars); /* NULL gives a JSON null */
struct json *json_new_integer(int64_t number);
struct json *json_new_number(double number);
struct json *json_new_boolean(bool truth);
struct json *json_new_null(void);
struct json *json_copy(const struct json *value); /* without its key; NULL gives a JSON null */
void json_free(struct json *value);
struct json *json_put(struct json *object, const char *name,
                      struct json *value); /* replaces; returns value */
/* The same for a name that is not there yet, in a time that does not grow with the object. */
struct json *json_add(struct json *object, const char *name, struct json *value);
void json_put_text(struct json *object, const char *name, const char *chars); /* NULL: JSON null */
void json_put_integer(struct json *object, const char *name, int64_t number);
void json_put_boolean(struct json *object, const char *name, bool truth);
struct json *json_push(struct json *array, struct json *value); /* returns value */

bool json_equal(const struct json *left,
                const struct json *right); /* member order does not matter */

/* A hash of the value, whatever the order of members (equal values, equal hashes). */
uint64_t json_hash(const struct json *value);

/* Printed without white space (or indented by two); release with free(). */
char *json_print(const struct json *value);
char *json_print_pretty(const struct json *value);

/* Append `name` to a JSON pointer (escaping ~ and /), in a fixed array; cut if it does not fit. */
void json_pointer_add(char *pointer, size_t pointer_bytes, const char *name);
void json_pointer_add_index(char *pointer, size_t pointer_bytes, size_t index);

#endif
