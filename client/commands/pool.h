/* SPDX-License-Identifier: MIT */
/*
 * A pool of workers: plays many runs at the same time, each worker against a server of its own, and
 * hands over what is to be reported of them one by one, in their order.
 */
#ifndef MOCK_KIRO_CLIENT_POOL_H
#define MOCK_KIRO_CLIENT_POOL_H

#include "report/report.h"
#include "run/run.h"
#include "run/variant.h"

struct worker_pool {
    const struct variants *variants;
    const struct run_settings *settings;
    const struct report_options *report;
    struct aws *const *servers; /* one per worker */
    size_t worker_count;
};

/*
 * Is given one run's entry, from the thread that called worker_pool_run, and owns it from then on.
 * False: no more runs are begun, and nothing more is handed over.
 */
typedef bool worker_pool_listener(void *context, struct report_entry *entry);

void worker_pool_run(const struct worker_pool *pool, worker_pool_listener *listener, void *context);

#endif
