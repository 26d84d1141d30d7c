/* SPDX-License-Identifier: MIT */
/* Settles what is noticed; see noticing.h. */
#include "world/engine/noticing.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "world/engine/settle.h"
#include "world/reading/reading.h"
#include "world/rows/profiles.h"
#include "world/rows/roles.h"

struct ready {
    int64_t row;
    enum fact fact;
    char account_id[ACCOUNT_BYTES];
    char subject[ARN_BYTES];
    char user_id[USER_ID_BYTES]; /* "": whoever has a claim by it */
    struct cause cause;
};

struct readies {
    struct ready *items;
    size_t count;
    size_t capacity;
};

/* The users whom a noticed fact may concern, of one observing account or of all (NULL). */
static void concerned(struct world *world, enum fact fact, const char *subject, const char *user_id,
                      const char *account_id, struct id_list *out)
{
    struct store *store = world->store;
    if (user_id != NULL) {
        id_list_add(out, user_id);
        return;
    }
    switch (fact) {
    case FACT_GROUP:
        id_list_add_query(out, store_query(store, SQL_CLAIM_HOLDERS_OF_GROUP, "t", subject));
        return;
    case FACT_ASSIGNMENTS:
        id_list_add_query(out, store_query(store, SQL_CLAIM_HOLDERS_ENDED, "t", subject));
        return;
    case FACT_PROFILE:
        id_list_add_query(out, store_query(store, SQL_SEAT_OF_PROFILE_LIVE, "t", subject));
        return;
    case FACT_INSTANCE:
        id_list_add_query(out,
                          store_query(store, SQL_SEAT_OF_INSTANCE_LIVE, "tt", subject, account_id));
        return;
    case FACT_ACCOUNT:
        id_list_add_query(out, store_query(store, SQL_SEAT_OF_ACCOUNT_LIVE, "t", subject));
        return;
    case FACT_ACTIVITY:
    case FACT_JOINING:
    case FACT_VOID:
    case FACT_USER:
    case FACT_MEMBERSHIP:
        break;
    }
    assert(false); /* these name their user */
}

enum fault change_settle(struct world *world, const struct change *change,
                         const struct id_list *observers)
{
    assert(change->cause.kind > CAUSE_NONE && change->cause.kind < CAUSE_COUNT);
    assert(change->cause.seq > 0 || store_fault(world->store) != FAULT_NONE);
    if (!beliefs_change(world, change, observers))
        return FAULT_NONE;
    struct id_list users = {0};
    concerned(world, change->fact, change->subject, change->user_id, NULL, &users);
    enum fault fault = settle(world, &users, &change->cause);
    id_list_clear(&users);
    return fault;
}

static void read_ready(struct world *world, struct readies *out)
{
    bool role = world->reading->values[ROLE_OF_TRIGGERS] == ROLE_NEEDED;
    struct query *query = store_query(world->store, SQL_UNNOTICED_READY, "iit", world->now_s,
                                      (int64_t)role, ROLE_OF_SUBSCRIPTIONS);
    while (query_next(query)) {
        out->items = mem_grow(out->items, out->count, &out->capacity, sizeof *out->items);
        struct ready *ready = &out->items[out->count++];
        *ready = (struct ready){.row = query_integer(query, 0),
                                .fact = (enum fact)query_integer(query, 2),
                                .cause = {.kind = (enum cause_kind)query_integer(query, 5),
                                          .seq = query_integer(query, 6)}};
        assert(ready->fact >= FACT_ACTIVITY && ready->fact <= FACT_ACCOUNT);
        assert(ready->fact != FACT_VOID);
        assert(ready->cause.kind > CAUSE_NONE && ready->cause.kind < CAUSE_COUNT);
        text_copy(ready->account_id, sizeof ready->account_id, query_text(query, 1));
        text_copy(ready->subject, sizeof ready->subject, query_text(query, 3));
        if (!query_is_null(query, 4))
            text_copy(ready->user_id, sizeof ready->user_id, query_text(query, 4));
    }
    query_end(query);
}

static enum fault notice(struct world *world, const struct ready *ready, int64_t *count)
{
    struct id_list users = {0};
    const char *user_id = ready->user_id[0] == '\0' ? NULL : ready->user_id;
    concerned(world, ready->fact, ready->subject, user_id, ready->account_id, &users);
    const struct change change = {
        .fact = ready->fact, .subject = ready->subject, .user_id = user_id, .cause = ready->cause};
    belief_end(world, ready->row, &change, ready->account_id);
    enum fault fault = settle(world, &users, &ready->cause);
    if (count != NULL)
        *count += (int64_t)users.count;
    id_list_clear(&users);
    return fault;
}

enum fault notice_ready(struct world *world, int64_t *count)
{
    struct readies readies = {0};
    enum fault fault = FAULT_NONE;
    read_ready(world, &readies);
    for (size_t i = 0; i < readies.count && fault == FAULT_NONE; i++)
        fault = notice(world, &readies.items[i], count);
    free(readies.items);
    return fault;
}

int64_t notice_next_s(struct world *world, int64_t after_s, int64_t to_s)
{
    int64_t next_s = FOREVER;
    struct query *query = store_query(world->store, SQL_UNNOTICED_NEXT, "ii", after_s, to_s);
    if (query_next(query) && !query_is_null(query, 0))
        next_s = query_integer(query, 0);
    query_end(query);
    assert(next_s == FOREVER || (next_s > after_s && next_s <= to_s));
    return next_s;
}

void notice_release(struct world *world, enum lag lag, const char *user_id)
{
    assert(lag >= 0 && lag < LAG_COUNT);
    store_change(world->store, SQL_UNNOTICED_RELEASE, "iit", world->now_s, (int64_t)lag, user_id);
}
