/* SPDX-License-Identifier: MIT */
/*
 * The page: an introduction, and a table for every form. What can be said about a member is said
 * beside it, in its table.
 */
#include "language/language.h"

#include <stdio.h>
#include <string.h>

#include "base/lags.h"
#include "base/parameters.h"
#include "base/text.h"
#include "language/scenario.h"
#include "language/verbs.h"

static const char INTRODUCTION[] =
    "# Scenarios\n"
    "\n"
    "A scenario is one JSON file: a world, and what happens in it. `kiro-check` plays it over the "
    "wire and, after the\n"
    "world was loaded and after every step, compares for **every** user under **every** profile "
    "what it sees with what the\n"
    "documents promise: status and plan in the AWS listing, access, where the seat is listed, and "
    "every bill. Nothing has to be\n"
    "stated for that. `check` states what you want to see written down in the file.\n"
    "\n"
    "```jsonc\n"
    "{\n"
    "  \"format\": 1,\n"
    "  \"name\": \"a deleted user's seat is canceled\",\n"
    "  \"rules\": [\"auto-user-deleted\", \"bill-full-last-month\"],\n"
    "  \"world\": {\n"
    "    \"start\": \"2026-06-01T00:00:00Z\",\n"
    "    \"users\": [\"alice\", \"bob\"],\n"
    "    \"assignments\": [{\"to\": \"user:alice\", \"at\": \"2026-03-01T00:00:00Z\"}],\n"
    "    \"uses\": [{\"user\": \"alice\", \"at\": \"2026-03-02T09:00:00Z\"}]\n"
    "  },\n"
    "  \"steps\": [\n"
    "    {\"at\": \"2026-06-04T10:00:00Z\", \"delete_user\": \"alice\"},\n"
    "    {\"check\": {\"user\": \"alice\", \"status\": \"CANCELED\", \"bill\": {\"2026-06\": "
    "\"20.00\"}}},\n"
    "    {\"advance\": \"next-month\"}\n"
    "  ]\n"
    "}\n"
    "```\n"
    "\n"
    "Comments (`//`, `/* */`) and trailing commas are allowed. Unknown members, repeated members "
    "and handles that lead nowhere\n"
    "are errors, told as `file:line:column`. `kiro-check fmt FILE` prints a scenario in its "
    "canonical form (without its comments). An\n"
    "editor that knows JSON Schema can use `scenario.schema.json`.\n"
    "\n"
    "Folders: subjects have folders of their own. `deviations/` has a scenario for each deviation "
    "that users reported or that is to be\n"
    "feared: what should be, and what to watch; `kiro-check mutants scenarios/deviations` switches "
    "them on. `must_fail/` holds\n"
    "scenarios that are red on purpose, each with the exact report beside it; `worlds/` holds "
    "world documents for `mock-aws serve --world`. These two are "
    "played only when they are named.\n";

static const char RUNS[] =
    "\n"
    "A list is a scenario played several times: once for each edition, under each timing, by each "
    "path. In a run, every verb that\n"
    "has the path goes by it, and the others by their first. `kiro-check run` says in brackets "
    "which "
    "run a line is about; what the\n"
    "file does not say can be said there: `--edition`, `--timing`, `--via`. What a scenario "
    "without an "
    "edition or a timing states holds\n"
    "for the defaults: under others its `check` steps are skipped, and only what the documents "
    "promise "
    "is judged.\n"
    "\n"
    "Under the timing `documented` a seat follows its cause as late as the documents allow. A "
    "scenario "
    "with `\"timing\": [\"instant\",\n"
    "\"documented\"]` holds at both ends of all windows; it looks when they are over. One with "
    "`\"window\": \"auto_cancel_lag\"` holds at both ends\n"
    "of that one, whatever the others are; several delays are played in every combination. A "
    "single delay can be overridden like a\n"
    "parameter of the edition, by a duration.\n"
    "\n"
    "\n"
    "| delay | `documented` | what is late |\n"
    "|---|---|---|\n";

static const char STEPS[] = "\n"
                            "## Steps\n"
                            "\n"
                            "A step is an object with one verb. What happens is said, not how it "
                            "is called. The value of a verb is an object of its\n"
                            "members, or, where the table says so, a text that stands for the "
                            "first of them: `{\"delete_user\": \"alice\"}`.\n"
                            "Beside the verb may stand:\n"
                            "\n";

