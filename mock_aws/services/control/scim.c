/* SPDX-License-Identifier: MIT */
/*
 * Control calls about SCIM tenants: the access tokens that an administrator makes, sees and takes
 * back in the console.
 */
#include "world/rows/scim.h"
#include "base/text.h"
#include "services/control/control.h"

const struct shape SCIM_INSTANCE_ONLY[] = {{.name = "instance", .required = true}, {0}};
const struct shape SCIM_TOKEN_OUT[] = {{.name = "tenant", .required = true},
                                       {.name = "token", .required = true},
                                       {.name = "url", .required = true},
                                       {0}};
const struct shape SCIM_TOKEN_ONLY[] = {{.name = "token", .required = true}, {0}};
static const struct shape TOKEN_MEMBERS[] = {
    {.name = "tenant", .required = true},       {.name = "token", .required = true},
    {.name = "created", .required = true},      {.name = "expires", .required = true},
    {.name = "expired", .kind = SHAPE_BOOLEAN}, {0}};
static const struct shape TOKEN_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = TOKEN_MEMBERS}};
const struct shape SCIM_TOKENS_OUT[] = {
    {.name = "tokens", .kind = SHAPE_LIST, .required = true, .members = TOKEN_ELEMENT}, {0}};

/* The URL is one under which this very address takes the token. */
enum fault control_put_scim_token(struct call *call, struct json *out,
                                  const struct instance *instance)
{
    char tenant[TENANT_BYTES];
    char token[SCIM_TOKEN_BYTES];
    struct text url = {0};
    enum fault fault = scim_token_create(world_of(call), instance, tenant, token);
    if (fault != FAULT_NONE)
        return fault;
    text_addf(&url, "%s/%s/scim/v2/", call->base_url, tenant);
    json_put_text(out, "tenant", tenant);
    json_put_text(out, "token", token);
    json_put_text(out, "url", text_chars(&url));
    text_clear(&url);
    return FAULT_NONE;
}

static enum fault instance_named(struct call *call, struct instance *out_instance)
{
    const char *arn = json_member_text(call->input, "instance");
    enum fault fault = instance_get(world_of(call), arn, out_instance);
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && out_instance->deleted_s != 0))
        return problem_set(&call->problem, FAULT_NOT_FOUND, "There is no instance %s.", arn);
    return fault;
}

enum fault control_post_scim_token(struct call *call)
{
    struct instance instance;
    enum fault fault = instance_named(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    return control_put_scim_token(call, call->output, &instance);
}

struct tokens {
    struct json *list;
    int64_t now_s;
};

static void see_token(void *self, const struct scim_token *token)
{
    struct tokens *tokens = self;
    struct json *out = json_push(tokens->list, json_new_object());
    json_put_text(out, "tenant", token->tenant);
    json_put_text(out, "token", token->token);
    call_put_time(out, "created", token->created_s);
    call_put_time(out, "expires", token->expires_s);
    json_put_boolean(out, "expired", token->expires_s <= tokens->now_s);
}

enum fault control_get_scim_tokens(struct call *call)
{
    struct instance instance;
    struct tokens tokens = {json_put(call->output, "tokens", json_new_array()),
                            world_of(call)->now_s};
    enum fault fault = instance_named(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    return scim_token_each(world_of(call), &instance, see_token, &tokens);
}

enum fault control_delete_scim_token(struct call *call)
{
    return scim_token_delete(world_of(call), json_member_text(call->input, "token"));
}
