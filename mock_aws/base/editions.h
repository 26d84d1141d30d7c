/* SPDX-License-Identifier: MIT */
/* Dated readings of the documents, and what a rule says in each. */
#ifndef MOCK_KIRO_BASE_EDITIONS_H
#define MOCK_KIRO_BASE_EDITIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/levels.h"

struct rule;

struct edition {
    const char *name;   /* "kiro-2026-06" */
    const char *source; /* "S1, S4" */
    const int *values;  /* indexes into the parameters' values, PARAMETER_COUNT of them */
};

const struct edition *edition_find(const char *name); /* NULL if unknown */
const struct edition *edition_at(size_t index);       /* the default first; NULL at the end */
#define EDITION_DEFAULT "kiro-2026-06"

/* What a rule says in an edition, from where, and with what right. */
struct rule_reading {
    const char *outcome;
    const char *source;
    enum level level[AXIS_COUNT];
    bool own; /* the edition has a text, or a silence, of its own */
};

void rule_in_edition(const struct rule *rule, const struct edition *edition,
                     struct rule_reading *out_reading);

#endif
