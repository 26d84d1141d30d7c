/* SPDX-License-Identifier: MIT */
/* The commands of kiro-check. The work is done elsewhere. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/editions.h"
#include "base/nearest.h"
#include "commands/compare.h"
#include "commands/explain.h"
#include "commands/explore.h"
#include "commands/mutants.h"
#include "commands/options.h"
#include "commands/rules.h"
#include "commands/rules_page.h"
#include "commands/run.h"
#include "commands/server.h"
#include "language/language.h"

#define ENDPOINT_DEFAULT "http://127.0.0.1:5476" /* where mock-aws serve listens */

static bool load_suite(const struct options *options, struct suite *out_suite)
{
    struct text complaints = {0};
    bool loaded = suite_load(options->paths, options->path_count, out_suite, &complaints);
    fputs(text_chars(&complaints), stderr);
    text_clear(&complaints);
    return loaded;
}

static int run_mutants(const struct options *options, const struct suite *suite, struct aws *aws)
{
    struct mutants_result result;
    if (!mutants_run(aws, suite, options->filter, options->deviations, stdout, &result)) {
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
    } else if (server_start(options->endpoint, &server)) {
        code = run_mutants(options, &suite, server.aws);
        server_stop(&server);
    }
    suite_clear(&suite);
    return code;
}

static int command_deviations(const struct options *options)
{
    struct server server;
    if (!server_start(options->endpoint, &server))
        return EXIT_ENVIRONMENT;
    bool listed = mutants_list(server.aws, stdout);
    if (!listed)
        fprintf(stderr, "kiro-check: %s\n", aws_problem(server.aws));
    server_stop(&server);
    return listed ? EXIT_HELD : EXIT_ENVIRONMENT;
}

/* The first path is the other edition; the suite is what the rest names. */
static int command_diff(const struct options *options)
{
    struct suite suite;
    struct server server;
    struct comparison_result result;
    struct options rest = *options;
    if (options->path_count == 0 || edition_find(options->paths[0]) == NULL) {
        fprintf(stderr, "kiro-check rules --diff: expected two editions\n");
        return EXIT_WRONG;
    }
    rest.paths++;
    rest.path_count--;
    if (!load_suite(&rest, &suite))
        return EXIT_WRONG;
    int code = EXIT_ENVIRONMENT;
    if (server_start(options->endpoint, &server)) {
        bool answered = editions_compare(server.aws, &suite, options->against, options->paths[0],
                                         options->filter, stdout, &result);
        if (!answered)
            fprintf(stderr, "kiro-check: %s\n", aws_problem(server.aws));
        else
            code = result.scenarios == 0 ? EXIT_SKIPPED : EXIT_HELD;
        server_stop(&server);
    }
    suite_clear(&suite);
    return code;
}

static int command_page(const struct options *options)
{
    struct server server;
    if (options->path_count > 0) {
        fprintf(stderr, "kiro-check rules --page: it takes no PATH\n");
        return EXIT_WRONG;
    }
    if (!server_start(options->endpoint, &server))
        return EXIT_ENVIRONMENT;
    bool printed = rules_page_print(server.aws, stdout);
    if (!printed)
        fprintf(stderr, "kiro-check: %s\n", aws_problem(server.aws));
    server_stop(&server);
    return printed ? EXIT_HELD : EXIT_ENVIRONMENT;
}

static int command_rules(const struct options *options)
{
    struct suite suite;
    if (options->page)
        return command_page(options);
    if (options->against != NULL)
        return command_diff(options);
    if (!load_suite(options, &suite))
        return EXIT_WRONG;
    struct variants variants;
    variants_make(&suite, &options->choices, options->filter, &variants);
    rules_print(&variants, stdout);
    variants_clear(&variants);
    suite_clear(&suite);
    return EXIT_HELD;
}

