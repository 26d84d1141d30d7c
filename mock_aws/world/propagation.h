/* SPDX-License-Identifier: MIT */
/*
 * When Kiro sees a change, and how long a session goes on: one kind of delay per kind of change (enum lag), each fixed, drawn from a window, or held
 * until it is released. What is held carries an instant of its own kind that no clock reaches, and is moved to now by propagation_release.
 */
#ifndef MOCK_KIRO_WORLD_PROPAGATION_H
#define MOCK_KIRO_WORLD_PROPAGATION_H

#include "base/lags.h"
#include "world/world.h"

/* The instant of what is held by hand, one per kind of delay; below FOREVER, which stands for never. HELD_SQL is below all of them. */
#define HELD(lag) (FOREVER - 1 - (int64_t)(lag))
bool held(int64_t at_s);

/* When a change of `subject` made now comes to bear: now, later, or HELD(lag). The same seed, subject and instant draw the same delay. */
int64_t propagation_at(const struct world *world, enum lag lag, const char *subject);

/* As propagation_at; FOREVER where the reading in force knows no such automatic trigger as `rule`. */
int64_t trigger_at(const struct world *world, enum lag lag, const char *rule, const char *subject);

/*
 * Let go what is held: of one kind of delay or of all (LAG_COUNT), of one user or of everybody and everything (NULL). `*out_released` is the number
 * of users and seats looked at.
 */
enum fault propagation_release(struct world *world, enum lag lag, const char *user_id,
                               int64_t *out_released);

/* Everything held that a user or a seat waits for, in order of kind and decision. */
struct held_change {
    enum lag lag;
    const char *user_id;
    const char *profile_arn; /* "" where it is not about one seat */
    const char *rule;
    int64_t cause_seq;
};
enum fault propagation_each_held(struct world *world,
                                 void (*see)(void *self, const struct held_change *change),
                                 void *self);

#endif
