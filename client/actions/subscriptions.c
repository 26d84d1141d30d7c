/* SPDX-License-Identifier: MIT */
/*
 * Who has which plan under which profile, and its use. Using Kiro has no published API and goes
 * through the control surface.
 */
#include "actions/actions.h"

#include <stdio.h>
#include <string.h>

#include "judge/decimal.h"

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

static enum plan said_plan(const struct json *said)
{
    return plan_by_name(argument_text(said, "plan", DEFAULT_PLAN));
}

bool deed_subscribe(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return assign(stage, AWS_Q, "CreateAssignment", said, said_plan(said), ORACLE_SUBSCRIBED,
                  out_deed);
}

bool deed_subscribe_by_management(struct stage *stage, const struct json *said,
                                  struct deed *out_deed)
{
    return assign(stage, AWS_MANAGEMENT, "CreateAssignment", said, said_plan(said),
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
    return assign(stage, AWS_Q, "UpdateAssignment", said, said_plan(said), ORACLE_PLAN_CHANGED,
                  out_deed);
}

bool deed_change_plan_by_management(struct stage *stage, const struct json *said,
                                    struct deed *out_deed)
{
    return assign(stage, AWS_MANAGEMENT, "UpdateAssignment", said, said_plan(said),
                  ORACLE_PLAN_CHANGED, out_deed);
}

bool deed_use(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *user = stage_said(stage, ACTOR_USER, said);
    const struct actor *profile = stage_said(stage, ACTOR_PROFILE, said);
    struct oracle_event event = {
        .kind = ORACLE_USED, .subject = user->handle, .object = profile->handle};
    decimal_parse(argument_text(said, "credits", DEFAULT_CREDITS), &event.credits_hundredths);
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
