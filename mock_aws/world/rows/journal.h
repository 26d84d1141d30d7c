/* SPDX-License-Identifier: MIT */
/*
 * Requests and what they were answered, the latest ones: for people who ask what their program did. Kept beside the world in memory, in
 * SQLite's temporary schema: no part of the file, the digest or a snapshot.
 */
#ifndef MOCK_KIRO_WORLD_JOURNAL_H
#define MOCK_KIRO_WORLD_JOURNAL_H

#include "world/world.h"

enum { JOURNAL_MAX = 10000 };

/* Texts may be NULL where nothing is to be said. */
struct journal_entry {
    int64_t row;  /* counts every request since the start */
    int64_t at_s; /* domain time */
    const char *service;
    const char *operation; /* as asked for, also if there is none such */
    const char *method;
    const char *path;
    const char *host;
    const char *account;
    const char *region;
    const char *actor;
    const char *request_id;
    int64_t status;
    const char *code;   /* the error's name */
    const char *input;  /* JSON, without secrets */
    const char *answer; /* JSON, without secrets; of changes and errors */
    const char *near;   /* of what is not known: what comes closest, and what differs */
    const char *unread; /* JSON array of pointers: members that the operation does not have */
    bool faulted;       /* a fault that was asked for answered in its place */
};

/* At the world's now; `row` and `at_s` of `entry` are not read. The oldest goes when there are more than JOURNAL_MAX. Opens no transaction. */
enum fault journal_add(struct world *world, const struct journal_entry *entry);

struct journal_filter {
    const char *operation; /* NULL: all */
    const char *principal; /* the actor, or an id that the input names; NULL: all */
    int64_t status;        /* 0: all */
    int64_t since_s;
    int64_t after; /* rows above this */
    int64_t limit;
};

enum fault journal_each(struct world *world, const struct journal_filter *filter,
                        void (*see)(void *self, const struct journal_entry *entry), void *self);

/* How many were kept no longer. */
enum fault journal_dropped(struct world *world, int64_t *out_count);

enum fault journal_clear(struct world *world);

#endif
