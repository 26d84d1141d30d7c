/* SPDX-License-Identifier: MIT */
/* Control calls about the reading in force: rules, edition, deviations. */
#include <string.h>

#include "base/edition_rules.h"
#include "base/editions.h"
#include "base/lags.h"
#include "base/levels.h"
#include "base/parameters.h"
#include "base/rules.h"
#include "base/text.h"
#include "services/control/control.h"
#include "world/engine/agenda.h"
#include "world/reading/reading.h"

static const struct shape NAME_ELEMENT[] = {{.name = "member"}};
static const struct shape ANY[] = {{.name = "value", .kind = SHAPE_DOCUMENT}};
const struct shape EDITION_IN[] = {
    {.name = "name"}, {.name = "override", .kind = SHAPE_MAP, .members = ANY}, {0}};
const struct shape EDITION_OUT[] = {
    {.name = "name", .required = true},
    {.name = "source", .required = true},
    {.name = "parameters", .kind = SHAPE_MAP, .required = true, .members = ANY},
    {.name = "override", .kind = SHAPE_MAP, .required = true, .members = ANY},
    {.name = "editions", .kind = SHAPE_LIST, .required = true, .members = NAME_ELEMENT},
    {0}};
const struct shape DEVIATIONS_IN[] = {
    {.name = "on", .kind = SHAPE_LIST, .required = true, .members = NAME_ELEMENT}, {0}};
static const struct shape ANY_ELEMENT[] = {{.name = "member", .kind = SHAPE_DOCUMENT}};
const struct shape DEVIATIONS_OUT[] = {
    {.name = "deviations", .kind = SHAPE_LIST, .required = true, .members = ANY_ELEMENT}, {0}};
const struct shape RULES_IN[] = {{.name = "edition"}, {0}};
const struct shape RULES_OUT[] = {
    {.name = "rules", .kind = SHAPE_LIST, .required = true, .members = ANY_ELEMENT}, {0}};

static enum fault refuse_at(struct call *call, const char *pointer, const char *member,
                            const char *wrong, const char *right)
{
    text_copy(call->problem.path, sizeof call->problem.path, pointer);
    if (member != NULL)
        json_pointer_add(call->problem.path, sizeof call->problem.path, member);
    return problem_set(&call->problem, FAULT_INVALID, "%s; %s", wrong, right);
}

/* `member` is where the name stands below `pointer`; NULL: there itself. */
static enum fault apply_name(struct call *call, const char *name, const char *pointer,
                             const char *member, struct reading *reading)
{
    const struct edition *edition = edition_find(name);
    if (edition != NULL) {
        reading->edition = edition;
        return FAULT_NONE;
    }
    struct text known = {0};
    text_add(&known, "expected one of ");
    for (size_t i = 0; edition_at(i) != NULL; i++)
        text_addf(&known, "%s%s", i == 0 ? "" : ", ", edition_at(i)->name);
    enum fault fault = refuse_at(call, pointer, member, "unknown edition", text_chars(&known));
    text_clear(&known);
    return fault;
}

static enum fault apply_override(struct call *call, const struct json *member, const char *pointer,
                                 struct reading *reading)
{
    const char *value = json_text(member);
    struct text right = {0};
    enum fault fault =
        reading_override(reading, json_name(member), value == NULL ? "" : value, &right);
    if (fault != FAULT_NONE)
        fault = refuse_at(call, pointer, json_name(member),
                          fault == FAULT_NOT_FOUND ? "unknown parameter" : "unknown value",
                          text_chars(&right));
    text_clear(&right);
    return fault;
}

