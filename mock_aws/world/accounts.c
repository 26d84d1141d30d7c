/* SPDX-License-Identifier: MIT */
/* Accounts and organizations; see accounts.h. */
#include "world/accounts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/lags.h"
#include "base/parameters.h"
#include "base/text.h"
#include "world/propagation.h"
#include "world/settle.h"
#include "world/timeline.h"

static const int64_t DAY_S = 86400;

static void copy_column(struct query *query, int column, char *to, size_t to_bytes)
{
    text_copy(to, to_bytes, query_is_null(query, column) ? "" : query_text(query, column));
}

static enum account_state state_now(const struct world *world, const struct account *account)
{
    if (account->close_requested_s == 0)
        return ACCOUNT_ACTIVE;
    if (world->now_s < account->closed_s)
        return ACCOUNT_PENDING_CLOSURE;
    return world->now_s < account->closed_s + REOPEN_DAYS * DAY_S ? ACCOUNT_CLOSED : ACCOUNT_GONE;
}

static struct account account_read(const struct world *world, struct query *query)
{
    struct account account = {.row = query_integer(query, 9),
                              .management = query_integer(query, 2) != 0,
                              .invited = query_integer(query, 3) != 0,
                              .joined_s = query_integer(query, 6),
                              .close_requested_s = query_integer(query, 7),
                              .closed_s = query_integer(query, 8)};
    copy_column(query, 0, account.account_id, sizeof account.account_id);
    copy_column(query, 1, account.organization_id, sizeof account.organization_id);
    copy_column(query, 4, account.name, sizeof account.name);
    copy_column(query, 5, account.email, sizeof account.email);
    copy_column(query, 10, account.parent_id, sizeof account.parent_id);
    account.state = state_now(world, &account);
    return account;
}

enum fault account_get(struct world *world, const char *account_id, struct account *out_account)
{
    *out_account = (struct account){.management = false};
    struct query *query = store_query(world->store, SQL_ACCOUNT_GET, "t", account_id);
    bool found = query_next(query);
    if (found)
        *out_account = account_read(world, query);
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

enum fault account_ensure(struct world *world, const char *account_id)
{
    struct account account;
    enum fault fault = account_get(world, account_id, &account);
    if (fault != FAULT_NOT_FOUND)
        return fault;
    return store_change(world->store, SQL_ACCOUNT_INSERT, "ti", account_id, world->now_s);
}

static enum fault each_of(struct world *world, struct query *query, int64_t limit,
                          void (*see)(void *self, const struct account *account), void *self)
{
    int64_t seen = 0;
    while (seen < limit && query_next(query)) {
        struct account account = account_read(world, query);
        if (account.state == ACCOUNT_GONE)
            continue;
        see(self, &account);
        seen++;
    }
    return query_end(query);
}

enum fault account_each(struct world *world, const char *organization_id, int64_t after,
                        int64_t limit, void (*see)(void *self, const struct account *account),
                        void *self)
{
    struct query *query =
        organization_id == NULL
            ? store_query(world->store, SQL_ACCOUNT_LIST, "i", after)
            : store_query(world->store, SQL_ACCOUNT_OF_ORGANIZATION, "ti", organization_id, after);
    return each_of(world, query, limit, see, self);
}

enum fault account_each_in(struct world *world, const char *organization_id, const char *parent_id,
                           int64_t after, int64_t limit,
                           void (*see)(void *self, const struct account *account), void *self)
{
    struct query *query =
        store_query(world->store, SQL_ACCOUNT_OF_PARENT, "tti", organization_id, parent_id, after);
    return each_of(world, query, limit, see, self);
}

enum fault account_move(struct world *world, const char *account_id, const char *parent_id)
{
    struct account account;
    struct entry entry = {.event = "MoveAccount",
                          .subject = account_id,
                          .before = account.parent_id,
                          .after = parent_id};
    enum fault fault = account_get(world, account_id, &account);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_ACCOUNT_MOVE, "tt", account_id, parent_id);
    return fault == FAULT_NONE ? timeline_add(world, &entry, NULL) : fault;
}

