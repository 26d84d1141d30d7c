/* SPDX-License-Identifier: MIT */
/* From the command line to the exit code of `kiro-check run`. */
#include "commands/run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "commands/pool.h"
#include "report/report.h"

enum { LABEL_COLUMNS_MAX = 40 };

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

static size_t label_columns(const struct variants *variants)
{
    size_t longest = 0;
    for (size_t i = 0; i < variants->count; i++) {
        size_t length = strlen(variants->items[i].label);
        if (length <= LABEL_COLUMNS_MAX && length > longest)
            longest = length;
    }
    return longest;
}

/* What the runs came to, told by the first that could not be played. */
struct reporting {
    struct report *report;
    int failure; /* EXIT_HELD as long as all could */
};

static bool on_entry(void *context, struct report_entry *entry)
{
    struct reporting *reporting = context;
    const struct run_result *result = report_entry_result(entry);
    if (result->end == RUN_PLAYED || result->end == RUN_SKIPPED) {
        report_add(reporting->report, entry);
        return true;
    }
    reporting->failure = result->end == RUN_REFUSED ? EXIT_WRONG : EXIT_ENVIRONMENT;
    fprintf(stderr, "%s\n", result->problem);
    report_stop(reporting->report, result->problem);
    report_entry_free(entry);
    return false;
}

static int exit_code_of(const struct options *options, const struct report_totals *totals)
{
    if (totals->checks == 0)
        return EXIT_SKIPPED;
    if (totals->checks_broken > 0)
        return EXIT_BROKE;
    return options->strict && totals->checks_undecided > 0 ? EXIT_UNDECIDED : EXIT_HELD;
}

/* Play them all; the first thing that is wrong with a file or with the server ends it. */
static int play_and_report(const struct options *options, const struct variants *variants,
                           struct aws *const *servers, size_t worker_count,
                           const struct report_options *report_options)
{
    const struct run_settings settings = {.deviations = options->deviations,
                                          .deviation_count = options->deviation_count,
                                          .seed = options->seed,
                                          .own_mock = true};
    const struct worker_pool pool = {.variants = variants,
                                     .settings = &settings,
                                     .report = report_options,
                                     .servers = servers,
                                     .worker_count = worker_count};
    struct reporting reporting = {.report = report_new(report_options, variants->count)};
    long start_ms = now_ms();
    worker_pool_run(&pool, on_entry, &reporting);
    struct report_totals totals =
        report_end(reporting.report, variants->filtered, now_ms() - start_ms);
    report_free(reporting.report);
    return reporting.failure != EXIT_HELD ? reporting.failure : exit_code_of(options, &totals);
}

/* What reads the reports must not take silence for success. */
static int report_no_server(const struct variants *variants,
                            const struct report_options *report_options)
{
    struct report *report = report_new(report_options, variants->count);
    report_stop(report, "there is no server to play against");
    report_end(report, variants->filtered, 0);
    report_free(report);
    return EXIT_ENVIRONMENT;
}

/* A server per worker: worlds are not shared. */
static int play_with_servers(const struct options *options, const struct variants *variants,
                             const struct report_options *report_options)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t wanted = options->jobs > 0 ? options->jobs : (size_t)(processors > 0 ? processors : 1);
    if (options->endpoint != NULL)
        wanted = 1;
    if (wanted > variants->count)
        wanted = variants->count;
    struct server *servers = mem_new(wanted * sizeof *servers);
    struct aws **calls = mem_new(wanted * sizeof *calls);
    size_t started = 0;
    while (started < wanted && server_start(options->endpoint, &servers[started])) {
        calls[started] = servers[started].aws;
        started++;
    }
    int code = started == wanted ? play_and_report(options, variants, calls, wanted, report_options)
                                 : report_no_server(variants, report_options);
    for (size_t i = 0; i < started; i++)
        server_stop(&servers[i]);
    free(calls);
    free(servers);
    return code;
}

static bool wants_colours(FILE *out)
{
    const char *no_color = getenv("NO_COLOR");
    return isatty(fileno(out)) != 0 && (no_color == NULL || no_color[0] == '\0');
}

static bool is_stdout(const char *file)
{
    return file != NULL && strcmp(file, "-") == 0;
}

