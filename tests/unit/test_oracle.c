/* SPDX-License-Identifier: MIT */
/*
 * The oracle against the rulebook: the stories of oracle_stories.h, oracle_stories_late.h and
 * oracle_stories_switches.h, told line by line, and what a line cannot say.
 */
#include "oracle_stories_late.h"
#include "oracle_stories_switches.h"
#include "oracle_teller.h"

static void every_vector_comes_out_to_the_cent(void **state)
{
    (void)state;
    tell_all(vectors, sizeof vectors / sizeof *vectors, "instant");
}

static void every_edge_case_has_its_reading(void **state)
{
    (void)state;
    tell_all(edges, sizeof edges / sizeof *edges, "instant");
}

static void a_closed_account_ends_its_own_seats_for_good(void **state)
{
    (void)state;
    tell_all(accounts, sizeof accounts / sizeof *accounts, "instant");
}

static void every_delay_has_its_reading(void **state)
{
    (void)state;
    tell_all(late, sizeof late / sizeof *late, "documented");
}

static void every_switch_has_its_other_reading(void **state)
{
    (void)state;
    tell_all(switches, sizeof switches / sizeof *switches, "instant");
    tell_all(late_switches, sizeof late_switches / sizeof *late_switches, "documented");
}

static void credits_beyond_the_allowance_are_paid_for(void **state)
{
    (void)state;
    tell_all(overages, sizeof overages / sizeof *overages, "instant");
}

static void a_canceled_row_is_kept_as_the_edition_says(void **state)
{
    (void)state;
    static const struct {
        int value;
        const char *last_listed; /* NULL: not even at once */
    } cases[] = {{ROW_MONTH_END, "04-30T23:59:59"}, {ROW_FOREVER, "09-30T00"}, {ROW_AT_ONCE, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct oracle *oracle =
            oracle_for(NULL, "instant", (struct turn){CANCELED_ROW_KEPT_UNTIL, cases[i].value});
        tell(oracle, "opening", opening);
        tell(oracle, "story",
             "03-01T00 seat alice main pro\n"
             "04-12T10 unsubscribe alice\n");
        struct oracle_seat seat;
        oracle_seat(oracle, "alice", "main", instant_s("04-12T10"), &seat);
        assert_int_equal(seat.subscriptions_tab, cases[i].last_listed != NULL);
        if (cases[i].last_listed != NULL) {
            oracle_seat(oracle, "alice", "main", instant_s(cases[i].last_listed), &seat);
            assert_true(seat.subscriptions_tab);
        }
        oracle_seat(oracle, "alice", "main", instant_s("10-01T00"), &seat);
        assert_int_equal(seat.subscriptions_tab, cases[i].value == ROW_FOREVER);
        oracle_free(oracle);
    }
}

static void a_canceled_row_leaves_the_lists_on_the_1st(void **state)
{
    (void)state;
    const char text[] = "03-01T00 seat alice main pro\n"
                        "04-12T10 unsubscribe alice\n";
    struct oracle *oracle = oracle_told(NULL, text);
    struct oracle_seat seat;
    oracle_seat(oracle, "alice", "main", instant_s("04-30T23:59:59"), &seat);
    assert_true(seat.subscriptions_tab);
    assert_true(seat.shown_by_name);
    assert_string_equal(seat.rule[AXIS_LISTING], "subscriptions-tab-shows-canceled");
    oracle_seat(oracle, "alice", "main", instant_s("05-01T00"), &seat);
    assert_false(seat.subscriptions_tab);
    assert_string_equal(seat.rule[AXIS_LISTING], "canceled-record-removed-next-month");
    assert_string_equal(seat.rule[AXIS_CHARGE], "manual-unsubscribe-user");
    oracle_free(oracle);
}

static void a_deleted_user_is_shown_by_id_and_may_not_sign_in(void **state)
{
    (void)state;
    const char text[] = "03-01T00 seat alice main pro\n"
                        "04-03T10 delete-user alice\n";
    struct oracle *oracle = oracle_told(NULL, text);
    struct oracle_seat seat;
    oracle_seat(oracle, "alice", "main", instant_s("04-03T10"), &seat);
    assert_false(seat.shown_by_name);
    assert_string_equal(seat.rule[AXIS_LISTING], "deleted-user-shown-as-id-until-month-end");
    assert_false(oracle_may_sign_in(oracle, "alice", instant_s("04-03T10")));
    assert_true(oracle_may_sign_in(oracle, "bob", instant_s("04-03T10")));
    assert_false(oracle_may_sign_in(oracle, "nobody", instant_s("04-03T10")));
    oracle_free(oracle);
}

static void sign_in_follows_the_persons_activity_and_instance(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        bool may;
    } turns[] = {{"04-01T00 deactivate alice", false},
                 {"04-02T00 reactivate alice", true},
                 {"04-03T00 delete-instance main", false}};
    struct oracle *oracle = oracle_told(NULL, "");
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        play(oracle, turns[i].line);
        assert_int_equal(oracle_may_sign_in(oracle, "alice", instant_s("04-04T00")), turns[i].may);
    }
    oracle_free(oracle);
}

