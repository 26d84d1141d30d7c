/* SPDX-License-Identifier: MIT */
/*
 * The way of one request. A door for each protocol leads in; behind them the way is the same. Everything of a
 * request lives in its `struct turn`, so any number may be under way at once.
 */
#include "wire/dispatch.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/answer.h"
#include "wire/caller.h"
#include "wire/errors.h"
#include "wire/exchange.h"
#include "wire/form.h"
#include "wire/hosts.h"
#include "wire/parameters.h"
#include "wire/paths.h"
#include "wire/patterns.h"
#include "wire/scim_path.h"
#include "wire/scope.h"
#include "wire/shapes.h"

#define DIGITS "0123456789"

struct turn {
    const struct dispatcher *dispatcher;
    const struct request *request;
    struct call call;
    struct scope scope;
    struct scim_path scim;
    struct json_document *document; /* the body; owns call.input if there is one */
    struct json *built;             /* call.input otherwise */
    const struct json *given;       /* the input as it came */
    struct json *known; /* what the operation knows of it: call.input once it has passed */
    struct json *query; /* the URL's parameters, where the input is made of them */
    char *base_url;
    char *path_name;
    char *actor;
    struct disturbance disturbance;
    const char *host;                 /* NULL: none was named */
    const char *const *host_services; /* who lives there by name; NULL: nobody */
    struct text allowed;              /* methods of a control path, for Allow */
};

/* Paths of the control surface. The compatibility paths take anything, and read nothing of it (control-api.md). */
static const struct door {
    const char *prefix;
    bool reads_nothing;
} DOORS[] = {{"/_mock/", false}, {"/moto-api/", true}, {"/_localstack/", true}, {NULL, false}};

/* Who answers while it is not known which service is meant. */
static const struct service NO_SERVICE = {
    .name = "none", .protocol = PROTOCOL_AWS_JSON, .content_type = "application/x-amz-json-1.1"};
static const struct service NO_SCIM = {
    .name = "scim", .protocol = PROTOCOL_SCIM, .content_type = "application/json"};
static const struct service NO_CONTROL = {
    .name = "control", .protocol = PROTOCOL_CONTROL, .content_type = "application/json"};

static const struct service NO_QUERY = {.name = "none",
                                        .protocol = PROTOCOL_QUERY,
                                        .content_type = "text/xml",
                                        .xml_namespace =
                                            "http://webservices.amazon.com/AWSFault/2005-15-09"};

static const char *header(const struct request *request, const char *name)
{
    return request->header(request->header_self, name);
}

/* Without its parameters, and whatever the case. */
static bool media_type_is(const char *given, const char *wanted)
{
    if (given == NULL)
        return false;
    given += strspn(given, " \t");
    size_t bytes = strcspn(given, "; \t");
    return bytes == strlen(wanted) && strncasecmp(given, wanted, bytes) == 0;
}

size_t request_body_limit(const char *method, const char *content_type)
{
    bool snapshot = strcmp(method, "PUT") == 0 && media_type_is(content_type, SQLITE_MEDIA_TYPE);
    return snapshot ? LIMIT_SNAPSHOT_BYTES : LIMIT_BODY_BYTES;
}

static bool is_loopback_origin(const char *origin)
{
    static const char *const SCHEMES[] = {"http://", "https://"};
    for (size_t i = 0; i < sizeof SCHEMES / sizeof SCHEMES[0]; i++) {
        size_t bytes = strlen(SCHEMES[i]);
        if (strncasecmp(origin, SCHEMES[i], bytes) == 0)
            return host_is_loopback(origin + bytes);
    }
    return false;
}

/* Whom the client wants to speak with; NULL if it does not say. */
static const char *host_of(const struct request *request)
{
    return request->host != NULL ? request->host : header(request, "Host");
}

/* The address that the client used, so that a URL in an answer leads back here, into the same world (NULL: the first). */
static char *base_url(const struct request *request, const char *world)
{
    const char *host = host_of(request);
    bool usable = host != NULL && host[0] != '\0' &&
                  strspn(host, DIGITS "abcdefghijklmnopqrstuvwxyz"
                                      "ABCDEFGHIJKLMNOPQRSTUVWXYZ.-_:[]") == strlen(host);
    return mem_format("%s://%s%s%s", request->secure ? "https" : "http",
                      usable ? host : "127.0.0.1", world == NULL ? "" : WORLD_PREFIX,
                      world == NULL ? "" : world);
}

