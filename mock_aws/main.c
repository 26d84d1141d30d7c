/* SPDX-License-Identifier: MIT */
/* mock-aws: the command line. Reads options, starts the embedded server, waits for a signal. */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "mock_aws.h"

enum { EXIT_USAGE = 2, EXIT_ENVIRONMENT = 3 };

static const char USAGE[] =
    "mock-aws: AWS Identity Center and the Kiro seat API on your own machine\n"
    "\n"
    "usage: mock-aws serve [options]     run the server until it is interrupted\n"
    "       mock-aws operations [--json] list the operations that are offered, with their shapes\n"
    "       mock-aws ca                  print the certificate of the local authority, for clients "
    "that speak TLS\n"
    "       mock-aws version             print the version\n"
    "       mock-aws help                print this\n"
    "\n"
    "options of serve:\n"
    "  --listen HOST:PORT    where to listen (default 127.0.0.1:4599; port 0 picks a free one)\n"
    "  --port-file FILE      write the port number there when ready\n"
    "  --db FILE             keep the world in this file (default: memory)\n"
    "  --world FILE          load this world document into the empty world\n"
    "  --start TIME|now      virtual time of an empty world (default 2026-01-01T00:00:00Z)\n"
    "  --run                 let the clock run (default: it stands until it is moved)\n"
    "  --seed N              seed of every id (default 1)\n"
    "  --edition NAME        the reading of the documents (default kiro-2026-06)\n"
    "  --timing NAME         instant (default: every change is final in the same answer) or "
    "documented\n"
    "  --deviation NAME      break a rule on purpose; may be given several times\n"
    "  --check-answers       hold every answer against its declared shape\n"
    "  --quiet               no line per change of a seat on stderr\n"
    "  --json                print the ready line as JSON\n"
    "\n"
    "In another shell:\n"
    "  aws --endpoint-url http://127.0.0.1:4599 --region us-east-1 sso-admin list-instances\n"
    "  curl http://127.0.0.1:4599/_mock/subscriptions\n"
    "\n"
    "Exit codes: 0 stopped by a signal, 2 the call or a file was wrong, 3 the environment "
    "failed.\n";

enum { DEVIATIONS_MAX = 64 };

struct serve {
    struct mock_aws_options options;
    const char *deviations[DEVIATIONS_MAX + 1];
    size_t deviation_count;
    char host[64];
    const char *port_file;
    const char *world_file;
    bool json;
};

static int usage(const char *format, const char *what)
{
    fputs("mock-aws: ", stderr);
    fprintf(stderr, format, what);
    fputs("; see mock-aws help\n", stderr);
    return EXIT_USAGE;
}

static bool number_parse(const char *text, uint64_t most, uint64_t *out)
{
    char *end = NULL;
    errno = 0;
    *out = strtoull(text, &end, 10);
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0 && *out <= most;
}

static bool set_listen(struct serve *serve, const char *value)
{
    const char *colon = strrchr(value, ':');
    uint64_t port = 0;
    if (colon == NULL || !number_parse(colon + 1, UINT16_MAX, &port) ||
        (size_t)(colon - value) >= sizeof serve->host)
        return false;
    bool bracketed = value[0] == '[' && colon > value && colon[-1] == ']';
    size_t bytes = (size_t)(colon - value) - (bracketed ? 2 : 0);
    memcpy(serve->host, value + (bracketed ? 1 : 0), bytes);
    serve->host[bytes] = '\0';
    serve->options.address = strcmp(serve->host, "localhost") == 0 ? "127.0.0.1" : serve->host;
    serve->options.port = (uint16_t)port;
    return bytes > 0;
}

static bool set_seed(struct serve *serve, const char *value)
{
    return number_parse(value, INT32_MAX, &serve->options.seed) && serve->options.seed > 0;
}

static bool set_deviation(struct serve *serve, const char *value)
{
    if (serve->deviation_count == DEVIATIONS_MAX)
        return false;
    serve->deviations[serve->deviation_count++] = value;
    serve->options.deviations = serve->deviations;
    return true;
}

