/* SPDX-License-Identifier: MIT */
/*
 * What the dispatcher's tests talk to: two AWS services and a control surface that answer with what
 * they saw, a backend that only counts, and a request of which a test writes down what is not as
 * usual.
 */
#ifndef MOCK_KIRO_TESTS_DISPATCH_WORLD_H
#define MOCK_KIRO_TESTS_DISPATCH_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#include "base/text.h"
#include "wire/dispatch.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])
#define REQUEST_ID "00000000-0000-4000-8000-000000000001"

/* What the world was asked for during a test. */
struct tally {
    struct tally *neighbour; /* the world "next"; NULL: there is none */
    int entered;
    int begun;
    int committed;
    int rolled_back;
    int handled;
    enum access access;
    enum fault begin_fault;
    enum fault commit_fault;
    enum fault rollback_fault;
    enum fault handler_fault;
};

static void *enter(void *self, const char *name)
{
    struct tally *tally = self;
    if (strcmp(name, "next") != 0 || tally->neighbour == NULL)
        return NULL;
    tally->neighbour->entered++;
    return tally->neighbour;
}

static void leave(void *entered)
{
    struct tally *tally = entered;
    tally->entered--;
}

static enum fault begin(void *self, enum access access, struct problem *problem)
{
    struct tally *tally = self;
    if (tally->begin_fault != FAULT_NONE)
        return problem_set(problem, tally->begin_fault, "cannot begin");
    tally->begun++;
    tally->access = access;
    return FAULT_NONE;
}

static enum fault commit(void *self)
{
    struct tally *tally = self;
    tally->committed++;
    return tally->commit_fault;
}

static enum fault rollback(void *self)
{
    struct tally *tally = self;
    tally->rolled_back++;
    return tally->rollback_fault;
}

static void request_id(void *self, char out[37])
{
    (void)self;
    memcpy(out, REQUEST_ID, sizeof REQUEST_ID);
}

static int64_t now(void *self)
{
    (void)self;
    return 1767225600;
}

/* Answers with what it saw of the call. */
static enum fault echo(struct call *call)
{
    struct tally *tally = call->world;
    tally->handled++;
    if (tally->handler_fault != FAULT_NONE) {
        text_copy(call->problem.resource_type, sizeof call->problem.resource_type, "USER");
        text_copy(call->problem.resource_id, sizeof call->problem.resource_id, "u-1");
        text_copy(call->problem.reason, sizeof call->problem.reason, "BECAUSE");
        return problem_set(&call->problem, tally->handler_fault, "USER not found.");
    }
    json_put_text(call->output, "Account", call->account);
    json_put_text(call->output, "Region", call->region);
    json_put_text(call->output, "Actor", call->actor);
    json_put_text(call->output, "Url", call->base_url);
    json_put(call->output, "Input", json_copy(call->input));
    return FAULT_NONE;
}

static enum fault nothing(struct call *call)
{
    (void)call;
    return FAULT_NONE;
}

/* Which operation it was, on what, and what it brought. */
static enum fault named(struct call *call)
{
    json_put_text(call->output, "Account", call->operation->name);
    json_put_text(call->output, "Actor", call->path_id);
    json_put_text(call->output, "Region", call->bytes == NULL ? "none" : call->bytes);
    return FAULT_NONE;
}

static enum fault undeclared(struct call *call)
{
    json_put_text(call->output, "Undeclared", "x");
    return FAULT_NONE;
}

static enum fault replaced(struct call *call)
{
    json_free(call->output);
    call->output = json_new_object();
    json_put_text(call->output, "Account", "replaced");
    return FAULT_NONE;
}

static const struct shape ECHO_IN[] = {
    {.name = "Name", .min = 1, .max = 5}, {.name = "Size", .kind = SHAPE_INTEGER}, {0}};
static const struct shape ECHO_OUT[] = {{.name = "Account"},
                                        {.name = "Region"},
                                        {.name = "Actor"},
                                        {.name = "Url"},
                                        {.name = "Input", .kind = SHAPE_DOCUMENT},
                                        {0}};
static const struct operation OPERATIONS[] = {
    {.name = "Echo", .access = WRITE, .input = ECHO_IN, .output = ECHO_OUT, .handle = echo},
    {.name = "Read", .access = READ, .output = ECHO_OUT, .handle = echo},
    {.name = "Nothing", .handle = nothing},
    {.name = "Undeclared", .access = WRITE, .handle = undeclared},
    {.name = "Replaced", .output = ECHO_OUT, .handle = replaced},
    {0}};
