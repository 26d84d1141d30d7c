/* SPDX-License-Identifier: MIT */
/*
 * organizations: AWS services that are trusted, and member accounts that administer one in the
 * management account's place (identity-wire 7.3). No seat depends on either (rule 62).
 */
#include <stdlib.h>
#include <string.h>

#include "services/organizations/organizations.h"

static const struct shape PRINCIPAL_ONLY[] = {{PRINCIPAL_IN, .required = true}, {0}};
static const struct shape LIST_IN[] = {{PAGE_TOKEN_IN}, {PAGE_SIZE_IN}, {0}};
static const struct shape ENABLED_MEMBERS[] = {
    {.name = "ServicePrincipal"}, {.name = "DateEnabled", .kind = SHAPE_TIMESTAMP}, {0}};
static const struct shape ENABLED_ELEMENT[] = {{.name = "member", STRUCTURE(ENABLED_MEMBERS)}};
static const struct shape ENABLED_OUT[] = {
    {.name = "EnabledServicePrincipals", LIST_OF(ENABLED_ELEMENT)}, {.name = "NextToken"}, {0}};
static const struct shape DELEGATE_IN[] = {{ACCOUNT_ID_IN}, {PRINCIPAL_IN, .required = true}, {0}};
static const struct shape ADMINISTRATORS_IN[] = {
    {PRINCIPAL_IN}, {PAGE_TOKEN_IN}, {PAGE_SIZE_IN}, {0}};
static const struct shape ADMINISTRATOR_MEMBERS[] = {
    ACCOUNT_OUT, {.name = "DelegationEnabledDate", .kind = SHAPE_TIMESTAMP}, {0}};
static const struct shape ADMINISTRATOR_ELEMENT[] = {
    {.name = "member", STRUCTURE(ADMINISTRATOR_MEMBERS)}};
static const struct shape ADMINISTRATORS_OUT[] = {
    {.name = "DelegatedAdministrators", LIST_OF(ADMINISTRATOR_ELEMENT)},
    {.name = "NextToken"},
    {0}};
static const struct shape SERVICES_IN[] = {{ACCOUNT_ID_IN}, {PAGE_TOKEN_IN}, {PAGE_SIZE_IN}, {0}};
static const struct shape SERVICE_MEMBERS[] = {
    {.name = "ServicePrincipal"}, {.name = "DelegationEnabledDate", .kind = SHAPE_TIMESTAMP}, {0}};
static const struct shape SERVICE_ELEMENT[] = {{.name = "member", STRUCTURE(SERVICE_MEMBERS)}};
static const struct shape SERVICES_OUT[] = {
    {.name = "DelegatedServices", LIST_OF(SERVICE_ELEMENT)}, {.name = "NextToken"}, {0}};

/*
 * Which services there are the documents do not say in one place: what has the form of one is one.
 */
static enum fault principal_known(struct call *call, const char **out_principal)
{
    static const char SUFFIX[] = ".amazonaws.com";
    *out_principal = json_member_text(call->input, "ServicePrincipal");
    size_t bytes = strlen(*out_principal);
    size_t suffix_bytes = strlen(SUFFIX);
    if (bytes > suffix_bytes && strcmp(*out_principal + bytes - suffix_bytes, SUFFIX) == 0 &&
        strspn(*out_principal, "abcdefghijklmnopqrstuvwxyz0123456789.-") == bytes)
        return FAULT_NONE;
    return organization_forbid(call, FAULT_INVALID, "UNRECOGNIZED_SERVICE_PRINCIPAL",
                               "You specified an unrecognized service principal.");
}

