/* SPDX-License-Identifier: MIT */
/* Checks a world document by the shapes of identitystore; see document_check.h. */
#include "services/control/document_check.h"

#include <string.h>

#include "base/text.h"
#include "services/identitystore/identitystore.h"
#include "wire/shapes.h"

static const struct shape USER[] = {
    {.name = "user_name", .min = 1, .max = 128, .pattern = &PATTERN_USER_NAME},
    {.name = "attributes", .kind = SHAPE_STRUCTURE, .members = USER_ATTRIBUTES},
    {0}};
static const struct shape GROUP[] = {
    {.name = "display_name", .min = 1, .max = 1024, .pattern = &PATTERN_GROUP_NAME}, {0}};
static const struct shape PLACED[] = {
    {.name = "region", .min = 1, .max = 63, .pattern = &PATTERN_REGION}, {0}};

/* A section, what its items must pass, and what a name must pass that stands for itself. */
static const struct {
    const char *section;
    const struct shape *members;
    const struct shape *name;
} SECTIONS[] = {{"users", USER, &USER[0]},
                {"groups", GROUP, &GROUP[0]},
                {"instances", PLACED, NULL},
                {"profiles", PLACED, NULL}};

/*
 * The shapes know only their own members; the item's others, and what is of the wrong kind, are the
 * loader's.
 */
static enum fault check_members(const struct shape *members, const struct json *item,
                                struct problem *problem)
{
    struct json *own = json_new_object();
    for (const struct shape *shape = members; shape->name != NULL; shape++) {
        const struct json *member = json_member(item, shape->name);
        bool structure = shape->kind == SHAPE_STRUCTURE;
        if (member != NULL && json_kind(member) == (structure ? JSON_OBJECT : JSON_TEXT))
            json_put(own, shape->name, json_copy(member));
    }
    enum fault fault = shape_check(NULL, members, own, true, problem);
    json_free(own);
    return fault;
}

static enum fault check_name(const struct shape *shape, const char *name, struct problem *problem)
{
    struct shape members[] = {*shape, {0}};
    struct json *own = json_new_object();
    json_put_text(own, shape->name, name);
    enum fault fault = shape_check(NULL, members, own, true, problem);
    problem->path[0] = '\0';
    json_free(own);
    return fault;
}

/* The shape's pointer starts at the item; the document's leads there. */
static enum fault refuse(struct problem *problem, const char *pointer)
{
    struct text whole = {0};
    text_addf(&whole, "%s%s", pointer, problem->path);
    text_copy(problem->path, sizeof problem->path, text_chars(&whole));
    text_clear(&whole);
    return FAULT_INVALID;
}

static enum fault check_section(size_t section, const struct json *items, const char *pointer,
                                struct problem *problem)
{
    size_t index = 0;
    for (const struct json *item = json_first(items); item != NULL;
         item = json_next(item), index++) {
        char at[PROBLEM_NAME_BYTES];
        const char *name = json_name(item) != NULL ? json_name(item) : json_text(item);
        bool named = json_member(item, section == 0 ? "user_name" : "display_name") != NULL;
        text_copy(at, sizeof at, pointer);
        if (json_name(item) != NULL)
            json_pointer_add(at, sizeof at, json_name(item));
        else
            json_pointer_add_index(at, sizeof at, index);
        enum fault fault = FAULT_NONE;
        if (SECTIONS[section].name != NULL && name != NULL && !named)
            fault = check_name(SECTIONS[section].name, name, problem);
        if (fault == FAULT_NONE && json_kind(item) == JSON_OBJECT)
            fault = check_members(SECTIONS[section].members, item, problem);
        if (fault != FAULT_NONE)
            return refuse(problem, at);
    }
    return FAULT_NONE;
}

enum fault document_check(const struct json *document, const char *pointer, struct problem *problem)
{
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < sizeof SECTIONS / sizeof SECTIONS[0]; i++) {
        char at[PROBLEM_NAME_BYTES];
        text_copy(at, sizeof at, pointer);
        json_pointer_add(at, sizeof at, SECTIONS[i].section);
        fault = check_section(i, json_member(document, SECTIONS[i].section), at, problem);
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}
