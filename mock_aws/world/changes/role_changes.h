/* SPDX-License-Identifier: MIT */
/*
 * Making and deleting service-linked roles (identity-wire 11.2; rule 41; E35): those of Kiro appear with the account's first
 * profile, and any may be deleted and made again.
 */
#ifndef MOCK_KIRO_WORLD_CHANGES_ROLE_CHANGES_H
#define MOCK_KIRO_WORLD_CHANGES_ROLE_CHANGES_H

#include "world/rows/roles.h"

/* The account's roles of `appears`, unless it had them before: a deleted one comes back by role_create alone. */
enum fault roles_appear(struct world *world, const char *account_id);

/*
 * FAULT_CONFLICT without words if it is there. `description` may be NULL. What Kiro could not notice without its role is noticed
 * now (E35).
 */
enum fault role_create(struct world *world, const char *account_id, const struct role_kind *kind,
                       const char *description, struct role *out_role);

/* FAULT_NOT_FOUND without words. */
enum fault role_delete(struct world *world, const char *account_id, const char *name);

#endif
