/* SPDX-License-Identifier: MIT */
/*
 * One port for three ways of speaking: plain HTTP, TLS, and a proxy's CONNECT with either of them
 * inside. Looks at the first bytes of a connection without taking them, answers CONNECT itself, and
 * hands the socket on. Nothing is ever forwarded anywhere.
 */
#ifndef MOCK_KIRO_WIRE_LISTENER_H
#define MOCK_KIRO_WIRE_LISTENER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/fault.h"

struct listener;

enum { LISTEN_MAX = 8 };

struct listen_address {
    const char *address; /* IP literal; "::" is every address of both families */
    uint16_t port;       /* 0: the first one's, of the first any free one */
};

struct listener_options {
    const struct listen_address *addresses;
    size_t address_count; /* at least 1, at most LISTEN_MAX */
    void *self;
    /* Takes the socket, from the listener's own thread; non-blocking. */
    void (*take)(void *self, int socket, const struct sockaddr *peer, socklen_t peer_bytes,
                 bool tls);
    /*
     * Looks after what was taken, from the same thread, every second until it says that there is
     * nothing left.
     */
    bool (*tend)(void *self);
};

/*
 * NULL on failure, with one line in `problem`: FAULT_INVALID for an address that is none, or is
 * taken.
 */
struct listener *listener_start(const struct listener_options *options, struct problem *problem);
uint16_t listener_port(const struct listener *listener);

/*
 * Tell whoever is there that there is no room for him (503; behind TLS there are no words), and
 * close the socket.
 */
void listener_refuse(int socket, bool tls);

/*
 * Nobody new afterwards, and `take` is not called again; connections that had not yet said what
 * they are, are closed. NULL is fine.
 */
void listener_stop(struct listener *listener);

#endif
