/* SPDX-License-Identifier: MIT */
/* Kiro profiles. */
#include "world/profiles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lags.h"
#include "base/mem.h"
#include "base/text.h"
#include "world/assignments.h"
#include "world/propagation.h"
#include "world/records.h"
#include "world/roles.h"
#include "world/settle.h"
#include "world/timeline.h"

static void profile_read(struct query *query, struct profile *out)
{
    *out = (struct profile){.row = query_integer(query, 0),
                            .created_s = query_integer(query, 7),
                            .deleted_s = query_integer(query, 8),
                            .instance_deleted_s = query_integer(query, 11),
                            .accounts_until_s = query_integer(query, 12),
                            .overage = query_integer(query, 13) != 0,
                            .ready_s = query_integer(query, 14)};
    text_copy(out->profile_arn, sizeof out->profile_arn, query_text(query, 1));
    text_copy(out->account_id, sizeof out->account_id, query_text(query, 2));
    text_copy(out->region, sizeof out->region, query_text(query, 3));
    text_copy(out->instance_arn, sizeof out->instance_arn, query_text(query, 4));
    text_copy(out->store_id, sizeof out->store_id, query_text(query, 9));
    text_copy(out->instance_region, sizeof out->instance_region, query_text(query, 10));
}

void application_arn(const struct profile *profile, enum profile_application which,
                     char out_arn[APPLICATION_ARN_BYTES])
{
    const char *instance = strrchr(profile->instance_arn, '/');
    uint64_t id = hash_bytes(hash_text(HASH_START, profile->profile_arn), &which, sizeof which);
    snprintf(out_arn, APPLICATION_ARN_BYTES, "arn:aws:sso::%s:application%s/apl-%016llx",
             profile->account_id, instance == NULL ? "/" : instance, (unsigned long long)id);
}

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

enum fault profile_get(struct world *world, const char *profile_arn, struct profile *out_profile)
{
    struct query *query = store_query(world->store, SQL_PROFILE_GET, "t", profile_arn);
    bool found = query_next(query);
    if (found)
        profile_read(query, out_profile);
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

enum fault profile_each(
    struct world *world, const char *account_id, const char *region, int64_t after, int64_t limit,
    void (*see)(void *self, const struct profile *profile, const char *settings), void *self)
{
    struct query *query =
        store_query(world->store, SQL_PROFILE_LIST, "ttii", account_id, region, after, limit);
    while (query_next(query)) {
        struct profile profile;
        profile_read(query, &profile);
        see(self, &profile, query_text(query, 6));
    }
    return query_end(query);
}

enum fault profile_each_anywhere(struct world *world,
                                 void (*see)(void *self, const char *profile_arn,
                                             const char *account_id, const char *region,
                                             const char *instance_arn),
                                 void *self)
{
    struct query *query = store_query(world->store, SQL_PROFILE_ALL, "");
    while (query_next(query))
        see(self, query_text(query, 0), query_text(query, 1), query_text(query, 2),
            query_text(query, 3));
    return query_end(query);
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
        !world->reading.deviations[SECOND_PROFILE_ALLOWED])
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
    struct entry entry = {.event = "CreateProfile", .subject = arn, .after = instance_arn};
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_PROFILE_INSERT, "ttttttii", arn, account_id, region,
                             instance_arn, name, settings, world->now_s,
                             propagation_at(world, PROFILE_READY_LAG, arn));
    if (fault == FAULT_NONE)
        fault = timeline_add(world, &entry, NULL);
    if (fault == FAULT_NONE)
        fault = roles_appear(world, account_id);
    return fault == FAULT_NONE ? profile_get(world, arn, out_profile) : fault;
}

enum fault profile_end(struct world *world, const char *profile_arn, bool deleted, int64_t seen_s)
{
    struct profile profile;
    enum fault fault = store_change(world->store, SQL_ASSIGNMENT_END_PROFILE, "tii", profile_arn,
                                    world->now_s, seen_s);
    if (fault != FAULT_NONE || !deleted)
        return fault;
    fault =
        store_change(world->store, SQL_PROFILE_DELETE, "tii", profile_arn, world->now_s, seen_s);
    if (fault == FAULT_NONE)
        fault = profile_get(world, profile_arn, &profile);
    return fault == FAULT_NONE ? applications_delete(world, &profile) : fault;
}

enum fault profile_delete(struct world *world, const struct profile *profile)
{
    struct touched users = {0};
    struct touched profiles = {0};
    struct entry entry = {.event = "DeleteProfile",
                          .subject = profile->profile_arn,
                          .before = profile->instance_arn,
                          .rule = "auto-profile-deleted"};
    struct cause cause = {.rule = entry.rule};
    int64_t seen_s = trigger_at(world, AUTO_CANCEL_LAG, cause.rule, profile->profile_arn);
    enum fault fault = timeline_add(world, &entry, &cause.seq);
    touched_add(&profiles, profile->profile_arn);
    if (fault == FAULT_NONE)
        fault = touched_add_query(
            &users, store_query(world->store, SQL_SEAT_OF_PROFILE_LIVE, "t", profile->profile_arn));
    if (fault == FAULT_NONE)
        fault = profile_end(world, profile->profile_arn, true, seen_s);
    if (fault == FAULT_NONE)
        fault = settle_at(world, &users, &profiles, seen_s, &cause);
    touched_clear(&users);
    touched_clear(&profiles);
    return fault;
}

enum fault profile_settings(struct world *world, const char *profile_arn, char **out_settings)
{
    char *settings = NULL;
    struct query *query = store_query(world->store, SQL_PROFILE_SETTINGS, "t", profile_arn);
    if (query_next(query))
        settings = mem_text(query_text(query, 0));
    enum fault fault = query_end(query);
    if (fault == FAULT_NONE && settings == NULL)
        fault = FAULT_NOT_FOUND;
    if (fault == FAULT_NONE)
        *out_settings = settings;
    else
        free(settings);
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
    enum fault fault = store_change(world->store, SQL_PROFILE_UPDATE, "tttt", profile->profile_arn,
                                    instance_arn, name, settings);
    return fault == FAULT_NONE ? timeline_add(world, &entry, NULL) : fault;
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
    enum fault fault = store_change(world->store, SQL_PROFILE_OVERAGE, "ti", profile->profile_arn,
                                    (int64_t)overage);
    return fault == FAULT_NONE ? timeline_add(world, &entry, NULL) : fault;
}

enum fault profile_arns_of_instance(struct world *world, const char *instance_arn,
                                    struct touched *out_arns)
{
    return touched_add_query(
        out_arns, store_query(world->store, SQL_PROFILES_OF_INSTANCE, "t", instance_arn));
}
