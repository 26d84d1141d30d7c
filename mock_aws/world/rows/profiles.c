/* SPDX-License-Identifier: MIT */
/* Rows of profiles; see profiles.h. */
#include "world/rows/profiles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static void profile_read(struct query *query, struct profile *out)
{
    *out = (struct profile){.row = query_integer(query, 0),
                            .created_s = query_integer(query, 7),
                            .deleted_s = query_integer(query, 8),
                            .instance_deleted_s = query_integer(query, 11),
                            .accounts_until_s = query_integer(query, 12),
                            .overage = query_integer(query, 13) != 0,
                            .ready_s = query_integer(query, 14)};
    text_copy(out->profile_arn, sizeof out->profile_arn, query_text(query, 1));
    text_copy(out->account_id, sizeof out->account_id, query_text(query, 2));
    text_copy(out->region, sizeof out->region, query_text(query, 3));
    text_copy(out->instance_arn, sizeof out->instance_arn, query_text(query, 4));
    text_copy(out->store_id, sizeof out->store_id, query_text(query, 9));
    text_copy(out->instance_region, sizeof out->instance_region, query_text(query, 10));
}

void application_arn(const struct profile *profile, enum profile_application which,
                     char out_arn[APPLICATION_ARN_BYTES])
{
    const char *instance = strrchr(profile->instance_arn, '/');
    uint64_t id = hash_bytes(hash_text(HASH_START, profile->profile_arn), &which, sizeof which);
    snprintf(out_arn, APPLICATION_ARN_BYTES, "arn:aws:sso::%s:application%s/apl-%016llx",
             profile->account_id, instance == NULL ? "/" : instance, (unsigned long long)id);
}

enum fault profile_get(struct world *world, const char *profile_arn, struct profile *out_profile)
{
    struct query *query = store_query(world->store, SQL_PROFILE_GET, "t", profile_arn);
    bool found = query_next(query);
    if (found)
        profile_read(query, out_profile);
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

enum fault profile_each(
    struct world *world, const char *account_id, const char *region, int64_t after, int64_t limit,
    void (*see)(void *self, const struct profile *profile, const char *settings), void *self)
{
    struct query *query =
        store_query(world->store, SQL_PROFILE_LIST, "ttii", account_id, region, after, limit);
    while (query_next(query)) {
        struct profile profile;
        profile_read(query, &profile);
        see(self, &profile, query_text(query, 6));
    }
    return query_end(query);
}

enum fault profile_each_anywhere(struct world *world,
                                 void (*see)(void *self, const char *profile_arn,
                                             const char *account_id, const char *region,
                                             const char *instance_arn),
                                 void *self)
{
    struct query *query = store_query(world->store, SQL_PROFILE_ALL, "");
    while (query_next(query))
        see(self, query_text(query, 0), query_text(query, 1), query_text(query, 2),
            query_text(query, 3));
    return query_end(query);
}

enum fault profile_settings(struct world *world, const char *profile_arn, char **out_settings)
{
    char *settings = NULL;
    struct query *query = store_query(world->store, SQL_PROFILE_SETTINGS, "t", profile_arn);
    if (query_next(query))
        settings = mem_text(query_text(query, 0));
    enum fault fault = query_end(query);
    if (fault == FAULT_NONE && settings == NULL)
        fault = FAULT_NOT_FOUND;
    if (fault == FAULT_NONE)
        *out_settings = settings;
    else
        free(settings);
    return fault;
}

enum fault profile_arns_of_instance(struct world *world, const char *instance_arn,
                                    struct id_list *out_arns)
{
    return id_list_add_query(
        out_arns, store_query(world->store, SQL_PROFILES_OF_INSTANCE, "t", instance_arn));
}
