/* SPDX-License-Identifier: MIT */
/* Checks a world document member by member and orders what it says by time. */
#include "world/document/document_plan.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/times.h"

enum field_kind { FIELD_TEXT, FIELD_BOOLEAN, FIELD_TIME, FIELD_NAMES, FIELD_OBJECT };

struct field {
    const char *name;
    enum field_kind kind;
    bool required;
};

static const struct field ACCOUNT[] = {{"id", FIELD_TEXT, false},
                                       {"organization", FIELD_TEXT, false},
                                       {"management", FIELD_BOOLEAN, false},
                                       {"at", FIELD_TIME, false},
                                       {0}};
static const struct field INSTANCE[] = {{"account", FIELD_TEXT, false},
                                        {"region", FIELD_TEXT, false},
                                        {"kind", FIELD_TEXT, false},
                                        {"at", FIELD_TIME, false},
                                        {0}};
static const struct field USER[] = {
    {"instance", FIELD_TEXT, false},  {"active", FIELD_BOOLEAN, false},
    {"user_name", FIELD_TEXT, false}, {"attributes", FIELD_OBJECT, false},
    {"at", FIELD_TIME, false},        {0}};
static const struct field GROUP[] = {{"instance", FIELD_TEXT, false},
                                     {"members", FIELD_NAMES, false},
                                     {"display_name", FIELD_TEXT, false},
                                     {"at", FIELD_TIME, false},
                                     {0}};
static const struct field PROFILE[] = {{"account", FIELD_TEXT, false},
                                       {"region", FIELD_TEXT, false},
                                       {"instance", FIELD_TEXT, false},
                                       {"at", FIELD_TIME, false},
                                       {0}};
static const struct field ASSIGNMENT[] = {{"to", FIELD_TEXT, true},
                                          {"profile", FIELD_TEXT, false},
                                          {"plan", FIELD_TEXT, false},
                                          {"at", FIELD_TIME, false},
                                          {0}};
static const struct field USE[] = {
    {"user", FIELD_TEXT, true}, {"profile", FIELD_TEXT, false}, {"at", FIELD_TIME, false}, {0}};

static const struct section_facts {
    const char *name;
    const struct field *fields;
    bool is_list;     /* items without a name; else a map from names, or a list of names */
    bool implied;     /* "main" is meant where the member is left out */
    bool at_earliest; /* exists from the document's earliest instant */
} SECTIONS[SECTION_COUNT] = {
    [SECTION_ACCOUNTS] = {"accounts", ACCOUNT, false, true, true},
    [SECTION_INSTANCES] = {"instances", INSTANCE, false, true, true},
    [SECTION_USERS] = {"users", USER, false, false, true},
    [SECTION_INACTIVE] = {NULL, NULL, false, false, false},
    [SECTION_GROUPS] = {"groups", GROUP, false, false, true},
    [SECTION_PROFILES] = {"profiles", PROFILE, false, true, true},
    [SECTION_ASSIGNMENTS] = {"assignments", ASSIGNMENT, true, false, false},
    [SECTION_USES] = {"uses", USE, true, false, false},
};

struct reader {
    struct document_plan *plan;
    struct problem *problem;
};

const char *section_name(enum section section)
{
    return SECTIONS[section].name;
}

static enum fault refuse(const struct reader *reader, const char *pointer, const char *wrong,
                         const char *right)
{
    text_copy(reader->problem->path, sizeof reader->problem->path, pointer);
    return problem_set(reader->problem, FAULT_INVALID, "%s; %s", wrong, right);
}

static bool field_fits(const struct json *value, enum field_kind kind)
{
    int64_t ignored = 0;
    switch (kind) {
    case FIELD_TEXT:
        return json_text(value) != NULL && json_text(value)[0] != '\0';
    case FIELD_BOOLEAN:
        return json_kind(value) == JSON_BOOLEAN;
    case FIELD_TIME:
        return json_text(value) != NULL && time_parse(json_text(value), &ignored);
    case FIELD_OBJECT:
        return json_kind(value) == JSON_OBJECT;
    case FIELD_NAMES:
        break;
    }
    if (json_kind(value) != JSON_ARRAY)
        return false;
    for (const struct json *item = json_first(value); item != NULL; item = json_next(item))
        if (json_text(item) == NULL)
            return false;
    return true;
}

static const char *field_wanted(enum field_kind kind)
{
    static const char *const WANTED[] = {[FIELD_TEXT] = "expected a text that is not empty",
                                         [FIELD_BOOLEAN] = "expected true or false",
                                         [FIELD_TIME] = "expected a time like 2026-03-01T00:00:00Z",
                                         [FIELD_NAMES] = "expected a list of names",
                                         [FIELD_OBJECT] = "expected an object"};
    return WANTED[kind];
}

