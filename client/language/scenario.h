/* SPDX-License-Identifier: MIT */
/*
 * A scenario as a value. Parsing tells every error as file:line:column with what was expected, and
 * follows every handle and the clock, so that what parses can be played. Printing is the inverse:
 * it gives the one canonical text of the value.
 */
#ifndef MOCK_KIRO_CLIENT_SCENARIO_H
#define MOCK_KIRO_CLIENT_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "language/scenario_world.h"
#include "language/verbs.h"

struct step {
    const struct verb *verb;
    struct json *arguments; /* the verb's members in the long form */
    const char *refused;    /* the code it must be refused with; or NULL */
    bool done;              /* though refused: its answer is lost, its effect is not */
    const char *via;        /* the path it goes by, whatever the run's is; or NULL */
    bool has_at;            /* the clock is moved before it */
    int64_t at_s;           /* the clock while it happens */
    int64_t after_s;        /* the clock after it */
};

struct scenario {
    char *file;
    struct json_document *document;
    struct scenario_world world;
    struct step *steps;
    size_t step_count;
};

/*
 * Gives: a scenario that can be played; release with scenario_free (NULL is fine).
 * Fails: NULL, and a line for everything that is wrong is added to `complaints`.
 */
struct scenario *scenario_parse(const char *file, const char *chars, size_t bytes,
                                struct text *complaints);
/* The same from a file; a file that cannot be read is a complaint. */
struct scenario *scenario_read(const char *file, struct text *complaints);
void scenario_free(struct scenario *scenario);

/*
 * Ends with a line feed; release with free(). Comments are not part of the value and are not
 * printed.
 */
char *scenario_print(const struct scenario *scenario);

const char *scenario_name(const struct scenario *scenario);
const struct json *scenario_rules(const struct scenario *scenario);
const char *scenario_first_rule(const struct scenario *scenario);
bool scenario_names_rule(const struct scenario *scenario, const char *rule);
int64_t scenario_seed(const struct scenario *scenario); /* 1 if it sets none */

/* What it says of "edition", "timing" and "via": see value_count and value_at. NULL: nothing. */
const struct json *scenario_editions(const struct scenario *scenario);
const struct json *scenario_timings(const struct scenario *scenario);
const struct json *scenario_paths(const struct scenario *scenario);

/*
 * The delays whose window it must hold at both ends of: see value_count and value_at. NULL: none.
 */
const struct json *scenario_window(const struct scenario *scenario);

/* The parts of one edition, which is a name or an object. */
const char *edition_value_name(const struct json *edition);
const struct json *edition_value_override(const struct json *edition); /* or NULL */

const struct json *scenario_world_document(const struct scenario *scenario);

/*
 * Where a step's verb stands; SIZE_MAX for the world. With a member's name, where that member of
 * the verb stands; with "refused", where the step says so, if it does.
 */
struct json_position scenario_step_position(const struct scenario *scenario, size_t step,
                                            const char *member);

/* "subscribe user:alice plan=power" */
void step_describe(const struct step *step, struct text *text);

/*
 * Does the step concern this user? Steps that name nobody (time, profiles, instances) concern
 * everybody.
 */
bool scenario_step_concerns(const struct scenario *scenario, size_t step, const char *user);

const struct form *scenario_form(void);
const struct form *scenario_edition_form(void);
const struct form *scenario_step_form(void); /* what may stand beside the verb */

#endif
