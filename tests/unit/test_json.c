/* SPDX-License-Identifier: MIT */
/* The strict reader: what is refused and where, what is taken; positions, building, comparing,
 * printing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/ids.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

#include "json_documents.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

static struct json_document *parse(const char *chars, enum json_flags flags)
{
    struct json_error error = {0};
    struct json_document *document = json_parse(chars, strlen(chars), flags, &error);
    if (document == NULL)
        fail_msg("%s\nis refused at %u:%u: %s", chars, error.position.line, error.position.column,
                 error.message);
    return document;
}

static void check_bad(const struct bad *bad, size_t bytes)
{
    struct json_error error = {0};
    struct json_document *document = json_parse(bad->chars, bytes, bad->flags, &error);
    if (document != NULL)
        fail_msg("taken: %s", bad->chars);
    if (error.position.line != bad->line || error.position.column != bad->column ||
        strstr(error.message, bad->says) == NULL || strchr(error.message, '\n') != NULL)
        fail_msg("%s\nis refused at %u:%u: %s", bad->chars, error.position.line,
                 error.position.column, error.message);
}

static void bad_documents_are_refused_at_their_position(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(BAD_DOCUMENTS); i++)
        check_bad(&BAD_DOCUMENTS[i], strlen(BAD_DOCUMENTS[i].chars));
}

static void nul_bytes_are_refused_wherever_they_stand(void **state)
{
    (void)state;
    static const struct bad CASES[] = {
        {"[1,\0"
         "2]",
         1, 4, "a NUL character", 0},
        {"\"a\0"
         "b\"",
         1, 3, "a NUL character", 0},
        {"[12]\0\0", 1, 5, "a NUL character", 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        check_bad(&CASES[i], 6);
}

static void good_documents_are_taken_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(GOOD_DOCUMENTS); i++) {
        struct json_document *document = parse(GOOD_DOCUMENTS[i].chars, GOOD_DOCUMENTS[i].flags);
        char *printed = json_print(json_document_root(document));
        assert_string_equal(printed, GOOD_DOCUMENTS[i].printed);
        free(printed);
        json_document_free(document);
    }
}

static void only_the_bytes_given_are_read(void **state)
{
    (void)state;
    struct json_error error;
    struct json_document *document = json_parse("123]", 2, JSON_STRICT, &error);
    assert_non_null(document);
    assert_int_equal(json_integer(json_document_root(document)), 12);
    json_document_free(document);
}

static char *nested(int depth)
{
    struct text text = {0};
    for (int i = 0; i < depth; i++)
        text_add(&text, i % 2 == 0 ? "[" : "{\"a\":");
    for (int i = depth; i-- > 0;)
        text_add(&text, i % 2 == 0 ? (i == depth - 1 ? "1]" : "]") : (i == depth - 1 ? "1}" : "}"));
    return text_take(&text);
}

static void nesting_is_taken_to_its_limit_and_no_deeper(void **state)
{
    (void)state;
    char *deepest = nested(LIMIT_JSON_DEPTH);
    json_document_free(parse(deepest, JSON_STRICT));
    char *deeper = nested(LIMIT_JSON_DEPTH + 1);
    /* Each "[" is one column, each "{\"a\":" five. */
    struct bad bad = {deeper, 1, LIMIT_JSON_DEPTH / 2 * 6 + 1, "nested deeper than 64",
                      JSON_STRICT};
    check_bad(&bad, strlen(deeper));
    char *endless = calloc(1, LIMIT_BODY_BYTES + 1);
    assert_non_null(endless);
    memset(endless, '[', LIMIT_BODY_BYTES);
    bad = (struct bad){endless, 1, LIMIT_JSON_DEPTH + 1, "nested deeper than 64", JSON_STRICT};
    check_bad(&bad, LIMIT_BODY_BYTES);
    free(endless);
    free(deeper);
    free(deepest);
}

