/* SPDX-License-Identifier: MIT */
/*
 * What an identity provider does when it provisions: the same people and groups as in the API, by
 * SCIM, in plain form and in the words of Entra, Okta and Google. There, adding who is in and removing
 * who is not are no errors.
 */
#include "actions/actions.h"

#include <stdlib.h>

#include "base/mem.h"

#define USER_SCHEMA "urn:ietf:params:scim:schemas:core:2.0:User"
#define PATCH_SCHEMA "urn:ietf:params:scim:api:messages:2.0:PatchOp"

enum activation {
    BY_PATH,  /* {"path": "active", "value": false} */
    BY_VALUE, /* {"value": {"active": false}} */
    BY_WHOLE  /* PUT of the whole user */
};

/*
 * How a provider says it. Entra begins operations with a capital and writes booleans as texts; Okta
 * leaves the path out where it can and names a leaving member in a filter; Google knows no groups, and
 * how it writes is not documented: taken to be a PUT, which is the third way there is.
 */
struct dialect {
    const char *add;
    const char *remove;
    const char *replace;
    enum activation activation;
    bool text_booleans;
    bool removes_by_filter;
};

static const struct dialect PLAIN = {"add", "remove", "replace", BY_PATH, false, false};
static const struct dialect ENTRA = {"Add", "Remove", "Replace", BY_PATH, true, false};
static const struct dialect OKTA = {"add", "remove", "replace", BY_VALUE, false, true};
static const struct dialect GOOGLE = {"add", "remove", "replace", BY_WHOLE, false, false};

static void put_schema(struct json *input, const char *schema)
{
    json_push(json_put(input, "schemas", json_new_array()), json_new_text(schema));
}

/* {"schemas": […], "Operations": [{"op", "path", "value"}]}, without what is NULL; takes `value`. */
static struct json *patch_input(const char *operation, const char *path, struct json *value)
{
    struct json *input = json_new_object();
    put_schema(input, PATCH_SCHEMA);
    struct json *item =
        json_push(json_put(input, "Operations", json_new_array()), json_new_object());
    json_put_text(item, "op", operation);
    if (path != NULL)
        json_put_text(item, "path", path);
    if (value != NULL)
        json_put(item, "value", value);
    return input;
}

static struct json *user_input(const char *name)
{
    struct json *input = json_new_object();
    put_schema(input, USER_SCHEMA);
    json_put_text(input, "userName", name);
    json_put_text(input, "displayName", name);
    struct json *full_name = json_put(input, "name", json_new_object());
    json_put_text(full_name, "givenName", name);
    json_put_text(full_name, "familyName", name);
    return input;
}

/* A call about one user or group; takes `input`. */
static bool call_about(struct stage *stage, const struct actor *actor, const char *method,
                       const char *collection, struct json *input, struct deed *out_deed)
{
    const struct actor *instance = stage_actor(stage, ACTOR_INSTANCE, actor->instance);
    char *path = mem_format("%s/%s", collection, actor->id);
    bool answered = stage_scim(stage, instance, method, path, input, out_deed, NULL);
    free(path);
    return answered;
}

