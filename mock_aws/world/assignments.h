/* SPDX-License-Identifier: MIT */
/* Who was subscribed, to which plan: the write side of seats (kiro-wire 5; rules 7, 8, 16, 25, 27, 29; E3, E4, E17, E20, E21). */
#ifndef MOCK_KIRO_WORLD_ASSIGNMENTS_H
#define MOCK_KIRO_WORLD_ASSIGNMENTS_H

#include "base/plans.h"
#include "world/profiles.h"

/* Records of this kind say who is assigned to an Identity Center application: scope is the principal's id, key the application's ARN, the
 * value "USER" or "GROUP". Kiro makes one beside each assignment of its own (kiro-wire 4); by itself it grants no seat. */
#define APPLICATION_ASSIGNMENT "application-assignment"

struct principal {
    const char *id;
    bool is_group;
};

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

struct assignment {
    int64_t row;
    char profile_arn[ARN_BYTES];
    char principal_id[USER_ID_BYTES];
    bool is_group;
    enum plan plan;
};

/* The standing one of this row; FAULT_NOT_FOUND without words. */
enum fault assignment_get(struct world *world, int64_t row, struct assignment *out_assignment);

/* Those that stand on a profile, of users and groups, numbered above `after`, at most `limit`. */
enum fault assignment_each_of_profile(struct world *world, const char *profile_arn, int64_t after,
                                      int64_t limit,
                                      void (*see)(void *self, const struct assignment *assignment),
                                      void *self);

/* Every standing assignment. */
enum fault assignment_each(struct world *world,
                           void (*see)(void *self, const struct principal *principal,
                                       const char *profile_arn, enum plan plan, int64_t created_s),
                           void *self);

#endif
