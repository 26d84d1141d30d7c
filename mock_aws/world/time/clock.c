/* SPDX-License-Identifier: MIT */
/* Where virtual time stands; see clock.h. */
#include "world/time/clock.h"
#include "world/reading/reading.h"

#include <assert.h>
#include <time.h>

#include "base/times.h"

int64_t clock_wall_s(void)
{
    return (int64_t)time(NULL);
}

int64_t clock_month_at(const struct world *world, int64_t at_s)
{
    return month_of(at_s + world->reading->month_shift_s);
}

int64_t clock_month(const struct world *world)
{
    return clock_month_at(world, world->now_s);
}

int64_t clock_turn_into(const struct world *world, int64_t month_s)
{
    assert(month_of(month_s) == month_s);
    enum { LATE_S = 3600 };
    bool late = world->reading->values[TURN_OF_MONTH] == TURN_AN_HOUR_LATE;
    return month_s - world->reading->month_shift_s + (late ? LATE_S : 0);
}

int64_t clock_next_turn(const struct world *world, int64_t at_s)
{
    int64_t month_s = clock_month_at(world, at_s);
    int64_t turn_s = clock_turn_into(world, month_s);
    if (turn_s <= at_s)
        turn_s = clock_turn_into(world, month_next(month_s));
    assert(turn_s > at_s);
    return turn_s;
}

int64_t clock_month_end(const struct world *world)
{
    return clock_turn_into(world, month_next(clock_month(world)));
}

void clock_stand_at(struct world *world, int64_t now_s)
{
    world->now_s = now_s;
    store_change(world->store, SQL_WORLD_SET_CLOCK, "ii", now_s, (int64_t)world->running);
}

int64_t clock_passed_s(const struct world *world, int64_t wall_s)
{
    return world->running && wall_s > world->wall_anchor_s ? wall_s - world->wall_anchor_s : 0;
}

int64_t clock_now(const struct world *world)
{
    return world->now_s + clock_passed_s(world, clock_wall_s());
}

void clock_set_running(struct world *world, bool running)
{
    world->running = running;
    world->wall_anchor_s = clock_wall_s();
    clock_stand_at(world, world->now_s);
}
