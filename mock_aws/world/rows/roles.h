/* SPDX-License-Identifier: MIT */
/* Service-linked roles of an account as they are (identity-wire 11.2; rule 41). */
#ifndef MOCK_KIRO_WORLD_ROWS_ROLES_H
#define MOCK_KIRO_WORLD_ROWS_ROLES_H

#include "world/world.h"

enum { ROLE_ID_BYTES = 24, ROLE_DESCRIPTION_BYTES = 1000 * 2 + 1 };

/* With which Kiro reads the directory (rule 41). */
#define ROLE_OF_SUBSCRIPTIONS "AWSServiceRoleForUserSubscriptions"

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

/* FAULT_NOT_FOUND without words. */
enum fault role_get(struct world *world, const char *account_id, const char *name,
                    struct role *out_role);

/* Those numbered above `after`. */
enum fault role_each(struct world *world, const char *account_id, int64_t after,
                     void (*see)(void *self, const struct role *role), void *self);

#endif
