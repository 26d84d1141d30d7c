/* SPDX-License-Identifier: MIT */
/*
 * Delays: one kind per kind of change (enum lag), each fixed, drawn from a window, or held until it
 * is released. delay_at is the one door to them; its instant is stored, in a column of the row of
 * what begins (an instance that is being made, a session's end) or, for what the world keeps as the
 * wire's JSON, in the table `waiting`. What is held by hand carries an instant of its own kind
 * there that no clock reaches. What Kiro has not noticed yet waits in the table `unnoticed`
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
 * For what has no column: `subject`, which names it among all of its kind of delay, begins now and
 * waits in the place of what it waited for before. delay_forget: it is no more, nor is what waits
 * for it; `scope` is what it goes with, NULL as subject all of that.
 */
enum fault delay_begin(struct world *world, enum lag lag, const char *scope, const char *subject);
bool delay_is_over(const struct world *world, enum lag lag, const char *subject);
enum fault delay_forget(struct world *world, const char *scope, const char *subject);

/*
 * Move to now what is held: of this kind of delay, of one user or of everything (NULL). Returns how
 * many were moved, but for sessions and seats: the engine counts those when it looks at them.
 */
int64_t delay_release(struct world *world, enum lag lag, const char *user_id);

#endif
