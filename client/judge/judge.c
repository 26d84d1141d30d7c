/* SPDX-License-Identifier: MIT */
/*
 * The judge. What is compared is a table: name, axis, and how to put it into words, applied to what
 * is seen and to what is expected alike; two texts that differ are a finding.
 */
#include "judge/judge.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/plans.h"
#include "base/rules.h"
#include "base/statuses.h"
#include "judge/decimal.h"

typedef char sight_text[SIGHT_TEXT_BYTES];

static void say(sight_text out, const char *text)
{
    snprintf(out, SIGHT_TEXT_BYTES, "%s", text);
}

/* As RFC 3339; 0 is "none". */
static void say_time(sight_text out, int64_t time_s)
{
    time_t seconds = (time_t)time_s;
    struct tm parts;
    if (time_s == 0 || gmtime_r(&seconds, &parts) == NULL)
        say(out, "none");
    else
        strftime(out, SIGHT_TEXT_BYTES, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static const char *yes_or_no(bool truth)
{
    return truth ? "yes" : "no";
}

static const char *sources_text(bool by_user, bool by_group)
{
    if (by_user && by_group)
        return "user+group";
    return by_user ? "user" : (by_group ? "group" : "none");
}

const char *verdict_kind_name(enum verdict_kind kind)
{
    static const char *const NAMES[] = {"holds", "broken", "undecided", "skipped"};
    return NAMES[kind];
}

static void expect_from_seat(const struct oracle_seat *seat, struct sight *sight)
{
    bool pending = seat->status == SEAT_PENDING;
    sight->recorded = seat->status != SEAT_NONE;
    sight->listed = seat->subscriptions_tab;
    say(sight->wire_status, seat_status_name(seat->status));
    say(sight->wire_plan, plan_facts(seat->plan)->name);
    say(sight->wire_plan_in_force, plan_facts(pending ? PLAN_NONE : seat->plan_in_force)->name);
    say(sight->wire_sources, sources_text(seat->by_user, seat->by_group));
    sight->entitled = seat->entitled;
    say(sight->status, seat_status_name(seat->status));
    say(sight->plan, sight->wire_plan);
    say(sight->plan_in_force, sight->wire_plan_in_force);
    say(sight->next_plan, plan_facts(seat->next_plan)->name);
    say(sight->sources, sight->wire_sources);
    sight->access = seat->access;
    say_time(sight->access_until, seat->access_until_s);
    sight->users_tab = seat->users_tab;
    sight->subscriptions_tab = seat->subscriptions_tab;
    say(sight->shown_as, seat->shown_by_name ? "name" : "id");
    bool ended = seat->status == SEAT_CANCELED || seat->status == SEAT_PENDING_REMOVAL;
    say(sight->ended_by, ended ? seat->rule[AXIS_STATUS] : "none");
    sight->may_use = seat->access;
}

void judge_expect(const struct oracle *oracle, const char *user, const char *profile, int64_t at_s,
                  struct sight *out_sight)
{
    struct oracle_seat seat;
    oracle_seat(oracle, user, profile, at_s, &seat);
    *out_sight = (struct sight){0};
    expect_from_seat(&seat, out_sight);
}

/*
 * One thing that is compared. `needs` says which row it is read from: if one side has no such row,
 * the row itself is the finding.
 */
enum needs { NEEDS_NOTHING, NEEDS_WIRE, NEEDS_RECORD, NEEDS_LIVE_WIRE, NEEDS_LIVE_RECORD };

struct comparison {
    const char *what;
    enum axis axis;
    enum needs needs;
    bool is_flag;
    size_t offset;    /* of a bool, or of a text, in struct sight */
    const char *rule; /* that decides it, whatever decides the axis; or NULL */
    bool of_ended;    /* only of a seat that has ended */
};

#define FLAG(member) true, offsetof(struct sight, member), NULL, false
#define WORD(member) false, offsetof(struct sight, member), NULL, false
#define SOURCES(member) false, offsetof(struct sight, member), SOURCES_RULE, false
#define USERS_TAB true, offsetof(struct sight, users_tab), USERS_TAB_RULE, true
#define USERS_TAB_RULE "users-tab-hides-canceled"
#define SOURCES_RULE "plan-source-shown"

static const struct comparison COMPARISONS[] = {
    {"row in ListUserSubscriptions", AXIS_LISTING, NEEDS_NOTHING, FLAG(listed)},
    {"status", AXIS_STATUS, NEEDS_WIRE, WORD(wire_status)},
    {"plan", AXIS_CHARGE, NEEDS_WIRE, WORD(wire_plan)},
    {"plan in force", AXIS_CHARGE, NEEDS_WIRE, WORD(wire_plan_in_force)},
    {"sources", AXIS_LISTING, NEEDS_LIVE_WIRE, SOURCES(wire_sources)},
    {"row in /_mock/subscriptions", AXIS_LISTING, NEEDS_NOTHING, FLAG(recorded)},
    {"entitled (control)", AXIS_STATUS, NEEDS_RECORD, FLAG(entitled)},
    {"status (control)", AXIS_STATUS, NEEDS_RECORD, WORD(status)},
    {"plan (control)", AXIS_CHARGE, NEEDS_RECORD, WORD(plan)},
    {"plan in force (control)", AXIS_CHARGE, NEEDS_RECORD, WORD(plan_in_force)},
    {"next plan (control)", AXIS_CHARGE, NEEDS_RECORD, WORD(next_plan)},
    {"sources (control)", AXIS_LISTING, NEEDS_LIVE_RECORD, SOURCES(sources)},
    {"access (control)", AXIS_ACCESS, NEEDS_RECORD, FLAG(access)},
    {"access until (control)", AXIS_ACCESS, NEEDS_RECORD, WORD(access_until)},
    {"users tab (control)", AXIS_LISTING, NEEDS_RECORD, USERS_TAB},
    {"subscriptions tab (control)", AXIS_LISTING, NEEDS_RECORD, FLAG(subscriptions_tab)},
    {"shown as (control)", AXIS_LISTING, NEEDS_RECORD, WORD(shown_as)},
    {"ended by rule (control)", AXIS_STATUS, NEEDS_RECORD, WORD(ended_by)},
    {"may use (dry run)", AXIS_ACCESS, NEEDS_NOTHING, FLAG(may_use)},
};

static const char *in_words(const struct sight *sight, const struct comparison *comparison)
{
    const char *field = (const char *)sight + comparison->offset;
    return comparison->is_flag ? yes_or_no(*(const bool *)field) : field;
}

static bool comparable(const struct comparison *comparison, const struct sight *expected,
                       const struct sight *seen)
{
    switch (comparison->needs) {
    case NEEDS_WIRE:
        return expected->listed && seen->listed;
    case NEEDS_LIVE_WIRE:
        return expected->listed && seen->listed && expected->entitled;
    case NEEDS_RECORD:
        return expected->recorded && seen->recorded;
    case NEEDS_LIVE_RECORD:
        return expected->recorded && seen->recorded && expected->entitled;
    case NEEDS_NOTHING:
        break;
    }
    return true;
}

/* Complete a verdict from its two texts and its rule, and deliver it. */
static void deliver(const struct judge *judge, struct verdict *verdict)
{
    if (verdict->rule == NULL)
        verdict->rule = judge->rule;
    const struct rule *rule = rule_find(verdict->rule);
    assert(rule != NULL);
    verdict->source = rule->source;
    verdict->level = rule->level[verdict->axis];
    if (judge->foreign && verdict->stated != NULL)
        verdict->kind = VERDICT_SKIPPED;
    else if (strcmp(verdict->expected, verdict->seen) == 0)
        verdict->kind = VERDICT_HOLDS;
    else if (judge->own_mock || verdict->level == LEVEL_DOCUMENTED)
        verdict->kind = VERDICT_BROKEN;
    else
        verdict->kind = VERDICT_UNDECIDED; /* no source decides it */
    judge->listener(judge->context, verdict);
}

static size_t pair_index(const struct observation *seen, size_t user, size_t profile)
{
    return user * seen->profile_count + profile;
}

static void judge_seat(const struct judge *judge, const struct observation *seen, size_t user,
                       size_t profile)
{
    struct oracle_seat seat;
    oracle_seat(judge->oracle, seen->users[user], seen->profiles[profile], seen->at_s, &seat);
    struct sight expected = {0};
    expect_from_seat(&seat, &expected);
    const struct sight *sight = &seen->sights[pair_index(seen, user, profile)];
    for (size_t i = 0; i < sizeof COMPARISONS / sizeof *COMPARISONS; i++) {
        const struct comparison *comparison = &COMPARISONS[i];
        if (!comparable(comparison, &expected, sight))
            continue;
        bool own_rule = comparison->rule != NULL && !(comparison->of_ended && seat.entitled);
        const char *rule = own_rule ? comparison->rule : seat.rule[comparison->axis];
        struct verdict verdict = {.rule = rule,
                                  .axis = comparison->axis,
                                  .user = seen->users[user],
                                  .profile = seen->profiles[profile],
                                  .what = comparison->what,
                                  .expected = in_words(&expected, comparison),
                                  .seen = in_words(sight, comparison)};
        deliver(judge, &verdict);
    }
}

/* "40.00", or "200.00 after a refund of 40.00": the lines are compared too, not their sum alone. */
static void charge_text(int64_t owed_cents, int64_t refunded_cents, sight_text out)
{
    char owed[DECIMAL_TEXT_BYTES];
    char refunded[DECIMAL_TEXT_BYTES];
    decimal_print(owed_cents, owed);
    decimal_print(refunded_cents, refunded);
    if (refunded_cents == 0)
        say(out, owed);
    else
        snprintf(out, SIGHT_TEXT_BYTES, "%s after refunds of %s", owed, refunded);
}

static int64_t judge_charge(const struct judge *judge, const struct observation *seen, size_t user,
                            size_t profile, size_t month)
{
    struct oracle_charge expected = {0};
    oracle_charge(judge->oracle, seen->users[user], seen->profiles[profile],
                  seen->months[month].year, seen->months[month].month, seen->at_s, &expected);
    size_t index = pair_index(seen, user, profile) * seen->month_count + month;
    const struct charge_seen *charge = &seen->charges[index];
    sight_text what;
    sight_text expected_text;
    sight_text seen_text;
    snprintf(what, sizeof what, "bill of %04d-%02d", seen->months[month].year,
             seen->months[month].month);
    charge_text(expected.owed_cents, expected.refunded_cents, expected_text);
    charge_text(charge->owed_cents, charge->refunded_cents, seen_text);
    struct verdict verdict = {.rule = expected.rule,
                              .axis = AXIS_CHARGE,
                              .user = seen->users[user],
                              .profile = seen->profiles[profile],
                              .what = what,
                              .expected = expected_text,
                              .seen = seen_text};
    deliver(judge, &verdict);
    return expected.owed_cents;
}

/*
 * Money is conserved: a bill is the sum of its lines, and its lines are those of the people we
 * know.
 */
static void judge_bill(const struct judge *judge, const struct observation *seen, size_t month,
                       int64_t expected_cents, bool forecast)
{
    const struct bill_seen *bill = &seen->bills[month];
    sight_text what;
    char expected[DECIMAL_TEXT_BYTES];
    char lines[DECIMAL_TEXT_BYTES];
    char total[DECIMAL_TEXT_BYTES];
    decimal_print(expected_cents, expected);
    decimal_print(bill->lines_cents, lines);
    decimal_print(bill->total_cents, total);
    int year = seen->months[month].year;
    int number = seen->months[month].month;

    struct verdict verdict = {.axis = AXIS_CHARGE, .rule = "bill-per-profile", .what = what};
    snprintf(what, sizeof what, "total of the bill of %04d-%02d", year, number);
    verdict.expected = expected;
    verdict.seen = total;
    deliver(judge, &verdict);
    snprintf(what, sizeof what, "sum of the lines of %04d-%02d", year, number);
    verdict.expected = total;
    verdict.seen = lines;
    deliver(judge, &verdict);
    snprintf(what, sizeof what, "bill of %04d-%02d is a forecast", year, number);
    verdict.expected = yes_or_no(forecast);
    verdict.seen = yes_or_no(bill->forecast);
    deliver(judge, &verdict);
}

/* Rule 28: seats belong to people, so that a group has no status to show. */
static void judge_groups(const struct judge *judge, const struct observation *seen)
{
    for (size_t i = 0; i < seen->group_count; i++) {
        const struct group_sight *group = &seen->groups[i];
        sight_text what;
        snprintf(what, sizeof what, "status of group %s", group->group);
        struct verdict verdict = {.rule = "groups-tab-no-status",
                                  .axis = AXIS_LISTING,
                                  .profile = group->profile,
                                  .what = what,
                                  .expected = oracle_group_status(judge->oracle),
                                  .seen = group->status};
        deliver(judge, &verdict);
    }
}

/*
 * Rows of seats that another took the place of; nothing is said where there are and should be none.
 */
static void judge_former_rows(const struct judge *judge, const struct observation *seen)
{
    for (size_t user = 0; user < seen->user_count; user++) {
        sight_text expected;
        sight_text found;
        size_t wanted = 0;
        for (size_t profile = 0; profile < seen->profile_count; profile++)
            wanted += oracle_former_rows(judge->oracle, seen->users[user], seen->profiles[profile],
                                         seen->at_s);
        if (wanted == 0 && seen->former_rows[user] == 0)
            continue;
        snprintf(expected, sizeof expected, "%zu", wanted);
        snprintf(found, sizeof found, "%zu", seen->former_rows[user]);
        struct verdict verdict = {.rule = "subscriptions-tab-shows-canceled",
                                  .axis = AXIS_LISTING,
                                  .user = seen->users[user],
                                  .what = "rows of seats before the latest",
                                  .expected = expected,
                                  .seen = found};
        deliver(judge, &verdict);
    }
}

static void judge_oddities(const struct judge *judge, const struct observation *seen)
{
    struct verdict verdict = {
        .axis = AXIS_LISTING, .what = "rows that nobody accounts for", .expected = "none"};
    for (size_t i = 0; i < seen->oddity_count; i++) {
        verdict.rule = seen->oddities[i].rule;
        verdict.seen = seen->oddities[i].text;
        deliver(judge, &verdict);
    }
    if (seen->oddity_count == 0) {
        verdict.seen = verdict.expected;
        deliver(judge, &verdict);
    }
}

void judge_observation(const struct judge *judge, const struct observation *seen)
{
    for (size_t user = 0; user < seen->user_count; user++) {
        for (size_t profile = 0; profile < seen->profile_count; profile++)
            judge_seat(judge, seen, user, profile);
    }
    for (size_t month = 0; month < seen->month_count; month++) {
        int64_t expected_cents = 0;
        for (size_t user = 0; user < seen->user_count; user++) {
            for (size_t profile = 0; profile < seen->profile_count; profile++)
                expected_cents += judge_charge(judge, seen, user, profile, month);
        }
        bool begun = oracle_month_has_begun(judge->oracle, seen->months[month].year,
                                            seen->months[month].month, seen->at_s);
        judge_bill(judge, seen, month, expected_cents, !begun);
    }
    judge_groups(judge, seen);
    judge_former_rows(judge, seen);
    judge_oddities(judge, seen);
}

static ptrdiff_t find(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0)
            return (ptrdiff_t)i;
    }
    return -1;
}

