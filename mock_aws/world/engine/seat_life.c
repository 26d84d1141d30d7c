/* SPDX-License-Identifier: MIT */
/* Makes, changes and cancels seats as their claims have it; see seat_life.h. */
#include "world/engine/seat_life.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/parameters.h"
#include "base/plans.h"
#include "base/statuses.h"
#include "base/text.h"
#include "base/times.h"
#include "world/engine/billing.h"
#include "world/engine/credits.h"
#include "world/engine/entitlement.h"
#include "world/engine/seat_access.h"
#include "world/engine/seat_plan.h"
#include "world/reading/reading.h"
#include "world/rows/profiles.h"
#include "world/rows/timeline.h"
#include "world/time/clock.h"
#include "world/time/propagation.h"

/*
 * "ACTIVE pro", or "ACTIVE pro in force pro-plus" where another plan is in force than was bought.
 */
static void seat_print(const struct seat *seat, char out[64])
{
    bool differs = seat->plan_in_force != PLAN_NONE && seat->plan_in_force != seat->plan;
    snprintf(out, 64, "%s %s%s%s", seat_status_name(seat->status), plan_facts(seat->plan)->name,
             differs ? " in force " : "", differs ? plan_facts(seat->plan_in_force)->name : "");
}

/*
 * For whoever watches: "2026-06-04T09:00:00Z alice: ACTIVE pro -> CANCELED pro
 * (auto-user-deleted)".
 */
static void add_news(struct world *world, const struct seat *seat, const char *was, const char *is,
                     const char *rule)
{
    char now[TIME_TEXT_BYTES];
    if (world->tell == NULL)
        return;
    time_print(world->now_s, now);
    text_addf(&world->news, "%s %s: %s%s%s (%s)\n", now, seat->user_name, was,
              was[0] == '\0' ? "" : " -> ", is, rule);
}

int64_t seat_tell(struct world *world, const struct seat *before, const struct seat *after,
                  const char *rule, int64_t cause_seq)
{
    char was[64] = "";
    char is[64];
    if (before != NULL)
        seat_print(before, was);
    seat_print(after, is);
    if (strcmp(was, is) == 0)
        return 0;
    add_news(world, after, was, is, rule);
    struct entry entry = {.event = "seat",
                          .subject = after->profile_arn,
                          .user_id = after->user_id,
                          .before = before == NULL ? NULL : was,
                          .after = is,
                          .rule = rule,
                          .cause_seq = cause_seq};
    return timeline_tell(world, &entry);
}

/*
 * Told with every seat that begins or ends, so that whoever reads the story need not know the rules
 * of access.
 */
static void tell_access(struct world *world, const struct seat *seat, const char *event,
                        const char *after, const char *rule, int64_t cause_seq)
{
    struct entry entry = {.event = event,
                          .subject = seat->profile_arn,
                          .user_id = seat->user_id,
                          .after = after,
                          .rule = rule,
                          .cause_seq = cause_seq};
    timeline_tell(world, &entry);
}

/*
 * What was decided of the seat, told by the entry `seq`, for the instant at which it comes about.
 */
static void decide(struct seat *seat, int64_t seq, const struct cause *cause)
{
    assert(cause->kind >= CAUSE_NONE && cause->kind < CAUSE_COUNT);
    seat->decided_seq = seq;
    seat->decided_cause_seq = cause->seq;
    text_copy(seat->decided_rule, sizeof seat->decided_rule, cause_rule(cause->kind));
}

