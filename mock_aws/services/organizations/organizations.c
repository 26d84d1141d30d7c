/* SPDX-License-Identifier: MIT */
/*
 * organizations, AWS's published API: the service's tables, who may call it, and the organization
 * itself (identity-wire 7; rules 6, 52-57).
 */
#include "services/organizations/organizations.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "services/sso_admin/instances.h"
#include "world/rows/id_list.h"

static const char *const FEATURE_SETS[] = {"ALL", "CONSOLIDATED_BILLING", NULL};
static const char *const TYPE_STATUSES[] = {"ENABLED", "PENDING_ENABLE", "PENDING_DISABLE", NULL};
static const struct shape CREATE_IN[] = {{.name = "FeatureSet", .values = FEATURE_SETS}, {0}};
static const struct shape POLICY_TYPE_MEMBERS[] = {
    {.name = "Type", .values = ORGANIZATION_POLICY_TYPES},
    {.name = "Status", .values = TYPE_STATUSES},
    {0}};
static const struct shape POLICY_TYPE_ELEMENT[] = {
    {.name = "member", STRUCTURE(POLICY_TYPE_MEMBERS)}};
static const struct shape ORGANIZATION_MEMBERS[] = {
    {.name = "Id"},
    {.name = "Arn"},
    {.name = "FeatureSet", .values = FEATURE_SETS},
    {.name = "MasterAccountArn"},
    {.name = "MasterAccountId"},
    {.name = "MasterAccountEmail"},
    {.name = "AvailablePolicyTypes", LIST_OF(POLICY_TYPE_ELEMENT)},
    {0}};
static const struct shape ORGANIZATION_OUT[] = {
    {.name = "Organization", STRUCTURE(ORGANIZATION_MEMBERS)}, {0}};
const struct shape ORGANIZATION_ACCOUNT_ID[] = {{ACCOUNT_ID_IN}, {0}};
const struct paging ORGANIZATION_PAGING = {"NextToken", "MaxResults", 20, 20};

static const struct {
    const char *modelled;
    const char *words;
} ERRORS[] = {
#define ROW(name, modelled, words) [name] = {modelled, words},
    ORGANIZATION_ERRORS(ROW)
#undef ROW
};

enum fault organization_refuse(struct call *call, enum organization_error error, const char *name)
{
    return problem_set(&call->problem, (enum fault)(FAULT_OF_SERVICE + (int)error), "%s: %s",
                       ERRORS[error].words, name);
}

enum fault organization_forbid(struct call *call, enum fault fault, const char *reason,
                               const char *message)
{
    text_copy(call->problem.reason, sizeof call->problem.reason, reason);
    return problem_set(&call->problem, fault, "%s", message);
}

enum fault organization_of_member(struct call *call, struct organization *out_organization,
                                  struct account *out_caller)
{
    enum fault fault = account_get(world_of(call), call->account, out_caller);
    bool member = fault == FAULT_NONE && out_caller->organization_id[0] != '\0';
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !member))
        return problem_set(&call->problem, FAULT_NO_ORGANIZATION,
                           "Your account is not a member of an organization.");
    if (fault != FAULT_NONE)
        return fault;
    return organization_get(world_of(call), out_caller->organization_id, out_organization);
}

enum fault organization_of(struct call *call, struct organization *out_organization)
{
    struct account caller;
    char *delegation = NULL;
    enum fault fault = organization_of_member(call, out_organization, &caller);
    if (fault != FAULT_NONE || caller.management)
        return fault;
    if (call->operation->access == READ)
        fault = record_get(world_of(call), DELEGATED, out_organization->organization_id,
                           call->account, &delegation);
    else
        fault = FAULT_NOT_FOUND;
    free(delegation);
    if (fault == FAULT_NOT_FOUND)
        return problem_set(&call->problem, FAULT_DENIED,
                           "You don't have permissions to access this resource.");
    return fault;
}

enum fault organization_with_features(struct call *call, struct organization *out_organization)
{
    enum fault fault = organization_of(call, out_organization);
    if (fault != FAULT_NONE)
        return fault;
    if (!out_organization->all_features)
        return organization_forbid(call, FAULT_CONSTRAINT, "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE",
                                   "This operation needs an organization with all features.");
    return FAULT_NONE;
}

enum fault organization_member(struct call *call, const struct organization *organization,
                               const char *account_id, struct account *out_account)
{
    enum fault fault = account_get(world_of(call), account_id, out_account);
    bool member = fault == FAULT_NONE && out_account->state != ACCOUNT_GONE &&
                  strcmp(out_account->organization_id, organization->organization_id) == 0;
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !member))
        return problem_set(&call->problem, FAULT_NOT_FOUND,
                           "You specified an account that doesn't exist: %s.", account_id);
    return fault;
}

struct entity_scope organization_scope(const struct organization *organization, const char *id)
{
    struct entity_scope scope;
    snprintf(scope.chars, sizeof scope.chars, "%s/%s", organization->organization_id, id);
    return scope;
}

enum fault organization_forget(struct call *call, const struct organization *organization,
                               const char *id)
{
    return record_delete_scope(world_of(call), organization_scope(organization, id).chars);
}

void organization_put_arn(struct json *out, const char *name,
                          const struct organization *organization, const char *kind, const char *id)
{
    struct text arn = {0};
    text_addf(&arn, "arn:aws:organizations::%s:%s/%s", organization->management_id, kind,
              organization->organization_id);
    if (id[0] != '\0')
        text_addf(&arn, "/%s", id);
    json_put_text(out, name, text_chars(&arn));
    text_clear(&arn);
}

