/* SPDX-License-Identifier: MIT */
/* What is found is shrunk when the exploration is over, by one server, in the order of histories */
#include "commands/explore.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lags.h"
#include "base/parameters.h"
#include "base/editions.h"
#include "base/mem.h"
#include "base/rules.h"
#include "base/times.h"
#include "commands/server.h"
#include "explore/explore.h"
#include "explore/shrink.h"
#include "language/scenario.h"

enum { RUNS_DEFAULT = 1000, KINDS_MAX = 12, MS_PER_S = 1000 };

/* "NAME=VALUE" and "NAME=VALUE" as an object; NULL after a line on stderr. */
static struct json *read_overrides(const struct options *options)
{
    struct json *override = json_new_object();
    for (size_t i = 0; i < options->override_count; i++) {
        const char *word = options->overrides[i];
        char *name = mem_format("%.*s", (int)strcspn(word, "="), word);
        const char *value = strchr(word, '=') == NULL ? "" : strchr(word, '=') + 1;
        int parameter = parameter_find(name);
        int64_t lag_s;
        bool fits = parameter >= 0 ? parameter_value_find((enum parameter)parameter, value) >= 0
                                   : lag_find(name) >= 0 && duration_parse(value, &lag_s);
        if (fits)
            json_put_text(override, name, value);
        free(name);
        if (!fits) {
            fprintf(stderr,
                    "kiro-check explore: --override: found \"%s\", expected NAME=VALUE of a "
                    "parameter or a delay (see: kiro-check language)\n",
                    word);
            json_free(override);
            return NULL;
        }
    }
    return override;
}

/* The scenario's text, named after what it finds; release with free(). */
static char *file_text(struct json *document, const struct finding *finding, uint64_t seed,
                       size_t history)
{
    struct text complaints = {0};
    char *name = mem_format("%s (seed %llu, history %zu)", finding->sentence,
                            (unsigned long long)seed, history);
    json_put_text(document, "name", name);
    if (finding->rule != NULL && rule_find(finding->rule) != NULL)
        json_push(json_put(document, "rules", json_new_array()), json_new_text(finding->rule));
    char *chars = json_print(document);
    struct scenario *scenario = scenario_parse("finding", chars, strlen(chars), &complaints);
    char *printed = scenario == NULL ? mem_text(text_chars(&complaints)) : scenario_print(scenario);
    scenario_free(scenario);
    text_clear(&complaints);
    free(chars);
    free(name);
    return printed;
}

static bool write_file(const char *file, const char *chars)
{
    FILE *stream = fopen(file, "w");
    bool written = stream != NULL && fputs(chars, stream) >= 0;
    if (stream != NULL && fclose(stream) != 0)
        written = false;
    if (!written)
        fprintf(stderr, "%s: %s\n", file, strerror(errno));
    return written;
}

/* Shrinks and tells one finding, to the folder or to standard output. */
static bool tell_finding(const struct options *options, const struct explore_settings *settings,
                         const struct explore_finding *found)
{
    struct finding shrunk;
    struct json *document = shrink_history(settings->servers[0], found->drawn, &found->finding,
                                           &settings->play, &shrunk);
    char *chars = file_text(document, &shrunk, settings->seed, found->history);
    bool told = true;
    printf("seed %llu, history %zu: %s\n", (unsigned long long)settings->seed, found->history,
           shrunk.sentence);
    printf("  %s; in %zu histories; shrunk to %zu steps\n", shrunk.kind, found->count,
           json_count(json_member(document, "steps")));
    if (options->out == NULL) {
        fputs(chars, stdout);
    } else {
        char *file = mem_format("%s/seed-%llu-history-%zu.json", options->out,
                                (unsigned long long)settings->seed, found->history);
        told = write_file(file, chars);
        printf("  %s\n", file);
        free(file);
    }
    fflush(stdout);
    free(chars);
    finding_clear(&shrunk);
    json_free(document);
    return told;
}

static int explore_and_tell(const struct options *options, const struct explore_settings *settings)
{
    struct explore_result result;
    explore(settings, &result);
    int code = result.count > 0 ? EXIT_BROKE : EXIT_HELD;
    for (size_t i = 0; i < result.count; i++)
        if (!tell_finding(options, settings, &result.findings[i]))
            code = EXIT_ENVIRONMENT;
    if (result.problem != NULL) {
        fprintf(stderr, "kiro-check: %s\n", result.problem);
        code = EXIT_ENVIRONMENT;
    }
    double seconds = (double)(result.elapsed_ms + 1) / MS_PER_S;
    printf("%zu histories, %zu steps (%zu refused as they should be) in %.1f s (%.0f steps a "
           "second); seed %llu; %zu %s\n",
           result.histories, result.steps, result.refused, seconds, (double)result.steps / seconds,
           (unsigned long long)settings->seed, result.count,
           result.count == 1 ? "finding" : "findings");
    explore_result_clear(&result);
    return code;
}

/* A server per worker: worlds are not shared. */
static int explore_with_servers(const struct options *options, struct explore_settings *settings)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t wanted = options->jobs > 0 ? options->jobs : (size_t)(processors > 0 ? processors : 1);
    struct server *servers = mem_new(wanted * sizeof *servers);
    struct aws **calls = mem_new(wanted * sizeof *calls);
    size_t started = 0;
    while (started < wanted && server_start(NULL, &servers[started])) {
        calls[started] = servers[started].aws;
        started++;
    }
    settings->servers = calls;
    settings->worker_count = started;
    int code = started == wanted ? explore_and_tell(options, settings) : EXIT_ENVIRONMENT;
    for (size_t i = 0; i < started; i++)
        server_stop(&servers[i]);
    free(calls);
    free(servers);
    return code;
}

static bool make_folder(const char *folder)
{
    if (folder == NULL || mkdir(folder, 0777) == 0 || errno == EEXIST)
        return true;
    fprintf(stderr, "%s: %s\n", folder, strerror(errno));
    return false;
}

int command_explore(const struct options *options)
{
    struct json *override = read_overrides(options);
    const char *edition = options->choices.edition;
    const char *timing = options->choices.timing;
    struct explore_settings settings = {
        .seed = options->seed != 0 ? (uint64_t)options->seed : 1,
        .runs = options->runs,
        .time_ms = (long)options->time_s * MS_PER_S,
        .kinds = options->deviation_count > 0 ? 1 : KINDS_MAX,
        .terms = {.edition = edition != NULL ? edition : EDITION_DEFAULT,
                  .timing = timing != NULL ? timing : "instant",
                  .override = override},
        .play = {.deviations = options->deviations, .deviation_count = options->deviation_count},
        .progress = isatty(STDERR_FILENO) != 0 ? stderr : NULL};
    if (settings.runs == 0 && settings.time_ms == 0)
        settings.runs = RUNS_DEFAULT;
    int code = EXIT_WRONG;
    if (options->path_count > 0)
        fprintf(stderr, "kiro-check explore: found \"%s\", expected options only\n",
                options->paths[0]);
    else if (override != NULL && make_folder(options->out))
        code = explore_with_servers(options, &settings);
    json_free(override);
    return code;
}
