/* SPDX-License-Identifier: MIT */
/* Closing accounts and opening them again; see account_closures.h. */
#include "world/changes/account_closures.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/lags.h"
#include "base/parameters.h"
#include "base/text.h"
#include "world/engine/noticing.h"
#include "world/engine/settle.h"
#include "world/reading/reading.h"
#include "world/rows/assignments.h"
#include "world/rows/profiles.h"
#include "world/rows/timeline.h"
#include "world/time/propagation.h"

static const int64_t DAY_S = 86400;

static int64_t count_of(struct query *query)
{
    int64_t count = query_next(query) ? query_integer(query, 0) : 0;
    query_end(query);
    return count;
}

/* Rule 55: a tenth of the member accounts in rolling 30 days, at least 10, at most 1,000. */
static enum fault quota_check(struct world *world, const char *organization_id)
{
    int64_t members = count_of(store_query(world->store, SQL_ACCOUNT_MEMBERS, "ti", organization_id,
                                           world->now_s - REOPEN_DAYS * DAY_S));
    int64_t closed = count_of(store_query(world->store, SQL_ACCOUNT_CLOSED_SINCE, "ti",
                                          organization_id, world->now_s - 30 * DAY_S));
    int64_t quota = members / 10 < 10 ? 10 : members / 10 > 1000 ? 1000 : members / 10;
    assert(closed >= 0 && members >= 0);
    assert(quota >= 10 && quota <= 1000);
    if (closed < quota)
        return FAULT_NONE;
    text_copy(world->problem->reason, sizeof world->problem->reason,
              "CLOSE_ACCOUNT_QUOTA_EXCEEDED");
    return world_refuse(world, FAULT_CONSTRAINT,
                        "You have closed %" PRId64
                        " accounts in 30 days, which is the quota; wait or raise it.",
                        closed);
}

static enum fault close_allowed(struct world *world, const struct organization *organization,
                                const struct account *account)
{
    bool kept = account->management &&
                world->reading->values[CLOSING_OF_MANAGEMENT] == MANAGEMENT_STAYS_OPEN;
    const char *reason = kept                          ? "CANNOT_CLOSE_MANAGEMENT_ACCOUNT"
                         : !organization->all_features ? "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE"
                                                       : NULL;
    if (account->state == ACCOUNT_PENDING_CLOSURE)
        return world_refuse(world, FAULT_CONFLICT, "The account %s is being closed.",
                            account->account_id);
    if (account->state != ACCOUNT_ACTIVE)
        return world_refuse(world, FAULT_ACCOUNT_CLOSED, "The account %s is closed already.",
                            account->account_id);
    if (reason == NULL)
        return quota_check(world, organization->organization_id);
    text_copy(world->problem->reason, sizeof world->problem->reason, reason);
    return world_refuse(world, FAULT_CONSTRAINT, "The account %s cannot be closed: %s.",
                        account->account_id, reason);
}

/*
 * What is assigned under the account's profiles ends with it (rule 6); what others own is left
 * alone (rule 57).
 */
static void assignments_end(struct world *world, const char *account_id, int64_t seq)
{
    assert(seq > 0 || store_fault(world->store) != FAULT_NONE);
    struct id_list profiles = {0};
    id_list_add_query(&profiles,
                      store_query(world->store, SQL_PROFILES_OF_ACCOUNT, "t", account_id));
    for (size_t i = 0; i < profiles.count; i++)
        assignments_end_of_profile(world, profiles.ids[i], seq);
    id_list_clear(&profiles);
}

/* FAULT_NOT_FOUND, in words, unless it is a member that is not gone. */
static enum fault member_get(struct world *world, const struct organization *organization,
                             const char *account_id, struct account *out_account)
{
    enum fault fault = account_get(world, account_id, out_account);
    bool member = fault == FAULT_NONE && out_account->state != ACCOUNT_GONE &&
                  strcmp(out_account->organization_id, organization->organization_id) == 0;
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !member))
        return world_refuse(world, FAULT_NOT_FOUND,
                            "You specified an account that doesn't exist: %s.", account_id);
    return fault;
}

