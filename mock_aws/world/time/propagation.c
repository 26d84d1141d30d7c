/* SPDX-License-Identifier: MIT */
/* Draws delays, and releases what is held in a column. */
#include "world/time/propagation.h"
#include "world/reading/reading.h"

#include <assert.h>

#include "base/text.h"

/*
 * Every held instant lies between HELD_SQL and FOREVER; the partial indexes of the schema hold just
 * those.
 */
static_assert((int)LAG_COUNT <= 16, "HELD_SQL leaves room for sixteen kinds of delay");

bool held(int64_t at_s)
{
    return at_s != FOREVER && at_s >= HELD(LAG_COUNT - 1);
}

/* From the seed, the kind, the subject and the instant alone: asking again draws the same. */
static int64_t draw_s(const struct world *world, enum lag lag, const char *subject, int64_t at_s)
{
    assert(world->reading->lags_s[lag] >= 0);
    const struct reading *reading = world->reading;
    int64_t most_s = reading->lags_s[lag];
    int64_t least_s = reading->least_lags_s[lag] < most_s ? reading->least_lags_s[lag] : most_s;
    uint64_t hash = hash_text(hash_text(HASH_START, lag_name(lag)), subject);
    struct ids draw = {.seed = world->ids.seed ^ hash_bytes(hash, &at_s, sizeof at_s)};
    uint64_t span_s = (uint64_t)(most_s - least_s) + 1;
    return least_s + (int64_t)(ids_next(&draw) % span_s);
}

int64_t delay_at(const struct world *world, enum lag lag, const char *subject)
{
    assert(lag >= 0 && lag < LAG_COUNT);
    return world->reading->lags_by_hand[lag]
               ? HELD(lag)
               : world->now_s + draw_s(world, lag, subject, world->now_s);
}

enum fault delay_begin(struct world *world, enum lag lag, const char *scope, const char *subject)
{
    /* Put, then swept with all that is past: a beginning without delay ends an earlier one. */
    store_change(world->store, SQL_WAITING_PUT, "itti", (int64_t)lag, subject, scope,
                 delay_at(world, lag, subject));
    return store_change(world->store, SQL_WAITING_PAST, "i", world->now_s);
}

bool delay_is_over(const struct world *world, enum lag lag, const char *subject)
{
    return !query_any(
        store_query(world->store, SQL_WAITING_GET, "iti", (int64_t)lag, subject, world->now_s));
}

enum fault delay_forget(struct world *world, const char *scope, const char *subject)
{
    return store_change(world->store, SQL_WAITING_FORGET, "tt", scope, subject);
}

int64_t delay_release(struct world *world, enum lag lag, const char *user_id)
{
    static const struct {
        enum statement statement;
        bool counted;
    } COLUMNS[] = {{SQL_RELEASE_USER_SESSION, false}, {SQL_RELEASE_SEAT_ACCESS, false},
                   {SQL_RELEASE_PROFILE_READY, true}, {SQL_RELEASE_INSTANCE_READY, true},
                   {SQL_RELEASE_INSTANCE_GONE, true}, {SQL_RELEASE_ACCOUNT_CLOSED, true},
                   {SQL_RELEASE_WAITING, true}};
    int64_t released = 0;
    assert(lag >= 0 && lag < LAG_COUNT);
    for (size_t i = 0; i < sizeof COLUMNS / sizeof COLUMNS[0]; i++) {
        store_change(world->store, COLUMNS[i].statement, "iit", world->now_s, HELD(lag), user_id);
        released += COLUMNS[i].counted ? store_rows_changed(world->store) : 0;
    }
    return released;
}
