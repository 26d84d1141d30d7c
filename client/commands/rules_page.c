/* SPDX-License-Identifier: MIT */
/* The page about the rules, section by section. Tables come from the vocabulary, texts are here. */
#include "commands/rules_page.h"

#include <inttypes.h>
#include <string.h>

#include "base/edition_rules.h"
#include "base/editions.h"
#include "base/lags.h"
#include "base/levels.h"
#include "base/parameters.h"
#include "base/plans.h"
#include "base/rules.h"
#include "base/sources.h"
#include "commands/rules.h"
#include "language/values.h"

/* The rules from `first` up to where the next group begins. */
static const struct group {
    int first;
    const char *title;
} GROUPS[] = {
    {1, "1A. Automatic cancellation"},
    {7, "1B. Cancellation by an administrator"},
    {12, "1C. Access and money after a cancellation"},
    {16, "1D. What is billed"},
    {25, "1E. Plan changes"},
    {28, "1F. Status values and display"},
    {37, "1G. Assignment, propagation, identity"},
    {47, "1H. Credits and overage"},
    {52, "1I. Closing AWS accounts"},
    {58, "1J. Identity Center mechanics"},
};

static const char HEAD[] =
    "# The rulebook\n"
    "\n"
    "Printed by `kiro-check rules --page`; a test holds this file against what the program says.\n"
    "\n"
    "What ends a Kiro seat that a company pays for through IAM Identity Center, what is charged\n"
    "and where it shows: rules that the sources state, then edge cases that they leave open. What\n"
    "stands behind single rules, and why an edge case is read as it is, is in\n"
    "[reasons.md](reasons.md).\n"
    "\n"
    "## 0. How to read this page\n"
    "\n"
    "A rule is known by its number and its id. Each has four levels, one for each axis that the\n"
    "sources move separately: **status** (Pending, Active, Canceled), **access** (may the seat be\n"
    "used), **charge** (which month's bill) and **listing** (where it is shown). One level stands\n"
    "for all four where they agree. Of the six automatic triggers the vendor states the status\n"
    "alone: the other axes are carried over from what is written about unsubscribing.\n"
    "\n"
    "| level | meaning |\n"
    "|---|---|\n"
    "| documented | a page of the vendor's says so |\n"
    "| documented-but-contradicted | a page of the vendor's says so, another page or edition "
    "says otherwise (2B) |\n"
    "| reported | users, public programs or third parties say so, no page of the vendor's |\n"
    "| inferred | our reading: no source states it |\n"
    "\n"
    "A month is a calendar month in UTC, from the 1st 00:00:00Z up to the next 1st. \"Parameter\"\n"
    "names what chooses another reading: `kiro-check run --edition`, a scenario's `edition`, or\n"
    "`PUT /_mock/edition`.\n"
    "\n";

static const char PLANS_HEAD[] =
    "## 5. Plans\n"
    "\n"
    "### 5A. Prices and credits\n"
    "\n"
    "USD per user and month, before tax, by the month only (S4, S9; credits S2, S3). Overage is\n"
    "off unless an administrator turns it on (rules 49, 50), and costs 0.04 USD a credit. The\n"
    "smallest metered unit is 0.01 credit (S4, S8). Pro, Pro+ and Power since November 2025, Pro\n"
    "Max since the middle of June 2026 (S11). Free (50 credits) is for individuals.\n"
    "\n";

/* A cell of a table: a bar would end it. */
static void put_cell(const char *text, FILE *out)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '|')
            fputc('\\', out);
        fputc(*at, out);
    }
}

static void put_levels(const enum level level[AXIS_COUNT], FILE *out)
{
    bool mixed = false;
    for (enum axis axis = AXIS_STATUS; axis < AXIS_COUNT; axis++)
        mixed |= level[axis] != level[AXIS_STATUS];
    if (!mixed)
        fputs(level_name(level[AXIS_STATUS]), out);
    for (enum axis axis = AXIS_STATUS; mixed && axis < AXIS_COUNT; axis++)
        fprintf(out, "%s%s %s", axis == AXIS_STATUS ? "" : ", ", axis_name(axis),
                level_name(level[axis]));
}

/* The parameters that choose another reading of a rule. */
static void put_parameters_of(const char *rule, FILE *out)
{
    bool any = false;
    for (int i = 0; i < PARAMETER_COUNT; i++) {
        const struct parameter_facts *facts = parameter_facts((enum parameter)i);
        if (strcmp(facts->about, rule) != 0)
            continue;
        fprintf(out, "%s`%s`", any ? ", " : "", facts->name);
        any = true;
    }
}