enum fault seat_activate(struct world *world, struct seat *seat, const struct cause *cause)
{
    assert(seat->status == SEAT_PENDING);
    struct seat before = *seat;
    bool again = billing_had_share(world, seat);
    assert(seat->activated_s == 0 && seat->canceled_s == 0);
    seat->status = SEAT_ACTIVE;
    seat->activated_s = world->now_s;
    seat->plan_in_force = seat_plan_in_force(world, seat, false);
    assert(seat->plan_in_force > PLAN_NONE && seat->plan_in_force < PLAN_COUNT);
    seat->activated_seq = seat_tell(world, &before, seat, cause_rule(cause->kind), cause->seq);
    assert(seat->activated_seq > 0 || store_fault(world->store) != FAULT_NONE);
    decide(seat, seat->activated_seq, cause);
    seat_save(world, seat);
    bool prorated = world->reading->values[FIRST_MONTH_FEE] == FIRST_FEE_PRORATED;
    const char *rule = again      ? "E17"
                       : prorated ? "bill-first-month-prorated"
                                  : "activation-on-first-use";
    bool from_assignment = world->reading->values[FEE_FROM] == FEE_FROM_ASSIGNMENT;
    return billing_in_force(world, seat, seat->plan_in_force,
                            from_assignment ? seat->created_s : world->now_s, rule, cause->seq);
}

/* The deviation that lists all members of a group but the second one to get a seat. */
static void unlist_second(struct world *world, struct seat *seat)
{
    if (world->reading->values[SECOND_MEMBER] == SECOND_MEMBER_LISTED)
        return;
    struct query *query =
        store_query(world->store, SQL_CLAIM_SIBLINGS, "tt", seat->user_id, seat->profile_arn);
    bool second = query_next(query) && query_integer(query, 0) == 2;
    query_end(query);
    if (second) {
        seat->listed_until_s = world->now_s;
        seat_save(world, seat);
    }
}

/* A paid seat's row may stay in the list to the month's end beside the one subscribed anew. */
static bool keeps_row(const struct world *world, const struct seat *former)
{
    return world->reading->values[CANCELED_ROW_AFTER_RESUBSCRIBE] == CANCELED_ROW_KEPT &&
           former->status == SEAT_CANCELED && former->activated_s != 0 &&
           former->listed_until_s > world->now_s;
}

/* In the place of the pair's former seat, which *out_seat holds (zeros: there was none). */
static enum fault seat_make(struct world *world, const char *user_id, const char *profile_arn,
                            enum plan plan, const struct cause *cause, struct seat *out_seat)
{
    assert(plan > PLAN_NONE && plan < PLAN_COUNT);
    assert(out_seat->status == SEAT_NONE || out_seat->status == SEAT_CANCELED);
    struct profile profile;
    enum fault fault = profile_get(world, profile_arn, &profile);
    if (fault != FAULT_NONE)
        return fault;
    struct seat seat = {.status = SEAT_PENDING, .plan = plan, .created_s = world->now_s};
    text_copy(seat.user_id, sizeof seat.user_id, user_id);
    text_copy(seat.profile_arn, sizeof seat.profile_arn, profile_arn);
    text_copy(seat.account_id, sizeof seat.account_id, profile.account_id);
    text_copy(seat.profile_region, sizeof seat.profile_region, profile.region);
    text_copy(seat.instance_arn, sizeof seat.instance_arn, profile.instance_arn);
    struct query *query = store_query(world->store, SQL_USER_NAME, "t", user_id);
    if (query_next(query))
        text_copy(seat.user_name, sizeof seat.user_name, query_text(query, 0));
    query_end(query);
    seat_insert(world, &seat, keeps_row(world, out_seat));
    fault = seat_get(world, user_id, profile_arn, out_seat);
    if (fault != FAULT_NONE)
        return fault;
    assert(out_seat->status == SEAT_PENDING && out_seat->plan == plan);
    const char *rule = cause_rule(cause->kind);
    unlist_second(world, out_seat);
    seat_tell(world, NULL, out_seat, rule, cause->seq);
    tell_access(world, out_seat, "access begins", NULL, rule, cause->seq);
    if (world->reading->values[PENDING_FEE] == PENDING_PAID)
        fault = billing_in_force(world, out_seat, plan, world->now_s, rule, cause->seq);
    if (fault == FAULT_NONE && world->reading->values[ACTIVATION] == ACTIVE_ON_ASSIGNMENT)
        fault = seat_activate(world, out_seat, cause);
    return fault;
}

