/* SPDX-License-Identifier: MIT */
/* Works out what a pair owes for a month and posts the difference to what is posted already. */
#include "world/billing.h"

#include <stdio.h>

#include "base/money.h"
#include "base/times.h"
#include "world/timeline.h"

struct share {
    int64_t month_s;
    int64_t plans; /* a bit per plan in force while Active */
    enum plan first_plan;
    int64_t first_s; /* when the pair first became Active in the month */
    bool whole;      /* Active at the month's first instant: nothing counts by days */
    int64_t posted_cents;
};

static int64_t plan_bit(enum plan plan)
{
    return INT64_C(1) << plan;
}

static enum plan top_plan(int64_t plans)
{
    for (enum plan plan = PLAN_POWER; plan > PLAN_NONE; plan--)
        if ((plans & plan_bit(plan)) != 0)
            return plan;
    return PLAN_NONE;
}

/* A pair without a share in the month has one with no plans in it. */
static enum fault share_get(struct world *world, const char *user_id, const char *profile_arn,
                            int64_t month_s, struct share *out_share)
{
    *out_share = (struct share){.month_s = month_s};
    struct query *query =
        store_query(world->store, SQL_SHARE_GET, "tti", user_id, profile_arn, month_s);
    if (query_next(query)) {
        out_share->plans = query_integer(query, 0);
        out_share->first_plan = (enum plan)query_integer(query, 1);
        out_share->first_s = query_integer(query, 2);
        out_share->whole = query_integer(query, 3) != 0;
        out_share->posted_cents = query_integer(query, 4);
    }
    return query_end(query);
}

static enum fault share_put(struct world *world, const struct seat *seat, const struct share *share)
{
    return store_change(world->store, SQL_SHARE_PUT, "ttiiiiii", seat->user_id, seat->profile_arn,
                        share->month_s, share->plans, (int64_t)share->first_plan, share->first_s,
                        (int64_t)share->whole, share->posted_cents);
}

/* Rule 19, E26: the start day counts unless the reading says not. Rounded half up to the cent. */
static int64_t prorated_cents(const struct world *world, int64_t price_cents, int64_t start_s)
{
    int64_t days = month_days(start_s);
    int64_t left = days - month_day(start_s);
    if (world->reading.values[PRORATION_DAYS] == DAYS_INCLUSIVE)
        left++;
    return (price_cents * left * 2 + days) / (days * 2);
}

static int64_t share_owed_cents(const struct world *world, const struct share *share)
{
    bool by_days = !share->whole && world->reading.values[FIRST_MONTH_FEE] == FIRST_FEE_PRORATED;
    int64_t owed_cents = 0;
    for (enum plan plan = PLAN_PRO; plan < PLAN_COUNT; plan++) {
        if ((share->plans & plan_bit(plan)) == 0)
            continue;
        int64_t cents = plan_facts(plan)->price_cents;
        if (by_days && plan == share->first_plan)
            cents = prorated_cents(world, cents, share->first_s);
        if (cents > owed_cents)
            owed_cents = cents;
    }
    return owed_cents;
}

static enum fault ledger_add(struct world *world, const struct seat *seat,
                             const struct share *share, enum plan plan, const char *kind,
                             int64_t cents, const struct cause *cause)
{
    enum fault fault = store_change(world->store, SQL_LEDGER_INSERT, "itttititi", share->month_s,
                                    seat->account_id, seat->profile_arn, seat->user_id,
                                    (int64_t)plan, kind, cents, cause->rule, world->now_s);
    if (fault != FAULT_NONE)
        return fault;
    char month[MONTH_TEXT_BYTES];
    char amount[MONEY_TEXT_BYTES];
    char line[MONTH_TEXT_BYTES + MONEY_TEXT_BYTES + 8];
    month_print(share->month_s, month);
    money_print(cents, amount);
    snprintf(line, sizeof line, "%s for %s", amount, month);
    struct entry entry = {.event = kind,
                          .subject = seat->profile_arn,
                          .user_id = seat->user_id,
                          .after = line,
                          .rule = cause->rule,
                          .cause_seq = cause->seq};
    return timeline_add(world, &entry, NULL);
}

/* E17: a person has one licence fee per profile; the deviation gives him one in all. */
static enum fault paid_elsewhere(struct world *world, const struct seat *seat, int64_t month_s,
                                 bool *out_paid)
{
    *out_paid = false;
    if (!world->reading.deviations[ONE_CHARGE_PER_PERSON])
        return FAULT_NONE;
    struct query *query = store_query(world->store, SQL_SHARE_OTHERS, "tti", seat->user_id,
                                      seat->profile_arn, month_s);
    *out_paid = query_next(query) && query_integer(query, 0) > 0;
    return query_end(query);
}

