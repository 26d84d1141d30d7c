/* SPDX-License-Identifier: MIT */
/*
 * The JSON Schema, from the same tables. Handles that lead somewhere and clocks that do not run
 * backwards are beyond it.
 */
#include "language/language.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/lags.h"
#include "base/mem.h"
#include "base/parameters.h"
#include "base/rules.h"
#include "base/text.h"
#include "language/scenario.h"
#include "language/verbs.h"

static struct json *value_schema(enum value_kind kind);

static struct json *typed(const char *type)
{
    struct json *schema = json_new_object();
    json_put_text(schema, "type", type);
    return schema;
}

static struct json *any_of(struct json *one, struct json *other)
{
    struct json *schema = json_new_object();
    struct json *list = json_put(schema, "anyOf", json_new_array());
    json_push(list, one);
    json_push(list, other);
    return schema;
}

static struct json *array_of(struct json *items, int64_t minimum)
{
    struct json *schema = typed("array");
    json_put(schema, "items", items);
    if (minimum > 0)
        json_put_integer(schema, "minItems", minimum);
    return schema;
}

/* The schema of an object, with the two parts of it that grow. */
struct object_schema {
    struct json *schema;
    struct json *properties;
    struct json *required;
};

static struct object_schema object_schema(const struct form *form)
{
    struct object_schema object = {.schema = typed("object")};
    object.properties = json_put(object.schema, "properties", json_new_object());
    object.required = json_put(object.schema, "required", json_new_array());
    json_put_boolean(object.schema, "additionalProperties", false);
    for (const struct member *member = form->members; member->name != NULL; member++) {
        struct json *property =
            json_put(object.properties, member->name, value_schema(member->kind));
        json_put_text(property, "description", member->doc);
        if (member->required)
            json_push(object.required, json_new_text(member->name));
    }
    return object;
}

static struct json *form_schema(const struct form *form)
{
    return object_schema(form).schema;
}

/* An object whose keys follow a pattern. */
static struct json *map_schema(const char *key_pattern, struct json *value)
{
    struct json *schema = typed("object");
    json_put(json_put(schema, "patternProperties", json_new_object()), key_pattern, value);
    json_put_boolean(schema, "additionalProperties", false);
    return schema;
}

static struct json *words_schema(const char *const *words)
{
    struct json *schema = typed("string");
    struct json *list = json_put(schema, "enum", json_new_array());
    for (size_t i = 0; words[i] != NULL; i++)
        json_push(list, json_new_text(words[i]));
    return schema;
}

static struct json *override_schema(void)
{
    struct json *schema = typed("object");
    struct json *properties = json_put(schema, "properties", json_new_object());
    for (int i = 0; i < PARAMETER_COUNT; i++) {
        const struct parameter_facts *facts = parameter_facts((enum parameter)i);
        json_put(properties, facts->name, words_schema(facts->values));
    }
    for (int i = 0; i < LAG_COUNT; i++)
        json_put(properties, lag_name((enum lag)i), value_schema(VALUE_DURATION));
    json_put_boolean(schema, "additionalProperties", false);
    return schema;
}

static struct json *rules_schema(void)
{
    struct json *rule = typed("string");
    struct json *list = json_put(rule, "enum", json_new_array());
    for (size_t i = 0; rule_at(i) != NULL; i++)
        json_push(list, json_new_text(rule_at(i)->id));
    return array_of(rule, 1);
}

static struct json *section_schema(const struct world_section *section)
{
    const char *handle = value_facts(VALUE_NEW_HANDLE)->pattern;
    struct json *entry = form_schema(section->form);
    if (section->array)
        return array_of(entry, 0);
    if (strcmp(section->name, "groups") == 0)
        entry = any_of(value_schema(VALUE_USERS), entry);
    struct json *map = map_schema(handle, entry);
    return strcmp(section->name, "users") == 0 ? any_of(value_schema(VALUE_USERS), map) : map;
}

static struct json *world_schema(void)
{
    struct object_schema world = object_schema(world_form());
    for (const struct world_section *section = world_sections(); section->name != NULL; section++) {
        struct json *property = json_put(world.properties, section->name, section_schema(section));
        json_put_text(property, "description", form_member(world_form(), section->name)->doc);
    }
    return world.schema;
}

static struct json *paths_schema(const struct verb *verb)
{
    if (verb_is_check(verb))
        return json_new_boolean(false);
    const char *names[VERB_PATHS_MAX + 1] = {NULL};
    for (size_t i = 0; verb->paths[i].name != NULL; i++)
        names[i] = verb->paths[i].name;
    return words_schema(names);
}

static struct json *step_schema(const struct verb *verb)
{
    struct object_schema step = object_schema(scenario_step_form());
    struct json *value = form_schema(&verb->form);
    if (verb->has_short_form)
        value = any_of(value_schema(verb->form.members[0].kind), value);
    json_put_text(value, "description", verb->form.doc);
    json_put(step.properties, verb->form.name, value);
    json_put(step.properties, "via", paths_schema(verb));
    json_push(step.required, json_new_text(verb->form.name));
    return step.schema;
}

static struct json *steps_schema(void)
{
    struct json *step = json_new_object();
    struct json *list = json_put(step, "oneOf", json_new_array());
    for (size_t i = 0; verb_at(i) != NULL; i++)
        json_push(list, step_schema(verb_at(i)));
    return array_of(step, 0);
}

static struct json *plain_schema(const struct value_facts *facts)
{
    struct json *schema = typed(json_kind_name(facts->json));
    if (facts->pattern != NULL)
        json_put_text(schema, "pattern", facts->pattern);
    if (facts->word_at == NULL)
        return schema;
    struct json *list = json_put(schema, "enum", json_new_array());
    for (size_t i = 0; facts->word_at(i) != NULL; i++)
        json_push(list, json_new_text(facts->word_at(i)));
    return schema;
}

static struct json *whole_number(int64_t minimum, bool only)
{
    struct json *schema = typed("integer");
    json_put_integer(schema, only ? "const" : "minimum", minimum);
    return schema;
}

static struct json *value_schema(enum value_kind kind)
{
    switch (kind) {
    case VALUE_FORMAT:
        return whole_number(1, true);
    case VALUE_SEED:
        return whole_number(1, false);
    case VALUE_BILL:
        return map_schema("^[0-9]{4}-[0-9]{2}$", typed("string"));
    case VALUE_USERS:
        return array_of(value_schema(VALUE_USER), 0);
    case VALUE_RULES:
        return rules_schema();
    case VALUE_EDITION:
        return any_of(value_schema(VALUE_EDITION_NAME), form_schema(scenario_edition_form()));
    case VALUE_OVERRIDE:
        return override_schema();
    case VALUE_EDITIONS:
    case VALUE_TIMINGS:
    case VALUE_PATHS:
    case VALUE_LAGS:
        return any_of(value_schema(value_facts(kind)->one_of_many),
                      array_of(value_schema(value_facts(kind)->one_of_many), 1));
    case VALUE_WORLD:
        return world_schema();
    case VALUE_STEPS:
        return steps_schema();
    case VALUE_SECTION: /* world_schema puts the section's own in its place */
        return json_new_object();
    default:
        return plain_schema(value_facts(kind));
    }
}

char *language_schema(void)
{
    struct json *schema = form_schema(scenario_form());
    json_put_text(schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
    json_put_text(schema, "title", "A scenario of kiro-check");
    char *printed = json_print_pretty(schema);
    json_free(schema);
    char *with_end = mem_format("%s\n", printed);
    free(printed);
    return with_end;
}
