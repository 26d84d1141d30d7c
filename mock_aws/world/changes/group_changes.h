/* SPDX-License-Identifier: MIT */
/*
 * What is done to groups and memberships. Leaving and the end of a group settle the seats concerned
 * (rules 2, 37, 60; E1, E2, E5, E29, E30).
 */
#ifndef MOCK_KIRO_WORLD_CHANGES_GROUP_CHANGES_H
#define MOCK_KIRO_WORLD_CHANGES_GROUP_CHANGES_H

#include "world/reading/causes.h"
#include "world/rows/groups.h"

enum fault group_create(struct world *world, const char *store_id, const char *name,
                        const char *description, char out_group_id[USER_ID_BYTES]);

/* FAULT_NOT_FOUND; FAULT_CONFLICT as group_create. */
enum fault group_rename(struct world *world, const char *store_id, const char *group_id,
                        const char *name);

/* `description` NULL: none. FAULT_NOT_FOUND. */
enum fault group_describe(struct world *world, const char *store_id, const char *group_id,
                          const char *description);

enum fault group_delete(struct world *world, const char *store_id, const char *group_id);

/*
 * FAULT_NOT_FOUND (USER, GROUP); FAULT_CONFLICT if he is a member. A group is no member (rule 60).
 */
enum fault membership_create(struct world *world, const char *store_id, const char *group_id,
                             const char *user_id, char out_membership_id[USER_ID_BYTES]);

enum fault membership_delete(struct world *world, const char *store_id, const char *membership_id);

/* Whose memberships end together: of a user, of a group, or of a whole directory. */
enum memberships_of { MEMBERSHIPS_OF_USER, MEMBERSHIPS_OF_GROUP, MEMBERSHIPS_OF_STORE };

/* End them for a cause, and tell each; who is concerned is settled by the caller. */
void memberships_end(struct world *world, enum memberships_of kind, const char *whose,
                     const struct cause *cause);

#endif
