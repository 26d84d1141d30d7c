/* SPDX-License-Identifier: MIT */
/* Assignments: the facts that entitle; settle does the rest. */
#include "world/changes/assignment_changes.h"

#include <assert.h>
#include <string.h>

#include "base/parameters.h"
#include "base/plans.h"
#include "base/statuses.h"
#include "base/text.h"
#include "world/engine/noticing.h"
#include "world/engine/settle.h"
#include "world/reading/reading.h"
#include "world/rows/groups.h"
#include "world/rows/records.h"
#include "world/rows/seats.h"
#include "world/rows/timeline.h"
#include "world/rows/users.h"
#include "world/time/clock.h"

struct standing {
    int64_t row; /* 0: none */
    enum plan plan;
};

static struct standing find(struct world *world, enum statement statement,
                            const struct profile *profile, const struct principal *principal)
{
    struct standing found = {0};
    struct query *query = store_query(world->store, statement, "tti", principal->id,
                                      profile->profile_arn, (int64_t)principal->is_group);
    if (query_next(query)) {
        found.row = query_integer(query, 0);
        found.plan = (enum plan)query_integer(query, 1);
        assert(found.row > 0 && found.plan > PLAN_NONE && found.plan < PLAN_COUNT);
    }
    query_end(query);
    return found;
}

/*
 * The principal must be in the directory of the profile's instance, whatever Region that is in
 * (rule 40).
 */
static enum fault principal_check(struct world *world, const struct profile *profile,
                                  const struct principal *principal)
{
    if (profile->deleted_s != 0 || profile->instance_deleted_s != 0 ||
        profile->accounts_until_s != FOREVER)
        return world_refuse(world, FAULT_NOT_FOUND,
                            "Profile %s has no Identity Center instance to look users up in.",
                            profile->profile_arn);
    bool exists = false;
    enum fault fault = principal->is_group
                           ? group_exists(world, profile->store_id, principal->id, &exists)
                           : user_exists(world, profile->store_id, principal->id, &exists);
    if (fault == FAULT_NONE && !exists)
        return world_refuse(world, FAULT_NOT_FOUND, "Principal %s was not found.", principal->id);
    return fault;
}

/*
 * Whom a new assignment or a changed plan concerns: the user, or who is in the group as Kiro
 * believes.
 */
static void assignment_touched(struct world *world, const struct profile *profile,
                               const struct principal *principal, struct id_list *out)
{
    if (!principal->is_group) {
        id_list_add(out, principal->id);
        return;
    }
    id_list_add_query(out, store_query(world->store, SQL_MEMBER_IDS, "t", principal->id));
    id_list_add_query(out, store_query(world->store, SQL_MEMBER_IDS_BELIEVED, "tt", principal->id,
                                       profile->account_id));
}

/* Tell it of the principal. */
static struct cause assignment_tell(struct world *world, const struct principal *principal,
                                    enum cause_kind kind, struct entry *entry)
{
    assert(kind > CAUSE_NONE && kind < CAUSE_COUNT);
    entry->subject = principal->id;
    entry->user_id = principal->is_group ? NULL : principal->id;
    entry->rule = cause_rule(kind);
    return (struct cause){.kind = kind, .seq = timeline_tell(world, entry)};
}

static enum fault application_assign(struct world *world, const struct profile *profile,
                                     const struct principal *principal)
{
    char arn[APPLICATION_ARN_BYTES];
    application_arn(profile, SEATS_APPLICATION, arn);
    return record_put(world, APPLICATION_ASSIGNMENT, principal->id, arn,
                      principal->is_group ? "\"GROUP\"" : "\"USER\"");
}