static const struct operation CONTROL_OPERATIONS[] = {
    OPERATION_AT("GET", "/_mock/thing", "GetThing", READ, ECHO_IN, ECHO_OUT, echo),
    OPERATION_AT("PUT", "/_mock/thing", "PutThing", WRITE, ECHO_IN, ECHO_OUT, echo),
    OPERATION_AT("POST", "/moto-api/reset", "PostReset", WRITE, ECHO_IN, ECHO_OUT, echo),
    OPERATION_AT("GET", "/_localstack/health", "GetStatus", READ, NO_SHAPE, NO_SHAPE, nothing),
    OPERATION_AT("PUT", "/_mock/named/*", "PutNamed", WRITE, NO_SHAPE, ECHO_OUT, named),
    OPERATION_AT("POST", "/_mock/named/*/end", "EndNamed", WRITE, NO_SHAPE, ECHO_OUT, named),
    {0}};
static const struct operation UPLOAD_OPERATIONS[] = {
    OPERATION_AT("PUT", "/_mock/named/*", "PutBytes", WRITE, NO_SHAPE, ECHO_OUT, named), {0}};
/* The first is offered with X-Amz-Target as well. */
static const struct operation REST_OPERATIONS[] = {
    OPERATION_AT("POST", "/Echo", "Echo", WRITE, ECHO_IN, ECHO_OUT, echo),
    OPERATION_AT("GET", "/things/echo", "ReadEcho", READ, ECHO_IN, ECHO_OUT, echo),
    {.name = "Elsewhere", .handle = nothing},
    {0}};
static const struct operation UNSIGNED_OPERATIONS[] = {
    OPERATION_AT("POST", "/begin", "Begin", WRITE, ECHO_IN, ECHO_OUT, echo), {0}};
static const struct fault_name OWN_NAMES[] = {{FAULT_CONFLICT, "OwnConflictException", 409},
                                              {FAULT_NONE, NULL, 0}};
static const struct service PLAIN = {
    .name = "plain",
    .protocol = PROTOCOL_AWS_JSON,
    .target_prefixes = (const char *const[]){"com.example.v1.Plain", "Plain", NULL},
    .scopes = (const char *const[]){"plain", NULL},
    .content_type = "application/x-amz-json-1.1",
    .request_id_member = true,
    .faults = OWN_NAMES,
    .operations = OPERATIONS};
static const struct service SPACED = {.name = "spaced",
                                      .protocol = PROTOCOL_AWS_JSON,
                                      .target_prefixes = (const char *const[]){"Spaced", NULL},
                                      .scopes = (const char *const[]){"spaced", "also", NULL},
                                      .content_type = "application/x-amz-json-1.0",
                                      .error_namespace = "com.example.spaced",
                                      .operations = OPERATIONS};
static const struct service CONTROL = {.name = "control",
                                       .protocol = PROTOCOL_CONTROL,
                                       .content_type = "application/json",
                                       .operations = CONTROL_OPERATIONS};
static const struct service UPLOADS = {.name = "uploads",
                                       .protocol = PROTOCOL_CONTROL,
                                       .content_type = "application/json",
                                       .body_type = "application/x-bytes",
                                       .operations = UPLOAD_OPERATIONS};
static const struct service BOTH_JSON = {.name = "both",
                                         .protocol = PROTOCOL_AWS_JSON,
                                         .target_prefixes = (const char *const[]){"Both", NULL},
                                         .scopes = (const char *const[]){"both", NULL},
                                         .content_type = "application/x-amz-json-1.0",
                                         .operations = REST_OPERATIONS};
static const struct service BOTH_REST = {.name = "both",
                                         .protocol = PROTOCOL_REST_JSON,
                                         .scopes = (const char *const[]){"both", NULL},
                                         .content_type = "application/json",
                                         .operations = REST_OPERATIONS};
static const struct service UNSIGNED = {.name = "unsigned",
                                        .protocol = PROTOCOL_REST_JSON,
                                        .content_type = "application/json",
                                        .operations = UNSIGNED_OPERATIONS};
