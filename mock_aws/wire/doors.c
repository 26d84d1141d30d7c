/* SPDX-License-Identifier: MIT */
/*
 * The table of doors, and how each reads a request. The order of their checks is what clients see
 * first of an error.
 */
#include "wire/doors.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/mem.h"
#include "wire/caller.h"
#include "wire/form.h"
#include "wire/hosts.h"
#include "wire/parameters.h"
#include "wire/paths.h"

/*
 * Paths of the control surface. The compatibility paths take anything, and read nothing of it
 * (control-api.md).
 */
static const struct control_prefix {
    const char *text;
    bool reads_nothing;
} CONTROL_PREFIXES[] = {
    {"/_mock/", false}, {"/moto-api/", true}, {"/_localstack/", true}, {NULL, false}};

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

static const struct control_prefix *control_prefix_of(const char *path)
{
    const struct control_prefix *at = CONTROL_PREFIXES;
    while (at->text != NULL && strncmp(path, at->text, strlen(at->text)) != 0)
        at++;
    return at->text != NULL ? at : NULL;
}

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

/* Is the body of this call a world document, or may hold one? */
static bool takes_document(const char *path)
{
    static const char *const PATHS[] = {"/_mock/world", "/_mock/reset", "/_mock/worlds/*"};
    const char *local = path;
    char *name = NULL;
    char *world = path_world(path, &local);
    bool takes = false;
    for (size_t i = 0; i < sizeof PATHS / sizeof PATHS[0] && !takes; i++)
        takes = path_matches(PATHS[i], world == NULL ? path : local, &name);
    free(name);
    free(world);
    return takes;
}