static void a_message_about_a_long_name_stays_utf8(void **state)
{
    (void)state;
    struct text text = {0};
    for (int twice = 0; twice < 2; twice++) {
        text_add(&text, twice == 0 ? "{\"" : ",\"");
        for (int i = 0; i < 500; i++)
            text_add(&text, "\u20ac");
        text_add(&text, "\":1");
    }
    text_add(&text, "}");
    struct json_error error;
    assert_null(json_parse(text.chars, text.bytes, JSON_STRICT, &error));
    struct json *message = json_new_text(error.message);
    char *printed = json_print(message);
    json_document_free(parse(printed, JSON_STRICT));
    free(printed);
    json_free(message);
    text_clear(&text);
}

static void positions_of_values_and_keys_are_found_by_pointer(void **state)
{
    (void)state;
    static const char CHARS[] = "{ // \u00e9\u00e9\n"
                                "  \"steps\": [1, {\"do\": \"use\"},\n"
                                "    /* \u20ac */ [ ], \"\u20ac\", true],\n"
                                "  \"a/b~c\" :\n"
                                "    {\"\": {\"x\": null}}, \"\u00e9\": 5\n"
                                "}\n";
    static const struct {
        const char *pointer;
        struct json_position value;
        struct json_position key;
    } CASES[] = {
        {"", {1, 1}, {1, 1}},
        {"/steps", {2, 12}, {2, 3}},
        {"/steps/0", {2, 13}, {2, 13}},
        {"/steps/1", {2, 16}, {2, 16}},
        {"/steps/1/do", {2, 23}, {2, 17}},
        {"/steps/2", {3, 13}, {3, 13}},
        {"/steps/3", {3, 18}, {3, 18}},
        {"/steps/4", {3, 23}, {3, 23}},
        {"/a~1b~0c", {5, 5}, {4, 3}},
        {"/a~1b~0c/", {5, 10}, {5, 6}},
        {"/a~1b~0c//x", {5, 16}, {5, 11}},
        {"/\u00e9", {5, 29}, {5, 24}},
        /* what is not there: the nearest ancestor */
        {"/nothing", {1, 1}, {1, 1}},
        {"/steps/5", {2, 12}, {2, 3}},
        {"/steps/01", {2, 12}, {2, 3}},
        {"/steps/-", {2, 12}, {2, 3}},
        {"/steps/1/d", {2, 16}, {2, 16}},
        {"/steps/1/do/deeper/still", {2, 23}, {2, 17}},
        {"/a", {1, 1}, {1, 1}},
        {"no pointer", {1, 1}, {1, 1}},
    };
    struct json_document *document = parse(CHARS, JSON_COMMENTS);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct json_position value = json_position(document, CASES[i].pointer);
        struct json_position key = json_key_position(document, CASES[i].pointer);
        if (value.line != CASES[i].value.line || value.column != CASES[i].value.column ||
            key.line != CASES[i].key.line || key.column != CASES[i].key.column)
            fail_msg("%s: value at %u:%u, key at %u:%u", CASES[i].pointer, value.line, value.column,
                     key.line, key.column);
    }
    json_document_free(document);
}

static void pointers_are_built_escaped_and_cut_at_their_size(void **state)
{
    (void)state;
    char pointer[24] = "";
    json_pointer_add(pointer, sizeof pointer, "steps");
    json_pointer_add_index(pointer, sizeof pointer, 12);
    json_pointer_add(pointer, sizeof pointer, "a/b~c");
    assert_string_equal(pointer, "/steps/12/a~1b~0c");
    json_pointer_add(pointer, sizeof pointer, "1234\u20ac9");
    assert_string_equal(pointer, "/steps/12/a~1b~0c/1234");
    json_pointer_add(pointer, sizeof pointer, "more");
    assert_string_equal(pointer, "/steps/12/a~1b~0c/1234/");
}

static void absent_values_read_as_nothing(void **state)
{
    (void)state;
    assert_int_equal(json_kind(NULL), JSON_NULL);
    assert_null(json_member(NULL, "a"));
    assert_null(json_text(NULL));
    assert_null(json_member_text(NULL, "a"));
    assert_true(json_number(NULL) == 0);
    assert_false(json_is_integer(NULL));
    assert_int_equal(json_integer(NULL), 0);
    assert_false(json_true(NULL));
    assert_int_equal(json_count(NULL), 0);
    assert_null(json_first(NULL));
    assert_null(json_next(NULL));
    assert_null(json_name(NULL));
    struct json *copy = json_copy(NULL);
    assert_int_equal(json_kind(copy), JSON_NULL);
    assert_non_null(copy);
    json_free(copy);
    json_free(NULL);
    json_document_free(NULL);
}

