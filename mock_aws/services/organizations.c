/* SPDX-License-Identifier: MIT */
/* organizations, AWS's published API: the organization and the life of its accounts (identity-wire 7; rules 6, 52-57). */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "services/services.h"
#include "wire/shapes.h"
#include "world/accounts.h"

static const char *const FEATURE_SETS[] = {"ALL", "CONSOLIDATED_BILLING", NULL};
static const char *const ACCOUNT_STATUSES[] = {"ACTIVE", "SUSPENDED", "PENDING_CLOSURE", NULL};
static const char *const ACCOUNT_STATES[] = {"PENDING_ACTIVATION", "ACTIVE", "SUSPENDED",
                                             "PENDING_CLOSURE",    "CLOSED", NULL};
static const char *const JOINED_METHODS[] = {"INVITED", "CREATED", NULL};
static const char *const REQUEST_STATES[] = {"IN_PROGRESS", "SUCCEEDED", "FAILED", NULL};
static const char *const BILLING_ACCESS[] = {"ALLOW", "DENY", NULL};

static const struct shape CREATE_ORGANIZATION_IN[] = {
    {.name = "FeatureSet", .values = FEATURE_SETS}, {0}};
static const struct shape POLICY_TYPE_MEMBERS[] = {{.name = "Type"}, {.name = "Status"}, {0}};
static const struct shape POLICY_TYPE_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = POLICY_TYPE_MEMBERS}};
static const struct shape ORGANIZATION_MEMBERS[] = {
    {.name = "Id"},
    {.name = "Arn"},
    {.name = "FeatureSet", .values = FEATURE_SETS},
    {.name = "MasterAccountArn"},
    {.name = "MasterAccountId"},
    {.name = "MasterAccountEmail"},
    {.name = "AvailablePolicyTypes", .kind = SHAPE_LIST, .members = POLICY_TYPE_ELEMENT},
    {0}};
static const struct shape ORGANIZATION_OUT[] = {
    {.name = "Organization", .kind = SHAPE_STRUCTURE, .members = ORGANIZATION_MEMBERS}, {0}};

#define ACCOUNT_ID_MEMBER                                                                          \
    {                                                                                              \
        .name = "AccountId", .required = true, .min = 12, .max = 12,                               \
        .pattern = &PATTERN_ACCOUNT_ID                                                             \
    }
static const struct shape ACCOUNT_ID_ONLY[] = {ACCOUNT_ID_MEMBER, {0}};
static const struct shape TAG_MEMBERS[] = {{.name = "Key", .required = true, .min = 1, .max = 128},
                                           {.name = "Value", .required = true, .max = 256},
                                           {0}};
static const struct shape TAG_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = TAG_MEMBERS}};
static const struct shape CREATE_ACCOUNT_IN[] = {
    {.name = "Email",
     .required = true,
     .sensitive = true,
     .min = 6,
     .max = 64,
     .pattern = &PATTERN_EMAIL},
    {.name = "AccountName",
     .required = true,
     .sensitive = true,
     .min = 1,
     .max = 50,
     .pattern = &PATTERN_PRINTABLE},
    {.name = "RoleName", .max = 64},
    {.name = "IamUserAccessToBilling", .values = BILLING_ACCESS},
    {.name = "Tags", .kind = SHAPE_LIST, .members = TAG_ELEMENT},
    {0}};
static const struct shape REQUEST_MEMBERS[] = {
    {.name = "Id"},
    {.name = "AccountName"},
    {.name = "State", .values = REQUEST_STATES},
    {.name = "RequestedTimestamp", .kind = SHAPE_TIMESTAMP},
    {.name = "CompletedTimestamp", .kind = SHAPE_TIMESTAMP},
    {.name = "AccountId"},
    {.name = "FailureReason"},
    {0}};
static const struct shape REQUEST_OUT[] = {
    {.name = "CreateAccountStatus", .kind = SHAPE_STRUCTURE, .members = REQUEST_MEMBERS}, {0}};
