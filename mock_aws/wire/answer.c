/* SPDX-License-Identifier: MIT */
/* Answers in every protocol; see answer.h. */
#include "wire/answer.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/errors.h"
#include "wire/xml.h"

static void add_header(struct reply *reply, const char *name, const char *value)
{
    assert(reply->header_count < REPLY_HEADERS_MAX);
    struct reply_header *slot = &reply->headers[reply->header_count++];
    slot->name = name;
    text_copy(slot->value, sizeof slot->value, value);
}

/* The front ends of AWS have no JSON for what is not even a JSON request (identity-wire 2.1). */
static void answer_not_json(struct reply *reply, const struct fault_name *name)
{
    reply->body = mem_format("<%s/>\n", name->name);
    add_header(reply, "Content-Type", "text/xml");
}

/* Where in the body the member stands that a control call refused: a world document is long. */
static void note_position(const struct outcome *outcome)
{
    struct problem *problem = &outcome->call->problem;
    if (outcome->document == NULL || problem->path[0] == '\0')
        return;
    struct json_position position = json_position(outcome->document, problem->path);
    problem->line = position.line;
    problem->column = position.column;
}

static void answer_fault(const struct outcome *outcome, struct reply *reply)
{
    struct call *call = outcome->call;
    enum fault fault = outcome->fault;
    enum protocol protocol = call->service->protocol;
    bool json_of_aws = protocol == PROTOCOL_AWS_JSON || protocol == PROTOCOL_REST_JSON;
    const struct fault_name *name = fault_name(call->service, fault);
    if (fault == FAULT_INTERNAL) {
        log_line("%s %s: %s", call->service->name,
                 call->operation == NULL ? "-" : call->operation->name, call->problem.message);
        problem_set(&call->problem, fault, "An internal error occurred; the server's log has more");
    }
    reply->status = name->status;
    if (json_of_aws)
        add_header(reply, "x-amzn-ErrorType", name->name);
    if (outcome->allowed[0] != '\0' && fault == FAULT_METHOD)
        add_header(reply, "Allow", outcome->allowed);
    if (protocol == PROTOCOL_AWS_JSON && (fault == FAULT_METHOD || fault == FAULT_MEDIA_TYPE)) {
        answer_not_json(reply, name);
        return;
    }
    if (protocol == PROTOCOL_QUERY) {
        reply->body = xml_error(call->service, name, &call->problem, call->request_id);
        add_header(reply, "Content-Type", call->service->content_type);
        return;
    }
    note_position(outcome);
    int64_t now_s = outcome->backend->now(outcome->backend->self);
    struct json *body = error_body(call->service, fault, &call->problem, call->request_id, now_s);
    reply->body = json_print(body);
    json_free(body);
    add_header(reply, "Content-Type", call->service->content_type);
}

static void answer_body(const struct outcome *outcome, struct reply *reply)
{
    struct call *call = outcome->call;
    size_t bytes = 0;
    *reply = (struct reply){.status = call->status == 0 ? 200 : call->status};
    add_header(reply, "x-amzn-RequestId", call->request_id);
    if (outcome->fault == FAULT_NONE && reply->status == 204)
        return;
    if (outcome->fault == FAULT_NONE && call->text != NULL) {
        reply->body = call->text;
        bytes = call->text_bytes;
        call->text = NULL;
        add_header(reply, "Content-Type", call->text_type);
    } else if (outcome->fault == FAULT_NONE) {
        reply->body =
            call->service->protocol == PROTOCOL_QUERY ? xml_answer(call) : json_print(call->output);
        add_header(reply, "Content-Type", call->service->content_type);
    } else {
        answer_fault(outcome, reply);
    }
    reply->body_bytes = bytes > 0 ? bytes : strlen(reply->body);
}

/* The faults that are the connection's to show. */
static void disturb_reply(const struct disturbance *disturbance, struct reply *reply)
{
    static const enum reply_end ENDS[] = {[DISTURB_RESET_BEFORE] = REPLY_RESET,
                                          [DISTURB_RESET_AFTER] = REPLY_RESET,
                                          [DISTURB_TRUNCATE] = REPLY_TRUNCATED,
                                          [DISTURB_SLOW] = REPLY_SLOW};
    char seconds[32];
    reply->end = ENDS[disturbance->kind];
    reply->latency_ms = disturbance->latency_ms;
    snprintf(seconds, sizeof seconds, "%lld", (long long)disturbance->retry_after_s);
    if (disturbance->retry_after_s > 0)
        add_header(reply, "Retry-After", seconds);
}

void answer_make(const struct outcome *outcome, struct reply *reply)
{
    answer_body(outcome, reply);
    disturb_reply(outcome->disturbance, reply);
}
