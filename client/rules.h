/* SPDX-License-Identifier: MIT */
/* Which scenario checks which rule of the rulebook, by which paths, and which documented rules none
 * checks. */
#ifndef MOCK_KIRO_CLIENT_RULES_H
#define MOCK_KIRO_CLIENT_RULES_H

#include <stdio.h>

#include "play.h"

/* Returns the number of documented rules that no scenario names. */
size_t rules_print(const struct plays *plays, FILE *out);

#endif
