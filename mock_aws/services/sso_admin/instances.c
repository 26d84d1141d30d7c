/* SPDX-License-Identifier: MIT */
/*
 * sso-admin: instances, the Regions they are replicated to, and the attributes they use for access
 * control (identity-wire 6.2, 6.7). Organization instances come from a world document: AWS has no
 * call.
 */
#include <string.h>

#include "base/lags.h"
#include "services/sso_admin/instances.h"
#include "services/sso_admin/sso_admin.h"
#include "world/changes/account_changes.h"
#include "world/changes/account_closures.h"
#include "world/rows/id_list.h"
#include "world/time/propagation.h"

#define ENCRYPTION "encryption"
#define REGION "region"
#define ATTRIBUTES_KIND "access-control-attributes"
enum { ADDED_REGIONS_MAX = 5 }; /* identity-wire 6.7: six with the first */

#define NAME_IN .name = "Name", .max = 255, .pattern = &PATTERN_INSTANCE_NAME
#define REGION_NAME_IN                                                                             \
    .name = "RegionName", .required = true, .min = 1, .max = 32, .pattern = &PATTERN_AWS_REGION

static const struct shape CREATE_INSTANCE_IN[] = {{NAME_IN}, {CLIENT_TOKEN_IN}, {TAGS_IN}, {0}};
static const char *const STATUSES[] = {"CREATE_IN_PROGRESS", "CREATE_FAILED", "DELETE_IN_PROGRESS",
                                       "ACTIVE", NULL};
#define INSTANCE_OUT                                                                               \
    {.name = "InstanceArn"}, {.name = "IdentityStoreId"}, {.name = "OwnerAccountId"},              \
        {.name = "Name"}, {.name = "CreatedDate", .kind = SHAPE_TIMESTAMP},                        \
        {.name = "Status", .values = STATUSES},                                                    \
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
static const struct shape DESCRIBE_INSTANCE_OUT[] = {
    INSTANCE_OUT, {.name = "EncryptionConfigurationDetails", STRUCTURE(ENCRYPTION_MEMBERS)}, {0}};
static const struct shape LISTED_MEMBERS[] = {INSTANCE_OUT, {0}};
static const struct shape LISTED_ELEMENT[] = {{.name = "member", STRUCTURE(LISTED_MEMBERS)}};
static const struct shape LIST_INSTANCES_IN[] = {{MAX_RESULTS_IN}, {NEXT_TOKEN_IN}, {0}};
static const struct shape LIST_INSTANCES_OUT[] = {
    {.name = "Instances", .max = 10, LIST_OF(LISTED_ELEMENT)}, {.name = "NextToken"}, {0}};
static const struct shape ENCRYPTION_IN[] = {
    {.name = "KeyType", .required = true, .values = KEY_TYPES},
    {.name = "KmsKeyArn", .min = 20, .max = 2048, .pattern = &PATTERN_KMS_KEY_ARN},
    {0}};
static const struct shape UPDATE_INSTANCE_IN[] = {
    {INSTANCE_ARN_IN},
    {NAME_IN},
    {.name = "EncryptionConfiguration", STRUCTURE(ENCRYPTION_IN)},
    {0}};

static const char *const REGION_STATUSES[] = {"ACTIVE", "ADDING", "REMOVING", NULL};
static const struct shape REGION_IN[] = {{INSTANCE_ARN_IN}, {REGION_NAME_IN}, {0}};
static const struct shape REGION_STATUS_OUT[] = {{.name = "Status", .values = REGION_STATUSES},
                                                 {0}};
static const struct shape REGION_OUT[] = {{.name = "RegionName"},
                                          {.name = "Status", .values = REGION_STATUSES},
                                          {.name = "AddedDate", .kind = SHAPE_TIMESTAMP},
                                          {.name = "IsPrimaryRegion", .kind = SHAPE_BOOLEAN},
                                          {0}};
static const struct shape REGION_ELEMENT[] = {{.name = "member", STRUCTURE(REGION_OUT)}};
static const struct shape LIST_REGIONS_IN[] = {
    {INSTANCE_ARN_IN}, {MAX_RESULTS_IN}, {NEXT_TOKEN_IN}, {0}};
static const struct shape LIST_REGIONS_OUT[] = {
    {.name = "Regions", LIST_OF(REGION_ELEMENT)}, {.name = "NextToken"}, {0}};

static const struct shape SOURCE_ELEMENT[] = {
    {.name = "member", .max = 256, .pattern = &PATTERN_ATTRIBUTE_SOURCE}};