static void values_are_read_by_kind(void **state)
{
    (void)state;
    struct json_document *document = parse(
        "{\"name\":\"anna\",\"Name\":\"bert\",\"n\":40,\"half\":0.5,\"yes\":true,\"no\":false,"
        "\"none\":null,\"list\":[\"x\",[]],\"big\":1e300}",
        JSON_STRICT);
    const struct json *root = json_document_root(document);
    assert_int_equal(json_count(root), 9);
    assert_string_equal(json_member_text(root, "name"), "anna");
    assert_string_equal(json_member_text(root, "Name"), "bert");
    assert_null(json_member(root, "NAME"));
    assert_null(json_member_text(root, "n"));
    assert_int_equal(json_integer(json_member(root, "n")), 40);
    assert_false(json_is_integer(json_member(root, "half")));
    assert_true(json_number(json_member(root, "half")) == 0.5);
    assert_int_equal(json_integer(json_member(root, "half")), 0);
    assert_false(json_is_integer(json_member(root, "big")));
    assert_false(json_is_integer(json_member(root, "name")));
    assert_true(json_true(json_member(root, "yes")));
    assert_false(json_true(json_member(root, "no")));
    assert_int_equal(json_kind(json_member(root, "no")), JSON_BOOLEAN);
    assert_non_null(json_member(root, "none"));
    assert_int_equal(json_kind(json_member(root, "none")), JSON_NULL);
    const struct json *list = json_member(root, "list");
    assert_null(json_member(list, "x"));
    assert_null(json_name(json_first(list)));
    assert_string_equal(json_name(list), "list");
    assert_string_equal(json_text(json_first(list)), "x");
    assert_string_equal(json_kind_name(json_kind(json_next(json_first(list)))), "array");
    assert_null(json_next(json_next(json_first(list))));
    assert_null(json_name(root));
    json_document_free(document);
}

static void documents_are_built_and_members_replaced_in_place(void **state)
{
    (void)state;
    struct json *root = json_new_object();
    json_put_text(root, "b", "two");
    json_put_integer(root, "a", 1785542400);
    json_put_boolean(root, "t", true);
    json_put_text(root, "none", NULL);
    struct json *list = json_put(root, "list", json_new_array());
    json_push(list, json_new_number(0.25));
    json_push(list, json_copy(json_member(root, "b")));
    assert_null(json_name(json_next(json_first(list))));
    json_put(json_push(list, json_new_object()), "quote\"", json_new_null());
    json_put_text(root, "b", "three");
    char *printed = json_print(root);
    assert_string_equal(printed, "{\"b\":\"three\",\"a\":1785542400,\"t\":true,\"none\":null,"
                                 "\"list\":[0.25,\"two\",{\"quote\\\"\":null}]}");
    free(printed);
    char *pretty = json_print_pretty(root);
    assert_string_equal(pretty, "{\n"
                                "  \"b\": \"three\",\n"
                                "  \"a\": 1785542400,\n"
                                "  \"t\": true,\n"
                                "  \"none\": null,\n"
                                "  \"list\": [\n"
                                "    0.25,\n"
                                "    \"two\",\n"
                                "    {\n"
                                "      \"quote\\\"\": null\n"
                                "    }\n"
                                "  ]\n"
                                "}");
    free(pretty);
    json_free(root);
}

