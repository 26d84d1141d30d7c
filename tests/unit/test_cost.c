/* SPDX-License-Identifier: MIT */
/*
 * What a cascade costs, in steps of SQLite's virtual machine: exact and the same on every machine.
 * Cost follows the users touched, never the size of the directory.
 */
#include "world_fixture.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/plans.h"
#include "base/statuses.h"

/*
 * The database that was opened last. The store does not show its own; SQLite tells everybody who
 * asks.
 */
static sqlite3 *latest;

static int note_database(sqlite3 *database, char **problem, const struct sqlite3_api_routines *api)
{
    (void)problem;
    (void)api;
    latest = database;
    return SQLITE_OK;
}

static int watch(void **state)
{
    (void)state;
    return sqlite3_auto_extension((void (*)(void))note_database) != SQLITE_OK;
}

static int unwatch(void **state)
{
    (void)state;
    return sqlite3_cancel_auto_extension((void (*)(void))note_database) != 1;
}

/* The steps of all statements since this was last asked. */
static int64_t steps(void)
{
    int64_t sum = 0;
    for (sqlite3_stmt *at = sqlite3_next_stmt(latest, NULL); at != NULL;
         at = sqlite3_next_stmt(latest, at))
        sum += sqlite3_stmt_status(at, SQLITE_STMTSTATUS_VM_STEP, 1);
    return sum;
}

/*
 * People who have nothing to do with Kiro, by the thousand: one statement, since a verb for each
 * would take the test's whole time.
 */
static void add_strangers(struct fixture *f, int count)
{
    char *sql = mem_format(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
        "INSERT INTO user (user_id, store_id, name, name_key, attributes, active, created_s, "
        "created_by, updated_s, updated_by) "
        "SELECT 'stranger-' || i, '%s', 'stranger' || i, 'stranger' || i, '{}', 1, 0, 'test', 0, "
        "'test' FROM n",
        count, f->instance.store_id);
    assert_int_equal(sqlite3_exec(latest, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_changes(latest), count);
    free(sql);
}

static void subscribe_fifty(struct fixture *f, char user_ids[50][USER_ID_BYTES])
{
    for (size_t i = 0; i < 50; i++) {
        char name[16];
        snprintf(name, sizeof name, "user%zu", i);
        subscribed(f, name, PLAN_PRO, user_ids[i]);
        uses(f, user_ids[i]);
    }
}

/* What one subscribed user's end, return and next month cost among `strangers` others. */
static int64_t steps_of_one(int strangers)
{
    struct fixture f;
    static char user_ids[50][USER_ID_BYTES];
    char membership_id[USER_ID_BYTES];
    char group_id[USER_ID_BYTES];
    fixture_open(&f, "2026-03-10T00:00:00Z");
    add_strangers(&f, strangers);
    subscribe_fifty(&f, user_ids);
    assert_int_equal(group_create(f.world, f.instance.store_id, "devs", NULL, group_id),
                     FAULT_NONE);
    steps();
    assert_int_equal(user_delete(f.world, f.instance.store_id, user_ids[17]), FAULT_NONE);
    assert_int_equal(seat_of(&f, user_ids[17]).status, SEAT_CANCELED);
    assert_int_equal(user_set_active(f.world, user_ids[18], false), FAULT_NONE);
    assert_int_equal(
        membership_create(f.world, f.instance.store_id, group_id, user_ids[19], membership_id),
        FAULT_NONE);
    assert_int_equal(membership_delete(f.world, f.instance.store_id, membership_id), FAULT_NONE);
    unsubscribed(&f, user_ids[20]);
    advance(&f, "2026-04-01T00:00:00Z");
    int64_t spent = steps();
    fixture_close(&f);
    return spent;
}

static void one_user_costs_the_same_in_any_directory(void **state)
{
    (void)state;
    int64_t among_few = steps_of_one(1000);
    int64_t among_many = steps_of_one(100000);
    print_message("steps: %lld among 1,000 users, %lld among 100,000\n", (long long)among_few,
                  (long long)among_many);
    assert_true(among_few > 0);
    assert_true(among_many < among_few * 3);
}

/* Deleting a group all of whose `members` are Active through it. */
static int64_t steps_of_group(int members)
{
    struct fixture f;
    char group_id[USER_ID_BYTES];
    struct principal group = {.id = group_id, .is_group = true};
    fixture_open(&f, "2026-03-10T00:00:00Z");
    assert_int_equal(group_create(f.world, f.instance.store_id, "devs", NULL, group_id),
                     FAULT_NONE);
    assert_int_equal(assignment_create(f.world, &f.profile, &group, PLAN_PRO), FAULT_NONE);
    for (int i = 0; i < members; i++) {
        char name[16];
        char user_id[USER_ID_BYTES];
        char membership_id[USER_ID_BYTES];
        snprintf(name, sizeof name, "user%d", i);
        assert_int_equal(user_create(f.world, f.instance.store_id, name, NULL, "{}", user_id),
                         FAULT_NONE);
        assert_int_equal(
            membership_create(f.world, f.instance.store_id, group_id, user_id, membership_id),
            FAULT_NONE);
        uses(&f, user_id);
    }
    steps();
    assert_int_equal(group_delete(f.world, f.instance.store_id, group_id), FAULT_NONE);
    advance(&f, "2026-04-01T00:00:00Z");
    int64_t spent = steps();
    fixture_close(&f);
    return spent;
}

static void the_end_of_a_group_costs_by_its_members(void **state)
{
    (void)state;
    int64_t of_few = steps_of_group(500);
    int64_t of_many = steps_of_group(2000);
    print_message("steps: %lld for 500 members, %lld for 2,000\n", (long long)of_few,
                  (long long)of_many);
    assert_true(of_few > 0);
    assert_true(of_many < of_few * 5); /* four times as many, and trees a level deeper */
}

static void see_nobody(void *self, const struct seat *seat)
{
    (void)seat;
    int *seen = self;
    (*seen)++;
}

/* A page of AWS's list costs by its rows, wherever it begins. */
static void a_late_page_costs_what_the_first_does(void **state)
{
    (void)state;
    struct fixture f;
    static char user_ids[50][USER_ID_BYTES];
    fixture_open(&f, "2026-03-10T00:00:00Z");
    subscribe_fifty(&f, user_ids);
    int64_t spent[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        int seen = 0;
        int64_t after = i == 0 ? 0 : seat_of(&f, user_ids[39]).row;
        steps();
        assert_int_equal(seat_each_listed(f.world, f.instance.instance_arn, "us-east-1", after, 10,
                                          see_nobody, &seen),
                         FAULT_NONE);
        spent[i] = steps();
        assert_int_equal(seen, 10);
    }
    assert_in_range(spent[1], spent[0] - 10, spent[0] + 10);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_user_costs_the_same_in_any_directory),
        cmocka_unit_test(the_end_of_a_group_costs_by_its_members),
        cmocka_unit_test(a_late_page_costs_what_the_first_does),
    };
    return cmocka_run_group_tests(tests, watch, unwatch);
}
