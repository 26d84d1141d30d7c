/* SPDX-License-Identifier: MIT */
/*
 * What people and programs read: a line per scenario, what broke in the manner of a compiler, every
 * step on request, a summary; and one JSON object per check. Decides nothing.
 */
#ifndef MOCK_KIRO_CLIENT_REPORT_H
#define MOCK_KIRO_CLIENT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "run.h"

struct report_options {
    FILE *out;
    FILE *json; /* or NULL */
    bool colours;
    bool verbose;
    bool quiet;               /* only what broke */
    size_t file_columns;      /* for file names; a longer one takes from the rules */
    const char *replay_flags; /* " --edition kiro-2025-11", or "" */
};

struct report;

struct report *report_new(const struct report_options *options);
void report_free(struct report *report);

struct run_watcher report_watcher(struct report *report);

/* Around each scenario. */
void report_begin(struct report *report, const struct scenario *scenario);
void report_end(struct report *report, const struct scenario *scenario,
                const struct run_result *result, long elapsed_ms);

/* At the end. */
void report_summary(struct report *report, size_t filtered, long elapsed_ms);

#endif
