/* SPDX-License-Identifier: MIT */
/*
 * The verbs of the language, one row each: name, what it does, its members, and the function that
 * does it over the wire. Parsing, printing, the page about the language and the JSON Schema are all
 * made from these rows.
 */
#ifndef MOCK_KIRO_CLIENT_VERBS_H
#define MOCK_KIRO_CLIENT_VERBS_H

#include <stdbool.h>
#include <stdint.h>

#include "aws.h"
#include "cast.h"
#include "form.h"
#include "oracle.h"

/* Where verbs act: the server at one end, the memory of what happened at the other. */
struct stage {
    struct aws *aws;
    struct cast *cast;
    struct oracle *oracle;
    int64_t now_s;
};

/* How it went: accepted, or refused with a code. */
struct deed {
    bool refused;
    char code[AWS_CODE_BYTES];
};

/*
 * Do it; if it was accepted, the oracle and the cast know afterwards. False: there was no usable
 * answer (aws_problem).
 */
typedef bool verb_perform(struct stage *stage, const struct json *said, struct deed *out_deed);

struct verb {
    struct form form;
    bool has_short_form;   /* a text stands for the first member */
    verb_perform *perform; /* NULL: nothing to do, only to be judged */
};

const struct verb *verb_find(const char *name); /* NULL if unknown */
const struct verb *verb_at(size_t index);       /* NULL at the end */

#endif
