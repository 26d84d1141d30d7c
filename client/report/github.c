/* SPDX-License-Identifier: MIT */
/*
 * For GitHub Actions: workflow commands that show a finding beside its line, and the table of the
 * job's summary page.
 */
#include "report/format.h"

#include <string.h>

/*
 * The characters that a workflow command would take for its own end; in a property, for its next.
 */
static void add_escaped(struct text *command, const char *chars, const char *special)
{
    for (const char *c = chars; *c != '\0'; c++)
        text_addf(command, strchr(special, *c) != NULL ? "%%%02X" : "%c", (unsigned char)*c);
}

#define IN_MESSAGE "%\r\n"
#define IN_PROPERTY "%\r\n:,"

static void annotate(const struct report_entry *entry, struct draft *draft, size_t step,
                     const struct verdict *verdict)
{
    bool is_finding = verdict->kind == VERDICT_BROKEN || verdict->kind == VERDICT_UNDECIDED;
    if (!is_finding || ++draft->findings > FINDINGS_SHOWN)
        return;
    const struct scenario *scenario = entry->variant->scenario;
    struct json_position position = scenario_step_position(scenario, step, verdict->stated);
    struct text message = {0};
    format_finding(entry, step, verdict, &message);
    text_add(&message, "\n");
    format_expectation(verdict, &message);
    text_add(&message, "\nreplay: ");
    format_replay(entry, &message);
    struct text *command = &draft->text;
    text_addf(command, "::%s file=", verdict->kind == VERDICT_BROKEN ? "error" : "warning");
    add_escaped(command, scenario->file, IN_PROPERTY);
    text_addf(command, ",line=%u,col=%u,title=", position.line, position.column);
    add_escaped(command, scenario_name(scenario), IN_PROPERTY);
    text_add(command, "::");
    add_escaped(command, text_chars(&message), IN_MESSAGE);
    text_add(command, "\n");
    text_clear(&message);
}

const struct format ANNOTATIONS_FORMAT = {.verdict = annotate};

/* In a table cell a bar would end the cell, and a line feed the row. */
static void add_cell(struct text *table, const char *chars)
{
    for (const char *c = chars; *c != '\0'; c++) {
        if (strchr("|\\`<*_", *c) != NULL)
            text_addf(table, "\\%c", *c);
        else
            text_addf(table, "%c", *c == '\n' ? ' ' : *c);
    }
}

/* The first finding says the most. */
static void hold_finding(const struct report_entry *entry, struct draft *draft, size_t step,
                         const struct verdict *verdict)
{
    bool is_finding = verdict->kind == VERDICT_BROKEN || verdict->kind == VERDICT_UNDECIDED;
    if (!is_finding || ++draft->findings > 1)
        return;
    format_finding(entry, step, verdict, &draft->deferred);
    text_add(&draft->deferred, ", ");
    format_expectation(verdict, &draft->deferred);
}

/* Runs that hold are many and say nothing. */
static void add_row(const struct report_entry *entry, struct draft *draft)
{
    const struct run_result *result = &entry->result;
    if (result->broken == 0 && result->undecided == 0)
        return;
    text_add(&draft->text, "| ");
    add_cell(&draft->text, entry->variant->label);
    text_addf(&draft->text, " | %s | %zu | ", format_outcome(result), result->checks);
    add_cell(&draft->text, text_chars(&draft->deferred));
    text_add(&draft->text, " |\n");
}

static void head_table(struct text *table, size_t run_count)
{
    (void)run_count;
    text_add(table, "### kiro-check\n\n| run | outcome | checks | first finding |\n"
                    "|---|---|---|---|\n");
}

static void stop_table(struct text *table, const char *problem)
{
    text_add(table, "| the runs ended early | | | ");
    add_cell(table, problem);
    text_add(table, " |\n");
}

static void foot_table(struct text *table, const struct report_options *options,
                       const struct report_totals *totals)
{
    (void)options;
    text_addf(
        table,
        "| **%zu runs of %zu scenarios** | %zu hold, %zu broken, %zu undecided, %zu skipped | "
        "%zu | |\n\n",
        totals->runs, totals->scenarios, totals->hold, totals->broken, totals->undecided,
        totals->skipped, totals->checks);
}

const struct format SUMMARY_FORMAT = {.head = head_table,
                                      .verdict = hold_finding,
                                      .end = add_row,
                                      .stop = stop_table,
                                      .foot = foot_table};
