/* SPDX-License-Identifier: MIT */
/* What the journal is told of a request; see exchange.h. */
#include "wire/exchange.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/nearest.h"
#include "base/text.h"
#include "wire/errors.h"

enum {
    ANSWER_BYTES_MAX = 4096,
    POINTER_BYTES = 256,
    NEAR_ENOUGH = 6 /* letters that may differ */
};

/* Members that are never shown, wherever they stand. */
static const char *const SECRETS[] = {
    "Password",     "SecretAccessKey", "SessionToken", "ClientSecret",
    "AccessToken",  "accessToken",     "RefreshToken", "refreshToken",
    "clientSecret", "token",           "Token",        "codeVerifier",
    "Assertion",    "SubjectToken",    "access_token", NULL};

static bool is_secret(const char *name)
{
    const char *const *at = SECRETS;
    while (name != NULL && *at != NULL && strcmp(*at, name) != 0)
        at++;
    return name != NULL && *at != NULL;
}

/* A copy in which texts of secret members are blacked out. */
static struct json *redacted(const struct json *value)
{
    enum json_kind kind = json_kind(value);
    if (kind == JSON_TEXT && is_secret(json_name(value)))
        return json_new_text("(hidden)");
    if (kind != JSON_OBJECT && kind != JSON_ARRAY)
        return json_copy(value);
    struct json *copy = kind == JSON_OBJECT ? json_new_object() : json_new_array();
    for (const struct json *at = json_first(value); at != NULL; at = json_next(at)) {
        if (kind == JSON_OBJECT)
            json_put(copy, json_name(at), redacted(at));
        else
            json_push(copy, redacted(at));
    }
    return copy;
}

static char *print_redacted(const struct json *value)
{
    struct json *copy = redacted(value);
    char *printed = json_print(copy);
    json_free(copy);
    return printed;
}

/* The operation whose name comes closest to one that there is not. */
static char *nearest(const struct dispatcher *dispatcher, const char *asked)
{
    const struct service *best_service = NULL;
    const struct operation *best = NULL;
    size_t best_distance = NEAR_ENOUGH + 1;
    for (const struct service *const *at = dispatcher->services; *at != NULL; at++) {
        if ((*at)->protocol == PROTOCOL_CONTROL || (*at)->protocol == PROTOCOL_SCIM)
            continue;
        for (const struct operation *row = (*at)->operations; row->name != NULL; row++) {
            size_t away = letters_apart(asked, row->name);
            if (away < best_distance) {
                best_distance = away;
                best_service = *at;
                best = row;
            }
        }
    }
    if (best == NULL)
        return mem_format("no operation is called like '%s'", asked);
    if (best_distance > 0)
        return mem_format("closest is %s of %s", best->name, best_service->name);
    return mem_format(
        "%s is there, as an operation of %s (%s): service, target prefix or host differ",
        best->name, best_service->name,
        best_service->target_prefixes == NULL ? best_service->scopes[0]
                                              : best_service->target_prefixes[0]);
}

static const struct shape *shape_of(const struct shape *members, const char *name)
{
    while (members != NULL && members->name != NULL && strcmp(members->name, name) != 0)
        members++;
    return members != NULL && members->name != NULL ? members : NULL;
}

/* Members of structures that their shape does not have. Maps and documents take what comes. */
static void find_unread(const struct shape *members, const struct json *value, char *pointer,
                        struct json *out)
{
    size_t bytes = strlen(pointer);
    for (const struct json *at = json_first(value); at != NULL; at = json_next(at)) {
        const struct shape *shape = shape_of(members, json_name(at));
        json_pointer_add(pointer, POINTER_BYTES, json_name(at));
        if (shape == NULL) {
            json_push(out, json_new_text(pointer));
        } else if (shape->kind == SHAPE_STRUCTURE || shape->kind == SHAPE_UNION) {
            find_unread(shape->members, at, pointer, out);
        } else if (shape->kind == SHAPE_LIST && shape->members->kind == SHAPE_STRUCTURE) {
            size_t list_bytes = strlen(pointer);
            size_t index = 0;
            for (const struct json *item = json_first(at); item != NULL; item = json_next(item)) {
                json_pointer_add_index(pointer, POINTER_BYTES, index++);
                find_unread(shape->members->members, item, pointer, out);
                pointer[list_bytes] = '\0';
            }
        }
        pointer[bytes] = '\0';
    }
}

static char *unread_of(const struct call *call)
{
    char pointer[POINTER_BYTES] = "";
    if (call->operation == NULL || call->service->protocol == PROTOCOL_SCIM ||
        json_kind(call->input) != JSON_OBJECT)
        return NULL;
    struct json *unread = json_new_array();
    find_unread(call->operation->input, call->input, pointer, unread);
    char *printed = json_count(unread) == 0 ? NULL : json_print(unread);
    json_free(unread);
    return printed;
}

/* "AWSIdentityStore.DeleteUser", or the path where a protocol goes by paths. */
static char *asked_for(const struct request *request, const struct call *call,
                       const struct json *parameters)
{
    const char *target = request->header(request->header_self, "X-Amz-Target");
    const char *action = parameters == NULL ? NULL : json_member_text(parameters, "Action");
    const char *dot = target == NULL ? NULL : strrchr(target, '.');
    if (call->operation != NULL)
        return mem_text(call->operation->name);
    if (dot != NULL)
        return mem_text(dot + 1);
    return action != NULL ? mem_text(action) : mem_format("%s %s", request->method, request->path);
}

/* Of changes and refusals; what was read is large, and can be read again. */
static char *answer_of(const struct call *call, enum fault fault, const struct reply *reply)
{
    if (fault == FAULT_NONE && (call->operation == NULL || call->operation->access == READ))
        return NULL;
    char *whole = fault == FAULT_NONE ? print_redacted(call->output) : mem_text(reply->body);
    if (whole != NULL && strlen(whole) > ANSWER_BYTES_MAX) {
        char *cut = mem_new(ANSWER_BYTES_MAX + 1);
        text_copy(cut, ANSWER_BYTES_MAX + 1, whole);
        free(whole);
        whole = cut;
    }
    return whole;
}

void exchange_make(const struct dispatcher *dispatcher, const struct request *request,
                   const struct call *call, const struct json *parameters, enum fault fault,
                   const struct reply *reply, struct exchange *out)
{
    *out = (struct exchange){.service = call->service->name,
                             .method = request->method,
                             .path = request->path,
                             .host = request->host != NULL
                                         ? request->host
                                         : request->header(request->header_self, "Host"),
                             .account = call->account,
                             .region = call->region,
                             .actor = call->actor,
                             .request_id = call->request_id,
                             .status = reply->status};
    out->operation = asked_for(request, call, parameters);
    if (fault != FAULT_NONE)
        out->code = fault_name(call->service, fault)->name;
    if (call->input != NULL)
        out->input = print_redacted(call->input);
    out->answer = answer_of(call, fault, reply);
    if (fault == FAULT_UNKNOWN_OPERATION || fault == FAULT_METHOD)
        out->near = nearest(dispatcher, out->operation);
    else if (fault != FAULT_NONE)
        out->near = mem_text(call->problem.message);
    if (fault == FAULT_NONE)
        out->unread = unread_of(call);
}

void exchange_clear(struct exchange *exchange)
{
    free(exchange->operation);
    free(exchange->input);
    free(exchange->answer);
    free(exchange->near);
    free(exchange->unread);
    *exchange = (struct exchange){0};
}
