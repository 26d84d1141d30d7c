/* SPDX-License-Identifier: MIT */
/*
 * Plays many runs at the same time, each worker against a server of its own, and tells of them one
 * by one in their order.
 */
#ifndef MOCK_KIRO_CLIENT_CREW_H
#define MOCK_KIRO_CLIENT_CREW_H

#include "report/report.h"
#include "run/run.h"
#include "run/variant.h"

struct crew {
    const struct plays *plays;
    const struct run_settings *settings;
    const struct report_options *report;
    struct aws *const *servers; /* one per worker */
    size_t worker_count;
};

/*
 * Hears of one run, from the thread that called crew_play; takes the page. False: no more runs are
 * begun and nothing more is told.
 */
typedef bool crew_listener(void *context, struct page *page);

void crew_play(const struct crew *crew, crew_listener *listener, void *context);

#endif
