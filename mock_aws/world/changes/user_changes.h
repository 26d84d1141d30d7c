/* SPDX-License-Identifier: MIT */
/*
 * What is done to users: made, changed, disabled, deleted, signed in. Deleting and disabling settle the seats concerned (rules 1,
 * 5, 42, 58, 59; E6, E7).
 */
#ifndef MOCK_KIRO_WORLD_CHANGES_USER_CHANGES_H
#define MOCK_KIRO_WORLD_CHANGES_USER_CHANGES_H

#include "world/rows/users.h"

/* `email` may be NULL. FAULT_CONFLICT (reason UNIQUENESS_CONSTRAINT_VIOLATION) if name or e-mail is taken. */
enum fault user_create(struct world *world, const char *store_id, const char *name,
                       const char *email, const char *attributes, char out_user_id[USER_ID_BYTES]);

/* Give a user this name, e-mail (NULL: none) and attributes in the place of what he has. FAULT_NOT_FOUND; FAULT_CONFLICT as user_create. */
enum fault user_update(struct world *world, const char *store_id, const char *user_id,
                       const char *name, const char *email, const char *attributes);

enum fault user_delete(struct world *world, const char *store_id, const char *user_id);

/* Disabling ends his claims and direct assignments (rule 5); enabling lets group assignments grant anew (E6). No change: nothing happens. */
enum fault user_set_active(struct world *world, const char *user_id, bool active);

/* May he sign in (rule 42)? FAULT_NOT_FOUND, FAULT_DENIED. Gives a bearer token that lives one hour (rule 43). */
enum fault sign_in(struct world *world, const char *user_id, char out_token[UUID_TEXT_BYTES],
                   int64_t *out_expires_s);

#endif
