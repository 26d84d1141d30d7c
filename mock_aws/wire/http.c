/* SPDX-License-Identifier: MIT */
/*
 * libmicrohttpd at our door: one request becomes a struct request, one struct reply becomes the
 * answer. Knows no AWS.
 */
#include "wire/http.h"

#include <assert.h>
#include <gnutls/abstract.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/authority.h"
#include "wire/connections.h"
#include "wire/hosts.h"
#include "wire/http_hold.h"
#include "wire/listener.h"

enum {
    /* libmicrohttpd keeps its own bookkeeping beside the header. */
    CONNECTION_BYTES = 2 * LIMIT_HEADER_BYTES,
    /*
     * libmicrohttpd stops for good at its own limit (0.9.75), so it never gets there: a connection
     * that it has just told us is closed is still counted by it for a moment.
     */
    LIBRARY_CONNECTIONS = LIMIT_CONNECTIONS + 64,
    /* How long a client may take to fetch its last answer when we stop. */
    STOP_SECONDS = 5,
    THREADS_MAX = 16
};

struct http {
    struct listener *listener;
    /*
     * A daemon for each thread: libmicrohttpd has no pool of threads without a listening socket of
     * its own.
     */
    struct MHD_Daemon *plain[THREADS_MAX];
    struct MHD_Daemon *secure[THREADS_MAX]; /* from the first TLS client on */
    unsigned threads;
    unsigned taken; /* connections so far, which go round */
    struct authority *authority;
    char *authority_folder;
    const struct dispatcher *dispatcher;
    pthread_mutex_t lock; /* of in_flight */
    pthread_cond_t idle;  /* in_flight has become 0 */
    unsigned in_flight;   /* requests being answered */
    struct connections connections;
    struct holds holds;
};

/* What is kept of a request while its body arrives. */
struct arrival {
    char *query; /* as it came; NULL if none, or too long for us */
    bool query_too_long;
    struct text body;
    size_t body_bytes; /* arrived, kept or not */
    bool begun;        /* the call that only shows the header has been */
    bool answering;    /* counted in in_flight */
    bool answered;     /* `reply` holds the answer, which may have been held back */
    struct reply reply;
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

static void take_turn(struct MHD_Connection *connection, enum turn turn)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    connection_turn(info->socket_context, turn);
}

static size_t parameter_count(const char *query)
{
    size_t count = 1;
    for (const char *at = query; (at = strchr(at, '&')) != NULL; at++)
        count++;
    return count;
}

/*
 * The one place where libmicrohttpd shows the query undecoded. It would take the query apart as
 * well, into memory of the connection's that does not last for many parameters, and then answer
 * nothing: so it finds the query empty.
 */
static void *arrival_new(void *self, const char *uri, struct MHD_Connection *connection)
{
    (void)self;
    struct arrival *arrival = mem_new(sizeof *arrival);
    char *question = strchr((char *)uri, '?');
    take_turn(connection, TURN_ASKING);
    if (question == NULL)
        return arrival;
    arrival->query_too_long = parameter_count(question + 1) > LIMIT_PARAMETERS;
    arrival->query = arrival->query_too_long ? NULL : mem_text(question + 1);
    question[1] = '\0';
    return arrival;
}

static void arrival_end(void *self, struct MHD_Connection *connection, void **request_state,
                        enum MHD_RequestTerminationCode code)
{
    (void)code;
    struct arrival *arrival = *request_state;
    if (arrival == NULL)
        return;
    take_turn(connection, TURN_IDLE);
    if (arrival->answering)
        count_in_flight(self, false);
    text_clear(&arrival->body);
    reply_clear(&arrival->reply);
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

/*
 * What the library says of connections that we end on purpose: for a fault that was asked for, or
 * after a line of our own; and of clients that left, which is their affair.
 */
static bool is_no_news(const char *line)
{
    static const char *const LINES[] = {
        "Application reported internal error",
        "Closing connection (application reported error generating data)",
        "Connection was closed by remote side with incomplete request",
        "Connection socket is closed when reading request"};
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++)
        if (strncmp(line, LINES[i], strlen(LINES[i])) == 0)
            return true;
    return false;
}

static void log_from_library(void *self, const char *format, va_list arguments)
{
    char line[512];
    (void)self;
    text_vprint(line, sizeof line, format, arguments);
    if (is_no_news(line))
        return;
    line[strcspn(line, "\r\n")] = '\0';
    log_line("http: %s", line);
}

