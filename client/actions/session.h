/* SPDX-License-Identifier: MIT */
/*
 * What an action acts in: the server at one end, the oracle's record of what happened at the other.
 * And what every action is made of: finding the actors it names, calling, recording.
 */
#ifndef MOCK_KIRO_CLIENT_SESSION_H
#define MOCK_KIRO_CLIENT_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "actions/registry.h"
#include "aws/aws.h"
#include "oracle/oracle.h"

/* All borrowed: whoever plays the run owns them. */
struct session {
    struct aws *aws;
    struct registry *registry;
    struct oracle *oracle;
    int64_t now_s;
};

/* How it went: accepted, or refused with a code, which may be that of an answer that was lost. */
struct action_result {
    bool done; /* though refused: the step says so before, since no answer can */
    bool refused;
    char code[AWS_CODE_BYTES];
};

/*
 * The actor of a handle (NULL: the only one).
 * Requires: there is one, which whoever read the scenario has seen to.
 * Gives: a pointer into the registry, until an actor of this kind is added.
 */
struct actor *session_actor(struct session *session, enum actor_kind kind, const char *handle);

/* The same for the argument that is named after the kind ("user"). */
struct actor *session_argument(struct session *session, enum actor_kind kind,
                               const struct json *arguments);

/* The text of an argument; `otherwise` if it was left out. */
const char *argument_text(const struct json *arguments, const char *name, const char *otherwise);

/* The user or group that "alice", "user:alice" or "group:devs" names. */
struct actor *session_principal(struct session *session, const char *text);

/* Signed as the account (a handle) for the Region; or for the instance, where it lives. */
struct aws_caller session_caller(struct session *session, const char *account, const char *region);
struct aws_caller session_instance_caller(struct session *session, const struct actor *instance);

/*
 * A call, and what its answer says of the action: accepted, or refused with which code.
 * Owns: takes `input`. `out_answer` may be NULL; otherwise the caller clears it with
 * aws_answer_clear, whatever is returned.
 * Fails: there was no usable answer (aws_problem); `*out_result` is then unspecified.
 */
bool session_call(struct session *session, enum aws_service service, const char *operation,
                  const struct aws_caller *caller, struct json *input,
                  struct action_result *out_result, struct aws_answer *out_answer);
bool session_control(struct session *session, const char *path, struct json *input,
                     struct action_result *out_result);
/* The same, with the answer, which the caller clears. */
bool session_control_for(struct session *session, const char *path, struct json *input,
                         struct action_result *out_result, struct aws_answer *out_answer);

/* `path` below the instance's tenant, like "Users/1234"; otherwise as session_call. */
bool session_scim(struct session *session, const struct actor *instance, const char *method,
                  const char *path, struct json *input, struct action_result *out_result,
                  struct aws_answer *out_answer);

/*
 * Tells the oracle that the event happened now, unless the action was refused and is not done all
 * the same.
 */
void session_record(struct session *session, const struct action_result *result,
                    struct oracle_event event);

#endif
