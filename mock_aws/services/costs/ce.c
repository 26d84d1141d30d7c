/* SPDX-License-Identifier: MIT */
/*
 * ce: Cost Explorer's GetCostAndUsage over the bill of Kiro, the one service that costs something
 * here (rules 23, 24). The forms by resource answer for the last fourteen days only, as AWS does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/times.h"
#include "services/costs/filter.h"
#include "wire/shapes.h"

enum { GROUPS_MAX = 2, HISTORY_MONTHS = 14, RESOURCE_DAYS = 14 };

static const struct pattern DATE = {.text = "(\\d{4}-\\d{2}-\\d{2})(T\\d{2}:\\d{2}:\\d{2}Z)?"};
static const struct pattern ANY_TEXT = {.text = "[\\S\\s]*"};
static const struct pattern VIEW_ARN = {
    .text = "^arn:aws[a-z-]*:(billing)::[0-9]{12}:billingview/[-a-zA-Z0-9/:_+=.-@]{1,43}$"};
static const char *const GRANULARITIES[] = {"DAILY", "MONTHLY", "HOURLY", NULL};
static const char *const GROUP_TYPES[] = {"DIMENSION", "TAG", "COST_CATEGORY", NULL};
static const struct shape INTERVAL_MEMBERS[] = {
    {.name = "Start", .required = true, .max = 40, .pattern = &DATE},
    {.name = "End", .required = true, .max = 40, .pattern = &DATE},
    {0}};
static const struct shape METRIC_NAME[] = {{.name = "member", .max = 1024, .pattern = &ANY_TEXT}};
static const struct shape GROUP_BY_MEMBERS[] = {{.name = "Type", .values = GROUP_TYPES},
                                                {.name = "Key", .max = 1024, .pattern = &ANY_TEXT},
                                                {0}};
static const struct shape GROUP_BY[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = GROUP_BY_MEMBERS}};
#define COMMON_MEMBERS                                                                             \
    {.name = "TimePeriod",                                                                         \
     .kind = SHAPE_STRUCTURE,                                                                      \
     .required = true,                                                                             \
     .members = INTERVAL_MEMBERS},                                                                 \
        {.name = "Granularity", .required = true, .values = GRANULARITIES},                        \
        {.name = "GroupBy", .kind = SHAPE_LIST, .members = GROUP_BY},                              \
        {.name = "BillingViewArn", .min = 20, .max = 2048, .pattern = &VIEW_ARN},                  \
    {                                                                                              \
        .name = "NextPageToken", .max = 8192, .pattern = &ANY_TEXT                                 \
    }
static const struct shape COST_IN[] = {
    COMMON_MEMBERS,
    {.name = "Filter", .kind = SHAPE_STRUCTURE, .members = COST_EXPRESSION},
    {.name = "Metrics", .kind = SHAPE_LIST, .required = true, .members = METRIC_NAME},
    {0}};
static const struct shape RESOURCES_IN[] = {
    COMMON_MEMBERS,
    {.name = "Filter", .kind = SHAPE_STRUCTURE, .required = true, .members = COST_EXPRESSION},
    {.name = "Metrics", .kind = SHAPE_LIST, .members = METRIC_NAME},
    {0}};
static const struct shape METRIC_MEMBERS[] = {{.name = "Amount"}, {.name = "Unit"}, {0}};
static const struct shape METRIC[] = {
    {.name = "value", .kind = SHAPE_STRUCTURE, .members = METRIC_MEMBERS}};
static const struct shape GROUP_KEY[] = {{.name = "member"}};
static const struct shape GROUP_MEMBERS[] = {
    {.name = "Keys", .kind = SHAPE_LIST, .members = GROUP_KEY},
    {.name = "Metrics", .kind = SHAPE_MAP, .members = METRIC},
    {0}};
static const struct shape GROUP[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = GROUP_MEMBERS}};
static const struct shape RESULT_MEMBERS[] = {
    {.name = "TimePeriod", .kind = SHAPE_STRUCTURE, .members = INTERVAL_MEMBERS},
    {.name = "Total", .kind = SHAPE_MAP, .members = METRIC},
    {.name = "Groups", .kind = SHAPE_LIST, .members = GROUP},
    {.name = "Estimated", .kind = SHAPE_BOOLEAN},
    {0}};
static const struct shape RESULT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = RESULT_MEMBERS}};
static const struct shape ATTRIBUTES[] = {{.name = "value"}};
static const struct shape DIMENSION_VALUE_MEMBERS[] = {
    {.name = "Value"}, {.name = "Attributes", .kind = SHAPE_MAP, .members = ATTRIBUTES}, {0}};
static const struct shape DIMENSION_VALUE[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = DIMENSION_VALUE_MEMBERS}};
static const struct shape COST_OUT[] = {
    {.name = "GroupDefinitions", .kind = SHAPE_LIST, .members = GROUP_BY},
    {.name = "ResultsByTime", .kind = SHAPE_LIST, .members = RESULT},
    {.name = "DimensionValueAttributes", .kind = SHAPE_LIST, .members = DIMENSION_VALUE},
    {0}};

/* Kiro's costs know no discounts and no commitments: every kind of cost is the same. */
static const struct metric {
    const char *name;
    bool is_usage;
} METRICS[] = {{"AmortizedCost", false},        {"BlendedCost", false},
               {"NetAmortizedCost", false},     {"NetUnblendedCost", false},
               {"NormalizedUsageAmount", true}, {"UnblendedCost", false},
               {"UsageQuantity", true},         {NULL, false}};

