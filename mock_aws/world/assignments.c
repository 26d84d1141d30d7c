/* SPDX-License-Identifier: MIT */
/* Assignments: the facts that entitle; settle does the rest. */
#include "world/assignments.h"
#include "world/records.h"

#include <string.h>

#include "base/parameters.h"
#include "base/statuses.h"
#include "base/text.h"
#include "world/directory.h"
#include "world/seats.h"
#include "world/settle.h"
#include "world/timeline.h"

struct standing {
    int64_t row; /* 0: none */
    enum plan plan;
};

static enum fault find(struct world *world, enum statement statement, const struct profile *profile,
                       const struct principal *principal, struct standing *out)
{
    *out = (struct standing){0};
    struct query *query = store_query(world->store, statement, "tti", principal->id,
                                      profile->profile_arn, (int64_t)principal->is_group);
    if (query_next(query)) {
        out->row = query_integer(query, 0);
        out->plan = (enum plan)query_integer(query, 1);
    }
    return query_end(query);
}

static enum fault assignment_find(struct world *world, const struct profile *profile,
                                  const struct principal *principal, struct standing *out)
{
    return find(world, SQL_ASSIGNMENT_GET, profile, principal, out);
}

/* The principal must be in the directory of the profile's instance, whatever Region that is in (rule 40). */
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

/* Whom a change concerns: members who may gain a seat (`row` 0), also those whom Kiro has not seen leave; or holders of claims of a standing
 * assignment. */
static enum fault assignment_touched(struct world *world, const struct principal *principal,
                                     int64_t row, struct touched *out)
{
    if (principal->is_group && row != 0)
        return touched_add_query(out, store_query(world->store, SQL_CLAIM_HOLDERS, "i", row));
    if (!principal->is_group) {
        touched_add(out, principal->id);
        return FAULT_NONE;
    }
    enum fault fault =
        touched_add_query(out, store_query(world->store, SQL_MEMBER_IDS, "t", principal->id));
    return fault == FAULT_NONE
               ? touched_add_query(out, store_query(world->store, SQL_MEMBER_IDS_LEAVING, "ti",
                                                    principal->id, world->now_s))
               : fault;
}

/* What remains of every change: tell it, and let the seats of those concerned follow. */
static enum fault assignment_settle(struct world *world, const struct principal *principal,
                                    int64_t row, struct entry *entry)
{
    struct touched touched = {0};
    struct cause cause = {.rule = entry->rule};
    entry->subject = principal->id;
    entry->user_id = principal->is_group ? NULL : principal->id;
    enum fault fault = timeline_add(world, entry, &cause.seq);
    if (fault == FAULT_NONE)
        fault = assignment_touched(world, principal, row, &touched);
    if (fault == FAULT_NONE)
        fault = settle(world, &touched, &cause);
    touched_clear(&touched);
    return fault;
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

/* What is to be told of a new assignment: a person who has a seat through a group gets no second one. */
static const char *insertion_rule(const struct principal *principal, const struct before *before)
{
    if (principal->is_group)
        return "group-members-individually-subscribed";
    bool has_seat = before->status == SEAT_PENDING || before->status == SEAT_ACTIVE;
    return has_seat ? "bill-highest-tier-per-profile" : "pending-not-charged";
}

static enum fault assignment_insert(struct world *world, const struct profile *profile,
                                    const struct principal *principal, const struct before *before,
                                    enum plan plan, const char *event)
{
    enum fault fault =
        store_change(world->store, SQL_ASSIGNMENT_INSERT, "ttiii", profile->profile_arn,
                     principal->id, (int64_t)principal->is_group, (int64_t)plan, world->now_s);
    if (fault == FAULT_NONE)
        fault = application_assign(world, profile, principal);
    struct entry entry = {
        .event = event, .after = plan_facts(plan)->name, .rule = insertion_rule(principal, before)};
    return fault == FAULT_NONE ? assignment_settle(world, principal, 0, &entry) : fault;
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
    if (fault == FAULT_NONE)
        fault = assignment_find(world, profile, principal, &out->standing);
    return fault == FAULT_NONE ? seat_before(world, profile, principal, out) : fault;
}

static enum fault is_there(struct query *query, bool *out_there)
{
    *out_there = query_next(query);
    return query_end(query);
}

/* The deviation under which a leftover lets a first assignment fail. */
static enum fault creation_fails(struct world *world, const struct profile *profile,
                                 const struct before *before)
{
    bool orphan = false;
    if (!world->reading.deviations[ORPHAN_BLOCKS_NEW_USER] || before->status != SEAT_NONE)
        return FAULT_NONE;
    enum fault fault = is_there(
        store_query(world->store, SQL_SEAT_ORPHAN, "ti", profile->profile_arn, world->now_s),
        &orphan);
    if (fault == FAULT_NONE && orphan)
        return world_refuse(world, FAULT_CONFLICT, "The subscription could not be created.");
    return fault;
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
                   world->reading.values[RESUBSCRIBE_SAME_MONTH] == RESUBSCRIBE_REFUSED;
    if (before.standing.row != 0 || refused)
        return world_refuse(world, FAULT_CONFLICT, "Resource is in an invalid state.");
    return assignment_insert(world, profile, principal, &before, plan, "CreateAssignment");
}

/* UpdateAssignment where nothing stands: of a canceled seat (E21), of a seat through a group, of none. */
static enum fault update_anew(struct world *world, const struct profile *profile,
                              const struct principal *principal, const struct before *before,
                              enum plan plan)
{
    const int *values = world->reading.values;
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
        world->reading.values[UPDATE_PENDING] == UPDATE_PENDING_DENIED)
        return world_refuse(world, FAULT_DENIED,
                            "Your account is not authorized to make this call.");
    if (standing->plan == plan)
        return FAULT_NONE;
    fault = store_change(world->store, SQL_ASSIGNMENT_SET_PLAN, "ii", standing->row, (int64_t)plan);
    struct entry entry = {.event = "UpdateAssignment",
                          .before = plan_facts(standing->plan)->name,
                          .after = plan_facts(plan)->name,
                          .rule = plan > standing->plan ? "upgrade-immediate-refund-lower"
                                                        : "downgrade-next-month"};
    return fault == FAULT_NONE ? assignment_settle(world, principal, standing->row, &entry) : fault;
}

