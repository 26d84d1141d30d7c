/* SPDX-License-Identifier: MIT */
/* The connections that libmicrohttpd has been given; see connections.h. */
#include "wire/connections.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"

static void lock(struct connections *all)
{
    int result = pthread_mutex_lock(&all->lock);
    assert(result == 0);
}

static void unlock(struct connections *all)
{
    int result = pthread_mutex_unlock(&all->lock);
    assert(result == 0);
}

void connections_init(struct connections *all)
{
    *all = (struct connections){0};
    int result = pthread_mutex_init(&all->lock, NULL);
    assert(result == 0);
}

void connections_clear(struct connections *all)
{
    assert(all->first == NULL);
    pthread_mutex_destroy(&all->lock);
}

bool connections_admit(struct connections *all)
{
    lock(all);
    bool room = all->count < LIMIT_CONNECTIONS;
    bool told = room || all->crowded;
    all->count += room ? 1 : 0;
    all->crowded = all->crowded || !room;
    unlock(all);
    if (!told)
        log_line("http: %d connections are open, no more are taken until some close",
                 LIMIT_CONNECTIONS);
    return room;
}

/* The next crowd is told of when this one has gone, not whenever one of it leaves. */
static void count_out(struct connections *all)
{
    assert(all->count > 0);
    all->count--;
    all->crowded = all->crowded && all->count > LIMIT_CONNECTIONS / 8 * 7;
}

void connections_leave(struct connections *all)
{
    lock(all);
    count_out(all);
    unlock(all);
}

struct connection *connection_begin(struct connections *all, int socket)
{
    struct connection *connection = mem_new(sizeof *connection);
    lock(all);
    *connection = (struct connection){.all = all, .socket = socket, .next = all->first};
    if (all->first != NULL)
        all->first->previous = connection;
    all->first = connection;
    unlock(all);
    return connection;
}

void connection_end(struct connection *connection)
{
    struct connections *all = connection->all;
    lock(all);
    if (connection->next != NULL)
        connection->next->previous = connection->previous;
    if (connection->previous != NULL)
        connection->previous->next = connection->next;
    else
        all->first = connection->next;
    count_out(all);
    unlock(all);
    free(connection);
}

void connection_turn(struct connection *connection, enum turn turn)
{
    lock(connection->all);
    connection->turn = turn;
    connection->silent_s = 0;
    unlock(connection->all);
}

/*
 * While bytes wait to be read it is we who are slow. The end of what the client sends is the end of
 * the client only where he is owed no answer. What is seen but once may be a request on its way
 * from the library to us.
 */
static bool is_lost(struct connection *connection)
{
    char byte;
    if (connection->turn == TURN_ANSWERING)
        return false;
    ssize_t got = recv(connection->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    bool silent = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (got == 0)
        return connection->silent_s++ > 0;
    connection->silent_s = silent && connection->turn == TURN_ASKING ? connection->silent_s + 1 : 0;
    return connection->silent_s > LIMIT_HALF_REQUEST_SECONDS;
}

bool connections_tend(struct connections *all)
{
    lock(all);
    for (struct connection *at = all->first; at != NULL; at = at->next)
        if (is_lost(at))
            shutdown(at->socket, SHUT_RDWR);
    bool anybody = all->first != NULL;
    unlock(all);
    return anybody;
}