static bool set_timing(struct serve *serve, const char *value)
{
    serve->options.timing = value;
    return strcmp(value, "instant") == 0 || strcmp(value, "documented") == 0;
}

static bool set_port_file(struct serve *serve, const char *value)
{
    serve->port_file = value;
    return true;
}

static bool set_world(struct serve *serve, const char *value)
{
    serve->world_file = value;
    return true;
}

static bool set_database(struct serve *serve, const char *value)
{
    serve->options.database = value;
    return true;
}

static bool set_start(struct serve *serve, const char *value)
{
    serve->options.start = value;
    return true;
}

static bool set_edition(struct serve *serve, const char *value)
{
    serve->options.edition = value;
    return true;
}

static bool set_run(struct serve *serve, const char *value)
{
    (void)value;
    serve->options.running = true;
    return true;
}

static bool set_json(struct serve *serve, const char *value)
{
    (void)value;
    serve->json = true;
    return true;
}

static bool set_check_answers(struct serve *serve, const char *value)
{
    (void)value;
    serve->options.check_answers = true;
    return true;
}

static bool set_quiet(struct serve *serve, const char *value)
{
    (void)value;
    serve->options.tell = NULL;
    return true;
}

/* One write, so that lines of two threads do not mix. */
static void tell(const char *lines)
{
    fputs(lines, stderr);
}

static const struct option {
    const char *name;
    const char *wanted; /* what its value should be; NULL: takes none */
    bool (*set)(struct serve *serve, const char *value);
} OPTIONS[] = {{"--listen", "HOST:PORT", set_listen},
               {"--port-file", "a file", set_port_file},
               {"--db", "a file", set_database},
               {"--world", "a file", set_world},
               {"--start", "a time or now", set_start},
               {"--run", NULL, set_run},
               {"--seed", "a number from 1", set_seed},
               {"--edition", "a name", set_edition},
               {"--timing", "instant or documented", set_timing},
               {"--deviation", "a name", set_deviation},
               {"--check-answers", NULL, set_check_answers},
               {"--quiet", NULL, set_quiet},
               {"--json", NULL, set_json}};

/* 0, or the exit code. */
static int serve_parse(struct serve *serve, int count, char **words)
{
    for (int i = 0; i < count; i++) {
        const struct option *option = NULL;
        for (size_t j = 0; j < sizeof OPTIONS / sizeof OPTIONS[0]; j++)
            if (strcmp(words[i], OPTIONS[j].name) == 0)
                option = &OPTIONS[j];
        if (option == NULL)
            return usage("unknown option '%s'", words[i]);
        if (option->wanted != NULL && i + 1 == count)
            return usage("'%s' wants a value", words[i]);
        if (!option->set(serve, option->wanted == NULL ? NULL : words[i + 1])) {
            fprintf(stderr, "mock-aws: '%s' is no value for %s; expected %s\n", words[i + 1],
                    option->name, option->wanted);
            return EXIT_USAGE;
        }
        i += option->wanted == NULL ? 0 : 1;
    }
    return 0;
}

/* The whole file; NULL if it cannot be read or is larger than a body may be. */
static char *file_read(const char *path, size_t *out_bytes)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    char *chars = mem_new(LIMIT_BODY_BYTES + 1);
    *out_bytes = fread(chars, 1, LIMIT_BODY_BYTES + 1, file);
    bool good = ferror(file) == 0 && *out_bytes <= LIMIT_BODY_BYTES;
    fclose(file);
    if (good)
        return chars;
    free(chars);
    return NULL;
}

static int serve_load(struct mock_aws *mock, const char *path)
{
    size_t bytes = 0;
    char error[1024];
    char *chars = file_read(path, &bytes);
    if (chars == NULL) {
        fprintf(stderr, "mock-aws: %s: cannot be read, or is larger than %d bytes\n", path,
                LIMIT_BODY_BYTES);
        return EXIT_USAGE;
    }
    bool good = mock_aws_load(mock, chars, bytes, error, sizeof error);
    free(chars);
    if (!good)
        fprintf(stderr, "%s:%s\n", path, error);
    return good ? 0 : EXIT_USAGE;
}

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

