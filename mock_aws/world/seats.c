/* SPDX-License-Identifier: MIT */
/* The life of a seat: made, used, raised, lowered on the 1st, canceled, gone from the lists. */
#include "world/seats.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/lags.h"
#include "base/parameters.h"
#include "base/text.h"
#include "base/times.h"
#include "world/activity.h"
#include "world/billing.h"
#include "world/credits.h"
#include "world/profiles.h"
#include "world/propagation.h"
#include "world/settle.h"
#include "world/timeline.h"

static void seat_read(struct query *query, struct seat *out)
{
    *out = (struct seat){.row = query_integer(query, 0),
                         .status = (enum seat_status)query_integer(query, 7),
                         .plan = (enum plan)query_integer(query, 8),
                         .plan_in_force = (enum plan)query_integer(query, 9),
                         .created_s = query_integer(query, 10),
                         .activated_s = query_integer(query, 11),
                         .canceled_s = query_integer(query, 12),
                         .access_until_s = query_integer(query, 14),
                         .listed_until_s = query_integer(query, 15)};
    text_copy(out->user_id, sizeof out->user_id, query_text(query, 1));
    text_copy(out->user_name, sizeof out->user_name, query_text(query, 2));
    text_copy(out->profile_arn, sizeof out->profile_arn, query_text(query, 3));
    text_copy(out->account_id, sizeof out->account_id, query_text(query, 4));
    text_copy(out->profile_region, sizeof out->profile_region, query_text(query, 5));
    text_copy(out->instance_arn, sizeof out->instance_arn, query_text(query, 6));
    if (!query_is_null(query, 13))
        text_copy(out->rule, sizeof out->rule, query_text(query, 13));
}

