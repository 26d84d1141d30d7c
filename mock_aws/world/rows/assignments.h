/* SPDX-License-Identifier: MIT */
/* Who is subscribed, to which plan, as it stands (kiro-wire 5). */
#ifndef MOCK_KIRO_WORLD_ROWS_ASSIGNMENTS_H
#define MOCK_KIRO_WORLD_ROWS_ASSIGNMENTS_H

#include "base/plans.h"
#include "world/rows/profiles.h"

/*
 * Records of this kind say who is assigned to an Identity Center application: scope is the
 * principal's id, key the application's ARN, the value "USER" or "GROUP". Kiro makes one beside
 * each assignment of its own (kiro-wire 4); by itself it grants no seat.
 */
#define APPLICATION_ASSIGNMENT "application-assignment"

struct principal {
    const char *id;
    bool is_group;
};

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

/* The live claims of a pair: calls `see` with the group's name, or NULL for the direct one. */
enum fault claim_each_source(struct world *world, const char *user_id, const char *profile_arn,
                             void (*see)(void *self, const char *group_name), void *self);

/*
 * What stands of a principal's or a profile's assignments ends now, by the entry `seq`; and of a
 * principal's what a closure had ended that might be resumed.
 */
void assignments_end_of_principal(struct world *world, const char *principal_id, int64_t seq);
void assignments_end_of_profile(struct world *world, const char *profile_arn, int64_t seq);

#endif