/* Somebody may have taken it away by hand already. */
static enum fault application_unassign(struct world *world, const struct profile *profile,
                                       const struct principal *principal)
{
    char arn[APPLICATION_ARN_BYTES];
    application_arn(profile, SEATS_APPLICATION, arn);
    enum fault fault = record_delete(world, APPLICATION_ASSIGNMENT, principal->id, arn);
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

/* What there is before a write: the principal's assignment, and his seat if he is a user. */
struct before {
    struct standing standing;
    enum seat_status status;  /* SEAT_NONE also once a canceled seat has left the lists */
    bool canceled_this_month; /* listed or not */
};

/* A person who has a seat through a group gets no second one. */
static enum cause_kind insertion_cause(const struct principal *principal,
                                       const struct before *before)
{
    if (principal->is_group)
        return CAUSE_GROUP_SUBSCRIBED;
    bool has_seat = before->status == SEAT_PENDING || before->status == SEAT_ACTIVE;
    return has_seat ? CAUSE_HOLDER_SUBSCRIBED : CAUSE_USER_SUBSCRIBED;
}

/*
 * An assignment that ended takes the place of one that Kiro still believes to stand: that one ends
 * with this change.
 */
static enum fault assignment_insert(struct world *world, const struct profile *profile,
                                    const struct principal *principal, const struct before *before,
                                    enum plan plan, const char *event)
{
    assert(plan > PLAN_NONE && plan < PLAN_COUNT && before->standing.row == 0);
    struct id_list touched = {0};
    struct standing believed = find(world, SQL_ASSIGNMENT_BELIEVED, profile, principal);
    struct entry entry = {.event = event, .after = plan_facts(plan)->name};
    store_change(world->store, SQL_ASSIGNMENT_INSERT, "ttiii", profile->profile_arn, principal->id,
                 (int64_t)principal->is_group, (int64_t)plan, world->now_s);
    application_assign(world, profile, principal);
    struct cause cause =
        assignment_tell(world, principal, insertion_cause(principal, before), &entry);
    assert(cause.seq > 0 || store_fault(world->store) != FAULT_NONE);
    if (believed.row != 0)
        store_change(world->store, SQL_ASSIGNMENT_END, "iii", believed.row, world->now_s,
                     cause.seq);
    assignment_touched(world, profile, principal, &touched);
    enum fault fault = settle(world, &touched, &cause);
    id_list_clear(&touched);
    return fault;
}

static enum fault seat_before(struct world *world, const struct profile *profile,
                              const struct principal *principal, struct before *out)
{
    struct seat seat;
    if (principal->is_group)
        return FAULT_NONE;
    enum fault fault = seat_get(world, principal->id, profile->profile_arn, &seat);
    if (fault != FAULT_NONE)
        return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
    bool canceled = seat.status == SEAT_CANCELED;
    out->status = canceled && seat.listed_until_s <= world->now_s ? SEAT_NONE : seat.status;
    assert(canceled == (seat.canceled_s != 0));
    out->canceled_this_month =
        canceled && clock_month_at(world, seat.canceled_s) == clock_month(world);
    return FAULT_NONE;
}

/* Also that the principal can be given a plan. */
static enum fault look_at(struct world *world, const struct profile *profile,
                          const struct principal *principal, struct before *out)
{
    *out = (struct before){.status = SEAT_NONE};
    enum fault fault = principal_check(world, profile, principal);
    if (fault != FAULT_NONE)
        return fault;
    out->standing = find(world, SQL_ASSIGNMENT_GET, profile, principal);
    return seat_before(world, profile, principal, out);
}

/* The deviation under which a leftover lets a first assignment fail. */
static enum fault creation_fails(struct world *world, const struct profile *profile,
                                 const struct before *before)
{
    bool blocked =
        world->reading->values[FIRST_ASSIGNMENT] == FIRST_ASSIGNMENT_BLOCKED_BY_ORPHANS &&
        before->status == SEAT_NONE &&
        query_any(
            store_query(world->store, SQL_SEAT_ORPHAN, "ti", profile->profile_arn, world->now_s));
    return blocked ? world_refuse(world, FAULT_CONFLICT, "The subscription could not be created.")
                   : FAULT_NONE;
}

enum fault assignment_create(struct world *world, const struct profile *profile,
                             const struct principal *principal, enum plan plan)
{
    struct before before;
    enum fault fault = look_at(world, profile, principal, &before);
    if (fault == FAULT_NONE)
        fault = creation_fails(world, profile, &before);
    if (fault != FAULT_NONE)
        return fault;
    bool refused = before.canceled_this_month &&
                   world->reading->values[RESUBSCRIBE_SAME_MONTH] == RESUBSCRIBE_REFUSED;
    if (before.standing.row != 0 || refused)
        return world_refuse(world, FAULT_CONFLICT, "Resource is in an invalid state.");
    return assignment_insert(world, profile, principal, &before, plan, "CreateAssignment");
}

/*
 * UpdateAssignment where nothing stands: of a canceled seat (E21), of a seat through a group, of
 * none.
 */
static enum fault update_anew(struct world *world, const struct profile *profile,
                              const struct principal *principal, const struct before *before,
                              enum plan plan)
{
    assert(before->standing.row == 0);
    const int *values = world->reading->values;
    bool canceled = before->status == SEAT_CANCELED;
    if (canceled && values[UPDATE_AFTER_CANCEL] == UPDATE_AFTER_NO_EFFECT)
        return FAULT_NONE;
    if (before->status == SEAT_PENDING || before->status == SEAT_ACTIVE)
        return world_refuse(world, FAULT_CONFLICT, "Resource is in an invalid state.");
    if (!canceled && values[UPDATE_WITHOUT_SEAT] == UPDATE_NOT_FOUND)
        return world_refuse(world, FAULT_NOT_FOUND, "No assignment of %s was found.",
                            principal->id);
    return assignment_insert(world, profile, principal, before, plan, "UpdateAssignment");
}

enum fault assignment_update(struct world *world, const struct profile *profile,
                             const struct principal *principal, enum plan plan)
{
    struct before before;
    enum fault fault = look_at(world, profile, principal, &before);
    if (fault != FAULT_NONE)
        return fault;
    const struct standing *standing = &before.standing;
    if (standing->row == 0)
        return update_anew(world, profile, principal, &before, plan);
    if (before.status == SEAT_PENDING &&
        world->reading->values[UPDATE_PENDING] == UPDATE_PENDING_DENIED)
        return world_refuse(world, FAULT_DENIED,
                            "Your account is not authorized to make this call.");
    if (standing->plan == plan)
        return FAULT_NONE;
    assert(plan > PLAN_NONE && plan < PLAN_COUNT);
    struct id_list holders = {0};
    struct entry entry = {.event = "UpdateAssignment",
                          .before = plan_facts(standing->plan)->name,
                          .after = plan_facts(plan)->name};
    store_change(world->store, SQL_ASSIGNMENT_SET_PLAN, "ii", standing->row, (int64_t)plan);
    struct cause cause = assignment_tell(
        world, principal, plan > standing->plan ? CAUSE_PLAN_RAISED : CAUSE_PLAN_LOWERED, &entry);
    assert(cause.seq > 0 || store_fault(world->store) != FAULT_NONE);
    id_list_add_query(&holders, store_query(world->store, SQL_CLAIM_HOLDERS, "i", standing->row));
    fault = settle(world, &holders, &cause);
    id_list_clear(&holders);
    return fault;
}

/* E20: nothing stands. Whoever had something here once may be told that all is well. */
static enum fault delete_again(struct world *world, const struct profile *profile,
                               const struct principal *principal)
{
    bool ever = query_any(
        store_query(world->store, SQL_ASSIGNMENT_EVER, "tt", principal->id, profile->profile_arn));
    if (ever && world->reading->values[CANCEL_AGAIN] == CANCEL_AGAIN_SUCCESS)
        return FAULT_NONE;
    return world_refuse(world, FAULT_NOT_FOUND, "No assignment of %s was found.", principal->id);
}

/*
 * E3: the reading that keeps a direct assignment while a group gives the seat too; and the
 * deviation that lets nobody go.
 */
static enum fault deletion_fails(struct world *world, const struct profile *profile,
                                 const struct principal *principal)
{
    struct before before = {.status = SEAT_NONE};
    enum fault fault = seat_before(world, profile, principal, &before);
    if (fault != FAULT_NONE)
        return fault;
    bool by_group = world->reading->values[DIRECT_UNSUBSCRIBE] == DIRECT_UNSUBSCRIBE_REFUSED &&
                    query_any(store_query(world->store, SQL_CLAIM_BY_GROUP, "tt", principal->id,
                                          profile->profile_arn));
    bool locked =
        before.status == SEAT_ACTIVE && world->reading->values[ACTIVE_USE] == ACTIVE_LOCKED;
    return locked || by_group
               ? world_refuse(world, FAULT_CONFLICT, "Resource is in an invalid state.")
               : FAULT_NONE;
}

enum fault assignment_delete(struct world *world, const struct profile *profile,
                             const struct principal *principal)
{
    struct standing standing = find(world, SQL_ASSIGNMENT_GET, profile, principal);
    if (standing.row == 0) /* ended, but for Kiro, which has not noticed: this act ends it */
        standing = find(world, SQL_ASSIGNMENT_BELIEVED, profile, principal);
    if (standing.row == 0)
        return delete_again(world, profile, principal);
    enum fault fault = deletion_fails(world, profile, principal);
    if (fault != FAULT_NONE)
        return fault;
    struct id_list observers = {0};
    struct entry entry = {.event = "DeleteAssignment", .before = plan_facts(standing.plan)->name};
    struct cause cause = assignment_tell(
        world, principal, principal->is_group ? CAUSE_GROUP_UNSUBSCRIBED : CAUSE_USER_UNSUBSCRIBED,
        &entry);
    struct change change = {.fact = FACT_ASSIGNMENTS,
                            .subject = principal->id,
                            .user_id = principal->is_group ? NULL : principal->id,
                            .ready_s = world->now_s,
                            .cause = cause};
    assert(standing.plan > PLAN_NONE);
    assert(cause.seq > 0 || store_fault(world->store) != FAULT_NONE);
    id_list_add(&observers, profile->account_id);
    store_change(world->store, SQL_ASSIGNMENT_END, "iii", standing.row, world->now_s, cause.seq);
    application_unassign(world, profile, principal);
    fault = change_settle(world, &change, &observers);
    id_list_clear(&observers);
    return fault;
}