struct sum {
    int64_t cents;
    int64_t quantity_e10;
};

/* One cost in its period and under its keys, to be sorted and added up. */
struct item {
    int64_t period_s;
    char *keys[GROUPS_MAX]; /* owned; NULL beyond the groups */
    struct sum sum;
};

struct report {
    struct call *call;
    int64_t start_s;
    int64_t end_s;
    bool monthly;
    size_t group_count;
    const struct json *filter;
    const struct json *metrics;
    struct item *items;
    size_t count;
    size_t capacity;
};

static bool read_date(const char *text, int64_t *out_s)
{
    char instant[TIME_TEXT_BYTES];
    if (strlen(text) != 10)
        return false;
    snprintf(instant, sizeof instant, "%.10sT00:00:00Z", text);
    return time_parse(instant, out_s);
}

static void print_date(int64_t day_s, char out[TIME_TEXT_BYTES])
{
    time_print(day_s, out);
    out[10] = '\0';
}

static enum fault read_interval(struct report *report, bool by_resource)
{
    struct call *call = report->call;
    int64_t now_s = world_of(call)->now_s;
    int64_t oldest_s = month_of(now_s);
    const struct json *period = json_member(call->input, "TimePeriod");
    if (strcmp(json_member_text(call->input, "Granularity"), "HOURLY") == 0)
        return problem_set(&call->problem, FAULT_INVALID,
                           "Hourly data is not kept: expected Granularity DAILY or MONTHLY");
    if (!read_date(json_member_text(period, "Start"), &report->start_s) ||
        !read_date(json_member_text(period, "End"), &report->end_s))
        return problem_set(&call->problem, FAULT_INVALID,
                           "Start and End should be dates of the form yyyy-MM-dd");
    if (report->start_s >= report->end_s)
        return problem_set(&call->problem, FAULT_INVALID,
                           "Start date (and hour) should be before end date (and hour)");
    if (report->end_s > month_next(now_s))
        return problem_set(&call->problem, FAULT_INVALID,
                           "end date past the beginning of next month");
    for (int i = 1; i < HISTORY_MONTHS; i++)
        oldest_s = month_of(oldest_s - 1);
    if (by_resource)
        oldest_s = day_of(now_s) - RESOURCE_DAYS * DAY_SECONDS;
    if (report->start_s < oldest_s)
        return problem_set(&call->problem, FAULT_INVALID,
                           by_resource ? "Start date is too old: data by resource is kept for the "
                                         "last %d days"
                                       : "You haven't enabled historical data beyond %d months",
                           by_resource ? RESOURCE_DAYS : HISTORY_MONTHS);
    report->monthly = strcmp(json_member_text(call->input, "Granularity"), "MONTHLY") == 0;
    return FAULT_NONE;
}

static enum fault check_groups(struct report *report, bool by_resource)
{
    struct call *call = report->call;
    const struct json *groups = json_member(call->input, "GroupBy");
    report->group_count = json_count(groups);
    if (report->group_count > GROUPS_MAX)
        return problem_set(&call->problem, FAULT_INVALID, "GroupBy has at most %d groups",
                           GROUPS_MAX);
    for (const struct json *group = json_first(groups); group != NULL; group = json_next(group)) {
        const char *type = json_member_text(group, "Type");
        const char *key = json_member_text(group, "Key");
        if (type == NULL || key == NULL || key[0] == '\0')
            return problem_set(&call->problem, FAULT_INVALID, "A group needs Type and Key");
        int which = cost_dimension_find(key);
        bool dimension = strcmp(type, "DIMENSION") == 0;
        if (dimension && (which < 0 || (which == DIMENSION_RESOURCE_ID && !by_resource)))
            return problem_set(&call->problem, FAULT_INVALID,
                               "Group Definition dimension is invalid: %s", key);
    }
    return FAULT_NONE;
}

