/* SPDX-License-Identifier: MIT */
/* Draws delays, and releases what is held. */
#include "world/propagation.h"

#include <assert.h>

#include "base/text.h"
#include "world/clock.h"

/* Every held instant lies between HELD_SQL and FOREVER; the partial indexes of the schema hold just those. */
static_assert(LAG_COUNT <= 16, "HELD_SQL leaves room for sixteen kinds of delay");

bool held(int64_t at_s)
{
    return at_s != FOREVER && at_s >= HELD(LAG_COUNT - 1);
}

/* From the seed, the kind, the subject and the instant alone: asking again draws the same. */
static int64_t draw_s(const struct world *world, enum lag lag, const char *subject)
{
    const struct reading *reading = &world->reading;
    int64_t most_s = reading->lags_s[lag];
    int64_t least_s = reading->least_lags_s[lag] < most_s ? reading->least_lags_s[lag] : most_s;
    uint64_t hash = hash_text(hash_text(HASH_START, lag_name(lag)), subject);
    struct ids draw = {.seed =
                           world->ids.seed ^ hash_bytes(hash, &world->now_s, sizeof world->now_s)};
    uint64_t span_s = (uint64_t)(most_s - least_s) + 1;
    return least_s + (int64_t)(ids_next(&draw) % span_s);
}

int64_t propagation_at(const struct world *world, enum lag lag, const char *subject)
{
    return world->reading.lags_by_hand[lag] ? HELD(lag)
                                            : world->now_s + draw_s(world, lag, subject);
}

int64_t trigger_at(const struct world *world, enum lag lag, const char *rule, const char *subject)
{
    return reading_triggers(&world->reading, rule) ? propagation_at(world, lag, subject) : FOREVER;
}

/* Where a held instant can stand: each moves to now. */
static const enum statement RELEASES[] = {
    SQL_RELEASE_MEMBERSHIP_FROM, SQL_RELEASE_MEMBERSHIP_UNTIL, SQL_RELEASE_USER,
    SQL_RELEASE_USER_ACTIVE,     SQL_RELEASE_USER_SESSION,     SQL_RELEASE_ASSIGNMENT,
    SQL_RELEASE_PROFILE,         SQL_RELEASE_PROFILE_READY,    SQL_RELEASE_INSTANCE,
    SQL_RELEASE_INSTANCE_READY,  SQL_RELEASE_INSTANCE_GONE,    SQL_RELEASE_ACCOUNT,
    SQL_RELEASE_ACCOUNT_CLOSED,  SQL_RELEASE_SEAT_ACCESS};

enum fault propagation_release(struct world *world, enum lag lag, const char *user_id,
                               int64_t *out_released)
{
    enum fault fault = FAULT_NONE;
    *out_released = 0;
    for (int kind = 0; kind < LAG_COUNT && fault == FAULT_NONE; kind++) {
        if (lag != LAG_COUNT && lag != (enum lag)kind)
            continue;
        for (size_t i = 0; i < sizeof RELEASES / sizeof RELEASES[0] && fault == FAULT_NONE; i++)
            fault =
                store_change(world->store, RELEASES[i], "iit", world->now_s, HELD(kind), user_id);
        if (fault == FAULT_NONE)
            fault = clock_release_held(world, HELD(kind), user_id, out_released);
    }
    return fault;
}

enum fault propagation_each_held(struct world *world,
                                 void (*see)(void *self, const struct held_change *change),
                                 void *self)
{
    struct query *query = store_query(world->store, SQL_DUE_HELD, "i", HELD(LAG_COUNT - 1));
    while (query_next(query)) {
        struct held_change change = {.lag = (enum lag)(FOREVER - 1 - query_integer(query, 0)),
                                     .user_id = query_text(query, 1),
                                     .profile_arn = query_text(query, 2),
                                     .cause_seq = query_integer(query, 3),
                                     .rule = query_text(query, 4)};
        see(self, &change);
    }
    return query_end(query);
}
