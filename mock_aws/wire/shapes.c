/* SPDX-License-Identifier: MIT */
/*
 * One walk over a shape and a value side by side, with two visitors: the first looks for values of the wrong JSON kind, the
 * second for broken constraints. Knows no operation.
 */
#include "wire/shapes.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/times.h"
#include "wire/patterns.h"

enum { SHOWN_BYTES = 256 }; /* of a value in a message */

struct check;
typedef void visitor(struct check *check, const struct shape *shape, bool required,
                     const struct json *value);

struct check {
    visitor *visit;
    struct patterns *patterns;
    bool closed;                      /* members that the shape does not have are violations */
    bool output;                      /* nulls are violations, times are numbers */
    char path[PROBLEM_NAME_BYTES];    /* where the walk is, for messages: "operations.1.member" */
    char pointer[PROBLEM_NAME_BYTES]; /* the same as a JSON pointer: "/Operations/0" */
    bool sensitive;                   /* the walk is inside something that messages do not show */
    unsigned violations;
    struct text items;
    struct problem *problem;
};

/* What must be put back when the walk leaves a member. */
struct place {
    size_t path_bytes;
    size_t pointer_bytes;
    bool sensitive;
};

/* What a kind is called in messages, and as what it comes. */
static const struct {
    const char *name;
    enum json_kind kind;
} KINDS[] = {[SHAPE_TEXT] = {"String", JSON_TEXT},
             [SHAPE_INTEGER] = {"Integer", JSON_NUMBER},
             [SHAPE_NUMBER] = {"Double", JSON_NUMBER},
             [SHAPE_BOOLEAN] = {"Boolean", JSON_BOOLEAN},
             [SHAPE_TIMESTAMP] = {"Timestamp", JSON_NUMBER},
             [SHAPE_STRUCTURE] = {"Structure", JSON_OBJECT},
             [SHAPE_UNION] = {"Union", JSON_OBJECT},
             [SHAPE_LIST] = {"List", JSON_ARRAY},
             [SHAPE_MAP] = {"Map", JSON_OBJECT},
             [SHAPE_DOCUMENT] = {"Document", JSON_NULL}};

static bool is_absent(const struct json *value)
{
    return json_kind(value) == JSON_NULL;
}

static bool kind_fits(const struct check *check, const struct shape *shape,
                      const struct json *value)
{
    enum json_kind kind = json_kind(value);
    int64_t time_s;
    if (shape->kind == SHAPE_DOCUMENT)
        return true;
    if (shape->kind == SHAPE_INTEGER)
        return json_is_integer(value);
    if (shape->kind == SHAPE_TIMESTAMP && kind == JSON_TEXT && !check->output)
        return time_parse(json_text(value), &time_s);
    return kind == KINDS[shape->kind].kind;
}

/* A step down: as messages say it, and as the JSON has it. */
static struct place enter(struct check *check, const char *step, const char *name)
{
    struct place place = {strlen(check->path), strlen(check->pointer), check->sensitive};
    char longer[2 * PROBLEM_NAME_BYTES];
    snprintf(longer, sizeof longer, "%s%s", check->path, place.path_bytes > 0 ? "." : "");
    size_t used = strlen(longer);
    text_copy(longer + used, sizeof longer - used, step);
    text_copy(check->path, sizeof check->path, longer);
    json_pointer_add(check->pointer, sizeof check->pointer, name);
    return place;
}

/* Messages spell members with a small first letter (identity-wire 2.4). */
static struct place enter_member(struct check *check, const char *name)
{
    char step[PROBLEM_NAME_BYTES];
    text_copy(step, sizeof step, name);
    step[0] = (char)tolower((unsigned char)step[0]);
    return enter(check, step, name);
}

static struct place enter_item(struct check *check, size_t index)
{
    char step[32];
    char name[32];
    snprintf(step, sizeof step, "%zu.member", index + 1);
    snprintf(name, sizeof name, "%zu", index);
    return enter(check, step, name);
}

static void leave(struct check *check, struct place place)
{
    check->path[place.path_bytes] = '\0';
    check->pointer[place.pointer_bytes] = '\0';
    check->sensitive = place.sensitive;
}

/* Count a violation here; is there still room to name it? */
static bool count_violation(struct check *check, const char *violation)
{
    if (check->violations++ == 0) {
        text_copy(check->problem->path, sizeof check->problem->path, check->pointer);
        check->problem->violation = violation;
    }
    if (check->violations > LIMIT_VALIDATION_ITEMS)
        return false;
    if (check->violations > 1)
        text_add(&check->items, "; ");
    return true;
}

