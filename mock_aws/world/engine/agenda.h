/* SPDX-License-Identifier: MIT */
/*
 * What is due, and in which order (law 5): at one instant first what Kiro may notice, then waiting
 * plans, ends of access, charges, and rows that leave the lists. Nothing is remembered for a turn
 * of the month: each works off the seats that there are. The forecast is the turn itself, undone
 * again.
 */
#ifndef MOCK_KIRO_WORLD_ENGINE_AGENDA_H
#define MOCK_KIRO_WORLD_ENGINE_AGENDA_H

#include "base/lags.h"
#include "world/engine/billing.h"

/*
 * Do everything due up to and including `to_s`, in order, then stand there. FAULT_CONFLICT, in
 * words, if `to_s` is earlier than now. `*out_settled` (NULL: not asked): how many users and seats
 * were looked at.
 */
enum fault agenda_advance(struct world *world, int64_t to_s, int64_t *out_settled);

/* A running clock: take time forward to the wall's. Nothing to do when frozen. */
enum fault agenda_follow(struct world *world);

/*
 * Notice what can be noticed now and could not before: Kiro's role is there again (E35), or another
 * reading is in force.
 */
enum fault agenda_look_again(struct world *world);

/*
 * Let go what is held by hand: of one kind of delay or of all (LAG_COUNT), of one user or of
 * everybody and everything (NULL). What ended with a group, a profile, an instance or an account is
 * held as one and not released for a single user. `*out_released` is the number of users and seats
 * looked at, and of instances, profiles, accounts and requests that are held no more.
 */
enum fault agenda_release(struct world *world, enum lag lag, const char *user_id,
                          int64_t *out_released);

/* Everything held, in order of kind and decision. */
struct held_change {
    enum lag lag;
    const char *subject;     /* whom or what: an id or ARN */
    const char *user_id;     /* NULL where it is not about one user */
    const char *profile_arn; /* NULL where it is not about one profile */
    const char *rule;        /* NULL: it is only under way */
    int64_t cause_seq;       /* 0 likewise */
};
enum fault agenda_each_held(struct world *world,
                            void (*see)(void *self, const struct held_change *change), void *self);

/*
 * The lines of a month, oldest first; of a month that has not begun the forecast (`*out_forecast`):
 * what will be posted to it if time passes and nobody does anything. A forecast costs what the
 * turns up to that month cost.
 */
enum fault agenda_each_line(struct world *world, int64_t month_s, bool *out_forecast,
                            void (*see)(void *self, const struct bill_line *line), void *self);

#endif
