/* SPDX-License-Identifier: MIT */
/* Using Kiro: what the runtime answers, and the first use that makes a Pending seat Active (rules 20-22, 47-51). */
#ifndef MOCK_KIRO_WORLD_ENGINE_SEAT_USE_H
#define MOCK_KIRO_WORLD_ENGINE_SEAT_USE_H

#include "world/engine/credits.h"

/*
 * What the runtime says to a use of `credits_hundredths`. `*out_code` is NULL if allowed, else the error's name. Unless
 * `dry_run`, an allowed use is counted and makes a Pending seat Active (rule 21).
 */
enum fault seat_use(struct world *world, const char *user_id, const char *profile_arn,
                    int64_t credits_hundredths, bool dry_run, const char **out_code);
enum fault seat_use_with(struct world *world, enum client client, const char *user_id,
                         const char *profile_arn, int64_t credits_hundredths, bool dry_run,
                         const char **out_code);

#endif