enum fault organization_get(struct world *world, const char *organization_id,
                            struct organization *out_organization)
{
    *out_organization = (struct organization){.all_features = false};
    struct query *query = store_query(world->store, SQL_ORGANIZATION_GET, "t", organization_id);
    bool found = query_next(query);
    if (found) {
        copy_column(query, 0, out_organization->organization_id,
                    sizeof out_organization->organization_id);
        copy_column(query, 1, out_organization->management_id,
                    sizeof out_organization->management_id);
        copy_column(query, 2, out_organization->root_id, sizeof out_organization->root_id);
        out_organization->all_features = query_integer(query, 3) != 0;
    }
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

enum fault organization_join(struct world *world, const char *organization_id,
                             const char *account_id, const char *name, const char *email,
                             bool management, bool invited)
{
    char made[ACCOUNT_EMAIL_BYTES];
    snprintf(made, sizeof made, "account+%s@example.com", account_id);
    enum fault fault = account_ensure(world, account_id);
    if (fault == FAULT_NONE)
        fault =
            store_change(world->store, SQL_ACCOUNT_JOIN, "ttiitti", account_id, organization_id,
                         (int64_t)management, (int64_t)invited, name == NULL ? account_id : name,
                         email == NULL ? made : email, world->now_s);
    return fault;
}

enum fault organization_trust(struct world *world, const char *management_id)
{
    return store_change(world->store, SQL_ORGANIZATION_TRUST, "ttti", management_id, SERVICE_ACCESS,
                        IDENTITY_CENTER, world->now_s);
}

enum fault organization_create(struct world *world, const char *account_id, bool all_features,
                               struct organization *out_organization)
{
    struct account account;
    char suffix[16];
    enum fault fault = account_ensure(world, account_id);
    if (fault == FAULT_NONE)
        fault = account_get(world, account_id, &account);
    if (fault == FAULT_NONE && account.organization_id[0] != '\0')
        return world_refuse(world, FAULT_IN_ORGANIZATION,
                            "The account %s is a member of an organization already.", account_id);
    ids_hex(&world->ids, suffix, 10);
    char organization_id[ORGANIZATION_ID_BYTES];
    char root_id[24];
    snprintf(organization_id, sizeof organization_id, "o-%s", suffix);
    ids_hex(&world->ids, suffix, 4);
    snprintf(root_id, sizeof root_id, "r-%s", suffix);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_ORGANIZATION_INSERT, "tttii", organization_id,
                             account_id, root_id, (int64_t)all_features, world->now_s);
    if (fault == FAULT_NONE)
        fault = organization_join(world, organization_id, account_id, NULL, NULL, true, true);
    if (fault == FAULT_NONE)
        fault = organization_trust(world, account_id);
    struct entry entry = {
        .event = "CreateOrganization", .subject = organization_id, .after = account_id};
    if (fault == FAULT_NONE)
        fault = timeline_add(world, &entry, NULL);
    return fault == FAULT_NONE ? organization_get(world, organization_id, out_organization) : fault;
}

enum fault organization_leave(struct world *world, const char *account_id)
{
    struct account account;
    struct entry entry = {.event = "RemoveAccountFromOrganization",
                          .subject = account_id,
                          .before = account.organization_id};
    enum fault fault = account_get(world, account_id, &account);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_ACCOUNT_LEAVE, "t", account_id);
    return fault == FAULT_NONE ? timeline_add(world, &entry, NULL) : fault;
}

enum fault organization_delete(struct world *world, const struct organization *organization)
{
    struct entry entry = {.event = "DeleteOrganization",
                          .subject = organization->organization_id,
                          .before = organization->management_id};
    enum fault fault =
        store_change(world->store, SQL_ACCOUNT_LEAVE, "t", organization->management_id);
    if (fault == FAULT_NONE)
        fault =
            store_change(world->store, SQL_ORGANIZATION_DELETE, "t", organization->organization_id);
    return fault == FAULT_NONE ? timeline_add(world, &entry, NULL) : fault;
}

static enum fault email_taken(struct world *world, const char *organization_id, const char *email,
                              bool *out_taken)
{
    struct query *query =
        store_query(world->store, SQL_ACCOUNT_BY_EMAIL, "tt", organization_id, email);
    *out_taken = query_next(query);
    return query_end(query);
}

