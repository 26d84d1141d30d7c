/* SPDX-License-Identifier: MIT */
/*
 * Credits of a seat: an allowance per calendar month, whole from the 1st and lapsed at its end (rules 47, 48), and overage beyond it where the profile
 * has it on (rules 49-51), billed as it is used. All in hundredths of a credit.
 */
#ifndef MOCK_KIRO_WORLD_CREDITS_H
#define MOCK_KIRO_WORLD_CREDITS_H

#include "world/rows/seats.h"

/* With what somebody works, the command line unless he says otherwise; only a deviation tells them apart. */
enum client { CLIENT_CLI, CLIENT_IDE };

/*
 * The quota of the overage of one profile, where nobody has raised it, in cents; it stands beside the credits in captures of
 * real answers.
 */
#define OVERAGE_CAP_DEFAULT_CENTS INT64_C(1000000)

struct credits {
    int64_t allowance;
    int64_t used;
    int64_t over;       /* of the used, what is billed as overage */
    int64_t over_cents; /* what is billed for it so far */
};

/* Of the current month. */
enum fault credits_of(struct world *world, const struct seat *seat, enum client client,
                      struct credits *out_credits);

/* May the seat use so many more: from the allowance, or as overage that is on and under its cap? */
enum fault credits_suffice(struct world *world, const struct seat *seat,
                           const struct credits *credits, int64_t hundredths, bool *out_suffice);

/* Count them, and bill what goes beyond the allowance. */
enum fault credits_spend(struct world *world, const struct seat *seat,
                         const struct credits *credits, int64_t hundredths, int64_t cause_seq);

/*
 * Rule 26: the plan in force has risen, and the whole month's usage is measured by the new allowance, unless the reading says
 * not.
 */
enum fault credits_rerate(struct world *world, const struct seat *seat, int64_t cause_seq);

/* The cap on the overage of each profile of an account in a Region, in cents a month; it can only be raised (FAULT_INVALID). */
enum fault overage_cap(struct world *world, const char *account_id, const char *region,
                       int64_t *out_cents);
enum fault overage_cap_raise(struct world *world, const char *account_id, const char *region,
                             int64_t cents);

#endif
