/* SPDX-License-Identifier: MIT */
/*
 * Threads. Workers share two things, under one lock: which run is next, and the pages that are
 * finished. Everything else in a run is the worker's own.
 */
#include "commands/workers.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"

struct shared {
    const struct crew *crew;
    pthread_mutex_t lock;
    pthread_cond_t finished;
    size_t next;         /* the first run that nobody has begun */
    struct page **pages; /* by run; NULL until it is finished */
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

static struct page *play_one(const struct crew *crew, size_t index, struct aws *server)
{
    struct page *page = page_new(crew->report, &crew->plays->items[index], index + 1);
    const struct run_watcher watcher = page_watcher(page);
    struct run_result result;
    long start_ms = now_ms();
    run_play(server, &crew->plays->items[index], crew->settings, &watcher, &result);
    page_end(page, &result, now_ms() - start_ms);
    return page;
}

static void *work(void *context)
{
    struct worker *worker = context;
    struct shared *shared = worker->shared;
    pthread_mutex_lock(&shared->lock);
    while (shared->next < shared->crew->plays->count) {
        size_t index = shared->next++;
        pthread_mutex_unlock(&shared->lock);
        struct page *page = play_one(shared->crew, index, worker->server);
        pthread_mutex_lock(&shared->lock);
        shared->pages[index] = page;
        pthread_cond_signal(&shared->finished);
    }
    pthread_mutex_unlock(&shared->lock);
    return NULL;
}

static struct page *wait_for(struct shared *shared, size_t index)
{
    pthread_mutex_lock(&shared->lock);
    while (shared->pages[index] == NULL)
        pthread_cond_wait(&shared->finished, &shared->lock);
    struct page *page = shared->pages[index];
    shared->pages[index] = NULL;
    pthread_mutex_unlock(&shared->lock);
    return page;
}

static void stop_work(struct shared *shared)
{
    pthread_mutex_lock(&shared->lock);
    shared->next = shared->crew->plays->count;
    pthread_mutex_unlock(&shared->lock);
}

void crew_play(const struct crew *crew, crew_listener *listener, void *context)
{
    struct shared shared = {.crew = crew,
                            .lock = PTHREAD_MUTEX_INITIALIZER,
                            .finished = PTHREAD_COND_INITIALIZER,
                            .pages = mem_new((crew->plays->count + 1) * sizeof *shared.pages)};
    struct worker *workers = mem_new((crew->worker_count + 1) * sizeof *workers);
    for (size_t i = 0; i < crew->worker_count; i++) {
        workers[i] = (struct worker){.shared = &shared, .server = crew->servers[i]};
        int failure = pthread_create(&workers[i].thread, NULL, work, &workers[i]);
        assert(failure == 0); /* a handful of threads is always to be had */
    }

    bool wanted = true;
    for (size_t i = 0; wanted && i < crew->plays->count; i++)
        wanted = listener(context, wait_for(&shared, i));
    stop_work(&shared);

    for (size_t i = 0; i < crew->worker_count; i++)
        pthread_join(workers[i].thread, NULL);
    for (size_t i = 0; i < crew->plays->count; i++)
        page_free(shared.pages[i]);
    free(shared.pages);
    free(workers);
    pthread_cond_destroy(&shared.finished);
    pthread_mutex_destroy(&shared.lock);
}
