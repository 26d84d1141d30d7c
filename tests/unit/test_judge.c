/* SPDX-License-Identifier: MIT */
/*
 * The judge: what is as expected holds, and each single thing that is not is broken, with the rule
 * that decides it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/editions.h"
#include "base/lags.h"
#include "base/levels.h"
#include "base/plans.h"
#include "base/rules.h"
#include "judge/judge.h"

enum { USERS = 3, PROFILES = 1, MONTHS = 3, VERDICTS_MAX = 16 };

#define MARCH_S INT64_C(1772323200) /* 2026-03-01T00:00:00Z */
#define DAY_S INT64_C(86400)
#define NOW_S (MARCH_S + 42 * DAY_S) /* 2026-04-12 */

/* A finding as the listener kept it. */
struct finding {
    enum verdict_kind kind;
    enum axis axis;
    enum level level;
    char rule[64];
    char user[32];
    char what[96];
    char expected[96];
    char seen[96];
    bool stated;
};

/*
 * alice: Active on Pro since March, canceled now. bob: Active on Power, to be Pro. carol: never had
 * a seat.
 */
struct world {
    struct oracle *oracle;
    const char *users[USERS];
    const char *profiles[PROFILES];
    struct month months[MONTHS];
    struct sight sights[USERS * PROFILES];
    struct charge_seen charges[USERS * PROFILES * MONTHS];
    struct bill_seen bills[MONTHS];
    size_t former_rows[USERS];
    struct oddity oddity;
    struct observation seen;
    struct judge judge;
    size_t held;
    struct finding findings[VERDICTS_MAX]; /* that do not hold */
    size_t finding_count;
};

static void listen(void *context, const struct verdict *verdict)
{
    struct world *world = context;
    if (verdict->kind == VERDICT_HOLDS) {
        world->held++;
        return;
    }
    assert_true(world->finding_count < VERDICTS_MAX);
    struct finding *finding = &world->findings[world->finding_count++];
    *finding = (struct finding){.kind = verdict->kind,
                                .axis = verdict->axis,
                                .level = verdict->level,
                                .stated = verdict->stated != NULL};
    snprintf(finding->rule, sizeof finding->rule, "%s", verdict->rule);
    snprintf(finding->user, sizeof finding->user, "%s", verdict->user == NULL ? "" : verdict->user);
    snprintf(finding->what, sizeof finding->what, "%s", verdict->what);
    snprintf(finding->expected, sizeof finding->expected, "%s", verdict->expected);
    snprintf(finding->seen, sizeof finding->seen, "%s", verdict->seen);
}

static void record(struct oracle *oracle, enum oracle_event_kind kind, int64_t at_s,
                   const char *subject, const char *object, enum plan plan)
{
    struct oracle_event event = {.kind = kind,
                                 .at_s = at_s,
                                 .subject = subject,
                                 .object = object,
                                 .text = kind == ORACLE_USER_CREATED ? subject : NULL,
                                 .plan = plan,
                                 .credits_hundredths = kind == ORACLE_USED ? 1 : 0};
    oracle_record(oracle, &event);
}

static struct oracle *tell_history(void)
{
    struct oracle *oracle =
        oracle_new(edition_find(EDITION_DEFAULT)->values, timing_find(TIMING_DEFAULT)->lags_s);
    record(oracle, ORACLE_INSTANCE_CREATED, MARCH_S, "main", NULL, PLAN_NONE);
    record(oracle, ORACLE_PROFILE_CREATED, MARCH_S, "main", "main", PLAN_NONE);
    record(oracle, ORACLE_USER_CREATED, MARCH_S, "alice", "main", PLAN_NONE);
    record(oracle, ORACLE_USER_CREATED, MARCH_S, "bob", "main", PLAN_NONE);
    record(oracle, ORACLE_USER_CREATED, MARCH_S, "carol", "main", PLAN_NONE);
    record(oracle, ORACLE_SUBSCRIBED, MARCH_S, "alice", "main", PLAN_PRO);
    record(oracle, ORACLE_SUBSCRIBED, MARCH_S, "bob", "main", PLAN_POWER);
    record(oracle, ORACLE_USED, MARCH_S, "alice", "main", PLAN_NONE);
    record(oracle, ORACLE_USED, MARCH_S, "bob", "main", PLAN_NONE);
    record(oracle, ORACLE_PLAN_CHANGED, NOW_S, "bob", "main", PLAN_PRO);
    record(oracle, ORACLE_UNSUBSCRIBED, NOW_S, "alice", "main", PLAN_NONE);
    return oracle;
}