static const struct shape REQUEST_IN[] = {
    {.name = "CreateAccountRequestId", .required = true, .max = 36, .pattern = &PATTERN_REQUEST_ID},
    {0}};
static const struct shape LIST_ACCOUNTS_IN[] = {
    {.name = "MaxResults", .kind = SHAPE_INTEGER, .min = 1, .max = 20},
    {.name = "NextToken", .max = 100000},
    {0}};
static const struct shape PATH_ELEMENT[] = {{.name = "member"}};
static const struct shape ACCOUNT_MEMBERS[] = {
    {.name = "Id"},
    {.name = "Arn"},
    {.name = "Email"},
    {.name = "Name"},
    {.name = "Status", .values = ACCOUNT_STATUSES},
    {.name = "State", .values = ACCOUNT_STATES},
    {.name = "Paths", .kind = SHAPE_LIST, .members = PATH_ELEMENT},
    {.name = "JoinedMethod", .values = JOINED_METHODS},
    {.name = "JoinedTimestamp", .kind = SHAPE_TIMESTAMP},
    {0}};
static const struct shape ACCOUNT_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = ACCOUNT_MEMBERS}};
static const struct shape LIST_ACCOUNTS_OUT[] = {
    {.name = "Accounts", .kind = SHAPE_LIST, .members = ACCOUNT_ELEMENT},
    {.name = "NextToken"},
    {0}};
static const struct shape ACCOUNT_OUT[] = {
    {.name = "Account", .kind = SHAPE_STRUCTURE, .members = ACCOUNT_MEMBERS}, {0}};

static const struct paging PAGING = {"NextToken", "MaxResults", 20, 20};

/* The caller's organization and the caller in it. */
static enum fault caller_organization(struct call *call, struct organization *out_organization,
                                      struct account *out_caller)
{
    enum fault fault = account_get(world_of(call), call->account, out_caller);
    bool member = fault == FAULT_NONE && out_caller->organization_id[0] != '\0';
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !member))
        return problem_set(&call->problem, FAULT_NO_ORGANIZATION,
                           "Your account is not a member of an organization.");
    if (fault == FAULT_NONE)
        fault = organization_get(world_of(call), out_caller->organization_id, out_organization);
    return fault;
}

/* Everything but DescribeOrganization is the management account's (identity-wire 7.1). */
static enum fault managed_organization(struct call *call, struct organization *out_organization)
{
    struct account caller;
    enum fault fault = caller_organization(call, out_organization, &caller);
    if (fault == FAULT_NONE && !caller.management)
        return problem_set(&call->problem, FAULT_DENIED,
                           "You don't have permissions to access this resource.");
    return fault;
}

static void put_format(struct json *out, const char *name, const char *format, const char *first,
                       const char *second, const char *third)
{
    struct text value = {0};
    text_addf(&value, format, first, second, third);
    json_put_text(out, name, text_chars(&value));
    text_clear(&value);
}

static enum fault put_organization(struct call *call, const struct organization *organization)
{
    struct account management;
    enum fault fault = account_get(world_of(call), organization->management_id, &management);
    struct json *out = json_put(call->output, "Organization", json_new_object());
    const char *id = organization->organization_id;
    const char *owner = organization->management_id;
    json_put_text(out, "Id", id);
    put_format(out, "Arn", "arn:aws:organizations::%s:organization/%s%s", owner, id, "");
    json_put_text(out, "FeatureSet", organization->all_features ? "ALL" : "CONSOLIDATED_BILLING");
    put_format(out, "MasterAccountArn", "arn:aws:organizations::%s:account/%s/%s", owner, id,
               owner);
    json_put_text(out, "MasterAccountId", owner);
    json_put_text(out, "MasterAccountEmail", management.email);
    json_put(out, "AvailablePolicyTypes", json_new_array());
    return fault;
}

