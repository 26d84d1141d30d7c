/* SPDX-License-Identifier: MIT */
/*
 * Entries and the report: which format is called when. What the formats say is in the other files
 * of this folder.
 */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/levels.h"
#include "base/mem.h"
#include "report/format.h"

static const struct format *const FORMATS[REPORT_FORMATS] = {[REPORT_PEOPLE] = &PEOPLE_FORMAT,
                                                             [REPORT_JSON] = &JSON_FORMAT,
                                                             [REPORT_JUNIT] = &JUNIT_FORMAT,
                                                             [REPORT_TAP] = &TAP_FORMAT,
                                                             [REPORT_ANNOTATIONS] =
                                                                 &ANNOTATIONS_FORMAT,
                                                             [REPORT_SUMMARY] = &SUMMARY_FORMAT};

struct report_entry *report_entry_new(const struct report_options *options,
                                      const struct variant *variant, size_t number)
{
    struct report_entry *entry = mem_new(sizeof *entry);
    entry->options = options;
    entry->variant = variant;
    entry->number = number;
    return entry;
}

static void on_verdict(void *context, size_t step, const struct verdict *verdict)
{
    struct report_entry *entry = context;
    for (int i = 0; i < REPORT_FORMATS; i++) {
        if (entry->options->to[i] != NULL && FORMATS[i]->verdict != NULL)
            FORMATS[i]->verdict(entry, &entry->drafts[i], step, verdict);
    }
}

static void on_step(void *context, size_t step, const struct oracle *oracle,
                    const struct observation *seen)
{
    struct report_entry *entry = context;
    for (int i = 0; i < REPORT_FORMATS; i++) {
        if (entry->options->to[i] != NULL && FORMATS[i]->step != NULL)
            FORMATS[i]->step(entry, &entry->drafts[i], step, oracle, seen);
    }
}

struct run_listener report_entry_listener(struct report_entry *entry)
{
    return (struct run_listener){.verdict = on_verdict, .step = on_step, .context = entry};
}

void report_entry_end(struct report_entry *entry, const struct run_result *result, long elapsed_ms)
{
    entry->result = *result;
    entry->elapsed_ms = elapsed_ms;
    for (int i = 0; i < REPORT_FORMATS; i++) {
        if (entry->options->to[i] != NULL && FORMATS[i]->end != NULL)
            FORMATS[i]->end(entry, &entry->drafts[i]);
    }
}

const struct run_result *report_entry_result(const struct report_entry *entry)
{
    return &entry->result;
}

void report_entry_free(struct report_entry *entry)
{
    if (entry == NULL)
        return;
    for (int i = 0; i < REPORT_FORMATS; i++) {
        text_clear(&entry->drafts[i].text);
        text_clear(&entry->drafts[i].deferred);
    }
    free(entry);
}

struct report {
    struct report_options options;
    struct report_totals totals;
    const struct scenario *last; /* whose run came last */
};

static void write_text(const struct report *report, int format, struct text *text)
{
    fwrite(text_chars(text), 1, text->bytes, report->options.to[format]);
    text_clear(text);
}

struct report *report_new(const struct report_options *options, size_t run_count)
{
    struct report *report = mem_new(sizeof *report);
    report->options = *options;
    for (int i = 0; i < REPORT_FORMATS; i++) {
        struct text text = {0};
        if (options->to[i] == NULL || FORMATS[i]->head == NULL)
            continue;
        FORMATS[i]->head(&text, run_count);
        write_text(report, i, &text);
    }
    return report;
}

static void count(struct report *report, const struct report_entry *entry)
{
    struct report_totals *totals = &report->totals;
    const struct run_result *result = &entry->result;
    totals->scenarios += report->last != entry->variant->scenario;
    report->last = entry->variant->scenario;
    totals->runs++;
    totals->broken += result->broken > 0;
    totals->undecided += result->broken == 0 && result->undecided > 0;
    totals->skipped += result->checks == 0;
    totals->hold += result->checks > 0 && result->broken + result->undecided == 0;
    totals->inferred_alone +=
        result->checks > 0 && result->inferred_alone && result->broken + result->undecided == 0;
    totals->checks += result->checks;
    totals->checks_broken += result->broken;
    totals->checks_undecided += result->undecided;
    totals->checks_skipped += result->skipped;
}

void report_add(struct report *report, struct report_entry *entry)
{
    count(report, entry);
    for (int i = 0; i < REPORT_FORMATS; i++) {
        if (report->options.to[i] != NULL)
            write_text(report, i, &entry->drafts[i].text);
    }
    report_entry_free(entry);
}

void report_stop(struct report *report, const char *problem)
{
    report->totals.stopped = true;
    for (int i = 0; i < REPORT_FORMATS; i++) {
        struct text text = {0};
        if (report->options.to[i] == NULL || FORMATS[i]->stop == NULL)
            continue;
        FORMATS[i]->stop(&text, problem);
        write_text(report, i, &text);
    }
}

struct report_totals report_end(struct report *report, size_t filtered, long elapsed_ms)
{
    report->totals.filtered = filtered;
    report->totals.elapsed_ms = elapsed_ms;
    for (int i = 0; i < REPORT_FORMATS; i++) {
        struct text text = {0};
        if (report->options.to[i] == NULL || FORMATS[i]->foot == NULL)
            continue;
        FORMATS[i]->foot(&text, &report->options, &report->totals);
        write_text(report, i, &text);
    }
    return report->totals;
}

void report_free(struct report *report)
{
    free(report);
}

void format_moment(const struct report_entry *entry, size_t step, struct text *text)
{
    if (step == SIZE_MAX)
        text_add(text, "the world was loaded");
    else
        step_describe(&entry->variant->scenario->steps[step], text);
}

void format_person(const struct report_entry *entry, size_t step, const struct verdict *verdict,
                   struct text *text)
{
    if (verdict->user == NULL)
        return;
    if (!scenario_step_concerns(entry->variant->scenario, step, verdict->user))
        text_add(text, "bystander ");
    text_add(text, verdict->user);
    if (verdict->profile != NULL)
        text_addf(text, " on %s", verdict->profile);
    text_add(text, ": ");
}

void format_finding(const struct report_entry *entry, size_t step, const struct verdict *verdict,
                    struct text *text)
{
    text_add(text, "after ");
    format_moment(entry, step, text);
    text_add(text, ": ");
    format_person(entry, step, verdict, text);
    text_addf(text, "%s %s", verdict->what, verdict->seen);
}

void format_expectation(const struct verdict *verdict, struct text *text)
{
    text_addf(text, "%sexpected %s%s: rule %s (%s), source %s",
              verdict->kind == VERDICT_UNDECIDED ? "undecided: " : "", verdict->expected,
              verdict->stated != NULL ? ", as the file states" : "", verdict->rule,
              level_name(verdict->level), verdict->source);
}

void format_replay(const struct report_entry *entry, struct text *text)
{
    const char *file = entry->variant->scenario->file;
    text_addf(text, "kiro-check run %s -v%s", file, entry->options->replay_flags);
    if (strlen(entry->variant->label) > strlen(file))
        text_addf(text, " --filter '%s'", entry->variant->label + strlen(file) + 1);
}

const char *format_outcome(const struct run_result *result)
{
    if (result->broken > 0)
        return "BROKEN";
    if (result->checks == 0)
        return "skipped";
    return result->undecided > 0 ? "undecided" : "holds";
}
