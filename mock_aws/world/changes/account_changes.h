/* SPDX-License-Identifier: MIT */
/* What is done to accounts and organizations but closing them (identity-wire 7). */
#ifndef MOCK_KIRO_WORLD_CHANGES_ACCOUNT_CHANGES_H
#define MOCK_KIRO_WORLD_CHANGES_ACCOUNT_CHANGES_H

#include "world/rows/accounts.h"

/* Records of an organization: AWS services that are trusted in it, by principal. */
#define SERVICE_ACCESS "service-access"
#define IDENTITY_CENTER "sso.amazonaws.com"

/* Make the row of a standalone account if there is none. */
enum fault account_ensure(struct world *world, const char *account_id);

/* The parent is the caller's to check. */
enum fault account_move(struct world *world, const char *account_id, const char *parent_id);

/* The caller becomes the management account, and its organization instance the organization's. FAULT_IN_ORGANIZATION if it is in one. */
enum fault organization_create(struct world *world, const char *account_id, bool all_features,
                               struct organization *out_organization);

/* Identity Center is trusted from when the organization has an instance of it on (identity-wire 7.3): to be called when either was made. */
enum fault organization_trust(struct world *world, const char *management_id);

/* Add an account that exists, or make it. `name` and `email` may be NULL. */
enum fault organization_join(struct world *world, const char *organization_id,
                             const char *account_id, const char *name, const char *email,
                             bool management, bool invited);

/*
 * A member goes on as a standalone account; who may leave is the caller's to check. It is a stranger to the organization's instance from then
 * on; no seat depends on that, so its profiles keep theirs.
 */
enum fault organization_leave(struct world *world, const char *account_id);

/* The management account is the last to leave: that no other account is left is the caller's to check. */
enum fault organization_delete(struct world *world, const struct organization *organization);

/* CreateAccount: an e-mail in use, whatever its case, is no error at once; the request ends FAILED. */
enum fault account_create(struct world *world, const char *organization_id, const char *name,
                          const char *email, struct account_request *out_request);

#endif