static void the_end_of_access_is_told_where_access_goes_on(void **state)
{
    (void)state;
    static const struct {
        const char *timing;
        const char *edition;
        const char *text;
        const char *ends; /* NULL: nothing decided */
    } cases[] = {
        {"instant", "kiro-2026-06", "04-12T10 unsubscribe-group a\n", NULL},
        {"instant", "kiro-2025-11", "04-12T10 unsubscribe-group a\n", "05-01T00"},
        {"instant", "q-business", "04-12T10 unsubscribe-group a\n", "05-01T00"},
        {"documented", "kiro-2026-06", "04-12T10 unsubscribe-group a\n", "04-12T12"},
        {"documented", "kiro-2025-11", "04-12T10 unsubscribe-group a\n", "05-01T00"},
        {"documented", "kiro-2025-11", "04-30T23 unsubscribe-group a\n", "05-01T01"},
        {"documented", "kiro-2026-06", "04-12T10 remove alice a\n", "04-13T12"},
        {"documented", "kiro-2026-06", "04-12T10 deactivate alice\n", NULL},
        {"documented", "kiro-2026-06",
         "04-12T10 deactivate alice\n"
         "04-12T11 unsubscribe-group a\n",
         "04-12T12"},
        {"documented", "kiro-2026-06", "04-12T10 delete-profile main\n", NULL},
        {"documented", "kiro-2026-06", "04-12T10 close-account home\n", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct oracle *oracle = oracle_told_in(cases[i].timing, cases[i].edition,
                                               "03-01T00 add alice a\n"
                                               "03-02T00 subscribe-group a main pro\n"
                                               "03-02T00 use alice\n");
        struct oracle_seat seat;
        tell(oracle, cases[i].text, cases[i].text);
        oracle_seat(oracle, "alice", "main", instant_s("05-02T00"), &seat);
        int64_t expected_s = cases[i].ends == NULL ? 0 : instant_s(cases[i].ends);
        assert_int_equal(seat.status, SEAT_CANCELED);
        assert_int_equal(seat.access_until_s, expected_s);
        oracle_free(oracle);
    }
}

static void the_row_of_a_closed_account_is_shown_nowhere(void **state)
{
    (void)state;
    const char text[] = "03-01T00 seat alice second pro\n"
                        "04-10T10 close-account lab\n";
    struct oracle *oracle = oracle_told("kiro-2025-11", text);
    struct oracle_seat seat;
    oracle_seat(oracle, "alice", "second", instant_s("04-10T10"), &seat);
    assert_false(seat.users_tab);
    assert_false(seat.subscriptions_tab);
    for (int axis = 0; axis < AXIS_COUNT; axis++)
        assert_string_equal(seat.rule[axis], "auto-account-deleted");
    oracle_free(oracle);
}

/* What is canceled late is shown to the end of the month in which it was. */
static void a_late_row_leaves_the_lists_on_the_1st_after_its_cancellation(void **state)
{
    (void)state;
    static const char *const removals[] = {"04-30T12 delete-user alice",
                                           "04-30T00 delete-user alice"};
    for (size_t i = 0; i < sizeof removals / sizeof *removals; i++) {
        struct oracle *oracle =
            oracle_told_in("documented", "script-month-end", "03-01T00 seat alice main pro\n");
        struct oracle_seat seat;
        play(oracle, removals[i]);
        oracle_seat(oracle, "alice", "main", instant_s("05-31T23:59:59"), &seat);
        assert_int_equal(seat.status, SEAT_PENDING_REMOVAL);
        assert_true(seat.subscriptions_tab);
        oracle_seat(oracle, "alice", "main", instant_s("06-01T00"), &seat);
        assert_int_equal(seat.status, SEAT_CANCELED);
        assert_false(seat.subscriptions_tab);
        oracle_free(oracle);
    }
}

static void nobody_signs_in_where_the_account_of_his_instance_is_closed(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *at;
        bool alice_may;
        bool carol_may;
    } turns[] = {{"04-01T00 create-instance other lab\n"
                  "04-01T00 create-user carol other\n",
                  "04-01T00", true, true},
                 {"04-01T10 close-account lab\n", "04-01T10:09:59", true, true},
                 {"", "04-01T10:10", true, false},
                 {"04-03T10 close-account home\n", "04-03T10:09:59", true, false},
                 {"", "04-03T10:10", false, false},
                 {"04-05T00 reopen-account home\n", "04-05T00", true, false}};
    struct oracle *oracle = oracle_told_in("documented", NULL, "");
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        int64_t at_s = instant_s(turns[i].at);
        tell(oracle, turns[i].text, turns[i].text);
        assert_int_equal(oracle_may_sign_in(oracle, "alice", at_s), turns[i].alice_may);
        assert_int_equal(oracle_may_sign_in(oracle, "carol", at_s), turns[i].carol_may);
    }
    oracle_free(oracle);
}

