/* SPDX-License-Identifier: MIT */
/* The named patterns, the constraints with the words AWS has for them, and the check of answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/text.h"
#include "wire/patterns.h"
#include "wire/shapes.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])
#define UUID "6468d408-50b1-7045-2426-0123456789ab"

struct pattern_case {
    const struct pattern *pattern;
    const char *value;
    bool matches;
};

static const struct pattern_case PATTERN_CASES[] = {
    {&PATTERN_IDENTITY_STORE_ID, "d-1234567890", true},
    {&PATTERN_IDENTITY_STORE_ID, "d-abcdef0123", true},
    {&PATTERN_IDENTITY_STORE_ID, UUID, true},
    {&PATTERN_IDENTITY_STORE_ID, "d-123456789", false},
    {&PATTERN_IDENTITY_STORE_ID, "d-12345678901", false},
    {&PATTERN_IDENTITY_STORE_ID, "d-ABCDEF0123", false},
    {&PATTERN_IDENTITY_STORE_ID, "d-zzzzzzzzzz", false},
    {&PATTERN_IDENTITY_STORE_ID, "6468D408-50b1-7045-2426-0123456789ab", false},
    {&PATTERN_IDENTITY_STORE_ID, "", false},
    {&PATTERN_RESOURCE_ID, UUID, true},
    {&PATTERN_RESOURCE_ID, "6468D408-50B1-7045-2426-0123456789AB", true},
    {&PATTERN_RESOURCE_ID, "1234567890-" UUID, true},
    {&PATTERN_RESOURCE_ID, "123456789-" UUID, false},
    {&PATTERN_RESOURCE_ID, "ABCDEF7890-" UUID, false},
    {&PATTERN_RESOURCE_ID, UUID "0", false},
    {&PATTERN_RESOURCE_ID, "6468d408-50b1-7045-2426-0123456789a", false},
    {&PATTERN_RESOURCE_ID, "6468d40850b1704524260123456789ab", false},
    {&PATTERN_RESOURCE_ID, "alice", false},
    {&PATTERN_USER_NAME, "alice", true},
    {&PATTERN_USER_NAME, "alice@example.com", true},
    {&PATTERN_USER_NAME, "\u00C4nne-\u6F22\u5B57\u20AC!", true},
    {&PATTERN_USER_NAME, "\U0001F600", true},
    {&PATTERN_USER_NAME, "a b", false},
    {&PATTERN_USER_NAME, "a\tb", false},
    {&PATTERN_USER_NAME, "a\u00A0b", false},
    {&PATTERN_USER_NAME, "a\u00ADb", false},
    {&PATTERN_USER_NAME, "a\u200Db", false},
    {&PATTERN_USER_NAME, "a\u2028b", false},
    {&PATTERN_USER_NAME, "a\u2060b", false},
    {&PATTERN_USER_NAME, "a\u3000b", false},
    {&PATTERN_USER_NAME, "a\uE000b", false},
    {&PATTERN_USER_NAME, "a\uFEFFb", false},
    {&PATTERN_USER_NAME, "a\uFFFFb", false},
    {&PATTERN_USER_NAME, "a\U0001FFFEb", false},
    {&PATTERN_USER_NAME, "a\U000E0041b", false},
    {&PATTERN_USER_NAME, "a\U00100000b", false},
    {&PATTERN_USER_NAME, "a\xC2\x85z", false},
    {&PATTERN_USER_NAME, "a\x7Fz", false},
    {&PATTERN_USER_NAME, "\xC3", false},
    {&PATTERN_USER_NAME, "", false},
    {&PATTERN_GROUP_NAME, "the devs\t\n\r\u00A0!", true},
    {&PATTERN_GROUP_NAME, "the\u3000devs", false},
    {&PATTERN_GROUP_NAME, "the\vdevs", false},
    {&PATTERN_GROUP_NAME, "", false},
    {&PATTERN_TEXT, "Ana\u3000Example", true},
    {&PATTERN_TEXT, "Ana\u2003Example", false},
    {&PATTERN_TEXT, "Ana\x01", false},
    {&PATTERN_PAGE_TOKEN, "", true},
    {&PATTERN_PAGE_TOKEN, "aZ09+=/:_-", true},
    {&PATTERN_PAGE_TOKEN, "a b", false},
    {&PATTERN_PAGE_TOKEN, "a.b", false},
    {&PATTERN_INSTANCE_ARN, "arn:aws:sso:::instance/ssoins-0123456789abcdef", true},
    {&PATTERN_INSTANCE_ARN, "arn:aws:sso:::instance/ins-0123456789ABC-.Z", true},
    {&PATTERN_INSTANCE_ARN, "arn:aws:sso:::instance/ssoins-0123456789abcde", false},
    {&PATTERN_INSTANCE_ARN, "arn:aws:sso:::instance/ssoins-0123456789abcdef0", false},
    {&PATTERN_INSTANCE_ARN, "arn:aws:sso:::instance/ssossoins-0123456789abcd", false},
    {&PATTERN_INSTANCE_ARN, "arn:aws:sso::123456789012:instance/ssoins-0123456789abcdef", false},
    {&PATTERN_INSTANCE_NAME, "Main_1+=,.@-", true},
    {&PATTERN_INSTANCE_NAME, "Main 1", false},
    {&PATTERN_INSTANCE_NAME, "", false},
    {&PATTERN_CLIENT_TOKEN, "!~9", true},
    {&PATTERN_CLIENT_TOKEN, "a b", false},
    {&PATTERN_CLIENT_TOKEN, "\u00E4", false},
    {&PATTERN_CLIENT_TOKEN, "", false},
    {&PATTERN_TAG, "", true},
    {&PATTERN_TAG, "cost centre_.:/=+-@\u00E4\u00A0", true},
    {&PATTERN_TAG, "a;b", false},
    {&PATTERN_TAG, "a\tb", false},
    {&PATTERN_TAG, "a\xFF", false},
    {&PATTERN_ATTRIBUTE_PATH, "userName", true},
    {&PATTERN_ATTRIBUTE_PATH, "name.givenName", true},
    {&PATTERN_ATTRIBUTE_PATH, "a.b.c", true},
    {&PATTERN_ATTRIBUTE_PATH, "aws:identitystore:enterprise.manager.value.x", true},
    {&PATTERN_ATTRIBUTE_PATH, "a.b.c.d", false},
    {&PATTERN_ATTRIBUTE_PATH, "emails[0]", false},
    {&PATTERN_ATTRIBUTE_PATH, "name.", false},
    {&PATTERN_ATTRIBUTE_PATH, ".name", false},
    {&PATTERN_ATTRIBUTE_PATH, "aws:identitystore", false},
    {&PATTERN_ATTRIBUTE_PATH, "aws:identitystore:e.a.b.c.d", false},
    {&PATTERN_ATTRIBUTE_PATH, "", false},
    {&PATTERN_EXTENSION_NAME, "aws:identitystore:enterprise", true},
    {&PATTERN_EXTENSION_NAME, "aws:identitystore:", false},
    {&PATTERN_EXTENSION_NAME, "aws:identitystore:abcdefghijklmnopqrstu", false},
    {&PATTERN_EXTENSION_NAME, "aws:identitystore:Enterprise", false},
    {&PATTERN_BIRTHDATE, "1969-12-31", true},
    {&PATTERN_BIRTHDATE, "2000-02-29", true},
    {&PATTERN_BIRTHDATE, "2024-02-29", true},
    {&PATTERN_BIRTHDATE, "1900-02-29", false},
    {&PATTERN_BIRTHDATE, "2023-02-29", false},
    {&PATTERN_BIRTHDATE, "2023-04-31", false},
    {&PATTERN_BIRTHDATE, "2023-13-01", false},
    {&PATTERN_BIRTHDATE, "2023-00-01", false},
    {&PATTERN_BIRTHDATE, "2023-01-00", false},
    {&PATTERN_BIRTHDATE, "2023-1-1", false},
    {&PATTERN_BIRTHDATE, "2023-01-01T", false},
    {&PATTERN_PROFILE_ARN, "arn:aws:codewhisperer:us-east-1:123456789012:profile/ABCDEFGH1234",
     true},
    {&PATTERN_PROFILE_ARN, "arn:aws:transform:eu-central-1:123456789012:profile/ABCDEFGH1234",
     true},
    {&PATTERN_PROFILE_ARN, "arn:aws:codewhisperer:us-east-1:123456789012:profile/abcdefgh1234",
     false},
    {&PATTERN_PROFILE_ARN, "arn:aws:codewhisperer:us-east-1:123456789012:profile/ABCDEFGH123",
     false},
    {&PATTERN_PROFILE_ARN, "arn:aws:codewhisperer:us-east-1:12345678901:profile/ABCDEFGH1234",
     false},
    {&PATTERN_PROFILE_ARN, "arn:aws:q:us-east-1:123456789012:profile/ABCDEFGH1234", false},
    {&PATTERN_PROFILE_ARN, "arn:aws:codewhisperer::123456789012:profile/ABCDEFGH1234", false},
    {&PATTERN_PROFILE_NAME, "Kiro_1-x", true},
    {&PATTERN_PROFILE_NAME, "1Kiro", false},
    {&PATTERN_PROFILE_NAME, "Kiro 1", false},
    {&PATTERN_DESCRIPTION, "the first one_-\n2", true},
    {&PATTERN_DESCRIPTION, "50%", false},
    {&PATTERN_REGION, "us-east-1", true},
    {&PATTERN_REGION, "US-east-1", false},
    {&PATTERN_REGION, "", false}};

static void every_pattern_takes_what_its_model_takes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(PATTERN_CASES); i++) {
        const struct pattern_case *row = &PATTERN_CASES[i];
        if (pattern_matches(NULL, row->pattern, row->value) != row->matches)
            fail_msg("'%s' against %s: expected %s", row->value, row->pattern->text,
                     row->matches ? "a match" : "none");
    }
}

static void code_points_are_counted_not_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t points;
    } TABLE[] = {{"", 0}, {"abc", 3}, {"\u00E4\u6F22\U0001F600", 3}, {"a\xFF\xFEz", 4}};
    for (size_t i = 0; i < COUNT(TABLE); i++)
        assert_int_equal(utf8_count(TABLE[i].text), TABLE[i].points);
}

static void only_well_formed_utf8_is_decoded(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t bytes;
        uint32_t point;
    } TABLE[] = {{"a", 1, 'a'},
                 {"\xC2\x80", 2, 0x80},
                 {"\xEF\xBF\xBD", 3, 0xFFFD},
                 {"\xF4\x8F\xBF\xBF", 4, 0x10FFFF},
                 {"\x80", 0, 0},
                 {"\xC0\xAF", 0, 0},
                 {"\xC1\xBF", 0, 0},
                 {"\xE0\x80\xAF", 0, 0},
                 {"\xED\xA0\x80", 0, 0},
                 {"\xF0\x80\x80\x80", 0, 0},
                 {"\xF4\x90\x80\x80", 0, 0},
                 {"\xF8\x88\x80\x80\x80", 0, 0},
                 {"\xE2\x82", 0, 0}};
    for (size_t i = 0; i < COUNT(TABLE); i++) {
        uint32_t point = 0;
        assert_int_equal(utf8_next(TABLE[i].text, &point), TABLE[i].bytes);
        assert_int_equal(point, TABLE[i].point);
    }
}

static const char *const KINDS[] = {"USER", "GROUP", NULL};
static const struct shape ITEM_MEMBERS[] = {
    {.name = "AttributePath", .required = true, .max = 4, .sensitive = true},
    {.name = "AttributeValue", .kind = SHAPE_DOCUMENT},
    {0}};
static const struct shape ITEM[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = ITEM_MEMBERS}};
static const struct shape CHOICE_MEMBERS[] = {{.name = "UserId"}, {.name = "GroupId"}, {0}};
static const struct shape SECRET_MEMBERS[] = {{.name = "Word", .max = 2}, {0}};
static const struct shape COUNTS[] = {{.name = "value", .kind = SHAPE_INTEGER, .min = 1, .max = 9}};
static const struct shape MEMBERS[] = {
    {.name = "Name", .min = 1, .max = 4, .pattern = &PATTERN_REGION},
    {.name = "Secret", .sensitive = true, .max = 3},
    {.name = "Hidden", .kind = SHAPE_STRUCTURE, .sensitive = true, .members = SECRET_MEMBERS},
    {.name = "Size", .kind = SHAPE_INTEGER, .min = 1, .max = 100},
    {.name = "Free", .kind = SHAPE_INTEGER},
    {.name = "Share", .kind = SHAPE_NUMBER},
    {.name = "Flag", .kind = SHAPE_BOOLEAN},
    {.name = "At", .kind = SHAPE_TIMESTAMP},
    {.name = "Type", .values = KINDS},
    {.name = "Operations", .kind = SHAPE_LIST, .min = 1, .max = 2, .members = ITEM},
    {.name = "MemberId", .kind = SHAPE_UNION, .members = CHOICE_MEMBERS},
    {.name = "Counts", .kind = SHAPE_MAP, .max = 2, .members = COUNTS},
    {.name = "Any", .kind = SHAPE_DOCUMENT},
    {0}};
static const struct shape NEEDY[] = {{.name = "IdentityStoreId", .required = true},
                                     {.name = "UserName", .required = true, .sensitive = true},
                                     {.name = "Value", .kind = SHAPE_DOCUMENT, .required = true},
                                     {0}};

struct shape_case {
    const char *json;
    enum fault fault;
    const char *message; /* the items after "… detected: " where the fault is FAULT_INVALID */
    const char *path;
};

