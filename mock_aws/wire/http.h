/* SPDX-License-Identifier: MIT */
/*
 * HTTP/1.1 on a port, by libmicrohttpd, in plain and through TLS (listener.h). Collects
 * a body within LIMIT_BODY_BYTES, calls the dispatcher, sends its reply with Content-Length and
 * Date. Keep-alive; Expect: 100-continue; bounded connections and idle time (limits.h).
 */
#ifndef MOCK_KIRO_WIRE_HTTP_H
#define MOCK_KIRO_WIRE_HTTP_H

#include <stdint.h>

#include "wire/dispatch.h"
#include "wire/listener.h"

struct http;

struct http_options {
    const struct listen_address *addresses;
    size_t address_count;         /* at least 1, at most LISTEN_MAX */
    unsigned threads;             /* at least 1, at most 16 */
    const char *authority_folder; /* where the local certificate authority is kept; NULL: no TLS */
};

/* NULL on failure, with one line in `problem`. The dispatcher must outlive the server. */
struct http *http_start(const struct http_options *options, const struct dispatcher *dispatcher,
                        struct problem *problem);
uint16_t http_port(const struct http *http);
/* Waits for requests in flight; NULL is fine. */
void http_stop(struct http *http);

#endif
