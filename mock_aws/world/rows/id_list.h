/* SPDX-License-Identifier: MIT */
/*
 * A list of ids or ARNs: mostly the users whose seats a change may move, gathered before the change
 * is made.
 */
#ifndef MOCK_KIRO_WORLD_STORE_ID_LIST_H
#define MOCK_KIRO_WORLD_STORE_ID_LIST_H

#include "world/world.h"

struct id_list {
    char (*ids)[ARN_BYTES];
    size_t count;
    size_t capacity;
};

void id_list_add(struct id_list *list, const char *id);
void id_list_clear(struct id_list *list);

/* Add the first column of every row of a query and end it. */
enum fault id_list_add_query(struct id_list *list, struct query *query);

#endif
