/* SPDX-License-Identifier: MIT */
/*
 * What an identity provider does when it provisions: the same people and groups as in the API, by
 * SCIM, in plain form and in the words of Entra, Okta and Google. There, adding who is in and
 * removing who is not are no errors.
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
 * How a provider says it. Entra begins operations with a capital and writes booleans as texts;
 * Okta leaves the path out where it can and names a leaving member in a filter; Google knows no
 * groups, and how it writes is not documented: taken to be a PUT, the third form there is.
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

/*
 * {"schemas": […], "Operations": [{"op", "path", "value"}]}, without what is NULL; takes `value`.
 */
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
static bool call_about(struct session *session, const struct actor *actor, const char *method,
                       const char *collection, struct json *input, struct action_result *out_result)
{
    const struct actor *instance = session_actor(session, ACTOR_INSTANCE, actor->instance);
    char *path = mem_format("%s/%s", collection, actor->id);
    bool answered = session_scim(session, instance, method, path, input, out_result, NULL);
    free(path);
    return answered;
}

bool action_create_user_by_scim(struct session *session, const struct json *arguments,
                                struct action_result *out_result)
{
    const struct actor *instance = session_argument(session, ACTOR_INSTANCE, arguments);
    const char *name = json_member_text(arguments, "user_name");
    struct aws_answer answer;
    struct json *input = user_input(name != NULL ? name : json_member_text(arguments, "user"));
    json_put_boolean(input, "active", true);
    bool answered = session_scim(session, instance, "POST", "Users", input, out_result, &answer);
    if (answered)
        answered = action_user_created(session, arguments, json_member_text(answer.body, "id"),
                                       out_result);
    aws_answer_clear(&answer);
    return answered;
}

bool action_delete_user_by_scim(struct session *session, const struct json *arguments,
                                struct action_result *out_result)
{
    const struct actor *user = session_argument(session, ACTOR_USER, arguments);
    bool answered = call_about(session, user, "DELETE", "Users", NULL, out_result);
    if (answered)
        session_record(session, out_result,
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

static bool set_active(struct session *session, const struct dialect *dialect,
                       const struct json *arguments, bool active, struct action_result *out_result)
{
    const struct actor *user = session_argument(session, ACTOR_USER, arguments);
    const char *method = dialect->activation == BY_WHOLE ? "PUT" : "PATCH";
    struct json *input = activation_input(dialect, user, active);
    bool answered = call_about(session, user, method, "Users", input, out_result);
    if (answered)
        session_record(session, out_result,
                       (struct oracle_event){.kind = active ? ORACLE_USER_REACTIVATED
                                                            : ORACLE_USER_DEACTIVATED,
                                             .subject = user->handle});
    return answered;
}

bool action_deactivate_user_by_scim(struct session *session, const struct json *arguments,
                                    struct action_result *out_result)
{
    return set_active(session, &PLAIN, arguments, false, out_result);
}

bool action_deactivate_user_by_entra(struct session *session, const struct json *arguments,
                                     struct action_result *out_result)
{
    return set_active(session, &ENTRA, arguments, false, out_result);
}

bool action_deactivate_user_by_okta(struct session *session, const struct json *arguments,
                                    struct action_result *out_result)
{
    return set_active(session, &OKTA, arguments, false, out_result);
}

bool action_deactivate_user_by_google(struct session *session, const struct json *arguments,
                                      struct action_result *out_result)
{
    return set_active(session, &GOOGLE, arguments, false, out_result);
}

bool action_reactivate_user_by_scim(struct session *session, const struct json *arguments,
                                    struct action_result *out_result)
{
    return set_active(session, &PLAIN, arguments, true, out_result);
}

bool action_reactivate_user_by_entra(struct session *session, const struct json *arguments,
                                     struct action_result *out_result)
{
    return set_active(session, &ENTRA, arguments, true, out_result);
}

bool action_reactivate_user_by_okta(struct session *session, const struct json *arguments,
                                    struct action_result *out_result)
{
    return set_active(session, &OKTA, arguments, true, out_result);
}

bool action_reactivate_user_by_google(struct session *session, const struct json *arguments,
                                      struct action_result *out_result)
{
    return set_active(session, &GOOGLE, arguments, true, out_result);
}

static bool change_members(struct session *session, const struct dialect *dialect,
                           const struct json *arguments, bool adds,
                           struct action_result *out_result)
{
    const struct actor *group = session_argument(session, ACTOR_GROUP, arguments);
    const struct actor *member = session_principal(session, json_member_text(arguments, "member"));
    bool by_filter = !adds && dialect->removes_by_filter;
    struct json *members = by_filter ? NULL : json_new_array();
    if (members != NULL)
        json_put_text(json_push(members, json_new_object()), "value", member->id);
    char *path =
        by_filter ? mem_format("members[value eq \"%s\"]", member->id) : mem_text("members");
    struct json *input = patch_input(adds ? dialect->add : dialect->remove, path, members);
    bool answered = call_about(session, group, "PATCH", "Groups", input, out_result);
    free(path);
    if (answered)
        session_record(
            session, out_result,
            (struct oracle_event){.kind = adds ? ORACLE_MEMBER_ADDED : ORACLE_MEMBER_REMOVED,
                                  .subject = member->handle,
                                  .object = group->handle});
    return answered;
}

bool action_add_member_by_scim(struct session *session, const struct json *arguments,
                               struct action_result *out_result)
{
    return change_members(session, &PLAIN, arguments, true, out_result);
}

bool action_add_member_by_entra(struct session *session, const struct json *arguments,
                                struct action_result *out_result)
{
    return change_members(session, &ENTRA, arguments, true, out_result);
}

bool action_remove_member_by_scim(struct session *session, const struct json *arguments,
                                  struct action_result *out_result)
{
    return change_members(session, &PLAIN, arguments, false, out_result);
}

bool action_remove_member_by_entra(struct session *session, const struct json *arguments,
                                   struct action_result *out_result)
{
    return change_members(session, &ENTRA, arguments, false, out_result);
}

bool action_remove_member_by_okta(struct session *session, const struct json *arguments,
                                  struct action_result *out_result)
{
    return change_members(session, &OKTA, arguments, false, out_result);
}

bool action_delete_group_by_scim(struct session *session, const struct json *arguments,
                                 struct action_result *out_result)
{
    const struct actor *group = session_argument(session, ACTOR_GROUP, arguments);
    bool answered = call_about(session, group, "DELETE", "Groups", NULL, out_result);
    if (answered)
        session_record(
            session, out_result,
            (struct oracle_event){.kind = ORACLE_GROUP_DELETED, .subject = group->handle});
    return answered;
}
