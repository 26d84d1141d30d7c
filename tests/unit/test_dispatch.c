/* SPDX-License-Identifier: MIT */
/*
 * The way of a request: which door, which check first, which words; and that whoever gets into the
 * world begins once and ends once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dispatch_world.h"

struct refusal {
    struct sent sent;
    const char *story;
};

/* A story that ends in '*' says only how the told one begins. */
static void expect_refusals(const struct refusal *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct tally tally = {0};
        size_t fixed = strcspn(table[i].story, "*");
        struct reply reply = send(&tally, &table[i].sent);
        char *told = story(&reply);
        bool same = table[i].story[fixed] == '*' ? strncmp(told, table[i].story, fixed) == 0
                                                 : strcmp(told, table[i].story) == 0;
        if (!same)
            fail_msg("row %zu: told '%s', expected '%s'", i, told, table[i].story);
        if (tally.begun != 0 || tally.handled != 0)
            fail_msg("row %zu: got into the world", i);
        assert_string_equal(reply_header(&reply, "x-amzn-RequestId"), REQUEST_ID);
        free(told);
        reply_clear(&reply);
    }
}

#define KEY_OF_32 "AKIDAKIDAKIDAKIDAKIDAKIDAKIDAKID"
#define FIVE                                                                                       \
    "Credential must have exactly 5 slash-delimited elements, e.g. "                               \
    "keyid/date/region/service/term, got "

