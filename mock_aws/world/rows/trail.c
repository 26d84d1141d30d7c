/* SPDX-License-Identifier: MIT */
/* Events in, the oldest out. */
#include "world/rows/trail.h"

#include "base/limits.h"
#include "base/text.h"

enum fault trail_add(struct world *world, const struct event *event)
{
    enum fault fault = store_change(world->store, SQL_EVENT_INSERT, "itttttitttt", world->now_s,
                                    event->account_id, event->region, event->event_id, event->name,
                                    event->source, (int64_t)event->read_only, event->username,
                                    event->access_key, event->resources, event->record);
    int64_t dropped = store_last_row(world->store) - LIMIT_EVENTS;
    if (fault == FAULT_NONE && dropped > 0)
        fault = store_change(world->store, SQL_EVENT_DROP, "i", dropped);
    return fault;
}

enum fault trail_each(struct world *world, const char *account_id, const char *region,
                      int64_t before, int64_t from_s, int64_t until_s,
                      bool (*see)(void *self, const struct event *event), void *self)
{
    struct query *query = store_query(world->store, SQL_EVENT_LIST, "ttiii", account_id, region,
                                      before, from_s, until_s);
    bool more = true;
    while (more && query_next(query)) {
        struct event event = {.row = query_integer(query, 0),
                              .at_s = query_integer(query, 1),
                              .account_id = query_text(query, 2),
                              .region = query_text(query, 3),
                              .event_id = query_text(query, 4),
                              .name = query_text(query, 5),
                              .source = query_text(query, 6),
                              .read_only = query_integer(query, 7) != 0,
                              .username = query_text(query, 8),
                              .access_key = query_text(query, 9),
                              .resources = query_text(query, 10),
                              .record = query_text(query, 11)};
        more = see(self, &event);
    }
    return query_end(query);
}

static enum fault place_read(struct query *query, char out_account[ACCOUNT_BYTES],
                             char out_region[REGION_BYTES])
{
    bool found = query_next(query);
    if (found) {
        text_copy(out_account, ACCOUNT_BYTES, query_text(query, 0));
        text_copy(out_region, REGION_BYTES, query_text(query, 1));
    }
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

enum fault trail_place_of_tenant(struct world *world, const char *tenant,
                                 char out_account[ACCOUNT_BYTES], char out_region[REGION_BYTES])
{
    return place_read(store_query(world->store, SQL_PLACE_OF_TENANT, "t", tenant), out_account,
                      out_region);
}

enum fault trail_place_of_user(struct world *world, const char *user_id,
                               char out_account[ACCOUNT_BYTES], char out_region[REGION_BYTES])
{
    return place_read(store_query(world->store, SQL_PLACE_OF_USER, "t", user_id), out_account,
                      out_region);
}
