/* SPDX-License-Identifier: MIT */
/*
 * SCIM 2.0 in AWS's dialect (identity-wire 9): the service's table, and what needs no attributes.
 * The same directory as identitystore's, under the same ids.
 */
#include "services/scim/scim.h"

static enum fault get_user(struct call *call)
{
    struct instance instance;
    enum fault fault = scim_enter(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    return scim_answer_user(call, &instance, call->path_id);
}

static enum fault get_group(struct call *call)
{
    struct instance instance;
    enum fault fault = scim_enter(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    return scim_answer_group(call, &instance, call->path_id);
}

static enum fault delete_user(struct call *call)
{
    struct instance instance;
    enum fault fault = scim_enter(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = scim_found(call, user_delete(world_of(call), instance.store_id, call->path_id), "USER");
    call->status = 204;
    return fault;
}

static enum fault delete_group(struct call *call)
{
    struct instance instance;
    enum fault fault = scim_enter(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault =
        scim_found(call, group_delete(world_of(call), instance.store_id, call->path_id), "GROUP");
    call->status = 204;
    return fault;
}

static const struct operation OPERATIONS[] = {
    {"ListUsers", READ, NULL, NULL, scim_list_users, "GET", "Users"},
    {"CreateUser", WRITE, NULL, NULL, scim_create_user, "POST", "Users"},
    {"GetUser", READ, NULL, NULL, get_user, "GET", "Users/*"},
    {"PutUser", WRITE, NULL, NULL, scim_put_user_whole, "PUT", "Users/*"},
    {"PatchUser", WRITE, NULL, NULL, scim_patch_user, "PATCH", "Users/*"},
    {"DeleteUser", WRITE, NULL, NULL, delete_user, "DELETE", "Users/*"},
    {"ListGroups", READ, NULL, NULL, scim_list_groups, "GET", "Groups"},
    {"CreateGroup", WRITE, NULL, NULL, scim_create_group, "POST", "Groups"},
    {"GetGroup", READ, NULL, NULL, get_group, "GET", "Groups/*"},
    {"PatchGroup", WRITE, NULL, NULL, scim_patch_group, "PATCH", "Groups/*"},
    {"DeleteGroup", WRITE, NULL, NULL, delete_group, "DELETE", "Groups/*"},
    {"ServiceProviderConfig", READ, NULL, NULL, scim_provider_config, "GET",
     "ServiceProviderConfig"},
    {"ListResourceTypes", READ, NULL, NULL, scim_resource_types, "GET", "ResourceTypes"},
    {"ListSchemas", READ, NULL, NULL, scim_list_schemas, "GET", "Schemas"},
    {"GetSchema", READ, NULL, NULL, scim_get_schema, "GET", "Schemas/*"},
    {0}};

const struct service SCIM_SERVICE = {.name = "scim",
                                     .protocol = PROTOCOL_SCIM,
                                     .target_prefixes = (const char *const[]){NULL},
                                     .scopes = (const char *const[]){NULL},
                                     .content_type = "application/json",
                                     .faults = (const struct fault_name[]){{0}},
                                     .operations = OPERATIONS};
