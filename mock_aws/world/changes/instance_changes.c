/* SPDX-License-Identifier: MIT */
/* Identity Center instances: made, renamed, deleted; see instance_changes.h. */
#include "world/changes/instance_changes.h"

#include <assert.h>
#include <stdio.h>

#include "base/lags.h"
#include "base/parameters.h"
#include "base/text.h"
#include "world/changes/account_changes.h"
#include "world/changes/group_changes.h"
#include "world/changes/profile_changes.h"
#include "world/engine/noticing.h"
#include "world/reading/reading.h"
#include "world/rows/timeline.h"
#include "world/time/propagation.h"

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
    account_ensure(world, account_id);
    store_change(world->store, SQL_INSTANCE_INSERT, "ttttttii", arn, store_id, account_id, region,
                 kind, name, world->now_s, delay_at(world, INSTANCE_CREATE_LAG, arn));
    organization_trust(world, account_id);
    struct entry entry = {.event = "CreateInstance", .subject = arn, .after = kind};
    timeline_tell(world, &entry);
    return instance_get(world, arn, out_instance);
}

enum fault instance_rename(struct world *world, const char *instance_arn, const char *name)
{
    return store_change(world->store, SQL_INSTANCE_RENAME, "tt", instance_arn, name);
}

void instance_make_ready(struct world *world, const struct instance *instance)
{
    store_change(world->store, SQL_INSTANCE_READY, "ti", instance->instance_arn, world->now_s);
}

/*
 * The directory goes for good: users, groups, memberships (identity-wire 6.2, "Delete takes with
 * it").
 */
static void directory_end(struct world *world, const char *store_id, const struct cause *cause)
{
    assert(store_id[0] != '\0');
    assert(cause->kind == CAUSE_INSTANCE_DELETED);
    store_change(world->store, SQL_RECORD_DELETE_STORE, "t", store_id);
    store_change(world->store, SQL_GROUP_DELETE_STORE, "ti", store_id, world->now_s);
    memberships_end(world, MEMBERSHIPS_OF_STORE, store_id, cause);
    store_change(world->store, SQL_USER_DELETE_STORE, "tiii", store_id, world->now_s, cause->seq,
                 delay_at(world, SESSION_TAIL, store_id));
}

/* E11: what hangs on the profiles ends; they themselves stay as shells, or go too. */
static enum fault profiles_end(struct world *world, const char *instance_arn, int64_t seq)
{
    assert(seq > 0 || store_fault(world->store) != FAULT_NONE);
    struct id_list profiles = {0};
    bool go = world->reading->values[PROFILE_ON_INSTANCE_DELETE] == INSTANCE_DELETE_DELETED;
    enum fault fault = profile_arns_of_instance(world, instance_arn, &profiles);
    for (size_t i = 0; i < profiles.count && fault == FAULT_NONE; i++)
        fault = profile_end(world, profiles.ids[i], go, seq);
    id_list_clear(&profiles);
    return fault;
}

enum fault instance_delete(struct world *world, const struct instance *instance)
{
    const char *arn = instance->instance_arn;
    struct id_list observers = {0};
    struct entry entry = {.event = "DeleteInstance",
                          .subject = arn,
                          .before = instance->kind,
                          .rule = cause_rule(CAUSE_INSTANCE_DELETED)};
    struct change change = {.fact = FACT_INSTANCE,
                            .subject = arn,
                            .ready_s = delay_at(world, AUTO_CANCEL_LAG, arn),
                            .cause = {CAUSE_INSTANCE_DELETED, timeline_tell(world, &entry)}};
    assert(change.ready_s >= world->now_s);
    observers_of_instance(world, arn, &observers);
    store_change(world->store, SQL_INSTANCE_DELETE, "tiii", arn, world->now_s, change.cause.seq,
                 delay_at(world, INSTANCE_DELETE_LAG, arn));
    enum fault fault = profiles_end(world, arn, change.cause.seq);
    if (fault == FAULT_NONE) {
        directory_end(world, instance->store_id, &change.cause);
        fault = change_settle(world, &change, &observers);
    }
    id_list_clear(&observers);
    return fault;
}
