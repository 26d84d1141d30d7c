/* SPDX-License-Identifier: MIT */
/*
 * sso-admin: who has which permission set in which account, and in which revision (identity-wire
 * 6.7). An assignment joins a principal and a place, "<permission set>/<account>". It stands when
 * the request that made it is done, and is gone at once.
 */
#include <string.h>

#include "base/lags.h"
#include "base/text.h"
#include "services/sso_admin/account_assignments.h"
#include "services/sso_admin/principals.h"
#include "services/sso_admin/requests.h"
#include "services/sso_admin/sso_admin.h"
#include "world/changes/account_changes.h"
#include "world/changes/account_closures.h"
#include "world/rows/id_list.h"
#include "world/time/propagation.h"

#define ASSIGNMENT "account-assignment"
#define PROVISIONED                                                                                \
    "provisioned-account" /* of a permission set: the revision that the account has */

#define TARGET_ID .name = "TargetId", SSO_ACCOUNT
static const char *const PROVISION_TYPES[] = {"AWS_ACCOUNT", "ALL_PROVISIONED_ACCOUNTS", NULL};
static const char *const REVISIONS[] = {"LATEST_PERMISSION_SET_PROVISIONED",
                                        "LATEST_PERMISSION_SET_NOT_PROVISIONED", NULL};
static const struct shape ASSIGNMENT_IN[] = {
    {INSTANCE_ARN_IN},
    {TARGET_ID, .required = true},
    {.name = "TargetType", .required = true, .values = SSO_TARGET_TYPES},
    {PERMISSION_SET_ARN_IN},
    {PRINCIPAL_TYPE_IN},
    {PRINCIPAL_ID_IN},
    {0}};
static const struct shape PROVISION_IN[] = {
    {INSTANCE_ARN_IN},
    {PERMISSION_SET_ARN_IN},
    {TARGET_ID},
    {.name = "TargetType", .required = true, .values = PROVISION_TYPES},
    {0}};
static const struct shape LIST_IN[] = {
    {INSTANCE_ARN_IN},       {.name = "AccountId", .required = true, SSO_ACCOUNT},
    {PERMISSION_SET_ARN_IN}, {MAX_RESULTS_IN},
    {NEXT_TOKEN_IN},         {0}};
static const struct shape LISTED[] = {{.name = "AccountId"},
                                      {.name = "PermissionSetArn"},
                                      {.name = "PrincipalType", .values = SSO_PRINCIPAL_TYPES},
                                      {.name = "PrincipalId"},
                                      {0}};
static const struct shape LISTED_ELEMENT[] = {{.name = "member", STRUCTURE(LISTED)}};
static const struct shape LIST_OUT[] = {
    {.name = "AccountAssignments", LIST_OF(LISTED_ELEMENT)}, {.name = "NextToken"}, {0}};
static const struct shape PRINCIPAL_FILTER[] = {{.name = "AccountId", SSO_ACCOUNT}, {0}};
static const struct shape LIST_FOR_PRINCIPAL_IN[] = {
    {INSTANCE_ARN_IN},
    {PRINCIPAL_ID_IN},
    {PRINCIPAL_TYPE_IN},
    {.name = "Filter", STRUCTURE(PRINCIPAL_FILTER)},
    {NEXT_TOKEN_IN},
    {MAX_RESULTS_IN},
    {0}};
#define PROVISIONING_STATUS .name = "ProvisioningStatus", .values = REVISIONS
static const struct shape LIST_ACCOUNTS_IN[] = {{INSTANCE_ARN_IN},     {PERMISSION_SET_ARN_IN},
                                                {PROVISIONING_STATUS}, {MAX_RESULTS_IN},
                                                {NEXT_TOKEN_IN},       {0}};
static const struct shape LIST_ACCOUNTS_OUT[] = {
    {.name = "AccountIds", LIST_OF(SSO_TEXT_ELEMENT)}, {.name = "NextToken"}, {0}};
