/* SPDX-License-Identifier: MIT */
/* Virtual time: what is due is done in order, once, and before the first request of its instant. */
#include "world_fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/editions.h"
#include "base/lags.h"
#include "base/parameters.h"
#include "base/plans.h"
#include "base/statuses.h"
#include "base/text.h"
#include "world/reading/reading.h"
#include "world/rows/timeline.h"

static void see_entry(void *self, const struct entry *entry)
{
    struct text *story = self;
    assert_string_equal(entry->actor, "clock");
    text_addf(story, "%s%s %s", story->bytes == 0 ? "" : "; ", entry->event,
              entry->after == NULL ? "-" : entry->after);
}

/* What the clock has done since `since`, of one user or (NULL) in all. */
static void expect_done(struct fixture *f, const char *user_id, const char *since,
                        const char *expected)
{
    struct text story = {0};
    assert_int_equal(timeline_each(f->world, user_id, 0, at(since), 1000, see_entry, &story),
                     FAULT_NONE);
    assert_string_equal(text_chars(&story), expected);
    text_clear(&story);
}

static uint64_t digest(struct fixture *f)
{
    uint64_t value = 0;
    assert_int_equal(store_digest(f->world->store, &value), FAULT_NONE);
    return value;
}

static int64_t settled_until(struct fixture *f, const char *time)
{
    int64_t settled = -1;
    assert_int_equal(agenda_advance(f->world, at(time), &settled), FAULT_NONE);
    return settled;
}

/* Law 5. Decided in another order than the one in which it must be done. */
static void the_first_of_a_month_does_plans_then_access_then_charges_then_rows(void **state)
{
    (void)state;
    struct fixture f;
    char leaver[USER_ID_BYTES];
    char stayer[USER_ID_BYTES];
    fixture_open(&f, "2026-03-01T00:00:00Z");
    f.world->reading->edition = edition_find("kiro-2025-11");
    reading_settle(f.world->reading);
    subscribed(&f, "leaver", PLAN_PRO, leaver);
    subscribed(&f, "stayer", PLAN_POWER, stayer);
    uses(&f, leaver);
    uses(&f, stayer);
    advance(&f, "2026-04-05T00:00:00Z");
    unsubscribed(&f, leaver);
    advance(&f, "2026-04-20T00:00:00Z");
    planned(&f, stayer, PLAN_PRO);
    advance(&f, "2026-04-30T23:59:59Z");
    expect_done(&f, NULL, "2026-04-20T00:00:01Z", "");
    advance(&f, "2026-05-01T00:00:00Z");
    expect_done(&f, NULL, "2026-05-01T00:00:00Z",
                "seat ACTIVE pro; access ends -; charge 20.00 for 2026-05; row leaves the list -");
    fixture_close(&f);
}

static void see_user(void *self, const struct bill_line *line)
{
    struct text *users = self;
    text_addf(users, "%s ", line->user_id);
}

static void ties_are_done_in_the_order_in_which_they_were_decided(void **state)
{
    (void)state;
    enum { USERS = 5 };
    static const size_t ORDER[USERS] = {3, 0, 4, 2, 1}; /* not that of creation */
    struct fixture f;
    char user_ids[USERS][USER_ID_BYTES];
    struct text expected = {0};
    struct text seen = {0};
    bool forecast = false;
    fixture_open(&f, "2026-03-10T00:00:00Z");
    for (size_t i = 0; i < USERS; i++) {
        char name[16];
        snprintf(name, sizeof name, "user%zu", i);
        subscribed(&f, name, PLAN_PRO, user_ids[i]);
    }
    for (size_t i = 0; i < USERS; i++) {
        uses(&f, user_ids[ORDER[i]]);
        text_addf(&expected, "%s ", user_ids[ORDER[i]]);
    }
    advance(&f, "2026-05-01T00:00:00Z"); /* the second turn was decided in the order of the first */
    assert_int_equal(
        agenda_each_line(f.world, at("2026-05-01T00:00:00Z"), &forecast, see_user, &seen),
        FAULT_NONE);
    assert_string_equal(text_chars(&seen), text_chars(&expected));
    text_clear(&seen);
    text_clear(&expected);
    fixture_close(&f);
}

