/* SPDX-License-Identifier: MIT */
/*
 * The ledger, through the verbs of the world: shares of a first month, upgrades, months that turn.
 */
#include "world/engine/credits.h"
#include "world/reading/reading.h"
#include "world_fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "base/parameters.h"
#include "base/plans.h"

/*
 * A bill as one text: "charge 20.00 pro; refund -20.00 pro; …", so that a difference explains
 * itself.
 */
struct bill {
    char text[512];
    bool forecast;
};

static void see_line(void *self, const struct bill_line *line)
{
    struct bill *bill = self;
    size_t used = strlen(bill->text);
    char amount[MONEY_TEXT_BYTES];
    money_print(line->amount_cents, amount);
    snprintf(bill->text + used, sizeof bill->text - used, "%s%s %s %s", used == 0 ? "" : "; ",
             line->kind, amount, plan_facts(line->plan)->name);
}

static void expect_bill(struct fixture *f, const char *month, const char *expected)
{
    struct bill bill = {.text = ""};
    int64_t month_s = 0;
    assert_true(month_parse(month, &month_s));
    assert_int_equal(agenda_each_line(f->world, month_s, &bill.forecast, see_line, &bill),
                     FAULT_NONE);
    assert_string_equal(bill.text, expected);
    assert_int_equal(bill.forecast, month_s > f->world->now_s);
}

