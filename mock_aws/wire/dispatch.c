/* SPDX-License-Identifier: MIT */
/* The way of one request behind the doors: its transaction, its answer, and what is kept of it. */
#include "wire/dispatch.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "wire/answer.h"
#include "wire/caller.h"
#include "wire/doors.h"
#include "wire/errors.h"
#include "wire/exchange.h"
#include "wire/hosts.h"
#include "wire/paths.h"
#include "wire/patterns.h"
#include "wire/shapes.h"

#define DIGITS "0123456789"

/* Whom the client wants to speak with; NULL if it does not say. */
static const char *host_of(const struct request *request)
{
    return request->host != NULL ? request->host : request->header(request->header_self, "Host");
}

/*
 * The address that the client used, so that a URL in an answer leads back here, into the same world
 * (NULL: the first).
 */
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

/* Hold the input against its shape; from here on it is what the operation knows of it. */
static enum fault check_input(struct request_state *state)
{
    struct call *call = &state->call;
    const struct shape *shape = call->operation->input;
    bool strict = call->service->protocol == PROTOCOL_CONTROL;
    if (call->service->protocol ==
        PROTOCOL_SCIM) /* its names have no case, its values many forms */
        return FAULT_NONE;
    enum fault fault =
        shape_check(state->dispatcher->patterns, shape, call->input, strict, &call->problem);
    if (fault == FAULT_NONE && !strict)
        call->input = state->known = shape_copy(shape, call->input);
    return fault;
}

/* The fault that was asked for. */
static enum fault disturb(struct request_state *state)
{
    const struct backend *backend = &state->dispatcher->backend;
    if (backend->disturb == NULL || state->call.service->protocol == PROTOCOL_CONTROL)
        return FAULT_NONE;
    backend->disturb(backend->self, &state->call, &state->disturbance);
    return disturbance_fault(&state->disturbance, &state->call);
}

static enum fault admit(struct request_state *state)
{
    const struct backend *backend = &state->dispatcher->backend;
    const char *const *scopes = state->call.service->scopes;
    bool is_signed = scopes != NULL && scopes[0] != NULL;
    return is_signed && backend->admit != NULL ? backend->admit(&state->call) : FAULT_NONE;
}

static enum fault handle(struct request_state *state)
{
    return state->call.operation->handle(&state->call);
}

static enum fault check_output(struct request_state *state)
{
    struct call *call = &state->call;
    if (!state->dispatcher->check_answers || call->text != NULL ||
        call->service->protocol == PROTOCOL_SCIM)
        return FAULT_NONE;
    return shape_check_output(state->dispatcher->patterns, call->operation->output, call->output,
                              &call->problem) == FAULT_NONE
               ? FAULT_NONE
               : FAULT_INTERNAL;
}

static enum fault record(struct request_state *state)
{
    const struct backend *backend = &state->dispatcher->backend;
    return backend->record == NULL ? FAULT_NONE
                                   : backend->record(backend->self, &state->call, NULL);
}

typedef enum fault step(struct request_state *state);

/*
 * What stands between the doors and the world, and what is done within the transaction;
 * NULL-terminated.
 */
static step *const BEFORE[] = {check_input, disturb, NULL};
static step *const WITHIN[] = {admit, handle, check_output, record, NULL};

static enum fault each(step *const *steps, struct request_state *state)
{
    enum fault fault = FAULT_NONE;
    for (; *steps != NULL && fault == FAULT_NONE; steps++)
        fault = (*steps)(state);
    return fault;
}

/* One transaction: all of the handler's work stays, or nothing. */
static enum fault act(struct request_state *state)
{
    const struct backend *backend = &state->dispatcher->backend;
    struct call *call = &state->call;
    call->actor = state->actor;
    enum fault fault = each(BEFORE, state);
    if (fault != FAULT_NONE)
        return fault;
    fault = backend->begin(backend->self, call->operation->access, &call->problem);
    if (fault != FAULT_NONE)
        return fault;
    fault = each(WITHIN, state);
    if (fault != FAULT_NONE && backend->rollback(backend->self) != FAULT_NONE)
        fault = problem_set(&call->problem, FAULT_INTERNAL, "the store failed");
    else if (fault == FAULT_NONE && backend->commit(backend->self) != FAULT_NONE)
        fault = problem_set(&call->problem, FAULT_INTERNAL, "the commit failed");
    return fault;
}

