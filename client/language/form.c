/* SPDX-License-Identifier: MIT */
/*
 * Reading JSON against a form. Every error is told with its place and with what would have been
 * right.
 */
#include "language/form.h"

#include <assert.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "aws/aws.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/times.h"
#include "base/vocabulary.h"

#define HANDLE "[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}"

static const char *plan_word(size_t index)
{
    return index + 1 < PLAN_COUNT ? plan_facts((enum plan)(index + 1))->name : NULL;
}

static const char *plan_or_none_word(size_t index)
{
    return index < PLAN_COUNT ? plan_facts((enum plan)index)->name : NULL;
}

static const char *status_word(size_t index)
{
    return index <= SEAT_PENDING_REMOVAL ? seat_status_name((enum seat_status)index) : NULL;
}

static const char *shown_as_word(size_t index)
{
    static const char *const WORDS[] = {"name", "id", NULL};
    return WORDS[index];
}

static const char *source_word(size_t index)
{
    static const char *const WORDS[] = {"user", "group", "user+group", NULL};
    return WORDS[index];
}

static const char *fault_word(size_t index)
{
    static const char *const WORDS[] = {
        "throttling",   "internal",    "unavailable", "access-denied", "latency",
        "reset-before", "reset-after", "truncated",   "slow",          "none"};
    return index < sizeof WORDS / sizeof WORDS[0] ? WORDS[index] : NULL;
}

static const char *client_word(size_t index)
{
    static const char *const WORDS[] = {"cli", "ide", NULL};
    return WORDS[index];
}

static const char *overage_word(size_t index)
{
    static const char *const WORDS[] = {"on", "off", NULL};
    return WORDS[index];
}

static const char *instance_kind_word(size_t index)
{
    static const char *const WORDS[] = {"organization", "account", NULL};
    return WORDS[index];
}

static const char *edition_word(size_t index)
{
    const struct edition *edition = edition_at(index);
    return edition == NULL ? NULL : edition->name;
}

static const char *timing_word(size_t index)
{
    static const char *const WORDS[] = {TIMING_DEFAULT, "documented", NULL};
    return WORDS[index];
}

/* Every path that a verb has; which verb has which is the verbs' business. */
static const char *path_word(size_t index)
{
    static const char *const WORDS[] = {"api",  "console", "control", "management", "scim", "entra",
                                        "okta", "google",  "self",    "stranger",   NULL};
    return WORDS[index];
}

static const char *lag_word(size_t index)
{
    return index < LAG_COUNT ? lag_name((enum lag)index) : NULL;
}

static bool is_one_line(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (iscntrl((unsigned char)*c))
            return false;
    }
    return true;
}

static bool is_rule(const char *text)
{
    return rule_find(text) != NULL;
}

static bool is_time(const char *text)
{
    int64_t ignored_s;
    return time_parse(text, &ignored_s);
}

static bool is_time_or_next_month(const char *text)
{
    return strcmp(text, "next-month") == 0 || is_time(text);
}

static bool is_duration(const char *text)
{
    int64_t ignored_s;
    return duration_parse(text, &ignored_s);
}

