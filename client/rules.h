/* SPDX-License-Identifier: MIT */
/* Which scenario names which rule of the rulebook, and which documented rules none names. */
#ifndef MOCK_KIRO_CLIENT_RULES_H
#define MOCK_KIRO_CLIENT_RULES_H

#include <stdio.h>

#include "suite.h"

/* Returns the number of documented rules that no scenario names. */
size_t rules_print(const struct suite *suite, FILE *out);

#endif
