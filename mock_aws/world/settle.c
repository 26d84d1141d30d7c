/* SPDX-License-Identifier: MIT */
/* Grants and ends claims until they say what the view says; then has the seats follow. */
#include "world/settle.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/parameters.h"
#include "base/plans.h"
#include "base/text.h"
#include "world/clock.h"
#include "world/seats.h"
#include "world/timeline.h"

/* An entitlement (row 0) or a claim. */
struct holding {
    int64_t row;
    int64_t assignment_row;
    int64_t plan;
    char profile_arn[ARN_BYTES];
    char group_id[USER_ID_BYTES]; /* "" for a direct one */
    bool frozen;                  /* by a deviation: left as it is */
    bool lapsed;                  /* entitled to go on, not to begin (auto_triggers, E5) */
    bool stalled;                 /* entitled only as long as nobody looks (E35) */
    bool kept;                    /* not ended for the cause that is being settled */
    bool live;
};

struct holdings {
    struct holding *items;
    size_t count;
    size_t capacity;
};

static struct holding *holdings_add(struct holdings *holdings)
{
    holdings->items =
        mem_grow(holdings->items, holdings->count, &holdings->capacity, sizeof *holdings->items);
    struct holding *added = &holdings->items[holdings->count++];
    *added = (struct holding){0};
    return added;
}

static struct holding *holdings_find(const struct holdings *holdings, int64_t assignment_row)
{
    for (size_t i = 0; i < holdings->count; i++)
        if (holdings->items[i].assignment_row == assignment_row)
            return &holdings->items[i];
    return NULL;
}

/* A membership on its way out and a new one on its way in may both be seen: one entitlement all the same. */
static enum fault read_entitled(struct world *world, const char *user_id, struct holdings *out)
{
    struct query *query = store_query(world->store, SQL_ENTITLED, "t", user_id);
    bool never_stalls = world->reading.deviations[CANCELS_WITHOUT_ROLE];
    while (query_next(query)) {
        bool stalled = query_integer(query, 4) != 0;
        struct holding *known = holdings_find(out, query_integer(query, 1));
        if (stalled && never_stalls)
            continue;
        if (known != NULL) {
            known->lapsed = known->lapsed && query_integer(query, 5) != 0;
            continue;
        }
        struct holding *added = holdings_add(out);
        text_copy(added->profile_arn, sizeof added->profile_arn, query_text(query, 0));
        added->assignment_row = query_integer(query, 1);
        added->plan = query_integer(query, 2);
        if (!query_is_null(query, 3))
            text_copy(added->group_id, sizeof added->group_id, query_text(query, 3));
        added->stalled = stalled;
        added->lapsed = query_integer(query, 5) != 0;
    }
    return query_end(query);
}

static enum fault read_claims(struct world *world, const char *user_id, struct holdings *out)
{
    struct query *query = store_query(world->store, SQL_CLAIM_LIVE, "t", user_id);
    while (query_next(query)) {
        struct holding *added = holdings_add(out);
        added->row = query_integer(query, 0);
        text_copy(added->profile_arn, sizeof added->profile_arn, query_text(query, 1));
        added->assignment_row = query_integer(query, 2);
        if (!query_is_null(query, 3))
            text_copy(added->group_id, sizeof added->group_id, query_text(query, 3));
        added->plan = query_integer(query, 4);
        added->frozen = query_integer(query, 5) != 0;
        added->live = query_integer(query, 6) != 0;
    }
    return query_end(query);
}

static enum fault tell_claim(struct world *world, const char *user_id, const struct holding *claim,
                             const char *before, const char *after, const struct cause *cause)
{
    struct entry entry = {.event = "claim",
                          .subject = claim->profile_arn,
                          .user_id = user_id,
                          .before = before,
                          .after = after,
                          .rule = cause->rule,
                          .cause_seq = cause->seq};
    return timeline_add(world, &entry, NULL);
}

static enum fault claim_grant(struct world *world, const char *user_id,
                              const struct holding *wanted, const struct cause *cause)
{
    const char *group = wanted->group_id[0] == '\0' ? NULL : wanted->group_id;
    enum fault fault =
        store_change(world->store, SQL_CLAIM_INSERT, "ttitii", user_id, wanted->profile_arn,
                     wanted->assignment_row, group, wanted->plan, world->now_s);
    if (fault == FAULT_NONE)
        fault = tell_claim(world, user_id, wanted, NULL, plan_facts((enum plan)wanted->plan)->name,
                           cause);
    return fault;
}

