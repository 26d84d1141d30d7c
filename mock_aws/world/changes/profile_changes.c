/* SPDX-License-Identifier: MIT */
/* Kiro profiles: made, changed, ended; see profile_changes.h. */
#include "world/changes/profile_changes.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/lags.h"
#include "base/text.h"
#include "world/changes/role_changes.h"
#include "world/engine/noticing.h"
#include "world/reading/reading.h"
#include "world/rows/assignments.h"
#include "world/rows/records.h"
#include "world/rows/timeline.h"
#include "world/time/propagation.h"

/* What sso-admin keeps of the profile's applications goes with them. */
static enum fault applications_delete(struct world *world, const struct profile *profile)
{
    enum fault fault = FAULT_NONE;
    for (int which = 0; which < APPLICATIONS_PER_PROFILE && fault == FAULT_NONE; which++) {
        char arn[APPLICATION_ARN_BYTES];
        application_arn(profile, (enum profile_application)which, arn);
        fault = record_delete_scope(world, arn);
        if (fault == FAULT_NONE)
            fault = record_delete_of_key(world, APPLICATION_ASSIGNMENT, arn);
    }
    return fault;
}

static void profile_note(void *self, const struct profile *profile, const char *settings)
{
    (void)settings;
    text_copy(self, ARN_BYTES, profile->profile_arn);
}

/* Rule 39: a profile is account x Region. */
static enum fault profile_place_free(struct world *world, const char *account_id,
                                     const char *region)
{
    char standing[ARN_BYTES] = "";
    enum fault fault = profile_each(world, account_id, region, 0, 1, profile_note, standing);
    if (fault == FAULT_NONE && standing[0] != '\0' &&
        world->reading->values[PROFILES_PER_REGION] == ONE_PROFILE_PER_REGION)
        return world_refuse(world, FAULT_CONFLICT,
                            "A profile already exists in this account and Region: %s", standing);
    return fault;
}

enum fault profile_create(struct world *world, const char *account_id, const char *region,
                          const char *instance_arn, const char *name, const char *settings,
                          struct profile *out_profile)
{
    enum fault fault = profile_place_free(world, account_id, region);
    if (fault != FAULT_NONE)
        return fault;
    char suffix[13];
    char arn[ARN_BYTES];
    ids_upper(&world->ids, suffix, 12);
    snprintf(arn, sizeof arn, "arn:aws:codewhisperer:%.63s:%s:profile/%s", region, account_id,
             suffix);
    store_change(world->store, SQL_PROFILE_INSERT, "ttttttii", arn, account_id, region,
                 instance_arn, name, settings, world->now_s,
                 delay_at(world, PROFILE_READY_LAG, arn));
    struct entry entry = {.event = "CreateProfile", .subject = arn, .after = instance_arn};
    timeline_tell(world, &entry);
    fault = roles_appear(world, account_id);
    return fault == FAULT_NONE ? profile_get(world, arn, out_profile) : fault;
}

enum fault profile_end(struct world *world, const char *profile_arn, bool deleted, int64_t seq)
{
    assert(seq > 0 || store_fault(world->store) != FAULT_NONE);
    struct profile profile;
    assignments_end_of_profile(world, profile_arn, seq);
    if (!deleted)
        return FAULT_NONE;
    enum fault fault = profile_get(world, profile_arn, &profile);
    if (fault != FAULT_NONE || profile.deleted_s != 0)
        return fault; /* it went before */
    assert(strcmp(profile.profile_arn, profile_arn) == 0);
    store_change(world->store, SQL_PROFILE_DELETE, "tii", profile_arn, world->now_s, seq);
    return applications_delete(world, &profile);
}

enum fault profile_delete(struct world *world, const struct profile *profile)
{
    struct id_list observers = {0};
    struct entry entry = {.event = "DeleteProfile",
                          .subject = profile->profile_arn,
                          .before = profile->instance_arn,
                          .rule = cause_rule(CAUSE_PROFILE_DELETED)};
    struct change change = {.fact = FACT_PROFILE,
                            .subject = profile->profile_arn,
                            .ready_s = delay_at(world, AUTO_CANCEL_LAG, profile->profile_arn),
                            .cause = {CAUSE_PROFILE_DELETED, timeline_tell(world, &entry)}};
    assert(profile->account_id[0] != '\0');
    id_list_add(&observers, profile->account_id);
    enum fault fault = profile_end(world, profile->profile_arn, true, change.cause.seq);
    if (fault == FAULT_NONE)
        fault = change_settle(world, &change, &observers);
    id_list_clear(&observers);
    return fault;
}

enum fault profile_update(struct world *world, const struct profile *profile,
                          const char *instance_arn, const char *name, const char *settings)
{
    bool moves = strcmp(instance_arn, profile->instance_arn) != 0;
    if (moves && profile->instance_deleted_s == 0)
        return world_refuse(world, FAULT_CONFLICT, "The profile is bound to %s, which exists.",
                            profile->instance_arn);
    struct entry entry = {.event = "UpdateProfile",
                          .subject = profile->profile_arn,
                          .before = profile->instance_arn,
                          .after = instance_arn};
    store_change(world->store, SQL_PROFILE_UPDATE, "tttt", profile->profile_arn, instance_arn, name,
                 settings);
    return timeline_add(world, &entry, NULL);
}

enum fault profile_set_overage(struct world *world, const struct profile *profile, bool overage)
{
    if (profile->overage == overage)
        return FAULT_NONE;
    struct entry entry = {.event = "SetOverage",
                          .subject = profile->profile_arn,
                          .before = profile->overage ? "on" : "off",
                          .after = overage ? "on" : "off",
                          .rule = "overage-profile-wide"};
    store_change(world->store, SQL_PROFILE_OVERAGE, "ti", profile->profile_arn, (int64_t)overage);
    return timeline_add(world, &entry, NULL);
}
