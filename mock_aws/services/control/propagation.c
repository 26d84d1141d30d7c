/* SPDX-License-Identifier: MIT */
/*
 * Control calls about delays: the table of what takes how long, what is held by hand, and its
 * release.
 */
#include <string.h>

#include "base/lags.h"
#include "base/text.h"
#include "services/control/control.h"
#include "world/engine/agenda.h"
#include "world/reading/reading.h"

static const struct shape LAG_ELEMENT[] = {{.name = "value"}};
static const struct shape HELD_MEMBERS[] = {{.name = "lag", .required = true},
                                            {.name = "subject", .required = true},
                                            {.name = "user_id", .kind = SHAPE_DOCUMENT},
                                            {.name = "profile_arn", .kind = SHAPE_DOCUMENT},
                                            {.name = "rule", .kind = SHAPE_DOCUMENT},
                                            {.name = "cause_seq", .kind = SHAPE_DOCUMENT},
                                            {0}};
static const struct shape HELD_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = HELD_MEMBERS}};
const struct shape PROPAGATION_OUT[] = {
    {.name = "lags", .kind = SHAPE_MAP, .required = true, .members = LAG_ELEMENT},
    {.name = "held", .kind = SHAPE_LIST, .required = true, .members = HELD_ELEMENT},
    {0}};
const struct shape RELEASE_IN[] = {{.name = "lag"}, {.name = "user_id", .min = 1, .max = 47}, {0}};
const struct shape RELEASE_OUT[] = {{.name = "released", .kind = SHAPE_INTEGER, .required = true},
                                    {0}};

static void see_held(void *self, const struct held_change *change)
{
    struct json *out = json_push(self, json_new_object());
    json_put_text(out, "lag", lag_name(change->lag));
    json_put_text(out, "subject", change->subject);
    json_put_text(out, "user_id", change->user_id);
    json_put_text(out, "profile_arn", change->profile_arn);
    json_put_text(out, "rule", change->rule);
    json_put(out, "cause_seq",
             change->cause_seq == 0 ? json_new_null() : json_new_integer(change->cause_seq));
}

enum fault control_get_propagation(struct call *call)
{
    struct world *world = world_of(call);
    struct json *lags = json_put(call->output, "lags", json_new_object());
    for (int i = 0; i < LAG_COUNT; i++) {
        char text[LAG_TEXT_BYTES];
        reading_print_lag(world->reading, (enum lag)i, text);
        json_put_text(lags, lag_name((enum lag)i), text);
    }
    return agenda_each_held(world, see_held, json_put(call->output, "held", json_new_array()));
}

static enum fault wrong_lag(struct call *call)
{
    struct text known = {0};
    for (int i = 0; i < LAG_COUNT; i++)
        text_addf(&known, "%s%s", i == 0 ? "" : ", ", lag_name((enum lag)i));
    text_copy(call->problem.path, sizeof call->problem.path, "/lag");
    problem_set(&call->problem, FAULT_INVALID, "unknown delay; expected one of %s",
                text_chars(&known));
    text_clear(&known);
    return FAULT_INVALID;
}

enum fault control_release_propagation(struct call *call)
{
    const char *name = json_member_text(call->input, "lag");
    int lag = name == NULL ? LAG_COUNT : lag_find(name);
    int64_t released = 0;
    if (lag < 0)
        return wrong_lag(call);
    enum fault fault = agenda_release(world_of(call), (enum lag)lag,
                                      json_member_text(call->input, "user_id"), &released);
    json_put_integer(call->output, "released", released);
    return fault;
}
