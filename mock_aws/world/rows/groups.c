/* SPDX-License-Identifier: MIT */
/* Rows of groups and memberships; see groups.h. */
#include "world/rows/groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static struct group group_read(struct query *query)
{
    return (struct group){.row = query_integer(query, 0),
                          .group_id = query_text(query, 1),
                          .store_id = query_text(query, 2),
                          .name = query_text(query, 3),
                          .description = query_text(query, 4),
                          .created_s = query_integer(query, 5),
                          .created_by = query_text(query, 6),
                          .updated_s = query_integer(query, 7),
                          .updated_by = query_text(query, 8)};
}

enum fault group_get(struct world *world, const char *store_id, const char *group_id,
                     group_see *see, void *self)
{
    struct query *query = store_query(world->store, SQL_GROUP_GET, "t", group_id);
    bool found = query_next(query);
    if (found) {
        struct group group = group_read(query);
        found = strcmp(group.store_id, store_id) == 0;
        if (found)
            see(self, &group);
    }
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? world_missing(world, "GROUP", group_id) : fault;
}

static void see_nothing(void *self, const struct group *group)
{
    (void)self;
    (void)group;
}

enum fault group_exists(struct world *world, const char *store_id, const char *group_id,
                        bool *out_exists)
{
    enum fault fault = group_get(world, store_id, group_id, see_nothing, NULL);
    *out_exists = fault == FAULT_NONE;
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

enum fault group_by_name(struct world *world, const char *store_id, const char *name,
                         group_see *see, void *self)
{
    char *folded = text_fold(name);
    struct query *query = store_query(world->store, SQL_GROUP_BY_NAME, "tt", store_id, folded);
    bool found = query_next(query);
    if (found) {
        struct group group = group_read(query);
        see(self, &group);
    }
    enum fault fault = query_end(query);
    free(folded);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

enum fault group_each(struct world *world, const char *store_id, int64_t after, int64_t limit,
                      group_see *see, void *self)
{
    struct query *query = store_query(world->store, SQL_GROUP_LIST, "tii", store_id, after, limit);
    while (query_next(query)) {
        struct group group = group_read(query);
        see(self, &group);
    }
    return query_end(query);
}

static struct membership membership_read(struct query *query)
{
    return (struct membership){.row = query_integer(query, 0),
                               .membership_id = query_text(query, 1),
                               .store_id = query_text(query, 2),
                               .group_id = query_text(query, 3),
                               .user_id = query_text(query, 4),
                               .created_s = query_integer(query, 5),
                               .created_by = query_text(query, 6)};
}

enum fault membership_get(struct world *world, const char *store_id, const char *membership_id,
                          membership_see *see, void *self)
{
    struct query *query = store_query(world->store, SQL_MEMBERSHIP_GET, "t", membership_id);
    bool found = query_next(query);
    if (found) {
        struct membership membership = membership_read(query);
        found = strcmp(membership.store_id, store_id) == 0;
        if (found)
            see(self, &membership);
    }
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? world_missing(world, "GROUP_MEMBERSHIP", membership_id)
                                         : fault;
}

static enum fault membership_each(struct query *query, membership_see *see, void *self)
{
    while (query_next(query)) {
        struct membership membership = membership_read(query);
        see(self, &membership);
    }
    return query_end(query);
}

enum fault membership_of_pair(struct world *world, const char *group_id, const char *user_id,
                              membership_see *see, void *self)
{
    return membership_each(
        store_query(world->store, SQL_MEMBERSHIP_OF_PAIR, "tt", group_id, user_id), see, self);
}

enum fault membership_each_of_group(struct world *world, const char *group_id, int64_t after,
                                    int64_t limit, membership_see *see, void *self)
{
    return membership_each(
        store_query(world->store, SQL_MEMBERSHIP_OF_GROUP, "tii", group_id, after, limit), see,
        self);
}

enum fault membership_each_of_user(struct world *world, const char *user_id, int64_t after,
                                   int64_t limit, membership_see *see, void *self)
{
    return membership_each(
        store_query(world->store, SQL_MEMBERSHIP_OF_USER, "tii", user_id, after, limit), see, self);
}
