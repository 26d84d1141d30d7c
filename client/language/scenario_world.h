/* SPDX-License-Identifier: MIT */
/*
 * The world document as the client understands it: short forms spelled out, omitted things
 * supplied, handles followed, and everything that happened before the first step as events in the
 * order in which the server plays them.
 */
#ifndef MOCK_KIRO_CLIENT_SCENARIO_WORLD_H
#define MOCK_KIRO_CLIENT_SCENARIO_WORLD_H

#include <stdint.h>

#include "actions/registry.h"
#include "language/form.h"
#include "oracle/oracle.h"

struct scenario_world {
    struct registry registry;    /* without the ids that the server will give */
    int64_t first_s;             /* the earliest `at`: from here there are months to bill */
    int64_t start_s;             /* where the clock stands before the first step */
    struct oracle_event *events; /* in time order; texts are the document's or the registry's */
    size_t event_count;
};

/*
 * Reads the document at `pointer` of the reader's file.
 * Gives: `*out_world`, which points into the document; release with scenario_world_clear before it.
 * Fails: after complaints; `*out_world` is then untouched.
 */
bool scenario_world_read(struct reader *reader, const char *pointer, const struct json *document,
                         struct scenario_world *out_world);
void scenario_world_clear(struct scenario_world *world);

/*
 * The sections of a world document, for the page and the schema; an entry without a name ends them.
 */
struct world_section {
    const char *name; /* "users" */
    const struct form *form;
    bool array;            /* a list of entries; else an object from handle to entry */
    const char *short_doc; /* the short form of the section or its entries, or NULL */
};
const struct world_section *world_sections(void);
const struct form *world_form(void); /* the document's own members */

#endif
