/* SPDX-License-Identifier: MIT */
/*
 * organizations: how accounts come, are listed, close and leave (identity-wire 7.2, 7.3; rules 6,
 * 52-57).
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "services/organizations/organizations.h"

static const int64_t WAIT_S = 4 * 86400; /* of a created account, before it may leave */

const char *const ORGANIZATION_STATUSES[] = {"ACTIVE", "SUSPENDED", "PENDING_CLOSURE", NULL};
const char *const ORGANIZATION_STATES[] = {"PENDING_ACTIVATION", "ACTIVE", "SUSPENDED",
                                           "PENDING_CLOSURE",    "CLOSED", NULL};
const char *const ORGANIZATION_JOINED_METHODS[] = {"INVITED", "CREATED", NULL};
static const char *const REQUEST_STATES[] = {"IN_PROGRESS", "SUCCEEDED", "FAILED", NULL};
static const char *const BILLING_ACCESS[] = {"ALLOW", "DENY", NULL};

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
    {.name = "RoleName", .max = 64, .pattern = &PATTERN_CREATED_ROLE},
    {.name = "IamUserAccessToBilling", .values = BILLING_ACCESS},
    {TAG_LIST_IN},
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
    {.name = "CreateAccountStatus", STRUCTURE(REQUEST_MEMBERS)}, {0}};
static const struct shape REQUEST_IN[] = {
    {.name = "CreateAccountRequestId", .required = true, .max = 36, .pattern = &PATTERN_REQUEST_ID},
    {0}};
static const struct shape STATE_ELEMENT[] = {{.name = "member", .values = REQUEST_STATES}};
static const struct shape LIST_REQUESTS_IN[] = {
    {.name = "States", LIST_OF(STATE_ELEMENT)}, {PAGE_TOKEN_IN}, {PAGE_SIZE_IN}, {0}};
static const struct shape REQUEST_ELEMENT[] = {{.name = "member", STRUCTURE(REQUEST_MEMBERS)}};
static const struct shape LIST_REQUESTS_OUT[] = {
    {.name = "CreateAccountStatuses", LIST_OF(REQUEST_ELEMENT)}, {.name = "NextToken"}, {0}};
static const struct shape LIST_IN[] = {{PAGE_TOKEN_IN}, {PAGE_SIZE_IN}, {0}};
static const struct shape LIST_OF_PARENT_IN[] = {
    {PARENT_IN("ParentId")}, {PAGE_TOKEN_IN}, {PAGE_SIZE_IN}, {0}};
static const struct shape PATH_ELEMENT[] = {{.name = "member"}};
static const struct shape ACCOUNT_MEMBERS[] = {
    ACCOUNT_OUT, {.name = "Paths", LIST_OF(PATH_ELEMENT)}, {0}};
static const struct shape ACCOUNT_ELEMENT[] = {{.name = "member", STRUCTURE(ACCOUNT_MEMBERS)}};
static const struct shape ACCOUNTS_OUT[] = {
    {.name = "Accounts", LIST_OF(ACCOUNT_ELEMENT)}, {.name = "NextToken"}, {0}};
static const struct shape DESCRIBE_OUT[] = {{.name = "Account", STRUCTURE(ACCOUNT_MEMBERS)}, {0}};
static const struct shape MOVE_IN[] = {
    {ACCOUNT_ID_IN}, {PARENT_IN("SourceParentId")}, {PARENT_IN("DestinationParentId")}, {0}};

enum fault organization_put_account(struct call *call, struct json *out,
                                    const struct organization *organization,
                                    const struct account *account, bool paths)
{
    static const char *const STATES[] = {"ACTIVE", "PENDING_CLOSURE", "CLOSED", "CLOSED"};
    static const char *const STATUSES[] = {"ACTIVE", "PENDING_CLOSURE", "SUSPENDED", "SUSPENDED"};
    json_put_text(out, "Id", account->account_id);
    organization_put_arn(out, "Arn", organization, "account", account->account_id);
    json_put_text(out, "Email", account->email);
    json_put_text(out, "Name", account->name);
    json_put_text(out, "Status", STATUSES[account->state]);
    json_put_text(out, "State", STATES[account->state]);
    json_put_text(out, "JoinedMethod", ORGANIZATION_JOINED_METHODS[account->invited ? 0 : 1]);
    json_put_integer(out, "JoinedTimestamp", account->joined_s);
    if (!paths)
        return FAULT_NONE;
    struct text path = {0};
    enum fault fault = entity_path(call, organization, account->account_id, &path);
    json_push(json_put(out, "Paths", json_new_array()), json_new_text(text_chars(&path)));
    text_clear(&path);
    return fault;
}

static const char *state_of(const struct account_request *request)
{
    return REQUEST_STATES[request->failure[0] == '\0' ? 1 : 2];
}

static void put_request(struct json *out, const struct account_request *request)
{
    json_put_text(out, "Id", request->request_id);
    json_put_text(out, "AccountName", request->account_name);
    json_put_text(out, "State", state_of(request));
    json_put_integer(out, "RequestedTimestamp", request->requested_s);
    json_put_integer(out, "CompletedTimestamp", request->completed_s);
    if (request->failure[0] != '\0')
        json_put_text(out, "FailureReason", request->failure);
    else
        json_put_text(out, "AccountId", request->account_id);
}

