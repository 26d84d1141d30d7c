/* SPDX-License-Identifier: MIT */
/* Starts or finds the mock that a command works against. */
#include "commands/server.h"

#include <stdio.h>

static bool is_mock(struct aws *aws)
{
    struct aws_answer answer;
    bool found = aws_control(aws, "GET", "/_mock/health", NULL, &answer);
    if (found && (answer.status != 200 || json_member_text(answer.body, "status") == NULL))
        found = aws_problem_set(aws,
                                "%s/_mock/health answers %ld: expected a mock-aws, since a "
                                "scenario sets the world and the clock",
                                aws_endpoint(aws), answer.status);
    aws_answer_clear(&answer);
    return found;
}

bool server_start(const char *endpoint, struct server *out_server)
{
    char own[EMBED_TEXT_BYTES];
    char problem[EMBED_TEXT_BYTES] = "";
    *out_server = (struct server){0};
    if (endpoint == NULL)
        out_server->embed = embed_start(own, problem);
    if (endpoint == NULL && out_server->embed == NULL) {
        fprintf(stderr, "kiro-check: the embedded server does not start: %s\n", problem);
        return false;
    }
    out_server->aws = aws_new(endpoint != NULL ? endpoint : own);
    if (out_server->aws != NULL && is_mock(out_server->aws))
        return true;
    fprintf(stderr, "kiro-check: %s\n",
            out_server->aws == NULL ? "libcurl does not start" : aws_problem(out_server->aws));
    server_stop(out_server);
    return false;
}

void server_stop(struct server *server)
{
    aws_free(server->aws);
    embed_stop(server->embed);
    *server = (struct server){0};
}
