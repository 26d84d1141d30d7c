/* SPDX-License-Identifier: MIT */
/*
 * A month is read moment by moment, and the credits used between two moments with the plan that was
 * in force then. Where the sources are silent the parameters of the edition choose between two
 * readings; both stand here, side by side.
 */
#include "oracle/oracle_month.h"

#include <assert.h>
#include <stdlib.h>

#include "base/parameters.h"
#include "base/statuses.h"

enum {
    HUNDREDTHS = 100,
    OVERAGE_CENTS_PER_CREDIT = 4,
    OVERAGE_CAP_USD = 10000 /* of a profile and month, until somebody has it raised (rule 51) */
};

/* A month while it is read. */
struct calendar {
    const struct seat_history *history;
    int64_t month_s;
    size_t next_event; /* whose use of credits has not been counted yet */
    struct month_reading reading;
    struct postings *postings;
};

static int value_of(const struct calendar *calendar, enum parameter parameter)
{
    return calendar->history->oracle->values[parameter];
}

static int64_t over(int64_t used_hundredths, enum plan plan)
{
    assert(used_hundredths >= 0 && plan >= PLAN_NONE && plan < PLAN_COUNT);
    int64_t beyond = used_hundredths - plan_facts(plan)->credits_hundredths;
    return beyond > 0 ? beyond : 0;
}

static int64_t overage_cents(int64_t over_hundredths)
{
    assert(over_hundredths >= 0);
    return (over_hundredths * OVERAGE_CENTS_PER_CREDIT * 2 + HUNDREDTHS) / (HUNDREDTHS * 2);
}

static bool is_use(const struct seat_history *history, const struct event *event)
{
    return event->kind == ORACLE_USED && event->subject == history->user &&
           event->object == history->profile;
}

/* The uses before event `end`, which found the plan that is in force now. */
static void count_uses(struct calendar *calendar, size_t end, enum plan plan)
{
    struct month_reading *reading = &calendar->reading;
    const struct oracle *oracle = calendar->history->oracle;
    for (; calendar->next_event < end; calendar->next_event++) {
        const struct event *event = &oracle->events[calendar->next_event];
        if (event->at_s < calendar->month_s || !is_use(calendar->history, event))
            continue;
        int64_t used = reading->used_hundredths + event->credits_hundredths;
        reading->over_hundredths += over(used, plan) - over(reading->used_hundredths, plan);
        reading->used_hundredths = used;
    }
    assert(reading->over_hundredths <= reading->used_hundredths);
    int64_t cents = overage_cents(reading->over_hundredths);
    if (cents != reading->overage_cents)
        reading->last_rule = "overage-profile-wide";
    reading->overage_cents = cents;
}

/* Rule 26: the whole month's use by the new allowance. */
static void rerate(struct calendar *calendar)
{
    struct month_reading *reading = &calendar->reading;
    int64_t beyond = over(reading->used_hundredths, reading->in_force);
    if (value_of(calendar, UPGRADE_RERATES_USAGE) != RERATES || beyond >= reading->over_hundredths)
        return;
    int64_t cents = overage_cents(beyond);
    assert(cents <= reading->overage_cents);
    reading->rerated_cents += reading->overage_cents - cents;
    reading->over_hundredths = beyond;
    reading->overage_cents = cents;
    reading->last_rule = "upgrade-usage-rerated";
}

static int64_t fee_cents(const struct calendar *calendar)
{
    const struct month_reading *reading = &calendar->reading;
    assert(reading->charged > PLAN_NONE && reading->charged >= reading->first);
    int64_t price_cents = plan_facts(reading->charged)->price_cents;
    bool whole = reading->charged != reading->first &&
                 value_of(calendar, FIRST_MONTH_UPGRADE) == FIRST_UPGRADE_FULL; /* E24 */
    const struct oracle *oracle = calendar->history->oracle;
    if (!reading->by_share || whole)
        return price_cents;
    int64_t days = day_of_month(oracle, month_first_s(oracle, calendar->month_s, 1) - 1);
    int64_t counted = days - reading->first_day;
    if (value_of(calendar, PRORATION_DAYS) == DAYS_INCLUSIVE)
        counted++;
    assert(counted >= 0 && counted <= days);
    return (price_cents * counted * 2 + days) / (days * 2);
}

