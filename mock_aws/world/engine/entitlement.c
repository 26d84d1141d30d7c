/* SPDX-License-Identifier: MIT */
/* Reads what entitles, and what is claimed; see entitlement.h. */
#include "world/engine/entitlement.h"
#include "world/reading/reading.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/parameters.h"
#include "base/plans.h"
#include "base/text.h"

static struct holding *holdings_add(struct holdings *holdings)
{
    holdings->items =
        mem_grow(holdings->items, holdings->count, &holdings->capacity, sizeof *holdings->items);
    struct holding *added = &holdings->items[holdings->count++];
    *added = (struct holding){0};
    return added;
}

struct holding *holdings_find(const struct holdings *holdings, int64_t assignment_row)
{
    for (size_t i = 0; i < holdings->count; i++)
        if (holdings->items[i].assignment_row == assignment_row)
            return &holdings->items[i];
    return NULL;
}

void holdings_clear(struct holdings *holdings)
{
    free(holdings->items);
    *holdings = (struct holdings){0};
}

/* An ended membership that is believed and a new one that stands are one entitlement. */
void entitlements_read(struct world *world, const char *user_id, struct holdings *out)
{
    struct query *query = store_query(world->store, SQL_ENTITLED, "t", user_id);
    while (query_next(query)) {
        if (holdings_find(out, query_integer(query, 1)) != NULL)
            continue;
        struct holding *added = holdings_add(out);
        text_copy(added->profile_arn, sizeof added->profile_arn, query_text(query, 0));
        added->assignment_row = query_integer(query, 1);
        added->plan = (enum plan)query_integer(query, 2);
        if (!query_is_null(query, 3))
            text_copy(added->group_id, sizeof added->group_id, query_text(query, 3));
        text_copy(added->account_id, sizeof added->account_id, query_text(query, 4));
        assert(added->plan > PLAN_NONE && added->plan < PLAN_COUNT);
        assert(added->assignment_row > 0 && added->account_id[0] != '\0');
    }
    query_end(query);
}

void claims_read(struct world *world, const char *user_id, struct holdings *out)
{
    struct query *query = store_query(world->store, SQL_CLAIM_LIVE, "t", user_id);
    while (query_next(query)) {
        assert(holdings_find(out, query_integer(query, 2)) == NULL); /* one live claim by each */
        struct holding *added = holdings_add(out);
        added->row = query_integer(query, 0);
        text_copy(added->profile_arn, sizeof added->profile_arn, query_text(query, 1));
        added->assignment_row = query_integer(query, 2);
        added->plan = (enum plan)query_integer(query, 3);
        assert(added->row > 0 && added->plan > PLAN_NONE && added->plan < PLAN_COUNT);
        if (!query_is_null(query, 4))
            text_copy(added->group_id, sizeof added->group_id, query_text(query, 4));
    }
    query_end(query);
}

bool entitled_on_the_first(struct world *world, const char *user_id, const char *profile_arn)
{
    if (world->reading->values[CHARGE_AT] == CHARGE_AT_PROCESSING)
        return true;
    return query_any(store_query(world->store, SQL_PAIR_OWED, "tt", user_id, profile_arn));
}

bool entitled_in_truth(struct world *world, const char *user_id, const char *profile_arn)
{
    return query_any(
        store_query(world->store, SQL_PAIR_OWED_AND_BELIEVED, "tt", user_id, profile_arn));
}
