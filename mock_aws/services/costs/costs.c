/* SPDX-License-Identifier: MIT */
/* Names of Kiro's costs (kiro-outputs 1.3; rules 23, 24), and the days on which they stand. */
#include "services/costs/costs.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/parameters.h"
#include "base/text.h"
#include "base/times.h"
#include "world/reading/reading.h"
#include "world/rows/accounts.h"

#define QUANTITY_ONE INT64_C(10000000000)
enum { CREDIT_CENTS = 4 }; /* of overage (rulebook 5A) */

static const char *const DIMENSIONS[DIMENSION_COUNT] = {
    [DIMENSION_SERVICE] = "SERVICE",
    [DIMENSION_SERVICE_CODE] = "SERVICE_CODE",
    [DIMENSION_USAGE_TYPE] = "USAGE_TYPE",
    [DIMENSION_LINKED_ACCOUNT] = "LINKED_ACCOUNT",
    [DIMENSION_PAYER_ACCOUNT] = "PAYER_ACCOUNT",
    [DIMENSION_REGION] = "REGION",
    [DIMENSION_OPERATION] = "OPERATION",
    [DIMENSION_RECORD_TYPE] = "RECORD_TYPE",
    [DIMENSION_BILLING_ENTITY] = "BILLING_ENTITY",
    [DIMENSION_RESOURCE_ID] = "RESOURCE_ID",
};

static const char *const PLAN_NAMES_IN_COSTS[PLAN_COUNT] = {
    [PLAN_NONE] = "None",      [PLAN_PRO] = "Pro",     [PLAN_PRO_PLUS] = "ProPlus",
    [PLAN_PRO_MAX] = "ProMax", [PLAN_POWER] = "Power",
};

static const struct kind {
    const char *kind; /* of the ledger */
    const char *record_type;
    bool of_plan; /* priced by the plan, else by the credit */
} KINDS[] = {{"charge", "FlatRateSubscription", true},
             {"refund", "Refund", true},
             {"overage", "Usage", false},
             {NULL, "Usage", false}};

/* What usage types begin with: kiro-outputs 1.3 knows USE1, the others are AWS's usual ones. */
static const struct {
    const char *region;
    const char *prefix;
} PREFIXES[] = {{"us-east-1", "USE1"},     {"us-east-2", "USE2"},    {"us-west-1", "USW1"},
                {"us-west-2", "USW2"},     {"eu-central-1", "EUC1"}, {"eu-west-1", "EUW1"},
                {"us-gov-east-1", "UGE1"}, {"us-gov-west-1", "UGW1"}};

const char *cost_dimension_name(enum dimension dimension)
{
    return DIMENSIONS[dimension];
}

int cost_dimension_find(const char *name)
{
    for (int i = 0; i < DIMENSION_COUNT; i++)
        if (strcmp(DIMENSIONS[i], name) == 0)
            return i;
    return -1;
}

static const char *region_prefix(const char *region)
{
    for (size_t i = 0; i < sizeof PREFIXES / sizeof PREFIXES[0]; i++)
        if (strcmp(PREFIXES[i].region, region) == 0)
            return PREFIXES[i].prefix;
    return region;
}

enum fault cost_payer_of(struct world *world, const char *account_id, char out_payer[ACCOUNT_BYTES])
{
    struct account account;
    struct organization organization;
    text_copy(out_payer, ACCOUNT_BYTES, account_id);
    enum fault fault = account_get(world, account_id, &account);
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && account.organization_id[0] == '\0'))
        return FAULT_NONE;
    if (fault != FAULT_NONE)
        return fault;
    fault = organization_get(world, account.organization_id, &organization);
    if (fault != FAULT_NONE)
        return fault;
    text_copy(out_payer, ACCOUNT_BYTES, organization.management_id);
    return FAULT_NONE;
}

int64_t cost_quantity_e10(const struct cost *cost)
{
    return cost->unit_cents == 0 ? 0 : cost->amount_cents * QUANTITY_ONE / cost->unit_cents;
}

void cost_quantity_print(int64_t quantity_e10, char out[QUANTITY_BYTES])
{
    uint64_t size = (uint64_t)(quantity_e10 < 0 ? -quantity_e10 : quantity_e10);
    snprintf(out, QUANTITY_BYTES, "%s%" PRIu64 ".%010" PRIu64, quantity_e10 < 0 ? "-" : "",
             size / (uint64_t)QUANTITY_ONE, size % (uint64_t)QUANTITY_ONE);
}

