/* SPDX-License-Identifier: MIT */
/* Moves virtual time and hands what is due to the seats, one pair at a time. */
#include "world/clock.h"

#include <assert.h>
#include <time.h>

#include "base/text.h"
#include "base/times.h"
#include "world/propagation.h"
#include "world/seats.h"
#include "world/settle.h"

int64_t clock_wall_s(void)
{
    return (int64_t)time(NULL);
}

int64_t clock_month_at(const struct world *world, int64_t at_s)
{
    return month_of(at_s + world->reading.month_shift_s);
}

int64_t clock_month(const struct world *world)
{
    return clock_month_at(world, world->now_s);
}

int64_t clock_month_turn(const struct world *world)
{
    int64_t turn_s = month_next(clock_month(world)) - world->reading.month_shift_s;
    return world->reading.deviations[BOUNDARY_LATE] ? turn_s + 3600 : turn_s;
}

enum fault clock_remember(struct world *world, int64_t at_s, enum phase phase, const char *user_id,
                          const char *profile_arn, int64_t cause_seq, const char *rule)
{
    struct query *query =
        store_query(world->store, SQL_DUE_FOR, "ttii", user_id, profile_arn, (int64_t)phase, at_s);
    bool known = query_next(query) && query_integer(query, 0) > 0;
    enum fault fault = query_end(query);
    if (fault == FAULT_NONE && !known)
        fault = store_change(world->store, SQL_DUE_INSERT, "iittit", at_s, (int64_t)phase, user_id,
                             profile_arn, cause_seq, rule);
    return fault;
}

enum fault clock_remember_user(struct world *world, int64_t at_s, const char *user_id,
                               const struct cause *cause)
{
    return store_change(world->store, SQL_DUE_INSERT, "iittit", at_s, (int64_t)PHASE_SETTLE,
                        user_id, "", cause->seq, cause->rule);
}

enum fault clock_forget_stalled(struct world *world, const char *user_id, const char *profile_arn)
{
    return store_change(world->store, SQL_DUE_FORGET, "tti", user_id, profile_arn,
                        (int64_t)PHASE_SETTLE);
}

enum fault clock_release(struct world *world)
{
    enum fault fault = store_change(world->store, SQL_DUE_RELEASE, "i", world->now_s);
    return fault == FAULT_NONE ? clock_advance(world, world->now_s, NULL) : fault;
}

struct due {
    int64_t at_s;
    int64_t phase;
    int64_t row;
    char user_id[USER_ID_BYTES];
    char profile_arn[ARN_BYTES];
    struct cause cause;
    char rule[PROBLEM_NAME_BYTES];
};

/* FAULT_NOT_FOUND when the query finds nothing due. */
static enum fault due_read(struct query *query, struct due *out_due)
{
    bool found = query_next(query);
    if (found) {
        out_due->at_s = query_integer(query, 0);
        out_due->phase = query_integer(query, 1);
        out_due->row = query_integer(query, 2);
        text_copy(out_due->user_id, sizeof out_due->user_id, query_text(query, 3));
        text_copy(out_due->profile_arn, sizeof out_due->profile_arn, query_text(query, 4));
        text_copy(out_due->rule, sizeof out_due->rule, query_text(query, 6));
        out_due->cause = (struct cause){.seq = query_integer(query, 5), .rule = out_due->rule};
    }
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

static enum fault stand_at(struct world *world, int64_t now_s)
{
    world->now_s = now_s;
    return store_change(world->store, SQL_WORLD_SET_CLOCK, "ii", now_s, (int64_t)world->running);
}

/* The view of what is entitled reads the stored clock, so it stands at the due instant while its work is done. */
static enum fault due_do(struct world *world, const struct due *due)
{
    enum fault fault = FAULT_NONE;
    if (world->now_s < due->at_s && !held(due->at_s))
        fault = stand_at(world, due->at_s);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_DUE_DELETE, "iii", due->at_s, due->phase, due->row);
    if (fault == FAULT_NONE && due->phase == PHASE_SETTLE)
        fault = settle_pair(world, due->user_id, due->profile_arn, &due->cause);
    else if (fault == FAULT_NONE)
        fault =
            seat_due(world, (enum phase)due->phase, due->user_id, due->profile_arn, &due->cause);
    return fault;
}

enum fault clock_advance(struct world *world, int64_t to_s, int64_t *out_settled)
{
    if (to_s < world->now_s) {
        char now[TIME_TEXT_BYTES];
        time_print(world->now_s, now);
        return world_refuse(world, FAULT_CONFLICT,
                            "the clock stands at %s and does not go back; reset the world instead",
                            now);
    }
    int64_t settled = 0;
    const char *actor = world->actor;
    world->actor = "clock";
    struct due due;
    enum fault fault;
    while ((fault = due_read(store_query(world->store, SQL_DUE_NEXT, "i", to_s), &due)) ==
           FAULT_NONE) {
        fault = due_do(world, &due);
        if (fault != FAULT_NONE)
            break;
        settled++;
    }
    world->actor = actor;
    if (fault != FAULT_NOT_FOUND)
        return fault;
    fault = world->now_s == to_s ? FAULT_NONE : stand_at(world, to_s);
    if (fault == FAULT_NONE && out_settled != NULL)
        *out_settled = settled;
    return fault;
}

enum fault clock_release_held(struct world *world, int64_t at_s, const char *user_id,
                              int64_t *count)
{
    struct due due;
    enum fault fault;
    while ((fault = due_read(store_query(world->store, SQL_DUE_AT, "it", at_s, user_id), &due)) ==
           FAULT_NONE) {
        fault = due_do(world, &due);
        if (fault != FAULT_NONE)
            return fault;
        (*count)++;
    }
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

/* What passed since the world's clock was last read; none where the wall's was set back: wait for it. */
static int64_t passed_s(const struct world *world, int64_t wall_s)
{
    return world->running && wall_s > world->wall_anchor_s ? wall_s - world->wall_anchor_s : 0;
}

int64_t clock_now(const struct world *world)
{
    return world->now_s + passed_s(world, clock_wall_s());
}

enum fault clock_follow(struct world *world)
{
    int64_t wall_s = clock_wall_s();
    int64_t by_s = passed_s(world, wall_s);
    if (by_s == 0)
        return FAULT_NONE;
    enum fault fault = clock_advance(world, world->now_s + by_s, NULL);
    if (fault == FAULT_NONE)
        world->wall_anchor_s = wall_s;
    return fault;
}

enum fault clock_set_running(struct world *world, bool running)
{
    world->running = running;
    world->wall_anchor_s = clock_wall_s();
    return stand_at(world, world->now_s);
}
