/* SPDX-License-Identifier: MIT */
/* Writes and reads the timeline; never decides anything. */
#include "world/rows/timeline.h"

#include <assert.h>

#include "base/text.h"

enum fault timeline_add(struct world *world, const struct entry *entry, int64_t *out_seq)
{
    assert(entry->event != NULL && entry->cause_seq >= 0);
    bool ruled = entry->rule != NULL && entry->rule[0] != '\0';
    enum fault fault =
        store_change(world->store, SQL_TIMELINE_INSERT, "ittttttti", world->now_s, world->actor,
                     entry->event, entry->subject, entry->user_id, entry->before, entry->after,
                     ruled ? entry->rule : NULL, entry->cause_seq);
    if (fault == FAULT_NONE && out_seq != NULL)
        *out_seq = store_last_row(world->store);
    return fault;
}

int64_t timeline_tell(struct world *world, const struct entry *entry)
{
    int64_t seq = 0;
    timeline_add(world, entry, &seq);
    return seq;
}

static enum fault each_row(struct query *query, void (*see)(void *self, const struct entry *entry),
                           void *self)
{
    while (query_next(query)) {
        struct entry entry = {.seq = query_integer(query, 0),
                              .at_s = query_integer(query, 1),
                              .actor = query_text(query, 2),
                              .event = query_text(query, 3),
                              .subject = query_text(query, 4),
                              .before = query_text(query, 5),
                              .after = query_text(query, 6),
                              .rule = query_text(query, 7),
                              .cause_seq = query_integer(query, 8)};
        assert(entry.seq > 0 && entry.cause_seq < entry.seq);
        see(self, &entry);
    }
    return query_end(query);
}

enum fault timeline_each(struct world *world, const char *user_id, int64_t after, int64_t since_s,
                         int64_t limit, void (*see)(void *self, const struct entry *entry),
                         void *self)
{
    struct query *query =
        user_id == NULL ? store_query(world->store, SQL_TIMELINE_LIST, "iii", after, since_s, limit)
                        : store_query(world->store, SQL_TIMELINE_OF_USER, "iiit", after, since_s,
                                      limit, user_id);
    return each_row(query, see, self);
}

enum fault timeline_explain(struct world *world, const char *user_id,
                            void (*see)(void *self, const struct entry *entry), void *self)
{
    return each_row(store_query(world->store, SQL_TIMELINE_EXPLAIN, "t", user_id), see, self);
}
