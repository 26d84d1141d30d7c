/* SPDX-License-Identifier: MIT */
/*
 * What suites call that were written for other emulators: moto's and LocalStack's resets, health
 * and look at the data. Whatever body or content type comes with these calls is not read.
 */
#include "base/lags.h"
#include "base/text.h"
#include "services/control/control.h"
#include "world/changes/account_changes.h"
#include "world/changes/account_closures.h"
#include "world/changes/group_changes.h"
#include "world/changes/user_changes.h"

/* Where suites look for the instance. */
#define SUITES_REGION "us-east-1"

static const struct shape STATUS_OUT[] = {{.name = "status", .required = true}, {0}};
/* What moto's own answer has; here nothing counts the calls until authorization begins. */
static const struct shape RESET_AUTH_OUT[] = {
    {.name = "status", .required = true},
    {.name = "PREVIOUS_INITIAL_NO_AUTH_ACTION_COUNT", .required = true},
    {0}};
static const struct shape MODEL_ELEMENT[] = {{.name = "member", .kind = SHAPE_DOCUMENT}};
static const struct shape MODELS_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_LIST, .members = MODEL_ELEMENT}};
static const struct shape DATA_OUT[] = {
    {.name = "identitystore", .kind = SHAPE_MAP, .required = true, .members = MODELS_ELEMENT},
    {.name = "organizations", .kind = SHAPE_MAP, .required = true, .members = MODELS_ELEMENT},
    {.name = "sso-admin", .kind = SHAPE_MAP, .required = true, .members = MODELS_ELEMENT},
    {0}};
static const struct shape STATE_ELEMENT[] = {{.name = "member"}};
static const struct shape SUITE_HEALTH_OUT[] = {
    {.name = "services", .kind = SHAPE_MAP, .required = true, .members = STATE_ELEMENT},
    {.name = "edition", .required = true},
    {.name = "version", .required = true},
    {0}};

/*
 * As the server was started, and in it what moto's users find: one organization instance without a
 * name, and no organization yet.
 */
static enum fault reset_state(struct call *call)
{
    struct instance instance;
    struct world *world = world_of(call);
    enum fault fault = control_reset_to_nothing(call);
    if (fault == FAULT_NONE)
        fault =
            instance_create(world, call->account, SUITES_REGION, "organization", NULL, &instance);
    if (fault == FAULT_NONE)
        instance_make_ready(world, &instance); /* it was there long before the suite */
    json_free(call->output);
    call->output = json_new_object();
    return fault;
}

static enum fault moto_reset(struct call *call)
{
    enum fault fault = reset_state(call);
    json_put_text(call->output, "status", "ok");
    return fault;
}

static enum fault moto_reset_auth(struct call *call)
{
    json_put_text(call->output, "status", "ok");
    json_put_text(call->output, "PREVIOUS_INITIAL_NO_AUTH_ACTION_COUNT", "inf");
    return FAULT_NONE;
}

struct seen_data {
    struct call *call;
    struct json *users;
    struct json *groups;
    struct json *instances;
    struct json *accounts;
    enum fault fault;
};

static void see_user(void *self, const struct user *user)
{
    struct seen_data *seen = self;
    struct json *out = json_push(seen->users, json_new_object());
    json_put_text(out, "UserId", user->user_id);
    json_put_text(out, "UserName", user->name);
    json_put_text(out, "IdentityStoreId", user->store_id);
}

static void see_group(void *self, const struct group *group)
{
    struct seen_data *seen = self;
    struct json *out = json_push(seen->groups, json_new_object());
    json_put_text(out, "GroupId", group->group_id);
    json_put_text(out, "DisplayName", group->name);
    json_put_text(out, "IdentityStoreId", group->store_id);
}

static void see_instance(void *self, const struct instance *instance)
{
    struct seen_data *seen = self;
    struct world *world = world_of(seen->call);
    struct json *out = json_push(seen->instances, json_new_object());
    json_put_text(out, "InstanceArn", instance->instance_arn);
    json_put_text(out, "IdentityStoreId", instance->store_id);
    json_put_text(out, "OwnerAccountId", instance->account_id);
    if (seen->fault == FAULT_NONE)
        seen->fault = user_each(world, instance->store_id, 0, INT64_MAX, see_user, seen);
    if (seen->fault == FAULT_NONE)
        seen->fault = group_each(world, instance->store_id, 0, INT64_MAX, see_group, seen);
}

static void see_account(void *self, const struct account *account)
{
    struct seen_data *seen = self;
    struct json *out = json_push(seen->accounts, json_new_object());
    json_put_text(out, "AccountId", account->account_id);
    json_put_text(out, "AccountName", account->name);
}

/* Service, model, things, as moto prints them; names and ids only. */
static enum fault moto_data(struct call *call)
{
    struct json *store = json_put(call->output, "identitystore", json_new_object());
    struct json *organizations = json_put(call->output, "organizations", json_new_object());
    struct json *admin = json_put(call->output, "sso-admin", json_new_object());
    struct seen_data seen = {.call = call};
    seen.users = json_put(store, "User", json_new_array());
    seen.groups = json_put(store, "Group", json_new_array());
    seen.instances = json_put(admin, "Instance", json_new_array());
    seen.accounts = json_put(organizations, "Account", json_new_array());
    enum fault fault = instance_each(world_of(call), 0, see_instance, &seen);
    if (fault != FAULT_NONE)
        return fault;
    fault = seen.fault;
    if (fault != FAULT_NONE)
        return fault;
    return account_each(world_of(call), NULL, 0, INT64_MAX, see_account, &seen);
}

static enum fault localstack_health(struct call *call)
{
    struct json *services = json_put(call->output, "services", json_new_object());
    for (const struct service *const *at = call->services; *at != NULL; at++)
        if ((*at)->protocol != PROTOCOL_CONTROL)
            json_put_text(services, (*at)->name, "available");
    json_put_text(call->output, "edition", "mock-kiro");
    json_put_text(call->output, "version", MOCK_KIRO_VERSION);
    return FAULT_NONE;
}

static const struct operation OPERATIONS[] = {
    OPERATION_AT("POST", "/moto-api/reset", "MotoReset", WRITE, NO_SHAPE, STATUS_OUT, moto_reset),
    OPERATION_AT("POST", "/moto-api/reset-auth", "MotoResetAuth", READ, NO_SHAPE, RESET_AUTH_OUT,
                 moto_reset_auth),
    OPERATION_AT("GET", "/moto-api/data.json", "MotoData", READ, NO_SHAPE, DATA_OUT, moto_data),
    OPERATION_AT("GET", "/_localstack/health", "LocalstackHealth", READ, NO_SHAPE, SUITE_HEALTH_OUT,
                 localstack_health),
    OPERATION_AT("POST", "/_localstack/state/reset", "LocalstackReset", WRITE, NO_SHAPE, NO_SHAPE,
                 reset_state),
    {0}};

const struct service SUITES_SERVICE = {.name = "suites",
                                       .protocol = PROTOCOL_CONTROL,
                                       .content_type = "application/json",
                                       .operations = OPERATIONS};