static enum fault apply_edition(struct call *call, const struct json *edition, const char *pointer,
                                struct reading *reading)
{
    bool short_form = json_kind(edition) == JSON_TEXT;
    const char *name = short_form ? json_text(edition) : json_member_text(edition, "name");
    const struct json *override = json_member(edition, "override");
    char at[PROBLEM_NAME_BYTES];
    if (!short_form && json_kind(edition) != JSON_OBJECT)
        return refuse_at(call, pointer, NULL, "wrong value",
                         "expected a name or {\"name\": …, \"override\": { … }}");
    for (const struct json *member = json_first(edition); member != NULL;
         member = json_next(member))
        if (strcmp(json_name(member), "name") != 0 && strcmp(json_name(member), "override") != 0)
            return refuse_at(call, pointer, json_name(member), "unknown member",
                             "expected name or override");
    reading_clear_overrides(reading);
    enum fault fault = FAULT_NONE;
    if (name != NULL)
        fault = apply_name(call, name, pointer, short_form ? NULL : "name", reading);
    text_copy(at, sizeof at, pointer);
    json_pointer_add(at, sizeof at, "override");
    if (fault != FAULT_NONE)
        return fault;
    if (override != NULL && json_kind(override) != JSON_OBJECT)
        fault = refuse_at(call, at, NULL, "wrong value", "expected { parameter: value }");
    if (fault != FAULT_NONE)
        return fault;
    for (const struct json *member = json_first(override); member != NULL;
         member = json_next(member)) {
        fault = apply_override(call, member, at, reading);
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}

static enum fault unknown_deviation(struct call *call, const char *pointer, const char *name)
{
    char hint[NEAREST_HINT_BYTES];
    struct text wrong = {0};
    deviation_hint(name == NULL ? "" : name, hint);
    text_addf(&wrong, "unknown deviation%s", hint);
    enum fault fault =
        refuse_at(call, pointer, NULL, text_chars(&wrong), "GET /_mock/deviations lists them");
    text_clear(&wrong);
    return fault;
}

static enum fault apply_deviations(struct call *call, const struct json *on, const char *pointer,
                                   struct reading *reading)
{
    char index_pointer[PROBLEM_NAME_BYTES];
    size_t index = 0;
    memset(reading->deviations, 0, sizeof reading->deviations);
    for (const struct json *item = json_first(on); item != NULL; item = json_next(item), index++) {
        int deviation = json_text(item) == NULL ? -1 : deviation_find(json_text(item));
        if (deviation < 0) {
            text_copy(index_pointer, sizeof index_pointer, pointer);
            json_pointer_add_index(index_pointer, sizeof index_pointer, index);
            return unknown_deviation(call, index_pointer, json_text(item));
        }
        reading->deviations[deviation] = true;
    }
    return FAULT_NONE;
}

enum fault control_reading_apply(struct call *call, const struct json *edition, const char *pointer,
                                 const struct json *deviations, const char *deviations_pointer,
                                 struct reading *reading)
{
    enum fault fault = FAULT_NONE;
    if (edition != NULL)
        fault = apply_edition(call, edition, pointer, reading);
    if (fault == FAULT_NONE && deviations != NULL)
        fault = apply_deviations(call, deviations, deviations_pointer, reading);
    reading_settle(reading);
    return fault;
}

enum fault control_get_edition(struct call *call)
{
    const struct reading *reading = world_of(call)->reading;
    json_put_text(call->output, "name", reading->edition->name);
    json_put_text(call->output, "source", reading->edition->source);
    struct json *parameters = json_put(call->output, "parameters", json_new_object());
    struct json *override = json_put(call->output, "override", json_new_object());
    for (int i = 0; i < PARAMETER_COUNT; i++) {
        const struct parameter_facts *facts = parameter_facts((enum parameter)i);
        json_put_text(parameters, facts->name, facts->values[reading->values[i]]);
        if (reading->overrides[i] >= 0)
            json_put_text(override, facts->name, facts->values[reading->overrides[i]]);
    }
    for (int i = 0; i < LAG_COUNT; i++) {
        char lag[LAG_TEXT_BYTES];
        reading_print_lag(reading, (enum lag)i, lag);
        json_put_text(parameters, lag_name((enum lag)i), lag);
        lag_override_print(&reading->lag_overrides[i], lag);
        if (reading->lag_overrides[i].given)
            json_put_text(override, lag_name((enum lag)i), lag);
    }
    struct json *editions = json_put(call->output, "editions", json_new_array());
    for (size_t i = 0; edition_at(i) != NULL; i++)
        json_push(editions, json_new_text(edition_at(i)->name));
    return FAULT_NONE;
}

enum fault control_put_edition(struct call *call)
{
    struct world *world = world_of(call);
    enum fault fault = control_reading_apply(call, call->input, "", NULL, NULL, world->reading);
    if (fault != FAULT_NONE)
        return fault;
    fault = world_save_reading(world);
    if (fault == FAULT_NONE)
        fault = agenda_look_again(world);
    if (fault != FAULT_NONE)
        return fault;
    return control_get_edition(call);
}

enum fault control_get_deviations(struct call *call)
{
    const struct reading *reading = world_of(call)->reading;
    struct json *list = json_put(call->output, "deviations", json_new_array());
    for (int i = 0; i < DEVIATION_COUNT; i++) {
        const struct deviation_facts *facts = deviation_facts((enum deviation)i);
        struct json *item = json_push(list, json_new_object());
        json_put_text(item, "name", facts->name);
        json_put_text(item, "rule", facts->rule);
        json_put_text(item, "issue", facts->issue);
        json_put_text(item, "summary", facts->summary);
        json_put_text(item, "edition", facts->edition == NULL ? EDITION_DEFAULT : facts->edition);
        json_put_boolean(item, "on", reading->deviations[i]);
    }
    return FAULT_NONE;
}

enum fault control_put_deviations(struct call *call)
{
    struct world *world = world_of(call);
    enum fault fault = control_reading_apply(call, NULL, NULL, json_member(call->input, "on"),
                                             "/on", world->reading);
    if (fault != FAULT_NONE)
        return fault;
    fault = world_save_reading(world);
    if (fault == FAULT_NONE)
        fault = agenda_look_again(world);
    if (fault != FAULT_NONE)
        return fault;
    return control_get_deviations(call);
}

/* With `edition` as that has them, else as the one in force. */
enum fault control_get_rules(struct call *call)
{
    const char *name = json_member_text(call->input, "edition");
    struct reading reading = *world_of(call)->reading;
    enum fault fault =
        name == NULL ? FAULT_NONE : apply_name(call, name, "/edition", NULL, &reading);
    if (fault != FAULT_NONE)
        return fault;
    struct json *list = json_put(call->output, "rules", json_new_array());
    for (size_t i = 0; rule_at(i) != NULL; i++) {
        const struct rule *rule = rule_at(i);
        struct rule_reading in_force;
        rule_in_edition(rule, reading.edition, &in_force);
        struct json *item = json_push(list, json_new_object());
        json_put_text(item, "id", rule->id);
        if (rule->number != 0)
            json_put_integer(item, "number", rule->number);
        json_put_text(item, "trigger", rule->trigger);
        json_put_text(item, "outcome", in_force.outcome);
        json_put_text(item, "source", in_force.source);
        struct json *level = json_put(item, "level", json_new_object());
        for (enum axis axis = AXIS_STATUS; axis < AXIS_COUNT; axis++)
            json_put_text(level, axis_name(axis), level_name(in_force.level[axis]));
        json_put_text(item, "edition", reading.edition->name);
    }
    return FAULT_NONE;
}