#define MUST "failed to satisfy constraint: Member must "

static const struct shape_case INPUT_CASES[] = {
    {"{}", FAULT_NONE, "", ""},
    {"{\"Name\":null,\"Operations\":null,\"MemberId\":null}", FAULT_NONE, "", ""},
    {"{\"Name\":\"eu-1\",\"Size\":100,\"Free\":-5,\"Share\":0.5,\"Flag\":false,\"At\":1.5,"
     "\"Type\":\"USER\",\"Operations\":[{\"AttributePath\":\"a\",\"AttributeValue\":[1]}],"
     "\"MemberId\":{\"UserId\":\"u\",\"GroupId\":null},\"Counts\":{\"a\":9},\"Any\":{}}",
     FAULT_NONE, "", ""},
    {"{\"Unknown\":{\"deep\":[1]}}", FAULT_NONE, "", ""},
    {"{\"At\":\"2026-01-02T03:04:05Z\"}", FAULT_NONE, "", ""},
    {"{\"At\":\"yesterday\"}", FAULT_SERIALIZATION, "STRING_VALUE cannot be converted to Timestamp",
     "/At"},
    {"{\"Name\":5}", FAULT_SERIALIZATION, "NUMBER_VALUE cannot be converted to String", "/Name"},
    {"{\"Name\":true}", FAULT_SERIALIZATION, "TRUE_VALUE cannot be converted to String", "/Name"},
    {"{\"Name\":false}", FAULT_SERIALIZATION, "FALSE_VALUE cannot be converted to String", "/Name"},
    {"{\"Name\":[]}", FAULT_SERIALIZATION, "START_ARRAY cannot be converted to String", "/Name"},
    {"{\"Size\":\"5\"}", FAULT_SERIALIZATION, "STRING_VALUE cannot be converted to Integer",
     "/Size"},
    {"{\"Size\":1.5}", FAULT_SERIALIZATION, "NUMBER_VALUE cannot be converted to Integer", "/Size"},
    {"{\"Share\":\"1\"}", FAULT_SERIALIZATION, "STRING_VALUE cannot be converted to Double",
     "/Share"},
    {"{\"Flag\":\"true\"}", FAULT_SERIALIZATION, "STRING_VALUE cannot be converted to Boolean",
     "/Flag"},
    {"{\"Operations\":{}}", FAULT_SERIALIZATION, "START_OBJECT cannot be converted to List",
     "/Operations"},
    {"{\"Operations\":[{},7]}", FAULT_SERIALIZATION,
     "NUMBER_VALUE cannot be converted to Structure", "/Operations/1"},
    {"{\"MemberId\":\"u\"}", FAULT_SERIALIZATION, "STRING_VALUE cannot be converted to Union",
     "/MemberId"},
    {"{\"Counts\":[]}", FAULT_SERIALIZATION, "START_ARRAY cannot be converted to Map", "/Counts"},
    {"{\"Counts\":{\"x\":\"1\"}}", FAULT_SERIALIZATION,
     "STRING_VALUE cannot be converted to Integer", "/Counts/x"},
    /* Kinds come before constraints, the first of them alone. */
    {"{\"Size\":\"x\",\"Name\":\"\",\"Flag\":1}", FAULT_SERIALIZATION,
     "STRING_VALUE cannot be converted to Integer", "/Size"},
    {"{\"Name\":\"eu-11\"}", FAULT_INVALID,
     "Value 'eu-11' at 'name' " MUST "have length less than or equal to 4", "/Name"},
    {"{\"Name\":\"EU\"}", FAULT_INVALID,
     "Value 'EU' at 'name' " MUST "satisfy regular expression pattern: [a-z0-9-]+", "/Name"},
    {"{\"Secret\":\"four\"}", FAULT_INVALID,
     "Value at 'secret' " MUST "have length less than or equal to 3", "/Secret"},
    {"{\"Hidden\":{\"Word\":\"xyz\"}}", FAULT_INVALID,
     "Value at 'hidden.word' " MUST "have length less than or equal to 2", "/Hidden/Word"},
    {"{\"Secret\":\"\u00E4\u6F22\U0001F600\"}", FAULT_NONE, "", ""},
    {"{\"Size\":0}", FAULT_INVALID,
     "Value '0' at 'size' " MUST "have value greater than or equal to 1", "/Size"},
    {"{\"Size\":101}", FAULT_INVALID,
     "Value '101' at 'size' " MUST "have value less than or equal to 100", "/Size"},
    {"{\"Type\":\"user\"}", FAULT_INVALID,
     "Value 'user' at 'type' " MUST "satisfy enum value set: [USER, GROUP]", "/Type"},
    {"{\"Operations\":[]}", FAULT_INVALID,
     "Value '[]' at 'operations' " MUST "have length greater than or equal to 1", "/Operations"},
    {"{\"Operations\":[null]}", FAULT_INVALID,
     "Value null at 'operations.1.member' " MUST "not be null", "/Operations/0"},
    {"{\"Operations\":[{\"AttributePath\":\"a\"},{}]}", FAULT_INVALID,
     "Value at 'operations.2.member.attributePath' " MUST "not be null",
     "/Operations/1/AttributePath"},
    {"{\"MemberId\":{}}", FAULT_INVALID,
     "Value '{}' at 'memberId' " MUST "have exactly one member set", "/MemberId"},
    {"{\"MemberId\":{\"UserId\":\"u\",\"GroupId\":\"g\"}}", FAULT_INVALID,
     "Value '{\"UserId\":\"u\",\"GroupId\":\"g\"}' at 'memberId' " MUST
     "have exactly one member set",
     "/MemberId"},
    {"{\"Counts\":{\"a\":1,\"b\":1,\"C/d\":0}}", FAULT_INVALID,
     "Value '{\"a\":1,\"b\":1,\"C/d\":0}' at 'counts' " MUST "have length less than or equal to 2; "
     "Value '0' at 'counts.C/d' " MUST "have value greater than or equal to 1",
     "/Counts"},
    {"{\"Counts\":{\"C/d\":0}}", FAULT_INVALID,
     "Value '0' at 'counts.C/d' " MUST "have value greater than or equal to 1", "/Counts/C~1d"}};

