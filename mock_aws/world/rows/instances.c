/* SPDX-License-Identifier: MIT */
/* Rows of instances; see instances.h. */
#include "world/rows/instances.h"

#include "base/text.h"

static void instance_read(struct query *query, struct instance *out)
{
    *out = (struct instance){.row = query_integer(query, 0),
                             .created_s = query_integer(query, 7),
                             .deleted_s = query_integer(query, 8),
                             .ready_s = query_integer(query, 9),
                             .gone_s = query_integer(query, 10)};
    text_copy(out->instance_arn, sizeof out->instance_arn, query_text(query, 1));
    text_copy(out->store_id, sizeof out->store_id, query_text(query, 2));
    text_copy(out->account_id, sizeof out->account_id, query_text(query, 3));
    text_copy(out->region, sizeof out->region, query_text(query, 4));
    text_copy(out->kind, sizeof out->kind, query_text(query, 5));
    if (!query_is_null(query, 6))
        text_copy(out->name, sizeof out->name, query_text(query, 6));
}

static enum fault instance_find(struct world *world, enum statement statement, const char *key,
                                struct instance *out_instance)
{
    struct query *query = store_query(world->store, statement, "t", key);
    bool found = query_next(query);
    if (found)
        instance_read(query, out_instance);
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

enum fault instance_get(struct world *world, const char *instance_arn,
                        struct instance *out_instance)
{
    return instance_find(world, SQL_INSTANCE_GET, instance_arn, out_instance);
}

enum fault instance_of_store(struct world *world, const char *store_id,
                             struct instance *out_instance)
{
    return instance_find(world, SQL_INSTANCE_BY_STORE, store_id, out_instance);
}

enum fault instance_each(struct world *world, int64_t after,
                         void (*see)(void *self, const struct instance *instance), void *self)
{
    struct query *query = store_query(world->store, SQL_INSTANCE_LIST, "ii", after, world->now_s);
    while (query_next(query)) {
        struct instance instance;
        instance_read(query, &instance);
        see(self, &instance);
    }
    return query_end(query);
}
