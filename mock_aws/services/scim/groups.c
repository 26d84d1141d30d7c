/* SPDX-License-Identifier: MIT */
/* CreateGroup, PatchGroup: names, external ids, and who is in (identity-wire 9.4). */
#include <string.h>
#include <strings.h>

#include "base/parameters.h"
#include "base/text.h"
#include "services/scim/attributes.h"
#include "services/scim/patch.h"
#include "wire/shapes.h"
#include "world/reading/reading.h"

enum { MEMBER_CAP = 100 };

static enum fault check_name(struct call *call, const char *name)
{
    if (strcmp(name, "Administrator") == 0 || strcmp(name, "AWSAdministrators") == 0)
        return problem_set(&call->problem, FAULT_INVALID, "displayName: %s is a reserved name",
                           name);
    return FAULT_NONE;
}

static enum fault check_cap(struct call *call, size_t changes)
{
    if (changes > MEMBER_CAP && scim_reading(call, SCIM_MEMBER_CAP) == MEMBER_CAP_100)
        return problem_set(&call->problem, FAULT_INVALID,
                           "At most %d memberships can change in one request", MEMBER_CAP);
    return FAULT_NONE;
}

static enum fault set_external_id(struct call *call, const struct instance *instance,
                                  const char *group_id, const char *external_id)
{
    struct external_owner owner = {
        .store_id = instance->store_id, .is_group = true, .id = group_id};
    char issuer[ISSUER_BYTES];
    scim_issuer(call, instance, issuer);
    return external_id_set(world_of(call), &owner, issuer, external_id);
}

static void see_pair(void *self, const struct membership *membership)
{
    text_copy(self, USER_ID_BYTES, membership->membership_id);
}

/* Who is where he should be is left there: no error. */
static enum fault change_member(struct call *call, const struct instance *instance,
                                const char *group_id, const char *user_id, bool adds)
{
    struct world *world = world_of(call);
    char standing[USER_ID_BYTES] = "";
    char made[USER_ID_BYTES];
    bool exists = false;
    enum fault fault = user_exists(world, instance->store_id, user_id, &exists);
    if (fault != FAULT_NONE)
        return fault;
    if (!exists && adds)
        return scim_found(call, FAULT_NOT_FOUND, "USER");
    fault = membership_of_pair(world, group_id, user_id, see_pair, standing);
    if (fault != FAULT_NONE)
        return fault;
    if (adds == (standing[0] != '\0'))
        return FAULT_NONE;
    return adds ? membership_create(world, instance->store_id, group_id, user_id, made)
                : membership_delete(world, instance->store_id, standing);
}

