/* SPDX-License-Identifier: MIT */
/* One use of Kiro; see seat_use.h. */
#include "world/engine/seat_use.h"

#include <assert.h>

#include "base/statuses.h"
#include "world/engine/seat_access.h"
#include "world/engine/seat_life.h"
#include "world/reading/reading.h"
#include "world/rows/activity.h"
#include "world/rows/timeline.h"

/* May he, and with what credits? `*out_code` is NULL if he may. */
static enum fault use_check(struct world *world, enum client client, const struct seat *seat,
                            int64_t credits_hundredths, struct credits *out_credits,
                            const char **out_code)
{
    assert(credits_hundredths > 0);
    bool suffices = false;
    *out_code = "AccessDeniedException";
    if (!seat_admits(world, seat))
        return FAULT_NONE;
    enum fault fault = credits_of(world, seat, client, out_credits);
    if (fault == FAULT_NONE)
        fault = credits_suffice(world, seat, out_credits, credits_hundredths, &suffices);
    *out_code = suffices ? NULL : "ServiceQuotaExceededException";
    return fault;
}

enum fault seat_use_with(struct world *world, enum client client, const char *user_id,
                         const char *profile_arn, int64_t credits_hundredths, bool dry_run,
                         const char **out_code)
{
    struct seat seat;
    struct credits credits = {0};
    *out_code = "AccessDeniedException";
    enum fault fault = seat_get(world, user_id, profile_arn, &seat);
    if (fault != FAULT_NONE)
        return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
    fault = use_check(world, client, &seat, credits_hundredths, &credits, out_code);
    if (fault != FAULT_NONE || dry_run || *out_code != NULL)
        return fault;
    struct entry entry = {.event = "use", .subject = profile_arn, .user_id = user_id};
    struct cause cause = {.kind = CAUSE_FIRST_USE, .seq = timeline_tell(world, &entry)};
    assert(cause.seq > 0 || store_fault(world->store) != FAULT_NONE);
    if (seat.status == SEAT_PENDING && world->reading->values[ACTIVATION] != ACTIVE_NEVER)
        fault = seat_activate(world, &seat, &cause);
    if (fault == FAULT_NONE)
        fault = credits_spend(world, &seat, &credits, credits_hundredths, cause.seq);
    return fault == FAULT_NONE ? activity_add(world, &seat, credits_hundredths) : fault;
}

enum fault seat_use(struct world *world, const char *user_id, const char *profile_arn,
                    int64_t credits_hundredths, bool dry_run, const char **out_code)
{
    return seat_use_with(world, CLIENT_CLI, user_id, profile_arn, credits_hundredths, dry_run,
                         out_code);
}