/*
 * Rules 33, 34. A row that does not wait for the month's turn is off the lists at once, or stays
 * for ever. Rule 6: nobody can look at the console of a closed account.
 */
static int64_t listed_until_s(const struct world *world, enum seat_status before,
                              enum cause_kind cause)
{
    assert(before == SEAT_PENDING || before == SEAT_ACTIVE);
    const int *values = world->reading->values;
    bool vanishes = before == SEAT_PENDING && values[PENDING_CANCEL] == PENDING_CANCEL_VANISHES;
    if (cause == CAUSE_ACCOUNT_CLOSED || vanishes || values[CANCELED_ROW_KEPT_UNTIL] == ROW_AT_ONCE)
        return world->now_s;
    return values[CANCELED_ROW_KEPT_UNTIL] == ROW_FOREVER ? FOREVER : clock_month_end(world);
}

/* The story of what is still to come of a cancellation's access. */
static void tell_access_ahead(struct world *world, const struct seat *seat, int64_t cause_seq)
{
    char until[TIME_TEXT_BYTES] = "";
    bool open = held(seat->access_until_s);
    if (seat->access_until_s != 0 && !open)
        time_print(seat->access_until_s, until);
    tell_access(world, seat, seat->access_until_s == 0 ? "access ends" : "access goes on",
                until[0] == '\0' ? NULL : until, "access-after-cancel", cause_seq);
}

/* Rules 12, 13, 33, 34. */
static enum fault seat_cancel(struct world *world, struct seat *seat, const struct cause *cause)
{
    assert(seat->status == SEAT_PENDING || seat->status == SEAT_ACTIVE);
    struct seat before = *seat;
    seat->access_until_s = access_after_cancel_s(world, seat);
    seat->status = SEAT_CANCELED;
    seat->canceled_s = world->now_s;
    seat->listed_until_s = listed_until_s(world, before.status, cause->kind);
    seat->cause = cause->kind;
    int64_t told_seq = seat_tell(world, &before, seat, cause_rule(cause->kind), cause->seq);
    decide(seat, told_seq, cause);
    seat_save(world, seat);
    enum fault fault = billing_canceled(world, seat, cause->seq);
    tell_access_ahead(world, seat, cause->seq);
    return fault;
}

/* An administrator's new subscription. */
static bool subscribes(enum cause_kind cause)
{
    return cause == CAUSE_USER_SUBSCRIBED || cause == CAUSE_HOLDER_SUBSCRIBED ||
           cause == CAUSE_GROUP_SUBSCRIBED;
}

/* Rules 16, 25, 27; E1: the join has moved. */
static enum fault seat_change(struct world *world, struct seat *seat, enum plan plan,
                              const struct cause *cause)
{
    struct seat before = *seat;
    seat->plan = plan;
    /*
     * E1, its other reading, is about claims that end; who asks for a lower plan has it from the
     * 1st all the same.
     */
    bool asked = cause->kind == CAUSE_PLAN_LOWERED || subscribes(cause->kind);
    bool lost = plan < before.plan && !asked;
    bool drops = (lost && world->reading->values[TIER_DROP] == TIER_DROP_NOW) ||
                 world->reading->values[DOWNGRADE_IN_FORCE] == DOWNGRADE_NOW;
    if (seat->status == SEAT_ACTIVE)
        seat->plan_in_force = seat_plan_in_force(world, seat, drops);
    int64_t told_seq = seat_tell(world, &before, seat, cause_rule(cause->kind), cause->seq);
    decide(seat, told_seq, cause);
    seat_save(world, seat);
    /* A month that the 1st passed over is not charged for a plan alone (E28). */
    if (seat->plan_in_force <= before.plan_in_force || !billing_had_share(world, seat))
        return FAULT_NONE;
    enum fault fault = billing_in_force(world, seat, seat->plan_in_force, world->now_s,
                                        "upgrade-immediate-refund-lower", cause->seq);
    return fault == FAULT_NONE ? credits_rerate(world, seat, cause->seq) : fault;
}

