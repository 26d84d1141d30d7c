/* SPDX-License-Identifier: MIT */
/*
 * The oracle: when asked, it reads what happened to the seat of a pair (oracle_diary.h), and
 * status, plan, access and bill off that, month by month (oracle_month.h). Nothing but the
 * timelines is kept between two questions. The judge calls it; it knows the vocabulary only.
 */
#include "oracle/oracle.h"
#include "base/lags.h"
#include "base/parameters.h"
#include "base/rules.h"
#include "oracle/oracle_licence.h"

#include <assert.h>
#include <string.h>
#include <time.h>

static struct standing standing_now(const struct oracle *oracle, size_t user, size_t profile,
                                    int64_t at_s)
{
    return standing_at(oracle, user, profile, oracle->event_count, at_s);
}

/*
 * Rule 43: a session that was open, for a seat that had been used, when he was deleted or disabled
 * goes on for a while.
 */
static bool session_goes_on(const struct oracle *oracle, const struct seat_history *history,
                            const struct standing *standing, int64_t at_s)
{
    enum seat_status then = SEAT_NONE;
    if (standing->barred_s == 0 || at_s >= standing->barred_s + oracle->lags_s[SESSION_TAIL])
        return false;
    for (size_t i = 0; i < history->count && history->moments[i].happened <= standing->barred_after;
         i++)
        then = history->moments[i].status;
    return then != SEAT_NONE && then != SEAT_PENDING &&
           moment_last(history)->status != SEAT_PENDING;
}

enum { SMALLEST_USE_HUNDREDTHS = 1 };

/* The rule by which a use of so many credits would be refused now; NULL if it would not be. */
static const char *refusal(const struct oracle *oracle, const struct seat_history *history,
                           const struct oracle_seat *seat, int64_t at_s, int64_t credits_hundredths)
{
    struct standing standing = standing_now(oracle, history->user, history->profile, at_s);
    if (!standing.profile_usable)
        return standing.shut_by;
    if (!standing.signs_in && !session_goes_on(oracle, history, &standing, at_s))
        return standing.shut_by;
    if (!seat->entitled && at_s >= seat->access_until_s)
        return "access-after-cancel";
    enum plan plan = seat->plan_in_force;
    if (seat->status == SEAT_PENDING)
        plan = plan_at_first_use(history, at_s);
    else if (plan == PLAN_NONE)
        plan = seat->plan;
    return credits_left(history, plan, at_s, credits_hundredths) ? NULL
                                                                 : "credits-reset-monthly-utc";
}

/*
 * What the edition leaves of an Active seat, or what is left of a session that was open at the
 * cancellation.
 */
static int64_t access_end_s(const struct oracle *oracle, const struct seat_history *history,
                            const struct moment *end)
{
    assert(end->status == SEAT_CANCELED && end->ended_as == SEAT_ACTIVE);
    int64_t edition_s = 0;
    int64_t session_s = 0;
    struct standing standing =
        standing_at(oracle, history->user, history->profile, end->happened, end->at_s);
    if (oracle->values[ACCESS_AFTER_CANCEL] != ACCESS_IMMEDIATE)
        edition_s = month_first_s(oracle, end->at_s, 1);
    if (standing.profile_usable && standing.signs_in && oracle->lags_s[SESSION_TAIL] > 0)
        session_s = end->at_s + oracle->lags_s[SESSION_TAIL];
    else if (standing.profile_usable && session_goes_on(oracle, history, &standing, end->at_s))
        session_s = standing.barred_s + oracle->lags_s[SESSION_TAIL];
    return edition_s > session_s ? edition_s : session_s;
}

