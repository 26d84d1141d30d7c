/* SPDX-License-Identifier: MIT */
/*
 * Threads. Workers share two things, under one lock: which run is next, and the entries that are
 * finished. Everything else in a run is the worker's own.
 */
#include "commands/pool.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"

struct shared {
    const struct worker_pool *pool;
    pthread_mutex_t lock;
    pthread_cond_t finished;
    size_t next;                   /* the first run that nobody has begun */
    struct report_entry **entries; /* by run; NULL until it is finished */
};

struct worker {
    struct shared *shared;
    struct aws *server;
    pthread_t thread;
};

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

static struct report_entry *play_one(const struct worker_pool *pool, size_t index,
                                     struct aws *server)
{
    struct report_entry *entry =
        report_entry_new(pool->report, &pool->variants->items[index], index + 1);
    const struct run_listener listener = report_entry_listener(entry);
    struct run_result result;
    long start_ms = now_ms();
    run_variant(server, &pool->variants->items[index], pool->settings, &listener, &result);
    report_entry_end(entry, &result, now_ms() - start_ms);
    return entry;
}

static void *work(void *context)
{
    struct worker *worker = context;
    struct shared *shared = worker->shared;
    pthread_mutex_lock(&shared->lock);
    while (shared->next < shared->pool->variants->count) {
        size_t index = shared->next++;
        pthread_mutex_unlock(&shared->lock);
        struct report_entry *entry = play_one(shared->pool, index, worker->server);
        pthread_mutex_lock(&shared->lock);
        shared->entries[index] = entry;
        pthread_cond_signal(&shared->finished);
    }
    pthread_mutex_unlock(&shared->lock);
    return NULL;
}

static struct report_entry *wait_for(struct shared *shared, size_t index)
{
    pthread_mutex_lock(&shared->lock);
    while (shared->entries[index] == NULL)
        pthread_cond_wait(&shared->finished, &shared->lock);
    struct report_entry *entry = shared->entries[index];
    shared->entries[index] = NULL;
    pthread_mutex_unlock(&shared->lock);
    return entry;
}

static void stop_work(struct shared *shared)
{
    pthread_mutex_lock(&shared->lock);
    shared->next = shared->pool->variants->count;
    pthread_mutex_unlock(&shared->lock);
}

void worker_pool_run(const struct worker_pool *pool, worker_pool_listener *listener, void *context)
{
    struct shared shared = {.pool = pool,
                            .lock = PTHREAD_MUTEX_INITIALIZER,
                            .finished = PTHREAD_COND_INITIALIZER,
                            .entries =
                                mem_new((pool->variants->count + 1) * sizeof *shared.entries)};
    struct worker *workers = mem_new((pool->worker_count + 1) * sizeof *workers);
    for (size_t i = 0; i < pool->worker_count; i++) {
        workers[i] = (struct worker){.shared = &shared, .server = pool->servers[i]};
        int failure = pthread_create(&workers[i].thread, NULL, work, &workers[i]);
        assert(failure == 0); /* a handful of threads is always to be had */
    }

    bool wanted = true;
    for (size_t i = 0; wanted && i < pool->variants->count; i++)
        wanted = listener(context, wait_for(&shared, i));
    stop_work(&shared);

    for (size_t i = 0; i < pool->worker_count; i++)
        pthread_join(workers[i].thread, NULL);
    for (size_t i = 0; i < pool->variants->count; i++)
        report_entry_free(shared.entries[i]);
    free(shared.entries);
    free(workers);
    pthread_cond_destroy(&shared.finished);
    pthread_mutex_destroy(&shared.lock);
}
