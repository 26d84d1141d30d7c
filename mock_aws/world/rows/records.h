/* SPDX-License-Identifier: MIT */
/*
 * Things of AWS's services on which no seat depends (permission sets, policies, tags …): the wire's own JSON, kept and
 * read back. The world looks into none of it. A record has a kind ("permission-set"), a scope (the ARN or id of what it belongs to) and a
 * key that is unique among its kind in that scope; rows count in order of creation, and a change keeps the row.
 */
#ifndef MOCK_KIRO_WORLD_RECORDS_H
#define MOCK_KIRO_WORLD_RECORDS_H

#include "world/world.h"

struct record {
    int64_t row;
    const char *kind;
    const char *scope;
    const char *key;
    const char *value; /* JSON text */
    int64_t created_s;
};

/* Keep `value` under this key, in the place of what is there. */
enum fault record_put(struct world *world, const char *kind, const char *scope, const char *key,
                      const char *value);

/* The value, which the caller frees. FAULT_NOT_FOUND without a message, for the caller knows what it is called. */
enum fault record_get(struct world *world, const char *kind, const char *scope, const char *key,
                      char **out_value);

/* FAULT_NOT_FOUND as above. */
enum fault record_delete(struct world *world, const char *kind, const char *scope, const char *key);

/* All records of every kind in a scope; none is fine. What belongs to those records themselves has their keys as scopes, and goes by a
 * call of its own. */
enum fault record_delete_scope(struct world *world, const char *scope);

/* Those of a kind in a scope, with rows above `after`, in order; `see` returns false to stop. Texts live as long as the call of `see`, which
 * may use any verb but this one (no list within a list). */
enum fault record_each(struct world *world, const char *kind, const char *scope, int64_t after,
                       bool (*see)(void *self, const struct record *record), void *self);

/* The same by the other side: those of a kind under one key, whatever their scopes. What joins two things has the one as its scope and
 * the other as its key, and is found from both. May be called within record_each. */
enum fault record_each_of_key(struct world *world, const char *kind, const char *key, int64_t after,
                              bool (*see)(void *self, const struct record *record), void *self);
enum fault record_delete_of_key(struct world *world, const char *kind, const char *key);

#endif