static void canceled_seat(const struct oracle *oracle, const struct seat_history *history,
                          int64_t at_s, struct oracle_seat *seat)
{
    const struct moment *end = moment_last(history);
    assert(history->count >= 2);
    assert(end->status == SEAT_CANCELED && end->claim_count == 0);
    assert(end->ended_as == SEAT_PENDING || end->ended_as == SEAT_ACTIVE);
    if (end->ended_as == SEAT_ACTIVE) {
        /*
         * A delay that passes at a month's first instant finds the plan of the month before (see
         * month_read).
         */
        int64_t last_s = end->by_delay ? end->at_s - 1 : end->at_s;
        seat->plan_in_force = month_read(history, month_first_s(oracle, last_s, 0), NULL).in_force;
        seat->access_until_s = access_end_s(oracle, history, end);
    }
    seat->subscriptions_tab = at_s < row_leaves_s(oracle, end);
    if (seat->subscriptions_tab && oracle->values[STATUS_AFTER_CANCEL] == STATUS_PENDING_REMOVAL)
        seat->status = SEAT_PENDING_REMOVAL;
    for (int axis = 0; axis < AXIS_COUNT; axis++)
        seat->rule[axis] = end->ended_by;
    /*
     * Rule 6: from the closure on there is no access in any edition, and no list; E15: reopening
     * changes neither. E14: where seats end before that, sessions go on as after any other end.
     */
    bool by_closure = strcmp(end->ended_by, "auto-account-deleted") == 0;
    bool closing = oracle->values[ACCOUNT_CANCEL_AT] == CANCEL_AT_PENDING_CLOSURE &&
                   at_s < end->at_s + oracle->lags_s[ACCOUNT_CLOSE_LAG];
    if (by_closure && closing)
        seat->access = refusal(oracle, history, seat, at_s, SMALLEST_USE_HUNDREDTHS) == NULL;
    if (by_closure)
        return;
    seat->access = refusal(oracle, history, seat, at_s, SMALLEST_USE_HUNDREDTHS) == NULL;
    if (!seat->subscriptions_tab && at_s == end->at_s && end->ended_as == SEAT_PENDING)
        seat->rule[AXIS_LISTING] = "E16";
    else if (!seat->subscriptions_tab)
        seat->rule[AXIS_LISTING] = "canceled-record-removed-next-month";
    else if (!seat->shown_by_name)
        seat->rule[AXIS_LISTING] = "deleted-user-shown-as-id-until-month-end";
    else
        seat->rule[AXIS_LISTING] = "subscriptions-tab-shows-canceled";
}

/* What Pending and Active seats have in common. */
static void live_seat(const struct oracle *oracle, const struct seat_history *history, int64_t at_s,
                      struct oracle_seat *seat)
{
    const char *refused_by = refusal(oracle, history, seat, at_s, SMALLEST_USE_HUNDREDTHS);
    seat->users_tab = seat->subscriptions_tab = true;
    seat->access = refused_by == NULL;
    seat->rule[AXIS_ACCESS] = refused_by == NULL ? "activation-on-first-use" : refused_by;
    seat->rule[AXIS_LISTING] = "subscriptions-tab-shows-canceled";
}

static void pending_seat(const struct oracle *oracle, const struct seat_history *history,
                         int64_t at_s, struct oracle_seat *seat)
{
    live_seat(oracle, history, at_s, seat);
    seat->rule[AXIS_STATUS] = "pending-not-charged";
    seat->rule[AXIS_CHARGE] = "pending-not-charged";
}

static void active_seat(const struct oracle *oracle, const struct seat_history *history,
                        int64_t at_s, struct oracle_seat *seat)
{
    struct month_reading month = month_read(history, month_first_s(oracle, at_s, 0), NULL);
    seat->plan_in_force = month.in_force;
    assert(seat->plan_in_force != PLAN_NONE);
    if (seat->plan < seat->plan_in_force)
        seat->next_plan = seat->plan;
    live_seat(oracle, history, at_s, seat);
    seat->rule[AXIS_STATUS] =
        seat->by_user ? "activation-on-first-use" : "group-members-individually-subscribed";
    if (month.passed_over)
        seat->rule[AXIS_CHARGE] = "E28";
    else if (month.raised_by != NULL)
        seat->rule[AXIS_CHARGE] = month.raised_by;
    else if (seat->next_plan != PLAN_NONE)
        seat->rule[AXIS_CHARGE] = "downgrade-next-month";
    else
        seat->rule[AXIS_CHARGE] = whole_month_rule(moment_last(history));
}