enum fault seat_get(struct world *world, const char *user_id, const char *profile_arn,
                    struct seat *out_seat)
{
    struct query *query = store_query(world->store, SQL_SEAT_GET, "tt", user_id, profile_arn);
    bool found = query_next(query);
    if (found)
        seat_read(query, out_seat);
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

/* "ACTIVE pro", or "ACTIVE pro in force pro-plus" where another plan is in force than was bought. */
static void seat_print(const struct seat *seat, char out[64])
{
    bool differs = seat->plan_in_force != PLAN_NONE && seat->plan_in_force != seat->plan;
    snprintf(out, 64, "%s %s%s%s", seat_status_name(seat->status), plan_facts(seat->plan)->name,
             differs ? " in force " : "", differs ? plan_facts(seat->plan_in_force)->name : "");
}

/* For whoever watches the server: "2026-06-04T09:00:00Z alice: ACTIVE pro -> CANCELED pro (auto-user-deleted)". */
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

/* `before` NULL: the seat is new. Entries that change nothing a reader sees are not written. */
static enum fault seat_tell(struct world *world, const struct seat *before,
                            const struct seat *after, const struct cause *cause)
{
    char was[64] = "";
    char is[64];
    if (before != NULL)
        seat_print(before, was);
    seat_print(after, is);
    if (strcmp(was, is) == 0)
        return FAULT_NONE;
    add_news(world, after, was, is, cause->rule);
    struct entry entry = {.event = "seat",
                          .subject = after->profile_arn,
                          .user_id = after->user_id,
                          .before = before == NULL ? NULL : was,
                          .after = is,
                          .rule = cause->rule,
                          .cause_seq = cause->seq};
    return timeline_add(world, &entry, NULL);
}

static enum fault seat_save(struct world *world, const struct seat *seat)
{
    return store_change(world->store, SQL_SEAT_SET, "iiiiiitii", seat->row, (int64_t)seat->status,
                        (int64_t)seat->plan, (int64_t)seat->plan_in_force, seat->activated_s,
                        seat->canceled_s, seat->rule[0] == '\0' ? NULL : seat->rule,
                        seat->access_until_s, seat->listed_until_s);
}

/* Law 2: the higher of what is bought and what was in force while Active this month; a lower plan waits for the 1st, unless it `drops`. */
static enum fault raise_plan(struct world *world, struct seat *seat, bool drops,
                             const struct cause *cause)
{
    enum plan top = PLAN_NONE;
    enum fault fault = billing_top_plan(world, seat->user_id, seat->profile_arn, &top);
    if (fault != FAULT_NONE)
        return fault;
    bool stays_dropped = world->reading.values[TIER_DROP] == TIER_DROP_NOW;
    if (stays_dropped && seat->plan_in_force != PLAN_NONE)
        top = seat->plan_in_force;
    bool waits = world->reading.deviations[UPGRADE_WAITS] && seat->plan_in_force != PLAN_NONE;
    if (waits && seat->plan > seat->plan_in_force)
        top = seat->plan_in_force;
    else if (drops || top < seat->plan)
        top = seat->plan;
    seat->plan_in_force = top;
    if (seat->plan_in_force != seat->plan)
        fault = clock_remember(world, clock_month_turn(world), PHASE_PLAN, seat->user_id,
                               seat->profile_arn, cause->seq, cause->rule);
    return fault;
}

static enum fault seat_activate(struct world *world, struct seat *seat, const struct cause *cause)
{
    struct seat before = *seat;
    bool again = false;
    enum fault fault = billing_had_share(world, seat, &again);
    seat->status = SEAT_ACTIVE;
    seat->activated_s = world->now_s;
    if (fault == FAULT_NONE)
        fault = raise_plan(world, seat, false, cause);
    if (fault == FAULT_NONE)
        fault = seat_save(world, seat);
    if (fault == FAULT_NONE)
        fault = seat_tell(world, &before, seat, cause);
    bool prorated = world->reading.values[FIRST_MONTH_FEE] == FIRST_FEE_PRORATED;
    const char *rule = again      ? "E17"
                       : prorated ? "bill-first-month-prorated"
                                  : "activation-on-first-use";
    struct cause why = {.rule = rule, .seq = cause->seq};
    if (fault == FAULT_NONE)
        fault = billing_in_force(world, seat, seat->plan_in_force, &why);
    if (fault == FAULT_NONE)
        fault = clock_remember(world, clock_month_turn(world), PHASE_CHARGE, seat->user_id,
                               seat->profile_arn, cause->seq, "bill-per-profile");
    return fault;
}

/* Told with every seat that begins or ends, so that whoever reads the story need not know the rules of access. */
static enum fault tell_access(struct world *world, const struct seat *seat, const char *event,
                              const char *after, const struct cause *cause)
{
    struct entry entry = {.event = event,
                          .subject = seat->profile_arn,
                          .user_id = seat->user_id,
                          .after = after,
                          .rule = cause->rule,
                          .cause_seq = cause->seq};
    return timeline_add(world, &entry, NULL);
}

/* The deviation that lists all members of a group but the second one to get a seat. */
static enum fault unlist_second(struct world *world, struct seat *seat)
{
    if (!world->reading.deviations[GROUP_MEMBER_MISSING])
        return FAULT_NONE;
    struct query *query =
        store_query(world->store, SQL_CLAIM_SIBLINGS, "tt", seat->user_id, seat->profile_arn);
    bool second = query_next(query) && query_integer(query, 0) == 2;
    enum fault fault = query_end(query);
    if (second)
        seat->listed_until_s = world->now_s;
    return fault == FAULT_NONE && second ? seat_save(world, seat) : fault;
}

static enum fault seat_new(struct world *world, const char *user_id, const char *profile_arn,
                           enum plan plan, const struct cause *cause)
{
    struct profile profile;
    enum fault fault = profile_get(world, profile_arn, &profile);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_SEAT_REMOVE, "tt", user_id, profile_arn);
    char name[USER_NAME_BYTES] = "";
    if (fault == FAULT_NONE) {
        struct query *query = store_query(world->store, SQL_USER_GET, "t", user_id);
        if (query_next(query))
            text_copy(name, sizeof name, query_text(query, 3));
        fault = query_end(query);
    }
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_SEAT_INSERT, "ttttttiii", user_id, name, profile_arn,
                             profile.account_id, profile.region, profile.instance_arn,
                             (int64_t)SEAT_PENDING, (int64_t)plan, world->now_s);
    struct seat seat;
    if (fault == FAULT_NONE)
        fault = seat_get(world, user_id, profile_arn, &seat);
    if (fault == FAULT_NONE)
        fault = unlist_second(world, &seat);
    if (fault == FAULT_NONE)
        fault = seat_tell(world, NULL, &seat, cause);
    if (fault == FAULT_NONE)
        fault = tell_access(world, &seat, "access begins", NULL, cause);
    if (fault == FAULT_NONE && world->reading.deviations[PENDING_CHARGED])
        fault = billing_in_force(world, &seat, plan, cause);
    if (fault == FAULT_NONE && world->reading.deviations[ACTIVE_WITHOUT_USE])
        fault = seat_activate(world, &seat, cause);
    return fault;
}

