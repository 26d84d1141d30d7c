/* SPDX-License-Identifier: MIT */
/* Groups of a directory and who is in them. */
#include "world/directory.h"

#include <stdlib.h>
#include <string.h>

#include "base/lags.h"
#include "base/parameters.h"
#include "base/text.h"
#include "world/external_ids.h"
#include "world/propagation.h"
#include "world/records.h"
#include "world/settle.h"
#include "world/timeline.h"

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

static enum fault taken(struct world *world, const char *message)
{
    text_copy(world->problem->reason, sizeof world->problem->reason,
              "UNIQUENESS_CONSTRAINT_VIOLATION");
    return world_refuse(world, FAULT_CONFLICT, "%s", message);
}

enum fault group_create(struct world *world, const char *store_id, const char *name,
                        const char *description, char out_group_id[USER_ID_BYTES])
{
    enum fault fault = group_by_name(world, store_id, name, see_nothing, NULL);
    if (fault == FAULT_NONE)
        return taken(world, "Duplicate GroupDisplayName");
    if (fault != FAULT_NOT_FOUND)
        return fault;
    char *name_key = text_fold(name);
    ids_uuid(&world->ids, out_group_id);
    fault = store_change(world->store, SQL_GROUP_INSERT, "tttttit", out_group_id, store_id, name,
                         name_key, description, world->now_s, world->actor);
    free(name_key);
    struct entry entry = {.event = "CreateGroup", .subject = out_group_id, .after = name};
    return fault == FAULT_NONE ? timeline_add(world, &entry, NULL) : fault;
}

static void note_id(void *self, const struct group *group)
{
    text_copy(self, USER_ID_BYTES, group->group_id);
}

enum fault group_rename(struct world *world, const char *store_id, const char *group_id,
                        const char *name)
{
    char holder[USER_ID_BYTES];
    enum fault fault = group_get(world, store_id, group_id, see_nothing, NULL);
    if (fault != FAULT_NONE)
        return fault;
    fault = group_by_name(world, store_id, name, note_id, holder);
    if (fault == FAULT_NONE && strcmp(holder, group_id) != 0)
        return taken(world, "Duplicate GroupDisplayName");
    if (fault != FAULT_NONE && fault != FAULT_NOT_FOUND)
        return fault;
    char *name_key = text_fold(name);
    fault = store_change(world->store, SQL_GROUP_RENAME, "tttit", group_id, name, name_key,
                         world->now_s, world->actor);
    free(name_key);
    struct entry entry = {.event = "UpdateGroup", .subject = group_id, .after = name};
    return fault == FAULT_NONE ? timeline_add(world, &entry, NULL) : fault;
}

enum fault group_describe(struct world *world, const char *store_id, const char *group_id,
                          const char *description)
{
    enum fault fault = group_get(world, store_id, group_id, see_nothing, NULL);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_GROUP_DESCRIBE, "ttit", group_id, description,
                             world->now_s, world->actor);
    struct entry entry = {.event = "UpdateGroup", .subject = group_id};
    return fault == FAULT_NONE ? timeline_add(world, &entry, NULL) : fault;
}

static void note_name(void *self, const struct group *group)
{
    char **name = self;
    struct text copy = {0};
    text_add(&copy, group->name);
    *name = text_take(&copy);
}

enum fault memberships_end(struct world *world, enum statement tell, enum statement remove,
                           const char *whose, int64_t seen_s, const struct cause *cause)
{
    enum fault fault = store_change(world->store, tell, "titti", whose, world->now_s, world->actor,
                                    cause->rule, cause->seq);
    return fault == FAULT_NONE
               ? store_change(world->store, remove, "tii", whose, world->now_s, seen_s)
               : fault;
}

