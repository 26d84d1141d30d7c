/* SPDX-License-Identifier: MIT */
/* Kiro profiles with what is set for everybody of one, and the instances that they stand on. */
#include "actions/actions.h"

#include <stdio.h>
#include <string.h>

#include "judge/decimal.h"

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

bool action_create_profile(struct session *session, const struct json *arguments,
                           struct action_result *out_result)
{
    const struct actor *instance = session_argument(session, ACTOR_INSTANCE, arguments);
    const struct actor *account = session_argument(session, ACTOR_ACCOUNT, arguments);
    const char *handle = json_member_text(arguments, "profile");
    const char *region = argument_text(arguments, "region", DEFAULT_REGION);
    struct aws_caller caller = {.account = account->id, .region = region};
    struct aws_answer answer;
    bool answered = session_call(session, AWS_CODEWHISPERER, "CreateProfile", &caller,
                                 create_profile_input(instance, region), out_result, &answer);
    if (answered && !out_result->refused) {
        struct actor *profile = registry_add(session->registry, ACTOR_PROFILE, handle);
        actor_set(&profile->id, json_member_text(answer.body, "profileArn"));
        actor_set(&profile->region, region);
        actor_set(&profile->account, account->handle);
        actor_set(&profile->instance, instance->handle);
        session_record(session, out_result,
                       (struct oracle_event){.kind = ORACLE_PROFILE_CREATED,
                                             .subject = handle,
                                             .object = instance->handle,
                                             .text = account->handle,
                                             .region = region});
        if (profile->id == NULL)
            answered = aws_problem_set(session->aws, "CreateProfile answered without a profileArn");
    }
    aws_answer_clear(&answer);
    return answered;
}

bool action_set_overage(struct session *session, const struct json *arguments,
                        struct action_result *out_result)
{
    const struct actor *profile = session_argument(session, ACTOR_PROFILE, arguments);
    bool on = strcmp(json_member_text(arguments, "overage"), "on") == 0;
    struct aws_caller caller = session_caller(session, profile->account, profile->region);
    struct json *input = json_new_object();
    json_put_text(input, "profileArn", profile->id);
    struct json *features = json_put(input, "optInFeatures", json_new_object());
    json_put_text(json_put(features, "overageConfiguration", json_new_object()), "overageStatus",
                  on ? "ENABLED" : "DISABLED");
    bool answered =
        session_call(session, AWS_CODEWHISPERER, "UpdateProfile", &caller, input, out_result, NULL);
    if (answered)
        session_record(session, out_result,
                       (struct oracle_event){.kind = on ? ORACLE_OVERAGE_ON : ORACLE_OVERAGE_OFF,
                                             .subject = profile->handle});
    return answered;
}

bool action_raise_overage_cap(struct session *session, const struct json *arguments,
                              struct action_result *out_result)
{
    const struct actor *profile = session_argument(session, ACTOR_PROFILE, arguments);
    struct aws_caller caller = session_caller(session, profile->account, profile->region);
    struct oracle_event event = {.kind = ORACLE_OVERAGE_CAPPED, .subject = profile->handle};
    decimal_parse(json_member_text(arguments, "cap"), &event.cap_cents);
    struct json *input = json_new_object();
    json_put_text(input, "ServiceCode", "kiro");
    json_put_text(input, "QuotaCode", "L-75434B0B");
    json_put(input, "DesiredValue", json_new_number((double)event.cap_cents / 100));
    bool answered = session_call(session, AWS_SERVICE_QUOTAS, "RequestServiceQuotaIncrease",
                                 &caller, input, out_result, NULL);
    if (answered)
        session_record(session, out_result, event);
    return answered;
}

bool action_delete_profile(struct session *session, const struct json *arguments,
                           struct action_result *out_result)
{
    const struct actor *profile = session_argument(session, ACTOR_PROFILE, arguments);
    struct aws_caller caller = session_caller(session, profile->account, profile->region);
    struct json *input = json_new_object();
    json_put_text(input, "profileArn", profile->id);
    bool answered =
        session_call(session, AWS_CODEWHISPERER, "DeleteProfile", &caller, input, out_result, NULL);
    if (answered)
        session_record(
            session, out_result,
            (struct oracle_event){.kind = ORACLE_PROFILE_DELETED, .subject = profile->handle});
    return answered;
}

bool action_delete_instance(struct session *session, const struct json *arguments,
                            struct action_result *out_result)
{
    const struct actor *instance = session_argument(session, ACTOR_INSTANCE, arguments);
    struct aws_caller caller = session_instance_caller(session, instance);
    struct json *input = json_new_object();
    json_put_text(input, "InstanceArn", instance->id);
    bool answered =
        session_call(session, AWS_SSO, "DeleteInstance", &caller, input, out_result, NULL);
    if (answered)
        session_record(
            session, out_result,
            (struct oracle_event){.kind = ORACLE_INSTANCE_DELETED, .subject = instance->handle});
    return answered;
}
