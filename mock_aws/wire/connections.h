/* SPDX-License-Identifier: MIT */
/*
 * The connections that libmicrohttpd has been given: how many there are, and which of them nobody
 * should wait for any more. The library stops for good at its own limit (0.9.75), and does not hear
 * of every client that leaves in the middle of a request; so both are seen to here.
 */
#ifndef MOCK_KIRO_WIRE_CONNECTIONS_H
#define MOCK_KIRO_WIRE_CONNECTIONS_H

#include <pthread.h>
#include <stdbool.h>

struct connections;

/* What a connection is doing. */
enum turn {
    TURN_ASKING,    /* its request comes */
    TURN_ANSWERING, /* that is ours: however long it takes, it is not the client's silence */
    TURN_IDLE       /* between requests */
};

struct connection {
    struct connections *all;
    int socket;
    enum turn turn;
    int silent_s; /* looks, one a second, that found nothing new since its last progress */
    struct connection *next;
    struct connection *previous;
};

struct connections {
    pthread_mutex_t lock; /* of all below, and of the members of each connection */
    unsigned count;       /* admitted and not closed yet */
    bool crowded;         /* somebody has been refused since there was room last */
    struct connection *first;
};

void connections_init(struct connections *all);
void connections_clear(struct connections *all); /* when all have been closed */

/* Is there room for one more? It is counted then, to be given back by connections_leave. */
bool connections_admit(struct connections *all);
void connections_leave(struct connections *all);

/* An admitted one begins, asking; it is freed when it ends, which is before its socket closes. */
struct connection *connection_begin(struct connections *all, int socket);
void connection_end(struct connection *connection);

/* It goes on. */
void connection_turn(struct connection *connection, enum turn turn);

/*
 * To be called once a second. End those that are silent in the middle of a request for
 * LIMIT_HALF_REQUEST_SECONDS, and those whose client has left. Is there anybody left to look after?
 */
bool connections_tend(struct connections *all);

#endif
