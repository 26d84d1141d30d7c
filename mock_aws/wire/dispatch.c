/* SPDX-License-Identifier: MIT */
/* The guard pipeline: dispatch() reads top to bottom, everything else here is one of its steps. */
#include "wire/dispatch.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/errors.h"
#include "wire/scope.h"
#include "wire/shapes.h"

/* One request on its way through the pipeline. */
struct passage {
    const struct dispatcher *dispatcher;
    const struct request *request;
    struct reply *reply;
    struct call call;
    struct json_document *document; /* owns call.input, or … */
    struct json *query;             /* … this does */
    struct scope scope;
    char actor[512];
    char base_url[256];
    bool control;
};

void reply_clear(struct reply *reply)
{
    free(reply->body);
    *reply = (struct reply){.status = 0};
}

static void reply_header_add(struct reply *reply, const char *name, const char *value)
{
    assert(reply->header_count < REPLY_HEADERS_MAX);
    struct reply_header *header = &reply->headers[reply->header_count++];
    header->name = name;
    text_copy(header->value, sizeof header->value, value);
}

static const char *header(const struct request *request, const char *name)
{
    return request->header(request->header_self, name);
}

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool is_compatibility_path(const char *path)
{
    return starts_with(path, "/moto-api/") || starts_with(path, "/_localstack/");
}

static const struct operation *operation_named(const struct service *service, const char *name)
{
    for (const struct operation *operation = service->operations; operation->name != NULL;
         operation++)
        if (strcmp(operation->name, name) == 0)
            return operation;
    return NULL;
}

/* X-Amz-Target splits at its last dot (identity-wire 1.1). */
static enum fault find_by_target(struct passage *passage)
{
    struct call *call = &passage->call;
    const char *target = header(passage->request, "X-Amz-Target");
    const char *dot = target == NULL ? NULL : strrchr(target, '.');
    for (const struct service *const *service = passage->dispatcher->services;
         dot != NULL && *service != NULL && call->service == NULL; service++)
        for (const char *const *prefix = (*service)->target_prefixes; *prefix != NULL; prefix++)
            if (strlen(*prefix) == (size_t)(dot - target) &&
                strncmp(*prefix, target, (size_t)(dot - target)) == 0)
                call->service = *service;
    if (call->service != NULL)
        call->operation = operation_named(call->service, dot + 1);
    if (call->operation != NULL)
        return FAULT_NONE;
    if (target == NULL)
        return problem_set(&call->problem, FAULT_UNKNOWN_OPERATION,
                           "No X-Amz-Target names an operation, and %s %s is no control call; see "
                           "GET /_mock/health",
                           passage->request->method, passage->request->path);
    return problem_set(&call->problem, FAULT_UNKNOWN_OPERATION, "Unknown operation %.200s", target);
}

static enum fault find_by_path(struct passage *passage)
{
    const struct request *request = passage->request;
    struct call *call = &passage->call;
    struct text methods = {0};
    for (const struct service *const *service = passage->dispatcher->services; *service != NULL;
         service++) {
        if ((*service)->protocol != PROTOCOL_CONTROL)
            continue;
        call->service = *service;
        for (const struct operation *operation = (*service)->operations; operation->name != NULL;
             operation++) {
            if (strcmp(operation->path, request->path) != 0)
                continue;
            if (strcmp(operation->method, request->method) == 0)
                call->operation = operation;
            text_addf(&methods, "%s%s", methods.bytes == 0 ? "" : ", ", operation->method);
        }
    }
    enum fault fault = FAULT_NONE;
    if (call->operation == NULL && methods.bytes > 0) {
        reply_header_add(passage->reply, "Allow", text_chars(&methods));
        fault = problem_set(&call->problem, FAULT_METHOD, "%s takes %s, not %s", request->path,
                            text_chars(&methods), request->method);
    } else if (call->operation == NULL) {
        fault = problem_set(&call->problem, FAULT_UNKNOWN_OPERATION,
                            "There is no control call %.200s", request->path);
    }
    text_clear(&methods);
    return fault;
}

/* JSON services take POST / only, and these types; the real ones answer another type with 404 (identity-wire 2.1). */
static enum fault check_aws_form(struct passage *passage)
{
    static const char *const TYPES[] = {"application/x-amz-json-1.1", "application/x-amz-json-1.0",
                                        "application/json"};
    struct call *call = &passage->call;
    const char *type = header(passage->request, "Content-Type");
    bool known = false;
    for (size_t i = 0; type != NULL && i < sizeof TYPES / sizeof TYPES[0]; i++) {
        size_t bytes = strlen(TYPES[i]);
        known = known || (strncasecmp(type, TYPES[i], bytes) == 0 &&
                          (type[bytes] == '\0' || strchr("; \t", type[bytes]) != NULL));
    }
    if (strcmp(passage->request->method, "POST") != 0 || strcmp(passage->request->path, "/") != 0)
        return problem_set(&call->problem, FAULT_UNKNOWN_OPERATION,
                           "%s %.200s: operations are called by POST /", passage->request->method,
                           passage->request->path);
    if (!known)
        return problem_set(&call->problem, FAULT_MEDIA_TYPE, "Content-Type %.100s; expected %s",
                           type == NULL ? "is missing" : type,
                           call->service == NULL ? TYPES[0] : call->service->content_type);
    return FAULT_NONE;
}