/* Is the service at home where the client looks for it? Under a name of our own all are. */
static bool lives_here(const struct turn *turn, const struct service *service)
{
    const char *const *name = turn->host_services;
    if (turn->host == NULL || host_is_loopback(turn->host) || !host_is_ours(turn->host))
        return true;
    while (name != NULL && *name != NULL && strcmp(*name, service->name) != 0)
        name++;
    return name != NULL && *name != NULL;
}

static const struct door *door_of(const char *path)
{
    const struct door *door = DOORS;
    while (door->prefix != NULL && strncmp(path, door->prefix, strlen(door->prefix)) != 0)
        door++;
    return door->prefix != NULL ? door : NULL;
}

/* The query's parameters as texts. */
static enum fault read_query(struct turn *turn, struct json *into)
{
    const char *query = turn->request->query;
    return parameters_read(query, strlen(query), "query string", into, &turn->call.problem);
}

static enum fault body_too_large(struct turn *turn)
{
    return problem_set(
        &turn->call.problem, FAULT_TOO_LARGE, "The request body is larger than %zu bytes",
        request_body_limit(turn->request->method, header(turn->request, "Content-Type")));
}

static enum fault read_body(struct turn *turn)
{
    const struct request *request = turn->request;
    struct json_error error;
    if (request->body_too_large)
        return body_too_large(turn);
    if (request->body_bytes == 0) {
        turn->call.input = turn->built = json_new_object();
        return FAULT_NONE;
    }
    turn->document = json_parse(request->body, request->body_bytes, JSON_STRICT, &error);
    if (turn->document == NULL)
        return problem_set(&turn->call.problem, FAULT_SERIALIZATION, "line %u, column %u: %s",
                           error.position.line, error.position.column, error.message);
    turn->call.input = json_document_root(turn->document);
    if (json_kind(turn->call.input) != JSON_OBJECT)
        return problem_set(&turn->call.problem, FAULT_SERIALIZATION,
                           "The request body must be a JSON object, not a JSON %s",
                           json_kind_name(json_kind(turn->call.input)));
    return FAULT_NONE;
}

/* A web page of somewhere else must not steer the mock, neither directly nor under a name that it made point here. */
static enum fault check_local(struct turn *turn)
{
    const char *host = turn->host;
    const char *origin = header(turn->request, "Origin");
    if (host != NULL && !host_is_loopback(host))
        return problem_set(&turn->call.problem, FAULT_DENIED,
                           "The Host header must name localhost or a loopback address");
    if (origin != NULL && !is_loopback_origin(origin))
        return problem_set(&turn->call.problem, FAULT_DENIED,
                           "The Origin header must be a page of localhost");
    return FAULT_NONE;
}

/* The operation of `protocol` at `path` by the request's method. */
static enum fault find_by_path(struct turn *turn, enum protocol protocol, const char *path)
{
    const struct request *request = turn->request;
    const char *type = header(request, "Content-Type");
    for (const struct service *const *at = turn->dispatcher->services; *at != NULL; at++) {
        const struct operation *row = (*at)->operations;
        bool here = (*at)->protocol == protocol && lives_here(turn, *at) &&
                    ((*at)->body_type == NULL || media_type_is(type, (*at)->body_type));
        for (; here && row->name != NULL; row++) {
            char *name = NULL;
            if (row->path == NULL || !path_matches(row->path, path, &name))
                continue;
            free(turn->path_name);
            turn->path_name = name;
            if (strcmp(row->method, request->method) == 0)
                turn->call.operation = row;
            if (turn->call.operation == NULL || turn->call.operation == row)
                turn->call.service = *at;
            text_addf(&turn->allowed, "%s%s", turn->allowed.bytes > 0 ? ", " : "", row->method);
        }
    }
    if (turn->call.operation != NULL)
        return FAULT_NONE;
    if (turn->allowed.bytes == 0)
        return problem_set(&turn->call.problem, FAULT_UNKNOWN_OPERATION,
                           "There is nothing at this path");
    return problem_set(&turn->call.problem, FAULT_METHOD, "Expected the method %s at this path",
                       text_chars(&turn->allowed));
}

