/* SPDX-License-Identifier: MIT */
/* The command line of kiro-check: options, commands, exit codes. The work is done elsewhere. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "aws.h"
#include "base/mem.h"
#include "base/vocabulary.h"
#include "embed.h"
#include "language.h"
#include "mutants.h"
#include "report.h"
#include "rules.h"
#include "run.h"
#include "suite.h"

enum exit_code {
    EXIT_HELD = 0,
    EXIT_BROKE = 1,
    EXIT_WRONG = 2, /* the call or a file */
    EXIT_ENVIRONMENT = 3,
    EXIT_UNDECIDED = 4, /* under --strict */
    EXIT_SKIPPED = 77   /* nothing was checked */
};

enum { DEVIATIONS_MAX = 64, FILE_COLUMNS_MAX = 40 };

struct options {
    const char *const *paths;
    size_t path_count;
    const char *endpoint;
    const char *edition;
    const char *deviations[DEVIATIONS_MAX + 1]; /* ends with NULL */
    size_t deviation_count;
    int64_t seed;
    const char *json;
    const char *filter;
    bool verbose;
    bool strict;
    bool quiet;
    bool schema;
    bool help;
};

struct command {
    const char *name;
    const char *options; /* letters of those it takes */
    const char *usage;
    int (*execute)(const struct options *options);
};

static const struct option LONG_OPTIONS[] = {{"endpoint", required_argument, NULL, 'e'},
                                             {"edition", required_argument, NULL, 'E'},
                                             {"deviation", required_argument, NULL, 'd'},
                                             {"seed", required_argument, NULL, 's'},
                                             {"verbose", no_argument, NULL, 'v'},
                                             {"json", required_argument, NULL, 'j'},
                                             {"filter", required_argument, NULL, 'f'},
                                             {"strict", no_argument, NULL, 'S'},
                                             {"quiet", no_argument, NULL, 'q'},
                                             {"schema", no_argument, NULL, 'm'},
                                             {"help", no_argument, NULL, 'h'},
                                             {0}};

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

static bool load_suite(const struct options *options, struct suite *out_suite)
{
    struct text complaints = {0};
    bool loaded =
        suite_load(options->paths, options->path_count, options->filter, out_suite, &complaints);
    fputs(text_chars(&complaints), stderr);
    text_clear(&complaints);
    return loaded;
}

/* The server that scenarios are played against: the one at --endpoint, or one of our own. */
struct server {
    struct embed *embed;
    struct aws *aws;
};

static void server_stop(struct server *server)
{
    aws_free(server->aws);
    embed_stop(server->embed);
}

static bool server_is_mock(struct aws *aws)
{
    struct aws_answer answer;
    bool is_mock = aws_control(aws, "GET", "/_mock/health", NULL, &answer);
    if (is_mock && (answer.status != 200 || json_member_text(answer.body, "status") == NULL))
        is_mock = aws_problem_set(aws,
                                  "%s/_mock/health answers %ld: expected a mock-aws, since a "
                                  "scenario sets the world and the clock",
                                  aws_endpoint(aws), answer.status);
    aws_answer_clear(&answer);
    return is_mock;
}

static bool server_start(const struct options *options, struct server *out_server)
{
    char endpoint[EMBED_TEXT_BYTES];
    char problem[EMBED_TEXT_BYTES] = "";
    *out_server = (struct server){0};
    if (options->endpoint == NULL)
        out_server->embed = embed_start(endpoint, problem);
    if (options->endpoint == NULL && out_server->embed == NULL) {
        fprintf(stderr, "kiro-check: the embedded server does not start: %s\n", problem);
        return false;
    }
    out_server->aws = aws_new(options->endpoint != NULL ? options->endpoint : endpoint);
    if (out_server->aws != NULL && server_is_mock(out_server->aws))
        return true;
    fprintf(stderr, "kiro-check: %s\n",
            out_server->aws == NULL ? "libcurl does not start" : aws_problem(out_server->aws));
    server_stop(out_server);
    return false;
}