/* See exactly what the oracle promises. */
static void see_the_expected(struct world *world)
{
    for (size_t user = 0; user < USERS; user++) {
        judge_expect(world->oracle, world->users[user], "main", NOW_S, &world->sights[user]);
        for (size_t month = 0; month < MONTHS; month++) {
            struct oracle_charge charge;
            oracle_charge(world->oracle, world->users[user], "main", world->months[month].year,
                          world->months[month].month, NOW_S, &charge);
            world->charges[user * MONTHS + month] =
                (struct charge_seen){charge.owed_cents, charge.refunded_cents};
            world->bills[month].total_cents += charge.owed_cents;
            world->bills[month].lines_cents += charge.owed_cents;
        }
    }
    world->bills[MONTHS - 1].forecast = true;
}

static int set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    world->oracle = tell_history();
    world->users[0] = "alice";
    world->users[1] = "bob";
    world->users[2] = "carol";
    world->profiles[0] = "main";
    for (int i = 0; i < MONTHS; i++)
        world->months[i] = (struct month){2026, 3 + i};
    see_the_expected(world);
    world->seen = (struct observation){.at_s = NOW_S,
                                       .users = world->users,
                                       .user_count = USERS,
                                       .profiles = world->profiles,
                                       .profile_count = PROFILES,
                                       .months = world->months,
                                       .month_count = MONTHS,
                                       .sights = world->sights,
                                       .charges = world->charges,
                                       .bills = world->bills,
                                       .former_rows = world->former_rows,
                                       .oddities = &world->oddity};
    world->judge = (struct judge){.oracle = world->oracle,
                                  .rule = "status-values",
                                  .own_mock = true,
                                  .listener = listen,
                                  .context = world};
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;
    oracle_free(world->oracle);
    free(world);
    return 0;
}

static void what_is_as_expected_holds(void **state)
{
    struct world *world = *state;
    judge_observation(&world->judge, &world->seen);
    assert_int_equal(world->finding_count, 0);
    /*
     * Two seats with everything, one person without a seat, nine charges, three bills of three, one
     * about oddities.
     */
    assert_in_range(world->held, 45, 80);
}

/* One wrong thing in what is seen, and the one finding that it must give. */
struct wrong {
    const char *user;
    const char *what;
    enum axis axis;
    const char *rule;
    const char *expected;
    const char *seen;
    size_t offset;    /* in struct sight */
    const char *text; /* NULL: a flag, to be turned */
};

#define TURN(member) offsetof(struct sight, member), NULL
#define SAY(member, word) offsetof(struct sight, member), word
#define CANCELER "manual-unsubscribe-user"
#define LISTED "subscriptions-tab-shows-canceled"
#define DOWNGRADE "downgrade-next-month"

