/* SPDX-License-Identifier: MIT */
/* Subscribing, changing the plan, unsubscribing (kiro-wire 5; rules 7, 8, 16, 25, 27, 29; E3, E4, E17, E20, E21). */
#ifndef MOCK_KIRO_WORLD_CHANGES_ASSIGNMENT_CHANGES_H
#define MOCK_KIRO_WORLD_CHANGES_ASSIGNMENT_CHANGES_H

#include "world/rows/assignments.h"

/* FAULT_NOT_FOUND: no such principal in the directory of the profile's instance, or the profile is deleted or a shell. FAULT_CONFLICT:
 * this principal has a standing assignment on this profile (a seat through a group does not count). */
enum fault assignment_create(struct world *world, const struct profile *profile,
                             const struct principal *principal, enum plan plan);

/* Changes the plan. Without an assignment: creates one (no seat), does nothing (canceled seat, E21), or FAULT_CONFLICT (a seat through a
 * group only). FAULT_DENIED for a Pending seat where the reading has it so. */
enum fault assignment_update(struct world *world, const struct profile *profile,
                             const struct principal *principal, enum plan plan);

/* FAULT_NOT_FOUND if none stands (E20). */
enum fault assignment_delete(struct world *world, const struct profile *profile,
                             const struct principal *principal);

#endif