static const struct refusal AWS_REFUSALS[] = {
    {{.method = "GET"}, "404 UnknownOperationException"},
    {{.method = "HEAD", .body = ""}, "404 UnknownOperationException"},
    {{.method = "PUT"}, "404 UnknownOperationException"},
    {{.method = "post"}, "404 UnknownOperationException"},
    {{.path = "/favicon.ico"}, "404 UnknownOperationException"},
    {{.path = "/_mock"}, "404 UnknownOperationException"},
    {{.path = "//"}, "404 UnknownOperationException"},
    {{.type = ""}, "404 UnknownOperationException"},
    {{.type = "text/plain"}, "404 UnknownOperationException"},
    {{.type = "application/jsonx"}, "404 UnknownOperationException"},
    {{.type = "application/x-www-form-urlencoded"}, "404 UnknownOperationException"},
    {{.target = ""}, "400 UnknownOperationException"},
    {{.target = "Echo"}, "400 UnknownOperationException"},
    {{.target = ".Echo"}, "400 UnknownOperationException"},
    {{.target = "Plain."}, "400 UnknownOperationException"},
    {{.target = "Plain.echo"}, "400 UnknownOperationException"},
    {{.target = "plain.Echo"}, "400 UnknownOperationException"},
    {{.target = "Plain.Echo.Echo"}, "400 UnknownOperationException"},
    {{.target = "Plain.GetThing"}, "400 UnknownOperationException"},
    {{.target = "Spaced.Unknown"}, "400 com.amazon.coral.service#UnknownOperationException"},
    {{.body = "{"}, "400 SerializationException: *"},
    {{.body = "{}{}"}, "400 SerializationException: *"},
    {{.body = "{\"a\":1,\"a\":2}"}, "400 SerializationException: *"},
    {{.body = "{\"a\":\"\\u0000\"}"}, "400 SerializationException: *"},
    {{.body = "{\"a\":\"\\ud800\"}"}, "400 SerializationException: *"},
    {{.body = "{\"a\":\"\xFF\"}"}, "400 SerializationException: *"},
    {{.body = "[]"},
     "400 SerializationException: The request body must be a JSON object, not a JSON array"},
    {{.body = "null"},
     "400 SerializationException: The request body must be a JSON object, not a JSON null"},
    {{.target = "Spaced.Echo", .body = "x"},
     "400 com.amazon.coral.service#SerializationException: *"},
    {{.auth = ""}, "400 MissingAuthenticationTokenException: Missing Authentication Token"},
    {{.auth = "Bearer x"}, "400 MissingAuthenticationTokenException: Missing Authentication Token"},
    {{.target = "Spaced.Echo", .auth = ""},
     "400 com.amazon.coral.service#MissingAuthenticationTokenException: "
     "Missing Authentication Token"},
    {{.auth = "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, Signature=x"},
     "400 IncompleteSignatureException: Authorization header requires 'SignedHeaders' "
     "parameter. Authorization=AWS4-HMAC-SHA256 Credential=a/b/c/d/e, Signature=x"},
    {{.auth = "AWS4-HMAC-SHA256", .date = ""},
     "400 IncompleteSignatureException: Authorization header requires 'Credential' parameter. "
     "Authorization header requires 'Signature' parameter. Authorization header requires "
     "'SignedHeaders' parameter. Authorization header requires existence of either a "
     "'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256"},
    {{.auth = AUTH "\xFF"},
     "400 IncompleteSignatureException: Authorization header must be printable ASCII."},
    {{.auth = AUTH_OF("AKID/20260102/us-east-1/plain")},
     "400 IncompleteSignatureException: " FIVE "'AKID/20260102/us-east-1/plain'"},
    {{.auth = AUTH_OF("AKID/20260102/us-east-1/plain/aws4_request/x")},
     "400 IncompleteSignatureException: " FIVE "'AKID/20260102/us-east-1/plain/aws4_request/x'"},
    {{.auth = AUTH_OF("/20260102/us-east-1/plain/aws4_request")},
     "400 IncompleteSignatureException: " FIVE "'/20260102/us-east-1/plain/aws4_request'"},
    {{.auth = AUTH_OF("AKID/20260102/us-east-1/plain/")},
     "400 IncompleteSignatureException: " FIVE "'AKID/20260102/us-east-1/plain/'"},
    {{.auth = AUTH_OF(SCOPE("AKID", "spaced"))},
     "400 InvalidSignatureException: Credential should be scoped to correct service: 'plain'."},
    {{.target = "Spaced.Echo"},
     "400 com.amazon.coral.service#InvalidSignatureException: "
     "Credential should be scoped to correct service: 'spaced'."},
    {{.auth = AUTH_OF(SCOPE(KEY_OF_32 KEY_OF_32 KEY_OF_32 KEY_OF_32 "x", "plain"))},
     "400 InvalidSignatureException: Credential should begin with an access key of at most 128 "
     "characters."},
    {{.auth = AUTH_OF("AKID/20260101/EU/other/end")},
     "400 InvalidSignatureException: Credential should be scoped to a valid region. Credential "
     "should be scoped to correct service: 'plain'. Credential should be scoped with a valid "
     "terminator: 'aws4_request', not 'end'. Date in Credential scope does not match YYYYMMDD "
     "from ISO-8601 version of date from HTTP: '20260101' != '20260102', from "
     "'20260102T030405Z'."},
    /* The order of the checks: JSON, operation, caller, members. */
    {{.body = "{", .target = "Plain.Unknown", .auth = ""}, "400 SerializationException: *"},
    {{.target = "Plain.Unknown", .auth = "", .body = "{\"Name\":7}"},
     "400 UnknownOperationException"},
    {{.auth = "", .body = "{\"Name\":7}"},
     "400 MissingAuthenticationTokenException: Missing Authentication Token"},
    {{.body = "{\"Name\":7}"},
     "400 SerializationException: NUMBER_VALUE cannot be converted to String"},
    {{.body = "{\"Name\":\"\"}"},
     "400 ValidationException: 1 validation error detected: Value '' at 'name' failed to "
     "satisfy constraint: Member must have length greater than or equal to 1"},
    {{.target = "Spaced.Echo", .auth = AUTH_OF(SCOPE("AKID", "also")), .body = "{\"Name\":\"\"}"},
     "400 com.example.spaced#ValidationException: 1 validation error detected: Value '' at "
     "'name' failed to satisfy constraint: Member must have length greater than or equal to "
     "1"}};

static void a_malformed_aws_request_is_refused_before_the_world(void **state)
{
    (void)state;
    expect_refusals(AWS_REFUSALS, COUNT(AWS_REFUSALS));
}

#define GOOD_PUT .method = "PUT", .path = "/_mock/thing", .type = "application/json"
#define GOOD_GET .method = "GET", .path = "/_mock/thing"
#define HOST_REFUSED                                                                               \
    "403 AccessDeniedException: The Host header must name localhost, a loopback address, or a "    \
    "host "                                                                                        \
    "that serve --allow-host names"
