/* SPDX-License-Identifier: MIT */
/*
 * What the calendar brings for seats: on the 1st waiting plans and charges, and at the instants that a cancellation set the
 * end of access and of the row in the lists. Each works off all the seats that it concerns, in the order in which that was
 * decided (law 5), and gives their number. Rules 22, 27, 32-35; E27, E28.
 */
#ifndef MOCK_KIRO_WORLD_ENGINE_SEAT_CALENDAR_H
#define MOCK_KIRO_WORLD_ENGINE_SEAT_CALENDAR_H

#include "world/rows/seats.h"

/* The turn of the month, which is now. */
int64_t turn_plans(struct world *world);
enum fault turn_charges(struct world *world, int64_t *count);

/* Has the turn of a month anything to do? */
bool turn_concerns(struct world *world);

/* What ends now, or was held until now: the seats whose access ends at `at_s`, of one user or of all (NULL). */
int64_t access_ends(struct world *world, int64_t at_s, const char *user_id);
int64_t rows_leave(struct world *world);

/* When, in (after_s, to_s], access or a row ends next; FOREVER: none does. */
int64_t seat_next_end_s(struct world *world, int64_t after_s, int64_t to_s);

/* Where the seat is shown now (rules 32-34), and as whom (rule 35). */
struct seat_listing {
    bool users_tab;
    bool subscriptions_tab;
    bool by_name;
};
struct seat_listing seat_listing(struct world *world, const struct seat *seat);

#endif
