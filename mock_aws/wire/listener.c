/* SPDX-License-Identifier: MIT */
/* The listening socket and the first look at a connection; see listener.h. */
#include "wire/listener.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/hosts.h"

enum {
    EVENTS_MAX = 64,
    BACKLOG = 256,
    LOOK_BYTES = 8192, /* a CONNECT with its headers is far shorter */
    EMPTY_BYTES = 256, /* of empty lines before a request: a client sends one, if any */
    TLS_HANDSHAKE = 0x16
};

union address {
    struct sockaddr plain;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

/* A connection that has not yet said what it is. */
struct visitor {
    size_t place; /* among the listener's */
    int socket;
    int64_t since_s;
    bool tunnelled;     /* its CONNECT has been answered */
    bool begun;         /* something has come, and it does not say enough */
    size_t empty_bytes; /* of empty lines so far */
    socklen_t peer_bytes;
    union address peer;
};

struct listener {
    struct listener_options options;
    int sockets[LISTEN_MAX]; /* -1: none */
    size_t socket_count;
    /* epoll; its data points to a visitor, to one of `sockets`, or is NULL for `stop` */
    int events;
    int stop; /* eventfd */
    /*
     * Kept open to be given up when no descriptor is left, so that who comes can be turned away
     * instead of coming again and again.
     */
    int spare;
    bool exhausted; /* and it has been said */
    bool crowded;   /* a visitor has been refused since there was room last */
    uint16_t port;
    bool running;
    pthread_t thread;
    size_t visitor_count;
    struct visitor *visitors[LIMIT_CONNECTIONS];
};

static int64_t monotonic_s(void)
{
    struct timespec now;
    int result = clock_gettime(CLOCK_MONOTONIC, &now);
    assert(result == 0);
    return now.tv_sec;
}

static bool watch(const struct listener *listener, int socket, uint32_t events, void *who)
{
    struct epoll_event event = {.events = events, .data.ptr = who};
    return epoll_ctl(listener->events, EPOLL_CTL_ADD, socket, &event) == 0;
}

/* The visitor is gone afterwards, and the last one has his place; the socket is the caller's. */
static int dismiss(struct listener *listener, struct visitor *visitor)
{
    int socket = visitor->socket;
    struct visitor *last = listener->visitors[--listener->visitor_count];
    listener->visitors[visitor->place] = last;
    last->place = visitor->place;
    free(visitor);
    return socket;
}

static void turn_away(struct listener *listener, struct visitor *visitor)
{
    close(dismiss(listener, visitor));
}

static void hand_on(struct listener *listener, struct visitor *visitor, bool tls)
{
    const struct listener_options *options = &listener->options;
    union address peer = visitor->peer;
    socklen_t peer_bytes = visitor->peer_bytes;
    epoll_ctl(listener->events, EPOLL_CTL_DEL, visitor->socket, NULL);
    options->take(options->self, dismiss(listener, visitor), &peer.plain, peer_bytes, tls);
}

/*
 * A few bytes to somebody who has just come: they fit his empty buffer, or he is not worth waiting
 * for.
 */
static bool say(int socket, const char *chars)
{
    size_t bytes = strlen(chars);
    return send(socket, chars, bytes, MSG_NOSIGNAL) == (ssize_t)bytes;
}

static void refuse(int socket, int status, const char *name, const char *body)
{
    char *answer =
        mem_format("HTTP/1.1 %d %s\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n"
                   "Connection: close\r\n\r\n%s",
                   status, name, strlen(body), body);
    say(socket, answer);
    free(answer);
}

/* What was sent is read before, or the end of the connection would overtake the answer. */
void listener_refuse(int socket, bool tls)
{
    char chars[LOOK_BYTES];
    if (!tls) {
        for (int pieces = 0; pieces < 8 && recv(socket, chars, sizeof chars, 0) > 0; pieces++) {
        }
        refuse(socket, 503, "Service Unavailable",
               "Too many connections are open; try again when some have been closed\n");
        shutdown(socket, SHUT_WR);
    }
    close(socket);
}

/* The head of a CONNECT has come whole; is the tunnel open now? */
static bool open_tunnel(struct visitor *visitor, char *head, size_t head_bytes)
{
    char *host = head + strlen("CONNECT ");
    host[strcspn(host, " \r\n")] = '\0';
    if (recv(visitor->socket, head + head_bytes, head_bytes, 0) != (ssize_t)head_bytes)
        return false;
    if (!host_is_ours(host)) {
        char *reason = mem_format(HOST_FOREIGN, host);
        refuse(visitor->socket, 502, "Bad Gateway", reason);
        free(reason);
        return false;
    }
    visitor->tunnelled = true;
    return say(visitor->socket, "HTTP/1.1 200 Connection established\r\n\r\n");
}

enum look { LOOK_WAIT, LOOK_PLAIN, LOOK_TLS, LOOK_CONNECT, LOOK_GONE };

/* Empty lines before a request are taken, for they say nothing (RFC 9112, 2.2). Few, are they? */
static bool skip_empty_lines(struct visitor *visitor)
{
    char byte;
    while (visitor->empty_bytes < EMPTY_BYTES && recv(visitor->socket, &byte, 1, MSG_PEEK) == 1 &&
           (byte == '\r' || byte == '\n') && recv(visitor->socket, &byte, 1, 0) == 1)
        visitor->empty_bytes++;
    return visitor->empty_bytes < EMPTY_BYTES;
}

/*
 * What the bytes so far say; they stay where they are. After his `last` a head that is not whole
 * never will be, and libmicrohttpd would not hear that he is gone.
 */
static enum look look(struct visitor *visitor, bool last, char *chars, size_t *out_head_bytes)
{
    static const char CONNECT[] = "CONNECT ";
    if (!skip_empty_lines(visitor))
        return LOOK_GONE;
    ssize_t got = recv(visitor->socket, chars, LOOK_BYTES, MSG_PEEK);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        return LOOK_WAIT;
    if (got <= 0)
        return LOOK_GONE;
    visitor->begun = true;
    size_t bytes = (size_t)got;
    size_t compared = bytes < sizeof CONNECT - 1 ? bytes : sizeof CONNECT - 1;
    chars[bytes] = '\0';
    if (chars[0] == TLS_HANDSHAKE)
        return LOOK_TLS;
    if (visitor->tunnelled || memcmp(chars, CONNECT, compared) != 0)
        return last && bytes < LOOK_BYTES && strstr(chars, "\r\n\r\n") == NULL ? LOOK_GONE
                                                                               : LOOK_PLAIN;
    const char *end = strstr(chars, "\r\n\r\n");
    if (end == NULL)
        return bytes < LOOK_BYTES ? LOOK_WAIT : LOOK_GONE;
    *out_head_bytes = (size_t)(end - chars) + 4;
    return LOOK_CONNECT;
}

/*
 * Until he has to be waited for, or is somebody else's. Edges only are told, so all that is there
 * is looked at. Whoever has said his `last` with half a beginning is not waited for: what he left
 * unread would hide that he is gone.
 */
static void attend(struct listener *listener, struct visitor *visitor, bool last)
{
    char chars[LOOK_BYTES + 1];
    size_t head_bytes = 0;
    enum look seen = look(visitor, last, chars, &head_bytes);
    if (seen == LOOK_CONNECT) {
        char *head = mem_new(2 * head_bytes + 1); /* the second half takes what is received */
        memcpy(head, chars, head_bytes);
        seen = open_tunnel(visitor, head, head_bytes) ? look(visitor, last, chars, &head_bytes)
                                                      : LOOK_GONE;
        free(head);
    }
    if (seen == LOOK_GONE || (seen == LOOK_WAIT && last))
        turn_away(listener, visitor);
    else if (seen != LOOK_WAIT)
        hand_on(listener, visitor, seen == LOOK_TLS);
}

/* No descriptor is left. Is there somebody who could be told? */
static bool turn_away_for_want(struct listener *listener, int listening)
{
    if (!listener->exhausted)
        log_line("listener: no file descriptor is left (%s): nobody new is heard; see ulimit -n",
                 strerror(errno));
    listener->exhausted = true;
    close(listener->spare);
    int socket = accept4(listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    bool came = socket >= 0;
    if (came)
        listener_refuse(socket, false);
    listener->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
    return came;
}

static void welcome(struct listener *listener, int listening)
{
    const int on = 1;
    union address peer;
    for (;;) {
        socklen_t peer_bytes = sizeof peer;
        int socket = accept4(listening, &peer.plain, &peer_bytes, SOCK_NONBLOCK | SOCK_CLOEXEC);
        bool wanting = socket < 0 && (errno == EMFILE || errno == ENFILE);
        if (wanting && turn_away_for_want(listener, listening))
            continue;
        if (socket < 0)
            return;
        listener->exhausted = false;
        listener->crowded =
            listener->crowded && listener->visitor_count > LIMIT_CONNECTIONS / 8 * 7;
        if (listener->visitor_count == LIMIT_CONNECTIONS) {
            if (!listener->crowded)
                log_line("listener: %d connections have not said anything, no more are taken "
                         "until some do",
                         LIMIT_CONNECTIONS);
            listener->crowded = true;
            listener_refuse(socket, false);
            continue;
        }
        /* A pipelined answer must not wait for an acknowledgement. */
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct visitor *visitor = mem_new(sizeof *visitor);
        *visitor = (struct visitor){.place = listener->visitor_count,
                                    .socket = socket,
                                    .since_s = monotonic_s(),
                                    .peer = peer,
                                    .peer_bytes = peer_bytes};
        listener->visitors[listener->visitor_count++] = visitor;
        if (!watch(listener, socket, EPOLLIN | EPOLLRDHUP | EPOLLET, visitor))
            turn_away(listener, visitor);
    }
}

static void dismiss_the_silent(struct listener *listener)
{
    int64_t now_s = monotonic_s();
    for (size_t i = listener->visitor_count; i-- > 0;) {
        struct visitor *visitor = listener->visitors[i];
        if (now_s - visitor->since_s >
            (visitor->begun ? LIMIT_HALF_REQUEST_SECONDS : LIMIT_IDLE_SECONDS))
            turn_away(listener, visitor);
    }
}

/* The socket that an event is about; NULL: it is about somebody who has come. */
static const int *listening_of(const struct listener *listener, const void *who)
{
    size_t i = 0;
    while (i < listener->socket_count && who != &listener->sockets[i])
        i++;
    return i < listener->socket_count ? &listener->sockets[i] : NULL;
}

static void *listen_on(void *self)
{
    struct listener *listener = self;
    struct epoll_event events[EVENTS_MAX];
    bool tending = false;
    int64_t tended_s = monotonic_s();
    for (;;) {
        int wait_ms = listener->visitor_count == 0 && !tending ? -1 : 1000;
        int count = epoll_wait(listener->events, events, EVENTS_MAX, wait_ms);
        const int *someone_new = NULL;
        assert(count >= 0 || errno == EINTR);
        for (int i = 0; i < count; i++) {
            void *who = events[i].data.ptr;
            if (who == NULL)
                return NULL;
            const int *listening = listening_of(listener, who);
            if (listening != NULL)
                someone_new = listening;
            else
                attend(listener, who, (events[i].events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0);
        }
        if (someone_new != NULL) /* the others are told again */
            welcome(listener, *someone_new);
        dismiss_the_silent(listener);
        tending = tending || count > 0;
        if (tending && monotonic_s() != tended_s) {
            tended_s = monotonic_s();
            tending = listener->options.tend(listener->options.self);
        }
    }
}

static bool address_parse(const struct listen_address *given, uint16_t port,
                          union address *out_address, socklen_t *out_bytes)
{
    union address v4 = {.v4 = {.sin_family = AF_INET, .sin_port = htons(port)}};
    union address v6 = {.v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)}};
    bool is_v4 = inet_pton(AF_INET, given->address, &v4.v4.sin_addr) == 1;
    bool is_v6 = inet_pton(AF_INET6, given->address, &v6.v6.sin6_addr) == 1;
    *out_address = is_v4 ? v4 : v6;
    *out_bytes = is_v4 ? sizeof v4.v4 : sizeof v6.v6;
    return is_v4 || is_v6;
}

/* Also by IPv4 where every address is listened on. */
static bool set_families(int socket, const union address *address)
{
    int v6_only = IN6_IS_ADDR_UNSPECIFIED(&address->v6.sin6_addr) ? 0 : 1;
    return setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &v6_only, sizeof v6_only) == 0;
}