static bool profile_lives(const struct world *world, const struct profile *profile)
{
    return profile->deleted_s == 0 && profile->instance_deleted_s == 0 &&
           profile->accounts_until_s > world->now_s;
}

/*
 * Until when he may have a session: FOREVER while he can sign in; the end of the one that was open, for an Active seat, when he was deleted or disabled
 * (rule 43); 0: he has none.
 */
static enum fault session_until(struct world *world, const struct seat *seat, int64_t *out_until_s)
{
    struct query *query = store_query(world->store, SQL_USER_SESSION, "t", seat->user_id);
    bool found = query_next(query);
    bool deleted = found && !query_is_null(query, 1);
    bool active = found && query_integer(query, 0) != 0 && !deleted;
    int64_t barred_s = found ? query_integer(query, deleted ? 1 : 2) : 0;
    if (deleted && !query_is_null(query, 2) && query_integer(query, 2) < barred_s)
        barred_s = query_integer(query, 2);
    bool was_active = seat->activated_s != 0 && seat->activated_s <= barred_s;
    *out_until_s = active ? FOREVER : found && was_active ? query_integer(query, 3) : 0;
    return query_end(query);
}

/* A session that is open when an Active seat is canceled goes on for the tail, while there is something to go on with. */
static enum fault session_tail(struct world *world, const struct seat *seat, int64_t *out_until_s)
{
    struct profile profile = {0};
    int64_t session_s = 0;
    int64_t until_s = propagation_at(world, SESSION_TAIL, seat->user_id);
    *out_until_s = 0;
    if (until_s == world->now_s || seat->status != SEAT_ACTIVE)
        return FAULT_NONE;
    enum fault fault = profile_get(world, seat->profile_arn, &profile);
    if (fault == FAULT_NONE)
        fault = session_until(world, seat, &session_s);
    if (session_s > world->now_s && profile_lives(world, &profile))
        *out_until_s = until_s < session_s ? until_s : session_s;
    return fault;
}

/* Rules 33, 34. A row that does not wait for the month's turn is off the lists at once, or stays for ever. */
static int64_t listed_until(const struct world *world, enum seat_status before, const char *rule)
{
    const int *values = world->reading.values;
    /* Rule 6: nobody can look at the console of a closed account. */
    bool unreachable = strcmp(rule, "auto-account-deleted") == 0;
    bool vanishes = before == SEAT_PENDING && values[PENDING_CANCEL] == PENDING_CANCEL_VANISHES;
    if (unreachable || vanishes || values[CANCELED_ROW_KEPT_UNTIL] == ROW_AT_ONCE)
        return world->now_s;
    return values[CANCELED_ROW_KEPT_UNTIL] == ROW_FOREVER ? FOREVER : clock_month_turn(world);
}

