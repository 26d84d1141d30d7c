/* SPDX-License-Identifier: MIT */
/* The journal keeps the latest requests and counts the others. */
#include "world_fixture.h"

#include "world/rows/journal.h"

static void note_row(void *self, const struct journal_entry *entry)
{
    int64_t *rows = self;
    if (rows[0] == 0)
        rows[0] = entry->row;
    rows[1] = entry->row;
}

static void the_oldest_go_and_are_counted(void **state)
{
    (void)state;
    enum { BEYOND = 5 };
    struct fixture f;
    struct journal_entry entry = {.service = "sso", .operation = "ListInstances", .status = 200};
    struct journal_filter filter = {.limit = 2 * JOURNAL_MAX};
    int64_t rows[2] = {0};
    int64_t dropped = -1;
    fixture_open(&f, "2026-03-10T00:00:00Z");
    for (int i = 0; i < JOURNAL_MAX + BEYOND; i++)
        assert_int_equal(journal_add(f.world, &entry), FAULT_NONE);
    assert_int_equal(journal_each(f.world, &filter, note_row, rows), FAULT_NONE);
    assert_int_equal(rows[0], BEYOND + 1);
    assert_int_equal(rows[1], JOURNAL_MAX + BEYOND);
    assert_int_equal(journal_dropped(f.world, &dropped), FAULT_NONE);
    assert_int_equal(dropped, BEYOND);
    assert_int_equal(journal_clear(f.world), FAULT_NONE);
    assert_int_equal(journal_dropped(f.world, &dropped), FAULT_NONE);
    assert_int_equal(dropped, 0);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_oldest_go_and_are_counted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
