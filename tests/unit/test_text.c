/* SPDX-License-Identifier: MIT */
/* Texts that grow, texts that are cut (here and in a problem's message), and the folding of
 * case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/fault.h"
#include "base/mem.h"
#include "base/text.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

static void a_text_grows_by_every_kind_of_addition(void **state)
{
    (void)state;
    struct text text = {0};
    assert_string_equal(text_chars(&text), "");
    text_add(&text, "");
    assert_string_equal(text.chars, "");
    text_add(&text, "a seat");
    text_add_bytes(&text, ", charged", 2);
    text_addf(&text, "%d %s", 40, "USD");
    assert_string_equal(text_chars(&text), "a seat, 40 USD");
    assert_int_equal(text.bytes, strlen("a seat, 40 USD"));
    text_clear(&text);
    assert_string_equal(text_chars(&text), "");
    assert_int_equal(text.bytes, 0);
}

static void a_text_of_many_additions_is_whole(void **state)
{
    (void)state;
    enum { ADDITIONS = 10000 };
    struct text text = {0};
    for (int i = 0; i < ADDITIONS; i++)
        text_addf(&text, "%d,", i % 10);
    assert_int_equal(text.bytes, 2 * ADDITIONS);
    assert_int_equal(strlen(text.chars), 2 * ADDITIONS);
    for (size_t i = 0; i < ADDITIONS; i++)
        assert_int_equal(text.chars[2 * i], '0' + (int)(i % 10));
    text_clear(&text);
}

static void taking_the_chars_empties_the_text(void **state)
{
    (void)state;
    struct text text = {0};
    char *nothing = text_take(&text);
    assert_string_equal(nothing, "");
    text_add(&text, "something");
    char *something = text_take(&text);
    assert_string_equal(something, "something");
    assert_null(text.chars);
    assert_int_equal(text.bytes, 0);
    free(nothing);
    free(something);
}

struct cut {
    const char *from;
    size_t to_bytes;
    const char *kept;
};

static void a_copy_is_cut_between_characters(void **state)
{
    (void)state;
    static const struct cut CASES[] = {
        {"abc", 4, "abc"},
        {"abc", 3, "ab"},
        {"abc", 1, ""},
        {"", 1, ""},
        {"a\u00e9", 4, "a\u00e9"},
        {"a\u00e9", 3, "a"},
        {"a\u20ac", 5, "a\u20ac"},
        {"a\u20ac", 4, "a"},
        {"a\u20ac", 3, "a"},
        {"a\U0001F600", 6, "a\U0001F600"},
        {"a\U0001F600", 5, "a"},
        {"a\U0001F600", 3, "a"},
        {"\u00e9\u00e9", 4, "\u00e9"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char to[16];
        memset(to, '!', sizeof to);
        bool whole = text_copy(to, CASES[i].to_bytes, CASES[i].from);
        assert_string_equal(to, CASES[i].kept);
        assert_int_equal(whole, strcmp(CASES[i].from, CASES[i].kept) == 0);
        assert_int_equal(to[CASES[i].to_bytes], '!');
    }
}

static void a_problem_keeps_its_fault_and_cuts_its_message_between_characters(void **state)
{
    (void)state;
    struct problem problem = {0};
    assert_int_equal(problem_set(&problem, FAULT_CONFLICT, "%s has %d", "anna", 2), FAULT_CONFLICT);
    assert_string_equal(problem.message, "anna has 2");

    struct text endless = {0};
    for (int i = 0; i < PROBLEM_MESSAGE_BYTES; i++)
        text_add(&endless, "\u20ac");
    assert_int_equal(problem_set(&problem, FAULT_INVALID, "%s", endless.chars), FAULT_INVALID);
    assert_int_equal(strlen(problem.message), (PROBLEM_MESSAGE_BYTES - 1) / 3 * 3);
    assert_memory_equal(problem.message, endless.chars, strlen(problem.message));
    text_clear(&endless);
}

struct folding {
    const char *from;
    const char *folded;
};

static void texts_are_folded_to_lower_case(void **state)
{
    (void)state;
    static const struct folding CASES[] = {
        {"", ""},
        {"Anna.Example@EXAMPLE.com", "anna.example@example.com"},
        {"0-9_[@`{", "0-9_[@`{"},
        {"\u00c0\u00d6\u00d8\u00de", "\u00e0\u00f6\u00f8\u00fe"}, /* Latin-1 */
        {"\u00d7\u00f7\u00df\u00ff", "\u00d7\u00f7\u00df\u00ff"}, /* signs and lower case stay */
        {"\u0100\u0101\u0139\u013a", "\u0101\u0101\u013a\u013a"}, /* Latin Extended-A */
        {"\u014a\u0178\u017d", "\u014b\u00ff\u017e"},
        {"\u0130\u0131\u0138", "\u0130\u0131\u0138"},             /* no simple folding */
        {"\u0386\u0391\u03a9\u03ab", "\u03ac\u03b1\u03c9\u03cb"}, /* Greek */
        {"\u03a3\u03c2\u03c3", "\u03c3\u03c3\u03c3"},             /* the three sigmas */
        {"\u0401\u0410\u042f\u0460", "\u0451\u0430\u044f\u0461"}, /* Cyrillic */
        {"A\u20acB\U0001F600C", "a\u20acb\U0001F600c"},           /* longer characters stay */
        {"\u4e2d\u6587", "\u4e2d\u6587"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char *folded = text_fold(CASES[i].from);
        assert_string_equal(folded, CASES[i].folded);
        char *again = text_fold(folded);
        assert_string_equal(again, folded);
        free(again);
        free(folded);
    }
}

static void bytes_that_are_no_utf8_do_not_lead_past_the_end(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"\xC3", "A\xE2\x82", "\xF0\x9F", "\x80"};
    static const char *const FOLDED[] = {"\xC3", "a\xE2\x82", "\xF0\x9F", "\x80"};
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        char *exact = mem_text(TEXTS[i]);
        char *folded = text_fold(exact);
        assert_string_equal(folded, FOLDED[i]);
        free(folded);
        free(exact);
    }
}

static void memory_is_cleared_copied_and_printed(void **state)
{
    (void)state;
    unsigned char *fresh = mem_new(100);
    for (int i = 0; i < 100; i++)
        assert_int_equal(fresh[i], 0);
    free(fresh);
    assert_null(mem_text(NULL));
    char *copy = mem_text("copy");
    assert_string_equal(copy, "copy");
    free(copy);
    char *printed = mem_format("%s-%02d", "2026", 6);
    assert_string_equal(printed, "2026-06");
    free(printed);
}

static void an_array_grown_one_by_one_keeps_its_items(void **state)
{
    (void)state;
    size_t *items = NULL, capacity = 0;
    for (size_t count = 0; count < 1000; count++) {
        items = mem_grow(items, count, &capacity, sizeof *items);
        assert_true(capacity > count);
        items[count] = count;
    }
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    free(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_grows_by_every_kind_of_addition),
        cmocka_unit_test(a_text_of_many_additions_is_whole),
        cmocka_unit_test(taking_the_chars_empties_the_text),
        cmocka_unit_test(a_copy_is_cut_between_characters),
        cmocka_unit_test(a_problem_keeps_its_fault_and_cuts_its_message_between_characters),
        cmocka_unit_test(texts_are_folded_to_lower_case),
        cmocka_unit_test(bytes_that_are_no_utf8_do_not_lead_past_the_end),
        cmocka_unit_test(memory_is_cleared_copied_and_printed),
        cmocka_unit_test(an_array_grown_one_by_one_keeps_its_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
