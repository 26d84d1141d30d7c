/* SPDX-License-Identifier: MIT */
/*
 * Seats before and after; see aftermath.h. Reads the same control calls that everybody else can
 * make.
 */
#include "cli/aftermath.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/times.h"

struct aftermath {
    struct mock_aws *mock;
    struct json *before; /* the subscriptions as they were */
    struct json *ended;  /* what became of them: rows of /_mock/subscriptions */
    struct json *begun;
    struct json *changed;
    struct json *problems; /* texts: what was not as wished */
    struct json *refused;  /* requests that were refused, as the journal has them */
    struct json *unread;   /* requests that held members which nobody reads */
    int64_t calls;
    int64_t stayed;
    char *cost_this_month;
    char *cost_next_month;
};

static struct json *call(struct mock_aws *mock, const char *path)
{
    int status = 0;
    struct json_error error;
    char *printed = mock_aws_call(mock, "GET", path, NULL, &status);
    struct json_document *document = json_parse(printed, strlen(printed), JSON_STRICT, &error);
    struct json *answer =
        document == NULL ? json_new_object() : json_copy(json_document_root(document));
    json_document_free(document);
    free(printed);
    return answer;
}

static struct json *subscriptions(struct mock_aws *mock)
{
    struct json *answer = call(mock, "/_mock/subscriptions");
    struct json *rows = json_copy(json_member(answer, "subscriptions"));
    json_free(answer);
    return rows;
}

struct aftermath *aftermath_begin(struct mock_aws *mock)
{
    struct aftermath *aftermath = mem_new(sizeof *aftermath);
    aftermath->mock = mock;
    aftermath->before = subscriptions(mock);
    aftermath->ended = json_new_array();
    aftermath->begun = json_new_array();
    aftermath->changed = json_new_array();
    aftermath->problems = json_new_array();
    aftermath->refused = json_new_array();
    aftermath->unread = json_new_array();
    return aftermath;
}

static bool same_text(const struct json *left, const struct json *right, const char *member)
{
    const char *a = json_member_text(left, member);
    const char *b = json_member_text(right, member);
    return (a == NULL) == (b == NULL) && (a == NULL || strcmp(a, b) == 0);
}

static const struct json *row_of(const struct json *rows, const struct json *wanted)
{
    for (const struct json *row = json_first(rows); row != NULL; row = json_next(row))
        if (same_text(row, wanted, "user_id") && same_text(row, wanted, "profile_arn"))
            return row;
    return NULL;
}

static bool lives(const struct json *row)
{
    const char *status = json_member_text(row, "status");
    return status != NULL && strcmp(status, "CANCELED") != 0 &&
           strcmp(status, "PENDING_REMOVAL") != 0;
}

/* A deleted user has no name any more: the one that he had. */
static void keep(struct json *list, const struct json *row, const struct json *before)
{
    struct json *copy = json_push(list, json_copy(row));
    if (before != NULL)
        json_put_text(copy, "user_before", json_member_text(before, "user"));
}

static void compare(struct aftermath *aftermath, const struct json *after)
{
    for (const struct json *row = json_first(after); row != NULL; row = json_next(row)) {
        const struct json *before = row_of(aftermath->before, row);
        bool lived = before != NULL && lives(before);
        if (lived && !lives(row))
            keep(aftermath->ended, row, before);
        else if (!lived && lives(row))
            keep(aftermath->begun, row, before);
        else if (lived && (!same_text(row, before, "status") || !same_text(row, before, "plan") ||
                           !same_text(row, before, "next_plan")))
            keep(aftermath->changed, row, before);
        else if (lived)
            aftermath->stayed++;
    }
}

static char *total_of(struct mock_aws *mock, const char *month)
{
    char *path = mem_format("/_mock/bill?month=%s", month);
    struct json *bill = call(mock, path);
    char *total = mem_text(json_member_text(bill, "total"));
    json_free(bill);
    free(path);
    return total;
}

static void add_costs(struct aftermath *aftermath)
{
    int64_t now_s = 0;
    char month[MONTH_TEXT_BYTES];
    struct json *clock = call(aftermath->mock, "/_mock/clock");
    const char *now = json_member_text(clock, "now");
    if (now != NULL && time_parse(now, &now_s)) {
        month_print(month_of(now_s), month);
        aftermath->cost_this_month = total_of(aftermath->mock, month);
        month_print(month_next(now_s), month);
        aftermath->cost_next_month = total_of(aftermath->mock, month);
    }
    json_free(clock);
}