/* Parse, check with `check`, compare fault, message and path. */
static void expect(const struct shape *members, const struct shape_case *row, bool strict,
                   bool output)
{
    struct problem problem = {0};
    struct json_error error;
    struct json_document *document = json_parse(row->json, strlen(row->json), JSON_STRICT, &error);
    if (document == NULL)
        fail_msg("%s: %s", row->json, error.message);
    const struct json *root = json_document_root(document);
    enum fault fault = output ? shape_check_output(NULL, members, root, &problem)
                              : shape_check(NULL, members, root, strict, &problem);
    const char *message = problem.message;
    if (row->fault == FAULT_INVALID) {
        const char *items = strstr(message, " detected: ");
        message = items == NULL ? message : items + strlen(" detected: ");
    }
    if (fault != row->fault || strcmp(message, row->message) != 0 ||
        strcmp(problem.path, row->path) != 0)
        fail_msg("%s:\nfault %d, expected %d\n'%s' at '%s', expected\n'%s' at '%s'", row->json,
                 (int)fault, (int)row->fault, message, problem.path, row->message, row->path);
    json_document_free(document);
}

static void an_input_is_told_what_aws_would_tell(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(INPUT_CASES); i++)
        expect(MEMBERS, &INPUT_CASES[i], false, false);
}

