/* SPDX-License-Identifier: MIT */
/* Works out what a licence owes for a month and posts the difference to what is posted already. */
#include "world/billing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "base/parameters.h"
#include "base/text.h"
#include "base/times.h"
#include "world/accounts.h"
#include "world/profiles.h"
#include "world/timeline.h"
#include "world/touched.h"

struct share {
    char user_id[USER_ID_BYTES];
    char profile_arn[ARN_BYTES];
    char account_id[ACCOUNT_BYTES];
    int64_t month_s;
    int64_t plans; /* a bit per plan in force while Active */
    enum plan first_plan;
    int64_t first_s; /* the instant from which the first plan counts */
    bool whole;      /* Active at the month's first instant: nothing counts by days */
    bool canceled;   /* the last that happened in the month */
    int64_t posted_cents;
    enum plan posted_plan;
    int64_t licence;
};

struct shares {
    struct share *items;
    size_t count;
    size_t capacity;
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

static struct share share_read(struct query *query, int64_t month_s)
{
    struct share share = {.month_s = month_s,
                          .plans = query_integer(query, 3),
                          .first_plan = (enum plan)query_integer(query, 4),
                          .first_s = query_integer(query, 5),
                          .whole = query_integer(query, 6) != 0,
                          .canceled = query_integer(query, 7) != 0,
                          .posted_cents = query_integer(query, 8),
                          .posted_plan = (enum plan)query_integer(query, 9),
                          .licence = query_integer(query, 10)};
    text_copy(share.user_id, sizeof share.user_id, query_text(query, 0));
    text_copy(share.profile_arn, sizeof share.profile_arn, query_text(query, 1));
    text_copy(share.account_id, sizeof share.account_id, query_text(query, 2));
    return share;
}

/* FAULT_NOT_FOUND for a pair without a share in the current month. */
static enum fault share_find(struct world *world, const char *user_id, const char *profile_arn,
                             struct share *out_share)
{
    int64_t month_s = clock_month(world);
    struct query *query =
        store_query(world->store, SQL_SHARE_GET, "tti", user_id, profile_arn, month_s);
    bool found = query_next(query);
    if (found)
        *out_share = share_read(query, month_s);
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

/* The account, or the organization it is in: whoever is in none is an organization of his own. */
static enum fault organization_of(struct world *world, const char *account_id,
                                  char out[ORGANIZATION_ID_BYTES])
{
    struct account account;
    enum fault fault = account_get(world, account_id, &account);
    bool alone = fault == FAULT_NOT_FOUND || account.organization_id[0] == '\0';
    text_copy(out, ORGANIZATION_ID_BYTES, alone ? account_id : account.organization_id);
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

/* Who pays once with this seat, as a hash of person and place. */
static enum fault licence_of(struct world *world, const struct seat *seat, int64_t *out_licence)
{
    const int *values = world->reading.values;
    char organization[ORGANIZATION_ID_BYTES] = "";
    char *name = text_fold(seat->user_name);
    bool by_name = values[RECREATED_USER_CHARGE] == RECREATED_USER_MERGED;
    uint64_t hash = hash_text(HASH_START, by_name ? seat->instance_arn : "");
    hash = hash_text(hash, by_name ? name : seat->user_id);
    free(name);
    enum fault fault = FAULT_NONE;
    switch (values[SECOND_PROFILE_CHARGE]) {
    case SECOND_ONCE_PER_ORGANIZATION:
        fault = organization_of(world, seat->account_id, organization);
        hash = hash_text(hash, organization);
        break;
    case SECOND_PER_PERSON_ACCOUNT:
        hash = hash_text(hash, seat->account_id);
        break;
    default:
        if (values[RECREATED_PROFILE_CHARGE] == RECREATED_PROFILE_ONE_CHARGE)
            hash = hash_text(hash_text(hash, seat->account_id), seat->profile_region);
        else
            hash = hash_text(hash, seat->profile_arn);
    }
    *out_licence = (int64_t)(hash >> 1);
    return fault;
}

/* The pair's share of the current month; a new one has no plans in it. */
static enum fault share_get(struct world *world, const struct seat *seat, struct share *out_share)
{
    enum fault fault = share_find(world, seat->user_id, seat->profile_arn, out_share);
    if (fault != FAULT_NOT_FOUND)
        return fault;
    *out_share = (struct share){.month_s = clock_month(world)};
    text_copy(out_share->user_id, sizeof out_share->user_id, seat->user_id);
    text_copy(out_share->profile_arn, sizeof out_share->profile_arn, seat->profile_arn);
    text_copy(out_share->account_id, sizeof out_share->account_id, seat->account_id);
    return licence_of(world, seat, &out_share->licence);
}

static enum fault share_put(struct world *world, const struct share *share)
{
    return store_change(world->store, SQL_SHARE_PUT, "ttitiiiiiiii", share->user_id,
                        share->profile_arn, share->month_s, share->account_id, share->licence,
                        share->plans, (int64_t)share->first_plan, share->first_s,
                        (int64_t)share->whole, (int64_t)share->canceled, share->posted_cents,
                        (int64_t)share->posted_plan);
}

/* Rule 19, E26: the start day counts unless the reading says not. Rounded half up to the cent. */
static int64_t prorated_cents(const struct world *world, int64_t price_cents, int64_t start_s)
{
    int64_t local_s = start_s + world->reading.month_shift_s;
    int64_t days = month_days(local_s);
    int64_t left = days - month_day(local_s);
    if (world->reading.values[PRORATION_DAYS] == DAYS_INCLUSIVE)
        left++;
    return (price_cents * left * 2 + days) / (days * 2);
}

static int64_t share_owed_cents(const struct world *world, const struct share *share)
{
    const int *values = world->reading.values;
    bool by_days = !share->whole && values[FIRST_MONTH_FEE] == FIRST_FEE_PRORATED;
    bool all_by_days = values[FIRST_MONTH_UPGRADE] == FIRST_UPGRADE_PRORATED;
    int64_t owed_cents = 0;
    for (enum plan plan = PLAN_PRO; plan < PLAN_COUNT; plan++) {
        if ((share->plans & plan_bit(plan)) == 0)
            continue;
        int64_t cents = plan_facts(plan)->price_cents;
        if (by_days && (all_by_days || plan == share->first_plan))
            cents = prorated_cents(world, cents, share->first_s);
        if (cents > owed_cents)
            owed_cents = cents;
    }
    return owed_cents;
}

enum fault billing_post(struct world *world, const struct bill_line *line,
                        const struct cause *cause)
{
    int64_t month_s = clock_month(world);
    enum fault fault =
        store_change(world->store, SQL_LEDGER_INSERT, "itttititi", month_s, line->account_id,
                     line->profile_arn, line->user_id, (int64_t)line->plan, line->kind,
                     line->amount_cents, cause->rule, world->now_s);
    if (fault != FAULT_NONE)
        return fault;
    char month[MONTH_TEXT_BYTES];
    char amount[MONEY_TEXT_BYTES];
    char told[MONTH_TEXT_BYTES + MONEY_TEXT_BYTES + 8];
    month_print(month_s, month);
    money_print(line->amount_cents, amount);
    snprintf(told, sizeof told, "%s for %s", amount, month);
    struct entry entry = {.event = line->kind,
                          .subject = line->profile_arn,
                          .user_id = line->user_id,
                          .after = told,
                          .rule = cause->rule,
                          .cause_seq = cause->seq};
    return timeline_add(world, &entry, NULL);
}

static enum fault share_line(struct world *world, const struct share *share, enum plan plan,
                             const char *kind, int64_t cents, const struct cause *cause)
{
    struct bill_line line = {.account_id = share->account_id,
                             .profile_arn = share->profile_arn,
                             .user_id = share->user_id,
                             .plan = plan,
                             .kind = kind,
                             .amount_cents = cents};
    return billing_post(world, &line, cause);
}

static enum fault shares_read(struct world *world, int64_t licence, int64_t month_s,
                              struct shares *out)
{
    struct query *query = store_query(world->store, SQL_SHARE_OF_LICENCE, "ii", licence, month_s);
    while (query_next(query)) {
        out->items = mem_grow(out->items, out->count, &out->capacity, sizeof *out->items);
        out->items[out->count++] = share_read(query, month_s);
    }
    return query_end(query);
}

/* Rule 25: what is posted is refunded, and what is owed is charged to the share that owes the most. */
static enum fault shares_repost(struct world *world, struct shares *shares, struct share *best,
                                int64_t owed_cents, bool refunds, const struct cause *cause)
{
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < shares->count && fault == FAULT_NONE; i++) {
        struct share *share = &shares->items[i];
        if (share->posted_cents == 0)
            continue;
        if (refunds)
            fault =
                share_line(world, share, share->posted_plan, "refund", -share->posted_cents, cause);
        share->posted_cents = 0;
        if (fault == FAULT_NONE)
            fault = share_put(world, share);
    }
    if (fault == FAULT_NONE && owed_cents > 0) {
        best->posted_cents = owed_cents;
        best->posted_plan = top_plan(best->plans);
        fault = share_line(world, best, best->posted_plan, "charge", owed_cents, cause);
        if (fault == FAULT_NONE)
            fault = share_put(world, best);
    }
    return fault;
}

/* What a licence's shares make together, as if they were one: its plans, and from when the first of them counts. */
static struct share shares_join(const struct world *world, const struct shares *shares)
{
    bool none = world->reading.values[LAST_MONTH_FEE] == LAST_FEE_NONE;
    struct share joined = {.plans = 0};
    for (size_t i = 0; i < shares->count; i++) {
        const struct share *share = &shares->items[i];
        if (share->plans == 0 || (none && share->canceled))
            continue;
        if (joined.plans == 0 || share->first_s < joined.first_s) {
            joined.first_s = share->first_s;
            joined.first_plan = share->first_plan;
        }
        joined.plans |= share->plans;
        joined.whole = joined.whole || share->whole;
    }
    return joined;
}

/* The share that carries the licence's highest plan: of several the one that is posted, else the one that changes, else the first. */
static struct share *shares_best(const struct shares *shares, const struct share *changed,
                                 enum plan plan)
{
    struct share *best = NULL;
    int best_fit = 0;
    for (size_t i = 0; i < shares->count; i++) {
        struct share *share = &shares->items[i];
        bool changes = strcmp(share->user_id, changed->user_id) == 0 &&
                       strcmp(share->profile_arn, changed->profile_arn) == 0;
        int fit = share->posted_cents > 0 ? 3 : changes ? 2 : 1;
        if ((share->plans & plan_bit(plan)) != 0 && fit > best_fit) {
            best = share;
            best_fit = fit;
        }
    }
    return best;
}

/* Save a changed share, and post what its licence owes beyond what is posted. */
static enum fault share_settle(struct world *world, const struct share *changed,
                               const struct cause *cause)
{
    struct shares shares = {0};
    enum fault fault = share_put(world, changed);
    if (fault == FAULT_NONE)
        fault = shares_read(world, changed->licence, changed->month_s, &shares);
    struct share joined = shares_join(world, &shares);
    int64_t owed_cents = share_owed_cents(world, &joined);
    int64_t posted_cents = 0;
    for (size_t i = 0; i < shares.count; i++)
        posted_cents += shares.items[i].posted_cents;
    bool falls = changed->canceled && world->reading.values[LAST_MONTH_FEE] == LAST_FEE_NONE &&
                 owed_cents < posted_cents;
    bool refunds = falls || !world->reading.deviations[UPGRADE_WITHOUT_REFUND];
    if (fault == FAULT_NONE && (falls || owed_cents > posted_cents))
        fault = shares_repost(world, &shares, shares_best(&shares, changed, top_plan(joined.plans)),
                              owed_cents, refunds, cause);
    free(shares.items);
    return fault;
}

/* From when the first plan of a month counts (E25); a seat of an earlier month makes it whole. */
static void share_begin(const struct world *world, struct share *share, const struct seat *seat,
                        enum plan plan)
{
    bool from_assignment = world->reading.values[FEE_FROM] == FEE_FROM_ASSIGNMENT;
    share->first_plan = plan;
    share->first_s = from_assignment ? seat->created_s : world->now_s;
    share->whole = clock_month_at(world, share->first_s) < share->month_s;
}

enum fault billing_in_force(struct world *world, const struct seat *seat, enum plan plan,
                            const struct cause *cause)
{
    struct share share;
    enum fault fault = share_get(world, seat, &share);
    if (fault != FAULT_NONE)
        return fault;
    /* E17: the old subscription's lines stay as they are, and the new one is charged as if it were the first. */
    if (share.canceled &&
        world->reading.values[RESUBSCRIBE_SAME_MONTH] == RESUBSCRIBE_SECOND_CHARGE) {
        share.plans = 0;
        share.posted_cents = 0;
    }
    if (share.plans == 0)
        share_begin(world, &share, seat, plan);
    share.canceled = false;
    share.plans |= plan_bit(plan);
    return share_settle(world, &share, cause);
}

/* Does the other seat owe more, or as much under an older profile? */
static enum fault seat_outdoes(struct world *world, const struct seat *other,
                               const struct seat *seat, bool *out_outdoes)
{
    struct profile profile = {.row = 0};
    struct profile other_profile = {.row = 0};
    *out_outdoes = other->plan > seat->plan;
    if (other->plan != seat->plan)
        return FAULT_NONE;
    enum fault fault = profile_get(world, seat->profile_arn, &profile);
    if (fault == FAULT_NONE)
        fault = profile_get(world, other->profile_arn, &other_profile);
    *out_outdoes = other_profile.row < profile.row;
    return fault;
}

/* Does another seat of the user that is charged with this one outdo it? */
static enum fault seat_outdone(struct world *world, const struct seat *seat, bool *out_outdone)
{
    struct touched profiles = {0};
    int64_t licence = 0;
    *out_outdone = false;
    if (world->reading.values[SECOND_PROFILE_CHARGE] == SECOND_PER_PROFILE)
        return FAULT_NONE;
    enum fault fault = licence_of(world, seat, &licence);
    if (fault == FAULT_NONE)
        fault = touched_add_query(&profiles,
                                  store_query(world->store, SQL_SEATS_OF_USER, "t", seat->user_id));
    for (size_t i = 0; i < profiles.count && fault == FAULT_NONE && !*out_outdone; i++) {
        struct seat other;
        bool stands = false;
        int64_t other_licence = 0;
        fault = seat_get(world, seat->user_id, profiles.ids[i], &other);
        if (fault == FAULT_NONE)
            fault = seat_stands(world, &other, &stands);
        if (fault == FAULT_NONE)
            fault = licence_of(world, &other, &other_licence);
        if (fault == FAULT_NONE && stands && other_licence == licence)
            fault = seat_outdoes(world, &other, seat, out_outdone);
    }
    touched_clear(&profiles);
    return fault;
}

enum fault billing_month_start(struct world *world, const struct seat *seat,
                               const struct cause *cause)
{
    struct share share;
    enum fault fault = share_get(world, seat, &share);
    if (fault != FAULT_NONE)
        return fault;
    bool per_profile = world->reading.values[SECOND_PROFILE_CHARGE] == SECOND_PER_PROFILE;
    struct cause why = {.rule = per_profile ? "bill-per-profile" : "bill-per-account-licence",
                        .seq = cause->seq};
    share.whole = true;
    share.first_plan = seat->plan_in_force;
    share.first_s = world->now_s;
    share.plans |= plan_bit(seat->plan_in_force);
    /* All seats of a licence begin the month at one instant: the one that carries the charge posts it. */
    bool outdone = false;
    fault = seat_outdone(world, seat, &outdone);
    if (fault != FAULT_NONE)
        return fault;
    return outdone ? share_put(world, &share) : share_settle(world, &share, &why);
}

enum fault billing_canceled(struct world *world, const struct seat *seat, const struct cause *cause)
{
    struct share share;
    enum fault fault = share_find(world, seat->user_id, seat->profile_arn, &share);
    if (fault != FAULT_NONE)
        return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
    bool full = world->reading.values[FIRST_MONTH_CANCEL] == FIRST_CANCEL_FULL;
    struct cause why = {.rule = full ? "E23" : "bill-full-last-month", .seq = cause->seq};
    share.canceled = true;
    share.whole = share.whole || full;
    return share_settle(world, &share, &why);
}

enum fault billing_top_plan(struct world *world, const char *user_id, const char *profile_arn,
                            enum plan *out_plan)
{
    struct share share;
    enum fault fault = share_find(world, user_id, profile_arn, &share);
    bool anew = fault == FAULT_NONE && share.canceled &&
                world->reading.values[RESUBSCRIBE_SAME_MONTH] == RESUBSCRIBE_SECOND_CHARGE;
    *out_plan = fault == FAULT_NONE && !anew ? top_plan(share.plans) : PLAN_NONE;
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

enum fault billing_had_share(struct world *world, const struct seat *seat, bool *out_had)
{
    struct share share;
    enum fault fault = share_find(world, seat->user_id, seat->profile_arn, &share);
    *out_had = fault == FAULT_NONE;
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
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
    bool outdone = false;
    enum fault fault = seat_stands(forecast->world, seat, &stands);
    if (fault == FAULT_NONE && stands)
        fault = seat_outdone(forecast->world, seat, &outdone);
    if (fault != FAULT_NONE)
        forecast->fault = fault;
    if (!stands || outdone)
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
    *out_forecast = month_s > clock_month(world);
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
