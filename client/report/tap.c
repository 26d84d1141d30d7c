/* SPDX-License-Identifier: MIT */
/*
 * The Test Anything Protocol, version 14: a point per run, with its findings as YAML below it (its
 * texts are quoted as in JSON, which YAML reads).
 */
#include "report/format.h"

#include <stdlib.h>

#include "base/levels.h"

static void add_quoted(struct text *yaml, const char *name, const char *value)
{
    struct json *text = json_new_text(value);
    char *printed = json_print(text);
    text_addf(yaml, "%s: %s\n", name, printed);
    free(printed);
    json_free(text);
}

static void write_verdict(const struct report_entry *entry, struct draft *draft, size_t step,
                          const struct verdict *verdict)
{
    if (verdict->kind == VERDICT_HOLDS || verdict->kind == VERDICT_SKIPPED)
        return;
    const struct scenario *scenario = entry->variant->scenario;
    struct json_position position = scenario_step_position(scenario, step, verdict->stated);
    struct text *yaml = &draft->deferred;
    struct text message = {0};
    format_finding(entry, step, verdict, &message);
    text_add(yaml, "    - ");
    add_quoted(yaml, "message", text_chars(&message));
    add_quoted(yaml, "      verdict", verdict_kind_name(verdict->kind));
    add_quoted(yaml, "      expected", verdict->expected);
    add_quoted(yaml, "      seen", verdict->seen);
    add_quoted(yaml, "      rule", verdict->rule);
    add_quoted(yaml, "      level", level_name(verdict->level));
    add_quoted(yaml, "      source", verdict->source);
    text_addf(yaml, "      line: %u\n      column: %u\n", position.line, position.column);
    text_clear(&message);
}

/* A number sign would begin a directive. */
static void add_description(struct text *tap, const char *label)
{
    for (const char *c = label; *c != '\0'; c++)
        text_addf(tap, *c == '#' || *c == '\\' ? "\\%c" : "%c", *c);
}

static void write_end(const struct report_entry *entry, struct draft *draft)
{
    const struct run_result *result = &entry->result;
    struct text *tap = &draft->text;
    bool ok = result->broken == 0 && result->undecided == 0;
    text_addf(tap, "%s %zu - ", ok ? "ok" : "not ok", entry->number);
    add_description(tap, entry->variant->label);
    if (result->broken == 0 && result->undecided > 0)
        text_add(tap, " # TODO no source decides it");
    else if (ok && result->checks == 0)
        text_add(tap, " # SKIP not of this edition or timing");
    text_add(tap, "\n  ---\n");
    add_quoted(tap, "  scenario", scenario_name(entry->variant->scenario));
    add_quoted(tap, "  file", entry->variant->scenario->file);
    text_addf(tap, "  checks: %zu\n  skipped: %zu\n  duration_ms: %ld\n", result->checks,
              result->skipped, entry->elapsed_ms);
    if (result->inferred_alone)
        text_add(tap, "  inferred_alone: true\n");
    if (!ok) {
        struct text replay = {0};
        format_replay(entry, &replay);
        add_quoted(tap, "  replay", text_chars(&replay));
        text_addf(tap, "  findings:\n%s", text_chars(&draft->deferred));
        text_clear(&replay);
    }
    text_add(tap, "  ...\n");
}

static void write_head(struct text *tap, size_t run_count)
{
    text_addf(tap, "TAP version 14\n1..%zu\n", run_count);
}

static void write_stop(struct text *tap, const char *problem)
{
    text_addf(tap, "Bail out! %s\n", problem);
}

const struct format TAP_FORMAT = {
    .head = write_head, .verdict = write_verdict, .end = write_end, .stop = write_stop};