static void what_is_required_is_named_by_its_place(void **state)
{
    (void)state;
    static const struct shape_case TABLE[] = {
        {"{\"IdentityStoreId\":\"\",\"UserName\":\"\",\"Value\":0}", FAULT_NONE, "", ""},
        {"{}", FAULT_INVALID,
         "Value null at 'identityStoreId' " MUST "not be null; Value at 'userName' " MUST
         "not be null; Value null at 'value' " MUST "not be null",
         "/IdentityStoreId"},
        {"{\"IdentityStoreId\":\"d\",\"UserName\":null,\"Value\":1}", FAULT_INVALID,
         "Value at 'userName' " MUST "not be null", "/UserName"},
        {"{\"IdentityStoreId\":\"d\",\"UserName\":\"u\",\"Value\":null}", FAULT_INVALID,
         "Value null at 'value' " MUST "not be null", "/Value"}};
    for (size_t i = 0; i < COUNT(TABLE); i++)
        expect(NEEDY, &TABLE[i], false, false);
}

static void a_strict_check_refuses_unknown_members_by_name(void **state)
{
    (void)state;
    static const struct shape_case TABLE[] = {
        {"{\"UserId\":\"u\"}", FAULT_NONE, "", ""},
        {"{\"UserId\":null}", FAULT_NONE, "", ""},
        {"{\"userId\":\"u\"}", FAULT_INVALID,
         "Member 'userId' is not known; expected one of [UserId, GroupId]", "/userId"},
        {"{\"a/b\":null}", FAULT_INVALID,
         "Member 'a/b' is not known; expected one of [UserId, GroupId]", "/a~1b"}};
    static const struct shape_case NOTHING = {"{\"x\":1}", FAULT_INVALID,
                                              "Member 'x' is not known; expected one of []", "/x"};
    for (size_t i = 0; i < COUNT(TABLE); i++)
        expect(CHOICE_MEMBERS, &TABLE[i], true, false);
    expect(NULL, &NOTHING, true, false);
}

