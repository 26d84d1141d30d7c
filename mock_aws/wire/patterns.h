/* SPDX-License-Identifier: MIT */
/* Code points of UTF-8 text, for patterns, lengths and query strings. Private to wire/. */
#ifndef MOCK_KIRO_WIRE_PATTERNS_H
#define MOCK_KIRO_WIRE_PATTERNS_H

#include <stddef.h>
#include <stdint.h>

/*
 * The bytes of the code point at `at`, which goes to `*out_point`; 0 if it is not well-formed
 * UTF-8.
 */
size_t utf8_next(const char *at, uint32_t *out_point);

/* Code points of a text; a byte that is not UTF-8 counts as one. */
size_t utf8_count(const char *text);

#endif