static const struct value_facts VALUES[VALUE_KINDS] = {
    [VALUE_TEXT] = {"a text of one line", JSON_TEXT, .pattern = "^.+$", .check = is_one_line},
    [VALUE_NEW_HANDLE] = {"a handle of letters, digits and . _ @ + -", JSON_TEXT,
                          .pattern = "^" HANDLE "$"},
    [VALUE_ACCOUNT] = {"the handle of an account", JSON_TEXT, .pattern = "^" HANDLE "$"},
    [VALUE_INSTANCE] = {"the handle of an instance", JSON_TEXT, .pattern = "^" HANDLE "$"},
    [VALUE_USER] = {"the handle of a user", JSON_TEXT, .pattern = "^" HANDLE "$"},
    [VALUE_GROUP] = {"the handle of a group", JSON_TEXT, .pattern = "^" HANDLE "$"},
    [VALUE_PROFILE] = {"the handle of a profile", JSON_TEXT, .pattern = "^" HANDLE "$"},
    [VALUE_PRINCIPAL] = {"\"user:HANDLE\" or \"group:HANDLE\"", JSON_TEXT,
                         .pattern = "^(user|group):" HANDLE "$"},
    [VALUE_MEMBER] = {"the handle of a user, or \"group:HANDLE\"", JSON_TEXT,
                      .pattern = "^(group:)?" HANDLE "$"},
    [VALUE_PLAN] = {"a plan", JSON_TEXT, .word_at = plan_word},
    [VALUE_PLAN_OR_NONE] = {"a plan or none", JSON_TEXT, .word_at = plan_or_none_word},
    [VALUE_STATUS] = {"a status", JSON_TEXT, .word_at = status_word},
    [VALUE_SHOWN_AS] = {"how the row names the user", JSON_TEXT, .word_at = shown_as_word},
    [VALUE_SOURCE] = {"the source of a seat", JSON_TEXT, .word_at = source_word},
    [VALUE_CREDITS] = {"credits with at most two places, as a text", JSON_TEXT,
                       .pattern = "^[0-9]{1,12}(\\.[0-9]{1,2})?$"},
    [VALUE_FAULT] = {"a fault", JSON_TEXT, .word_at = fault_word},
    [VALUE_CLIENT] = {"a client", JSON_TEXT, .word_at = client_word},
    [VALUE_OVERAGE] = {"on or off", JSON_TEXT, .word_at = overage_word},
    [VALUE_AMOUNT] = {"an amount in USD with two places, as a text", JSON_TEXT,
                      .pattern = "^(0|[1-9][0-9]{0,8})\\.[0-9]{2}$"},
    [VALUE_TIME] = {"a time like \"2026-04-12T10:00:00Z\"", JSON_TEXT,
                    .pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
                    .check = is_time},
    [VALUE_TIME_OR_NEXT_MONTH] =
        {"a time like \"2026-04-12T10:00:00Z\", or \"next-month\"", JSON_TEXT,
         .pattern = "^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z|next-month)$",
         .check = is_time_or_next_month},
    [VALUE_DURATION] = {"a duration like \"P1D\", \"PT30M\" or \"24h\"", JSON_TEXT,
                        .pattern = "^(P[0-9A-Z]+|[0-9]+[smhd])$", .check = is_duration},
    [VALUE_REGION] = {"a Region like \"us-east-1\"", JSON_TEXT,
                      .pattern = "^[a-z]{2,3}(-[a-z]+)+-[0-9]{1,2}$"},
    [VALUE_ACCOUNT_NUMBER] = {"an account number of 12 digits", JSON_TEXT,
                              .pattern = "^[0-9]{12}$"},
    [VALUE_INSTANCE_KIND] = {"a kind of instance", JSON_TEXT, .word_at = instance_kind_word},
    [VALUE_ERROR_CODE] = {"the name of an AWS exception, like \"ConflictException\", or "
                          "\"" AWS_CONNECTION_RESET "\" or \"" AWS_ANSWER_TRUNCATED "\"",
                          JSON_TEXT,
                          .pattern = "^([A-Z][A-Za-z]+|" AWS_CONNECTION_RESET
                                     "|" AWS_ANSWER_TRUNCATED ")$"},
    [VALUE_RULE] = {"the id of a rule (see: kiro-check rules)", JSON_TEXT,
                    .pattern = "^[A-Za-z][A-Za-z0-9-]*$", .check = is_rule},
    [VALUE_EDITION_NAME] = {"an edition", JSON_TEXT, .word_at = edition_word},
    [VALUE_TIMING] = {"a timing", JSON_TEXT, .word_at = timing_word},
    [VALUE_PATH] = {"a path", JSON_TEXT, .word_at = path_word},
    [VALUE_LAG] = {"a delay", JSON_TEXT, .word_at = lag_word},
    [VALUE_BOOLEAN] = {"true or false", .json = JSON_BOOLEAN},
    [VALUE_FORMAT] = {"the number 1", .json = JSON_NUMBER},
    [VALUE_SEED] = {"a whole number from 1", .json = JSON_NUMBER},
    [VALUE_BILL] = {"an object of months and amounts, like {\"2026-04\": \"20.00\"}",
                    .json = JSON_OBJECT},
    [VALUE_USERS] = {"an array of user handles", .json = JSON_ARRAY},
    [VALUE_RULES] = {"an array of rule ids, at least one", .json = JSON_ARRAY},
    [VALUE_EDITION] = {"the name of an edition, or an object with \"name\" and \"override\"",
                       .json = JSON_OBJECT},
    [VALUE_OVERRIDE] = {"an object of parameters and values, of delays and durations",
                        .json = JSON_OBJECT},
    [VALUE_EDITIONS] = {"one edition or a list of them", JSON_ARRAY, .one_of_many = VALUE_EDITION},
    [VALUE_TIMINGS] = {"one timing or a list of them", JSON_ARRAY, .one_of_many = VALUE_TIMING},
    [VALUE_PATHS] = {"one path or a list of them", JSON_ARRAY, .one_of_many = VALUE_PATH},
    [VALUE_LAGS] = {"one delay or a list of them", JSON_ARRAY, .one_of_many = VALUE_LAG},
    [VALUE_SECTION] = {"an object or an array", .json = JSON_OBJECT},
    [VALUE_WORLD] = {"a world document", .json = JSON_OBJECT},
    [VALUE_STEPS] = {"an array of steps", .json = JSON_ARRAY},
};

const struct value_facts *value_facts(enum value_kind kind)
{
    assert(kind < VALUE_KINDS);
    return &VALUES[kind];
}

size_t value_count(const struct json *value)
{
    if (json_kind(value) == JSON_ARRAY)
        return json_count(value);
    return value == NULL ? 0 : 1;
}

const struct json *value_at(const struct json *value, size_t index)
{
    if (json_kind(value) != JSON_ARRAY)
        return value;
    const struct json *item = json_first(value);
    for (size_t i = 0; i < index; i++)
        item = json_next(item);
    return item;
}

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

static bool matches(const char *pattern, const char *text)
{
    int error;
    PCRE2_SIZE offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                                     PCRE2_DOLLAR_ENDONLY, &error, &offset, NULL);
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    assert(code != NULL && data != NULL); /* the patterns are ours */
    bool match = pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, 0, data, NULL) >= 0;
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return match;
}

static bool is_word(const struct value_facts *facts, const char *text)
{
    for (size_t i = 0; facts->word_at(i) != NULL; i++) {
        if (strcmp(facts->word_at(i), text) == 0)
            return true;
    }
    return false;
}

bool value_text_fits(enum value_kind kind, const char *text)
{
    const struct value_facts *facts = value_facts(kind);
    return (facts->pattern == NULL || matches(facts->pattern, text)) &&
           (facts->check == NULL || facts->check(text)) &&
           (facts->word_at == NULL || is_word(facts, text));
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
            !matches("^-?(0|[1-9][0-9]{0,11})\\.[0-9]{2}$", json_text(amount))) {
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
        if (facts == NULL || !facts->overridable) {
            reader_complain_key(reader, at.chars,
                                facts == NULL
                                    ? "override: \"%.60s\" is not a parameter of an edition"
                                    : "override: the parameter \"%.60s\" has one value only so far",
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