static const struct shape ATTRIBUTE_VALUE[] = {
    {.name = "Source", .required = true, .min = 1, .max = 1, LIST_OF(SOURCE_ELEMENT)}, {0}};
static const struct shape ATTRIBUTE_MEMBERS[] = {
    {.name = "Key", .required = true, .min = 1, .max = 128, .pattern = &PATTERN_ATTRIBUTE_KEY},
    {.name = "Value", .required = true, STRUCTURE(ATTRIBUTE_VALUE)},
    {0}};
static const struct shape ATTRIBUTE_ELEMENT[] = {{.name = "member", STRUCTURE(ATTRIBUTE_MEMBERS)}};
static const struct shape ATTRIBUTES[] = {
    {.name = "AccessControlAttributes", .required = true, .max = 50, LIST_OF(ATTRIBUTE_ELEMENT)},
    {0}};
static const char *const ATTRIBUTES_STATUSES[] = {"ENABLED", "CREATION_IN_PROGRESS",
                                                  "CREATION_FAILED", NULL};
static const struct shape ATTRIBUTES_IN[] = {{INSTANCE_ARN_IN},
                                             {.name = "InstanceAccessControlAttributeConfiguration",
                                              .required = true,
                                              STRUCTURE(ATTRIBUTES)},
                                             {0}};
