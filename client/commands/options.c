/* SPDX-License-Identifier: MIT */
/* Reading the command line. Letters name the options in the commands' lists; few can be typed. */
#include "commands/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/nearest.h"
#include "base/text.h"
#include "base/times.h"

enum { JOBS_MAX = 64 };

static const struct option LONG_OPTIONS[] = {
    {"endpoint", required_argument, NULL, 'e'},
    {"edition", required_argument, NULL, 'E'},
    {"timing", required_argument, NULL, 't'},
    {"via", required_argument, NULL, 'V'},
    {"diff", required_argument, NULL, 'D'},
    {"deviation", required_argument, NULL, 'd'},
    {"seed", required_argument, NULL, 's'},
    {"jobs", required_argument, NULL, 'j'},
    {"verbose", no_argument, NULL, 'v'},
    {"json", required_argument, NULL, 'J'},
    {"junit", required_argument, NULL, 'x'},
    {"tap", no_argument, NULL, 'T'},
    {"filter", required_argument, NULL, 'f'},
    {"strict", no_argument, NULL, 'S'},
    {"quiet", no_argument, NULL, 'q'},
    {"schema", no_argument, NULL, 'm'},
    {"runs", required_argument, NULL, 'R'},
    {"time", required_argument, NULL, 'M'},
    {"override", required_argument, NULL, 'O'},
    {"out", required_argument, NULL, 'o'},
    {"page", no_argument, NULL, 'p'},
    {"help", no_argument, NULL, 'h'},
    {0},
};

static bool parse_number(const char *name, const char *text, long long maximum, int64_t *out_number)
{
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || number < 1 || number > maximum) {
        fprintf(stderr, "kiro-check: %s: found \"%s\", expected a whole number from 1 to %lld\n",
                name, text, maximum);
        return false;
    }
    *out_number = number;
    return true;
}

/* One of the words of a kind of value. */
static bool set_word(const char *name, enum value_kind kind, const char *text,
                     const char **out_word)
{
    const struct value_facts *facts = value_facts(kind);
    *out_word = text;
    if (value_text_fits(kind, text))
        return true;
    fprintf(stderr, "kiro-check: %s: found \"%s\", expected one of:", name, text);
    for (size_t i = 0; facts->word_at(i) != NULL; i++)
        fprintf(stderr, " %s", facts->word_at(i));
    fputc('\n', stderr);
    return false;
}

static bool set_jobs(const char *text, struct options *options)
{
    int64_t jobs;
    if (!parse_number("-j", text, JOBS_MAX, &jobs))
        return false;
    options->jobs = (size_t)jobs;
    return true;
}

static bool set_runs(const char *text, struct options *options)
{
    int64_t runs;
    if (!parse_number("--runs", text, INT32_MAX, &runs))
        return false;
    options->runs = (size_t)runs;
    return true;
}

static bool set_time(const char *text, struct options *options)
{
    if (duration_parse(text, &options->time_s) && options->time_s > 0)
        return true;
    fprintf(stderr, "kiro-check: --time: found \"%s\", expected a duration like 10m\n", text);
    return false;
}

static bool add_override(const char *word, struct options *options)
{
    if (options->override_count == OVERRIDES_MAX) {
        fprintf(stderr, "kiro-check: expected at most %d overrides\n", OVERRIDES_MAX);
        return false;
    }
    options->overrides[options->override_count++] = word;
    return true;
}

static bool add_deviation(const char *name, struct options *options)
{
    if (options->deviation_count == DEVIATIONS_MAX) {
        fprintf(stderr, "kiro-check: expected at most %d deviations\n", DEVIATIONS_MAX);
        return false;
    }
    options->deviations[options->deviation_count++] = name;
    return true;
}

/* Options that are on or off, and those that are kept as they are. */
static bool take_plain_option(int letter, const char *value, struct options *options)
{
    const struct {
        int letter;
        bool *flag;
        const char **text;
    } PLAIN[] = {{'e', NULL, &options->endpoint}, {'J', NULL, &options->json},
                 {'x', NULL, &options->junit},    {'f', NULL, &options->filter},
                 {'T', &options->tap, NULL},      {'v', &options->verbose, NULL},
                 {'S', &options->strict, NULL},   {'q', &options->quiet, NULL},
                 {'m', &options->schema, NULL},   {'p', &options->page, NULL},
                 {'h', &options->help, NULL},     {'o', NULL, &options->out}};
    for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++) {
        if (PLAIN[i].letter != letter)
            continue;
        if (PLAIN[i].flag != NULL)
            *PLAIN[i].flag = true;
        else
            *PLAIN[i].text = value;
        return true;
    }
    return false;
}

/* An option that there is not, or not for this command. */
static void complain_of_option(const struct command *command, const char *word)
{
    char hint[NEAREST_HINT_BYTES] = "";
    size_t bytes = strcspn(word, "=");
    char *name = mem_format("%.*s", (int)bytes, word);
    struct nearest nearest = {.asked = name + strspn(name, "-")};
    for (const struct option *option = LONG_OPTIONS; option->name != NULL; option++)
        if (strchr(command->letters, option->val) != NULL)
            nearest_try(&nearest, option->name);
    if (nearest.name != NULL)
        snprintf(hint, sizeof hint, "; closest is --%s", nearest.name);
    fprintf(stderr, "kiro-check %s: no such option: %s%s\n", command->name, word, hint);
    free(name);
}

static bool take_option(int letter, const char *value, struct options *options)
{
    switch (letter) {
    case 'E':
        return set_word("--edition", VALUE_EDITION_NAME, value, &options->choices.edition);
    case 't':
        return set_word("--timing", VALUE_TIMING, value, &options->choices.timing);
    case 'D':
        return set_word("--diff", VALUE_EDITION_NAME, value, &options->against);
    case 'V':
        return set_word("--via", VALUE_PATH, value, &options->choices.via);
    case 'd':
        return add_deviation(value, options);
    case 's':
        return parse_number("--seed", value, INT32_MAX, &options->seed);
    case 'R':
        return set_runs(value, options);
    case 'M':
        return set_time(value, options);
    case 'O':
        return add_override(value, options);
    case 'j':
        return set_jobs(value, options);
    default:
        return take_plain_option(letter, value, options);
    }
}

bool options_parse(const struct command *command, int count, char **words,
                   struct options *out_options)
{
    *out_options = (struct options){0};
    int letter;
    opterr = 0;
    while ((letter = getopt_long(count, words, ":vqhj:", LONG_OPTIONS, NULL)) != -1) {
        if (letter == ':') {
            fprintf(stderr, "kiro-check %s: %s wants a value\n", command->name, words[optind - 1]);
            return false;
        }
        if (letter != 'h' && strchr(command->letters, letter) == NULL) {
            complain_of_option(command, words[optind - 1]);
            return false;
        }
        if (!take_option(letter, optarg, out_options))
            return false;
    }
    out_options->paths = (const char *const *)words + optind;
    out_options->path_count = (size_t)(count - optind);
    return true;
}

char *options_replay_flags(const struct options *options)
{
    struct text flags = {0};
    if (options->choices.edition != NULL)
        text_addf(&flags, " --edition %s", options->choices.edition);
    if (options->choices.timing != NULL)
        text_addf(&flags, " --timing %s", options->choices.timing);
    if (options->choices.via != NULL)
        text_addf(&flags, " --via %s", options->choices.via);
    for (size_t i = 0; i < options->deviation_count; i++)
        text_addf(&flags, " --deviation %s", options->deviations[i]);
    if (options->seed != 0)
        text_addf(&flags, " --seed %lld", (long long)options->seed);
    return text_take(&flags);
}
