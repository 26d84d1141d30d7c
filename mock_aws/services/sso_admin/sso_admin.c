/* SPDX-License-Identifier: MIT */
/*
 * sso-admin, AWS's published API: the service's table, and the way from ARNs to what they name
 * (identity-wire 6).
 */
#include "services/sso_admin/sso_admin.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lags.h"
#include "base/text.h"
#include "services/kiro/applications.h"
#include "world/changes/group_changes.h"
#include "world/changes/user_changes.h"
#include "world/reading/reading.h"
#include "world/rows/id_list.h"
#include "world/time/propagation.h"

static const struct shape TAG_MEMBERS[] = {
    {.name = "Key", .required = true, .min = 1, .max = 128, .pattern = &PATTERN_TAG},
    {.name = "Value", .required = true, .max = 256, .pattern = &PATTERN_TAG},
    {0}};
const struct shape SSO_TAG_ELEMENT[] = {{.name = "member", STRUCTURE(TAG_MEMBERS)}};
const struct shape SSO_TEXT_ELEMENT[] = {{.name = "member"}};
const struct shape SSO_INSTANCE_ONLY[] = {{INSTANCE_ARN_IN}, {0}};
const char *const SSO_PRINCIPAL_TYPES[] = {"USER", "GROUP", NULL};
const char *const SSO_ENABLED[] = {"ENABLED", "DISABLED", NULL};
const struct paging SSO_PAGING = {"NextToken", "MaxResults", 100, 100};

/* Operations whose model has no ResourceNotFoundException (identity-wire 6.2, 6.3). */
static const char *const DENYING[] = {"DescribeInstance",
                                      "DeleteInstance",
                                      "AddRegion",
                                      "ListRegions",
                                      "ListApplications",
                                      "CreateTrustedTokenIssuer",
                                      "ListTrustedTokenIssuers"};

enum fault sso_missing(struct call *call, const char *words, const char *name)
{
    return problem_set(&call->problem, FAULT_NOT_FOUND, "The %s %s was not found.", words, name);
}

static enum fault instance_missing(struct call *call, const char *arn)
{
    for (size_t i = 0; i < sizeof DENYING / sizeof DENYING[0]; i++)
        if (strcmp(DENYING[i], call->operation->name) == 0)
            return problem_set(&call->problem, FAULT_DENIED,
                               "User: %s is not authorized to perform: sso:%s on resource: %s",
                               call->actor, call->operation->name, arn);
    return sso_missing(call, "instance", arn);
}

enum fault sso_instance_of(struct call *call, const char *arn, bool to_members,
                           struct instance *out_instance)
{
    struct text instance_arn = {0};
    const char *id = strchr(arn, '/');
    assert(id != NULL); /* every ARN here has one: their patterns say so */
    text_add(&instance_arn, "arn:aws:sso:::instance/");
    text_add_bytes(&instance_arn, id + 1, strcspn(id + 1, "/"));
    enum fault fault = instance_get(world_of(call), text_chars(&instance_arn), out_instance);
    text_clear(&instance_arn);
    bool there = fault == FAULT_NONE &&
                 (out_instance->deleted_s == 0 || world_of(call)->now_s < out_instance->gone_s) &&
                 strcmp(out_instance->region, call->region) == 0;
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !there))
        return instance_missing(call, arn);
    if (fault != FAULT_NONE)
        return fault;
    return instance_open_to(call, out_instance, to_members);
}

enum fault sso_instance_ready(struct call *call, const struct instance *instance)
{
    if (instance->deleted_s == 0 && world_of(call)->now_s >= instance->ready_s)
        return FAULT_NONE;
    return problem_set(&call->problem,
                       call->operation->access == READ ? FAULT_INVALID : FAULT_CONFLICT,
                       "The instance %s is still being %s.", instance->instance_arn,
                       instance->deleted_s == 0 ? "created" : "deleted");
}

bool sso_owned(const struct call *call, const struct instance *instance)
{
    return strcmp(call->account, instance->account_id) == 0;
}