static void ready(const struct serve *serve, uint16_t port)
{
    const char *address = serve->options.address;
    bool v6 = strchr(address, ':') != NULL;
    if (serve->json)
        printf("{\"url\":\"http://%s%s%s:%u\",\"port\":%u}\n", v6 ? "[" : "", address,
               v6 ? "]" : "", (unsigned)port, (unsigned)port);
    else
        printf("mock-aws %s ready at http://%s%s%s:%u\n", MOCK_KIRO_VERSION, v6 ? "[" : "", address,
               v6 ? "]" : "", (unsigned)port);
    fflush(stdout);
}

static int serve_run(struct serve *serve, const sigset_t *signals)
{
    char error[1024];
    int signal_number = 0;
    struct mock_aws *mock = mock_aws_start(&serve->options, error, sizeof error);
    if (mock == NULL) {
        fprintf(stderr, "mock-aws: %s\n", error);
        return EXIT_USAGE;
    }
    int code = serve->world_file == NULL ? 0 : serve_load(mock, serve->world_file);
    if (code == 0 && serve->port_file != NULL)
        code = port_write(serve->port_file, mock_aws_port(mock));
    if (code == 0) {
        ready(serve, mock_aws_port(mock));
        code = sigwait(signals, &signal_number) == 0 ? 0 : EXIT_ENVIRONMENT;
    }
    mock_aws_stop(mock);
    return code;
}

static int serve(int count, char **words)
{
    struct serve options = {.options = {.address = "127.0.0.1", .port = 4599, .tell = tell}};
    sigset_t signals;
    int code = serve_parse(&options, count, words);
    if (code != 0)
        return code;
    /* Blocked before any thread starts, so that every thread leaves them to sigwait. */
    if (sigemptyset(&signals) != 0 || sigaddset(&signals, SIGINT) != 0 ||
        sigaddset(&signals, SIGTERM) != 0 || pthread_sigmask(SIG_BLOCK, &signals, NULL) != 0)
        return EXIT_ENVIRONMENT;
    return serve_run(&options, &signals);
}

static int operations(int count, char **words)
{
    bool as_json = count == 1 && strcmp(words[0], "--json") == 0;
    if (count > 0 && !as_json)
        return usage("unknown option '%s' of operations", words[0]);
    char *text = mock_aws_operations(as_json);
    fputs(text, stdout);
    if (as_json)
        putchar('\n');
    free(text);
    return 0;
}

static int ca(void)
{
    char error[1024];
    char *certificate = mock_aws_ca(NULL, error, sizeof error);
    if (certificate == NULL) {
        fprintf(stderr, "mock-aws: %s\n", error);
        return EXIT_ENVIRONMENT;
    }
    fputs(certificate, stdout);
    free(certificate);
    return 0;
}

int main(int count, char **words)
{
    const char *command = count < 2 ? "help" : words[1];
    if (strcmp(command, "serve") == 0 &&
        (count < 3 || (strcmp(words[2], "--help") != 0 && strcmp(words[2], "-h") != 0)))
        return serve(count - 2, words + 2);
    if (strcmp(command, "operations") == 0)
        return operations(count - 2, words + 2);
    if (strcmp(command, "ca") == 0)
        return count == 2 ? ca() : usage("'%s' is too much: ca takes nothing", words[2]);
    if (strcmp(command, "version") == 0 || strcmp(command, "--version") == 0) {
        printf("mock-aws %s\n", MOCK_KIRO_VERSION);
        return 0;
    }
    if (strcmp(command, "help") == 0 || strcmp(command, "--help") == 0 ||
        strcmp(command, "-h") == 0 || strcmp(command, "serve") == 0) {
        fputs(USAGE, stdout);
        return 0;
    }
    return usage("unknown command '%s'", command);
}
