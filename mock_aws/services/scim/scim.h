/* SPDX-License-Identifier: MIT */
/*
 * What the parts of SCIM share: scim.c has the table, resources.c what is answered, users.c and
 * groups.c what changes, list.c what is asked.
 */
#ifndef MOCK_KIRO_SERVICES_SCIM_SCIM_H
#define MOCK_KIRO_SERVICES_SCIM_SCIM_H

#include "base/parameters.h"
#include "services/calls.h"
#include "world/changes/group_changes.h"
#include "world/changes/user_changes.h"
#include "world/rows/external_ids.h"

#define SCIM_USER "urn:ietf:params:scim:schemas:core:2.0:User"
#define SCIM_ENTERPRISE "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
#define SCIM_GROUP "urn:ietf:params:scim:schemas:core:2.0:Group"

/*
 * The directory of the tenant, for a caller with its token who is not too fast. FAULT_NOT_FOUND,
 * FAULT_UNAUTHORIZED, FAULT_THROTTLED.
 */
enum fault scim_enter(struct call *call, struct instance *out_instance);

/* The value in force of one of SCIM's parameters. */
int scim_reading(struct call *call, enum parameter parameter);

enum fault scim_invalid(struct call *call, const char *detail);

/* `fault`, with SCIM's words ("USER does not exist.") if it is FAULT_NOT_FOUND. */
enum fault scim_found(struct call *call, enum fault fault, const char *kind);

/* Resources as they are answered. */
enum fault scim_put_user(struct call *call, const struct instance *instance, struct json *out,
                         const struct user *user);
enum fault scim_put_group(struct call *call, const struct instance *instance, struct json *out,
                          const struct group *group);
enum fault scim_answer_user(struct call *call, const struct instance *instance,
                            const char *user_id);
enum fault scim_answer_group(struct call *call, const struct instance *instance,
                             const char *group_id);

/* The one issuer of external ids that a tenant has (identity-wire 9.7). */
void scim_issuer(const struct call *call, const struct instance *instance,
                 char out_issuer[ISSUER_BYTES]);

/* "schemas": [`schema`]. */
struct json *scim_put_schemas(struct json *out, const char *schema);

handler scim_create_user, scim_put_user_whole, scim_patch_user;
handler scim_create_group, scim_patch_group;
handler scim_list_users, scim_list_groups;
handler scim_provider_config, scim_resource_types, scim_list_schemas, scim_get_schema;

#endif
