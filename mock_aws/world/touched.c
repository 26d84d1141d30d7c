/* SPDX-License-Identifier: MIT */
/* A growing list of ids; see touched.h. */
#include "world/touched.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

void touched_add(struct touched *touched, const char *id)
{
    touched->ids = mem_grow(touched->ids, touched->count, &touched->capacity, sizeof *touched->ids);
    text_copy(touched->ids[touched->count++], ARN_BYTES, id);
}

void touched_clear(struct touched *touched)
{
    free(touched->ids);
    *touched = (struct touched){0};
}

enum fault touched_add_query(struct touched *touched, struct query *query)
{
    while (query_next(query))
        touched_add(touched, query_text(query, 0));
    return query_end(query);
}
