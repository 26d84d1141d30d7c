/* SPDX-License-Identifier: MIT */
/* The table of the plans. */
#include "base/plans.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static const struct plan_facts PLANS[PLAN_COUNT] = {
    [PLAN_NONE] = {.name = "none", .title = "none", .requested = "", .returned = ""},
    [PLAN_PRO] = {.name = "pro",
                  .title = "Pro",
                  .requested = "Q_DEVELOPER_STANDALONE_PRO",
                  .returned = "KIRO_ENTERPRISE_PRO",
                  .price_cents = 2000,
                  .credits_hundredths = 100000},
    [PLAN_PRO_PLUS] = {.name = "pro-plus",
                       .title = "Pro+",
                       .requested = "Q_DEVELOPER_STANDALONE_PRO_PLUS",
                       .returned = "KIRO_ENTERPRISE_PRO_PLUS",
                       .price_cents = 4000,
                       .credits_hundredths = 200000},
    [PLAN_PRO_MAX] = {.name = "pro-max",
                      .title = "Pro Max",
                      .requested = "Q_DEVELOPER_STANDALONE_PRO_MAX",
                      .returned = "KIRO_ENTERPRISE_PRO_MAX",
                      .price_cents = 10000,
                      .credits_hundredths = 500000},
    [PLAN_POWER] = {.name = "power",
                    .title = "Power",
                    .requested = "Q_DEVELOPER_STANDALONE_POWER",
                    .returned = "KIRO_ENTERPRISE_POWER",
                    .returned_also = "KIRO_ENTERPRISE_PRO_POWER",
                    .price_cents = 20000,
                    .credits_hundredths = 1000000},
};

const struct plan_facts *plan_facts(enum plan plan)
{
    assert(plan >= PLAN_NONE);
    assert(plan < PLAN_COUNT);
    return &PLANS[plan];
}

enum plan plan_by_name(const char *name)
{
    for (enum plan plan = PLAN_PRO; plan < PLAN_COUNT; plan++)
        if (strcmp(PLANS[plan].name, name) == 0)
            return plan;
    return PLAN_NONE;
}

enum plan plan_by_requested(const char *requested)
{
    for (enum plan plan = PLAN_PRO; plan < PLAN_COUNT; plan++)
        if (strcmp(PLANS[plan].requested, requested) == 0)
            return plan;
    return PLAN_NONE;
}

enum plan plan_by_returned(const char *returned)
{
    for (enum plan plan = PLAN_PRO; plan < PLAN_COUNT; plan++) {
        const char *also = PLANS[plan].returned_also;
        if (strcmp(PLANS[plan].returned, returned) == 0)
            return plan;
        if (also != NULL && strcmp(also, returned) == 0)
            return plan;
    }
    return PLAN_NONE;
}