static enum fault run(struct request_state *state)
{
    const struct backend *backend = &state->dispatcher->backend;
    struct call *call = &state->call;
    enum fault fault = fault_told(call->service, act(state), call->problem.path);
    if (fault != FAULT_NONE && backend->record != NULL &&
        backend->record(backend->self, call, fault_name(call->service, fault)) != FAULT_NONE)
        log_line("%s %s: its event could not be kept", call->service->name, call->operation->name);
    return fault;
}

static void journal(const struct request_state *state, enum fault fault, const struct reply *reply)
{
    const struct backend *backend = &state->dispatcher->backend;
    struct exchange exchange;
    if (backend->journal == NULL)
        return;
    struct call call = state->call;
    call.input = state->given;
    exchange_make(state->dispatcher, state->request, &call, state->query, fault, reply, &exchange);
    exchange.faulted = state->disturbance.kind != DISTURB_NOT;
    backend->journal(backend->self, &exchange);
    exchange_clear(&exchange);
}

static void request_state_clear(struct request_state *state)
{
    json_free(state->call.output);
    free(state->call.text);
    json_free(state->built);
    json_free(state->known);
    json_free(state->query);
    json_document_free(state->document);
    scope_clear(&state->scope);
    text_clear(&state->allowed);
    free(state->base_url);
    free(state->path_name);
    free(state->actor);
}

/*
 * In the words of who was called; but no missing thing (404), which a script might take for a job
 * that is done.
 */
static enum fault refuse_world(struct request_state *state, const struct door *door,
                               const char *world)
{
    bool scim = door->nobody->protocol == PROTOCOL_SCIM;
    state->call.service = door->nobody;
    state->actor = mem_text("nobody");
    return problem_set(&state->call.problem, scim ? FAULT_INVALID : FAULT_UNKNOWN_OPERATION,
                       "There is no world '%.64s'; PUT /_mock/worlds/NAME makes one", world);
}

/* `world` NULL: the first one. `lost`: there is no world of that name. */
static void answer(const struct dispatcher *dispatcher, const struct request *request,
                   const char *world, bool lost, struct reply *reply)
{
    struct request_state state = {.dispatcher = dispatcher, .request = request};
    state.base_url = base_url(request, world);
    state.host = host_of(request);
    if (state.host != NULL)
        state.host_services = host_services(state.host, state.call.host_region);
    state.call.world = dispatcher->backend.self;
    state.call.services = dispatcher->services;
    state.call.account = dispatcher->default_account;
    state.call.base_url = state.base_url;
    state.call.user_agent = request->header(request->header_self, "User-Agent");
    state.call.output = json_new_object();
    dispatcher->backend.request_id(dispatcher->backend.self, state.call.request_id);
    const struct door *door = door_find(&state);
    enum fault fault = lost ? refuse_world(&state, door, world) : door->enter(&state);
    state.given = state.call.input;
    if (fault == FAULT_NONE)
        fault = run(&state);
    const struct outcome outcome = {.call = &state.call,
                                    .fault = fault,
                                    .document = state.document,
                                    .allowed = text_chars(&state.allowed),
                                    .disturbance = &state.disturbance,
                                    .backend = &dispatcher->backend};
    answer_make(&outcome, reply);
    if (door->nobody->protocol != PROTOCOL_CONTROL)
        journal(&state, fault, reply);
    request_state_clear(&state);
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
    answer(&of_world, &within, world, world != NULL && entered == NULL, reply);
    if (entered != NULL)
        backend->leave(entered);
    free(world);
}

void reply_clear(struct reply *reply)
{
    free(reply->body);
    *reply = (struct reply){0};
}
