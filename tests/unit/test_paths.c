/* SPDX-License-Identifier: MIT */
/* Names in paths: of things, of worlds; and what may be sent there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "dispatch_world.h"

static void a_segment_of_a_path_can_be_a_name(void **state)
{
    (void)state;
    static const struct {
        struct sent sent;
        int status;
        const char *words;
    } TABLE[] = {
        {{.method = "PUT", .path = "/_mock/named/x-1", .type = "application/json"},
         200,
         "{\"Account\":\"PutNamed\",\"Actor\":\"x-1\",\"Region\":\"none\"}"},
        {{.method = "POST", .path = "/_mock/named/a%2F/end", .type = "application/json"},
         200,
         "{\"Account\":\"EndNamed\",\"Actor\":\"a%2F\",\"Region\":\"none\"}"},
        {{.method = "PUT",
          .path = "/_mock/named/b",
          .type = "application/x-bytes; v=1",
          .body = "\x01 no JSON"},
         200,
         "{\"Account\":\"PutBytes\",\"Actor\":\"b\",\"Region\":\"\\u0001 no JSON\"}"},
        {{.method = "POST", .path = "/_mock/named/b/end", .type = "application/x-bytes"},
         415,
         "UnsupportedMediaType"},
        {{.method = "POST", .path = "/_mock/named/b"}, 405, "Expected the method PUT at"},
        {{.method = "PUT", .path = "/_mock/named/", .type = "application/json"}, 404, "nothing at"},
        {{.method = "PUT", .path = "/_mock/named/a/b", .type = "application/json"},
         404,
         "nothing at"},
        {{.method = "POST", .path = "/_mock/named//end", .type = "application/json"},
         404,
         "nothing at"}};
    for (size_t i = 0; i < COUNT(TABLE); i++) {
        struct tally tally = {0};
        struct reply reply = send(&tally, &TABLE[i].sent);
        assert_int_equal(reply.status, TABLE[i].status);
        if (strstr(reply.body, TABLE[i].words) == NULL)
            fail_msg("row %zu: %s", i, reply.body);
        reply_clear(&reply);
    }
}

static void a_base_path_leads_into_a_world(void **state)
{
    (void)state;
    static const struct {
        struct sent sent;
        int handled_next;
        int status;
        const char *words;
    } TABLE[] = {
        {{.path = "/world/next/"}, 1, 200, "\"Url\":\"http://127.0.0.1:5476/world/next\""},
        {{.path = "/world/next"}, 1, 200, "\"Account\""},
        {{.method = "GET", .path = "/world/next/_mock/thing"}, 1, 200, "\"Actor\":\"control\""},
        {{.path = "/world/next/Echo", .auth = AUTH_OF(SCOPE("AKID", "both"))}, 1, 200, "us-east-1"},
        {{.path = "/world/other/"}, 0, 400, "There is no world 'other'"},
        {{.method = "GET", .path = "/world/other/_mock/thing"}, 0, 404, "no world 'other'"},
        {{.path = "/world//"}, 0, 404, "UnknownOperation"},
        {{.path = "/worlds/next/"}, 0, 404, "UnknownOperation"},
        {{.path = "/world/next/world/next/"}, 0, 404, "UnknownOperation"}};
    for (size_t i = 0; i < COUNT(TABLE); i++) {
        struct tally next = {0};
        struct tally tally = {.neighbour = &next};
        struct reply reply = send(&tally, &TABLE[i].sent);
        assert_int_equal(reply.status, TABLE[i].status);
        if (strstr(reply.body, TABLE[i].words) == NULL)
            fail_msg("row %zu: %s", i, reply.body);
        assert_int_equal(next.handled, TABLE[i].handled_next);
        assert_int_equal(next.entered, 0);
        assert_int_equal(tally.begun + tally.handled, 0);
        reply_clear(&reply);
    }
}

static void only_an_upload_may_be_large(void **state)
{
    (void)state;
    assert_int_equal(request_body_limit("PUT", "/_mock/snapshots/a", SQLITE_MEDIA_TYPE),
                     LIMIT_SNAPSHOT_BYTES);
    assert_int_equal(request_body_limit("POST", "/", SQLITE_MEDIA_TYPE), LIMIT_BODY_BYTES);
    assert_int_equal(request_body_limit("PUT", "/_mock/clock", "application/json"),
                     LIMIT_BODY_BYTES);
    static const char *const DOCUMENTS[] = {"/_mock/world", "/_mock/reset", "/_mock/worlds/a",
                                            "/world/a/_mock/world"};
    for (size_t i = 0; i < COUNT(DOCUMENTS); i++)
        assert_int_equal(request_body_limit("PUT", DOCUMENTS[i], "application/json"),
                         LIMIT_FILE_BYTES);
    assert_int_equal(request_body_limit("GET", "/_mock/world", NULL), LIMIT_BODY_BYTES);
    assert_int_equal(request_body_limit("PUT", "/_mock/clock", NULL), LIMIT_BODY_BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_segment_of_a_path_can_be_a_name),
        cmocka_unit_test(a_base_path_leads_into_a_world),
        cmocka_unit_test(only_an_upload_may_be_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
