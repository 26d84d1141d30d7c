/* SPDX-License-Identifier: MIT */
/*
 * The verbs of the language, one row each: name, what it does, its members, and the paths by which
 * it is done over the wire. Parsing, printing, the page about the language and the JSON Schema are
 * all made from these rows.
 */
#ifndef MOCK_KIRO_CLIENT_VERBS_H
#define MOCK_KIRO_CLIENT_VERBS_H

#include <stdbool.h>
#include <stddef.h>

#include "actions/actions.h"
#include "language/form.h"

/* A path over the wire: what a scenario's "via" calls it, and the function that performs it. */
struct path {
    const char *name;
    action_function *perform;
};

enum { VERB_PATHS_MAX = 5 };

struct verb {
    struct form form;
    bool has_short_form; /* a text stands for the first member */
    /* The first is taken unless another is asked for; a path without a name ends them. No path at
     * all: there is nothing to do, only to be judged. */
    struct path paths[VERB_PATHS_MAX + 1];
};

const struct verb *verb_find(const char *name); /* NULL if unknown */
const struct verb *verb_at(size_t index);       /* NULL at the end */

bool verb_is_check(const struct verb *verb);

/* The path of that name; NULL if the verb has no such path. */
const struct path *verb_path(const struct verb *verb, const char *name);

#endif
