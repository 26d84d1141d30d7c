/* SPDX-License-Identifier: MIT */
/* Law 2 and its other readings. */
#include "world/engine/seat_plan.h"

#include <assert.h>

#include "base/parameters.h"
#include "base/plans.h"
#include "base/statuses.h"
#include "world/engine/billing.h"
#include "world/reading/reading.h"

enum plan seat_plan_in_force(struct world *world, const struct seat *seat, bool drops)
{
    const int *values = world->reading->values;
    bool began = seat->plan_in_force != PLAN_NONE;
    assert(seat->status != SEAT_CANCELED && seat->plan != PLAN_NONE);
    enum plan top = billing_top_plan(world, seat->user_id, seat->profile_arn);
    assert(seat->plan_in_force < PLAN_COUNT && top < PLAN_COUNT);
    if (values[TIER_DROP] == TIER_DROP_NOW && began)
        top = seat->plan_in_force;
    if (began && values[UPGRADE_IN_FORCE] == UPGRADE_NEXT_MONTH && seat->plan > seat->plan_in_force)
        return seat->plan_in_force;
    return drops || top < seat->plan ? seat->plan : top;
}
