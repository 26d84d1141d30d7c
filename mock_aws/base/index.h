/* SPDX-License-Identifier: MIT */
/*
 * What a text leads to, in a time that does not grow with how many there are. Texts of several
 * kinds (small numbers of the caller's) live side by side. Zero is an empty index.
 */
#ifndef MOCK_KIRO_BASE_INDEX_H
#define MOCK_KIRO_BASE_INDEX_H

#include <stddef.h>

struct index_slot {
    char *text; /* NULL: free */
    int kind;
    void *value;
};

struct index {
    struct index_slot *slots;
    size_t count;
    size_t capacity; /* a power of two, or 0 */
};

/* `text` is copied; `value` is not NULL. What had the text before is replaced. */
void index_put(struct index *index, int kind, const char *text, void *value);

/* NULL: nothing. */
void *index_get(const struct index *index, int kind, const char *text);

void index_clear(struct index *index);

#endif
