/* SPDX-License-Identifier: MIT */
/* The moves that deeds are made of: finding actors, calling, remembering. */
#include "actions/session.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct actor *stage_actor(struct stage *stage, enum actor_kind kind, const char *handle)
{
    struct actor *actor = cast_find(stage->cast, kind, handle);
    assert(actor != NULL); /* the scenario's handles were followed when it was read */
    return actor;
}

struct actor *stage_said(struct stage *stage, enum actor_kind kind, const struct json *said)
{
    return stage_actor(stage, kind, json_member_text(said, actor_kind_name(kind)));
}

const char *argument_text(const struct json *said, const char *name, const char *otherwise)
{
    const char *text = json_member_text(said, name);
    return text != NULL ? text : otherwise;
}

struct actor *stage_principal(struct stage *stage, const char *text)
{
    const char *colon = strchr(text, ':');
    bool is_group = strncmp(text, "group:", strlen("group:")) == 0;
    return stage_actor(stage, is_group ? ACTOR_GROUP : ACTOR_USER,
                       colon == NULL ? text : colon + 1);
}

struct aws_caller stage_caller(struct stage *stage, const char *account, const char *region)
{
    return (struct aws_caller){.account = stage_actor(stage, ACTOR_ACCOUNT, account)->id,
                               .region = region};
}

struct aws_caller stage_instance_caller(struct stage *stage, const struct actor *instance)
{
    return stage_caller(stage, instance->account, instance->region);
}

static void read_deed(const struct aws_answer *answer, struct deed *out_deed)
{
    out_deed->refused = answer->code[0] != '\0';
    snprintf(out_deed->code, sizeof out_deed->code, "%s", answer->code);
}

bool stage_call(struct stage *stage, enum aws_service service, const char *operation,
                const struct aws_caller *caller, struct json *input, struct deed *out_deed,
                struct aws_answer *out_answer)
{
    struct aws_answer answer;
    bool answered = aws_call(stage->aws, service, operation, caller, input, &answer);
    read_deed(&answer, out_deed);
    if (out_answer != NULL)
        *out_answer = answer;
    else
        aws_answer_clear(&answer);
    return answered;
}

bool stage_control(struct stage *stage, const char *path, struct json *input, struct deed *out_deed)
{
    struct aws_answer answer;
    bool answered = stage_control_for(stage, path, input, out_deed, &answer);
    aws_answer_clear(&answer);
    return answered;
}

bool stage_control_for(struct stage *stage, const char *path, struct json *input,
                       struct deed *out_deed, struct aws_answer *out_answer)
{
    bool answered = aws_control(stage->aws, "POST", path, input, out_answer);
    read_deed(out_answer, out_deed);
    return answered;
}

bool stage_scim(struct stage *stage, const struct actor *instance, const char *method,
                const char *path, struct json *input, struct deed *out_deed,
                struct aws_answer *out_answer)
{
    struct aws_answer answer = {0};
    bool answered = false;
    if (instance->scim_url == NULL || instance->scim_token == NULL) {
        json_free(input);
        aws_problem_set(stage->aws, "/_mock/reset names no SCIM tenant of the instance %s",
                        instance->handle);
    } else {
        char *url = mem_format("%s%s", instance->scim_url, path);
        answered = aws_scim(stage->aws, method, url, instance->scim_token, input, &answer);
        read_deed(&answer, out_deed);
        free(url);
    }
    if (out_answer != NULL)
        *out_answer = answer;
    else
        aws_answer_clear(&answer);
    return answered;
}

void stage_remember(struct stage *stage, const struct deed *deed, struct oracle_event event)
{
    event.at_s = stage->now_s;
    if (!deed->refused || deed->done)
        oracle_record(stage->oracle, &event);
}
