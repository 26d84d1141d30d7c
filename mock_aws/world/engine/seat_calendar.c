/* SPDX-License-Identifier: MIT */
/* The turn of the month, and the ends that a cancellation set; see seat_calendar.h. */
#include "world/engine/seat_calendar.h"

#include <assert.h>
#include <string.h>

#include "base/statuses.h"
#include "base/times.h"
#include "world/engine/billing.h"
#include "world/engine/entitlement.h"
#include "world/engine/seat_life.h"
#include "world/engine/settle.h"
#include "world/reading/reading.h"
#include "world/rows/profiles.h"
#include "world/rows/timeline.h"
#include "world/time/clock.h"

int64_t turn_plans(struct world *world)
{
    int64_t count = 0;
    struct seat seat = {0};
    if (world->reading->values[WAITING_PLAN] == WAITING_PLAN_FORGOTTEN)
        return 0;
    while (seat_next(world, SQL_SEAT_WAITING, world->now_s, &seat) == FAULT_NONE) {
        struct seat before = seat;
        assert(seat.status == SEAT_ACTIVE && seat.plan_in_force != seat.plan);
        seat.plan_in_force = seat.plan;
        seat_save(world, &seat);
        seat_tell(world, &before, &seat, seat.decided_rule, seat.decided_cause_seq);
        count++;
    }
    return count;
}

/*
 * What entitles the pair: the claim of the highest plan. 0: none, and yet charged (only under a
 * deviation).
 */
static int64_t entitling_seq(struct world *world, const struct seat *seat)
{
    int64_t seq = 0;
    struct query *query =
        store_query(world->store, SQL_CLAIM_ENTITLING, "tt", seat->user_id, seat->profile_arn);
    if (query_next(query))
        seq = query_integer(query, 0);
    query_end(query);
    return seq;
}

/*
 * The deviations that charge a canceled seat: for two months, as was reported, or for one where
 * nobody is behind it.
 */
static enum fault charge_canceled(struct world *world, int64_t *count)
{
    int fee = world->reading->values[CANCELED_FEE];
    int64_t last_month_s = month_of(clock_month(world) - 1);
    int64_t since_s = clock_turn_into(world, fee == CANCELED_TWO_MONTHS ? month_of(last_month_s - 1)
                                                                        : last_month_s);
    struct seat seat = {0};
    enum fault fault = FAULT_NONE;
    while (fault == FAULT_NONE &&
           seat_next(world, SQL_SEAT_CANCELED_SINCE, since_s, &seat) == FAULT_NONE) {
        assert(seat.status == SEAT_CANCELED && seat.canceled_s <= world->now_s);
        bool orphan = seat.cause == CAUSE_INSTANCE_DELETED || seat.cause == CAUSE_PROFILE_DELETED;
        if (seat.activated_s == 0 || seat.canceled_s == world->now_s ||
            (fee == ORPHANS_ONE_MONTH && !orphan))
            continue;
        fault = billing_month_start(world, &seat, seat.decided_cause_seq);
        (*count)++;
    }
    return fault;
}

static enum fault charge_active(struct world *world, const struct seat *seat)
{
    if (world->reading->values[ACTIVE_ON_THE_FIRST] == ACTIVE_IS_CANCELED) {
        struct cause nothing = {.kind = CAUSE_NONE};
        return settle_lose(world, seat->user_id, seat->profile_arn, &nothing);
    }
    return billing_month_start(world, seat, entitling_seq(world, seat));
}

enum fault turn_charges(struct world *world, int64_t *count)
{
    struct seat seat = {0};
    enum fault fault = FAULT_NONE;
    while (fault == FAULT_NONE &&
           seat_next(world, SQL_SEAT_ACTIVE, world->now_s, &seat) == FAULT_NONE) {
        assert(seat.activated_s <= world->now_s);
        assert(seat.status == SEAT_ACTIVE);
        if (!entitled_on_the_first(world, seat.user_id, seat.profile_arn))
            continue;
        fault = charge_active(world, &seat);
        (*count)++;
    }
    if (fault == FAULT_NONE && world->reading->values[CANCELED_FEE] != CANCELED_FREE)
        fault = charge_canceled(world, count);
    return fault;
}

bool turn_concerns(struct world *world)
{
    struct seat seat = {0};
    if (query_any(store_query(world->store, SQL_SEAT_ANY_ACTIVE, "")))
        return true;
    enum { TWO_MONTHS_S = 62 * 24 * 3600 };
    return world->reading->values[CANCELED_FEE] != CANCELED_FREE &&
           seat_next(world, SQL_SEAT_CANCELED_SINCE, world->now_s - TWO_MONTHS_S, &seat) ==
               FAULT_NONE;
}

static void tell_end(struct world *world, const struct seat *seat, const char *event,
                     const char *rule)
{
    assert(seat->canceled_s != 0 && seat->canceled_s <= world->now_s);
    struct entry entry = {.event = event,
                          .subject = seat->profile_arn,
                          .user_id = seat->user_id,
                          .rule = rule,
                          .cause_seq = seat->decided_cause_seq};
    timeline_tell(world, &entry);
}

int64_t access_ends(struct world *world, int64_t at_s, const char *user_id)
{
    int64_t count = 0;
    struct seat seat = {0};
    while (seat_next(world, SQL_SEAT_ACCESS_ENDS, at_s, &seat) == FAULT_NONE) {
        assert(seat.status == SEAT_CANCELED);
        if (user_id != NULL && strcmp(user_id, seat.user_id) != 0)
            continue;
        tell_end(world, &seat, "access ends", "access-after-cancel");
        count++;
    }
    return count;
}

int64_t rows_leave(struct world *world)
{
    int64_t count = 0;
    struct seat seat = {0};
    while (seat_next(world, SQL_SEAT_ROW_LEAVES, world->now_s, &seat) == FAULT_NONE) {
        assert(seat.status == SEAT_CANCELED);
        if (seat.canceled_s == world->now_s)
            continue; /* its row left with the cancellation */
        tell_end(world, &seat, "row leaves the list", "canceled-record-removed-next-month");
        count++;
    }
    return count;
}

int64_t seat_next_end_s(struct world *world, int64_t after_s, int64_t to_s)
{
    int64_t next_s = FOREVER;
    struct query *query = store_query(world->store, SQL_SEAT_NEXT_END, "ii", after_s, to_s);
    if (query_next(query) && !query_is_null(query, 0))
        next_s = query_integer(query, 0);
    query_end(query);
    assert(next_s == FOREVER || (next_s > after_s && next_s <= to_s));
    return next_s;
}

/* Rule 6: whose account, or whose instance's account, is closed is listed nowhere. */
static bool console_reachable(struct world *world, const char *profile_arn)
{
    struct profile profile;
    return profile_get(world, profile_arn, &profile) == FAULT_NONE &&
           profile.accounts_until_s > world->now_s;
}

struct seat_listing seat_listing(struct world *world, const struct seat *seat)
{
    const int *values = world->reading->values;
    bool exists = query_any(store_query(world->store, SQL_USER_GET, "t", seat->user_id));
    bool reachable = console_reachable(world, seat->profile_arn);
    bool shown = seat->status != SEAT_CANCELED || values[CANCELED_ON_USERS_TAB] == USERS_TAB_SHOWS;
    return (struct seat_listing){.users_tab = reachable && shown,
                                 .subscriptions_tab =
                                     reachable && seat->listed_until_s > world->now_s,
                                 .by_name = exists ? values[LIVING_USER_SHOWN] == LIVING_BY_NAME
                                                   : values[DELETED_USER_SHOWN] == DELETED_BY_NAME};
}