static const struct wrong WRONGS[] = {
    {"alice", "row in ListUserSubscriptions", AXIS_LISTING, LISTED, "yes", "no", TURN(listed)},
    {"alice", "status", AXIS_STATUS, CANCELER, "CANCELED", "ACTIVE", SAY(wire_status, "ACTIVE")},
    {"alice", "plan", AXIS_CHARGE, CANCELER, "pro", "power", SAY(wire_plan, "power")},
    {"bob", "plan in force", AXIS_CHARGE, DOWNGRADE, "power", "pro",
     SAY(wire_plan_in_force, "pro")},
    {"bob", "sources", AXIS_LISTING, "plan-source-shown", "user", "group",
     SAY(wire_sources, "group")},
    {"alice", "row in /_mock/subscriptions", AXIS_LISTING, LISTED, "yes", "no", TURN(recorded)},
    {"alice", "entitled (control)", AXIS_STATUS, CANCELER, "no", "yes", TURN(entitled)},
    {"alice", "status (control)", AXIS_STATUS, CANCELER, "CANCELED", "PENDING",
     SAY(status, "PENDING")},
    {"bob", "plan (control)", AXIS_CHARGE, DOWNGRADE, "pro", "power", SAY(plan, "power")},
    {"bob", "plan in force (control)", AXIS_CHARGE, DOWNGRADE, "power", "pro",
     SAY(plan_in_force, "pro")},
    {"bob", "next plan (control)", AXIS_CHARGE, DOWNGRADE, "pro", "none", SAY(next_plan, "none")},
    {"bob", "sources (control)", AXIS_LISTING, "plan-source-shown", "user", "none",
     SAY(sources, "none")},
    {"alice", "access (control)", AXIS_ACCESS, CANCELER, "no", "yes", TURN(access)},
    {"alice", "access until (control)", AXIS_ACCESS, CANCELER, "none", "17",
     SAY(access_until, "17")},
    {"alice", "users tab (control)", AXIS_LISTING, "users-tab-hides-canceled", "no", "yes",
     TURN(users_tab)},
    {"alice", "subscriptions tab (control)", AXIS_LISTING, LISTED, "yes", "no",
     TURN(subscriptions_tab)},
    {"alice", "shown as (control)", AXIS_LISTING, LISTED, "name", "id", SAY(shown_as, "id")},
    {"alice", "ended by rule (control)", AXIS_STATUS, CANCELER, CANCELER, "E5",
     SAY(ended_by, "E5")},
    {"bob", "may use (dry run)", AXIS_ACCESS, "activation-on-first-use", "yes", "no",
     TURN(may_use)},
    {"carol", "row in ListUserSubscriptions", AXIS_LISTING, "status-values", "no", "yes",
     TURN(listed)},
    {"carol", "row in /_mock/subscriptions", AXIS_LISTING, "status-values", "no", "yes",
     TURN(recorded)},
    {"carol", "may use (dry run)", AXIS_ACCESS, "status-values", "no", "yes", TURN(may_use)},
};

static void assert_finding(const struct world *world, const struct wrong *wrong)
{
    assert_int_equal(world->finding_count, 1);
    const struct finding *finding = &world->findings[0];
    assert_int_equal(finding->kind, VERDICT_BROKEN);
    assert_string_equal(finding->what, wrong->what);
    assert_string_equal(finding->user, wrong->user);
    assert_string_equal(finding->rule, wrong->rule);
    assert_string_equal(finding->expected, wrong->expected);
    assert_string_equal(finding->seen, wrong->seen);
    assert_int_equal(finding->axis, wrong->axis);
    assert_int_equal(finding->level, rule_find(wrong->rule)->level[wrong->axis]);
}

static void each_wrong_thing_is_one_finding(void **state)
{
    struct world *world = *state;
    for (size_t i = 0; i < sizeof WRONGS / sizeof *WRONGS; i++) {
        const struct wrong *wrong = &WRONGS[i];
        struct sight *sight = &world->sights[observation_user(&world->seen, wrong->user)];
        struct sight right = *sight;
        char *field = (char *)sight + wrong->offset;
        if (wrong->text != NULL)
            snprintf(field, SIGHT_TEXT_BYTES, "%s", wrong->text);
        else
            *(bool *)field = !*(bool *)field;
        world->finding_count = 0;
        judge_observation(&world->judge, &world->seen);
        assert_finding(world, wrong);
        *sight = right;
    }
}