static void a_deletion_is_a_deletion_before_it_is_seen(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_told_in("documented", NULL,
                                           "03-01T00 seat alice main pro\n"
                                           "04-10T10 delete-user alice\n");
    struct oracle_seat seat;
    oracle_seat(oracle, "alice", "main", instant_s("04-10T10"), &seat);
    assert_int_equal(seat.status, SEAT_ACTIVE);
    assert_false(seat.shown_by_name);
    assert_false(oracle_may_sign_in(oracle, "alice", instant_s("04-10T10")));
    oracle_free(oracle);
}

/* Of a seat that is still Active, a day after each of these. */
static void access_that_is_refused_cites_what_refuses_it(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *rule;
    } cases[] = {
        {"", "activation-on-first-use"},
        {"04-10T11 use alice second 100000\n", "credits-reset-monthly-utc"},
        {"04-10T11 delete-user alice\n", "auto-user-deleted"},
        {"04-10T11 deactivate alice\n", "auto-user-deactivated"},
        {"04-10T11 delete-profile second\n", "auto-profile-deleted"},
        {"04-10T11 delete-instance main\n", "auto-instance-deleted"},
        {"04-10T11 close-account home\n", "auto-account-deleted"},
        {"04-10T11 deactivate alice\n"
         "04-10T12 reactivate alice\n"
         "04-10T12 close-account home\n",
         "auto-account-deleted"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct oracle *oracle =
            oracle_told_in("documented", NULL, "03-01T00 seat alice second pro\n");
        struct oracle_seat seat;
        tell(oracle, cases[i].text, cases[i].text);
        oracle_seat(oracle, "alice", "second", instant_s("04-11T10:59:59"), &seat);
        assert_int_equal(seat.status, SEAT_ACTIVE);
        assert_string_equal(seat.rule[AXIS_ACCESS], cases[i].rule);
        oracle_free(oracle);
    }
}

