/* SPDX-License-Identifier: MIT */
/*
 * A list of ids or ARNs: mostly the users whose seats a change may move, gathered before the change
 * is made.
 */
#ifndef MOCK_KIRO_WORLD_TOUCHED_H
#define MOCK_KIRO_WORLD_TOUCHED_H

#include "world/world.h"

struct touched {
    char (*ids)[ARN_BYTES];
    size_t count;
    size_t capacity;
};

void touched_add(struct touched *touched, const char *id);
void touched_clear(struct touched *touched);

/* Add the first column of every row of a query and end it. */
enum fault touched_add_query(struct touched *touched, struct query *query);

#endif
