/* SPDX-License-Identifier: MIT */
/* The events that CloudTrail would show: LIMIT_EVENTS of them, the latest. The world looks into none; texts are the wire's. */
#ifndef MOCK_KIRO_WORLD_TRAIL_H
#define MOCK_KIRO_WORLD_TRAIL_H

#include "world/world.h"

struct event {
    int64_t row;
    int64_t at_s;
    const char *account_id;
    const char *region;
    const char *event_id;
    const char *name;   /* "CreateUser" */
    const char *source; /* "identitystore.amazonaws.com" */
    bool read_only;
    const char *username;   /* or NULL */
    const char *access_key; /* or NULL */
    const char *resources;  /* JSON: [{"ResourceType", "ResourceName"}] */
    const char *record;     /* JSON */
};

/* Keep one, at the world's now (`row` and `at_s` are not read). */
enum fault trail_add(struct world *world, const struct event *event);

/* Those of an account and Region from `from_s` to `until_s`, both included, newest first, numbered below `before`. `see` returns false to stop. */
enum fault trail_each(struct world *world, const char *account_id, const char *region,
                      int64_t before, int64_t from_s, int64_t until_s,
                      bool (*see)(void *self, const struct event *event), void *self);

/* Whose and where what happens to a SCIM tenant's, or a user's, directory is told. FAULT_NOT_FOUND without words. */
enum fault trail_place_of_tenant(struct world *world, const char *tenant,
                                 char out_account[ACCOUNT_BYTES], char out_region[REGION_BYTES]);
enum fault trail_place_of_user(struct world *world, const char *user_id,
                               char out_account[ACCOUNT_BYTES], char out_region[REGION_BYTES]);

#endif
