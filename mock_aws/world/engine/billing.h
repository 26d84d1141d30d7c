/* SPDX-License-Identifier: MIT */
/*
 * The ledger. A pair's share of a month is the highest price among the plans in force in that month while Active, each whole,
 * but the plan of a first month counts by days (rules 13, 16, 19, 25; E17, E22-E26). Who pays once is a licence: a person in a
 * place, by default the user under the profile (rules 17, 18; E7, E9); its shares count as one, and the one with the highest
 * plan carries the charge. What is owed beyond what is posted becomes lines; lines are never taken back, and what is owed less
 * than posted is refunded only where a reading says so. Money is integer cents.
 */
#ifndef MOCK_KIRO_WORLD_ENGINE_BILLING_H
#define MOCK_KIRO_WORLD_ENGINE_BILLING_H

#include "world/rows/seats.h"

/*
 * `plan` is in force for the seat from now on; the first plan of a month counts from `since_s`. `rule` and `cause_seq` go into
 * the line and its story.
 */
enum fault billing_in_force(struct world *world, const struct seat *seat, enum plan plan,
                            int64_t since_s, const char *rule, int64_t cause_seq);

/* The seat is Active at the month's first instant, with something that entitles it: the month is owed whole. */
enum fault billing_month_start(struct world *world, const struct seat *seat, int64_t cause_seq);

/* E28: the months since the last one charged, in each of which the seat was Active at the first instant, are owed whole. */
enum fault billing_passed_over(struct world *world, const struct seat *seat, int64_t cause_seq);

/* The seat has just been canceled. */
enum fault billing_canceled(struct world *world, const struct seat *seat, int64_t cause_seq);

/* The highest plan that was in force for the pair in the current month; PLAN_NONE if none was. */
enum plan billing_top_plan(struct world *world, const char *user_id, const char *profile_arn);

/* Has the pair a share of the current month? */
bool billing_had_share(struct world *world, const struct seat *seat);

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

/* Post a line to a month and tell it; of `line` at_s is not read. */
void billing_post(struct world *world, int64_t month_s, const struct bill_line *line,
                  int64_t cause_seq);

/* The lines posted to a month, oldest first. */
enum fault billing_each_posted(struct world *world, int64_t month_s,
                               void (*see)(void *self, const struct bill_line *line), void *self);

#endif