/* "localhost", 127.x.y.z or [::1], with any port. */
static bool is_loopback(const char *host)
{
    size_t bytes = host[0] == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/");
    if (strspn(host, "0123456789.") == bytes && starts_with(host, "127."))
        return true;
    return (bytes == 9 && strncasecmp(host, "localhost", bytes) == 0) ||
           (bytes == 5 && strncmp(host, "[::1]", bytes) == 0);
}

/* Another site's page in a browser must not steer the mock: it shows by Origin, or by a name rebound to our address. */
static enum fault check_control_form(struct passage *passage)
{
    const struct request *request = passage->request;
    struct problem *problem = &passage->call.problem;
    const char *origin = header(request, "Origin");
    const char *host = header(request, "Host");
    const char *type = header(request, "Content-Type");
    const char *origin_host = origin == NULL ? NULL : strstr(origin, "://");
    if (origin != NULL && (origin_host == NULL || !is_loopback(origin_host + 3)))
        return problem_set(problem, FAULT_DENIED, "Origin %.100s may not call the control surface",
                           origin);
    if (host != NULL && !is_loopback(host))
        return problem_set(problem, FAULT_DENIED,
                           "Host %.100s: the control surface answers to localhost only", host);
    bool changes = strcmp(request->method, "GET") != 0;
    if (changes && !is_compatibility_path(request->path) &&
        (type == NULL || strncasecmp(type, "application/json", 16) != 0))
        return problem_set(problem, FAULT_MEDIA_TYPE, "Content-Type must be application/json");
    return FAULT_NONE;
}

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);
    return at == NULL ? -1 : (int)(at - digits);
}

/* Percent-decode `bytes` characters; NULL if an escape is broken or a NUL would come out. */
static char *query_decode(const char *chars, size_t bytes)
{
    char *decoded = mem_new(bytes + 1);
    size_t to = 0;
    for (size_t i = 0; i < bytes; i++) {
        int value = chars[i] == '+' ? ' ' : (unsigned char)chars[i];
        if (chars[i] == '%') {
            int high = i + 2 < bytes ? hex_digit(chars[i + 1]) : -1;
            int low = i + 2 < bytes ? hex_digit(chars[i + 2]) : -1;
            value = high < 0 || low < 0 ? 0 : high * 16 + low;
            i += 2;
        }
        if (value == 0) {
            free(decoded);
            return NULL;
        }
        decoded[to++] = (char)value;
    }
    return decoded;
}

/* The query of a GET as an object of texts. */
static enum fault read_query(struct passage *passage)
{
    struct problem *problem = &passage->call.problem;
    passage->query = json_new_object();
    passage->call.input = passage->query;
    for (const char *at = passage->request->query; *at != '\0';) {
        size_t bytes = strcspn(at, "&");
        size_t name_bytes = strcspn(at, "=&");
        char *name = query_decode(at, name_bytes);
        char *value = name_bytes >= bytes
                          ? mem_text("")
                          : query_decode(at + name_bytes + 1, bytes - name_bytes - 1);
        bool good = name != NULL && value != NULL && json_member(passage->query, name) == NULL;
        if (good)
            json_put_text(passage->query, name, value);
        free(name);
        free(value);
        if (!good)
            return problem_set(problem, FAULT_INVALID,
                               "The query has a broken escape or a name twice at '%.50s'", at);
        at += bytes + (at[bytes] == '&' ? 1 : 0);
    }
    return FAULT_NONE;
}

/* The body as an object; an empty one counts as {}. */
static enum fault read_body(struct passage *passage)
{
    const struct request *request = passage->request;
    struct problem *problem = &passage->call.problem;
    struct json_error error;
    if (request->body_too_large)
        return problem_set(problem, FAULT_TOO_LARGE, "The body is larger than this server takes");
    bool blank = request->body_bytes == 0;
    passage->document = json_parse(blank ? "{}" : request->body, blank ? 2 : request->body_bytes,
                                   JSON_STRICT, &error);
    if (passage->document == NULL)
        return problem_set(problem, FAULT_SERIALIZATION, "line %u, column %u: %s",
                           error.position.line, error.position.column, error.message);
    passage->call.input = json_document_root(passage->document);
    if (json_kind(passage->call.input) != JSON_OBJECT)
        return problem_set(problem, FAULT_SERIALIZATION, "The body must be a JSON object");
    return FAULT_NONE;
}

