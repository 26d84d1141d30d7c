/* SPDX-License-Identifier: MIT */
/* May he use it now, and until when: access, apart from status and charge (rules 12, 33, 42, 43; E33, E34). */
#ifndef MOCK_KIRO_WORLD_ENGINE_SEAT_ACCESS_H
#define MOCK_KIRO_WORLD_ENGINE_SEAT_ACCESS_H

#include "world/rows/seats.h"

/* Signed in, and entitled or still within what the edition leaves a canceled seat. */
bool seat_admits(struct world *world, const struct seat *seat);

/*
 * What a cancellation now leaves of an Active seat's access: until when, 0 for nothing, HELD for a session that goes on until
 * it is released. `seat` as it was before.
 */
int64_t access_after_cancel_s(struct world *world, const struct seat *seat);

#endif
