/* SPDX-License-Identifier: MIT */
/* What a rule says in an edition. */
#ifndef MOCK_KIRO_BASE_EDITION_RULES_H
#define MOCK_KIRO_BASE_EDITION_RULES_H

#include <stdbool.h>

#include "base/levels.h"

struct edition;
struct rule;

/* Its text, from where, and with what right. */
struct rule_reading {
    const char *outcome;
    const char *source;
    enum level level[AXIS_COUNT];
    bool own; /* the edition has a text, or a silence, of its own */
};

void rule_in_edition(const struct rule *rule, const struct edition *edition,
                     struct rule_reading *out_reading);

#endif