static bool is_rest_path(const struct dispatcher *dispatcher, const char *path)
{
    for (const struct service *const *at = dispatcher->services; *at != NULL; at++) {
        const struct operation *row = (*at)->operations;
        for (; (*at)->protocol == PROTOCOL_REST_JSON && row->name != NULL; row++) {
            if (row->path != NULL && strcmp(row->path, path) == 0)
                return true;
        }
    }
    return false;
}

static enum fault enter_control(struct turn *turn, const struct door *door)
{
    const struct request *request = turn->request;
    turn->call.service = &NO_CONTROL;
    turn->call.region = ""; /* control calls see every Region */
    turn->actor = mem_text("control");
    enum fault fault = check_local(turn);
    if (fault != FAULT_NONE)
        return fault;
    fault = find_by_path(turn, PROTOCOL_CONTROL, request->path);
    if (fault != FAULT_NONE)
        return fault;
    turn->call.path_id = turn->path_name;
    if (turn->call.service->body_type != NULL) {
        turn->call.bytes = request->body;
        turn->call.byte_count = request->body_bytes;
        turn->call.input = turn->built = json_new_object();
        return request->body_too_large ? body_too_large(turn) : FAULT_NONE;
    }
    if (door->reads_nothing || strcmp(request->method, "GET") == 0) {
        turn->call.input = turn->built = json_new_object();
        return door->reads_nothing ? FAULT_NONE : read_query(turn, turn->built);
    }
    if (!media_type_is(header(request, "Content-Type"), "application/json"))
        return problem_set(&turn->call.problem, FAULT_MEDIA_TYPE,
                           "Expected Content-Type: application/json");
    if (request->query[0] != '\0')
        return problem_set(&turn->call.problem, FAULT_INVALID,
                           "Parameters of this call belong in the body, not in the query string");
    return read_body(turn);
}

static enum fault enter_scim(struct turn *turn)
{
    const struct request *request = turn->request;
    const char *type = header(request, "Content-Type");
    struct call *call = &turn->call;
    bool has_body = request->body_bytes > 0 || request->body_too_large;
    call->service = &NO_SCIM;
    call->region = turn->scim.region[0] != '\0' ? turn->scim.region : call->host_region;
    call->path_tenant = turn->scim.tenant;
    call->path_id = turn->scim.id;
    call->bearer = caller_bearer(request);
    turn->actor = mem_format("scim:%s", turn->scim.tenant);
    enum fault fault = find_by_path(turn, PROTOCOL_SCIM, turn->scim.resource);
    if (fault != FAULT_NONE)
        return fault;
    if (strcmp(request->method, "GET") == 0) {
        call->input = turn->built = json_new_object();
        return read_query(turn, turn->built);
    }
    if (has_body && !media_type_is(type, "application/scim+json") &&
        !media_type_is(type, "application/json"))
        return problem_set(&call->problem, FAULT_MEDIA_TYPE,
                           "Expected Content-Type: application/scim+json or application/json");
    return read_body(turn);
}

static bool is_json_media_type(const char *given)
{
    return media_type_is(given, "application/x-amz-json-1.1") ||
           media_type_is(given, "application/x-amz-json-1.0") ||
           media_type_is(given, "application/json");
}

static bool has_prefix(const struct service *service, const char *chars, size_t bytes)
{
    const char *const *prefix = service->target_prefixes;
    while (*prefix != NULL && (strlen(*prefix) != bytes || strncmp(*prefix, chars, bytes) != 0))
        prefix++;
    return *prefix != NULL;
}