static void note_posting(struct calendar *calendar, int64_t at_s)
{
    struct postings *postings = calendar->postings;
    if (postings == NULL)
        return;
    postings->items =
        or_abort(realloc(postings->items, (postings->count + 1) * sizeof *postings->items));
    postings->items[postings->count++] = (struct posting){
        .at_s = at_s,
        .plan = calendar->reading.charged,
        .owed_cents = calendar->reading.settled_cents + calendar->reading.posted_cents};
}

/* What is owed only rises within a month; what it was before is refunded. */
static void post(struct calendar *calendar, int64_t at_s, const char *rule)
{
    struct month_reading *reading = &calendar->reading;
    int64_t owed_cents = fee_cents(calendar);
    if (owed_cents <= reading->posted_cents)
        return;
    assert(reading->posted_cents >= 0);
    reading->refunded_cents += reading->posted_cents;
    reading->posted_cents = owed_cents;
    reading->last_rule = rule;
    note_posting(calendar, at_s);
}

const char *whole_month_rule(const struct moment *moment)
{
    return moment->claim_count > 1 ? "bill-highest-tier-per-profile" : "bill-per-profile";
}

/*
 * The fee begins: for the first time in the month, or again where the edition charges a second
 * subscription.
 */
static void begin(struct calendar *calendar, const struct moment *now)
{
    struct month_reading *reading = &calendar->reading;
    assert(now->status == SEAT_ACTIVE && now->at_s >= calendar->month_s);
    bool again = reading->first != PLAN_NONE;
    reading->settled_cents += reading->posted_cents;
    reading->posted_cents = 0;
    reading->first = reading->charged = reading->in_force = now->plan;
    reading->first_day = day_of_month(calendar->history->oracle, now->at_s);
    reading->by_share = value_of(calendar, FIRST_MONTH_FEE) == FIRST_FEE_PRORATED;
    if (value_of(calendar, FEE_FROM) == FEE_FROM_ASSIGNMENT) { /* E25, its other reading */
        reading->by_share &= now->begun_s >= calendar->month_s;
        reading->first_day = day_of_month(calendar->history->oracle, now->begun_s);
    }
    reading->raised_by = again ? "E17" : "bill-first-month-prorated";
    post(calendar, now->at_s, reading->raised_by);
}

/* Something is charged for the seat anew, not on top of what the month is paid at already. */
static bool begins(const struct calendar *calendar, const struct moment *before,
                   const struct moment *now)
{
    bool second = value_of(calendar, RESUBSCRIBE_SAME_MONTH) == RESUBSCRIBE_SECOND_CHARGE;
    return calendar->reading.first == PLAN_NONE ||
           (before->status != SEAT_ACTIVE && second && !now->resumed);
}

/* The seat became Active in this month, or its plan changed: the fee only rises (25, 27, E17). */
static void go_on(struct calendar *calendar, const struct moment *before, const struct moment *now)
{
    struct month_reading *reading = &calendar->reading;
    assert(now->status == SEAT_ACTIVE && now->plan != PLAN_NONE);
    bool returned = before->status != SEAT_ACTIVE;
    if (begins(calendar, before, now)) {
        begin(calendar, now);
        return;
    }
    if (now->dropped && value_of(calendar, TIER_DROP) == TIER_DROP_NOW)
        reading->in_force = now->plan; /* E1, its other reading */
    else if (returned && reading->charged > reading->in_force)
        reading->in_force = reading->charged;
    bool higher = now->plan > reading->in_force;
    if (higher)
        reading->in_force = now->plan;
    if (now->plan > reading->charged)
        reading->charged = now->plan;
    if (higher)
        reading->raised_by = returned ? "E17" : "upgrade-immediate-refund-lower";
    post(calendar, now->at_s, returned ? "E17" : "upgrade-immediate-refund-lower");
    if (higher)
        rerate(calendar);
}