/* The flags that a replay needs, as they were given. */
static char *replay_flags(const struct options *options)
{
    struct text flags = {0};
    if (options->edition != NULL)
        text_addf(&flags, " --edition %s", options->edition);
    for (size_t i = 0; i < options->deviation_count; i++)
        text_addf(&flags, " --deviation %s", options->deviations[i]);
    if (options->seed != 0)
        text_addf(&flags, " --seed %lld", (long long)options->seed);
    return text_take(&flags);
}

static size_t file_columns(const struct suite *suite)
{
    size_t longest = 0;
    for (size_t i = 0; i < suite->count; i++) {
        size_t length = strlen(suite->scenarios[i]->file);
        longest = length > longest ? length : longest;
    }
    return longest < FILE_COLUMNS_MAX ? longest : FILE_COLUMNS_MAX;
}

static int exit_code_of(const struct options *options, size_t checks, size_t broken,
                        size_t undecided)
{
    if (checks == 0)
        return EXIT_SKIPPED;
    if (broken > 0)
        return EXIT_BROKE;
    return options->strict && undecided > 0 ? EXIT_UNDECIDED : EXIT_HELD;
}

/* Play them all; the first thing that is wrong with a file or with the server ends it. */
static int play_suite(const struct options *options, const struct suite *suite, struct aws *aws,
                      struct report *report)
{
    const struct run_settings settings = {.edition = options->edition,
                                          .deviations = options->deviations,
                                          .deviation_count = options->deviation_count,
                                          .seed = options->seed,
                                          .own_mock = true};
    const struct run_watcher watcher = report_watcher(report);
    long start_ms = now_ms();
    size_t checks = 0;
    size_t broken = 0;
    size_t undecided = 0;
    for (size_t i = 0; i < suite->count; i++) {
        const struct scenario *scenario = suite->scenarios[i];
        struct run_result result;
        long scenario_ms = now_ms();
        report_begin(report, scenario);
        run_scenario(aws, scenario, &settings, &watcher, &result);
        if (result.end != RUN_PLAYED) {
            fprintf(stderr, "%s\n", result.problem);
            return result.end == RUN_REFUSED ? EXIT_WRONG : EXIT_ENVIRONMENT;
        }
        report_end(report, scenario, &result, now_ms() - scenario_ms);
        checks += result.checks;
        broken += result.broken;
        undecided += result.undecided;
    }
    report_summary(report, suite->filtered, now_ms() - start_ms);
    return exit_code_of(options, checks, broken, undecided);
}

static bool wants_colours(FILE *out)
{
    const char *no_color = getenv("NO_COLOR");
    return isatty(fileno(out)) != 0 && (no_color == NULL || no_color[0] == '\0');
}

static int run_with_report(const struct options *options, const struct suite *suite,
                           struct aws *aws)
{
    bool json_to_stdout = options->json != NULL && strcmp(options->json, "-") == 0;
    FILE *json = json_to_stdout ? stdout : NULL;
    if (options->json != NULL && !json_to_stdout)
        json = fopen(options->json, "w");
    if (options->json != NULL && json == NULL) {
        fprintf(stderr, "%s: %s\n", options->json, strerror(errno));
        return EXIT_WRONG;
    }
    char *flags = replay_flags(options);
    FILE *out = json_to_stdout ? stderr : stdout;
    const struct report_options report_options = {.out = out,
                                                  .json = json,
                                                  .colours = wants_colours(out),
                                                  .verbose = options->verbose,
                                                  .quiet = options->quiet,
                                                  .file_columns = file_columns(suite),
                                                  .replay_flags = flags};
    struct report *report = report_new(&report_options);
    int code = play_suite(options, suite, aws, report);
    report_free(report);
    free(flags);
    if (json != NULL && !json_to_stdout && fclose(json) != 0) {
        fprintf(stderr, "%s: %s\n", options->json, strerror(errno));
        code = EXIT_ENVIRONMENT;
    }
    return code;
}