static enum fault create_account(struct call *call)
{
    static const char RESERVED[] = "AWSServiceRoleFor";
    struct organization organization;
    struct account_request request;
    const char *role = json_member_text(call->input, "RoleName");
    enum fault fault = organization_of(call, &organization);
    if (fault != FAULT_NONE)
        return fault;
    if (role != NULL && strncmp(role, RESERVED, strlen(RESERVED)) == 0)
        return organization_forbid(call, FAULT_INVALID, "INVALID_ROLE_NAME",
                                   "RoleName must not begin with AWSServiceRoleFor.");
    fault = account_create(world_of(call), organization.organization_id,
                           json_member_text(call->input, "AccountName"),
                           json_member_text(call->input, "Email"), &request);
    if (fault != FAULT_NONE)
        return fault;
    if (request.failure[0] == '\0')
        fault = organization_tag(call, &organization, request.account_id,
                                 json_member(call->input, "Tags"));
    if (fault != FAULT_NONE)
        return fault;
    put_request(json_put(call->output, "CreateAccountStatus", json_new_object()), &request);
    return FAULT_NONE;
}

static enum fault describe_create_account_status(struct call *call)
{
    struct organization organization;
    struct account_request request;
    const char *id = json_member_text(call->input, "CreateAccountRequestId");
    enum fault fault = organization_of(call, &organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = account_request_get(world_of(call), organization.organization_id, id, &request);
    if (fault == FAULT_NOT_FOUND)
        return problem_set(&call->problem, FAULT_REQUEST_NOT_FOUND,
                           "There is no CreateAccount request %s.", id);
    if (fault != FAULT_NONE)
        return fault;
    put_request(json_put(call->output, "CreateAccountStatus", json_new_object()), &request);
    return FAULT_NONE;
}

struct seen_requests {
    struct listing listing;
    const struct json *states; /* those wanted; NULL or empty: all */
};

static bool see_request(void *self, const struct account_request *request)
{
    struct seen_requests *seen = self;
    const struct json *state = json_first(seen->states);
    while (state != NULL && strcmp(json_text(state), state_of(request)) != 0)
        state = json_next(state);
    if (state == NULL && json_count(seen->states) > 0)
        return true;
    struct json *out = listing_add(&seen->listing, request->row);
    if (out != NULL)
        put_request(out, request);
    return out != NULL;
}

static enum fault list_create_account_status(struct call *call)
{
    struct organization organization;
    struct seen_requests seen = {.states = json_member(call->input, "States")};
    enum fault fault = organization_of(call, &organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &ORGANIZATION_PAGING, "CreateAccountStatuses", &seen.listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = account_request_each(world_of(call), organization.organization_id,
                                 seen.listing.page.after, see_request, &seen);
    return listing_end(call, &ORGANIZATION_PAGING, &seen.listing, fault);
}

struct seen_accounts {
    struct call *call;
    struct listing listing;
    struct organization organization;
    enum fault fault;
};

static void see_account(void *self, const struct account *account)
{
    struct seen_accounts *seen = self;
    struct json *out = listing_add(&seen->listing, account->row);
    if (out != NULL && seen->fault == FAULT_NONE)
        seen->fault = organization_put_account(seen->call, out, &seen->organization, account, true);
}

static enum fault list_accounts(struct call *call)
{
    struct seen_accounts seen = {.call = call};
    enum fault fault = organization_of(call, &seen.organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &ORGANIZATION_PAGING, "Accounts", &seen.listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = account_each(world_of(call), seen.organization.organization_id, seen.listing.page.after,
                         seen.listing.page.size + 1, see_account, &seen);
    if (fault != FAULT_NONE)
        return fault;
    return listing_end(call, &ORGANIZATION_PAGING, &seen.listing, seen.fault);
}

static enum fault list_accounts_for_parent(struct call *call)
{
    struct entity parent;
    struct seen_accounts seen = {.call = call};
    const char *id = json_member_text(call->input, "ParentId");
    enum fault fault = organization_of(call, &seen.organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = entity_get_parent(call, &seen.organization, id, PARENT_UNKNOWN, &parent);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &ORGANIZATION_PAGING, "Accounts", &seen.listing);
    if (fault != FAULT_NONE)
        return fault;
    fault =
        account_each_in(world_of(call), seen.organization.organization_id, id,
                        seen.listing.page.after, seen.listing.page.size + 1, see_account, &seen);
    if (fault != FAULT_NONE)
        return fault;
    return listing_end(call, &ORGANIZATION_PAGING, &seen.listing, seen.fault);
}

/* The organization, and the account of it that the call names. */
static enum fault named_account(struct call *call, struct organization *out_organization,
                                struct account *out_account)
{
    enum fault fault = organization_of(call, out_organization);
    if (fault != FAULT_NONE)
        return fault;
    return organization_member(call, out_organization, json_member_text(call->input, "AccountId"),
                               out_account);
}

static enum fault describe_account(struct call *call)
{
    struct organization organization;
    struct account account;
    enum fault fault = named_account(call, &organization, &account);
    if (fault != FAULT_NONE)
        return fault;
    return organization_put_account(call, json_put(call->output, "Account", json_new_object()),
                                    &organization, &account, true);
}

static enum fault close_account(struct call *call)
{
    struct organization organization;
    enum fault fault = organization_of(call, &organization);
    if (fault != FAULT_NONE)
        return fault;
    return account_close(world_of(call), &organization, json_member_text(call->input, "AccountId"));
}

static enum fault move_account(struct call *call)
{
    struct organization organization;
    struct account account;
    struct entity parent;
    const char *source = json_member_text(call->input, "SourceParentId");
    const char *destination = json_member_text(call->input, "DestinationParentId");
    enum fault fault = named_account(call, &organization, &account);
    if (fault != FAULT_NONE)
        return fault;
    fault = entity_get_parent(call, &organization, source, SOURCE_UNKNOWN, &parent);
    if (fault != FAULT_NONE)
        return fault;
    fault = entity_get_parent(call, &organization, destination, DESTINATION_UNKNOWN, &parent);
    if (fault != FAULT_NONE)
        return fault;
    if (strcmp(account.parent_id, destination) == 0)
        return organization_refuse(call, ACCOUNT_THERE, destination);
    if (strcmp(account.parent_id, source) != 0)
        return organization_refuse(call, SOURCE_UNKNOWN, source);
    return account_move(world_of(call), account.account_id, destination);
}

static enum fault may_leave(struct call *call, const struct organization *organization,
                            const struct account *account)
{
    char *delegation = NULL;
    if (account->management)
        return organization_refuse(call, MASTER_STAYS, account->account_id);
    enum fault fault = record_get(world_of(call), DELEGATED, organization->organization_id,
                                  account->account_id, &delegation);
    free(delegation);
    if (fault == FAULT_NONE)
        return organization_forbid(call, FAULT_CONSTRAINT,
                                   "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG",
                                   "Deregister the account as a delegated administrator first.");
    if (fault != FAULT_NOT_FOUND)
        return fault;
    if (account->state != ACCOUNT_ACTIVE)
        return organization_forbid(call, FAULT_CONSTRAINT, "ACCOUNT_CANNOT_LEAVE_ORGANIZATION",
                                   "A closed account stays in its organization until it expires.");
    if (!account->invited && world_of(call)->now_s < account->joined_s + WAIT_S)
        return organization_forbid(call, FAULT_CONSTRAINT, "WAIT_PERIOD_ACTIVE",
                                   "An account can leave four days after its creation.");
    return FAULT_NONE;
}

/* It leaves its unit, its tags and its policies behind. */
static enum fault leave(struct call *call, const struct organization *organization,
                        const struct account *account)
{
    enum fault fault = may_leave(call, organization, account);
    if (fault != FAULT_NONE)
        return fault;
    fault = organization_forget(call, organization, account->account_id);
    if (fault != FAULT_NONE)
        return fault;
    return organization_leave(world_of(call), account->account_id);
}

static enum fault remove_account(struct call *call)
{
    struct organization organization;
    struct account account;
    enum fault fault = named_account(call, &organization, &account);
    if (fault != FAULT_NONE)
        return fault;
    return leave(call, &organization, &account);
}

static enum fault leave_organization(struct call *call)
{
    struct organization organization;
    struct account account;
    enum fault fault = organization_of_member(call, &organization, &account);
    if (fault != FAULT_NONE)
        return fault;
    return leave(call, &organization, &account);
}

const struct operation ORGANIZATION_ACCOUNT_OPERATIONS[] = {
    OPERATION("CreateAccount", WRITE, CREATE_ACCOUNT_IN, REQUEST_OUT, create_account),
    OPERATION("DescribeCreateAccountStatus", READ, REQUEST_IN, REQUEST_OUT,
              describe_create_account_status),
    OPERATION("ListCreateAccountStatus", READ, LIST_REQUESTS_IN, LIST_REQUESTS_OUT,
              list_create_account_status),
    OPERATION("ListAccounts", READ, LIST_IN, ACCOUNTS_OUT, list_accounts),
    OPERATION("ListAccountsForParent", READ, LIST_OF_PARENT_IN, ACCOUNTS_OUT,
              list_accounts_for_parent),
    OPERATION("DescribeAccount", READ, ORGANIZATION_ACCOUNT_ID, DESCRIBE_OUT, describe_account),
    OPERATION("CloseAccount", WRITE, ORGANIZATION_ACCOUNT_ID, NO_SHAPE, close_account),
    OPERATION("MoveAccount", WRITE, MOVE_IN, NO_SHAPE, move_account),
    OPERATION("RemoveAccountFromOrganization", WRITE, ORGANIZATION_ACCOUNT_ID, NO_SHAPE,
              remove_account),
    OPERATION("LeaveOrganization", WRITE, NO_SHAPE, NO_SHAPE, leave_organization),
    {0}};
