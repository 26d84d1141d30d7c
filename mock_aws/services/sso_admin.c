/* SPDX-License-Identifier: MIT */
/* sso-admin, AWS's published API: instances (identity-wire 6.2). Organization instances come from a world document: AWS has no call. */
#include <stdlib.h>
#include <string.h>

#include "services/applications.h"
#include "services/services.h"
#include "wire/shapes.h"
#include "world/accounts.h"

static const struct shape TAG_MEMBERS[] = {
    {.name = "Key", .required = true, .min = 1, .max = 128, .pattern = &PATTERN_TAG},
    {.name = "Value", .required = true, .max = 256, .pattern = &PATTERN_TAG},
    {0}};
static const struct shape TAG_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = TAG_MEMBERS}};
#define NAME_MEMBER                                                                                \
    {                                                                                              \
        .name = "Name", .max = 255, .pattern = &PATTERN_INSTANCE_NAME                              \
    }
#define INSTANCE_ARN_MEMBER                                                                        \
    {                                                                                              \
        .name = "InstanceArn", .required = true, .min = 10, .max = 1224,                           \
        .pattern = &PATTERN_INSTANCE_ARN                                                           \
    }
static const struct shape CREATE_INSTANCE_IN[] = {
    NAME_MEMBER,
    {.name = "ClientToken", .min = 1, .max = 64, .pattern = &PATTERN_CLIENT_TOKEN},
    {.name = "Tags", .kind = SHAPE_LIST, .max = 75, .members = TAG_ELEMENT},
    {0}};
static const struct shape INSTANCE_ARN_ONLY[] = {INSTANCE_ARN_MEMBER, {0}};
static const char *const STATUSES[] = {"CREATE_IN_PROGRESS", "CREATE_FAILED", "DELETE_IN_PROGRESS",
                                       "ACTIVE", NULL};
#define INSTANCE_MEMBERS                                                                           \
    INSTANCE_ARN_MEMBER, {.name = "IdentityStoreId"},                                              \
        {.name = "OwnerAccountId", .min = 12, .max = 12}, NAME_MEMBER,                             \
        {.name = "CreatedDate", .kind = SHAPE_TIMESTAMP}, {.name = "Status", .values = STATUSES},  \
    {                                                                                              \
        .name = "StatusReason"                                                                     \
    }
static const char *const KEY_TYPES[] = {"AWS_OWNED_KMS_KEY", "CUSTOMER_MANAGED_KEY", NULL};
static const char *const ENCRYPTION_STATUSES[] = {"UPDATING", "ENABLED", "UPDATE_FAILED", NULL};
static const struct shape ENCRYPTION_MEMBERS[] = {
    {.name = "KeyType", .values = KEY_TYPES},
    {.name = "KmsKeyArn"},
    {.name = "EncryptionStatus", .values = ENCRYPTION_STATUSES},
    {.name = "EncryptionStatusReason"},
    {0}};
static const struct shape DESCRIBE_INSTANCE_OUT[] = {INSTANCE_MEMBERS,
                                                     {.name = "EncryptionConfigurationDetails",
                                                      .kind = SHAPE_STRUCTURE,
                                                      .members = ENCRYPTION_MEMBERS},
                                                     {0}};
static const struct shape LISTED_MEMBERS[] = {INSTANCE_MEMBERS, {0}};
static const struct shape LISTED_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = LISTED_MEMBERS}};
static const struct shape LIST_INSTANCES_IN[] = {
    {.name = "MaxResults", .kind = SHAPE_INTEGER, .min = 1, .max = 100},
    {.name = "NextToken", .max = 2048, .pattern = &PATTERN_PAGE_TOKEN},
    {0}};
static const struct shape LIST_INSTANCES_OUT[] = {
    {.name = "Instances", .kind = SHAPE_LIST, .max = 10, .members = LISTED_ELEMENT},
    {.name = "NextToken"},
    {0}};

/* A page holds ten at the most, whatever was asked for. */
static const struct paging PAGING = {"NextToken", "MaxResults", 10, 10};

static const char *status_of(const struct world *world, const struct instance *instance)
{
    if (instance->deleted_s != 0)
        return "DELETE_IN_PROGRESS";
    return world->now_s < instance->ready_s ? "CREATE_IN_PROGRESS" : "ACTIVE";
}

static void put_instance(const struct world *world, struct json *out,
                         const struct instance *instance)
{
    json_put_text(out, "InstanceArn", instance->instance_arn);
    json_put_text(out, "IdentityStoreId", instance->store_id);
    json_put_text(out, "OwnerAccountId", instance->account_id);
    if (instance->name[0] != '\0')
        json_put_text(out, "Name", instance->name);
    json_put_integer(out, "CreatedDate", instance->created_s);
    json_put_text(out, "Status", status_of(world, instance));
}

struct owned {
    const char *account;
    bool any;
    bool organization;
};

static void see_owned(void *self, const struct instance *instance)
{
    struct owned *owned = self;
    if (strcmp(instance->account_id, owned->account) != 0)
        return;
    owned->any = true;
    owned->organization = owned->organization || strcmp(instance->kind, "organization") == 0;
}

