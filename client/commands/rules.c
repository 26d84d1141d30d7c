/* SPDX-License-Identifier: MIT */
/* Rules from the vocabulary; scenarios and paths from what the files say. */
#include "commands/rules.h"

#include <string.h>

#include "base/editions.h"
#include "base/levels.h"
#include "base/rules.h"
#include "run/run.h"

/* A column for most scenarios; a longer name takes from the paths. */
enum { FILE_COLUMNS = 48 };

/* Does a step of the run go by this path? */
static bool goes_by(const struct variant *variant, const char *name)
{
    for (size_t i = 0; i < variant->scenario->step_count; i++) {
        const struct path *path = variant_path(variant, &variant->scenario->steps[i]);
        if (path != NULL && strcmp(path->name, name) == 0)
            return true;
    }
    return false;
}

/*
 * The paths by which the runs from `first` to before `end` act. Time, use and the like go by
 * control and would be everywhere.
 */
static void print_paths(const struct variants *variants, size_t first, size_t end, FILE *out)
{
    const struct value_facts *facts = value_facts(VALUE_PATH);
    bool any = false;
    for (size_t word = 0; facts->word_at(word) != NULL; word++) {
        const char *name = facts->word_at(word);
        bool found = false;
        for (size_t i = first; i < end; i++)
            found |= strcmp(name, "control") != 0 && goes_by(&variants->items[i], name);
        if (found)
            fprintf(out, "%s%s", any ? ", " : "", name);
        any |= found;
    }
    if (!any)
        fputs("time", out);
}

/* The runs of one scenario stand together. */
static size_t end_of_runs(const struct variants *variants, size_t first)
{
    size_t end = first;
    while (end < variants->count &&
           variants->items[end].scenario == variants->items[first].scenario)
        end++;
    return end;
}

/* Do two lists like "S1, S4" have a source in common? */
static bool share_source(const char *one, const char *other)
{
    for (const char *code = one; *code != '\0';) {
        size_t bytes = strcspn(code, ",");
        for (const char *at = other; *at != '\0'; at += strcspn(at, ","), at += strspn(at, ", ")) {
            if (strcspn(at, ",") == bytes && strncmp(at, code, bytes) == 0)
                return true;
        }
        code += bytes;
        code += strspn(code, ", ");
    }
    return false;
}

/* An edition says what its sources say; other readings of it are inferred. */
static void print_editions(const struct rule *rule, FILE *out)
{
    bool any = false;
    for (size_t i = 0; edition_at(i) != NULL; i++) {
        if (!share_source(rule->source, edition_at(i)->source))
            continue;
        fprintf(out, "%s%s", any ? ", " : "; edition ", edition_at(i)->name);
        any = true;
    }
    fputs(any ? "\n" : "; no edition of its own\n", out);
}

static void print_levels(const struct rule *rule, FILE *out)
{
    bool mixed = false;
    for (int axis = 1; axis < AXIS_COUNT; axis++)
        mixed |= rule->level[axis] != rule->level[0];
    fprintf(out, "%-40s %s", rule->id, level_name(rule_best_level(rule)));
    for (int axis = 0; mixed && axis < AXIS_COUNT; axis++)
        fprintf(out, "%s%s %s", axis == 0 ? " (" : ", ", axis_name((enum axis)axis),
                level_name(rule->level[axis]));
    fputs(mixed ? ")\n" : "\n", out);
}

static void print_facts(const struct rule *rule, FILE *out)
{
    print_levels(rule, out);
    fprintf(out, "    when    %s\n    then    %s\n    source  %s", rule->trigger, rule->outcome,
            rule->source);
    print_editions(rule, out);
}

/*
 * Rules that no scenario names: the client test that shows one where scenarios do not look, or why
 * nothing can.
 */
static const struct elsewhere {
    const char *rule;
    const char *test; /* or NULL */
    const char *why;  /* or NULL */
} ELSEWHERE[] = {
    {"bill-payer", "tests/clients/finops.py", NULL},
    {"bill-line-date", "tests/clients/finops.py", NULL},
    {"invite-email-24h", NULL, "no mail is sent here, and no call tells whether AWS sent one"},
    {"builder-id-unaffected-by-profile-delete", NULL,
     "plans of individuals are not kept here: a Builder ID is refused as a principal"},
    {"E36", NULL,
     "identity providers linked without Identity Center are refused: no source says what their "
     "events are"},
};

/* NULL if there is nothing to say. */
static const struct elsewhere *elsewhere(const char *rule)
{
    for (size_t i = 0; i < sizeof ELSEWHERE / sizeof ELSEWHERE[0]; i++)
        if (strcmp(ELSEWHERE[i].rule, rule) == 0)
            return &ELSEWHERE[i];
    return NULL;
}

/* Returns how many scenarios name the rule. */
static size_t print_rule(const struct rule *rule, const struct variants *variants, FILE *out)
{
    size_t count = 0;
    print_facts(rule, out);
    for (size_t i = 0; i < variants->count; i = end_of_runs(variants, i)) {
        size_t end = end_of_runs(variants, i);
        if (!scenario_names_rule(variants->items[i].scenario, rule->id))
            continue;
        fprintf(out, "    %-*s  %3zu run%s  by ", FILE_COLUMNS, variants->items[i].scenario->file,
                end - i, end - i == 1 ? " " : "s");
        print_paths(variants, i, end, out);
        fputc('\n', out);
        count++;
    }
    const struct elsewhere *other = elsewhere(rule->id);
    if (other != NULL && other->test != NULL)
        fprintf(out, "    %-*s  client test\n", FILE_COLUMNS, other->test);
    else if (count == 0)
        fprintf(out, "    none%s%s\n", other == NULL ? "" : ": ", other == NULL ? "" : other->why);
    return count;
}

size_t rules_print(const struct variants *variants, FILE *out)
{
    struct text unshown = {0};
    size_t unshown_count = 0;
    size_t unexplained = 0;
    size_t covered = 0;
    size_t by_client = 0;
    size_t total = 0;
    for (; rule_at(total) != NULL; total++) {
        const struct rule *rule = rule_at(total);
        const struct elsewhere *other = elsewhere(rule->id);
        bool is_covered = print_rule(rule, variants, out) > 0;
        bool is_tested = !is_covered && other != NULL && other->test != NULL;
        covered += is_covered;
        by_client += is_tested;
        if (is_covered || is_tested)
            continue;
        unshown_count++;
        unexplained += other == NULL;
        text_addf(&unshown, "    %-40s %s\n", rule->id,
                  other == NULL ? "no scenario names it" : other->why);
    }
    if (unshown_count > 0)
        fprintf(out, "shown by nothing, and why:\n%s", text_chars(&unshown));
    fprintf(out,
            "%zu of %zu rules have a scenario, in %zu runs, %zu more a client test; shown by "
            "nothing: %zu, without a reason: %zu\n",
            covered, total, variants->count, by_client, unshown_count, unexplained);
    text_clear(&unshown);
    return unexplained;
}
