/* SPDX-License-Identifier: MIT */
/*
 * The ledger. A pair's share of a month is the highest price among the plans in force in that month while Active, each whole, but the plan of a first
 * month counts by days (rules 13, 16, 19, 25; E17, E22-E26). Who pays once is a licence: a person in a place, by default the user under the profile
 * (rules 17, 18; E7, E9); its shares count as one, and the one with the highest plan carries the charge. What is owed beyond what is posted becomes lines; lines are never taken back, and
 * what is owed less than posted is refunded only where a reading says so. Money is integer cents.
 */
#ifndef MOCK_KIRO_WORLD_BILLING_H
#define MOCK_KIRO_WORLD_BILLING_H

#include "base/plans.h"
#include "world/seats.h"

/* `plan` is in force for an Active seat from now on. cause->rule goes into the line. */
enum fault billing_in_force(struct world *world, const struct seat *seat, enum plan plan,
                            const struct cause *cause);

/* The seat is Active at the month's first instant: the month is owed whole. */
enum fault billing_month_start(struct world *world, const struct seat *seat,
                               const struct cause *cause);

/* The seat has just been canceled. */
enum fault billing_canceled(struct world *world, const struct seat *seat,
                            const struct cause *cause);

/* The highest plan that was in force for the pair in the current month; PLAN_NONE if none was. */
enum fault billing_top_plan(struct world *world, const char *user_id, const char *profile_arn,
                            enum plan *out_plan);

/* Has the pair had a share of the current month already? */
enum fault billing_had_share(struct world *world, const struct seat *seat, bool *out_had);

struct bill_line {
    const char *account_id;
    const char *profile_arn;
    const char *user_id;
    enum plan plan;
    const char *kind; /* "charge", "refund", "overage" */
    int64_t amount_cents;
    const char *rule;
    int64_t at_s;
};

/* Post a line to the current month and tell it; of `line` at_s is not read, and the rule is the cause's. */
enum fault billing_post(struct world *world, const struct bill_line *line,
                        const struct cause *cause);

/* The lines of a month, oldest first; of a month that has not begun the forecast as things stand (`*out_forecast`). */
enum fault billing_each_line(struct world *world, int64_t month_s, bool *out_forecast,
                             void (*see)(void *self, const struct bill_line *line), void *self);

#endif
