/* SPDX-License-Identifier: MIT */
/*
 * organizations: what the management policies of an account, its units and its root come to
 * (identity-wire 7). Operators are applied from the root down;
 * @@operators_allowed_for_child_policies forbids nothing here.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "services/organizations/organizations.h"

static const struct shape EFFECTIVE_IN[] = {
    {.name = "PolicyType", .required = true, .values = MANAGEMENT_POLICY_TYPES}, {TARGET_IN}, {0}};
static const struct shape EFFECTIVE_MEMBERS[] = {
    {.name = "PolicyContent"},
    {.name = "LastUpdatedTimestamp", .kind = SHAPE_TIMESTAMP},
    {.name = "TargetId"},
    {.name = "PolicyType", .values = MANAGEMENT_POLICY_TYPES},
    {0}};
static const struct shape EFFECTIVE_OUT[] = {
    {.name = "EffectivePolicy", STRUCTURE(EFFECTIVE_MEMBERS)}, {0}};

static bool is_operator(const char *name)
{
    return strncmp(name, "@@", 2) == 0;
}

/* A list, with a value alone as a list of one. */
static void push_all(struct json *array, const struct json *value, const struct json *without)
{
    const struct json *item = json_kind(value) == JSON_ARRAY ? json_first(value) : value;
    bool single = item == value;
    for (; item != NULL; item = single ? NULL : json_next(item)) {
        const struct json *gone = json_kind(without) == JSON_ARRAY ? json_first(without) : without;
        while (gone != NULL && !json_equal(gone, item))
            gone = json_kind(without) == JSON_ARRAY ? json_next(gone) : NULL;
        const struct json *there = json_first(array);
        while (there != NULL && !json_equal(there, item))
            there = json_next(there);
        if (gone == NULL && there == NULL)
            json_push(array, json_copy(item));
    }
}

/* `old` (or NULL) after the operators of one policy. */
static struct json *operated(const struct json *old, const struct json *operators)
{
    const struct json *assigned = json_member(operators, "@@assign");
    const struct json *appended = json_member(operators, "@@append");
    const struct json *removed = json_member(operators, "@@remove");
    const struct json *base = assigned != NULL ? assigned : old;
    if (appended == NULL && removed == NULL)
        return base == NULL ? NULL : json_copy(base);
    struct json *out = json_new_array();
    push_all(out, base, removed);
    push_all(out, appended, removed);
    return out;
}

static struct json *merged(const struct json *old, const struct json *policy)
{
    struct json *out = json_kind(old) == JSON_OBJECT ? json_copy(old) : json_new_object();
    for (const struct json *at = json_first(policy); at != NULL; at = json_next(at)) {
        const char *name = json_name(at);
        bool inside = json_kind(at) == JSON_OBJECT;
        bool operates = inside && json_first(at) != NULL;
        for (const struct json *inner = json_first(at); operates && inner != NULL;
             inner = json_next(inner))
            operates = is_operator(json_name(inner));
        if (is_operator(name))
            continue;
        const struct json *was = json_member(out, name);
        struct json *value = operates ? operated(was, at)
                             : inside ? merged(was, at)
                                      : json_copy(at);
        if (value != NULL)
            json_put(out, name, value);
    }
    return out;
}

struct effect {
    struct call *call;
    const struct organization *organization;
    const char *type;
    struct json *content; /* NULL: no policy so far */
    int64_t updated_s;
    enum fault fault;
};

static bool add_policy(void *self, const struct record *record)
{
    struct effect *effect = self;
    struct json *policy = NULL;
    struct json *type = value_of(record->value);
    bool wanted = strcmp(json_text(type), effect->type) == 0;
    json_free(type);
    if (!wanted)
        return true;
    effect->fault =
        organization_policy_get(effect->call, effect->organization, record->key, &policy);
    if (effect->fault != FAULT_NONE)
        return false;
    struct json *content = value_of(json_member_text(policy, "Content"));
    struct json *old = effect->content;
    int64_t updated_s = json_integer(json_member(policy, "Updated"));
    effect->content = merged(old, content);
    if (updated_s < record->created_s)
        updated_s = record->created_s;
    if (effect->updated_s < updated_s)
        effect->updated_s = updated_s;
    json_free(old);
    json_free(content);
    json_free(policy);
    return true;
}

/* From the root down to the entity itself. */
static enum fault add_policies(struct effect *effect, const char *id)
{
    struct entity entity;
    struct entity_scope scope = organization_scope(effect->organization, id);
    enum fault fault = entity_get(effect->call, effect->organization, id, &entity);
    if (fault != FAULT_NONE)
        return fault;
    if (entity.kind != ENTITY_ROOT)
        fault = add_policies(effect, entity.parent_id);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_each(world_of(effect->call), ATTACHMENT, scope.chars, 0, add_policy, effect);
    if (fault != FAULT_NONE)
        return fault;
    return effect->fault;
}

/*
 * Any account may ask for itself; for another one of the organization who may read the organization
 * (identity-wire 7.1).
 */
static enum fault target_of(struct call *call, struct organization *out_organization,
                            const char **out_id)
{
    struct account caller;
    struct account target;
    *out_id = json_member_text(call->input, "TargetId");
    bool own = *out_id == NULL || strcmp(*out_id, call->account) == 0;
    if (own)
        *out_id = call->account;
    enum fault fault = own ? organization_of_member(call, out_organization, &caller)
                           : organization_of(call, out_organization);
    if (fault != FAULT_NONE)
        return fault;
    if (strspn(*out_id, "0123456789") != strlen(*out_id))
        return organization_forbid(call, FAULT_INVALID, "TARGET_NOT_SUPPORTED",
                                   "Effective policies are those of accounts.");
    fault = organization_member(call, out_organization, *out_id, &target);
    return fault == FAULT_NOT_FOUND ? organization_refuse(call, TARGET_UNKNOWN, *out_id) : fault;
}

static void put_effect(const struct effect *effect, const char *target_id)
{
    struct json *out = json_put(effect->call->output, "EffectivePolicy", json_new_object());
    char *content = json_print(effect->content);
    json_put_text(out, "PolicyContent", content);
    json_put_integer(out, "LastUpdatedTimestamp", effect->updated_s);
    json_put_text(out, "TargetId", target_id);
    json_put_text(out, "PolicyType", effect->type);
    free(content);
}

static enum fault describe_effective_policy(struct call *call)
{
    struct organization organization;
    const char *id;
    struct effect effect = {.call = call,
                            .organization = &organization,
                            .type = json_member_text(call->input, "PolicyType")};
    enum fault fault = target_of(call, &organization, &id);
    if (fault != FAULT_NONE)
        return fault;
    fault = add_policies(&effect, id);
    if (effect.content != NULL)
        put_effect(&effect, id);
    else if (fault == FAULT_NONE)
        fault = organization_refuse(call, EFFECTIVE_POLICY_UNKNOWN, id);
    json_free(effect.content);
    return fault;
}

const struct operation ORGANIZATION_EFFECT_OPERATIONS[] = {
    OPERATION("DescribeEffectivePolicy", READ, EFFECTIVE_IN, EFFECTIVE_OUT,
              describe_effective_policy),
    {0}};
