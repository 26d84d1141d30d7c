/* SPDX-License-Identifier: MIT */
/*
 * sso-admin: the requests that take their time (identity-wire 6.7): what was asked is kept, and
 * says what became of it. One ends in the same answer unless the timing says later.
 */
#include "services/sso_admin/requests.h"

#include <assert.h>
#include <string.h>

#include "base/lags.h"
#include "world/time/propagation.h"

const char *const SSO_TARGET_TYPES[] = {"AWS_ACCOUNT", NULL};
static const char *const STATUSES[] = {"IN_PROGRESS", "FAILED", "SUCCEEDED", NULL};
#define STATUS_OUT                                                                                 \
    {.name = "Status", .values = STATUSES}, {.name = "RequestId"},                                 \
    {                                                                                              \
        .name = "CreatedDate", .kind = SHAPE_TIMESTAMP                                             \
    }
static const struct shape STATUS_MEMBERS[] = {
    STATUS_OUT,
    {.name = "FailureReason"},
    {.name = "TargetId"},
    {.name = "TargetType", .values = SSO_TARGET_TYPES},
    {.name = "PermissionSetArn"},
    {.name = "PrincipalType", .values = SSO_PRINCIPAL_TYPES},
    {.name = "PrincipalId"},
    {0}};
const struct shape SSO_CREATION_OUT[] = {
    {.name = "AccountAssignmentCreationStatus", STRUCTURE(STATUS_MEMBERS)}, {0}};
const struct shape SSO_DELETION_OUT[] = {
    {.name = "AccountAssignmentDeletionStatus", STRUCTURE(STATUS_MEMBERS)}, {0}};
static const struct shape PROVISIONING_MEMBERS[] = {STATUS_OUT,
                                                    {.name = "AccountId"},
                                                    {.name = "PermissionSetArn"},
                                                    {.name = "FailureReason"},
                                                    {0}};
const struct shape SSO_PROVISIONING_OUT[] = {
    {.name = "PermissionSetProvisioningStatus", STRUCTURE(PROVISIONING_MEMBERS)}, {0}};
#define REQUEST_ID .required = true, .min = 36, .max = 36, .pattern = &PATTERN_LOWER_UUID
static const struct shape DESCRIBE_CREATION_IN[] = {
    {INSTANCE_ARN_IN}, {.name = "AccountAssignmentCreationRequestId", REQUEST_ID}, {0}};
static const struct shape DESCRIBE_DELETION_IN[] = {
    {INSTANCE_ARN_IN}, {.name = "AccountAssignmentDeletionRequestId", REQUEST_ID}, {0}};
static const struct shape DESCRIBE_PROVISIONING_IN[] = {
    {INSTANCE_ARN_IN}, {.name = "ProvisionPermissionSetRequestId", REQUEST_ID}, {0}};
static const struct shape STATUS_FILTER[] = {{.name = "Status", .values = STATUSES}, {0}};
static const struct shape LIST_STATUS_IN[] = {{INSTANCE_ARN_IN},
                                              {MAX_RESULTS_IN},
                                              {NEXT_TOKEN_IN},
                                              {.name = "Filter", STRUCTURE(STATUS_FILTER)},
                                              {0}};
static const struct shape STATUS_LISTED[] = {STATUS_OUT, {0}};
static const struct shape STATUS_ELEMENT[] = {{.name = "member", STRUCTURE(STATUS_LISTED)}};
static const struct shape LIST_CREATION_OUT[] = {
    {.name = "AccountAssignmentsCreationStatus", LIST_OF(STATUS_ELEMENT)},
    {.name = "NextToken"},
    {0}};
static const struct shape LIST_DELETION_OUT[] = {
    {.name = "AccountAssignmentsDeletionStatus", LIST_OF(STATUS_ELEMENT)},
    {.name = "NextToken"},
    {0}};
static const struct shape LIST_PROVISIONING_OUT[] = {
    {.name = "PermissionSetsProvisioningStatus", LIST_OF(STATUS_ELEMENT)},
    {.name = "NextToken"},
    {0}};

/* The three kinds of requests, with the operations that begin, describe and list them. */
static const struct request_kind {
    const char *kind;
    const char *key; /* the member that names one */
    const char *wrap;
    const char *list;
    const char *const *shown;
    const char *const *operations;
    enum lag lag;
} REQUESTS[] = {{"assignment-creation", "AccountAssignmentCreationRequestId",
                 "AccountAssignmentCreationStatus", "AccountAssignmentsCreationStatus",
                 NAMES("RequestId", "TargetId", "TargetType", "PermissionSetArn", "PrincipalType",
                       "PrincipalId", "CreatedDate"),
                 NAMES("CreateAccountAssignment", "DescribeAccountAssignmentCreationStatus",
                       "ListAccountAssignmentCreationStatus"),
                 ACCOUNT_ASSIGNMENT_LAG},
                {"assignment-deletion", "AccountAssignmentDeletionRequestId",
                 "AccountAssignmentDeletionStatus", "AccountAssignmentsDeletionStatus",
                 NAMES("RequestId", "TargetId", "TargetType", "PermissionSetArn", "PrincipalType",
                       "PrincipalId", "CreatedDate"),
                 NAMES("DeleteAccountAssignment", "DescribeAccountAssignmentDeletionStatus",
                       "ListAccountAssignmentDeletionStatus"),
                 ACCOUNT_ASSIGNMENT_LAG},
                {"provisioning", "ProvisionPermissionSetRequestId",
                 "PermissionSetProvisioningStatus", "PermissionSetsProvisioningStatus",
                 NAMES("RequestId", "AccountId", "PermissionSetArn", "CreatedDate"),
                 NAMES("ProvisionPermissionSet", "DescribePermissionSetProvisioningStatus",
                       "ListPermissionSetProvisioningStatus"),
                 PROVISIONING_LAG}};

