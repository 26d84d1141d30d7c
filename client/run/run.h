/* SPDX-License-Identifier: MIT */
/*
 * One run of a scenario against one server: set the world, play the steps, and after each of them
 * observe everybody and judge. The first step with a broken check ends the run, since what follows
 * would only echo it.
 */
#ifndef MOCK_KIRO_CLIENT_RUN_H
#define MOCK_KIRO_CLIENT_RUN_H

#include "actions/session.h"
#include "aws/aws.h"
#include "base/levels.h"
#include "base/rules.h"
#include "judge/judge.h"
#include "run/variant.h"

/* The best level of a rule's four cells. */
enum level rule_best_level(const struct rule *rule);

struct run_settings {
    const char *const *deviations; /* on while the scenario is played */
    size_t deviation_count;
    int64_t seed;  /* 0: the scenario's own */
    bool own_mock; /* see struct judge */
};

/*
 * Who is told of verdicts and steps as they come. `step` is SIZE_MAX for the world that was
 * loaded. A step's verdicts come before the step itself.
 */
struct run_listener {
    void (*verdict)(void *context, size_t step, const struct verdict *verdict);
    void (*step)(void *context, size_t step, const struct oracle *oracle,
                 const struct observation *seen); /* or NULL */
    /*
     * How a step that does not say whether it is refused should be answered, now that it was
     * answered so: a code, or NULL for accepted. Without this (NULL), such a step must be accepted.
     */
    const char *(*answer)(void *context, size_t step, const struct action_result *result);
    void *context;
};

enum run_end {
    RUN_PLAYED,
    RUN_SKIPPED,  /* the edition or timing of the command line does not know this world */
    RUN_REFUSED,  /* the server would not have this world: the file is wrong */
    RUN_NO_ANSWER /* the environment failed */
};

struct run_result {
    enum run_end end;
    size_t checks; /* that were judged */
    size_t broken;
    size_t undecided;
    size_t skipped; /* beyond those */
    /*
     * Of what was judged by the rules that the scenario names, nothing has a source that says so.
     */
    bool inferred_alone;
    char problem[1024]; /* one line, unless RUN_PLAYED */
};

/*
 * Requires: `aws` leads to a mock that nobody else uses meanwhile: its world is replaced.
 * Gives: `*out_result`, always; the listener has heard every verdict by then. Texts that it was
 * given end with its call.
 */
void run_variant(struct aws *aws, const struct variant *variant,
                 const struct run_settings *settings, const struct run_listener *listener,
                 struct run_result *out_result);

#endif
