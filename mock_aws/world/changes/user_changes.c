/* SPDX-License-Identifier: MIT */
/* Users: made, changed, disabled, deleted, signed in; see user_changes.h. */
#include "world/changes/user_changes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lags.h"
#include "base/parameters.h"
#include "base/text.h"
#include "world/changes/group_changes.h"
#include "world/engine/noticing.h"
#include "world/engine/settle.h"
#include "world/reading/reading.h"
#include "world/rows/assignments.h"
#include "world/rows/external_ids.h"
#include "world/rows/records.h"
#include "world/rows/timeline.h"
#include "world/time/propagation.h"

enum { TOKEN_LIFE_S = 3600 }; /* rule 43: application sessions are one hour */

static enum fault taken(struct world *world, const char *what)
{
    text_copy(world->problem->reason, sizeof world->problem->reason,
              "UNIQUENESS_CONSTRAINT_VIOLATION");
    return world_refuse(world, FAULT_CONFLICT, "Duplicate %s", what);
}

static void note_id(void *self, const struct user *user)
{
    text_copy(self, USER_ID_BYTES, user->user_id);
}

static enum fault check_free(struct world *world, bool by_email, const char *store_id,
                             const char *key, const char *user_id, const char *what)
{
    char holder[USER_ID_BYTES];
    enum fault fault =
        (by_email ? user_by_email : user_by_name)(world, store_id, key, note_id, holder);
    if (fault == FAULT_NONE && strcmp(holder, user_id) != 0)
        return taken(world, what);
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

/* Has nobody but `user_id` ("": nobody at all) this name or this e-mail? */
static enum fault user_unique(struct world *world, const char *store_id, const char *user_id,
                              const char *name, const char *email)
{
    enum fault fault = check_free(world, false, store_id, name, user_id, "UserName");
    if (fault == FAULT_NONE && email != NULL)
        fault = check_free(world, true, store_id, email, user_id, "Email");
    return fault;
}

/*
 * The deviation that gives a new person a dead one's id (against rule 59). False: nobody had the
 * name.
 */
static bool user_revive(struct world *world, const char *store_id, const char *name,
                        char out_user_id[USER_ID_BYTES])
{
    struct query *query = store_query(world->store, SQL_USER_OF_OLD_NAME, "tt", store_id, name);
    bool found = query_next(query);
    if (found)
        text_copy(out_user_id, USER_ID_BYTES, query_text(query, 0));
    query_end(query);
    if (found)
        store_change(world->store, SQL_USER_REVIVE, "t", out_user_id);
    return found;
}

/*
 * The deviations under which a dead user's name is taken: anybody's, or his whose seat was canceled
 * before its first use.
 */
static bool name_haunted(struct world *world, const char *store_id, const char *name)
{
    int fate = world->reading->values[NAME_OF_THE_DELETED];
    char user_id[USER_ID_BYTES] = "";
    if (fate != DELETED_NAME_TAKEN && fate != DELETED_NAME_TAKEN_UNUSED)
        return false;
    struct query *query = store_query(world->store, SQL_USER_OF_OLD_NAME, "tt", store_id, name);
    bool known = query_next(query);
    if (known)
        text_copy(user_id, sizeof user_id, query_text(query, 0));
    query_end(query);
    return known && (fate == DELETED_NAME_TAKEN ||
                     query_any(store_query(world->store, SQL_SEAT_NEVER_USED, "t", user_id)));
}

enum fault user_create(struct world *world, const char *store_id, const char *name,
                       const char *email, const char *attributes, char out_user_id[USER_ID_BYTES])
{
    enum fault fault = user_unique(world, store_id, "", name, email);
    if (fault != FAULT_NONE)
        return fault;
    if (name_haunted(world, store_id, name))
        return taken(world, "UserName");
    if (world->reading->values[NAME_OF_THE_DELETED] == DELETED_NAME_REVIVES &&
        user_revive(world, store_id, name, out_user_id))
        return FAULT_NONE;
    char *name_key = text_fold(name);
    char *email_key = email == NULL ? NULL : text_fold(email);
    ids_uuid(&world->ids, out_user_id);
    store_change(world->store, SQL_USER_INSERT, "ttttttit", out_user_id, store_id, name, name_key,
                 email_key, attributes, world->now_s, world->actor);
    free(name_key);
    free(email_key);
    struct entry entry = {
        .event = "CreateUser", .subject = out_user_id, .user_id = out_user_id, .after = name};
    return timeline_add(world, &entry, NULL);
}

static void note_nothing(void *self, const struct user *user)
{
    (void)self;
    (void)user;
}

enum fault user_update(struct world *world, const char *store_id, const char *user_id,
                       const char *name, const char *email, const char *attributes)
{
    enum fault fault = user_get(world, store_id, user_id, note_nothing, NULL);
    if (fault == FAULT_NONE)
        fault = user_unique(world, store_id, user_id, name, email);
    if (fault != FAULT_NONE)
        return fault;
    char *name_key = text_fold(name);
    char *email_key = email == NULL ? NULL : text_fold(email);
    store_change(world->store, SQL_USER_UPDATE, "tttttit", user_id, name, name_key, email_key,
                 attributes, world->now_s, world->actor);
    free(name_key);
    free(email_key);
    store_change(world->store, SQL_SEAT_RENAME, "tt", user_id, name);
    struct entry entry = {
        .event = "UpdateUser", .subject = user_id, .user_id = user_id, .after = name};
    return timeline_add(world, &entry, NULL);
}

/* What changed for one user: settle him for whoever notices. */
static enum fault settle_change(struct world *world, const char *store_id, enum fact fact,
                                const char *user_id, const struct cause *cause)
{
    assert(cause->seq > 0 || store_fault(world->store) != FAULT_NONE);
    assert(fact == FACT_USER || fact == FACT_ACTIVITY);
    struct id_list observers = {0};
    struct change change = {.fact = fact,
                            .subject = user_id,
                            .user_id = user_id,
                            .ready_s = delay_at(world, AUTO_CANCEL_LAG, user_id),
                            .cause = *cause};
    observers_of_store(world, store_id, &observers);
    enum fault fault = change_settle(world, &change, &observers);
    id_list_clear(&observers);
    return fault;
}

static void note_name(void *self, const struct user *user)
{
    text_copy(self, USER_NAME_BYTES, user->name);
}

enum fault user_delete(struct world *world, const char *store_id, const char *user_id)
{
    char name[USER_NAME_BYTES] = "";
    enum fault fault = user_get(world, store_id, user_id, note_name, name);
    if (fault != FAULT_NONE)
        return fault;
    struct entry entry = {.event = "DeleteUser",
                          .subject = user_id,
                          .user_id = user_id,
                          .before = name,
                          .rule = cause_rule(CAUSE_USER_DELETED)};
    struct cause cause = {.kind = CAUSE_USER_DELETED, .seq = timeline_tell(world, &entry)};
    assert(cause.seq > 0 || store_fault(world->store) != FAULT_NONE);
    store_change(world->store, SQL_USER_DELETE, "tiii", user_id, world->now_s, cause.seq,
                 delay_at(world, SESSION_TAIL, user_id));
    memberships_end(world, MEMBERSHIPS_OF_USER, user_id, &cause);
    assignments_end_of_principal(world, user_id, cause.seq);
    struct external_owner owner = {.store_id = store_id, .id = user_id};
    external_id_free_all(world, &owner);
    /* His external ids, what he is assigned to (identity-wire 6.6). */
    record_delete_scope(world, user_id);
    return settle_change(world, store_id, FACT_USER, user_id, &cause);
}

struct activity_of {
    bool active;
    char store_id[STORE_ID_BYTES];
};

static void note_activity(void *self, const struct user *user)
{
    struct activity_of *of = self;
    of->active = user->active;
    text_copy(of->store_id, sizeof of->store_id, user->store_id);
}

/*
 * Rule 5. The direct assignments end with his activity, where Kiro ever notices it, as a fact of
 * its own; a membership goes on (E6).
 */
static enum fault user_disable(struct world *world, const char *store_id, const char *user_id,
                               const struct cause *cause)
{
    assert(cause->kind == CAUSE_USER_DEACTIVATED);
    bool ends = world->reading->values[REACTIVATE] != REACTIVATE_FULL &&
                reading_notices(world->reading, cause->kind);
    store_change(world->store, SQL_USER_DISABLE, "tiit", user_id, world->now_s,
                 delay_at(world, SESSION_TAIL, user_id), world->actor);
    if (!ends)
        return settle_change(world, store_id, FACT_ACTIVITY, user_id, cause);
    assignments_end_of_principal(world, user_id, cause->seq);
    /* Both are written before anything is settled: what is noticed at once is one change. */
    struct id_list observers = {0};
    struct change assignments = {.fact = FACT_ASSIGNMENTS,
                                 .subject = user_id,
                                 .user_id = user_id,
                                 .ready_s = delay_at(world, AUTO_CANCEL_LAG, user_id),
                                 .cause = *cause};
    observers_of_store(world, store_id, &observers);
    beliefs_change(world, &assignments, &observers);
    id_list_clear(&observers);
    return settle_change(world, store_id, FACT_ACTIVITY, user_id, cause);
}

/* Who did not notice that he was disabled never saw it. */
static enum fault user_enable(struct world *world, const char *user_id, const struct cause *cause)
{
    assert(cause->kind == CAUSE_USER_ENABLED);
    store_change(world->store, SQL_USER_ENABLE, "tit", user_id, world->now_s, world->actor);
    beliefs_forget_activity(world, user_id);
    return settle_user(world, user_id, cause);
}

enum fault user_set_active(struct world *world, const char *user_id, bool active)
{
    struct activity_of before = {.active = false};
    enum fault fault = user_get(world, NULL, user_id, note_activity, &before);
    bool stuck = active && world->reading->values[ENABLING] == ENABLING_IGNORED;
    if (fault != FAULT_NONE || before.active == active || stuck)
        return fault;
    struct cause cause = {.kind = active ? CAUSE_USER_ENABLED : CAUSE_USER_DEACTIVATED};
    struct entry entry = {.event = active ? "EnableUser" : "DisableUser",
                          .subject = user_id,
                          .user_id = user_id,
                          .rule = cause_rule(cause.kind)};
    cause.seq = timeline_tell(world, &entry);
    assert(before.store_id[0] != '\0');
    assert(cause.seq > 0 || store_fault(world->store) != FAULT_NONE);
    return active ? user_enable(world, user_id, &cause)
                  : user_disable(world, before.store_id, user_id, &cause);
}

/* Is the account of his instance open? */
static bool home_is_open(struct world *world, const char *user_id)
{
    struct query *query = store_query(world->store, SQL_USER_HOME, "t", user_id);
    bool open = query_next(query) && query_integer(query, 0) > world->now_s;
    query_end(query);
    return open;
}

enum fault sign_in(struct world *world, const char *user_id, char out_token[UUID_TEXT_BYTES],
                   int64_t *out_expires_s)
{
    const int *values = world->reading->values;
    struct activity_of now = {.active = false};
    enum fault fault = user_get(world, NULL, user_id, note_activity, &now);
    if (fault != FAULT_NONE)
        return fault;
    if (!now.active && values[SIGN_IN_OF_THE_DISABLED] == DISABLED_MAY_NOT_SIGN_IN)
        return world_refuse(world, FAULT_DENIED,
                            "User %s is disabled; enable him before he signs in.", user_id);
    if (values[ACTIVE_USE] == ACTIVE_WITHOUT_APPLICATION &&
        query_any(store_query(world->store, SQL_SEAT_ACTIVE_OF_USER, "t", user_id)))
        return world_refuse(world, FAULT_DENIED, "The application was not found.");
    if (!home_is_open(world, user_id))
        return world_refuse(world, FAULT_DENIED, "The account of user %s's instance is closed.",
                            user_id);
    ids_uuid(&world->ids, out_token);
    *out_expires_s = world->now_s + TOKEN_LIFE_S;
    return store_change(world->store, SQL_TOKEN_INSERT, "tti", out_token, user_id, *out_expires_s);
}
