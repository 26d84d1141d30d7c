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
    OPERATION_AT("GET", "Users", "ListUsers", READ, NO_SHAPE, NO_SHAPE, scim_list_users),
    OPERATION_AT("POST", "Users", "CreateUser", WRITE, NO_SHAPE, NO_SHAPE, scim_create_user),
    OPERATION_AT("GET", "Users/*", "GetUser", READ, NO_SHAPE, NO_SHAPE, get_user),
    OPERATION_AT("PUT", "Users/*", "PutUser", WRITE, NO_SHAPE, NO_SHAPE, scim_put_user_whole),
    OPERATION_AT("PATCH", "Users/*", "PatchUser", WRITE, NO_SHAPE, NO_SHAPE, scim_patch_user),
    OPERATION_AT("DELETE", "Users/*", "DeleteUser", WRITE, NO_SHAPE, NO_SHAPE, delete_user),
    OPERATION_AT("GET", "Groups", "ListGroups", READ, NO_SHAPE, NO_SHAPE, scim_list_groups),
    OPERATION_AT("POST", "Groups", "CreateGroup", WRITE, NO_SHAPE, NO_SHAPE, scim_create_group),
    OPERATION_AT("GET", "Groups/*", "GetGroup", READ, NO_SHAPE, NO_SHAPE, get_group),
    OPERATION_AT("PATCH", "Groups/*", "PatchGroup", WRITE, NO_SHAPE, NO_SHAPE, scim_patch_group),
    OPERATION_AT("DELETE", "Groups/*", "DeleteGroup", WRITE, NO_SHAPE, NO_SHAPE, delete_group),
    OPERATION_AT("GET", "ServiceProviderConfig", "ServiceProviderConfig", READ, NO_SHAPE, NO_SHAPE,
                 scim_provider_config),
    OPERATION_AT("GET", "ResourceTypes", "ListResourceTypes", READ, NO_SHAPE, NO_SHAPE,
                 scim_resource_types),
    OPERATION_AT("GET", "Schemas", "ListSchemas", READ, NO_SHAPE, NO_SHAPE, scim_list_schemas),
    OPERATION_AT("GET", "Schemas/*", "GetSchema", READ, NO_SHAPE, NO_SHAPE, scim_get_schema),
    {0}};

const struct service SCIM_SERVICE = {.name = "scim",
                                     .protocol = PROTOCOL_SCIM,
                                     .target_prefixes = (const char *const[]){NULL},
                                     .scopes = (const char *const[]){NULL},
                                     .content_type = "application/json",
                                     .faults = (const struct fault_name[]){{0}},
                                     .operations = OPERATIONS};
