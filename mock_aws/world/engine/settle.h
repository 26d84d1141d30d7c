/* SPDX-License-Identifier: MIT */
/*
 * The invariant: a user holds a seat on a profile exactly while something entitles him. settle
 * compares what entitles now, as Kiro believes, with the claims granted so far and writes the
 * differences, in the transaction of the change that caused them, for that one cause. Nothing else
 * ends a claim or cancels a seat.
 */
#ifndef MOCK_KIRO_WORLD_ENGINE_SETTLE_H
#define MOCK_KIRO_WORLD_ENGINE_SETTLE_H

#include "world/reading/causes.h"
#include "world/rows/id_list.h"

/* Cost: a few indexed statements per touched user, whatever the size of the directory. */
enum fault settle(struct world *world, const struct id_list *touched, const struct cause *cause);
enum fault settle_user(struct world *world, const char *user_id, const struct cause *cause);

/*
 * End the user's claims on a profile, or all of them (NULL), for good though they are entitled:
 * Kiro believes from now on that they are void. Deviations do.
 */
enum fault settle_lose(struct world *world, const char *user_id, const char *profile_arn,
                       const struct cause *cause);

#endif