static void a_call_without_members_takes_any_object(void **state)
{
    (void)state;
    static const struct shape_case ROW = {"{\"x\":1}", FAULT_NONE, "", ""};
    expect(NULL, &ROW, false, false);
}

static void an_answer_has_no_nulls_and_nothing_undeclared(void **state)
{
    (void)state;
    static const struct shape_case TABLE[] = {
        {"{}", FAULT_NONE, "", ""},
        {"{\"Name\":\"eu\",\"At\":1700000000,\"Any\":null}", FAULT_NONE, "", ""},
        {"{\"Name\":null}", FAULT_INVALID, "Value null at 'name' " MUST "not be null", "/Name"},
        {"{\"At\":\"2026-01-02T03:04:05Z\"}", FAULT_SERIALIZATION,
         "STRING_VALUE cannot be converted to Timestamp", "/At"},
        {"{\"MemberId\":{\"UserId\":\"u\",\"RoleId\":\"r\"}}", FAULT_INVALID,
         "Member 'memberId.RoleId' is not known; expected one of [UserId, GroupId]",
         "/MemberId/RoleId"}};
    static const struct shape_case MISSING = {
        "{\"IdentityStoreId\":\"d\",\"UserName\":\"u\"}", FAULT_INVALID,
        "Value null at 'value' " MUST "not be null", "/Value"};
    for (size_t i = 0; i < COUNT(TABLE); i++)
        expect(MEMBERS, &TABLE[i], false, true);
    expect(NEEDY, &MISSING, false, true);
}