bool deed_create_user_by_scim(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *instance = stage_said(stage, ACTOR_INSTANCE, said);
    const char *name = json_member_text(said, "user_name");
    struct aws_answer answer;
    struct json *input = user_input(name != NULL ? name : json_member_text(said, "user"));
    json_put_boolean(input, "active", true);
    bool answered = stage_scim(stage, instance, "POST", "Users", input, out_deed, &answer);
    if (answered)
        answered = deed_user_created(stage, said, json_member_text(answer.body, "id"), out_deed);
    aws_answer_clear(&answer);
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

static struct json *activation_input(const struct dialect *dialect, const struct actor *user,
                                     bool active)
{
    struct json *value = dialect->text_booleans ? json_new_text(active ? "True" : "False")
                                                : json_new_boolean(active);
    if (dialect->activation == BY_PATH)
        return patch_input(dialect->replace, "active", value);
    struct json *whole =
        dialect->activation == BY_WHOLE ? user_input(user->name) : json_new_object();
    json_put(whole, "active", value);
    return dialect->activation == BY_WHOLE ? whole : patch_input(dialect->replace, NULL, whole);
}

static bool set_active(struct stage *stage, const struct dialect *dialect, const struct json *said,
                       bool active, struct deed *out_deed)
{
    const struct actor *user = stage_said(stage, ACTOR_USER, said);
    const char *method = dialect->activation == BY_WHOLE ? "PUT" : "PATCH";
    struct json *input = activation_input(dialect, user, active);
    bool answered = call_about(stage, user, method, "Users", input, out_deed);
    if (answered)
        stage_remember(stage, out_deed,
                       (struct oracle_event){.kind = active ? ORACLE_USER_REACTIVATED
                                                            : ORACLE_USER_DEACTIVATED,
                                             .subject = user->handle});
    return answered;
}

bool deed_deactivate_user_by_scim(struct stage *stage, const struct json *said,
                                  struct deed *out_deed)
{
    return set_active(stage, &PLAIN, said, false, out_deed);
}

bool deed_deactivate_user_by_entra(struct stage *stage, const struct json *said,
                                   struct deed *out_deed)
{
    return set_active(stage, &ENTRA, said, false, out_deed);
}

bool deed_deactivate_user_by_okta(struct stage *stage, const struct json *said,
                                  struct deed *out_deed)
{
    return set_active(stage, &OKTA, said, false, out_deed);
}

bool deed_deactivate_user_by_google(struct stage *stage, const struct json *said,
                                    struct deed *out_deed)
{
    return set_active(stage, &GOOGLE, said, false, out_deed);
}

bool deed_reactivate_user_by_scim(struct stage *stage, const struct json *said,
                                  struct deed *out_deed)
{
    return set_active(stage, &PLAIN, said, true, out_deed);
}

bool deed_reactivate_user_by_entra(struct stage *stage, const struct json *said,
                                   struct deed *out_deed)
{
    return set_active(stage, &ENTRA, said, true, out_deed);
}

bool deed_reactivate_user_by_okta(struct stage *stage, const struct json *said,
                                  struct deed *out_deed)
{
    return set_active(stage, &OKTA, said, true, out_deed);
}

bool deed_reactivate_user_by_google(struct stage *stage, const struct json *said,
                                    struct deed *out_deed)
{
    return set_active(stage, &GOOGLE, said, true, out_deed);
}

static bool change_members(struct stage *stage, const struct dialect *dialect,
                           const struct json *said, bool adds, struct deed *out_deed)
{
    const struct actor *group = stage_said(stage, ACTOR_GROUP, said);
    const struct actor *member = stage_principal(stage, json_member_text(said, "member"));
    bool by_filter = !adds && dialect->removes_by_filter;
    struct json *members = by_filter ? NULL : json_new_array();
    if (members != NULL)
        json_put_text(json_push(members, json_new_object()), "value", member->id);
    char *path =
        by_filter ? mem_format("members[value eq \"%s\"]", member->id) : mem_text("members");
    struct json *input = patch_input(adds ? dialect->add : dialect->remove, path, members);
    bool answered = call_about(stage, group, "PATCH", "Groups", input, out_deed);
    free(path);
    if (answered)
        stage_remember(
            stage, out_deed,
            (struct oracle_event){.kind = adds ? ORACLE_MEMBER_ADDED : ORACLE_MEMBER_REMOVED,
                                  .subject = member->handle,
                                  .object = group->handle});
    return answered;
}

bool deed_add_member_by_scim(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return change_members(stage, &PLAIN, said, true, out_deed);
}

bool deed_add_member_by_entra(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return change_members(stage, &ENTRA, said, true, out_deed);
}

bool deed_remove_member_by_scim(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return change_members(stage, &PLAIN, said, false, out_deed);
}

bool deed_remove_member_by_entra(struct stage *stage, const struct json *said,
                                 struct deed *out_deed)
{
    return change_members(stage, &ENTRA, said, false, out_deed);
}

bool deed_remove_member_by_okta(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return change_members(stage, &OKTA, said, false, out_deed);
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
