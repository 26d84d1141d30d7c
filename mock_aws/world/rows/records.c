/* SPDX-License-Identifier: MIT */
/* Records; see records.h. */
#include "world/rows/records.h"

#include "base/mem.h"

enum fault record_put(struct world *world, const char *kind, const char *scope, const char *key,
                      const char *value)
{
    return store_change(world->store, SQL_RECORD_PUT, "tttti", kind, scope, key, value,
                        world->now_s);
}

enum fault record_get(struct world *world, const char *kind, const char *scope, const char *key,
                      char **out_value)
{
    *out_value = NULL;
    struct query *query = store_query(world->store, SQL_RECORD_GET, "ttt", kind, scope, key);
    if (query_next(query))
        *out_value = mem_text(query_text(query, 0));
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && *out_value == NULL ? FAULT_NOT_FOUND : fault;
}

enum fault record_delete(struct world *world, const char *kind, const char *scope, const char *key)
{
    bool found = false;
    struct query *query = store_query(world->store, SQL_RECORD_DELETE, "ttt", kind, scope, key);
    found = query_next(query);
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

enum fault record_delete_scope(struct world *world, const char *scope)
{
    return store_change(world->store, SQL_RECORD_DELETE_SCOPE, "t", scope);
}

static enum fault each(struct query *query, const char *kind,
                       bool (*see)(void *self, const struct record *record), void *self)
{
    bool more = true;
    while (more && query_next(query)) {
        struct record record = {.row = query_integer(query, 0),
                                .kind = kind,
                                .scope = query_text(query, 1),
                                .key = query_text(query, 2),
                                .value = query_text(query, 3),
                                .created_s = query_integer(query, 4)};
        more = see(self, &record);
    }
    return query_end(query);
}

enum fault record_each(struct world *world, const char *kind, const char *scope, int64_t after,
                       bool (*see)(void *self, const struct record *record), void *self)
{
    return each(store_query(world->store, SQL_RECORD_LIST, "tti", kind, scope, after), kind, see,
                self);
}

enum fault record_each_of_key(struct world *world, const char *kind, const char *key, int64_t after,
                              bool (*see)(void *self, const struct record *record), void *self)
{
    return each(store_query(world->store, SQL_RECORD_LIST_OF_KEY, "tti", kind, key, after), kind,
                see, self);
}

enum fault record_delete_of_key(struct world *world, const char *kind, const char *key)
{
    return store_change(world->store, SQL_RECORD_DELETE_OF_KEY, "tt", kind, key);
}
