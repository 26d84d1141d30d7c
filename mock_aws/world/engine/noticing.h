/* SPDX-License-Identifier: MIT */
/* How Kiro comes to know of changes: at once, or when what it believes otherwise may be noticed. */
#ifndef MOCK_KIRO_WORLD_ENGINE_NOTICING_H
#define MOCK_KIRO_WORLD_ENGINE_NOTICING_H

#include "base/lags.h"
#include "world/engine/beliefs.h"

/*
 * The facts have changed: settle whom it concerns for whoever notices now; for the others it is
 * remembered.
 */
enum fault change_settle(struct world *world, const struct change *change,
                         const struct id_list *observers);

/*
 * Notice all that may be noticed by now, each for its own cause, by the instant of its trigger and
 * then in the order in which it was remembered. Adds the number of users settled to *count (NULL:
 * not asked).
 */
enum fault notice_ready(struct world *world, int64_t *count);

/* When, in (after_s, to_s], something may be noticed next; FOREVER: nothing does. */
int64_t notice_next_s(struct world *world, int64_t after_s, int64_t to_s);

/*
 * Release by hand what is remembered of a kind of delay, of one user or of all (NULL): it may be
 * noticed from now on.
 */
void notice_release(struct world *world, enum lag lag, const char *user_id);

#endif
