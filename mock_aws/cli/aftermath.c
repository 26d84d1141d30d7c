/* SPDX-License-Identifier: MIT */
/*
 * Seats before and after; see aftermath.h. Reads the same control calls that everybody else can
 * make.
 */
#include "cli/aftermath.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/times.h"

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

static char *seat_key(const struct json *row)
{
    return mem_format("%s %s", json_member_text(row, "user_id"),
                      json_member_text(row, "profile_arn"));
}

static struct aftermath_seats seats_now(struct mock_aws *mock)
{
    struct json *answer = call(mock, "/_mock/subscriptions");
    struct aftermath_seats seats = {.list = json_copy(json_member(answer, "subscriptions"))};
    seats.rows = mem_new((json_count(seats.list) + 1) * sizeof *seats.rows);
    json_free(answer);
    size_t count = 0;
    for (const struct json *row = json_first(seats.list); row != NULL; row = json_next(row)) {
        char *key = seat_key(row);
        seats.rows[count] = row;
        map_add(&seats.by_seat, key, count++);
        free(key);
    }
    return seats;
}

static void seats_free(struct aftermath_seats *seats)
{
    json_free(seats->list);
    free(seats->rows);
    map_clear(&seats->by_seat);
}

static const struct json *row_of(const struct aftermath_seats *seats, const struct json *wanted)
{
    char *key = seat_key(wanted);
    size_t at = map_get(&seats->by_seat, key);
    free(key);
    return at == MAP_NOTHING ? NULL : seats->rows[at];
}

struct aftermath *aftermath_begin(struct mock_aws *mock, const struct company *company)
{
    struct aftermath *aftermath = mem_new(sizeof *aftermath);
    aftermath->mock = mock;
    aftermath->company = company;
    aftermath->before = seats_now(mock);
    aftermath->ended = json_new_array();
    aftermath->begun = json_new_array();
    aftermath->changed = json_new_array();
    aftermath->problems = json_new_array();
    aftermath->notes = json_new_array();
    aftermath->refused = json_new_array();
    aftermath->unoffered = json_new_object();
    aftermath->unread = json_new_array();
    return aftermath;
}

