/* SPDX-License-Identifier: MIT */
/*
 * What a cost team gets by file: the roster of seats, the bill, a cost and usage report with
 * resource ids, the report per user. Control calls, since AWS delivers these to buckets. Every
 * total is the bill's.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "base/plans.h"
#include "base/statuses.h"
#include "base/text.h"
#include "base/times.h"
#include "services/control/control.h"
#include "services/costs/costs.h"
#include "wire/shapes.h"
#include "world/engine/seat_calendar.h"
#include "world/rows/activity.h"
#include "world/rows/assignments.h"

const struct shape FINOPS_IN[] = {
    {.name = "month"}, {.name = "account", .pattern = &PATTERN_ACCOUNT_ID}, {0}};
static const struct shape ROSTER_SEAT_MEMBERS[] = {{.name = "account", .required = true},
                                                   {.name = "profile_arn", .required = true},
                                                   {.name = "user_id", .required = true},
                                                   {.name = "user", .required = true},
                                                   {.name = "status", .required = true},
                                                   {.name = "plan", .required = true},
                                                   {.name = "plan_in_force", .required = true},
                                                   {.name = "source", .required = true},
                                                   {.name = "created_at", .kind = SHAPE_DOCUMENT},
                                                   {.name = "activated_at", .kind = SHAPE_DOCUMENT},
                                                   {.name = "canceled_at", .kind = SHAPE_DOCUMENT},
                                                   {.name = "charged", .required = true},
                                                   {0}};
static const struct shape ROSTER_SEAT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = ROSTER_SEAT_MEMBERS}};
const struct shape ROSTER_OUT[] = {
    {.name = "month", .required = true},
    {.name = "currency", .required = true},
    {.name = "total", .required = true},
    {.name = "seats", .kind = SHAPE_LIST, .required = true, .members = ROSTER_SEAT},
    {0}};

/* RFC 4180: a field with a comma, a quote or a line's end stands in quotes. */
static void add_field(struct text *csv, const char *field)
{
    if (strpbrk(field, ",\"\r\n") == NULL) {
        text_add(csv, field);
        return;
    }
    text_add(csv, "\"");
    for (const char *at = field; *at != '\0'; at++) {
        if (*at == '"')
            text_add(csv, "\"");
        text_add_bytes(csv, at, 1);
    }
    text_add(csv, "\"");
}

static void add_row(struct text *csv, const char *const *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_add(csv, i == 0 ? "" : ",");
        add_field(csv, fields[i]);
    }
    text_add(csv, "\n");
}

