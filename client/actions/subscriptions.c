/* SPDX-License-Identifier: MIT */
/*
 * Who has which plan under which profile, and its use. Using Kiro has no published API and goes
 * through the control surface.
 */
#include "actions/actions.h"

#include <stdio.h>
#include <string.h>

#include "base/plans.h"
#include "judge/decimal.h"

/*
 * CreateAssignment, UpdateAssignment and DeleteAssignment differ in the plan alone; the two
 * services that have them, in their names.
 */
static bool assign_as(struct session *session, const struct aws_caller *caller,
                      enum aws_service service, const char *operation, const struct json *arguments,
                      enum plan plan, enum oracle_event_kind kind, struct action_result *out_result)
{
    const char *to = json_member_text(arguments, "to");
    bool to_group = strncmp(to, "group:", strlen("group:")) == 0;
    const struct actor *principal = session_principal(session, to);
    const struct actor *profile = session_argument(session, ACTOR_PROFILE, arguments);
    struct json *input = json_new_object();
    json_put_text(input, "principalId", principal->id);
    json_put_text(input, "principalType", to_group ? "GROUP" : "USER");
    if (plan != PLAN_NONE)
        json_put_text(input, "subscriptionType", plan_facts(plan)->requested);
    json_put_text(input, "profileArn", profile->id);
    bool answered = session_call(session, service, operation, caller, input, out_result, NULL);
    if (answered)
        session_record(session, out_result,
                       (struct oracle_event){.kind = kind,
                                             .subject = principal->handle,
                                             .object = profile->handle,
                                             .to_group = to_group,
                                             .plan = plan});
    return answered;
}

/* As an administrator of the account that owns the profile, and pays for it. */
static bool assign(struct session *session, enum aws_service service, const char *operation,
                   const struct json *arguments, enum plan plan, enum oracle_event_kind kind,
                   struct action_result *out_result)
{
    const struct actor *profile = session_argument(session, ACTOR_PROFILE, arguments);
    struct aws_caller caller = session_caller(session, profile->account, profile->region);
    return assign_as(session, &caller, service, operation, arguments, plan, kind, out_result);
}

static enum plan argument_plan(const struct json *arguments)
{
    return plan_by_name(argument_text(arguments, "plan", DEFAULT_PLAN));
}

bool action_subscribe(struct session *session, const struct json *arguments,
                      struct action_result *out_result)
{
    return assign(session, AWS_Q, "CreateAssignment", arguments, argument_plan(arguments),
                  ORACLE_SUBSCRIBED, out_result);
}

bool action_subscribe_by_management(struct session *session, const struct json *arguments,
                                    struct action_result *out_result)
{
    return assign(session, AWS_MANAGEMENT, "CreateAssignment", arguments, argument_plan(arguments),
                  ORACLE_SUBSCRIBED, out_result);
}

bool action_unsubscribe(struct session *session, const struct json *arguments,
                        struct action_result *out_result)
{
    return assign(session, AWS_Q, "DeleteAssignment", arguments, PLAN_NONE, ORACLE_UNSUBSCRIBED,
                  out_result);
}

bool action_unsubscribe_by_management(struct session *session, const struct json *arguments,
                                      struct action_result *out_result)
{
    return assign(session, AWS_MANAGEMENT, "DeleteAssignment", arguments, PLAN_NONE,
                  ORACLE_UNSUBSCRIBED, out_result);
}

/* With the token of his own session. */
bool action_unsubscribe_by_self(struct session *session, const struct json *arguments,
                                struct action_result *out_result)
{
    const struct actor *user = session_principal(session, json_member_text(arguments, "to"));
    const struct actor *profile = session_argument(session, ACTOR_PROFILE, arguments);
    struct aws_caller caller = session_caller(session, profile->account, profile->region);
    caller.token = user->session_token;
    if (caller.token == NULL)
        return aws_problem_set(session->aws, "%s is to act himself and has not signed in",
                               user->handle);
    return assign_as(session, &caller, AWS_Q, "DeleteAssignment", arguments, PLAN_NONE,
                     ORACLE_UNSUBSCRIBED, out_result);
}

/* As the administrator of an account that owns nothing here. */
bool action_unsubscribe_by_stranger(struct session *session, const struct json *arguments,
                                    struct action_result *out_result)
{
    const struct actor *profile = session_argument(session, ACTOR_PROFILE, arguments);
    struct aws_caller caller = {.account = "999999999999", .region = profile->region};
    return assign_as(session, &caller, AWS_Q, "DeleteAssignment", arguments, PLAN_NONE,
                     ORACLE_UNSUBSCRIBED, out_result);
}

bool action_change_plan(struct session *session, const struct json *arguments,
                        struct action_result *out_result)
{
    return assign(session, AWS_Q, "UpdateAssignment", arguments, argument_plan(arguments),
                  ORACLE_PLAN_CHANGED, out_result);
}

bool action_change_plan_by_management(struct session *session, const struct json *arguments,
                                      struct action_result *out_result)
{
    return assign(session, AWS_MANAGEMENT, "UpdateAssignment", arguments, argument_plan(arguments),
                  ORACLE_PLAN_CHANGED, out_result);
}

bool action_use(struct session *session, const struct json *arguments,
                struct action_result *out_result)
{
    const struct actor *user = session_argument(session, ACTOR_USER, arguments);
    const struct actor *profile = session_argument(session, ACTOR_PROFILE, arguments);
    struct oracle_event event = {
        .kind = ORACLE_USED, .subject = user->handle, .object = profile->handle};
    decimal_parse(argument_text(arguments, "credits", DEFAULT_CREDITS), &event.credits_hundredths);
    char credits[DECIMAL_TEXT_BYTES];
    decimal_print(event.credits_hundredths, credits);
    struct json *input = json_new_object();
    json_put_text(input, "user_id", user->id);
    json_put_text(input, "profile_arn", profile->id);
    json_put_text(input, "credits", credits);
    if (json_member_text(arguments, "client") != NULL)
        json_put_text(input, "client", json_member_text(arguments, "client"));
    json_put_boolean(input, "dry_run", false);

    struct aws_answer answer;
    bool answered = aws_control(session->aws, "POST", "/_mock/use", input, &answer);
    out_result->refused = !json_true(json_member(answer.body, "allowed"));
    const char *code = json_member_text(answer.body, "code");
    snprintf(out_result->code, sizeof out_result->code, "%s", code != NULL ? code : answer.code);
    aws_answer_clear(&answer);
    if (answered)
        session_record(session, out_result, event);
    return answered;
}
