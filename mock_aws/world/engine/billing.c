/* SPDX-License-Identifier: MIT */
/* Works out what a licence owes for a month and posts the difference to what is posted already. */
#include "world/engine/billing.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "base/parameters.h"
#include "base/plans.h"
#include "base/statuses.h"
#include "base/text.h"
#include "base/times.h"
#include "world/engine/entitlement.h"
#include "world/reading/reading.h"
#include "world/rows/accounts.h"
#include "world/rows/id_list.h"
#include "world/rows/profiles.h"
#include "world/rows/timeline.h"
#include "world/time/clock.h"

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
    assert(plans >= 0 && plans < plan_bit(PLAN_COUNT));
    for (enum plan plan = PLAN_POWER; plan > PLAN_NONE; plan--)
        if ((plans & plan_bit(plan)) != 0)
            return plan;
    return PLAN_NONE;
}

static void share_read(struct query *query, void *out_share)
{
    struct share *share = out_share;
    *share = (struct share){.plans = query_integer(query, 3),
                            .first_plan = (enum plan)query_integer(query, 4),
                            .first_s = query_integer(query, 5),
                            .whole = query_integer(query, 6) != 0,
                            .canceled = query_integer(query, 7) != 0,
                            .posted_cents = query_integer(query, 8),
                            .posted_plan = (enum plan)query_integer(query, 9),
                            .licence = query_integer(query, 10),
                            .month_s = query_integer(query, 11)};
    text_copy(share->user_id, sizeof share->user_id, query_text(query, 0));
    text_copy(share->profile_arn, sizeof share->profile_arn, query_text(query, 1));
    text_copy(share->account_id, sizeof share->account_id, query_text(query, 2));
    assert(share->posted_cents == 0 || share->posted_plan != PLAN_NONE);
    assert(share->posted_cents >= 0 && share->posted_plan < PLAN_COUNT);
    assert((share->plans & plan_bit(share->first_plan)) != 0);
}

static bool share_find(struct world *world, const char *user_id, const char *profile_arn,
                       int64_t month_s, struct share *out_share)
{
    return query_one(store_query(world->store, SQL_SHARE_GET, "tti", user_id, profile_arn, month_s),
                     share_read, out_share) == FAULT_NONE;
}

/* The account, or the organization it is in: whoever is in none is an organization of his own. */
static void organization_of(struct world *world, const char *account_id,
                            char out[ORGANIZATION_ID_BYTES])
{
    struct account account;
    bool member = account_get(world, account_id, &account) == FAULT_NONE &&
                  account.organization_id[0] != '\0';
    text_copy(out, ORGANIZATION_ID_BYTES, member ? account.organization_id : account_id);
}

/* Who pays once with this seat, as a hash of person and place. */
static int64_t licence_of(struct world *world, const struct seat *seat)
{
    const int *values = world->reading->values;
    char organization[ORGANIZATION_ID_BYTES] = "";
    char *name = text_fold(seat->user_name);
    bool by_name = values[RECREATED_USER_CHARGE] == RECREATED_USER_MERGED;
    uint64_t hash = hash_text(HASH_START, by_name ? seat->instance_arn : "");
    hash = hash_text(hash, by_name ? name : seat->user_id);
    free(name);
    switch (values[SECOND_PROFILE_CHARGE]) {
    case SECOND_ONCE_PER_ORGANIZATION:
        organization_of(world, seat->account_id, organization);
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
    return (int64_t)(hash >> 1);
}

/* The pair's share of a month; a new one has no plans in it. */
static struct share share_get(struct world *world, const struct seat *seat, int64_t month_s)
{
    struct share share = {.month_s = month_s};
    if (share_find(world, seat->user_id, seat->profile_arn, month_s, &share))
        return share;
    text_copy(share.user_id, sizeof share.user_id, seat->user_id);
    text_copy(share.profile_arn, sizeof share.profile_arn, seat->profile_arn);
    text_copy(share.account_id, sizeof share.account_id, seat->account_id);
    share.licence = licence_of(world, seat);
    return share;
}

static void share_put(struct world *world, const struct share *share)
{
    assert(share->posted_cents >= 0);
    assert(share->first_plan > PLAN_NONE && (share->plans & plan_bit(share->first_plan)) != 0);
    assert(month_of(share->month_s) == share->month_s);
    assert(share->user_id[0] != '\0' && share->account_id[0] != '\0');
    store_change(world->store, SQL_SHARE_PUT, "ttitiiiiiiii", share->user_id, share->profile_arn,
                 share->month_s, share->account_id, share->licence, share->plans,
                 (int64_t)share->first_plan, share->first_s, (int64_t)share->whole,
                 (int64_t)share->canceled, share->posted_cents, (int64_t)share->posted_plan);
}

/* Rule 19, E26: the start day counts unless the reading says not. Rounded half up to the cent. */
static int64_t prorated_cents(const struct world *world, int64_t price_cents, int64_t start_s)
{
    int64_t local_s = start_s + world->reading->month_shift_s;
    int64_t days = month_days(local_s);
    int64_t left = days - month_day(local_s);
    if (world->reading->values[PRORATION_DAYS] == DAYS_INCLUSIVE)
        left++;
    assert(left >= 0 && left <= days);
    return (price_cents * left * 2 + days) / (days * 2);
}

static int64_t share_owed_cents(const struct world *world, const struct share *share)
{
    const int *values = world->reading->values;
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
    assert(owed_cents <= plan_facts(PLAN_POWER)->price_cents);
    return owed_cents;
}

void billing_post(struct world *world, int64_t month_s, const struct bill_line *line,
                  int64_t cause_seq)
{
    assert(line->amount_cents != 0 && line->rule != NULL);
    assert(month_of(month_s) == month_s);
    assert(line->plan >= PLAN_NONE && line->plan < PLAN_COUNT);
    store_change(world->store, SQL_LEDGER_INSERT, "itttititi", month_s, line->account_id,
                 line->profile_arn, line->user_id, (int64_t)line->plan, line->kind,
                 line->amount_cents, line->rule, world->now_s);
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
                          .rule = line->rule,
                          .cause_seq = cause_seq};
    timeline_tell(world, &entry);
}

