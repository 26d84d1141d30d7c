/* SPDX-License-Identifier: MIT */
/* Delays: fixed, drawn from a window, held by hand; and triggers that an edition does not have. */
#include "base/lags.h"
#include "base/plans.h"
#include "base/statuses.h"
#include "world/engine/entitlement.h"
#include "world/reading/reading.h"
#include "world/time/propagation.h"
#include "world_fixture.h"

static void overridden(struct fixture *f, const char *name, const char *value)
{
    struct text right = {0};
    assert_int_equal(reading_override(f->world->reading, name, value, &right), FAULT_NONE);
    reading_settle(f->world->reading);
}

/* alice is directly subscribed, bob through the group devs; both have used Kiro. */
struct people {
    char alice[USER_ID_BYTES];
    char bob[USER_ID_BYTES];
    char group[USER_ID_BYTES];
    char membership[USER_ID_BYTES];
};

static void peopled(struct fixture *f, struct people *people)
{
    struct principal devs = {.id = people->group, .is_group = true};
    subscribed(f, "alice", PLAN_PRO, people->alice);
    assert_int_equal(user_create(f->world, f->instance.store_id, "bob", NULL, "{}", people->bob),
                     FAULT_NONE);
    assert_int_equal(group_create(f->world, f->instance.store_id, "devs", NULL, people->group),
                     FAULT_NONE);
    assert_int_equal(membership_create(f->world, f->instance.store_id, people->group, people->bob,
                                       people->membership),
                     FAULT_NONE);
    assert_int_equal(assignment_create(f->world, &f->profile, &devs, PLAN_PRO), FAULT_NONE);
    uses(f, people->alice);
    uses(f, people->bob);
}

static void leaves(struct fixture *f, const struct people *people)
{
    assert_int_equal(membership_delete(f->world, f->instance.store_id, people->membership),
                     FAULT_NONE);
}

static enum seat_status status_of(struct fixture *f, const char *user_id)
{
    return seat_of(f, user_id).status;
}

static int64_t released(struct fixture *f, enum lag lag, const char *user_id)
{
    int64_t count = 0;
    assert_int_equal(agenda_release(f->world, lag, user_id, &count), FAULT_NONE);
    return count;
}

static void a_window_is_drawn_from_by_the_seed(void **state)
{
    (void)state;
    struct fixture f;
    int64_t least_s = 3600;
    int64_t most_s = 24 * 3600;
    int64_t first_s = 0;
    bool differs = false;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        fixture_open_seeded(&f, "2026-04-01T00:00:00Z", seed);
        overridden(&f, "group_remove_lag", "1h..24h");
        int64_t lag_s = delay_at(f.world, GROUP_REMOVE_LAG, "alice") - f.world->now_s;
        assert_int_equal(delay_at(f.world, GROUP_REMOVE_LAG, "alice") - f.world->now_s, lag_s);
        assert_true(lag_s >= least_s && lag_s <= most_s);
        differs = differs || (first_s != 0 && lag_s != first_s);
        first_s = lag_s;
        fixture_close(&f);
    }
    assert_true(differs);
}

static void what_is_held_waits_for_its_release_however_long(void **state)
{
    (void)state;
    struct fixture f;
    struct people people;
    fixture_open(&f, "2026-04-01T00:00:00Z");
    peopled(&f, &people);
    overridden(&f, "group_remove_lag", "by-hand");
    overridden(&f, "auto_cancel_lag", "by-hand");
    advance(&f, "2026-04-10T00:00:00Z");
    leaves(&f, &people);
    assert_int_equal(user_delete(f.world, f.instance.store_id, people.alice), FAULT_NONE);
    advance(&f, "2026-06-10T00:00:00Z");
    assert_int_equal(status_of(&f, people.alice), SEAT_ACTIVE);
    assert_int_equal(status_of(&f, people.bob), SEAT_ACTIVE);
    assert_int_equal(released(&f, GROUP_ADD_LAG, NULL), 0);
    assert_int_equal(released(&f, AUTO_CANCEL_LAG, people.bob), 0);
    assert_int_equal(released(&f, GROUP_REMOVE_LAG, people.bob), 1);
    assert_int_equal(status_of(&f, people.bob), SEAT_CANCELED);
    assert_int_equal(seat_of(&f, people.bob).canceled_s, at("2026-06-10T00:00:00Z"));
    assert_int_equal(status_of(&f, people.alice), SEAT_ACTIVE);
    assert_int_equal(released(&f, LAG_COUNT, NULL), 1);
    assert_int_equal(status_of(&f, people.alice), SEAT_CANCELED);
    assert_int_equal(released(&f, LAG_COUNT, NULL), 0);
    fixture_close(&f);
}

static bool admitted(struct fixture *f, const char *user_id)
{
    const char *code = NULL;
    assert_int_equal(seat_use(f->world, user_id, f->profile.profile_arn, 1, true, &code),
                     FAULT_NONE);
    return code == NULL;
}

static void a_session_that_is_held_goes_on_until_it_is_released(void **state)
{
    (void)state;
    struct fixture f;
    struct people people;
    fixture_open(&f, "2026-04-01T00:00:00Z");
    peopled(&f, &people);
    overridden(&f, "session_tail", "by-hand");
    advance(&f, "2026-04-10T00:00:00Z");
    assert_int_equal(user_delete(f.world, f.instance.store_id, people.alice), FAULT_NONE);
    leaves(&f, &people);
    assert_int_equal(status_of(&f, people.alice), SEAT_CANCELED);
    advance(&f, "2026-04-20T00:00:00Z");
    assert_true(admitted(&f, people.alice));
    assert_true(admitted(&f, people.bob));
    assert_int_equal(released(&f, SESSION_TAIL, people.alice), 1);
    assert_false(admitted(&f, people.alice));
    assert_true(admitted(&f, people.bob));
    assert_int_equal(released(&f, SESSION_TAIL, NULL), 1);
    assert_false(admitted(&f, people.bob));
    fixture_close(&f);
}

/*
 * An edition without the trigger: nothing is on its way, the seat stays, is charged, and ends by an
 * administrator's hand.
 */
static void a_trigger_that_there_is_not_ends_nothing(void **state)
{
    (void)state;
    struct fixture f;
    struct people people;
    struct principal devs = {.id = people.group, .is_group = true};
    fixture_open(&f, "2026-04-01T00:00:00Z");
    peopled(&f, &people);
    overridden(&f, "auto_triggers", "profile-only");
    leaves(&f, &people);
    assert_int_equal(user_delete(f.world, f.instance.store_id, people.alice), FAULT_NONE);
    advance(&f, "2026-05-10T00:00:00Z");
    assert_int_equal(status_of(&f, people.alice), SEAT_ACTIVE);
    assert_int_equal(status_of(&f, people.bob), SEAT_ACTIVE);
    assert_true(entitled_on_the_first(f.world, people.bob, f.profile.profile_arn));
    assert_int_equal(assignment_delete(f.world, &f.profile, &devs), FAULT_NONE);
    assert_int_equal(status_of(&f, people.bob), SEAT_CANCELED);
    assert_int_equal(profile_delete(f.world, &f.profile), FAULT_NONE);
    assert_int_equal(status_of(&f, people.alice), SEAT_CANCELED);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_window_is_drawn_from_by_the_seed),
        cmocka_unit_test(what_is_held_waits_for_its_release_however_long),
        cmocka_unit_test(a_session_that_is_held_goes_on_until_it_is_released),
        cmocka_unit_test(a_trigger_that_there_is_not_ends_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
