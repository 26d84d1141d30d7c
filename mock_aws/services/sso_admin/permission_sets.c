/* SPDX-License-Identifier: MIT */
/*
 * sso-admin: permission sets and the policies in them (identity-wire 6.7). An organization's
 * instance alone has them. A change inside one counts its revision up, which says which accounts
 * have an older one.
 */
#include <string.h>

#include "base/times.h"
#include "services/sso_admin/account_assignments.h"
#include "services/sso_admin/sso_admin.h"

enum {
    PERMISSION_SETS_MAX = 2000,
    POLICIES_MAX = 20, /* of AWS and of the customer together */
    HOUR_S = 3600,
    SESSION_MAX_S = 12 * HOUR_S
};

#define DESCRIPTION                                                                                \
    .name = "Description", .min = 1, .max = 700, .pattern = &PATTERN_PERMISSION_SET_TEXT
#define SESSION_DURATION                                                                           \
    .name = "SessionDuration", .min = 1, .max = 100, .pattern = &PATTERN_DURATION
#define RELAY_STATE .name = "RelayState", .min = 1, .max = 240, .pattern = &PATTERN_RELAY_STATE
static const struct shape CREATE_IN[] = {
    {.name = "Name", .required = true, .min = 1, .max = 32, .pattern = &PATTERN_INSTANCE_NAME},
    {DESCRIPTION},
    {INSTANCE_ARN_IN},
    {SESSION_DURATION},
    {RELAY_STATE},
    {TAGS_IN},
    {0}};
static const struct shape UPDATE_IN[] = {{INSTANCE_ARN_IN},  {PERMISSION_SET_ARN_IN}, {DESCRIPTION},
                                         {SESSION_DURATION}, {RELAY_STATE},           {0}};
static const struct shape PERMISSION_SET_IN[] = {{INSTANCE_ARN_IN}, {PERMISSION_SET_ARN_IN}, {0}};
static const struct shape PERMISSION_SET[] = {{.name = "Name"},
                                              {.name = "PermissionSetArn"},
                                              {.name = "Description"},
                                              {.name = "CreatedDate", .kind = SHAPE_TIMESTAMP},
                                              {.name = "SessionDuration"},
                                              {.name = "RelayState"},
                                              {0}};
static const struct shape PERMISSION_SET_OUT[] = {
    {.name = "PermissionSet", STRUCTURE(PERMISSION_SET)}, {0}};
static const struct shape LIST_IN[] = {{INSTANCE_ARN_IN}, {NEXT_TOKEN_IN}, {MAX_RESULTS_IN}, {0}};
static const struct shape LIST_OUT[] = {
    {.name = "PermissionSets", LIST_OF(SSO_TEXT_ELEMENT)}, {.name = "NextToken"}, {0}};
static const struct shape LIST_INSIDE_IN[] = {
    {INSTANCE_ARN_IN}, {PERMISSION_SET_ARN_IN}, {MAX_RESULTS_IN}, {NEXT_TOKEN_IN}, {0}};

#define MANAGED_POLICY_ARN .min = 20, .max = 2048, .pattern = &PATTERN_MANAGED_POLICY_ARN
static const struct shape MANAGED_POLICY_IN[] = {
    {INSTANCE_ARN_IN},
    {PERMISSION_SET_ARN_IN},
    {.name = "ManagedPolicyArn", .required = true, MANAGED_POLICY_ARN},
    {0}};
static const struct shape ATTACHED_POLICY[] = {{.name = "Name"}, {.name = "Arn"}, {0}};
static const struct shape ATTACHED_ELEMENT[] = {{.name = "member", STRUCTURE(ATTACHED_POLICY)}};
static const struct shape MANAGED_POLICIES_OUT[] = {
    {.name = "AttachedManagedPolicies", LIST_OF(ATTACHED_ELEMENT)}, {.name = "NextToken"}, {0}};
static const struct shape REFERENCE[] = {
    {.name = "Name", .required = true, .min = 1, .max = 128, .pattern = &PATTERN_INSTANCE_NAME},
    {.name = "Path", .min = 1, .max = 512, .pattern = &PATTERN_POLICY_PATH},
    {0}};