static void values_are_equal_whatever_the_order_of_members(void **state)
{
    (void)state;
    static const struct {
        const char *left;
        const char *right;
        bool equal;
    } CASES[] = {
        {"{\"a\":1,\"b\":[1,2]}", "{\"b\":[1,2],\"a\":1}", true},
        {"{\"a\":1}", "{\"a\":1,\"b\":2}", false},
        {"{\"a\":null}", "{\"b\":null}", false},
        {"{\"a\":null}", "{}", false},
        {"{\"a\":1}", "{\"A\":1}", false},
        {"[1,2]", "[2,1]", false},
        {"[1]", "[1,2]", false},
        {"[]", "{}", false},
        {"[]", "[]", true},
        {"1", "1.0", true},
        {"1", "\"1\"", false},
        {"9007199254740991", "9007199254740990", false},
        {"true", "false", false},
        {"null", "null", true},
        {"\"\\u0061\"", "\"a\"", true},
        {"\"a\"", "\"A\"", false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct json_document *left = parse(CASES[i].left, JSON_STRICT);
        struct json_document *right = parse(CASES[i].right, JSON_STRICT);
        const struct json *one = json_document_root(left), *other = json_document_root(right);
        if (json_equal(one, other) != CASES[i].equal || json_equal(other, one) != CASES[i].equal)
            fail_msg("%s against %s", CASES[i].left, CASES[i].right);
        json_document_free(left);
        json_document_free(right);
    }
}

static double random_number(struct ids *ids)
{
    double number;
    switch (ids_next(ids) % 3) {
    case 0:
        return (double)(int64_t)(ids_next(ids) % 2000) - 1000;
    case 1:
        return (double)(ids_next(ids) % ((UINT64_C(1) << 53) + 1));
    default:
        do {
            uint64_t bits = ids_next(ids);
            memcpy(&number, &bits, sizeof number);
            /* neither infinite, nor NaN, nor denormal */
        } while (!(number * 0 == 0) || (number < 1e-300 && number > -1e-300));
        return number;
    }
}

static char *random_chars(struct ids *ids)
{
    static const char *const PIECES[] = {
        "a",      "Z",      " ",          "\"",      "\\", "/",  "\n", "\t", "\b",   "\x1F",
        "\u00e9", "\u20ac", "\U0001F600", "\\u0000", "//", "/*", ",}", "~",  "\x7F", "\uFFFF"};
    struct text text = {0};
    for (uint64_t left = ids_next(ids) % 8; left > 0; left--)
        text_add(&text, PIECES[ids_next(ids) % COUNT(PIECES)]);
    return text_take(&text);
}

static struct json *random_value(struct ids *ids, int depth)
{
    uint64_t kind = ids_next(ids) % (depth > 0 ? 6 : 4);
    if (kind == 0)
        return json_new_null();
    if (kind == 1)
        return json_new_boolean(ids_next(ids) % 2 == 0);
    if (kind == 2)
        return json_new_number(random_number(ids));
    if (kind == 3) {
        char *chars = random_chars(ids);
        struct json *text = json_new_text(chars);
        free(chars);
        return text;
    }
    struct json *container = kind == 4 ? json_new_array() : json_new_object();
    for (uint64_t left = ids_next(ids) % 6; left > 0; left--) {
        struct json *child = random_value(ids, depth - 1);
        char *name = random_chars(ids);
        if (kind == 4)
            json_push(container, child);
        else
            json_put(container, name, child);
        free(name);
    }
    return container;
}

static void what_is_printed_is_parsed_back_equal(void **state)
{
    (void)state;
    struct ids ids = {.seed = 20260615};
    for (int i = 0; i < 3000; i++) {
        struct json *value = random_value(&ids, 5);
        char *plain = json_print(value);
        char *pretty = json_print_pretty(value);
        struct json_document *from_plain = parse(plain, JSON_STRICT);
        struct json_document *from_pretty = parse(pretty, JSON_COMMENTS);
        if (!json_equal(value, json_document_root(from_plain)) ||
            !json_equal(value, json_document_root(from_pretty)))
            fail_msg("document %d does not come back: %s", i, plain);
        char *again = json_print(json_document_root(from_pretty));
        assert_string_equal(again, plain);
        free(again);
        json_document_free(from_pretty);
        json_document_free(from_plain);
        free(pretty);
        free(plain);
        json_free(value);
    }
}

/* Nothing to expect of one mutant, except that the reader ends in order and never takes what it
 * cannot print back. */
static void damaged_documents_are_refused_or_taken_but_never_misread(void **state)
{
    (void)state;
    static const char BYTES[] = "{}[]\",:\\/*u0d8e.-+ \n\x01\x80\xC3\xE2\xF0\xFF";
    struct ids ids = {.seed = 4};
    int taken = 0, refused = 0;
    for (int i = 0; i < 5000; i++) {
        struct json *value = random_value(&ids, 4);
        char *chars = json_print_pretty(value);
        size_t bytes = strlen(chars);
        for (uint64_t left = ids_next(&ids) % 3; left > 0; left--)
            chars[ids_next(&ids) % bytes] = BYTES[ids_next(&ids) % sizeof BYTES];
        struct json_error error = {0};
        struct json_document *document =
            json_parse(chars, bytes, ids_next(&ids) % 2 ? JSON_COMMENTS : JSON_STRICT, &error);
        if (document != NULL) {
            char *printed = json_print(json_document_root(document));
            struct json_document *back = parse(printed, JSON_STRICT);
            assert_true(json_equal(json_document_root(document), json_document_root(back)));
            json_document_free(back);
            free(printed);
            taken++;
        } else {
            assert_true(error.position.line > 0 && error.position.column > 0);
            assert_true(error.message[0] != '\0');
            refused++;
        }
        json_document_free(document);
        free(chars);
        json_free(value);
    }
    assert_true(taken > 500 && refused > 500);
}

/* Bodies of the largest size in the shapes that tempt a reader into quadratic work. */
static char *largest(const char *shape)
{
    struct text text = {0};
    text_add(&text, shape[0] == '{' ? "{" : "[");
    for (unsigned i = 0; text.bytes < LIMIT_BODY_BYTES - 64; i++) {
        const char *separator = i == 0 ? "" : ",";
        if (shape[0] == '{')
            text_addf(&text, "%s\"key-%07u\":%u", separator, i, i);
        else
            text_addf(&text, "%s%s", separator, shape + 1);
    }
    text_add(&text, shape[0] == '{' ? "}" : "]");
    return text_take(&text);
}

static void the_largest_bodies_are_read_in_time_that_grows_with_their_size(void **state)
{
    (void)state;
    static const char *const SHAPES[] = {"{",      "[1",          "[[]", "[{\"a\":\"b\"}",
                                         "[/**/1", "[\"\\u00e9\""};
    /* A hundred times what it takes; quadratic work takes far longer than that. */
    enum { GENEROUS_S = 60 };
    for (size_t i = 0; i < COUNT(SHAPES); i++) {
        char *chars = largest(SHAPES[i]);
        clock_t start = clock();
        json_document_free(parse(chars, JSON_COMMENTS));
        if ((clock() - start) / CLOCKS_PER_SEC > GENEROUS_S)
            fail_msg("a body of the shape %s took too long", SHAPES[i]);
        free(chars);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_documents_are_refused_at_their_position),
        cmocka_unit_test(nul_bytes_are_refused_wherever_they_stand),
        cmocka_unit_test(good_documents_are_taken_whole),
        cmocka_unit_test(only_the_bytes_given_are_read),
        cmocka_unit_test(nesting_is_taken_to_its_limit_and_no_deeper),
        cmocka_unit_test(a_message_about_a_long_name_stays_utf8),
        cmocka_unit_test(positions_of_values_and_keys_are_found_by_pointer),
        cmocka_unit_test(pointers_are_built_escaped_and_cut_at_their_size),
        cmocka_unit_test(absent_values_read_as_nothing),
        cmocka_unit_test(values_are_read_by_kind),
        cmocka_unit_test(documents_are_built_and_members_replaced_in_place),
        cmocka_unit_test(values_are_equal_whatever_the_order_of_members),
        cmocka_unit_test(what_is_printed_is_parsed_back_equal),
        cmocka_unit_test(damaged_documents_are_refused_or_taken_but_never_misread),
        cmocka_unit_test(the_largest_bodies_are_read_in_time_that_grows_with_their_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
