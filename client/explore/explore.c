/* SPDX-License-Identifier: MIT */
/*
 * Workers take histories by number; whoever called takes their outcomes in the order of the
 * numbers, and what comes after the last that counts is thrown away.
 */
#include "explore/explore.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"

enum { AHEAD = 64, PROGRESS_MS = 500 };

struct outcome {
    bool finished;
    struct play play;
    struct json *drawn; /* kept where something was found */
};

struct shared {
    const struct explore_settings *settings;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t next;  /* the first history that nobody has begun, from 0 */
    size_t taken; /* so many outcomes have been looked at */
    bool over;
    struct outcome outcomes[AHEAD]; /* of history i in place i % AHEAD */
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

static struct outcome play_one(const struct explore_settings *settings, size_t index,
                               struct aws *server)
{
    struct outcome outcome = {.finished = true};
    outcome.drawn = history_draw(settings->seed, index + 1, &settings->terms);
    play_history(server, outcome.drawn, &settings->play, &outcome.play);
    return outcome;
}

static void *work(void *context)
{
    struct worker *worker = context;
    struct shared *shared = worker->shared;
    size_t runs = shared->settings->runs;
    pthread_mutex_lock(&shared->lock);
    for (;;) {
        while (!shared->over && shared->next >= shared->taken + AHEAD)
            pthread_cond_wait(&shared->changed, &shared->lock);
        if (shared->over || (runs > 0 && shared->next >= runs))
            break;
        size_t index = shared->next++;
        pthread_mutex_unlock(&shared->lock);
        struct outcome outcome = play_one(shared->settings, index, worker->server);
        pthread_mutex_lock(&shared->lock);
        shared->outcomes[index % AHEAD] = outcome;
        pthread_cond_broadcast(&shared->changed);
    }
    pthread_mutex_unlock(&shared->lock);
    return NULL;
}

static struct outcome take_outcome(struct shared *shared, size_t index)
{
    struct outcome *place = &shared->outcomes[index % AHEAD];
    pthread_mutex_lock(&shared->lock);
    while (!place->finished)
        pthread_cond_wait(&shared->changed, &shared->lock);
    struct outcome outcome = *place;
    *place = (struct outcome){0};
    shared->taken++;
    pthread_cond_broadcast(&shared->changed);
    pthread_mutex_unlock(&shared->lock);
    return outcome;
}

static void outcome_clear(struct outcome *outcome)
{
    if (outcome->finished)
        play_clear(&outcome->play);
    json_free(outcome->drawn);
    *outcome = (struct outcome){0};
}

static struct explore_finding *find_kind(struct explore_result *result, const char *kind)
{
    for (size_t i = 0; i < result->count; i++)
        if (strcmp(result->findings[i].finding.kind, kind) == 0)
            return &result->findings[i];
    return NULL;
}

static void add_finding(struct explore_result *result, size_t *capacity, struct outcome *outcome)
{
    struct explore_finding *same = find_kind(result, outcome->play.finding.kind);
    if (same != NULL) {
        same->count++;
        return;
    }
    result->findings =
        mem_grow(result->findings, result->count, capacity, sizeof *result->findings);
    result->findings[result->count++] = (struct explore_finding){.finding = outcome->play.finding,
                                                                 .history = result->histories,
                                                                 .count = 1,
                                                                 .drawn = outcome->drawn};
    outcome->play.finding = (struct finding){0};
    outcome->drawn = NULL;
}

static void tell_progress(const struct explore_settings *settings,
                          const struct explore_result *result, long elapsed_ms)
{
    fprintf(settings->progress, "\r%zu histories, %.0f a second, %zu findings", result->histories,
            (double)result->histories * 1000 / (double)(elapsed_ms + 1), result->count);
    fflush(settings->progress);
}

static void take_all(struct shared *shared, struct explore_result *result)
{
    const struct explore_settings *settings = shared->settings;
    size_t capacity = 0;
    long start_ms = now_ms();
    long told_ms = 0;
    bool more = true;
    while (more && (settings->runs == 0 || result->histories < settings->runs)) {
        struct outcome outcome = take_outcome(shared, result->histories++);
        result->steps += outcome.play.steps;
        result->refused += json_count(outcome.play.refused);
        if (outcome.play.end == PLAY_FOUND)
            add_finding(result, &capacity, &outcome);
        else if (outcome.play.end != PLAY_HELD)
            result->problem =
                mem_format("seed %llu, history %zu: %s", (unsigned long long)settings->seed,
                           result->histories, outcome.play.problem);
        outcome_clear(&outcome);
        result->elapsed_ms = now_ms() - start_ms;
        more = result->problem == NULL && result->count < settings->kinds &&
               (settings->time_ms == 0 || result->elapsed_ms < settings->time_ms);
        if (settings->progress != NULL && result->elapsed_ms > told_ms + PROGRESS_MS) {
            told_ms = result->elapsed_ms;
            tell_progress(settings, result, told_ms);
        }
    }
    if (settings->progress != NULL)
        fputs("\r\033[K", settings->progress);
}

void explore(const struct explore_settings *settings, struct explore_result *out_result)
{
    struct shared shared = {.settings = settings,
                            .lock = PTHREAD_MUTEX_INITIALIZER,
                            .changed = PTHREAD_COND_INITIALIZER};
    struct worker *workers = mem_new(settings->worker_count * sizeof *workers);
    *out_result = (struct explore_result){0};
    for (size_t i = 0; i < settings->worker_count; i++) {
        workers[i] = (struct worker){.shared = &shared, .server = settings->servers[i]};
        int failure = pthread_create(&workers[i].thread, NULL, work, &workers[i]);
        assert(failure == 0); /* a handful of threads is always to be had */
    }
    take_all(&shared, out_result);
    pthread_mutex_lock(&shared.lock);
    shared.over = true;
    pthread_cond_broadcast(&shared.changed);
    pthread_mutex_unlock(&shared.lock);
    for (size_t i = 0; i < settings->worker_count; i++)
        pthread_join(workers[i].thread, NULL);
    for (size_t i = 0; i < AHEAD; i++)
        outcome_clear(&shared.outcomes[i]);
    free(workers);
    pthread_cond_destroy(&shared.changed);
    pthread_mutex_destroy(&shared.lock);
}

void explore_result_clear(struct explore_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        finding_clear(&result->findings[i].finding);
        json_free(result->findings[i].drawn);
    }
    free(result->findings);
    free(result->problem);
    *result = (struct explore_result){0};
}
