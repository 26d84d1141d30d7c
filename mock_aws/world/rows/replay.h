/* SPDX-License-Identifier: MIT */
/* The first answers of calls that carried an idempotency token, per account, Region and operation. */
#ifndef MOCK_KIRO_WORLD_REPLAY_H
#define MOCK_KIRO_WORLD_REPLAY_H

#include "world/world.h"

struct replay_key {
    const char *account_id;
    const char *region;
    const char *operation;
    const char *token;
    uint64_t input_hash;
};

/* `*out_answer` is the first answer (free it), or NULL if the token is new. FAULT_INVALID: it was used with another input. */
enum fault replay_get(struct world *world, const struct replay_key *key, char **out_answer);
enum fault replay_put(struct world *world, const struct replay_key *key, const char *answer);

#endif