/* An application belongs to the account in its ARN, which need not be the instance's. */
static enum fault application_place(struct call *call, enum sso_parent parent,
                                    struct sso_place *out)
{
    struct json *value = NULL;
    bool reads = call->operation->access == READ;
    const char *account = strstr(out->scope, "sso::") + strlen("sso::");
    bool own = strncmp(account, call->account, strlen(call->account)) == 0;
    enum fault fault = sso_instance_of(call, out->scope, reads || own, &out->instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = sso_instance_ready(call, &out->instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = kiro_application_get(call, &out->instance, out->scope, NULL, &out->managed);
    if (fault != FAULT_NONE)
        return fault;
    if (out->managed >= 0)
        return parent == OF_ANY_APPLICATION || reads
                   ? FAULT_NONE
                   : problem_set(&call->problem, FAULT_INVALID,
                                 "The application with arn '%s' is not supported for this action.",
                                 out->scope);
    fault = value_get(call, SSO_APPLICATION, out->instance.instance_arn, out->scope, &value);
    json_free(value);
    return fault == FAULT_NOT_FOUND ? sso_missing(call, "application", out->scope) : fault;
}

static enum fault permission_set_place(struct call *call, struct sso_place *out)
{
    struct json *value = NULL;
    const char *arn = json_member_text(call->input, "PermissionSetArn");
    enum fault fault = value_get(call, SSO_PERMISSION_SET, out->instance.instance_arn, arn, &value);
    json_free(value);
    out->scope = arn;
    return fault == FAULT_NOT_FOUND ? sso_missing(call, "permission set", arn) : fault;
}

enum fault sso_place_of(struct call *call, enum sso_parent parent, const char *own_arn,
                        struct sso_place *out_place)
{
    const char *arn = json_member_text(call->input, "InstanceArn");
    *out_place = (struct sso_place){.managed = -1};
    if (parent == OF_APPLICATION || parent == OF_ANY_APPLICATION) {
        out_place->scope = json_member_text(call->input, "ApplicationArn");
        return application_place(call, parent, out_place);
    }
    bool reads = call->operation->access == READ;
    enum fault fault = sso_instance_of(call, arn != NULL ? arn : own_arn,
                                       reads && parent == OF_INSTANCE, &out_place->instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = sso_instance_ready(call, &out_place->instance);
    if (fault != FAULT_NONE)
        return fault;
    if (parent != OF_INSTANCE && strcmp(out_place->instance.kind, "account") == 0)
        fault = problem_set(&call->problem, FAULT_INVALID,
                            "The operation is not supported for this Identity Center instance.");
    out_place->scope = out_place->instance.instance_arn;
    if (fault != FAULT_NONE)
        return fault;
    return parent == OF_PERMISSION_SET ? permission_set_place(call, out_place) : FAULT_NONE;
}

enum fault sso_principal(struct call *call, const struct instance *instance)
{
    const char *id = json_member_text(call->input, "PrincipalId");
    const char *type = json_member_text(call->input, "PrincipalType");
    bool is_group = strcmp(type, "GROUP") == 0;
    bool exists = false;
    enum fault fault = is_group ? group_exists(world_of(call), instance->store_id, id, &exists)
                                : user_exists(world_of(call), instance->store_id, id, &exists);
    if (fault != FAULT_NONE || exists)
        return fault;
    call->problem = (struct problem){0};
    return sso_missing(call, is_group ? "group" : "user", id);
}

/* What hangs on these by their ARN goes with them. */
static const char *const KINDS[] = {SSO_PERMISSION_SET, SSO_TRUSTED_TOKEN_ISSUER, SSO_APPLICATION};

static bool gather_key(void *self, const struct record *record)
{
    id_list_add(self, record->key);
    return true;
}

enum fault sso_instance_forget(struct call *call, const char *instance_arn)
{
    struct world *world = world_of(call);
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        struct id_list arns = {0};
        record_each(world, KINDS[i], instance_arn, 0, gather_key, &arns);
        for (size_t j = 0; j < arns.count; j++)
            record_delete_scope(world, arns.ids[j]);
        id_list_clear(&arns);
    }
    delay_forget(world, instance_arn, NULL);
    return record_delete_scope(world, instance_arn);
}

static const struct operation *const TABLES[] = {SSO_APPLICATION_OPERATIONS,
                                                 SSO_APPLICATION_DETAIL_OPERATIONS,
                                                 SSO_APPLICATION_ASSIGNMENT_OPERATIONS,
                                                 SSO_PERMISSION_SET_OPERATIONS,
                                                 SSO_ACCOUNT_ASSIGNMENT_OPERATIONS,
                                                 SSO_REQUEST_OPERATIONS,
                                                 SSO_TRUSTED_TOKEN_ISSUER_OPERATIONS,
                                                 SSO_TAG_OPERATIONS,
                                                 NULL};

const struct service SSO_ADMIN_SERVICE = {.name = "sso",
                                          .protocol = PROTOCOL_AWS_JSON,
                                          .target_prefixes =
                                              (const char *const[]){"SWBExternalService", NULL},
                                          .scopes = (const char *const[]){"sso", NULL},
                                          .content_type = "application/x-amz-json-1.1",
                                          .faults = (const struct fault_name[]){{0}},
                                          .operations = SSO_INSTANCE_OPERATIONS,
                                          .further = TABLES};
