/* SPDX-License-Identifier: MIT */
/* account: who an account is and which Regions it has (identity-wire 8). */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/times.h"
#include "services/calls.h"
#include "wire/shapes.h"
#include "world/changes/account_changes.h"
#include "world/changes/account_closures.h"

static const char *const STATES[] = {"PENDING_ACTIVATION", "ACTIVE", "SUSPENDED", "CLOSED", NULL};
static const char *const OPT_STATUSES[] = {"ENABLED",  "ENABLING",           "DISABLING",
                                           "DISABLED", "ENABLED_BY_DEFAULT", NULL};

static const struct shape INFORMATION_IN[] = {{.name = "AccountId", .pattern = &PATTERN_ACCOUNT_ID},
                                              {0}};
static const struct shape INFORMATION_OUT[] = {{.name = "AccountId"},
                                               {.name = "AccountName"},
                                               {.name = "AccountCreatedDate"},
                                               {.name = "AccountState", .values = STATES},
                                               {0}};
static const struct shape EMAIL_IN[] = {
    {.name = "AccountId", .required = true, .pattern = &PATTERN_ACCOUNT_ID}, {0}};
static const struct shape EMAIL_OUT[] = {{.name = "PrimaryEmail"}, {0}};
static const struct shape OPT_STATUS_ELEMENT[] = {{.name = "member", .values = OPT_STATUSES}};
static const struct shape REGIONS_IN[] = {
    {.name = "AccountId", .pattern = &PATTERN_ACCOUNT_ID},
    {.name = "MaxResults", .kind = SHAPE_INTEGER, .min = 1, .max = 50},
    {.name = "NextToken", .max = 1000},
    {.name = "RegionOptStatusContains", .kind = SHAPE_LIST, .members = OPT_STATUS_ELEMENT},
    {0}};
static const struct shape REGION_MEMBERS[] = {
    {.name = "RegionName"}, {.name = "RegionOptStatus", .values = OPT_STATUSES}, {0}};
static const struct shape REGION_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = REGION_MEMBERS}};
static const struct shape REGIONS_OUT[] = {
    {.name = "Regions", .kind = SHAPE_LIST, .members = REGION_ELEMENT}, {.name = "NextToken"}, {0}};

static const struct paging PAGING = {"NextToken", "MaxResults", 50, 50};

/* Those since March 2019 must be opted into, and nobody here has. */
static const struct {
    const char *name;
    bool opt_in;
} REGIONS[] = {{"af-south-1", true},      {"ap-east-1", true},       {"ap-northeast-1", false},
               {"ap-northeast-2", false}, {"ap-northeast-3", false}, {"ap-south-1", false},
               {"ap-south-2", true},      {"ap-southeast-1", false}, {"ap-southeast-2", false},
               {"ap-southeast-3", true},  {"ap-southeast-4", true},  {"ca-central-1", false},
               {"ca-west-1", true},       {"eu-central-1", false},   {"eu-central-2", true},
               {"eu-north-1", false},     {"eu-south-1", true},      {"eu-south-2", true},
               {"eu-west-1", false},      {"eu-west-2", false},      {"eu-west-3", false},
               {"il-central-1", true},    {"me-central-1", true},    {"me-south-1", true},
               {"sa-east-1", false},      {"us-east-1", false},      {"us-east-2", false},
               {"us-west-1", false},      {"us-west-2", false}};

/*
 * The account that the call is about: the caller's, or for a management account another of its
 * organization, which must be there. A standalone account that nothing was made in is as good as
 * any: it has the default start as its beginning.
 */
