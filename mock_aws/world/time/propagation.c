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
static_assert((int)LAG_COUNT <= (int)DELAYS_MOST,
              "HELD_SQL leaves room for sixteen kinds of delay");

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

bool delay_passed(const struct world *world, enum lag lag, const char *subject, int64_t since_s)
{
    assert(lag >= 0 && lag < LAG_COUNT);
    if (world->reading->lags_by_hand[lag])
        return since_s <= world->released_s[lag];
    return world->now_s >= since_s + draw_s(world, lag, subject, since_s);
}

void delay_release(struct world *world, enum lag lag, const char *user_id)
{
    static const enum statement COLUMNS[] = {SQL_RELEASE_USER_SESSION,   SQL_RELEASE_PROFILE_READY,
                                             SQL_RELEASE_INSTANCE_READY, SQL_RELEASE_INSTANCE_GONE,
                                             SQL_RELEASE_ACCOUNT_CLOSED, SQL_RELEASE_SEAT_ACCESS};
    assert(lag >= 0 && lag < LAG_COUNT);
    if (user_id == NULL) {
        world->released_s[lag] = world->now_s;
        store_change(world->store, SQL_SETTING_RELEASED, "ti", lag_name(lag), world->now_s);
    }
    for (size_t i = 0; i < sizeof COLUMNS / sizeof COLUMNS[0]; i++)
        store_change(world->store, COLUMNS[i], "iit", world->now_s, HELD(lag), user_id);
}