ptrdiff_t observation_user(const struct observation *seen, const char *user)
{
    return find(seen->users, seen->user_count, user);
}

ptrdiff_t observation_profile(const struct observation *seen, const char *profile)
{
    return find(seen->profiles, seen->profile_count, profile);
}

static const char *true_or_false(bool truth)
{
    return truth ? "true" : "false";
}

/*
 * A sight in the words of a `check`. The wire is asked first; a seat that left it is known to the
 * records alone.
 */
static const char *stated_text(const struct sight *sight, const char *member)
{
    bool known = sight->listed || sight->recorded;
    if (strcmp(member, "access") == 0)
        return true_or_false(sight->may_use);
    if (strcmp(member, "users_tab") == 0)
        return true_or_false(sight->recorded && sight->users_tab);
    if (strcmp(member, "subscriptions_tab") == 0)
        return true_or_false(sight->listed);
    if (strcmp(member, "status") == 0)
        return !known ? "NONE" : (sight->listed ? sight->wire_status : sight->status);
    if (strcmp(member, "plan") == 0)
        return !known ? "none" : (sight->listed ? sight->wire_plan : sight->plan);
    if (strcmp(member, "plan_in_force") == 0)
        return !known ? "none" : (sight->listed ? sight->wire_plan_in_force : sight->plan_in_force);
    if (strcmp(member, "source") == 0)
        return !known ? "none" : (sight->listed ? sight->wire_sources : sight->sources);
    if (strcmp(member, "shown_as") == 0)
        return sight->recorded ? sight->shown_as : "none";
    assert(strcmp(member, "rule") == 0);
    return sight->recorded ? sight->ended_by : "none";
}

