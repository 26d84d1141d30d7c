/* SPDX-License-Identifier: MIT */
/* The plan in force of a seat (law 2; rules 25, 27; E1, E17). */
#ifndef MOCK_KIRO_WORLD_ENGINE_SEAT_PLAN_H
#define MOCK_KIRO_WORLD_ENGINE_SEAT_PLAN_H

#include "world/rows/seats.h"

/*
 * What is in force while the seat is Active, or from a first use now on: the higher of what is bought and what the pair had
 * while Active this month. A lower plan waits for the 1st, unless it `drops`.
 */
enum plan seat_plan_in_force(struct world *world, const struct seat *seat, bool drops);

#endif
