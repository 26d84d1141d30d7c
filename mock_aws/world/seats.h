/* SPDX-License-Identifier: MIT */
/*
 * Seats: one per (user, profile), the latest. Status, plan in force, access and listing follow the claims (seat_follow), the first
 * use (seat_use) and the calendar (seat_due). Rules 12, 20, 21, 25, 27, 31-35, 47, 48; edge cases E1, E16, E17, E19, E22, E34.
 */
#ifndef MOCK_KIRO_WORLD_SEATS_H
#define MOCK_KIRO_WORLD_SEATS_H

#include "base/plans.h"
#include "base/statuses.h"
#include "world/clock.h"
#include "world/world.h"

/* With what somebody works, the command line unless he says otherwise; only a deviation tells them apart. */
enum client { CLIENT_CLI, CLIENT_IDE };

struct seat {
    int64_t row;
    char user_id[USER_ID_BYTES];
    char user_name[USER_NAME_BYTES]; /* as it was when the seat was made */
    char profile_arn[ARN_BYTES];
    char account_id[ACCOUNT_BYTES];
    char profile_region[REGION_BYTES];
    char instance_arn[ARN_BYTES];
    enum seat_status status;
    enum plan plan;          /* bought */
    enum plan plan_in_force; /* PLAN_NONE before the first use */
    int64_t created_s;
    int64_t activated_s;    /* 0: not yet */
    int64_t canceled_s;     /* 0: not */
    char rule[32];          /* what canceled it, or "" */
    int64_t access_until_s; /* 0: nothing decided; HELD: until it is released (propagation.h) */
    int64_t listed_until_s; /* FOREVER while it is not canceled */
};

/* FAULT_NOT_FOUND if the pair never had a seat. */
enum fault seat_get(struct world *world, const char *user_id, const char *profile_arn,
                    struct seat *out_seat);

/* Bring the pair's seat in line with its live claims. Called by settle only. */
enum fault seat_follow(struct world *world, const char *user_id, const char *profile_arn,
                       const struct cause *cause);

/* Do what the calendar brings for the pair. Called by the clock only. */
enum fault seat_due(struct world *world, enum phase phase, const char *user_id,
                    const char *profile_arn, const struct cause *cause);

/*
 * What the runtime says to a use of `credits_hundredths`. `*out_code` is NULL if allowed, else the error's name. Unless `dry_run`, an
 * allowed use is counted and makes a Pending seat Active (rule 21).
 */
enum fault seat_use(struct world *world, const char *user_id, const char *profile_arn,
                    int64_t credits_hundredths, bool dry_run, const char **out_code);
enum fault seat_use_with(struct world *world, enum client client, const char *user_id,
                         const char *profile_arn, int64_t credits_hundredths, bool dry_run,
                         const char **out_code);

/* Active, and by the facts themselves, not only because Kiro has not seen yet that they ended (E28: charged by the trigger). */
enum fault seat_stands(struct world *world, const struct seat *seat, bool *out_stands);

/* Where the seat is shown now (rules 32-34), and as whom (rule 35). */
struct seat_listing {
    bool users_tab;
    bool subscriptions_tab;
    bool by_name;
};
enum fault seat_listing(struct world *world, const struct seat *seat,
                        struct seat_listing *out_listing);

/* Seats of an instance and profile Region that AWS's list still shows, numbered above `after`, at most `limit`. */
enum fault seat_each_listed(struct world *world, const char *instance_arn,
                            const char *profile_region, int64_t after, int64_t limit,
                            void (*see)(void *self, const struct seat *seat), void *self);

/* Every seat there ever was, the latest per pair. */
enum fault seat_each(struct world *world, void (*see)(void *self, const struct seat *seat),
                     void *self);

/* The live claims of a pair: calls `see` with the group's name, or NULL for the direct one. */
enum fault seat_each_source(struct world *world, const char *user_id, const char *profile_arn,
                            void (*see)(void *self, const char *group_name), void *self);

#endif
