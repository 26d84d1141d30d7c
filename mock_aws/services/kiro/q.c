/* SPDX-License-Identifier: MIT */
/*
 * q: who is subscribed to which plan (kiro-wire 5). An API that AWS does not publish, as
 * independent clients use it. `instanceArn` is taken and ignored, as there; without `profileArn`
 * the profile is the caller's in this Region.
 */
#include <string.h>

#include "base/parameters.h"
#include "base/plans.h"
#include "base/text.h"
#include "services/calls.h"
#include "wire/shapes.h"
#include "world/changes/assignment_changes.h"
#include "world/reading/reading.h"

static const char *const PRINCIPAL_TYPES[] = {"USER", "GROUP", "BUILDER_ID", NULL};
static const char *const PLAN_VALUES[] = {"Q_DEVELOPER_STANDALONE",
                                          "Q_DEVELOPER_STANDALONE_FREE",
                                          "Q_DEVELOPER_STANDALONE_STUDENT",
                                          "Q_DEVELOPER_STANDALONE_PRO",
                                          "Q_DEVELOPER_STANDALONE_PRO_PLUS",
                                          "Q_DEVELOPER_STANDALONE_PRO_MAX",
                                          "Q_DEVELOPER_STANDALONE_POWER",
                                          "CREDIT_POOL",
                                          NULL};
#define PRINCIPAL_MEMBERS                                                                          \
    {.name = "principalId",                                                                        \
     .required = true,                                                                             \
     .min = 1,                                                                                     \
     .max = 47,                                                                                    \
     .pattern = &PATTERN_RESOURCE_ID},                                                             \
        {.name = "principalType", .required = true, .values = PRINCIPAL_TYPES},                    \
        {.name = "profileArn", .max = 950, .pattern = &PATTERN_PROFILE_ARN},                       \
    {                                                                                              \
        .name = "instanceArn", .max = 1224                                                         \
    }
static const struct shape CREATE_IN[] = {
    PRINCIPAL_MEMBERS, {.name = "subscriptionType", .values = PLAN_VALUES}, {0}};
static const struct shape UPDATE_IN[] = {
    PRINCIPAL_MEMBERS, {.name = "subscriptionType", .required = true, .values = PLAN_VALUES}, {0}};
static const struct shape DELETE_IN[] = {PRINCIPAL_MEMBERS, {0}};

static void see_profile(void *self, const struct profile *profile, const char *settings)
{
    (void)settings;
    struct profile *found = self;
    *found = *profile;
}

/* The profile named, if it is the caller's, or anybody may; else the one of account and Region. */
static enum fault assigned_profile(struct call *call, bool anybody, struct profile *out_profile)
{
    const char *arn = json_member_text(call->input, "profileArn");
    *out_profile = (struct profile){0};
    enum fault fault = arn == NULL ? profile_each(world_of(call), call->account, call->region, 0, 1,
                                                  see_profile, out_profile)
                                   : profile_get(world_of(call), arn, out_profile);
    bool there = fault == FAULT_NONE && out_profile->profile_arn[0] != '\0' &&
                 out_profile->deleted_s == 0 &&
                 (anybody || strcmp(out_profile->account_id, call->account) == 0);
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !there))
        return problem_set(&call->problem, FAULT_NOT_FOUND,
                           "No Kiro profile %s in account %s, Region %s.",
                           arn == NULL ? "exists" : arn, call->account, call->region);
    return fault;
}

static enum fault assigned_principal(struct call *call, struct principal *out_principal)
{
    const char *type = json_member_text(call->input, "principalType");
    out_principal->id = json_member_text(call->input, "principalId");
    out_principal->is_group = strcmp(type, "GROUP") == 0;
    if (strcmp(type, "BUILDER_ID") == 0)
        return problem_set(
            &call->problem, FAULT_INVALID,
            "This server keeps seats of Identity Center users and groups only; expected "
            "principalType USER or GROUP");
    return FAULT_NONE;
}

/*
 * One older client sends no plan and gets Pro (kiro-wire 5.1). The other values of the enum have no
 * price in any source.
 */
