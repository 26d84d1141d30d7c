/* SPDX-License-Identifier: MIT */
/*
 * JUnit's XML, as CI systems read it: a testsuite per run, a testcase per check. What is undecided
 * is told as skipped, for JUnit knows no third outcome.
 */
#include "report/format.h"

#include <string.h>

/* U+FFFE and U+FFFF have no place in XML, and neither have most control characters. */
static bool is_forbidden(const char *c)
{
    unsigned char first = (unsigned char)*c;
    return (first < ' ' && first != '\t' && first != '\n' && first != '\r') ||
           strncmp(c, "\xEF\xBF\xBE", 3) == 0 || strncmp(c, "\xEF\xBF\xBF", 3) == 0;
}

/* Fit for a quoted attribute as well as between tags. */
static void add_escaped(struct text *xml, const char *chars)
{
    for (const char *c = chars; *c != '\0'; c++) {
        if (is_forbidden(c)) {
            text_add(xml, "?");
            c += (unsigned char)*c < ' ' ? 0 : 2;
        } else if (strchr("&<>\"'\t\n\r", *c) != NULL) {
            text_addf(xml, "&#%d;", *c);
        } else {
            text_add_bytes(xml, c, 1);
        }
    }
}

static void add_attribute(struct text *xml, const char *name, const char *value)
{
    text_addf(xml, " %s=\"", name);
    add_escaped(xml, value);
    text_add(xml, "\"");
}

/* What went wrong where, by which rule, and how to see it again. */
static void add_failure_text(const struct report_entry *entry, size_t step,
                             const struct verdict *verdict, struct text *xml)
{
    const struct scenario *scenario = entry->variant->scenario;
    struct json_position position = scenario_step_position(scenario, step, verdict->stated);
    struct text text = {0};
    text_addf(&text, "%s:%u:%u: ", scenario->file, position.line, position.column);
    format_finding(entry, step, verdict, &text);
    text_add(&text, "\n");
    format_expectation(verdict, &text);
    text_add(&text, "\nreplay: ");
    format_replay(entry, &text);
    text_add(&text, "\n");
    add_escaped(xml, text_chars(&text));
    text_clear(&text);
}

static void add_outcome(const struct report_entry *entry, size_t step,
                        const struct verdict *verdict, struct text *xml)
{
    bool broken = verdict->kind == VERDICT_BROKEN;
    struct text message = {0};
    if (verdict->kind == VERDICT_SKIPPED)
        text_add(&message, "stated for another edition or timing");
    else
        text_addf(&message, "%s%s, expected %s", broken ? "" : "undecided: ", verdict->seen,
                  verdict->expected);
    text_addf(xml, ">\n      <%s", broken ? "failure" : "skipped");
    if (broken)
        add_attribute(xml, "type", verdict->rule);
    add_attribute(xml, "message", text_chars(&message));
    if (broken) {
        text_add(xml, ">");
        add_failure_text(entry, step, verdict, xml);
        text_add(xml, "</failure>");
    } else {
        text_add(xml, "/>");
    }
    text_add(xml, "\n    </testcase>\n");
    text_clear(&message);
}

static void write_verdict(const struct report_entry *entry, struct draft *draft, size_t step,
                          const struct verdict *verdict)
{
    const struct scenario *scenario = entry->variant->scenario;
    struct text *xml = &draft->deferred;
    struct text name = {0};
    text_addf(&name, "%zu ", step == SIZE_MAX ? 0 : step + 1);
    format_moment(entry, step, &name);
    text_add(&name, ": ");
    format_person(entry, step, verdict, &name);
    text_add(&name, verdict->what);
    text_add(xml, "    <testcase");
    add_attribute(xml, "name", text_chars(&name));
    add_attribute(xml, "classname", entry->variant->label);
    add_attribute(xml, "file", scenario->file);
    text_addf(xml, " line=\"%u\"", scenario_step_position(scenario, step, verdict->stated).line);
    if (verdict->kind == VERDICT_HOLDS)
        text_add(xml, "/>\n");
    else
        add_outcome(entry, step, verdict, xml);
    text_clear(&name);
}

static void write_end(const struct report_entry *entry, struct draft *draft)
{
    const struct run_result *result = &entry->result;
    struct text *xml = &draft->text;
    text_add(xml, "  <testsuite");
    add_attribute(xml, "name", entry->variant->label);
    text_addf(xml,
              " tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\" time=\"%ld.%03ld\"",
              result->checks + result->skipped, result->broken, result->skipped + result->undecided,
              entry->elapsed_ms / 1000, entry->elapsed_ms % 1000);
    text_add(xml, ">\n    <properties>\n      <property name=\"scenario\"");
    add_attribute(xml, "value", scenario_name(entry->variant->scenario));
    if (result->inferred_alone)
        text_add(xml, "/>\n      <property name=\"inferred alone\" value=\"true\"");
    text_add(xml, "/>\n    </properties>\n");
    text_add(xml, text_chars(&draft->deferred));
    text_add(xml, "  </testsuite>\n");
}

static void write_head(struct text *xml, size_t run_count)
{
    (void)run_count;
    text_add(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"kiro-check\">\n");
}

/* The runs that are missing are an error of their own. */
static void write_stop(struct text *xml, const char *problem)
{
    text_add(xml, "  <testsuite name=\"kiro-check\" tests=\"1\" failures=\"0\" errors=\"1\" "
                  "skipped=\"0\">\n    <testcase name=\"the runs ended early\" "
                  "classname=\"kiro-check\">\n      <error");
    add_attribute(xml, "message", problem);
    text_add(xml, "/>\n    </testcase>\n  </testsuite>\n");
}

static void write_foot(struct text *xml, const struct report_options *options,
                       const struct report_totals *totals)
{
    (void)options;
    (void)totals;
    text_add(xml, "</testsuites>\n");
}

const struct format JUNIT_FORMAT = {.head = write_head,
                                    .verdict = write_verdict,
                                    .end = write_end,
                                    .stop = write_stop,
                                    .foot = write_foot};