/* A history with something of every kind due, the clock moved by `step_s` at a time. */
static uint64_t digest_after_a_year(int64_t step_s)
{
    struct fixture f;
    char ids[4][USER_ID_BYTES];
    fixture_open(&f, "2026-01-10T00:00:00Z");
    f.world->reading->timing = timing_find("documented");
    f.world->reading->overrides[ACCESS_AFTER_CANCEL] = ACCESS_MONTH_END;
    reading_settle(f.world->reading);
    subscribed(&f, "active", PLAN_PRO, ids[0]);
    subscribed(&f, "lowered", PLAN_POWER, ids[1]);
    subscribed(&f, "left", PLAN_PRO, ids[2]);
    subscribed(&f, "deleted", PLAN_PRO_PLUS, ids[3]);
    for (size_t i = 0; i < 4; i++)
        uses(&f, ids[i]);
    planned(&f, ids[1], PLAN_PRO);
    unsubscribed(&f, ids[2]);
    advance(&f, "2026-01-31T12:00:00Z");
    assert_int_equal(user_delete(f.world, f.instance.store_id, ids[3]), FAULT_NONE);
    int64_t end_s = at("2027-01-10T00:00:00Z");
    while (f.world->now_s < end_s) {
        int64_t next_s = f.world->now_s + step_s;
        assert_int_equal(agenda_advance(f.world, next_s < end_s ? next_s : end_s, NULL),
                         FAULT_NONE);
    }
    uint64_t value = digest(&f);
    fixture_close(&f);
    return value;
}

static void one_long_way_is_many_short_ones(void **state)
{
    (void)state;
    static const int64_t STEPS_S[] = {366 * 86400, 45 * 86400, 86400, 3600 * 7 + 1};
    uint64_t at_once = digest_after_a_year(INT64_C(400) * 86400);
    for (size_t i = 0; i < sizeof STEPS_S / sizeof STEPS_S[0]; i++)
        assert_true(digest_after_a_year(STEPS_S[i]) == at_once);
}

/* E27, V17: half-open months; the turn is over when the first request of its instant comes. */
static void the_turn_of_a_month_is_over_before_the_first_request_of_its_instant(void **state)
{
    (void)state;
    static const struct {
        const char *canceled;
        const char *listed_until;
    } table[] = {{"2026-04-30T23:59:59Z", "2026-05-01T00:00:00Z"},
                 {"2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z"},
                 {"2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"},
                 {"2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z"}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct fixture f;
        char user_id[USER_ID_BYTES];
        fixture_open(&f, "2026-03-01T00:00:00Z");
        subscribed(&f, "alice", PLAN_PRO, user_id);
        uses(&f, user_id);
        advance(&f, table[i].canceled);
        unsubscribed(&f, user_id);
        struct seat seat = seat_of(&f, user_id);
        assert_int_equal(seat.canceled_s, at(table[i].canceled));
        assert_int_equal(seat.listed_until_s, at(table[i].listed_until));
        assert_int_equal(agenda_advance(f.world, seat.listed_until_s - 1, NULL), FAULT_NONE);
        assert_true(seat_listing(f.world, &seat).subscriptions_tab);
        assert_int_equal(agenda_advance(f.world, seat.listed_until_s, NULL), FAULT_NONE);
        assert_false(seat_listing(f.world, &seat).subscriptions_tab);
        fixture_close(&f);
    }
}

static void a_later_boundary_is_noticed(void **state)
{
    (void)state;
    struct fixture f;
    char user_id[USER_ID_BYTES];
    fixture_open(&f, "2026-03-10T00:00:00Z");
    f.world->reading->deviations[BOUNDARY_LATE] = true;
    reading_settle(f.world->reading);
    subscribed(&f, "alice", PLAN_PRO, user_id);
    uses(&f, user_id);
    assert_int_equal(settled_until(&f, "2026-04-01T00:59:59Z"), 0);
    assert_int_equal(settled_until(&f, "2026-04-01T01:00:00Z"), 1);
    fixture_close(&f);
}

static void a_month_is_charged_once_however_often_its_seat_was_made(void **state)
{
    (void)state;
    struct fixture f;
    char user_id[USER_ID_BYTES];
    struct principal alice = {.id = user_id};
    fixture_open(&f, "2026-03-10T00:00:00Z");
    subscribed(&f, "alice", PLAN_PRO, user_id);
    for (int i = 0; i < 3; i++) {
        uses(&f, user_id);
        unsubscribed(&f, user_id);
        assert_int_equal(assignment_create(f.world, &f.profile, &alice, PLAN_PRO), FAULT_NONE);
    }
    uses(&f, user_id);
    assert_int_equal(settled_until(&f, "2026-04-01T00:00:00Z"), 1);
    expect_done(&f, user_id, "2026-04-01T00:00:00Z", "charge 20.00 for 2026-04");
    fixture_close(&f);
}

static void the_clock_does_not_go_back_and_says_where_it_stands(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, "2026-03-10T00:00:00Z");
    uint64_t before = digest(&f);
    assert_int_equal(agenda_advance(f.world, at("2026-03-09T23:59:59Z"), NULL), FAULT_CONFLICT);
    assert_non_null(strstr(f.problem.message, "2026-03-10T00:00:00Z"));
    assert_int_equal(f.world->now_s, at("2026-03-10T00:00:00Z"));
    assert_true(digest(&f) == before);
    advance(&f, "2026-03-10T00:00:00Z"); /* to stand still is no way back */
    fixture_close(&f);
}

