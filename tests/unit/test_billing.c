/* SPDX-License-Identifier: MIT */
/* The ledger, through the verbs of the world: shares of a first month, upgrades, months that turn. */
#include "world_fixture.h"

#include <stdio.h>
#include <string.h>

/* A bill as one text: "charge 20.00 pro; refund -20.00 pro; …", so that a difference explains itself. */
struct bill {
    char text[512];
    bool forecast;
};

static void see_line(void *self, const struct bill_line *line)
{
    struct bill *bill = self;
    size_t used = strlen(bill->text);
    snprintf(bill->text + used, sizeof bill->text - used, "%s%s %ld.%02ld %s",
             used == 0 ? "" : "; ", line->kind, (long)(line->amount_cents / 100),
             (long)(line->amount_cents < 0 ? -line->amount_cents % 100 : line->amount_cents % 100),
             plan_facts(line->plan)->name);
}

static void expect_bill(struct fixture *f, const char *month, const char *expected)
{
    struct bill bill = {.text = ""};
    int64_t month_s = 0;
    assert_true(month_parse(month, &month_s));
    assert_int_equal(billing_each_line(f->world, month_s, &bill.forecast, see_line, &bill),
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
        f.world->reading.values[PRORATION_DAYS] = table[i].days;
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
    assert_int_equal(clock_advance(f.world, at("2026-12-31T23:59:59Z"), &settled), FAULT_NONE);
    assert_int_equal(settled, 11);
    for (int month = 2; month <= 12; month++) {
        char name[16];
        snprintf(name, sizeof name, "2026-%02d", month);
        expect_bill(&f, name, "charge 20.00 pro");
    }
    expect_bill(&f, "2027-01", "charge 20.00 pro");
    assert_int_equal(clock_advance(f.world, at("2026-12-31T23:59:58Z"), NULL), FAULT_CONFLICT);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_month_is_a_share_by_days),
        cmocka_unit_test(an_upgrade_refunds_what_is_posted_and_charges_the_higher_plan),
        cmocka_unit_test(months_are_charged_one_by_one_however_far_the_clock_jumps),
        cmocka_unit_test(the_month_turns_before_the_first_request_of_its_first_instant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
