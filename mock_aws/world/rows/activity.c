/* SPDX-License-Identifier: MIT */
/* A row per day and pair, counted up. */
#include "world/rows/activity.h"

#include "base/times.h"

enum fault activity_add(struct world *world, const struct seat *seat, int64_t credits_hundredths)
{
    enum plan plan = seat->plan_in_force != PLAN_NONE ? seat->plan_in_force : seat->plan;
    return store_change(world->store, SQL_ACTIVITY_ADD, "itttii", day_of(world->now_s),
                        seat->profile_arn, seat->user_id, seat->account_id, (int64_t)plan,
                        credits_hundredths);
}

enum fault activity_each(struct world *world, int64_t from_s, int64_t until_s,
                         void (*see)(void *self, const struct activity *activity), void *self)
{
    struct query *query = store_query(world->store, SQL_ACTIVITY_BETWEEN, "ii", from_s, until_s);
    while (query_next(query)) {
        struct activity activity = {.day_s = query_integer(query, 0),
                                    .profile_arn = query_text(query, 1),
                                    .user_id = query_text(query, 2),
                                    .account_id = query_text(query, 3),
                                    .plan = (enum plan)query_integer(query, 4),
                                    .uses = query_integer(query, 5),
                                    .used_hundredths = query_integer(query, 6)};
        see(self, &activity);
    }
    return query_end(query);
}