/* Rule 6: while an account is closed there is no console that could list anything. */
static void hide_from_lists(struct oracle_seat *seat)
{
    seat->users_tab = seat->subscriptions_tab = false;
    if (seat->status == SEAT_PENDING_REMOVAL)
        seat->status = SEAT_CANCELED; /* that is what its row would be shown as */
    seat->rule[AXIS_LISTING] = "auto-account-deleted";
}

void oracle_seat(const struct oracle *oracle, const char *user, const char *profile, int64_t at_s,
                 struct oracle_seat *out_seat)
{
    struct seat_history history;
    seat_history_read(oracle, handle_of(oracle, user), handle_of(oracle, profile), at_s, &history);
    const struct moment *now = moment_last(&history);
    assert(now->status == SEAT_NONE || now->at_s <= at_s);
    struct standing standing = standing_now(oracle, history.user, history.profile, at_s);
    *out_seat = (struct oracle_seat){
        .status = now->status,
        .entitled = now->claim_count > 0,
        .plan = now->plan,
        .plan_in_force = PLAN_NONE,
        .next_plan = PLAN_NONE,
        .shown_by_name = standing.exists,
        .by_user = now->by_user,
        .by_group = now->by_group,
    };
    switch (now->status) {
    case SEAT_NONE:
        break;
    case SEAT_PENDING:
        pending_seat(oracle, &history, at_s, out_seat);
        break;
    case SEAT_ACTIVE:
        active_seat(oracle, &history, at_s, out_seat);
        break;
    case SEAT_CANCELED:
    case SEAT_PENDING_REMOVAL: /* a way to show a canceled seat, never a state */
        canceled_seat(oracle, &history, at_s, out_seat);
        break;
    }
    assert(out_seat->entitled == (now->status == SEAT_PENDING || now->status == SEAT_ACTIVE));
    assert(now->status == SEAT_NONE || out_seat->plan != PLAN_NONE);
    for (int axis = 0; axis < AXIS_COUNT; axis++)
        assert(now->status == SEAT_NONE || out_seat->rule[axis] != NULL);
    if (now->status != SEAT_NONE && standing.console_closed)
        hide_from_lists(out_seat);
    seat_history_clear(&history);
}

bool oracle_may_use(const struct oracle *oracle, const char *user, const char *profile,
                    int64_t at_s, int64_t credits_hundredths)
{
    struct oracle_seat seat;
    struct seat_history history;
    oracle_seat(oracle, user, profile, at_s, &seat);
    if (!seat.access)
        return false;
    seat_history_read(oracle, handle_of(oracle, user), handle_of(oracle, profile), at_s, &history);
    bool may = refusal(oracle, &history, &seat, at_s, credits_hundredths) == NULL;
    seat_history_clear(&history);
    return may;
}

/* Why a month that has begun shows no line at all. */
static const char *no_line_rule(const struct seat_history *history, int64_t month_s)
{
    int64_t end_s = month_first_s(history->oracle, month_s, 1);
    size_t seen = 0;
    bool active = false;
    while (seen < history->count && history->moments[seen].at_s < end_s)
        active |= history->moments[seen++].status == SEAT_ACTIVE;
    if (seen == 0)
        return "bill-per-profile";
    if (!active || history->moments[seen - 1].status == SEAT_PENDING)
        return "pending-not-charged";
    /* Active without a line: a share of no days at all. */
    return history->moments[seen - 1].status == SEAT_ACTIVE ? "bill-first-month-prorated"
                                                            : "no-charge-after-cancel";
}

/*
 * Of an automatic cancellation the vendor promises the status alone: what it costs rests on the
 * rule that ended the seat, in the month of its end and ever after.
 */
static const char *charge_rule(const struct seat_history *history, int64_t month_s,
                               const char *rule)
{
    int64_t end_s = month_first_s(history->oracle, month_s, 1);
    size_t seen = 0;
    while (seen < history->count && history->moments[seen].at_s < end_s)
        seen++;
    const struct moment *last = moment_before(history, seen);
    bool ended = last->status == SEAT_CANCELED && last->ended_as == SEAT_ACTIVE;
    if (!ended || rule_find(rule)->level[AXIS_CHARGE] == LEVEL_INFERRED)
        return rule;
    return rule_find(last->ended_by)->level[AXIS_CHARGE] == LEVEL_INFERRED ? last->ended_by : rule;
}

