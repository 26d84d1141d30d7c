/* SPDX-License-Identifier: MIT */
/* What is done to Identity Center instances (rules 3, 61, 65; E11; identity-wire 4, 6.2). */
#ifndef MOCK_KIRO_WORLD_CHANGES_INSTANCE_CHANGES_H
#define MOCK_KIRO_WORLD_CHANGES_INSTANCE_CHANGES_H

#include "world/rows/instances.h"

/* `name` may be NULL. Any number of instances may stand in an account here; what AWS allows is the caller's check. */
enum fault instance_create(struct world *world, const char *account_id, const char *region,
                           const char *kind, const char *name, struct instance *out_instance);

/* It was made long ago: whatever that takes, and if it is held by hand, it is ready now. */
void instance_make_ready(struct world *world, const struct instance *instance);

/* The instance must live. */
enum fault instance_rename(struct world *world, const char *instance_arn, const char *name);

/* Takes the directory with it, and every seat linked to it (rules 3, 61). The instance must live. */
enum fault instance_delete(struct world *world, const struct instance *instance);

#endif
