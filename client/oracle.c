/* SPDX-License-Identifier: MIT */
/*
 * The oracle: when asked, it reads the history back (oracle_diary.h) and reads status, plan, access and bill off the
 * diary, month by month. Nothing is kept between two questions. The judge calls it; it knows the vocabulary only.
 */
#include "oracle.h"
#include "oracle_diary.h"

#include <assert.h>
#include <string.h>
#include <time.h>

/* What one calendar month had come to for a pair. */
struct month_reading {
    enum plan first;    /* the plan it first counted with, PLAN_NONE while nothing counts */
    enum plan in_force; /* the highest one, PLAN_NONE if it was never Active */
    bool by_share;      /* the first plan counts by the days from `first_day` */
    int first_day;
    int64_t posted_cents;
    int64_t refunded_cents;
    const char *raised_by; /* rule by which it became Active or rose within the month, or NULL */
    const char *last_rule; /* rule of the last line of the bill, or NULL */
    /* E28: Active on the 1st only because a delay had not passed. Nothing counts until something really entitles it again. */
    bool spared;
};

static int64_t amount_cents(const struct oracle *oracle, const struct month_reading *reading,
                            int64_t month_s)
{
    int64_t price_cents = plan_facts(reading->in_force)->price_cents;
    if (!reading->by_share || reading->in_force != reading->first)
        return price_cents;
    int64_t days = day_of_month(month_first_s(month_s, 1) - 1);
    int64_t counted = days - reading->first_day;
    if (oracle->values[PRORATION_DAYS] == DAYS_INCLUSIVE)
        counted++;
    return (price_cents * counted * 2 + days) / (days * 2);
}

static void post(const struct oracle *oracle, struct month_reading *reading, int64_t month_s,
                 const char *rule)
{
    int64_t owed_cents = amount_cents(oracle, reading, month_s);
    if (owed_cents <= reading->posted_cents)
        return;
    reading->refunded_cents += reading->posted_cents;
    reading->posted_cents = owed_cents;
    reading->last_rule = rule;
}

static const char *whole_month_rule(const struct moment *moment)
{
    return moment->claim_count > 1 ? "bill-highest-tier-per-profile" : "bill-per-profile";
}

/* The seat became Active in this month, or went to a higher plan: what is in force only rises within it (rules 25, 27, E17). */
static void rise(const struct oracle *oracle, struct month_reading *reading, int64_t month_s,
                 const struct moment *before, const struct moment *now)
{
    if (reading->first != PLAN_NONE && now->plan <= reading->in_force)
        return;
    if (reading->first == PLAN_NONE) {
        reading->first = now->plan;
        reading->first_day = day_of_month(now->at_s);
        reading->by_share = oracle->values[FIRST_MONTH_FEE] == FIRST_FEE_PRORATED;
        reading->raised_by = "bill-first-month-prorated";
    } else {
        bool went_on = before->status == SEAT_ACTIVE;
        reading->raised_by = went_on ? "upgrade-immediate-refund-lower" : "E17";
    }
    reading->in_force = now->plan;
    post(oracle, reading, month_s, reading->raised_by);
}

