/* SPDX-License-Identifier: MIT */
/* `kiro-check run`: servers, workers, formats, and what the exit code says. */
#ifndef MOCK_KIRO_CLIENT_COMMANDS_RUN_H
#define MOCK_KIRO_CLIENT_COMMANDS_RUN_H

#include "commands/options.h"
#include "commands/server.h"

int command_run(const struct options *options);

#endif