static enum fault change_members(struct call *call, const struct instance *instance,
                                 const char *group_id, const struct json *members, bool adds)
{
    enum fault fault = FAULT_NONE;
    for (const struct json *item = json_first(members); item != NULL; item = json_next(item)) {
        fault = change_member(call, instance, group_id, json_member_text(item, "value"), adds);
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}

static enum fault create_from(struct call *call, const struct instance *instance,
                              const struct json *normal, char out_group_id[USER_ID_BYTES])
{
    const char *name = json_member_text(normal, "displayName");
    const struct json *members = json_member(normal, "members");
    enum fault fault = check_name(call, name);
    if (fault != FAULT_NONE)
        return fault;
    fault = check_cap(call, json_count(members));
    if (fault != FAULT_NONE)
        return fault;
    fault = group_create(world_of(call), instance->store_id, name, NULL, out_group_id);
    if (fault != FAULT_NONE)
        return fault;
    fault = set_external_id(call, instance, out_group_id, json_member_text(normal, "externalId"));
    if (fault != FAULT_NONE)
        return fault;
    return change_members(call, instance, out_group_id, members, true);
}

enum fault scim_create_group(struct call *call)
{
    struct instance instance;
    struct json *normal = NULL;
    char group_id[USER_ID_BYTES];
    enum fault fault = scim_enter(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = scim_normal(call, SCIM_GROUP_SHAPE, call->input, &normal);
    if (fault != FAULT_NONE)
        return fault;
    fault = create_from(call, &instance, normal, group_id);
    json_free(normal);
    if (fault != FAULT_NONE)
        return fault;
    call->status = 201;
    return scim_answer_group(call, &instance, group_id);
}

/*
 * A PATCH on its way: it is done change by change, and the request's transaction holds it together.
 */
struct patched {
    struct instance instance;
    size_t member_changes;
};

static void see_member(void *self, const struct membership *membership)
{
    struct json *members = self;
    json_put_text(json_push(members, json_new_object()), "value", membership->user_id);
}

/*
 * `wanted` (NULL: nobody) takes the place of everybody in the group; AWS does not do that
 * (identity-wire 9.4).
 */
static enum fault replace_members(struct call *call, const struct patched *patched,
                                  const struct json *wanted)
{
    int reading = scim_reading(call, SCIM_MEMBERS_REPLACED);
    if (reading == MEMBERS_REPLACED_REFUSED)
        return scim_invalid(call, "All members of a group cannot be replaced or removed at once");
    if (reading == MEMBERS_REPLACED_IGNORED)
        return FAULT_NONE;
    struct json *standing = json_new_array();
    enum fault fault =
        membership_each_of_group(world_of(call), call->path_id, 0, INT64_MAX, see_member, standing);
    for (const struct json *item = json_first(standing); item != NULL && fault == FAULT_NONE;
         item = json_next(item)) {
        const char *id = json_member_text(item, "value");
        bool stays = false;
        for (const struct json *other = json_first(wanted); other != NULL; other = json_next(other))
            stays = stays || strcmp(json_member_text(other, "value"), id) == 0;
        if (!stays)
            fault = change_member(call, &patched->instance, call->path_id, id, false);
    }
    json_free(standing);
    if (fault != FAULT_NONE)
        return fault;
    return change_members(call, &patched->instance, call->path_id, wanted, true);
}

/* What a change says about members: its value, or who is named between the brackets. */
static struct json *members_of(struct call *call, const struct scim_change *change,
                               enum fault *fault)
{
    struct json *given = json_new_array();
    if (change->filtered)
        json_put_text(json_push(given, json_new_object()), "value", change->filter.value);
    else if (json_kind(change->value) == JSON_OBJECT)
        json_push(given, json_copy(change->value));
    struct json *members = scim_normal_value(call, change->attribute,
                                             json_count(given) > 0 ? given : change->value, fault);
    struct json *whole = json_new_object();
    if (members != NULL)
        json_put(whole, "members", json_copy(members));
    if (*fault == FAULT_NONE) {
        const struct shape alone[] = {*change->attribute, {0}};
        *fault = shape_check(NULL, alone, whole, false, &call->problem);
    }
    json_free(whole);
    json_free(given);
    return members;
}

static enum fault take_members(struct call *call, const struct scim_change *change,
                               struct patched *patched, const struct json *members)
{
    bool all = change->op == SCIM_REPLACE || (change->op == SCIM_REMOVE && change->value == NULL);
    patched->member_changes += json_count(members);
    enum fault fault = check_cap(call, patched->member_changes);
    if (fault != FAULT_NONE)
        return fault;
    if (all && !change->filtered)
        return replace_members(call, patched, members);
    return change_members(call, &patched->instance, call->path_id, members, change->op == SCIM_ADD);
}

static enum fault patch_members(struct call *call, const struct scim_change *change,
                                struct patched *patched)
{
    bool by_value = !change->filtered || strcasecmp(change->filter.name, "value") == 0;
    if (change->sub != NULL || !by_value || (change->filtered && change->op != SCIM_REMOVE))
        return scim_invalid(call, "members takes add, or remove, of a list of {\"value\": id}, or "
                                  "remove of members[value eq \"id\"]");
    if (change->filtered &&
        world_of(call)->reading->values[SCIM_MEMBER_FILTER] == MEMBER_FILTER_IGNORED)
        return FAULT_NONE;
    enum fault fault = FAULT_NONE;
    struct json *members = members_of(call, change, &fault);
    if (fault == FAULT_NONE)
        fault = take_members(call, change, patched, members);
    json_free(members);
    return fault;
}

static enum fault set_text(struct call *call, const struct patched *patched, bool names,
                           const char *value)
{
    if (!names)
        return set_external_id(call, &patched->instance, call->path_id, value);
    enum fault fault = check_name(call, value);
    if (fault != FAULT_NONE)
        return fault;
    return group_rename(world_of(call), patched->instance.store_id, call->path_id, value);
}

static enum fault apply_to_group(struct call *call, const struct scim_change *change, void *self)
{
    struct patched *patched = self;
    const struct shape *attribute = change->attribute;
    const struct shape alone[] = {*attribute, {0}};
    if (attribute->kind == SHAPE_LIST)
        return patch_members(call, change, patched);
    struct json *whole = json_new_object();
    if (change->op != SCIM_REMOVE)
        json_put(whole, attribute->name, json_copy(change->value));
    bool names = strcmp(attribute->name, "displayName") == 0;
    enum fault fault = shape_check(NULL, alone, whole, false, &call->problem);
    if (fault == FAULT_NONE)
        fault = set_text(call, patched, names, json_member_text(whole, attribute->name));
    json_free(whole);
    return fault;
}

enum fault scim_patch_group(struct call *call)
{
    struct patched patched = {0};
    bool exists = false;
    enum fault fault = scim_enter(call, &patched.instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = group_exists(world_of(call), patched.instance.store_id, call->path_id, &exists);
    if (fault != FAULT_NONE)
        return fault;
    if (!exists)
        return scim_found(call, FAULT_NOT_FOUND, "GROUP");
    fault = scim_patch_each(call, SCIM_GROUP_SHAPE, apply_to_group, &patched);
    call->status = 204;
    return fault;
}
