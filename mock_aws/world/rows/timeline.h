/* SPDX-License-Identifier: MIT */
/* What happened, why, by which rule: one entry per change, each pointing at the entry that caused it. */
#ifndef MOCK_KIRO_WORLD_TIMELINE_H
#define MOCK_KIRO_WORLD_TIMELINE_H

#include "world/world.h"

/* Texts may be NULL where nothing is to be said. `cause_seq` 0: nobody but the caller. */
struct entry {
    int64_t seq;
    int64_t at_s;
    const char *actor;
    const char *event;   /* "DeleteUser", "seat", "claim", "bill" … */
    const char *subject; /* whom or what: an id or ARN */
    const char *user_id; /* whose history this belongs to */
    const char *before;
    const char *after;
    const char *rule;
    int64_t cause_seq;
};

/* Add an entry at the world's now by the request's actor; `at_s`, `actor` and `seq` of `entry` are not read. */
enum fault timeline_add(struct world *world, const struct entry *entry, int64_t *out_seq);

/* The same, for its number; 0 once a failure sticks in the store. */
int64_t timeline_tell(struct world *world, const struct entry *entry);

/* Entries numbered above `after`, not before `since_s`, at most `limit`, of one user or of all (NULL). */
enum fault timeline_each(struct world *world, const char *user_id, int64_t after, int64_t since_s,
                         int64_t limit, void (*see)(void *self, const struct entry *entry),
                         void *self);

/* One user's entries and those that caused them, oldest first. */
enum fault timeline_explain(struct world *world, const char *user_id,
                            void (*see)(void *self, const struct entry *entry), void *self);

#endif
