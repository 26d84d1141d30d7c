/* SPDX-License-Identifier: MIT */
/*
 * user-subscriptions: the list of seats (kiro-wire 6.2), and the claims of claims.c. An API that
 * AWS does not publish, as independent clients use it. Seats are kept in the instance's Region
 * (rule 40): the call is signed for that, and names the profile's as subscriptionRegion. It goes on
 * answering for a deleted instance from the seats' own records.
 */
#include <string.h>

#include "base/limits.h"
#include "base/parameters.h"
#include "base/plans.h"
#include "base/statuses.h"
#include "services/kiro/claims.h"
#include "wire/shapes.h"
#include "world/engine/seat_calendar.h"
#include "world/reading/reading.h"
#include "world/rows/assignments.h"

static const struct shape LIST_IN[] = {
    {.name = "instanceArn", .required = true, .max = 1224, .pattern = &PATTERN_INSTANCE_ARN},
    {.name = "subscriptionRegion", .min = 1, .max = 63, .pattern = &PATTERN_REGION},
    {.name = "maxResults", .kind = SHAPE_INTEGER, .min = 1, .max = LIMIT_SEAT_PAGE_SIZE},
    {.name = "nextToken", .min = 1, .max = 2048, .pattern = &PATTERN_PAGE_TOKEN},
    {0}};
static const struct shape PRINCIPAL_MEMBERS[] = {
    {.name = "user", .required = true, .pattern = &PATTERN_RESOURCE_ID}, {0}};
static const char *const AGGREGATED[] = {"INDIVIDUAL", "GROUP", "INDIVIDUAL_AND_GROUP", NULL};
static const struct shape ITEM_MEMBERS[] = {
    {.name = "principal", .kind = SHAPE_STRUCTURE, .required = true, .members = PRINCIPAL_MEMBERS},
    {.name = "type", .kind = SHAPE_STRUCTURE, .required = true, .members = PLAN_TYPE_MEMBERS},
    {.name = "activatedType", .kind = SHAPE_STRUCTURE, .members = PLAN_TYPE_MEMBERS},
    {.name = "status", .required = true},
    {.name = "activationDate", .kind = SHAPE_DOCUMENT},
    {.name = "createdDate", .kind = SHAPE_DOCUMENT},
    {.name = "aggregatedSubscriptionType", .values = AGGREGATED},
    {0}};
static const struct shape ITEM[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = ITEM_MEMBERS}};
static const struct shape LIST_OUT[] = {
    {.name = "subscriptions", .kind = SHAPE_LIST, .required = true, .members = ITEM},
    {.name = "userSubscriptions", .kind = SHAPE_LIST, .members = ITEM},
    {.name = "nextToken"},
    {0}};

static const struct paging PAGING = {"nextToken", "maxResults", LIMIT_PAGE_SIZE,
                                     LIMIT_SEAT_PAGE_SIZE};

struct seat_list {
    struct call *call;
    struct listing listing;
    enum fault fault;
};

struct sources {
    bool direct;
    bool group;
};

static void see_source(void *self, const char *group_name)
{
    struct sources *sources = self;
    if (group_name == NULL)
        sources->direct = true;
    else
        sources->group = true;
}

/* CANCELLED with two Ls, as clients of this API spell it (kiro-wire 6.2, 14.11). */
static const char *status_name(const struct reading *reading, enum seat_status status)
{
    if (status == SEAT_CANCELED)
        return reading->values[CANCELED_STATUS] == CANCELED_IS_ACTIVE           ? "ACTIVE"
               : reading->values[STATUS_AFTER_CANCEL] == STATUS_PENDING_REMOVAL ? "PENDING_REMOVAL"
                                                                                : "CANCELLED";
    if (status == SEAT_PENDING && reading->values[PENDING_STATUS] == PENDING_IS_UNAVAILABLE)
        return "UNAVAILABLE";
    return seat_status_name(status);
}

/*
 * In the form of the reading: known clients type them as texts, the protocol's own would be numbers
 * (kiro-wire 6.2).
 */
static void put_date(const struct reading *reading, struct json *out, const char *name,
                     int64_t time_s)
{
    int form = reading->values[SUBSCRIPTION_DATES];
    if (form == DATES_ABSENT || time_s == 0)
        return;
    if (form == DATES_EPOCH)
        json_put_integer(out, name, time_s);
    else
        call_put_time(out, name, time_s);
}