/* The body is the response's afterwards. */
static struct MHD_Response *response_of(struct http *http, struct MHD_Connection *connection,
                                        struct reply *reply)
{
    struct MHD_Response *response;
    if (reply->end == REPLY_WHOLE || reply->body_bytes < 2) {
        response =
            MHD_create_response_from_buffer(reply->body_bytes, reply->body, MHD_RESPMEM_MUST_FREE);
    } else {
        response = hold_response(&http->holds, connection, reply->body, reply->body_bytes,
                                 reply->end == REPLY_SLOW ? reply->latency_ms : 0);
    }
    if (response != NULL)
        reply->body = NULL;
    return response;
}

/* As if the peer's machine had crashed. */
static void reset(struct MHD_Connection *connection)
{
    const struct linger at_once = {.l_onoff = 1, .l_linger = 0};
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    setsockopt(info->connect_fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

/* The reply is empty afterwards, sent or not. MHD_NO closes the connection. */
static enum MHD_Result send_reply(struct http *http, struct MHD_Connection *connection,
                                  struct reply *reply)
{
    enum MHD_Result result = MHD_NO;
    if (reply->end == REPLY_RESET) {
        reset(connection);
        reply_clear(reply);
        return MHD_NO;
    }
    struct MHD_Response *response = response_of(http, connection, reply);
    take_turn(connection, TURN_ANSWERING);
    if (response != NULL) {
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

/*
 * "http://host/path", as a proxy is asked: the host, a new text, and where the path begins. NULL
 * for the usual form.
 */
static char *absolute_host(const char *path, const char **out_path)
{
    static const char *const SCHEMES[] = {"http://", "https://"};
    *out_path = path;
    for (size_t i = 0; i < sizeof SCHEMES / sizeof SCHEMES[0]; i++) {
        size_t bytes = strlen(SCHEMES[i]);
        if (strncasecmp(path, SCHEMES[i], bytes) != 0)
            continue;
        const char *host = path + bytes;
        size_t host_bytes = strcspn(host, "/");
        *out_path = host[host_bytes] == '/' ? host + host_bytes : "/";
        return mem_format("%.*s", (int)host_bytes, host);
    }
    return NULL;
}

static void refuse_foreign(const char *host, struct reply *reply)
{
    *reply = (struct reply){.status = 502, .header_count = 1};
    reply->headers[0].name = "Content-Type";
    text_copy(reply->headers[0].value, sizeof reply->headers[0].value, "text/plain");
    reply->body = mem_format(HOST_FOREIGN, host);
    reply->body_bytes = strlen(reply->body);
}

static enum MHD_Result answer(struct http *http, struct MHD_Connection *connection,
                              const char *method, const char *path, struct arrival *arrival,
                              bool too_large)
{
    const char *local_path;
    char *host = absolute_host(path, &local_path);
    const union MHD_ConnectionInfo *tls =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_PROTOCOL);
    struct request request = {.method = method,
                              .host = host,
                              .secure = tls != NULL,
                              .path = local_path,
                              .query = arrival->query != NULL ? arrival->query : "",
                              .header = header_value,
                              .header_self = connection,
                              .body = text_chars(&arrival->body),
                              .body_bytes = arrival->body.bytes,
                              .body_too_large = too_large};
    struct reply *reply = &arrival->reply;
    arrival->answering = true;
    take_turn(connection, TURN_ANSWERING);
    count_in_flight(http, true);
    if (host != NULL && !host_is_ours(host))
        refuse_foreign(host, reply);
    else
        dispatch(http->dispatcher, &request, reply);
    free(host);
    arrival->answered = true;
    if (reply->latency_ms > 0 && reply->end != REPLY_SLOW &&
        hold_back(&http->holds, connection, reply->latency_ms))
        return MHD_YES;
    return send_reply(http, connection, reply);
}

/* A stranger who goes on sending beyond this is cut off instead of answered. */
static size_t drained(size_t limit)
{
    return limit + 3 * (size_t)LIMIT_BODY_BYTES;
}

/*
 * A body that says it is too large is refused before it is sent, if the client waits for that or if
 * we would not take it all. Otherwise it is read and dropped: a client that is still sending does
 * not see an answer.
 */
static bool refused_by_header(struct MHD_Connection *connection, size_t limit)
{
    const char *length = header_value(connection, "Content-Length");
    unsigned long long bytes = length == NULL ? 0 : strtoull(length, NULL, 10);
    bool waits = header_value(connection, "Expect") != NULL;
    return bytes > drained(limit) || (waits && bytes > limit);
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
 * Where the body ends must be said once, and in a way that we know: libmicrohttpd would take one of
 * two lengths, or wait for the client to leave.
 */
static bool is_badly_framed(struct MHD_Connection *connection)
{
    struct framing framing = {0};
    MHD_get_connection_values(connection, MHD_HEADER_KIND, see_framing, &framing);
    return framing.unknown || framing.lengths + framing.encoded > 1;
}

/* What is no request to us, and the last one of its connection. */
static enum MHD_Result answer_unframed(struct http *http, struct MHD_Connection *connection,
                                       int status, char *reason)
{
    struct reply reply = {.status = status,
                          .body = reason,
                          .body_bytes = strlen(reason),
                          .headers = {{"Content-Type", "text/plain"}, {"Connection", "close"}},
                          .header_count = 2};
    return send_reply(http, connection, &reply);
}

/* Called with the header alone, then for each piece of the body, then with nothing left. */
static enum MHD_Result handle(void *self, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *data,
                              size_t *data_bytes, void **request_state)
{
    struct http *http = self;
    struct arrival *arrival = *request_state;
    size_t limit = request_body_limit(method, path, header_value(connection, "Content-Type"));
    (void)version;
    assert(arrival != NULL);
    if (arrival->answered)
        return send_reply(http, connection, &arrival->reply);
    if (!arrival->begun) {
        arrival->begun = true;
        if (is_badly_framed(connection))
            return answer_unframed(
                http, connection, 400,
                mem_text("Expected one Content-Length, or Transfer-Encoding: chunked\n"));
        if (arrival->query_too_long)
            return answer_unframed(
                http, connection, 414,
                mem_format("Expected at most %d parameters in the query\n", LIMIT_PARAMETERS));
        return refused_by_header(connection, limit)
                   ? answer(http, connection, method, path, arrival, true)
                   : MHD_YES;
    }
    bool too_large = arrival->body_bytes + *data_bytes > limit;
    if (*data_bytes == 0)
        return answer(http, connection, method, path, arrival, too_large);
    arrival->body_bytes += *data_bytes;
    take_turn(connection, TURN_ASKING);
    if (too_large)
        text_clear(&arrival->body);
    else
        text_add_bytes(&arrival->body, data, *data_bytes);
    *data_bytes = 0;
    return arrival->body_bytes <= drained(limit) ? MHD_YES : MHD_NO;
}

/* Before the handshake: whose certificate authority it will be. */
static void connection_notice(void *self, struct MHD_Connection *connection, void **socket_context,
                              enum MHD_ConnectionNotificationCode code)
{
    struct http *http = self;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        connection_end(*socket_context);
        *socket_context = NULL;
        return;
    }
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    *socket_context = connection_begin(&http->connections, info->connect_fd);
}

/*
 * For the name that the client wants to speak with. libmicrohttpd leaves the connection with the
 * session.
 */
static int retrieve_certificate(gnutls_session_t session, const gnutls_datum_t *issuers,
                                int issuer_count, const gnutls_pk_algorithm_t *algorithms,
                                int algorithm_count, gnutls_pcert_st **out_certificates,
                                unsigned *out_count, gnutls_privkey_t *out_key)
{
    (void)issuers, (void)issuer_count, (void)algorithms, (void)algorithm_count;
    char name[256] = "";
    size_t name_bytes = sizeof name;
    unsigned type = GNUTLS_NAME_DNS;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(
        gnutls_session_get_ptr(session), MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct connection *at = info->socket_context;
    struct http *http = (struct http *)((char *)at->all - offsetof(struct http, connections));
    bool named = gnutls_server_name_get(session, name, &name_bytes, &type, 0) == 0;
    *out_certificates = authority_host(http->authority, named ? name : NULL);
    *out_count = 1;
    *out_key = authority_key(http->authority);
    return *out_certificates == NULL ? -1 : 0;
}

/* One thread that is handed its connections. */
static struct MHD_Daemon *daemon_start(struct http *http, bool tls)
{
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_ITC |
                     MHD_USE_ERROR_LOG | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME |
                     (tls ? MHD_USE_TLS : 0);
    /* libmicrohttpd takes the function as an object's address. */
    const union {
        gnutls_certificate_retrieve_function2 *function;
        void *object;
    } retrieve = {.function = retrieve_certificate};
    const struct MHD_OptionItem certificates[] = {
        {tls ? MHD_OPTION_HTTPS_CERT_CALLBACK : MHD_OPTION_END, 0, retrieve.object},
        {MHD_OPTION_END, 0, NULL}};
    return MHD_start_daemon(
        flags, 0, NULL, NULL, handle, http, MHD_OPTION_EXTERNAL_LOGGER, log_from_library, NULL,
        MHD_OPTION_ARRAY, certificates, MHD_OPTION_CONNECTION_LIMIT, (unsigned)LIBRARY_CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)LIMIT_IDLE_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_URI_LOG_CALLBACK, arrival_new, NULL, MHD_OPTION_UNESCAPE_CALLBACK,
        leave_escaped, NULL, MHD_OPTION_NOTIFY_COMPLETED, arrival_end, http,
        MHD_OPTION_NOTIFY_CONNECTION, connection_notice, http, MHD_OPTION_END);
}

static bool daemons_start(struct http *http, struct MHD_Daemon **daemons, bool tls)
{
    bool started = true;
    for (unsigned i = 0; i < http->threads && started; i++) {
        daemons[i] = daemon_start(http, tls);
        started = daemons[i] != NULL;
    }
    return started;
}

/* With the first TLS client, so that whoever never meets one pays nothing. */
static bool tls_start(struct http *http)
{
    struct problem problem = {0};
    if (http->authority == NULL && http->authority_folder != NULL)
        http->authority = authority_open(http->authority_folder, &problem);
    else if (http->authority == NULL)
        problem_set(&problem, FAULT_INVALID, "there is no folder for a certificate authority");
    if (http->authority != NULL && http->secure[http->threads - 1] == NULL &&
        !daemons_start(http, http->secure, true))
        problem_set(&problem, FAULT_INTERNAL, "libmicrohttpd does not start");
    if (problem.message[0] != '\0')
        log_line("TLS: %s", problem.message);
    return problem.message[0] == '\0';
}

/* The socket is libmicrohttpd's afterwards, closed if it could not be taken. */
static void take(void *self, int socket, const struct sockaddr *peer, socklen_t peer_bytes,
                 bool tls)
{
    struct http *http = self;
    struct MHD_Daemon *daemon = (tls ? http->secure : http->plain)[http->taken++ % http->threads];
    if (tls && daemon == NULL && tls_start(http))
        daemon = http->secure[0];
    if (daemon == NULL) {
        close(socket);
    } else if (!connections_admit(&http->connections)) {
        listener_refuse(socket, tls);
    } else if (MHD_add_connection(daemon, socket, peer, peer_bytes) != MHD_YES) {
        connections_leave(&http->connections);
        log_line("http: a connection could not be taken");
    }
}

static bool tend(void *self)
{
    struct http *http = self;
    return connections_tend(&http->connections);
}

struct http *http_start(const struct http_options *options, const struct dispatcher *dispatcher,
                        struct problem *problem)
{
    assert(options->threads >= 1);
    struct http *http = mem_new(sizeof *http);
    http->dispatcher = dispatcher;
    http->authority_folder = mem_text(options->authority_folder);
    http->threads = options->threads < THREADS_MAX ? options->threads : THREADS_MAX;
    int result = pthread_mutex_init(&http->lock, NULL);
    assert(result == 0);
    result = pthread_cond_init(&http->idle, NULL);
    assert(result == 0);
    holds_init(&http->holds);
    connections_init(&http->connections);
    const struct listener_options listening = {.addresses = options->addresses,
                                               .address_count = options->address_count,
                                               .self = http,
                                               .take = take,
                                               .tend = tend};
    if (daemons_start(http, http->plain, false))
        http->listener = listener_start(&listening, problem);
    else
        problem_set(problem, FAULT_INTERNAL, "libmicrohttpd does not start");
    if (http->listener != NULL)
        return http;
    http_stop(http);
    return NULL;
}

uint16_t http_port(const struct http *http)
{
    return listener_port(http->listener);
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
    listener_stop(http->listener);
    holds_end(&http->holds);
    wait_until_idle(http);
    for (unsigned i = 0; i < http->threads; i++) {
        MHD_stop_daemon(http->plain[i]);
        MHD_stop_daemon(http->secure[i]);
    }
    authority_close(http->authority);
    pthread_cond_destroy(&http->idle);
    holds_clear(&http->holds);
    connections_clear(&http->connections);
    pthread_mutex_destroy(&http->lock);
    free(http->authority_folder);
    free(http);
}