/* Where the call lands (control-api.md): a 12-digit access key is the account; the Region is the scope's. */
static void place_call(struct passage *passage)
{
    struct call *call = &passage->call;
    const char *key = passage->scope.access_key;
    bool is_account = strlen(key) == 12 && strspn(key, "0123456789") == 12;
    call->account = is_account ? key : passage->dispatcher->default_account;
    call->region = passage->scope.region;
    snprintf(passage->actor, sizeof passage->actor, "arn:aws:iam::%s:user/%s", call->account, key);
    call->actor = passage->actor;
}

static enum fault enter_aws(struct passage *passage)
{
    const struct request *request = passage->request;
    const char *date = header(request, "X-Amz-Date");
    enum fault fault = check_aws_form(passage);
    if (fault == FAULT_NONE)
        fault = read_body(passage);
    enum fault found = find_by_target(passage);
    if (fault == FAULT_NONE)
        fault = found;
    if (fault == FAULT_NONE)
        fault = scope_read(header(request, "Authorization"),
                           date == NULL ? header(request, "Date") : date, passage->call.service,
                           &passage->scope, &passage->call.problem);
    if (fault == FAULT_NONE)
        place_call(passage);
    return fault;
}

static enum fault enter_control(struct passage *passage)
{
    bool get = strcmp(passage->request->method, "GET") == 0;
    passage->call.account = passage->dispatcher->default_account;
    passage->call.region = "";
    passage->call.actor = "control";
    enum fault fault = find_by_path(passage);
    if (fault == FAULT_NONE)
        fault = check_control_form(passage);
    if (fault == FAULT_NONE)
        fault = get ? read_query(passage) : read_body(passage);
    return fault;
}

static enum fault check_output(struct passage *passage)
{
    struct problem wrong = {0};
    const struct call *call = &passage->call;
    if (!passage->dispatcher->check_answers ||
        shape_check_output(call->operation->output, call->output, &wrong) == FAULT_NONE)
        return FAULT_NONE;
    log_line("%s.%s: the answer breaks its shape: %s %s", call->service->name,
             call->operation->name, wrong.path, wrong.message);
    return FAULT_INTERNAL;
}

/* The handler inside one transaction; whatever is not a success leaves nothing behind. */
static enum fault run(struct passage *passage)
{
    const struct backend *backend = &passage->dispatcher->backend;
    struct call *call = &passage->call;
    enum fault fault = backend->begin(backend->self, call->operation->access, &call->problem);
    if (fault != FAULT_NONE)
        return fault;
    fault = call->operation->handle(call);
    if (fault == FAULT_NONE)
        fault = check_output(passage);
    if (fault == FAULT_NONE)
        return backend->commit(backend->self);
    backend->rollback(backend->self);
    return fault;
}

static void answer(struct passage *passage, enum fault fault)
{
    struct call *call = &passage->call;
    struct reply *reply = passage->reply;
    const struct service *service = call->service;
    struct json *body = call->output;
    const char *type = service == NULL ? "application/x-amz-json-1.1" : service->content_type;
    reply->status = 200;
    if (fault != FAULT_NONE) {
        const struct fault_name *name = fault_name(service, fault);
        if (fault == FAULT_INTERNAL && call->problem.message[0] == '\0')
            problem_set(&call->problem, fault, "The server failed; its log says why");
        body = error_body(service, fault, &call->problem, call->request_id);
        reply->status = name->status;
        if (!passage->control)
            reply_header_add(reply, "x-amzn-ErrorType", name->name);
    }
    reply->body = json_print(body);
    reply->body_bytes = strlen(reply->body);
    reply_header_add(reply, "Content-Type", type);
    reply_header_add(reply, "x-amzn-RequestId", call->request_id);
    if (body != call->output)
        json_free(body);
}

void dispatch(const struct dispatcher *dispatcher, const struct request *request,
              struct reply *reply)
{
    struct passage passage = {.dispatcher = dispatcher, .request = request, .reply = reply};
    struct call *call = &passage.call;
    const char *host = header(request, "Host");
    snprintf(passage.base_url, sizeof passage.base_url, "http://%.200s",
             host == NULL ? "127.0.0.1" : host);
    passage.control = starts_with(request->path, "/_mock/") || is_compatibility_path(request->path);
    call->world = dispatcher->backend.self;
    call->base_url = passage.base_url;
    dispatcher->backend.request_id(dispatcher->backend.self, call->request_id);
    call->output = json_new_object();

    enum fault fault = passage.control ? enter_control(&passage) : enter_aws(&passage);
    if (fault == FAULT_NONE)
        fault = shape_check(call->operation->input, call->input, passage.control, &call->problem);
    if (fault == FAULT_NONE)
        fault = run(&passage);
    answer(&passage, fault);

    json_free(call->output);
    json_free(passage.query);
    json_document_free(passage.document);
}