static enum fault assigned_plan(struct call *call, enum plan *out_plan)
{
    const char *value = json_member_text(call->input, "subscriptionType");
    bool has_pro_max = world_of(call)->reading->values[PRO_MAX] == PRO_MAX_OFFERED;
    *out_plan = value == NULL ? PLAN_PRO : plan_by_requested(value);
    if (*out_plan != PLAN_NONE && (*out_plan != PLAN_PRO_MAX || has_pro_max))
        return FAULT_NONE;
    struct text offered = {0};
    for (enum plan plan = PLAN_PRO; plan < PLAN_COUNT; plan++)
        if (plan != PLAN_PRO_MAX || has_pro_max)
            text_addf(&offered, "%s%s", offered.bytes == 0 ? "" : ", ",
                      plan_facts(plan)->requested);
    problem_set(&call->problem, FAULT_INVALID,
                "1 validation error detected: Value '%s' at 'subscriptionType' failed to satisfy "
                "constraint: Member must satisfy enum value set: [%s]",
                value, text_chars(&offered));
    text_clear(&offered);
    return FAULT_INVALID;
}

static enum fault assign(struct call *call,
                         enum fault (*verb)(struct world *world, const struct profile *profile,
                                            const struct principal *principal, enum plan plan))
{
    struct profile profile;
    struct principal principal;
    enum plan plan = PLAN_NONE;
    enum fault fault = assigned_plan(call, &plan);
    if (fault != FAULT_NONE)
        return fault;
    fault = assigned_principal(call, &principal);
    if (fault != FAULT_NONE)
        return fault;
    fault = assigned_profile(call, false, &profile);
    if (fault != FAULT_NONE)
        return fault;
    return verb(world_of(call), &profile, &principal, plan);
}

/* As long as clients have been seen to try again (kiro-wire 5.4, 12). */
enum { NEW_PROFILE_LAG_S = 50 };

/*
 * A transient of the real service: a profile takes assignments a while after it was made, under
 * documented timing or by the switch; or never, under a deviation.
 */
static enum fault create_when_ready(struct world *world, const struct profile *profile,
                                    const struct principal *principal, enum plan plan)
{
    int kind = world->reading->values[NEW_PROFILE];
    int64_t ready_s =
        kind == NEW_PROFILE_AS_TIMED ? profile->ready_s : profile->created_s + NEW_PROFILE_LAG_S;
    if (world->now_s < ready_s && kind == NEW_PROFILE_NOT_FOUND)
        return world_refuse(world, FAULT_NOT_FOUND, "Profile %s was not found.",
                            profile->profile_arn);
    if (world->now_s < ready_s ||
        world->reading->values[ASSIGNMENT_CALLS] == ASSIGNMENT_CALLS_DENIED)
        return world_refuse(world, FAULT_DENIED,
                            "Your account is not authorized to make this call.");
    return assignment_create(world, profile, principal, plan);
}

static enum fault create_assignment(struct call *call)
{
    return assign(call, create_when_ready);
}

static enum fault update_assignment(struct call *call)
{
    return assign(call, assignment_update);
}

static enum fault delete_assignment(struct call *call)
{
    struct profile profile;
    struct principal principal;
    bool anybody = world_of(call)->reading->values[UNSUBSCRIBER] == ANYBODY_UNSUBSCRIBES;
    enum fault fault = assigned_principal(call, &principal);
    if (fault != FAULT_NONE)
        return fault;
    fault = assigned_profile(call, anybody, &profile);
    if (fault != FAULT_NONE)
        return fault;
    return assignment_delete(world_of(call), &profile, &principal);
}

static const struct operation OPERATIONS[] = {
    OPERATION("CreateAssignment", WRITE, CREATE_IN, NO_SHAPE, create_assignment),
    OPERATION("UpdateAssignment", WRITE, UPDATE_IN, NO_SHAPE, update_assignment),
    OPERATION("DeleteAssignment", WRITE, DELETE_IN, NO_SHAPE, delete_assignment),
    {0}};

const struct service Q_SERVICE = {
    .name = "q",
    .protocol = PROTOCOL_AWS_JSON,
    .target_prefixes =
        (const char *const[]){"AmazonQDeveloperService", "KiroControlPlaneQDeveloperService", NULL},
    .scopes = (const char *const[]){"q", NULL},
    .content_type = "application/x-amz-json-1.0",
    .error_namespace = "com.amazon.kiro.controlplane",
    .faults = (const struct fault_name[]){{FAULT_THROTTLED, "ThrottlingException", 429}, {0}},
    .operations = OPERATIONS};
