/* SPDX-License-Identifier: MIT */
/* mock-aws wait: until a server answers, for scripts that started one. */
#include "cli/commands.h"

#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "cli/options.h"

enum { WAIT_DEFAULT_S = 30, POLL_MS = 20 };

/* One request and the beginning of its answer; false while nobody is there. */
static bool answers(const char *host, const char *port)
{
    static const char REQUEST[] =
        "GET /_mock/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    static const char GOOD[] = "HTTP/1.1 200";
    char answer[sizeof GOOD] = "";
    struct addrinfo wanted = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    if (getaddrinfo(host, port, &wanted, &found) != 0)
        return false;
    int client = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool good =
        client >= 0 && connect(client, found->ai_addr, found->ai_addrlen) == 0 &&
        send(client, REQUEST, sizeof REQUEST - 1, MSG_NOSIGNAL) == (ssize_t)sizeof REQUEST - 1 &&
        recv(client, answer, sizeof GOOD - 1, MSG_WAITALL) == (ssize_t)sizeof GOOD - 1 &&
        strcmp(answer, GOOD) == 0;
    if (client >= 0)
        close(client);
    freeaddrinfo(found);
    return good;
}

/* "http://host:port" taken apart, or the port that a file names; false while there is none. */
static bool address_of(const char *where, char host[256], char port[16])
{
    static const char SCHEME[] = "http://";
    if (strncmp(where, SCHEME, sizeof SCHEME - 1) == 0) {
        const char *name = where + sizeof SCHEME - 1;
        const char *colon = strrchr(name, ':');
        size_t bytes = colon == NULL ? strcspn(name, "/") : (size_t)(colon - name);
        bool bracketed = name[0] == '[' && bytes > 1 && name[bytes - 1] == ']';
        snprintf(host, 256, "%.*s", (int)(bytes - (bracketed ? 2 : 0)), name + (bracketed ? 1 : 0));
        snprintf(port, 16, "%.*s", colon == NULL ? 2 : (int)strspn(colon + 1, "0123456789"),
                 colon == NULL ? "80" : colon + 1);
        return true;
    }
    FILE *file = fopen(where, "r");
    bool read = file != NULL && fscanf(file, "%15[0-9]", port) == 1;
    if (file != NULL)
        fclose(file);
    snprintf(host, 256, "127.0.0.1");
    return read;
}

static int64_t now_ms(void)
{
    struct timespec now;
    return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? now.tv_sec * 1000 + now.tv_nsec / 1000000
                                                     : 0;
}

int command_wait(int count, char **words)
{
    const char *where = count > 0 ? words[0] : URL_DEFAULT;
    char *end = NULL;
    long seconds = count > 1 ? strtol(words[1], &end, 10) : WAIT_DEFAULT_S;
    const struct timespec pause = {.tv_nsec = POLL_MS * 1000000L};
    char host[256];
    char port[16];
    if (count > 2)
        return usage("'%s' is too much: wait takes a URL or a port file, and seconds", words[2]);
    if (count > 1 && (*end != '\0' || seconds <= 0))
        return usage("'%s' is no number of seconds", words[1]);
    int64_t until_ms = now_ms() + seconds * 1000;
    while (!address_of(where, host, port) || !answers(host, port)) {
        if (now_ms() >= until_ms) {
            fprintf(stderr, "mock-aws: nothing answers at %s within %ld s\n", where, seconds);
            return EXIT_ENVIRONMENT;
        }
        nanosleep(&pause, NULL);
    }
    return 0;
}