/* Why a month that has not begun costs what its turn will post. */
static const char *forecast_rule(const struct seat_history *history, int64_t month_s,
                                 const struct month_reading *reading)
{
    int64_t before_s = month_first_s(history->oracle, month_s, -1);
    bool here = reading->posted_cents > 0;
    if (here && reading->in_force < month_read(history, before_s, NULL).in_force)
        return "downgrade-next-month";
    return reading->last_rule;
}

/* The first instant of a calendar month. */
static int64_t calendar_month_s(const struct oracle *oracle, int64_t month_year, int month)
{
    assert(month >= 1);
    assert(month <= 12);
    struct tm first = {.tm_year = (int)(month_year - 1900), .tm_mon = month - 1, .tm_mday = 1};
    return timegm(&first) - ahead_of_utc_s(oracle);
}

bool oracle_month_has_begun(const struct oracle *oracle, int64_t month_year, int month,
                            int64_t at_s)
{
    return calendar_month_s(oracle, month_year, month) <= at_s;
}

void oracle_charge(const struct oracle *oracle, const char *user, const char *profile,
                   int64_t month_year, int month, int64_t at_s, struct oracle_charge *out_charge)
{
    int64_t month_s = calendar_month_s(oracle, month_year, month);
    bool begun = month_s <= at_s;
    int64_t then_s = begun ? at_s : month_s;
    struct seat_history history;
    seat_history_read(oracle, handle_of(oracle, user), handle_of(oracle, profile), then_s,
                      &history);
    struct month_reading reading = month_read(&history, month_s, NULL);
    licence_share(&history, month_s, then_s, &reading);
    *out_charge = (struct oracle_charge){
        .owed_cents = reading.settled_cents + reading.posted_cents + reading.overage_cents,
        .refunded_cents = reading.refunded_cents + reading.rerated_cents,
        .rule = begun ? reading.last_rule : forecast_rule(&history, month_s, &reading),
    };
    if (out_charge->rule == NULL)
        out_charge->rule = reading.passed_over ? "E28" : no_line_rule(&history, month_s);
    out_charge->rule = charge_rule(&history, month_s, out_charge->rule);
    assert(out_charge->owed_cents >= 0 && out_charge->refunded_cents >= 0);
    assert(out_charge->rule != NULL);
    seat_history_clear(&history);
}

size_t oracle_former_rows(const struct oracle *oracle, const char *user, const char *profile,
                          int64_t at_s)
{
    size_t of_user = handle_of(oracle, user);
    size_t of_profile = handle_of(oracle, profile);
    size_t rows = 0;
    struct seat_history history;
    if (oracle->values[CANCELED_ROW_AFTER_RESUBSCRIBE] == CANCELED_ROW_REPLACED ||
        standing_now(oracle, of_user, of_profile, at_s).console_closed)
        return 0;
    seat_history_read(oracle, of_user, of_profile, at_s, &history);
    for (size_t i = 0; i + 1 < history.count; i++) {
        const struct moment *end = &history.moments[i];
        const struct moment *next = &history.moments[i + 1];
        bool anew = end->status == SEAT_CANCELED && next->status != SEAT_CANCELED;
        rows += anew && end->ended_as == SEAT_ACTIVE && row_leaves_s(oracle, end) > next->at_s &&
                row_leaves_s(oracle, end) > at_s;
    }
    seat_history_clear(&history);
    return rows;
}

const char *oracle_group_status(const struct oracle *oracle)
{
    return oracle->values[GROUP_STATUS] == GROUP_STATUS_NONE ? "none" : "Subscribed";
}

bool oracle_may_sign_in(const struct oracle *oracle, const char *user, int64_t at_s)
{
    assert(oracle->event_count == 0 || oracle->events[oracle->event_count - 1].at_s <= at_s);
    return standing_now(oracle, handle_of(oracle, user), NOBODY, at_s).signs_in;
}
