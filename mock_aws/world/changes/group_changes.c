/* SPDX-License-Identifier: MIT */
/* Groups and memberships: made, changed, ended; see group_changes.h. */
#include "world/changes/group_changes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lags.h"
#include "base/mem.h"
#include "base/parameters.h"
#include "base/text.h"
#include "world/engine/noticing.h"
#include "world/reading/reading.h"
#include "world/rows/assignments.h"
#include "world/rows/external_ids.h"
#include "world/rows/records.h"
#include "world/rows/timeline.h"
#include "world/rows/users.h"
#include "world/time/propagation.h"

static enum fault taken(struct world *world, const char *message)
{
    text_copy(world->problem->reason, sizeof world->problem->reason,
              "UNIQUENESS_CONSTRAINT_VIOLATION");
    return world_refuse(world, FAULT_CONFLICT, "%s", message);
}

static void note_nothing(void *self, const struct group *group)
{
    (void)self;
    (void)group;
}

enum fault group_create(struct world *world, const char *store_id, const char *name,
                        const char *description, char out_group_id[USER_ID_BYTES])
{
    enum fault fault = group_by_name(world, store_id, name, note_nothing, NULL);
    if (fault == FAULT_NONE)
        return taken(world, "Duplicate GroupDisplayName");
    if (fault != FAULT_NOT_FOUND)
        return fault;
    char *name_key = text_fold(name);
    ids_uuid(&world->ids, out_group_id);
    store_change(world->store, SQL_GROUP_INSERT, "tttttit", out_group_id, store_id, name, name_key,
                 description, world->now_s, world->actor);
    free(name_key);
    struct entry entry = {.event = "CreateGroup", .subject = out_group_id, .after = name};
    return timeline_add(world, &entry, NULL);
}

static void note_id(void *self, const struct group *group)
{
    text_copy(self, USER_ID_BYTES, group->group_id);
}

enum fault group_rename(struct world *world, const char *store_id, const char *group_id,
                        const char *name)
{
    char holder[USER_ID_BYTES];
    enum fault fault = group_get(world, store_id, group_id, note_nothing, NULL);
    if (fault != FAULT_NONE)
        return fault;
    fault = group_by_name(world, store_id, name, note_id, holder);
    if (fault == FAULT_NONE && strcmp(holder, group_id) != 0)
        return taken(world, "Duplicate GroupDisplayName");
    if (fault != FAULT_NONE && fault != FAULT_NOT_FOUND)
        return fault;
    char *name_key = text_fold(name);
    store_change(world->store, SQL_GROUP_RENAME, "tttit", group_id, name, name_key, world->now_s,
                 world->actor);
    free(name_key);
    struct entry entry = {.event = "UpdateGroup", .subject = group_id, .after = name};
    return timeline_add(world, &entry, NULL);
}

enum fault group_describe(struct world *world, const char *store_id, const char *group_id,
                          const char *description)
{
    enum fault fault = group_get(world, store_id, group_id, note_nothing, NULL);
    if (fault != FAULT_NONE)
        return fault;
    store_change(world->store, SQL_GROUP_DESCRIBE, "ttit", group_id, description, world->now_s,
                 world->actor);
    struct entry entry = {.event = "UpdateGroup", .subject = group_id};
    return timeline_add(world, &entry, NULL);
}

static void note_name(void *self, const struct group *group)
{
    char **name = self;
    *name = mem_text(group->name);
}

void memberships_end(struct world *world, enum memberships_of kind, const char *whose,
                     const struct cause *cause)
{
    static const struct {
        enum statement tell;
        enum statement remove;
    } KINDS[] = {[MEMBERSHIPS_OF_USER] = {SQL_MEMBERSHIP_TELL_USER, SQL_MEMBERSHIP_REMOVE_USER},
                 [MEMBERSHIPS_OF_GROUP] = {SQL_MEMBERSHIP_TELL_GROUP, SQL_MEMBERSHIP_REMOVE_GROUP},
                 [MEMBERSHIPS_OF_STORE] = {SQL_MEMBERSHIP_TELL_STORE, SQL_MEMBERSHIP_REMOVE_STORE}};
    assert(kind >= 0 && (size_t)kind < sizeof KINDS / sizeof *KINDS);
    assert(cause->kind > CAUSE_NONE && cause->kind < CAUSE_COUNT);
    store_change(world->store, KINDS[kind].tell, "titti", whose, world->now_s, world->actor,
                 cause_rule(cause->kind), cause->seq);
    store_change(world->store, KINDS[kind].remove, "tii", whose, world->now_s, cause->seq);
}

