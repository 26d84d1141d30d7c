/* SPDX-License-Identifier: MIT */
/*
 * Holding connections back: answers that come late, slowly, or by half, because somebody asked for
 * that (disturb.h). A connection that is held back is suspended, so that its thread serves the
 * others. Private to http.c.
 */
#ifndef MOCK_KIRO_WIRE_HTTP_HOLD_H
#define MOCK_KIRO_WIRE_HTTP_HOLD_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct holds {
    pthread_mutex_t lock;
    pthread_cond_t stop; /* stopping has become true */
    pthread_cond_t less; /* paused has become less */
    unsigned paused;     /* connections that are held back now */
    bool stopping;
};

void holds_init(struct holds *holds);

/* Lets all go on that are held back; nobody is from then on. */
void holds_end(struct holds *holds);
void holds_clear(struct holds *holds);

/*
 * Suspend the connection until `latency_ms` have passed. False: it could not be, or everything is
 * ending.
 */
bool hold_back(struct holds *holds, struct MHD_Connection *connection, int64_t latency_ms);

/*
 * An answer of which the first half comes at once and the second after `latency_ms`, or never (0).
 * Takes `body`; NULL without memory, and then it does not.
 */
struct MHD_Response *hold_response(struct holds *holds, struct MHD_Connection *connection,
                                   char *body, size_t bytes, int64_t latency_ms);

#endif
