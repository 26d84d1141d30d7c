/* SPDX-License-Identifier: MIT */
/*
 * servicequotas: the one quota that Kiro has there, the cap on a profile's overage (rule 51;
 * kiro-wire 6.5). It can only be raised.
 */
#include <stdio.h>
#include <string.h>

#include "base/parameters.h"
#include "base/text.h"
#include "services/calls.h"
#include "wire/shapes.h"
#include "world/engine/credits.h"
#include "world/reading/reading.h"

#define SERVICE_CODE "kiro"
#define QUOTA_CODE "L-75434B0B"

enum { QUOTA_MOST = INT32_MAX, QUOTA_ARN_BYTES = 160 };

static const struct pattern PATTERN_SERVICE_CODE = {.text = "[a-zA-Z][a-zA-Z0-9-]{1,63}"};
static const struct pattern PATTERN_QUOTA_CODE = {.text = "[a-zA-Z][a-zA-Z0-9-]{1,128}"};
static const struct pattern PATTERN_INCREASE_ID = {.text = "[0-9a-zA-Z][a-zA-Z0-9-]{1,128}"};
static const struct pattern PATTERN_QUOTA_TOKEN = {.text = "^[a-zA-Z0-9/+]*={0,2}$"};
static const struct pattern PATTERN_QUOTA_DESCRIPTION = {.text = "^.{0,350}$"};
static const char *const LEVELS[] = {"ACCOUNT", "RESOURCE", "ALL", NULL};
static const char *const STATUSES[] = {"PENDING",     "CASE_OPENED",  "APPROVED",        "DENIED",
                                       "CASE_CLOSED", "NOT_APPROVED", "INVALID_REQUEST", NULL};

#define CODES(needed)                                                                              \
    {.name = "ServiceCode",                                                                        \
     .required = (needed),                                                                         \
     .min = 1,                                                                                     \
     .max = 63,                                                                                    \
     .pattern = &PATTERN_SERVICE_CODE},                                                            \
    {                                                                                              \
        .name = "QuotaCode", .required = (needed), .min = 1, .max = 128,                           \
        .pattern = &PATTERN_QUOTA_CODE                                                             \
    }
static const struct shape DEFAULT_IN[] = {CODES(true), {0}};
static const struct shape QUOTA_IN[] = {CODES(true), {.name = "ContextId"}, {0}};
static const struct shape LIST_IN[] = {
    {.name = "ServiceCode",
     .required = true,
     .min = 1,
     .max = 63,
     .pattern = &PATTERN_SERVICE_CODE},
    {.name = "NextToken", .max = 2048, .pattern = &PATTERN_QUOTA_TOKEN},
    {.name = "MaxResults", .kind = SHAPE_INTEGER, .min = 1, .max = 100},
    {.name = "QuotaCode", .min = 1, .max = 128, .pattern = &PATTERN_QUOTA_CODE},
    {.name = "QuotaAppliedAtLevel", .values = LEVELS},
    {0}};
static const struct shape INCREASE_IN[] = {
    CODES(true),
    {.name = "DesiredValue", .kind = SHAPE_NUMBER, .required = true, .max = INT64_C(10000000000)},
    {.name = "ContextId"},
    {.name = "SupportCaseAllowed", .kind = SHAPE_BOOLEAN},
    {0}};
static const struct shape QUOTA_MEMBERS[] = {
    CODES(false),
    {.name = "ServiceName"},
    {.name = "QuotaArn"},
    {.name = "QuotaName"},
    {.name = "Value", .kind = SHAPE_NUMBER},
    {.name = "Unit"},
    {.name = "Adjustable", .kind = SHAPE_BOOLEAN},
    {.name = "GlobalQuota", .kind = SHAPE_BOOLEAN},
    {.name = "QuotaAppliedAtLevel", .values = LEVELS},
    {.name = "Description", .max = 350, .pattern = &PATTERN_QUOTA_DESCRIPTION},
    {0}};
static const struct shape QUOTA_OUT[] = {
    {.name = "Quota", .kind = SHAPE_STRUCTURE, .members = QUOTA_MEMBERS}, {0}};
static const struct shape QUOTA_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = QUOTA_MEMBERS}};
static const struct shape LIST_OUT[] = {
    {.name = "NextToken", .max = 2048, .pattern = &PATTERN_QUOTA_TOKEN},
    {.name = "Quotas", .kind = SHAPE_LIST, .members = QUOTA_ELEMENT},
    {0}};
static const struct shape REQUEST_MEMBERS[] = {
    {.name = "Id", .min = 1, .max = 128, .pattern = &PATTERN_INCREASE_ID},
    CODES(false),
    {.name = "ServiceName"},
    {.name = "QuotaArn"},
    {.name = "QuotaName"},
    {.name = "DesiredValue", .kind = SHAPE_NUMBER},
    {.name = "Status", .values = STATUSES},
    {.name = "Created", .kind = SHAPE_TIMESTAMP},
    {.name = "LastUpdated", .kind = SHAPE_TIMESTAMP},
    {.name = "Requester"},
    {.name = "Unit"},
    {.name = "GlobalQuota", .kind = SHAPE_BOOLEAN},
    {.name = "QuotaRequestedAtLevel", .values = LEVELS},
    {0}};
static const struct shape INCREASE_OUT[] = {
    {.name = "RequestedQuota", .kind = SHAPE_STRUCTURE, .members = REQUEST_MEMBERS}, {0}};

static const struct paging PAGING = {"NextToken", "MaxResults", 100, 100};

