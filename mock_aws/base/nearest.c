/* SPDX-License-Identifier: MIT */
/* Distances between names; see nearest.h. */
#include "base/nearest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { NAME_BYTES_MAX = 64 };

size_t letters_apart(const char *left, const char *right)
{
    size_t row[NAME_BYTES_MAX + 1];
    size_t columns = strlen(right) < NAME_BYTES_MAX ? strlen(right) : NAME_BYTES_MAX;
    for (size_t j = 0; j <= columns; j++)
        row[j] = j;
    for (size_t i = 0; left[i] != '\0'; i++) {
        size_t corner = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < columns; j++) {
            size_t exchanged = corner + (strncasecmp(left + i, right + j, 1) == 0 ? 0 : 1);
            size_t shorter = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;
            corner = row[j + 1];
            row[j + 1] = exchanged < shorter ? exchanged : shorter;
        }
    }
    return row[columns];
}

void nearest_try(struct nearest *nearest, const char *name)
{
    size_t apart = letters_apart(nearest->asked, name);
    bool near = apart <= strlen(nearest->asked) / 3 + 1 && apart < strlen(name);
    if (!near || (nearest->name != NULL && nearest->apart <= apart))
        return;
    nearest->name = name;
    nearest->apart = apart;
}

void nearest_hint(const struct nearest *nearest, char out[NEAREST_HINT_BYTES])
{
    out[0] = '\0';
    if (nearest->name != NULL)
        snprintf(out, NEAREST_HINT_BYTES, "; closest is %s", nearest->name);
}