static struct account_request request_read(struct query *query)
{
    struct account_request request = {.row = query_integer(query, 0),
                                      .requested_s = query_integer(query, 5),
                                      .completed_s = query_integer(query, 6)};
    copy_column(query, 1, request.request_id, sizeof request.request_id);
    copy_column(query, 2, request.account_name, sizeof request.account_name);
    copy_column(query, 3, request.account_id, sizeof request.account_id);
    copy_column(query, 4, request.failure, sizeof request.failure);
    return request;
}

enum fault account_request_get(struct world *world, const char *organization_id,
                               const char *request_id, struct account_request *out_request)
{
    *out_request = (struct account_request){.requested_s = 0};
    struct query *query =
        store_query(world->store, SQL_ACCOUNT_REQUEST_GET, "tt", organization_id, request_id);
    bool found = query_next(query);
    if (found)
        *out_request = request_read(query);
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

enum fault account_request_each(struct world *world, const char *organization_id, int64_t after,
                                bool (*see)(void *self, const struct account_request *request),
                                void *self)
{
    bool more = true;
    struct query *query =
        store_query(world->store, SQL_ACCOUNT_REQUEST_LIST, "ti", organization_id, after);
    while (more && query_next(query)) {
        struct account_request request = request_read(query);
        more = see(self, &request);
    }
    return query_end(query);
}

enum fault account_create(struct world *world, const char *organization_id, const char *name,
                          const char *email, struct account_request *out_request)
{
    bool taken = false;
    char suffix[33];
    char request_id[REQUEST_ID_BYTES];
    char account_id[ACCOUNT_BYTES] = "";
    enum fault fault = email_taken(world, organization_id, email, &taken);
    ids_hex(&world->ids, suffix, 32);
    snprintf(request_id, sizeof request_id, "car-%s", suffix);
    if (fault == FAULT_NONE && !taken) {
        snprintf(account_id, sizeof account_id, "%012" PRIu64,
                 UINT64_C(100000000000) + ids_next(&world->ids) % UINT64_C(900000000000));
        fault = organization_join(world, organization_id, account_id, name, email, false, false);
    }
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_ACCOUNT_REQUEST_INSERT, "tttttii", request_id,
                             organization_id, name, taken ? NULL : account_id,
                             taken ? "EMAIL_ALREADY_EXISTS" : NULL, world->now_s, world->now_s);
    struct entry entry = {.event = "CreateAccount", .subject = request_id, .after = account_id};
    if (fault == FAULT_NONE)
        fault = timeline_add(world, &entry, NULL);
    return fault == FAULT_NONE
               ? account_request_get(world, organization_id, request_id, out_request)
               : fault;
}

static enum fault count_of(struct query *query, int64_t *out_count)
{
    *out_count = query_next(query) ? query_integer(query, 0) : 0;
    return query_end(query);
}

