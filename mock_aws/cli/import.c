/* SPDX-License-Identifier: MIT */
/*
 * mock-aws import: listings of a real directory and its seats become a world document. See import.h
 * for the steps.
 */
#include "cli/import.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/commands.h"

/* An option that says what the files behind it hold, up to the next option. */
static const struct {
    const char *name;
    enum import_kind kind;
} KIND_OPTIONS[] = {{"--users", IMPORT_USERS},
                    {"--groups", IMPORT_GROUPS},
                    {"--memberships", IMPORT_MEMBERSHIPS},
                    {"--subscriptions", IMPORT_SUBSCRIPTIONS},
                    {"--claims", IMPORT_CLAIMS},
                    {"--instances", IMPORT_INSTANCES}};

static bool set_subscribed(struct import *import, const char *value)
{
    struct option_names *names = &import->subscribed;
    const char *equals = strrchr(value, '=');
    if (equals == NULL || equals == value || names->count == OPTION_NAMES_MAX)
        return false;
    names->names[names->count++] = value;
    return true;
}

static bool set_start(struct import *import, const char *value)
{
    import->start = value;
    return true;
}

static bool set_output(struct import *import, const char *value)
{
    import->output = value;
    return true;
}

static bool set_names(struct import *import, const char *value)
{
    import->names_file = value;
    return true;
}

static bool set_pseudonyms(struct import *import, const char *value)
{
    (void)value;
    import->pseudonyms = true;
    return true;
}

static const struct import_option {
    const char *name;
    const char *wanted; /* what its value should be; NULL: takes none */
    bool (*set)(struct import *import, const char *value);
} OPTIONS[] = {{"--subscribed", "GROUP=PLAN", set_subscribed},
               {"--start", "a time", set_start},
               {"--output", "a file", set_output},
               {"--names", "a file", set_names},
               {"--pseudonyms", NULL, set_pseudonyms}};

enum { OPTION_COUNT = sizeof OPTIONS / sizeof OPTIONS[0] };
enum { KIND_OPTION_COUNT = sizeof KIND_OPTIONS / sizeof KIND_OPTIONS[0] };

static size_t option_find(const char *word, const char **out_value)
{
    size_t i = 0;
    while (i < OPTION_COUNT && !option_is(word, OPTIONS[i].name, out_value))
        i++;
    return i;
}

static int unknown_option(const char *word)
{
    struct nearest nearest = {.asked = word};
    for (size_t i = 0; i < OPTION_COUNT; i++)
        nearest_try(&nearest, OPTIONS[i].name);
    for (size_t i = 0; i < KIND_OPTION_COUNT; i++)
        nearest_try(&nearest, KIND_OPTIONS[i].name);
    return usage_unknown("option", &nearest);
}

/* An option that is no kind, and its value. */
static int take_option(struct import *import, int count, char **words, int *at)
{
    const char *value = NULL;
    size_t found = option_find(words[*at], &value);
    if (found == OPTION_COUNT)
        return unknown_option(words[*at]);
    const struct import_option *option = &OPTIONS[found];
    if (option->wanted == NULL && value != NULL)
        return usage("'%s' takes no value", option->name);
    if (option->wanted != NULL && value == NULL && *at + 1 == count)
        return usage("'%s' wants a value", option->name);
    if (import->given[found] && option->set != set_subscribed)
        return usage("'%s' is given twice", option->name);
    import->given[found] = option->wanted != NULL;
    if (option->wanted != NULL && value == NULL)
        value = words[++*at];
    if (option->set(import, value))
        return 0;
    fprintf(stderr, "mock-aws: '%s' is no value for %s; expected %s\n", value, option->name,
            option->wanted);
    return EXIT_USAGE;
}

/* Options first, files as they come. */
static int take_words(struct import *import, int count, char **words)
{
    enum import_kind only = IMPORT_KIND_COUNT;
    int code = 0;
    for (int i = 0; i < count && code == 0; i++) {
        size_t kind = 0;
        while (kind < KIND_OPTION_COUNT && strcmp(KIND_OPTIONS[kind].name, words[i]) != 0)
            kind++;
        if (kind < KIND_OPTION_COUNT && i + 1 == count)
            code = usage("'%s' wants files", words[i]);
        else if (kind < KIND_OPTION_COUNT)
            only = KIND_OPTIONS[kind].kind;
        else if (words[i][0] != '-' || words[i][1] == '\0') {
            code = import_read(import, words[i], only);
            continue;
        } else {
            code = take_option(import, count, words, &i);
            only = IMPORT_KIND_COUNT;
        }
    }
    return code;
}