struct cutter {
    struct world *world;
    enum fault fault;
    int64_t month_s;
    int64_t line;
    const char *payer;
    void (*see)(void *self, const struct cost *cost);
    void *self;
};

/* The Region of an ARN: its fourth part. */
static void arn_region(const char *arn, char out_region[REGION_BYTES])
{
    int part = 0;
    for (; *arn != '\0' && part < 3; arn++)
        part += *arn == ':';
    snprintf(out_region, REGION_BYTES, "%.*s", (int)strcspn(arn, ":"), arn);
}

static void name_cost(struct cost *cost, const struct bill_line *line, const struct kind *kind,
                      const char *payer)
{
    char region[REGION_BYTES];
    char usage_type[DIMENSION_BYTES];
    char resource[DIMENSION_BYTES];
    arn_region(line->profile_arn, region);
    snprintf(usage_type, sizeof usage_type, "%s-KiroEnterprise-%s", region_prefix(region),
             kind->of_plan ? PLAN_NAMES_IN_COSTS[line->plan] : "Credits");
    snprintf(resource, sizeof resource, "arn:aws:user-subscriptions:%s:%s:subscription/%s", region,
             line->account_id, line->user_id);
    const char *values[DIMENSION_COUNT] = {
        [DIMENSION_SERVICE] = "Kiro",          [DIMENSION_SERVICE_CODE] = "Kiro",
        [DIMENSION_USAGE_TYPE] = usage_type,   [DIMENSION_LINKED_ACCOUNT] = line->account_id,
        [DIMENSION_PAYER_ACCOUNT] = payer,     [DIMENSION_REGION] = region,
        [DIMENSION_OPERATION] = "NoOperation", [DIMENSION_RECORD_TYPE] = kind->record_type,
        [DIMENSION_BILLING_ENTITY] = "AWS",    [DIMENSION_RESOURCE_ID] = resource,
    };
    for (int i = 0; i < DIMENSION_COUNT; i++)
        text_copy(cost->values[i], DIMENSION_BYTES, values[i]);
}

/*
 * Cut the line into its days. The n-th piece is what n days make beyond n - 1, so nothing is lost
 * in rounding.
 */
static void cut_line(void *self, const struct bill_line *line)
{
    struct cutter *cutter = self;
    char payer[ACCOUNT_BYTES];
    enum fault fault = cost_payer_of(cutter->world, line->account_id, payer);
    int64_t number = cutter->line++;
    if (fault != FAULT_NONE)
        cutter->fault = fault;
    if (cutter->payer != NULL && strcmp(cutter->payer, payer) != 0 &&
        strcmp(cutter->payer, line->account_id) != 0)
        return;
    const struct kind *kind = KINDS;
    while (kind->kind != NULL && strcmp(kind->kind, line->kind) != 0)
        kind++;
    int64_t last_day_s = month_next(cutter->month_s) - DAY_SECONDS;
    int64_t day_s = day_of(line->at_s);
    if (day_s < cutter->month_s)
        day_s = cutter->month_s;
    if (day_s > last_day_s)
        day_s = last_day_s;
    bool spread = kind->of_plan && cutter->world->reading->values[FEE_LINE_DATE] == FEE_LINE_DAILY;
    int64_t days = spread ? (last_day_s - day_s) / DAY_SECONDS + 1 : 1;
    struct cost cost = {.line = number,
                        .unit_cents =
                            kind->of_plan ? plan_facts(line->plan)->price_cents : CREDIT_CENTS,
                        .plan = line->plan,
                        .rule = line->rule};
    name_cost(&cost, line, kind, payer);
    for (int64_t i = 0; i < days; i++) {
        cost.day_s = day_s + i * DAY_SECONDS;
        cost.amount_cents = line->amount_cents * (i + 1) / days - line->amount_cents * i / days;
        cutter->see(cutter->self, &cost);
    }
}

enum fault costs_each(struct world *world, int64_t month_s, const char *payer,
                      void (*see)(void *self, const struct cost *cost), void *self)
{
    bool forecast = false;
    struct cutter cutter = {
        .world = world, .month_s = month_s, .payer = payer, .see = see, .self = self};
    if (month_s > world->now_s)
        return FAULT_NONE;
    enum fault fault = agenda_each_line(world, month_s, &forecast, cut_line, &cutter);
    if (fault != FAULT_NONE)
        return fault;
    return cutter.fault;
}