static void share_line(struct world *world, const struct share *share, const char *kind,
                       int64_t cents, const char *rule, int64_t cause_seq)
{
    assert(share->posted_plan != PLAN_NONE);
    struct bill_line line = {.account_id = share->account_id,
                             .profile_arn = share->profile_arn,
                             .user_id = share->user_id,
                             .plan = share->posted_plan,
                             .kind = kind,
                             .amount_cents = cents,
                             .rule = rule};
    billing_post(world, share->month_s, &line, cause_seq);
}

static void shares_read(struct world *world, int64_t licence, int64_t month_s, struct shares *out)
{
    struct query *query = store_query(world->store, SQL_SHARE_OF_LICENCE, "ii", licence, month_s);
    while (query_next(query)) {
        out->items = mem_grow(out->items, out->count, &out->capacity, sizeof *out->items);
        share_read(query, &out->items[out->count++]);
    }
    query_end(query);
}

/*
 * Rule 25: what is posted is refunded, and what is owed is charged to the share that owes the most.
 */
static void shares_repost(struct world *world, struct shares *shares, struct share *best,
                          int64_t owed_cents, bool refunds, const char *rule, int64_t cause_seq)
{
    for (size_t i = 0; i < shares->count; i++) {
        struct share *share = &shares->items[i];
        if (share->posted_cents == 0)
            continue;
        if (refunds)
            share_line(world, share, "refund", -share->posted_cents, rule, cause_seq);
        share->posted_cents = 0;
        share_put(world, share);
    }
    if (owed_cents == 0)
        return;
    assert(best != NULL && owed_cents > 0);
    best->posted_cents = owed_cents;
    best->posted_plan = top_plan(best->plans);
    share_line(world, best, "charge", owed_cents, rule, cause_seq);
    share_put(world, best);
}

/*
 * What a licence's shares make together, as if they were one: its plans, and from when the first of
 * them counts.
 */
static struct share shares_join(const struct world *world, const struct shares *shares)
{
    bool none = world->reading->values[LAST_MONTH_FEE] == LAST_FEE_NONE;
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
    assert((joined.plans == 0) == (joined.first_plan == PLAN_NONE));
    return joined;
}

/*
 * The share that carries the licence's highest plan: of several the one that is posted, else the
 * one that changes, else the first.
 */
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
static void share_settle(struct world *world, const struct share *changed, const char *rule,
                         int64_t cause_seq)
{
    struct shares shares = {0};
    share_put(world, changed);
    shares_read(world, changed->licence, changed->month_s, &shares);
    struct share joined = shares_join(world, &shares);
    int64_t owed_cents = share_owed_cents(world, &joined);
    int64_t posted_cents = 0;
    for (size_t i = 0; i < shares.count; i++)
        posted_cents += shares.items[i].posted_cents;
    bool falls = changed->canceled && world->reading->values[LAST_MONTH_FEE] == LAST_FEE_NONE &&
                 owed_cents < posted_cents;
    bool refunds = falls || world->reading->values[UPGRADE_REFUND] == LOWER_REFUNDED;
    if (falls || owed_cents > posted_cents)
        shares_repost(world, &shares, shares_best(&shares, changed, top_plan(joined.plans)),
                      owed_cents, refunds, rule, cause_seq);
    free(shares.items);
}

enum fault billing_in_force(struct world *world, const struct seat *seat, enum plan plan,
                            int64_t since_s, const char *rule, int64_t cause_seq)
{
    assert(plan > PLAN_NONE && since_s <= world->now_s);
    struct share share = share_get(world, seat, clock_month(world));
    /*
     * E17: the old subscription's lines stay as they are, and the new one is charged as if it were
     * the first.
     */
    if (share.canceled &&
        world->reading->values[RESUBSCRIBE_SAME_MONTH] == RESUBSCRIBE_SECOND_CHARGE) {
        share.plans = 0;
        share.posted_cents = 0;
    }
    if (share.plans == 0) {
        share.first_plan = plan;
        share.first_s = since_s;
        share.whole = clock_month_at(world, since_s) < share.month_s;
    }
    share.canceled = false;
    share.plans |= plan_bit(plan);
    share_settle(world, &share, rule, cause_seq);
    return store_fault(world->store);
}

