/* SPDX-License-Identifier: MIT */
/*
 * Virtual time: where it stands, which month an instant falls into, when the month turns. The only file that reads the wall
 * clock. Knows nothing of what is due: engine/agenda.h moves time through that.
 */
#ifndef MOCK_KIRO_WORLD_TIME_CLOCK_H
#define MOCK_KIRO_WORLD_TIME_CLOCK_H

#include "world/world.h"

int64_t clock_wall_s(void);

/* The month that `at_s` falls into, named by its first instant in UTC even where months turn at another hour (E27). */
int64_t clock_month_at(const struct world *world, int64_t at_s);
int64_t clock_month(const struct world *world); /* of now */

/* When the turn into the month `month_s` is worked off; and the next turn after `at_s`. */
int64_t clock_turn_into(const struct world *world, int64_t month_s);
int64_t clock_next_turn(const struct world *world, int64_t at_s);

/* The end of the month that is now: its rows leave and its access ends then. */
int64_t clock_month_end(const struct world *world);

/* Stand at `now_s`, whatever is due before. */
void clock_stand_at(struct world *world, int64_t now_s);

/* A running clock: what passed on the wall since it was last anchored; 0 when frozen. */
int64_t clock_passed_s(const struct world *world, int64_t wall_s);

/* What time it is: between requests too, where a running clock has not been taken forward yet. */
int64_t clock_now(const struct world *world);

/* Freeze or run from where it stands. */
void clock_set_running(struct world *world, bool running);

#endif