static enum fault account_meant(struct call *call, struct account *out_account)
{
    struct world *world = world_of(call);
    struct account caller;
    const char *id = json_member_text(call->input, "AccountId");
    enum fault fault = account_get(world, call->account, &caller);
    if (fault == FAULT_NOT_FOUND) {
        caller = (struct account){.joined_s = WORLD_DEFAULT_START_S};
        text_copy(caller.account_id, sizeof caller.account_id, call->account);
        fault = FAULT_NONE;
    }
    *out_account = caller;
    if (fault != FAULT_NONE || id == NULL || strcmp(id, call->account) == 0)
        return fault;
    fault = account_get(world, id, out_account);
    bool managed = fault == FAULT_NONE && caller.management && out_account->state != ACCOUNT_GONE &&
                   strcmp(out_account->organization_id, caller.organization_id) == 0;
    if (managed || (fault != FAULT_NONE && fault != FAULT_NOT_FOUND))
        return fault;
    return problem_set(&call->problem, FAULT_DENIED,
                       "User: %s is not authorized to perform: account:%s on the account %s",
                       call->actor, call->operation->name, id);
}

static enum fault get_account_information(struct call *call)
{
    static const char *const STATE_OF[] = {[ACCOUNT_ACTIVE] = "ACTIVE",
                                           [ACCOUNT_PENDING_CLOSURE] = "SUSPENDED",
                                           [ACCOUNT_CLOSED] = "CLOSED",
                                           [ACCOUNT_GONE] = "CLOSED"};
    struct account account;
    char created[TIME_TEXT_BYTES];
    enum fault fault = account_meant(call, &account);
    if (fault != FAULT_NONE)
        return fault;
    bool named = account.name[0] != '\0';
    time_print(account.joined_s, created);
    json_put_text(call->output, "AccountId", account.account_id);
    json_put_text(call->output, "AccountName", named ? account.name : account.account_id);
    json_put_text(call->output, "AccountCreatedDate", created);
    json_put_text(call->output, "AccountState", STATE_OF[account.state]);
    return FAULT_NONE;
}

static enum fault get_primary_email(struct call *call)
{
    struct account account;
    char made[ACCOUNT_EMAIL_BYTES];
    enum fault fault = account_meant(call, &account);
    if (fault != FAULT_NONE)
        return fault;
    bool known = account.email[0] != '\0';
    snprintf(made, sizeof made, "account+%s@example.com", account.account_id);
    json_put_text(call->output, "PrimaryEmail", known ? account.email : made);
    return FAULT_NONE;
}

static bool is_wanted(const struct json *statuses, const char *status)
{
    const struct json *at = json_first(statuses);
    while (at != NULL && strcmp(json_text(at), status) != 0)
        at = json_next(at);
    return at != NULL || json_count(statuses) == 0;
}

static enum fault list_regions(struct call *call)
{
    struct account account;
    struct listing listing;
    const struct json *statuses = json_member(call->input, "RegionOptStatusContains");
    enum fault fault = account_meant(call, &account);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &PAGING, "Regions", &listing);
    if (fault != FAULT_NONE)
        return fault;
    for (size_t i = (size_t)listing.page.after; i < sizeof REGIONS / sizeof REGIONS[0]; i++) {
        const char *status = REGIONS[i].opt_in ? "DISABLED" : "ENABLED_BY_DEFAULT";
        struct json *out =
            is_wanted(statuses, status) ? listing_add(&listing, (int64_t)i + 1) : NULL;
        if (listing.more)
            break;
        if (out == NULL)
            continue;
        json_put_text(out, "RegionName", REGIONS[i].name);
        json_put_text(out, "RegionOptStatus", status);
    }
    return listing_end(call, &PAGING, &listing, fault);
}

static const struct operation OPERATIONS[] = {
    OPERATION_AT("POST", "/getAccountInformation", "GetAccountInformation", READ, INFORMATION_IN,
                 INFORMATION_OUT, get_account_information),
    OPERATION_AT("POST", "/getPrimaryEmail", "GetPrimaryEmail", READ, EMAIL_IN, EMAIL_OUT,
                 get_primary_email),
    OPERATION_AT("POST", "/listRegions", "ListRegions", READ, REGIONS_IN, REGIONS_OUT,
                 list_regions),
    {0}};

const struct service ACCOUNT_SERVICE = {.name = "account",
                                        .protocol = PROTOCOL_REST_JSON,
                                        .scopes = (const char *const[]){"account", NULL},
                                        .content_type = "application/json",
                                        .operations = OPERATIONS};
