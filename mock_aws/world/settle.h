/* SPDX-License-Identifier: MIT */
/*
 * The invariant: a user holds a seat on a profile exactly while something entitles him. settle compares what the view
 * `entitled` says now with the claims granted so far and writes the differences, in the transaction of the change that caused
 * them. Nothing else ends a claim or cancels a seat.
 */
#ifndef MOCK_KIRO_WORLD_SETTLE_H
#define MOCK_KIRO_WORLD_SETTLE_H

#include "world/touched.h"

/* Cost: a few indexed statements per touched user, whatever the size of the directory. */
enum fault settle(struct world *world, const struct touched *touched, const struct cause *cause);

/*
 * settle when Kiro sees the change: now, when the clock reaches `at_s`, when it is released, or never (FOREVER). `profiles` are those that the change
 * is about, NULL for all of them: what ends at the same instant under another one has a cause of its own.
 */
enum fault settle_at(struct world *world, const struct touched *touched,
                     const struct touched *profiles, int64_t at_s, const struct cause *cause);
enum fault settle_user_at(struct world *world, const char *user_id, int64_t at_s,
                          const struct cause *cause);

/* End a user's claims on a profile, or all of them (NULL), for good, whatever entitles him: deviations do. */
enum fault settle_lose(struct world *world, const char *user_id, const char *profile_arn,
                       const struct cause *cause);

/* settle for one user, and for what he holds under one profile ("": under all). */
enum fault settle_user(struct world *world, const char *user_id, const struct cause *cause);
enum fault settle_pair(struct world *world, const char *user_id, const char *profile_arn,
                       const struct cause *cause);

#endif