/* E20: nothing stands. Whoever had something here once may be told that all is well. */
static enum fault delete_again(struct world *world, const struct profile *profile,
                               const struct principal *principal)
{
    bool ever = false;
    enum fault fault = is_there(
        store_query(world->store, SQL_ASSIGNMENT_EVER, "tt", principal->id, profile->profile_arn),
        &ever);
    if (fault != FAULT_NONE ||
        (ever && world->reading.values[CANCEL_AGAIN] == CANCEL_AGAIN_SUCCESS))
        return fault;
    return world_refuse(world, FAULT_NOT_FOUND, "No assignment of %s was found.", principal->id);
}

/* E3: the reading that keeps a direct assignment while a group gives the seat too; and the deviation that lets nobody go. */
static enum fault deletion_fails(struct world *world, const struct profile *profile,
                                 const struct principal *principal)
{
    struct before before = {.status = SEAT_NONE};
    bool by_group = false;
    enum fault fault = seat_before(world, profile, principal, &before);
    if (fault == FAULT_NONE &&
        world->reading.values[DIRECT_UNSUBSCRIBE] == DIRECT_UNSUBSCRIBE_REFUSED)
        fault = is_there(store_query(world->store, SQL_CLAIM_BY_GROUP, "tt", principal->id,
                                     profile->profile_arn),
                         &by_group);
    bool locked = before.status == SEAT_ACTIVE && world->reading.deviations[LOCKED_BUT_BILLED];
    if (fault == FAULT_NONE && (locked || by_group))
        return world_refuse(world, FAULT_CONFLICT, "Resource is in an invalid state.");
    return fault;
}

enum fault assignment_delete(struct world *world, const struct profile *profile,
                             const struct principal *principal)
{
    struct standing standing;
    enum fault fault = assignment_find(world, profile, principal, &standing);
    if (fault == FAULT_NONE && standing.row == 0) /* ended, but for Kiro, which does not see it */
        fault = find(world, SQL_ASSIGNMENT_STALLED, profile, principal, &standing);
    if (fault == FAULT_NONE && standing.row == 0)
        return delete_again(world, profile, principal);
    if (fault == FAULT_NONE)
        fault = deletion_fails(world, profile, principal);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_ASSIGNMENT_END, "ii", standing.row, world->now_s);
    if (fault == FAULT_NONE)
        fault = application_unassign(world, profile, principal);
    struct entry entry = {.event = "DeleteAssignment",
                          .before = plan_facts(standing.plan)->name,
                          .rule = principal->is_group ? "manual-unsubscribe-group"
                                                      : "manual-unsubscribe-user"};
    return fault == FAULT_NONE ? assignment_settle(world, principal, standing.row, &entry) : fault;
}

static void assignment_read(struct query *query, struct assignment *out)
{
    *out = (struct assignment){.row = query_integer(query, 0),
                               .is_group = query_integer(query, 3) != 0,
                               .plan = (enum plan)query_integer(query, 4)};
    text_copy(out->profile_arn, sizeof out->profile_arn, query_text(query, 1));
    text_copy(out->principal_id, sizeof out->principal_id, query_text(query, 2));
}

enum fault assignment_get(struct world *world, int64_t row, struct assignment *out_assignment)
{
    struct query *query = store_query(world->store, SQL_ASSIGNMENT_BY_ROW, "i", row);
    bool found = query_next(query);
    if (found)
        assignment_read(query, out_assignment);
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

enum fault assignment_each_of_profile(struct world *world, const char *profile_arn, int64_t after,
                                      int64_t limit,
                                      void (*see)(void *self, const struct assignment *assignment),
                                      void *self)
{
    struct query *query =
        store_query(world->store, SQL_ASSIGNMENT_OF_PROFILE, "tii", profile_arn, after, limit);
    while (query_next(query)) {
        struct assignment assignment;
        assignment_read(query, &assignment);
        see(self, &assignment);
    }
    return query_end(query);
}

enum fault assignment_each(struct world *world,
                           void (*see)(void *self, const struct principal *principal,
                                       const char *profile_arn, enum plan plan, int64_t created_s),
                           void *self)
{
    struct query *query = store_query(world->store, SQL_ASSIGNMENT_ALL, "");
    while (query_next(query)) {
        struct principal principal = {.id = query_text(query, 0),
                                      .is_group = query_integer(query, 1) != 0};
        see(self, &principal, query_text(query, 2), (enum plan)query_integer(query, 3),
            query_integer(query, 4));
    }
    return query_end(query);
}
