/* SPDX-License-Identifier: MIT */
/* Grants and ends claims until they say what entitles; then has the seats follow. */
#include "world/engine/settle.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/parameters.h"
#include "base/plans.h"
#include "base/text.h"
#include "world/engine/beliefs.h"
#include "world/engine/entitlement.h"
#include "world/engine/seat_life.h"
#include "world/reading/reading.h"
#include "world/rows/seats.h"
#include "world/rows/timeline.h"

/* What one user has, and what he should have. */
struct balance {
    const char *user_id;
    struct holdings claims;
    struct holdings entitled;
};

static int64_t tell_claim(struct world *world, const char *user_id, const struct holding *claim,
                          enum plan before, enum plan after, const struct cause *cause)
{
    struct entry entry = {.event = "claim",
                          .subject = claim->profile_arn,
                          .user_id = user_id,
                          .before = before == PLAN_NONE ? NULL : plan_facts(before)->name,
                          .after = after == PLAN_NONE ? NULL : plan_facts(after)->name,
                          .rule = cause_rule(cause->kind),
                          .cause_seq = cause->seq};
    return timeline_tell(world, &entry);
}

static void claim_grant(struct world *world, const char *user_id, const struct holding *wanted,
                        const struct cause *cause)
{
    assert(wanted->plan > PLAN_NONE && wanted->plan < PLAN_COUNT);
    int64_t told_seq = tell_claim(world, user_id, wanted, PLAN_NONE, wanted->plan, cause);
    assert(told_seq > 0 || store_fault(world->store) != FAULT_NONE);
    store_change(world->store, SQL_CLAIM_INSERT, "ttitiii", user_id, wanted->profile_arn,
                 wanted->assignment_row, wanted->group_id[0] == '\0' ? NULL : wanted->group_id,
                 (int64_t)wanted->plan, world->now_s, told_seq);
}

static void claim_end(struct world *world, const char *user_id, struct holding *claim,
                      const struct cause *cause)
{
    assert(claim->row != 0 && !claim->ended);
    claim->ended = true;
    int64_t told_seq = tell_claim(world, user_id, claim, claim->plan, PLAN_NONE, cause);
    assert(told_seq > 0 || store_fault(world->store) != FAULT_NONE);
    store_change(world->store, SQL_CLAIM_END, "iiii", claim->row, world->now_s,
                 (int64_t)cause->kind, told_seq);
}

/* End a claim that is entitled, or would be again: from now on Kiro believes that there is none. */
static void claim_void(struct world *world, const char *user_id, struct holding *claim,
                       const struct cause *cause)
{
    belief_void(world, user_id, claim->profile_arn, claim->assignment_row, cause);
    claim_end(world, user_id, claim, cause);
}

/* Does the cause reach the other claim of the user beyond the one that it ended? */
static bool reached(const struct world *world, const struct holding *ended,
                    const struct holding *other, enum cause_kind cause)
{
    assert(cause >= CAUSE_NONE && cause < CAUSE_COUNT);
    enum reach reach = world->reading->reaches[cause];
    bool same_profile = strcmp(ended->profile_arn, other->profile_arn) == 0;
    bool direct = other->group_id[0] == '\0';
    return reach == (!same_profile ? REACH_OTHER_PROFILES
                     : direct      ? REACH_DIRECT
                                   : REACH_OTHER_GROUPS);
}

/*
 * E6: where a deactivation is for good, what the group would give the person again is not granted.
 */
static bool ends_for_good(const struct world *world, const struct holding *claim,
                          enum cause_kind cause)
{
    return world->reading->values[REACTIVATE] == REACTIVATE_NONE && claim->group_id[0] != '\0' &&
           cause == CAUSE_USER_DEACTIVATED;
}

/* The claims that stay, of which the cause may reach some. */
static void end_reached(struct world *world, struct balance *user, const struct holding *ended,
                        const struct cause *cause)
{
    for (size_t i = 0; i < user->claims.count; i++) {
        struct holding *other = &user->claims.items[i];
        bool stays = holdings_find(&user->entitled, other->assignment_row) != NULL;
        if (stays && !other->ended && reached(world, ended, other, cause->kind))
            claim_void(world, user->user_id, other, cause);
    }
}

static void end_claims(struct world *world, struct balance *user, const struct cause *cause)
{
    bool reaches = world->reading->reaches[cause->kind] != REACH_OWN;
    for (size_t i = 0; i < user->claims.count; i++) {
        struct holding *claim = &user->claims.items[i];
        if (holdings_find(&user->entitled, claim->assignment_row) != NULL)
            continue;
        if (ends_for_good(world, claim, cause->kind))
            claim_void(world, user->user_id, claim, cause);
        else
            claim_end(world, user->user_id, claim, cause);
        if (reaches)
            end_reached(world, user, claim, cause);
    }
}