static enum fault enable_service_access(struct call *call)
{
    struct organization organization;
    const char *principal;
    char *there = NULL;
    enum fault fault = organization_with_features(call, &organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = principal_known(call, &principal);
    if (fault != FAULT_NONE)
        return fault;
    fault =
        record_get(world_of(call), SERVICE_ACCESS, organization.organization_id, principal, &there);
    free(there); /* the date of the first time stays */
    return fault == FAULT_NOT_FOUND ? record_put(world_of(call), SERVICE_ACCESS,
                                                 organization.organization_id, principal, "{}")
                                    : fault;
}

static enum fault disable_service_access(struct call *call)
{
    struct organization organization;
    const char *principal;
    enum fault fault = organization_with_features(call, &organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = principal_known(call, &principal);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_delete(world_of(call), SERVICE_ACCESS, organization.organization_id, principal);
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

struct seen_services {
    struct listing listing;
    const char *date;
};

static bool see_service(void *self, const struct record *record)
{
    struct seen_services *seen = self;
    struct json *out = listing_add(&seen->listing, record->row);
    if (out == NULL)
        return false;
    json_put_text(out, "ServicePrincipal", record->key);
    json_put_integer(out, seen->date, record->created_s);
    return true;
}

static enum fault list_service_access(struct call *call)
{
    struct organization organization;
    struct seen_services seen = {.date = "DateEnabled"};
    enum fault fault = organization_with_features(call, &organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &ORGANIZATION_PAGING, "EnabledServicePrincipals", &seen.listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_each(world_of(call), SERVICE_ACCESS, organization.organization_id,
                        seen.listing.page.after, see_service, &seen);
    return listing_end(call, &ORGANIZATION_PAGING, &seen.listing, fault);
}

static bool see_any(void *self, const struct record *record)
{
    bool *any = self;
    (void)record;
    *any = true;
    return false;
}

struct rivals {
    struct call *call;
    const char *organization_id;
    bool any;
    enum fault fault;
};

/*
 * The scope of a delegation is the organization's id and the account's; one that is gone for good
 * is nobody's rival.
 */
static bool see_rival(void *self, const struct record *record)
{
    struct rivals *rivals = self;
    struct account account;
    size_t bytes = strlen(rivals->organization_id);
    if (strncmp(record->scope, rivals->organization_id, bytes) != 0 || record->scope[bytes] != '/')
        return true;
    rivals->fault = account_get(world_of(rivals->call), record->scope + bytes + 1, &account);
    rivals->any = rivals->fault == FAULT_NONE && account.state != ACCOUNT_GONE;
    return rivals->fault == FAULT_NONE && !rivals->any;
}

static enum fault may_register(struct call *call, const struct organization *organization,
                               const struct account *account, const char *principal)
{
    char *access = NULL;
    struct rivals rivals = {.call = call, .organization_id = organization->organization_id};
    if (account->management)
        return organization_forbid(call, FAULT_CONSTRAINT,
                                   "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
                                   "The management account cannot be a delegated administrator.");
    if (account->state != ACCOUNT_ACTIVE)
        return organization_forbid(call, FAULT_CONSTRAINT,
                                   "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR",
                                   "A closed account cannot be a delegated administrator.");
    enum fault fault = record_get(world_of(call), SERVICE_ACCESS, organization->organization_id,
                                  principal, &access);
    free(access);
    if (fault == FAULT_NOT_FOUND)
        return organization_forbid(call, FAULT_CONSTRAINT, "SERVICE_ACCESS_NOT_ENABLED",
                                   "Enable access for the service first: EnableAWSServiceAccess.");
    if (fault != FAULT_NONE)
        return fault;
    if (strcmp(principal, IDENTITY_CENTER) == 0)
        fault =
            record_each_of_key(world_of(call), DELEGATED_SERVICE, principal, 0, see_rival, &rivals);
    if (fault != FAULT_NONE)
        return fault;
    if (rivals.any)
        return organization_forbid(call, FAULT_CONSTRAINT,
                                   "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED",
                                   "Identity Center has one delegated administrator at most.");
    return rivals.fault;
}

/* The organization, the account and the service of a delegation. */
static enum fault named(struct call *call, struct organization *out_organization,
                        struct account *out_account, const char **out_principal)
{
    enum fault fault = organization_with_features(call, out_organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = principal_known(call, out_principal);
    if (fault != FAULT_NONE)
        return fault;
    return organization_member(call, out_organization, json_member_text(call->input, "AccountId"),
                               out_account);
}

static enum fault keep_delegation(struct call *call, const char *kind, const char *scope,
                                  const char *key)
{
    struct json *value = json_new_object();
    json_put_integer(value, "DelegationEnabledDate", world_of(call)->now_s);
    enum fault fault = value_put(call, kind, scope, key, value);
    json_free(value);
    return fault;
}

static enum fault register_administrator(struct call *call)
{
    struct organization organization;
    struct account account;
    const char *principal;
    char *there = NULL;
    enum fault fault = named(call, &organization, &account, &principal);
    if (fault != FAULT_NONE)
        return fault;
    struct entity_scope scope = organization_scope(&organization, account.account_id);
    fault = record_get(world_of(call), DELEGATED_SERVICE, scope.chars, principal, &there);
    free(there);
    if (fault == FAULT_NONE)
        return organization_refuse(call, REGISTERED, account.account_id);
    if (fault == FAULT_NOT_FOUND)
        fault = may_register(call, &organization, &account, principal);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_get(world_of(call), DELEGATED, organization.organization_id, account.account_id,
                       &there);
    free(there);
    if (fault == FAULT_NOT_FOUND)
        fault = keep_delegation(call, DELEGATED, organization.organization_id, account.account_id);
    if (fault != FAULT_NONE)
        return fault;
    return keep_delegation(call, DELEGATED_SERVICE, scope.chars, principal);
}

static enum fault deregister_administrator(struct call *call)
{
    struct organization organization;
    struct account account;
    const char *principal;
    bool others = false;
    enum fault fault = named(call, &organization, &account, &principal);
    if (fault != FAULT_NONE)
        return fault;
    struct entity_scope scope = organization_scope(&organization, account.account_id);
    fault = record_delete(world_of(call), DELEGATED_SERVICE, scope.chars, principal);
    if (fault == FAULT_NOT_FOUND)
        return organization_refuse(call, NOT_REGISTERED, account.account_id);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_each(world_of(call), DELEGATED_SERVICE, scope.chars, 0, see_any, &others);
    if (fault != FAULT_NONE)
        return fault;
    return !others ? record_delete(world_of(call), DELEGATED, organization.organization_id,
                                   account.account_id)
                   : FAULT_NONE;
}

struct seen_administrators {
    struct call *call;
    struct listing listing;
    struct organization organization;
    enum fault fault;
};

/*
 * The delegation for the service that was asked for, or the account's first one; NULL if it has
 * none for that.
 */
static struct json *delegation_of(struct seen_administrators *seen, const struct record *record)
{
    struct json *value = NULL;
    const char *principal = json_member_text(seen->call->input, "ServicePrincipal");
    if (principal == NULL)
        return value_of(record->value);
    struct entity_scope scope = organization_scope(&seen->organization, record->key);
    enum fault fault = value_get(seen->call, DELEGATED_SERVICE, scope.chars, principal, &value);
    if (fault != FAULT_NOT_FOUND)
        seen->fault = fault;
    return value;
}

static bool see_administrator(void *self, const struct record *record)
{
    struct seen_administrators *seen = self;
    struct account account;
    struct json *value = delegation_of(seen, record);
    enum fault fault = FAULT_NONE;
    if (value != NULL)
        fault = account_get(world_of(seen->call), record->key, &account);
    struct json *out = value != NULL && fault == FAULT_NONE && account.state != ACCOUNT_GONE
                           ? listing_add(&seen->listing, record->row)
                           : NULL;
    if (out != NULL) {
        fault = organization_put_account(seen->call, out, &seen->organization, &account, false);
        json_put(out, "DelegationEnabledDate",
                 json_copy(json_member(value, "DelegationEnabledDate")));
    }
    json_free(value);
    if (fault != FAULT_NONE)
        seen->fault = fault;
    return seen->fault == FAULT_NONE && !seen->listing.more;
}

static enum fault list_administrators(struct call *call)
{
    struct seen_administrators seen = {.call = call};
    const char *principal = json_member_text(call->input, "ServicePrincipal");
    enum fault fault = organization_with_features(call, &seen.organization);
    if (fault != FAULT_NONE)
        return fault;
    if (principal != NULL)
        fault = principal_known(call, &principal);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &ORGANIZATION_PAGING, "DelegatedAdministrators", &seen.listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_each(world_of(call), DELEGATED, seen.organization.organization_id,
                        seen.listing.page.after, see_administrator, &seen);
    if (fault != FAULT_NONE)
        return fault;
    return listing_end(call, &ORGANIZATION_PAGING, &seen.listing, seen.fault);
}

static enum fault list_delegated_services(struct call *call)
{
    struct organization organization;
    struct account account;
    struct seen_services seen = {.date = "DelegationEnabledDate"};
    bool any = false;
    const char *id = json_member_text(call->input, "AccountId");
    enum fault fault = organization_with_features(call, &organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = organization_member(call, &organization, id, &account);
    if (fault != FAULT_NONE)
        return fault;
    struct entity_scope scope = organization_scope(&organization, id);
    fault = record_each(world_of(call), DELEGATED_SERVICE, scope.chars, 0, see_any, &any);
    if (fault != FAULT_NONE)
        return fault;
    if (!any)
        return organization_refuse(call, NOT_REGISTERED, id);
    fault = listing_begin(call, &ORGANIZATION_PAGING, "DelegatedServices", &seen.listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_each(world_of(call), DELEGATED_SERVICE, scope.chars, seen.listing.page.after,
                        see_service, &seen);
    return listing_end(call, &ORGANIZATION_PAGING, &seen.listing, fault);
}

const struct operation ORGANIZATION_SERVICE_OPERATIONS[] = {
    OPERATION("EnableAWSServiceAccess", WRITE, PRINCIPAL_ONLY, NO_SHAPE, enable_service_access),
    OPERATION("DisableAWSServiceAccess", WRITE, PRINCIPAL_ONLY, NO_SHAPE, disable_service_access),
    OPERATION("ListAWSServiceAccessForOrganization", READ, LIST_IN, ENABLED_OUT,
              list_service_access),
    OPERATION("RegisterDelegatedAdministrator", WRITE, DELEGATE_IN, NO_SHAPE,
              register_administrator),
    OPERATION("DeregisterDelegatedAdministrator", WRITE, DELEGATE_IN, NO_SHAPE,
              deregister_administrator),
    OPERATION("ListDelegatedAdministrators", READ, ADMINISTRATORS_IN, ADMINISTRATORS_OUT,
              list_administrators),
    OPERATION("ListDelegatedServicesForAccount", READ, SERVICES_IN, SERVICES_OUT,
              list_delegated_services),
    {0}};
