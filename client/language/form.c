/* SPDX-License-Identifier: MIT */
/*
 * Reading JSON against a form. Every error is told with its place and with what would have been
 * right.
 */
#include "language/form.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parameters.h"
#include "base/times.h"

const struct member *form_member(const struct form *form, const char *name)
{
    for (const struct member *member = form->members; member->name != NULL; member++) {
        if (strcmp(member->name, name) == 0)
            return member;
    }
    return NULL;
}

static void complain(struct reader *reader, struct json_position position, const char *format,
                     va_list arguments)
{
    char message[1024];
    vsnprintf(message, sizeof message, format, arguments);
    text_addf(&reader->complaints, "%s:%u:%u: %s\n", reader->file, position.line, position.column,
              message);
    reader->complaint_count++;
}

void reader_complain(struct reader *reader, const char *pointer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    complain(reader, json_position(reader->document, pointer), format, arguments);
    va_end(arguments);
}

void reader_complain_key(struct reader *reader, const char *pointer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    complain(reader, json_key_position(reader->document, pointer), format, arguments);
    va_end(arguments);
}

struct pointer pointer_to(const char *pointer, const char *name)
{
    struct pointer longer;
    text_copy(longer.chars, sizeof longer.chars, pointer);
    json_pointer_add(longer.chars, sizeof longer.chars, name);
    return longer;
}

struct pointer pointer_to_index(const char *pointer, size_t index)
{
    struct pointer longer;
    text_copy(longer.chars, sizeof longer.chars, pointer);
    json_pointer_add_index(longer.chars, sizeof longer.chars, index);
    return longer;
}

static bool number_fits(enum value_kind kind, const struct json *value)
{
    int64_t number = json_integer(value);
    return json_is_integer(value) && (kind == VALUE_FORMAT ? number == 1 : number >= 1);
}

static void complain_of_value(struct reader *reader, const char *pointer, const char *name,
                              const struct value_facts *facts, const struct json *value)
{
    struct text line = {0};
    const char *text = json_text(value);
    if (text != NULL)
        text_addf(&line, "%s: found \"%.60s\", expected %s", name, text, facts->expected);
    else
        text_addf(&line, "%s: found %s, expected %s", name, json_kind_name(json_kind(value)),
                  facts->expected);
    for (size_t i = 0; facts->word_at != NULL && facts->word_at(i) != NULL; i++)
        text_addf(&line, "%s%s", i == 0 ? ": " : ", ", facts->word_at(i));
    char *chars = text_take(&line);
    reader_complain(reader, pointer, "%s", chars);
    free(chars);
}

/* Every item (or member) of a list fits `kind`. */
static bool each_fits(struct reader *reader, const char *pointer, const char *name,
                      enum value_kind kind, const struct json *list)
{
    bool fits = true;
    size_t index = 0;
    for (const struct json *item = json_first(list); item != NULL; item = json_next(item))
        fits &= value_check(reader, pointer_to_index(pointer, index++).chars, name, kind, item);
    return fits;
}

/* One value, or an array of at least one, each once. */
static bool values_fit(struct reader *reader, const char *pointer, const char *name,
                       enum value_kind kind, const struct json *value)
{
    const struct value_facts *facts = value_facts(kind);
    if (json_kind(value) != JSON_ARRAY)
        return value_check(reader, pointer, name, facts->one_of_many, value);
    if (json_count(value) == 0) {
        complain_of_value(reader, pointer, name, facts, value);
        return false;
    }
    bool fits = each_fits(reader, pointer, name, facts->one_of_many, value);
    for (size_t i = 1; i < json_count(value); i++) {
        for (size_t earlier = 0; earlier < i; earlier++) {
            if (!json_equal(value_at(value, earlier), value_at(value, i)))
                continue;
            reader_complain(reader, pointer_to_index(pointer, i).chars,
                            "%s: found the same twice, expected each once", name);
            fits = false;
        }
    }
    return fits;
}

static bool bill_fits(struct reader *reader, const char *pointer, const struct json *bill)
{
    bool fits = true;
    for (const struct json *amount = json_first(bill); amount != NULL; amount = json_next(amount)) {
        struct pointer at = pointer_to(pointer, json_name(amount));
        int64_t ignored_s;
        if (!month_parse(json_name(amount), &ignored_s)) {
            reader_complain_key(reader, at.chars,
                                "bill: found \"%.60s\", expected a month like \"2026-04\"",
                                json_name(amount));
            fits = false;
        }
        if (json_text(amount) == NULL ||
            !text_matches("^-?(0|[1-9][0-9]{0,11})\\.[0-9]{2}$", json_text(amount))) {
            reader_complain(reader, at.chars,
                            "bill: expected an amount with two places as a text, like \"20.00\"");
            fits = false;
        }
    }
    return fits;
}