#define ORIGIN_REFUSED "403 AccessDeniedException: The Origin header must be a page of localhost"
#define BROKEN_QUERY                                                                               \
    "400 ValidationException: The query string has a broken parameter: expected name=value, "      \
    "percent-encoded UTF-8"

static const struct refusal CONTROL_REFUSALS[] = {
    {{.method = "GET", .path = "/_mock/"},
     "404 UnknownOperationException: There is nothing at this path"},
    {{.method = "GET", .path = "/_mock/thing/"},
     "404 UnknownOperationException: There is nothing at this path"},
    {{.method = "POST", .path = "/moto-api/other"},
     "404 UnknownOperationException: There is nothing at this path"},
    {{.method = "DELETE", .path = "/_mock/thing"},
     "405 MethodNotAllowedException: Expected the method GET, PUT at this path"},
    {{.method = "DELETE", .path = "/_localstack/health"},
     "405 MethodNotAllowedException: Expected the method GET at this path"},
    {{.method = "PUT", .path = "/_mock/thing", .type = "text/plain"},
     "415 UnsupportedMediaTypeException: Expected Content-Type: application/json"},
    {{.method = "PUT", .path = "/_mock/thing", .type = ""},
     "415 UnsupportedMediaTypeException: Expected Content-Type: application/json"},
    {{GOOD_PUT, .host = "evil.example"}, HOST_REFUSED},
    {{GOOD_PUT, .host = "127.0.0.1.evil.example"}, HOST_REFUSED},
    {{GOOD_PUT, .host = "localhost.evil.example:80"}, HOST_REFUSED},
    {{GOOD_PUT, .host = "localhost:80x"}, HOST_REFUSED},
    {{GOOD_PUT, .host = "10.0.0.1"}, HOST_REFUSED},
    {{GOOD_PUT, .host = "[::2]"}, HOST_REFUSED},
    {{GOOD_GET, .host = "evil.example"}, HOST_REFUSED},
    {{GOOD_PUT, .origin = "http://evil.example"}, ORIGIN_REFUSED},
    {{GOOD_PUT, .origin = "null"}, ORIGIN_REFUSED},
    {{GOOD_PUT, .origin = "http://localhost.evil.example"}, ORIGIN_REFUSED},
    {{GOOD_PUT, .origin = "ftp://localhost"}, ORIGIN_REFUSED},
    {{GOOD_PUT, .origin = "http://localhost/x"}, ORIGIN_REFUSED},
    {{GOOD_GET, .origin = "https://evil.example"}, ORIGIN_REFUSED},
    {{.path = "/moto-api/reset", .origin = "http://evil.example"}, ORIGIN_REFUSED},
    {{GOOD_PUT, .query = "Name=x"},
     "400 ValidationException: Parameters of this call belong in the body, not in the query "
     "string"},
    {{GOOD_PUT, .body = "[]"},
     "400 SerializationException: The request body must be a JSON object, not a JSON array"},
    {{GOOD_PUT, .body = "{\"name\":\"x\"}"},
     "400 ValidationException: 1 validation error detected: Member 'name' is not known; "
     "expected one of [Name, Size]"},
    {{GOOD_GET, .query = "Unknown=1"},
     "400 ValidationException: 1 validation error detected: Member 'Unknown' is not known; "
     "expected one of [Name, Size]"},
    {{GOOD_GET, .query = "Name=a&Name=b"},
     "400 ValidationException: The parameter 'Name' is given twice"},
    {{GOOD_GET, .query = "Name=a&N%61me=b"},
     "400 ValidationException: The parameter 'Name' is given twice"},
    {{GOOD_GET, .query = "Name=%4"}, BROKEN_QUERY},
    {{GOOD_GET, .query = "Name=%zz"}, BROKEN_QUERY},
    {{GOOD_GET, .query = "Name=%00"}, BROKEN_QUERY},
    {{GOOD_GET, .query = "Name=%FF"}, BROKEN_QUERY},
    {{GOOD_GET, .query = "Name=%ED%A0%80"}, BROKEN_QUERY},
    {{GOOD_GET, .query = "=x"}, BROKEN_QUERY}};