/* Does the other seat owe more, or as much under an older profile? */
static bool seat_outdoes(struct world *world, const struct seat *other, const struct seat *seat)
{
    struct profile profile = {.row = 0};
    struct profile other_profile = {.row = 0};
    if (other->plan != seat->plan)
        return other->plan > seat->plan;
    profile_get(world, seat->profile_arn, &profile);
    profile_get(world, other->profile_arn, &other_profile);
    return other_profile.row < profile.row;
}

/* Active, and the 1st charges it. */
static bool seat_is_charged(struct world *world, const struct seat *seat)
{
    return seat->status == SEAT_ACTIVE &&
           entitled_on_the_first(world, seat->user_id, seat->profile_arn);
}

/* Does another seat of the user that is charged with this one outdo it? */
static bool seat_outdone(struct world *world, const struct seat *seat)
{
    if (world->reading->values[SECOND_PROFILE_CHARGE] == SECOND_PER_PROFILE)
        return false;
    struct id_list profiles = {0};
    int64_t licence = licence_of(world, seat);
    bool outdone = false;
    id_list_add_query(&profiles, store_query(world->store, SQL_SEATS_OF_USER, "t", seat->user_id));
    for (size_t i = 0; i < profiles.count && !outdone; i++) {
        struct seat other;
        outdone = seat_get(world, seat->user_id, profiles.ids[i], &other) == FAULT_NONE &&
                  seat_is_charged(world, &other) && licence_of(world, &other) == licence &&
                  seat_outdoes(world, &other, seat);
    }
    id_list_clear(&profiles);
    return outdone;
}

static struct share share_whole(struct world *world, const struct seat *seat, int64_t month_s)
{
    assert(seat->plan_in_force > PLAN_NONE && seat->plan_in_force < PLAN_COUNT);
    assert(seat->activated_s != 0);
    struct share share = share_get(world, seat, month_s);
    share.whole = true;
    share.first_plan = seat->plan_in_force;
    share.first_s = clock_turn_into(world, month_s);
    share.plans |= plan_bit(seat->plan_in_force);
    return share;
}

enum fault billing_month_start(struct world *world, const struct seat *seat, int64_t cause_seq)
{
    bool per_profile = world->reading->values[SECOND_PROFILE_CHARGE] == SECOND_PER_PROFILE;
    struct share share = share_whole(world, seat, clock_month(world));
    /*
     * All seats of a licence begin the month at one instant: the one that carries the charge posts
     * it.
     */
    if (seat_outdone(world, seat))
        share_put(world, &share);
    else
        share_settle(world, &share, per_profile ? "bill-per-profile" : "bill-per-account-licence",
                     cause_seq);
    return store_fault(world->store);
}

enum fault billing_passed_over(struct world *world, const struct seat *seat, int64_t cause_seq)
{
    assert(seat->status == SEAT_ACTIVE && seat->activated_s <= world->now_s);
    int64_t month_s = clock_month_at(world, seat->activated_s);
    struct query *query =
        store_query(world->store, SQL_SHARE_LATEST, "tt", seat->user_id, seat->profile_arn);
    if (query_next(query) && query_integer(query, 0) > month_s)
        month_s = query_integer(query, 0);
    query_end(query);
    while ((month_s = month_next(month_s)) <= clock_month(world)) {
        struct share share = share_whole(world, seat, month_s);
        share_settle(world, &share, "E28", cause_seq);
    }
    return store_fault(world->store);
}

enum fault billing_canceled(struct world *world, const struct seat *seat, int64_t cause_seq)
{
    struct share share;
    if (!share_find(world, seat->user_id, seat->profile_arn, clock_month(world), &share))
        return store_fault(world->store);
    bool full = world->reading->values[FIRST_MONTH_CANCEL] == FIRST_CANCEL_FULL;
    assert(seat->status == SEAT_CANCELED);
    share.canceled = true;
    share.whole = share.whole || full;
    share_settle(world, &share, full ? "E23" : "bill-full-last-month", cause_seq);
    return store_fault(world->store);
}

enum plan billing_top_plan(struct world *world, const char *user_id, const char *profile_arn)
{
    struct share share;
    if (!share_find(world, user_id, profile_arn, clock_month(world), &share))
        return PLAN_NONE;
    bool anew = share.canceled &&
                world->reading->values[RESUBSCRIBE_SAME_MONTH] == RESUBSCRIBE_SECOND_CHARGE;
    return anew ? PLAN_NONE : top_plan(share.plans);
}

bool billing_had_share(struct world *world, const struct seat *seat)
{
    struct share share;
    return share_find(world, seat->user_id, seat->profile_arn, clock_month(world), &share);
}

enum fault billing_each_posted(struct world *world, int64_t month_s,
                               void (*see)(void *self, const struct bill_line *line), void *self)
{
    assert(month_of(month_s) == month_s);
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
