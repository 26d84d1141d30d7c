/* SPDX-License-Identifier: MIT */
/* Idempotency tokens; see replay.h. */
#include "world/rows/replay.h"

#include <stdlib.h>

#include "base/mem.h"

enum fault replay_get(struct world *world, const struct replay_key *key, char **out_answer)
{
    char *answer = NULL;
    bool same = true;
    struct query *query = store_query(world->store, SQL_REPLAY_GET, "tttt", key->account_id,
                                      key->region, key->operation, key->token);
    if (query_next(query)) {
        same = query_integer(query, 0) == (int64_t)key->input_hash;
        answer = mem_text(query_text(query, 1));
    }
    enum fault fault = query_end(query);
    if (fault == FAULT_NONE && !same)
        fault = world_refuse(
            world, FAULT_INVALID,
            "IdempotentParameterMismatch: token '%s' was used with other parameters", key->token);
    if (fault == FAULT_NONE)
        *out_answer = answer;
    else
        free(answer);
    return fault;
}

enum fault replay_put(struct world *world, const struct replay_key *key, const char *answer)
{
    return store_change(world->store, SQL_REPLAY_PUT, "ttttit", key->account_id, key->region,
                        key->operation, key->token, (int64_t)key->input_hash, answer);
}
