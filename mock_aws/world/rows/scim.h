/* SPDX-License-Identifier: MIT */
/* SCIM tenants and their bearer tokens: one tenant per instance, tokens valid for a year, two at a time (identity-wire 9.1). */
#ifndef MOCK_KIRO_WORLD_SCIM_H
#define MOCK_KIRO_WORLD_SCIM_H

#include "world/changes/instance_changes.h"

enum { TENANT_BYTES = 48, SCIM_TOKEN_BYTES = 72 };

struct scim_token {
    const char *tenant;
    const char *token;
    int64_t created_s;
    int64_t expires_s;
};

typedef void scim_token_see(void *self, const struct scim_token *token);

/* A new token for the instance's tenant, which is made with the first. FAULT_QUOTA beyond two living ones. */
enum fault scim_token_create(struct world *world, const struct instance *instance,
                             char out_tenant[TENANT_BYTES], char out_token[SCIM_TOKEN_BYTES]);
/* All of an instance's, the expired ones among them, by their expiry. */
enum fault scim_token_each(struct world *world, const struct instance *instance,
                           scim_token_see *see, void *self);
enum fault scim_token_delete(struct world *world, const char *token); /* FAULT_NOT_FOUND */

/*
 * The living instance of `tenant`, if `token` is one of its living tokens and `region` ("": not said) is its Region. FAULT_NOT_FOUND: no such
 * tenant there; FAULT_UNAUTHORIZED; FAULT_DENIED while its account is closed, FAULT_CONFLICT while the instance is being created.
 */
enum fault scim_admit(struct world *world, const char *tenant, const char *region,
                      const char *token, struct instance *out_instance);

/* Count a call of `operation` in this second of the virtual clock; FAULT_THROTTLED when `most` of them were answered in it already. */
enum fault scim_count(struct world *world, const char *tenant, const char *operation, int64_t most);

#endif
