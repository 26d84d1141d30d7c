/* SPDX-License-Identifier: MIT */
/* What mock-aws says of its commands. */
#ifndef MOCK_KIRO_CLI_HELP_H
#define MOCK_KIRO_CLI_HELP_H

#include <stdbool.h>

/* All commands, a line or two each. */
void help_all(void);

/* One command with its options; false: there is none of that name. */
bool help_on(const char *verb);

#endif