/* E5: no source names the end of a subscribed group; read as if every member had left it. */
enum fault group_delete(struct world *world, const char *store_id, const char *group_id)
{
    char *name = NULL;
    struct touched members = {0};
    struct cause cause = {.rule = "E5"};
    enum fault fault = group_get(world, store_id, group_id, note_name, &name);
    struct entry entry = {
        .event = "DeleteGroup", .subject = group_id, .before = name, .rule = cause.rule};
    if (fault == FAULT_NONE)
        fault = timeline_add(world, &entry, &cause.seq);
    if (fault == FAULT_NONE)
        fault =
            touched_add_query(&members, store_query(world->store, SQL_MEMBER_IDS, "t", group_id));
    int64_t seen_s = trigger_at(world, GROUP_REMOVE_LAG, cause.rule, group_id);
    bool dangles = world->reading.values[GROUP_DELETE] == GROUP_DELETE_DANGLING;
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_GROUP_DELETE, "ti", group_id, world->now_s);
    if (fault == FAULT_NONE)
        fault = memberships_end(world, SQL_MEMBERSHIP_TELL_GROUP, SQL_MEMBERSHIP_REMOVE_GROUP,
                                group_id, seen_s, &cause);
    if (fault == FAULT_NONE && !dangles)
        fault = store_change(world->store, SQL_ASSIGNMENT_END_PRINCIPAL, "tii", group_id,
                             world->now_s, seen_s);
    struct external_owner owner = {.store_id = store_id, .is_group = true, .id = group_id};
    if (fault == FAULT_NONE)
        fault = external_id_free_all(world, &owner);
    if (fault == FAULT_NONE)
        fault = record_delete_scope(
            world, group_id); /* its external ids, what it is assigned to (identity-wire 6.6) */
    if (fault == FAULT_NONE)
        fault = settle_at(world, &members, NULL, seen_s, &cause);
    touched_clear(&members);
    free(name);
    return fault;
}

/* Groups contain users only (rule 60): a group's id is no user's. */
static enum fault membership_parties(struct world *world, const char *store_id,
                                     const char *group_id, const char *user_id)
{
    bool exists = false;
    enum fault fault = group_exists(world, store_id, group_id, &exists);
    if (fault == FAULT_NONE && !exists) {
        world_missing(world, "GROUP", group_id);
        return world_refuse(world, FAULT_NOT_FOUND, "Group does not exist");
    }
    if (fault == FAULT_NONE)
        fault = user_exists(world, store_id, user_id, &exists);
    if (fault == FAULT_NONE && !exists && world->reading.deviations[NESTED_GROUPS_ACCEPTED])
        fault = group_exists(world, store_id, user_id, &exists);
    if (fault == FAULT_NONE && !exists) {
        world_missing(world, "USER", user_id);
        return world_refuse(world, FAULT_NOT_FOUND, "Member does not exist");
    }
    return fault;
}

enum fault membership_create(struct world *world, const char *store_id, const char *group_id,
                             const char *user_id, char out_membership_id[USER_ID_BYTES])
{
    enum fault fault = membership_parties(world, store_id, group_id, user_id);
    if (fault != FAULT_NONE)
        return fault;
    ids_uuid(&world->ids, out_membership_id);
    int64_t seen_s = propagation_at(world, GROUP_ADD_LAG, user_id);
    fault = store_change(world->store, SQL_MEMBERSHIP_INSERT, "ttttiti", out_membership_id,
                         store_id, group_id, user_id, world->now_s, world->actor, seen_s);
    if (fault == FAULT_CONFLICT)
        return taken(world, "Member and Group relationship already exists");
    if (fault == FAULT_NONE && world->reading.values[REACTIVATE] == REACTIVATE_NONE)
        fault = store_change(world->store, SQL_CLAIM_THAW, "tt", user_id, group_id);
    struct entry entry = {.event = "CreateGroupMembership",
                          .subject = group_id,
                          .user_id = user_id,
                          .rule = "group-members-individually-subscribed"};
    struct cause cause = {.rule = entry.rule};
    if (fault == FAULT_NONE)
        fault = timeline_add(world, &entry, &cause.seq);
    return fault == FAULT_NONE ? settle_user_at(world, user_id, seen_s, &cause) : fault;
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

struct pair {
    char group_id[USER_ID_BYTES];
    char user_id[USER_ID_BYTES];
};

static void note_pair(void *self, const struct membership *membership)
{
    struct pair *pair = self;
    text_copy(pair->group_id, sizeof pair->group_id, membership->group_id);
    text_copy(pair->user_id, sizeof pair->user_id, membership->user_id);
}

enum fault membership_delete(struct world *world, const char *store_id, const char *membership_id)
{
    struct pair pair = {0};
    enum fault fault = membership_get(world, store_id, membership_id, note_pair, &pair);
    if (fault != FAULT_NONE)
        return fault;
    int64_t seen_s = trigger_at(world, GROUP_REMOVE_LAG, "auto-group-member-removed", pair.user_id);
    struct entry entry = {.event = "DeleteGroupMembership",
                          .subject = pair.group_id,
                          .user_id = pair.user_id,
                          .rule = "auto-group-member-removed"};
    struct cause cause = {.rule = entry.rule};
    fault = timeline_add(world, &entry, &cause.seq);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_MEMBERSHIP_REMOVE, "tii", membership_id,
                             world->now_s, seen_s);
    return fault == FAULT_NONE ? settle_user_at(world, pair.user_id, seen_s, &cause) : fault;
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
