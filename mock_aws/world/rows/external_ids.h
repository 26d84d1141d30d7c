/* SPDX-License-Identifier: MIT */
/*
 * What an identity provider calls the users and groups it provisioned: one id of each issuer per user or group, unique among the users
 * or the groups of a store (identity-wire 5.5, 9.7). They go with their user or group.
 */
#ifndef MOCK_KIRO_WORLD_EXTERNAL_IDS_H
#define MOCK_KIRO_WORLD_EXTERNAL_IDS_H

#include "world/world.h"

enum { ISSUER_BYTES = 256 * 4 + 1, EXTERNAL_ID_BYTES = 256 * 4 + 1 };

struct external_owner {
    const char *store_id;
    bool is_group;
    const char *id; /* of the user or group */
};

/* Put `external_id` (NULL: none any more) in the place of what `issuer` calls the owner. FAULT_CONFLICT (reason UNIQUENESS_CONSTRAINT_VIOLATION)
 * if another of the store has it. */
enum fault external_id_set(struct world *world, const struct external_owner *owner,
                           const char *issuer, const char *external_id);

/* FAULT_NOT_FOUND without a message. */
enum fault external_id_find(struct world *world, const char *store_id, bool is_group,
                            const char *issuer, const char *external_id,
                            char out_owner_id[USER_ID_BYTES]);

/* "" for none. */
enum fault external_id_get(struct world *world, const char *owner_id, const char *issuer,
                           char out_external_id[EXTERNAL_ID_BYTES]);

typedef void external_id_see(void *self, const char *issuer, const char *external_id);
enum fault external_id_each(struct world *world, const char *owner_id, external_id_see *see,
                            void *self);

/* Others may have the ids of an owner who is being deleted. To be called while he still has them: his own side are records in the scope of
 * his id, and go with the rest of those. */
enum fault external_id_free_all(struct world *world, const struct external_owner *owner);

#endif