/* What a cancellation leaves: access to the month's end by the edition, to a session's end, or none. */
static enum fault keep_access(struct world *world, struct seat *seat)
{
    int64_t tail_until_s = 0;
    enum fault fault = session_tail(world, seat, &tail_until_s);
    bool keeps = seat->status == SEAT_ACTIVE &&
                 world->reading.values[ACCESS_AFTER_CANCEL] != ACCESS_IMMEDIATE;
    seat->access_until_s = keeps ? clock_month_turn(world) : 0;
    if (tail_until_s > seat->access_until_s && !(keeps && held(tail_until_s)))
        seat->access_until_s = tail_until_s;
    return fault;
}

/* The story of what is still to come of a cancellation, and a look at it when it does. */
static enum fault cancel_ahead(struct world *world, const struct seat *seat,
                               const struct cause *cause)
{
    char until[TIME_TEXT_BYTES] = "";
    struct cause access = {.rule = "access-after-cancel", .seq = cause->seq};
    enum fault fault = FAULT_NONE;
    if (seat->access_until_s == 0)
        return tell_access(world, seat, "access ends", NULL, &access);
    if (!held(seat->access_until_s))
        time_print(seat->access_until_s, until);
    fault = tell_access(world, seat, "access goes on", held(seat->access_until_s) ? NULL : until,
                        &access);
    if (fault == FAULT_NONE)
        fault = clock_remember(world, seat->access_until_s, PHASE_ACCESS, seat->user_id,
                               seat->profile_arn, cause->seq, access.rule);
    return fault;
}

/* Rules 12, 13, 33, 34; E16: a seat that was never used gives no access to be kept. */
static enum fault seat_cancel(struct world *world, struct seat *seat, const struct cause *cause)
{
    struct seat before = *seat;
    enum fault fault = keep_access(world, seat);
    seat->status = SEAT_CANCELED;
    seat->canceled_s = world->now_s;
    seat->listed_until_s = listed_until(world, before.status, cause->rule);
    text_copy(seat->rule, sizeof seat->rule, cause->rule);
    if (fault == FAULT_NONE)
        fault = seat_save(world, seat);
    if (fault == FAULT_NONE)
        fault = seat_tell(world, &before, seat, cause);
    if (fault == FAULT_NONE)
        fault = billing_canceled(world, seat, cause);
    if (fault == FAULT_NONE)
        fault = cancel_ahead(world, seat, cause);
    if (fault == FAULT_NONE && seat->listed_until_s == clock_month_turn(world))
        fault = clock_remember(world, seat->listed_until_s, PHASE_ROW, seat->user_id,
                               seat->profile_arn, cause->seq, "canceled-record-removed-next-month");
    return fault;
}

/* Rules 16, 25, 27; E1: the join has moved. */
static enum fault seat_change(struct world *world, struct seat *seat, enum plan plan,
                              const struct cause *cause)
{
    struct seat before = *seat;
    seat->plan = plan;
    enum fault fault = FAULT_NONE;
    /* E1, its other reading, is about claims that end; who asks for a lower plan has it from the 1st all the same. */
    bool lost = plan < before.plan && strcmp(cause->rule, "downgrade-next-month") != 0;
    bool drops = (lost && world->reading.values[TIER_DROP] == TIER_DROP_NOW) ||
                 world->reading.deviations[DOWNGRADE_AT_ONCE];
    if (seat->status == SEAT_ACTIVE)
        fault = raise_plan(world, seat, drops, cause);
    if (fault == FAULT_NONE)
        fault = seat_save(world, seat);
    if (fault == FAULT_NONE)
        fault = seat_tell(world, &before, seat, cause);
    struct cause why = {.rule = "upgrade-immediate-refund-lower", .seq = cause->seq};
    if (fault != FAULT_NONE || seat->plan_in_force <= before.plan_in_force)
        return fault;
    fault = billing_in_force(world, seat, seat->plan_in_force, &why);
    return fault == FAULT_NONE ? credits_rerate(world, seat, cause) : fault;
}