static void what_a_delay_spares_cites_the_edge_case(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_told_in("documented", NULL,
                                           "03-01T00 seat alice main pro\n"
                                           "04-30T10 delete-user alice\n");
    struct oracle_seat seat;
    assert_string_equal(bill(oracle, "alice", "main", instant_s("04-30T10"), 1).rule, "E28");
    assert_string_equal(bill(oracle, "alice", "main", instant_s("05-01T00"), 0).rule, "E28");
    oracle_seat(oracle, "alice", "main", instant_s("05-01T00"), &seat);
    assert_string_equal(seat.rule[AXIS_CHARGE], "E28");
    assert_string_equal(bill(oracle, "alice", "main", instant_s("06-01T00"), -1).rule, "E28");
    assert_string_equal(bill(oracle, "alice", "main", instant_s("06-01T00"), 0).rule,
                        "auto-user-deleted");
    oracle_free(oracle);
}

static void what_a_delay_spared_counts_again_once_something_entitles(void **state)
{
    (void)state;
    struct turn topped_up = {FIRST_MONTH_CANCEL, FIRST_CANCEL_FULL};
    struct oracle *oracle = oracle_for(NULL, "documented", topped_up);
    tell(oracle, "opening", opening);
    tell(oracle, "story",
         "03-01T00 seat alice main pro\n"
         "04-30T10 deactivate alice\n"
         "05-01T06 reactivate alice\n"
         "05-01T06 subscribe alice main pro\n"
         "05-01T06 see alice main ACTIVE pro access 20.00 20.00 0.00\n");
    struct oracle_seat seat;
    oracle_seat(oracle, "alice", "main", instant_s("05-01T06"), &seat);
    assert_string_equal(seat.rule[AXIS_CHARGE], "bill-first-month-prorated");
    oracle_free(oracle);
}

/* What the makers of a history may leave out. */
static void owners_may_be_unknown(void **state)
{
    (void)state;
    struct oracle *oracle = oracle_for(NULL, "instant", (struct turn){0});
    const struct oracle_event history[] = {
        {.kind = ORACLE_INSTANCE_CREATED, .subject = "main"},
        {.kind = ORACLE_PROFILE_CREATED, .subject = "main", .object = "main"},
        {.kind = ORACLE_USER_CREATED, .subject = "alice", .object = "main"},
        {.kind = ORACLE_SUBSCRIBED, .subject = "alice", .object = "main", .plan = PLAN_PRO},
        {.kind = ORACLE_ACCOUNT_CLOSED, .subject = "lab"},
    };
    for (size_t i = 0; i < sizeof history / sizeof *history; i++)
        oracle_record(oracle, &history[i]);
    struct oracle_seat seat;
    oracle_seat(oracle, "alice", "main", 0, &seat);
    assert_int_equal(seat.status, SEAT_PENDING);
    assert_true(seat.access);
    oracle_free(oracle);
}

static void the_bought_plan_and_its_sources_are_told(void **state)
{
    (void)state;
    const char text[] = "03-01T00 seat alice main pro\n"
                        "03-02T00 add alice a\n"
                        "03-02T00 subscribe-group a main pro-max\n"
                        "03-02T00 subscribe bob main pro\n";
    struct oracle *oracle = oracle_told(NULL, text);
    struct oracle_seat seat;
    oracle_seat(oracle, "bob", "main", instant_s("04-12T10"), &seat);
    assert_int_equal(seat.plan, PLAN_PRO);
    assert_true(seat.by_user);
    assert_false(seat.by_group);
    oracle_seat(oracle, "alice", "main", instant_s("04-12T10"), &seat);
    assert_int_equal(seat.plan, PLAN_PRO_MAX);
    assert_true(seat.by_user);
    assert_true(seat.by_group);
    play(oracle, "04-12T10 unsubscribe alice");
    oracle_seat(oracle, "alice", "main", instant_s("04-12T10"), &seat);
    assert_false(seat.by_user);
    assert_true(seat.by_group);
    play(oracle, "04-12T10 remove alice a");
    oracle_seat(oracle, "alice", "main", instant_s("04-12T10"), &seat);
    assert_int_equal(seat.plan, PLAN_PRO_MAX);
    assert_false(seat.by_user);
    assert_false(seat.by_group);
    oracle_free(oracle);
}

