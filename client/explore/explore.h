/* SPDX-License-Identifier: MIT */
/*
 * Exploration: many histories drawn by chance, each played and judged; what is found is told by
 * kind, each kind with the first history that shows it. The same seed finds the same, however many
 * workers there are.
 */
#ifndef MOCK_KIRO_CLIENT_EXPLORE_H
#define MOCK_KIRO_CLIENT_EXPLORE_H

#include <stdio.h>

#include "explore/history.h"
#include "explore/play.h"

struct explore_settings {
    uint64_t seed;
    size_t runs;  /* histories at most; 0: as many as time allows */
    long time_ms; /* 0: as long as it takes */
    size_t kinds; /* ends with so many kinds of findings */
    struct history_terms terms;
    struct play_settings play;
    struct aws *const *servers; /* one per worker */
    size_t worker_count;
    FILE *progress; /* a terminal, or NULL */
};

struct explore_finding {
    struct finding finding;
    size_t history;     /* the first that shows it, from 1 */
    size_t count;       /* so many show it */
    struct json *drawn; /* the history as it was drawn */
};

struct explore_result {
    size_t histories;
    size_t steps;
    size_t refused; /* of those, as they should be */
    long elapsed_ms;
    struct explore_finding *findings; /* in the order of their first histories */
    size_t count;
    char *problem; /* the environment failed, and how; or NULL */
};

/* Gives: `*out_result`; release with explore_result_clear. */
void explore(const struct explore_settings *settings, struct explore_result *out_result);
void explore_result_clear(struct explore_result *result);

#endif