static bool is_set(const char *text)
{
    return text != NULL && text[0] != '\0';
}

/* The file of a format; NULL if it is not wanted, or, after a line on stderr, cannot be had. */
static FILE *open_file(const char *file, const char *mode, bool *out_opened)
{
    if (file == NULL || is_stdout(file))
        return NULL;
    FILE *stream = fopen(file, mode);
    if (stream == NULL)
        fprintf(stderr, "%s: %s\n", file, strerror(errno));
    *out_opened &= stream != NULL;
    return stream;
}

/*
 * Which format goes where. Standard output belongs to one format; people are told on standard error
 * if another has it. False after a line on stderr.
 */
static bool open_formats(const struct options *options, struct report_options *report)
{
    const char *on_github = getenv("GITHUB_ACTIONS");
    const char *summary = getenv("GITHUB_STEP_SUMMARY");
    bool github = on_github != NULL && strcmp(on_github, "true") == 0;
    bool json_to_stdout = is_stdout(options->json);
    bool opened = true;
    report->to[REPORT_PEOPLE] = json_to_stdout || options->tap ? stderr : stdout;
    report->to[REPORT_TAP] = options->tap ? stdout : NULL;
    report->to[REPORT_JSON] = json_to_stdout ? stdout : open_file(options->json, "w", &opened);
    report->to[REPORT_JUNIT] = open_file(options->junit, "w", &opened);
    report->to[REPORT_ANNOTATIONS] = github ? report->to[REPORT_PEOPLE] : NULL;
    report->to[REPORT_SUMMARY] =
        open_file(github && is_set(summary) ? summary : NULL, "a", &opened);
    report->colours = wants_colours(report->to[REPORT_PEOPLE]);
    return opened;
}

static bool close_formats(struct report_options *report)
{
    bool closed = true;
    for (int i = 0; i < REPORT_FORMATS; i++) {
        FILE *stream = report->to[i];
        if (stream == NULL || stream == stderr)
            continue;
        int failure = stream == stdout ? fflush(stream) : fclose(stream);
        if (failure != 0)
            fprintf(stderr, "kiro-check: the report cannot be written: %s\n", strerror(errno));
        closed &= failure == 0;
    }
    return closed;
}

static int play_with_reports(const struct options *options, const struct variants *variants)
{
    char *flags = options_replay_flags(options);
    struct report_options report = {.verbose = options->verbose,
                                    .quiet = options->quiet,
                                    .label_columns = label_columns(variants),
                                    .replay_flags = flags};
    int code = EXIT_WRONG;
    if (open_formats(options, &report))
        code = play_with_servers(options, variants, &report);
    if (!close_formats(&report))
        code = EXIT_ENVIRONMENT;
    free(flags);
    return code;
}

/* What the options say together. */
static bool options_agree(const struct options *options)
{
    const char *wrong = NULL;
    if (options->endpoint != NULL && options->jobs > 1)
        wrong = "-j and --endpoint: one server has one world, expected -j 1";
    else if (options->tap && is_stdout(options->json))
        wrong = "--tap and --json -: both want standard output, expected a file";
    else if (is_stdout(options->junit))
        wrong = "--junit: expected the name of a file";
    if (wrong != NULL)
        fprintf(stderr, "kiro-check run: %s\n", wrong);
    return wrong == NULL;
}

int command_run(const struct options *options)
{
    struct suite suite;
    struct variants variants;
    struct text complaints = {0};
    if (!options_agree(options))
        return EXIT_WRONG;
    bool loaded = suite_load(options->paths, options->path_count, &suite, &complaints);
    fputs(text_chars(&complaints), stderr);
    text_clear(&complaints);
    if (!loaded)
        return EXIT_WRONG;
    variants_make(&suite, &options->choices, options->filter, &variants);
    int code = EXIT_SKIPPED;
    if (variants.count == 0)
        fprintf(stderr, "kiro-check: no scenario to play%s\n",
                variants.filtered > 0 ? ": the filter leaves out all" : "");
    else
        code = play_with_reports(options, &variants);
    variants_clear(&variants);
    suite_clear(&suite);
    return code;
}