/* Everything was asked by the command: the world was loaded by no request. */
static void look_at_requests(struct aftermath *aftermath)
{
    struct json *answer = call(aftermath->mock, "/_mock/requests?limit=10000");
    const struct json *at = json_first(json_member(answer, "requests"));
    for (; at != NULL; at = json_next(at)) {
        aftermath->calls++;
        if (json_integer(json_member(at, "status")) >= 400)
            json_push(aftermath->refused, json_copy(at));
        if (json_count(json_member(at, "unread")) > 0)
            json_push(aftermath->unread, json_copy(at));
    }
    aftermath->calls += json_integer(json_member(answer, "dropped"));
    json_free(answer);
}

static const char *name_of(const struct json *row)
{
    const char *before = json_member_text(row, "user_before");
    return before != NULL ? before : json_member_text(row, "user");
}

/*
 * The name on the line at `*at`, whose length goes to `out_bytes`; NULL at the end. Lines without
 * one are passed over.
 */
static const char *next_name(const char **at, size_t *out_bytes)
{
    while (**at != '\0') {
        const char *line = *at;
        size_t blanks = strspn(line, " \t");
        size_t bytes = strcspn(line, "\r\n");
        *out_bytes = strcspn(line + blanks, " \t#\r\n");
        *at += bytes + strspn(line + bytes, "\r\n");
        if (*out_bytes > 0)
            return line + blanks;
    }
    return NULL;
}

/* Is `name` a line of the text? None is in NULL. */
static bool lists(const char *text, const char *name)
{
    size_t bytes = 0;
    for (const char *at = text == NULL ? "" : text, *word; (word = next_name(&at, &bytes)) != NULL;)
        if (bytes == strlen(name) && strncmp(word, name, bytes) == 0)
            return true;
    return false;
}

char *wishes_unknown(const struct wishes *wishes, const char *names)
{
    struct json_error error;
    struct json_document *document = json_parse(names, strlen(names), JSON_STRICT, &error);
    const struct json *users =
        document == NULL ? NULL : json_member(json_document_root(document), "users");
    char *unknown = NULL;
    size_t bytes = 0;
    for (const char *const *name = wishes->protect; unknown == NULL && *name != NULL; name++)
        unknown = json_member(users, *name) == NULL ? mem_text(*name) : NULL;
    const char *at = wishes->expected == NULL ? "" : wishes->expected;
    for (const char *word; unknown == NULL && (word = next_name(&at, &bytes)) != NULL;) {
        char *name = mem_format("%.*s", (int)bytes, word);
        if (json_member(users, name) == NULL)
            unknown = mem_text(name);
        free(name);
    }
    json_document_free(document);
    return unknown;
}

static void complain(struct aftermath *aftermath, const struct json *row, const char *what)
{
    struct text line = {0};
    text_addf(&line, "%s %s", name_of(row), what);
    json_push(aftermath->problems, json_new_text(text_chars(&line)));
    text_clear(&line);
}

/* Who lost something: a seat, or part of its plan. */
static void check_losses(struct aftermath *aftermath, const struct json *rows, bool ended,
                         const struct wishes *wishes)
{
    for (const struct json *row = json_first(rows); row != NULL; row = json_next(row)) {
        bool is_protected = false;
        for (const char *const *name = wishes->protect; name != NULL && *name != NULL; name++)
            is_protected = is_protected || strcmp(*name, name_of(row)) == 0;
        if (is_protected)
            complain(aftermath, row,
                     ended ? "is protected and lost a seat" : "is protected and the seat changed");
        else if (wishes->expected != NULL && !lists(wishes->expected, name_of(row)))
            complain(aftermath, row,
                     ended ? "lost a seat and is on no list"
                           : "is on no list and the seat changed");
    }
}

/* Who should have lost every seat and still has one. */
static void check_forgotten(struct aftermath *aftermath, const struct json *after,
                            const struct wishes *wishes)
{
    for (const struct json *row = json_first(after); row != NULL; row = json_next(row)) {
        const struct json *before = row_of(aftermath->before, row);
        const char *name = before == NULL ? NULL : json_member_text(before, "user");
        if (name == NULL || !lives(row) || !lists(wishes->expected, name))
            continue;
        struct text what = {0};
        text_addf(&what, "should have lost the seat on %s and still has it (%s, %s)",
                  json_member_text(row, "profile_arn"), json_member_text(row, "status"),
                  json_member_text(row, "plan"));
        const struct json *source = json_first(json_member(row, "sources"));
        for (const char *word = " by"; source != NULL; source = json_next(source), word = ",")
            text_addf(&what, "%s %s", word, json_text(source));
        complain(aftermath, row, text_chars(&what));
        text_clear(&what);
    }
}

