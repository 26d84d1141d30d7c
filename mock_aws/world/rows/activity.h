/* SPDX-License-Identifier: MIT */
/* Who used Kiro on which day, for the report per user. No seat depends on it. */
#ifndef MOCK_KIRO_WORLD_ACTIVITY_H
#define MOCK_KIRO_WORLD_ACTIVITY_H

#include "world/engine/seat_calendar.h"
#include "world/engine/seat_use.h"

struct activity {
    int64_t day_s; /* the day's first instant */
    const char *profile_arn;
    const char *user_id;
    const char *account_id;
    enum plan plan; /* in force at the last use of the day */
    int64_t uses;
    int64_t used_hundredths;
};

/* One more use of the seat, now. */
enum fault activity_add(struct world *world, const struct seat *seat, int64_t credits_hundredths);

/* From `from_s` to before `until_s`, by day, profile and user. */
enum fault activity_each(struct world *world, int64_t from_s, int64_t until_s,
                         void (*see)(void *self, const struct activity *activity), void *self);

#endif
