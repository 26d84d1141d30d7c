/* SPDX-License-Identifier: MIT */
/*
 * Delays: one kind per kind of change (enum lag), each fixed, drawn from a window, or held until it
 * is released. delay_at is the one door to them. What waits in a column of its own row (an instance
 * that is being made, a session's end) and is held by hand carries an instant of its own kind that
 * no clock reaches; what Kiro has not noticed yet waits in the table `unnoticed`
 * (engine/noticing.h).
 */
#ifndef MOCK_KIRO_WORLD_TIME_PROPAGATION_H
#define MOCK_KIRO_WORLD_TIME_PROPAGATION_H

#include "base/lags.h"
#include "world/world.h"

/*
 * The instant of what is held by hand, one per kind of delay; below FOREVER, which stands for
 * never. HELD_SQL is below all.
 */
#define HELD(lag) (FOREVER - 1 - (int64_t)(lag))
bool held(int64_t at_s);

/*
 * When a change of `subject` made now comes to bear: now, later, or HELD(lag). The same seed,
 * subject and instant draw the same delay.
 */
int64_t delay_at(const struct world *world, enum lag lag, const char *subject);

/*
 * Has what began at `since_s` taken its time by now? What is held has, once that kind was released
 * for everybody, in the second of its beginning or later.
 */
bool delay_passed(const struct world *world, enum lag lag, const char *subject, int64_t since_s);

/*
 * Move to now what is held in a column: of this kind of delay, of one user or of everything (NULL).
 */
void delay_release(struct world *world, enum lag lag, const char *user_id);

#endif