static void put_rule(const struct rule *rule, FILE *out)
{
    if (rule->number > 0)
        fprintf(out, "| %d | `%s` | ", rule->number, rule->id);
    else
        fprintf(out, "| %s | ", rule->id);
    put_cell(rule->trigger, out);
    fputs(" | ", out);
    put_cell(rule->outcome, out);
    fputs(" | ", out);
    put_levels(rule->level, out);
    fprintf(out, " | %s | ", strcmp(rule->source, "-") == 0 ? "–" : rule->source);
    put_parameters_of(rule->id, out);
    fputs(" |\n", out);
}

static void put_sources(FILE *out)
{
    fputs("### Sources\n\n| code | what | date |\n|---|---|---|\n", out);
    for (size_t i = 0; source_at(i) != NULL; i++) {
        const struct source *source = source_at(i);
        fprintf(out, "| %s | ", source->code);
        put_cell(source->title, out);
        fprintf(out, " | %s |\n", source->date);
    }
    fputs("\n\"rule 2\" or \"E2\" as a source: it follows from that one. \"–\": from nothing that "
          "is\n"
          "written. \"silent\": the edition's texts do not speak of it.\n\n",
          out);
}

static void put_rules(FILE *out)
{
    size_t group = 0;
    fputs("## 1. Rules\n", out);
    for (size_t i = 0; rule_at(i) != NULL && rule_at(i)->number > 0; i++) {
        if (group < sizeof GROUPS / sizeof *GROUPS && rule_at(i)->number == GROUPS[group].first)
            fprintf(out,
                    "\n### %s\n\n| # | id | when | then | level | source | parameter |\n"
                    "|---|---|---|---|---|---|---|\n",
                    GROUPS[group++].title);
        put_rule(rule_at(i), out);
    }
    fputc('\n', out);
}

static void put_edge_cases(FILE *out)
{
    fputs("## 3. Edge cases\n\nReadings: no source decides them.\n\n"
          "| id | when | then | level | follows from | parameter |\n|---|---|---|---|---|---|\n",
          out);
    for (size_t i = 0; rule_at(i) != NULL; i++)
        if (rule_at(i)->number == 0)
            put_rule(rule_at(i), out);
    fputc('\n', out);
}

static void put_editions(FILE *out)
{
    fputs("## 2. Editions and contradictions\n\nAn edition is what the documents said at a time, "
          "or what they say of a sister product.\nWhere one is silent it has the reading of its "
          "closest dated neighbour.\n\n### 2A. Editions\n\n"
          "| edition | source | other than the default |\n|---|---|---|\n",
          out);
    for (size_t i = 0; edition_at(i) != NULL; i++) {
        const struct edition *edition = edition_at(i);
        const char *separator = "";
        fprintf(out, "| `%s` | %s | %s", edition->name, edition->source,
                i == 0 ? "the default" : "");
        for (int parameter = 0; parameter < PARAMETER_COUNT; parameter++) {
            const struct parameter_facts *facts = parameter_facts((enum parameter)parameter);
            int value = edition->values[parameter];
            if (value == 0)
                continue;
            fprintf(out, "%s`%s` %s", separator, facts->name, facts->values[value]);
            separator = ", ";
        }
        fputs(" |\n", out);
    }
    fputc('\n', out);
}

static void put_contradictions(FILE *out)
{
    fputs("### 2B. Contradictions\n\n| id | one side | the other | held to be so | parameter |\n"
          "|---|---|---|---|---|\n",
          out);
    for (size_t i = 0; contradiction_at(i) != NULL; i++) {
        const struct contradiction *row = contradiction_at(i);
        fprintf(out, "| `%s` | ", row->id);
        put_cell(row->one, out);
        fputs(" | ", out);
        put_cell(row->other, out);
        fputs(" | ", out);
        put_cell(row->reading, out);
        if (row->parameter == NULL)
            fputs(" | |\n", out);
        else
            fprintf(out, " | `%s` |\n", row->parameter);
    }
    fputc('\n', out);
}

static void put_readings(FILE *out)
{
    fputs("### 2C. What an edition says of a rule otherwise, or with another right\n\n"
          "| edition | rule | then | level | source |\n|---|---|---|---|---|\n",
          out);
    for (size_t i = 0; edition_at(i) != NULL; i++) {
        for (size_t j = 0; rule_at(j) != NULL; j++) {
            struct rule_reading reading;
            rule_in_edition(rule_at(j), edition_at(i), &reading);
            if (!reading.own)
                continue;
            fprintf(out, "| `%s` | `%s` | ", edition_at(i)->name, rule_at(j)->id);
            put_cell(strcmp(reading.outcome, rule_at(j)->outcome) == 0 ? "as in the default"
                                                                       : reading.outcome,
                     out);
            fputs(" | ", out);
            put_levels(reading.level, out);
            fprintf(out, " | %s |\n", reading.source);
        }
    }
    fputc('\n', out);
}