static enum fault claim_end(struct world *world, const char *user_id, struct holding *claim,
                            bool frozen, const struct cause *cause)
{
    enum fault fault = store_change(world->store, SQL_CLAIM_END, "iiti", claim->row, world->now_s,
                                    cause->rule, (int64_t)frozen);
    if (fault == FAULT_NONE)
        fault = tell_claim(world, user_id, claim, plan_facts((enum plan)claim->plan)->name, NULL,
                           cause);
    claim->live = false;
    return fault;
}

/* Which of the user's other claims a deviation ends along with one that ended by rule. */
static bool widened(const struct world *world, const struct holding *ended,
                    const struct holding *other, const char *rule)
{
    bool same_profile = strcmp(ended->profile_arn, other->profile_arn) == 0;
    bool direct = other->group_id[0] == '\0';
    if (same_profile && !direct)
        return reading_widens(&world->reading, WIDEN_OTHER_GROUPS, rule);
    if (same_profile)
        return reading_widens(&world->reading, WIDEN_DIRECT, rule);
    return reading_widens(&world->reading, WIDEN_OTHER_PROFILES, rule);
}

static enum fault widen(struct world *world, const char *user_id, const struct holding *ended,
                        struct holdings *claims, const struct cause *cause)
{
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < claims->count && fault == FAULT_NONE; i++) {
        struct holding *other = &claims->items[i];
        if (other != ended && other->live && !other->frozen &&
            widened(world, ended, other, cause->rule))
            fault = claim_end(world, user_id, other, true, cause);
    }
    return fault;
}

/* E6: where a deactivation is for good, what the group would give the person again is not granted. */
static bool stays_ended(const struct world *world, const struct holding *claim, const char *rule)
{
    return world->reading.values[REACTIVATE] == REACTIVATE_NONE && claim->group_id[0] != '\0' &&
           strcmp(rule, "auto-user-deactivated") == 0;
}

/* Does a claim through the group end on the profile? */
static bool leaves_group(const struct holdings *claims, const struct holdings *entitled,
                         const char *profile_arn, const char *group_id)
{
    for (size_t i = 0; i < claims->count; i++) {
        const struct holding *claim = &claims->items[i];
        if (claim->live && strcmp(claim->group_id, group_id) == 0 &&
            strcmp(claim->profile_arn, profile_arn) == 0 &&
            holdings_find(entitled, claim->assignment_row) == NULL)
            return true;
    }
    return false;
}

/*
 * Of several changes seen at one instant the first is settled for all that ended, but only where it is a reason: leaving a group ends nothing under a
 * profile that the group has no part in, and joining one ends nothing at all. What is kept waits for the others.
 */
static enum fault keep_for_others(struct world *world, struct holdings *claims,
                                  const struct holdings *entitled, const struct cause *cause)
{
    char group_id[ARN_BYTES] = "";
    bool joins = strcmp(cause->rule, "group-members-individually-subscribed") == 0;
    bool leaves =
        strcmp(cause->rule, "auto-group-member-removed") == 0 || strcmp(cause->rule, "E5") == 0;
    if (!joins && !leaves)
        return FAULT_NONE;
    enum fault fault = joins ? FAULT_NONE : timeline_subject(world, cause->seq, group_id);
    for (size_t i = 0; i < claims->count; i++)
        claims->items[i].kept =
            joins || !leaves_group(claims, entitled, claims->items[i].profile_arn, group_id);
    return fault;
}

/* End what is not entitled any more. */
static enum fault end_claims(struct world *world, const char *user_id, struct holdings *claims,
                             const struct holdings *entitled, const struct cause *cause)
{
    enum fault fault = keep_for_others(world, claims, entitled, cause);
    for (size_t i = 0; i < claims->count && fault == FAULT_NONE; i++) {
        struct holding *claim = &claims->items[i];
        if (!claim->live || claim->frozen || claim->kept ||
            holdings_find(entitled, claim->assignment_row) != NULL)
            continue;
        if (reading_spares(&world->reading, cause->rule)) {
            fault = store_change(world->store, SQL_CLAIM_FREEZE, "i", claim->row);
            continue;
        }
        fault = claim_end(world, user_id, claim, stays_ended(world, claim, cause->rule), cause);
        if (fault == FAULT_NONE)
            fault = widen(world, user_id, claim, claims, cause);
    }
    return fault;
}

