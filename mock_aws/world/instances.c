/* SPDX-License-Identifier: MIT */
/* Identity Center instances. */
#include "world/instances.h"

#include <stdio.h>

#include "base/lags.h"
#include "base/parameters.h"
#include "base/text.h"
#include "world/accounts.h"
#include "world/directory.h"
#include "world/profiles.h"
#include "world/propagation.h"
#include "world/settle.h"
#include "world/timeline.h"

static void instance_read(struct query *query, struct instance *out)
{
    *out = (struct instance){.row = query_integer(query, 0),
                             .created_s = query_integer(query, 7),
                             .deleted_s = query_integer(query, 8),
                             .ready_s = query_integer(query, 9),
                             .gone_s = query_integer(query, 10)};
    text_copy(out->instance_arn, sizeof out->instance_arn, query_text(query, 1));
    text_copy(out->store_id, sizeof out->store_id, query_text(query, 2));
    text_copy(out->account_id, sizeof out->account_id, query_text(query, 3));
    text_copy(out->region, sizeof out->region, query_text(query, 4));
    text_copy(out->kind, sizeof out->kind, query_text(query, 5));
    if (!query_is_null(query, 6))
        text_copy(out->name, sizeof out->name, query_text(query, 6));
}

static enum fault instance_find(struct world *world, enum statement statement, const char *key,
                                struct instance *out_instance)
{
    struct query *query = store_query(world->store, statement, "t", key);
    bool found = query_next(query);
    if (found)
        instance_read(query, out_instance);
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

enum fault instance_get(struct world *world, const char *instance_arn,
                        struct instance *out_instance)
{
    return instance_find(world, SQL_INSTANCE_GET, instance_arn, out_instance);
}

enum fault instance_of_store(struct world *world, const char *store_id,
                             struct instance *out_instance)
{
    return instance_find(world, SQL_INSTANCE_BY_STORE, store_id, out_instance);
}

enum fault instance_each(struct world *world, int64_t after,
                         void (*see)(void *self, const struct instance *instance), void *self)
{
    struct query *query = store_query(world->store, SQL_INSTANCE_LIST, "ii", after, world->now_s);
    while (query_next(query)) {
        struct instance instance;
        instance_read(query, &instance);
        see(self, &instance);
    }
    return query_end(query);
}

enum fault instance_create(struct world *world, const char *account_id, const char *region,
                           const char *kind, const char *name, struct instance *out_instance)
{
    char hex[17];
    char arn[ARN_BYTES];
    char store_id[STORE_ID_BYTES];
    ids_hex(&world->ids, hex, 16);
    snprintf(arn, sizeof arn, "arn:aws:sso:::instance/ssoins-%s", hex);
    ids_hex(&world->ids, hex, 10);
    snprintf(store_id, sizeof store_id, "d-%s", hex);
    int64_t ready_s = propagation_at(world, INSTANCE_CREATE_LAG, arn);
    enum fault fault = account_ensure(world, account_id);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_INSTANCE_INSERT, "ttttttii", arn, store_id,
                             account_id, region, kind, name, world->now_s, ready_s);
    if (fault == FAULT_NONE)
        fault = organization_trust(world, account_id);
    struct entry entry = {.event = "CreateInstance", .subject = arn, .after = kind};
    if (fault == FAULT_NONE)
        fault = timeline_add(world, &entry, NULL);
    return fault == FAULT_NONE ? instance_get(world, arn, out_instance) : fault;
}

enum fault instance_rename(struct world *world, const char *instance_arn, const char *name)
{
    return store_change(world->store, SQL_INSTANCE_RENAME, "tt", instance_arn, name);
}

/* The directory goes for good: users, groups, memberships (identity-wire 6.2, "Delete takes with it"). */
static enum fault directory_delete(struct world *world, const char *store_id, int64_t seen_s,
                                   const struct cause *cause)
{
    enum fault fault = store_change(world->store, SQL_RECORD_DELETE_STORE, "t", store_id);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_GROUP_DELETE_STORE, "ti", store_id, world->now_s);
    if (fault == FAULT_NONE)
        fault = memberships_end(world, SQL_MEMBERSHIP_TELL_STORE, SQL_MEMBERSHIP_REMOVE_STORE,
                                store_id, seen_s, cause);
    return fault == FAULT_NONE
               ? store_change(world->store, SQL_USER_DELETE_STORE, "tiii", store_id, world->now_s,
                              seen_s, propagation_at(world, SESSION_TAIL, store_id))
               : fault;
}

/* E11: what hangs on the profiles ends; they themselves stay as shells, or go too. */
static enum fault profiles_end(struct world *world, const struct touched *profiles, int64_t seen_s)
{
    bool go = world->reading.values[PROFILE_ON_INSTANCE_DELETE] == INSTANCE_DELETE_DELETED;
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < profiles->count && fault == FAULT_NONE; i++)
        fault = profile_end(world, profiles->ids[i], go, seen_s);
    return fault;
}

enum fault instance_delete(struct world *world, const struct instance *instance)
{
    struct touched users = {0};
    struct touched profiles = {0};
    struct entry entry = {.event = "DeleteInstance",
                          .subject = instance->instance_arn,
                          .before = instance->kind,
                          .rule = "auto-instance-deleted"};
    struct cause cause = {.rule = entry.rule};
    int64_t seen_s = trigger_at(world, AUTO_CANCEL_LAG, cause.rule, instance->instance_arn);
    int64_t gone_s = propagation_at(world, INSTANCE_DELETE_LAG, instance->instance_arn);
    enum fault fault = timeline_add(world, &entry, &cause.seq);
    if (fault == FAULT_NONE)
        fault = touched_add_query(&users,
                                  store_query(world->store, SQL_USER_IDS, "t", instance->store_id));
    if (fault == FAULT_NONE)
        fault = touched_add_query(&profiles, store_query(world->store, SQL_PROFILES_OF_INSTANCE,
                                                         "t", instance->instance_arn));
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_INSTANCE_DELETE, "tiii", instance->instance_arn,
                             world->now_s, seen_s, gone_s);
    if (fault == FAULT_NONE)
        fault = profiles_end(world, &profiles, seen_s);
    if (fault == FAULT_NONE)
        fault = directory_delete(world, instance->store_id, seen_s, &cause);
    if (fault == FAULT_NONE)
        fault = settle_at(world, &users, NULL, seen_s, &cause);
    touched_clear(&users);
    touched_clear(&profiles);
    return fault;
}
