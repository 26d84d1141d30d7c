/* SPDX-License-Identifier: MIT */
/* The kinds of value as a table, and whether a text is of one. */
#include "language/values.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "aws/aws.h"
#include "base/editions.h"
#include "base/lags.h"
#include "base/plans.h"
#include "base/rules.h"
#include "base/statuses.h"
#include "base/times.h"

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

bool text_matches(const char *pattern, const char *text)
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
    return (facts->pattern == NULL || text_matches(facts->pattern, text)) &&
           (facts->check == NULL || facts->check(text)) &&
           (facts->word_at == NULL || is_word(facts, text));
}

void lag_print(int64_t lag_s, char out[LAG_TEXT_BYTES])
{
    static const struct {
        int64_t seconds;
        const char *unit;
    } UNITS[] = {{3600, "h"}, {60, "m"}, {1, "s"}};
    size_t i = 0;
    while (lag_s % UNITS[i].seconds != 0)
        i++;
    snprintf(out, LAG_TEXT_BYTES, "%" PRId64 "%s", lag_s / UNITS[i].seconds, UNITS[i].unit);
}