static void end(struct calendar *calendar, const struct moment *now)
{
    struct month_reading *reading = &calendar->reading;
    if (value_of(calendar, LAST_MONTH_FEE) == LAST_FEE_NONE) {
        if (reading->posted_cents > 0)
            reading->last_rule = "bill-full-last-month";
        reading->refunded_cents += reading->posted_cents;
        reading->posted_cents = 0;
        note_posting(calendar, now->at_s);
    } else if (value_of(calendar, FIRST_MONTH_CANCEL) == FIRST_CANCEL_FULL) {
        reading->by_share = false; /* E23, its other reading */
        post(calendar, now->at_s, "E23");
    }
}

static void post_whole(struct calendar *calendar, int64_t at_s, const struct moment *moment)
{
    struct month_reading *reading = &calendar->reading;
    assert(reading->in_force != PLAN_NONE && !reading->by_share);
    reading->first = reading->charged = reading->in_force;
    post(calendar, at_s, whole_month_rule(moment));
}

/*
 * E28: a month that was passed over. It is posted whole when a live claim stands in truth again;
 * where an administrator has just made that, what he bought counts by the days.
 */
static void go_on_passed_over(struct calendar *calendar, const struct moment *now)
{
    struct month_reading *reading = &calendar->reading;
    reading->in_force = now->plan; /* nothing is paid, so that nothing keeps it up */
    reading->passed_over = !now->sound;
    if (now->sound && now->subscribed)
        begin(calendar, now);
    else if (now->sound)
        post_whole(calendar, now->at_s, now);
}

static void follow_moment(struct calendar *calendar, const struct moment *before,
                          const struct moment *now)
{
    bool passed_over = calendar->reading.passed_over;
    if (now->status == SEAT_ACTIVE && before->status == SEAT_ACTIVE && passed_over) {
        go_on_passed_over(calendar, now);
    } else if (now->status == SEAT_ACTIVE) {
        calendar->reading.passed_over = false;
        go_on(calendar, before, now);
    } else if (now->status == SEAT_CANCELED && before->status == SEAT_ACTIVE && !passed_over) {
        end(calendar, now);
    }
}

/* It lived through the month's first instant. */
static void begin_whole(struct calendar *calendar, const struct moment *before)
{
    struct month_reading *reading = &calendar->reading;
    assert(before->plan != PLAN_NONE);
    reading->in_force = before->plan;
    reading->passed_over = value_of(calendar, CHARGE_AT) == CHARGE_AT_TRIGGER && !before->entitled;
    if (!reading->passed_over)
        post_whole(calendar, calendar->month_s, before);
}

/* As month_read, as far as the first `count` moments. */
static struct month_reading read_until(const struct seat_history *history, int64_t month_s,
                                       size_t count, struct postings *postings);

/*
 * A month that was passed over to its end, in a later one: moment `index` is the first of that. It
 * is not any more once the seat ends, or something bought anew entitles it.
 */
static void post_later(struct calendar *calendar, size_t index, size_t count)
{
    const struct seat_history *history = calendar->history;
    for (; index < count && history->moments[index].status == SEAT_ACTIVE; index++) {
        const struct moment *now = &history->moments[index];
        if (!now->sound)
            continue;
        int64_t month_s = month_first_s(history->oracle, now->at_s, 0);
        if (now->subscribed)
            return;
        calendar->reading.in_force = read_until(history, month_s, index + 1, NULL).in_force;
        calendar->reading.passed_over = false;
        post_whole(calendar, now->at_s, now);
        return;
    }
}