/* The wall is read, so what is known of it is only how it stands to the anchor. */
static void a_running_clock_follows_the_wall_and_a_frozen_one_does_not(void **state)
{
    (void)state;
    enum { PASSED_S = 40 * 86400, SLACK_S = 3600 };
    struct fixture f;
    char user_id[USER_ID_BYTES];
    fixture_open(&f, "2026-03-10T00:00:00Z");
    int64_t start_s = f.world->now_s;
    subscribed(&f, "alice", PLAN_PRO, user_id);
    uses(&f, user_id);
    f.world->wall_anchor_s = clock_wall_s() - PASSED_S;
    request_end(&f);
    request_begin(&f);
    assert_int_equal(f.world->now_s, start_s);
    clock_set_running(f.world, true);
    f.world->wall_anchor_s = clock_wall_s() - PASSED_S;
    request_end(&f);
    request_begin(&f);
    assert_in_range(f.world->now_s, start_s + PASSED_S, start_s + PASSED_S + SLACK_S);
    expect_done(&f, user_id, "2026-04-01T00:00:00Z", "charge 20.00 for 2026-04");
    int64_t now_s = f.world->now_s;
    f.world->wall_anchor_s = clock_wall_s() + PASSED_S; /* somebody set the wall's clock back */
    assert_int_equal(agenda_follow(f.world), FAULT_NONE);
    assert_int_equal(f.world->now_s, now_s);
    clock_set_running(f.world, false);
    f.world->wall_anchor_s = clock_wall_s() - PASSED_S;
    assert_int_equal(agenda_follow(f.world), FAULT_NONE);
    assert_int_equal(f.world->now_s, now_s);
    fixture_close(&f);
}

/*
 * Law 4: a fact carries the instant from which it is seen; another change of the same user does not
 * bring that forward.
 */
static void a_delay_is_not_cut_short_by_another_change(void **state)
{
    (void)state;
    struct fixture f;
    char user_id[USER_ID_BYTES];
    char group_id[USER_ID_BYTES];
    char membership_id[USER_ID_BYTES];
    fixture_open(&f, "2026-03-10T00:00:00Z");
    f.world->reading->timing = timing_find("documented");
    reading_settle(f.world->reading);
    subscribed(&f, "alice", PLAN_PRO, user_id);
    struct principal group = {.id = group_id, .is_group = true};
    assert_int_equal(group_create(f.world, f.instance.store_id, "devs", NULL, group_id),
                     FAULT_NONE);
    assert_int_equal(assignment_create(f.world, &f.profile, &group, PLAN_POWER), FAULT_NONE);
    assert_int_equal(
        membership_create(f.world, f.instance.store_id, group_id, user_id, membership_id),
        FAULT_NONE);
    advance(&f, "2026-03-10T23:59:59Z");
    planned(&f, user_id, PLAN_PRO_PLUS);
    assert_int_equal(seat_of(&f, user_id).plan, PLAN_PRO_PLUS);
    advance(&f, "2026-03-11T00:00:00Z");
    assert_int_equal(seat_of(&f, user_id).plan, PLAN_POWER);
    assert_int_equal(membership_delete(f.world, f.instance.store_id, membership_id), FAULT_NONE);
    unsubscribed(&f, user_id);
    advance(&f, "2026-03-11T23:59:59Z");
    assert_int_equal(seat_of(&f, user_id).status, SEAT_PENDING);
    advance(&f, "2026-03-12T00:00:00Z");
    assert_int_equal(seat_of(&f, user_id).status, SEAT_CANCELED);
    assert_int_equal(seat_of(&f, user_id).cause, CAUSE_MEMBER_REMOVED);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_of_a_month_does_plans_then_access_then_charges_then_rows),
        cmocka_unit_test(ties_are_done_in_the_order_in_which_they_were_decided),
        cmocka_unit_test(one_long_way_is_many_short_ones),
        cmocka_unit_test(the_turn_of_a_month_is_over_before_the_first_request_of_its_instant),
        cmocka_unit_test(a_later_boundary_is_noticed),
        cmocka_unit_test(a_month_is_charged_once_however_often_its_seat_was_made),
        cmocka_unit_test(the_clock_does_not_go_back_and_says_where_it_stands),
        cmocka_unit_test(a_running_clock_follows_the_wall_and_a_frozen_one_does_not),
        cmocka_unit_test(a_delay_is_not_cut_short_by_another_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