static bool bind_and_listen(struct listener *listener, const union address *address,
                            socklen_t address_bytes)
{
    const int on = 1;
    union address bound = {0};
    socklen_t bound_bytes = sizeof bound;
    bool v6 = address->plain.sa_family == AF_INET6;
    int *place = &listener->sockets[listener->socket_count];
    *place = socket(address->plain.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (*place < 0)
        return false;
    listener->socket_count++;
    if (setsockopt(*place, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        (v6 && !set_families(*place, address)) ||
        bind(*place, &address->plain, address_bytes) != 0 || listen(*place, BACKLOG) != 0 ||
        getsockname(*place, &bound.plain, &bound_bytes) != 0)
        return false;
    if (listener->port == 0)
        listener->port = ntohs(v6 ? bound.v6.sin6_port : bound.v4.sin_port);
    return watch(listener, *place, EPOLLIN, place);
}

static void refuse_to_listen(const struct listen_address *given, uint16_t port, int error,
                             struct problem *problem)
{
    static const struct {
        int error;
        enum fault fault;
        const char *right;
    } KNOWN[] = {
        {EADDRINUSE, FAULT_CONFLICT, "; stop what listens there, or port 0 picks a free one"},
        {EACCES, FAULT_DENIED, "; take a port from 1024 on, or port 0 for a free one"},
        {EADDRNOTAVAIL, FAULT_INVALID,
         "; expected an address of this machine, as 127.0.0.1, ::1 or 0.0.0.0"}};
    enum { KNOWN_COUNT = sizeof KNOWN / sizeof KNOWN[0] };
    size_t at = 0;
    while (at < KNOWN_COUNT && KNOWN[at].error != error)
        at++;
    problem_set(problem, at < KNOWN_COUNT ? KNOWN[at].fault : FAULT_INTERNAL,
                "cannot listen on %s port %u: %s%s", given->address, (unsigned)port,
                strerror(error), at < KNOWN_COUNT ? KNOWN[at].right : "");
}

static bool open_files(struct listener *listener)
{
    listener->events = epoll_create1(EPOLL_CLOEXEC);
    listener->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    listener->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
    return listener->events >= 0 && listener->stop >= 0 &&
           watch(listener, listener->stop, EPOLLIN, NULL);
}

static bool open_address(struct listener *listener, const struct listen_address *given,
                         struct problem *problem)
{
    union address address = {0};
    socklen_t address_bytes = 0;
    uint16_t port = given->port == 0 ? listener->port : given->port;
    if (!address_parse(given, port, &address, &address_bytes)) {
        problem_set(problem, FAULT_INVALID,
                    "'%s' is not an IP address to listen on; expected one like 127.0.0.1 or ::1",
                    given->address);
        return false;
    }
    if (bind_and_listen(listener, &address, address_bytes))
        return true;
    refuse_to_listen(given, port, errno, problem);
    return false;
}

struct listener *listener_start(const struct listener_options *options, struct problem *problem)
{
    assert(options->address_count >= 1 && options->address_count <= LISTEN_MAX);
    struct listener *listener = mem_new(sizeof *listener);
    listener->options = *options;
    listener->events = listener->stop = listener->spare = -1;
    bool good = open_files(listener);
    if (!good)
        refuse_to_listen(&options->addresses[0], options->addresses[0].port, errno, problem);
    for (size_t i = 0; i < options->address_count && good; i++)
        good = open_address(listener, &options->addresses[i], problem);
    if (!good) {
        listener_stop(listener);
        return NULL;
    }
    listener->options.addresses = NULL; /* the caller's */
    int result = pthread_create(&listener->thread, NULL, listen_on, listener);
    assert(result == 0);
    listener->running = true;
    return listener;
}

uint16_t listener_port(const struct listener *listener)
{
    return listener->port;
}

void listener_stop(struct listener *listener)
{
    if (listener == NULL)
        return;
    if (listener->running) {
        const uint64_t one = 1;
        ssize_t written = write(listener->stop, &one, sizeof one);
        assert(written == sizeof one);
        int result = pthread_join(listener->thread, NULL);
        assert(result == 0);
    }
    while (listener->visitor_count > 0)
        turn_away(listener, listener->visitors[listener->visitor_count - 1]);
    for (size_t i = 0; i < listener->socket_count; i++)
        close(listener->sockets[i]);
    const int files[] = {listener->events, listener->stop, listener->spare};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (files[i] >= 0)
            close(files[i]);
    free(listener);
}
