/* SPDX-License-Identifier: MIT */
/* Records: what services keep and no seat depends on. */
#include "world_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "world/rows/records.h"

static struct world *opened(struct fixture *f)
{
    fixture_open(f, "2026-03-10T00:00:00Z");
    return f->world;
}

static bool note_key(void *self, const struct record *record)
{
    struct text *keys = self;
    text_addf(keys, "%s=%s ", record->key, record->value);
    return strcmp(record->key, "stop") != 0;
}

static void assert_listed(struct world *world, const char *scope, const char *expected)
{
    struct text keys = {0};
    assert_int_equal(record_each(world, "tag", scope, 0, note_key, &keys), FAULT_NONE);
    assert_string_equal(text_chars(&keys), expected);
    text_clear(&keys);
}

static void what_is_kept_is_read_back_in_order(void **state)
{
    (void)state;
    struct fixture f;
    struct world *world = opened(&f);
    char *value = NULL;
    assert_int_equal(record_put(world, "tag", "a", "b", "1"), FAULT_NONE);
    assert_int_equal(record_put(world, "tag", "a", "a", "2"), FAULT_NONE);
    assert_int_equal(record_put(world, "tag", "a", "b", "3"), FAULT_NONE);
    assert_int_equal(record_put(world, "tag", "other", "b", "4"), FAULT_NONE);
    assert_int_equal(record_put(world, "policy", "a", "b", "5"), FAULT_NONE);
    assert_int_equal(record_get(world, "tag", "a", "b", &value), FAULT_NONE);
    assert_string_equal(value, "3");
    free(value);
    assert_listed(world, "a", "b=3 a=2 ");
    fixture_close(&f);
}

static void a_list_ends_where_its_reader_stops(void **state)
{
    (void)state;
    struct fixture f;
    struct world *world = opened(&f);
    static const char *const KEYS[] = {"first", "stop", "last"};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(record_put(world, "tag", "a", KEYS[i], "1"), FAULT_NONE);
    assert_listed(world, "a", "first=1 stop=1 ");
    fixture_close(&f);
}

static void what_is_deleted_is_not_found(void **state)
{
    (void)state;
    struct fixture f;
    struct world *world = opened(&f);
    char *value = NULL;
    assert_int_equal(record_delete(world, "tag", "a", "b"), FAULT_NOT_FOUND);
    assert_int_equal(record_put(world, "tag", "a", "b", "1"), FAULT_NONE);
    assert_int_equal(record_put(world, "tag", "a", "c", "2"), FAULT_NONE);
    assert_int_equal(record_put(world, "tag", "other", "c", "3"), FAULT_NONE);
    assert_int_equal(record_delete(world, "tag", "a", "b"), FAULT_NONE);
    assert_int_equal(record_get(world, "tag", "a", "b", &value), FAULT_NOT_FOUND);
    assert_null(value);
    assert_int_equal(record_delete_scope(world, "a"), FAULT_NONE);
    assert_listed(world, "a", "");
    assert_listed(world, "other", "c=3 ");
    fixture_close(&f);
}

static bool note_scope(void *self, const struct record *record)
{
    struct text *scopes = self;
    text_addf(scopes, "%s=%s ", record->scope, record->value);
    return true;
}

static void assert_joined(struct world *world, const char *key, const char *expected)
{
    struct text scopes = {0};
    assert_int_equal(record_each_of_key(world, "assignment", key, 0, note_scope, &scopes),
                     FAULT_NONE);
    assert_string_equal(text_chars(&scopes), expected);
    text_clear(&scopes);
}

static void what_joins_two_things_is_found_from_both(void **state)
{
    (void)state;
    struct fixture f;
    struct world *world = opened(&f);
    assert_int_equal(record_put(world, "assignment", "ann", "app", "1"), FAULT_NONE);
    assert_int_equal(record_put(world, "assignment", "bob", "app", "2"), FAULT_NONE);
    assert_int_equal(record_put(world, "assignment", "ann", "other", "3"), FAULT_NONE);
    assert_int_equal(record_put(world, "tag", "ann", "app", "4"), FAULT_NONE);
    assert_joined(world, "app", "ann=1 bob=2 ");
    assert_int_equal(record_delete_scope(world, "bob"), FAULT_NONE);
    assert_joined(world, "app", "ann=1 ");
    assert_int_equal(record_delete_of_key(world, "assignment", "app"), FAULT_NONE);
    assert_joined(world, "app", "");
    assert_joined(world, "other", "ann=3 ");
    assert_listed(world, "ann", "app=4 ");
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept_is_read_back_in_order),
        cmocka_unit_test(a_list_ends_where_its_reader_stops),
        cmocka_unit_test(what_is_deleted_is_not_found),
        cmocka_unit_test(what_joins_two_things_is_found_from_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
