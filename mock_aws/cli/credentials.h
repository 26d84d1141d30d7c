/* SPDX-License-Identifier: MIT */
/* The keys of a shared credentials file of AWS's, for --auth verify. */
#ifndef MOCK_KIRO_CLI_CREDENTIALS_H
#define MOCK_KIRO_CLI_CREDENTIALS_H

#include "cli/options.h"

/*
 * Add a new text "KEY:SECRET" for every profile of the file that has both. 0, or EXIT_USAGE with a
 * line on stderr: the file cannot be read, or holds none.
 */
int credentials_read(const char *path, struct option_names *names);

#endif
