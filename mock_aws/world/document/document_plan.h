/* SPDX-License-Identifier: MIT */
/* A world document, checked and put in order: what is to be done, and when. Touches no world. */
#ifndef MOCK_KIRO_WORLD_DOCUMENT_PLAN_H
#define MOCK_KIRO_WORLD_DOCUMENT_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/json.h"

/* In the order in which ties are played: that of the document's members. */
enum section {
    SECTION_ACCOUNTS,
    SECTION_INSTANCES,
    SECTION_USERS,
    SECTION_INACTIVE, /* users with "active": false, at the start */
    SECTION_GROUPS,
    SECTION_PROFILES,
    SECTION_ASSIGNMENTS,
    SECTION_USES,
    SECTION_COUNT
};

struct plan_item {
    enum section section;
    int64_t at_s;
    size_t index;             /* place in its section */
    const char *name;         /* the handle; NULL in lists */
    const struct json *value; /* its object; NULL where a short form gives none */
    bool implied;             /* its section is left out, and one called "main" is meant */
    char pointer[PROBLEM_NAME_BYTES];
};

struct document_plan {
    struct plan_item *items; /* in the order of play */
    size_t count;
    size_t capacity;
    int64_t earliest_s;
    int64_t start_s;
};

/* Names and member kinds are checked here; names that must exist are looked up when played. */
enum fault document_plan(const struct json *document, const char *pointer, int64_t default_start_s,
                         struct document_plan *out_plan, struct problem *problem);
void document_plan_clear(struct document_plan *plan);

/* The section's member name: "users". */
const char *section_name(enum section section);

#endif
