/* SPDX-License-Identifier: MIT */
/*
 * One function per verb and path. Everything that AWS has a call for goes through that call, signed
 * for the Region of the thing that is called; disabling, signing in, using and time have none and go
 * through the control surface. What goes by SCIM is in deeds_scim.c, accounts are in
 * deeds_accounts.c.
 */
#include "actions/actions.h"

#include <stdio.h>
#include <string.h>

#include "base/times.h"
#include "judge/decimal.h"
#include "language/verbs.h"

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

/*
 * CreateAssignment, UpdateAssignment and DeleteAssignment differ in the plan alone; the two services
 * that have them, in their names.
 */
static bool assign_as(struct stage *stage, const struct aws_caller *caller,
                      enum aws_service service, const char *operation, const struct json *said,
                      enum plan plan, enum oracle_event_kind kind, struct deed *out_deed)
{
    const char *to = json_member_text(said, "to");
    bool to_group = strncmp(to, "group:", strlen("group:")) == 0;
    const struct actor *principal = stage_principal(stage, to);
    const struct actor *profile = stage_said(stage, ACTOR_PROFILE, said);
    struct json *input = json_new_object();
    json_put_text(input, "principalId", principal->id);
    json_put_text(input, "principalType", to_group ? "GROUP" : "USER");
    if (plan != PLAN_NONE)
        json_put_text(input, "subscriptionType", plan_facts(plan)->requested);
    json_put_text(input, "profileArn", profile->id);
    bool answered = stage_call(stage, service, operation, caller, input, out_deed, NULL);
    if (answered)
        stage_remember(stage, out_deed,
                       (struct oracle_event){.kind = kind,
                                             .subject = principal->handle,
                                             .object = profile->handle,
                                             .to_group = to_group,
                                             .plan = plan});
    return answered;
}

/* As an administrator of the account that owns the profile, and pays for it. */
static bool assign(struct stage *stage, enum aws_service service, const char *operation,
                   const struct json *said, enum plan plan, enum oracle_event_kind kind,
                   struct deed *out_deed)
{
    const struct actor *profile = stage_said(stage, ACTOR_PROFILE, said);
    struct aws_caller caller = stage_caller(stage, profile->account, profile->region);
    return assign_as(stage, &caller, service, operation, said, plan, kind, out_deed);
}

static enum plan said_plan(const char *verb, const struct json *said)
{
    return plan_by_name(form_text(&verb_find(verb)->form, said, "plan"));
}

bool deed_subscribe(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return assign(stage, AWS_Q, "CreateAssignment", said, said_plan("subscribe", said),
                  ORACLE_SUBSCRIBED, out_deed);
}

bool deed_subscribe_by_management(struct stage *stage, const struct json *said,
                                  struct deed *out_deed)
{
    return assign(stage, AWS_MANAGEMENT, "CreateAssignment", said, said_plan("subscribe", said),
                  ORACLE_SUBSCRIBED, out_deed);
}

bool deed_unsubscribe(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return assign(stage, AWS_Q, "DeleteAssignment", said, PLAN_NONE, ORACLE_UNSUBSCRIBED, out_deed);
}

bool deed_unsubscribe_by_management(struct stage *stage, const struct json *said,
                                    struct deed *out_deed)
{
    return assign(stage, AWS_MANAGEMENT, "DeleteAssignment", said, PLAN_NONE, ORACLE_UNSUBSCRIBED,
                  out_deed);
}

/* With the token of his own session. */
bool deed_unsubscribe_by_self(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *user = stage_principal(stage, json_member_text(said, "to"));
    const struct actor *profile = stage_said(stage, ACTOR_PROFILE, said);
    struct aws_caller caller = stage_caller(stage, profile->account, profile->region);
    caller.token = user->session;
    if (caller.token == NULL)
        return aws_problem_set(stage->aws, "%s is to act himself and has not signed in",
                               user->handle);
    return assign_as(stage, &caller, AWS_Q, "DeleteAssignment", said, PLAN_NONE,
                     ORACLE_UNSUBSCRIBED, out_deed);
}

/* As the administrator of an account that owns nothing here. */
bool deed_unsubscribe_by_stranger(struct stage *stage, const struct json *said,
                                  struct deed *out_deed)
{
    const struct actor *profile = stage_said(stage, ACTOR_PROFILE, said);
    struct aws_caller caller = {.account = "999999999999", .region = profile->region};
    return assign_as(stage, &caller, AWS_Q, "DeleteAssignment", said, PLAN_NONE,
                     ORACLE_UNSUBSCRIBED, out_deed);
}