static void a_month_charged_to_the_wrong_person_is_broken_for_both(void **state)
{
    struct world *world = *state;
    world->charges[0 * MONTHS + 1].owed_cents -= 100;
    world->charges[2 * MONTHS + 1].owed_cents += 100;
    judge_observation(&world->judge, &world->seen);
    assert_int_equal(world->finding_count, 2);
    assert_string_equal(world->findings[0].user, "alice");
    assert_string_equal(world->findings[0].what, "bill of 2026-04");
    assert_string_equal(world->findings[0].rule, "bill-per-profile");
    assert_string_equal(world->findings[0].expected, "20.00");
    assert_string_equal(world->findings[0].seen, "19.00");
    assert_string_equal(world->findings[1].user, "carol");
}

static void a_refund_that_is_not_owed_is_broken_even_if_the_sum_is_right(void **state)
{
    struct world *world = *state;
    world->charges[1 * MONTHS + 1].refunded_cents += 2000;
    judge_observation(&world->judge, &world->seen);
    assert_int_equal(world->finding_count, 1);
    assert_string_equal(world->findings[0].expected, "200.00");
    assert_string_equal(world->findings[0].seen, "200.00 after refunds of 20.00");
}

static void a_bill_must_add_up(void **state)
{
    struct world *world = *state;
    world->bills[1].total_cents += 1;
    world->bills[1].forecast = true;
    judge_observation(&world->judge, &world->seen);
    assert_int_equal(world->finding_count, 3);
    assert_string_equal(world->findings[0].what, "total of the bill of 2026-04");
    assert_string_equal(world->findings[1].what, "sum of the lines of 2026-04");
    assert_string_equal(world->findings[2].what, "bill of 2026-04 is a forecast");
}

static void a_row_that_nobody_accounts_for_is_broken(void **state)
{
    struct world *world = *state;
    world->oddity = (struct oddity){NULL, "a stranger"};
    world->seen.oddity_count = 1;
    judge_observation(&world->judge, &world->seen);
    assert_int_equal(world->finding_count, 1);
    assert_string_equal(world->findings[0].seen, "a stranger");
    assert_string_equal(world->findings[0].rule, "status-values");
}

static void where_no_source_decides_another_server_is_left_undecided(void **state)
{
    struct world *world = *state;
    world->judge.own_mock = false;
    /*
     * Documented: bill-full-last-month and the like decide charges; a users tab is reported only.
     */
    judge_answer(&world->judge, "users-tab-hides-canceled", "alice", "a tab", "no", "yes");
    judge_answer(&world->judge, "status-values", "alice", "a status", "no", "yes");
    assert_int_equal(world->finding_count, 2);
    assert_int_equal(world->findings[0].kind, VERDICT_UNDECIDED);
    assert_int_equal(world->findings[0].level, LEVEL_REPORTED);
    assert_int_equal(world->findings[1].kind, VERDICT_BROKEN);
    assert_int_equal(world->findings[1].level, LEVEL_DOCUMENTED);
}

struct statement {
    const char *user;
    const char *member;
    const char *right;
    const char *wrong;
};

static const struct statement STATEMENTS[] = {
    {"alice", "status", "CANCELED", "ACTIVE"}, {"alice", "plan", "pro", "power"},
    {"alice", "plan_in_force", "pro", "none"}, {"alice", "access", "false", "true"},
    {"alice", "users_tab", "false", "true"},   {"alice", "subscriptions_tab", "true", "false"},
    {"alice", "shown_as", "name", "id"},       {"alice", "rule", CANCELER, "E5"},
    {"bob", "status", "ACTIVE", "PENDING"},    {"bob", "plan_in_force", "power", "pro"},
    {"bob", "plan", "pro", "power"},           {"bob", "access", "true", "false"},
    {"carol", "status", "NONE", "CANCELED"},   {"carol", "subscriptions_tab", "false", "true"},
    {"carol", "users_tab", "false", "true"},   {"carol", "plan_in_force", "none", "pro"},
};

