/* SPDX-License-Identifier: MIT */
/*
 * Users, groups and memberships, by the directory's own API; disabling and signing in have none and
 * go through the control surface. The same by SCIM is in scim.c.
 */
#include "actions/actions.h"

#include <stdio.h>
#include <string.h>

/* Valid in form, and nobody's: what a script is left with when it finds no membership to delete. */
#define NO_MEMBERSHIP "00000000-0000-4000-8000-000000000000"

/* A call on the directory of `instance`, with its store already in the input. */
static struct json *directory_input(const struct actor *instance)
{
    struct json *input = json_new_object();
    json_put_text(input, "IdentityStoreId", instance->store_id);
    return input;
}

bool action_user_created(struct session *session, const struct json *arguments, const char *user_id,
                         const struct action_result *result)
{
    const struct actor *instance = session_argument(session, ACTOR_INSTANCE, arguments);
    const char *handle = json_member_text(arguments, "user");
    const char *name = json_member_text(arguments, "user_name");
    if (result->refused)
        return true;
    if (user_id == NULL)
        return aws_problem_set(session->aws, "CreateUser answered without an id");
    struct actor *user = registry_add(session->registry, ACTOR_USER, handle);
    actor_set(&user->id, user_id);
    actor_set(&user->name, name == NULL ? handle : name);
    actor_set(&user->instance, instance->handle);
    session_record(session, result,
                   (struct oracle_event){.kind = ORACLE_USER_CREATED,
                                         .subject = handle,
                                         .object = instance->handle,
                                         .text = user->name});
    return true;
}

bool action_create_user(struct session *session, const struct json *arguments,
                        struct action_result *out_result)
{
    const struct actor *instance = session_argument(session, ACTOR_INSTANCE, arguments);
    const char *name = json_member_text(arguments, "user_name");
    if (name == NULL)
        name = json_member_text(arguments, "user");
    struct aws_caller caller = session_instance_caller(session, instance);
    struct json *input = directory_input(instance);
    json_put_text(input, "UserName", name);
    json_put_text(input, "DisplayName", name);
    struct json *full_name = json_put(input, "Name", json_new_object());
    json_put_text(full_name, "GivenName", name);
    json_put_text(full_name, "FamilyName", name);

    struct aws_answer answer;
    bool answered =
        session_call(session, AWS_IDENTITYSTORE, "CreateUser", &caller, input, out_result, &answer);
    if (answered)
        answered = action_user_created(session, arguments, json_member_text(answer.body, "UserId"),
                                       out_result);
    aws_answer_clear(&answer);
    return answered;
}

bool action_delete_user(struct session *session, const struct json *arguments,
                        struct action_result *out_result)
{
    const struct actor *user = session_argument(session, ACTOR_USER, arguments);
    const struct actor *instance = session_actor(session, ACTOR_INSTANCE, user->instance);
    struct aws_caller caller = session_instance_caller(session, instance);
    struct json *input = directory_input(instance);
    json_put_text(input, "UserId", user->id);
    bool answered =
        session_call(session, AWS_IDENTITYSTORE, "DeleteUser", &caller, input, out_result, NULL);
    if (answered)
        session_record(session, out_result,
                       (struct oracle_event){.kind = ORACLE_USER_DELETED, .subject = user->handle});
    return answered;
}

static bool control_user(struct session *session, const char *path, const struct json *arguments,
                         enum oracle_event_kind kind, struct action_result *out_result)
{
    const struct actor *user = session_argument(session, ACTOR_USER, arguments);
    struct json *input = json_new_object();
    json_put_text(input, "user_id", user->id);
    bool answered = session_control(session, path, input, out_result);
    if (answered)
        session_record(session, out_result,
                       (struct oracle_event){.kind = kind, .subject = user->handle});
    return answered;
}

bool action_deactivate_user(struct session *session, const struct json *arguments,
                            struct action_result *out_result)
{
    return control_user(session, "/_mock/users/disable", arguments, ORACLE_USER_DEACTIVATED,
                        out_result);
}

bool action_reactivate_user(struct session *session, const struct json *arguments,
                            struct action_result *out_result)
{
    return control_user(session, "/_mock/users/enable", arguments, ORACLE_USER_REACTIVATED,
                        out_result);
}

bool action_sign_in(struct session *session, const struct json *arguments,
                    struct action_result *out_result)
{
    struct actor *user = session_argument(session, ACTOR_USER, arguments);
    struct aws_answer answer;
    struct json *input = json_new_object();
    json_put_text(input, "user_id", user->id);
    bool answered = session_control_for(session, "/_mock/tokens", input, out_result, &answer);
    if (answered && !out_result->refused)
        actor_set(&user->session_token, json_member_text(answer.body, "access_token"));
    aws_answer_clear(&answer);
    return answered;
}

