/* SPDX-License-Identifier: MIT */
/* What each SCIM call begins with, and users and groups as they are answered. */
#include "services/scim/scim.h"

#include <stdio.h>

#include "base/parameters.h"
#include "base/text.h"
#include "services/scim/attributes.h"
#include "world/reading/reading.h"
#include "world/rows/scim.h"

enum { READS_A_SECOND = 40, WRITES_A_SECOND = 25 }; /* of each operation (identity-wire 9.1) */

enum fault scim_invalid(struct call *call, const char *detail)
{
    return problem_set(&call->problem, FAULT_INVALID, "%s", detail);
}

int scim_reading(struct call *call, enum parameter parameter)
{
    return world_of(call)->reading->values[parameter];
}

enum fault scim_found(struct call *call, enum fault fault, const char *kind)
{
    return fault == FAULT_NOT_FOUND ? problem_set(&call->problem, fault, "%s does not exist.", kind)
                                    : fault;
}

enum fault scim_enter(struct call *call, struct instance *out_instance)
{
    struct world *world = world_of(call);
    enum fault fault =
        scim_admit(world, call->path_tenant, call->region, call->bearer, out_instance);
    if (fault != FAULT_NONE)
        return fault;
    if (scim_reading(call, SCIM_RATE) == RATE_DOCUMENTED)
        fault = scim_count(world, call->path_tenant, call->operation->name,
                           call->operation->access == READ ? READS_A_SECOND : WRITES_A_SECOND);
    return fault;
}

struct json *scim_put_schemas(struct json *out, const char *schema)
{
    struct json *schemas = json_put(out, "schemas", json_new_array());
    json_push(schemas, json_new_text(schema));
    return schemas;
}

static void put_meta(struct json *out, const char *type, int64_t created_s, int64_t updated_s)
{
    struct json *meta = json_put(out, "meta", json_new_object());
    json_put_text(meta, "resourceType", type);
    call_put_time(meta, "created", created_s);
    call_put_time(meta, "lastModified", updated_s);
}

void scim_issuer(const struct call *call, const struct instance *instance,
                 char out_issuer[ISSUER_BYTES])
{
    snprintf(out_issuer, ISSUER_BYTES, "https://scim.%s.amazonaws.com/%s", instance->region,
             call->path_tenant);
}

enum fault scim_put_user(struct call *call, const struct instance *instance, struct json *out,
                         const struct user *user)
{
    char issuer[ISSUER_BYTES];
    char external_id[EXTERNAL_ID_BYTES];
    scim_issuer(call, instance, issuer);
    enum fault fault = external_id_get(world_of(call), user->user_id, issuer, external_id);
    struct json *normal = scim_user_normal(user, external_id);
    struct json *schemas = scim_put_schemas(out, SCIM_USER);
    if (json_member(normal, SCIM_ENTERPRISE) != NULL)
        json_push(schemas, json_new_text(SCIM_ENTERPRISE));
    json_put_text(out, "id", user->user_id);
    put_meta(out, "User", user->created_s, user->updated_s);
    for (const struct json *item = json_first(normal); item != NULL; item = json_next(item))
        json_put(out, json_name(item), json_copy(item));
    json_free(normal);
    return fault;
}

static void put_member(void *self, const struct membership *membership)
{
    struct json *member = json_push(self, json_new_object());
    json_put_text(member, "value", membership->user_id);
    json_put_text(member, "type", "User");
}

/* AWS never lists members: filters are the only way to ask about them (identity-wire 9.6). */
enum fault scim_put_group(struct call *call, const struct instance *instance, struct json *out,
                          const struct group *group)
{
    char issuer[ISSUER_BYTES];
    char external_id[EXTERNAL_ID_BYTES];
    scim_issuer(call, instance, issuer);
    enum fault fault = external_id_get(world_of(call), group->group_id, issuer, external_id);
    scim_put_schemas(out, SCIM_GROUP);
    json_put_text(out, "id", group->group_id);
    if (external_id[0] != '\0')
        json_put_text(out, "externalId", external_id);
    put_meta(out, "Group", group->created_s, group->updated_s);
    json_put_text(out, "displayName", group->name);
    struct json *members = json_put(out, "members", json_new_array());
    if (fault != FAULT_NONE)
        return fault;
    if (scim_reading(call, SCIM_MEMBERS_ON_GET) == MEMBERS_ON_GET_ALWAYS)
        fault = membership_each_of_group(world_of(call), group->group_id, 0, INT64_MAX, put_member,
                                         members);
    return fault;
}

/* One resource on its way into the answer. */
struct answer {
    struct call *call;
    const struct instance *instance;
    enum fault fault;
};

static void see_user(void *self, const struct user *user)
{
    struct answer *answer = self;
    struct call *call = answer->call;
    answer->fault = scim_put_user(call, answer->instance, call->output, user);
}

static void see_group(void *self, const struct group *group)
{
    struct answer *answer = self;
    struct call *call = answer->call;
    answer->fault = scim_put_group(call, answer->instance, call->output, group);
}

enum fault scim_answer_user(struct call *call, const struct instance *instance, const char *user_id)
{
    struct answer answer = {call, instance, FAULT_NONE};
    enum fault fault = user_get(world_of(call), instance->store_id, user_id, see_user, &answer);
    return fault == FAULT_NONE ? answer.fault : scim_found(call, fault, "USER");
}

enum fault scim_answer_group(struct call *call, const struct instance *instance,
                             const char *group_id)
{
    struct answer answer = {call, instance, FAULT_NONE};
    enum fault fault = group_get(world_of(call), instance->store_id, group_id, see_group, &answer);
    return fault == FAULT_NONE ? answer.fault : scim_found(call, fault, "GROUP");
}