static const struct shape REFERENCE_IN[] = {
    {INSTANCE_ARN_IN},
    {PERMISSION_SET_ARN_IN},
    {.name = "CustomerManagedPolicyReference", .required = true, STRUCTURE(REFERENCE)},
    {0}};
static const struct shape REFERENCE_ELEMENT[] = {{.name = "member", STRUCTURE(REFERENCE)}};
static const struct shape REFERENCES_OUT[] = {
    {.name = "CustomerManagedPolicyReferences", LIST_OF(REFERENCE_ELEMENT)},
    {.name = "NextToken"},
    {0}};
static const struct shape PUT_INLINE_IN[] = {{INSTANCE_ARN_IN},
                                             {PERMISSION_SET_ARN_IN},
                                             {.name = "InlinePolicy",
                                              .required = true,
                                              .min = 1,
                                              .max = 32768,
                                              .pattern = &PATTERN_POLICY_DOCUMENT},
                                             {0}};
static const struct shape INLINE_OUT[] = {{.name = "InlinePolicy"}, {0}};
static const struct shape BOUNDARY[] = {
    {.name = "CustomerManagedPolicyReference", STRUCTURE(REFERENCE)},
    {.name = "ManagedPolicyArn", MANAGED_POLICY_ARN},
    {0}};
static const struct shape PUT_BOUNDARY_IN[] = {
    {INSTANCE_ARN_IN},
    {PERMISSION_SET_ARN_IN},
    {.name = "PermissionsBoundary", .required = true, STRUCTURE(BOUNDARY)},
    {0}};
static const struct shape BOUNDARY_OUT[] = {{.name = "PermissionsBoundary", STRUCTURE(BOUNDARY)},
                                            {0}};

/* A session lasts one to twelve hours (identity-wire 6.7). */
static enum fault complete_set(struct call *call, const struct sso_place *place, struct json *value)
{
    int64_t duration_s = 0;
    (void)place;
    if (json_member(value, "SessionDuration") == NULL)
        json_put_text(value, "SessionDuration", "PT1H");
    const char *duration = json_member_text(value, "SessionDuration");
    if (!duration_parse(duration, &duration_s) || duration_s < HOUR_S || duration_s > SESSION_MAX_S)
        return problem_set(&call->problem, FAULT_INVALID,
                           "SessionDuration %s is not between PT1H and PT12H.", duration);
    json_put_integer(value, "Revision", json_integer(json_member(value, "Revision")) + 1);
    return FAULT_NONE;
}

enum fault sso_permission_set_changed(struct call *call, const struct sso_place *place)
{
    struct json *value = NULL;
    const char *instance = place->instance.instance_arn;
    enum fault fault = value_get(call, SSO_PERMISSION_SET, instance, place->scope, &value);
    if (fault != FAULT_NONE)
        return fault;
    json_put_integer(value, "Revision", json_integer(json_member(value, "Revision")) + 1);
    fault = value_put(call, SSO_PERMISSION_SET, instance, place->scope, value);
    json_free(value);
    return fault;
}

