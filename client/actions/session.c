/* SPDX-License-Identifier: MIT */
/* What every action is made of: finding actors, calling, recording. */
#include "actions/session.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct actor *session_actor(struct session *session, enum actor_kind kind, const char *handle)
{
    struct actor *actor = registry_find(session->registry, kind, handle);
    assert(actor != NULL); /* the scenario's handles were followed when it was read */
    return actor;
}

struct actor *session_argument(struct session *session, enum actor_kind kind,
                               const struct json *arguments)
{
    return session_actor(session, kind, json_member_text(arguments, actor_kind_name(kind)));
}

const char *argument_text(const struct json *arguments, const char *name, const char *otherwise)
{
    const char *text = json_member_text(arguments, name);
    return text != NULL ? text : otherwise;
}

struct actor *session_principal(struct session *session, const char *text)
{
    const char *colon = strchr(text, ':');
    bool is_group = strncmp(text, "group:", strlen("group:")) == 0;
    return session_actor(session, is_group ? ACTOR_GROUP : ACTOR_USER,
                         colon == NULL ? text : colon + 1);
}

struct aws_caller session_caller(struct session *session, const char *account, const char *region)
{
    return (struct aws_caller){.account = session_actor(session, ACTOR_ACCOUNT, account)->id,
                               .region = region};
}

struct aws_caller session_instance_caller(struct session *session, const struct actor *instance)
{
    return session_caller(session, instance->account, instance->region);
}

static void read_result(const struct aws_answer *answer, struct action_result *out_result)
{
    out_result->refused = answer->code[0] != '\0';
    snprintf(out_result->code, sizeof out_result->code, "%s", answer->code);
}

bool session_call(struct session *session, enum aws_service service, const char *operation,
                  const struct aws_caller *caller, struct json *input,
                  struct action_result *out_result, struct aws_answer *out_answer)
{
    struct aws_answer answer;
    bool answered = aws_call(session->aws, service, operation, caller, input, &answer);
    read_result(&answer, out_result);
    if (out_answer != NULL)
        *out_answer = answer;
    else
        aws_answer_clear(&answer);
    return answered;
}

bool session_control(struct session *session, const char *path, struct json *input,
                     struct action_result *out_result)
{
    struct aws_answer answer;
    bool answered = session_control_for(session, path, input, out_result, &answer);
    aws_answer_clear(&answer);
    return answered;
}

bool session_control_for(struct session *session, const char *path, struct json *input,
                         struct action_result *out_result, struct aws_answer *out_answer)
{
    bool answered = aws_control(session->aws, "POST", path, input, out_answer);
    read_result(out_answer, out_result);
    return answered;
}

bool session_scim(struct session *session, const struct actor *instance, const char *method,
                  const char *path, struct json *input, struct action_result *out_result,
                  struct aws_answer *out_answer)
{
    struct aws_answer answer = {0};
    bool answered = false;
    if (instance->scim_url == NULL || instance->scim_token == NULL) {
        json_free(input);
        aws_problem_set(session->aws, "/_mock/reset names no SCIM tenant of the instance %s",
                        instance->handle);
    } else {
        char *url = mem_format("%s%s", instance->scim_url, path);
        answered = aws_scim(session->aws, method, url, instance->scim_token, input, &answer);
        read_result(&answer, out_result);
        free(url);
    }
    if (out_answer != NULL)
        *out_answer = answer;
    else
        aws_answer_clear(&answer);
    return answered;
}

void session_record(struct session *session, const struct action_result *result,
                    struct oracle_event event)
{
    event.at_s = session->now_s;
    if (!result->refused || result->done)
        oracle_record(session->oracle, &event);
}