static enum axis stated_axis(const char *member)
{
    static const struct {
        const char *member;
        enum axis axis;
    } AXES[] = {{"status", AXIS_STATUS},
                {"rule", AXIS_STATUS},
                {"access", AXIS_ACCESS},
                {"plan", AXIS_CHARGE},
                {"plan_in_force", AXIS_CHARGE},
                {"users_tab", AXIS_LISTING},
                {"subscriptions_tab", AXIS_LISTING},
                {"source", AXIS_LISTING},
                {"shown_as", AXIS_LISTING}};
    size_t i = 0;
    while (strcmp(AXES[i].member, member) != 0)
        i++;
    return AXES[i].axis;
}

void judge_stated(const struct judge *judge, const struct observation *seen, const char *user,
                  const char *profile, const char *member, const char *expected)
{
    ptrdiff_t user_index = observation_user(seen, user);
    ptrdiff_t profile_index = observation_profile(seen, profile);
    assert(user_index >= 0);
    assert(profile_index >= 0);
    struct oracle_seat seat;
    oracle_seat(judge->oracle, user, profile, seen->at_s, &seat);
    enum axis axis = stated_axis(member);
    const struct sight *sight =
        &seen->sights[pair_index(seen, (size_t)user_index, (size_t)profile_index)];
    const char *rule = seat.rule[axis];
    if (strcmp(member, "source") == 0)
        rule = SOURCES_RULE;
    else if (strcmp(member, "users_tab") == 0 && seat.status != SEAT_NONE && !seat.entitled)
        rule = USERS_TAB_RULE;
    struct verdict verdict = {.rule = rule,
                              .axis = axis,
                              .user = user,
                              .profile = profile,
                              .what = member,
                              .expected = expected,
                              .seen = stated_text(sight, member),
                              .stated = member};
    deliver(judge, &verdict);
}

