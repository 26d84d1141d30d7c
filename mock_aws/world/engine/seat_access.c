/* SPDX-License-Identifier: MIT */
/* Sessions, and what a cancellation leaves; see seat_access.h. */
#include "world/engine/seat_access.h"

#include <assert.h>

#include "base/lags.h"
#include "base/parameters.h"
#include "base/statuses.h"
#include "world/reading/reading.h"
#include "world/rows/profiles.h"
#include "world/time/clock.h"
#include "world/time/propagation.h"

static bool profile_lives(const struct world *world, const struct profile *profile)
{
    return profile->deleted_s == 0 && profile->instance_deleted_s == 0 &&
           profile->accounts_until_s > world->now_s;
}

/*
 * Until when he may have a session: FOREVER while he can sign in; the end of the one that was open,
 * for an Active seat, when he was deleted or disabled (rule 43); 0: he has none.
 */
static int64_t session_until_s(struct world *world, const struct seat *seat)
{
    struct query *query = store_query(world->store, SQL_USER_SESSION, "t", seat->user_id);
    bool found = query_next(query);
    bool deleted = found && !query_is_null(query, 1);
    bool active = found && query_integer(query, 0) != 0 && !deleted;
    int64_t barred_s = found ? query_integer(query, deleted ? 1 : 2) : 0;
    if (deleted && !query_is_null(query, 2) && query_integer(query, 2) < barred_s)
        barred_s = query_integer(query, 2);
    bool was_active = seat->activated_s != 0 && seat->activated_s <= barred_s;
    int64_t until_s = active ? FOREVER : found && was_active ? query_integer(query, 3) : 0;
    query_end(query);
    return until_s;
}

static bool usable(struct world *world, const char *profile_arn)
{
    struct profile profile;
    return profile_get(world, profile_arn, &profile) == FAULT_NONE &&
           profile_lives(world, &profile);
}

/*
 * A session that is open when an Active seat is canceled goes on for the tail, while there is
 * something to go on with.
 */
static int64_t session_tail_s(struct world *world, const struct seat *seat)
{
    int64_t until_s = delay_at(world, SESSION_TAIL, seat->user_id);
    assert(until_s >= world->now_s);
    if (until_s == world->now_s)
        return 0;
    int64_t session_s = session_until_s(world, seat);
    if (session_s <= world->now_s || !usable(world, seat->profile_arn))
        return 0;
    return until_s < session_s ? until_s : session_s;
}

int64_t access_after_cancel_s(struct world *world, const struct seat *seat)
{
    if (seat->status != SEAT_ACTIVE)
        return 0; /* E16: a seat that was never used gives no access to be kept */
    int64_t tail_s = session_tail_s(world, seat);
    if (world->reading->values[ACCESS_AFTER_CANCEL] == ACCESS_IMMEDIATE)
        return tail_s;
    int64_t end_s = clock_month_end(world);
    assert(end_s > world->now_s);
    assert(tail_s == 0 || tail_s > world->now_s);
    return tail_s > end_s && !held(tail_s) ? tail_s : end_s;
}

/* Rule 6, E15: what a closure left nobody to use, reopening does not give back. */
static bool reopened_after(struct world *world, const struct seat *seat)
{
    struct profile profile;
    return seat->cause == CAUSE_ACCOUNT_CLOSED &&
           profile_get(world, seat->profile_arn, &profile) == FAULT_NONE &&
           profile.accounts_until_s == FOREVER;
}

bool seat_admits(struct world *world, const struct seat *seat)
{
    const int *values = world->reading->values;
    bool stands = true;
    if (seat->status == SEAT_CANCELED)
        stands = seat->access_until_s > world->now_s && !reopened_after(world, seat);
    else if (seat->status == SEAT_PENDING)
        stands = values[PENDING_USE] == PENDING_MAY_USE;
    else
        stands = values[ACTIVE_USE] == ACTIVE_MAY_USE;
    return stands && session_until_s(world, seat) > world->now_s &&
           usable(world, seat->profile_arn);
}
