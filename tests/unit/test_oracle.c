/* SPDX-License-Identifier: MIT */
/*
 * The oracle against the rulebook: the stories of oracle_stories.h, told line by line, and what a line cannot say.
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
#include <time.h>

#include "oracle.h"
#include "oracle_stories.h"

enum { WORD_BYTES = 40, LINE_BYTES = 160 };

static const char opening[] = "01-01T00 create-instance main\n"
                              "01-01T00 create-profile main main\n"
                              "01-01T00 create-profile second main\n"
                              "01-01T00 create-user alice main\n"
                              "01-01T00 create-user bob main\n"
                              "01-01T00 create-group a main\n"
                              "01-01T00 create-group b main\n";

struct word {
    const char *name;
    enum oracle_event_kind kind;
    bool to_group;
    bool used_at_once;
};

static const struct word words[] = {
    {"create-instance", ORACLE_INSTANCE_CREATED, false, false},
    {"delete-instance", ORACLE_INSTANCE_DELETED, false, false},
    {"create-profile", ORACLE_PROFILE_CREATED, false, false},
    {"delete-profile", ORACLE_PROFILE_DELETED, false, false},
    {"create-user", ORACLE_USER_CREATED, false, false},
    {"delete-user", ORACLE_USER_DELETED, false, false},
    {"deactivate", ORACLE_USER_DEACTIVATED, false, false},
    {"reactivate", ORACLE_USER_REACTIVATED, false, false},
    {"create-group", ORACLE_GROUP_CREATED, false, false},
    {"delete-group", ORACLE_GROUP_DELETED, false, false},
    {"add", ORACLE_MEMBER_ADDED, false, false},
    {"remove", ORACLE_MEMBER_REMOVED, false, false},
    {"subscribe", ORACLE_SUBSCRIBED, false, false},
    {"seat", ORACLE_SUBSCRIBED, false, true},
    {"subscribe-group", ORACLE_SUBSCRIBED, true, false},
    {"unsubscribe", ORACLE_UNSUBSCRIBED, false, false},
    {"unsubscribe-group", ORACLE_UNSUBSCRIBED, true, false},
    {"change", ORACLE_PLAN_CHANGED, false, false},
    {"change-group", ORACLE_PLAN_CHANGED, true, false},
    {"use", ORACLE_USED, false, false},
};

static const struct word *word_find(const char *name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].name, name) == 0)
            return &words[i];
    fail_msg("no such word in a story: %s", name);
    return NULL;
}

/* "04-12T10", "04-30T23:59:59", also in another year "2028-02-29T00". */
static int64_t instant_s(const char *text)
{
    struct tm at = {.tm_year = 2026 - 1900};
    if (strchr(text, '-') - text == 4) {
        assert_int_equal(sscanf(text, "%d", &at.tm_year), 1);
        at.tm_year -= 1900;
        text += strlen("2028-");
    }
    assert_true(sscanf(text, "%d-%dT%d:%d:%d", &at.tm_mon, &at.tm_mday, &at.tm_hour, &at.tm_min,
                       &at.tm_sec) >= 3);
    at.tm_mon--;
    return timegm(&at);
}

/* TIME WORD SUBJECT [OBJECT [PLAN or hundredths of a credit]]; a seat's object is main unless given. */
static void play(struct oracle *oracle, const char *line)
{
    char at[WORD_BYTES];
    char verb[WORD_BYTES];
    char subject[WORD_BYTES];
    char object[WORD_BYTES] = "main";
    char last[WORD_BYTES] = "1";
    assert_true(sscanf(line, "%39s %39s %39s %39s %39s", at, verb, subject, object, last) >= 3);
    const struct word *word = word_find(verb);
    struct oracle_event event = {.kind = word->kind,
                                 .at_s = instant_s(at),
                                 .subject = subject,
                                 .object = object,
                                 .to_group = word->to_group,
                                 .plan = plan_by_name(last),
                                 .credits_hundredths = strtol(last, NULL, 10)};
    oracle_record(oracle, &event);
    if (word->used_at_once) {
        event.kind = ORACLE_USED;
        event.credits_hundredths = 1;
        oracle_record(oracle, &event);
    }
}

static struct oracle *oracle_for(const char *edition, struct turn turn)
{
    int values[PARAMETER_COUNT];
    memcpy(values, edition_find(edition == NULL ? EDITION_DEFAULT : edition)->values,
           sizeof values);
    if (turn.value != 0)
        values[turn.parameter] = turn.value;
    static const int64_t no_lags_s[LAG_COUNT];
    return oracle_new(values, no_lags_s);
}

static struct oracle_charge bill(const struct oracle *oracle, const char *user, const char *profile,
                                 int64_t at_s, int months_later)
{
    struct tm at;
    gmtime_r(&(time_t){at_s}, &at);
    int months = at.tm_year * 12 + at.tm_mon + months_later;
    struct oracle_charge charge;
    oracle_charge(oracle, user, profile, months / 12 + 1900, months % 12 + 1, at_s, &charge);
    return charge;
}

static void check_rules_exist(const char *where, const struct oracle_seat *seat)
{
    for (int axis = 0; axis < AXIS_COUNT; axis++) {
        if ((seat->rule[axis] == NULL) != (seat->status == SEAT_NONE))
            fail_msg("%s: axis %d: a rule exactly where there is a seat", where, axis);
        if (seat->rule[axis] != NULL && rule_find(seat->rule[axis]) == NULL)
            fail_msg("%s: the rulebook has no %s", where, seat->rule[axis]);
    }
}

