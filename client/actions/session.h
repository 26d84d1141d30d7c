/* SPDX-License-Identifier: MIT */
/*
 * Where steps act: the server at one end, the memory of what happened at the other, and the few
 * moves that all deeds are made of.
 */
#ifndef MOCK_KIRO_CLIENT_STAGE_H
#define MOCK_KIRO_CLIENT_STAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "actions/registry.h"
#include "aws/aws.h"
#include "oracle/oracle.h"

struct stage {
    struct aws *aws;
    struct cast *cast;
    struct oracle *oracle;
    int64_t now_s;
};

/* How it went: accepted, or refused with a code, which may be that of an answer that was lost. */
struct deed {
    bool done; /* though refused: the step says so before, since no answer can */
    bool refused;
    char code[AWS_CODE_BYTES];
};

/* The actor of a handle (NULL: the only one), which must be there. */
struct actor *stage_actor(struct stage *stage, enum actor_kind kind, const char *handle);

/* The actor that the member named after its kind says, or the only one. */
struct actor *stage_said(struct stage *stage, enum actor_kind kind, const struct json *said);

/* The text of an argument, or what it means that it was left out. */
const char *argument_text(const struct json *said, const char *name, const char *otherwise);

/* The user or group that "alice", "user:alice" or "group:devs" names. */
struct actor *stage_principal(struct stage *stage, const char *text);

/* Signed as the account (a handle) for the Region; or for the instance, where it lives. */
struct aws_caller stage_caller(struct stage *stage, const char *account, const char *region);
struct aws_caller stage_instance_caller(struct stage *stage, const struct actor *instance);

/*
 * A call and what it means for the deed. Takes `input`. `out_answer` may be NULL; otherwise clear it
 * with aws_answer_clear. False: there was no usable answer.
 */
bool stage_call(struct stage *stage, enum aws_service service, const char *operation,
                const struct aws_caller *caller, struct json *input, struct deed *out_deed,
                struct aws_answer *out_answer);
bool stage_control(struct stage *stage, const char *path, struct json *input,
                   struct deed *out_deed);
/* The same, with the answer. */
bool stage_control_for(struct stage *stage, const char *path, struct json *input,
                       struct deed *out_deed, struct aws_answer *out_answer);

/* `path` below the instance's tenant, like "Users/1234"; otherwise as stage_call. */
bool stage_scim(struct stage *stage, const struct actor *instance, const char *method,
                const char *path, struct json *input, struct deed *out_deed,
                struct aws_answer *out_answer);

/* It happened now, unless it was refused and is not done all the same: the oracle is told. */
void stage_remember(struct stage *stage, const struct deed *deed, struct oracle_event event);

#endif
