/* SPDX-License-Identifier: MIT */
/* Expressions are read as they come: they are small, and a month of a mock is, too. */
#include "services/costs/filter.h"

#include <string.h>
#include <strings.h>

#include "wire/shapes.h"

static const struct pattern ANY_TEXT = {.text = "[\\S\\s]*"};
static const struct pattern CATEGORY_NAME = {.text = "^(?! )[\\p{L}\\p{N}\\p{Z}_-]*(?<! )$"};
static const char *const KEYS[] = {"AZ",
                                   "INSTANCE_TYPE",
                                   "LINKED_ACCOUNT",
                                   "PAYER_ACCOUNT",
                                   "LINKED_ACCOUNT_NAME",
                                   "OPERATION",
                                   "PURCHASE_TYPE",
                                   "REGION",
                                   "SERVICE",
                                   "SERVICE_CODE",
                                   "USAGE_TYPE",
                                   "USAGE_TYPE_GROUP",
                                   "RECORD_TYPE",
                                   "OPERATING_SYSTEM",
                                   "TENANCY",
                                   "SCOPE",
                                   "PLATFORM",
                                   "SUBSCRIPTION_ID",
                                   "LEGAL_ENTITY_NAME",
                                   "DEPLOYMENT_OPTION",
                                   "DATABASE_ENGINE",
                                   "CACHE_ENGINE",
                                   "INSTANCE_TYPE_FAMILY",
                                   "BILLING_ENTITY",
                                   "RESERVATION_ID",
                                   "RESOURCE_ID",
                                   "RIGHTSIZING_TYPE",
                                   "SAVINGS_PLANS_TYPE",
                                   "SAVINGS_PLAN_ARN",
                                   "PAYMENT_OPTION",
                                   "AGREEMENT_END_DATE_TIME_AFTER",
                                   "AGREEMENT_END_DATE_TIME_BEFORE",
                                   "INVOICING_ENTITY",
                                   "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
                                   "ANOMALY_TOTAL_IMPACT_PERCENTAGE",
                                   NULL};
static const char *const OPTIONS[] = {
    "EQUALS",         "ABSENT",           "STARTS_WITH",           "ENDS_WITH", "CONTAINS",
    "CASE_SENSITIVE", "CASE_INSENSITIVE", "GREATER_THAN_OR_EQUAL", NULL};
static const struct shape VALUE[] = {{.name = "member", .max = 1024, .pattern = &ANY_TEXT}};
static const struct shape OPTION[] = {{.name = "member", .values = OPTIONS}};
#define VALUES_AND_OPTIONS                                                                         \
    {.name = "Values", .kind = SHAPE_LIST, .members = VALUE},                                      \
    {                                                                                              \
        .name = "MatchOptions", .kind = SHAPE_LIST, .members = OPTION                              \
    }
static const struct shape DIMENSION_MEMBERS[] = {
    {.name = "Key", .values = KEYS}, VALUES_AND_OPTIONS, {0}};
static const struct shape TAG_MEMBERS[] = {
    {.name = "Key", .max = 1024, .pattern = &ANY_TEXT}, VALUES_AND_OPTIONS, {0}};
static const struct shape CATEGORY_MEMBERS[] = {
    {.name = "Key", .min = 1, .max = 50, .pattern = &CATEGORY_NAME}, VALUES_AND_OPTIONS, {0}};
/* An expression in an expression is held against this shape when its turn comes. */
static const struct shape NESTED[] = {{.name = "member", .kind = SHAPE_DOCUMENT}};
const struct shape COST_EXPRESSION[] = {
    {.name = "Or", .kind = SHAPE_LIST, .members = NESTED},
    {.name = "And", .kind = SHAPE_LIST, .members = NESTED},
    {.name = "Not", .kind = SHAPE_DOCUMENT},
    {.name = "Dimensions", .kind = SHAPE_STRUCTURE, .members = DIMENSION_MEMBERS},
    {.name = "Tags", .kind = SHAPE_STRUCTURE, .members = TAG_MEMBERS},
    {.name = "CostCategories", .kind = SHAPE_STRUCTURE, .members = CATEGORY_MEMBERS},
    {0}};

/* The one member of the expression that is given; NULL if there are none or several. */
static const struct json *only_member(const struct json *expression)
{
    const struct json *only = NULL;
    for (const struct shape *member = COST_EXPRESSION; member->name != NULL; member++) {
        const struct json *given = json_member(expression, member->name);
        if (given == NULL || json_kind(given) == JSON_NULL)
            continue;
        if (only != NULL)
            return NULL;
        only = given;
    }
    return only;
}

