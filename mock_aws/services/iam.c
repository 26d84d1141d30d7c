/* SPDX-License-Identifier: MIT */
/* iam, as far as Kiro needs it: service-linked roles (identity-wire 11.2). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "services/calls.h"
#include "wire/shapes.h"
#include "world/changes/role_changes.h"
#include "world/rows/records.h"

static const struct pattern PATTERN_ROLE_NAME = {.text = "[\\w+=,.@-]+"};
static const struct pattern PATTERN_ROLE_DESCRIPTION = {
    .text = "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*"};
static const struct pattern PATTERN_PATH_PREFIX = {.text = "\\u002F[\\u0021-\\u007F]*"};
static const struct pattern PATTERN_MARKER = {.text = "[\\u0020-\\u00FF]+"};

static const char *const DELETION_STATUSES[] = {"SUCCEEDED", "IN_PROGRESS", "FAILED", "NOT_STARTED",
                                                NULL};
static const struct shape ROLE_MEMBERS[] = {
    {.name = "Path", .required = true},
    {.name = "RoleName", .required = true},
    {.name = "RoleId", .required = true},
    {.name = "Arn", .required = true},
    {.name = "CreateDate", .kind = SHAPE_TIMESTAMP, .required = true},
    {.name = "AssumeRolePolicyDocument"},
    {.name = "Description"},
    {.name = "MaxSessionDuration", .kind = SHAPE_INTEGER},
    {0}};
static const struct shape ROLE_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = ROLE_MEMBERS}};
static const struct shape ROLE_OUT[] = {
    {.name = "Role", .kind = SHAPE_STRUCTURE, .required = true, .members = ROLE_MEMBERS}, {0}};
static const struct shape CREATE_ROLE_IN[] = {
    {.name = "AWSServiceName",
     .required = true,
     .min = 1,
     .max = 128,
     .pattern = &PATTERN_ROLE_NAME},
    {.name = "Description", .max = 1000, .pattern = &PATTERN_ROLE_DESCRIPTION},
    {.name = "CustomSuffix", .min = 1, .max = 64, .pattern = &PATTERN_ROLE_NAME},
    {0}};
static const struct shape ROLE_NAME_ONLY[] = {
    {.name = "RoleName", .required = true, .min = 1, .max = 64, .pattern = &PATTERN_ROLE_NAME},
    {0}};
static const struct shape LIST_ROLES_IN[] = {
    {.name = "PathPrefix", .min = 1, .max = 512, .pattern = &PATTERN_PATH_PREFIX},
    {.name = "Marker", .min = 1, .max = 320, .pattern = &PATTERN_MARKER},
    {.name = "MaxItems", .kind = SHAPE_INTEGER, .min = 1, .max = 1000},
    {0}};
static const struct shape LIST_ROLES_OUT[] = {
    {.name = "Roles", .kind = SHAPE_LIST, .required = true, .members = ROLE_ELEMENT},
    {.name = "IsTruncated", .kind = SHAPE_BOOLEAN},
    {.name = "Marker"},
    {0}};
static const struct shape TASK_ONLY[] = {
    {.name = "DeletionTaskId", .required = true, .min = 1, .max = 1000}, {0}};
static const struct shape DELETION_STATUS_OUT[] = {
    {.name = "Status", .required = true, .values = DELETION_STATUSES}, {0}};

static const struct paging PAGING = {"Marker", "MaxItems", 100, 1000};
static const char TASK_KIND[] = "role-deletion";

/* The trust policy, as AWS prints it: percent-encoded. */
static void put_policy(struct json *out, const struct role_kind *kind)
{
    struct text plain = {0};
    struct text encoded = {0};
    text_addf(&plain,
              "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
              "{\"Service\":\"%s\"},\"Action\":\"sts:AssumeRole\"}]}",
              kind->service);
    for (const char *at = text_chars(&plain); *at != '\0'; at++) {
        if (strchr("{}\":,[]", *at) != NULL)
            text_addf(&encoded, "%%%02X", (unsigned)*at);
        else
            text_add_bytes(&encoded, at, 1);
    }
    json_put_text(out, "AssumeRolePolicyDocument", text_chars(&encoded));
    text_clear(&plain);
    text_clear(&encoded);
}

static void put_role(struct json *out, const char *account, const struct role *role)
{
    struct text text = {0};
    text_addf(&text, "/aws-service-role/%s/", role->kind->service);
    json_put_text(out, "Path", text_chars(&text));
    text_clear(&text);
    text_addf(&text, "arn:aws:iam::%s:role/aws-service-role/%s/%s", account, role->kind->service,
              role->kind->name);
    json_put_text(out, "Arn", text_chars(&text));
    text_clear(&text);
    json_put_text(out, "RoleName", role->kind->name);
    json_put_text(out, "RoleId", role->role_id);
    json_put_integer(out, "CreateDate", role->created_s);
    put_policy(out, role->kind);
    if (role->description[0] != '\0')
        json_put_text(out, "Description", role->description);
    json_put_integer(out, "MaxSessionDuration", 3600);
}