/* Leaves call.operation NULL if there is none: that the body is JSON is checked before. */
static void find_target(struct turn *turn)
{
    const char *target = header(turn->request, "X-Amz-Target");
    const char *dot = target == NULL ? NULL : strrchr(target, '.');
    turn->call.service = &NO_SERVICE;
    for (const struct service *const *at = turn->dispatcher->services; dot != NULL && *at != NULL;
         at++) {
        if ((*at)->protocol != PROTOCOL_AWS_JSON || !lives_here(turn, *at) ||
            !has_prefix(*at, target, (size_t)(dot - target)))
            continue;
        turn->call.service = *at;
        for (size_t i = 0; operation_table(*at, i) != NULL; i++) {
            for (const struct operation *row = operation_table(*at, i); row->name != NULL; row++)
                if (strcmp(row->name, dot + 1) == 0)
                    turn->call.operation = row;
        }
    }
}

static enum fault read_caller(struct turn *turn)
{
    return caller_read(turn->dispatcher, turn->request, &turn->call, &turn->scope, &turn->actor);
}

static bool at_its_path(const struct service *service, const char *path)
{
    const char *const *at = service->paths;
    while (at != NULL && *at != NULL && strcmp(*at, path) != 0)
        at++;
    return strcmp(path, "/") == 0 || (at != NULL && *at != NULL);
}

/* Order of the checks: identity-wire 3.4. */
static enum fault enter_aws(struct turn *turn)
{
    const struct request *request = turn->request;
    find_target(turn);
    if (strcmp(request->method, "POST") != 0 || !at_its_path(turn->call.service, request->path))
        return FAULT_METHOD;
    if (!is_json_media_type(header(request, "Content-Type")))
        return FAULT_MEDIA_TYPE;
    enum fault fault = read_body(turn);
    if (fault == FAULT_NONE && turn->call.operation == NULL && turn->host != NULL &&
        host_is_ours(turn->host) && !host_is_loopback(turn->host))
        fault = problem_set(&turn->call.problem, FAULT_UNKNOWN_OPERATION,
                            "No such operation lives at %s", turn->host);
    else if (fault == FAULT_NONE && turn->call.operation == NULL)
        fault = FAULT_UNKNOWN_OPERATION;
    if (fault != FAULT_NONE)
        return fault;
    return read_caller(turn);
}

/* By method and path, the body JSON; a call without one has its members in the URL (identity-wire 2.5). */
static enum fault enter_rest(struct turn *turn)
{
    const struct request *request = turn->request;
    const char *type = header(request, "Content-Type");
    enum fault fault = find_by_path(turn, PROTOCOL_REST_JSON, request->path);
    if (fault != FAULT_NONE)
        return fault;
    const struct shape *members = turn->call.operation->input;
    bool has_body = request->body_bytes > 0 || request->body_too_large;
    if (has_body && !is_json_media_type(type))
        return problem_set(&turn->call.problem, FAULT_MEDIA_TYPE,
                           "Expected Content-Type: application/json");
    if (strcmp(request->method, "GET") == 0 || strcmp(request->method, "DELETE") == 0) {
        turn->query = json_new_object();
        fault = read_query(turn, turn->query);
        turn->call.input = turn->built = form_object(members, turn->query);
    } else {
        fault = read_body(turn);
    }
    if (fault != FAULT_NONE)
        return fault;
    return read_caller(turn);
}

/* Is this one for the query protocol? It has no path of its own, but no other protocol takes forms (identity-wire 1.2). */
static bool is_query(const struct request *request)
{
    bool get = strcmp(request->method, "GET") == 0 && request->query[0] != '\0';
    bool post = strcmp(request->method, "POST") == 0 &&
                media_type_is(header(request, "Content-Type"), "application/x-www-form-urlencoded");
    return strcmp(request->path, "/") == 0 && header(request, "X-Amz-Target") == NULL &&
           (get || post);
}

