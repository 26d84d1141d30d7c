/* SPDX-License-Identifier: MIT */
/*
 * Seats as they are kept: one per (user, profile), the latest. The four axes stand apart in it:
 * status, plan, access, listing (charges are the ledger's). Reads and writes rows, decides nothing.
 */
#ifndef MOCK_KIRO_WORLD_ROWS_SEATS_H
#define MOCK_KIRO_WORLD_ROWS_SEATS_H

#include "base/plans.h"
#include "base/statuses.h"
#include "world/reading/causes.h"
#include "world/world.h"

struct seat {
    int64_t row;
    char user_id[USER_ID_BYTES];
    char user_name[USER_NAME_BYTES]; /* as it is, or was when the user went */
    char profile_arn[ARN_BYTES];
    char account_id[ACCOUNT_BYTES];
    char profile_region[REGION_BYTES];
    char instance_arn[ARN_BYTES];
    enum seat_status status;
    enum plan plan;          /* bought */
    enum plan plan_in_force; /* PLAN_NONE before the first use */
    int64_t created_s;
    int64_t activated_s;   /* 0: not yet */
    int64_t canceled_s;    /* 0: not */
    enum cause_kind cause; /* what canceled it; CAUSE_NONE while nothing has */
    int64_t
        access_until_s; /* 0: nothing decided; HELD: until it is released (time/propagation.h) */
    int64_t listed_until_s;    /* FOREVER while it is not canceled */
    int64_t activated_seq;     /* timeline entry of the activation: the order of the month's turn */
    int64_t decided_seq;       /* … of the decision on a waiting plan or a cancellation … */
    char decided_rule[40];     /* … its rule, or "" … */
    int64_t decided_cause_seq; /* … and the entry that it goes back to */
};

/* FAULT_NOT_FOUND if the pair never had a seat. */
enum fault seat_get(struct world *world, const char *user_id, const char *profile_arn,
                    struct seat *out_seat);

/*
 * Make a Pending seat in the place of the pair's former one, whose row the list keeps beside it if
 * `keeps_row`.
 */
enum fault seat_insert(struct world *world, const struct seat *seat, bool keeps_row);

/* Write what a seat's life changes; names and places stay. */
void seat_save(struct world *world, const struct seat *seat);

/*
 * Seats of an instance and profile Region whose row the list still keeps, numbered above `after`,
 * at most `limit`.
 */
enum fault seat_each_listed(struct world *world, const char *instance_arn,
                            const char *profile_region, int64_t after, int64_t limit,
                            void (*see)(void *self, const struct seat *seat), void *self);

/* Every seat there ever was, the latest per pair. */
enum fault seat_each(struct world *world, void (*see)(void *self, const struct seat *seat),
                     void *self);

/*
 * The seat after `seat` in the order of one of the statements SEAT_ACTIVE, SEAT_WAITING,
 * SEAT_CANCELED_SINCE, SEAT_ACCESS_ENDS, SEAT_ROW_LEAVES at `at_s`; from a seat of zeros on.
 * FAULT_NOT_FOUND behind the last. The seats may be changed on the way.
 */
enum fault seat_next(struct world *world, enum statement order, int64_t at_s, struct seat *seat);

#endif