/* The whole month of `month_s`, a first instant, as far as the diary goes. */
static struct month_reading month_read(const struct oracle *oracle, const struct diary *diary,
                                       int64_t month_s)
{
    struct month_reading reading = {.first = PLAN_NONE, .in_force = PLAN_NONE};
    int64_t end_s = month_first_s(month_s, 1);
    size_t i = 0;
    /* A delay that passes at the month's first instant has done its work before the charge. */
    while (i < diary->count && (diary->moments[i].at_s < month_s ||
                                (diary->moments[i].at_s == month_s && diary->moments[i].late)))
        i++;
    const struct moment *before = diary_before(diary, i);
    if (before->status == SEAT_ACTIVE) { /* it lived through the month's first instant */
        reading.in_force = before->plan;
        reading.spared = !diary_truly_entitled(oracle, diary, events_before(oracle, month_s));
        if (!reading.spared) {
            reading.first = before->plan;
            post(oracle, &reading, month_s, whole_month_rule(before));
        }
    }
    for (; i < diary->count && diary->moments[i].at_s < end_s; before = &diary->moments[i++]) {
        const struct moment *now = &diary->moments[i];
        if (now->status == SEAT_ACTIVE && reading.spared &&
            !diary_truly_entitled(oracle, diary, now->heard)) {
            reading.in_force = now->plan;
        } else if (now->status == SEAT_ACTIVE) {
            reading.spared = false;
            rise(oracle, &reading, month_s, before, now);
        } else if (now->status == SEAT_CANCELED && before->status == SEAT_ACTIVE &&
                   !reading.spared && oracle->values[FIRST_MONTH_CANCEL] == FIRST_CANCEL_FULL) {
            reading.by_share = false; /* E23, its other reading */
            post(oracle, &reading, month_s, "E23");
        }
    }
    return reading;
}

static bool credits_left(const struct oracle *oracle, const struct diary *diary, enum plan plan,
                         int64_t at_s)
{
    int64_t month_s = month_first_s(at_s, 0);
    int64_t used_hundredths = 0;
    for (size_t i = oracle->event_count; i-- > 0 && oracle->events[i].at_s >= month_s;) {
        const struct event *event = &oracle->events[i];
        if (event->kind == ORACLE_USED && event->subject == diary->person.user &&
            event->object == diary->profile)
            used_hundredths += event->credits_hundredths;
    }
    return used_hundredths < plan_facts(plan)->credits_hundredths;
}

static struct standing standing_now(const struct oracle *oracle, size_t user, size_t profile,
                                    int64_t at_s)
{
    return standing_at(oracle, user, profile, oracle->event_count, at_s);
}

/* Rule 43: a session that was open, for a seat that had been used, when he was deleted or disabled goes on for a while. */
static bool session_goes_on(const struct oracle *oracle, const struct diary *diary,
                            const struct standing *standing, int64_t at_s)
{
    enum seat_status then = SEAT_NONE;
    if (standing->barred_s == 0 || at_s >= standing->barred_s + oracle->lags_s[SESSION_TAIL])
        return false;
    for (size_t i = 0; i < diary->count && diary->moments[i].heard <= standing->barred_after; i++)
        then = diary->moments[i].status;
    return then != SEAT_NONE && then != SEAT_PENDING && diary_last(diary)->status != SEAT_PENDING;
}

/* The rule by which he would be refused now; NULL if he would not be. */
static const char *refusal(const struct oracle *oracle, const struct diary *diary,
                           const struct oracle_seat *seat, int64_t at_s)
{
    struct standing standing = standing_now(oracle, diary->person.user, diary->profile, at_s);
    if (!standing.profile_usable)
        return standing.shut_by;
    if (!standing.signs_in && !session_goes_on(oracle, diary, &standing, at_s))
        return standing.shut_by;
    if (!seat->entitled && at_s >= seat->access_until_s)
        return "access-after-cancel";
    enum plan plan = seat->plan_in_force == PLAN_NONE ? seat->plan : seat->plan_in_force;
    return credits_left(oracle, diary, plan, at_s) ? NULL : "credits-reset-monthly-utc";
}

/* What the edition leaves of an Active seat, or what is left of a session that was open at the cancellation. */
static int64_t access_end_s(const struct oracle *oracle, const struct diary *diary,
                            const struct moment *end)
{
    int64_t edition_s = 0;
    int64_t session_s = 0;
    struct standing standing =
        standing_at(oracle, diary->person.user, diary->profile, end->heard, end->at_s);
    if (oracle->values[ACCESS_AFTER_CANCEL] != ACCESS_IMMEDIATE)
        edition_s = month_first_s(end->at_s, 1);
    if (standing.profile_usable && standing.signs_in && oracle->lags_s[SESSION_TAIL] > 0)
        session_s = end->at_s + oracle->lags_s[SESSION_TAIL];
    else if (standing.profile_usable && session_goes_on(oracle, diary, &standing, end->at_s))
        session_s = standing.barred_s + oracle->lags_s[SESSION_TAIL];
    return edition_s > session_s ? edition_s : session_s;
}