static const struct shape LIST_SETS_IN[] = {
    {INSTANCE_ARN_IN},     {.name = "AccountId", .required = true, SSO_ACCOUNT},
    {PROVISIONING_STATUS}, {MAX_RESULTS_IN},
    {NEXT_TOKEN_IN},       {0}};
static const struct shape LIST_SETS_OUT[] = {
    {.name = "NextToken"}, {.name = "PermissionSets", LIST_OF(SSO_TEXT_ELEMENT)}, {0}};

struct seen {
    struct call *call;
    struct listing listing;
    int64_t revision; /* of the permission set whose accounts are listed */
    enum fault fault;
};

static void place_key(struct text *out, const char *permission_set, const char *account)
{
    text_addf(out, "%s/%s", permission_set, account);
}

static bool see_any(void *self, const struct record *record)
{
    bool *any = self;
    (void)record;
    *any = true;
    return false;
}

/* An account has a permission set while somebody is assigned to it there. */
static enum fault is_assigned(struct call *call, const char *permission_set, const char *account,
                              bool *out_assigned)
{
    struct text key = {0};
    place_key(&key, permission_set, account);
    *out_assigned = false;
    enum fault fault =
        record_each_of_key(world_of(call), ASSIGNMENT, text_chars(&key), 0, see_any, out_assigned);
    text_clear(&key);
    return fault;
}

struct use {
    struct call *call;
    bool in_use;
    enum fault fault;
};

static bool see_use(void *self, const struct record *record)
{
    struct use *use = self;
    use->fault = is_assigned(use->call, record->scope, record->key, &use->in_use);
    return use->fault == FAULT_NONE && !use->in_use;
}

enum fault sso_permission_set_in_use(struct call *call, const char *permission_set_arn,
                                     bool *out_in_use)
{
    struct use use = {.call = call};
    enum fault fault =
        record_each(world_of(call), PROVISIONED, permission_set_arn, 0, see_use, &use);
    *out_in_use = use.in_use;
    if (fault != FAULT_NONE)
        return fault;
    return use.fault;
}

/* The instance's own account, or an open one of its organization. */
static enum fault check_target(struct call *call, const struct instance *instance,
                               const char *account_id)
{
    struct account owner;
    struct account target;
    if (strcmp(account_id, instance->account_id) == 0)
        return FAULT_NONE;
    enum fault fault = account_get(world_of(call), instance->account_id, &owner);
    if (fault == FAULT_NONE)
        fault = account_get(world_of(call), account_id, &target);
    bool member = fault == FAULT_NONE && owner.organization_id[0] != '\0' &&
                  strcmp(owner.organization_id, target.organization_id) == 0;
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !member))
        return sso_missing(call, "account", account_id);
    if (fault != FAULT_NONE)
        return fault;
    if (target.state != ACCOUNT_ACTIVE)
        return problem_set(&call->problem, FAULT_CONFLICT, "The account %s is closed.", account_id);
    return FAULT_NONE;
}

static enum fault revision_of(struct call *call, const struct sso_place *place,
                              int64_t *out_revision)
{
    struct json *value = NULL;
    enum fault fault =
        value_get(call, SSO_PERMISSION_SET, place->instance.instance_arn, place->scope, &value);
    *out_revision = json_integer(json_member(value, "Revision"));
    json_free(value);
    return fault;
}

static enum fault provision(struct call *call, const struct sso_place *place, const char *account)
{
    int64_t revision = 0;
    enum fault fault = revision_of(call, place, &revision);
    if (fault != FAULT_NONE)
        return fault;
    struct json *value = json_new_integer(revision);
    fault = value_put(call, PROVISIONED, place->scope, account, value);
    json_free(value);
    return fault;
}

/* It does when the request that made it is done. */
static bool stands(struct call *call, const struct json *assignment)
{
    return delay_is_over(world_of(call), ACCOUNT_ASSIGNMENT_LAG,
                         json_member_text(assignment, "RequestId"));
}