bool deed_change_plan(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return assign(stage, AWS_Q, "UpdateAssignment", said, said_plan("change_plan", said),
                  ORACLE_PLAN_CHANGED, out_deed);
}

bool deed_change_plan_by_management(struct stage *stage, const struct json *said,
                                    struct deed *out_deed)
{
    return assign(stage, AWS_MANAGEMENT, "UpdateAssignment", said, said_plan("change_plan", said),
                  ORACLE_PLAN_CHANGED, out_deed);
}

bool deed_use(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *user = stage_said(stage, ACTOR_USER, said);
    const struct actor *profile = stage_said(stage, ACTOR_PROFILE, said);
    struct oracle_event event = {
        .kind = ORACLE_USED, .subject = user->handle, .object = profile->handle};
    decimal_parse(form_text(&verb_find("use")->form, said, "credits"), &event.credits_hundredths);
    char credits[DECIMAL_TEXT_BYTES];
    decimal_print(event.credits_hundredths, credits);
    struct json *input = json_new_object();
    json_put_text(input, "user_id", user->id);
    json_put_text(input, "profile_arn", profile->id);
    json_put_text(input, "credits", credits);
    if (json_member_text(said, "client") != NULL)
        json_put_text(input, "client", json_member_text(said, "client"));
    json_put_boolean(input, "dry_run", false);

    struct aws_answer answer;
    bool answered = aws_control(stage->aws, "POST", "/_mock/use", input, &answer);
    out_deed->refused = !json_true(json_member(answer.body, "allowed"));
    const char *code = json_member_text(answer.body, "code");
    snprintf(out_deed->code, sizeof out_deed->code, "%s", code != NULL ? code : answer.code);
    aws_answer_clear(&answer);
    if (answered)
        stage_remember(stage, out_deed, event);
    return answered;
}

static struct json *create_profile_input(const struct actor *instance, const char *region)
{
    struct json *input = json_new_object();
    char name[96];
    snprintf(name, sizeof name, "KiroProfile-%s", region);
    json_put_text(input, "profileName", name);
    json_put_text(json_put(input, "referenceTrackerConfiguration", json_new_object()),
                  "recommendationsWithReferences", "ALLOW");
    struct json *source = json_put(json_put(input, "identitySource", json_new_object()),
                                   "ssoIdentitySource", json_new_object());
    json_put_text(source, "instanceArn", instance->id);
    json_put_text(source, "ssoRegion", instance->region);
    return input;
}

bool deed_create_profile(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *instance = stage_said(stage, ACTOR_INSTANCE, said);
    const struct actor *account = stage_said(stage, ACTOR_ACCOUNT, said);
    const char *handle = json_member_text(said, "profile");
    const char *region = form_text(&verb_find("create_profile")->form, said, "region");
    struct aws_caller caller = {.account = account->id, .region = region};
    struct aws_answer answer;
    bool answered = stage_call(stage, AWS_CODEWHISPERER, "CreateProfile", &caller,
                               create_profile_input(instance, region), out_deed, &answer);
    if (answered && !out_deed->refused) {
        struct actor *profile = cast_add(stage->cast, ACTOR_PROFILE, handle);
        actor_set(&profile->id, json_member_text(answer.body, "profileArn"));
        actor_set(&profile->region, region);
        actor_set(&profile->account, account->handle);
        actor_set(&profile->instance, instance->handle);
        stage_remember(stage, out_deed,
                       (struct oracle_event){.kind = ORACLE_PROFILE_CREATED,
                                             .subject = handle,
                                             .object = instance->handle,
                                             .text = account->handle,
                                             .region = region});
        if (profile->id == NULL)
            answered = aws_problem_set(stage->aws, "CreateProfile answered without a profileArn");
    }
    aws_answer_clear(&answer);
    return answered;
}

