/* SPDX-License-Identifier: MIT */
/* Rows of assignments, and of the claims by them; see assignments.h. */
#include "world/rows/assignments.h"

#include "base/parameters.h"
#include "base/plans.h"
#include "base/text.h"
#include "world/reading/reading.h"

static void assignment_read(struct query *query, struct assignment *out)
{
    *out = (struct assignment){.row = query_integer(query, 0),
                               .is_group = query_integer(query, 3) != 0,
                               .plan = (enum plan)query_integer(query, 4)};
    text_copy(out->profile_arn, sizeof out->profile_arn, query_text(query, 1));
    text_copy(out->principal_id, sizeof out->principal_id, query_text(query, 2));
}

enum fault assignment_get(struct world *world, int64_t row, struct assignment *out_assignment)
{
    struct query *query = store_query(world->store, SQL_ASSIGNMENT_BY_ROW, "i", row);
    bool found = query_next(query);
    if (found)
        assignment_read(query, out_assignment);
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

enum fault assignment_each_of_profile(struct world *world, const char *profile_arn, int64_t after,
                                      int64_t limit,
                                      void (*see)(void *self, const struct assignment *assignment),
                                      void *self)
{
    struct query *query =
        store_query(world->store, SQL_ASSIGNMENT_OF_PROFILE, "tii", profile_arn, after, limit);
    while (query_next(query)) {
        struct assignment assignment;
        assignment_read(query, &assignment);
        see(self, &assignment);
    }
    return query_end(query);
}

enum fault assignment_each(struct world *world,
                           void (*see)(void *self, const struct principal *principal,
                                       const char *profile_arn, enum plan plan, int64_t created_s),
                           void *self)
{
    struct query *query = store_query(world->store, SQL_ASSIGNMENT_ALL, "");
    while (query_next(query)) {
        struct principal principal = {.id = query_text(query, 0),
                                      .is_group = query_integer(query, 1) != 0};
        see(self, &principal, query_text(query, 2), (enum plan)query_integer(query, 3),
            query_integer(query, 4));
    }
    return query_end(query);
}

enum fault claim_each_source(struct world *world, const char *user_id, const char *profile_arn,
                             void (*see)(void *self, const char *group_name), void *self)
{
    struct query *query = store_query(world->store, SQL_CLAIM_OF_PAIR, "tt", user_id, profile_arn);
    bool as_direct = world->reading->values[PLAN_SOURCE] == SOURCE_INDIVIDUAL;
    while (query_next(query))
        see(self, as_direct || query_is_null(query, 1) ? NULL : query_text(query, 2));
    return query_end(query);
}

static int64_t closures_resume(const struct world *world)
{
    return world->reading->values[ACCOUNT_REOPEN] == REOPEN_RESUME;
}

void assignments_end_of_principal(struct world *world, const char *principal_id, int64_t seq)
{
    store_change(world->store, SQL_ASSIGNMENT_END_PRINCIPAL, "tiii", principal_id, world->now_s,
                 seq, closures_resume(world));
}

void assignments_end_of_profile(struct world *world, const char *profile_arn, int64_t seq)
{
    store_change(world->store, SQL_ASSIGNMENT_END_PROFILE, "tii", profile_arn, world->now_s, seq);
}
