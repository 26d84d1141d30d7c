/* SPDX-License-Identifier: MIT */
/*
 * The scenarios that a command is about: files and folders on the command line, found, sorted,
 * read.
 */
#ifndef MOCK_KIRO_CLIENT_SUITE_H
#define MOCK_KIRO_CLIENT_SUITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "language/scenario.h"

struct suite {
    struct scenario **scenarios;
    size_t count;
};

/*
 * Reads every scenario. A folder gives all *.json files below it (but *.schema.json), leaving out
 * folders called must_fail and worlds, which have to be named to be played. Without paths:
 * "scenarios".
 * Gives: `*out_suite`; release with suite_clear, after all variants made of it.
 * Fails: a line for everything that is wrong is added to `complaints`; the suite is then empty.
 */
bool suite_load(const char *const *paths, size_t path_count, struct suite *out_suite,
                struct text *complaints);
void suite_clear(struct suite *suite);

#endif