static enum fault delete_permission_set(struct call *call)
{
    struct sso_place place;
    bool in_use = false;
    enum fault fault = sso_place_of(call, OF_PERMISSION_SET, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = sso_permission_set_in_use(call, place.scope, &in_use);
    if (fault != FAULT_NONE)
        return fault;
    if (in_use)
        fault = problem_set(&call->problem, FAULT_CONFLICT,
                            "The permission set %s is assigned in accounts.", place.scope);
    if (fault != FAULT_NONE)
        return fault;
    return sso_delete(call);
}

/* Policies of AWS and of the customer share one quota. */
#define MANAGED_POLICY "managed-policy"
#define POLICY_REFERENCE "policy-reference"

static bool count_policy(void *self, const struct record *record)
{
    size_t *policies = self;
    (void)record;
    ++*policies;
    return true;
}

static enum fault room_for_policy(struct call *call, const struct sso_place *place)
{
    size_t policies = 0;
    struct world *world = world_of(call);
    enum fault fault = record_each(world, MANAGED_POLICY, place->scope, 0, count_policy, &policies);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_each(world, POLICY_REFERENCE, place->scope, 0, count_policy, &policies);
    if (fault != FAULT_NONE)
        return fault;
    if (policies >= POLICIES_MAX)
        return problem_set(&call->problem, FAULT_QUOTA,
                           "No more than %d managed policies can be attached.", (int)POLICIES_MAX);
    return FAULT_NONE;
}

/* Its name is the last part of its ARN. */
static enum fault complete_managed(struct call *call, const struct sso_place *place,
                                   struct json *value)
{
    const char *arn = json_member_text(call->input, "ManagedPolicyArn");
    json_put_text(value, "Name", strrchr(arn, '/') + 1);
    json_put_text(value, "Arn", arn);
    return room_for_policy(call, place);
}

/* A policy of the customer's is named by path and name; AWS shows "/" where no path was given. */
static enum fault attach_or_detach(struct call *call, bool attach)
{
    struct sso_place place;
    struct json *there = NULL;
    struct text key = {0};
    enum fault fault = sso_place_of(call, OF_PERMISSION_SET, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    struct json *reference = json_copy(json_member(call->input, "CustomerManagedPolicyReference"));
    if (json_member(reference, "Path") == NULL)
        json_put_text(reference, "Path", "/");
    text_addf(&key, "%s%s", json_member_text(reference, "Path"),
              json_member_text(reference, "Name"));
    const char *name = text_chars(&key);
    fault = value_get(call, POLICY_REFERENCE, place.scope, name, &there);
    if (attach && fault == FAULT_NONE)
        fault = problem_set(&call->problem, FAULT_CONFLICT, "%s is attached already.", name);
    else if (attach && fault == FAULT_NOT_FOUND)
        fault = room_for_policy(call, &place);
    else if (fault == FAULT_NOT_FOUND)
        fault = sso_missing(call, "policy", name);
    if (fault == FAULT_NONE)
        fault = attach ? value_put(call, POLICY_REFERENCE, place.scope, name, reference)
                       : record_delete(world_of(call), POLICY_REFERENCE, place.scope, name);
    if (fault == FAULT_NONE)
        fault = sso_permission_set_changed(call, &place);
    json_free(there);
    json_free(reference);
    text_clear(&key);
    return fault;
}

static enum fault attach_reference(struct call *call)
{
    return attach_or_detach(call, true);
}

static enum fault detach_reference(struct call *call)
{
    return attach_or_detach(call, false);
}

static enum fault check_inline(struct call *call, const struct sso_place *place, struct json *value)
{
    const char *policy = json_member_text(value, "InlinePolicy");
    struct json_error error;
    struct json_document *document = json_parse(policy, strlen(policy), JSON_STRICT, &error);
    bool sound = document != NULL && json_kind(json_document_root(document)) == JSON_OBJECT;
    (void)place;
    json_document_free(document);
    return sound ? FAULT_NONE
                 : problem_set(&call->problem, FAULT_INVALID, "The policy is not a JSON object.");
}

static enum fault check_boundary(struct call *call, const struct sso_place *place,
                                 struct json *value)
{
    (void)place;
    return json_count(json_member(value, "PermissionsBoundary")) == 1
               ? FAULT_NONE
               : problem_set(&call->problem, FAULT_INVALID,
                             "A permissions boundary is either a CustomerManagedPolicyReference "
                             "or a ManagedPolicyArn.");
}

const struct sso_noun SSO_PERMISSION_SET_NOUNS[] = {
    {.kind = SSO_PERMISSION_SET,
     .words = "permission set",
     .parent = OF_ORGANIZATION_INSTANCE,
     .key = "PermissionSetArn",
     .arn = "ps",
     .kept = NAMES("Name", "Description", "SessionDuration", "RelayState"),
     .shown = NAMES("Name", "PermissionSetArn", "Description", "CreatedDate", "SessionDuration",
                    "RelayState"),
     .wrap = "PermissionSet",
     .list = "PermissionSets",
     .max = PERMISSION_SETS_MAX,
     .unique = "Name",
     .complete = complete_set,
     .operations = NAMES("CreatePermissionSet", "DescribePermissionSet", "UpdatePermissionSet",
                         "DeletePermissionSet", "ListPermissionSets")},
    {.kind = MANAGED_POLICY,
     .words = "managed policy",
     .parent = OF_PERMISSION_SET,
     .key = "ManagedPolicyArn",
     .kept = NAMES("ManagedPolicyArn"),
     .list = "AttachedManagedPolicies",
     .listed = NAMES("Name", "Arn"),
     .complete = complete_managed,
     .operations =
         NAMES("AttachManagedPolicyToPermissionSet", "DetachManagedPolicyFromPermissionSet",
               "ListManagedPoliciesInPermissionSet")},
    {.kind = POLICY_REFERENCE,
     .words = "policy",
     .parent = OF_PERMISSION_SET,
     .list = "CustomerManagedPolicyReferences",
     .listed = NAMES("Name", "Path"),
     .operations = NAMES("ListCustomerManagedPolicyReferencesInPermissionSet")},
    {.kind = "inline-policy",
     .words = "inline policy of",
     .parent = OF_PERMISSION_SET,
     .kept = NAMES("InlinePolicy"),
     .shown = NAMES("InlinePolicy"),
     .unset = "\"\"",
     .complete = check_inline,
     .operations = NAMES("PutInlinePolicyToPermissionSet", "GetInlinePolicyForPermissionSet",
                         "DeleteInlinePolicyFromPermissionSet")},
    {.kind = "permissions-boundary",
     .words = "permissions boundary of",
     .parent = OF_PERMISSION_SET,
     .kept = NAMES("PermissionsBoundary"),
     .shown = NAMES("PermissionsBoundary"),
     .complete = check_boundary,
     .operations =
         NAMES("PutPermissionsBoundaryToPermissionSet", "GetPermissionsBoundaryForPermissionSet",
               "DeletePermissionsBoundaryFromPermissionSet")},
    {0}};

const struct operation SSO_PERMISSION_SET_OPERATIONS[] = {
    OPERATION("CreatePermissionSet", WRITE, CREATE_IN, PERMISSION_SET_OUT, sso_create),
    OPERATION("DescribePermissionSet", READ, PERMISSION_SET_IN, PERMISSION_SET_OUT, sso_get),
    OPERATION("UpdatePermissionSet", WRITE, UPDATE_IN, NO_SHAPE, sso_update),
    OPERATION("DeletePermissionSet", WRITE, PERMISSION_SET_IN, NO_SHAPE, delete_permission_set),
    OPERATION("ListPermissionSets", READ, LIST_IN, LIST_OUT, sso_list),
    OPERATION("AttachManagedPolicyToPermissionSet", WRITE, MANAGED_POLICY_IN, NO_SHAPE, sso_add),
    OPERATION("DetachManagedPolicyFromPermissionSet", WRITE, MANAGED_POLICY_IN, NO_SHAPE,
              sso_delete),
    OPERATION("ListManagedPoliciesInPermissionSet", READ, LIST_INSIDE_IN, MANAGED_POLICIES_OUT,
              sso_list),
    OPERATION("AttachCustomerManagedPolicyReferenceToPermissionSet", WRITE, REFERENCE_IN, NO_SHAPE,
              attach_reference),
    OPERATION("DetachCustomerManagedPolicyReferenceFromPermissionSet", WRITE, REFERENCE_IN,
              NO_SHAPE, detach_reference),
    OPERATION("ListCustomerManagedPolicyReferencesInPermissionSet", READ, LIST_INSIDE_IN,
              REFERENCES_OUT, sso_list),
    OPERATION("PutInlinePolicyToPermissionSet", WRITE, PUT_INLINE_IN, NO_SHAPE, sso_put),
    OPERATION("GetInlinePolicyForPermissionSet", READ, PERMISSION_SET_IN, INLINE_OUT, sso_get),
    OPERATION("DeleteInlinePolicyFromPermissionSet", WRITE, PERMISSION_SET_IN, NO_SHAPE,
              sso_delete),
    OPERATION("PutPermissionsBoundaryToPermissionSet", WRITE, PUT_BOUNDARY_IN, NO_SHAPE, sso_put),
    OPERATION("GetPermissionsBoundaryForPermissionSet", READ, PERMISSION_SET_IN, BOUNDARY_OUT,
              sso_get),
    OPERATION("DeletePermissionsBoundaryFromPermissionSet", WRITE, PERMISSION_SET_IN, NO_SHAPE,
              sso_delete),
    {0}};