static enum fault create_organization(struct call *call)
{
    struct organization organization;
    const char *features = json_member_text(call->input, "FeatureSet");
    bool all = features == NULL || strcmp(features, "ALL") == 0;
    enum fault fault = organization_create(world_of(call), call->account, all, &organization);
    return fault == FAULT_NONE ? put_organization(call, &organization) : fault;
}

static enum fault describe_organization(struct call *call)
{
    struct organization organization;
    struct account caller;
    enum fault fault = caller_organization(call, &organization, &caller);
    return fault == FAULT_NONE ? put_organization(call, &organization) : fault;
}

static void put_request(struct call *call, const struct account_request *request)
{
    struct json *out = json_put(call->output, "CreateAccountStatus", json_new_object());
    bool failed = request->failure[0] != '\0';
    json_put_text(out, "Id", request->request_id);
    json_put_text(out, "AccountName", request->account_name);
    json_put_text(out, "State", failed ? "FAILED" : "SUCCEEDED");
    json_put_integer(out, "RequestedTimestamp", request->requested_s);
    json_put_integer(out, "CompletedTimestamp", request->completed_s);
    if (failed)
        json_put_text(out, "FailureReason", request->failure);
    else
        json_put_text(out, "AccountId", request->account_id);
}

static enum fault create_account(struct call *call)
{
    struct organization organization;
    struct account_request request;
    enum fault fault = managed_organization(call, &organization);
    if (fault == FAULT_NONE)
        fault = account_create(world_of(call), organization.organization_id,
                               json_member_text(call->input, "AccountName"),
                               json_member_text(call->input, "Email"), &request);
    if (fault == FAULT_NONE)
        put_request(call, &request);
    return fault;
}

static enum fault describe_create_account_status(struct call *call)
{
    struct organization organization;
    struct account_request request;
    const char *id = json_member_text(call->input, "CreateAccountRequestId");
    enum fault fault = managed_organization(call, &organization);
    if (fault == FAULT_NONE)
        fault = account_request_get(world_of(call), organization.organization_id, id, &request);
    if (fault == FAULT_NOT_FOUND)
        return problem_set(&call->problem, FAULT_REQUEST_NOT_FOUND,
                           "There is no CreateAccount request %s.", id);
    if (fault == FAULT_NONE)
        put_request(call, &request);
    return fault;
}

static void put_account(struct json *out, const struct organization *organization,
                        const struct account *account)
{
    static const char *const STATES[] = {"ACTIVE", "PENDING_CLOSURE", "CLOSED", "CLOSED"};
    static const char *const STATUSES[] = {"ACTIVE", "PENDING_CLOSURE", "SUSPENDED", "SUSPENDED"};
    const char *id = organization->organization_id;
    json_put_text(out, "Id", account->account_id);
    put_format(out, "Arn", "arn:aws:organizations::%s:account/%s/%s", organization->management_id,
               id, account->account_id);
    json_put_text(out, "Email", account->email);
    json_put_text(out, "Name", account->name);
    json_put_text(out, "Status", STATUSES[account->state]);
    json_put_text(out, "State", STATES[account->state]);
    struct json *paths = json_put(out, "Paths", json_new_array());
    struct text path = {0};
    text_addf(&path, "%s/%s/%s/", id, organization->root_id, account->account_id);
    json_push(paths, json_new_text(text_chars(&path)));
    text_clear(&path);
    json_put_text(out, "JoinedMethod", account->invited ? "INVITED" : "CREATED");
    json_put_integer(out, "JoinedTimestamp", account->joined_s);
}

struct seen_accounts {
    struct listing listing;
    const struct organization *organization;
};

static void see_account(void *self, const struct account *account)
{
    struct seen_accounts *seen = self;
    struct json *out = listing_add(&seen->listing, account->row);
    if (out != NULL)
        put_account(out, seen->organization, account);
}

