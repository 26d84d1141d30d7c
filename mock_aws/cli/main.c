/* SPDX-License-Identifier: MIT */
/* mock-aws: the command line. Finds the command; the others of commands.h do the work. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/help.h"
#include "cli/options.h"

/* Standard output may be a full disk. */
static int output_ends(int code)
{
    if (fflush(stdout) == 0 && ferror(stdout) == 0)
        return code;
    fprintf(stderr, "mock-aws: standard output cannot be written: %s\n", strerror(errno));
    return EXIT_ENVIRONMENT;
}

void tell_stderr(const char *lines)
{
    fputs(lines, stderr);
}

static int command_operations(int count, char **words)
{
    bool as_json = count == 1 && strcmp(words[0], "--json") == 0;
    if (count > 0 && !as_json)
        return usage("'%s' is too much: operations takes --json alone", words[0]);
    char *text = mock_aws_operations(as_json);
    fputs(text, stdout);
    if (as_json)
        putchar('\n');
    free(text);
    return output_ends(0);
}

static int command_ca(int count, char **words)
{
    if (count > 0)
        return usage("'%s' is too much: ca takes nothing", words[0]);
    char error[1024];
    char *certificate = mock_aws_ca(NULL, error, sizeof error);
    if (certificate == NULL) {
        fprintf(stderr, "mock-aws: %s\n", error);
        return EXIT_ENVIRONMENT;
    }
    fputs(certificate, stdout);
    free(certificate);
    return output_ends(0);
}

static int command_version(int count, char **words)
{
    if (count > 0)
        return usage("'%s' is too much: version takes nothing", words[0]);
    printf("mock-aws %s\n", MOCK_KIRO_VERSION);
    return output_ends(0);
}

static const struct {
    const char *name;
    int (*run)(int count, char **words);
} COMMANDS[] = {
    {"serve", command_serve},     {"exec", command_exec},
    {"env", command_env},         {"wait", command_wait},
    {"import", command_import},   {"ca", command_ca},
    {"doctor", command_doctor},   {"operations", command_operations},
    {"version", command_version}, {"--version", command_version},
};

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static int unknown(const char *name)
{
    struct nearest nearest = {.asked = name};
    for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++)
        nearest_try(&nearest, COMMANDS[i].name);
    return usage_unknown("command", &nearest);
}

/* Whoever says nothing is told what there is, and that it was nothing. */
static int help(const char *verb, int code)
{
    if (verb == NULL)
        help_all();
    else if (!help_on(verb))
        return unknown(verb);
    return output_ends(code);
}

/* Before "--", behind which the words are those of another program. */
static bool asks_for_help(int count, char **words)
{
    for (int i = 2; i < count && strcmp(words[i], "--") != 0; i++)
        if (is_help(words[i]))
            return true;
    return false;
}

int main(int count, char **words)
{
    const char *name = count < 2 ? NULL : words[1];
    if (name == NULL)
        return help(NULL, EXIT_USAGE);
    if (strcmp(name, "help") == 0 || is_help(name))
        return help(count > 2 && !is_help(words[2]) ? words[2] : NULL, 0);
    if (asks_for_help(count, words))
        return help(name, 0);
    for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++)
        if (strcmp(name, COMMANDS[i].name) == 0)
            return COMMANDS[i].run(count - 2, words + 2);
    return unknown(name);
}