static void put_parameters(FILE *out)
{
    fputs("### 2D. Parameters\n\nThe first value is the default's.\n\n"
          "| parameter | values | about |\n|---|---|---|\n",
          out);
    for (int i = 0; i < PARAMETER_COUNT; i++) {
        const struct parameter_facts *facts = parameter_facts((enum parameter)i);
        fprintf(out, "| `%s` | ", facts->name);
        for (size_t value = 0; facts->values[value] != NULL; value++)
            fprintf(out, "%s%s", value == 0 ? "" : ", ", facts->values[value]);
        fprintf(out, " | `%s` |\n", facts->about);
    }
    fputc('\n', out);
}

static void put_delays(FILE *out)
{
    const struct timing *documented = timing_find("documented");
    fputs("### 2E. Delays\n\nNone under the timing `instant`. Under `documented` it is the far end "
          "of the window\nthat a source names, or a guess (kiro-wire 12, rule 45). Each can be set "
          "like a parameter:\na duration, a window out of which the seed draws, or `" LAG_BY_HAND
          "`.\n\n| delay | documented |\n|---|---|\n",
          out);
    for (int i = 0; i < LAG_COUNT; i++) {
        char lag[LAG_TEXT_BYTES];
        lag_print(documented->lags_s[i], lag);
        fprintf(out, "| `%s` | %s |\n", lag_name((enum lag)i), lag);
    }
    fputc('\n', out);
}

static void put_deviations(const struct json *deviations, FILE *out)
{
    fputs("## 4. Deviations\n\nWays in which the mock breaks a rule on purpose "
          "(`kiro-check mutants`). Those that users\nreported, or that prudence expects, begin "
          "with `dev-`: one user's word each, unless several\nissues are given; individual plans "
          "where the pattern is worth having.\n\n"
          "| deviation | breaks | what happens | edition | reported |\n|---|---|---|---|---|\n",
          out);
    for (const struct json *row = json_first(deviations); row != NULL; row = json_next(row)) {
        const char *edition = json_member_text(row, "edition");
        const char *issue = json_member_text(row, "issue");
        bool is_default = edition == NULL || strcmp(edition, EDITION_DEFAULT) == 0;
        fprintf(out, "| `%s` | `%s` | ", json_member_text(row, "name"),
                json_member_text(row, "rule"));
        put_cell(json_member_text(row, "summary"), out);
        fprintf(out, " | %s | %s |\n", is_default ? "" : edition, issue == NULL ? "" : issue);
    }
    fputc('\n', out);
}

static void put_plans(FILE *out)
{
    fputs(PLANS_HEAD, out);
    fputs("| plan | price | credits |\n|---|---|---|\n", out);
    for (enum plan plan = PLAN_PRO; plan < PLAN_COUNT; plan++) {
        const struct plan_facts *facts = plan_facts(plan);
        fprintf(out, "| %s | %" PRId64 ".%02" PRId64 " | %" PRId64 " |\n", facts->title,
                facts->price_cents / 100, facts->price_cents % 100,
                facts->credits_hundredths / 100);
    }
    fputs("\n### 5B. Names\n\nOn the seat API (P1); in bills and reports: kiro-outputs 4.\n\n"
          "| plan | here | asked for | answered |\n|---|---|---|---|\n",
          out);
    for (enum plan plan = PLAN_PRO; plan < PLAN_COUNT; plan++) {
        const struct plan_facts *facts = plan_facts(plan);
        fprintf(out, "| %s | `%s` | `%s` | `%s`", facts->title, facts->name, facts->requested,
                facts->returned);
        if (facts->returned_also != NULL)
            fprintf(out, " or `%s`", facts->returned_also);
        fputs(" |\n", out);
    }
}

/* Every row has what the page needs. */
static bool are_deviations(const struct json *deviations)
{
    for (const struct json *row = json_first(deviations); row != NULL; row = json_next(row)) {
        if (json_member_text(row, "name") == NULL || json_member_text(row, "rule") == NULL ||
            json_member_text(row, "summary") == NULL)
            return false;
    }
    return json_first(deviations) != NULL;
}

bool rules_page_print(struct aws *aws, FILE *out)
{
    struct aws_answer answer;
    bool answered = aws_control(aws, "GET", "/_mock/deviations", NULL, &answer);
    const struct json *deviations = json_member(answer.body, "deviations");
    if (answered && !are_deviations(deviations))
        answered = aws_problem_set(aws, "/_mock/deviations: no list of deviations");
    if (answered) {
        fputs(HEAD, out);
        put_sources(out);
        put_rules(out);
        put_editions(out);
        put_contradictions(out);
        put_readings(out);
        put_parameters(out);
        put_delays(out);
        put_edge_cases(out);
        put_deviations(deviations, out);
        put_plans(out);
    }
    aws_answer_clear(&answer);
    return answered;
}