/* The seat and its bill, written as a "see" line writes them. */
static void describe(const struct oracle *oracle, const char *user, const char *profile,
                     int64_t at_s, char out[LINE_BYTES])
{
    struct oracle_seat seat;
    oracle_seat(oracle, user, profile, at_s, &seat);
    struct oracle_charge now = bill(oracle, user, profile, at_s, 0);
    struct oracle_charge next = bill(oracle, user, profile, at_s, 1);
    bool lives = seat.status == SEAT_PENDING || seat.status == SEAT_ACTIVE;
    assert_int_equal(seat.entitled, lives);
    assert_int_equal(seat.users_tab, lives);
    assert_non_null(rule_find(now.rule));
    assert_non_null(rule_find(next.rule));
    check_rules_exist(user, &seat);
    bool falls = seat.next_plan != PLAN_NONE;
    snprintf(out, LINE_BYTES, "%s %s%s%s %s %.2f %.2f %.2f", seat_status_name(seat.status),
             plan_facts(seat.plan_in_force)->name, falls ? ">" : "",
             falls ? plan_facts(seat.next_plan)->name : "", seat.access ? "access" : "-",
             (double)now.owed_cents / 100, (double)next.owed_cents / 100,
             (double)now.refunded_cents / 100);
}

static void look(const struct oracle *oracle, const char *story, const char *line)
{
    char at[WORD_BYTES];
    char user[WORD_BYTES];
    char profile[WORD_BYTES];
    int expected_at = 0;
    assert_int_equal(sscanf(line, "%39s see %39s %39s %n", at, user, profile, &expected_at), 3);
    const char *expected = line + expected_at;
    char seen[LINE_BYTES];
    describe(oracle, user, profile, instant_s(at), seen);
    size_t bytes = strlen(seen);
    if (strncmp(expected, seen, bytes) != 0 || (expected[bytes] != '\0' && expected[bytes] != ' '))
        fail_msg("%s: %s\nis not: %s", story, seen, line);
    if (expected[bytes] == '\0')
        return;
    struct oracle_seat seat;
    oracle_seat(oracle, user, profile, instant_s(at), &seat);
    if (strcmp(seat.rule[AXIS_STATUS], expected + bytes + 1) != 0)
        fail_msg("%s: by %s\nis not: %s", story, seat.rule[AXIS_STATUS], line);
}

static void tell(struct oracle *oracle, const char *name, const char *text)
{
    while (*text != '\0') {
        char line[LINE_BYTES];
        size_t bytes = strcspn(text, "\n");
        assert_in_range(bytes, 1, sizeof line - 1);
        memcpy(line, text, bytes);
        line[bytes] = '\0';
        text += bytes + 1;
        if (strstr(line, " see ") != NULL)
            look(oracle, name, line);
        else
            play(oracle, line);
    }
}

static void tell_all(const struct story *stories, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct oracle *oracle = oracle_for(stories[i].edition, stories[i].turn);
        tell(oracle, "opening", opening);
        tell(oracle, stories[i].name, stories[i].text);
        oracle_free(oracle);
    }
}

static struct oracle *oracle_told(const char *edition, const char *text)
{
    struct oracle *oracle = oracle_for(edition, (struct turn){0});
    tell(oracle, "opening", opening);
    tell(oracle, "story", text);
    return oracle;
}

static void every_vector_comes_out_to_the_cent(void **state)
{
    (void)state;
    tell_all(vectors, sizeof vectors / sizeof *vectors);
}

static void every_edge_case_has_its_reading(void **state)
{
    (void)state;
    tell_all(edges, sizeof edges / sizeof *edges);
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
        const char *edition;
        const char *ends; /* NULL: nothing decided */
    } editions[] = {{"kiro-2026-06", NULL}, {"kiro-2025-11", "05-01T00"}};
    const char text[] = "03-01T00 seat alice main pro\n"
                        "04-12T10 unsubscribe alice\n";
    for (size_t i = 0; i < sizeof editions / sizeof *editions; i++) {
        struct oracle *oracle = oracle_told(editions[i].edition, text);
        struct oracle_seat seat;
        oracle_seat(oracle, "alice", "main", instant_s("04-12T10"), &seat);
        int64_t expected_s = editions[i].ends == NULL ? 0 : instant_s(editions[i].ends);
        assert_int_equal(seat.access_until_s, expected_s);
        oracle_free(oracle);
    }
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
                        "02-10T00 change alice main power\n"
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
        cmocka_unit_test(a_canceled_row_leaves_the_lists_on_the_1st),
        cmocka_unit_test(a_deleted_user_is_shown_by_id_and_may_not_sign_in),
        cmocka_unit_test(sign_in_follows_the_persons_activity_and_instance),
        cmocka_unit_test(the_end_of_access_is_told_where_access_goes_on),
        cmocka_unit_test(the_bought_plan_and_its_sources_are_told),
        cmocka_unit_test(the_charge_cites_what_made_it),
        cmocka_unit_test(a_later_month_keeps_what_an_earlier_one_came_to),
        cmocka_unit_test(nothing_is_known_of_strangers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
