/* SPDX-License-Identifier: MIT */
/* libmicrohttpd at our door: one request becomes a struct request, one struct reply becomes the answer. Knows no AWS. */
#include "wire/http.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

enum {
    /* A stranger who goes on sending beyond this is cut off instead of answered. */
    DRAIN_BYTES_MAX = 4 * LIMIT_BODY_BYTES,
    /* libmicrohttpd keeps its own bookkeeping beside the header. */
    CONNECTION_BYTES = 2 * LIMIT_HEADER_BYTES,
    /* How long a client may take to fetch its last answer when we stop. */
    STOP_SECONDS = 5
};

struct http {
    struct MHD_Daemon *daemon;
    const struct dispatcher *dispatcher;
    uint16_t port;
    pthread_mutex_t lock; /* of in_flight */
    pthread_cond_t idle;  /* in_flight has become 0 */
    unsigned in_flight;   /* requests being answered */
};

/* What is kept of a request while its body arrives. */
struct arrival {
    char *query; /* as it came; NULL if none */
    struct text body;
    size_t body_bytes; /* arrived, kept or not */
    bool begun;        /* the call that only shows the header has been */
    bool answering;    /* counted in in_flight */
};

static void count_in_flight(struct http *http, bool starts)
{
    int result = pthread_mutex_lock(&http->lock);
    assert(result == 0);
    http->in_flight = starts ? http->in_flight + 1 : http->in_flight - 1;
    if (http->in_flight == 0)
        pthread_cond_broadcast(&http->idle);
    result = pthread_mutex_unlock(&http->lock);
    assert(result == 0);
}

/* The one place where libmicrohttpd shows the query undecoded. */
static void *arrival_new(void *self, const char *uri, struct MHD_Connection *connection)
{
    (void)self;
    (void)connection;
    struct arrival *arrival = mem_new(sizeof *arrival);
    const char *question = strchr(uri, '?');
    arrival->query = mem_text(question == NULL ? NULL : question + 1);
    return arrival;
}

static void arrival_end(void *self, struct MHD_Connection *connection, void **request_state,
                        enum MHD_RequestTerminationCode code)
{
    (void)connection;
    (void)code;
    struct arrival *arrival = *request_state;
    if (arrival == NULL)
        return;
    if (arrival->answering)
        count_in_flight(self, false);
    text_clear(&arrival->body);
    free(arrival->query);
    free(arrival);
    *request_state = NULL;
}

static const char *header_value(void *self, const char *name)
{
    return MHD_lookup_connection_value(self, MHD_HEADER_KIND, name);
}

/* The path goes on as it came. */
static size_t leave_escaped(void *self, struct MHD_Connection *connection, char *text)
{
    (void)self;
    (void)connection;
    return strlen(text);
}

static void log_from_library(void *self, const char *format, va_list arguments)
{
    char line[512];
    (void)self;
    text_vprint(line, sizeof line, format, arguments);
    line[strcspn(line, "\r\n")] = '\0';
    log_line("http: %s", line);
}

/* The reply is empty afterwards, sent or not. MHD_NO closes the connection. */
static enum MHD_Result send_reply(struct MHD_Connection *connection, struct reply *reply)
{
    enum MHD_Result result = MHD_NO;
    struct MHD_Response *response =
        MHD_create_response_from_buffer(reply->body_bytes, reply->body, MHD_RESPMEM_MUST_FREE);
    if (response != NULL) {
        reply->body = NULL; /* the response frees it */
        result = MHD_YES;
        for (size_t i = 0; i < reply->header_count && result == MHD_YES; i++)
            result =
                MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value);
        if (result == MHD_YES)
            result = MHD_queue_response(connection, (unsigned)reply->status, response);
        MHD_destroy_response(response);
    }
    if (result != MHD_YES)
        log_line("http: an answer could not be sent");
    reply_clear(reply);
    return result;
}

static enum MHD_Result answer(struct http *http, struct MHD_Connection *connection,
                              const char *method, const char *path, struct arrival *arrival,
                              bool too_large)
{
    struct request request = {.method = method,
                              .path = path,
                              .query = arrival->query != NULL ? arrival->query : "",
                              .header = header_value,
                              .header_self = connection,
                              .body = text_chars(&arrival->body),
                              .body_bytes = arrival->body.bytes,
                              .body_too_large = too_large};
    struct reply reply = {.status = 0};
    arrival->answering = true;
    count_in_flight(http, true);
    dispatch(http->dispatcher, &request, &reply);
    return send_reply(connection, &reply);
}

/*
 * A body that says it is too large is refused before it is sent, if the client waits for that or if we would not take it
 * all. Otherwise it is read and dropped: a client that is still sending does not see an answer.
 */
static bool refused_by_header(struct MHD_Connection *connection)
{
    const char *length = header_value(connection, "Content-Length");
    unsigned long long bytes = length == NULL ? 0 : strtoull(length, NULL, 10);
    bool waits = header_value(connection, "Expect") != NULL;
    return bytes > DRAIN_BYTES_MAX || (waits && bytes > LIMIT_BODY_BYTES);
}

struct framing {
    unsigned lengths;
    bool encoded; /* Transfer-Encoding is there … */
    bool unknown; /* … and is another than chunked */
};

