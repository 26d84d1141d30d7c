/* SPDX-License-Identifier: MIT */
/*
 * What people and programs read of the runs, in every format that was asked for. A run has an entry
 * of its own, filled while it is played; the report puts the entries one behind the other. Decides
 * nothing.
 */
#ifndef MOCK_KIRO_CLIENT_REPORT_H
#define MOCK_KIRO_CLIENT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "run/run.h"

enum report_format {
    REPORT_PEOPLE,      /* a line per run, and what broke in the manner of a compiler */
    REPORT_JSON,        /* an object per check */
    REPORT_JUNIT,       /* a suite per run, a case per check */
    REPORT_TAP,         /* a point per run */
    REPORT_ANNOTATIONS, /* what broke, for GitHub to show beside the line */
    REPORT_SUMMARY,     /* a table in Markdown */
    REPORT_FORMATS
};

struct report_options {
    FILE *to[REPORT_FORMATS]; /* NULL: not wanted */
    bool colours;
    bool verbose;             /* people: every step */
    bool quiet;               /* people: only what broke */
    size_t label_columns;     /* for the names of runs; a longer one takes from the rules */
    const char *replay_flags; /* " --edition kiro-2025-11", or "" */
};

struct report_entry;

/* Entries may be filled at the same time; each belongs to one thread. */
/*
 * Requires: `options` and `variant` outlive the entry. `number` is the run's, from 1.
 * Gives: an entry that is report_add's to take, or report_entry_free's.
 */
struct report_entry *report_entry_new(const struct report_options *options,
                                      const struct variant *variant, size_t number);
/* Gives: a listener that writes into the entry; valid as long as the entry. */
struct run_listener report_entry_listener(struct report_entry *entry);
/* The run is over. Requires: no verdict comes after it. */
void report_entry_end(struct report_entry *entry, const struct run_result *result, long elapsed_ms);

void report_entry_free(struct report_entry *entry); /* NULL is fine */

/* The result it was ended with. */
const struct run_result *report_entry_result(const struct report_entry *entry);

struct report_totals {
    size_t scenarios;
    size_t runs;
    size_t hold;
    size_t broken;
    size_t undecided;
    size_t skipped;
    size_t inferred_alone; /* of those that hold */
    size_t checks;
    size_t checks_broken;
    size_t checks_undecided;
    size_t checks_skipped;
    size_t filtered; /* runs that the filter left out */
    long elapsed_ms;
    bool stopped; /* not all of them */
};

struct report;

/* Gives: a report whose formats have begun. Requires: the files in `options` stay open. */
struct report *report_new(const struct report_options *options, size_t run_count);

/*
 * The next entry, in the order of the runs.
 * Requires: the entry was ended.
 * Owns: takes it.
 */
void report_add(struct report *report, struct report_entry *entry);

/* The runs end early, for this reason. */
void report_stop(struct report *report, const char *problem);

/* The end of every format, and what it all came to. */
struct report_totals report_end(struct report *report, size_t filtered, long elapsed_ms);
void report_free(struct report *report);

#endif
