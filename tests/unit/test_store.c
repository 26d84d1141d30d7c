/* SPDX-License-Identifier: MIT */
/*
 * The door to SQLite: which files are taken, what a transaction keeps, when two worlds have one
 * digest. Query plans: test_plans.c.
 */
#include "world_fixture.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/parameters.h"
#include "base/plans.h"
#include "world/reading/reading.h"
#include "world/rows/timeline.h"

/* A folder of its own for the files of one test. */
struct place {
    char folder[32];
    char file[64];
};

static void place_open(struct place *place)
{
    snprintf(place->folder, sizeof place->folder, "/tmp/test_store.XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    snprintf(place->file, sizeof place->file, "%s/world.db", place->folder);
}

/* Nothing but the file itself may be left: a store that was closed has written its log back. */
static void place_close(const struct place *place)
{
    unlink(place->file);
    assert_int_equal(rmdir(place->folder), 0);
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

/* What somebody else does to a file. */
static void run_sql(const char *path, const char *sql)
{
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

static struct store *open_store(const char *path)
{
    struct problem problem = {0};
    struct store *store = store_open(path, &problem);
    if (store == NULL)
        fail_msg("%s", problem.message);
    return store;
}

static void expect_refused(const char *path, const char *first, const char *second)
{
    struct problem problem = {0};
    assert_null(store_open(path, &problem));
    assert_non_null(strstr(problem.message, path));
    assert_non_null(strstr(problem.message, first));
    assert_non_null(strstr(problem.message, second));
    assert_null(strchr(problem.message, '\n'));
}

static uint64_t digest(struct store *store)
{
    uint64_t value = 0;
    assert_int_equal(store_digest(store, &value), FAULT_NONE);
    return value;
}

static enum fault put_setting(struct store *store, const char *kind, const char *name,
                              const char *value)
{
    return store_change(store, SQL_SETTING_PUT, "ttt", kind, name, value);
}

static void a_file_is_made_once_and_opened_again(void **state)
{
    (void)state;
    struct place place;
    place_open(&place);
    struct store *store = open_store(place.file);
    assert_int_equal(put_setting(store, "edition", "kiro-2025-11", ""), FAULT_NONE);
    uint64_t before = digest(store);
    store_close(store);
    store = open_store(place.file);
    assert_true(digest(store) == before);
    store_close(store);
    place_close(&place);
}

static void another_schema_is_refused_by_both_numbers(void **state)
{
    (void)state;
    struct place place;
    place_open(&place);
    store_close(open_store(place.file));
    char *version = mem_format("PRAGMA user_version = %d", STORE_SCHEMA + 76);
    char *theirs = mem_format("holds schema %d", STORE_SCHEMA + 76);
    char *ours = mem_format("reads schema %d", STORE_SCHEMA);
    run_sql(place.file, version);
    expect_refused(place.file, theirs, ours);
    free(version);
    free(theirs);
    free(ours);
    place_close(&place);
}

static void what_is_no_file_of_ours_is_refused_and_left_alone(void **state)
{
    (void)state;
    static const char PROSE[] = "Dear diary, this has been going on for far too long to fit in "
                                "the header of a database, which wants a hundred bytes.\n";
    char read_back[sizeof PROSE] = "";
    struct place place;
    place_open(&place);
    write_text(place.file, PROSE);
    expect_refused(place.file, "no SQLite database", "");
    FILE *file = fopen(place.file, "r");
    assert_non_null(file);
    assert_non_null(fgets(read_back, sizeof read_back, file));
    fclose(file);
    assert_string_equal(read_back, PROSE);
    unlink(place.file);
    run_sql(place.file, "CREATE TABLE recipe (name TEXT)");
    expect_refused(place.file, "holds schema 0", "another file");
    expect_refused(place.folder, "cannot be opened", "");
    place_close(&place);
}

static void one_file_is_for_one_server(void **state)
{
    (void)state;
    struct place place;
    place_open(&place);
    struct store *first = open_store(place.file);
    expect_refused(place.file, "in use by another process", "");
    assert_int_equal(put_setting(first, "edition", "kiro-2025-11", ""), FAULT_NONE);
    store_close(first);
    store_close(open_store(place.file));
    place_close(&place);
}

static void a_commit_keeps_and_a_rollback_takes_back(void **state)
{
    (void)state;
    struct place place;
    place_open(&place);
    struct store *store = open_store(place.file);
    uint64_t empty = digest(store);
    assert_int_equal(store_begin(store), FAULT_NONE);
    assert_int_equal(put_setting(store, "edition", "a", ""), FAULT_NONE);
    assert_int_equal(put_setting(store, "timing", "b", ""), FAULT_NONE);
    assert_true(digest(store) != empty);
    store_rollback(store);
    assert_true(digest(store) == empty);
    assert_int_equal(store_begin(store), FAULT_NONE);
    assert_int_equal(put_setting(store, "edition", "a", ""), FAULT_NONE);
    assert_int_equal(store_commit(store), FAULT_NONE);
    uint64_t kept = digest(store);
    store_rollback(store); /* nothing is open: nothing happens */
    assert_true(digest(store) == kept && kept != empty);
    assert_int_equal(store_begin(store), FAULT_NONE);
    assert_int_equal(put_setting(store, "timing", "b", ""), FAULT_NONE);
    store_close(store); /* as if the server had gone in the middle of a request */
    store = open_store(place.file);
    assert_true(digest(store) == kept);
    assert_int_equal(store_wipe(store), FAULT_NONE);
    assert_true(digest(store) == empty);
    store_close(store);
    place_close(&place);
}

static void a_row_that_is_there_already_is_a_conflict_and_no_more(void **state)
{
    (void)state;
    struct store *store = open_store(NULL);
    assert_int_equal(put_setting(store, "edition", "a", "1"), FAULT_NONE);
    uint64_t before = digest(store);
    assert_int_equal(put_setting(store, "edition", "a", "2"), FAULT_CONFLICT);
    assert_true(digest(store) == before);
    assert_int_equal(put_setting(store, "edition", "b", "2"), FAULT_NONE);
    /* A missing value is our mistake, no answer to a caller. */
    assert_int_equal(put_setting(store, "edition", "c", NULL), FAULT_INTERNAL);
    store_close(store);
}

static void a_failure_sticks_until_the_transaction_ends(void **state)
{
    (void)state;
    struct store *store = open_store(NULL);
    uint64_t empty = digest(store);
    assert_int_equal(store_begin(store), FAULT_NONE);
    assert_int_equal(put_setting(store, "edition", "a", ""), FAULT_NONE);
    assert_int_equal(put_setting(store, "edition", "a", ""),
                     FAULT_CONFLICT); /* expected: no harm */
    assert_int_equal(store_fault(store), FAULT_NONE);
    assert_int_equal(put_setting(store, "edition", "c", NULL), FAULT_INTERNAL);
    assert_int_equal(put_setting(store, "edition", "b", ""), FAULT_INTERNAL);
    assert_false(query_any(store_query(store, SQL_SETTING_LIST, "")));
    assert_int_equal(store_commit(store), FAULT_INTERNAL);
    assert_true(digest(store) == empty);
    assert_int_equal(store_begin(store), FAULT_NONE);
    assert_int_equal(put_setting(store, "edition", "b", ""), FAULT_NONE);
    assert_int_equal(store_commit(store), FAULT_NONE);
    assert_true(query_any(store_query(store, SQL_SETTING_LIST, "")));
    store_close(store);
}

static void texts_that_only_look_alike_have_other_digests(void **state)
{
    (void)state;
    static const struct {
        const char *left[3];
        const char *right[3];
    } table[] = {
        {{"ab", "c", ""}, {"a", "bc", ""}},
        {{"a", "b", "c"}, {"a", "c", "b"}},
        {{"a", "b", "1"}, {"a", "b", "1 "}},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct store *left = open_store(NULL);
        struct store *right = open_store(NULL);
        assert_true(digest(left) == digest(right));
        const char *const *l = table[i].left;
        const char *const *r = table[i].right;
        assert_int_equal(put_setting(left, l[0], l[1], l[2]), FAULT_NONE);
        assert_int_equal(put_setting(right, r[0], r[1], r[2]), FAULT_NONE);
        assert_true(digest(left) != digest(right));
        store_close(left);
        store_close(right);
    }
}

/* `after` NULL is no text at all. */
static uint64_t digest_of_history(uint64_t seed, const char *name, const char *after)
{
    struct fixture f;
    char user_id[USER_ID_BYTES];
    struct entry entry = {.event = "note", .subject = "x", .after = after};
    fixture_open_seeded(&f, "2026-01-01T00:00:00Z", seed);
    subscribed(&f, name, PLAN_PRO, user_id);
    uses(&f, user_id);
    assert_int_equal(timeline_add(f.world, &entry, NULL), FAULT_NONE);
    advance(&f, "2026-03-04T05:06:07Z");
    uint64_t value = digest(f.world->store);
    fixture_close(&f);
    return value;
}

static void equal_histories_have_equal_digests_and_others_have_not(void **state)
{
    (void)state;
    uint64_t first = digest_of_history(1, "alice", NULL);
    assert_true(digest_of_history(1, "alice", NULL) == first);
    assert_true(digest_of_history(2, "alice", NULL) != first);
    assert_true(digest_of_history(1, "alicf", NULL) != first);
    assert_true(digest_of_history(1, "alice", "") != first);
}

/* What a request moved in memory goes back together with what it moved in the store. */
static void a_request_that_is_rolled_back_never_was(void **state)
{
    (void)state;
    struct fixture f;
    char first_id[USER_ID_BYTES];
    char second_id[USER_ID_BYTES];
    fixture_open(&f, "2026-01-01T00:00:00Z");
    request_end(&f);
    uint64_t before = digest(f.world->store);
    request_begin(&f);
    subscribed(&f, "alice", PLAN_PRO, first_id);
    advance(&f, "2026-02-01T00:00:00Z");
    f.world->reading->deviations[PENDING_STICKS] = true;
    assert_int_equal(world_save_reading(f.world), FAULT_NONE);
    world_rollback(f.world);
    assert_true(digest(f.world->store) == before);
    assert_int_equal(f.world->now_s, at("2026-01-01T00:00:00Z"));
    assert_false(f.world->reading->deviations[PENDING_STICKS]);
    request_begin(&f);
    subscribed(&f, "alice", PLAN_PRO, second_id);
    assert_string_equal(second_id, first_id);
    fixture_close(&f);
}

static void a_world_goes_on_where_its_file_left_it(void **state)
{
    (void)state;
    struct place place;
    struct problem problem = {0};
    struct reading reading;
    struct world_options options = {
        .reading = &reading, .seed = 5, .start_s = at("2026-01-01T00:00:00Z")};
    char ids[2][USER_ID_BYTES];
    place_open(&place);
    options.path = place.file;
    reading_init(&reading);
    for (size_t i = 0; i < 2; i++) {
        struct world *world = world_open(&options, &problem);
        assert_non_null(world);
        assert_int_equal(world->now_s,
                         at(i == 0 ? "2026-01-01T00:00:00Z" : "2026-01-02T00:00:00Z"));
        assert_int_equal(world->ids.seed, 5);
        assert_int_equal(world->reading->values[PRORATION_DAYS],
                         i == 0 ? DAYS_INCLUSIVE : DAYS_EXCLUSIVE);
        assert_int_equal(world_begin(world, "test", &problem), FAULT_NONE);
        assert_int_equal(user_create(world, "d-1234567890", i == 0 ? "a" : "b", NULL, "{}", ids[i]),
                         FAULT_NONE);
        assert_int_equal(agenda_advance(world, at("2026-01-02T00:00:00Z"), NULL), FAULT_NONE);
        world->reading->overrides[PRORATION_DAYS] = DAYS_EXCLUSIVE;
        assert_int_equal(world_save_reading(world), FAULT_NONE);
        assert_int_equal(world_commit(world), FAULT_NONE);
        world_close(world);
        options.seed = 99; /* and an own start: a file that holds a world keeps its own */
        options.start_s = at("2030-01-01T00:00:00Z");
    }
    assert_string_not_equal(ids[0], ids[1]);
    place_close(&place);
}

static void a_file_with_a_reading_of_another_version_is_refused_by_name(void **state)
{
    (void)state;
    static const char *const UNKNOWN[][3] = {{"edition", "kiro-2031-01", ""},
                                             {"timing", "leisurely", ""},
                                             {"deviation", "everything-is-free", ""},
                                             {"override", "price_of_tea", "high"},
                                             {"override", "proration_days", "lunar"}};
    for (size_t i = 0; i < sizeof UNKNOWN / sizeof UNKNOWN[0]; i++) {
        struct place place;
        struct problem problem = {0};
        struct reading reading;
        struct world_options options = {.reading = &reading, .seed = 1};
        place_open(&place);
        options.path = place.file;
        reading_init(&reading);
        world_close(world_open(&options, &problem));
        struct store *store = open_store(place.file);
        assert_int_equal(put_setting(store, UNKNOWN[i][0], UNKNOWN[i][1], UNKNOWN[i][2]),
                         FAULT_NONE);
        store_close(store);
        assert_null(world_open(&options, &problem));
        assert_non_null(strstr(problem.message, UNKNOWN[i][1]));
        place_close(&place);
    }
}

/* A world with a history, as the bytes of a file, and its digest. */
static void saved_world(char **image, size_t *bytes, uint64_t *value)
{
    struct fixture f;
    char user_id[USER_ID_BYTES];
    fixture_open_seeded(&f, "2026-01-01T00:00:00Z", 3);
    subscribed(&f, "alice", PLAN_PRO, user_id);
    uses(&f, user_id);
    advance(&f, "2026-03-04T05:06:07Z");
    f.world->reading->deviations[PENDING_STICKS] = true;
    assert_int_equal(world_save_reading(f.world), FAULT_NONE);
    assert_int_equal(world_save(f.world, image, bytes, value), FAULT_NONE);
    fixture_close(&f);
}

static void what_was_saved_is_restored(void **state)
{
    (void)state;
    struct fixture f;
    struct place place;
    char *image = NULL;
    size_t bytes = 0;
    uint64_t saved = 0;
    char ids[2][USER_ID_BYTES];
    saved_world(&image, &bytes, &saved);
    for (size_t i = 0; i < 2; i++) {
        char other_id[USER_ID_BYTES];
        fixture_open(&f, "2026-01-01T00:00:00Z");
        subscribed(&f, "bob", PLAN_POWER, other_id);
        assert_true(digest(f.world->store) != saved);
        assert_int_equal(world_restore(f.world, image, bytes), FAULT_NONE);
        assert_true(digest(f.world->store) == saved);
        assert_int_equal(f.world->now_s, at("2026-03-04T05:06:07Z"));
        assert_int_equal(f.world->ids.seed, 3);
        assert_true(f.world->reading->deviations[PENDING_STICKS]);
        request_end(&f);
        assert_true(digest(f.world->store) == saved);
        request_begin(&f);
        assert_int_equal(user_create(f.world, "d-1", "carl", NULL, "{}", ids[i]), FAULT_NONE);
        fixture_close(&f);
    }
    assert_string_equal(ids[0], ids[1]);
    place_open(&place);
    FILE *file = fopen(place.file, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(image, 1, bytes, file), bytes);
    assert_int_equal(fclose(file), 0);
    struct store *store = open_store(place.file);
    assert_true(digest(store) == saved);
    store_close(store);
    place_close(&place);
    free(image);
}

/* Whole, for the world that is rolled back: nothing of the file is left in it. */
static void expect_not_restored(const char *image, size_t bytes, const char *words)
{
    struct fixture f;
    char user_id[USER_ID_BYTES];
    fixture_open(&f, "2026-01-01T00:00:00Z");
    subscribed(&f, "bob", PLAN_POWER, user_id);
    request_end(&f);
    uint64_t before = digest(f.world->store);
    request_begin(&f);
    assert_int_equal(world_restore(f.world, image, bytes), FAULT_INVALID);
    if (strstr(f.problem.message, words) == NULL)
        fail_msg("not '%s' but '%s'", words, f.problem.message);
    world_rollback(f.world);
    assert_true(digest(f.world->store) == before);
    assert_int_equal(f.world->now_s, at("2026-01-01T00:00:00Z"));
    request_begin(&f);
    fixture_close(&f);
}

static void what_cannot_be_restored_is_refused_by_name(void **state)
{
    (void)state;
    enum { PAGE_BYTES = 4096, VERSION_AT = 60 };
    char *image = NULL;
    size_t bytes = 0;
    uint64_t saved = 0;
    saved_world(&image, &bytes, &saved);
    char *bent = mem_new(bytes);
    expect_not_restored("", 0, "no SQLite file");
    expect_not_restored(memset(bent, 'x', bytes), bytes, "no SQLite file");
    expect_not_restored(image, bytes / 2, "damaged");
    memcpy(bent, image, bytes);
    memset(bent + bytes - PAGE_BYTES, 0xFF, PAGE_BYTES);
    expect_not_restored(bent, bytes, "damaged");
    memcpy(bent, image, bytes);
    bent[bytes - PAGE_BYTES / 2] ^= 1;
    expect_not_restored(bent, bytes, "damaged");
    memcpy(bent, image, bytes);
    bent[VERSION_AT + 3] = 1; /* where SQLite keeps user_version */
    expect_not_restored(bent, bytes, "holds schema 1");
    free(bent);
    free(image);
}

static void a_world_too_large_is_not_saved(void **state)
{
    (void)state;
    struct store *store = open_store(NULL);
    char *image = NULL;
    size_t bytes = 0;
    assert_int_equal(store_save(store, 4096, &image, &bytes), FAULT_QUOTA);
    assert_null(image);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_made_once_and_opened_again),
        cmocka_unit_test(another_schema_is_refused_by_both_numbers),
        cmocka_unit_test(what_is_no_file_of_ours_is_refused_and_left_alone),
        cmocka_unit_test(one_file_is_for_one_server),
        cmocka_unit_test(a_commit_keeps_and_a_rollback_takes_back),
        cmocka_unit_test(a_row_that_is_there_already_is_a_conflict_and_no_more),
        cmocka_unit_test(a_failure_sticks_until_the_transaction_ends),
        cmocka_unit_test(texts_that_only_look_alike_have_other_digests),
        cmocka_unit_test(equal_histories_have_equal_digests_and_others_have_not),
        cmocka_unit_test(a_request_that_is_rolled_back_never_was),
        cmocka_unit_test(a_world_goes_on_where_its_file_left_it),
        cmocka_unit_test(a_file_with_a_reading_of_another_version_is_refused_by_name),
        cmocka_unit_test(what_was_saved_is_restored),
        cmocka_unit_test(what_cannot_be_restored_is_refused_by_name),
        cmocka_unit_test(a_world_too_large_is_not_saved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