/* The account of the only instance there is. */
static void read_account(struct import *import)
{
    const struct import_items *listing = &import->listings[IMPORT_INSTANCES];
    if (listing->count == 0)
        return;
    const struct import_item *item = &listing->items[0];
    const char *id = json_member_text(item->value, "OwnerAccountId");
    if (listing->count > 1)
        import_warning(import, &listing->items[1], "",
                       "a second instance; a world is made with one, and without the account's id");
    else if (id != NULL && (strlen(id) != 12 || strspn(id, "0123456789") != 12))
        import_error(import, item, "/OwnerAccountId", "no account id; expected 12 digits");
    else
        import->account_id = id;
}

static int write_text(const char *path, const char *chars)
{
    bool standard = path == NULL || strcmp(path, "-") == 0;
    FILE *file = standard ? stdout : fopen(path, "w");
    bool good = file != NULL && fputs(chars, file) >= 0;
    if (file == stdout)
        good = fflush(file) == 0 && good;
    else if (file != NULL)
        good = fclose(file) == 0 && good;
    if (!good)
        fprintf(stderr, "mock-aws: %s: cannot be written: %s\n", standard ? "stdout" : path,
                strerror(errno));
    return good ? 0 : EXIT_ENVIRONMENT;
}

/* Who became whom: the name in the document, a tab, and the real one. */
static int write_names(const struct import *import)
{
    struct text lines = {0};
    for (size_t i = 0; i < import->person_count; i++)
        text_addf(&lines, "%s\t%s\n", import->people[i].handle,
                  json_member_text(import->people[i].item->value, "UserName"));
    for (size_t i = 0; i < import->group_count; i++)
        text_addf(&lines, "%s\t%s\n", import->groups[i].handle,
                  json_member_text(import->groups[i].item->value, "DisplayName"));
    int code = write_text(import->names_file, text_chars(&lines));
    text_clear(&lines);
    return code;
}

static void summarize(const struct import *import)
{
    size_t seats[2] = {0, 0};
    size_t disabled = 0;
    for (size_t i = 0; i < import->person_count; i++) {
        disabled += import->people[i].active ? 0 : 1;
        if (import->people[i].seat.status != SEAT_NONE)
            seats[import->people[i].seat.status == SEAT_ACTIVE]++;
    }
    fprintf(stderr,
            "mock-aws: import: %zu users (%zu disabled), %zu groups, %zu memberships, %zu seats "
            "(%zu active, %zu pending), %zu canceled seats left out; %zu warnings\n",
            import->person_count, disabled, import->group_count, import->membership_count,
            seats[0] + seats[1], seats[1], seats[0], import->canceled, import->warnings);
}

static int import_run(struct import *import)
{
    char *document = NULL;
    if (import->listings[IMPORT_USERS].pages == 0)
        import_error(import, NULL, "",
                     "no Users in the files; expected what aws identitystore "
                     "list-users prints among them");
    import_check_pages(import);
    import_people(import);
    import_seats(import);
    read_account(import);
    if (import->errors == 0) {
        document = import_print(import);
        import_rehearse(import, document);
    }
    int code = import->errors == 0 ? write_text(import->output, document) : EXIT_USAGE;
    if (code == 0 && import->names_file != NULL)
        code = write_names(import);
    if (code == 0)
        summarize(import);
    else if (import->errors > 0)
        fprintf(stderr, "mock-aws: import: %zu errors, nothing is written\n", import->errors);
    free(document);
    return code;
}

int command_import(int count, char **words)
{
    struct import import = {.start_s = INT64_MIN};
    int code = take_words(&import, count, words);
    if (code == 0 && import.file_count == 0)
        code = usage("import wants %s", "files; mock-aws import --help says which");
    else if (code == 0)
        code = import_run(&import);
    import_clear(&import);
    return code;
}
