/* SPDX-License-Identifier: MIT */
/* The right name that somebody who typed a wrong one may have meant. */
#ifndef MOCK_KIRO_BASE_NEAREST_H
#define MOCK_KIRO_BASE_NEAREST_H

#include <stddef.h>

enum { NEAREST_HINT_BYTES = 128 };

/*
 * Letters that must be added, dropped or exchanged, whatever their case. Of `right` the first 64
 * count.
 */
size_t letters_apart(const char *left, const char *right);

/*
 * Start with `asked` alone; `name` stays NULL while nothing tried is near enough: a third of the
 * letters may differ, and one more.
 */
struct nearest {
    const char *asked;
    const char *name;
    size_t apart;
};

void nearest_try(struct nearest *nearest, const char *name);

/* "; closest is NAME", or nothing: the end of a line that says what was wrong. */
void nearest_hint(const struct nearest *nearest, char out[NEAREST_HINT_BYTES]);

#endif