enum fault account_close(struct world *world, const struct organization *organization,
                         const char *account_id)
{
    struct account account;
    enum fault fault = member_get(world, organization, account_id, &account);
    if (fault == FAULT_NONE)
        fault = close_allowed(world, organization, &account);
    if (fault != FAULT_NONE)
        return fault;
    bool at_once = world->reading->values[ACCOUNT_CANCEL_AT] == CANCEL_AT_PENDING_CLOSURE;
    int64_t closed_s = delay_at(world, ACCOUNT_CLOSE_LAG, account_id);
    assert(account.state == ACCOUNT_ACTIVE && closed_s >= world->now_s);
    struct id_list observers = {0};
    struct entry entry = {
        .event = "CloseAccount", .subject = account_id, .rule = cause_rule(CAUSE_ACCOUNT_CLOSED)};
    struct change change = {.fact = FACT_ACCOUNT,
                            .subject = account_id,
                            .ready_s = at_once ? world->now_s : closed_s,
                            .cause = {CAUSE_ACCOUNT_CLOSED, timeline_tell(world, &entry)}};
    assert(change.cause.seq > 0 || store_fault(world->store) != FAULT_NONE);
    id_list_add(&observers, account_id);
    store_change(world->store, SQL_ACCOUNT_CLOSE, "tiii", account_id, world->now_s, closed_s,
                 change.cause.seq);
    assignments_end(world, account_id, change.cause.seq);
    fault = change_settle(world, &change, &observers);
    id_list_clear(&observers);
    return fault;
}

/* E15: what the closure of the entry `seq` ended stands again, and nothing else does. */
static enum fault resume(struct world *world, const char *account_id, int64_t seq,
                         const struct cause *cause)
{
    assert(cause->kind == CAUSE_ACCOUNT_REOPENED);
    struct id_list users = {0};
    store_change(world->store, SQL_ASSIGNMENT_RESUME, "i", seq);
    id_list_add_query(&users, store_query(world->store, SQL_SEAT_OF_ACCOUNT, "t", account_id));
    /* Whoever joined a subscribed group meanwhile has had no seat so far. */
    id_list_add_query(&users, store_query(world->store, SQL_ASSIGNED_OF_ACCOUNT, "t", account_id));
    enum fault fault = settle(world, &users, cause);
    id_list_clear(&users);
    return fault;
}

/* With what the account was closed; and whether Kiro never noticed that: then it was never seen. */
static int64_t closing_seq(struct world *world, const char *account_id, bool *out_unnoticed)
{
    int64_t seq = count_of(store_query(world->store, SQL_ACCOUNT_ENDED_BY, "t", account_id));
    struct query *query = store_query(world->store, SQL_UNNOTICED_FIND, "titt", account_id,
                                      (int64_t)FACT_ACCOUNT, account_id, NULL);
    *out_unnoticed = query_next(query);
    int64_t row = *out_unnoticed ? query_integer(query, 0) : 0;
    query_end(query);
    if (*out_unnoticed)
        store_change(world->store, SQL_UNNOTICED_DELETE, "i", row);
    return seq;
}

enum fault account_reopen(struct world *world, const char *account_id)
{
    struct account account;
    enum fault fault = account_get(world, account_id, &account);
    if (fault == FAULT_NOT_FOUND)
        return world_refuse(world, FAULT_NOT_FOUND, "There is no account %s.", account_id);
    if (fault == FAULT_NONE && account.state == ACCOUNT_GONE)
        return world_refuse(world, FAULT_CONFLICT,
                            "Account %s was closed more than %d days ago: that is for good.",
                            account_id, REOPEN_DAYS);
    if (fault == FAULT_NONE && account.state != ACCOUNT_CLOSED)
        return world_refuse(world, FAULT_CONFLICT, "Account %s is not closed.", account_id);
    if (fault != FAULT_NONE)
        return fault;
    assert(account.state == ACCOUNT_CLOSED);
    bool unnoticed = false;
    int64_t closed_seq = closing_seq(world, account_id, &unnoticed);
    struct entry entry = {.event = "ReopenAccount",
                          .subject = account_id,
                          .rule = cause_rule(CAUSE_ACCOUNT_REOPENED)};
    store_change(world->store, SQL_ACCOUNT_REOPEN, "t", account_id);
    struct cause cause = {.kind = CAUSE_ACCOUNT_REOPENED, .seq = timeline_tell(world, &entry)};
    assert(closed_seq > 0 || store_fault(world->store) != FAULT_NONE);
    assert(cause.seq > 0 || store_fault(world->store) != FAULT_NONE);
    bool resumes = unnoticed || world->reading->values[ACCOUNT_REOPEN] == REOPEN_RESUME;
    return resumes ? resume(world, account_id, closed_seq, &cause) : FAULT_NONE;
}
