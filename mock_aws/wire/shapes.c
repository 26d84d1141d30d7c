/* SPDX-License-Identifier: MIT */
/*
 * One walk over a shape and a value side by side, with two visitors: the first looks for values of
 * the wrong JSON kind, the second for broken constraints. Knows no operation.
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

/* Where the walk is: a step down from `up`. Messages alone need it spelled out. */
struct place {
    const struct place *up; /* NULL: the root */
    const char *name;       /* of the member or of the key; NULL: an item of a list */
    size_t index;           /* of the item */
    bool is_member;         /* messages spell these with a small first letter (identity-wire 2.4) */
    bool sensitive;         /* it is inside something that messages do not show */
};

struct check {
    visitor *visit;
    struct patterns *patterns;
    bool closed; /* members that the shape does not have are violations */
    bool output; /* nulls are violations, times are numbers */
    const struct place *place;
    unsigned violations;
    struct text items;
    struct problem *problem;
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

/* As messages say it: "operations.1.member". */
static void print_path(const struct place *place, char path[PROBLEM_NAME_BYTES])
{
    char step[PROBLEM_NAME_BYTES];
    if (place->up == NULL) {
        path[0] = '\0';
        return;
    }
    print_path(place->up, path);
    if (place->name == NULL)
        snprintf(step, sizeof step, "%zu.member", place->index + 1);
    else
        text_copy(step, sizeof step, place->name);
    if (place->is_member)
        step[0] = (char)tolower((unsigned char)step[0]);
    size_t used = strlen(path);
    text_copy(path + used, PROBLEM_NAME_BYTES - used, used > 0 ? "." : "");
    used = strlen(path);
    text_copy(path + used, PROBLEM_NAME_BYTES - used, step);
}

/* As the JSON has it: "/Operations/0". */
static void print_pointer(const struct place *place, char pointer[PROBLEM_NAME_BYTES])
{
    if (place->up == NULL) {
        pointer[0] = '\0';
        return;
    }
    print_pointer(place->up, pointer);
    if (place->name == NULL)
        json_pointer_add_index(pointer, PROBLEM_NAME_BYTES, place->index);
    else
        json_pointer_add(pointer, PROBLEM_NAME_BYTES, place->name);
}

/* Count a violation here; is there still room to name it? */
static bool count_violation(struct check *check, const char *violation)
{
    if (check->violations++ == 0) {
        print_pointer(check->place, check->problem->path);
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
    char path[PROBLEM_NAME_BYTES];
    bool sensitive = check->place->sensitive;
    if (!count_violation(check, name))
        return;
    text_add(&check->items, "Value ");
    if (!sensitive && is_absent(value)) {
        text_add(&check->items, "null ");
    } else if (!sensitive) {
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
    print_path(check->place, path);
    text_addf(&check->items, "at '%s' failed to satisfy constraint: Member must %s", path, must);
}

static void unknown_member(struct check *check, const struct shape *members, const char *name)
{
    const struct place *outer = check->place;
    const struct place place = {.up = outer, .name = name};
    check->place = &place;
    if (count_violation(check, NULL)) {
        char path[PROBLEM_NAME_BYTES];
        print_path(&place, path);
        text_addf(&check->items, "Member '%s' is not known; expected one of [", path);
        for (const struct shape *known = members; known->name != NULL; known++)
            text_addf(&check->items, "%s%s", known == members ? "" : ", ", known->name);
        text_add(&check->items, "]");
    }
    check->place = outer;
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

static void walk(struct check *check, const struct place *place, const struct shape *shape,
                 bool required, const struct json *value)
{
    check->place = place;
    check->visit(check, shape, required, value);
    if (is_absent(value) || !kind_fits(check, shape, value))
        return;
    bool structure = shape->kind == SHAPE_STRUCTURE || shape->kind == SHAPE_UNION;
    for (const struct shape *member = shape->members;
         structure && member != NULL && member->name != NULL; member++) {
        const struct place step = {.up = place,
                                   .name = member->name,
                                   .is_member = true,
                                   .sensitive = place->sensitive || member->sensitive};
        walk(check, &step, member, member->required, json_member(value, member->name));
    }
    if (shape->kind != SHAPE_LIST && shape->kind != SHAPE_MAP)
        return;
    size_t index = 0;
    for (const struct json *item = json_first(value); item != NULL; item = json_next(item)) {
        const struct place step = {.up = place,
                                   .name = shape->kind == SHAPE_MAP ? json_name(item) : NULL,
                                   .index = index++,
                                   .sensitive = place->sensitive || shape->members[0].sensitive};
        walk(check, &step, &shape->members[0], true, item);
    }
}

static enum fault check_all(struct patterns *patterns, const struct shape *members,
                            const struct json *value, bool closed, bool output,
                            struct problem *problem)
{
    struct check check = {
        .patterns = patterns, .closed = closed, .output = output, .problem = problem};
    const struct shape root = {.name = "", .kind = SHAPE_STRUCTURE, .members = members};
    const struct place start = {.up = NULL};
    enum fault fault = FAULT_NONE;
    check.visit = visit_kinds;
    walk(&check, &start, &root, true, value);
    if (check.violations > 0)
        fault = problem_set(problem, FAULT_SERIALIZATION, "%s", text_chars(&check.items));
    if (fault == FAULT_NONE) {
        check.visit = visit_constraints;
        walk(&check, &start, &root, true, value);
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
