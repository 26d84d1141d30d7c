/* SPDX-License-Identifier: MIT */
/* What is done to Kiro profiles (rules 4, 39, 49, 50; E9, E11). */
#ifndef MOCK_KIRO_WORLD_CHANGES_PROFILE_CHANGES_H
#define MOCK_KIRO_WORLD_CHANGES_PROFILE_CHANGES_H

#include "world/rows/profiles.h"

/* `settings` is the JSON text of what was given, read back by lists. FAULT_CONFLICT if the account has one in this Region. */
enum fault profile_create(struct world *world, const char *account_id, const char *region,
                          const char *instance_arn, const char *name, const char *settings,
                          struct profile *out_profile);

/*
 * What hangs on the profile ends with the change `seq`, and it too if it is `deleted`. Who is concerned is settled by the caller.
 */
enum fault profile_end(struct world *world, const char *profile_arn, bool deleted, int64_t seq);

/* Rules 49, 50: off in a new profile; on or off for everybody under it. */
enum fault profile_set_overage(struct world *world, const struct profile *profile, bool overage);

/* FAULT_CONFLICT if it is to be bound to another instance while its own lives: only a shell can be bound anew (E11). */
enum fault profile_update(struct world *world, const struct profile *profile,
                          const char *instance_arn, const char *name, const char *settings);

/* Ends every seat of it (rule 4). The profile must live. */
enum fault profile_delete(struct world *world, const struct profile *profile);

#endif