static enum fault list_accounts(struct call *call)
{
    struct organization organization;
    struct seen_accounts seen = {.organization = &organization};
    enum fault fault = managed_organization(call, &organization);
    if (fault == FAULT_NONE)
        fault = listing_begin(call, &PAGING, "Accounts", &seen.listing);
    if (fault == FAULT_NONE)
        fault = account_each(world_of(call), organization.organization_id, seen.listing.page.after,
                             seen.listing.page.size + 1, see_account, &seen);
    return listing_end(call, &PAGING, &seen.listing, fault);
}

static enum fault describe_account(struct call *call)
{
    struct organization organization;
    struct account account = {.management = false};
    const char *id = json_member_text(call->input, "AccountId");
    enum fault fault = managed_organization(call, &organization);
    if (fault == FAULT_NONE)
        fault = account_get(world_of(call), id, &account);
    bool member = fault == FAULT_NONE && account.state != ACCOUNT_GONE &&
                  strcmp(account.organization_id, organization.organization_id) == 0;
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !member))
        return problem_set(&call->problem, FAULT_NOT_FOUND,
                           "You specified an account that doesn't exist: %s.", id);
    if (fault == FAULT_NONE)
        put_account(json_put(call->output, "Account", json_new_object()), &organization, &account);
    return fault;
}

static enum fault close_account(struct call *call)
{
    struct organization organization;
    enum fault fault = managed_organization(call, &organization);
    if (fault == FAULT_NONE)
        fault = account_close(world_of(call), &organization,
                              json_member_text(call->input, "AccountId"));
    return fault;
}

static const struct operation OPERATIONS[] = {
    {"CreateOrganization", WRITE, CREATE_ORGANIZATION_IN, ORGANIZATION_OUT, create_organization,
     NULL, NULL},
    {"DescribeOrganization", READ, NULL, ORGANIZATION_OUT, describe_organization, NULL, NULL},
    {"CreateAccount", WRITE, CREATE_ACCOUNT_IN, REQUEST_OUT, create_account, NULL, NULL},
    {"DescribeCreateAccountStatus", READ, REQUEST_IN, REQUEST_OUT, describe_create_account_status,
     NULL, NULL},
    {"ListAccounts", READ, LIST_ACCOUNTS_IN, LIST_ACCOUNTS_OUT, list_accounts, NULL, NULL},
    {"DescribeAccount", READ, ACCOUNT_ID_ONLY, ACCOUNT_OUT, describe_account, NULL, NULL},
    {"CloseAccount", WRITE, ACCOUNT_ID_ONLY, NULL, close_account, NULL, NULL},
    {0}};

/* Input violations are InvalidInputException here, and every thing not found has a name of its own. */
static const struct fault_name FAULTS[] = {
    {FAULT_INVALID, "InvalidInputException", 400},
    {FAULT_NOT_FOUND, "AccountNotFoundException", 400},
    {FAULT_REQUEST_NOT_FOUND, "CreateAccountStatusNotFoundException", 400},
    {FAULT_IN_ORGANIZATION, "AlreadyInOrganizationException", 400},
    {FAULT_NO_ORGANIZATION, "AWSOrganizationsNotInUseException", 400},
    {FAULT_ACCOUNT_CLOSED, "AccountAlreadyClosedException", 400},
    {FAULT_CONSTRAINT, "ConstraintViolationException", 400},
    {FAULT_INTERNAL, "ServiceException", 500},
    {FAULT_THROTTLED, "TooManyRequestsException", 400},
    {FAULT_BROKEN, "ServiceException", 500},
    {0}};

const struct service ORGANIZATIONS_SERVICE = {
    .name = "organizations",
    .protocol = PROTOCOL_AWS_JSON,
    .target_prefixes = (const char *const[]){"AWSOrganizationsV20161128", NULL},
    .scopes = (const char *const[]){"organizations", NULL},
    .content_type = "application/x-amz-json-1.1",
    .faults = FAULTS,
    .operations = OPERATIONS};