bool deed_set_overage(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *profile = stage_said(stage, ACTOR_PROFILE, said);
    bool on = strcmp(json_member_text(said, "overage"), "on") == 0;
    struct aws_caller caller = stage_caller(stage, profile->account, profile->region);
    struct json *input = json_new_object();
    json_put_text(input, "profileArn", profile->id);
    struct json *features = json_put(input, "optInFeatures", json_new_object());
    json_put_text(json_put(features, "overageConfiguration", json_new_object()), "overageStatus",
                  on ? "ENABLED" : "DISABLED");
    bool answered =
        stage_call(stage, AWS_CODEWHISPERER, "UpdateProfile", &caller, input, out_deed, NULL);
    if (answered)
        stage_remember(stage, out_deed,
                       (struct oracle_event){.kind = on ? ORACLE_OVERAGE_ON : ORACLE_OVERAGE_OFF,
                                             .subject = profile->handle});
    return answered;
}

bool deed_raise_overage_cap(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *profile = stage_said(stage, ACTOR_PROFILE, said);
    struct aws_caller caller = stage_caller(stage, profile->account, profile->region);
    struct oracle_event event = {.kind = ORACLE_OVERAGE_CAPPED, .subject = profile->handle};
    decimal_parse(json_member_text(said, "cap"), &event.cap_cents);
    struct json *input = json_new_object();
    json_put_text(input, "ServiceCode", "kiro");
    json_put_text(input, "QuotaCode", "L-75434B0B");
    json_put(input, "DesiredValue", json_new_number((double)event.cap_cents / 100));
    bool answered = stage_call(stage, AWS_SERVICE_QUOTAS, "RequestServiceQuotaIncrease", &caller,
                               input, out_deed, NULL);
    if (answered)
        stage_remember(stage, out_deed, event);
    return answered;
}

/* In the place of any that was asked for before; "none" takes it back. */
bool deed_fault(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    struct aws_answer answer;
    struct json *input = json_new_object();
    struct json *faults = json_put(input, "faults", json_new_array());
    bool any = strcmp(json_member_text(said, "fault"), "none") != 0;
    if (any) {
        struct json *fault = json_push(faults, json_new_object());
        json_put_text(fault, "give", json_member_text(said, "fault"));
        if (json_member_text(said, "operation") != NULL)
            json_put_text(fault, "operation", json_member_text(said, "operation"));
        static const char *const NUMBERS[] = {"nth", "first", "latency_ms"};
        for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
            if (json_member(said, NUMBERS[i]) != NULL)
                json_put(fault, NUMBERS[i], json_copy(json_member(said, NUMBERS[i])));
    }
    bool answered = aws_control(stage->aws, "PUT", "/_mock/faults", input, &answer);
    out_deed->refused = answer.status != 200;
    snprintf(out_deed->code, sizeof out_deed->code, "%s", answer.code);
    aws_expect_losses(stage->aws, any);
    aws_answer_clear(&answer);
    return answered;
}

bool deed_delete_profile(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *profile = stage_said(stage, ACTOR_PROFILE, said);
    struct aws_caller caller = stage_caller(stage, profile->account, profile->region);
    struct json *input = json_new_object();
    json_put_text(input, "profileArn", profile->id);
    bool answered =
        stage_call(stage, AWS_CODEWHISPERER, "DeleteProfile", &caller, input, out_deed, NULL);
    if (answered)
        stage_remember(
            stage, out_deed,
            (struct oracle_event){.kind = ORACLE_PROFILE_DELETED, .subject = profile->handle});
    return answered;
}

bool deed_delete_instance(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *instance = stage_said(stage, ACTOR_INSTANCE, said);
    struct aws_caller caller = stage_instance_caller(stage, instance);
    struct json *input = json_new_object();
    json_put_text(input, "InstanceArn", instance->id);
    bool answered = stage_call(stage, AWS_SSO, "DeleteInstance", &caller, input, out_deed, NULL);
    if (answered)
        stage_remember(
            stage, out_deed,
            (struct oracle_event){.kind = ORACLE_INSTANCE_DELETED, .subject = instance->handle});
    return answered;
}

bool deed_advance(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return stage_control(stage, "/_mock/clock/advance", json_copy(said), out_deed);
}

bool deed_move_clock(struct stage *stage, int64_t to_s)
{
    char time[TIME_TEXT_BYTES];
    time_print(to_s, time);
    struct json *input = json_new_object();
    json_put_text(input, "to", time);
    struct deed deed;
    if (!stage_control(stage, "/_mock/clock/advance", input, &deed))
        return false;
    if (deed.refused)
        return aws_problem_set(stage->aws, "the clock would not go to %s: %s", time, deed.code);
    stage->now_s = to_s;
    return true;
}