/* The highest plan among the pair's live claims (rule 16); PLAN_NONE if there is none. */
static enum fault claims_join(struct world *world, const char *user_id, const char *profile_arn,
                              enum plan *out_join)
{
    bool lowest = world->reading.deviations[BILL_LOWEST_TIER];
    enum plan join = PLAN_NONE;
    struct query *query = store_query(world->store, SQL_CLAIM_OF_PAIR, "tt", user_id, profile_arn);
    while (query_next(query)) {
        enum plan plan = (enum plan)query_integer(query, 0);
        if (join == PLAN_NONE || (lowest ? plan < join : plan > join))
            join = plan;
    }
    *out_join = join;
    return query_end(query);
}

/* E6, E15: a reading takes the end of this seat for a pause, and what is told now for its end. */
static bool resumes(const struct world *world, const struct seat *seat, const struct cause *cause)
{
    const int *values = world->reading.values;
    bool user = values[REACTIVATE] == REACTIVATE_FULL &&
                strcmp(seat->rule, "auto-user-deactivated") == 0 &&
                strcmp(cause->rule, "idc-disable-reversible") == 0;
    bool account = values[ACCOUNT_REOPEN] == REOPEN_RESUME &&
                   strcmp(seat->rule, "auto-account-deleted") == 0 &&
                   strcmp(cause->rule, "account-close-90-days") == 0;
    return seat->activated_s != 0 && (user || account);
}

enum fault seat_follow(struct world *world, const char *user_id, const char *profile_arn,
                       const struct cause *cause)
{
    enum plan join = PLAN_NONE;
    struct seat seat = {0};
    enum fault fault = claims_join(world, user_id, profile_arn, &join);
    if (fault != FAULT_NONE)
        return fault;
    fault = seat_get(world, user_id, profile_arn, &seat);
    if (fault != FAULT_NONE && fault != FAULT_NOT_FOUND)
        return fault;
    bool holds = fault == FAULT_NONE && seat.status != SEAT_CANCELED;
    if (join == PLAN_NONE)
        return holds ? seat_cancel(world, &seat, cause) : FAULT_NONE;
    if (!holds) {
        bool goes_on = fault == FAULT_NONE && resumes(world, &seat, cause);
        fault = seat_new(world, user_id, profile_arn, join, cause);
        if (fault == FAULT_NONE && goes_on)
            fault = seat_get(world, user_id, profile_arn, &seat);
        return fault == FAULT_NONE && goes_on ? seat_activate(world, &seat, cause) : fault;
    }
    return join == seat.plan ? FAULT_NONE : seat_change(world, &seat, join, cause);
}

/* The 1st: what was bought takes over (rule 27). */
static enum fault due_plan(struct world *world, struct seat *seat, const struct cause *cause)
{
    struct seat before = *seat;
    if (seat->status != SEAT_ACTIVE || world->reading.deviations[CANCEL_NOT_APPLIED])
        return FAULT_NONE;
    seat->plan_in_force = seat->plan;
    enum fault fault = seat_save(world, seat);
    return fault == FAULT_NONE ? seat_tell(world, &before, seat, cause) : fault;
}

enum fault seat_stands(struct world *world, const struct seat *seat, bool *out_stands)
{
    *out_stands = seat->status == SEAT_ACTIVE;
    if (!*out_stands || world->reading.values[CHARGE_AT] == CHARGE_AT_PROCESSING)
        return FAULT_NONE;
    struct query *query =
        store_query(world->store, SQL_CLAIM_STANDING, "tt", seat->user_id, seat->profile_arn);
    *out_stands = query_next(query);
    return query_end(query);
}

