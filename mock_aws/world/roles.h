/* SPDX-License-Identifier: MIT */
/*
 * Service-linked roles of an account (identity-wire 11.2; rule 41): those of Kiro appear with the account's first profile, and any may
 * be deleted and made again.
 */
#ifndef MOCK_KIRO_WORLD_ROLES_H
#define MOCK_KIRO_WORLD_ROLES_H

#include "world/world.h"

enum { ROLE_ID_BYTES = 24, ROLE_DESCRIPTION_BYTES = 1000 * 2 + 1 };

/* A role that this world knows: whose it is, and what it is called. */
struct role_kind {
    const char *service; /* "user-subscriptions.amazonaws.com"; NULL ends the table */
    const char *name;    /* "AWSServiceRoleForUserSubscriptions" */
    bool appears;        /* by itself, with the first profile */
};
extern const struct role_kind ROLE_KINDS[];

struct role {
    int64_t row;
    const struct role_kind *kind;
    char role_id[ROLE_ID_BYTES];
    char description[ROLE_DESCRIPTION_BYTES];
    int64_t created_s;
};

/* The account's roles of `appears`, unless it had them before: a deleted one comes back by role_create alone. */
enum fault roles_appear(struct world *world, const char *account_id);

/* FAULT_CONFLICT without words if it is there. `description` may be NULL. What stalled while the role of the seats was missing is settled (E35). */
enum fault role_create(struct world *world, const char *account_id, const struct role_kind *kind,
                       const char *description, struct role *out_role);
/* FAULT_NOT_FOUND without words. */
enum fault role_get(struct world *world, const char *account_id, const char *name,
                    struct role *out_role);
enum fault role_delete(struct world *world, const char *account_id, const char *name);

/* Those numbered above `after`. */
enum fault role_each(struct world *world, const char *account_id, int64_t after,
                     void (*see)(void *self, const struct role *role), void *self);

#endif
