/* SPDX-License-Identifier: MIT */
/*
 * What mock-aws import knows while it turns listings of a real directory and its seats into a world
 * document. The steps, in order: read the files, find people and groups in them, find their seats,
 * print the document, and load it once to see what it becomes.
 */
#ifndef MOCK_KIRO_CLI_IMPORT_H
#define MOCK_KIRO_CLI_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "base/map.h"
#include "base/plans.h"
#include "base/statuses.h"
#include "cli/options.h"

enum import_kind {
    IMPORT_USERS,
    IMPORT_GROUPS,
    IMPORT_MEMBERSHIPS,
    IMPORT_SUBSCRIPTIONS,
    IMPORT_CLAIMS,
    IMPORT_INSTANCES,
    IMPORT_KIND_COUNT
};

/* One item of a listing, and where it stands. */
struct import_item {
    const struct json *value;
    size_t file;
    enum import_kind kind;
    size_t index;
};

struct import_items {
    struct import_item *items;
    size_t count;
    size_t capacity;
    size_t pages;      /* files that hold some */
    size_t open_pages; /* of them, those that end with a NextToken */
};

struct import_file {
    const char *path;
    struct json_document *document;
};

/* A live subscription as a listing shows it. Times are INT64_MIN where none is given. */
struct import_seat {
    enum seat_status status; /* SEAT_NONE: no live one */
    enum plan plan;
    int64_t since_s;     /* of the subscription */
    int64_t activated_s; /* of its first use */
    bool individual;     /* the listing says that it is held directly, beside a group or alone */
    bool by_group_only;  /* the listing says so */
};

struct import_person {
    const struct import_item *item;
    char *handle;     /* the name in the document */
    char *user_name;  /* as printed: the real one or a pseudonym */
    size_t pseudonym; /* 1 for the lowest id */
    bool active;
    bool member;       /* of some group */
    bool covered;      /* member of a subscribed group */
    enum plan claimed; /* directly, by a claim */
    struct import_seat seat;
};

struct import_group {
    const struct import_item *item;
    char *handle;
    char *display_name;
    size_t pseudonym;
    enum plan claimed;
    int64_t since_s; /* INT64_MIN: not known */
};

struct import_membership {
    size_t group;
    size_t person;
};

struct import {
    /* of the command line */
    bool given[16]; /* by place in its table of options */
    bool pseudonyms;
    const char *start;
    const char *output;
    const char *names_file;         /* who became whom; NULL: nobody asks */
    struct option_names subscribed; /* "GROUP=PLAN" */
    /* of the files */
    struct import_file *files;
    size_t file_count;
    size_t file_capacity;
    struct import_items listings[IMPORT_KIND_COUNT];
    /* what is in them */
    struct import_person *people;
    size_t person_count;
    struct import_group *groups;
    size_t group_count;
    struct import_membership *memberships; /* by group */
    size_t membership_count;
    struct map people_by_id;
    struct map people_by_name; /* folded */
    struct map groups_by_id;
    struct map groups_by_name;
    const char *account_id; /* NULL: not known */
    int64_t start_s;        /* INT64_MIN: not known */
    size_t canceled;        /* seats that a world document cannot hold */
    /* what was said about it */
    size_t errors;
    size_t warnings;
};

/* The member of a page that holds such items: "Users". */
const char *import_member(enum import_kind kind);

/*
 * Read a file for every kind it holds, or for one kind only (IMPORT_KIND_COUNT: every). 0, or
 * EXIT_USAGE with a line on stderr.
 */
int import_read(struct import *import, const char *path, enum import_kind only);

/* The console's CSV as a page of subscriptions; NULL: it is no such file. A new text. */
char *import_csv_page(const char *chars);

/* Warn of listings that end before their last page. */
void import_check_pages(struct import *import);

/*
 * A line on stderr with file, line and column of the item, or of what `pointer` ("" or "/UserName")
 * leads to in it. The first lines are printed, the others counted. `item` NULL: about all files
 * together.
 */
void import_error(struct import *import, const struct import_item *item, const char *pointer,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));
void import_warning(struct import *import, const struct import_item *item, const char *pointer,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* People, groups and memberships of the listings; complaints count in `errors`. */
void import_people(struct import *import);

/* Their seats, and from when on. */
void import_seats(struct import *import);

/* Is the seat one of the user's own, by an assignment to him, and for which plan? PLAN_NONE: no. */
enum plan import_direct_plan(const struct import *import, const struct import_person *person);

/* What is kept of a user, under "attributes". A new value; NULL if there is nothing. */
struct json *import_attributes(const struct import *import, const struct import_person *person);

/* The world document. A new text. */
char *import_print(const struct import *import);

/*
 * Load the document into a world of its own and warn of every seat that becomes another one there.
 */
void import_rehearse(struct import *import, const char *document);

void import_clear(struct import *import);

#endif