/* The deviations that charge a canceled seat: for two months, as was reported, or for one where nobody is behind it. */
static enum fault due_charge_canceled(struct world *world, const struct seat *seat,
                                      const struct cause *cause)
{
    const bool *deviations = world->reading.deviations;
    bool orphan = strcmp(seat->rule, "auto-instance-deleted") == 0 ||
                  strcmp(seat->rule, "auto-profile-deleted") == 0;
    if (!deviations[CHARGED_AFTER_CANCEL] && !(orphan && deviations[ORPHAN_BILLED]))
        return FAULT_NONE;
    enum fault fault = billing_month_start(world, seat, cause);
    bool first = month_next(clock_month_at(world, seat->canceled_s)) == clock_month(world);
    if (fault == FAULT_NONE && first && deviations[CHARGED_AFTER_CANCEL])
        fault = clock_remember(world, clock_month_turn(world), PHASE_CHARGE, seat->user_id,
                               seat->profile_arn, cause->seq, cause->rule);
    return fault;
}

static enum fault due_charge(struct world *world, struct seat *seat, const struct cause *cause)
{
    if (seat->status == SEAT_CANCELED)
        return due_charge_canceled(world, seat, cause);
    bool stands = false;
    enum fault fault = seat_stands(world, seat, &stands);
    if (fault != FAULT_NONE || !stands)
        return fault;
    if (world->reading.deviations[CANCELED_UNASKED]) {
        struct cause nothing = {.rule = ""};
        return settle_lose(world, seat->user_id, seat->profile_arn, &nothing);
    }
    fault = billing_month_start(world, seat, cause);
    if (fault == FAULT_NONE)
        fault = clock_remember(world, clock_month_turn(world), PHASE_CHARGE, seat->user_id,
                               seat->profile_arn, cause->seq, cause->rule);
    return fault;
}

/* Access and listing end by comparing instants with the clock; here that only becomes part of the story. */
static enum fault due_end(struct world *world, const struct seat *seat, const char *event,
                          int64_t until_s, const struct cause *cause)
{
    if (seat->status != SEAT_CANCELED || until_s > world->now_s)
        return FAULT_NONE;
    struct entry entry = {.event = event,
                          .subject = seat->profile_arn,
                          .user_id = seat->user_id,
                          .rule = cause->rule,
                          .cause_seq = cause->seq};
    return timeline_add(world, &entry, NULL);
}

enum fault seat_due(struct world *world, enum phase phase, const char *user_id,
                    const char *profile_arn, const struct cause *cause)
{
    struct seat seat;
    enum fault fault = seat_get(world, user_id, profile_arn, &seat);
    if (fault != FAULT_NONE)
        return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
    switch (phase) {
    case PHASE_SETTLE: /* the clock's own */
        break;
    case PHASE_PLAN:
        return due_plan(world, &seat, cause);
    case PHASE_ACCESS:
        return due_end(world, &seat, "access ends", seat.access_until_s, cause);
    case PHASE_CHARGE:
        return due_charge(world, &seat, cause);
    case PHASE_ROW:
        return due_end(world, &seat, "row leaves the list", seat.listed_until_s, cause);
    }
    assert(false);
    return FAULT_INTERNAL;
}

/* Signed in, and entitled or still within what the edition leaves a canceled seat. */
static enum fault seat_admits(struct world *world, const struct seat *seat, bool *out_admits)
{
    int64_t session_s = 0;
    enum fault fault = session_until(world, seat, &session_s);
    struct profile profile = {0};
    if (fault == FAULT_NONE)
        fault = profile_get(world, seat->profile_arn, &profile);
    const bool *deviations = world->reading.deviations;
    bool locked = seat->status == SEAT_PENDING
                      ? deviations[PENDING_NO_ACCESS]
                      : deviations[ACTIVE_BUT_APP_MISSING] || deviations[LOCKED_BUT_BILLED];
    bool stands = seat->status == SEAT_CANCELED ? seat->access_until_s > world->now_s : !locked;
    *out_admits = session_s > world->now_s && stands && profile_lives(world, &profile);
    return fault;
}

