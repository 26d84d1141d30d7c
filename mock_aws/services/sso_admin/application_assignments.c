/* SPDX-License-Identifier: MIT */
/*
 * sso-admin: who is assigned to which application (identity-wire 6.4). Kiro makes these beside its
 * own assignments; one made here grants no seat, and taking one away ends none (kiro-wire 4).
 */
#include <stdlib.h>
#include <string.h>

#include "services/sso_admin/principals.h"
#include "services/sso_admin/sso_admin.h"
#include "world/changes/assignment_changes.h"

enum { GROUPS_MAX = 100 }; /* identity-wire 6.4 */

#define ASSIGNMENT_OUT                                                                             \
    {.name = "ApplicationArn", .required = true}, {.name = "PrincipalId", .required = true},       \
    {                                                                                              \
        .name = "PrincipalType", .required = true, .values = SSO_PRINCIPAL_TYPES                   \
    }
static const struct shape ASSIGNMENT_IN[] = {
    {APPLICATION_ARN_IN}, {PRINCIPAL_ID_IN}, {PRINCIPAL_TYPE_IN}, {0}};
static const struct shape DESCRIBE_OUT[] = {ASSIGNMENT_OUT, {0}};
static const struct shape ASSIGNMENT_ELEMENT[] = {{.name = "member", STRUCTURE(DESCRIBE_OUT)}};
static const struct shape LIST_IN[] = {
    {APPLICATION_ARN_IN}, {MAX_RESULTS_IN}, {NEXT_TOKEN_IN}, {0}};
static const struct shape LIST_OUT[] = {
    {.name = "ApplicationAssignments", LIST_OF(ASSIGNMENT_ELEMENT)}, {.name = "NextToken"}, {0}};
static const struct shape FILTER[] = {
    {.name = "ApplicationArn", SSO_ARN, .pattern = &PATTERN_APPLICATION_ARN}, {0}};
static const struct shape LIST_FOR_PRINCIPAL_IN[] = {{INSTANCE_ARN_IN},
                                                     {PRINCIPAL_ID_IN},
                                                     {PRINCIPAL_TYPE_IN},
                                                     {.name = "Filter", STRUCTURE(FILTER)},
                                                     {NEXT_TOKEN_IN},
                                                     {MAX_RESULTS_IN},
                                                     {0}};

static void put_assignment(struct json *out, const char *arn, const char *principal,
                           const char *value)
{
    json_put_text(out, "ApplicationArn", arn);
    json_put_text(out, "PrincipalId", principal);
    struct json *type = value_of(value);
    json_put(out, "PrincipalType", type);
}

static bool count_group(void *self, const struct record *record)
{
    size_t *groups = self;
    *groups += strcmp(record->value, "\"GROUP\"") == 0 ? 1 : 0;
    return true;
}

/* A hundred groups, and any number of users. */
static enum fault room_for(struct call *call, const struct sso_place *place)
{
    size_t groups = 0;
    if (strcmp(json_member_text(call->input, "PrincipalType"), "GROUP") != 0)
        return FAULT_NONE;
    enum fault fault = record_each_of_key(world_of(call), APPLICATION_ASSIGNMENT, place->scope, 0,
                                          count_group, &groups);
    if (fault != FAULT_NONE)
        return fault;
    if (groups >= GROUPS_MAX)
        return problem_set(&call->problem, FAULT_QUOTA,
                           "No more than %d groups can be assigned to an application.",
                           (int)GROUPS_MAX);
    return FAULT_NONE;
}

/* The assignment that the call names: FAULT_NOT_FOUND unless it is there and of that type. */
static enum fault find_assignment(struct call *call, const struct sso_place *place)
{
    const char *id = json_member_text(call->input, "PrincipalId");
    struct json *type = NULL;
    enum fault fault = value_get(call, APPLICATION_ASSIGNMENT, id, place->scope, &type);
    if (fault == FAULT_NONE &&
        strcmp(json_text(type), json_member_text(call->input, "PrincipalType")) != 0)
        fault = FAULT_NOT_FOUND;
    json_free(type);
    return fault;
}

