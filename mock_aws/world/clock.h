/* SPDX-License-Identifier: MIT */
/*
 * Virtual time and the work that is due when it passes. The only file that reads the wall clock. Order at one instant: facts that Kiro sees now,
 * plan changes, then access ends, then charges, then rows leave the lists; ties by the order in which they were decided.
 */
#ifndef MOCK_KIRO_WORLD_CLOCK_H
#define MOCK_KIRO_WORLD_CLOCK_H

#include "world/world.h"

enum phase { PHASE_SETTLE, PHASE_PLAN, PHASE_ACCESS, PHASE_CHARGE, PHASE_ROW };

int64_t clock_wall_s(void);

/* The month that `at_s` falls into, named by its first instant in UTC even where months turn at another hour (E27). */
int64_t clock_month_at(const struct world *world, int64_t at_s);
int64_t clock_month(const struct world *world); /* of now */

/* When the current month's turn is worked off: the next 1st 00:00:00Z. */
int64_t clock_month_turn(const struct world *world);

/* Look at (user, profile) in `phase` of `at_s`; asking twice for the same is one. `cause_seq` and `rule` go into the timeline then. */
enum fault clock_remember(struct world *world, int64_t at_s, enum phase phase, const char *user_id,
                          const char *profile_arn, int64_t cause_seq, const char *rule);

/* Settle a user when `at_s` is reached. */
enum fault clock_remember_user(struct world *world, int64_t at_s, const char *user_id,
                               const struct cause *cause);

/* Of what waits without an instant (at_s FOREVER): drop a pair's, or do all that can be done now. */
enum fault clock_forget_stalled(struct world *world, const char *user_id, const char *profile_arn);
enum fault clock_release(struct world *world);

/* Do everything due up to and including `to_s`, in order, then stand there. FAULT_CONFLICT if `to_s` is earlier than now. */
enum fault clock_advance(struct world *world, int64_t to_s, int64_t *out_settled);

/* Do now, in the order of their phases, what waits for the held instant `at_s` (propagation.h), of one user or of all (NULL); adds to `*count`. */
enum fault clock_release_held(struct world *world, int64_t at_s, const char *user_id,
                              int64_t *count);

/* A running clock: take time forward to the wall's. Nothing to do when frozen. */
enum fault clock_follow(struct world *world);

/* What time it is: between requests too, where a running clock has not been taken forward yet. */
int64_t clock_now(const struct world *world);

/* Freeze or run from where it stands. */
enum fault clock_set_running(struct world *world, bool running);

#endif