static bool override_fits(struct reader *reader, const char *pointer, const struct json *override)
{
    bool fits = true;
    for (const struct json *value = json_first(override); value != NULL; value = json_next(value)) {
        struct pointer at = pointer_to(pointer, json_name(value));
        if (value_text_fits(VALUE_LAG, json_name(value))) {
            fits &= value_check(reader, at.chars, json_name(value), VALUE_DURATION, value);
            continue;
        }
        int parameter = parameter_find(json_name(value));
        const struct parameter_facts *facts =
            parameter < 0 ? NULL : parameter_facts((enum parameter)parameter);
        if (facts == NULL) {
            reader_complain_key(reader, at.chars,
                                "override: \"%.60s\" is not a parameter of an edition",
                                json_name(value));
            fits = false;
            continue;
        }
        if (json_text(value) != NULL &&
            parameter_value_find((enum parameter)parameter, json_text(value)) >= 0)
            continue;
        struct text line = {0};
        for (size_t i = 0; facts->values[i] != NULL; i++)
            text_addf(&line, "%s\"%s\"", i == 0 ? "" : ", ", facts->values[i]);
        reader_complain(reader, at.chars, "%s: expected one of %s", facts->name, text_chars(&line));
        text_clear(&line);
        fits = false;
    }
    return fits;
}

/* What lies inside a value that is an object or an array. */
static bool parts_fit(struct reader *reader, const char *pointer, const char *name,
                      enum value_kind kind, const struct json *value)
{
    if (kind == VALUE_BILL)
        return bill_fits(reader, pointer, value);
    if (kind == VALUE_OVERRIDE)
        return override_fits(reader, pointer, value);
    if (kind == VALUE_USERS)
        return each_fits(reader, pointer, name, VALUE_USER, value);
    if (kind == VALUE_RULES)
        return each_fits(reader, pointer, name, VALUE_RULE, value);
    return true;
}

bool value_check(struct reader *reader, const char *pointer, const char *name, enum value_kind kind,
                 const struct json *value)
{
    const struct value_facts *facts = value_facts(kind);
    enum json_kind json = json_kind(value);
    if (facts->one_of_many != VALUE_TEXT)
        return values_fit(reader, pointer, name, kind, value);
    bool alternative = (kind == VALUE_EDITION && json == JSON_TEXT) ||
                       (kind == VALUE_SECTION && json == JSON_ARRAY);
    bool fits = json == facts->json || alternative;
    if (fits && json == JSON_TEXT)
        fits = value_text_fits(kind == VALUE_EDITION ? VALUE_EDITION_NAME : kind, json_text(value));
    if (fits && json == JSON_NUMBER)
        fits = number_fits(kind, value);
    if (fits && kind == VALUE_RULES)
        fits = json_count(value) > 0;
    if (!fits) {
        complain_of_value(reader, pointer, name, facts, value);
        return false;
    }
    return parts_fit(reader, pointer, name, kind, value);
}

static void complain_of_unknown(struct reader *reader, const char *pointer, const struct form *form,
                                const char *name)
{
    struct text line = {0};
    for (const struct member *member = form->members; member->name != NULL; member++)
        text_addf(&line, "%s%s", member == form->members ? "" : ", ", member->name);
    reader_complain_key(reader, pointer, "unknown member \"%.60s\" of %s, expected one of: %s",
                        name, form->name, text_chars(&line));
    text_clear(&line);
}

bool form_check(struct reader *reader, const char *pointer, const struct form *form,
                const struct json *object)
{
    if (json_kind(object) != JSON_OBJECT) {
        reader_complain(reader, pointer, "%s: found %s, expected an object", form->name,
                        json_kind_name(json_kind(object)));
        return false;
    }
    bool fits = true;
    for (const struct json *value = json_first(object); value != NULL; value = json_next(value)) {
        struct pointer at = pointer_to(pointer, json_name(value));
        const struct member *member = form_member(form, json_name(value));
        if (member == NULL) {
            complain_of_unknown(reader, at.chars, form, json_name(value));
            fits = false;
        } else if (!value_check(reader, at.chars, member->name, member->kind, value)) {
            fits = false;
        }
    }
    for (const struct member *member = form->members; member->name != NULL; member++) {
        if (member->required && json_member(object, member->name) == NULL) {
            reader_complain(reader, pointer, "%s: the member \"%s\" is missing, expected %s",
                            form->name, member->name, value_facts(member->kind)->expected);
            fits = false;
        }
    }
    return fits;
}

const char *form_text(const struct form *form, const struct json *object, const char *name)
{
    const char *text = json_member_text(object, name);
    const struct member *member = form_member(form, name);
    assert(member != NULL);
    return text != NULL ? text : member->fallback;
}