/* E5: no source names the end of a subscribed group; read as if every member had left it. */
enum fault group_delete(struct world *world, const char *store_id, const char *group_id)
{
    char *name = NULL;
    enum fault fault = group_get(world, store_id, group_id, note_name, &name);
    if (fault != FAULT_NONE)
        return fault;
    struct entry entry = {.event = "DeleteGroup",
                          .subject = group_id,
                          .before = name,
                          .rule = cause_rule(CAUSE_GROUP_DELETED)};
    struct id_list observers = {0};
    struct change change = {.fact = FACT_GROUP,
                            .subject = group_id,
                            .ready_s = delay_at(world, GROUP_REMOVE_LAG, group_id),
                            .cause = {CAUSE_GROUP_DELETED, timeline_tell(world, &entry)}};
    assert(name != NULL);
    assert(change.cause.seq > 0 || store_fault(world->store) != FAULT_NONE);
    free(name);
    observers_of_store(world, store_id, &observers);
    store_change(world->store, SQL_GROUP_DELETE, "ti", group_id, world->now_s);
    memberships_end(world, MEMBERSHIPS_OF_GROUP, group_id, &change.cause);
    if (world->reading->values[GROUP_DELETE] != GROUP_DELETE_DANGLING)
        assignments_end_of_principal(world, group_id, change.cause.seq);
    struct external_owner owner = {.store_id = store_id, .is_group = true, .id = group_id};
    external_id_free_all(world, &owner);
    /* Its external ids, what it is assigned to (identity-wire 6.6). */
    record_delete_scope(world, group_id);
    fault = change_settle(world, &change, &observers);
    id_list_clear(&observers);
    return fault;
}

/* Groups contain users only (rule 60): a group's id is no user's. */
static enum fault membership_parties(struct world *world, const char *store_id,
                                     const char *group_id, const char *user_id)
{
    bool exists = false;
    bool nests = world->reading->values[NESTED_GROUPS] == NESTED_GROUPS_TAKEN;
    enum fault fault = group_exists(world, store_id, group_id, &exists);
    if (fault == FAULT_NONE && !exists) {
        world_missing(world, "GROUP", group_id);
        return world_refuse(world, FAULT_NOT_FOUND, "Group does not exist");
    }
    if (fault == FAULT_NONE)
        fault = user_exists(world, store_id, user_id, &exists);
    if (fault == FAULT_NONE && !exists && nests)
        fault = group_exists(world, store_id, user_id, &exists);
    if (fault == FAULT_NONE && !exists) {
        world_missing(world, "USER", user_id);
        return world_refuse(world, FAULT_NOT_FOUND, "Member does not exist");
    }
    return fault;
}

/* Somebody comes or goes: settle him for whoever notices. */
static enum fault settle_membership(struct world *world, const char *store_id, enum fact fact,
                                    const char *group_id, const char *user_id,
                                    const struct cause *cause)
{
    assert(fact == FACT_JOINING || fact == FACT_MEMBERSHIP);
    assert(cause->seq > 0 || store_fault(world->store) != FAULT_NONE);
    struct id_list observers = {0};
    enum lag lag = fact == FACT_JOINING ? GROUP_ADD_LAG : GROUP_REMOVE_LAG;
    struct change change = {.fact = fact,
                            .subject = group_id,
                            .user_id = user_id,
                            .ready_s = delay_at(world, lag, user_id),
                            .cause = *cause};
    observers_of_store(world, store_id, &observers);
    enum fault fault = change_settle(world, &change, &observers);
    id_list_clear(&observers);
    return fault;
}

enum fault membership_create(struct world *world, const char *store_id, const char *group_id,
                             const char *user_id, char out_membership_id[USER_ID_BYTES])
{
    enum fault fault = membership_parties(world, store_id, group_id, user_id);
    if (fault != FAULT_NONE)
        return fault;
    ids_uuid(&world->ids, out_membership_id);
    fault = store_change(world->store, SQL_MEMBERSHIP_INSERT, "ttttit", out_membership_id, store_id,
                         group_id, user_id, world->now_s, world->actor);
    if (fault == FAULT_CONFLICT)
        return taken(world, "Member and Group relationship already exists");
    beliefs_forget_void(world, user_id, group_id);
    struct entry entry = {.event = "CreateGroupMembership",
                          .subject = group_id,
                          .user_id = user_id,
                          .rule = cause_rule(CAUSE_MEMBER_ADDED)};
    struct cause cause = {.kind = CAUSE_MEMBER_ADDED, .seq = timeline_tell(world, &entry)};
    return settle_membership(world, store_id, FACT_JOINING, group_id, user_id, &cause);
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
    assert(pair.group_id[0] != '\0' && pair.user_id[0] != '\0');
    struct entry entry = {.event = "DeleteGroupMembership",
                          .subject = pair.group_id,
                          .user_id = pair.user_id,
                          .rule = cause_rule(CAUSE_MEMBER_REMOVED)};
    struct cause cause = {.kind = CAUSE_MEMBER_REMOVED, .seq = timeline_tell(world, &entry)};
    store_change(world->store, SQL_MEMBERSHIP_REMOVE, "tii", membership_id, world->now_s,
                 cause.seq);
    return settle_membership(world, store_id, FACT_MEMBERSHIP, pair.group_id, pair.user_id, &cause);
}