static void a_malformed_control_call_is_refused_before_the_world(void **state)
{
    (void)state;
    expect_refusals(CONTROL_REFUSALS, COUNT(CONTROL_REFUSALS));
}

#define BOTH AUTH_OF(SCOPE("AKID", "both"))
#define GOOD_REST .path = "/Echo", .target = "", .type = "application/json", .auth = BOTH

static const struct refusal REST_REFUSALS[] = {
    {{GOOD_REST, .method = "GET"},
     "404 UnknownOperationException: Expected the method POST at this path"},
    {{GOOD_REST, .method = "HEAD"},
     "404 UnknownOperationException: Expected the method POST at this path"},
    {{.path = "/Elsewhere", .auth = BOTH}, "404 UnknownOperationException"},
    {{.path = "/Echo/", .auth = BOTH}, "404 UnknownOperationException"},
    {{.path = "/Echo", .type = "text/plain", .auth = BOTH},
     "415 UnsupportedMediaTypeException: Expected Content-Type: application/json"},
    {{.path = "/Echo", .type = "", .auth = BOTH},
     "415 UnsupportedMediaTypeException: Expected Content-Type: application/json"},
    {{GOOD_REST, .body = "{"}, "400 SerializationException: *"},
    {{GOOD_REST, .body = "[]"},
     "400 SerializationException: The request body must be a JSON object, not a JSON array"},
    {{.path = "/Echo", .auth = ""},
     "403 MissingAuthenticationTokenException: Missing Authentication Token"},
    {{.path = "/Echo", .auth = "AWS4-HMAC-SHA256 Credential=a"},
     "403 IncompleteSignatureException: *"},
    {{.path = "/Echo", .auth = AUTH},
     "403 InvalidSignatureException: Credential should be scoped to correct service: 'both'."},
    {{GOOD_REST, .body = "{\"Name\":7}"},
     "400 SerializationException: NUMBER_VALUE cannot be converted to String"},
    {{GOOD_REST, .body = "{\"Name\":\"\"}"}, "400 ValidationException: *"},
    {{.path = "/begin", .auth = "", .body = "{\"Name\":\"\"}"}, "400 ValidationException: *"},
    {{.path = "/things/echo", .method = "GET", .auth = BOTH, .query = "Size=many"},
     "400 SerializationException: STRING_VALUE cannot be converted to Integer"},
    {{.path = "/things/echo", .method = "GET", .auth = BOTH, .query = "Name=%FF", .body = ""},
     BROKEN_QUERY}};

static void a_malformed_rest_call_is_refused_before_the_world(void **state)
{
    (void)state;
    expect_refusals(REST_REFUSALS, COUNT(REST_REFUSALS));
}

static void a_control_error_points_at_its_place(void **state)
{
    (void)state;
    struct tally tally = {0};
    struct sent sent = {GOOD_PUT, .body = "{\"Name\":\"too long\"}"};
    struct reply reply = send(&tally, &sent);
    struct json_document *document = parsed(&reply);
    const struct json *error = json_member(json_document_root(document), "error");
    assert_string_equal(json_member_text(error, "path"), "/Name");
    assert_string_equal(reply_header(&reply, "Content-Type"), "application/json");
    assert_string_equal(reply_header(&reply, "x-amzn-ErrorType"), "");
    json_document_free(document);
    reply_clear(&reply);
}

static void a_wrong_method_is_told_the_right_ones(void **state)
{
    (void)state;
    struct tally tally = {0};
    struct sent sent = {.method = "OPTIONS", .path = "/_mock/thing"};
    struct reply reply = send(&tally, &sent);
    assert_int_equal(reply.status, 405);
    assert_string_equal(reply_header(&reply, "Allow"), "GET, PUT");
    reply_clear(&reply);
}

struct acceptance {
    struct sent sent;
    const char *body;
    const char *type;
};

#define SEEN(account, region, actor, url, input)                                                   \
    "{\"Account\":\"" account "\",\"Region\":\"" region "\",\"Actor\":\"" actor                    \
    "\",\"Url\":\"http://" url "\",\"Input\":" input "}"
#define USER(account, key) "arn:aws:iam::" account ":user/" key
#define BY_AWS(input)                                                                              \
    SEEN("123456789012", "us-east-1", USER("123456789012", "AKID"), "127.0.0.1:5476", input)
