/* SPDX-License-Identifier: MIT */
/* What a text leads to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/index.h"

enum { TEXTS = 10000 };

static void an_empty_index_leads_nowhere(void **state)
{
    (void)state;
    struct index index = {0};
    assert_null(index_get(&index, 0, ""));
    index_clear(&index);
}

static void every_text_leads_to_what_it_was_given_last(void **state)
{
    (void)state;
    static int values[TEXTS];
    struct index index = {0};
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < TEXTS; i++) {
            char text[16];
            snprintf(text, sizeof text, "%d", i);
            index_put(&index, 0, text, &values[round == 0 ? 0 : i]);
        }
    assert_int_equal(index.count, TEXTS);
    for (int i = 0; i < TEXTS; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        assert_ptr_equal(index_get(&index, 0, text), &values[i]);
    }
    assert_null(index_get(&index, 0, "10000"));
    index_clear(&index);
}

static void the_kinds_do_not_know_each_other(void **state)
{
    (void)state;
    int one = 1, other = 2;
    struct index index = {0};
    index_put(&index, 1, "main", &one);
    index_put(&index, 2, "main", &other);
    assert_ptr_equal(index_get(&index, 1, "main"), &one);
    assert_ptr_equal(index_get(&index, 2, "main"), &other);
    assert_null(index_get(&index, 3, "main"));
    index_clear(&index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_index_leads_nowhere),
        cmocka_unit_test(every_text_leads_to_what_it_was_given_last),
        cmocka_unit_test(the_kinds_do_not_know_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
