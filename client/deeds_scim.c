/* SPDX-License-Identifier: MIT */
/*
 * What an identity provider does when it provisions: the same people and groups as in the API, by
 * SCIM. There, adding who is in and removing who is not are no errors.
 */
#include "deeds.h"

#include <stdlib.h>

#include "base/mem.h"

#define PATCH_SCHEMA "urn:ietf:params:scim:api:messages:2.0:PatchOp"

/* {"schemas": […], "Operations": [{"op", "path", "value"}]}; takes `value`. */
static struct json *patch_input(const char *operation, const char *path, struct json *value)
{
    struct json *input = json_new_object();
    json_push(json_put(input, "schemas", json_new_array()), json_new_text(PATCH_SCHEMA));
    struct json *item =
        json_push(json_put(input, "Operations", json_new_array()), json_new_object());
    json_put_text(item, "op", operation);
    json_put_text(item, "path", path);
    json_put(item, "value", value);
    return input;
}

/* A call about one user or group; takes `input`. */
static bool call_about(struct stage *stage, const struct actor *actor, const char *method,
                       const char *collection, struct json *input, struct deed *out_deed)
{
    const struct actor *instance = stage_actor(stage, ACTOR_INSTANCE, actor->instance);
    char *path = mem_format("%s/%s", collection, actor->id);
    bool answered = stage_scim(stage, instance, method, path, input, out_deed);
    free(path);
    return answered;
}

bool deed_delete_user_by_scim(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *user = stage_said(stage, ACTOR_USER, said);
    bool answered = call_about(stage, user, "DELETE", "Users", NULL, out_deed);
    if (answered)
        stage_remember(stage, out_deed,
                       (struct oracle_event){.kind = ORACLE_USER_DELETED, .subject = user->handle});
    return answered;
}

static bool set_active(struct stage *stage, const struct json *said, bool active,
                       enum oracle_event_kind kind, struct deed *out_deed)
{
    const struct actor *user = stage_said(stage, ACTOR_USER, said);
    struct json *input = patch_input("replace", "active", json_new_boolean(active));
    bool answered = call_about(stage, user, "PATCH", "Users", input, out_deed);
    if (answered)
        stage_remember(stage, out_deed,
                       (struct oracle_event){.kind = kind, .subject = user->handle});
    return answered;
}

bool deed_deactivate_user_by_scim(struct stage *stage, const struct json *said,
                                  struct deed *out_deed)
{
    return set_active(stage, said, false, ORACLE_USER_DEACTIVATED, out_deed);
}

bool deed_reactivate_user_by_scim(struct stage *stage, const struct json *said,
                                  struct deed *out_deed)
{
    return set_active(stage, said, true, ORACLE_USER_REACTIVATED, out_deed);
}

static bool change_members(struct stage *stage, const struct json *said, const char *operation,
                           enum oracle_event_kind kind, struct deed *out_deed)
{
    const struct actor *group = stage_said(stage, ACTOR_GROUP, said);
    const struct actor *member = stage_principal(stage, json_member_text(said, "member"));
    struct json *members = json_new_array();
    json_put_text(json_push(members, json_new_object()), "value", member->id);
    struct json *input = patch_input(operation, "members", members);
    bool answered = call_about(stage, group, "PATCH", "Groups", input, out_deed);
    if (answered)
        stage_remember(stage, out_deed,
                       (struct oracle_event){
                           .kind = kind, .subject = member->handle, .object = group->handle});
    return answered;
}

bool deed_add_member_by_scim(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return change_members(stage, said, "add", ORACLE_MEMBER_ADDED, out_deed);
}

bool deed_remove_member_by_scim(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return change_members(stage, said, "remove", ORACLE_MEMBER_REMOVED, out_deed);
}

bool deed_delete_group_by_scim(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *group = stage_said(stage, ACTOR_GROUP, said);
    bool answered = call_about(stage, group, "DELETE", "Groups", NULL, out_deed);
    if (answered)
        stage_remember(
            stage, out_deed,
            (struct oracle_event){.kind = ORACLE_GROUP_DELETED, .subject = group->handle});
    return answered;
}