#define BY_CONTROL(url, input) SEEN("123456789012", "", "control", url, input)
#define JSON11 "application/x-amz-json-1.1"

static const struct acceptance ACCEPTANCES[] = {
    {{0}, BY_AWS("{}"), JSON11},
    {{.body = ""}, BY_AWS("{}"), JSON11},
    {{.body = "{}\n"}, BY_AWS("{}"), JSON11},
    {{.body = "{\"Name\":\"ana\",\"Size\":null,\"Unknown\":1}"},
     BY_AWS("{\"Name\":\"ana\"}"),
     JSON11},
    {{.type = "Application/JSON; charset=utf-8"}, BY_AWS("{}"), JSON11},
    {{.type = "application/x-amz-json-1.0"}, BY_AWS("{}"), JSON11},
    {{.target = "com.example.v1.Plain.Read"}, BY_AWS("{}"), JSON11},
    {{.target = "Plain.Nothing"}, "{}", JSON11},
    {{.target = "Plain.Replaced"}, "{\"Account\":\"replaced\"}", JSON11},
    {{.target = "Spaced.Echo", .auth = AUTH_OF(SCOPE("AKID", "also"))},
     BY_AWS("{}"),
     "application/x-amz-json-1.0"},
    {{.auth = "AWS4-HMAC-SHA256 Signature=x,SignedHeaders=h "
              "Credential=210987654321/20260102/eu-central-1/plain/aws4_request"},
     SEEN("210987654321", "eu-central-1", USER("210987654321", "210987654321"), "127.0.0.1:5476",
          "{}"),
     JSON11},
    {{.auth = AUTH_OF(SCOPE("2109876543210", "plain")), .date = "Fri, 02 Jan 2026 03:04:05 GMT"},
     SEEN("123456789012", "us-east-1", USER("123456789012", "2109876543210"), "127.0.0.1:5476",
          "{}"),
     JSON11},
    {{.host = ""},
     SEEN("123456789012", "us-east-1", USER("123456789012", "AKID"), "127.0.0.1", "{}"),
     JSON11},
    {{.host = "\"><script>"},
     SEEN("123456789012", "us-east-1", USER("123456789012", "AKID"), "127.0.0.1", "{}"),
     JSON11},
    {{.host = "idp.example", .origin = "http://idp.example"},
     SEEN("123456789012", "us-east-1", USER("123456789012", "AKID"), "idp.example", "{}"),
     JSON11},
    {{GOOD_GET, .host = "LOCALHOST", .origin = "https://[::1]:8080"},
     BY_CONTROL("LOCALHOST", "{}"),
     "application/json"},
    {{GOOD_GET, .host = "[::1]:80", .origin = "http://127.0.0.1"},
     BY_CONTROL("[::1]:80", "{}"),
     "application/json"},
    {{GOOD_GET, .query = "Name=%61+%C3%A4%2B&&"},
     BY_CONTROL("127.0.0.1:5476", "{\"Name\":\"a \u00E4+\"}"),
     "application/json"},
    {{GOOD_GET, .query = "Name=a=b", .body = "not read"},
     BY_CONTROL("127.0.0.1:5476", "{\"Name\":\"a=b\"}"),
     "application/json"},
    {{GOOD_PUT, .body = ""}, BY_CONTROL("127.0.0.1:5476", "{}"), "application/json"},
    {{.method = "PUT",
      .path = "/_mock/thing",
      .type = "application/json;charset=utf-8",
      .body = "{\"Size\":3}"},
     BY_CONTROL("127.0.0.1:5476", "{\"Size\":3}"),
     "application/json"},
    {{.path = "/moto-api/reset", .type = "text/plain", .query = "a=%zz", .body = "<not read>"},
     BY_CONTROL("127.0.0.1:5476", "{}"),
     "application/json"},
    {{.method = "GET", .path = "/_localstack/health"}, "{}", "application/json"},
    {{.target = "Both.Echo", .auth = BOTH}, BY_AWS("{}"), "application/x-amz-json-1.0"},
    {{GOOD_REST, .body = "{\"Size\":3}"}, BY_AWS("{\"Size\":3}"), "application/json"},
    {{.path = "/Echo", .auth = BOTH, .type = "", .body = ""}, BY_AWS("{}"), "application/json"},
    {{.path = "/things/echo",
      .method = "GET",
      .auth = BOTH,
      .query = "Size=3&Name=7&unread=x",
      .body = ""},
     BY_AWS("{\"Name\":\"7\",\"Size\":3}"),
     "application/json"},
    {{.path = "/begin", .auth = ""},
     SEEN("123456789012", "us-east-1", "unsigned", "127.0.0.1:5476", "{}"),
     "application/json"}};