static const struct service *const SERVICES[] = {&PLAIN,     &SPACED,    &CONTROL,  &UPLOADS,
                                                 &BOTH_JSON, &BOTH_REST, &UNSIGNED, NULL};

#define SCOPE(key, service) key "/20260102/us-east-1/" service "/aws4_request"
#define AUTH_OF(credential)                                                                        \
    "AWS4-HMAC-SHA256 Credential=" credential ", SignedHeaders=host;x-amz-date, Signature=abc"
#define AUTH AUTH_OF(SCOPE("AKID", "plain"))
#define DATE "20260102T030405Z"

/* A request; NULL members have the value of a good call of Plain.Echo, "" leaves a header out. */
struct sent {
    const char *method;
    const char *path;
    const char *query;
    const char *target;
    const char *type;
    const char *auth;
    const char *date;
    const char *host;
    const char *origin;
    const char *body;
};

static const char *sent_header(void *self, const char *name)
{
    const struct sent *sent = self;
    const struct {
        const char *name;
        const char *value;
        const char *usual;
    } HEADERS[] = {{"X-Amz-Target", sent->target, "Plain.Echo"},
                   {"Content-Type", sent->type, "application/x-amz-json-1.1"},
                   {"Authorization", sent->auth, AUTH},
                   {"X-Amz-Date", sent->date, DATE},
                   {"Host", sent->host, "127.0.0.1:5476"},
                   {"Origin", sent->origin, ""}};
    for (size_t i = 0; i < COUNT(HEADERS); i++) {
        if (strcasecmp(HEADERS[i].name, name) != 0)
            continue;
        const char *value = HEADERS[i].value != NULL ? HEADERS[i].value : HEADERS[i].usual;
        return value[0] != '\0' ? value : NULL;
    }
    return NULL;
}

static struct dispatcher dispatcher_of(struct tally *tally)
{
    return (struct dispatcher){.services = SERVICES,
                               .backend = {.self = tally,
                                           .enter = enter,
                                           .leave = leave,
                                           .begin = begin,
                                           .commit = commit,
                                           .rollback = rollback,
                                           .request_id = request_id,
                                           .now = now},
                               .default_account = "123456789012",
                               .check_answers = true};
}

static struct request request_of(const struct sent *sent)
{
    const char *body = sent->body != NULL ? sent->body : "{}";
    return (struct request){.method = sent->method != NULL ? sent->method : "POST",
                            .path = sent->path != NULL ? sent->path : "/",
                            .query = sent->query != NULL ? sent->query : "",
                            .header = sent_header,
                            .header_self = (void *)sent,
                            .body = body,
                            .body_bytes = strlen(body)};
}

static struct reply send(struct tally *tally, const struct sent *sent)
{
    struct dispatcher dispatcher = dispatcher_of(tally);
    struct request request = request_of(sent);
    struct reply reply;
    dispatch(&dispatcher, &request, &reply);
    assert_int_equal(reply.body_bytes, strlen(reply.body));
    return reply;
}

static const char *reply_header(const struct reply *reply, const char *name)
{
    for (size_t i = 0; i < reply->header_count; i++) {
        if (strcasecmp(reply->headers[i].name, name) == 0)
            return reply->headers[i].value;
    }
    return "";
}

static struct json_document *parsed(const struct reply *reply)
{
    struct json_error error;
    struct json_document *document =
        json_parse(reply->body, reply->body_bytes, JSON_STRICT, &error);
    if (document == NULL)
        fail_msg("not JSON: %s", reply->body);
    return document;
}

/* One line for a reply: status, name, and the message if there is one. */
static inline char *story(const struct reply *reply)
{
    struct text line = {0};
    text_addf(&line, "%d", reply->status);
    if (reply->body[0] == '<') {
        text_addf(&line, " %s", reply_header(reply, "x-amzn-ErrorType"));
        return text_take(&line);
    }
    struct json_document *document = parsed(reply);
    const struct json *root = json_document_root(document);
    const struct json *error = json_member(root, "error");
    const char *name = json_member_text(error != NULL ? error : root, error ? "code" : "__type");
    const char *message = json_member_text(error != NULL ? error : root, "message");
    if (name != NULL)
        text_addf(&line, " %s", name);
    if (message != NULL)
        text_addf(&line, ": %s", message);
    json_document_free(document);
    return text_take(&line);
}

#endif
