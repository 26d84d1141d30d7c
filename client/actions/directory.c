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

bool deed_user_created(struct stage *stage, const struct json *said, const char *user_id,
                       const struct deed *deed)
{
    const struct actor *instance = stage_said(stage, ACTOR_INSTANCE, said);
    const char *handle = json_member_text(said, "user");
    const char *name = json_member_text(said, "user_name");
    if (deed->refused)
        return true;
    if (user_id == NULL)
        return aws_problem_set(stage->aws, "CreateUser answered without an id");
    struct actor *user = cast_add(stage->cast, ACTOR_USER, handle);
    actor_set(&user->id, user_id);
    actor_set(&user->name, name == NULL ? handle : name);
    actor_set(&user->instance, instance->handle);
    stage_remember(stage, deed,
                   (struct oracle_event){.kind = ORACLE_USER_CREATED,
                                         .subject = handle,
                                         .object = instance->handle,
                                         .text = user->name});
    return true;
}

bool deed_create_user(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *instance = stage_said(stage, ACTOR_INSTANCE, said);
    const char *name = json_member_text(said, "user_name");
    if (name == NULL)
        name = json_member_text(said, "user");
    struct aws_caller caller = stage_instance_caller(stage, instance);
    struct json *input = directory_input(instance);
    json_put_text(input, "UserName", name);
    json_put_text(input, "DisplayName", name);
    struct json *full_name = json_put(input, "Name", json_new_object());
    json_put_text(full_name, "GivenName", name);
    json_put_text(full_name, "FamilyName", name);

    struct aws_answer answer;
    bool answered =
        stage_call(stage, AWS_IDENTITYSTORE, "CreateUser", &caller, input, out_deed, &answer);
    if (answered)
        answered =
            deed_user_created(stage, said, json_member_text(answer.body, "UserId"), out_deed);
    aws_answer_clear(&answer);
    return answered;
}

bool deed_delete_user(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *user = stage_said(stage, ACTOR_USER, said);
    const struct actor *instance = stage_actor(stage, ACTOR_INSTANCE, user->instance);
    struct aws_caller caller = stage_instance_caller(stage, instance);
    struct json *input = directory_input(instance);
    json_put_text(input, "UserId", user->id);
    bool answered =
        stage_call(stage, AWS_IDENTITYSTORE, "DeleteUser", &caller, input, out_deed, NULL);
    if (answered)
        stage_remember(stage, out_deed,
                       (struct oracle_event){.kind = ORACLE_USER_DELETED, .subject = user->handle});
    return answered;
}

static bool control_user(struct stage *stage, const char *path, const struct json *said,
                         enum oracle_event_kind kind, struct deed *out_deed)
{
    const struct actor *user = stage_said(stage, ACTOR_USER, said);
    struct json *input = json_new_object();
    json_put_text(input, "user_id", user->id);
    bool answered = stage_control(stage, path, input, out_deed);
    if (answered)
        stage_remember(stage, out_deed,
                       (struct oracle_event){.kind = kind, .subject = user->handle});
    return answered;
}

bool deed_deactivate_user(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return control_user(stage, "/_mock/users/disable", said, ORACLE_USER_DEACTIVATED, out_deed);
}

bool deed_reactivate_user(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return control_user(stage, "/_mock/users/enable", said, ORACLE_USER_REACTIVATED, out_deed);
}

bool deed_sign_in(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    struct actor *user = stage_said(stage, ACTOR_USER, said);
    struct aws_answer answer;
    struct json *input = json_new_object();
    json_put_text(input, "user_id", user->id);
    bool answered = stage_control_for(stage, "/_mock/tokens", input, out_deed, &answer);
    if (answered && !out_deed->refused)
        actor_set(&user->session, json_member_text(answer.body, "access_token"));
    aws_answer_clear(&answer);
    return answered;
}

bool deed_add_member(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *group = stage_said(stage, ACTOR_GROUP, said);
    const struct actor *member = stage_principal(stage, json_member_text(said, "member"));
    const struct actor *instance = stage_actor(stage, ACTOR_INSTANCE, group->instance);
    struct aws_caller caller = stage_instance_caller(stage, instance);
    struct json *input = directory_input(instance);
    json_put_text(input, "GroupId", group->id);
    json_put_text(json_put(input, "MemberId", json_new_object()), "UserId", member->id);
    bool answered = stage_call(stage, AWS_IDENTITYSTORE, "CreateGroupMembership", &caller, input,
                               out_deed, NULL);
    if (answered)
        stage_remember(stage, out_deed,
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
static bool find_membership(struct stage *stage, const struct actor *group,
                            const struct actor *member, char out_id[AWS_CODE_BYTES],
                            struct deed *out_deed)
{
    const struct actor *instance = stage_actor(stage, ACTOR_INSTANCE, group->instance);
    struct aws_caller caller = stage_instance_caller(stage, instance);
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
        answered = stage_call(stage, AWS_IDENTITYSTORE, "ListGroupMemberships", &caller, input,
                              out_deed, &page);
        find_on_page(page.body, member, out_id);
        more = answered && !out_deed->refused && json_member_text(page.body, "NextToken") != NULL;
    }
    aws_answer_clear(&page);
    return answered;
}

bool deed_remove_member(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *group = stage_said(stage, ACTOR_GROUP, said);
    const struct actor *member = stage_principal(stage, json_member_text(said, "member"));
    const struct actor *instance = stage_actor(stage, ACTOR_INSTANCE, group->instance);
    struct aws_caller caller = stage_instance_caller(stage, instance);
    char membership[AWS_CODE_BYTES];
    bool answered = find_membership(stage, group, member, membership, out_deed);
    if (!answered || out_deed->refused)
        return answered;
    struct json *input = directory_input(instance);
    json_put_text(input, "MembershipId", membership);
    answered = stage_call(stage, AWS_IDENTITYSTORE, "DeleteGroupMembership", &caller, input,
                          out_deed, NULL);
    if (answered)
        stage_remember(stage, out_deed,
                       (struct oracle_event){.kind = ORACLE_MEMBER_REMOVED,
                                             .subject = member->handle,
                                             .object = group->handle});
    return answered;
}

bool deed_delete_group(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *group = stage_said(stage, ACTOR_GROUP, said);
    const struct actor *instance = stage_actor(stage, ACTOR_INSTANCE, group->instance);
    struct aws_caller caller = stage_instance_caller(stage, instance);
    struct json *input = directory_input(instance);
    json_put_text(input, "GroupId", group->id);
    bool answered =
        stage_call(stage, AWS_IDENTITYSTORE, "DeleteGroup", &caller, input, out_deed, NULL);
    if (answered)
        stage_remember(
            stage, out_deed,
            (struct oracle_event){.kind = ORACLE_GROUP_DELETED, .subject = group->handle});
    return answered;
}