static void a_good_request_reaches_its_handler(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ACCEPTANCES); i++) {
        struct tally tally = {0};
        struct reply reply = send(&tally, &ACCEPTANCES[i].sent);
        if (reply.status != 200 || strcmp(reply.body, ACCEPTANCES[i].body) != 0)
            fail_msg("row %zu: %d %s, expected %s", i, reply.status, reply.body,
                     ACCEPTANCES[i].body);
        assert_string_equal(reply_header(&reply, "Content-Type"), ACCEPTANCES[i].type);
        assert_string_equal(reply_header(&reply, "x-amzn-RequestId"), REQUEST_ID);
        assert_string_equal(reply_header(&reply, "x-amzn-ErrorType"), "");
        assert_int_equal(tally.begun, 1);
        assert_int_equal(tally.committed, 1);
        assert_int_equal(tally.rolled_back, 0);
        reply_clear(&reply);
    }
}

static void an_operation_says_whether_it_reads_or_writes(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        enum access access;
    } TABLE[] = {{"Plain.Echo", WRITE}, {"Plain.Read", READ}};
    for (size_t i = 0; i < COUNT(TABLE); i++) {
        struct tally tally = {0};
        struct sent sent = {.target = TABLE[i].target};
        struct reply reply = send(&tally, &sent);
        assert_int_equal(tally.access, TABLE[i].access);
        reply_clear(&reply);
    }
}

struct ending {
    struct sent sent;
    struct tally before;
    const char *story;
    int begun;
    int committed;
    int rolled_back;
};

#define SERVER_FAILED "An internal error occurred; the server's log has more"

static const struct ending ENDINGS[] = {
    {{0},
     {.handler_fault = FAULT_NOT_FOUND},
     "400 ResourceNotFoundException: USER not found.",
     1,
     0,
     1},
    /* A refusal on a store that has failed is no refusal. */
    {{0},
     {.handler_fault = FAULT_NOT_FOUND, .rollback_fault = FAULT_INTERNAL},
     "500 InternalServerException: " SERVER_FAILED,
     1,
     0,
     1},
    {{0}, {.handler_fault = FAULT_CONFLICT}, "409 OwnConflictException: USER not found.", 1, 0, 1},
    {{0},
     {.handler_fault = FAULT_INTERNAL},
     "500 InternalServerException: " SERVER_FAILED,
     1,
     0,
     1},
    {{0}, {.begin_fault = FAULT_INTERNAL}, "500 InternalServerException: " SERVER_FAILED, 0, 0, 0},
    {{0}, {.commit_fault = FAULT_INTERNAL}, "500 InternalServerException: " SERVER_FAILED, 1, 1, 0},
    {{.target = "Plain.Undeclared"}, {0}, "500 InternalServerException: " SERVER_FAILED, 1, 0, 1},
    {{.target = "Spaced.Echo", .auth = AUTH_OF(SCOPE("AKID", "spaced"))},
     {.handler_fault = FAULT_EXHAUSTED},
     "400 com.example.spaced#ServiceQuotaExceededException: USER not found.",
     1,
     0,
     1},
    {{GOOD_GET},
     {.handler_fault = FAULT_NOT_FOUND},
     "404 ResourceNotFoundException: USER not found.",
     1,
     0,
     1},
    {{GOOD_PUT},
     {.handler_fault = FAULT_CONFLICT},
     "409 ConflictException: USER not found.",
     1,
     0,
     1},
    {{GOOD_PUT},
     {.commit_fault = FAULT_INTERNAL},
     "500 InternalServerException: " SERVER_FAILED,
     1,
     1,
     0}};

