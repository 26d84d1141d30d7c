/* SPDX-License-Identifier: MIT */
/* `kiro-check explore`: from the command line to findings that are scenario files. */
#ifndef MOCK_KIRO_CLIENT_COMMANDS_EXPLORE_H
#define MOCK_KIRO_CLIENT_COMMANDS_EXPLORE_H

#include "commands/options.h"

/* Gives: the exit code. */
int command_explore(const struct options *options);

#endif
