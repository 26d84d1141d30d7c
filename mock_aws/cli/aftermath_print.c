/* SPDX-License-Identifier: MIT */
/* The aftermath told to people, to programs and to GitHub Actions; see aftermath.h. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/aftermath.h"

enum { LINES_MAX = 10 }; /* of one kind */

static const char *or_dash(const char *text)
{
    return text == NULL ? "-" : text;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void add_more(struct text *out, const char *what, size_t count)
{
    if (count > LINES_MAX)
        text_addf(out, "  %-8s and %zu more\n", what, count - LINES_MAX);
}

static void add_rows(struct text *out, const char *what, const struct json *rows)
{
    size_t count = 0;
    for (const struct json *row = json_first(rows); row != NULL; row = json_next(row))
        if (count++ < LINES_MAX)
            text_addf(out, "  %-8s %-24s %-10s %-9s %s\n", what, or_dash(aftermath_name(row)),
                      or_dash(json_member_text(row, "status")),
                      or_dash(json_member_text(row, "plan")),
                      or_dash(json_member_text(row, "rule")));
    add_more(out, what, count);
}

static void add_texts(struct text *out, const char *what, const struct json *texts)
{
    size_t count = 0;
    for (const struct json *at = json_first(texts); at != NULL; at = json_next(at))
        if (count++ < LINES_MAX)
            text_addf(out, "  %-8s %s\n", what, json_text(at));
    add_more(out, what, count);
}

static void add_request(struct text *out, const char *what, const struct json *request)
{
    const struct json *member = json_first(json_member(request, "unread"));
    text_addf(out, "  %-8s %s", what, or_dash(json_member_text(request, "operation")));
    if (member == NULL)
        text_addf(out, ": %s: %s", or_dash(json_member_text(request, "code")),
                  or_dash(json_member_text(request, "near")));
    for (; member != NULL; member = json_next(member))
        text_addf(out, " %s", json_text(member));
    text_add(out, "\n");
}

static void add_requests(struct text *out, const char *what, const struct json *requests)
{
    size_t count = 0;
    for (const struct json *at = json_first(requests); at != NULL; at = json_next(at))
        if (count++ < LINES_MAX)
            add_request(out, what, at);
    add_more(out, what, count);
}

/* Last, so that whoever reads a log from its end sees what his test has not tested. */
static void add_unoffered(struct text *out, const struct json *unoffered)
{
    size_t count = 0;
    for (const struct json *at = json_first(unoffered); at != NULL; at = json_next(at))
        if (count++ < LINES_MAX)
            text_addf(out, "  not offered by the mock: %s (%lld call%s)\n", json_name(at),
                      (long long)json_integer(at), plural((size_t)json_integer(at)));
    add_more(out, "not offered by the mock:", count);
}

char *aftermath_text(const struct aftermath *aftermath)
{
    struct text out = {0};
    size_t ended = json_count(aftermath->ended);
    text_addf(&out,
              "mock-aws: %zu seat%s ended, %zu begun, %zu changed, %lld stayed as they were\n",
              ended, plural(ended), json_count(aftermath->begun), json_count(aftermath->changed),
              (long long)aftermath->stayed);
    add_rows(&out, "ended", aftermath->ended);
    add_rows(&out, "begun", aftermath->begun);
    add_rows(&out, "changed", aftermath->changed);
    text_addf(&out, "  this month %s USD, next month %s USD as things stand\n",
              or_dash(aftermath->cost_this_month), or_dash(aftermath->cost_next_month));
    text_addf(&out, "  %lld call%s, %zu of them refused\n", (long long)aftermath->calls,
              plural((size_t)aftermath->calls), json_count(aftermath->refused));
    add_requests(&out, "refused", aftermath->refused);
    add_requests(&out, "unread", aftermath->unread);
    add_texts(&out, "note", aftermath->notes);
    add_texts(&out, "FAILED", aftermath->problems);
    add_unoffered(&out, aftermath->unoffered);
    return text_take(&out);
}

char *aftermath_json(const struct aftermath *aftermath)
{
    struct json *out = json_new_object();
    json_put(out, "ended", json_copy(aftermath->ended));
    json_put(out, "begun", json_copy(aftermath->begun));
    json_put(out, "changed", json_copy(aftermath->changed));
    json_put_integer(out, "stayed", aftermath->stayed);
    json_put_integer(out, "calls", aftermath->calls);
    json_put(out, "refused", json_copy(aftermath->refused));
    json_put(out, "unoffered", json_copy(aftermath->unoffered));
    json_put(out, "unread", json_copy(aftermath->unread));
    json_put_text(out, "cost_this_month", aftermath->cost_this_month);
    json_put_text(out, "cost_next_month", aftermath->cost_next_month);
    json_put(out, "notes", json_copy(aftermath->notes));
    json_put(out, "problems", json_copy(aftermath->problems));
    char *printed = json_print_pretty(out);
    json_free(out);
    return printed;
}

static void add_annotations(struct text *out, const char *level, const struct json *texts)
{
    size_t count = 0;
    for (const struct json *at = json_first(texts); at != NULL; at = json_next(at)) {
        if (count++ >= LINES_MAX)
            continue;
        text_addf(out, "::%s title=mock-aws exec::", level);
        for (const char *c = json_text(at); *c != '\0'; c++)
            text_addf(out, strchr("%\r\n", *c) != NULL ? "%%%02X" : "%c", (unsigned char)*c);
        text_add(out, "\n");
    }
}

char *aftermath_annotations(const struct aftermath *aftermath)
{
    struct text out = {0};
    add_annotations(&out, "error", aftermath->problems);
    add_annotations(&out, "warning", aftermath->notes);
    return text_take(&out);
}

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

static void add_table_rows(struct text *table, const char *what, const struct json *texts)
{
    for (const struct json *at = json_first(texts); at != NULL; at = json_next(at)) {
        text_addf(table, "| %s | ", what);
        add_cell(table, json_text(at));
        text_add(table, " |\n");
    }
}

char *aftermath_summary(const struct aftermath *aftermath)
{
    struct text out = {0};
    text_add(&out, "### mock-aws exec\n\n| | |\n|---|---|\n");
    text_addf(&out, "| seats | %zu ended, %zu begun, %zu changed, %lld stayed |\n",
              json_count(aftermath->ended), json_count(aftermath->begun),
              json_count(aftermath->changed), (long long)aftermath->stayed);
    text_addf(&out, "| cost | this month %s USD, next month %s USD |\n",
              or_dash(aftermath->cost_this_month), or_dash(aftermath->cost_next_month));
    text_addf(&out, "| calls | %lld, %zu refused |\n", (long long)aftermath->calls,
              json_count(aftermath->refused));
    add_table_rows(&out, "**failed**", aftermath->problems);
    add_table_rows(&out, "note", aftermath->notes);
    text_add(&out, "\n");
    return text_take(&out);
}