static enum fault change_claim_plan(struct world *world, const char *user_id, struct holding *claim,
                                    int64_t plan, const struct cause *cause)
{
    enum fault fault = store_change(world->store, SQL_CLAIM_SET_PLAN, "ii", claim->row, plan);
    if (fault == FAULT_NONE)
        fault = tell_claim(world, user_id, claim, plan_facts((enum plan)claim->plan)->name,
                           plan_facts((enum plan)plan)->name, cause);
    claim->plan = plan;
    return fault;
}

/* Grant what is entitled and not claimed yet, and follow changed plans. */
static enum fault grant_claims(struct world *world, const char *user_id, struct holdings *claims,
                               const struct holdings *entitled, const struct cause *cause)
{
    bool no_group_seats = world->reading.deviations[GROUP_SEATS_NEVER_MATERIALIZE];
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < entitled->count && fault == FAULT_NONE; i++) {
        const struct holding *wanted = &entitled->items[i];
        struct holding *claim = holdings_find(claims, wanted->assignment_row);
        bool withheld = wanted->lapsed || (no_group_seats && wanted->group_id[0] != '\0');
        if (claim == NULL && !withheld)
            fault = claim_grant(world, user_id, wanted, cause);
        else if (claim != NULL && claim->live && claim->plan != wanted->plan)
            fault = change_claim_plan(world, user_id, claim, wanted->plan, cause);
    }
    return fault;
}

/* Every profile named by a claim or an entitlement, once. */
static enum fault follow_seats(struct world *world, const char *user_id,
                               const struct holdings *claims, const struct holdings *entitled,
                               const struct cause *cause)
{
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < claims->count + entitled->count && fault == FAULT_NONE; i++) {
        const struct holding *holding =
            i < claims->count ? &claims->items[i] : &entitled->items[i - claims->count];
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++) {
            const struct holding *before =
                j < claims->count ? &claims->items[j] : &entitled->items[j - claims->count];
            seen = strcmp(before->profile_arn, holding->profile_arn) == 0;
        }
        if (!seen)
            fault = seat_follow(world, user_id, holding->profile_arn, cause);
    }
    return fault;
}

/* What stalls is settled for its own cause once the role is there again: per profile for the first one, while anything stalls there. */
static enum fault remember_stalled(struct world *world, const char *user_id,
                                   const struct holdings *holdings, const struct cause *cause)
{
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < holdings->count && fault == FAULT_NONE; i++)
        if (holdings->items[i].stalled)
            fault = clock_remember(world, FOREVER, PHASE_SETTLE, user_id,
                                   holdings->items[i].profile_arn, cause->seq, cause->rule);
    return fault;
}

static enum fault forget_stalled(struct world *world, const char *user_id,
                                 const struct holdings *claims, const struct holdings *entitled)
{
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < claims->count && fault == FAULT_NONE; i++) {
        const char *arn = claims->items[i].profile_arn;
        bool stalled = false;
        for (size_t j = 0; j < entitled->count && !stalled; j++)
            stalled =
                entitled->items[j].stalled && strcmp(entitled->items[j].profile_arn, arn) == 0;
        if (!stalled)
            fault = clock_forget_stalled(world, user_id, arn);
    }
    return fault;
}

enum fault settle_user(struct world *world, const char *user_id, const struct cause *cause)
{
    return settle_pair(world, user_id, "", cause);
}

/* Those under one profile, or all where it is "". */
static void holdings_keep(struct holdings *holdings, const char *profile_arn)
{
    size_t kept = 0;
    for (size_t i = 0; i < holdings->count; i++)
        if (profile_arn[0] == '\0' || strcmp(holdings->items[i].profile_arn, profile_arn) == 0)
            holdings->items[kept++] = holdings->items[i];
    holdings->count = kept;
}