/* "Value 'x' at 'userName' failed to satisfy constraint: Member must ", and then what it must. */
__attribute__((format(printf, 4, 5))) static void
violation(struct check *check, const char *name, const struct json *value, const char *format, ...)
{
    char must[PROBLEM_MESSAGE_BYTES];
    if (!count_violation(check, name))
        return;
    text_add(&check->items, "Value ");
    if (!check->sensitive && is_absent(value)) {
        text_add(&check->items, "null ");
    } else if (!check->sensitive) {
        char shown[SHOWN_BYTES];
        char *printed = json_text(value) != NULL ? NULL : json_print(value);
        text_copy(shown, sizeof shown, printed != NULL ? printed : json_text(value));
        text_addf(&check->items, "'%s' ", shown);
        free(printed);
    }
    va_list arguments;
    va_start(arguments, format);
    text_vprint(must, sizeof must, format, arguments);
    va_end(arguments);
    text_addf(&check->items, "at '%s' failed to satisfy constraint: Member must %s", check->path,
              must);
}

static void unknown_member(struct check *check, const struct shape *members, const char *name)
{
    struct place place = enter(check, name, name);
    if (count_violation(check, NULL)) {
        text_addf(&check->items, "Member '%s' is not known; expected one of [", check->path);
        for (const struct shape *known = members; known->name != NULL; known++)
            text_addf(&check->items, "%s%s", known == members ? "" : ", ", known->name);
        text_add(&check->items, "]");
    }
    leave(check, place);
}

static void check_length(struct check *check, const struct shape *shape, const struct json *value)
{
    const char *text = json_text(value);
    int64_t length = (int64_t)(text != NULL ? utf8_count(text) : json_count(value));
    if (length < shape->min)
        violation(check, "MIN_LENGTH_EXCEEDED", value,
                  "have length greater than or equal to %" PRId64, shape->min);
    if (shape->max != 0 && length > shape->max)
        violation(check, "MAX_LENGTH_EXCEEDED", value, "have length less than or equal to %" PRId64,
                  shape->max);
}

static void check_range(struct check *check, const struct shape *shape, const struct json *value)
{
    int64_t number = json_integer(value);
    if (shape->max == 0)
        return;
    if (number < shape->min)
        violation(check, "MIN_VALUE_EXCEEDED", value,
                  "have value greater than or equal to %" PRId64, shape->min);
    if (number > shape->max)
        violation(check, "MAX_VALUE_EXCEEDED", value, "have value less than or equal to %" PRId64,
                  shape->max);
}

static void check_text(struct check *check, const struct shape *shape, const struct json *value)
{
    const char *text = json_text(value);
    const char *const *known = shape->values;
    check_length(check, shape, value);
    if (shape->pattern != NULL && !pattern_matches(check->patterns, shape->pattern, text))
        violation(check, "INVALID_PATTERN", value, "satisfy regular expression pattern: %s",
                  shape->pattern->text);
    while (known != NULL && *known != NULL && strcmp(*known, text) != 0)
        known++;
    if (known == NULL || *known != NULL)
        return;
    struct text names = {0};
    for (known = shape->values; *known != NULL; known++)
        text_addf(&names, "%s%s", known == shape->values ? "" : ", ", *known);
    violation(check, "INVALID_ENUM", value, "satisfy enum value set: [%s]", text_chars(&names));
    text_clear(&names);
}

static void check_members(struct check *check, const struct shape *shape, const struct json *value)
{
    static const struct shape NO_MEMBERS[] = {{0}};
    const struct shape *members = shape->members != NULL ? shape->members : NO_MEMBERS;
    size_t set = 0;
    for (const struct json *at = json_first(value); at != NULL; at = json_next(at)) {
        const struct shape *known = members;
        while (known->name != NULL && strcmp(known->name, json_name(at)) != 0)
            known++;
        if (known->name != NULL && !is_absent(at))
            set++;
        if (known->name == NULL && check->closed)
            unknown_member(check, members, json_name(at));
    }
    if (shape->kind == SHAPE_UNION && set != 1)
        violation(check, NULL, value, "have exactly one member set");
}

static void visit_constraints(struct check *check, const struct shape *shape, bool required,
                              const struct json *value)
{
    bool null_given = value != NULL && check->output && shape->kind != SHAPE_DOCUMENT;
    bool null_taken = value != NULL && check->output && shape->kind == SHAPE_DOCUMENT;
    if (is_absent(value)) {
        if ((required || null_given) && !null_taken)
            violation(check, "INPUT_REQUIRED", value, "not be null");
        return;
    }
    switch (shape->kind) {
    case SHAPE_TEXT:
        check_text(check, shape, value);
        break;
    case SHAPE_INTEGER:
        check_range(check, shape, value);
        break;
    case SHAPE_LIST:
    case SHAPE_MAP:
        check_length(check, shape, value);
        break;
    case SHAPE_STRUCTURE:
    case SHAPE_UNION:
        check_members(check, shape, value);
        break;
    case SHAPE_NUMBER:
    case SHAPE_BOOLEAN:
    case SHAPE_TIMESTAMP:
    case SHAPE_DOCUMENT:
        break;
    }
}