/* The rule that a verdict on the charge of April cites, after each of these. */
static void the_charge_cites_what_made_it(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *seat_rule;
        const char *bill_rule;
        const char *next_rule;
    } cases[] = {
        {"04-16T00 create-user carol main\n", NULL, "bill-per-profile", "bill-per-profile"},
        {"04-16T00 subscribe alice main pro\n"
         "04-17T00 unsubscribe alice\n",
         "manual-unsubscribe-user", "pending-not-charged", "pending-not-charged"},
        {"03-01T00 seat alice main pro\n"
         "03-17T00 unsubscribe alice\n"
         "04-17T00 subscribe alice main pro\n",
         "pending-not-charged", "pending-not-charged", "pending-not-charged"},
        {"03-01T00 seat alice main pro\n"
         "03-17T00 unsubscribe alice\n",
         "manual-unsubscribe-user", "no-charge-after-cancel", "no-charge-after-cancel"},
        {"03-01T00 seat alice main pro\n"
         "04-16T00 unsubscribe alice\n"
         "04-16T00 seat alice main pro\n",
         "bill-per-profile", "bill-per-profile", "bill-per-profile"},
        {"04-16T00 subscribe alice main pro\n", "pending-not-charged", "pending-not-charged",
         "pending-not-charged"},
        {"04-16T00 subscribe alice main pro\n"
         "04-16T00 use alice\n",
         "bill-first-month-prorated", "bill-first-month-prorated", "bill-per-profile"},
        {"03-01T00 seat alice main pro\n", "bill-per-profile", "bill-per-profile",
         "bill-per-profile"},
        {"03-01T00 seat alice main pro\n"
         "04-16T00 change alice main power\n",
         "upgrade-immediate-refund-lower", "upgrade-immediate-refund-lower", "bill-per-profile"},
        {"03-01T00 seat alice main power\n"
         "04-16T00 change alice main pro\n",
         "downgrade-next-month", "bill-per-profile", "downgrade-next-month"},
        {"03-01T00 add alice a\n"
         "03-01T00 subscribe-group a main pro\n"
         "03-01T00 add alice b\n"
         "03-01T00 subscribe-group b main pro\n"
         "03-02T00 use alice\n",
         "bill-highest-tier-per-profile", "bill-highest-tier-per-profile",
         "bill-highest-tier-per-profile"},
        {"03-01T00 seat alice main pro\n"
         "04-16T00 unsubscribe alice\n",
         "manual-unsubscribe-user", "bill-per-profile", "no-charge-after-cancel"},
        {"03-01T00 seat alice main pro\n"
         "04-16T00 delete-user alice\n",
         "auto-user-deleted", "auto-user-deleted", "auto-user-deleted"},
        {"03-01T00 seat alice main pro\n"
         "04-16T00 unsubscribe alice\n"
         "04-16T00 subscribe alice main power\n"
         "04-16T00 use alice\n",
         "E17", "E17", "bill-per-profile"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct oracle *oracle = oracle_told(NULL, cases[i].text);
        int64_t at_s = instant_s("04-20T00");
        struct oracle_seat seat;
        oracle_seat(oracle, "alice", "main", at_s, &seat);
        if (cases[i].seat_rule == NULL)
            assert_null(seat.rule[AXIS_CHARGE]);
        else
            assert_string_equal(seat.rule[AXIS_CHARGE], cases[i].seat_rule);
        assert_string_equal(bill(oracle, "alice", "main", at_s, 0).rule, cases[i].bill_rule);
        assert_string_equal(bill(oracle, "alice", "main", at_s, 1).rule, cases[i].next_rule);
        oracle_free(oracle);
    }
}