bool action_add_member(struct session *session, const struct json *arguments,
                       struct action_result *out_result)
{
    const struct actor *group = session_argument(session, ACTOR_GROUP, arguments);
    const struct actor *member = session_principal(session, json_member_text(arguments, "member"));
    const struct actor *instance = session_actor(session, ACTOR_INSTANCE, group->instance);
    struct aws_caller caller = session_instance_caller(session, instance);
    struct json *input = directory_input(instance);
    json_put_text(input, "GroupId", group->id);
    json_put_text(json_put(input, "MemberId", json_new_object()), "UserId", member->id);
    bool answered = session_call(session, AWS_IDENTITYSTORE, "CreateGroupMembership", &caller,
                                 input, out_result, NULL);
    if (answered)
        session_record(session, out_result,
                       (struct oracle_event){.kind = ORACLE_MEMBER_ADDED,
                                             .subject = member->handle,
                                             .object = group->handle});
    return answered;
}

/* Look through one page of a group's memberships for the member's. */
static void find_on_page(const struct json *page, const struct actor *member,
                         char out_id[AWS_CODE_BYTES])
{
    for (const struct json *item = json_first(json_member(page, "GroupMemberships")); item != NULL;
         item = json_next(item)) {
        const char *user_id = json_member_text(json_member(item, "MemberId"), "UserId");
        const char *id = json_member_text(item, "MembershipId");
        if (user_id != NULL && id != NULL && strcmp(user_id, member->id) == 0)
            snprintf(out_id, AWS_CODE_BYTES, "%s", id);
    }
}

/* The membership's id, or NO_MEMBERSHIP. Refused if the group cannot be listed. */
static bool find_membership(struct session *session, const struct actor *group,
                            const struct actor *member, char out_id[AWS_CODE_BYTES],
                            struct action_result *out_result)
{
    const struct actor *instance = session_actor(session, ACTOR_INSTANCE, group->instance);
    struct aws_caller caller = session_instance_caller(session, instance);
    struct aws_answer page = {0};
    bool more = true;
    bool answered = true;
    snprintf(out_id, AWS_CODE_BYTES, "%s", NO_MEMBERSHIP);
    while (more) {
        struct json *input = directory_input(instance);
        json_put_text(input, "GroupId", group->id);
        const char *token = json_member_text(page.body, "NextToken");
        if (token != NULL)
            json_put_text(input, "NextToken", token);
        aws_answer_clear(&page);
        answered = session_call(session, AWS_IDENTITYSTORE, "ListGroupMemberships", &caller, input,
                                out_result, &page);
        find_on_page(page.body, member, out_id);
        more = answered && !out_result->refused && json_member_text(page.body, "NextToken") != NULL;
    }
    aws_answer_clear(&page);
    return answered;
}

bool action_remove_member(struct session *session, const struct json *arguments,
                          struct action_result *out_result)
{
    const struct actor *group = session_argument(session, ACTOR_GROUP, arguments);
    const struct actor *member = session_principal(session, json_member_text(arguments, "member"));
    const struct actor *instance = session_actor(session, ACTOR_INSTANCE, group->instance);
    struct aws_caller caller = session_instance_caller(session, instance);
    char membership[AWS_CODE_BYTES];
    bool answered = find_membership(session, group, member, membership, out_result);
    if (!answered || out_result->refused)
        return answered;
    struct json *input = directory_input(instance);
    json_put_text(input, "MembershipId", membership);
    answered = session_call(session, AWS_IDENTITYSTORE, "DeleteGroupMembership", &caller, input,
                            out_result, NULL);
    if (answered)
        session_record(session, out_result,
                       (struct oracle_event){.kind = ORACLE_MEMBER_REMOVED,
                                             .subject = member->handle,
                                             .object = group->handle});
    return answered;
}

bool action_delete_group(struct session *session, const struct json *arguments,
                         struct action_result *out_result)
{
    const struct actor *group = session_argument(session, ACTOR_GROUP, arguments);
    const struct actor *instance = session_actor(session, ACTOR_INSTANCE, group->instance);
    struct aws_caller caller = session_instance_caller(session, instance);
    struct json *input = directory_input(instance);
    json_put_text(input, "GroupId", group->id);
    bool answered =
        session_call(session, AWS_IDENTITYSTORE, "DeleteGroup", &caller, input, out_result, NULL);
    if (answered)
        session_record(
            session, out_result,
            (struct oracle_event){.kind = ORACLE_GROUP_DELETED, .subject = group->handle});
    return answered;
}
