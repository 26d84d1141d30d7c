/* SPDX-License-Identifier: MIT */
/*
 * The rulebook in words: what triggers a rule, what follows, who says so and in which edition;
 * which scenario checks it, by which paths, and why nothing shows the few that are left.
 */
#ifndef MOCK_KIRO_CLIENT_RULES_H
#define MOCK_KIRO_CLIENT_RULES_H

#include <stdio.h>

#include "run/variant.h"

/* Returns the number of rules that nothing shows, without a reason. */
size_t rules_print(const struct variants *variants, FILE *out);

#endif
