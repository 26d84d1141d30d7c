/* SPDX-License-Identifier: MIT */
/*
 * A folder for the time that a command runs: the ids of its world, and the profiles that it may
 * name, all of which lead to the mock.
 */
#ifndef MOCK_KIRO_CLI_WORKSPACE_H
#define MOCK_KIRO_CLI_WORKSPACE_H

#include <stdbool.h>

#include "base/json.h"

struct workspace {
    char *folder;
    char *ids;         /* paths in it */
    char *config;      /* a configuration file of the AWS CLI's */
    char *credentials; /* and one of its credentials */
};

/*
 * False with a line on stderr: it cannot be made. Profiles are those of the shell's own files, of
 * its variables, and what `command` (or a script that it names) asks for by --profile and
 * profile_name. `names` NULL: no ids.
 */
bool workspace_make(struct workspace *workspace, const struct json *names, const char *region,
                    const char *account, char **command);

/* Removes the folder. Fine for one that was not made. */
void workspace_remove(struct workspace *workspace);

#endif