static const struct shape ATTRIBUTES_OUT[] = {
    {.name = "Status", .values = ATTRIBUTES_STATUSES},
    {.name = "StatusReason"},
    {.name = "InstanceAccessControlAttributeConfiguration", STRUCTURE(ATTRIBUTES)},
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

/*
 * Parts of an instance take their time, too: its key, a Region, its attributes. The documents know
 * none of theirs, so that what making an instance takes stands for it.
 */
static void part_subject(struct text *out, const char *arn, const char *part)
{
    text_addf(out, "%s/%s", arn, part);
}

static enum fault part_begin(struct call *call, const char *arn, const char *part)
{
    struct text subject = {0};
    part_subject(&subject, arn, part);
    enum fault fault = delay_begin(world_of(call), INSTANCE_CREATE_LAG, arn, text_chars(&subject));
    text_clear(&subject);
    return fault;
}

static bool part_is_done(struct call *call, const char *arn, const char *part)
{
    struct text subject = {0};
    part_subject(&subject, arn, part);
    bool done = delay_is_over(world_of(call), INSTANCE_CREATE_LAG, text_chars(&subject));
    text_clear(&subject);
    return done;
}

static enum fault part_forget(struct call *call, const char *arn, const char *part)
{
    struct text subject = {0};
    part_subject(&subject, arn, part);
    enum fault fault = delay_forget(world_of(call), arn, text_chars(&subject));
    text_clear(&subject);
    return fault;
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

/*
 * Refused to the management account, and to one that has an instance in any Region (identity-wire
 * 6.2).
 */
static enum fault may_create(struct call *call)
{
    struct account account;
    struct owned owned = {.account = call->account};
    enum fault fault = account_get(world_of(call), call->account, &account);
    if (fault != FAULT_NONE && fault != FAULT_NOT_FOUND)
        return fault;
    fault = instance_each(world_of(call), 0, see_owned, &owned);
    if (fault != FAULT_NONE)
        return fault;
    if ((account.management || owned.organization))
        return problem_set(
            &call->problem, FAULT_INVALID,
            "Organization management account is not allowed to perform the operation.");
    if (owned.any)
        return problem_set(&call->problem, FAULT_CONFLICT,
                           "An instance of Identity Center already exists in account %s.",
                           call->account);
    return FAULT_NONE;
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
    if (fault != FAULT_NONE)
        return fault;
    fault = sso_tag(call, instance.instance_arn, json_member(call->input, "Tags"));
    if (fault != FAULT_NONE)
        return fault;
    json_put_text(call->output, "InstanceArn", instance.instance_arn);
    return replay_keep(call, "ClientToken");
}

static enum fault describe_instance(struct call *call)
{
    struct instance instance;
    struct json *encryption = NULL;
    const char *arn = json_member_text(call->input, "InstanceArn");
    enum fault fault = sso_instance_of(call, arn, true, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = value_get(call, ENCRYPTION, arn, "", &encryption);
    if (fault != FAULT_NONE && fault != FAULT_NOT_FOUND)
        return fault;
    put_instance(world_of(call), call->output, &instance);
    struct json *details =
        json_put(call->output, "EncryptionConfigurationDetails", json_new_object());
    json_put_text(details, "KeyType", KEY_TYPES[0]);
    json_put_text(details, "EncryptionStatus", "ENABLED");
    if (encryption != NULL) {
        static const char *const SHOWN[] = {"KeyType", "KmsKeyArn", NULL};
        bool done = part_is_done(call, arn, ENCRYPTION);
        sso_copy(details, encryption, SHOWN);
        json_put_text(details, "EncryptionStatus", done ? "ENABLED" : "UPDATING");
    }
    json_free(encryption);
    return FAULT_NONE;
}

static enum fault keep_encryption(struct call *call, const struct json *given)
{
    bool own_key = strcmp(json_member_text(given, "KeyType"), KEY_TYPES[1]) == 0;
    const char *key = json_member_text(given, "KmsKeyArn");
    if (own_key != (key != NULL))
        return problem_set(
            &call->problem, FAULT_INVALID,
            "KmsKeyArn goes with the key type CUSTOMER_MANAGED_KEY, and with it alone.");
    const char *arn = json_member_text(call->input, "InstanceArn");
    enum fault fault = value_put(call, ENCRYPTION, arn, "", given);
    return fault == FAULT_NONE ? part_begin(call, arn, ENCRYPTION) : fault;
}

static enum fault update_instance(struct call *call)
{
    struct sso_place place;
    const char *name = json_member_text(call->input, "Name");
    const struct json *encryption = json_member(call->input, "EncryptionConfiguration");
    enum fault fault = sso_place_of(call, OF_INSTANCE, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    if (name != NULL)
        fault = instance_rename(world_of(call), place.scope, name);
    if (fault != FAULT_NONE)
        return fault;
    if (json_kind(encryption) == JSON_OBJECT)
        fault = keep_encryption(call, encryption);
    return fault;
}

static enum fault forget_and_delete(struct call *call, const struct instance *instance)
{
    enum fault fault = sso_instance_forget(call, instance->instance_arn);
    if (fault != FAULT_NONE)
        return fault;
    return instance_delete(world_of(call), instance);
}

static enum fault delete_instance(struct call *call)
{
    struct instance instance;
    const char *arn = json_member_text(call->input, "InstanceArn");
    enum fault fault = sso_instance_of(call, arn, false, &instance);
    if (fault != FAULT_NONE)
        return fault;
    if (!sso_owned(call, &instance)) /* a delegated administrator (rule 62) */
        return problem_set(&call->problem, FAULT_DENIED,
                           "Only the account that owns the instance %s can delete it.", arn);
    if (instance.deleted_s != 0) /* deleting again while it goes on is harmless */
        return FAULT_NONE;
    return forget_and_delete(call, &instance);
}

struct organization_instances {
    const char *account_id;
    struct id_list arns;
};

static void gather_instance(void *self, const struct instance *instance)
{
    struct organization_instances *gathered = self;
    if (strcmp(instance->account_id, gathered->account_id) == 0 && instance->deleted_s == 0 &&
        strcmp(instance->kind, "organization") == 0)
        id_list_add(&gathered->arns, instance->instance_arn);
}

static enum fault delete_named(struct call *call, const char *arn)
{
    struct instance instance;
    enum fault fault = instance_get(world_of(call), arn, &instance);
    if (fault != FAULT_NONE)
        return fault;
    return forget_and_delete(call, &instance);
}

enum fault sso_organization_instances_delete(struct call *call, const char *account_id)
{
    struct organization_instances gathered = {.account_id = account_id};
    enum fault fault = instance_each(world_of(call), 0, gather_instance, &gathered);
    for (size_t i = 0; i < gathered.arns.count && fault == FAULT_NONE; i++)
        fault = delete_named(call, gathered.arns.ids[i]);
    id_list_clear(&gathered.arns);
    return fault;
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
    if (fault != FAULT_NONE)
        return fault;
    fault = instance_each(world_of(call), seen.listing.page.after, see_instance, &seen);
    if (fault != FAULT_NONE)
        return fault;
    fault = seen.fault;
    return listing_end(call, &PAGING, &seen.listing, fault);
}

/* One that is being removed is gone when that is done; nobody has to sweep it up. */
static bool region_stands(struct call *call, const char *arn, const struct json *region)
{
    return json_member(region, "RemovedDate") == NULL ||
           !part_is_done(call, arn, json_member_text(region, "RegionName"));
}

static void put_region(struct call *call, const char *arn, struct json *out,
                       const struct json *region)
{
    static const char *const SHOWN[] = {"RegionName", "AddedDate", NULL};
    const char *name = json_member_text(region, "RegionName");
    sso_copy(out, region, SHOWN);
    json_put_text(out, "Status",
                  json_member(region, "RemovedDate") != NULL ? "REMOVING"
                  : part_is_done(call, arn, name)            ? "ACTIVE"
                                                             : "ADDING");
    json_put_boolean(out, "IsPrimaryRegion", false);
}

/* The instance's own Region is always there, first. */
static void put_primary(struct json *out, const struct instance *instance)
{
    json_put_text(out, "RegionName", instance->region);
    json_put_text(out, "Status", "ACTIVE");
    json_put_integer(out, "AddedDate", instance->created_s);
    json_put_boolean(out, "IsPrimaryRegion", true);
}

/* NULL with FAULT_NOT_FOUND if the Region of this call is none of the added ones. */
static enum fault added_region(struct call *call, const char *arn, struct json **out_region)
{
    const char *name = json_member_text(call->input, "RegionName");
    enum fault fault = value_get(call, REGION, arn, name, out_region);
    bool gone = fault == FAULT_NONE && !region_stands(call, arn, *out_region);
    if (gone) {
        json_free(*out_region);
        *out_region = NULL;
    }
    return fault == FAULT_NOT_FOUND || gone ? sso_missing(call, "Region", name) : fault;
}

static bool is_primary(const struct call *call, const struct sso_place *place)
{
    return strcmp(json_member_text(call->input, "RegionName"), place->instance.region) == 0;
}

static enum fault describe_region(struct call *call)
{
    struct sso_place place;
    struct json *region = NULL;
    enum fault fault = sso_place_of(call, OF_INSTANCE, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    if (is_primary(call, &place)) {
        put_primary(call->output, &place.instance);
        return FAULT_NONE;
    }
    fault = added_region(call, place.scope, &region);
    if (fault != FAULT_NONE)
        return fault;
    put_region(call, place.scope, call->output, region);
    json_free(region);
    return FAULT_NONE;
}

struct seen_regions {
    struct call *call;
    struct listing listing;
    size_t standing;
};

/* Rows are counted from 2, after the primary Region's. */
static bool see_region(void *self, const struct record *record)
{
    struct seen_regions *seen = self;
    struct json *region = value_of(record->value);
    bool stands = region_stands(seen->call, record->scope, region);
    seen->standing += stands ? 1 : 0;
    struct json *out =
        stands && seen->listing.items != NULL ? listing_add(&seen->listing, record->row + 1) : NULL;
    if (out != NULL)
        put_region(seen->call, record->scope, out, region);
    json_free(region);
    return !seen->listing.more;
}

static enum fault list_regions(struct call *call)
{
    struct seen_regions seen = {.call = call};
    struct sso_place place;
    enum fault fault = sso_place_of(call, OF_INSTANCE, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &SSO_PAGING, "Regions", &seen.listing);
    if (fault != FAULT_NONE)
        return fault;
    if (seen.listing.page.after == 0)
        put_primary(listing_add(&seen.listing, 1), &place.instance);
    int64_t after = seen.listing.page.after > 1 ? seen.listing.page.after - 1 : 0;
    fault = record_each(world_of(call), REGION, place.scope, after, see_region, &seen);
    return listing_end(call, &SSO_PAGING, &seen.listing, fault);
}

static enum fault add_region(struct call *call)
{
    struct sso_place place;
    struct seen_regions seen = {.call = call};
    struct json *region = NULL;
    const char *name = json_member_text(call->input, "RegionName");
    enum fault fault = sso_place_of(call, OF_ORGANIZATION_INSTANCE, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = is_primary(call, &place) ? FAULT_NONE : added_region(call, place.scope, &region);
    json_free(region);
    if (fault == FAULT_NONE)
        return problem_set(&call->problem, FAULT_CONFLICT, "The Region %s is there already.", name);
    if (fault != FAULT_NOT_FOUND)
        return fault;
    record_each(world_of(call), REGION, place.scope, 0, see_region, &seen);
    if (seen.standing >= ADDED_REGIONS_MAX)
        return problem_set(&call->problem, FAULT_QUOTA, "No more than %d Regions can be added.",
                           (int)ADDED_REGIONS_MAX);
    region = json_new_object();
    json_put_text(region, "RegionName", name);
    json_put_integer(region, "AddedDate", world_of(call)->now_s);
    fault = value_put(call, REGION, place.scope, name, region);
    if (fault == FAULT_NONE)
        fault = part_begin(call, place.scope, name);
    bool done = part_is_done(call, place.scope, name);
    json_put_text(call->output, "Status", done ? "ACTIVE" : "ADDING");
    json_free(region);
    return fault;
}

static enum fault remove_region(struct call *call)
{
    struct sso_place place;
    struct json *region = NULL;
    const char *name = json_member_text(call->input, "RegionName");
    enum fault fault = sso_place_of(call, OF_ORGANIZATION_INSTANCE, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    if (is_primary(call, &place))
        return problem_set(&call->problem, FAULT_CONFLICT, "%s is the instance's primary Region.",
                           name);
    fault = added_region(call, place.scope, &region);
    if (fault != FAULT_NONE)
        return fault;
    if (json_member(region, "RemovedDate") == NULL) {
        json_put_integer(region, "RemovedDate", world_of(call)->now_s);
        fault = value_put(call, REGION, place.scope, name, region);
        if (fault == FAULT_NONE)
            fault = part_begin(call, place.scope, name);
    }
    json_put_text(call->output, "Status", "REMOVING");
    json_free(region);
    return fault;
}

static enum fault create_attributes(struct call *call)
{
    enum fault fault = sso_add(call);
    if (fault != FAULT_NONE)
        return fault;
    return part_begin(call, json_member_text(call->input, "InstanceArn"), ATTRIBUTES_KIND);
}

static enum fault delete_attributes(struct call *call)
{
    enum fault fault = sso_delete(call);
    if (fault != FAULT_NONE)
        return fault;
    return part_forget(call, json_member_text(call->input, "InstanceArn"), ATTRIBUTES_KIND);
}

static enum fault describe_attributes(struct call *call)
{
    enum fault fault = sso_get(call);
    if (fault != FAULT_NONE)
        return fault;
    bool done = part_is_done(call, json_member_text(call->input, "InstanceArn"), ATTRIBUTES_KIND);
    json_put_text(call->output, "Status", done ? "ENABLED" : "CREATION_IN_PROGRESS");
    return FAULT_NONE;
}

static const char *const ATTRIBUTES_KEPT[] = {"InstanceAccessControlAttributeConfiguration", NULL};
static const char *const ATTRIBUTES_OPERATIONS[] = {
    "CreateInstanceAccessControlAttributeConfiguration",
    "DescribeInstanceAccessControlAttributeConfiguration",
    "UpdateInstanceAccessControlAttributeConfiguration",
    "DeleteInstanceAccessControlAttributeConfiguration", NULL};
const struct sso_noun SSO_INSTANCE_NOUNS[] = {{.kind = ATTRIBUTES_KIND,
                                               .words = "configuration of attributes",
                                               .parent = OF_ORGANIZATION_INSTANCE,
                                               .kept = ATTRIBUTES_KEPT,
                                               .shown = ATTRIBUTES_KEPT,
                                               .operations = ATTRIBUTES_OPERATIONS},
                                              {0}};

const struct operation SSO_INSTANCE_OPERATIONS[] = {
    OPERATION("CreateInstance", WRITE, CREATE_INSTANCE_IN, SSO_INSTANCE_ONLY, create_instance),
    OPERATION("DescribeInstance", READ, SSO_INSTANCE_ONLY, DESCRIBE_INSTANCE_OUT,
              describe_instance),
    OPERATION("ListInstances", READ, LIST_INSTANCES_IN, LIST_INSTANCES_OUT, list_instances),
    OPERATION("UpdateInstance", WRITE, UPDATE_INSTANCE_IN, NO_SHAPE, update_instance),
    OPERATION("DeleteInstance", WRITE, SSO_INSTANCE_ONLY, NO_SHAPE, delete_instance),
    OPERATION("AddRegion", WRITE, REGION_IN, REGION_STATUS_OUT, add_region),
    OPERATION("RemoveRegion", WRITE, REGION_IN, REGION_STATUS_OUT, remove_region),
    OPERATION("DescribeRegion", READ, REGION_IN, REGION_OUT, describe_region),
    OPERATION("ListRegions", READ, LIST_REGIONS_IN, LIST_REGIONS_OUT, list_regions),
    OPERATION("CreateInstanceAccessControlAttributeConfiguration", WRITE, ATTRIBUTES_IN, NO_SHAPE,
              create_attributes),
    OPERATION("DescribeInstanceAccessControlAttributeConfiguration", READ, SSO_INSTANCE_ONLY,
              ATTRIBUTES_OUT, describe_attributes),
    OPERATION("UpdateInstanceAccessControlAttributeConfiguration", WRITE, ATTRIBUTES_IN, NO_SHAPE,
              sso_update),
    OPERATION("DeleteInstanceAccessControlAttributeConfiguration", WRITE, SSO_INSTANCE_ONLY,
              NO_SHAPE, delete_attributes),
    {0}};
