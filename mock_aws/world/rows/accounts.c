/* SPDX-License-Identifier: MIT */
/* Rows of accounts, organizations and requests for accounts; see accounts.h. */
#include "world/rows/accounts.h"

#include <string.h>

#include "base/text.h"

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
