/* SPDX-License-Identifier: MIT */
/* Counts credits, and bills overage; see credits.h. */
#include "world/engine/credits.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/parameters.h"
#include "base/plans.h"
#include "base/statuses.h"
#include "base/times.h"
#include "world/engine/billing.h"
#include "world/engine/seat_plan.h"
#include "world/reading/reading.h"
#include "world/rows/profiles.h"
#include "world/rows/records.h"
#include "world/time/clock.h"

enum { FREE_CREDITS_HUNDREDTHS = 5000, CENTS_PER_CREDIT = 4, QUOTA_SCOPE_BYTES = 128 };

static const char QUOTA_KIND[] = "overage-cap";

/* Rounded half up, of the whole month at once, so that small uses are not lost. */
static int64_t overage_cents(int64_t over)
{
    assert(over >= 0);
    return (over * CENTS_PER_CREDIT + 50) / 100;
}

static int64_t beyond(int64_t used, int64_t allowance)
{
    return used > allowance ? used - allowance : 0;
}

/* A counter of no month is under a deviation that never sets it back. */
static int64_t counted_month(const struct world *world)
{
    return world->reading->values[CREDITS_RESET] == CREDITS_RESET_NEVER ? 0 : clock_month(world);
}

static enum fault counted(struct world *world, const struct seat *seat, int64_t month_s,
                          struct credits *out)
{
    struct query *query =
        store_query(world->store, SQL_CREDIT_GET, "tti", seat->user_id, seat->profile_arn, month_s);
    if (query_next(query)) {
        out->used = query_integer(query, 0);
        out->over = query_integer(query, 1);
        out->over_cents = query_integer(query, 2);
        assert(out->over >= 0 && out->over <= out->used && out->over_cents >= 0);
    }
    return query_end(query);
}

static void count_put(struct world *world, const struct seat *seat, const struct credits *credits)
{
    assert(credits->over <= credits->used);
    assert(credits->over >= 0 && credits->over_cents == overage_cents(credits->over));
    store_change(world->store, SQL_CREDIT_PUT, "ttiiii", seat->user_id, seat->profile_arn,
                 counted_month(world), credits->used, credits->over, credits->over_cents);
}

/*
 * What the plan in force allows, or would from a first use on (E17); deviations give less to whom
 * that was reported of.
 */
static int64_t allowance_of(struct world *world, const struct seat *seat, enum client client)
{
    int given = world->reading->values[CREDITS_GIVEN];
    bool active = seat->status == SEAT_ACTIVE;
    if (active && given == CREDITS_NONE)
        return 0;
    if ((active && given == CREDITS_FREE) || (client == CLIENT_CLI && given == CREDITS_FREE_IN_CLI))
        return FREE_CREDITS_HUNDREDTHS;
    enum plan plan =
        seat->status == SEAT_PENDING ? seat_plan_in_force(world, seat, false) : seat->plan_in_force;
    return plan_facts(plan)->credits_hundredths;
}

enum fault credits_of(struct world *world, const struct seat *seat, enum client client,
                      struct credits *out_credits)
{
    int64_t month_s = clock_month(world);
    *out_credits = (struct credits){.allowance = allowance_of(world, seat, client)};
    enum fault fault = counted(world, seat, counted_month(world), out_credits);
    bool held_before = seat->activated_s != 0 && clock_month_at(world, seat->activated_s) < month_s;
    if (fault == FAULT_NONE && held_before &&
        world->reading->values[CREDITS_LEFT] == CREDITS_ROLL_ON) {
        struct credits before = {.used = 0};
        fault = counted(world, seat, month_of(month_s - 1), &before);
        out_credits->allowance += beyond(out_credits->allowance, before.used);
    }
    return fault;
}

