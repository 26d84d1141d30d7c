/* SPDX-License-Identifier: MIT */
/* The command line as a value. */
#ifndef MOCK_KIRO_CLIENT_OPTIONS_H
#define MOCK_KIRO_CLIENT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "run/variant.h"

enum { DEVIATIONS_MAX = 64, OVERRIDES_MAX = 64 };

struct options {
    const char *const *paths;
    size_t path_count;
    const char *endpoint;
    struct choices choices;
    const char *against; /* rules --diff AGAINST OTHER: the first path is the other */
    const char *deviations[DEVIATIONS_MAX + 1]; /* ends with NULL */
    size_t deviation_count;
    const char *overrides[OVERRIDES_MAX]; /* "NAME=VALUE" */
    size_t override_count;
    int64_t seed;
    size_t runs;    /* 0: not said */
    int64_t time_s; /* 0: not said */
    const char *out;
    size_t jobs; /* 0: as many as there are processors */
    const char *json;
    const char *junit;
    const char *filter;
    bool tap;
    bool verbose;
    bool strict;
    bool quiet;
    bool schema;
    bool page;
    bool help;
};

/* A command takes some of the options: `letters` of them, and --help. */
struct command {
    const char *name;
    const char *letters;
    const char *usage;
    int (*execute)(const struct options *options);
};

/*
 * The words after the command's name; paths may stand among the options. False after a line on
 * stderr.
 */
bool options_parse(const struct command *command, int count, char **words,
                   struct options *out_options);

/*
 * What a replay needs: the flags that change what is played, as they were given. Release with
 * free().
 */
char *options_replay_flags(const struct options *options);

#endif
