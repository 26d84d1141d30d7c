/* SPDX-License-Identifier: MIT */
/* Rows of seats; see seats.h. */
#include "world/rows/seats.h"
#include "world/reading/reading.h"

#include <assert.h>

#include "base/plans.h"
#include "base/statuses.h"
#include "base/text.h"

static void seat_read(struct query *query, void *out_seat)
{
    struct seat *out = out_seat;
    *out = (struct seat){.row = query_integer(query, 0),
                         .status = (enum seat_status)query_integer(query, 7),
                         .plan = (enum plan)query_integer(query, 8),
                         .plan_in_force = (enum plan)query_integer(query, 9),
                         .created_s = query_integer(query, 10),
                         .activated_s = query_integer(query, 11),
                         .canceled_s = query_integer(query, 12),
                         .cause = (enum cause_kind)query_integer(query, 13),
                         .access_until_s = query_integer(query, 14),
                         .listed_until_s = query_integer(query, 15),
                         .activated_seq = query_integer(query, 16),
                         .decided_seq = query_integer(query, 17),
                         .decided_cause_seq = query_integer(query, 19)};
    text_copy(out->user_id, sizeof out->user_id, query_text(query, 1));
    text_copy(out->user_name, sizeof out->user_name, query_text(query, 2));
    text_copy(out->profile_arn, sizeof out->profile_arn, query_text(query, 3));
    text_copy(out->account_id, sizeof out->account_id, query_text(query, 4));
    text_copy(out->profile_region, sizeof out->profile_region, query_text(query, 5));
    text_copy(out->instance_arn, sizeof out->instance_arn, query_text(query, 6));
    if (!query_is_null(query, 18))
        text_copy(out->decided_rule, sizeof out->decided_rule, query_text(query, 18));
    assert(out->status == SEAT_PENDING || out->status == SEAT_ACTIVE ||
           out->status == SEAT_CANCELED);
    assert((out->status == SEAT_CANCELED) == (out->canceled_s != 0));
    assert(out->status != SEAT_ACTIVE ||
           (out->activated_s != 0 && out->plan_in_force != PLAN_NONE));
    assert(out->plan > PLAN_NONE && out->plan < PLAN_COUNT && out->plan_in_force < PLAN_COUNT);
    assert(out->cause >= CAUSE_NONE && out->cause < CAUSE_COUNT);
    assert(out->status == SEAT_CANCELED || out->listed_until_s == FOREVER ||
           out->listed_until_s <= out->created_s);
}

enum fault seat_get(struct world *world, const char *user_id, const char *profile_arn,
                    struct seat *out_seat)
{
    return query_one(store_query(world->store, SQL_SEAT_GET, "tt", user_id, profile_arn), seat_read,
                     out_seat);
}

enum fault seat_insert(struct world *world, const struct seat *seat, bool keeps_row)
{
    assert(seat->status == SEAT_PENDING && seat->plan != PLAN_NONE);
    if (keeps_row)
        store_change(world->store, SQL_SEAT_KEEP, "tt", seat->user_id, seat->profile_arn);
    store_change(world->store, SQL_SEAT_REMOVE, "tt", seat->user_id, seat->profile_arn);
    return store_change(world->store, SQL_SEAT_INSERT, "ttttttiii", seat->user_id, seat->user_name,
                        seat->profile_arn, seat->account_id, seat->profile_region,
                        seat->instance_arn, (int64_t)seat->status, (int64_t)seat->plan,
                        seat->created_s);
}

void seat_save(struct world *world, const struct seat *seat)
{
    assert(seat->status != SEAT_ACTIVE || (seat->activated_s != 0 && seat->plan_in_force != 0));
    assert((seat->status == SEAT_CANCELED) == (seat->canceled_s != 0));
    assert(seat->status == SEAT_CANCELED || seat->cause == CAUSE_NONE);
    assert((seat->activated_s != 0) == (seat->plan_in_force != PLAN_NONE));
    assert(seat->row > 0);
    store_change(world->store, SQL_SEAT_SET, "iiiiiiiiiiiti", seat->row, (int64_t)seat->status,
                 (int64_t)seat->plan, (int64_t)seat->plan_in_force, seat->activated_s,
                 seat->canceled_s, (int64_t)seat->cause, seat->access_until_s, seat->listed_until_s,
                 seat->activated_seq, seat->decided_seq,
                 seat->decided_rule[0] == '\0' ? NULL : seat->decided_rule,
                 seat->decided_cause_seq);
}

static enum fault each_row(struct query *query, void (*see)(void *self, const struct seat *seat),
                           void *self)
{
    while (query_next(query)) {
        struct seat seat;
        seat_read(query, &seat);
        see(self, &seat);
    }
    return query_end(query);
}

enum fault seat_each_listed(struct world *world, const char *instance_arn,
                            const char *profile_region, int64_t after, int64_t limit,
                            void (*see)(void *self, const struct seat *seat), void *self)
{
    return each_row(store_query(world->store, SQL_SEAT_OF_INSTANCE, "ttiii", instance_arn,
                                profile_region, world->now_s, after, limit),
                    see, self);
}

enum fault seat_each(struct world *world, void (*see)(void *self, const struct seat *seat),
                     void *self)
{
    return each_row(store_query(world->store, SQL_SEAT_ALL, ""), see, self);
}

enum fault seat_next(struct world *world, enum statement order, int64_t at_s, struct seat *seat)
{
    int64_t seq = order == SQL_SEAT_ACTIVE ? seat->activated_seq : seat->decided_seq;
    return query_one(store_query(world->store, order, "iii", at_s, seq, seat->row), seat_read,
                     seat);
}