enum fault overage_cap(struct world *world, const char *account_id, const char *region,
                       int64_t *out_cents)
{
    char scope[QUOTA_SCOPE_BYTES];
    char *value = NULL;
    snprintf(scope, sizeof scope, "%s/%s", account_id, region);
    *out_cents = OVERAGE_CAP_DEFAULT_CENTS;
    enum fault fault = record_get(world, QUOTA_KIND, scope, "", &value);
    if (fault == FAULT_NONE)
        *out_cents = (int64_t)strtoll(value, NULL, 10);
    free(value);
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

enum fault overage_cap_raise(struct world *world, const char *account_id, const char *region,
                             int64_t cents)
{
    char scope[QUOTA_SCOPE_BYTES];
    char value[24];
    int64_t before_cents = 0;
    enum fault fault = overage_cap(world, account_id, region, &before_cents);
    if (fault == FAULT_NONE && cents <= before_cents)
        return FAULT_INVALID;
    assert(before_cents >= 0);
    snprintf(scope, sizeof scope, "%s/%s", account_id, region);
    snprintf(value, sizeof value, "%" PRId64, cents);
    return fault == FAULT_NONE ? record_put(world, QUOTA_KIND, scope, "", value) : fault;
}

/* Would `more_cents` of overage bring the profile over its cap? */
static enum fault capped(struct world *world, const struct seat *seat, int64_t more_cents,
                         bool *out_capped)
{
    assert(more_cents >= 0);
    int64_t cap_cents = 0;
    *out_capped = false;
    if (world->reading->values[OVERAGE_CAP] == OVERAGE_CAP_ABSENT)
        return FAULT_NONE;
    enum fault fault = overage_cap(world, seat->account_id, seat->profile_region, &cap_cents);
    if (fault != FAULT_NONE)
        return fault;
    struct query *query =
        store_query(world->store, SQL_CREDIT_OVER, "ti", seat->profile_arn, counted_month(world));
    *out_capped = query_next(query) && query_integer(query, 0) + more_cents > cap_cents;
    return query_end(query);
}

/* What `credits` would be after so many more. */
static struct credits credits_after(const struct credits *credits, int64_t hundredths)
{
    struct credits after = *credits;
    after.used += hundredths;
    after.over +=
        beyond(after.used, credits->allowance) - beyond(credits->used, credits->allowance);
    after.over_cents = overage_cents(after.over);
    assert(after.over <= after.used);
    return after;
}

enum fault credits_suffice(struct world *world, const struct seat *seat,
                           const struct credits *credits, int64_t hundredths, bool *out_suffice)
{
    struct profile profile;
    bool over_cap = false;
    *out_suffice = hundredths <= credits->allowance - credits->used;
    if (*out_suffice)
        return FAULT_NONE;
    enum fault fault = profile_get(world, seat->profile_arn, &profile);
    if (fault != FAULT_NONE || !profile.overage)
        return fault;
    struct credits after = credits_after(credits, hundredths);
    fault = capped(world, seat, after.over_cents - credits->over_cents, &over_cap);
    *out_suffice = !over_cap;
    return fault;
}

static enum fault post_overage(struct world *world, const struct seat *seat, int64_t cents,
                               const char *rule, int64_t cause_seq)
{
    struct bill_line line = {.account_id = seat->account_id,
                             .profile_arn = seat->profile_arn,
                             .user_id = seat->user_id,
                             .plan = seat->plan_in_force,
                             .kind = "overage",
                             .amount_cents = cents,
                             .rule = rule};
    if (cents != 0)
        billing_post(world, clock_month(world), &line, cause_seq);
    return store_fault(world->store);
}

enum fault credits_spend(struct world *world, const struct seat *seat,
                         const struct credits *credits, int64_t hundredths, int64_t cause_seq)
{
    struct credits after = credits_after(credits, hundredths);
    assert(hundredths > 0 && after.over >= credits->over);
    count_put(world, seat, &after);
    return post_overage(world, seat, after.over_cents - credits->over_cents, "overage-profile-wide",
                        cause_seq);
}

enum fault credits_rerate(struct world *world, const struct seat *seat, int64_t cause_seq)
{
    struct credits credits;
    if (world->reading->values[UPGRADE_RERATES_USAGE] == RERATES_NOT)
        return FAULT_NONE;
    enum fault fault = credits_of(world, seat, CLIENT_IDE, &credits);
    struct credits after = credits;
    after.over = beyond(credits.used, credits.allowance);
    if (fault != FAULT_NONE || after.over >= credits.over)
        return fault;
    assert(seat->plan_in_force != PLAN_NONE);
    after.over_cents = overage_cents(after.over);
    count_put(world, seat, &after);
    return post_overage(world, seat, after.over_cents - credits.over_cents, "upgrade-usage-rerated",
                        cause_seq);
}
