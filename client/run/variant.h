/* SPDX-License-Identifier: MIT */
/*
 * The variants of a suite, each of them a run: every scenario once for every edition, timing,
 * window and path that it names, or that the command line chooses for it.
 */
#ifndef MOCK_KIRO_CLIENT_VARIANT_H
#define MOCK_KIRO_CLIENT_VARIANT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/lags.h"
#include "base/parameters.h"
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

/*
 * A scenario with one choice of everything. Texts are the scenario's, the command line's or the
 * vocabulary's, but for the label.
 */
struct variant {
    const struct scenario *scenario;
    const char *edition;
    const struct json *override; /* or NULL */
    const char *timing;
    unsigned long_lags; /* bit i: the window's delay i is as long as can be; else there is none */
    const char *via;    /* NULL: each verb's first path */
    /*
     * Its edition or timing is one that the file does not speak of: what it states is not judged.
     */
    bool other_terms;
    char *label; /* the file, and in brackets what was chosen from lists */
};

struct variants {
    struct variant *items;
    size_t count;
    size_t filtered; /* left out because neither label, name nor a rule contains the filter */
};

/*
 * Requires: `suite` and `choices` outlive the variants.
 * Gives: those that pass the filter (NULL: all), a scenario's one behind the other; release with
 * variants_clear.
 */
void variants_make(const struct suite *suite, const struct choices *choices, const char *filter,
                   struct variants *out_variants);
void variants_clear(struct variants *variants);

struct terms variant_terms(const struct variant *variant);

/*
 * Gives: what differs from the edition and the timing, by parameter and delay; the caller's. NULL
 * if nothing does.
 */
struct json *variant_override(const struct variant *variant);

/* The path by which a step goes in a run; NULL for a check. */
const struct path *variant_path(const struct variant *variant, const struct step *step);

#endif
