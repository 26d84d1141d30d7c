/* SPDX-License-Identifier: MIT */
/* A growing list of ids; see list.h. */
#include "world/rows/id_list.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

void id_list_add(struct id_list *list, const char *id)
{
    list->ids = mem_grow(list->ids, list->count, &list->capacity, sizeof *list->ids);
    text_copy(list->ids[list->count++], ARN_BYTES, id);
}

void id_list_clear(struct id_list *list)
{
    free(list->ids);
    *list = (struct id_list){0};
}

enum fault id_list_add_query(struct id_list *list, struct query *query)
{
    while (query_next(query))
        id_list_add(list, query_text(query, 0));
    return query_end(query);
}
