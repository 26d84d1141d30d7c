/* SPDX-License-Identifier: MIT */
/* The journal; see journal.h. */
#include "world/rows/journal.h"

enum fault journal_add(struct world *world, const struct journal_entry *entry)
{
    enum fault fault = store_change(
        world->store, SQL_JOURNAL_INSERT, "itttttttttittttti", world->now_s, entry->service,
        entry->operation, entry->method, entry->path, entry->host, entry->account, entry->region,
        entry->actor, entry->request_id, entry->status, entry->code, entry->input, entry->answer,
        entry->near, entry->unread, (int64_t)entry->faulted);
    if (fault != FAULT_NONE)
        return fault;
    return store_change(world->store, SQL_JOURNAL_TRIM, "i",
                        store_last_row(world->store) - JOURNAL_MAX);
}

enum fault journal_each(struct world *world, const struct journal_filter *filter,
                        void (*see)(void *self, const struct journal_entry *entry), void *self)
{
    struct query *query =
        store_query(world->store, SQL_JOURNAL_LIST, "iittii", filter->after, filter->since_s,
                    filter->operation, filter->principal, filter->status, filter->limit);
    while (query_next(query)) {
        struct journal_entry entry = {.row = query_integer(query, 0),
                                      .at_s = query_integer(query, 1),
                                      .service = query_text(query, 2),
                                      .operation = query_text(query, 3),
                                      .method = query_text(query, 4),
                                      .path = query_text(query, 5),
                                      .host = query_text(query, 6),
                                      .account = query_text(query, 7),
                                      .region = query_text(query, 8),
                                      .actor = query_text(query, 9),
                                      .request_id = query_text(query, 10),
                                      .status = query_integer(query, 11),
                                      .code = query_text(query, 12),
                                      .input = query_text(query, 13),
                                      .answer = query_text(query, 14),
                                      .near = query_text(query, 15),
                                      .unread = query_text(query, 16),
                                      .faulted = query_integer(query, 17) != 0};
        see(self, &entry);
    }
    return query_end(query);
}

enum fault journal_dropped(struct world *world, int64_t *out_count)
{
    struct query *query = store_query(world->store, SQL_JOURNAL_DROPPED, "");
    *out_count = query_next(query) ? query_integer(query, 0) : 0;
    return query_end(query);
}

enum fault journal_clear(struct world *world)
{
    return store_change(world->store, SQL_JOURNAL_CLEAR, "");
}