static void canceled_seat(const struct oracle *oracle, const struct diary *diary, int64_t at_s,
                          struct oracle_seat *seat)
{
    const struct moment *end = diary_last(diary);
    assert(diary->count >= 2);
    if (diary->moments[diary->count - 2].status == SEAT_ACTIVE) {
        /* A delay that passes at a month's first instant finds the plan of the month before (see month_read). */
        int64_t last_s = end->late ? end->at_s - 1 : end->at_s;
        seat->plan_in_force = month_read(oracle, diary, month_first_s(last_s, 0)).in_force;
        seat->access_until_s = access_end_s(oracle, diary, end);
    }
    seat->subscriptions_tab = at_s < row_leaves_s(end);
    if (seat->subscriptions_tab && oracle->values[STATUS_AFTER_CANCEL] == STATUS_PENDING_REMOVAL)
        seat->status = SEAT_PENDING_REMOVAL;
    for (int axis = 0; axis < AXIS_COUNT; axis++)
        seat->rule[axis] = end->ended_by;
    /* Rule 6: from the closure on there is no access in any edition, and no list; E15: reopening changes neither. */
    if (row_leaves_s(end) == end->at_s)
        return;
    seat->access = refusal(oracle, diary, seat, at_s) == NULL;
    if (!seat->subscriptions_tab)
        seat->rule[AXIS_LISTING] = "canceled-record-removed-next-month";
    else if (!seat->shown_by_name)
        seat->rule[AXIS_LISTING] = "deleted-user-shown-as-id-until-month-end";
    else
        seat->rule[AXIS_LISTING] = "subscriptions-tab-shows-canceled";
}

/* What Pending and Active seats have in common. */
static void live_seat(const struct oracle *oracle, const struct diary *diary, int64_t at_s,
                      struct oracle_seat *seat)
{
    const char *refused_by = refusal(oracle, diary, seat, at_s);
    seat->users_tab = seat->subscriptions_tab = true;
    seat->access = refused_by == NULL;
    seat->rule[AXIS_ACCESS] = refused_by == NULL ? "activation-on-first-use" : refused_by;
    seat->rule[AXIS_LISTING] = "subscriptions-tab-shows-canceled";
}

static void pending_seat(const struct oracle *oracle, const struct diary *diary, int64_t at_s,
                         struct oracle_seat *seat)
{
    live_seat(oracle, diary, at_s, seat);
    seat->rule[AXIS_STATUS] = "pending-not-charged";
    seat->rule[AXIS_CHARGE] = "pending-not-charged";
}

static void active_seat(const struct oracle *oracle, const struct diary *diary, int64_t at_s,
                        struct oracle_seat *seat)
{
    struct month_reading month = month_read(oracle, diary, month_first_s(at_s, 0));
    seat->plan_in_force = month.in_force;
    if (seat->plan < seat->plan_in_force)
        seat->next_plan = seat->plan;
    live_seat(oracle, diary, at_s, seat);
    seat->rule[AXIS_STATUS] =
        seat->by_user ? "activation-on-first-use" : "group-members-individually-subscribed";
    if (month.spared)
        seat->rule[AXIS_CHARGE] = "E28";
    else if (month.raised_by != NULL)
        seat->rule[AXIS_CHARGE] = month.raised_by;
    else if (seat->next_plan != PLAN_NONE)
        seat->rule[AXIS_CHARGE] = "downgrade-next-month";
    else
        seat->rule[AXIS_CHARGE] = whole_month_rule(diary_last(diary));
}