static const struct request_kind *request_kind(const struct call *call)
{
    for (size_t i = 0; i < sizeof REQUESTS / sizeof REQUESTS[0]; i++)
        for (const char *const *name = REQUESTS[i].operations; *name != NULL; name++)
            if (strcmp(*name, call->operation->name) == 0)
                return &REQUESTS[i];
    assert(false); /* an operation in the table without a kind of request */
    return NULL;
}

static const char *status_of(struct call *call, const struct json *request)
{
    const char *id = json_member_text(request, "RequestId");
    return delay_is_over(world_of(call), request_kind(call)->lag, id) ? "SUCCEEDED" : "IN_PROGRESS";
}

static void put_request(struct call *call, const struct json *request)
{
    const struct request_kind *kind = request_kind(call);
    struct json *out = json_put(call->output, kind->wrap, json_new_object());
    json_put_text(out, "Status", status_of(call, request));
    sso_copy(out, request, kind->shown);
}

/* Keep what was asked, so that it can be asked about, and answer with it. */
enum fault sso_begin_request(struct call *call, const struct sso_place *place,
                             char out_id[UUID_TEXT_BYTES])
{
    const struct request_kind *kind = request_kind(call);
    struct json *request = json_copy(call->input);
    ids_uuid(&world_of(call)->ids, out_id);
    json_put_text(request, "RequestId", out_id);
    json_put_integer(request, "CreatedDate", world_of(call)->now_s);
    if (strcmp(json_member_text(request, "TargetType"), SSO_TARGET_TYPES[0]) == 0)
        json_put_text(request, "AccountId", json_member_text(request, "TargetId"));
    delay_begin(world_of(call), kind->lag, place->instance.instance_arn, out_id);
    enum fault fault = value_put(call, kind->kind, place->instance.instance_arn, out_id, request);
    put_request(call, request);
    json_free(request);
    return fault;
}

static enum fault describe_request(struct call *call)
{
    struct sso_place place;
    struct json *request = NULL;
    const struct request_kind *kind = request_kind(call);
    const char *id = json_member_text(call->input, kind->key);
    enum fault fault = sso_place_of(call, OF_ORGANIZATION_INSTANCE, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = value_get(call, kind->kind, place.scope, id, &request);
    if (fault == FAULT_NOT_FOUND)
        return sso_missing(call, "request", id);
    if (fault != FAULT_NONE)
        return fault;
    put_request(call, request);
    json_free(request);
    return FAULT_NONE;
}

struct seen_requests {
    struct call *call;
    struct listing listing;
};

static bool see_request(void *self, const struct record *record)
{
    static const char *const LISTED_MEMBERS[] = {"RequestId", "CreatedDate", NULL};
    struct seen_requests *seen = self;
    struct json *request = value_of(record->value);
    const char *status = status_of(seen->call, request);
    const char *wanted = json_member_text(json_member(seen->call->input, "Filter"), "Status");
    struct json *out = wanted == NULL || strcmp(wanted, status) == 0
                           ? listing_add(&seen->listing, record->row)
                           : NULL;
    if (out != NULL) {
        json_put_text(out, "Status", status);
        sso_copy(out, request, LISTED_MEMBERS);
    }
    json_free(request);
    return !seen->listing.more;
}

static enum fault list_requests(struct call *call)
{
    struct sso_place place;
    struct seen_requests seen = {.call = call};
    const struct request_kind *kind = request_kind(call);
    enum fault fault = sso_place_of(call, OF_ORGANIZATION_INSTANCE, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &SSO_PAGING, kind->list, &seen.listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_each(world_of(call), kind->kind, place.scope, seen.listing.page.after,
                        see_request, &seen);
    return listing_end(call, &SSO_PAGING, &seen.listing, fault);
}

const struct operation SSO_REQUEST_OPERATIONS[] = {
    OPERATION("DescribeAccountAssignmentCreationStatus", READ, DESCRIBE_CREATION_IN,
              SSO_CREATION_OUT, describe_request),
    OPERATION("DescribeAccountAssignmentDeletionStatus", READ, DESCRIBE_DELETION_IN,
              SSO_DELETION_OUT, describe_request),
    OPERATION("DescribePermissionSetProvisioningStatus", READ, DESCRIBE_PROVISIONING_IN,
              SSO_PROVISIONING_OUT, describe_request),
    OPERATION("ListAccountAssignmentCreationStatus", READ, LIST_STATUS_IN, LIST_CREATION_OUT,
              list_requests),
    OPERATION("ListAccountAssignmentDeletionStatus", READ, LIST_STATUS_IN, LIST_DELETION_OUT,
              list_requests),
    OPERATION("ListPermissionSetProvisioningStatus", READ, LIST_STATUS_IN, LIST_PROVISIONING_OUT,
              list_requests),
    {0}};