/* The assignment that the call names, and the permission set and account it is to; free the key. */
static enum fault assignment_at(struct call *call, struct sso_place *out_place,
                                struct text *out_key, struct json **out_assignment)
{
    *out_assignment = NULL;
    enum fault fault = sso_place_of(call, OF_PERMISSION_SET, NULL, out_place);
    if (fault != FAULT_NONE)
        return fault;
    place_key(out_key, out_place->scope, json_member_text(call->input, "TargetId"));
    fault = value_get(call, ASSIGNMENT, json_member_text(call->input, "PrincipalId"),
                      text_chars(out_key), out_assignment);
    if (fault == FAULT_NONE && !stands(call, *out_assignment))
        return problem_set(&call->problem, FAULT_CONFLICT,
                           "There is a conflicting operation in process for this assignment.");
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

static enum fault keep_assignment(struct call *call, const char *key, const char *request_id)
{
    struct json *assignment = json_new_object();
    json_put_text(assignment, "PrincipalType", json_member_text(call->input, "PrincipalType"));
    json_put_text(assignment, "RequestId", request_id);
    enum fault fault =
        value_put(call, ASSIGNMENT, json_member_text(call->input, "PrincipalId"), key, assignment);
    json_free(assignment);
    return fault;
}

static enum fault assign(struct call *call, const struct sso_place *place, const char *key,
                         bool is_new)
{
    const char *account = json_member_text(call->input, "TargetId");
    bool assigned = false;
    char request_id[UUID_TEXT_BYTES];
    enum fault fault = sso_principal(call, &place->instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = check_target(call, &place->instance, account);
    if (fault != FAULT_NONE)
        return fault;
    is_assigned(call, place->scope, account, &assigned);
    if (!assigned)
        fault = provision(call, place, account);
    if (fault != FAULT_NONE)
        return fault;
    fault = sso_begin_request(call, place, request_id);
    if (fault == FAULT_NONE && is_new)
        fault = keep_assignment(call, key, request_id);
    return fault;
}

/* Assigning again changes nothing and succeeds. */
static enum fault create_assignment(struct call *call)
{
    struct sso_place place;
    struct text key = {0};
    struct json *assignment = NULL;
    enum fault fault = assignment_at(call, &place, &key, &assignment);
    if (fault == FAULT_NONE)
        fault = assign(call, &place, text_chars(&key), assignment == NULL);
    json_free(assignment);
    text_clear(&key);
    return fault;
}

static enum fault unassign(struct call *call, const struct sso_place *place, const char *key,
                           const struct json *assignment)
{
    const char *principal = json_member_text(call->input, "PrincipalId");
    const char *type = json_member_text(assignment, "PrincipalType");
    char request_id[UUID_TEXT_BYTES];
    if (type == NULL || strcmp(type, json_member_text(call->input, "PrincipalType")) != 0)
        return sso_missing(call, "account assignment of", principal);
    enum fault fault = record_delete(world_of(call), ASSIGNMENT, principal, key);
    if (fault != FAULT_NONE)
        return fault;
    return sso_begin_request(call, place, request_id);
}

static enum fault delete_assignment(struct call *call)
{
    struct sso_place place;
    struct text key = {0};
    struct json *assignment = NULL;
    enum fault fault = assignment_at(call, &place, &key, &assignment);
    if (fault == FAULT_NONE)
        fault = unassign(call, &place, text_chars(&key), assignment);
    json_free(assignment);
    text_clear(&key);
    return fault;
}

/* `key` is "<permission set>/<account>", `value` what create_assignment kept. */
static void put_assignment(struct json *out, const char *key, const char *principal,
                           const char *value)
{
    struct text permission_set = {0};
    struct json *assignment = value_of(value);
    const char *account = strrchr(key, '/') + 1;
    text_add_bytes(&permission_set, key, (size_t)(account - key) - 1);
    json_put_text(out, "AccountId", account);
    json_put_text(out, "PermissionSetArn", text_chars(&permission_set));
    json_put_text(out, "PrincipalId", principal);
    json_put_text(out, "PrincipalType", json_member_text(assignment, "PrincipalType"));
    json_free(assignment);
    text_clear(&permission_set);
}

static bool see_assignment(void *self, const struct record *record)
{
    struct seen *seen = self;
    struct json *assignment = value_of(record->value);
    bool shown = stands(seen->call, assignment);
    json_free(assignment);
    if (!shown)
        return true;
    struct json *out = listing_add(&seen->listing, record->row);
    if (out != NULL)
        put_assignment(out, record->key, record->scope, record->value);
    return out != NULL;
}

static enum fault list_assignments(struct call *call)
{
    struct sso_place place;
    struct seen seen = {.call = call};
    struct text key = {0};
    enum fault fault = sso_place_of(call, OF_PERMISSION_SET, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &SSO_PAGING, "AccountAssignments", &seen.listing);
    if (fault != FAULT_NONE)
        return fault;
    place_key(&key, place.scope, json_member_text(call->input, "AccountId"));
    fault = record_each_of_key(world_of(call), ASSIGNMENT, text_chars(&key),
                               seen.listing.page.after, see_assignment, &seen);
    text_clear(&key);
    return listing_end(call, &SSO_PAGING, &seen.listing, fault);
}

static bool is_wanted(struct call *call, const struct sso_held *held)
{
    const char *account = json_member_text(json_member(call->input, "Filter"), "AccountId");
    struct json *assignment = value_of(held->value);
    bool shown = stands(call, assignment);
    json_free(assignment);
    return shown && (account == NULL || strcmp(account, strrchr(held->key, '/') + 1) == 0);
}

static void put_held(struct json *out, const struct sso_held *held)
{
    put_assignment(out, held->key, held->principal, held->value);
}

static enum fault list_for_principal(struct call *call)
{
    struct sso_place place;
    enum fault fault = sso_place_of(call, OF_ORGANIZATION_INSTANCE, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    return sso_list_held(call, &place.instance, ASSIGNMENT, "AccountAssignments", is_wanted,
                         put_held);
}

/* Does the account have the permission set, in a revision that the call asks for? */
static enum fault has_wanted(struct call *call, const char *permission_set, const char *account,
                             bool latest, bool *out_has)
{
    const char *wanted = json_member_text(call->input, "ProvisioningStatus");
    *out_has = false;
    if (wanted != NULL && strcmp(wanted, REVISIONS[latest ? 0 : 1]) != 0)
        return FAULT_NONE;
    return is_assigned(call, permission_set, account, out_has);
}

static bool see_account(void *self, const struct record *record)
{
    struct seen *seen = self;
    struct json *revision = value_of(record->value);
    bool has = false;
    seen->fault = has_wanted(seen->call, record->scope, record->key,
                             json_integer(revision) == seen->revision, &has);
    json_free(revision);
    if (has)
        listing_add_text(&seen->listing, record->row, record->key);
    return seen->fault == FAULT_NONE && !seen->listing.more;
}

static enum fault list_accounts(struct call *call)
{
    struct sso_place place;
    struct seen seen = {.call = call};
    enum fault fault = sso_place_of(call, OF_PERMISSION_SET, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = revision_of(call, &place, &seen.revision);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &SSO_PAGING, "AccountIds", &seen.listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_each(world_of(call), PROVISIONED, place.scope, seen.listing.page.after,
                        see_account, &seen);
    if (fault != FAULT_NONE)
        return fault;
    return listing_end(call, &SSO_PAGING, &seen.listing, seen.fault);
}

static bool see_set(void *self, const struct record *record)
{
    struct seen *seen = self;
    const char *account = json_member_text(seen->call->input, "AccountId");
    struct json *revision = NULL;
    bool has = false;
    enum fault fault = value_get(seen->call, PROVISIONED, record->key, account, &revision);
    if (fault == FAULT_NOT_FOUND)
        return true;
    struct json *set = value_of(record->value);
    bool latest = json_integer(json_member(set, "Revision")) == json_integer(revision);
    if (fault == FAULT_NONE)
        fault = has_wanted(seen->call, record->key, account, latest, &has);
    if (has)
        listing_add_text(&seen->listing, record->row, record->key);
    json_free(set);
    json_free(revision);
    seen->fault = fault;
    return fault == FAULT_NONE && !seen->listing.more;
}

static enum fault list_sets(struct call *call)
{
    struct sso_place place;
    struct seen seen = {.call = call};
    enum fault fault = sso_place_of(call, OF_ORGANIZATION_INSTANCE, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &SSO_PAGING, "PermissionSets", &seen.listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_each(world_of(call), SSO_PERMISSION_SET, place.scope, seen.listing.page.after,
                        see_set, &seen);
    if (fault != FAULT_NONE)
        return fault;
    return listing_end(call, &SSO_PAGING, &seen.listing, seen.fault);
}

struct accounts {
    struct call *call;
    struct id_list ids;
    enum fault fault;
};

static bool gather_account(void *self, const struct record *record)
{
    struct accounts *accounts = self;
    bool assigned = false;
    accounts->fault = is_assigned(accounts->call, record->scope, record->key, &assigned);
    if (assigned)
        id_list_add(&accounts->ids, record->key);
    return accounts->fault == FAULT_NONE;
}

/* The accounts that the call means: the one named, or all that have the permission set. */
static enum fault targets(struct call *call, const struct sso_place *place,
                          struct accounts *out_accounts)
{
    const char *account = json_member_text(call->input, "TargetId");
    bool one = strcmp(json_member_text(call->input, "TargetType"), PROVISION_TYPES[0]) == 0;
    bool assigned = false;
    if (one != (account != NULL))
        return problem_set(&call->problem, FAULT_INVALID,
                           "TargetId goes with the target type AWS_ACCOUNT, and with it alone.");
    if (!one) {
        enum fault fault =
            record_each(world_of(call), PROVISIONED, place->scope, 0, gather_account, out_accounts);
        return fault == FAULT_NONE ? out_accounts->fault : fault;
    }
    enum fault fault = is_assigned(call, place->scope, account, &assigned);
    if (fault != FAULT_NONE)
        return fault;
    if (!assigned)
        return sso_missing(call, "assignment of this permission set in account", account);
    id_list_add(&out_accounts->ids, account);
    return fault;
}

static enum fault provision_permission_set(struct call *call)
{
    struct sso_place place;
    struct accounts accounts = {.call = call};
    char request_id[UUID_TEXT_BYTES];
    enum fault fault = sso_place_of(call, OF_PERMISSION_SET, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = targets(call, &place, &accounts);
    for (size_t i = 0; i < accounts.ids.count && fault == FAULT_NONE; i++)
        fault = provision(call, &place, accounts.ids.ids[i]);
    id_list_clear(&accounts.ids);
    if (fault != FAULT_NONE)
        return fault;
    return sso_begin_request(call, &place, request_id);
}

const struct operation SSO_ACCOUNT_ASSIGNMENT_OPERATIONS[] = {
    OPERATION("CreateAccountAssignment", WRITE, ASSIGNMENT_IN, SSO_CREATION_OUT, create_assignment),
    OPERATION("DeleteAccountAssignment", WRITE, ASSIGNMENT_IN, SSO_DELETION_OUT, delete_assignment),
    OPERATION("ProvisionPermissionSet", WRITE, PROVISION_IN, SSO_PROVISIONING_OUT,
              provision_permission_set),
    OPERATION("ListAccountAssignments", READ, LIST_IN, LIST_OUT, list_assignments),
    OPERATION("ListAccountAssignmentsForPrincipal", READ, LIST_FOR_PRINCIPAL_IN, LIST_OUT,
              list_for_principal),
    OPERATION("ListAccountsForProvisionedPermissionSet", READ, LIST_ACCOUNTS_IN, LIST_ACCOUNTS_OUT,
              list_accounts),
    OPERATION("ListPermissionSetsProvisionedToAccount", READ, LIST_SETS_IN, LIST_SETS_OUT,
              list_sets),
    {0}};