/* Rule 19, c-proration-days, E26; the figures of V3, V5, V6 among them. */
static void the_first_month_is_a_share_by_days(void **state)
{
    (void)state;
    static const struct {
        const char *first_use;
        const char *month;
        enum plan plan;
        int days;
        const char *expected;
    } table[] = {
        {"2026-04-15T12:00:00Z", "2026-04", PLAN_PRO, DAYS_INCLUSIVE, "charge 10.67 pro"},
        {"2026-04-15T12:00:00Z", "2026-04", PLAN_PRO, DAYS_EXCLUSIVE, "charge 10.00 pro"},
        {"2026-07-31T12:00:00Z", "2026-07", PLAN_PRO_PLUS, DAYS_INCLUSIVE, "charge 1.29 pro-plus"},
        {"2026-07-31T12:00:00Z", "2026-07", PLAN_PRO_PLUS, DAYS_EXCLUSIVE, ""},
        {"2026-07-10T00:00:00Z", "2026-07", PLAN_PRO_MAX, DAYS_INCLUSIVE, "charge 70.97 pro-max"},
        {"2026-02-01T00:00:01Z", "2026-02", PLAN_POWER, DAYS_INCLUSIVE, "charge 200.00 power"},
        {"2028-02-29T23:59:59Z", "2028-02", PLAN_PRO, DAYS_INCLUSIVE, "charge 0.69 pro"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct fixture f;
        char user_id[USER_ID_BYTES];
        fixture_open(&f, "2026-01-01T00:00:00Z");
        f.world->reading->values[PRORATION_DAYS] = table[i].days;
        advance(&f, table[i].first_use);
        subscribed(&f, "alice", table[i].plan, user_id);
        uses(&f, user_id);
        expect_bill(&f, table[i].month, table[i].expected);
        fixture_close(&f);
    }
}

static void an_upgrade_refunds_what_is_posted_and_charges_the_higher_plan(void **state)
{
    (void)state;
    struct fixture f;
    char user_id[USER_ID_BYTES];
    struct principal alice = {.id = user_id};
    fixture_open(&f, "2026-03-01T00:00:00Z");
    subscribed(&f, "alice", PLAN_PRO_PLUS, user_id);
    uses(&f, user_id);
    advance(&f, "2026-04-20T00:00:00Z");
    assert_int_equal(assignment_update(f.world, &f.profile, &alice, PLAN_POWER), FAULT_NONE);
    expect_bill(&f, "2026-04",
                "charge 40.00 pro-plus; refund -40.00 pro-plus; charge 200.00 power");
    assert_int_equal(assignment_update(f.world, &f.profile, &alice, PLAN_PRO), FAULT_NONE);
    expect_bill(&f, "2026-04",
                "charge 40.00 pro-plus; refund -40.00 pro-plus; charge 200.00 power");
    expect_bill(&f, "2026-05", "charge 20.00 pro");
    assert_int_equal(assignment_delete(f.world, &f.profile, &alice), FAULT_NONE);
    expect_bill(&f, "2026-05", "");
    fixture_close(&f);
}

static void months_are_charged_one_by_one_however_far_the_clock_jumps(void **state)
{
    (void)state;
    struct fixture f;
    char user_id[USER_ID_BYTES];
    char idle_id[USER_ID_BYTES];
    fixture_open(&f, "2026-01-10T00:00:00Z");
    subscribed(&f, "alice", PLAN_PRO, user_id);
    subscribed(&f, "idle", PLAN_POWER, idle_id);
    uses(&f, user_id);
    int64_t settled = 0;
    assert_int_equal(agenda_advance(f.world, at("2026-12-31T23:59:59Z"), &settled), FAULT_NONE);
    assert_int_equal(settled, 11);
    for (int month = 2; month <= 12; month++) {
        char name[16];
        snprintf(name, sizeof name, "2026-%02d", month);
        expect_bill(&f, name, "charge 20.00 pro");
    }
    expect_bill(&f, "2027-01", "charge 20.00 pro");
    assert_int_equal(agenda_advance(f.world, at("2026-12-31T23:59:58Z"), NULL), FAULT_CONFLICT);
    fixture_close(&f);
}

/* E27: the last second of a month and the first of the next. */
static void the_month_turns_before_the_first_request_of_its_first_instant(void **state)
{
    (void)state;
    static const struct {
        const char *canceled;
        const char *may;
    } table[] = {{"2026-04-30T23:59:59Z", ""}, {"2026-05-01T00:00:00Z", "charge 20.00 pro"}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct fixture f;
        char user_id[USER_ID_BYTES];
        struct principal alice = {.id = user_id};
        fixture_open(&f, "2026-03-01T00:00:00Z");
        subscribed(&f, "alice", PLAN_PRO, user_id);
        uses(&f, user_id);
        advance(&f, table[i].canceled);
        assert_int_equal(assignment_delete(f.world, &f.profile, &alice), FAULT_NONE);
        advance(&f, "2026-05-02T00:00:00Z");
        expect_bill(&f, "2026-05", table[i].may);
        expect_bill(&f, "2026-06", "");
        fixture_close(&f);
    }
}

static void reads(struct fixture *f, enum parameter parameter, int value)
{
    f->world->reading->overrides[parameter] = value;
    reading_settle(f->world->reading);
}

/*
 * What a reading makes of one story each; the figures by hand: a day of April is 1/30, of Pro 0.67,
 * of Pro+ 1.33.
 */
enum story { UPGRADED, LEFT, CAME_BACK, WAITED };

static void tell(struct fixture *f, enum story story, char user_id[USER_ID_BYTES])
{
    advance(f, "2026-04-04T08:00:00Z");
    subscribed(f, "alice", PLAN_PRO, user_id);
    advance(f, "2026-04-10T08:00:00Z");
    uses(f, user_id);
    advance(f, "2026-04-20T08:00:00Z");
    if (story == UPGRADED)
        planned(f, user_id, PLAN_PRO_PLUS);
    if (story == LEFT || story == CAME_BACK)
        unsubscribed(f, user_id);
    struct principal alice = {.id = user_id};
    advance(f, "2026-04-25T08:00:00Z");
    if (story == CAME_BACK) {
        assert_int_equal(assignment_create(f->world, &f->profile, &alice, PLAN_PRO), FAULT_NONE);
        uses(f, user_id);
    }
}

static void every_reading_of_a_month_has_its_bill(void **state)
{
    (void)state;
    static const struct {
        enum story story;
        enum parameter parameter;
        int value;
        const char *april;
    } table[] = {
        {UPGRADED, FIRST_MONTH_UPGRADE, FIRST_UPGRADE_FULL,
         "charge 14.00 pro; refund -14.00 pro; charge 40.00 pro-plus"},
        {UPGRADED, FIRST_MONTH_UPGRADE, FIRST_UPGRADE_PRORATED,
         "charge 14.00 pro; refund -14.00 pro; charge 28.00 pro-plus"},
        {WAITED, FEE_FROM, FEE_FROM_FIRST_USE, "charge 14.00 pro"},
        {WAITED, FEE_FROM, FEE_FROM_ASSIGNMENT, "charge 18.00 pro"},
        {LEFT, LAST_MONTH_FEE, LAST_FEE_FULL, "charge 14.00 pro"},
        {LEFT, LAST_MONTH_FEE, LAST_FEE_NONE, "charge 14.00 pro; refund -14.00 pro"},
        {LEFT, FIRST_MONTH_CANCEL, FIRST_CANCEL_FULL,
         "charge 14.00 pro; refund -14.00 pro; charge 20.00 pro"},
        {CAME_BACK, LAST_MONTH_FEE, LAST_FEE_NONE,
         "charge 14.00 pro; refund -14.00 pro; charge 14.00 pro"},
        {CAME_BACK, RESUBSCRIBE_SAME_MONTH, RESUBSCRIBE_ONE_CHARGE, "charge 14.00 pro"},
        {CAME_BACK, RESUBSCRIBE_SAME_MONTH, RESUBSCRIBE_SECOND_CHARGE,
         "charge 14.00 pro; charge 4.00 pro"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct fixture f;
        char user_id[USER_ID_BYTES];
        fixture_open(&f, "2026-03-01T00:00:00Z");
        reads(&f, table[i].parameter, table[i].value);
        tell(&f, table[i].story, user_id);
        expect_bill(&f, "2026-04", table[i].april);
        fixture_close(&f);
    }
}

/* Rules 17, 18: who pays once. The second profile is of the same account, in another Region. */
static void a_licence_pays_its_highest_share(void **state)
{
    (void)state;
    static const struct {
        int charge;
        const char *april;
        const char *may;
    } table[] = {
        {SECOND_PER_PROFILE, "charge 20.00 pro; charge 40.00 pro-plus",
         "charge 20.00 pro; charge 40.00 pro-plus"},
        {SECOND_PER_PERSON_ACCOUNT, "charge 20.00 pro; refund -20.00 pro; charge 40.00 pro-plus",
         "charge 40.00 pro-plus"},
        {SECOND_ONCE_PER_ORGANIZATION, "charge 20.00 pro; refund -20.00 pro; charge 40.00 pro-plus",
         "charge 40.00 pro-plus"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct fixture f;
        char user_id[USER_ID_BYTES];
        struct profile europe;
        struct principal alice = {.id = user_id};
        fixture_open(&f, "2026-04-01T00:00:00Z");
        reads(&f, SECOND_PROFILE_CHARGE, table[i].charge);
        assert_int_equal(profile_create(f.world, WORLD_DEFAULT_ACCOUNT, "eu-central-1",
                                        f.instance.instance_arn, "KiroProfile", "{}", &europe),
                         FAULT_NONE);
        subscribed(&f, "alice", PLAN_PRO, user_id);
        uses(&f, user_id);
        assert_int_equal(assignment_create(f.world, &europe, &alice, PLAN_PRO_PLUS), FAULT_NONE);
        f.profile = europe;
        uses(&f, user_id);
        expect_bill(&f, "2026-04", table[i].april);
        expect_bill(&f, "2026-05", table[i].may); /* the forecast says what will be */
        advance(&f, "2026-05-02T00:00:00Z");
        expect_bill(&f, "2026-05", table[i].may);
        fixture_close(&f);
    }
}

static bool spends(struct fixture *f, const char *user_id, int64_t hundredths)
{
    const char *code = NULL;
    assert_int_equal(seat_use(f->world, user_id, f->profile.profile_arn, hundredths, false, &code),
                     FAULT_NONE);
    return code == NULL;
}

/* V13, V14; rules 26, 49-51. */
static void overage_is_billed_as_it_is_used_and_measured_anew_after_an_upgrade(void **state)
{
    (void)state;
    for (int rerates = RERATES; rerates <= RERATES_NOT; rerates++) {
        struct fixture f;
        char user_id[USER_ID_BYTES];
        fixture_open(&f, "2026-04-01T00:00:00Z");
        reads(&f, UPGRADE_RERATES_USAGE, rerates);
        subscribed(&f, "alice", PLAN_PRO, user_id);
        assert_true(spends(&f, user_id, 100000));
        assert_false(spends(&f, user_id, 1)); /* off in a new profile */
        assert_int_equal(profile_set_overage(f.world, &f.profile, true), FAULT_NONE);
        assert_true(spends(&f, user_id, 12)); /* less than half a cent */
        expect_bill(&f, "2026-04", "charge 20.00 pro");
        assert_true(spends(&f, user_id, 988));
        expect_bill(&f, "2026-04", "charge 20.00 pro; overage 0.40 pro");
        planned(&f, user_id, PLAN_PRO_PLUS);
        expect_bill(&f, "2026-04",
                    rerates == RERATES
                        ? "charge 20.00 pro; overage 0.40 pro; refund -20.00 pro; charge 40.00 "
                          "pro-plus; overage -0.40 pro-plus"
                        : "charge 20.00 pro; overage 0.40 pro; refund -20.00 pro; charge 40.00 "
                          "pro-plus");
        advance(&f, "2026-05-01T00:00:00Z");
        assert_true(spends(&f, user_id, 200000)); /* the whole allowance again */
        fixture_close(&f);
    }
}

static void overage_ends_at_its_cap_which_can_only_be_raised(void **state)
{
    (void)state;
    struct fixture f;
    char user_id[USER_ID_BYTES];
    fixture_open(&f, "2026-04-01T00:00:00Z");
    subscribed(&f, "alice", PLAN_PRO, user_id);
    assert_int_equal(profile_set_overage(f.world, &f.profile, true), FAULT_NONE);
    assert_true(spends(&f, user_id, 100000));
    int64_t most = OVERAGE_CAP_DEFAULT_CENTS * 100 / 4;
    assert_false(spends(&f, user_id, most + 100));
    assert_true(spends(&f, user_id, most));
    assert_false(spends(&f, user_id, 100));
    assert_int_equal(
        overage_cap_raise(f.world, WORLD_DEFAULT_ACCOUNT, "us-east-1", OVERAGE_CAP_DEFAULT_CENTS),
        FAULT_INVALID);
    assert_int_equal(overage_cap_raise(f.world, WORLD_DEFAULT_ACCOUNT, "us-east-1",
                                       OVERAGE_CAP_DEFAULT_CENTS + 4),
                     FAULT_NONE);
    assert_true(spends(&f, user_id, 100));
    assert_false(spends(&f, user_id, 100));
    reads(&f, OVERAGE_CAP, OVERAGE_CAP_ABSENT);
    assert_true(spends(&f, user_id, 100));
    fixture_close(&f);
}

/* E27: months that turn elsewhere than at 00:00Z. */
static void a_month_may_turn_at_another_hour(void **state)
{
    (void)state;
    static const struct {
        int boundary;
        const char *use;
        const char *april;
        const char *may;
    } table[] = {
        {BOUNDARY_UTC, "2026-04-30T15:00:00Z", "charge 0.67 pro", "charge 20.00 pro"},
        {BOUNDARY_UTC_PLUS_9, "2026-04-30T14:59:59Z", "charge 0.67 pro", "charge 20.00 pro"},
        {BOUNDARY_UTC_PLUS_9, "2026-04-30T15:00:00Z", "", "charge 20.00 pro"},
        {BOUNDARY_UTC_MINUS_8, "2026-05-01T07:59:59Z", "charge 0.67 pro", "charge 20.00 pro"},
        {BOUNDARY_UTC_MINUS_8, "2026-05-01T08:00:00Z", "", "charge 20.00 pro"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct fixture f;
        char user_id[USER_ID_BYTES];
        fixture_open(&f, "2026-04-01T12:00:00Z");
        reads(&f, MONTH_BOUNDARY, table[i].boundary);
        subscribed(&f, "alice", PLAN_PRO, user_id);
        advance(&f, table[i].use);
        uses(&f, user_id);
        advance(&f, "2026-05-02T00:00:00Z");
        expect_bill(&f, "2026-04", table[i].april);
        expect_bill(&f, "2026-05", table[i].may);
        fixture_close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_month_is_a_share_by_days),
        cmocka_unit_test(an_upgrade_refunds_what_is_posted_and_charges_the_higher_plan),
        cmocka_unit_test(months_are_charged_one_by_one_however_far_the_clock_jumps),
        cmocka_unit_test(the_month_turns_before_the_first_request_of_its_first_instant),
        cmocka_unit_test(every_reading_of_a_month_has_its_bill),
        cmocka_unit_test(a_licence_pays_its_highest_share),
        cmocka_unit_test(overage_is_billed_as_it_is_used_and_measured_anew_after_an_upgrade),
        cmocka_unit_test(overage_ends_at_its_cap_which_can_only_be_raised),
        cmocka_unit_test(a_month_may_turn_at_another_hour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