/* Rule 55: a tenth of the member accounts in rolling 30 days, at least 10, at most 1,000. */
static enum fault quota_check(struct world *world, const char *organization_id)
{
    int64_t members = 0;
    int64_t closed = 0;
    enum fault fault = count_of(store_query(world->store, SQL_ACCOUNT_MEMBERS, "ti",
                                            organization_id, world->now_s - REOPEN_DAYS * DAY_S),
                                &members);
    if (fault == FAULT_NONE)
        fault = count_of(store_query(world->store, SQL_ACCOUNT_CLOSED_SINCE, "ti", organization_id,
                                     world->now_s - 30 * DAY_S),
                         &closed);
    int64_t quota = members / 10 < 10 ? 10 : members / 10 > 1000 ? 1000 : members / 10;
    if (fault != FAULT_NONE || closed < quota)
        return fault;
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
    bool kept = account->management && !world->reading.deviations[MANAGEMENT_ACCOUNT_CLOSABLE];
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

/* The seats of the account's profiles end with it (rule 6); what others own is left alone (rule 57). */
static enum fault end_profiles(struct world *world, const char *account_id, int64_t seen_s,
                               const struct cause *cause)
{
    struct touched profiles = {0};
    struct touched users = {0};
    enum fault fault = touched_add_query(
        &profiles, store_query(world->store, SQL_PROFILES_OF_ACCOUNT, "t", account_id));
    for (size_t i = 0; i < profiles.count && fault == FAULT_NONE; i++) {
        fault = touched_add_query(
            &users, store_query(world->store, SQL_SEAT_OF_PROFILE_LIVE, "t", profiles.ids[i]));
        if (fault == FAULT_NONE)
            fault = store_change(world->store, SQL_ASSIGNMENT_END_PROFILE, "tii", profiles.ids[i],
                                 world->now_s, seen_s);
    }
    if (fault == FAULT_NONE)
        fault = settle_at(world, &users, &profiles, seen_s, cause);
    touched_clear(&profiles);
    touched_clear(&users);
    return fault;
}

enum fault account_close(struct world *world, const struct organization *organization,
                         const char *account_id)
{
    struct account account;
    struct entry entry = {
        .event = "CloseAccount", .subject = account_id, .rule = "auto-account-deleted"};
    struct cause cause = {.rule = entry.rule};
    int64_t closed_s = propagation_at(world, ACCOUNT_CLOSE_LAG, account_id);
    bool at_once = world->reading.values[ACCOUNT_CANCEL_AT] == CANCEL_AT_PENDING_CLOSURE;
    int64_t seen_s = !reading_triggers(&world->reading, cause.rule) ? FOREVER
                     : at_once                                      ? world->now_s
                                                                    : closed_s;
    enum fault fault = account_get(world, account_id, &account);
    bool member = fault == FAULT_NONE && account.state != ACCOUNT_GONE &&
                  strcmp(account.organization_id, organization->organization_id) == 0;
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !member))
        return world_refuse(world, FAULT_NOT_FOUND,
                            "You specified an account that doesn't exist: %s.", account_id);
    if (fault == FAULT_NONE)
        fault = close_allowed(world, organization, &account);
    if (fault == FAULT_NONE)
        fault = timeline_add(world, &entry, &cause.seq);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_ACCOUNT_CLOSE, "tiii", account_id, world->now_s,
                             closed_s, seen_s);
    return fault == FAULT_NONE ? end_profiles(world, account_id, seen_s, &cause) : fault;
}

/* E15: a closure that is taken for a pause. */
static enum fault resume_profiles(struct world *world, const struct account *account,
                                  const struct cause *cause)
{
    struct touched profiles = {0};
    struct touched users = {0};
    enum fault fault = touched_add_query(
        &profiles, store_query(world->store, SQL_PROFILES_OF_ACCOUNT, "t", account->account_id));
    for (size_t i = 0; i < profiles.count && fault == FAULT_NONE; i++) {
        fault = store_change(world->store, SQL_ASSIGNMENT_RESUME, "ti", profiles.ids[i],
                             account->close_requested_s);
        if (fault == FAULT_NONE)
            fault = touched_add_query(
                &users, store_query(world->store, SQL_SEAT_USERS_OF_PROFILE, "t", profiles.ids[i]));
    }
    if (fault == FAULT_NONE)
        fault = settle(world, &users, cause);
    touched_clear(&profiles);
    touched_clear(&users);
    return fault;
}

enum fault account_reopen(struct world *world, const char *account_id)
{
    struct account account;
    struct entry entry = {
        .event = "ReopenAccount", .subject = account_id, .rule = "account-close-90-days"};
    struct cause cause = {.rule = entry.rule};
    enum fault fault = account_get(world, account_id, &account);
    if (fault == FAULT_NOT_FOUND)
        return world_refuse(world, FAULT_NOT_FOUND, "There is no account %s.", account_id);
    if (fault == FAULT_NONE && account.state == ACCOUNT_GONE)
        return world_refuse(world, FAULT_CONFLICT,
                            "Account %s was closed more than %d days ago: that is for good.",
                            account_id, REOPEN_DAYS);
    if (fault == FAULT_NONE && account.state != ACCOUNT_CLOSED)
        return world_refuse(world, FAULT_CONFLICT, "Account %s is not closed.", account_id);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_ACCOUNT_REOPEN, "t", account_id);
    if (fault == FAULT_NONE)
        fault = timeline_add(world, &entry, &cause.seq);
    if (fault == FAULT_NONE && world->reading.values[ACCOUNT_REOPEN] == REOPEN_RESUME)
        fault = resume_profiles(world, &account, &cause);
    return fault;
}