/* Grant what is entitled and not claimed yet, and follow changed plans. */
static void grant_claims(struct world *world, const struct balance *user, const struct cause *cause)
{
    bool no_group_seats = world->reading->values[GROUP_SEATS] == GROUP_SEATS_NEVER;
    for (size_t i = 0; i < user->entitled.count; i++) {
        const struct holding *wanted = &user->entitled.items[i];
        const struct holding *claim = holdings_find(&user->claims, wanted->assignment_row);
        if (claim == NULL && !(no_group_seats && wanted->group_id[0] != '\0')) {
            claim_grant(world, user->user_id, wanted, cause);
        } else if (claim != NULL && claim->plan != wanted->plan) {
            int64_t told_seq =
                tell_claim(world, user->user_id, claim, claim->plan, wanted->plan, cause);
            store_change(world->store, SQL_CLAIM_SET_PLAN, "iii", claim->row, (int64_t)wanted->plan,
                         told_seq);
        }
    }
}

/* Of the claims, then of the entitlements. */
static const struct holding *holding_at(const struct balance *user, size_t index)
{
    size_t claims = user->claims.count;
    assert(index < claims + user->entitled.count);
    return index < claims ? &user->claims.items[index] : &user->entitled.items[index - claims];
}

/* Every profile named by a claim or an entitlement, once. */
static enum fault follow_seats(struct world *world, const struct balance *user,
                               const struct cause *cause)
{
    size_t count = user->claims.count + user->entitled.count;
    for (size_t i = 0; i < count; i++) {
        const char *profile_arn = holding_at(user, i)->profile_arn;
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++)
            seen = strcmp(holding_at(user, j)->profile_arn, profile_arn) == 0;
        enum fault fault =
            seen ? FAULT_NONE : seat_follow(world, user->user_id, profile_arn, cause);
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}

enum fault settle_user(struct world *world, const char *user_id, const struct cause *cause)
{
    assert(cause->seq > 0 || store_fault(world->store) != FAULT_NONE);
    assert(user_id[0] != '\0');
    struct balance user = {.user_id = user_id};
    entitlements_read(world, user_id, &user.entitled);
    claims_read(world, user_id, &user.claims);
    end_claims(world, &user, cause);
    grant_claims(world, &user, cause);
    enum fault fault = follow_seats(world, &user, cause);
    holdings_clear(&user.entitled);
    holdings_clear(&user.claims);
    return fault;
}

enum fault settle_lose(struct world *world, const char *user_id, const char *profile_arn,
                       const struct cause *cause)
{
    assert(cause->kind == CAUSE_NONE || cause->seq > 0 || store_fault(world->store) != FAULT_NONE);
    struct balance user = {.user_id = user_id};
    claims_read(world, user_id, &user.claims);
    for (size_t i = 0; i < user.claims.count; i++)
        if (profile_arn == NULL || strcmp(profile_arn, user.claims.items[i].profile_arn) == 0)
            claim_void(world, user_id, &user.claims.items[i], cause);
    enum fault fault = follow_seats(world, &user, cause);
    holdings_clear(&user.claims);
    return fault;
}

/*
 * The deviation that hits somebody else: the first other holder of a live seat on the same
 * profiles.
 */
static enum fault hit_bystander(struct world *world, const char *user_id, const struct cause *cause)
{
    struct id_list profiles = {0};
    struct id_list victims = {0};
    id_list_add_query(&profiles, store_query(world->store, SQL_SEATS_OF_USER, "t", user_id));
    for (size_t i = 0; i < profiles.count; i++)
        id_list_add_query(
            &victims, store_query(world->store, SQL_SEAT_OF_PROFILE_LIVE, "t", profiles.ids[i]));
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < victims.count; i++) {
        if (strcmp(victims.ids[i], user_id) == 0)
            continue;
        fault = settle_lose(world, victims.ids[i], NULL, cause);
        break;
    }
    id_list_clear(&profiles);
    id_list_clear(&victims);
    return fault;
}

enum fault settle(struct world *world, const struct id_list *touched, const struct cause *cause)
{
    assert(cause->kind > CAUSE_NONE && cause->kind < CAUSE_COUNT);
    bool hits = world->reading->reaches[cause->kind] == REACH_BYSTANDER;
    for (size_t i = 0; i < touched->count; i++) {
        enum fault fault = settle_user(world, touched->ids[i], cause);
        if (fault == FAULT_NONE && hits)
            fault = hit_bystander(world, touched->ids[i], cause);
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}