void oracle_seat(const struct oracle *oracle, const char *user, const char *profile, int64_t at_s,
                 struct oracle_seat *out_seat)
{
    struct diary diary;
    diary_read(oracle, user, profile, at_s, &diary);
    const struct moment *now = diary_last(&diary);
    assert(now->status == SEAT_NONE || now->at_s <= at_s);
    *out_seat = (struct oracle_seat){
        .status = now->status,
        .entitled = now->claim_count > 0,
        .plan = now->plan,
        .plan_in_force = PLAN_NONE,
        .next_plan = PLAN_NONE,
        .shown_by_name = standing_now(oracle, diary.person.user, diary.profile, at_s).exists,
        .by_user = now->by_user,
        .by_group = now->by_group,
    };
    switch (now->status) {
    case SEAT_NONE:
        break;
    case SEAT_PENDING:
        pending_seat(oracle, &diary, at_s, out_seat);
        break;
    case SEAT_ACTIVE:
        active_seat(oracle, &diary, at_s, out_seat);
        break;
    case SEAT_CANCELED:
    case SEAT_PENDING_REMOVAL: /* a way to show a canceled seat, never a state */
        canceled_seat(oracle, &diary, at_s, out_seat);
        break;
    }
    diary_clear(&diary);
}

/* Why a month that has begun shows no line at all. */
static const char *no_line_rule(const struct diary *diary, int64_t month_s)
{
    int64_t end_s = month_first_s(month_s, 1);
    size_t seen = 0;
    bool active = false;
    while (seen < diary->count && diary->moments[seen].at_s < end_s)
        active |= diary->moments[seen++].status == SEAT_ACTIVE;
    if (seen == 0)
        return "bill-per-profile";
    if (!active || diary->moments[seen - 1].status == SEAT_PENDING)
        return "pending-not-charged";
    /* Active without a line: a share of no days at all. */
    return diary->moments[seen - 1].status == SEAT_ACTIVE ? "bill-first-month-prorated"
                                                          : "no-charge-after-cancel";
}

static void forecast(const struct oracle *oracle, const struct diary *diary, int64_t at_s,
                     struct oracle_charge *out_charge)
{
    const struct moment *now = diary_last(diary);
    *out_charge = (struct oracle_charge){.rule = no_line_rule(diary, at_s)};
    if (now->status != SEAT_ACTIVE)
        return;
    if (!diary_truly_entitled(oracle, diary, oracle->event_count)) {
        out_charge->rule = "E28";
        return;
    }
    enum plan in_force = month_read(oracle, diary, month_first_s(at_s, 0)).in_force;
    out_charge->owed_cents = plan_facts(now->plan)->price_cents;
    out_charge->rule = now->plan < in_force ? "downgrade-next-month" : whole_month_rule(now);
}

void oracle_charge(const struct oracle *oracle, const char *user, const char *profile,
                   int64_t month_year, int month, int64_t at_s, struct oracle_charge *out_charge)
{
    assert(month >= 1);
    assert(month <= 12);
    struct tm first = {.tm_year = (int)(month_year - 1900), .tm_mon = month - 1, .tm_mday = 1};
    int64_t month_s = timegm(&first);
    struct diary diary;
    diary_read(oracle, user, profile, at_s, &diary);
    if (month_s > at_s) {
        forecast(oracle, &diary, at_s, out_charge);
    } else {
        struct month_reading reading = month_read(oracle, &diary, month_s);
        *out_charge = (struct oracle_charge){
            .owed_cents = reading.posted_cents,
            .refunded_cents = reading.refunded_cents,
            .rule = reading.last_rule,
        };
        if (out_charge->rule == NULL)
            out_charge->rule = reading.spared ? "E28" : no_line_rule(&diary, month_s);
    }
    diary_clear(&diary);
}

bool oracle_may_sign_in(const struct oracle *oracle, const char *user, int64_t at_s)
{
    assert(oracle->event_count == 0 || oracle->events[oracle->event_count - 1].at_s <= at_s);
    return standing_now(oracle, handle_of(oracle, user), NOBODY, at_s).signs_in;
}