/* Post what is owed beyond what is posted: the posted amount is refunded and the new one charged (rule 25). */
static enum fault share_post(struct world *world, const struct seat *seat, struct share *share,
                             enum plan plan_before, const struct cause *cause)
{
    bool paid = false;
    int64_t owed_cents = share_owed_cents(world, share);
    enum fault fault = paid_elsewhere(world, seat, share->month_s, &paid);
    if (fault == FAULT_NONE && !paid && owed_cents > share->posted_cents) {
        bool refunds =
            share->posted_cents > 0 && !world->reading.deviations[UPGRADE_WITHOUT_REFUND];
        if (refunds)
            fault =
                ledger_add(world, seat, share, plan_before, "refund", -share->posted_cents, cause);
        if (fault == FAULT_NONE)
            fault =
                ledger_add(world, seat, share, top_plan(share->plans), "charge", owed_cents, cause);
        share->posted_cents = owed_cents;
    }
    return fault == FAULT_NONE ? share_put(world, seat, share) : fault;
}

enum fault billing_in_force(struct world *world, const struct seat *seat, enum plan plan,
                            const struct cause *cause)
{
    struct share share;
    enum fault fault =
        share_get(world, seat->user_id, seat->profile_arn, month_of(world->now_s), &share);
    if (fault != FAULT_NONE)
        return fault;
    enum plan before = top_plan(share.plans);
    if (before == PLAN_NONE) {
        share.first_plan = plan;
        share.first_s = world->now_s;
    } else if (seat->activated_s == world->now_s &&
               world->reading.deviations[RESUBSCRIBE_CHARGED_TWICE]) {
        fault =
            ledger_add(world, seat, &share, plan, "charge", plan_facts(plan)->price_cents, cause);
    }
    share.plans |= plan_bit(plan);
    return fault == FAULT_NONE ? share_post(world, seat, &share, before, cause) : fault;
}

enum fault billing_month_start(struct world *world, const struct seat *seat,
                               const struct cause *cause)
{
    struct share share;
    enum fault fault =
        share_get(world, seat->user_id, seat->profile_arn, month_of(world->now_s), &share);
    if (fault != FAULT_NONE)
        return fault;
    struct cause why = {.rule = "bill-per-profile", .seq = cause->seq};
    share.whole = true;
    share.first_plan = seat->plan_in_force;
    share.first_s = month_of(world->now_s);
    share.plans |= plan_bit(seat->plan_in_force);
    return share_post(world, seat, &share, PLAN_NONE, &why);
}

enum fault billing_canceled(struct world *world, const struct seat *seat, const struct cause *cause)
{
    struct share share;
    enum fault fault =
        share_get(world, seat->user_id, seat->profile_arn, month_of(world->now_s), &share);
    if (fault != FAULT_NONE || share.plans == 0)
        return fault;
    struct cause topped_up = {.rule = "E23", .seq = cause->seq};
    struct cause refunded = {.rule = "bill-full-last-month", .seq = cause->seq};
    if (world->reading.values[FIRST_MONTH_CANCEL] == FIRST_CANCEL_FULL) {
        share.whole = true;
        fault = share_post(world, seat, &share, share.first_plan, &topped_up);
    }
    if (fault == FAULT_NONE && world->reading.deviations[LAST_MONTH_REFUNDED])
        fault = ledger_add(world, seat, &share, seat->plan_in_force, "refund", -share.posted_cents,
                           &refunded);
    return fault;
}

enum fault billing_top_plan(struct world *world, const char *user_id, const char *profile_arn,
                            enum plan *out_plan)
{
    struct share share;
    enum fault fault = share_get(world, user_id, profile_arn, month_of(world->now_s), &share);
    *out_plan = top_plan(share.plans);
    return fault;
}

struct forecast {
    struct world *world;
    enum fault fault;
    int64_t month_s;
    void (*see)(void *self, const struct bill_line *line);
    void *self;
};

static void forecast_seat(void *self, const struct seat *seat)
{
    struct forecast *forecast = self;
    bool stands = false;
    enum fault fault = seat_stands(forecast->world, seat, &stands);
    if (fault != FAULT_NONE)
        forecast->fault = fault;
    if (!stands)
        return;
    struct bill_line line = {.account_id = seat->account_id,
                             .profile_arn = seat->profile_arn,
                             .user_id = seat->user_id,
                             .plan = seat->plan,
                             .kind = "charge",
                             .amount_cents = plan_facts(seat->plan)->price_cents,
                             .rule = "bill-per-profile",
                             .at_s = forecast->month_s};
    forecast->see(forecast->self, &line);
}

enum fault billing_each_line(struct world *world, int64_t month_s, bool *out_forecast,
                             void (*see)(void *self, const struct bill_line *line), void *self)
{
    *out_forecast = month_s > world->now_s;
    if (*out_forecast) {
        struct forecast forecast = {.world = world, .month_s = month_s, .see = see, .self = self};
        enum fault fault = seat_each(world, forecast_seat, &forecast);
        return fault == FAULT_NONE ? forecast.fault : fault;
    }
    struct query *query = store_query(world->store, SQL_LEDGER_OF_MONTH, "i", month_s);
    while (query_next(query)) {
        struct bill_line line = {.account_id = query_text(query, 0),
                                 .profile_arn = query_text(query, 1),
                                 .user_id = query_text(query, 2),
                                 .plan = (enum plan)query_integer(query, 3),
                                 .kind = query_text(query, 4),
                                 .amount_cents = query_integer(query, 5),
                                 .rule = query_text(query, 6),
                                 .at_s = query_integer(query, 7)};
        see(self, &line);
    }
    return query_end(query);
}