void aftermath_end(struct aftermath *aftermath, const struct wishes *wishes)
{
    struct json *after = subscriptions(aftermath->mock);
    int64_t ended;
    compare(aftermath, after);
    look_at_requests(aftermath);
    add_costs(aftermath);
    ended = (int64_t)json_count(aftermath->ended);
    check_losses(aftermath, aftermath->ended, true, wishes);
    check_losses(aftermath, aftermath->changed, false, wishes);
    check_forgotten(aftermath, after, wishes);
    if (wishes->max_ended >= 0 && ended > wishes->max_ended) {
        struct text line = {0};
        text_addf(&line, "%lld seats ended, and at most %ld may", (long long)ended,
                  wishes->max_ended);
        json_push(aftermath->problems, json_new_text(text_chars(&line)));
        text_clear(&line);
    }
    json_free(after);
}

bool aftermath_holds(const struct aftermath *aftermath)
{
    return json_count(aftermath->problems) == 0;
}

static const char *or_dash(const char *text)
{
    return text == NULL ? "-" : text;
}

static void add_rows(struct text *out, const char *what, const struct json *rows)
{
    for (const struct json *row = json_first(rows); row != NULL; row = json_next(row))
        text_addf(out, "  %-8s %-24s %-10s %-9s %s\n", what, or_dash(name_of(row)),
                  or_dash(json_member_text(row, "status")), or_dash(json_member_text(row, "plan")),
                  or_dash(json_member_text(row, "rule")));
}

static void add_requests(struct text *out, const char *what, const struct json *requests)
{
    for (const struct json *at = json_first(requests); at != NULL; at = json_next(at)) {
        const struct json *unread = json_member(at, "unread");
        text_addf(out, "  %-8s %s", what, or_dash(json_member_text(at, "operation")));
        if (json_count(unread) == 0)
            text_addf(out, ": %s: %s", or_dash(json_member_text(at, "code")),
                      or_dash(json_member_text(at, "near")));
        for (const struct json *member = json_first(unread); member != NULL;
             member = json_next(member))
            text_addf(out, " %s", json_text(member));
        text_add(out, "\n");
    }
}

char *aftermath_text(const struct aftermath *aftermath)
{
    struct text out = {0};
    text_addf(&out, "mock-aws: %zu seats ended, %zu begun, %zu changed, %lld stayed as they were\n",
              json_count(aftermath->ended), json_count(aftermath->begun),
              json_count(aftermath->changed), (long long)aftermath->stayed);
    add_rows(&out, "ended", aftermath->ended);
    add_rows(&out, "begun", aftermath->begun);
    add_rows(&out, "changed", aftermath->changed);
    text_addf(&out, "  this month %s USD, next month %s USD as things stand\n",
              or_dash(aftermath->cost_this_month), or_dash(aftermath->cost_next_month));
    text_addf(&out, "  %lld calls, %zu of them refused\n", (long long)aftermath->calls,
              json_count(aftermath->refused));
    add_requests(&out, "refused", aftermath->refused);
    add_requests(&out, "unread", aftermath->unread);
    for (const struct json *at = json_first(aftermath->problems); at != NULL; at = json_next(at))
        text_addf(&out, "  FAILED   %s\n", json_text(at));
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
    json_put(out, "unread", json_copy(aftermath->unread));
    json_put_text(out, "cost_this_month", aftermath->cost_this_month);
    json_put_text(out, "cost_next_month", aftermath->cost_next_month);
    json_put(out, "problems", json_copy(aftermath->problems));
    char *printed = json_print_pretty(out);
    json_free(out);
    return printed;
}

void aftermath_free(struct aftermath *aftermath)
{
    if (aftermath == NULL)
        return;
    json_free(aftermath->before);
    json_free(aftermath->ended);
    json_free(aftermath->begun);
    json_free(aftermath->changed);
    json_free(aftermath->problems);
    json_free(aftermath->refused);
    json_free(aftermath->unread);
    free(aftermath->cost_this_month);
    free(aftermath->cost_next_month);
    free(aftermath);
}
