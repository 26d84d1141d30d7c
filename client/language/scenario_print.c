/* SPDX-License-Identifier: MIT */
/*
 * Printing a scenario: the canonical order and short forms, laid out so that what fits on a line
 * stays on one, except that each step has a line of its own.
 */
#include <stdlib.h>
#include <string.h>

#include "language/scenario.h"

enum { LINE_COLUMNS = 100, INDENT = 2 };

/* The members of `from` that `form` knows, in its order. */
static struct json *in_order(const struct form *form, const struct json *from)
{
    struct json *to = json_new_object();
    for (const struct member *member = form->members; member->name != NULL; member++) {
        const struct json *value = json_member(from, member->name);
        if (value != NULL)
            json_put(to, member->name, json_copy(value));
    }
    return to;
}

static struct json *edition_value(const struct json *edition)
{
    if (json_kind(edition) == JSON_OBJECT && json_count(edition) == 1)
        return json_copy(json_member(edition, "name"));
    return json_copy(edition);
}

/* A list of one is that one. */
static struct json *choices_value(const struct json *choices)
{
    if (value_count(choices) == 1)
        return edition_value(value_at(choices, 0));
    struct json *list = json_new_array();
    for (size_t i = 0; i < value_count(choices); i++)
        json_push(list, edition_value(value_at(choices, i)));
    return list;
}

static struct json *step_value(const struct json *object, const struct step *step)
{
    const struct form *form = &step->verb->form;
    const struct json *first = json_member(step->arguments, form->members[0].name);
    bool is_short = step->verb->has_short_form && first != NULL && json_count(step->arguments) == 1;
    struct json *value = json_new_object();
    const struct json *at = json_member(object, "at");
    if (at != NULL)
        json_put(value, "at", json_copy(at));
    json_put(value, form->name, is_short ? json_copy(first) : in_order(form, step->arguments));
    if (step->refused != NULL)
        json_put_text(value, "refused", step->refused);
    if (json_member(object, "done") != NULL)
        json_put(value, "done", json_copy(json_member(object, "done")));
    if (step->via != NULL)
        json_put_text(value, "via", step->via);
    return value;
}

static struct json *scenario_value(const struct scenario *scenario)
{
    const struct json *root = json_document_root(scenario->document);
    struct json *value = in_order(scenario_form(), root);
    static const char *const CHOICES[] = {"edition", "timing", "window", "via"};
    for (size_t i = 0; i < sizeof CHOICES / sizeof *CHOICES; i++) {
        if (json_member(value, CHOICES[i]) != NULL)
            json_put(value, CHOICES[i], choices_value(json_member(root, CHOICES[i])));
    }
    struct json *steps = json_new_array();
    const struct json *object = json_first(json_member(root, "steps"));
    for (size_t i = 0; i < scenario->step_count; i++, object = json_next(object))
        json_push(steps, step_value(object, &scenario->steps[i]));
    json_put(value, "steps", steps);
    return value;
}

static void add_name(struct text *text, const struct json *value)
{
    if (json_name(value) == NULL)
        return;
    struct json *name = json_new_text(json_name(value));
    char *printed = json_print(name);
    text_addf(text, "%s: ", printed);
    free(printed);
    json_free(name);
}

static void add_on_one_line(struct text *text, const struct json *value)
{
    enum json_kind kind = json_kind(value);
    if (kind != JSON_OBJECT && kind != JSON_ARRAY) {
        char *printed = json_print(value);
        text_add(text, printed);
        free(printed);
        return;
    }
    text_add(text, kind == JSON_OBJECT ? "{" : "[");
    for (const struct json *item = json_first(value); item != NULL; item = json_next(item)) {
        if (item != json_first(value))
            text_add(text, ", ");
        if (kind == JSON_OBJECT)
            add_name(text, item);
        add_on_one_line(text, item);
    }
    text_add(text, kind == JSON_OBJECT ? "}" : "]");
}

/* Columns taken on the last line so far. */
static size_t column(const struct text *text)
{
    const char *chars = text_chars(text);
    const char *line = strrchr(chars, '\n');
    return strlen(line == NULL ? chars : line + 1);
}

/* `open_levels` says how many levels down lists are broken up even if they would fit. */
static void add_laid_out(struct text *text, const struct json *value, int depth, int open_levels)
{
    enum json_kind kind = json_kind(value);
    struct text line = {0};
    add_on_one_line(&line, value);
    bool fits = column(text) + line.bytes + 1 <= LINE_COLUMNS;
    bool is_list = (kind == JSON_OBJECT || kind == JSON_ARRAY) && json_count(value) > 0;
    if (!is_list || (fits && open_levels <= 0)) {
        text_add_bytes(text, text_chars(&line), line.bytes);
        text_clear(&line);
        return;
    }
    text_clear(&line);
    text_add(text, kind == JSON_OBJECT ? "{" : "[");
    for (const struct json *item = json_first(value); item != NULL; item = json_next(item)) {
        text_addf(text, "%s\n%*s", item == json_first(value) ? "" : ",", (depth + 1) * INDENT, "");
        if (kind == JSON_OBJECT)
            add_name(text, item);
        bool opens = json_name(item) != NULL && (strcmp(json_name(item), "steps") == 0 ||
                                                 strcmp(json_name(item), "world") == 0);
        add_laid_out(text, item, depth + 1, depth == 0 && opens ? 1 : 0);
    }
    text_addf(text, "\n%*s%s", depth * INDENT, "", kind == JSON_OBJECT ? "}" : "]");
}

char *scenario_print(const struct scenario *scenario)
{
    struct json *value = scenario_value(scenario);
    struct text text = {0};
    add_laid_out(&text, value, 0, 1);
    text_add(&text, "\n");
    json_free(value);
    return text_take(&text);
}
