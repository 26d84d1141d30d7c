/* SPDX-License-Identifier: MIT */
/* Rows of service-linked roles; see roles.h. */
#include "world/rows/roles.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

const struct role_kind ROLE_KINDS[] = {
    {"user-subscriptions.amazonaws.com", ROLE_OF_SUBSCRIPTIONS, true},
    {"q.amazonaws.com", "AWSServiceRoleForAmazonQDeveloper", true},
    {"sso.amazonaws.com", "AWSServiceRoleForSSO", false},
    {NULL, NULL, false}};

static void role_read(struct query *query, struct role *out)
{
    const char *name = query_text(query, 1);
    *out = (struct role){
        .row = query_integer(query, 0), .kind = ROLE_KINDS, .created_s = query_integer(query, 4)};
    while (strcmp(out->kind->name, name) != 0) {
        out->kind++;
        assert(out->kind->name != NULL); /* rows are made from this table alone */
    }
    text_copy(out->role_id, sizeof out->role_id, query_text(query, 2));
    text_copy(out->description, sizeof out->description,
              query_is_null(query, 3) ? "" : query_text(query, 3));
}

enum fault role_get(struct world *world, const char *account_id, const char *name,
                    struct role *out_role)
{
    struct query *query = store_query(world->store, SQL_ROLE_GET, "tt", account_id, name);
    bool found = query_next(query);
    if (found)
        role_read(query, out_role);
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

enum fault role_each(struct world *world, const char *account_id, int64_t after,
                     void (*see)(void *self, const struct role *role), void *self)
{
    struct query *query = store_query(world->store, SQL_ROLE_LIST, "ti", account_id, after);
    while (query_next(query)) {
        struct role role;
        role_read(query, &role);
        see(self, &role);
    }
    return query_end(query);
}
