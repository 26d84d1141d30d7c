/* SPDX-License-Identifier: MIT */
/* libmicrohttpd at our door: one request becomes a struct request, one struct reply becomes the answer. */
#include "wire/http.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

struct http {
    struct MHD_Daemon *daemon;
    const struct dispatcher *dispatcher;
    uint16_t port;
};

/* What is kept of a request while its body arrives. */
struct arrival {
    struct text query; /* as it came: libmicrohttpd would decode it */
    struct text body;
    size_t body_bytes; /* arrived, kept or not */
    bool begun;        /* the call that only shows the header has been */
};

/* A stranger who goes on sending this far beyond the limit is cut off. */
enum { PATIENCE = 4 };

static void *keep_query(void *self, const char *uri, struct MHD_Connection *connection)
{
    (void)self;
    (void)connection;
    struct arrival *arrival = mem_new(sizeof *arrival);
    const char *question = strchr(uri, '?');
    if (question != NULL)
        text_add(&arrival->query, question + 1);
    return arrival;
}

static void forget_arrival(void *self, struct MHD_Connection *connection, void **request_state,
                           enum MHD_RequestTerminationCode code)
{
    (void)self;
    (void)connection;
    (void)code;
    struct arrival *arrival = *request_state;
    if (arrival == NULL)
        return;
    text_clear(&arrival->body);
    text_clear(&arrival->query);
    free(arrival);
    *request_state = NULL;
}

static const char *header_value(void *self, const char *name)
{
    return MHD_lookup_connection_value(self, MHD_HEADER_KIND, name);
}

/* Paths stay as they came; none of ours has an escape in it. */
static size_t leave_escaped(void *self, struct MHD_Connection *connection, char *text)
{
    (void)self;
    (void)connection;
    return strlen(text);
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, struct reply *reply)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(reply->body_bytes, reply->body, MHD_RESPMEM_MUST_FREE);
    if (response == NULL) {
        reply_clear(reply);
        return MHD_NO;
    }
    reply->body = NULL; /* the response frees it */
    enum MHD_Result result = MHD_YES;
    for (size_t i = 0; i < reply->header_count && result == MHD_YES; i++)
        result = MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value);
    if (result == MHD_YES)
        result = MHD_queue_response(connection, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    reply_clear(reply);
    return result;
}

static enum MHD_Result answer(struct http *http, struct MHD_Connection *connection,
                              const char *method, const char *url, const struct arrival *arrival,
                              bool too_large)
{
    struct request request = {.method = method,
                              .path = url,
                              .query = text_chars(&arrival->query),
                              .header = header_value,
                              .header_self = connection,
                              .body = text_chars(&arrival->body),
                              .body_bytes = arrival->body.bytes,
                              .body_too_large = too_large};
    struct reply reply = {.status = 0};
    dispatch(http->dispatcher, &request, &reply);
    return send_reply(connection, &reply);
}

/* A body that says it is too large is refused before it is sent. */
static bool announces_too_large(struct MHD_Connection *connection)
{
    const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
    return length != NULL && strtoull(length, NULL, 10) > LIMIT_BODY_BYTES;
}

/* Called with the header alone, then per piece of the body, then with nothing left. */
static enum MHD_Result handle(void *self, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *data_bytes, void **request_state)
{
    (void)version;
    struct http *http = self;
    struct arrival *arrival = *request_state;
    assert(arrival != NULL);
    if (!arrival->begun) {
        arrival->begun = true;
        return announces_too_large(connection)
                   ? answer(http, connection, method, url, arrival, true)
                   : MHD_YES;
    }
    if (*data_bytes == 0)
        return answer(http, connection, method, url, arrival,
                      arrival->body_bytes > LIMIT_BODY_BYTES);
    arrival->body_bytes += *data_bytes;
    if (arrival->body_bytes <= LIMIT_BODY_BYTES)
        text_add_bytes(&arrival->body, data, *data_bytes);
    *data_bytes = 0;
    return arrival->body_bytes <= (size_t)PATIENCE * LIMIT_BODY_BYTES ? MHD_YES : MHD_NO;
}

union address {
    struct sockaddr plain;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static bool address_parse(const struct http_options *options, union address *out)
{
    *out = (union address){.v6 = {.sin6_family = AF_INET6, .sin6_port = htons(options->port)}};
    if (inet_pton(AF_INET6, options->address, &out->v6.sin6_addr) == 1)
        return true;
    *out = (union address){.v4 = {.sin_family = AF_INET, .sin_port = htons(options->port)}};
    return inet_pton(AF_INET, options->address, &out->v4.sin_addr) == 1;
}

struct http *http_start(const struct http_options *options, const struct dispatcher *dispatcher,
                        struct problem *problem)
{
    union address address;
    if (!address_parse(options, &address)) {
        problem_set(problem, FAULT_INVALID, "'%s' is no IP address to listen on", options->address);
        return NULL;
    }
    struct http *http = mem_new(sizeof *http);
    http->dispatcher = dispatcher;
    unsigned flags =
        MHD_USE_EPOLL_INTERNAL_THREAD | (address.plain.sa_family == AF_INET6 ? MHD_USE_IPv6 : 0);
    /* A pool of one is no pool to libmicrohttpd, and 0 is none. */
    unsigned pool = options->threads > 1 ? options->threads : 0;
    http->daemon = MHD_start_daemon(
        flags, options->port, NULL, NULL, handle, http, MHD_OPTION_SOCK_ADDR, &address.plain,
        MHD_OPTION_THREAD_POOL_SIZE, pool, MHD_OPTION_CONNECTION_LIMIT, (unsigned)LIMIT_CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)LIMIT_IDLE_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)2 * LIMIT_HEADER_BYTES,
        MHD_OPTION_URI_LOG_CALLBACK, keep_query, NULL, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped,
        NULL, MHD_OPTION_NOTIFY_COMPLETED, forget_arrival, NULL, MHD_OPTION_END);
    const union MHD_DaemonInfo *info =
        http->daemon == NULL ? NULL : MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT);
    if (info != NULL) {
        http->port = info->port;
        return http;
    }
    problem_set(problem, FAULT_INVALID, "cannot listen on %s port %u: %s", options->address,
                (unsigned)options->port, strerror(errno));
    http_stop(http);
    return NULL;
}

uint16_t http_port(const struct http *http)
{
    return http->port;
}

void http_stop(struct http *http)
{
    if (http == NULL)
        return;
    if (http->daemon != NULL)
        MHD_stop_daemon(http->daemon);
    free(http);
}