static enum fault put_organization(struct call *call, const struct organization *organization)
{
    struct account management;
    enum fault fault = account_get(world_of(call), organization->management_id, &management);
    struct json *out = json_put(call->output, "Organization", json_new_object());
    json_put_text(out, "Id", organization->organization_id);
    organization_put_arn(out, "Arn", organization, "organization", "");
    json_put_text(out, "FeatureSet", FEATURE_SETS[organization->all_features ? 0 : 1]);
    organization_put_arn(out, "MasterAccountArn", organization, "account",
                         organization->management_id);
    json_put_text(out, "MasterAccountId", organization->management_id);
    json_put_text(out, "MasterAccountEmail", management.email);
    if (fault != FAULT_NONE)
        return fault;
    return organization_put_policy_types(call, out, "AvailablePolicyTypes", organization);
}

static enum fault create_organization(struct call *call)
{
    struct organization organization;
    const char *features = json_member_text(call->input, "FeatureSet");
    bool all = features == NULL || strcmp(features, FEATURE_SETS[0]) == 0;
    enum fault fault = organization_create(world_of(call), call->account, all, &organization);
    if (fault != FAULT_NONE)
        return fault;
    return put_organization(call, &organization);
}

static enum fault describe_organization(struct call *call)
{
    struct organization organization;
    struct account caller;
    enum fault fault = organization_of_member(call, &organization, &caller);
    if (fault != FAULT_NONE)
        return fault;
    return put_organization(call, &organization);
}

static void count_account(void *self, const struct account *account)
{
    size_t *count = self;
    (void)account;
    ++*count;
}

struct gathered {
    const struct organization *organization;
    struct id_list scopes;
};

static bool gather(void *self, const struct record *record)
{
    struct gathered *gathered = self;
    id_list_add(&gathered->scopes, organization_scope(gathered->organization, record->key).chars);
    return true;
}

/* Units, policies and what is kept of them go with the organization. */
static enum fault forget_everything(struct call *call, const struct organization *organization)
{
    struct world *world = world_of(call);
    const char *id = organization->organization_id;
    struct gathered gathered = {.organization = organization};
    id_list_add(&gathered.scopes,
                organization_scope(organization, organization->management_id).chars);
    id_list_add(&gathered.scopes, organization_scope(organization, organization->root_id).chars);
    id_list_add(&gathered.scopes, id);
    record_each(world, UNIT, id, 0, gather, &gathered);
    enum fault fault = record_each(world, POLICY, id, 0, gather, &gathered);
    for (size_t i = 0; i < gathered.scopes.count && fault == FAULT_NONE; i++)
        fault = record_delete_scope(world, gathered.scopes.ids[i]);
    id_list_clear(&gathered.scopes);
    return fault;
}

/*
 * With the organization goes its instance of Identity Center, and with that every seat linked to it
 * (E13, rule 3).
 */
static enum fault delete_organization(struct call *call)
{
    struct organization organization;
    size_t accounts = 0;
    enum fault fault = organization_of(call, &organization);
    if (fault != FAULT_NONE)
        return fault;
    fault =
        account_each(world_of(call), organization.organization_id, 0, 2, count_account, &accounts);
    if (fault != FAULT_NONE)
        return fault;
    if (accounts > 1)
        return organization_refuse(call, NOT_EMPTY, organization.organization_id);
    fault = forget_everything(call, &organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = sso_organization_instances_delete(call, organization.management_id);
    if (fault != FAULT_NONE)
        return fault;
    return organization_delete(world_of(call), &organization);
}

static const struct operation OPERATIONS[] = {
    OPERATION("CreateOrganization", WRITE, CREATE_IN, ORGANIZATION_OUT, create_organization),
    OPERATION("DescribeOrganization", READ, NO_SHAPE, ORGANIZATION_OUT, describe_organization),
    OPERATION("DeleteOrganization", WRITE, NO_SHAPE, NO_SHAPE, delete_organization),
    {0}};

static const struct operation *const TABLES[] = {
    ORGANIZATION_ACCOUNT_OPERATIONS,    ORGANIZATION_UNIT_OPERATIONS,
    ORGANIZATION_SERVICE_OPERATIONS,    ORGANIZATION_POLICY_OPERATIONS,
    ORGANIZATION_ATTACHMENT_OPERATIONS, ORGANIZATION_EFFECT_OPERATIONS,
    ORGANIZATION_TAG_OPERATIONS,        NULL};

/*
 * Input violations are InvalidInputException here, and every thing not found has a name of its own.
 */
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
#define ROW(name, modelled, words) {(enum fault)(FAULT_OF_SERVICE + name), modelled, 400},
    ORGANIZATION_ERRORS(ROW)
#undef ROW
        {0}};

const struct service ORGANIZATIONS_SERVICE = {
    .name = "organizations",
    .protocol = PROTOCOL_AWS_JSON,
    .target_prefixes = (const char *const[]){"AWSOrganizationsV20161128", NULL},
    .scopes = (const char *const[]){"organizations", NULL},
    .content_type = "application/x-amz-json-1.1",
    .violation_member = true,
    .faults = FAULTS,
    .operations = OPERATIONS,
    .further = TABLES};
