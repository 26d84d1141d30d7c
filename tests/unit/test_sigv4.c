/* SPDX-License-Identifier: MIT */
/* Signatures, stage by stage, against vectors that another signer made. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#include "base/times.h"
#include "wire/sigv4.h"

#define SECRET "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
#define DATE "20260102T030405Z"
#define BODY "{\"IdentityStoreId\": \"d-1234567890\", \"MaxResults\": 2}"
#define HEADERS "content-type;host;x-amz-date;x-amz-target"
#define WITH_TOKEN "content-type;host;x-amz-date;x-amz-security-token;x-amz-target"
#define BODY_HASH "4f83249dbb031678325357cebbfe41e60c84856eb776b5bb65e0b29b60478454"

struct header_row {
    const char *name;
    const char *value;
};

static const char *header_of(void *self, const char *name)
{
    for (const struct header_row *row = self; row->name != NULL; row++)
        if (strcasecmp(row->name, name) == 0)
            return row->value;
    return NULL;
}

static struct header_row usual[] = {{"Content-Type", "application/x-amz-json-1.1"},
                                    {"Host", "identitystore.us-east-1.amazonaws.com"},
                                    {"X-Amz-Date", DATE},
                                    {"X-Amz-Security-Token", "TOKEN/+="},
                                    {"X-Amz-Target", "AWSIdentityStore.ListUsers"},
                                    {0}};

static struct request usual_request(void)
{
    return (struct request){.method = "POST",
                            .path = "/",
                            .query = "",
                            .header = header_of,
                            .header_self = usual,
                            .body = BODY,
                            .body_bytes = strlen(BODY)};
}

static struct scope scope_of(const char *signed_headers, const char *signature,
                             struct problem *problem)
{
    struct text authorization = {0};
    struct scope scope;
    text_addf(&authorization,
              "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/us-east-1/identitystore/"
              "aws4_request, SignedHeaders=%s, Signature=%s",
              signed_headers, signature);
    assert_int_equal(scope_read(text_chars(&authorization), DATE, &scope, problem), FAULT_NONE);
    text_clear(&authorization);
    return scope;
}

static void the_vectors_of_another_signer_come_out(void **state)
{
    (void)state;
    static const struct {
        const char *headers;
        const char *signature;
    } vectors[] = {
        {HEADERS, "82142900f64f6f2b0aa0d390cbe1eb1ed21ac40b703ea927410a9624db9a9412"},
        {WITH_TOKEN, "887ddd2fb95da448b73b01294c3ac6251da5cc62bb5295403c1d7b6b88e41803"}};
    for (size_t i = 0; i < 2; i++) {
        struct problem problem = {0};
        struct request request = usual_request();
        struct scope scope = scope_of(vectors[i].headers, vectors[i].signature, &problem);
        assert_int_equal(sigv4_verify(&request, &scope, DATE, SECRET, &problem), FAULT_NONE);
        assert_int_equal(sigv4_verify(&request, &scope, DATE, "another secret", &problem),
                         FAULT_INVALID_SIGNATURE);
        scope_clear(&scope);
    }
}

static void a_canonical_request_is_spelled_as_signers_do(void **state)
{
    (void)state;
    static struct header_row headers[] = {
        {"Host", "127.0.0.1:5476"}, {"My-Header", "  a   b\tc  "}, {"Empty", ""}, {0}};
    static const struct {
        const char *path;
        const char *query;
        const char *expected_path;
        const char *expected_query;
    } cases[] = {
        {"/", "", "/", ""},
        {"/a b", "", "/a%20b", ""},
        {"/a%20b/c~d", "", "/a%2520b/c~d", ""},
        {"/", "b=2&a=1", "/", "a=1&b=2"},
        {"/", "a=2&a=1&aa=0", "/", "a=1&a=2&aa=0"},
        {"/", "empty&b", "/", "b=&empty="},
        {"/", "a=x+y%2fz", "/", "a=x%2By%2Fz"},
        {"/", "a=b=c", "/", "a=b%3Dc"},
        {"/", "a=%zz", "/", "a=%25zz"},
        {"/", "&&a=1&", "/", "a=1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text canonical = {0};
        struct text expected = {0};
        struct request request = {.method = "GET",
                                  .path = cases[i].path,
                                  .query = cases[i].query,
                                  .header = header_of,
                                  .header_self = headers,
                                  .body = ""};
        sigv4_canonical(&request, "empty;host;my-header", &canonical);
        text_addf(
            &expected,
            "GET\n%s\n%s\nempty:\nhost:127.0.0.1:5476\nmy-header:a b c\n\nempty;host;my-header\n"
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            cases[i].expected_path, cases[i].expected_query);
        assert_string_equal(text_chars(&canonical), text_chars(&expected));
        text_clear(&canonical);
        text_clear(&expected);
    }
}

static void a_body_must_be_what_its_header_says(void **state)
{
    (void)state;
    static const struct {
        const char *told;
        enum fault fault;
    } cases[] = {{BODY_HASH, FAULT_NONE},
                 {"UNSIGNED-PAYLOAD", FAULT_NONE},
                 {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                  FAULT_INVALID_SIGNATURE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct problem problem = {0};
        struct text canonical = {0};
        char signature[SIGNATURE_BYTES];
        struct header_row headers[] = {
            {"Host", "a"}, {"X-Amz-Date", DATE}, {"X-Amz-Content-Sha256", cases[i].told}, {0}};
        struct request request = usual_request();
        request.header_self = headers;
        struct scope unsigned_yet = scope_of("host;x-amz-date", "0", &problem);
        sigv4_canonical(&request, "host;x-amz-date", &canonical);
        sigv4_sign(text_chars(&canonical), DATE, &unsigned_yet, SECRET, signature);
        struct scope scope = scope_of("host;x-amz-date", signature, &problem);
        assert_int_equal(sigv4_verify(&request, &scope, DATE, SECRET, &problem), cases[i].fault);
        text_clear(&canonical);
        scope_clear(&unsigned_yet);
        scope_clear(&scope);
    }
}

static void what_is_wrong_before_the_key_is_told_in_its_order(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        const char *headers;
        const char *now;
        enum fault fault;
        const char *message;
    } cases[] = {
        {DATE, HEADERS, "2026-01-02T03:09:05Z", FAULT_NONE, ""},
        {DATE, HEADERS, "2026-01-02T02:59:05Z", FAULT_NONE, ""},
        {"yesterday", HEADERS, "2026-01-02T03:09:05Z", FAULT_INCOMPLETE_SIGNATURE,
         "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See "
         "http://en.wikipedia.org/wiki/ISO_8601"},
        {"20261399T030405Z", HEADERS, "2026-01-02T03:09:05Z", FAULT_INCOMPLETE_SIGNATURE,
         "Date must be in ISO-8601 'basic format'. Got '20261399T030405Z'. See "
         "http://en.wikipedia.org/wiki/ISO_8601"},
        {DATE, HEADERS, "2026-01-02T03:09:06Z", FAULT_INVALID_SIGNATURE,
         "Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z "
         "(20260102T030906Z - 5 min.)"},
        {DATE, HEADERS, "2026-01-02T02:59:04Z", FAULT_INVALID_SIGNATURE,
         "Signature not yet current: 20260102T030405Z is still later than 20260102T030404Z "
         "(20260102T025904Z + 5 min.)"},
        {DATE, "content-type;x-amz-date", "2026-01-02T03:04:05Z", FAULT_INVALID_SIGNATURE,
         "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct problem problem = {0};
        int64_t now_s = 0;
        struct scope scope = scope_of(cases[i].headers, "0", &problem);
        assert_true(time_parse(cases[i].now, &now_s));
        assert_int_equal(sigv4_check_form(&scope, cases[i].date, now_s, 300, &problem),
                         cases[i].fault);
        assert_string_equal(problem.message, cases[i].message);
        scope_clear(&scope);
    }
}

static void the_path_is_signed_as_it_was_sent(void **state)
{
    (void)state;
    struct request whole = usual_request();
    struct request stripped = usual_request();
    struct text canonical[2] = {0};
    whole.path = "/world/a/";
    stripped.signed_path = "/world/a/";
    sigv4_canonical(&whole, HEADERS, &canonical[0]);
    sigv4_canonical(&stripped, HEADERS, &canonical[1]);
    assert_string_equal(text_chars(&canonical[0]), text_chars(&canonical[1]));
    assert_non_null(strstr(text_chars(&canonical[0]), "\n/world/a/\n"));
    text_clear(&canonical[0]);
    text_clear(&canonical[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_of_another_signer_come_out),
        cmocka_unit_test(a_canonical_request_is_spelled_as_signers_do),
        cmocka_unit_test(a_body_must_be_what_its_header_says),
        cmocka_unit_test(what_is_wrong_before_the_key_is_told_in_its_order),
        cmocka_unit_test(the_path_is_signed_as_it_was_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
