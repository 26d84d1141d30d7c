/* SPDX-License-Identifier: MIT */
/* mock-aws serve: a server until it is interrupted. */
#include "cli/commands.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/credentials.h"
#include "cli/options.h"

/* By rename, so that a reader never sees half a number. */
static int port_write(const char *path, uint16_t port)
{
    char *draft = mem_format("%s.new", path);
    FILE *file = fopen(draft, "w");
    bool good = file != NULL && fprintf(file, "%u\n", (unsigned)port) > 0;
    if (file != NULL)
        good = fclose(file) == 0 && good;
    good = good && rename(draft, path) == 0;
    if (!good)
        fprintf(stderr, "mock-aws: %s: cannot be written: %s\n", path, strerror(errno));
    free(draft);
    return good ? 0 : EXIT_ENVIRONMENT;
}

/* A new text. */
static char *url_of(const char *address, uint16_t port)
{
    bool v6 = strchr(address, ':') != NULL;
    return mem_format("http://%s%s%s:%u", v6 ? "[" : "", address, v6 ? "]" : "", (unsigned)port);
}

static void ready(const struct options *options, uint16_t port, bool found)
{
    const char *world = options->world_file;
    const struct mock_aws_address *more = options->mock.more;
    char *url = url_of(options->mock.address, port);
    if (options->json)
        printf("{\"url\":\"%s\",\"port\":%u,\"urls\":[\"%s\"", url, (unsigned)port, url);
    else
        printf("mock-aws %s ready at %s", MOCK_KIRO_VERSION, url);
    for (; more->address != NULL; more++) {
        char *other = url_of(more->address, more->port == 0 ? port : more->port);
        printf(options->json ? ",\"%s\"" : " and %s", other);
        free(other);
    }
    fputs(options->json ? "]" : "", stdout);
    if (world != NULL && options->json)
        printf(",\"world\":\"%s\"", found ? "kept" : "loaded");
    else if (world != NULL && found)
        printf("; %s goes on, a reset leads to %s", options->mock.database, world);
    else if (world != NULL)
        printf("; %s is loaded", world);
    fputs(options->json ? "}\n" : "\n", stdout);
    fflush(stdout);
    free(url);
}

/* For a parent that holds the other end of a pipe. */
static int ready_tell(int descriptor, uint16_t port)
{
    char line[8];
    int bytes = snprintf(line, sizeof line, "%u\n", (unsigned)port);
    bool good = write(descriptor, line, (size_t)bytes) == bytes;
    good = close(descriptor) == 0 && good;
    if (!good)
        fprintf(stderr, "mock-aws: file descriptor %d: cannot be written: %s\n", descriptor,
                strerror(errno));
    return good ? 0 : EXIT_ENVIRONMENT;
}

/*
 * A server for many: what a shell allows (1,024) is used up by connections alone. It is fine if
 * this fails, for who finds no descriptor is told.
 */
static void allow_descriptors(void)
{
    enum { WANTED = 4096 };
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= WANTED)
        return;
    limit.rlim_cur = limit.rlim_max < WANTED ? limit.rlim_max : WANTED;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* Until somebody ends it: by a signal, or, if it is tied to its parent, by ending himself. */
static int wait_for_end(const struct options *options, const sigset_t *signals)
{
    const struct timespec a_moment = {.tv_nsec = 250 * 1000 * 1000};
    int signal_number = 0;
    pid_t parent = getppid();
    if (!options->stop_with_parent)
        return sigwait(signals, &signal_number) == 0 ? 0 : EXIT_ENVIRONMENT;
    while (getppid() == parent && sigtimedwait(signals, NULL, &a_moment) < 0) {
    }
    return 0;
}

static int serve_run(const struct options *options, const sigset_t *signals)
{
    char error[1024];
    bool environment_failed = false;
    struct mock_aws_options wanted = options->mock;
    wanted.environment_failed = &environment_failed;
    struct mock_aws *mock = mock_aws_start(&wanted, error, sizeof error);
    if (mock == NULL) {
        fprintf(stderr, "mock-aws: %s\n", error);
        return environment_failed ? EXIT_ENVIRONMENT : EXIT_USAGE;
    }
    struct loaded_world loaded;
    int code = options_load(options, mock, &loaded);
    free(loaded.document);
    free(loaded.names);
    if (code == 0)
        code = options_faults(options, mock);
    if (code == 0 && options->port_file != NULL)
        code = port_write(options->port_file, mock_aws_port(mock));
    if (code == 0 && options->ready_fd >= 0)
        code = ready_tell(options->ready_fd, mock_aws_port(mock));
    if (code == 0) {
        ready(options, mock_aws_port(mock), mock_aws_found(mock));
        code = wait_for_end(options, signals);
        if (options->port_file != NULL) /* nobody listens there any more */
            unlink(options->port_file);
    }
    mock_aws_stop(mock);
    return code;
}

static int serve_until_signal(const struct options *options)
{
    sigset_t signals;
    /* Blocked before any thread starts, so that every thread leaves them to sigwait. */
    if (sigemptyset(&signals) != 0 || sigaddset(&signals, SIGINT) != 0 ||
        sigaddset(&signals, SIGTERM) != 0 || sigaddset(&signals, SIGHUP) != 0 ||
        pthread_sigmask(SIG_BLOCK, &signals, NULL) != 0)
        return EXIT_ENVIRONMENT;
    return serve_run(options, &signals);
}

int command_serve(int count, char **words)
{
    struct options options = {.mock = {.address = "127.0.0.1", .port = 5476, .tell = tell_stderr},
                              .ready_fd = -1};
    int used = 0;
    int code = options_parse(&options, OF_SERVE, count, words, &used);
    if (code == 0 && used < count)
        code = usage("'%s' is too much: serve takes options only", words[used]);
    size_t given = options.credentials.count;
    if (code == 0 && options.credentials_file != NULL)
        code = credentials_read(options.credentials_file, &options.credentials);
    options.mock.credentials = options.credentials.names;
    allow_descriptors();
    if (code == 0)
        code = serve_until_signal(&options);
    while (options.credentials.count > given)
        free((char *)options.credentials.names[--options.credentials.count]);
    return code;
}