static void violations_are_counted_beyond_those_that_are_named(void **state)
{
    (void)state;
    enum { WRONG = LIMIT_VALIDATION_ITEMS + 15 };
    static const struct shape NUMBERS[] = {{.name = "L", .kind = SHAPE_LIST, .members = COUNTS},
                                           {0}};
    struct problem problem = {0};
    struct json *input = json_new_object();
    struct json *list = json_put(input, "L", json_new_array());
    for (int i = 0; i < WRONG; i++)
        json_push(list, json_new_integer(10));
    assert_int_equal(shape_check(NULL, NUMBERS, input, false, &problem), FAULT_INVALID);
    char start[64];
    snprintf(start, sizeof start, "%d validation errors detected: ", WRONG);
    assert_memory_equal(problem.message, start, strlen(start));
    assert_null(strstr(problem.message, "'l.21.member'"));
    json_free(input);
}

static void one_violation_is_singular(void **state)
{
    (void)state;
    struct problem problem = {0};
    struct json *input = json_new_object();
    json_put_integer(input, "Size", 0);
    assert_int_equal(shape_check(NULL, MEMBERS, input, false, &problem), FAULT_INVALID);
    assert_string_equal(problem.message, "1 validation error detected: Value '0' at 'size' " MUST
                                         "have value greater than or equal to 1");
    json_free(input);
}

