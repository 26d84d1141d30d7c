/* SPDX-License-Identifier: MIT */
/* Faults on the control surface: asked for, shown with how often they were given, taken back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "services/control/control.h"

enum { LATENCY_MAX_MS = 600000 };

static const struct shape RULE_MEMBERS[] = {
    {.name = "service", .min = 1, .max = FAULT_TEXT_BYTES - 1},
    {.name = "operation", .min = 1, .max = FAULT_TEXT_BYTES - 1},
    {.name = "action", .min = 1, .max = FAULT_TEXT_BYTES - 1},
    {.name = "principal", .min = 1, .max = FAULT_TEXT_BYTES - 1},
    {.name = "nth", .kind = SHAPE_INTEGER, .min = 1, .max = INT32_MAX},
    {.name = "first", .kind = SHAPE_INTEGER, .min = 1, .max = INT32_MAX},
    {.name = "give", .required = true},
    {.name = "latency_ms", .kind = SHAPE_INTEGER, .min = 1, .max = LATENCY_MAX_MS},
    {.name = "retry_after", .kind = SHAPE_INTEGER, .min = 1, .max = 3600},
    {.name = "matched", .kind = SHAPE_INTEGER}, /* shown, and passed over when given back */
    {.name = "given", .kind = SHAPE_INTEGER},
    {0}};
static const struct shape RULE_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = RULE_MEMBERS}};
static const struct shape FAULTS_MEMBERS[] = {{.name = "faults",
                                               .kind = SHAPE_LIST,
                                               .required = true,
                                               .max = FAULTS_MAX,
                                               .members = RULE_ELEMENT},
                                              {0}};

static void put_unless_empty(struct json *out, const char *name, const char *text)
{
    if (text[0] != '\0')
        json_put_text(out, name, text);
}

static void put_unless_zero(struct json *out, const char *name, int64_t number)
{
    if (number != 0)
        json_put_integer(out, name, number);
}

static enum fault get_faults(struct call *call)
{
    struct served *served = call->world;
    struct fault_rule *rules = mem_new(FAULTS_MAX * sizeof *rules);
    size_t count = faults_get(&served->faults, rules);
    struct json *array = json_put(call->output, "faults", json_new_array());
    for (size_t i = 0; i < count; i++) {
        struct json *out = json_push(array, json_new_object());
        put_unless_empty(out, "service", rules[i].service);
        put_unless_empty(out, "operation", rules[i].operation);
        put_unless_empty(out, "action", rules[i].action);
        put_unless_empty(out, "principal", rules[i].principal);
        put_unless_zero(out, "nth", rules[i].nth);
        put_unless_zero(out, "first", rules[i].first);
        json_put_text(out, "give", disturbance_name(rules[i].give.kind));
        put_unless_zero(out, "latency_ms", rules[i].give.latency_ms);
        put_unless_zero(out, "retry_after", rules[i].give.retry_after_s);
        json_put_integer(out, "matched", rules[i].matched);
        json_put_integer(out, "given", rules[i].given);
    }
    free(rules);
    return FAULT_NONE;
}

static enum fault refuse(struct call *call, size_t index, const char *member, const char *expected)
{
    snprintf(call->problem.path, sizeof call->problem.path, "/faults/%zu/%s", index, member);
    return problem_set(&call->problem, FAULT_INVALID, "faults[%zu].%s: %s", index, member,
                       expected);
}

static void copy_text(char out[FAULT_TEXT_BYTES], const struct json *rule, const char *member)
{
    const char *text = json_member_text(rule, member);
    text_copy(out, FAULT_TEXT_BYTES, text == NULL ? "" : text);
}

/* A service or an operation that there is none of would never match, and nobody would know why. */
static bool is_offered(const struct call *call, const char *service, const char *operation)
{
    bool found = false;
    for (const struct service *const *at = call->services; *at != NULL; at++) {
        if ((*at)->protocol == PROTOCOL_CONTROL ||
            (service[0] != '\0' && strcmp((*at)->name, service) != 0))
            continue;
        found = found || operation[0] == '\0';
        for (size_t table = 0; operation_table(*at, table) != NULL; table++)
            for (const struct operation *row = operation_table(*at, table); row->name != NULL;
                 row++)
                found = found || strcmp(row->name, operation) == 0;
    }
    return found;
}

static enum fault read_rule(struct call *call, size_t index, const struct json *given,
                            struct fault_rule *out)
{
    size_t kind = DISTURB_NOT + 1;
    const char *give = json_member_text(given, "give");
    *out = (struct fault_rule){.nth = json_integer(json_member(given, "nth")),
                               .first = json_integer(json_member(given, "first"))};
    copy_text(out->service, given, "service");
    copy_text(out->operation, given, "operation");
    copy_text(out->action, given, "action");
    copy_text(out->principal, given, "principal");
    while (disturbance_name(kind) != NULL && strcmp(disturbance_name(kind), give) != 0)
        kind++;
    out->give =
        (struct disturbance){.kind = (enum disturbance_kind)kind,
                             .latency_ms = json_integer(json_member(given, "latency_ms")),
                             .retry_after_s = json_integer(json_member(given, "retry_after"))};
    if (disturbance_name(kind) == NULL)
        return refuse(call, index, "give",
                      "expected latency, throttling, internal, unavailable, access-denied, "
                      "reset-before, reset-after, truncated or slow");
    bool waits = kind == DISTURB_LATENCY || kind == DISTURB_SLOW;
    if (waits && out->give.latency_ms == 0)
        return refuse(call, index, "latency_ms", "expected how long it takes");
    if (!is_offered(call, out->service, out->operation))
        return refuse(call, index, out->operation[0] == '\0' ? "service" : "operation",
                      "there is none of that name; mock-aws operations lists them");
    return FAULT_NONE;
}

static enum fault put_faults(struct call *call)
{
    struct served *served = call->world;
    struct fault_rule *rules = mem_new(FAULTS_MAX * sizeof *rules);
    size_t count = 0;
    enum fault fault = FAULT_NONE;
    const struct json *at = json_first(json_member(call->input, "faults"));
    for (; at != NULL && fault == FAULT_NONE; at = json_next(at), count++)
        fault = read_rule(call, count, at, &rules[count]);
    if (fault == FAULT_NONE)
        faults_set(&served->faults, rules, count);
    free(rules);
    if (fault != FAULT_NONE)
        return fault;
    return get_faults(call);
}

static enum fault delete_faults(struct call *call)
{
    struct served *served = call->world;
    faults_set(&served->faults, NULL, 0);
    return FAULT_NONE;
}

static const struct operation OPERATIONS[] = {
    OPERATION_AT("GET", "/_mock/faults", "GetFaults", READ, NO_SHAPE, FAULTS_MEMBERS, get_faults),
    OPERATION_AT("PUT", "/_mock/faults", "PutFaults", WRITE, FAULTS_MEMBERS, FAULTS_MEMBERS,
                 put_faults),
    OPERATION_AT("DELETE", "/_mock/faults", "DeleteFaults", WRITE, NO_SHAPE, NO_SHAPE,
                 delete_faults),
    {0}};

const struct service FAULTS_SERVICE = {.name = "faults",
                                       .protocol = PROTOCOL_CONTROL,
                                       .content_type = "application/json",
                                       .operations = OPERATIONS};
