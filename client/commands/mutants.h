/* SPDX-License-Identifier: MIT */
/*
 * Proof that the suite can fail: the mock breaks one rule on purpose, and a run must notice. One
 * that breaks without the deviation as well has noticed nothing and does not count.
 */
#ifndef MOCK_KIRO_CLIENT_MUTANTS_H
#define MOCK_KIRO_CLIENT_MUTANTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "aws/aws.h"
#include "run/suite.h"

struct mutants_result {
    size_t killed;
    size_t survived;
};

/*
 * One line per deviation, and a last one with the numbers. With a `filter`, only the runs that
 * pass it (variants_make); with `names` (ended by NULL), those deviations alone. False: the server
 * did not answer as it should (aws_problem). A deviation that it does not know is neither killed
 * nor a survivor.
 */
bool mutants_run(struct aws *aws, const struct suite *suite, const char *filter,
                 const char *const *names, FILE *out, struct mutants_result *out_result);

/* The deviations that the server knows, a line each. */
bool mutants_list(struct aws *aws, FILE *out);

#endif
