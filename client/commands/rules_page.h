/* SPDX-License-Identifier: MIT */
/*
 * The rulebook as one page of Markdown, mock_aws/docs/rules.md: all that the vocabulary knows of
 * rules, editions and sources, and the deviations that a server offers. Its sections keep their
 * numbers, since the code cites them.
 */
#ifndef MOCK_KIRO_CLIENT_RULES_PAGE_H
#define MOCK_KIRO_CLIENT_RULES_PAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "aws/aws.h"

/* False: the server did not say which deviations it has (aws_problem). */
bool rules_page_print(struct aws *aws, FILE *out);

#endif
