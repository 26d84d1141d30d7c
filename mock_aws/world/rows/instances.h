/* SPDX-License-Identifier: MIT */
/* Identity Center instances with their directories, as they are (identity-wire 4, 6.2). */
#ifndef MOCK_KIRO_WORLD_ROWS_INSTANCES_H
#define MOCK_KIRO_WORLD_ROWS_INSTANCES_H

#include "world/world.h"

struct instance {
    int64_t row;
    char instance_arn[ARN_BYTES];
    char store_id[STORE_ID_BYTES];
    char account_id[ACCOUNT_BYTES];
    char region[REGION_BYTES];
    char kind[16]; /* "organization" or "account" */
    char name[INSTANCE_NAME_BYTES];
    int64_t created_s;
    int64_t ready_s;   /* CREATE_IN_PROGRESS until then */
    int64_t deleted_s; /* 0: it lives */
    int64_t gone_s;    /* DELETE_IN_PROGRESS until then */
};

/* Deleted ones are found too (deleted_s). FAULT_NOT_FOUND if there never was one. */
enum fault instance_get(struct world *world, const char *instance_arn,
                        struct instance *out_instance);

enum fault instance_of_store(struct world *world, const char *store_id,
                             struct instance *out_instance);

/* Living instances numbered above `after`, in order of creation. */
enum fault instance_each(struct world *world, int64_t after,
                         void (*see)(void *self, const struct instance *instance), void *self);

#endif
