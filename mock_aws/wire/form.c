/* SPDX-License-Identifier: MIT */
/* Walks a shape and looks up what the parameters have for each member; see form.h. */
#include "wire/form.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool begins_at(const char *name, const char *prefix)
{
    size_t bytes = strlen(prefix);
    return strncmp(name, prefix, bytes) == 0 && (name[bytes] == '\0' || name[bytes] == '.');
}

/*
 * Is anything given here or below? Asked before each step down, so that the walk is no deeper than
 * the parameters.
 */
static bool is_given(const struct json *parameters, const char *prefix)
{
    const struct json *at = json_first(parameters);
    while (at != NULL && !begins_at(json_name(at), prefix))
        at = json_next(at);
    return at != NULL;
}

/*
 * "07" and "1e3" too: what a JSON number may be, and leading zeros, which these protocols let pass.
 */
static struct json *number(const char *text, bool whole)
{
    const char *digits = text + (text[0] == '-');
    char *end = NULL;
    size_t count = strspn(digits, "0123456789");
    if (count == 0 || (whole && (count > 16 || digits[count] != '\0')))
        return json_new_text(text);
    double value = strtod(text, &end);
    bool plain = strspn(text, "0123456789+-.eE") == strlen(text);
    return *end == '\0' && plain ? json_new_number(value) : json_new_text(text);
}

static struct json *scalar(enum shape_kind kind, const char *text)
{
    if (kind == SHAPE_INTEGER || kind == SHAPE_NUMBER)
        return number(text, kind == SHAPE_INTEGER);
    if (kind == SHAPE_BOOLEAN && (strcmp(text, "true") == 0 || strcmp(text, "false") == 0))
        return json_new_boolean(text[0] == 't');
    return json_new_text(text);
}

static struct json *value_at(const struct shape *shape, const struct json *parameters,
                             const char *prefix);

static struct json *structure_at(const struct shape *members, const struct json *parameters,
                                 const char *prefix)
{
    struct json *object = json_new_object();
    for (; members != NULL && members->name != NULL; members++) {
        char *name = mem_format("%s%s%s", prefix, prefix[0] == '\0' ? "" : ".", members->name);
        if (is_given(parameters, name))
            json_put(object, members->name, value_at(members, parameters, name));
        free(name);
    }
    return object;
}

static struct json *list_at(const struct shape *element, const struct json *parameters,
                            const char *prefix)
{
    struct json *list = json_new_array();
    bool more = true;
    for (unsigned i = 1; more; i++) {
        char *name = mem_format("%s.member.%u", prefix, i);
        more = is_given(parameters, name);
        if (more)
            json_push(list, value_at(element, parameters, name));
        free(name);
    }
    return list;
}

static struct json *map_at(const struct shape *element, const struct json *parameters,
                           const char *prefix)
{
    struct json *map = json_new_object();
    const char *key = "";
    for (unsigned i = 1; key != NULL; i++) {
        char *key_name = mem_format("%s.entry.%u.key", prefix, i);
        char *value_name = mem_format("%s.entry.%u.value", prefix, i);
        key = json_member_text(parameters, key_name);
        if (key != NULL)
            json_put(map, key, value_at(element, parameters, value_name));
        free(key_name);
        free(value_name);
    }
    return map;
}

static struct json *value_at(const struct shape *shape, const struct json *parameters,
                             const char *prefix)
{
    assert(shape != NULL);
    const char *text = json_member_text(parameters, prefix);
    bool holds_others = shape->members != NULL;
    if (holds_others && text != NULL && text[0] != '\0')
        return json_new_text(text);
    switch (shape->kind) {
    case SHAPE_STRUCTURE:
    case SHAPE_UNION:
        return structure_at(shape->members, parameters, prefix);
    case SHAPE_LIST:
        return list_at(&shape->members[0], parameters, prefix);
    case SHAPE_MAP:
        return map_at(&shape->members[0], parameters, prefix);
    case SHAPE_TEXT:
    case SHAPE_INTEGER:
    case SHAPE_NUMBER:
    case SHAPE_BOOLEAN:
    case SHAPE_TIMESTAMP:
    case SHAPE_DOCUMENT:
        break;
    }
    return text == NULL ? json_new_null() : scalar(shape->kind, text);
}

struct json *form_object(const struct shape *members, const struct json *parameters)
{
    return structure_at(members, parameters, "");
}
