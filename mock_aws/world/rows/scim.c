/* SPDX-License-Identifier: MIT */
/* SCIM tenants and tokens; see scim.h. */
#include "world/rows/scim.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "world/changes/account_changes.h"
#include "world/changes/account_closures.h"
#include "world/rows/records.h"
#include "world/rows/timeline.h"

static const int64_t YEAR_S = INT64_C(365) * 86400;
enum { TOKENS_MAX = 2 };

static enum fault tenant_of(struct world *world, const struct instance *instance,
                            char out_tenant[TENANT_BYTES])
{
    struct query *query =
        store_query(world->store, SQL_TENANT_OF_INSTANCE, "t", instance->instance_arn);
    bool found = query_next(query);
    if (found)
        text_copy(out_tenant, TENANT_BYTES, query_text(query, 0));
    enum fault fault = query_end(query);
    if (fault != FAULT_NONE || found)
        return fault;
    char uuid[UUID_TEXT_BYTES];
    char hex[4];
    ids_hex(&world->ids, hex, 3);
    ids_uuid(&world->ids, uuid);
    snprintf(out_tenant, TENANT_BYTES, "%s%s", hex, uuid);
    return store_change(world->store, SQL_TENANT_INSERT, "tt", out_tenant, instance->instance_arn);
}

enum fault scim_token_create(struct world *world, const struct instance *instance,
                             char out_tenant[TENANT_BYTES], char out_token[SCIM_TOKEN_BYTES])
{
    int64_t living = 0;
    char hex[65];
    enum fault fault = tenant_of(world, instance, out_tenant);
    if (fault != FAULT_NONE)
        return fault;
    struct query *query =
        store_query(world->store, SQL_SCIM_TOKENS, "ti", out_tenant, world->now_s);
    if (query_next(query))
        living = query_integer(query, 0);
    query_end(query);
    if (living >= TOKENS_MAX)
        return world_refuse(world, FAULT_QUOTA, "A tenant has at most %d access tokens at a time.",
                            TOKENS_MAX);
    ids_hex(&world->ids, hex, 64);
    text_copy(out_token, SCIM_TOKEN_BYTES, hex);
    store_change(world->store, SQL_SCIM_TOKEN_INSERT, "tti", hex, out_tenant,
                 world->now_s + YEAR_S);
    struct entry entry = {
        .event = "CreateScimToken", .subject = instance->instance_arn, .after = out_tenant};
    return timeline_add(world, &entry, NULL);
}

enum fault scim_token_each(struct world *world, const struct instance *instance,
                           scim_token_see *see, void *self)
{
    struct query *query =
        store_query(world->store, SQL_SCIM_TOKEN_LIST, "t", instance->instance_arn);
    while (query_next(query)) {
        struct scim_token token = {.tenant = query_text(query, 0),
                                   .token = query_text(query, 1),
                                   .created_s = query_integer(query, 2) - YEAR_S,
                                   .expires_s = query_integer(query, 2)};
        see(self, &token);
    }
    return query_end(query);
}

enum fault scim_token_delete(struct world *world, const char *token)
{
    char tenant[TENANT_BYTES] = "";
    struct query *query = store_query(world->store, SQL_SCIM_TOKEN_DELETE, "t", token);
    if (query_next(query))
        text_copy(tenant, sizeof tenant, query_text(query, 0));
    enum fault fault = query_end(query);
    if (fault != FAULT_NONE)
        return fault;
    if (tenant[0] == '\0')
        return world_refuse(world, FAULT_NOT_FOUND, "No tenant has this access token.");
    struct entry entry = {.event = "DeleteScimToken", .subject = tenant};
    return timeline_add(world, &entry, NULL);
}

enum fault scim_admit(struct world *world, const char *tenant, const char *region,
                      const char *token, struct instance *out_instance)
{
    char arn[ARN_BYTES] = "";
    struct query *query = store_query(world->store, SQL_TENANT_GET, "t", tenant);
    if (query_next(query))
        text_copy(arn, sizeof arn, query_text(query, 0));
    enum fault fault = query_end(query);
    if (fault == FAULT_NONE && arn[0] != '\0')
        fault = instance_get(world, arn, out_instance);
    struct account owner = {.state = ACCOUNT_ACTIVE};
    if (fault == FAULT_NONE && arn[0] != '\0')
        fault = account_get(world, out_instance->account_id, &owner);
    if (fault != FAULT_NONE)
        return fault;
    if (arn[0] == '\0' || out_instance->deleted_s != 0 || owner.state == ACCOUNT_GONE ||
        (region[0] != '\0' && strcmp(region, out_instance->region) != 0))
        return world_refuse(world, FAULT_NOT_FOUND, "TENANT does not exist.");
    if (!query_any(store_query(world->store, SQL_SCIM_TOKEN_GET, "tti", token == NULL ? "" : token,
                               tenant, world->now_s)))
        return world_refuse(world, FAULT_UNAUTHORIZED,
                            "The bearer token is missing, wrong, expired, or of another tenant.");
    if (owner.state == ACCOUNT_CLOSED) /* identity-wire 7.3 */
        return world_refuse(world, FAULT_DENIED, "The account %s is closed.", owner.account_id);
    if (world->now_s < out_instance->ready_s)
        return world_refuse(world, FAULT_CONFLICT, "The instance %s is still being created.", arn);
    return FAULT_NONE;
}

enum fault scim_count(struct world *world, const char *tenant, const char *operation, int64_t most)
{
    static const char KIND[] = "scim-rate";
    int64_t second_s = 0;
    int64_t count = 0;
    char value[48];
    char *kept = NULL;
    enum fault fault = record_get(world, KIND, tenant, operation, &kept);
    if (fault == FAULT_NONE)
        sscanf(kept, "[%" SCNd64 ",%" SCNd64 "]", &second_s, &count);
    free(kept);
    if (fault != FAULT_NONE && fault != FAULT_NOT_FOUND)
        return fault;
    count = second_s == world->now_s ? count + 1 : 1;
    if (count > most)
        return world_refuse(world, FAULT_THROTTLED, "Rate exceeded: %d calls of %s in a second.",
                            (int)most, operation);
    snprintf(value, sizeof value, "[%" PRId64 ",%" PRId64 "]", world->now_s, count);
    return record_put(world, KIND, tenant, operation, value);
}