static const struct field *field_find(const struct field *fields, const char *name)
{
    for (; fields->name != NULL; fields++)
        if (strcmp(fields->name, name) == 0)
            return fields;
    return NULL;
}

/* `value` must be an object with these members only. */
static enum fault check_fields(const struct reader *reader, const struct json *value,
                               const struct field *fields, const char *pointer)
{
    char at[PROBLEM_NAME_BYTES];
    struct text known = {0};
    for (const struct field *field = fields; field->name != NULL; field++)
        text_addf(&known, "%s%s", field == fields ? "expected one of " : ", ", field->name);
    enum fault fault = FAULT_NONE;
    if (json_kind(value) != JSON_OBJECT)
        fault = refuse(reader, pointer, "not an object", "expected { … }");
    for (const struct json *member = json_first(value); fault == FAULT_NONE && member != NULL;
         member = json_next(member)) {
        text_copy(at, sizeof at, pointer);
        json_pointer_add(at, sizeof at, json_name(member));
        const struct field *field = field_find(fields, json_name(member));
        if (field == NULL)
            fault = refuse(reader, at, "unknown member", text_chars(&known));
        else if (!field_fits(member, field->kind))
            fault = refuse(reader, at, "wrong value", field_wanted(field->kind));
    }
    for (const struct field *field = fields; fault == FAULT_NONE && field->name != NULL; field++)
        if (field->required && json_member(value, field->name) == NULL)
            fault = refuse(reader, pointer, "a member is missing", field->name);
    text_clear(&known);
    return fault;
}

static struct plan_item *plan_add(struct document_plan *plan, enum section section, int64_t at_s,
                                  const char *name, const struct json *value, const char *pointer)
{
    assert(section >= 0 && section < SECTION_COUNT);
    plan->items = mem_grow(plan->items, plan->count, &plan->capacity, sizeof *plan->items);
    struct plan_item *item = &plan->items[plan->count];
    *item = (struct plan_item){
        .section = section, .at_s = at_s, .index = plan->count, .name = name, .value = value};
    text_copy(item->pointer, sizeof item->pointer, pointer);
    plan->count++;
    return item;
}

/*
 * An item's own "at", or the instant its section stands for. INT64_MIN means "the earliest", known
 * only at the end.
 */
static int64_t item_at(const struct reader *reader, enum section section, const struct json *value)
{
    int64_t at_s = 0;
    const char *text = json_member_text(value, "at");
    if (text != NULL && time_parse(text, &at_s))
        return at_s;
    return SECTIONS[section].at_earliest ? INT64_MIN : reader->plan->start_s;
}

/*
 * One thing of a section: in a map its name is the key, and its value an object, or for a group the
 * list of its members.
 */
static enum fault read_item(const struct reader *reader, enum section section, const char *name,
                            const struct json *value, const char *pointer)
{
    bool members_only = section == SECTION_GROUPS && json_kind(value) == JSON_ARRAY;
    enum fault fault = FAULT_NONE;
    if (members_only && !field_fits(value, FIELD_NAMES))
        fault = refuse(reader, pointer, "wrong value", field_wanted(FIELD_NAMES));
    else if (value != NULL && !members_only)
        fault = check_fields(reader, value, SECTIONS[section].fields, pointer);
    if (fault != FAULT_NONE)
        return fault;
    int64_t at_s = item_at(reader, section, value);
    if (at_s > reader->plan->start_s)
        return refuse(reader, pointer, "this happens after the document's start",
                      "give an earlier \"at\" or a later \"start\"");
    plan_add(reader->plan, section, at_s, name, value, pointer);
    const struct json *active = json_member(value, "active");
    if (section == SECTION_USERS && active != NULL && !json_true(active))
        plan_add(reader->plan, SECTION_INACTIVE, reader->plan->start_s, name, value, pointer);
    return FAULT_NONE;
}

static enum fault read_section(const struct reader *reader, enum section section,
                               const struct json *value, const char *pointer)
{
    char at[PROBLEM_NAME_BYTES];
    size_t index = 0;
    bool map = json_kind(value) == JSON_OBJECT && !SECTIONS[section].is_list;
    if (!map && json_kind(value) != JSON_ARRAY)
        return refuse(reader, pointer, "wrong value",
                      SECTIONS[section].is_list ? "expected a list"
                                                : "expected { name: … } or a list of names");
    enum fault fault = FAULT_NONE;
    for (const struct json *item = json_first(value); fault == FAULT_NONE && item != NULL;
         item = json_next(item), index++) {
        text_copy(at, sizeof at, pointer);
        if (map)
            json_pointer_add(at, sizeof at, json_name(item));
        else
            json_pointer_add_index(at, sizeof at, index);
        if (map)
            fault = read_item(reader, section, json_name(item), item, at);
        else if (SECTIONS[section].is_list)
            fault = read_item(reader, section, NULL, item, at);
        else if (json_text(item) != NULL && json_text(item)[0] != '\0')
            fault = read_item(reader, section, json_text(item), NULL, at);
        else
            fault = refuse(reader, at, "wrong value", "expected a name");
    }
    return fault;
}

