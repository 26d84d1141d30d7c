/* SPDX-License-Identifier: MIT */
/* Starts the server through its embedding API; from there on it is a port like any other. */
#include "commands/embed.h"

#include <stdio.h>

#include "mock_aws.h"

struct embed *embed_start(char endpoint[EMBED_TEXT_BYTES], char problem[EMBED_TEXT_BYTES])
{
    struct mock_aws_options options = {.check_answers = true};
    struct mock_aws *mock = mock_aws_start(&options, problem, EMBED_TEXT_BYTES);
    if (mock != NULL)
        snprintf(endpoint, EMBED_TEXT_BYTES, "http://127.0.0.1:%u", (unsigned)mock_aws_port(mock));
    return (struct embed *)mock;
}

void embed_stop(struct embed *embed)
{
    mock_aws_stop((struct mock_aws *)embed);
}