static void whoever_begins_ends_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ENDINGS); i++) {
        struct tally tally = ENDINGS[i].before;
        struct reply reply = send(&tally, &ENDINGS[i].sent);
        char *told = story(&reply);
        assert_string_equal(told, ENDINGS[i].story);
        assert_int_equal(tally.begun, ENDINGS[i].begun);
        assert_int_equal(tally.committed, ENDINGS[i].committed);
        assert_int_equal(tally.rolled_back, ENDINGS[i].rolled_back);
        free(told);
        reply_clear(&reply);
    }
}

static void an_undeclared_answer_passes_unless_answers_are_checked(void **state)
{
    (void)state;
    struct tally tally = {0};
    struct dispatcher dispatcher = dispatcher_of(&tally);
    struct sent sent = {.target = "Plain.Undeclared"};
    struct request request = request_of(&sent);
    struct reply reply;
    dispatcher.check_answers = false;
    dispatch(&dispatcher, &request, &reply);
    assert_int_equal(reply.status, 200);
    assert_int_equal(tally.committed, 1);
    reply_clear(&reply);
}

/* The whole bodies, as the clients of each kind of service read them. */
static void an_error_has_the_members_of_its_service(void **state)
{
    (void)state;
    static const struct {
        struct sent sent;
        const char *body;
    } TABLE[] = {
        {{0},
         "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"USER not found.\",\"message\":"
         "\"USER not found.\",\"ResourceType\":\"USER\",\"ResourceId\":\"u-1\",\"Reason\":"
         "\"BECAUSE\",\"RequestId\":\"" REQUEST_ID "\"}"},
        {{.auth = "x"},
         "{\"__type\":\"MissingAuthenticationTokenException\",\"Message\":\"Missing Authentication "
         "Token\",\"message\":\"Missing Authentication Token\"}"},
        {{.target = "x"}, "{\"__type\":\"UnknownOperationException\"}"},
        {{.type = "x"}, "<UnknownOperationException/>\n"},
        {{.target = "Spaced.Echo", .auth = AUTH_OF(SCOPE("AKID", "spaced"))},
         "{\"__type\":\"com.example.spaced#ResourceNotFoundException\",\"message\":\"USER not "
         "found.\",\"resourceType\":\"USER\",\"resourceId\":\"u-1\",\"reason\":\"BECAUSE\"}"},
        {{GOOD_GET},
         "{\"error\":{\"code\":\"ResourceNotFoundException\",\"message\":\"USER not found.\","
         "\"path\":\"\"}}"}};
    for (size_t i = 0; i < COUNT(TABLE); i++) {
        struct tally tally = {.handler_fault = FAULT_NOT_FOUND};
        struct reply reply = send(&tally, &TABLE[i].sent);
        assert_string_equal(reply.body, TABLE[i].body);
        reply_clear(&reply);
    }
}

static void a_dropped_body_is_told_by_its_size(void **state)
{
    (void)state;
    static const struct sent TABLE[] = {{0}, {GOOD_PUT}};
    for (size_t i = 0; i < COUNT(TABLE); i++) {
        struct tally tally = {0};
        struct dispatcher dispatcher = dispatcher_of(&tally);
        struct request request = request_of(&TABLE[i]);
        struct reply reply;
        request.body_too_large = true;
        dispatch(&dispatcher, &request, &reply);
        assert_int_equal(reply.status, 413);
        assert_int_equal(tally.begun, 0);
        reply_clear(&reply);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_malformed_aws_request_is_refused_before_the_world),
        cmocka_unit_test(a_malformed_control_call_is_refused_before_the_world),
        cmocka_unit_test(a_malformed_rest_call_is_refused_before_the_world),
        cmocka_unit_test(a_control_error_points_at_its_place),
        cmocka_unit_test(a_wrong_method_is_told_the_right_ones),
        cmocka_unit_test(a_good_request_reaches_its_handler),
        cmocka_unit_test(an_operation_says_whether_it_reads_or_writes),
        cmocka_unit_test(whoever_begins_ends_once),
        cmocka_unit_test(an_undeclared_answer_passes_unless_answers_are_checked),
        cmocka_unit_test(an_error_has_the_members_of_its_service),
        cmocka_unit_test(a_dropped_body_is_told_by_its_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
