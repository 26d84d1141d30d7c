/* SPDX-License-Identifier: MIT */
/* Page tokens: they lead on through the list they were made for, and nowhere else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "wire/pages.h"
#include "wire/shapes.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

static const struct service DIRECTORY = {.name = "directory"};
static const struct service OTHER_SERVICE = {.name = "other"};
static const struct operation LIST_USERS = {.name = "ListUsers"};
static const struct operation LIST_GROUPS = {.name = "ListGroups"};

/* A call as its maker wants it; members that are NULL or 0 have the usual value. */
struct wanted {
    const char *json;
    const struct service *service;
    const struct operation *operation;
    const char *account;
    const char *region;
    uint64_t seed;
};

#define PLAIN "{\"Store\":\"d-1\",\"Filter\":{\"a\":[1,2]}}"

/* Read the page of a call; `token` is put into its input unless NULL. */
static enum fault read_page(const struct wanted *wanted, const char *token, struct page *out_page,
                            char path[PROBLEM_NAME_BYTES])
{
    struct json_error error;
    const char *chars = wanted->json != NULL ? wanted->json : PLAIN;
    struct json_document *document = json_parse(chars, strlen(chars), JSON_STRICT, &error);
    struct json *input = json_copy(json_document_root(document));
    if (token != NULL)
        json_put_text(input, "NextToken", token);
    struct call call = {.service = wanted->service != NULL ? wanted->service : &DIRECTORY,
                        .operation = wanted->operation != NULL ? wanted->operation : &LIST_USERS,
                        .account = wanted->account != NULL ? wanted->account : "123456789012",
                        .region = wanted->region != NULL ? wanted->region : "us-east-1",
                        .input = input};
    enum fault fault = page_read(&call, "NextToken", "MaxResults", 10, 50,
                                 wanted->seed != 0 ? wanted->seed : 1, out_page);
    memcpy(path, call.problem.path, PROBLEM_NAME_BYTES);
    json_free(input);
    json_document_free(document);
    return fault;
}

/* The token after row `last` of the usual call; a new text. */
static char *token_after(int64_t last)
{
    struct page page;
    char path[PROBLEM_NAME_BYTES];
    assert_int_equal(read_page(&(struct wanted){0}, NULL, &page, path), FAULT_NONE);
    struct call call = {.output = json_new_object()};
    page_put_next(&call, "NextToken", &page, last);
    char *token = mem_text(json_member_text(call.output, "NextToken"));
    json_free(call.output);
    return token;
}

static void the_first_page_begins_before_every_row(void **state)
{
    (void)state;
    struct page page;
    char path[PROBLEM_NAME_BYTES];
    assert_int_equal(read_page(&(struct wanted){0}, NULL, &page, path), FAULT_NONE);
    assert_int_equal(page.after, 0);
    assert_int_equal(page.size, 10);
    assert_int_equal(read_page(&(struct wanted){0}, "", &page, path), FAULT_NONE);
    assert_int_equal(page.after, 0);
}

static void the_size_is_asked_for_within_its_limit(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        int64_t size;
    } TABLE[] = {{"{\"MaxResults\":1}", 1},
                 {"{\"MaxResults\":50}", 50},
                 {"{\"MaxResults\":51}", 50},
                 {"{\"MaxResults\":null}", 10}};
    for (size_t i = 0; i < COUNT(TABLE); i++) {
        struct page page;
        char path[PROBLEM_NAME_BYTES];
        struct wanted wanted = {.json = TABLE[i].json};
        assert_int_equal(read_page(&wanted, NULL, &page, path), FAULT_NONE);
        assert_int_equal(page.size, TABLE[i].size);
    }
}

static void a_token_leads_on_behind_its_row(void **state)
{
    (void)state;
    static const int64_t ROWS[] = {1, 100, INT64_C(1) << 40, INT64_MAX};
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        struct page page;
        char path[PROBLEM_NAME_BYTES];
        char *token = token_after(ROWS[i]);
        assert_true(pattern_matches(NULL, &PATTERN_PAGE_TOKEN, token));
        assert_int_equal(read_page(&(struct wanted){0}, token, &page, path), FAULT_NONE);
        assert_int_equal(page.after, ROWS[i]);
        free(token);
    }
}

static void the_page_size_and_the_order_of_members_may_change(void **state)
{
    (void)state;
    static const char *const SAME[] = {
        "{\"Filter\":{\"a\":[1,2]},\"Store\":\"d-1\"}",
        "{\"Store\":\"d-1\",\"MaxResults\":7,\"Filter\":{\"a\":[1,2]}}",
        "{\"Store\":\"d-1\",\"Filter\":{\"a\":[1,2]},\"Unused\":null}"};
    char *token = token_after(5);
    for (size_t i = 0; i < COUNT(SAME); i++) {
        struct page page;
        char path[PROBLEM_NAME_BYTES];
        struct wanted wanted = {.json = SAME[i]};
        assert_int_equal(read_page(&wanted, token, &page, path), FAULT_NONE);
        assert_int_equal(page.after, 5);
    }
    free(token);
}

static void a_token_for_another_call_is_refused(void **state)
{
    (void)state;
    static const struct wanted OTHERS[] = {
        {.json = "{\"Store\":\"d-2\",\"Filter\":{\"a\":[1,2]}}"},
        {.json = "{\"Store\":\"d-1\",\"Filter\":{\"a\":[2,1]}}"},
        {.json = "{\"Store\":\"d-1\"}"},
        {.json = "{\"Store\":\"d-1\",\"Filter\":{\"a\":[1,2]},\"More\":1}"},
        {.service = &OTHER_SERVICE},
        {.operation = &LIST_GROUPS},
        {.account = "210987654321"},
        {.region = "eu-central-1"},
        {.seed = 2}};
    char *token = token_after(5);
    for (size_t i = 0; i < COUNT(OTHERS); i++) {
        struct page page;
        char path[PROBLEM_NAME_BYTES];
        assert_int_equal(read_page(&OTHERS[i], token, &page, path), FAULT_INVALID);
        assert_string_equal(path, "/NextToken");
    }
    free(token);
}

static void every_changed_character_is_noticed(void **state)
{
    (void)state;
    char *token = token_after(5);
    for (size_t i = 0; token[i] != '\0'; i++) {
        struct page page;
        char path[PROBLEM_NAME_BYTES];
        char kept = token[i];
        token[i] = kept == '0' ? '1' : '0';
        assert_int_equal(read_page(&(struct wanted){0}, token, &page, path), FAULT_INVALID);
        token[i] = kept;
    }
    free(token);
}

static void a_token_that_nobody_made_is_refused(void **state)
{
    (void)state;
    static const char *const FOREIGN[] = {"x",
                                          "5",
                                          "0000000000000005",
                                          "AAAA/BBBB+CCCC==",
                                          "00000000000000050000000000000005",
                                          "-0000000000000050000000000000005",
                                          "000000000000000500000000000000050"};
    for (size_t i = 0; i < COUNT(FOREIGN); i++) {
        struct page page;
        char path[PROBLEM_NAME_BYTES];
        assert_int_equal(read_page(&(struct wanted){0}, FOREIGN[i], &page, path), FAULT_INVALID);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_page_begins_before_every_row),
        cmocka_unit_test(the_size_is_asked_for_within_its_limit),
        cmocka_unit_test(a_token_leads_on_behind_its_row),
        cmocka_unit_test(the_page_size_and_the_order_of_members_may_change),
        cmocka_unit_test(a_token_for_another_call_is_refused),
        cmocka_unit_test(every_changed_character_is_noticed),
        cmocka_unit_test(a_token_that_nobody_made_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