static void a_long_value_is_cut_between_characters(void **state)
{
    (void)state;
    struct problem problem = {0};
    struct text long_name = {0};
    for (int i = 0; i < 400; i++)
        text_add(&long_name, "\u00E4");
    struct json *input = json_new_object();
    json_put_text(input, "Name", text_chars(&long_name));
    assert_int_equal(shape_check(NULL, MEMBERS, input, false, &problem), FAULT_INVALID);
    for (const char *at = problem.message; *at != '\0';) {
        uint32_t point;
        size_t bytes = utf8_next(at, &point);
        assert_int_not_equal(bytes, 0);
        at += bytes;
    }
    assert_non_null(strstr(problem.message, "have length less than or equal to 4"));
    json_free(input);
    text_clear(&long_name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pattern_takes_what_its_model_takes),
        cmocka_unit_test(code_points_are_counted_not_bytes),
        cmocka_unit_test(only_well_formed_utf8_is_decoded),
        cmocka_unit_test(an_input_is_told_what_aws_would_tell),
        cmocka_unit_test(what_is_required_is_named_by_its_place),
        cmocka_unit_test(a_strict_check_refuses_unknown_members_by_name),
        cmocka_unit_test(a_call_without_members_takes_any_object),
        cmocka_unit_test(an_answer_has_no_nulls_and_nothing_undeclared),
        cmocka_unit_test(violations_are_counted_beyond_those_that_are_named),
        cmocka_unit_test(one_violation_is_singular),
        cmocka_unit_test(a_long_value_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
