/* SPDX-License-Identifier: MIT */
/* Service-linked roles; see roles.h. */
#include "world/roles.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "world/accounts.h"
#include "world/clock.h"
#include "world/timeline.h"

const struct role_kind ROLE_KINDS[] = {
    {"user-subscriptions.amazonaws.com", "AWSServiceRoleForUserSubscriptions", true},
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

static enum fault tell(struct world *world, const char *event, const char *account_id,
                       const char *name)
{
    struct entry entry = {.event = event, .subject = name, .after = account_id};
    return timeline_add(world, &entry, NULL);
}

enum fault role_create(struct world *world, const char *account_id, const struct role_kind *kind,
                       const char *description, struct role *out_role)
{
    char id[ROLE_ID_BYTES] = "AROA";
    enum fault fault = account_ensure(world, account_id);
    ids_upper(&world->ids, id + 4, 17);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_ROLE_INSERT, "tttti", account_id, kind->name, id,
                             description, world->now_s);
    if (fault == FAULT_NONE)
        fault = tell(world, "CreateServiceLinkedRole", account_id, kind->name);
    if (fault == FAULT_NONE)
        fault = clock_release(world);
    return fault == FAULT_NONE ? role_get(world, account_id, kind->name, out_role) : fault;
}

enum fault role_delete(struct world *world, const char *account_id, const char *name)
{
    struct role role;
    enum fault fault = role_get(world, account_id, name, &role);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_ROLE_DELETE, "ii", role.row, world->now_s);
    return fault == FAULT_NONE ? tell(world, "DeleteServiceLinkedRole", account_id, name) : fault;
}

enum fault roles_appear(struct world *world, const char *account_id)
{
    struct role role;
    struct query *query = store_query(world->store, SQL_ROLE_EVER, "t", account_id);
    bool had = query_next(query);
    enum fault fault = query_end(query);
    for (const struct role_kind *kind = ROLE_KINDS; !had && kind->name != NULL; kind++) {
        if (kind->appears && fault == FAULT_NONE)
            fault = role_create(world, account_id, kind, NULL, &role);
    }
    return fault;
}
