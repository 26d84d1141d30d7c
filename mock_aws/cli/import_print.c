/* SPDX-License-Identifier: MIT */
/* The world document: a line for every thing in it, so that people can read and edit it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/plans.h"
#include "base/statuses.h"
#include "base/text.h"
#include "base/times.h"
#include "cli/import.h"

/* A member of the document with its lines; `open` and `close` are its brackets. */
struct section {
    struct text *out;
    const char *close;
    bool empty;
};

static struct section section_open(struct text *out, const char *name, const char *open,
                                   const char *close)
{
    text_addf(out, ",\n  \"%s\": %s", name, open);
    return (struct section){.out = out, .close = close, .empty = true};
}

/* Takes `value`. A handle needs no escapes. */
static void section_add(struct section *section, const char *handle, struct json *value)
{
    char *printed = json_print(value);
    text_add(section->out, section->empty ? "\n    " : ",\n    ");
    if (handle != NULL)
        text_addf(section->out, "\"%s\": ", handle);
    text_add(section->out, printed);
    section->empty = false;
    free(printed);
    json_free(value);
}

static void section_close(struct section *section)
{
    text_addf(section->out, "%s%s", section->empty ? "" : "\n  ", section->close);
}

static void put_time(struct json *out, int64_t time_s)
{
    char printed[TIME_TEXT_BYTES];
    if (time_s == INT64_MIN)
        return;
    time_print(time_s, printed);
    json_put_text(out, "at", printed);
}

static void print_people(const struct import *import, struct text *out)
{
    struct section section = section_open(out, "users", "{", "}");
    for (size_t i = 0; i < import->person_count; i++) {
        const struct import_person *person = &import->people[i];
        struct json *item = json_new_object();
        struct json *attributes = import_attributes(import, person);
        if (strcmp(person->handle, person->user_name) != 0)
            json_put_text(item, "user_name", person->user_name);
        if (!person->active)
            json_put_boolean(item, "active", false);
        /* Without the member, the world would make up a name and an address. */
        json_put(item, "attributes", attributes != NULL ? attributes : json_new_object());
        section_add(&section, person->handle, item);
    }
    section_close(&section);
}

static void print_groups(const struct import *import, struct text *out)
{
    struct section section = section_open(out, "groups", "{", "}");
    size_t at = 0;
    for (size_t i = 0; i < import->group_count; i++) {
        const struct import_group *group = &import->groups[i];
        struct json *item = json_new_object();
        if (strcmp(group->handle, group->display_name) != 0)
            json_put_text(item, "display_name", group->display_name);
        struct json *members = json_put(item, "members", json_new_array());
        for (; at < import->membership_count && import->memberships[at].group == i; at++)
            json_push(members,
                      json_new_text(import->people[import->memberships[at].person].handle));
        section_add(&section, group->handle, item);
    }
    section_close(&section);
}

static void print_assignment(struct section *section, const char *kind, const char *handle,
                             enum plan plan, int64_t at_s)
{
    struct json *item = json_new_object();
    char *to = mem_format("%s:%s", kind, handle);
    json_put_text(item, "to", to);
    json_put_text(item, "plan", plan_facts(plan)->name);
    put_time(item, at_s);
    section_add(section, NULL, item);
    free(to);
}

static void print_assignments(const struct import *import, struct text *out)
{
    struct section section = section_open(out, "assignments", "[", "]");
    for (size_t i = 0; i < import->group_count; i++)
        if (import->groups[i].claimed != PLAN_NONE)
            print_assignment(&section, "group", import->groups[i].handle, import->groups[i].claimed,
                             import->groups[i].since_s);
    for (size_t i = 0; i < import->person_count; i++) {
        const struct import_person *person = &import->people[i];
        enum plan plan = import_direct_plan(import, person);
        /* What a disabled user holds since would end when he is disabled, at the start. */
        if (plan != PLAN_NONE)
            print_assignment(&section, "user", person->handle, plan,
                             person->active ? person->seat.since_s : INT64_MIN);
    }
    section_close(&section);
}

static void print_uses(const struct import *import, struct text *out)
{
    struct section section = section_open(out, "uses", "[", "]");
    for (size_t i = 0; i < import->person_count; i++) {
        const struct import_person *person = &import->people[i];
        const struct import_seat *seat = &person->seat;
        if (seat->status != SEAT_ACTIVE || !person->active)
            continue;
        struct json *item = json_new_object();
        json_put_text(item, "user", person->handle);
        put_time(item, seat->activated_s != INT64_MIN ? seat->activated_s : seat->since_s);
        section_add(&section, NULL, item);
    }
    section_close(&section);
}

char *import_print(const struct import *import)
{
    struct text out = {0};
    char start[TIME_TEXT_BYTES];
    text_add(&out, "{\n  \"format\": 1");
    if (import->start_s != INT64_MIN) {
        time_print(import->start_s, start);
        text_addf(&out, ",\n  \"start\": \"%s\"", start);
    }
    if (import->account_id != NULL && !import->pseudonyms)
        text_addf(&out, ",\n  \"accounts\": {\"main\": {\"id\": \"%s\"}}", import->account_id);
    print_people(import, &out);
    print_groups(import, &out);
    print_assignments(import, &out);
    print_uses(import, &out);
    text_add(&out, "\n}\n");
    return text_take(&out);
}