static void visit_kinds(struct check *check, const struct shape *shape, bool required,
                        const struct json *value)
{
    static const char *const TOKENS[] = {
        [JSON_NULL] = "NULL_VALUE",     [JSON_BOOLEAN] = "TRUE_VALUE",
        [JSON_NUMBER] = "NUMBER_VALUE", [JSON_TEXT] = "STRING_VALUE",
        [JSON_ARRAY] = "START_ARRAY",   [JSON_OBJECT] = "START_OBJECT"};
    (void)required;
    if (is_absent(value) || kind_fits(check, shape, value) || check->violations > 0)
        return;
    bool is_false = json_kind(value) == JSON_BOOLEAN && !json_true(value);
    count_violation(check, NULL);
    text_addf(&check->items, "%s cannot be converted to %s",
              is_false ? "FALSE_VALUE" : TOKENS[json_kind(value)], KINDS[shape->kind].name);
}

static void walk(struct check *check, const struct shape *shape, bool required,
                 const struct json *value)
{
    check->visit(check, shape, required, value);
    if (is_absent(value) || !kind_fits(check, shape, value))
        return;
    bool structure = shape->kind == SHAPE_STRUCTURE || shape->kind == SHAPE_UNION;
    for (const struct shape *member = shape->members;
         structure && member != NULL && member->name != NULL; member++) {
        struct place place = enter_member(check, member->name);
        check->sensitive = check->sensitive || member->sensitive;
        walk(check, member, member->required, json_member(value, member->name));
        leave(check, place);
    }
    if (shape->kind != SHAPE_LIST && shape->kind != SHAPE_MAP)
        return;
    size_t index = 0;
    for (const struct json *item = json_first(value); item != NULL; item = json_next(item)) {
        struct place place = shape->kind == SHAPE_LIST
                                 ? enter_item(check, index++)
                                 : enter(check, json_name(item), json_name(item));
        check->sensitive = check->sensitive || shape->members[0].sensitive;
        walk(check, &shape->members[0], true, item);
        leave(check, place);
    }
}

static enum fault check_all(struct patterns *patterns, const struct shape *members,
                            const struct json *value, bool closed, bool output,
                            struct problem *problem)
{
    struct check check = {
        .patterns = patterns, .closed = closed, .output = output, .problem = problem};
    const struct shape root = {.name = "", .kind = SHAPE_STRUCTURE, .members = members};
    enum fault fault = FAULT_NONE;
    check.visit = visit_kinds;
    walk(&check, &root, true, value);
    if (check.violations > 0)
        fault = problem_set(problem, FAULT_SERIALIZATION, "%s", text_chars(&check.items));
    if (fault == FAULT_NONE) {
        check.visit = visit_constraints;
        walk(&check, &root, true, value);
    }
    if (fault == FAULT_NONE && check.violations > 0)
        fault = problem_set(problem, FAULT_INVALID, "%u validation error%s detected: %s",
                            check.violations, check.violations == 1 ? "" : "s",
                            text_chars(&check.items));
    text_clear(&check.items);
    return fault;
}

enum fault shape_check(struct patterns *patterns, const struct shape *members,
                       const struct json *input, bool strict, struct problem *problem)
{
    return check_all(patterns, members, input, strict, false, problem);
}

enum fault shape_check_output(struct patterns *patterns, const struct shape *members,
                              const struct json *output, struct problem *problem)
{
    return check_all(patterns, members, output, true, true, problem);
}

static struct json *copy_value(const struct shape *shape, const struct json *value)
{
    if (shape->kind == SHAPE_STRUCTURE || shape->kind == SHAPE_UNION)
        return shape_copy(shape->members, value);
    if (shape->kind != SHAPE_LIST && shape->kind != SHAPE_MAP)
        return json_copy(value);
    bool list = shape->kind == SHAPE_LIST;
    struct json *out = list ? json_new_array() : json_new_object();
    for (const struct json *item = json_first(value); item != NULL; item = json_next(item)) {
        struct json *copy = copy_value(&shape->members[0], item);
        if (list)
            json_push(out, copy);
        else
            json_put(out, json_name(item), copy);
    }
    return out;
}

struct json *shape_copy(const struct shape *members, const struct json *input)
{
    struct json *out = json_new_object();
    for (; members != NULL && members->name != NULL; members++) {
        const struct json *value = json_member(input, members->name);
        if (!is_absent(value))
            json_put(out, members->name, copy_value(members, value));
    }
    return out;
}