static enum fault check_leaf(struct call *call, const struct json *leaf)
{
    const char *key = json_member_text(leaf, "Key");
    const struct json *options = json_member(leaf, "MatchOptions");
    bool absent = false;
    for (const struct json *at = json_first(options); at != NULL; at = json_next(at))
        absent = absent || strcmp(json_text(at), "ABSENT") == 0;
    if (key == NULL)
        return problem_set(&call->problem, FAULT_INVALID, "Expression is missing Key");
    if (json_count(json_member(leaf, "Values")) == 0 && !absent)
        return problem_set(&call->problem, FAULT_INVALID,
                           "Expression with key %s is missing Values", key);
    return FAULT_NONE;
}

enum fault cost_filter_check(struct call *call, const struct json *expression)
{
    if (expression == NULL || json_kind(expression) == JSON_NULL)
        return FAULT_NONE;
    if (json_kind(expression) != JSON_OBJECT)
        return problem_set(&call->problem, FAULT_SERIALIZATION, "An Expression must be an object");
    enum fault fault = shape_check(NULL, COST_EXPRESSION, expression, false, &call->problem);
    if (fault != FAULT_NONE)
        return fault;
    const struct json *only = only_member(expression);
    if (only == NULL)
        return problem_set(&call->problem, FAULT_INVALID,
                           "Expression needs exactly one of Or, And, Not, Dimensions, Tags and "
                           "CostCategories");
    if (strcmp(json_name(only), "Not") == 0)
        return cost_filter_check(call, only);
    if (json_kind(only) == JSON_OBJECT)
        return check_leaf(call, only);
    if (json_count(only) < 2)
        return problem_set(&call->problem, FAULT_INVALID, "%s needs at least two expressions",
                           json_name(only));
    if (fault != FAULT_NONE)
        return fault;
    for (const struct json *at = json_first(only); at != NULL; at = json_next(at)) {
        fault = json_kind(at) == JSON_NULL
                    ? problem_set(&call->problem, FAULT_INVALID, "An Expression must not be null")
                    : cost_filter_check(call, at);
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}

struct manner {
    bool starts;
    bool ends;
    bool contains;
    bool any_case;
    bool absent;
};

static struct manner read_manner(const struct json *options)
{
    struct manner manner = {.any_case = false};
    for (const struct json *at = json_first(options); at != NULL; at = json_next(at)) {
        const char *option = json_text(at);
        manner.starts = manner.starts || strcmp(option, "STARTS_WITH") == 0;
        manner.ends = manner.ends || strcmp(option, "ENDS_WITH") == 0;
        manner.contains = manner.contains || strcmp(option, "CONTAINS") == 0;
        manner.any_case = manner.any_case || strcmp(option, "CASE_INSENSITIVE") == 0;
        manner.absent = manner.absent || strcmp(option, "ABSENT") == 0;
    }
    return manner;
}

static bool value_matches(const struct manner *manner, const char *value, const char *wanted)
{
    size_t bytes = strlen(wanted);
    size_t have = strlen(value);
    int (*compare)(const char *, const char *, size_t) = manner->any_case ? strncasecmp : strncmp;
    if (bytes > have)
        return false;
    if (manner->contains)
        return manner->any_case ? strcasestr(value, wanted) != NULL : strstr(value, wanted) != NULL;
    if (manner->starts)
        return compare(value, wanted, bytes) == 0;
    if (manner->ends)
        return compare(value + have - bytes, wanted, bytes) == 0;
    return bytes == have && compare(value, wanted, bytes) == 0;
}

/* A dimension that Kiro's costs do not have, a tag, a category: the cost is without it. */
static bool leaf_passes(const struct json *leaf, const struct cost *cost)
{
    struct manner manner = read_manner(json_member(leaf, "MatchOptions"));
    bool dimension = strcmp(json_name(leaf), "Dimensions") == 0;
    int which = dimension ? cost_dimension_find(json_member_text(leaf, "Key")) : -1;
    if (manner.absent)
        return which < 0;
    for (const struct json *at = json_first(json_member(leaf, "Values")); at != NULL && which >= 0;
         at = json_next(at))
        if (value_matches(&manner, cost->values[which], json_text(at)))
            return true;
    return false;
}

bool cost_filter_passes(const struct json *expression, const struct cost *cost)
{
    if (expression == NULL || json_kind(expression) == JSON_NULL)
        return true;
    const struct json *only = only_member(expression);
    const char *name = json_name(only);
    if (strcmp(name, "Not") == 0)
        return !cost_filter_passes(only, cost);
    if (json_kind(only) == JSON_OBJECT)
        return leaf_passes(only, cost);
    bool any = strcmp(name, "Or") == 0;
    for (const struct json *at = json_first(only); at != NULL; at = json_next(at))
        if (cost_filter_passes(at, cost) == any)
            return any;
    return !any;
}