void judge_stated_bill(const struct judge *judge, const struct observation *seen, const char *user,
                       const char *profile, struct month month, const char *expected)
{
    ptrdiff_t user_index = observation_user(seen, user);
    ptrdiff_t profile_index = observation_profile(seen, profile);
    assert(user_index >= 0);
    assert(profile_index >= 0);
    size_t pair = pair_index(seen, (size_t)user_index, (size_t)profile_index);
    sight_text text = "not on any bill that was looked at";
    for (size_t i = 0; i < seen->month_count; i++) {
        if (seen->months[i].year == month.year && seen->months[i].month == month.month)
            decimal_print(seen->charges[pair * seen->month_count + i].owed_cents, text);
    }
    struct oracle_charge charge = {0};
    oracle_charge(judge->oracle, user, profile, month.year, month.month, seen->at_s, &charge);
    sight_text what;
    snprintf(what, sizeof what, "bill of %04d-%02d", month.year, month.month);
    struct verdict verdict = {.rule = charge.rule,
                              .axis = AXIS_CHARGE,
                              .user = user,
                              .profile = profile,
                              .what = what,
                              .expected = expected,
                              .seen = text,
                              .stated = "bill"};
    deliver(judge, &verdict);
}

void judge_stated_answer(const struct judge *judge, const char *expected, const char *seen)
{
    struct verdict verdict = {.axis = AXIS_STATUS,
                              .what = "the answer was",
                              .expected = expected,
                              .seen = seen,
                              .stated = "refused"};
    deliver(judge, &verdict);
}

void judge_answer(const struct judge *judge, const char *rule, const char *user, const char *what,
                  const char *expected, const char *seen)
{
    struct verdict verdict = {.rule = rule,
                              .axis = AXIS_STATUS,
                              .user = user,
                              .what = what,
                              .expected = expected,
                              .seen = seen};
    deliver(judge, &verdict);
}
