/* SPDX-License-Identifier: MIT */
/*
 * The rulebook in words: what triggers a rule, what follows, who says so and in which edition; which scenario checks it, by which
 * paths, and why nothing shows the few that are left.
 */
#ifndef MOCK_KIRO_CLIENT_RULES_H
#define MOCK_KIRO_CLIENT_RULES_H

#include <stdio.h>

#include "base/vocabulary.h"
#include "run/variant.h"

/* The best level of a rule's four cells. */
enum level rule_best_level(const struct rule *rule);

/* Returns the number of rules that nothing shows, without a reason. */
size_t rules_print(const struct plays *plays, FILE *out);

#endif
