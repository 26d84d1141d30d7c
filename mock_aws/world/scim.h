/* SPDX-License-Identifier: MIT */
/* SCIM tenants and their bearer tokens: one tenant per instance, tokens valid for a year, two at a time (identity-wire 9.1). */
#ifndef MOCK_KIRO_WORLD_SCIM_H
#define MOCK_KIRO_WORLD_SCIM_H

#include "world/instances.h"

enum { TENANT_BYTES = 48, SCIM_TOKEN_BYTES = 72 };

/* A new token for the instance's tenant, which is made with the first. FAULT_QUOTA beyond two living ones. */
enum fault scim_token_create(struct world *world, const struct instance *instance,
                             char out_tenant[TENANT_BYTES], char out_token[SCIM_TOKEN_BYTES]);

/* The living instance of `tenant`, if `token` is one of its living tokens. FAULT_NOT_FOUND: no such tenant; FAULT_UNAUTHORIZED. */
enum fault scim_admit(struct world *world, const char *tenant, const char *token,
                      struct instance *out_instance);

#endif
