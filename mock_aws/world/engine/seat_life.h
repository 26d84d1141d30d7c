/* SPDX-License-Identifier: MIT */
/*
 * The life of a seat: made, used for the first time, raised, lowered, canceled, as the pair's
 * claims have it. Rules 12, 16, 20, 21, 25, 27, 31, 33, 34; E1, E6, E15-E17, E28.
 */
#ifndef MOCK_KIRO_WORLD_ENGINE_SEAT_LIFE_H
#define MOCK_KIRO_WORLD_ENGINE_SEAT_LIFE_H

#include "world/reading/causes.h"
#include "world/rows/seats.h"

/* Bring the pair's seat in line with its live claims. Called by settle only. */
enum fault seat_follow(struct world *world, const char *user_id, const char *profile_arn,
                       const struct cause *cause);

/* The first use of a Pending seat, or what a reading takes for one: Active from now on. */
enum fault seat_activate(struct world *world, struct seat *seat, const struct cause *cause);

/*
 * Into the story: `after` in the place of `before` (NULL: it is new), and to whoever watches the
 * server. Nothing is told where nothing changes that a reader sees. The entry's number, or 0.
 */
int64_t seat_tell(struct world *world, const struct seat *before, const struct seat *after,
                  const char *rule, int64_t cause_seq);

#endif