/* Refused to the management account, and to one that has an instance in any Region (identity-wire 6.2). */
static enum fault may_create(struct call *call)
{
    struct account account;
    struct owned owned = {.account = call->account};
    enum fault fault = account_get(world_of(call), call->account, &account);
    if (fault != FAULT_NONE && fault != FAULT_NOT_FOUND)
        return fault;
    fault = instance_each(world_of(call), 0, see_owned, &owned);
    if (fault == FAULT_NONE && (account.management || owned.organization))
        return problem_set(
            &call->problem, FAULT_INVALID,
            "Organization management account is not allowed to perform the operation.");
    if (fault == FAULT_NONE && owned.any)
        return problem_set(&call->problem, FAULT_CONFLICT,
                           "An instance of Identity Center already exists in account %s.",
                           call->account);
    return fault;
}

static enum fault create_instance(struct call *call)
{
    struct instance instance;
    bool replayed = false;
    enum fault fault = replay_find(call, "ClientToken", &replayed);
    if (fault != FAULT_NONE || replayed)
        return fault;
    fault = may_create(call);
    if (fault != FAULT_NONE)
        return fault;
    fault = instance_create(world_of(call), call->account, call->region, "account",
                            json_member_text(call->input, "Name"), &instance);
    if (fault == FAULT_NONE) {
        json_put_text(call->output, "InstanceArn", instance.instance_arn);
        fault = replay_keep(call, "ClientToken");
    }
    return fault;
}

/* These operations model no ResourceNotFoundException: what is not there, or not the caller's, is denied. */
static enum fault instance_named(struct call *call, struct instance *out_instance)
{
    const char *arn = json_member_text(call->input, "InstanceArn");
    enum fault fault = instance_get(world_of(call), arn, out_instance);
    bool there = fault == FAULT_NONE &&
                 (out_instance->deleted_s == 0 || world_of(call)->now_s < out_instance->gone_s) &&
                 strcmp(out_instance->region, call->region) == 0;
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !there))
        return problem_set(&call->problem, FAULT_DENIED,
                           "User: %s is not authorized to perform: sso:%s on resource: %s",
                           call->actor, call->operation->name, arn);
    return fault == FAULT_NONE
               ? instance_open_to(call, out_instance, call->operation->access == READ)
               : fault;
}

static enum fault describe_instance(struct call *call)
{
    struct instance instance;
    enum fault fault = instance_named(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    put_instance(world_of(call), call->output, &instance);
    struct json *encryption =
        json_put(call->output, "EncryptionConfigurationDetails", json_new_object());
    json_put_text(encryption, "KeyType", "AWS_OWNED_KMS_KEY");
    json_put_text(encryption, "EncryptionStatus", "ENABLED");
    return FAULT_NONE;
}

static enum fault delete_instance(struct call *call)
{
    struct instance instance;
    enum fault fault = instance_named(call, &instance);
    if (fault != FAULT_NONE ||
        instance.deleted_s != 0) /* deleting again while it goes on is harmless */
        return fault;
    return instance_delete(world_of(call), &instance);
}

struct seen_instances {
    struct call *call;
    struct listing listing;
    enum fault fault;
};

/* The caller's own, and the organization's where he is a member; of this Region. */
static void see_instance(void *self, const struct instance *instance)
{
    struct seen_instances *seen = self;
    struct call *call = seen->call;
    if (seen->listing.more || strcmp(instance->region, call->region) != 0)
        return;
    enum fault fault = instance_open_to(call, instance, true);
    if (fault == FAULT_DENIED) {
        call->problem = (struct problem){0};
        return;
    }
    struct json *out = fault == FAULT_NONE ? listing_add(&seen->listing, instance->row) : NULL;
    if (out != NULL)
        put_instance(world_of(call), out, instance);
    if (fault != FAULT_NONE)
        seen->fault = fault;
}

static enum fault list_instances(struct call *call)
{
    struct seen_instances seen = {.call = call};
    enum fault fault = listing_begin(call, &PAGING, "Instances", &seen.listing);
    if (fault == FAULT_NONE)
        fault = instance_each(world_of(call), seen.listing.page.after, see_instance, &seen);
    if (fault == FAULT_NONE)
        fault = seen.fault;
    return listing_end(call, &PAGING, &seen.listing, fault);
}

static const struct operation OPERATIONS[] = {
    {"CreateInstance", WRITE, CREATE_INSTANCE_IN, INSTANCE_ARN_ONLY, create_instance, NULL, NULL},
    {"DescribeInstance", READ, INSTANCE_ARN_ONLY, DESCRIBE_INSTANCE_OUT, describe_instance, NULL,
     NULL},
    {"ListInstances", READ, LIST_INSTANCES_IN, LIST_INSTANCES_OUT, list_instances, NULL, NULL},
    {"ListApplications", READ, LIST_APPLICATIONS_IN, LIST_APPLICATIONS_OUT, list_applications, NULL,
     NULL},
    {"DescribeApplication", READ, DESCRIBE_APPLICATION_IN, APPLICATION_MEMBERS,
     describe_application, NULL, NULL},
    {"DeleteInstance", WRITE, INSTANCE_ARN_ONLY, NULL, delete_instance, NULL, NULL},
    {0}};

const struct service SSO_ADMIN_SERVICE = {.name = "sso",
                                          .protocol = PROTOCOL_AWS_JSON,
                                          .target_prefixes =
                                              (const char *const[]){"SWBExternalService", NULL},
                                          .scopes = (const char *const[]){"sso", NULL},
                                          .content_type = "application/x-amz-json-1.1",
                                          .faults = (const struct fault_name[]){{0}},
                                          .operations = OPERATIONS};