static enum fault find_action(struct turn *turn)
{
    struct problem *problem = &turn->call.problem;
    const char *action = json_member_text(turn->query, "Action");
    const char *version = json_member_text(turn->query, "Version");
    if (action == NULL || action[0] == '\0')
        return problem_set(problem, FAULT_MISSING_ACTION, "Missing Action");
    if (version == NULL)
        version = "NO_VERSION_SPECIFIED";
    for (const struct service *const *at = turn->dispatcher->services; *at != NULL; at++) {
        if ((*at)->protocol != PROTOCOL_QUERY || !lives_here(turn, *at) ||
            strcmp((*at)->version, version) != 0)
            continue;
        for (const struct operation *row = (*at)->operations; row->name != NULL; row++) {
            if (strcmp(row->name, action) != 0)
                continue;
            turn->call.service = *at;
            turn->call.operation = row;
            return FAULT_NONE;
        }
    }
    return problem_set(problem, FAULT_UNKNOWN_OPERATION,
                       "Could not find operation %s for version %s", action, version);
}

/* The parameters may stand in the URL, in the body, or some here and some there. */
static enum fault enter_query(struct turn *turn)
{
    const struct request *request = turn->request;
    struct problem *problem = &turn->call.problem;
    turn->call.service = &NO_QUERY;
    turn->call.query = turn->query = json_new_object();
    if (request->body_too_large)
        return body_too_large(turn);
    enum fault fault = read_query(turn, turn->query);
    if (fault == FAULT_NONE && strcmp(request->method, "POST") == 0)
        fault = parameters_read(request->body, request->body_bytes, "form", turn->query, problem);
    if (fault != FAULT_NONE)
        return FAULT_SERIALIZATION;
    fault = find_action(turn);
    if (fault != FAULT_NONE)
        return fault;
    turn->call.input = turn->built = form_object(turn->call.operation->input, turn->query);
    return read_caller(turn);
}

/* One transaction: all of the handler's work stays, or nothing. */
static enum fault act(struct turn *turn)
{
    const struct backend *backend = &turn->dispatcher->backend;
    struct call *call = &turn->call;
    const struct operation *operation = call->operation;
    bool strict = call->service->protocol == PROTOCOL_CONTROL;
    bool shaped = call->service->protocol !=
                  PROTOCOL_SCIM; /* its names have no case, its values many forms */
    call->actor = turn->actor;
    enum fault fault = FAULT_NONE;
    if (shaped)
        fault = shape_check(turn->dispatcher->patterns, operation->input, call->input, strict,
                            &call->problem);
    if (fault != FAULT_NONE)
        return fault;
    if (shaped && !strict)
        call->input = turn->known = shape_copy(operation->input, call->input);
    if (backend->disturb != NULL && !strict) {
        backend->disturb(backend->self, call, &turn->disturbance);
        fault = disturbance_fault(&turn->disturbance, call);
    }
    if (fault != FAULT_NONE)
        return fault;
    fault = backend->begin(backend->self, operation->access, &call->problem);
    if (fault != FAULT_NONE)
        return fault;
    bool is_signed = call->service->scopes != NULL && call->service->scopes[0] != NULL;
    if (is_signed && backend->admit != NULL)
        fault = backend->admit(call);
    if (fault == FAULT_NONE)
        fault = operation->handle(call);
    if (fault == FAULT_NONE && shaped && call->text == NULL && turn->dispatcher->check_answers &&
        shape_check_output(turn->dispatcher->patterns, operation->output, call->output,
                           &call->problem) != FAULT_NONE)
        fault = FAULT_INTERNAL;
    if (fault == FAULT_NONE && backend->record != NULL)
        fault = backend->record(backend->self, call, NULL);
    if (fault != FAULT_NONE)
        backend->rollback(backend->self);
    else if (backend->commit(backend->self) != FAULT_NONE)
        fault = problem_set(&call->problem, FAULT_INTERNAL, "the commit failed");
    return fault;
}

static enum fault run(struct turn *turn)
{
    const struct backend *backend = &turn->dispatcher->backend;
    struct call *call = &turn->call;
    enum fault fault = fault_told(call->service, act(turn), call->problem.path);
    if (fault != FAULT_NONE && backend->record != NULL &&
        backend->record(backend->self, call, fault_name(call->service, fault)) != FAULT_NONE)
        log_line("%s %s: its event could not be kept", call->service->name, call->operation->name);
    return fault;
}