static int command_explain(const struct options *options)
{
    struct server server;
    char hint[NEAREST_HINT_BYTES] = "";
    if (options->path_count != 1) {
        fprintf(stderr, "kiro-check explain: expected one USER\n");
        return EXIT_WRONG;
    }
    if (!server_start(options->endpoint == NULL ? ENDPOINT_DEFAULT : options->endpoint, &server))
        return EXIT_ENVIRONMENT;
    int code = EXIT_HELD;
    switch (explain_user(server.aws, options->paths[0], stdout, hint)) {
    case EXPLAINED:
        break;
    case EXPLAIN_NOBODY:
        fprintf(stderr, "kiro-check explain: nobody is called \"%s\", by name or by id%s\n",
                options->paths[0], hint);
        code = EXIT_WRONG;
        break;
    case EXPLAIN_NO_ANSWER:
        fprintf(stderr, "kiro-check: %s\n", aws_problem(server.aws));
        code = EXIT_ENVIRONMENT;
    }
    server_stop(&server);
    return code;
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
    {"run", "eEtVdsvjJxTfSq",
     "run [PATH...]      play scenarios; without PATH those below scenarios/\n"
     "    --endpoint URL     against a running mock-aws instead of one of its own\n"
     "    --edition NAME     for scenarios that name none\n"
     "    --timing NAME      for scenarios that name none: instant or documented\n"
     "    --via PATH         for scenarios that name none: api, console, management, scim,\n"
     "                       entra, okta, google (SCIM as they write it)\n"
     "    --deviation NAME   let the mock break a rule (may be repeated)\n"
     "    --seed N           instead of the scenarios' own\n"
     "    --filter TEXT      only runs with TEXT in their label, name or rules\n"
     "    -j N               so many at a time; else as many as there are processors\n"
     "    -v, --verbose      every step: = as expected, - expected but + seen\n"
     "    -q, --quiet        only what breaks\n"
     "    --json FILE        one JSON object per check; - is standard output\n"
     "    --junit FILE       JUnit's XML: a testsuite per run, a testcase per check\n"
     "    --tap              TAP on standard output, a point per run\n"
     "    --strict           exit with 4 if something is undecided\n"
     "    With GITHUB_ACTIONS=true also annotations, and a table in $GITHUB_STEP_SUMMARY.\n",
     command_run},
    {"mutants", "edf",
     "mutants [PATH...]  break each rule on purpose and see which scenario notices\n"
     "    --endpoint URL, --filter TEXT as for run\n"
     "    --deviation NAME   this one only (may be repeated)\n",
     command_mutants},
    {"explore", "EtdsjRMOo",
     "explore            histories drawn by chance, judged after every step and shrunk\n"
     "    --runs N           so many of them; 1000 if no time is said\n"
     "    --time DURATION    as many as there is time for\n"
     "    --seed N           from which they are drawn; 1\n"
     "    --out DIR          a scenario file for each kind of finding; else they are printed\n"
     "    --edition NAME, --timing NAME\n"
     "    --override N=V     a parameter of the edition or a delay (may be repeated)\n"
     "    --deviation NAME   let the mock break a rule (may be repeated), up to the first finding\n"
     "    -j N               so many at a time\n",
     command_explore},
    {"explain", "e",
     "explain USER       what happened to a user (name or id), from event to bill line\n"
     "    --endpoint URL     the running mock-aws that is asked (" ENDPOINT_DEFAULT ")\n",
     command_explain},
    {"rules", "efDp",
     "rules [PATH...]    each rule: trigger, outcome, source, level, edition; who checks it\n"
     "    --page             the rulebook as Markdown, with its sources: mock_aws/docs/rules.md\n"
     "    --diff A B         play the scenarios under two editions and tell what changes\n"
     "    --endpoint URL, --filter TEXT as for run\n",
     command_rules},
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

static void complain_of_command(const char *name)
{
    char hint[NEAREST_HINT_BYTES];
    struct nearest nearest = {.asked = name};
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        nearest_try(&nearest, COMMANDS[i].name);
    nearest_hint(&nearest, hint);
    fprintf(stderr, "\nkiro-check: unknown command \"%s\"%s\n", name, hint);
}

int main(int count, char **words)
{
    const struct command *command = count < 2 ? NULL : find_command(words[1]);
    if (command == NULL) {
        print_usage(count < 2 ? stdout : stderr, NULL);
        if (count >= 2)
            complain_of_command(words[1]);
        return EXIT_WRONG;
    }
    struct options options;
    if (!options_parse(command, count - 1, words + 1, &options)) {
        fprintf(stderr, "See: kiro-check %s --help\n", command->name);
        return EXIT_WRONG;
    }
    if (options.help) {
        print_usage(stdout, command);
        return EXIT_HELD;
    }
    return command->execute(&options);
}