/* The highest plan among the pair's live claims (rule 16); PLAN_NONE if there is none. */
static enum plan claims_join(struct world *world, const char *user_id, const char *profile_arn)
{
    bool lowest = world->reading->values[CLAIMS_JOIN] == JOIN_LOWEST;
    enum plan join = PLAN_NONE;
    struct query *query = store_query(world->store, SQL_CLAIM_OF_PAIR, "tt", user_id, profile_arn);
    while (query_next(query)) {
        enum plan plan = (enum plan)query_integer(query, 0);
        if (join == PLAN_NONE || (lowest ? plan < join : plan > join))
            join = plan;
    }
    query_end(query);
    return join;
}

/*
 * E6, E15: a reading takes the end of this seat for a pause, and what happens now for its end, if a
 * claim goes on that the pause had interrupted.
 */
static bool resumes(struct world *world, const struct seat *seat, const struct cause *cause)
{
    const int *values = world->reading->values;
    bool user = values[REACTIVATE] == REACTIVATE_FULL && seat->cause == CAUSE_USER_DEACTIVATED &&
                cause->kind == CAUSE_USER_ENABLED;
    bool account = values[ACCOUNT_REOPEN] == REOPEN_RESUME && seat->cause == CAUSE_ACCOUNT_CLOSED &&
                   cause->kind == CAUSE_ACCOUNT_REOPENED;
    return seat->activated_s != 0 && (user || account) &&
           query_any(store_query(world->store, SQL_CLAIM_GOES_ON, "ttii", seat->user_id,
                                 seat->profile_arn, seat->canceled_s, (int64_t)seat->cause));
}

/*
 * E28: what the 1st passed over, since nothing entitled the pair by the facts, is charged once
 * something does again while the seat has gone on for Kiro: each month whole; or from now on, where
 * an administrator has subscribed anew.
 */
static enum fault charge_passed_over(struct world *world, const struct seat *seat,
                                     const struct cause *cause)
{
    if (seat->status != SEAT_ACTIVE || billing_had_share(world, seat) ||
        !entitled_in_truth(world, seat->user_id, seat->profile_arn))
        return FAULT_NONE;
    return subscribes(cause->kind)
               ? billing_in_force(world, seat, seat->plan_in_force, world->now_s,
                                  "bill-first-month-prorated", cause->seq)
               : billing_passed_over(world, seat, cause->seq);
}

enum fault seat_follow(struct world *world, const char *user_id, const char *profile_arn,
                       const struct cause *cause)
{
    enum plan join = claims_join(world, user_id, profile_arn);
    struct seat seat = {0};
    enum fault fault = seat_get(world, user_id, profile_arn, &seat);
    if (fault != FAULT_NONE && fault != FAULT_NOT_FOUND)
        return fault;
    bool had = fault == FAULT_NONE;
    assert(!had || seat.row > 0);
    bool lives = had && seat.status != SEAT_CANCELED;
    if (join == PLAN_NONE)
        return lives ? seat_cancel(world, &seat, cause) : FAULT_NONE;
    if (!lives) {
        bool goes_on = had && resumes(world, &seat, cause);
        fault = seat_make(world, user_id, profile_arn, join, cause, &seat);
        bool pending = seat.status == SEAT_PENDING;
        return fault == FAULT_NONE && goes_on && pending ? seat_activate(world, &seat, cause)
                                                         : fault;
    }
    if (join != seat.plan)
        fault = seat_change(world, &seat, join, cause);
    return fault == FAULT_NONE ? charge_passed_over(world, &seat, cause) : fault;
}
