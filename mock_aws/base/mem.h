/* SPDX-License-Identifier: MIT */
/*
 * Memory that is there or the program ends: out of memory prints one line and aborts, so no caller
 * checks for NULL. What strangers size is bounded before it is allocated (limits.h).
 */
#ifndef MOCK_KIRO_BASE_MEM_H
#define MOCK_KIRO_BASE_MEM_H

#include <stddef.h>

/* The end: for the rare caller whose allocation is made by another library. */
_Noreturn void mem_exhausted(void);

/* Zeroed bytes; release with free(). */
void *mem_new(size_t bytes);

/* A copy of `bytes` bytes. */
void *mem_copy(const void *from, size_t bytes);

/* realloc() that cannot fail; new bytes are not cleared. */
void *mem_resize(void *old, size_t bytes);

/* A copy of a text (NULL gives NULL); release with free(). */
char *mem_text(const char *text);

/* A printed text; release with free(). */
char *mem_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Room for one more in an array grown by doubling: returns the (perhaps moved) array of at least
 * `count + 1` items. */
void *mem_grow(void *items, size_t count, size_t *capacity, size_t item_bytes);

#endif