static struct month_reading read_until(const struct seat_history *history, int64_t month_s,
                                       size_t count, struct postings *postings)
{
    assert(count <= history->count);
    assert(month_first_s(history->oracle, month_s, 0) == month_s);
    struct calendar calendar = {.history = history, .month_s = month_s, .postings = postings};
    struct month_reading *reading = &calendar.reading;
    int64_t end_s = month_first_s(history->oracle, month_s, 1);
    size_t i = 0;
    /* A delay that passes at the month's first instant has done its work before the charge. */
    while (i < count && (history->moments[i].at_s < month_s ||
                         (history->moments[i].at_s == month_s && history->moments[i].by_delay)))
        i++;
    const struct moment *before = moment_before(history, i);
    if (before->status == SEAT_ACTIVE)
        begin_whole(&calendar, before);
    for (; i < count && history->moments[i].at_s < end_s; before = &history->moments[i++]) {
        const struct moment *now = &history->moments[i];
        assert(now->at_s >= month_s && now->happened > 0);
        enum plan plan = reading->in_force == PLAN_NONE ? before->plan : reading->in_force;
        count_uses(&calendar, now->by_delay ? now->happened : now->happened - 1, plan);
        follow_moment(&calendar, before, now);
    }
    count_uses(&calendar, events_before(history->oracle, end_s),
               reading->in_force == PLAN_NONE ? before->plan : reading->in_force);
    if (reading->passed_over && before->status == SEAT_ACTIVE)
        post_later(&calendar, i, count);
    assert(reading->posted_cents >= 0 && reading->settled_cents >= 0);
    assert(reading->refunded_cents >= 0 && reading->rerated_cents >= 0);
    return calendar.reading;
}

struct month_reading month_read(const struct seat_history *history, int64_t month_s,
                                struct postings *postings)
{
    return read_until(history, month_s, history->count, postings);
}

enum plan plan_at_first_use(const struct seat_history *history, int64_t at_s)
{
    const struct moment *now = moment_last(history);
    struct calendar calendar = {.history = history};
    calendar.reading = month_read(history, month_first_s(history->oracle, at_s, 0), NULL);
    struct month_reading *reading = &calendar.reading;
    if (begins(&calendar, now, now))
        return now->plan;
    enum plan paid = reading->charged > reading->in_force ? reading->charged : reading->in_force;
    return paid > now->plan ? paid : now->plan;
}

/*
 * The last word on overage under the profile: switched on or off, and up to how much (INT64_MAX:
 * no cap).
 */
static bool overage_allowed(const struct seat_history *history, int64_t *out_cap_cents)
{
    const struct oracle *oracle = history->oracle;
    bool capped = oracle->values[OVERAGE_CAP] != OVERAGE_CAP_ABSENT;
    bool on = false; /* rule 49 */
    *out_cap_cents = capped ? OVERAGE_CAP_USD * HUNDREDTHS : INT64_MAX;
    for (size_t i = 0; i < oracle->event_count; i++) {
        const struct event *event = &oracle->events[i];
        if (event->subject != history->profile)
            continue;
        if (event->kind == ORACLE_OVERAGE_ON || event->kind == ORACLE_OVERAGE_OFF)
            on = event->kind == ORACLE_OVERAGE_ON;
        else if (event->kind == ORACLE_OVERAGE_CAPPED && capped)
            *out_cap_cents = event->cap_cents;
    }
    return on;
}

/*
 * What the others under the profile have come to: the cap is the profile's, not the person's (rule
 * 51).
 */
static int64_t overage_of_others(const struct seat_history *history, int64_t month_s, int64_t at_s)
{
    const struct oracle *oracle = history->oracle;
    int64_t sum_cents = 0;
    for (size_t i = 0; i < oracle->event_count; i++) {
        const struct event *event = &oracle->events[i];
        if (event->kind != ORACLE_USER_CREATED || event->subject == history->user)
            continue;
        struct seat_history other;
        seat_history_read(oracle, event->subject, history->profile, at_s, &other);
        sum_cents += overage_cents(month_read(&other, month_s, NULL).over_hundredths);
        seat_history_clear(&other);
    }
    return sum_cents;
}

bool credits_left(const struct seat_history *history, enum plan plan, int64_t at_s,
                  int64_t credits_hundredths)
{
    assert(credits_hundredths > 0);
    int64_t month_s = month_first_s(history->oracle, at_s, 0);
    struct month_reading month = month_read(history, month_s, NULL);
    int64_t cap_cents;
    int64_t used_hundredths = month.used_hundredths + credits_hundredths;
    if (over(used_hundredths, plan) == 0)
        return true;
    if (!overage_allowed(history, &cap_cents))
        return false;
    int64_t over_hundredths =
        month.over_hundredths + over(used_hundredths, plan) - over(month.used_hundredths, plan);
    return overage_cents(over_hundredths) + overage_of_others(history, month_s, at_s) <= cap_cents;
}
