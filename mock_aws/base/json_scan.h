/* SPDX-License-Identifier: MIT */
/*
 * The strict look at a JSON text before cJSON reads it: everything json.h promises to refuse is
 * refused here, except equal keys, which are easier to compare once they are decoded. Private to
 * json.c.
 */
#ifndef MOCK_KIRO_BASE_JSON_SCAN_H
#define MOCK_KIRO_BASE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"

/* Where a value stands, as byte offsets into the text. Marks are in document order: a
 * container's first child is the mark after it, and `next` is the mark after all that is inside
 * a value. */
struct json_mark {
    size_t key; /* the same as `value` in arrays and at the root */
    size_t value;
    size_t next;
};

struct json_scan {
    char *plain; /* the text, comments and trailing commas blanked; release with free() */
    struct json_mark *marks; /* one for each value; release with free() */
    size_t mark_count;
    size_t mark_capacity;
};

/* False with `*out_error` filled in if the text is refused; `out_scan` must be released either
 * way. */
bool json_scan(const char *chars, size_t bytes, enum json_flags flags, struct json_scan *out_scan,
               struct json_error *out_error);

/* The position of a byte of a text that is UTF-8 up to there. */
struct json_position json_scan_position(const char *chars, size_t offset);

#endif