/* Creating it twice succeeds (identity-wire 14). */
static enum fault create_assignment(struct call *call)
{
    struct sso_place place;
    const char *id = json_member_text(call->input, "PrincipalId");
    enum fault fault = sso_place_of(call, OF_ANY_APPLICATION, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = sso_principal(call, &place.instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = find_assignment(call, &place);
    if (fault != FAULT_NOT_FOUND)
        return fault;
    fault = room_for(call, &place);
    if (fault != FAULT_NONE)
        return fault;
    return value_put(call, APPLICATION_ASSIGNMENT, id, place.scope,
                     json_member(call->input, "PrincipalType"));
}

static enum fault named_assignment(struct call *call, struct sso_place *out_place)
{
    enum fault fault = sso_place_of(call, OF_ANY_APPLICATION, NULL, out_place);
    if (fault != FAULT_NONE)
        return fault;
    fault = find_assignment(call, out_place);
    return fault == FAULT_NOT_FOUND ? sso_missing(call, "application assignment of",
                                                  json_member_text(call->input, "PrincipalId"))
                                    : fault;
}

static enum fault delete_assignment(struct call *call)
{
    struct sso_place place;
    enum fault fault = named_assignment(call, &place);
    if (fault != FAULT_NONE)
        return fault;
    return record_delete(world_of(call), APPLICATION_ASSIGNMENT,
                         json_member_text(call->input, "PrincipalId"), place.scope);
}

static enum fault describe_assignment(struct call *call)
{
    struct sso_place place;
    static const char *const SHOWN[] = {"PrincipalType", "PrincipalId", "ApplicationArn", NULL};
    enum fault fault = named_assignment(call, &place);
    if (fault != FAULT_NONE)
        return fault;
    sso_copy(call->output, call->input, SHOWN);
    return FAULT_NONE;
}

static bool see_assignment(void *self, const struct record *record)
{
    struct listing *listing = self;
    struct json *out = listing_add(listing, record->row);
    if (out != NULL)
        put_assignment(out, record->key, record->scope, record->value);
    return out != NULL;
}

static enum fault list_assignments(struct call *call)
{
    struct sso_place place;
    struct listing listing = {0};
    enum fault fault = sso_place_of(call, OF_ANY_APPLICATION, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &SSO_PAGING, "ApplicationAssignments", &listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_each_of_key(world_of(call), APPLICATION_ASSIGNMENT, place.scope,
                               listing.page.after, see_assignment, &listing);
    return listing_end(call, &SSO_PAGING, &listing, fault);
}

static bool of_application(struct call *call, const struct sso_held *held)
{
    const char *wanted = json_member_text(json_member(call->input, "Filter"), "ApplicationArn");
    return wanted == NULL || strcmp(wanted, held->key) == 0;
}

static void put_held(struct json *out, const struct sso_held *held)
{
    put_assignment(out, held->key, held->principal, held->value);
}

static enum fault list_for_principal(struct call *call)
{
    struct sso_place place;
    enum fault fault = sso_place_of(call, OF_INSTANCE, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    if (!sso_owned(call, &place.instance) &&
        json_member_text(json_member(call->input, "Filter"), "ApplicationArn") == NULL)
        fault = problem_set(&call->problem, FAULT_DENIED,
                            "A member account asks about one application: filter by "
                            "ApplicationArn.");
    if (fault != FAULT_NONE)
        return fault;
    return sso_list_held(call, &place.instance, APPLICATION_ASSIGNMENT, "ApplicationAssignments",
                         of_application, put_held);
}

const struct operation SSO_APPLICATION_ASSIGNMENT_OPERATIONS[] = {
    OPERATION("CreateApplicationAssignment", WRITE, ASSIGNMENT_IN, NO_SHAPE, create_assignment),
    OPERATION("DeleteApplicationAssignment", WRITE, ASSIGNMENT_IN, NO_SHAPE, delete_assignment),
    OPERATION("DescribeApplicationAssignment", READ, ASSIGNMENT_IN, DESCRIBE_OUT,
              describe_assignment),
    OPERATION("ListApplicationAssignments", READ, LIST_IN, LIST_OUT, list_assignments),
    OPERATION("ListApplicationAssignmentsForPrincipal", READ, LIST_FOR_PRINCIPAL_IN, LIST_OUT,
              list_for_principal),
    {0}};