size_t request_body_limit(const char *method, const char *path, const char *content_type)
{
    bool reads = strcmp(method, "PUT") == 0 || strcmp(method, "POST") == 0;
    if (strcmp(method, "PUT") == 0 && media_type_is(content_type, SQLITE_MEDIA_TYPE))
        return LIMIT_SNAPSHOT_BYTES;
    return reads && takes_document(path) ? LIMIT_FILE_BYTES : LIMIT_BODY_BYTES;
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

/* Is the service at home where the client looks for it? Under a name of our own all are. */
static bool lives_here(const struct request_state *state, const struct service *service)
{
    const char *const *name = state->host_services;
    if (state->host == NULL || host_is_loopback(state->host) || !host_is_ours(state->host))
        return true;
    while (name != NULL && *name != NULL && strcmp(*name, service->name) != 0)
        name++;
    return name != NULL && *name != NULL;
}

/* The query's parameters as texts. */
static enum fault read_query(struct request_state *state, struct json *into)
{
    const char *query = state->request->query;
    return parameters_read(query, strlen(query), "query string", into, &state->call.problem);
}

static enum fault body_too_large(struct request_state *state)
{
    return problem_set(&state->call.problem, FAULT_TOO_LARGE,
                       "The request body is larger than %zu bytes",
                       request_body_limit(state->request->method, state->request->path,
                                          header(state->request, "Content-Type")));
}

static enum fault read_body(struct request_state *state)
{
    const struct request *request = state->request;
    struct json_error error;
    if (request->body_too_large)
        return body_too_large(state);
    if (request->body_bytes == 0) {
        state->call.input = state->built = json_new_object();
        return FAULT_NONE;
    }
    state->document = json_parse(request->body, request->body_bytes, JSON_STRICT, &error);
    if (state->document == NULL)
        return problem_set(&state->call.problem, FAULT_SERIALIZATION, "line %u, column %u: %s",
                           error.position.line, error.position.column, error.message);
    state->call.input = json_document_root(state->document);
    if (json_kind(state->call.input) != JSON_OBJECT)
        return problem_set(&state->call.problem, FAULT_SERIALIZATION,
                           "The request body must be a JSON object, not a JSON %s",
                           json_kind_name(json_kind(state->call.input)));
    return FAULT_NONE;
}

static bool host_is_allowed(const struct dispatcher *dispatcher, const char *host)
{
    const char *const *at = dispatcher->allowed_hosts;
    while (at != NULL && *at != NULL && !host_matches(*at, host))
        at++;
    return at != NULL && *at != NULL;
}

static bool origin_is_ours(const struct dispatcher *dispatcher, const char *origin)
{
    const char *host = strstr(origin, "://");
    return is_loopback_origin(origin) ||
           (host != NULL && host_is_allowed(dispatcher, host + strlen("://")));
}

/*
 * What a browser says of who asks: another site's page does not get through by a call that carries
 * no Origin (an image, a link).
 */
static bool is_of_another_site(const struct request_state *state)
{
    const char *site = header(state->request, "Sec-Fetch-Site");
    return site != NULL && strcasecmp(site, "same-origin") != 0 && strcasecmp(site, "none") != 0;
}

/*
 * A web page of somewhere else must not steer the mock, neither directly nor under a name that it
 * made point here.
 */
static enum fault check_local(struct request_state *state)
{
    const struct dispatcher *dispatcher = state->dispatcher;
    const char *host = state->host;
    const char *origin = header(state->request, "Origin");
    if (host != NULL && !dispatcher->any_host && !host_is_loopback(host) &&
        !host_is_allowed(dispatcher, host))
        return problem_set(&state->call.problem, FAULT_DENIED,
                           "The Host header must name localhost, a loopback address, or a host "
                           "that serve --allow-host names");
    if (origin != NULL && !origin_is_ours(dispatcher, origin))
        return problem_set(&state->call.problem, FAULT_DENIED,
                           "The Origin header must be a page of localhost");
    if (origin == NULL && is_of_another_site(state))
        return problem_set(&state->call.problem, FAULT_DENIED,
                           "The Sec-Fetch-Site header must be same-origin or none");
    return FAULT_NONE;
}

/*
 * HEAD is GET whose answer is not sent, which libmicrohttpd sees to (RFC 9110, 9.3.2). AWS's
 * services refuse it (identity-wire 3.4).
 */
static const char *method_of(const struct request *request, enum protocol protocol)
{
    bool heads = protocol == PROTOCOL_CONTROL || protocol == PROTOCOL_SCIM;
    return heads && strcmp(request->method, "HEAD") == 0 ? "GET" : request->method;
}

/* The operation of `protocol` at `path` by the request's method. */
static enum fault find_by_path(struct request_state *state, enum protocol protocol,
                               const char *path)
{
    const struct request *request = state->request;
    const char *type = header(request, "Content-Type");
    const char *method = method_of(request, protocol);
    for (const struct service *const *at = state->dispatcher->services; *at != NULL; at++) {
        const struct operation *row = (*at)->operations;
        bool here = (*at)->protocol == protocol && lives_here(state, *at) &&
                    ((*at)->body_type == NULL || media_type_is(type, (*at)->body_type));
        for (; here && row->name != NULL; row++) {
            char *name = NULL;
            if (row->path == NULL || !path_matches(row->path, path, &name))
                continue;
            free(state->path_name);
            state->path_name = name;
            if (strcmp(row->method, method) == 0)
                state->call.operation = row;
            if (state->call.operation == NULL || state->call.operation == row)
                state->call.service = *at;
            text_addf(&state->allowed, "%s%s", state->allowed.bytes > 0 ? ", " : "", row->method);
        }
    }
    if (state->call.operation != NULL)
        return FAULT_NONE;
    if (state->allowed.bytes == 0)
        return problem_set(&state->call.problem, FAULT_UNKNOWN_OPERATION,
                           "There is nothing at this path");
    return problem_set(&state->call.problem, FAULT_METHOD, "Expected the method %s at this path",
                       text_chars(&state->allowed));
}

static bool leads_to_control(struct request_state *state)
{
    return control_prefix_of(state->request->path) != NULL;
}

static enum fault enter_control(struct request_state *state)
{
    const struct request *request = state->request;
    bool reads_nothing = control_prefix_of(request->path)->reads_nothing;
    state->call.service = &NO_CONTROL;
    state->call.region = ""; /* control calls see every Region */
    state->actor = mem_text("control");
    enum fault fault = check_local(state);
    if (fault != FAULT_NONE)
        return fault;
    fault = find_by_path(state, PROTOCOL_CONTROL, request->path);
    if (fault != FAULT_NONE)
        return fault;
    state->call.path_id = state->path_name;
    if (state->call.service->body_type != NULL) {
        state->call.bytes = request->body;
        state->call.byte_count = request->body_bytes;
        state->call.input = state->built = json_new_object();
        return request->body_too_large ? body_too_large(state) : FAULT_NONE;
    }
    if (reads_nothing || strcmp(method_of(request, PROTOCOL_CONTROL), "GET") == 0) {
        state->call.input = state->built = json_new_object();
        return reads_nothing ? FAULT_NONE : read_query(state, state->built);
    }
    if (!media_type_is(header(request, "Content-Type"), "application/json"))
        return problem_set(&state->call.problem, FAULT_MEDIA_TYPE,
                           "Expected Content-Type: application/json");
    if (request->query[0] != '\0')
        return problem_set(&state->call.problem, FAULT_INVALID,
                           "Parameters of this call belong in the body, not in the query string");
    return read_body(state);
}

static bool leads_to_scim(struct request_state *state)
{
    return scim_path_read(state->request->path, &state->scim);
}

static enum fault enter_scim(struct request_state *state)
{
    const struct request *request = state->request;
    const char *type = header(request, "Content-Type");
    struct call *call = &state->call;
    bool has_body = request->body_bytes > 0 || request->body_too_large;
    call->service = &NO_SCIM;
    call->region = state->scim.region[0] != '\0' ? state->scim.region : call->host_region;
    call->path_tenant = state->scim.tenant;
    call->path_id = state->scim.id;
    call->bearer = caller_bearer(request);
    state->actor = mem_format("scim:%s", state->scim.tenant);
    enum fault fault = find_by_path(state, PROTOCOL_SCIM, state->scim.resource);
    if (fault != FAULT_NONE)
        return fault;
    if (strcmp(method_of(request, PROTOCOL_SCIM), "GET") == 0) {
        call->input = state->built = json_new_object();
        return read_query(state, state->built);
    }
    if (has_body && !media_type_is(type, "application/scim+json") &&
        !media_type_is(type, "application/json"))
        return problem_set(&call->problem, FAULT_MEDIA_TYPE,
                           "Expected Content-Type: application/scim+json or application/json");
    return read_body(state);
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
static void find_target(struct request_state *state)
{
    const char *target = header(state->request, "X-Amz-Target");
    const char *dot = target == NULL ? NULL : strrchr(target, '.');
    state->call.service = &NO_SERVICE;
    for (const struct service *const *at = state->dispatcher->services; dot != NULL && *at != NULL;
         at++) {
        if ((*at)->protocol != PROTOCOL_AWS_JSON || !lives_here(state, *at) ||
            !has_prefix(*at, target, (size_t)(dot - target)))
            continue;
        state->call.service = *at;
        for (size_t i = 0; operation_table(*at, i) != NULL; i++) {
            for (const struct operation *row = operation_table(*at, i); row->name != NULL; row++)
                if (strcmp(row->name, dot + 1) == 0)
                    state->call.operation = row;
        }
    }
}

static enum fault read_caller(struct request_state *state)
{
    return caller_read(state->dispatcher, state->request, &state->call, &state->scope,
                       &state->actor);
}

static bool at_its_path(const struct service *service, const char *path)
{
    const char *const *at = service->paths;
    while (at != NULL && *at != NULL && strcmp(*at, path) != 0)
        at++;
    return strcmp(path, "/") == 0 || (at != NULL && *at != NULL);
}

static bool leads_anyway(struct request_state *state)
{
    (void)state;
    return true;
}

/* Order of the checks: identity-wire 3.4. */
static enum fault enter_aws(struct request_state *state)
{
    const struct request *request = state->request;
    find_target(state);
    if (strcmp(request->method, "POST") != 0 || !at_its_path(state->call.service, request->path))
        return FAULT_METHOD;
    if (!is_json_media_type(header(request, "Content-Type")))
        return FAULT_MEDIA_TYPE;
    enum fault fault = read_body(state);
    if (fault != FAULT_NONE)
        return fault;
    if (state->call.operation != NULL)
        return read_caller(state);
    if (state->host != NULL && host_is_ours(state->host) && !host_is_loopback(state->host))
        return problem_set(&state->call.problem, FAULT_UNKNOWN_OPERATION,
                           "No such operation lives at %s", state->host);
    return FAULT_UNKNOWN_OPERATION;
}

static bool leads_to_rest(struct request_state *state)
{
    const char *path = state->request->path;
    for (const struct service *const *at = state->dispatcher->services; *at != NULL; at++) {
        const struct operation *row = (*at)->operations;
        for (; (*at)->protocol == PROTOCOL_REST_JSON && row->name != NULL; row++) {
            if (row->path != NULL && strcmp(row->path, path) == 0)
                return true;
        }
    }
    return false;
}

/*
 * By method and path, the body JSON; a call without one has its members in the URL (identity-wire
 * 2.5).
 */
static enum fault enter_rest(struct request_state *state)
{
    const struct request *request = state->request;
    const char *type = header(request, "Content-Type");
    enum fault fault = find_by_path(state, PROTOCOL_REST_JSON, request->path);
    if (fault != FAULT_NONE)
        return fault;
    const struct shape *members = state->call.operation->input;
    bool has_body = request->body_bytes > 0 || request->body_too_large;
    if (has_body && !is_json_media_type(type))
        return problem_set(&state->call.problem, FAULT_MEDIA_TYPE,
                           "Expected Content-Type: application/json");
    if (strcmp(request->method, "GET") == 0 || strcmp(request->method, "DELETE") == 0) {
        state->query = json_new_object();
        fault = read_query(state, state->query);
        state->call.input = state->built = form_object(members, state->query);
    } else {
        fault = read_body(state);
    }
    if (fault != FAULT_NONE)
        return fault;
    return read_caller(state);
}

/*
 * Is this one for the query protocol? It has no path of its own, but no other protocol takes forms
 * (identity-wire 1.2).
 */
static bool leads_to_query(struct request_state *state)
{
    const struct request *request = state->request;
    bool get = strcmp(request->method, "GET") == 0 && request->query[0] != '\0';
    bool post = strcmp(request->method, "POST") == 0 &&
                media_type_is(header(request, "Content-Type"), "application/x-www-form-urlencoded");
    return strcmp(request->path, "/") == 0 && header(request, "X-Amz-Target") == NULL &&
           (get || post);
}

static enum fault find_action(struct request_state *state)
{
    struct problem *problem = &state->call.problem;
    const char *action = json_member_text(state->query, "Action");
    const char *version = json_member_text(state->query, "Version");
    if (action == NULL || action[0] == '\0')
        return problem_set(problem, FAULT_MISSING_ACTION, "Missing Action");
    if (version == NULL)
        version = "NO_VERSION_SPECIFIED";
    for (const struct service *const *at = state->dispatcher->services; *at != NULL; at++) {
        if ((*at)->protocol != PROTOCOL_QUERY || !lives_here(state, *at) ||
            strcmp((*at)->version, version) != 0)
            continue;
        for (const struct operation *row = (*at)->operations; row->name != NULL; row++) {
            if (strcmp(row->name, action) != 0)
                continue;
            state->call.service = *at;
            state->call.operation = row;
            return FAULT_NONE;
        }
    }
    return problem_set(problem, FAULT_UNKNOWN_OPERATION,
                       "Could not find operation %s for version %s", action, version);
}

/* The parameters may stand in the URL, in the body, or some here and some there. */
static enum fault enter_query(struct request_state *state)
{
    const struct request *request = state->request;
    struct problem *problem = &state->call.problem;
    state->call.service = &NO_QUERY;
    state->call.query = state->query = json_new_object();
    if (request->body_too_large)
        return body_too_large(state);
    enum fault fault = read_query(state, state->query);
    if (fault != FAULT_NONE)
        return FAULT_SERIALIZATION;
    if (strcmp(request->method, "POST") == 0)
        fault = parameters_read(request->body, request->body_bytes, "form", state->query, problem);
    if (fault != FAULT_NONE)
        return FAULT_SERIALIZATION;
    fault = find_action(state);
    if (fault != FAULT_NONE)
        return fault;
    state->call.input = state->built = form_object(state->call.operation->input, state->query);
    return read_caller(state);
}

static const struct door DOORS[] = {{"control", &NO_CONTROL, leads_to_control, enter_control},
                                    {"scim", &NO_SCIM, leads_to_scim, enter_scim},
                                    {"rest", &NO_SERVICE, leads_to_rest, enter_rest},
                                    {"query", &NO_QUERY, leads_to_query, enter_query},
                                    {"json", &NO_SERVICE, leads_anyway, enter_aws}};

const struct door *door_find(struct request_state *state)
{
    const struct door *door = DOORS;
    while (!door->leads(state))
        door++;
    assert(door < DOORS + sizeof DOORS / sizeof DOORS[0]);
    return door;
}