static void journal(const struct turn *turn, enum fault fault, const struct reply *reply)
{
    const struct backend *backend = &turn->dispatcher->backend;
    struct exchange exchange;
    if (backend->journal == NULL)
        return;
    struct call call = turn->call;
    call.input = turn->given;
    exchange_make(turn->dispatcher, turn->request, &call, turn->query, fault, reply, &exchange);
    exchange.faulted = turn->disturbance.kind != DISTURB_NOT;
    backend->journal(backend->self, &exchange);
    exchange_clear(&exchange);
}

static void turn_clear(struct turn *turn)
{
    json_free(turn->call.output);
    free(turn->call.text);
    json_free(turn->built);
    json_free(turn->known);
    json_free(turn->query);
    json_document_free(turn->document);
    scope_clear(&turn->scope);
    text_clear(&turn->allowed);
    free(turn->base_url);
    free(turn->path_name);
    free(turn->actor);
}

/* In the words of who was called; but no missing thing (404), which a script might take for a job that is done. */
static enum fault refuse_world(struct turn *turn, const struct door *door, const char *world)
{
    bool scim = door == NULL && scim_path_read(turn->request->path, &turn->scim);
    turn->call.service = door != NULL              ? &NO_CONTROL
                         : scim                    ? &NO_SCIM
                         : is_query(turn->request) ? &NO_QUERY
                                                   : &NO_SERVICE;
    turn->actor = mem_text("nobody");
    return problem_set(&turn->call.problem, scim ? FAULT_INVALID : FAULT_UNKNOWN_OPERATION,
                       "There is no world '%.64s'; PUT /_mock/worlds/NAME makes one", world);
}

static enum fault enter(struct turn *turn, const struct door *door)
{
    const char *path = turn->request->path;
    if (door != NULL)
        return enter_control(turn, door);
    if (scim_path_read(path, &turn->scim))
        return enter_scim(turn);
    if (is_rest_path(turn->dispatcher, path))
        return enter_rest(turn);
    return is_query(turn->request) ? enter_query(turn) : enter_aws(turn);
}

/* `world` NULL: the first one. `lost`: there is no world of that name. */
static void take_turn(const struct dispatcher *dispatcher, const struct request *request,
                      const char *world, bool lost, struct reply *reply)
{
    const struct door *door = door_of(request->path);
    struct turn turn = {.dispatcher = dispatcher, .request = request};
    turn.base_url = base_url(request, world);
    turn.host = host_of(request);
    if (turn.host != NULL)
        turn.host_services = host_services(turn.host, turn.call.host_region);
    turn.call.world = dispatcher->backend.self;
    turn.call.account = dispatcher->default_account;
    turn.call.base_url = turn.base_url;
    turn.call.user_agent = header(request, "User-Agent");
    turn.call.output = json_new_object();
    dispatcher->backend.request_id(dispatcher->backend.self, turn.call.request_id);
    enum fault fault = lost ? refuse_world(&turn, door, world) : enter(&turn, door);
    turn.given = turn.call.input;
    if (fault == FAULT_NONE)
        fault = run(&turn);
    const struct outcome outcome = {.call = &turn.call,
                                    .fault = fault,
                                    .document = turn.document,
                                    .allowed = text_chars(&turn.allowed),
                                    .disturbance = &turn.disturbance,
                                    .backend = &dispatcher->backend};
    answer_make(&outcome, reply);
    if (door == NULL)
        journal(&turn, fault, reply);
    turn_clear(&turn);
}

void dispatch(const struct dispatcher *dispatcher, const struct request *request,
              struct reply *reply)
{
    const struct backend *backend = &dispatcher->backend;
    struct dispatcher of_world = *dispatcher;
    struct request within = *request;
    char *world = backend->enter == NULL ? NULL : path_world(request->path, &within.path);
    void *entered = world == NULL ? NULL : backend->enter(backend->self, world);
    if (world != NULL)
        within.signed_path = request->path;
    if (entered != NULL)
        of_world.backend.self = entered;
    take_turn(&of_world, &within, world, world != NULL && entered == NULL, reply);
    if (entered != NULL)
        backend->leave(entered);
    free(world);
}

void reply_clear(struct reply *reply)
{
    free(reply->body);
    *reply = (struct reply){0};
}
