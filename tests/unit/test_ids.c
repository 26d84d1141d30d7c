/* SPDX-License-Identifier: MIT */
/* Ids depend on seed and counter alone, have AWS's forms, and do not repeat. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/ids.h"

static void the_same_seed_gives_the_same_ids(void **state)
{
    (void)state;
    struct ids one = {.seed = 7}, other = {.seed = 7};
    for (int i = 0; i < 100; i++) {
        char uuid[UUID_TEXT_BYTES], again[UUID_TEXT_BYTES];
        ids_uuid(&one, uuid);
        ids_uuid(&other, again);
        assert_string_equal(uuid, again);
    }
}

static void a_restart_goes_on_where_the_counter_was(void **state)
{
    (void)state;
    struct ids unbroken = {.seed = 7};
    for (int i = 0; i < 5; i++)
        ids_next(&unbroken);
    struct ids restarted = {.seed = 7, .counter = unbroken.counter};
    assert_int_equal(ids_next(&restarted), ids_next(&unbroken));
}

/* Keeps an id from changing unseen: golden outputs everywhere contain them. */
static void the_first_numbers_of_seed_0_are_those_of_splitmix64(void **state)
{
    (void)state;
    struct ids ids = {0};
    assert_true(ids_next(&ids) == UINT64_C(0xE220A8397B1DCDAF));
    assert_true(ids_next(&ids) == UINT64_C(0x6E789E6AA1B965F4));
    assert_true(ids_next(&ids) == UINT64_C(0x06C45D188009454F));
}

static void a_uuid_is_lower_case_version_4(void **state)
{
    (void)state;
    struct ids ids = {.seed = 1};
    for (int i = 0; i < 1000; i++) {
        char uuid[UUID_TEXT_BYTES];
        ids_uuid(&ids, uuid);
        assert_int_equal(strlen(uuid), 36);
        for (int at = 0; at < 36; at++) {
            const char *allowed = at == 8 || at == 13 || at == 18 || at == 23 ? "-"
                                  : at == 14                                  ? "4"
                                  : at == 19                                  ? "89ab"
                                                                              : "0123456789abcdef";
            assert_non_null(strchr(allowed, uuid[at]));
        }
    }
}

static void hex_and_upper_ids_have_the_length_and_characters_asked_for(void **state)
{
    (void)state;
    struct ids ids = {.seed = 1};
    for (size_t length = 0; length <= 40; length++) {
        char id[42];
        memset(id, '!', sizeof id);
        ids_hex(&ids, id, length);
        assert_int_equal(strlen(id), length);
        assert_int_equal(strspn(id, "0123456789abcdef"), length);
        assert_int_equal(id[length + 1], '!');
        memset(id, '!', sizeof id);
        ids_upper(&ids, id, length);
        assert_int_equal(strlen(id), length);
        assert_int_equal(strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"), length);
        assert_int_equal(id[length + 1], '!');
    }
}

static int compare_numbers(const void *left, const void *right)
{
    uint64_t one = *(const uint64_t *)left, other = *(const uint64_t *)right;
    return (one > other) - (one < other);
}

static void numbers_of_neighbouring_seeds_do_not_repeat(void **state)
{
    (void)state;
    enum { SEEDS = 10, EACH = 10000 };
    uint64_t *numbers = malloc(sizeof *numbers * SEEDS * EACH);
    assert_non_null(numbers);
    for (size_t seed = 0; seed < SEEDS; seed++) {
        struct ids ids = {.seed = seed};
        for (size_t i = 0; i < EACH; i++)
            numbers[seed * EACH + i] = ids_next(&ids);
    }
    qsort(numbers, SEEDS * EACH, sizeof *numbers, compare_numbers);
    for (size_t i = 1; i < SEEDS * EACH; i++)
        assert_true(numbers[i - 1] != numbers[i]);
    free(numbers);
}

static void the_hash_is_fnv_1a_and_tells_texts_apart_by_their_ends(void **state)
{
    (void)state;
    assert_true(hash_bytes(HASH_START, "", 0) == HASH_START);
    assert_true(hash_bytes(HASH_START, "a", 1) == UINT64_C(0xAF63DC4C8601EC8C));
    assert_true(hash_bytes(HASH_START, "foobar", 6) == UINT64_C(0x85944171F73967E8));
    assert_true(hash_bytes(hash_bytes(HASH_START, "foo", 3), "bar", 3) ==
                hash_bytes(HASH_START, "foobar", 6));
    assert_true(hash_text(hash_text(HASH_START, "a"), "b") !=
                hash_text(hash_text(HASH_START, "ab"), ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same_ids),
        cmocka_unit_test(a_restart_goes_on_where_the_counter_was),
        cmocka_unit_test(the_first_numbers_of_seed_0_are_those_of_splitmix64),
        cmocka_unit_test(a_uuid_is_lower_case_version_4),
        cmocka_unit_test(hex_and_upper_ids_have_the_length_and_characters_asked_for),
        cmocka_unit_test(numbers_of_neighbouring_seeds_do_not_repeat),
        cmocka_unit_test(the_hash_is_fnv_1a_and_tells_texts_apart_by_their_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