static const struct metric *metric_named(const char *name)
{
    const struct metric *metric = METRICS;
    while (metric->name != NULL && strcmp(metric->name, name) != 0)
        metric++;
    return metric->name == NULL ? NULL : metric;
}

static enum fault check_metrics(struct report *report, bool by_resource)
{
    struct call *call = report->call;
    report->metrics = json_member(call->input, "Metrics");
    if (!by_resource && json_count(report->metrics) == 0)
        return problem_set(&call->problem, FAULT_INVALID, "Metrics must name at least one metric");
    for (const struct json *at = json_first(report->metrics); at != NULL; at = json_next(at))
        if (metric_named(json_text(at)) == NULL)
            return problem_set(&call->problem, FAULT_INVALID, "Unknown metric: %s", json_text(at));
    return FAULT_NONE;
}

static int64_t period_of(const struct report *report, int64_t day_s)
{
    int64_t month_s = month_of(day_s);
    if (!report->monthly)
        return day_s;
    return month_s < report->start_s ? report->start_s : month_s;
}

static int64_t period_end(const struct report *report, int64_t period_s)
{
    int64_t end_s = report->monthly ? month_next(period_s) : period_s + DAY_SECONDS;
    return end_s > report->end_s ? report->end_s : end_s;
}

static void see_cost(void *self, const struct cost *cost)
{
    struct report *report = self;
    if (cost->day_s < report->start_s || cost->day_s >= report->end_s ||
        !cost_filter_passes(report->filter, cost))
        return;
    report->items =
        mem_grow(report->items, report->count, &report->capacity, sizeof *report->items);
    struct item *item = &report->items[report->count++];
    *item = (struct item){.period_s = period_of(report, cost->day_s),
                          .sum = {cost->amount_cents, cost_quantity_e10(cost)}};
    size_t i = 0;
    for (const struct json *group = json_first(json_member(report->call->input, "GroupBy"));
         group != NULL; group = json_next(group)) {
        const char *key = json_member_text(group, "Key");
        int which = cost_dimension_find(key);
        bool dimension = strcmp(json_member_text(group, "Type"), "DIMENSION") == 0;
        /* "team$": the tag or category of this name has no value. */
        item->keys[i++] = dimension ? mem_text(cost->values[which]) : mem_format("%s$", key);
    }
}

static int by_period_and_keys(const void *left, const void *right)
{
    const struct item *a = left;
    const struct item *b = right;
    int order = (a->period_s > b->period_s) - (a->period_s < b->period_s);
    for (int i = 0; i < GROUPS_MAX && order == 0 && a->keys[i] != NULL; i++)
        order = strcmp(a->keys[i], b->keys[i]);
    return order;
}

static void put_metrics(const struct report *report, struct json *out, const struct sum *sum)
{
    static const char *const DEFAULT = "UnblendedCost";
    const struct json *at = json_first(report->metrics);
    do {
        char amount[QUANTITY_BYTES];
        const struct metric *metric = metric_named(at == NULL ? DEFAULT : json_text(at));
        struct json *value = json_put(out, metric->name, json_new_object());
        if (metric->is_usage) {
            cost_quantity_print(sum->quantity_e10, amount);
            json_put_text(value, "Amount", amount);
            json_put_text(value, "Unit", "N/A");
        } else {
            call_put_money(value, "Amount", sum->cents);
            json_put_text(value, "Unit", "USD");
        }
        at = at == NULL ? NULL : json_next(at);
    } while (at != NULL);
}

/* Add up the items of one period from `at` on; returns where the next period begins. */
static size_t put_period(const struct report *report, struct json *result, int64_t period_s,
                         size_t at)
{
    struct sum total = {0, 0};
    struct json *total_out = json_put(result, "Total", json_new_object());
    struct json *groups = json_put(result, "Groups", json_new_array());
    while (at < report->count && report->items[at].period_s == period_s) {
        const struct item *first = &report->items[at];
        struct sum sum = {0, 0};
        for (; at < report->count && by_period_and_keys(first, &report->items[at]) == 0; at++) {
            sum.cents += report->items[at].sum.cents;
            sum.quantity_e10 += report->items[at].sum.quantity_e10;
        }
        total.cents += sum.cents;
        total.quantity_e10 += sum.quantity_e10;
        if (report->group_count == 0)
            continue;
        struct json *group = json_push(groups, json_new_object());
        struct json *keys = json_put(group, "Keys", json_new_array());
        for (size_t i = 0; i < report->group_count; i++)
            json_push(keys, json_new_text(first->keys[i]));
        put_metrics(report, json_put(group, "Metrics", json_new_object()), &sum);
    }
    if (report->group_count == 0)
        put_metrics(report, total_out, &total);
    return at;
}