static bool same_text(const struct json *left, const struct json *right, const char *member)
{
    const char *a = json_member_text(left, member);
    const char *b = json_member_text(right, member);
    return (a == NULL) == (b == NULL) && (a == NULL || strcmp(a, b) == 0);
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

static void compare(struct aftermath *aftermath, const struct aftermath_seats *after)
{
    for (const struct json *row = json_first(after->list); row != NULL; row = json_next(row)) {
        const struct json *before = row_of(&aftermath->before, row);
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

/* Of a call that leads to none of the mock's operations the journal knows no service. */
static void count_unoffered(struct aftermath *aftermath, const struct json *request)
{
    const char *service = json_member_text(request, "service");
    const char *host = json_member_text(request, "host");
    if (service == NULL || strcmp(service, "none") != 0)
        return;
    bool direct = host == NULL || strncmp(host, "127.0.0.1", strlen("127.0.0.1")) == 0;
    char *name = mem_format("%s%s%s", json_member_text(request, "operation"), direct ? "" : " at ",
                            direct ? "" : host);
    json_put_integer(aftermath->unoffered, name,
                     1 + json_integer(json_member(aftermath->unoffered, name)));
    free(name);
}

/* Everything was asked by the command: the world was loaded by no request. */
static void look_at_requests(struct aftermath *aftermath)
{
    struct json *answer = call(aftermath->mock, "/_mock/requests?limit=10000");
    const struct json *at = json_first(json_member(answer, "requests"));
    for (; at != NULL; at = json_next(at)) {
        aftermath->calls++;
        count_unoffered(aftermath, at);
        if (json_integer(json_member(at, "status")) >= 400)
            json_push(aftermath->refused, json_copy(at));
        if (json_count(json_member(at, "unread")) > 0)
            json_push(aftermath->unread, json_copy(at));
    }
    aftermath->calls += json_integer(json_member(answer, "dropped"));
    json_free(answer);
}

const char *aftermath_name(const struct json *row)
{
    const char *before = json_member_text(row, "user_before");
    return before != NULL ? before : json_member_text(row, "user");
}

static bool holds_id(const struct map *ids, const struct json *row)
{
    return map_get(ids, json_member_text(row, "user_id")) != MAP_NOTHING;
}

/* `named` is a row that has the user's name. */
static void complain(struct aftermath *aftermath, const struct json *named, const char *what)
{
    char *line = mem_format("%s %s", aftermath_name(named), what);
    json_push(aftermath->problems, json_new_text(line));
    free(line);
}

/* Who lost something: a seat, or part of its plan. */
static void check_losses(struct aftermath *aftermath, const struct json *rows, bool ended,
                         const struct wishes *wishes)
{
    for (const struct json *row = json_first(rows); row != NULL; row = json_next(row)) {
        if (holds_id(&wishes->protects, row))
            complain(aftermath, row,
                     ended ? "is protected and lost a seat" : "is protected and the seat changed");
        else if (wishes->expects && !holds_id(&wishes->expected, row))
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
        const struct json *before = row_of(&aftermath->before, row);
        if (!lives(row) || !holds_id(&wishes->expected, row) || before == NULL)
            continue;
        struct text what = {0};
        text_addf(&what, "should have lost the seat on %s and still has it (%s, %s)",
                  company_profile(aftermath->company, json_member_text(row, "profile_arn")),
                  json_member_text(row, "status"), json_member_text(row, "plan"));
        const struct json *source = json_first(json_member(row, "sources"));
        for (const char *word = " by"; source != NULL; source = json_next(source), word = ",")
            text_addf(&what, "%s %s", word, json_text(source));
        complain(aftermath, before, text_chars(&what));
        text_clear(&what);
    }
}

/* Who should lose every seat and had none: whatever the command did, it would have looked right. */
static void check_nothing_to_lose(struct aftermath *aftermath, const struct wishes *wishes)
{
    struct map seated = {0};
    const struct json *row = json_first(aftermath->before.list);
    for (; row != NULL; row = json_next(row))
        if (lives(row))
            map_add(&seated, json_member_text(row, "user_id"), 0);
    for (const struct json *at = json_first(wishes->leavers); at != NULL; at = json_next(at))
        if (map_get(&seated, json_text(at)) == MAP_NOTHING) {
            char *line =
                mem_format("%s had nothing to lose: no seat before the command ran", json_name(at));
            json_push(aftermath->problems, json_new_text(line));
            free(line);
        }
    map_clear(&seated);
}

/* A fault that no call met has tested nothing. */
static void check_faults(struct aftermath *aftermath, bool strict)
{
    struct json *answer = call(aftermath->mock, "/_mock/faults");
    const struct json *at = json_first(json_member(answer, "faults"));
    for (; at != NULL; at = json_next(at)) {
        if (json_integer(json_member(at, "given")) > 0)
            continue;
        int64_t matched = json_integer(json_member(at, "matched"));
        struct text line = {0};
        text_add(&line, "the fault");
        for (const struct json *of = json_first(at); of != NULL; of = json_next(of))
            if (json_text(of) != NULL)
                text_addf(&line, " %s=%s", json_name(of), json_text(of));
        if (matched == 0)
            text_add(&line, " matched no call");
        else
            text_addf(&line, " was never given: %lld call%s matched", (long long)matched,
                      matched == 1 ? "" : "s");
        json_push(strict ? aftermath->problems : aftermath->notes,
                  json_new_text(text_chars(&line)));
        text_clear(&line);
    }
    json_free(answer);
}

void aftermath_end(struct aftermath *aftermath, const struct wishes *wishes, bool strict)
{
    struct aftermath_seats after = seats_now(aftermath->mock);
    compare(aftermath, &after);
    look_at_requests(aftermath);
    add_costs(aftermath);
    int64_t ended = (int64_t)json_count(aftermath->ended);
    check_losses(aftermath, aftermath->ended, true, wishes);
    check_losses(aftermath, aftermath->changed, false, wishes);
    check_forgotten(aftermath, after.list, wishes);
    check_nothing_to_lose(aftermath, wishes);
    if (wishes->max_ended >= 0 && ended > wishes->max_ended) {
        char *line = mem_format("%lld seat%s ended, and at most %ld may", (long long)ended,
                                ended == 1 ? "" : "s", wishes->max_ended);
        json_push(aftermath->problems, json_new_text(line));
        free(line);
    }
    check_faults(aftermath, strict);
    seats_free(&after);
}

bool aftermath_holds(const struct aftermath *aftermath)
{
    return json_count(aftermath->problems) == 0;
}

void aftermath_free(struct aftermath *aftermath)
{
    if (aftermath == NULL)
        return;
    seats_free(&aftermath->before);
    json_free(aftermath->ended);
    json_free(aftermath->begun);
    json_free(aftermath->changed);
    json_free(aftermath->problems);
    json_free(aftermath->notes);
    json_free(aftermath->refused);
    json_free(aftermath->unoffered);
    json_free(aftermath->unread);
    free(aftermath->cost_this_month);
    free(aftermath->cost_next_month);
    free(aftermath);
}
