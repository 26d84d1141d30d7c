/* SPDX-License-Identifier: MIT */
/*
 * Tells in plain words what happened to one user of a served world: each event, below it what it
 * brought about, and the rule that made it so.
 */
#ifndef MOCK_KIRO_CLIENT_EXPLAIN_H
#define MOCK_KIRO_CLIENT_EXPLAIN_H

#include <stdio.h>

#include "aws/aws.h"
#include "base/nearest.h"

enum explained {
    EXPLAINED,
    EXPLAIN_NOBODY,   /* no such name or id */
    EXPLAIN_NO_ANSWER /* aws_problem says why */
};

/* `user` is a user name or an id; of nobody, `hint` gets the nearest name (nearest_hint). */
enum explained explain_user(struct aws *aws, const char *user, FILE *out,
                            char hint[NEAREST_HINT_BYTES]);

#endif