static int command_run(const struct options *options)
{
    struct suite suite;
    struct server server;
    if (!load_suite(options, &suite))
        return EXIT_WRONG;
    int code = EXIT_SKIPPED;
    if (suite.count == 0) {
        fprintf(stderr, "kiro-check: no scenario to play%s\n",
                suite.filtered > 0 ? ": the filter leaves out all" : "");
    } else if (!server_start(options, &server)) {
        code = EXIT_ENVIRONMENT;
    } else {
        code = run_with_report(options, &suite, server.aws);
        server_stop(&server);
    }
    suite_clear(&suite);
    return code;
}

static int hunt_mutants(const struct options *options, const struct suite *suite, struct aws *aws)
{
    struct mutants_result result;
    if (!mutants_run(aws, suite, options->deviations, stdout, &result)) {
        fprintf(stderr, "kiro-check: %s\n", aws_problem(aws));
        return EXIT_ENVIRONMENT;
    }
    if (result.killed + result.survived < options->deviation_count) {
        fprintf(stderr, "kiro-check: --deviation: the server does not know each of them (see: "
                        "kiro-check deviations)\n");
        return EXIT_WRONG;
    }
    return result.survived == 0 ? EXIT_HELD : EXIT_BROKE;
}

static int command_mutants(const struct options *options)
{
    struct suite suite;
    struct server server;
    if (!load_suite(options, &suite))
        return EXIT_WRONG;
    int code = EXIT_ENVIRONMENT;
    if (suite.count == 0) {
        fprintf(stderr, "kiro-check: no scenario to play\n");
        code = EXIT_SKIPPED;
    } else if (server_start(options, &server)) {
        code = hunt_mutants(options, &suite, server.aws);
        server_stop(&server);
    }
    suite_clear(&suite);
    return code;
}

static int command_deviations(const struct options *options)
{
    struct server server;
    if (!server_start(options, &server))
        return EXIT_ENVIRONMENT;
    bool listed = mutants_list(server.aws, stdout);
    if (!listed)
        fprintf(stderr, "kiro-check: %s\n", aws_problem(server.aws));
    server_stop(&server);
    return listed ? EXIT_HELD : EXIT_ENVIRONMENT;
}

static int command_rules(const struct options *options)
{
    struct suite suite;
    if (!load_suite(options, &suite))
        return EXIT_WRONG;
    rules_print(&suite, stdout);
    suite_clear(&suite);
    return EXIT_HELD;
}

static int command_fmt(const struct options *options)
{
    struct suite suite;
    if (options->path_count == 0) {
        fprintf(stderr, "kiro-check fmt: expected at least one FILE\n");
        return EXIT_WRONG;
    }
    if (!load_suite(options, &suite))
        return EXIT_WRONG;
    for (size_t i = 0; i < suite.count; i++) {
        char *printed = scenario_print(suite.scenarios[i]);
        fputs(printed, stdout);
        free(printed);
    }
    suite_clear(&suite);
    return EXIT_HELD;
}

static int command_language(const struct options *options)
{
    char *text = options->schema ? language_schema() : language_page();
    fputs(text, stdout);
    free(text);
    return EXIT_HELD;
}

static int command_version(const struct options *options)
{
    (void)options;
    printf("kiro-check %s\n", MOCK_KIRO_VERSION);
    return EXIT_HELD;
}

static int command_help(const struct options *options);

static const struct command COMMANDS[] = {
    {"run", "eEdsvjfSq",
     "run [PATH...]      play scenarios; without PATH those below scenarios/\n"
     "    --endpoint URL     against a running mock-aws instead of one of its own\n"
     "    --edition NAME     for scenarios that set none\n"
     "    --deviation NAME   let the mock break a rule (may be repeated)\n"
     "    --seed N           instead of the scenarios' own\n"
     "    --filter TEXT      only those with TEXT in file, name or rules\n"
     "    -v, --verbose      every step: = as expected, - expected but + seen\n"
     "    -q, --quiet        only what breaks\n"
     "    --json FILE        one JSON object per check; - is standard output\n"
     "    --strict           exit with 4 if something is undecided\n",
     command_run},
    {"mutants", "edf",
     "mutants [PATH...]  break each rule on purpose and see which scenario notices\n"
     "    --endpoint URL, --filter TEXT as for run\n"
     "    --deviation NAME   this one only (may be repeated)\n",
     command_mutants},
    {"rules", "f", "rules [PATH...]    which scenario names which rule\n", command_rules},
    {"fmt", "", "fmt FILE...        print scenarios in their canonical form\n", command_fmt},
    {"language", "m",
     "language           the page about the language; with --schema the JSON Schema\n",
     command_language},
    {"deviations", "e", "deviations         the ways in which the mock can break a rule\n",
     command_deviations},
    {"version", "", "version\n", command_version},
    {"help", "", "help\n", command_help},
};
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS };

static void print_usage(FILE *out, const struct command *only)
{
    if (only == NULL)
        fputs("kiro-check plays scenarios against mock-aws and judges what it sees.\n\n", out);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (only == NULL || only == &COMMANDS[i])
            fprintf(out, "kiro-check %s", COMMANDS[i].usage);
    }
    fputs("\nExit codes: 0 all held, 1 something broke, 2 the call or a file was wrong, 3 the "
          "environment\n"
          "failed, 4 undecided under --strict, 77 nothing was checked.\n",
          out);
}

static int command_help(const struct options *options)
{
    (void)options;
    print_usage(stdout, NULL);
    return EXIT_HELD;
}

static bool parse_seed(const char *text, int64_t *out_seed)
{
    char *end;
    errno = 0;
    long long seed = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || seed < 1 || seed > (1LL << 53)) {
        fprintf(stderr, "kiro-check: --seed: found \"%s\", expected a whole number from 1\n", text);
        return false;
    }
    *out_seed = seed;
    return true;
}

static bool set_edition(const char *name, struct options *options)
{
    options->edition = name;
    if (edition_find(name) != NULL)
        return true;
    fprintf(stderr, "kiro-check: --edition: found \"%s\", expected one of:", name);
    for (size_t i = 0; edition_at(i) != NULL; i++)
        fprintf(stderr, " %s", edition_at(i)->name);
    fputc('\n', stderr);
    return false;
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

static bool take_option(int letter, const char *value, struct options *options)
{
    switch (letter) {
    case 'e':
        options->endpoint = value;
        return true;
    case 'E':
        return set_edition(value, options);
    case 'd':
        return add_deviation(value, options);
    case 's':
        return parse_seed(value, &options->seed);
    case 'j':
        options->json = value;
        return true;
    case 'f':
        options->filter = value;
        return true;
    case 'v':
        options->verbose = true;
        return true;
    case 'S':
        options->strict = true;
        return true;
    case 'q':
        options->quiet = true;
        return true;
    case 'm':
        options->schema = true;
        return true;
    default:
        options->help = letter == 'h';
        return options->help;
    }
}

/* Options of one command; paths may stand among them. False after a line on stderr. */
static bool parse_options(const struct command *command, int count, char **words,
                          struct options *out_options)
{
    *out_options = (struct options){0};
    int letter;
    while ((letter = getopt_long(count, words, "vqh", LONG_OPTIONS, NULL)) != -1) {
        if (letter != 'h' && letter != '?' && strchr(command->options, letter) == NULL) {
            fprintf(stderr, "kiro-check %s: no such option: %s\n", command->name,
                    words[optind - 1]);
            return false;
        }
        if (!take_option(letter, optarg, out_options))
            return false;
    }
    out_options->paths = (const char *const *)words + optind;
    out_options->path_count = (size_t)(count - optind);
    return true;
}

static const struct command *find_command(const char *name)
{
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    if (strcmp(name, "--version") == 0)
        name = "version";
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(COMMANDS[i].name, name) == 0)
            return &COMMANDS[i];
    }
    return NULL;
}

int main(int count, char **words)
{
    const struct command *command = count < 2 ? NULL : find_command(words[1]);
    if (command == NULL) {
        print_usage(stderr, NULL);
        return EXIT_WRONG;
    }
    struct options options;
    if (!parse_options(command, count - 1, words + 1, &options)) {
        fprintf(stderr, "See: kiro-check %s --help\n", command->name);
        return EXIT_WRONG;
    }
    if (options.help) {
        print_usage(stdout, command);
        return EXIT_HELD;
    }
    return command->execute(&options);
}
