/* SPDX-License-Identifier: MIT */
/* Dated readings of the documents: which value each parameter has in them. */
#ifndef MOCK_KIRO_BASE_EDITIONS_H
#define MOCK_KIRO_BASE_EDITIONS_H

#include <stddef.h>

struct edition {
    const char *name;   /* "kiro-2026-06" */
    const char *source; /* "S1, S4" */
    const int *values;  /* indexes into the parameters' values, PARAMETER_COUNT of them */
};

const struct edition *edition_find(const char *name); /* NULL if unknown */
const struct edition *edition_at(size_t index);       /* the default first; NULL at the end */
#define EDITION_DEFAULT "kiro-2026-06"

#endif