static void put_results(const struct report *report)
{
    int64_t now_s = world_of(report->call)->now_s;
    struct json *results = json_put(report->call->output, "ResultsByTime", json_new_array());
    size_t at = 0;
    for (int64_t period_s = report->start_s; period_s < report->end_s;
         period_s = period_end(report, period_s)) {
        char start[TIME_TEXT_BYTES];
        char end[TIME_TEXT_BYTES];
        print_date(period_s, start);
        print_date(period_end(report, period_s), end);
        struct json *result = json_push(results, json_new_object());
        struct json *interval = json_put(result, "TimePeriod", json_new_object());
        json_put_text(interval, "Start", start);
        json_put_text(interval, "End", end);
        at = put_period(report, result, period_s, at);
        json_put_boolean(result, "Estimated", period_end(report, period_s) > month_of(now_s));
    }
}

static void put_group_definitions(struct call *call, const struct json *groups)
{
    struct json *out = json_put(call->output, "GroupDefinitions", json_new_array());
    for (const struct json *group = json_first(groups); group != NULL; group = json_next(group))
        json_push(out, json_copy(group));
}

static void report_clear(struct report *report)
{
    for (size_t i = 0; i < report->count; i++)
        for (size_t key = 0; key < report->group_count; key++)
            free(report->items[i].keys[key]);
    free(report->items);
}

static enum fault check_report(struct report *report, bool by_resource)
{
    if (json_member_text(report->call->input, "NextPageToken") != NULL)
        return problem_set(
            &report->call->problem, FAULT_BAD_TOKEN,
            "The pagination token is invalid. Try again without a pagination token.");
    enum fault fault = read_interval(report, by_resource);
    if (fault != FAULT_NONE)
        return fault;
    fault = check_groups(report, by_resource);
    if (fault != FAULT_NONE)
        return fault;
    fault = check_metrics(report, by_resource);
    if (fault != FAULT_NONE)
        return fault;
    return cost_filter_check(report->call, report->filter);
}

static enum fault cost_report(struct call *call, bool by_resource)
{
    struct report report = {.call = call, .filter = json_member(call->input, "Filter")};
    const struct json *groups = json_member(call->input, "GroupBy");
    enum fault fault = check_report(&report, by_resource);
    for (int64_t month_s = month_of(report.start_s); fault == FAULT_NONE && month_s < report.end_s;
         month_s = month_next(month_s))
        fault = costs_each(world_of(call), month_s, call->account, see_cost, &report);
    if (fault == FAULT_NONE) {
        if (report.count > 0)
            qsort(report.items, report.count, sizeof *report.items, by_period_and_keys);
        if (json_count(groups) > 0)
            put_group_definitions(call, groups);
        put_results(&report);
        json_put(call->output, "DimensionValueAttributes", json_new_array());
    }
    report_clear(&report);
    return fault;
}

static enum fault get_cost_and_usage(struct call *call)
{
    return cost_report(call, false);
}

static enum fault get_cost_and_usage_with_resources(struct call *call)
{
    return cost_report(call, true);
}

static const struct operation OPERATIONS[] = {
    OPERATION("GetCostAndUsage", READ, COST_IN, COST_OUT, get_cost_and_usage),
    OPERATION("GetCostAndUsageWithResources", READ, RESOURCES_IN, COST_OUT,
              get_cost_and_usage_with_resources),
    {0}};

static const struct fault_name FAULTS[] = {{FAULT_BAD_TOKEN, "InvalidNextTokenException", 400},
                                           {0}};

const struct service CE_SERVICE = {.name = "ce",
                                   .protocol = PROTOCOL_AWS_JSON,
                                   .target_prefixes =
                                       (const char *const[]){"AWSInsightsIndexService", NULL},
                                   .scopes = (const char *const[]){"ce", NULL},
                                   .content_type = "application/x-amz-json-1.1",
                                   .faults = FAULTS,
                                   .operations = OPERATIONS};
