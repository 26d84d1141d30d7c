/* SPDX-License-Identifier: MIT */
/* Memory that is there or the program ends. Both programs allocate here. */
#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 16 };

_Noreturn void mem_exhausted(void)
{
    fputs("out of memory\n", stderr);
    abort();
}

void *mem_new(size_t bytes)
{
    void *fresh = calloc(1, bytes > 0 ? bytes : 1);
    if (fresh == NULL)
        mem_exhausted();
    return fresh;
}

void *mem_resize(void *old, size_t bytes)
{
    /* realloc() may free and return NULL for a size of 0. */
    void *moved = realloc(old, bytes > 0 ? bytes : 1);
    if (moved == NULL)
        mem_exhausted();
    return moved;
}

char *mem_text(const char *text)
{
    if (text == NULL)
        return NULL;
    size_t bytes = strlen(text) + 1;
    return memcpy(mem_resize(NULL, bytes), text, bytes);
}

char *mem_format(const char *format, ...)
{
    char *printed = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&printed, format, arguments);
    va_end(arguments);
    if (length < 0)
        mem_exhausted();
    return printed;
}

void *mem_grow(void *items, size_t count, size_t *capacity, size_t item_bytes)
{
    if (count < *capacity)
        return items;
    size_t wanted = *capacity > 0 ? *capacity * 2 : FIRST_CAPACITY;
    if (wanted > SIZE_MAX / item_bytes)
        mem_exhausted();
    *capacity = wanted;
    return mem_resize(items, wanted * item_bytes);
}

void *mem_copy(const void *from, size_t bytes)
{
    return memcpy(mem_new(bytes), from, bytes);
}