/* Is it Kiro's quota, in an edition that has it? */
static enum fault quota_meant(struct call *call)
{
    const char *service = json_member_text(call->input, "ServiceCode");
    const char *quota = json_member_text(call->input, "QuotaCode");
    bool offered = world_of(call)->reading->values[OVERAGE_CAP] == OVERAGE_CAP_QUOTA;
    if (strcmp(service, SERVICE_CODE) == 0 && offered &&
        (quota == NULL || strcmp(quota, QUOTA_CODE) == 0))
        return FAULT_NONE;
    return problem_set(&call->problem, FAULT_NOT_FOUND,
                       "The service %s has no quota %s here; expected " SERVICE_CODE
                       " and " QUOTA_CODE ".",
                       service, quota == NULL ? "at all" : quota);
}

static void put_names(struct call *call, struct json *out)
{
    char arn[QUOTA_ARN_BYTES];
    snprintf(arn, sizeof arn, "arn:aws:servicequotas:%.63s:%s:" SERVICE_CODE "/" QUOTA_CODE,
             call->region, call->account);
    json_put_text(out, "ServiceCode", SERVICE_CODE);
    json_put_text(out, "ServiceName", "Kiro");
    json_put_text(out, "QuotaArn", arn);
    json_put_text(out, "QuotaCode", QUOTA_CODE);
    json_put_text(out, "QuotaName", "Maximum allowed overage per Kiro profile");
    json_put_text(out, "Unit", "None");
    json_put_boolean(out, "GlobalQuota", false);
}

static void put_quota(struct call *call, struct json *out, int64_t cents)
{
    put_names(call, out);
    json_put(out, "Value", json_new_number((double)cents / 100));
    json_put_boolean(out, "Adjustable", true);
    json_put_text(out, "QuotaAppliedAtLevel", "ACCOUNT");
    json_put_text(out, "Description", "Overage of one Kiro profile in a month, in USD");
}

static enum fault get_quota(struct call *call)
{
    int64_t cents = 0;
    enum fault fault = quota_meant(call);
    if (fault != FAULT_NONE)
        return fault;
    fault = overage_cap(world_of(call), call->account, call->region, &cents);
    put_quota(call, json_put(call->output, "Quota", json_new_object()), cents);
    return fault;
}

static enum fault get_default(struct call *call)
{
    put_quota(call, json_put(call->output, "Quota", json_new_object()), OVERAGE_CAP_DEFAULT_CENTS);
    return quota_meant(call);
}

static enum fault list_quotas(struct call *call)
{
    struct listing listing;
    int64_t cents = 0;
    enum fault fault = quota_meant(call);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &PAGING, "Quotas", &listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = overage_cap(world_of(call), call->account, call->region, &cents);
    if (fault != FAULT_NONE)
        return fault;
    struct json *out = listing.page.after == 0 ? listing_add(&listing, 1) : NULL;
    if (out != NULL)
        put_quota(call, out, cents);
    return listing_end(call, &PAGING, &listing, fault);
}

static enum fault request_increase(struct call *call)
{
    struct world *world = world_of(call);
    char id[UUID_TEXT_BYTES];
    double wanted = json_number(json_member(call->input, "DesiredValue"));
    enum fault fault = quota_meant(call);
    if (fault != FAULT_NONE)
        return fault;
    if (!(wanted > 0 && wanted <= QUOTA_MOST))
        return problem_set(&call->problem, FAULT_CONSTRAINT,
                           "The desired value must be above 0 and at most %d.", QUOTA_MOST);
    fault = overage_cap_raise(world, call->account, call->region, (int64_t)(wanted * 100 + 0.5));
    if (fault == FAULT_INVALID)
        return problem_set(&call->problem, FAULT_CONSTRAINT,
                           "The desired value must be greater than the quota's current value.");
    struct json *out = json_put(call->output, "RequestedQuota", json_new_object());
    ids_uuid(&world->ids, id);
    json_put_text(out, "Id", id);
    put_names(call, out);
    json_put(out, "DesiredValue", json_new_number(wanted));
    json_put_text(out, "Status", "APPROVED");
    json_put_integer(out, "Created", world->now_s);
    json_put_integer(out, "LastUpdated", world->now_s);
    json_put_text(out, "Requester", call->actor);
    json_put_text(out, "QuotaRequestedAtLevel", "ACCOUNT");
    return fault;
}

static const struct operation OPERATIONS[] = {
    OPERATION("GetServiceQuota", READ, QUOTA_IN, QUOTA_OUT, get_quota),
    OPERATION("GetAWSDefaultServiceQuota", READ, DEFAULT_IN, QUOTA_OUT, get_default),
    OPERATION("ListServiceQuotas", READ, LIST_IN, LIST_OUT, list_quotas),
    OPERATION("RequestServiceQuotaIncrease", WRITE, INCREASE_IN, INCREASE_OUT, request_increase),
    {0}};

const struct service SERVICE_QUOTAS_SERVICE = {
    .name = "servicequotas",
    .protocol = PROTOCOL_AWS_JSON,
    .target_prefixes = (const char *const[]){"ServiceQuotasV20190624", NULL},
    .scopes = (const char *const[]){"servicequotas", NULL},
    .content_type = "application/x-amz-json-1.1",
    .faults = (const struct fault_name[]){{FAULT_CONSTRAINT, "IllegalArgumentException", 400},
                                          {FAULT_NOT_FOUND, "NoSuchResourceException", 400},
                                          {0}},
    .operations = OPERATIONS};
