/* SPDX-License-Identifier: MIT */
/* Groups of a directory and who is in them, as they are (identity-wire 5.5, 13). Names are compared without case. */
#ifndef MOCK_KIRO_WORLD_ROWS_GROUPS_H
#define MOCK_KIRO_WORLD_ROWS_GROUPS_H

#include "world/world.h"

struct group {
    int64_t row;
    const char *group_id;
    const char *store_id;
    const char *name;
    const char *description; /* NULL: none */
    int64_t created_s;
    const char *created_by;
    int64_t updated_s;
    const char *updated_by;
};

struct membership {
    int64_t row;
    const char *membership_id;
    const char *store_id;
    const char *group_id;
    const char *user_id;
    int64_t created_s;
    const char *created_by;
};

/* What a caller does with a row: borrowed texts, valid during the call. */
typedef void group_see(void *self, const struct group *group);
typedef void membership_see(void *self, const struct membership *membership);

enum fault group_exists(struct world *world, const char *store_id, const char *group_id,
                        bool *out_exists);

/* FAULT_NOT_FOUND (GROUP) unless it stands in this directory. */
enum fault group_get(struct world *world, const char *store_id, const char *group_id,
                     group_see *see, void *self);

enum fault group_by_name(struct world *world, const char *store_id, const char *name,
                         group_see *see, void *self);

enum fault group_each(struct world *world, const char *store_id, int64_t after, int64_t limit,
                      group_see *see, void *self);

/* FAULT_NOT_FOUND (GROUP_MEMBERSHIP) unless it stands in this directory. */
enum fault membership_get(struct world *world, const char *store_id, const char *membership_id,
                          membership_see *see, void *self);

/* Calls `see` if he is a member; no member is no fault. */
enum fault membership_of_pair(struct world *world, const char *group_id, const char *user_id,
                              membership_see *see, void *self);

enum fault membership_each_of_group(struct world *world, const char *group_id, int64_t after,
                                    int64_t limit, membership_see *see, void *self);

enum fault membership_each_of_user(struct world *world, const char *user_id, int64_t after,
                                   int64_t limit, membership_see *see, void *self);

#endif
