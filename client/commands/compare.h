/* SPDX-License-Identifier: MIT */
/*
 * One suite under two editions: what a change of edition changes for the people of each scenario.
 * The scenarios that choose an edition themselves are about that one and are left out.
 */
#ifndef MOCK_KIRO_CLIENT_COMPARE_H
#define MOCK_KIRO_CLIENT_COMPARE_H

#include <stdio.h>

#include "aws/aws.h"
#include "run/suite.h"

struct comparison_result {
    size_t scenarios; /* that were played under both */
    size_t changed;
    size_t differences;
    size_t refused; /* whose world one of the two does not know */
};

/*
 * A line per difference, when it begins: what was seen under the one, what under the other, and
 * the rule that decides it there. False: the server did not answer as it should (aws_problem).
 */
bool editions_compare(struct aws *aws, const struct suite *suite, const char *one,
                      const char *other, const char *filter, FILE *out,
                      struct comparison_result *out_result);

#endif
