/* SPDX-License-Identifier: MIT */
/*
 * Calls as any client would make them: awsJson signed with libcurl's own SigV4, SCIM with a bearer
 * token, and plain JSON for the control surface, over one connection that is kept. Knows no
 * scenario and no rule.
 */
#ifndef MOCK_KIRO_CLIENT_AWS_H
#define MOCK_KIRO_CLIENT_AWS_H

#include <stdbool.h>

#include "base/json.h"

struct aws;

enum aws_service {
    AWS_IDENTITYSTORE,
    AWS_SSO,
    AWS_CODEWHISPERER,
    AWS_Q,
    AWS_MANAGEMENT, /* the same calls as AWS_Q under the newer name */
    AWS_USER_SUBSCRIPTIONS,
    AWS_ORGANIZATIONS,
    AWS_SERVICE_QUOTAS,
    AWS_SERVICES
};

/* Who calls, and for which Region the call is signed. */
struct aws_caller {
    const char *account; /* 12 digits; also the access key id */
    const char *region;
    const char *token; /* a signed-in user's, in the place of a signature; or NULL */
};

enum { AWS_CODE_BYTES = 96 };

/* The codes of an answer that was lost: nothing came, or half of it. */
#define AWS_CONNECTION_RESET "connection-reset"
#define AWS_ANSWER_TRUNCATED "answer-truncated"
bool aws_code_is_loss(const char *code);

struct aws_answer {
    long status;               /* of HTTP */
    char code[AWS_CODE_BYTES]; /* error name without name space, or ""; of a control call,
                                  error.code */
    struct json_document *document;
    const struct json *body; /* root of the document; NULL if the body was empty */
};

/*
 * Requires: `endpoint` is a URL without a path. One thread at a time uses what is given.
 * Fails: NULL, if libcurl cannot start.
 */
struct aws *aws_new(const char *endpoint);
void aws_free(struct aws *aws);
const char *aws_endpoint(const struct aws *aws);

/*
 * From now on calls may lose their connection, and that is an answer with a code from above
 * instead of a failure. Each call has a connection of its own meanwhile: on one that was kept,
 * libcurl would quietly repeat a call that was reset.
 */
void aws_expect_losses(struct aws *aws, bool expected);

/*
 * One call.
 * Gives: `*out_answer`, also one with an error in it; clear it with aws_answer_clear, whatever is
 * returned.
 * Fails: there was no answer, or one that is not JSON (aws_problem).
 * Owns: takes `input` (NULL: no body).
 */
bool aws_call(struct aws *aws, enum aws_service service, const char *operation,
              const struct aws_caller *caller, struct json *input, struct aws_answer *out_answer);
/*
 * A call of iam, whose protocol is forms and XML: `form` is "RoleName=x" and the like. The answer
 * has a status and a code, no body.
 */
bool aws_iam(struct aws *aws, const char *operation, const struct aws_caller *caller,
             const char *form, struct aws_answer *out_answer);
bool aws_control(struct aws *aws, const char *method, const char *path, struct json *input,
                 struct aws_answer *out_answer);
/*
 * A SCIM call: `url` is whole. SCIM has statuses and no error names; the answer's code is the name
 * that AWS documents for the status.
 */
bool aws_scim(struct aws *aws, const char *method, const char *url, const char *token,
              struct json *input, struct aws_answer *out_answer);
void aws_answer_clear(struct aws_answer *answer);

/* One line about the last call that returned false, or a line set with aws_problem_set. */
const char *aws_problem(const struct aws *aws);

/*
 * For answers that are JSON, but not what was asked for. Returns false, so that a caller can
 * `return aws_problem_set(…)`.
 */
bool aws_problem_set(struct aws *aws, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