#define ADD_ROW(csv, ...)                                                                          \
    add_row(csv, (const char *const[]){__VA_ARGS__},                                               \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static enum fault answer_csv(struct call *call, struct text *csv, enum fault fault)
{
    if (fault == FAULT_NONE) {
        call->text = text_take(csv);
        call->text_type = "text/csv; charset=utf-8";
    }
    text_clear(csv);
    return fault;
}

/* The month asked for, the current one by default; one that has not begun has no bill yet. */
static enum fault month_asked(struct call *call, int64_t *out_month_s)
{
    const char *month = json_member_text(call->input, "month");
    *out_month_s = month_of(world_of(call)->now_s);
    if (month == NULL || (month_parse(month, out_month_s) && *out_month_s <= world_of(call)->now_s))
        return FAULT_NONE;
    text_copy(call->problem.path, sizeof call->problem.path, "/month");
    return problem_set(&call->problem, FAULT_INVALID,
                       "wrong value of 'month'; expected a month like 2026-04 that has begun");
}

static bool of_account(const struct call *call, const char *account_id)
{
    const char *account = json_member_text(call->input, "account");
    return account == NULL || strcmp(account, account_id) == 0;
}

/* What a pair was charged in the month; also a pair whose seat is gone. */
struct charged {
    char *user_id;
    char *profile_arn;
    char *account_id;
    int64_t cents;
    bool shown;
};

struct roster {
    struct call *call;
    struct json *seats;
    struct charged *pairs;
    size_t count;
    size_t capacity;
    int64_t total_cents;
    enum fault fault;
};

static void see_charge(void *self, const struct bill_line *line)
{
    struct roster *roster = self;
    if (!of_account(roster->call, line->account_id))
        return;
    roster->pairs =
        mem_grow(roster->pairs, roster->count, &roster->capacity, sizeof *roster->pairs);
    roster->pairs[roster->count++] = (struct charged){.user_id = mem_text(line->user_id),
                                                      .profile_arn = mem_text(line->profile_arn),
                                                      .account_id = mem_text(line->account_id),
                                                      .cents = line->amount_cents};
    roster->total_cents += line->amount_cents;
}

static int by_pair(const void *left, const void *right)
{
    const struct charged *a = left;
    const struct charged *b = right;
    int order = strcmp(a->profile_arn, b->profile_arn);
    return order != 0 ? order : strcmp(a->user_id, b->user_id);
}

/* Sort, and add up the lines of one pair. */
static void merge_charges(struct roster *roster)
{
    size_t kept = 0;
    if (roster->count > 0)
        qsort(roster->pairs, roster->count, sizeof *roster->pairs, by_pair);
    for (size_t i = 0; i < roster->count; i++) {
        struct charged *pair = &roster->pairs[i];
        if (kept == 0 || by_pair(&roster->pairs[kept - 1], pair) != 0) {
            roster->pairs[kept++] = *pair;
            continue;
        }
        roster->pairs[kept - 1].cents += pair->cents;
        free(pair->user_id);
        free(pair->profile_arn);
        free(pair->account_id);
    }
    roster->count = kept;
}

struct sources {
    bool direct;
    bool group;
};

static void see_source(void *self, const char *group_name)
{
    struct sources *sources = self;
    if (group_name == NULL)
        sources->direct = true;
    else
        sources->group = true;
}

static void see_seat(void *self, const struct seat *seat)
{
    struct roster *roster = self;
    struct world *world = world_of(roster->call);
    struct charged key = {.user_id = (char *)seat->user_id,
                          .profile_arn = (char *)seat->profile_arn};
    struct charged *pair = roster->count == 0 ? NULL
                                              : bsearch(&key, roster->pairs, roster->count,
                                                        sizeof *roster->pairs, by_pair);
    struct sources sources = {0};
    struct seat_listing listing = seat_listing(world, seat);
    enum fault fault =
        claim_each_source(world, seat->user_id, seat->profile_arn, see_source, &sources);
    if (fault != FAULT_NONE)
        roster->fault = fault;
    if (!of_account(roster->call, seat->account_id) || (pair == NULL && !listing.subscriptions_tab))
        return;
    struct json *out = json_push(roster->seats, json_new_object());
    json_put_text(out, "account", seat->account_id);
    json_put_text(out, "profile_arn", seat->profile_arn);
    json_put_text(out, "user_id", seat->user_id);
    json_put_text(out, "user", listing.by_name ? seat->user_name : seat->user_id);
    json_put_text(out, "status", seat_status_name(seat->status));
    json_put_text(out, "plan", plan_facts(seat->plan)->name);
    json_put_text(out, "plan_in_force", plan_facts(seat->plan_in_force)->name);
    json_put_text(out, "source",
                  sources.direct  ? sources.group ? "user+group" : "user"
                  : sources.group ? "group"
                                  : "none");
    call_put_time(out, "created_at", seat->created_s);
    call_put_time(out, "activated_at", seat->activated_s);
    call_put_time(out, "canceled_at", seat->canceled_s);
    call_put_money(out, "charged", pair == NULL ? 0 : pair->cents);
    if (pair != NULL)
        pair->shown = true;
}

/* Paid for in the month, and no seat of it is left. */
static void put_former(struct json *seats, const struct charged *pair)
{
    struct json *out = json_push(seats, json_new_object());
    json_put_text(out, "account", pair->account_id);
    json_put_text(out, "profile_arn", pair->profile_arn);
    json_put_text(out, "user_id", pair->user_id);
    json_put_text(out, "user", pair->user_id);
    json_put_text(out, "status", seat_status_name(SEAT_NONE));
    json_put_text(out, "plan", plan_facts(PLAN_NONE)->name);
    json_put_text(out, "plan_in_force", plan_facts(PLAN_NONE)->name);
    json_put_text(out, "source", "none");
    call_put_money(out, "charged", pair->cents);
}

enum fault control_get_roster(struct call *call)
{
    int64_t month_s = 0;
    char month[MONTH_TEXT_BYTES];
    bool forecast = false;
    struct roster roster = {.call = call};
    enum fault fault = month_asked(call, &month_s);
    if (fault != FAULT_NONE)
        return fault;
    roster.seats = json_new_array();
    month_print(month_s, month);
    fault = agenda_each_line(world_of(call), month_s, &forecast, see_charge, &roster);
    merge_charges(&roster);
    if (fault == FAULT_NONE)
        fault = seat_each(world_of(call), see_seat, &roster);
    if (fault == FAULT_NONE)
        fault = roster.fault;
    for (size_t i = 0; i < roster.count; i++) {
        if (!roster.pairs[i].shown)
            put_former(roster.seats, &roster.pairs[i]);
        free(roster.pairs[i].user_id);
        free(roster.pairs[i].profile_arn);
        free(roster.pairs[i].account_id);
    }
    free(roster.pairs);
    json_put_text(call->output, "month", month);
    json_put_text(call->output, "currency", "USD");
    call_put_money(call->output, "total", roster.total_cents);
    json_put(call->output, "seats", roster.seats);
    return fault;
}

/*
 * A list of flat objects as CSV: a column per member of `shape`; what is null or absent is empty.
 */
static void objects_csv(struct text *csv, const struct shape *shape, const struct json *rows)
{
    for (const struct shape *member = shape; member->name != NULL; member++) {
        text_add(csv, member == shape ? "" : ",");
        add_field(csv, member->name);
    }
    text_add(csv, "\n");
    for (const struct json *row = json_first(rows); row != NULL; row = json_next(row)) {
        for (const struct shape *member = shape; member->name != NULL; member++) {
            const char *value = json_member_text(row, member->name);
            text_add(csv, member == shape ? "" : ",");
            add_field(csv, value == NULL ? "" : value);
        }
        text_add(csv, "\n");
    }
}

enum fault control_get_roster_csv(struct call *call)
{
    struct text csv = {0};
    enum fault fault = control_get_roster(call);
    if (fault != FAULT_NONE)
        return fault;
    objects_csv(&csv, ROSTER_SEAT_MEMBERS, json_member(call->output, "seats"));
    return answer_csv(call, &csv, FAULT_NONE);
}

enum fault control_get_bill_csv(struct call *call)
{
    static const struct shape COLUMNS[] = {
        {.name = "account"}, {.name = "profile_arn"}, {.name = "user_id"},
        {.name = "plan"},    {.name = "kind"},        {.name = "amount"},
        {.name = "rule"},    {.name = "at"},          {0}};
    struct text csv = {0};
    int64_t month_s = 0;
    enum fault fault = month_asked(call, &month_s);
    if (fault != FAULT_NONE)
        return fault;
    fault = control_put_bill(call, call->output, month_s, json_member_text(call->input, "account"),
                             NULL);
    if (fault != FAULT_NONE)
        return fault;
    objects_csv(&csv, COLUMNS, json_member(call->output, "lines"));
    return answer_csv(call, &csv, FAULT_NONE);
}

struct cost_export {
    struct text csv;
    char period_start[TIME_TEXT_BYTES];
    char period_end[TIME_TEXT_BYTES];
};

static void see_cost(void *self, const struct cost *cost)
{
    struct cost_export *export = self;
    char id[48];
    char start[TIME_TEXT_BYTES];
    char end[TIME_TEXT_BYTES];
    char interval[2 * TIME_TEXT_BYTES];
    char quantity[QUANTITY_BYTES];
    char rate[MONEY_TEXT_BYTES];
    char amount[MONEY_TEXT_BYTES];
    char description[DIMENSION_BYTES + 64];
    const char *usage_type = cost->values[DIMENSION_USAGE_TYPE];
    time_print(cost->day_s, start);
    time_print(cost->day_s + DAY_SECONDS, end);
    snprintf(id, sizeof id, "%.7s-%06" PRId64 "-%.10s", export->period_start, cost->line, start);
    snprintf(interval, sizeof interval, "%s/%s", start, end);
    cost_quantity_print(cost_quantity_e10(cost), quantity);
    money_print(cost->unit_cents, rate);
    money_print(cost->amount_cents, amount);
    snprintf(description, sizeof description, "$%s per unit of %s (%s)", rate, usage_type,
             cost->rule);
    ADD_ROW(&export->csv, id, interval, cost->values[DIMENSION_BILLING_ENTITY], "Anniversary",
            cost->values[DIMENSION_PAYER_ACCOUNT], export->period_start, export->period_end,
            cost->values[DIMENSION_LINKED_ACCOUNT], cost->values[DIMENSION_RECORD_TYPE], start, end,
            cost->values[DIMENSION_SERVICE_CODE], usage_type, cost->values[DIMENSION_OPERATION],
            cost->values[DIMENSION_RESOURCE_ID], quantity, "USD", rate, amount, description,
            cost->values[DIMENSION_REGION]);
}

enum fault control_get_cost_report_csv(struct call *call)
{
    struct cost_export export = {.csv = {0}};
    int64_t month_s = 0;
    enum fault fault = month_asked(call, &month_s);
    if (fault != FAULT_NONE)
        return fault;
    time_print(month_s, export.period_start);
    time_print(month_next(month_s), export.period_end);
    ADD_ROW(&export.csv, "identity_line_item_id", "identity_time_interval", "bill_billing_entity",
            "bill_bill_type", "bill_payer_account_id", "bill_billing_period_start_date",
            "bill_billing_period_end_date", "line_item_usage_account_id",
            "line_item_line_item_type", "line_item_usage_start_date", "line_item_usage_end_date",
            "line_item_product_code", "line_item_usage_type", "line_item_operation",
            "line_item_resource_id", "line_item_usage_amount", "line_item_currency_code",
            "line_item_unblended_rate", "line_item_unblended_cost",
            "line_item_line_item_description", "product_region_code");
    fault = costs_each(world_of(call), month_s, json_member_text(call->input, "account"), see_cost,
                       &export);
    return answer_csv(call, &export.csv, fault);
}

/* Rulebook 5B: the report per user spells plans in capitals. */
static const char *const PLAN_NAMES_IN_REPORT[PLAN_COUNT] = {
    [PLAN_NONE] = "NONE",       [PLAN_PRO] = "PRO",     [PLAN_PRO_PLUS] = "PRO_PLUS",
    [PLAN_PRO_MAX] = "PRO_MAX", [PLAN_POWER] = "POWER",
};

struct report {
    struct call *call;
    struct text csv;
};

static void see_activity(void *self, const struct activity *activity)
{
    struct report *report = self;
    char day[TIME_TEXT_BYTES];
    char uses[32];
    char credits[MONEY_TEXT_BYTES];
    if (!of_account(report->call, activity->account_id))
        return;
    time_print(activity->day_s, day);
    day[10] = '\0';
    snprintf(uses, sizeof uses, "%" PRId64, activity->uses);
    money_print(activity->used_hundredths, credits);
    ADD_ROW(&report->csv, day, activity->user_id, activity->profile_arn,
            PLAN_NAMES_IN_REPORT[activity->plan], uses, credits);
}

enum fault control_get_activity_csv(struct call *call)
{
    struct report report = {.call = call};
    int64_t month_s = 0;
    enum fault fault = month_asked(call, &month_s);
    if (fault != FAULT_NONE)
        return fault;
    ADD_ROW(&report.csv, "Date", "UserId", "ProfileId", "Subscription_Tier", "Total_Messages",
            "Credits_Used");
    fault = activity_each(world_of(call), month_s, month_next(month_s), see_activity, &report);
    return answer_csv(call, &report.csv, fault);
}