static const char WORLD[] = "\n"
                            "## The world\n"
                            "\n"
                            "Things are named by handles, which the steps use; the ids are the "
                            "server's business. Everything is played in time order\n"
                            "from the earliest `at`, ties in the order of the sections; then the "
                            "clock goes to `start`. So a seat that is paid since\n"
                            "March has its history and its bills.\n"
                            "\n";

/* In a table cell a bar would end the cell. */
static void add_cell(struct text *page, const char *chars)
{
    for (const char *c = chars; *c != '\0'; c++)
        text_addf(page, *c == '|' ? "\\%c" : "%c", *c);
}

static void add_value(struct text *page, const struct member *member)
{
    const struct value_facts *facts = value_facts(member->kind);
    add_cell(page, facts->expected);
    if (facts->one_of_many != VALUE_TEXT)
        facts = value_facts(facts->one_of_many);
    for (size_t i = 0; facts->word_at != NULL && facts->word_at(i) != NULL; i++)
        text_addf(page, "%s`%s`", i == 0 ? ": " : ", ", facts->word_at(i));
}

static void add_members(struct text *page, const struct member *members)
{
    text_add(page, "| member | value | if absent | meaning |\n|---|---|---|---|\n");
    for (const struct member *member = members; member->name != NULL; member++) {
        text_addf(page, "| `%s` | ", member->name);
        add_value(page, member);
        text_addf(page, " | %s | ",
                  member->required           ? "required"
                  : member->fallback == NULL ? ""
                                             : member->fallback);
        add_cell(page, member->doc);
        text_add(page, " |\n");
    }
}

static void add_runs(struct text *page)
{
    text_add(page, RUNS);
    for (int lag = 0; lag < LAG_COUNT; lag++) {
        char duration[LAG_TEXT_BYTES];
        lag_print(timing_find("documented")->lags_s[lag], duration);
        text_addf(page, "| `%s` | %s | %s |\n", lag_name((enum lag)lag), duration,
                  lag_late((enum lag)lag));
    }
}

static void add_world(struct text *page)
{
    text_add(page, WORLD);
    add_members(page, world_form()->members);
    for (const struct world_section *section = world_sections(); section->name != NULL; section++) {
        text_addf(page, "\n### %s\n\n%s %s\n", section->name, section->form->doc,
                  section->array ? "The section is an array."
                                 : "The section is an object, by handle.");
        if (section->short_doc != NULL)
            text_addf(page, "Short form: %s.\n", section->short_doc);
        text_add(page, "\n");
        add_members(page, section->form->members);
    }
}

static void add_verbs(struct text *page)
{
    text_add(page, STEPS);
    add_members(page, scenario_step_form()->members);
    for (size_t i = 0; verb_at(i) != NULL; i++) {
        const struct verb *verb = verb_at(i);
        text_addf(page, "\n### %s\n\n%s", verb->form.name, verb->form.doc);
        if (verb->has_short_form)
            text_addf(page, " Short form: the text of `%s`.", verb->form.members[0].name);
        for (const struct path *path = verb->paths; path->name != NULL; path++)
            text_addf(page, "%s`%s`%s", path == verb->paths ? " Paths: " : ", ", path->name,
                      path[1].name == NULL ? "." : "");
        text_add(page, "\n\n");
        add_members(page, verb->form.members);
    }
}

static void add_edition(struct text *page)
{
    text_add(page, "\n## Editions\n\nThe documents changed over time, and leave things open. An "
                   "edition is a dated reading; "
                   "`override` turns single\nparameters of it.\n\n");
    add_members(page, scenario_edition_form()->members);
    text_add(page, "\n| parameter | values, the default first | what it decides | rule "
                   "|\n|---|---|---|---|\n");
    for (int i = 0; i < PARAMETER_COUNT; i++) {
        const struct parameter_facts *facts = parameter_facts((enum parameter)i);
        text_addf(page, "| `%s` | ", facts->name);
        for (size_t value = 0; facts->values[value] != NULL; value++)
            text_addf(page, "%s`%s`", value == 0 ? "" : ", ", facts->values[value]);
        text_addf(page, " | %s | `%s` |\n", facts->decides, facts->about);
    }
}

char *language_page(void)
{
    struct text page = {0};
    text_add(&page, INTRODUCTION);
    text_add(&page, "\n## The file\n\n");
    add_members(&page, scenario_form()->members);
    add_runs(&page);
    add_world(&page);
    add_verbs(&page);
    add_edition(&page);
    text_add(&page, "\nThis page is made by `kiro-check language`; change the tables in `client/`, "
                    "not the page.\n");
    return text_take(&page);
}