static void a_later_month_keeps_what_an_earlier_one_came_to(void **state)
{
    (void)state;
    const char text[] = "01-16T00 subscribe alice main pro\n"
                        "01-16T00 use alice\n"
                        "02-01T00 change alice main pro-plus\n"
                        "02-10T00 change alice main power\n"
                        "03-01T00 subscribe bob main pro\n"
                        "03-10T00 unsubscribe alice\n";
    static const int64_t owed_cents[] = {1032, 20000, 20000, 0, 0};
    struct oracle *oracle = oracle_told(NULL, text);
    struct oracle_charge charge;
    for (int i = 0; i < (int)(sizeof owed_cents / sizeof *owed_cents); i++) {
        oracle_charge(oracle, "alice", "main", 2026, i + 1, instant_s("05-20T00"), &charge);
        assert_int_equal(charge.owed_cents, owed_cents[i]);
    }
    oracle_charge(oracle, "alice", "main", 2025, 12, instant_s("05-20T00"), &charge);
    assert_int_equal(charge.owed_cents, 0);
    oracle_charge(oracle, "bob", "main", 2026, 2, instant_s("05-20T00"), &charge);
    assert_string_equal(charge.rule, "bill-per-profile");
    oracle_charge(oracle, "bob", "main", 2026, 3, instant_s("05-20T00"), &charge);
    assert_string_equal(charge.rule, "pending-not-charged");
    oracle_free(oracle);
}

static void nothing_is_known_of_strangers(void **state)
{
    (void)state;
    const char text[] = "03-01T00 seat alice main pro\n";
    struct oracle *oracle = oracle_told(NULL, text);
    struct oracle_seat seat;
    oracle_seat(oracle, "nobody", "main", instant_s("04-20T00"), &seat);
    assert_int_equal(seat.status, SEAT_NONE);
    oracle_seat(oracle, "alice", "nowhere", instant_s("04-20T00"), &seat);
    assert_int_equal(seat.status, SEAT_NONE);
    oracle_seat(oracle, "bob", "main", instant_s("04-20T00"), &seat);
    assert_int_equal(seat.status, SEAT_NONE);
    oracle_free(oracle);
    oracle_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vector_comes_out_to_the_cent),
        cmocka_unit_test(every_edge_case_has_its_reading),
        cmocka_unit_test(a_closed_account_ends_its_own_seats_for_good),
        cmocka_unit_test(every_delay_has_its_reading),
        cmocka_unit_test(every_switch_has_its_other_reading),
        cmocka_unit_test(credits_beyond_the_allowance_are_paid_for),
        cmocka_unit_test(a_canceled_row_is_kept_as_the_edition_says),
        cmocka_unit_test(a_canceled_row_leaves_the_lists_on_the_1st),
        cmocka_unit_test(a_deleted_user_is_shown_by_id_and_may_not_sign_in),
        cmocka_unit_test(sign_in_follows_the_persons_activity_and_instance),
        cmocka_unit_test(the_end_of_access_is_told_where_access_goes_on),
        cmocka_unit_test(the_row_of_a_closed_account_is_shown_nowhere),
        cmocka_unit_test(a_late_row_leaves_the_lists_on_the_1st_after_its_cancellation),
        cmocka_unit_test(nobody_signs_in_where_the_account_of_his_instance_is_closed),
        cmocka_unit_test(a_deletion_is_a_deletion_before_it_is_seen),
        cmocka_unit_test(access_that_is_refused_cites_what_refuses_it),
        cmocka_unit_test(what_a_delay_spares_cites_the_edge_case),
        cmocka_unit_test(what_a_delay_spared_counts_again_once_something_entitles),
        cmocka_unit_test(owners_may_be_unknown),
        cmocka_unit_test(the_bought_plan_and_its_sources_are_told),
        cmocka_unit_test(the_charge_cites_what_made_it),
        cmocka_unit_test(a_later_month_keeps_what_an_earlier_one_came_to),
        cmocka_unit_test(nothing_is_known_of_strangers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
