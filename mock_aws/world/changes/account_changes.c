/* SPDX-License-Identifier: MIT */
/* Accounts and organizations; see account_changes.h. */
#include "world/changes/account_changes.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "world/rows/timeline.h"

enum fault account_ensure(struct world *world, const char *account_id)
{
    struct account account;
    enum fault fault = account_get(world, account_id, &account);
    if (fault != FAULT_NOT_FOUND)
        return fault;
    return store_change(world->store, SQL_ACCOUNT_INSERT, "ti", account_id, world->now_s);
}

enum fault account_move(struct world *world, const char *account_id, const char *parent_id)
{
    struct account account;
    struct entry entry = {.event = "MoveAccount",
                          .subject = account_id,
                          .before = account.parent_id,
                          .after = parent_id};
    enum fault fault = account_get(world, account_id, &account);
    if (fault != FAULT_NONE)
        return fault;
    assert(account.organization_id[0] != '\0' && parent_id[0] != '\0');
    store_change(world->store, SQL_ACCOUNT_MOVE, "tt", account_id, parent_id);
    return timeline_add(world, &entry, NULL);
}

enum fault organization_join(struct world *world, const char *organization_id,
                             const char *account_id, const char *name, const char *email,
                             bool management, bool invited)
{
    assert(organization_id[0] != '\0' && account_id[0] != '\0');
    assert(!management || invited);
    char made[ACCOUNT_EMAIL_BYTES];
    snprintf(made, sizeof made, "account+%s@example.com", account_id);
    account_ensure(world, account_id);
    return store_change(world->store, SQL_ACCOUNT_JOIN, "ttiitti", account_id, organization_id,
                        (int64_t)management, (int64_t)invited, name == NULL ? account_id : name,
                        email == NULL ? made : email, world->now_s);
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
    account_ensure(world, account_id);
    enum fault fault = account_get(world, account_id, &account);
    if (fault != FAULT_NONE)
        return fault;
    if (account.organization_id[0] != '\0')
        return world_refuse(world, FAULT_IN_ORGANIZATION,
                            "The account %s is a member of an organization already.", account_id);
    ids_hex(&world->ids, suffix, 10);
    char organization_id[ORGANIZATION_ID_BYTES];
    char root_id[24];
    snprintf(organization_id, sizeof organization_id, "o-%s", suffix);
    ids_hex(&world->ids, suffix, 4);
    snprintf(root_id, sizeof root_id, "r-%s", suffix);
    store_change(world->store, SQL_ORGANIZATION_INSERT, "tttii", organization_id, account_id,
                 root_id, (int64_t)all_features, world->now_s);
    organization_join(world, organization_id, account_id, NULL, NULL, true, true);
    organization_trust(world, account_id);
    struct entry entry = {
        .event = "CreateOrganization", .subject = organization_id, .after = account_id};
    timeline_tell(world, &entry);
    return organization_get(world, organization_id, out_organization);
}

enum fault organization_leave(struct world *world, const char *account_id)
{
    struct account account;
    struct entry entry = {.event = "RemoveAccountFromOrganization",
                          .subject = account_id,
                          .before = account.organization_id};
    enum fault fault = account_get(world, account_id, &account);
    if (fault != FAULT_NONE)
        return fault;
    assert(account.organization_id[0] != '\0' && !account.management);
    store_change(world->store, SQL_ACCOUNT_LEAVE, "t", account_id);
    return timeline_add(world, &entry, NULL);
}

enum fault organization_delete(struct world *world, const struct organization *organization)
{
    struct entry entry = {.event = "DeleteOrganization",
                          .subject = organization->organization_id,
                          .before = organization->management_id};
    assert(organization->management_id[0] != '\0');
    store_change(world->store, SQL_ACCOUNT_LEAVE, "t", organization->management_id);
    store_change(world->store, SQL_ORGANIZATION_DELETE, "t", organization->organization_id);
    return timeline_add(world, &entry, NULL);
}

enum fault account_create(struct world *world, const char *organization_id, const char *name,
                          const char *email, struct account_request *out_request)
{
    assert(organization_id[0] != '\0');
    bool taken =
        query_any(store_query(world->store, SQL_ACCOUNT_BY_EMAIL, "tt", organization_id, email));
    char suffix[33];
    char request_id[REQUEST_ID_BYTES];
    char account_id[ACCOUNT_BYTES] = "";
    ids_hex(&world->ids, suffix, 32);
    snprintf(request_id, sizeof request_id, "car-%s", suffix);
    if (!taken) {
        snprintf(account_id, sizeof account_id, "%012" PRIu64,
                 UINT64_C(100000000000) + ids_next(&world->ids) % UINT64_C(900000000000));
        organization_join(world, organization_id, account_id, name, email, false, false);
    }
    store_change(world->store, SQL_ACCOUNT_REQUEST_INSERT, "tttttii", request_id, organization_id,
                 name, taken ? NULL : account_id, taken ? "EMAIL_ALREADY_EXISTS" : NULL,
                 world->now_s, world->now_s);
    struct entry entry = {.event = "CreateAccount", .subject = request_id, .after = account_id};
    timeline_tell(world, &entry);
    assert(taken == (account_id[0] == '\0'));
    return account_request_get(world, organization_id, request_id, out_request);
}
