/* SPDX-License-Identifier: MIT */
/* What a command works against, and how a command ends. */
#ifndef MOCK_KIRO_CLIENT_SERVER_H
#define MOCK_KIRO_CLIENT_SERVER_H

#include <stdbool.h>

#include "aws/aws.h"
#include "commands/embed.h"

enum exit_code {
    EXIT_HELD = 0,
    EXIT_BROKE = 1,
    EXIT_WRONG = 2, /* the call or a file */
    EXIT_ENVIRONMENT = 3,
    EXIT_UNDECIDED = 4, /* under --strict */
    EXIT_SKIPPED = 77   /* nothing was checked */
};

/* The server at an endpoint, or one of our own. */
struct server {
    struct embed *embed; /* NULL: somebody else's */
    struct aws *aws;
};

/* A NULL endpoint means a server of our own. False after a line on stderr. */
bool server_start(const char *endpoint, struct server *out_server);
void server_stop(struct server *server);

#endif