static void see_seat(void *self, const struct seat *seat)
{
    struct seat_list *list = self;
    struct world *world = world_of(list->call);
    struct sources sources = {0};
    struct json *out = listing_add(&list->listing, seat->row);
    if (out == NULL)
        return;
    struct json *principal = json_put(out, "principal", json_new_object());
    json_put_text(principal, "user", seat->user_id);
    kiro_put_plan_type(list->call, out, "type", seat->plan);
    if (seat->plan_in_force != PLAN_NONE)
        kiro_put_plan_type(list->call, out, "activatedType", seat->plan_in_force);
    json_put_text(out, "status", status_name(world->reading, seat->status));
    put_date(world->reading, out, "activationDate", seat->activated_s);
    put_date(world->reading, out, "createdDate", seat->created_s);
    enum fault fault =
        claim_each_source(world, seat->user_id, seat->profile_arn, see_source, &sources);
    if (fault != FAULT_NONE)
        list->fault = fault;
    if (sources.direct || sources.group)
        json_put_text(out, "aggregatedSubscriptionType",
                      sources.direct ? sources.group ? "INDIVIDUAL_AND_GROUP" : "INDIVIDUAL"
                                     : "GROUP");
}

static enum fault list_user_subscriptions(struct call *call)
{
    struct world *world = world_of(call);
    struct seat_list list = {.call = call};
    struct instance instance;
    const char *arn = json_member_text(call->input, "instanceArn");
    const char *region = json_member_text(call->input, "subscriptionRegion");
    if (region == NULL)
        region = call->region;
    enum fault fault = instance_get(world, arn, &instance);
    if (fault == FAULT_NOT_FOUND ||
        (fault == FAULT_NONE && strcmp(instance.region, call->region) != 0))
        return problem_set(&call->problem, FAULT_NOT_FOUND,
                           "The Identity Center instance %s was not found in %s.", arn,
                           call->region);
    if (fault != FAULT_NONE)
        return fault;
    fault = instance_open_to(call, &instance, true);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &PAGING, "subscriptions", &list.listing);
    bool elsewhere = world->reading->values[REGION_OF_THE_LIST] == LISTED_IN_PROFILE_REGION &&
                     strcmp(region, call->region) != 0;
    if (fault != FAULT_NONE)
        return fault;
    if (!elsewhere)
        fault = seat_each_listed(world, arn, region, list.listing.page.after,
                                 list.listing.page.size + 1, see_seat, &list);
    if (fault != FAULT_NONE)
        return fault;
    fault = list.fault;
    if (fault != FAULT_NONE)
        return fault;
    /* The one client that goes by the path reads the list under this name (kiro-wire 6.1). */
    if (call->service->protocol == PROTOCOL_REST_JSON)
        json_put(call->output, "userSubscriptions", json_copy(list.listing.items));
    return listing_end(call, &PAGING, &list.listing, FAULT_NONE);
}

/*
 * Of the other names that IAM knows no shape is public; they are unknown operations here (kiro-wire
 * 6.5).
 */
static const struct operation OPERATIONS[] = {
    OPERATION_AT("POST", "/ListUserSubscriptions", "ListUserSubscriptions", READ, LIST_IN, LIST_OUT,
                 list_user_subscriptions),
    OPERATION("ListApplicationClaims", READ, LIST_CLAIMS_IN, LIST_CLAIMS_OUT, kiro_list_claims),
    OPERATION("ListClaims", READ, LIST_CLAIMS_IN, LIST_CLAIMS_OUT, kiro_list_claims),
    OPERATION("CreateClaim", WRITE, CREATE_CLAIM_IN, NO_SHAPE, kiro_create_claim),
    OPERATION("UpdateClaim", WRITE, UPDATE_CLAIM_IN, NO_SHAPE, kiro_update_claim),
    OPERATION("DeleteClaim", WRITE, DELETE_CLAIM_IN, NO_SHAPE, kiro_delete_claim),
    OPERATION("SetOverageConfig", WRITE, SET_OVERAGE_IN, NO_SHAPE, kiro_set_overage_config),
    {0}};

const struct service USER_SUBSCRIPTIONS_SERVICE = {
    .name = "user-subscriptions",
    .protocol = PROTOCOL_AWS_JSON,
    .target_prefixes = (const char *const[]){"AWSZornControlPlaneService", NULL},
    .scopes = (const char *const[]){"user-subscriptions", NULL},
    .content_type = "application/x-amz-json-1.0",
    .error_namespace = "com.amazon.kiro.controlplane",
    .faults = (const struct fault_name[]){{FAULT_THROTTLED, "ThrottlingException", 429}, {0}},
    .operations = OPERATIONS};

/* The form of one client that goes by the path (kiro-wire 6.1). */
const struct service USER_SUBSCRIPTIONS_REST_SERVICE = {
    .name = "user-subscriptions",
    .protocol = PROTOCOL_REST_JSON,
    .scopes = (const char *const[]){"user-subscriptions", NULL},
    .content_type = "application/json",
    .error_namespace = "com.amazon.kiro.controlplane",
    .faults = (const struct fault_name[]){{0}},
    .operations = OPERATIONS};
