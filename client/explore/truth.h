/* SPDX-License-Identifier: MIT */
/*
 * What is the case in a history, apart from seats: who and what is still there, who is in which
 * group, what was subscribed itself. From it the generator knows what makes sense next, and a
 * player which steps must be refused, which must not, and which the documents leave open.
 */
#ifndef MOCK_KIRO_CLIENT_TRUTH_H
#define MOCK_KIRO_CLIENT_TRUTH_H

#include "language/scenario.h"

struct truth {
    struct registry registry; /* everything there ever was */
    char **facts;             /* "gone user alice", "member alice devs" */
    size_t count;
    size_t capacity;
    /* Only the default edition under instant timing says of each subscription what is answered. */
    bool plain;
};

/* Gives: the world's beginning; release with truth_clear. */
void truth_begin(const struct scenario_world *world, bool plain, struct truth *out_truth);
void truth_clear(struct truth *truth);

/* `object` may be NULL. */
bool truth_has(const struct truth *truth, const char *what, const char *subject,
               const char *object);

/* Is it there, and everything that it is part of? */
bool truth_stands(const struct truth *truth, enum actor_kind kind, const char *handle);

enum answer { ANSWER_OPEN, ANSWER_ACCEPTED, ANSWER_REFUSED };

/* `via` NULL: the verb's first path. */
enum answer truth_answer(const struct truth *truth, const struct verb *verb,
                         const struct json *arguments, const char *via);

/* The step was accepted. */
void truth_apply(struct truth *truth, const struct verb *verb, const struct json *arguments);

#endif
