/* SPDX-License-Identifier: MIT */
/* Service-linked roles: made and deleted; see role_changes.h. */
#include "world/changes/role_changes.h"

#include <assert.h>

#include "base/text.h"
#include "world/changes/account_changes.h"
#include "world/engine/agenda.h"
#include "world/rows/timeline.h"

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
    assert(account_id[0] != '\0' && kind->name != NULL);
    account_ensure(world, account_id);
    ids_upper(&world->ids, id + 4, 17);
    enum fault fault = store_change(world->store, SQL_ROLE_INSERT, "tttti", account_id, kind->name,
                                    id, description, world->now_s);
    if (fault == FAULT_NONE)
        fault = tell(world, "CreateServiceLinkedRole", account_id, kind->name);
    if (fault == FAULT_NONE)
        fault = agenda_look_again(world);
    return fault == FAULT_NONE ? role_get(world, account_id, kind->name, out_role) : fault;
}

enum fault role_delete(struct world *world, const char *account_id, const char *name)
{
    struct role role;
    enum fault fault = role_get(world, account_id, name, &role);
    assert(fault != FAULT_NONE || role.row > 0);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_ROLE_DELETE, "ii", role.row, world->now_s);
    return fault == FAULT_NONE ? tell(world, "DeleteServiceLinkedRole", account_id, name) : fault;
}

enum fault roles_appear(struct world *world, const char *account_id)
{
    struct role role;
    if (query_any(store_query(world->store, SQL_ROLE_EVER, "t", account_id)))
        return FAULT_NONE;
    for (const struct role_kind *kind = ROLE_KINDS; kind->name != NULL; kind++) {
        enum fault fault =
            kind->appears ? role_create(world, account_id, kind, NULL, &role) : FAULT_NONE;
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}