static enum MHD_Result see_framing(void *self, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    struct framing *framing = self;
    (void)kind;
    if (strcasecmp(name, "Content-Length") == 0)
        framing->lengths++;
    if (strcasecmp(name, "Transfer-Encoding") == 0) {
        framing->encoded = true;
        framing->unknown = framing->unknown || value == NULL || strcasecmp(value, "chunked") != 0;
    }
    return MHD_YES;
}

/*
 * Where the body ends must be said once, and in a way that we know: libmicrohttpd would take one of two lengths, or wait for the client
 * to leave.
 */
static bool is_badly_framed(struct MHD_Connection *connection)
{
    struct framing framing = {0};
    MHD_get_connection_values(connection, MHD_HEADER_KIND, see_framing, &framing);
    return framing.unknown || framing.lengths + framing.encoded > 1;
}

static enum MHD_Result answer_badly_framed(struct MHD_Connection *connection)
{
    struct reply reply = {.status = 400,
                          .body = mem_text("Expected one Content-Length, or Transfer-Encoding: "
                                           "chunked\n"),
                          .headers = {{"Content-Type", "text/plain"}, {"Connection", "close"}},
                          .header_count = 2};
    reply.body_bytes = strlen(reply.body);
    return send_reply(connection, &reply);
}

/* Called with the header alone, then for each piece of the body, then with nothing left. */
static enum MHD_Result handle(void *self, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *data,
                              size_t *data_bytes, void **request_state)
{
    struct http *http = self;
    struct arrival *arrival = *request_state;
    (void)version;
    assert(arrival != NULL);
    if (!arrival->begun) {
        arrival->begun = true;
        if (is_badly_framed(connection))
            return answer_badly_framed(connection);
        return refused_by_header(connection) ? answer(http, connection, method, path, arrival, true)
                                             : MHD_YES;
    }
    bool too_large = arrival->body_bytes + *data_bytes > LIMIT_BODY_BYTES;
    if (*data_bytes == 0)
        return answer(http, connection, method, path, arrival, too_large);
    arrival->body_bytes += *data_bytes;
    if (too_large)
        text_clear(&arrival->body);
    else
        text_add_bytes(&arrival->body, data, *data_bytes);
    *data_bytes = 0;
    return arrival->body_bytes <= DRAIN_BYTES_MAX ? MHD_YES : MHD_NO;
}

union address {
    struct sockaddr plain;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static bool address_parse(const struct http_options *options, union address *out_address)
{
    union address v4 = {.v4 = {.sin_family = AF_INET, .sin_port = htons(options->port)}};
    union address v6 = {.v6 = {.sin6_family = AF_INET6, .sin6_port = htons(options->port)}};
    bool is_v4 = inet_pton(AF_INET, options->address, &v4.v4.sin_addr) == 1;
    bool is_v6 = inet_pton(AF_INET6, options->address, &v6.v6.sin6_addr) == 1;
    *out_address = is_v4 ? v4 : v6;
    return is_v4 || is_v6;
}

static struct MHD_Daemon *daemon_start(struct http *http, const struct http_options *options,
                                       const union address *address)
{
    unsigned flags =
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_ITC | MHD_USE_ERROR_LOG;
    if (address->plain.sa_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    /* One thread is what there is without a pool; libmicrohttpd would complain of a pool of one. */
    const struct MHD_OptionItem pool[] = {
        {options->threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END,
         (intptr_t)options->threads, NULL},
        {MHD_OPTION_END, 0, NULL}};
    return MHD_start_daemon(
        flags, options->port, NULL, NULL, handle, http, MHD_OPTION_EXTERNAL_LOGGER,
        log_from_library, NULL, MHD_OPTION_SOCK_ADDR, &address->plain, MHD_OPTION_ARRAY, pool,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)LIMIT_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)LIMIT_IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, arrival_new, NULL,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL, MHD_OPTION_NOTIFY_COMPLETED, arrival_end,
        http, MHD_OPTION_END);
}

struct http *http_start(const struct http_options *options, const struct dispatcher *dispatcher,
                        struct problem *problem)
{
    union address address;
    assert(options->threads >= 1);
    if (!address_parse(options, &address)) {
        problem_set(problem, FAULT_INVALID, "'%s' is not an IP address to listen on",
                    options->address);
        return NULL;
    }
    struct http *http = mem_new(sizeof *http);
    http->dispatcher = dispatcher;
    int result = pthread_mutex_init(&http->lock, NULL);
    assert(result == 0);
    result = pthread_cond_init(&http->idle, NULL);
    assert(result == 0);
    errno = 0;
    http->daemon = daemon_start(http, options, &address);
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

static void wait_until_idle(struct http *http)
{
    struct timespec until;
    int result = clock_gettime(CLOCK_MONOTONIC, &until);
    assert(result == 0);
    until.tv_sec += STOP_SECONDS;
    result = pthread_mutex_lock(&http->lock);
    assert(result == 0);
    while (http->in_flight > 0 && result == 0)
        result = pthread_cond_clockwait(&http->idle, &http->lock, CLOCK_MONOTONIC, &until);
    result = pthread_mutex_unlock(&http->lock);
    assert(result == 0);
}

void http_stop(struct http *http)
{
    if (http == NULL)
        return;
    if (http->daemon != NULL) {
        MHD_socket listener = MHD_quiesce_daemon(http->daemon);
        wait_until_idle(http);
        MHD_stop_daemon(http->daemon);
        if (listener != MHD_INVALID_SOCKET)
            close(listener);
    }
    pthread_cond_destroy(&http->idle);
    pthread_mutex_destroy(&http->lock);
    free(http);
}
