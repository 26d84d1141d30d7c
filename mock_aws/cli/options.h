/* SPDX-License-Identifier: MIT */
/* The options that start a server, read from a command line into what the embedding API takes. */
#ifndef MOCK_KIRO_CLI_OPTIONS_H
#define MOCK_KIRO_CLI_OPTIONS_H

#include <stddef.h>

#include "base/nearest.h"
#include "mock_aws.h"

#define URL_DEFAULT "http://127.0.0.1:5476" /* where serve listens unless told otherwise */

enum { EXIT_USAGE = 2, EXIT_ENVIRONMENT = 3, OPTION_NAMES_MAX = 64 };

/* Names given one by one, NULL-terminated. */
struct option_names {
    const char *names[OPTION_NAMES_MAX + 1];
    size_t count;
};

struct options {
    struct mock_aws_options mock;
    struct option_names deviations;
    struct option_names overrides;
    struct option_names credentials;
    const char *credentials_file;
    struct option_names faults;
    char hosts[1 + MOCK_AWS_ADDRESSES_MAX][64]; /* of each --listen */
    size_t listen_count;
    struct option_names allowed_hosts;
    const char *port_file;
    bool stop_with_parent;
    int ready_fd; /* -1: none */
    const char *world_file;
    bool json;
    /* of exec */
    const char *report_file;
    const char *expect_file;
    const char *keep_file;
    const char *settle; /* a duration; NULL: none */
    bool strict;
    struct option_names protect;
    long max_ended; /* -1: any number */
};

/* Which commands an option belongs to. */
enum option_of { OF_SERVE = 1, OF_EXEC = 2, OF_BOTH = 3 };

/*
 * Read `words` up to their end or to "--", which is left to the caller: `*out_used` is the number
 * of words read. 0, or EXIT_USAGE with a line on stderr.
 */
int options_parse(struct options *options, enum option_of command, int count, char **words,
                  int *out_used);

/* One line on stderr about a wrong call; EXIT_USAGE. */
int usage(const char *format, const char *what);

/* The same about an unknown option or command, with the nearest one that there is. */
int usage_unknown(const char *kind, const struct nearest *nearest);

/*
 * The whole file without a byte order mark, "-" is standard input; NULL with a line on stderr if it
 * cannot be read or is larger than LIMIT_FILE_BYTES. The caller frees.
 */
char *file_read(const char *path, size_t *out_bytes);

/*
 * Ask for the faults of the command line, each "member=value,…" as PUT /_mock/faults has them: 0,
 * or EXIT_USAGE.
 */
int options_faults(const struct options *options, struct mock_aws *mock);

/* The world file as it was read, and what it named when it was loaded; NULL without one. */
struct loaded_world {
    char *document;
    size_t bytes;
    char *names; /* as in mock_aws_load */
};

/* Load the world file, if one is named: 0, or the exit code. Whatever it is, free the members. */
int options_load(const struct options *options, struct mock_aws *mock, struct loaded_world *out);

/*
 * An option as it was written, "--name value" or "--name=value": whether the word is this one, and
 * in `out_value` what stands behind the "=" (NULL: nothing does).
 */
bool option_is(const char *word, const char *name, const char **out_value);

#endif