/* Members a document may carry besides its sections. */
static const char *const SHOWN_ONLY[] = {"subscriptions", "bills"};

static enum fault check_top_member(const struct reader *reader, const struct json *member,
                                   const char *pointer)
{
    const char *name = json_name(member);
    if (strcmp(name, "format") == 0)
        return json_is_integer(member) && json_integer(member) == 1
                   ? FAULT_NONE
                   : refuse(reader, pointer, "unknown format", "this program reads format 1");
    if (strcmp(name, "start") == 0)
        return field_fits(member, FIELD_TIME)
                   ? FAULT_NONE
                   : refuse(reader, pointer, "wrong value", field_wanted(FIELD_TIME));
    for (size_t i = 0; i < sizeof SHOWN_ONLY / sizeof SHOWN_ONLY[0]; i++)
        if (strcmp(name, SHOWN_ONLY[i]) == 0)
            return FAULT_NONE;
    for (int i = 0; i < SECTION_COUNT; i++)
        if (SECTIONS[i].name != NULL && strcmp(name, SECTIONS[i].name) == 0)
            return FAULT_NONE;
    return refuse(reader, pointer, "unknown member",
                  "expected one of format, start, accounts, instances, users, groups, profiles, "
                  "assignments, uses");
}

static enum fault read_top(const struct reader *reader, const struct json *document,
                           const char *pointer, int64_t default_start_s)
{
    char at[PROBLEM_NAME_BYTES];
    if (json_kind(document) != JSON_OBJECT)
        return refuse(reader, pointer, "not an object", "expected a world document { … }");
    for (const struct json *member = json_first(document); member != NULL;
         member = json_next(member)) {
        text_copy(at, sizeof at, pointer);
        json_pointer_add(at, sizeof at, json_name(member));
        enum fault fault = check_top_member(reader, member, at);
        if (fault != FAULT_NONE)
            return fault;
    }
    reader->plan->start_s = default_start_s;
    const char *start = json_member_text(document, "start");
    if (start != NULL)
        time_parse(start, &reader->plan->start_s);
    return FAULT_NONE;
}

static int by_time(const void *left, const void *right)
{
    const struct plan_item *a = left;
    const struct plan_item *b = right;
    if (a->at_s != b->at_s)
        return a->at_s < b->at_s ? -1 : 1;
    if (a->section != b->section)
        return a->section < b->section ? -1 : 1;
    return a->index < b->index ? -1 : 1;
}

static void plan_order(struct document_plan *plan)
{
    plan->earliest_s = plan->start_s;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->items[i].at_s != INT64_MIN && plan->items[i].at_s < plan->earliest_s)
            plan->earliest_s = plan->items[i].at_s;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->items[i].at_s == INT64_MIN)
            plan->items[i].at_s = plan->earliest_s;
    assert(plan->earliest_s <= plan->start_s);
    if (plan->count > 0)
        qsort(plan->items, plan->count, sizeof *plan->items, by_time);
}

enum fault document_plan(const struct json *document, const char *pointer, int64_t default_start_s,
                         struct document_plan *out_plan, struct problem *problem)
{
    struct reader reader = {.plan = out_plan, .problem = problem};
    *out_plan = (struct document_plan){0};
    enum fault fault = read_top(&reader, document, pointer, default_start_s);
    for (int i = 0; i < SECTION_COUNT && fault == FAULT_NONE; i++) {
        const struct section_facts *section = &SECTIONS[i];
        if (section->name == NULL)
            continue;
        char at[PROBLEM_NAME_BYTES];
        text_copy(at, sizeof at, pointer);
        json_pointer_add(at, sizeof at, section->name);
        const struct json *value = json_member(document, section->name);
        if (value != NULL)
            fault = read_section(&reader, (enum section)i, value, at);
        else if (section->implied) {
            fault = read_item(&reader, (enum section)i, "main", NULL, at);
            if (fault == FAULT_NONE)
                out_plan->items[out_plan->count - 1].implied = true;
        }
    }
    plan_order(out_plan);
    return fault;
}

void document_plan_clear(struct document_plan *plan)
{
    free(plan->items);
    *plan = (struct document_plan){0};
}
