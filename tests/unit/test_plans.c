/* SPDX-License-Identifier: MIT */
/*
 * No statement of the world walks a table that grows: cost follows the users touched, never the
 * size of the directory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "world/store/store.h"

/*
 * Statements that list everything on purpose, for the control surface or at the opening of a file;
 * the table each may walk.
 */
static const struct {
    const char *statement;
    const char *table;
} LISTS_ALL[] = {
    {"ASSIGNMENT_ALL", "assignment"},
    {"JOURNAL_DROPPED", "journal"}, /* its first row */
    {"PROFILE_ALL", "profile"},
    {"SEAT_ALL", "seat"},
    {"SETTING_LIST", "setting"},
    {"TIMELINE_ANY", "timeline"},
    {"WORLD_GET", "world"},
    {"WORLD_SET_CLOCK", "world"},
    {"WORLD_SET_IDS", "world"},
    {"ENTITLED", "x"}, /* the rows that its searches found for one user */
    {"PAIR_OWED", "x"},
    {"PAIR_OWED_AND_BELIEVED", "x"},
    {"USER_OF_OLD_NAME", "user"},
};

struct plans {
    unsigned lines;
    unsigned scans;
    bool used[sizeof LISTS_ALL / sizeof LISTS_ALL[0]];
};

/*
 * A SCAN with an index still walks every row; SEARCH goes straight to the few. Sub-selects and
 * sorters are no tables.
 */
static void see_line(void *self, const char *name, const char *line)
{
    struct plans *plans = self;
    plans->lines++;
    if (strncmp(line, "SCAN ", 5) != 0 || strstr(line, "CONSTANT ROW") != NULL ||
        strncmp(line, "SCAN (", 6) == 0)
        return;
    for (size_t i = 0; i < sizeof LISTS_ALL / sizeof LISTS_ALL[0]; i++) {
        size_t bytes = strlen(LISTS_ALL[i].table);
        if (strcmp(LISTS_ALL[i].statement, name) == 0 &&
            strncmp(line + 5, LISTS_ALL[i].table, bytes) == 0 &&
            (line[5 + bytes] == '\0' || line[5 + bytes] == ' ')) {
            plans->used[i] = true;
            return;
        }
    }
    plans->scans++;
    print_error("%s: %s\n", name, line);
}

static void no_statement_scans_a_table_that_grows(void **state)
{
    (void)state;
    struct problem problem = {0};
    struct plans plans = {0};
    struct store *store = store_open(NULL, &problem);
    assert_non_null(store);
    assert_int_equal(store_explain(store, see_line, &plans), FAULT_NONE);
    assert_true(plans.lines >= STATEMENT_COUNT / 2);
    assert_int_equal(plans.scans, 0);
    store_close(store);
}

static void every_exception_is_still_one(void **state)
{
    (void)state;
    struct problem problem = {0};
    struct plans plans = {0};
    struct store *store = store_open(NULL, &problem);
    assert_int_equal(store_explain(store, see_line, &plans), FAULT_NONE);
    for (size_t i = 0; i < sizeof LISTS_ALL / sizeof LISTS_ALL[0]; i++)
        if (!plans.used[i])
            fail_msg("%s does not scan %s: take it off the list", LISTS_ALL[i].statement,
                     LISTS_ALL[i].table);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_statement_scans_a_table_that_grows),
        cmocka_unit_test(every_exception_is_still_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