static void what_a_check_states_is_held_against_what_is_seen(void **state)
{
    struct world *world = *state;
    for (size_t i = 0; i < sizeof STATEMENTS / sizeof *STATEMENTS; i++) {
        const struct statement *statement = &STATEMENTS[i];
        world->held = 0;
        world->finding_count = 0;
        judge_stated(&world->judge, &world->seen, statement->user, "main", statement->member,
                     statement->right);
        assert_int_equal(world->held, 1);
        judge_stated(&world->judge, &world->seen, statement->user, "main", statement->member,
                     statement->wrong);
        assert_int_equal(world->finding_count, 1);
        assert_true(world->findings[0].stated);
        assert_string_equal(world->findings[0].seen, statement->right);
        assert_string_equal(world->findings[0].expected, statement->wrong);
    }
}

static void a_stated_bill_is_of_one_person_and_one_month(void **state)
{
    struct world *world = *state;
    struct month april = {2026, 4};
    struct month may = {2026, 5};
    struct month far = {2031, 1};
    judge_stated_bill(&world->judge, &world->seen, "alice", "main", april, "20.00");
    judge_stated_bill(&world->judge, &world->seen, "alice", "main", may, "0.00");
    judge_stated_bill(&world->judge, &world->seen, "bob", "main", may, "20.00");
    assert_int_equal(world->held, 3);
    judge_stated_bill(&world->judge, &world->seen, "alice", "main", may, "20.00");
    judge_stated_bill(&world->judge, &world->seen, "alice", "main", far, "0.00");
    assert_int_equal(world->finding_count, 2);
    assert_string_equal(world->findings[0].seen, "0.00");
    assert_string_equal(world->findings[0].rule, "no-charge-after-cancel");
    assert_string_equal(world->findings[1].seen, "not on any bill that was looked at");
}

static void an_answer_without_a_rule_of_its_own_cites_the_scenarios_first(void **state)
{
    struct world *world = *state;
    judge_answer(&world->judge, NULL, NULL, "the answer was", "accepted", "accepted");
    judge_answer(&world->judge, NULL, NULL, "the answer was", "accepted",
                 "refused with ConflictException");
    assert_int_equal(world->held, 1);
    assert_int_equal(world->finding_count, 1);
    assert_string_equal(world->findings[0].rule, "status-values");
    assert_string_equal(world->findings[0].user, "");
}

/*
 * What a file states of the default edition says nothing of another one; the oracle knows that one.
 */
static void what_was_stated_for_another_edition_is_skipped(void **state)
{
    struct world *world = *state;
    struct month may = {2026, 5};
    world->judge.foreign = true;
    judge_stated(&world->judge, &world->seen, "alice", "main", "status", "ACTIVE");
    judge_stated_bill(&world->judge, &world->seen, "alice", "main", may, "20.00");
    judge_stated_answer(&world->judge, "accepted", "refused with ConflictException");
    assert_int_equal(world->finding_count, 3);
    for (size_t i = 0; i < world->finding_count; i++)
        assert_int_equal(world->findings[i].kind, VERDICT_SKIPPED);
    world->finding_count = 0;
    judge_answer(&world->judge, NULL, "alice", "the use was", "refused", "accepted");
    assert_int_equal(world->findings[0].kind, VERDICT_BROKEN);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_as_expected_holds),
        TEST(each_wrong_thing_is_one_finding),
        TEST(a_month_charged_to_the_wrong_person_is_broken_for_both),
        TEST(a_refund_that_is_not_owed_is_broken_even_if_the_sum_is_right),
        TEST(a_bill_must_add_up),
        TEST(a_row_that_nobody_accounts_for_is_broken),
        TEST(where_no_source_decides_another_server_is_left_undecided),
        TEST(what_a_check_states_is_held_against_what_is_seen),
        TEST(a_stated_bill_is_of_one_person_and_one_month),
        TEST(what_was_stated_for_another_edition_is_skipped),
        TEST(an_answer_without_a_rule_of_its_own_cites_the_scenarios_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
