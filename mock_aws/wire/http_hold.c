/* SPDX-License-Identifier: MIT */
/* Connections that are held back; see http_hold.h. */
#include "wire/http_hold.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"

void holds_init(struct holds *holds)
{
    *holds = (struct holds){0};
    int result = pthread_mutex_init(&holds->lock, NULL);
    assert(result == 0);
    result = pthread_cond_init(&holds->stop, NULL);
    assert(result == 0);
    result = pthread_cond_init(&holds->less, NULL);
    assert(result == 0);
}

void holds_end(struct holds *holds)
{
    int result = pthread_mutex_lock(&holds->lock);
    assert(result == 0);
    holds->stopping = true;
    pthread_cond_broadcast(&holds->stop);
    while (holds->paused > 0)
        pthread_cond_wait(&holds->less, &holds->lock);
    result = pthread_mutex_unlock(&holds->lock);
    assert(result == 0);
}

void holds_clear(struct holds *holds)
{
    pthread_cond_destroy(&holds->less);
    pthread_cond_destroy(&holds->stop);
    pthread_mutex_destroy(&holds->lock);
}

/* A connection that is held back. It goes on when its time has come, or when the server stops. */
struct pause {
    struct holds *holds;
    struct MHD_Connection *connection;
    struct timespec until; /* on CLOCK_MONOTONIC */
};

static struct timespec monotonic(void)
{
    struct timespec now;
    int result = clock_gettime(CLOCK_MONOTONIC, &now);
    assert(result == 0);
    return now;
}

/* Exact to the nanosecond: a moment cut to milliseconds comes early, and a caller that measures
   would find less than the latency that was asked for. */
static struct timespec moment_after(int64_t latency_ms)
{
    struct timespec moment = monotonic();
    moment.tv_sec += (time_t)(latency_ms / 1000);
    moment.tv_nsec += (long)(latency_ms % 1000) * 1000000L;
    if (moment.tv_nsec >= 1000000000L) {
        moment.tv_sec++;
        moment.tv_nsec -= 1000000000L;
    }
    return moment;
}

static bool is_over(const struct timespec *moment)
{
    struct timespec now = monotonic();
    return now.tv_sec != moment->tv_sec ? now.tv_sec > moment->tv_sec
                                        : now.tv_nsec >= moment->tv_nsec;
}

static void *wait_for_pause(void *self)
{
    struct pause *pause = self;
    struct holds *holds = pause->holds;
    int result = pthread_mutex_lock(&holds->lock);
    assert(result == 0);
    while (!holds->stopping && !is_over(&pause->until))
        pthread_cond_clockwait(&holds->stop, &holds->lock, CLOCK_MONOTONIC, &pause->until);
    MHD_resume_connection(pause->connection);
    holds->paused--;
    pthread_cond_broadcast(&holds->less);
    result = pthread_mutex_unlock(&holds->lock);
    assert(result == 0);
    free(pause);
    return NULL;
}

/* Only calls that somebody asked a fault for come here, so a thread for each is cheap enough. */
bool hold_back(struct holds *holds, struct MHD_Connection *connection, int64_t latency_ms)
{
    pthread_t thread;
    struct pause *pause = mem_new(sizeof *pause);
    *pause = (struct pause){holds, connection, moment_after(latency_ms)};
    int result = pthread_mutex_lock(&holds->lock);
    assert(result == 0);
    bool started = !holds->stopping && pthread_create(&thread, NULL, wait_for_pause, pause) == 0;
    if (started) { /* the thread waits for the lock */
        holds->paused++;
        MHD_suspend_connection(connection);
        pthread_detach(thread);
    } else {
        free(pause);
    }
    result = pthread_mutex_unlock(&holds->lock);
    assert(result == 0);
    return started;
}

/* An answer that does not come in one piece. */
struct piecemeal {
    struct holds *holds;
    struct MHD_Connection *connection;
    char *body;
    size_t bytes;
    int64_t latency_ms; /* before the second half; 0: there is none */
    bool held_back;
};

static ssize_t give_piece(void *self, uint64_t at, char *out, size_t room)
{
    struct piecemeal *piecemeal = self;
    size_t half = piecemeal->bytes / 2;
    if (at == half && piecemeal->latency_ms == 0)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (at == half && !piecemeal->held_back) {
        piecemeal->held_back = true;
        hold_back(piecemeal->holds, piecemeal->connection, piecemeal->latency_ms);
        return 0;
    }
    size_t left = (at < half ? half : piecemeal->bytes) - (size_t)at;
    size_t given = left < room ? left : room;
    memcpy(out, piecemeal->body + at, given);
    return (ssize_t)given;
}

static void piecemeal_free(void *self)
{
    struct piecemeal *piecemeal = self;
    free(piecemeal->body);
    free(piecemeal);
}

struct MHD_Response *hold_response(struct holds *holds, struct MHD_Connection *connection,
                                   char *body, size_t bytes, int64_t latency_ms)
{
    struct piecemeal *piecemeal = mem_new(sizeof *piecemeal);
    piecemeal->holds = holds;
    piecemeal->connection = connection;
    piecemeal->body = body;
    piecemeal->bytes = bytes;
    piecemeal->latency_ms = latency_ms;
    struct MHD_Response *response =
        MHD_create_response_from_callback(bytes, bytes, give_piece, piecemeal, piecemeal_free);
    if (response == NULL)
        free(piecemeal);
    return response;
}
