/* SPDX-License-Identifier: MIT */
/*
 * The runs of a suite: each scenario once for every edition, timing and path that it names, or that
 * the command line chooses for it.
 */
#ifndef MOCK_KIRO_CLIENT_PLAY_H
#define MOCK_KIRO_CLIENT_PLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vocabulary.h"
#include "run/suite.h"

/* What the command line says for scenarios that say nothing themselves; NULL: the default. */
struct choices {
    const char *edition;
    const char *timing;
    const char *via;
};

/* What is in force in a run. */
struct terms {
    int values[PARAMETER_COUNT];
    int64_t lags_s[LAG_COUNT];
};

/* One run. Texts are the scenario's, the command line's or the vocabulary's, but for the label. */
struct play {
    const struct scenario *scenario;
    const char *edition;
    const struct json *override; /* or NULL */
    const char *timing;
    unsigned far_ends; /* bit i: the window's delay i is as long as can be; else there is none */
    const char *via;   /* NULL: each verb's first path */
    bool foreign; /* under an edition or a timing that the file does not speak of: what it states
                        is not judged */
    char *label;  /* the file, and in brackets what was chosen from lists */
};

struct plays {
    struct play *items;
    size_t count;
    size_t filtered; /* left out because neither label, name nor a rule contains the filter */
};

void plays_make(const struct suite *suite, const struct choices *choices, const char *filter,
                struct plays *out_plays);
void plays_clear(struct plays *plays);

struct terms play_terms(const struct play *play);

/* What differs from the edition and the timing, by parameter and delay; NULL if nothing does. */
struct json *play_override(const struct play *play);

/* The path by which a step goes in a run; NULL for a check. */
const struct path *play_path(const struct play *play, const struct step *step);

#endif