enum fault settle_pair(struct world *world, const char *user_id, const char *profile_arn,
                       const struct cause *cause)
{
    struct holdings entitled = {0};
    struct holdings claims = {0};
    enum fault fault = read_entitled(world, user_id, &entitled);
    if (fault == FAULT_NONE)
        fault = read_claims(world, user_id, &claims);
    holdings_keep(&entitled, profile_arn);
    holdings_keep(&claims, profile_arn);
    if (fault == FAULT_NONE)
        fault = end_claims(world, user_id, &claims, &entitled, cause);
    if (fault == FAULT_NONE)
        fault = grant_claims(world, user_id, &claims, &entitled, cause);
    if (fault == FAULT_NONE)
        fault = follow_seats(world, user_id, &claims, &entitled, cause);
    if (fault == FAULT_NONE)
        fault = remember_stalled(world, user_id, &entitled, cause);
    if (fault == FAULT_NONE)
        fault = forget_stalled(world, user_id, &claims, &entitled);
    free(entitled.items);
    free(claims.items);
    return fault;
}

enum fault settle_lose(struct world *world, const char *user_id, const char *profile_arn,
                       const struct cause *cause)
{
    struct holdings claims = {0};
    enum fault fault = read_claims(world, user_id, &claims);
    for (size_t i = 0; i < claims.count && fault == FAULT_NONE; i++) {
        struct holding *claim = &claims.items[i];
        bool meant = profile_arn == NULL || strcmp(profile_arn, claim->profile_arn) == 0;
        if (meant && claim->live)
            fault = claim_end(world, user_id, claim, true, cause);
    }
    for (size_t i = 0; i < claims.count && fault == FAULT_NONE; i++)
        fault = seat_follow(world, user_id, claims.items[i].profile_arn, cause);
    free(claims.items);
    return fault;
}

/* The deviation that hits somebody else: the first other holder of a live seat on the same profiles. */
static enum fault hit_bystander(struct world *world, const char *user_id, const struct cause *cause)
{
    struct touched profiles = {0};
    struct touched victims = {0};
    enum fault fault =
        touched_add_query(&profiles, store_query(world->store, SQL_SEATS_OF_USER, "t", user_id));
    for (size_t i = 0; i < profiles.count && fault == FAULT_NONE; i++)
        fault = touched_add_query(
            &victims, store_query(world->store, SQL_SEAT_OF_PROFILE_LIVE, "t", profiles.ids[i]));
    for (size_t i = 0; i < victims.count && fault == FAULT_NONE; i++) {
        if (strcmp(victims.ids[i], user_id) == 0)
            continue;
        fault = settle_lose(world, victims.ids[i], NULL, cause);
        break;
    }
    touched_clear(&profiles);
    touched_clear(&victims);
    return fault;
}

enum fault settle(struct world *world, const struct touched *touched, const struct cause *cause)
{
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < touched->count && fault == FAULT_NONE; i++) {
        fault = settle_user(world, touched->ids[i], cause);
        if (fault == FAULT_NONE && reading_widens(&world->reading, WIDEN_BYSTANDER, cause->rule))
            fault = hit_bystander(world, touched->ids[i], cause);
    }
    return fault;
}

enum fault settle_user_at(struct world *world, const char *user_id, int64_t at_s,
                          const struct cause *cause)
{
    if (at_s == FOREVER)
        return FAULT_NONE;
    return at_s <= world->now_s ? settle_user(world, user_id, cause)
                                : clock_remember_user(world, at_s, user_id, cause);
}

enum fault settle_at(struct world *world, const struct touched *touched,
                     const struct touched *profiles, int64_t at_s, const struct cause *cause)
{
    if (at_s <= world->now_s)
        return settle(world, touched, cause);
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; at_s != FOREVER && i < touched->count && fault == FAULT_NONE; i++) {
        if (profiles == NULL)
            fault = clock_remember_user(world, at_s, touched->ids[i], cause);
        for (size_t j = 0; profiles != NULL && j < profiles->count && fault == FAULT_NONE; j++)
            fault = clock_remember(world, at_s, PHASE_SETTLE, touched->ids[i], profiles->ids[j],
                                   cause->seq, cause->rule);
    }
    return fault;
}