enum fault seat_use_with(struct world *world, enum client client, const char *user_id,
                         const char *profile_arn, int64_t credits_hundredths, bool dry_run,
                         const char **out_code)
{
    struct seat seat;
    struct credits credits = {0};
    bool admits = false;
    bool suffices = false;
    *out_code = "AccessDeniedException";
    enum fault fault = seat_get(world, user_id, profile_arn, &seat);
    if (fault != FAULT_NONE)
        return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
    fault = seat_admits(world, &seat, &admits);
    if (fault == FAULT_NONE && admits)
        fault = credits_of(world, &seat, client, &credits);
    if (fault == FAULT_NONE && admits)
        fault = credits_suffice(world, &seat, &credits, credits_hundredths, &suffices);
    if (fault != FAULT_NONE || !admits)
        return fault;
    *out_code = suffices ? NULL : "ServiceQuotaExceededException";
    if (dry_run || !suffices)
        return FAULT_NONE;
    struct cause cause = {.rule = "activation-on-first-use"};
    struct entry entry = {.event = "use", .subject = profile_arn, .user_id = user_id};
    fault = timeline_add(world, &entry, &cause.seq);
    bool sticks = world->reading.deviations[PENDING_STICKS];
    if (fault == FAULT_NONE && seat.status == SEAT_PENDING && !sticks)
        fault = seat_activate(world, &seat, &cause);
    if (fault == FAULT_NONE)
        fault = credits_spend(world, &seat, &credits, credits_hundredths, &cause);
    return fault == FAULT_NONE ? activity_add(world, &seat, credits_hundredths) : fault;
}

enum fault seat_use(struct world *world, const char *user_id, const char *profile_arn,
                    int64_t credits_hundredths, bool dry_run, const char **out_code)
{
    return seat_use_with(world, CLIENT_CLI, user_id, profile_arn, credits_hundredths, dry_run,
                         out_code);
}

enum fault seat_listing(struct world *world, const struct seat *seat,
                        struct seat_listing *out_listing)
{
    struct query *query = store_query(world->store, SQL_USER_GET, "t", seat->user_id);
    bool exists = query_next(query);
    enum fault fault = query_end(query);
    bool canceled = seat->status == SEAT_CANCELED;
    out_listing->users_tab = !canceled || world->reading.deviations[USERS_TAB_KEEPS_CANCELED];
    out_listing->subscriptions_tab = seat->listed_until_s > world->now_s;
    out_listing->by_name = exists ? !world->reading.deviations[UUID_NAMES]
                                  : world->reading.deviations[DELETED_USER_SHOWN_BY_NAME];
    return fault;
}

static enum fault seat_each_row(struct query *query,
                                void (*see)(void *self, const struct seat *seat), void *self)
{
    while (query_next(query)) {
        struct seat seat;
        seat_read(query, &seat);
        see(self, &seat);
    }
    return query_end(query);
}

enum fault seat_each_listed(struct world *world, const char *instance_arn,
                            const char *profile_region, int64_t after, int64_t limit,
                            void (*see)(void *self, const struct seat *seat), void *self)
{
    return seat_each_row(store_query(world->store, SQL_SEAT_OF_INSTANCE, "ttiii", instance_arn,
                                     profile_region, world->now_s, after, limit),
                         see, self);
}

enum fault seat_each(struct world *world, void (*see)(void *self, const struct seat *seat),
                     void *self)
{
    return seat_each_row(store_query(world->store, SQL_SEAT_ALL, ""), see, self);
}

enum fault seat_each_source(struct world *world, const char *user_id, const char *profile_arn,
                            void (*see)(void *self, const char *group_name), void *self)
{
    struct query *query = store_query(world->store, SQL_CLAIM_OF_PAIR, "tt", user_id, profile_arn);
    bool as_direct = world->reading.deviations[PLAN_SOURCE_INDIVIDUAL];
    while (query_next(query))
        see(self, as_direct || query_is_null(query, 1) ? NULL : query_text(query, 2));
    return query_end(query);
}
