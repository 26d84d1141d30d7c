/* SPDX-License-Identifier: MIT */
/*
 * The bill as AWS's cost tools cut it: lines on days, under names (usage type, record type,
 * resource), for a payer. The sum of a line's pieces is the line, to the cent; Cost Explorer and
 * the exports read this and nothing else.
 */
#ifndef MOCK_KIRO_SERVICES_COSTS_COSTS_H
#define MOCK_KIRO_SERVICES_COSTS_COSTS_H

#include "base/plans.h"
#include "services/calls.h"
#include "world/engine/agenda.h"

enum dimension {
    DIMENSION_SERVICE,
    DIMENSION_SERVICE_CODE,
    DIMENSION_USAGE_TYPE,
    DIMENSION_LINKED_ACCOUNT,
    DIMENSION_PAYER_ACCOUNT,
    DIMENSION_REGION,
    DIMENSION_OPERATION,
    DIMENSION_RECORD_TYPE,
    DIMENSION_BILLING_ENTITY,
    DIMENSION_RESOURCE_ID,
    DIMENSION_COUNT
};
const char *cost_dimension_name(enum dimension dimension); /* "USAGE_TYPE" */
int cost_dimension_find(const char *name);                 /* -1: none that Kiro's costs have */

enum { DIMENSION_BYTES = 256 };

/* A piece of a line. */
struct cost {
    int64_t line;  /* the line's place in the month, from 0 */
    int64_t day_s; /* the day's first instant */
    int64_t amount_cents;
    int64_t unit_cents; /* price of one unit: of the plan's month, or of one credit of overage */
    enum plan plan;
    const char *rule;
    char values[DIMENSION_COUNT][DIMENSION_BYTES];
};

/*
 * The pieces of a month that has begun, in the order of the bill's lines. A line stands on the day
 * on which it was made (a full fee on the 1st), or, where the reading says so, is spread from that
 * day to the end of the month (rule 24). `payer` NULL: everybody's; else what that account sees:
 * its own costs, and those of its organization if it is the management account (rule 23).
 */
enum fault costs_each(struct world *world, int64_t month_s, const char *payer,
                      void (*see)(void *self, const struct cost *cost), void *self);

/* The account that pays for `account_id`: the management account of its organization, or itself. */
enum fault cost_payer_of(struct world *world, const char *account_id,
                         char out_payer[ACCOUNT_BYTES]);

/* amount / unit with ten places: "1.0000000000". */
enum { QUANTITY_BYTES = 40 };
int64_t cost_quantity_e10(const struct cost *cost);
void cost_quantity_print(int64_t quantity_e10, char out[QUANTITY_BYTES]);

#endif
