/* SPDX-License-Identifier: MIT */
/* The rulebook: its rules and edge cases with source and level. Its ids are the ids here. */
#ifndef MOCK_KIRO_BASE_RULES_H
#define MOCK_KIRO_BASE_RULES_H

#include <stddef.h>

#include "base/levels.h"

struct rule {
    const char *id;      /* "auto-user-deleted", or "E17" for an edge case */
    int number;          /* 1 to 65; 0 for an edge case */
    const char *trigger; /* our words, one line */
    const char *outcome;
    const char *source; /* "S1, S4, I1"; "rule 2" and the like for an edge case */
    /* Of the rule's cell for each axis; a rule that marks no cells repeats its level. */
    enum level level[AXIS_COUNT];
};

const struct rule *rule_find(const char *id); /* NULL if unknown */

/* In the rulebook's order, rules then edge cases; NULL at the end. */
const struct rule *rule_at(size_t index);

#endif