static enum fault create_service_linked_role(struct call *call)
{
    const char *service = json_member_text(call->input, "AWSServiceName");
    const struct role_kind *kind = ROLE_KINDS;
    struct role role;
    while (kind->service != NULL && strcmp(kind->service, service) != 0)
        kind++;
    if (kind->service == NULL)
        return problem_set(&call->problem, FAULT_CONFLICT,
                           "Cannot find Service Linked Role template for %s", service);
    if (json_member_text(call->input, "CustomSuffix") != NULL)
        return problem_set(&call->problem, FAULT_CONFLICT, "Custom suffix is not allowed for %s",
                           service);
    enum fault fault = role_create(world_of(call), call->account, kind,
                                   json_member_text(call->input, "Description"), &role);
    if (fault == FAULT_CONFLICT)
        return problem_set(&call->problem, FAULT_CONFLICT,
                           "Service role name %s has been taken in this account, please try a "
                           "different suffix.",
                           kind->name);
    if (fault != FAULT_NONE)
        return fault;
    put_role(json_put(call->output, "Role", json_new_object()), call->account, &role);
    return FAULT_NONE;
}

static enum fault missing_role(struct call *call, enum fault fault)
{
    if (fault == FAULT_NOT_FOUND)
        problem_set(&call->problem, fault, "The role with name %s cannot be found.",
                    json_member_text(call->input, "RoleName"));
    return fault;
}

static enum fault get_role(struct call *call)
{
    struct role role;
    enum fault fault =
        role_get(world_of(call), call->account, json_member_text(call->input, "RoleName"), &role);
    if (fault != FAULT_NONE)
        return missing_role(call, fault);
    put_role(json_put(call->output, "Role", json_new_object()), call->account, &role);
    return FAULT_NONE;
}

struct seen_roles {
    struct call *call;
    struct listing listing;
};

static void see_role(void *self, const struct role *role)
{
    struct seen_roles *seen = self;
    const char *prefix = json_member_text(seen->call->input, "PathPrefix");
    char path[128];
    snprintf(path, sizeof path, "/aws-service-role/%s/", role->kind->service);
    if (prefix != NULL && strncmp(path, prefix, strlen(prefix)) != 0)
        return;
    struct json *out = listing_add(&seen->listing, role->row);
    if (out != NULL)
        put_role(out, seen->call->account, role);
}

/* An account has a handful of roles at most: the path is looked at row by row. */
static enum fault list_roles(struct call *call)
{
    struct seen_roles seen = {.call = call};
    enum fault fault = listing_begin(call, &PAGING, "Roles", &seen.listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = role_each(world_of(call), call->account, seen.listing.page.after, see_role, &seen);
    json_put_boolean(call->output, "IsTruncated", seen.listing.more);
    return listing_end(call, &PAGING, &seen.listing, fault);
}

static enum fault delete_service_linked_role(struct call *call)
{
    const char *name = json_member_text(call->input, "RoleName");
    struct world *world = world_of(call);
    struct role role;
    char uuid[UUID_TEXT_BYTES];
    struct text task = {0};
    enum fault fault = role_get(world, call->account, name, &role);
    if (fault != FAULT_NONE)
        return missing_role(call, fault);
    fault = role_delete(world, call->account, name);
    if (fault != FAULT_NONE)
        return missing_role(call, fault);
    ids_uuid(&world->ids, uuid);
    text_addf(&task, "task/aws-service-role/%s/%s/%s", role.kind->service, name, uuid);
    json_put_text(call->output, "DeletionTaskId", text_chars(&task));
    fault = record_put(world, TASK_KIND, call->account, text_chars(&task),
                       "{\"Status\":\"SUCCEEDED\"}");
    text_clear(&task);
    return fault;
}

static enum fault get_deletion_status(struct call *call)
{
    const char *task = json_member_text(call->input, "DeletionTaskId");
    char *value = NULL;
    enum fault fault = record_get(world_of(call), TASK_KIND, call->account, task, &value);
    if (fault == FAULT_NOT_FOUND)
        return problem_set(&call->problem, fault, "Deletion task %s cannot be found.", task);
    if (fault != FAULT_NONE)
        return fault;
    struct json_error error;
    struct json_document *document = json_parse(value, strlen(value), JSON_STRICT, &error);
    json_free(call->output);
    call->output = json_copy(json_document_root(document));
    json_document_free(document);
    free(value);
    return FAULT_NONE;
}

static const struct operation OPERATIONS[] = {
    OPERATION("CreateServiceLinkedRole", WRITE, CREATE_ROLE_IN, ROLE_OUT,
              create_service_linked_role),
    OPERATION("GetRole", READ, ROLE_NAME_ONLY, ROLE_OUT, get_role),
    OPERATION("ListRoles", READ, LIST_ROLES_IN, LIST_ROLES_OUT, list_roles),
    OPERATION("DeleteServiceLinkedRole", WRITE, ROLE_NAME_ONLY, TASK_ONLY,
              delete_service_linked_role),
    OPERATION("GetServiceLinkedRoleDeletionStatus", READ, TASK_ONLY, DELETION_STATUS_OUT,
              get_deletion_status),
    {0}};

const struct service IAM_SERVICE = {
    .name = "iam",
    .protocol = PROTOCOL_QUERY,
    .scopes = (const char *const[]){"iam", NULL},
    .content_type = "text/xml",
    .version = "2010-05-08",
    .xml_namespace = "https://iam.amazonaws.com/doc/2010-05-08/",
    .faults = (const struct fault_name[]){{FAULT_CONFLICT, "InvalidInput", 400}, {0}},
    .operations = OPERATIONS};
