/* SPDX-License-Identifier: MIT */
/* Rows of `unnoticed`; see beliefs.h. */
#include "world/engine/beliefs.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "world/reading/reading.h"
#include "world/rows/profiles.h"
#include "world/rows/roles.h"
#include "world/time/propagation.h"

enum { ROW_TEXT_BYTES = 24 };

static_assert(CAUSE_USER_DELETED == 1 && CAUSE_MEMBER_REMOVED == 2 && CAUSE_USER_DEACTIVATED == 5 &&
                  CAUSE_GROUP_DELETED == 7,
              "ROLE_CAUSES_SQL names these");
static_assert(FACT_ACTIVITY == 1 && FACT_JOINING == 2 && FACT_VOID == 3 && FACT_USER == 4,
              "FACT_…_SQL are these");

/* Kiro learns of these from the directory, with its role. */
static bool needs_role(enum cause_kind cause)
{
    return cause == CAUSE_USER_DELETED || cause == CAUSE_MEMBER_REMOVED ||
           cause == CAUSE_USER_DEACTIVATED || cause == CAUSE_GROUP_DELETED;
}

bool role_serves(struct world *world, const char *account_id)
{
    return world->reading->values[ROLE_OF_TRIGGERS] == ROLE_NOT_NEEDED ||
           query_any(
               store_query(world->store, SQL_ROLE_GET, "tt", account_id, ROLE_OF_SUBSCRIPTIONS));
}

void observers_of_instance(struct world *world, const char *instance_arn, struct id_list *out)
{
    id_list_add_query(out, store_query(world->store, SQL_OBSERVERS, "t", instance_arn));
}

void observers_of_store(struct world *world, const char *store_id, struct id_list *out)
{
    char instance_arn[ARN_BYTES] = "";
    struct query *query = store_query(world->store, SQL_INSTANCE_BY_STORE, "t", store_id);
    if (query_next(query))
        text_copy(instance_arn, sizeof instance_arn, query_text(query, 1));
    query_end(query);
    observers_of_instance(world, instance_arn, out);
}

static void belief_insert(struct world *world, const struct change *change, const char *account_id,
                          int64_t ready_s)
{
    bool by_hand = held(ready_s);
    assert(ready_s >= world->now_s);
    assert(change->fact >= FACT_ACTIVITY && change->fact <= FACT_ACCOUNT);
    assert(change->cause.kind >= CAUSE_NONE && change->cause.kind < CAUSE_COUNT);
    assert(account_id[0] != '\0');
    store_change(world->store, SQL_UNNOTICED_INSERT, "tittiiiii", account_id, (int64_t)change->fact,
                 change->subject, change->user_id, by_hand ? FOREVER : ready_s,
                 by_hand ? FOREVER - 1 - ready_s : (int64_t)-1, (int64_t)change->cause.kind,
                 change->cause.seq, world->now_s);
}

/* The belief that this change makes true again: 0 for none. */
static int64_t belief_of_old(struct world *world, const struct change *change,
                             const char *account_id)
{
    bool joins = change->fact == FACT_JOINING;
    if (!joins && change->fact != FACT_MEMBERSHIP)
        return 0;
    assert(change->user_id != NULL);
    int64_t row = 0;
    struct query *query = store_query(world->store, SQL_UNNOTICED_FIND, "titt", account_id,
                                      (int64_t)(joins ? FACT_MEMBERSHIP : FACT_JOINING),
                                      change->subject, change->user_id);
    if (query_next(query))
        row = query_integer(query, 0);
    query_end(query);
    return row;
}

/* What was only interrupted by a closure or a deactivation (E6, E15) ends with the membership. */
static void lose_paused(struct world *world, const char *user_id, const char *group_id,
                        const char *account_id)
{
    store_change(world->store, SQL_CLAIM_LOSE_PAUSED, "ttiiit", user_id, group_id,
                 (int64_t)CAUSE_ACCOUNT_CLOSED, (int64_t)CAUSE_USER_DEACTIVATED,
                 (int64_t)CAUSE_MEMBER_REMOVED, account_id);
}

void belief_end(struct world *world, int64_t row, const struct change *change,
                const char *account_id)
{
    assert(row > 0);
    assert(change->fact != FACT_MEMBERSHIP || change->user_id != NULL);
    store_change(world->store, SQL_UNNOTICED_DELETE, "i", row);
    if (change->fact == FACT_MEMBERSHIP)
        lose_paused(world, change->user_id, change->subject, account_id);
}

bool beliefs_change(struct world *world, const struct change *change,
                    const struct id_list *observers)
{
    bool noticed = false;
    bool never =
        change->fact != FACT_JOINING && !reading_notices(world->reading, change->cause.kind);
    assert(change->ready_s >= world->now_s);
    for (size_t i = 0; i < observers->count; i++) {
        const char *account_id = observers->ids[i];
        int64_t old = belief_of_old(world, change, account_id);
        bool waits = never || change->ready_s > world->now_s ||
                     (needs_role(change->cause.kind) && !role_serves(world, account_id));
        if (old != 0)
            store_change(world->store, SQL_UNNOTICED_DELETE, "i", old);
        else if (waits)
            belief_insert(world, change, account_id, never ? FOREVER : change->ready_s);
        else if (change->fact == FACT_MEMBERSHIP)
            lose_paused(world, change->user_id, change->subject, account_id);
        noticed = noticed || old != 0 || !waits;
    }
    return noticed;
}

void beliefs_forget_activity(struct world *world, const char *user_id)
{
    store_change(world->store, SQL_UNNOTICED_FORGET, "tit", user_id, (int64_t)FACT_ACTIVITY,
                 user_id);
}

void beliefs_forget_void(struct world *world, const char *user_id, const char *group_id)
{
    store_change(world->store, SQL_UNNOTICED_FORGET_VOID, "tt", user_id, group_id);
}

void belief_void(struct world *world, const char *user_id, const char *profile_arn,
                 int64_t assignment_row, const struct cause *cause)
{
    char subject[ROW_TEXT_BYTES];
    struct profile profile;
    assert(assignment_row > 0);
    snprintf(subject, sizeof subject, "%" PRId64, assignment_row);
    struct change change = {
        .fact = FACT_VOID, .subject = subject, .user_id = user_id, .cause = *cause};
    if (profile_get(world, profile_arn, &profile) == FAULT_NONE)
        belief_insert(world, &change, profile.account_id, FOREVER);
}
