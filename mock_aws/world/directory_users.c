/* SPDX-License-Identifier: MIT */
/* Users of a directory: made, found, disabled, deleted. */
#include "world/directory.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/lags.h"
#include "base/parameters.h"
#include "base/text.h"
#include "world/external_ids.h"
#include "world/propagation.h"
#include "world/records.h"
#include "world/settle.h"
#include "world/timeline.h"

enum { TOKEN_LIFE_S = 3600 }; /* rule 43: application sessions are one hour */

static struct user user_read(struct query *query)
{
    return (struct user){.row = query_integer(query, 0),
                         .user_id = query_text(query, 1),
                         .store_id = query_text(query, 2),
                         .name = query_text(query, 3),
                         .attributes = query_text(query, 4),
                         .active = query_integer(query, 5) != 0,
                         .created_s = query_integer(query, 6),
                         .created_by = query_text(query, 7),
                         .updated_s = query_integer(query, 8),
                         .updated_by = query_text(query, 9)};
}

enum fault user_get(struct world *world, const char *store_id, const char *user_id, user_see *see,
                    void *self)
{
    struct query *query = store_query(world->store, SQL_USER_GET, "t", user_id);
    bool found = query_next(query);
    if (found) {
        struct user user = user_read(query);
        found = store_id == NULL || strcmp(user.store_id, store_id) == 0;
        if (found)
            see(self, &user);
    }
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? world_missing(world, "USER", user_id) : fault;
}

static void see_nothing(void *self, const struct user *user)
{
    (void)self;
    (void)user;
}

enum fault user_exists(struct world *world, const char *store_id, const char *user_id,
                       bool *out_exists)
{
    enum fault fault = user_get(world, store_id, user_id, see_nothing, NULL);
    *out_exists = fault == FAULT_NONE;
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

static enum fault user_by(struct world *world, enum statement statement, const char *store_id,
                          const char *key, user_see *see, void *self)
{
    char *folded = text_fold(key);
    struct query *query = store_query(world->store, statement, "tt", store_id, folded);
    bool found = query_next(query);
    if (found) {
        struct user user = user_read(query);
        see(self, &user);
    }
    enum fault fault = query_end(query);
    free(folded);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

enum fault user_by_name(struct world *world, const char *store_id, const char *name, user_see *see,
                        void *self)
{
    return user_by(world, SQL_USER_BY_NAME, store_id, name, see, self);
}

enum fault user_by_email(struct world *world, const char *store_id, const char *email,
                         user_see *see, void *self)
{
    return user_by(world, SQL_USER_BY_EMAIL, store_id, email, see, self);
}

enum fault user_each(struct world *world, const char *store_id, int64_t after, int64_t limit,
                     user_see *see, void *self)
{
    struct query *query = store_query(world->store, SQL_USER_LIST, "tii", store_id, after, limit);
    while (query_next(query)) {
        struct user user = user_read(query);
        see(self, &user);
    }
    return query_end(query);
}

const char *user_email(const struct json *attributes)
{
    return json_member_text(json_first(json_member(attributes, "Emails")), "Value");
}

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

static enum fault check_free(struct world *world, enum statement statement, const char *store_id,
                             const char *key, const char *user_id, const char *what)
{
    char holder[USER_ID_BYTES];
    enum fault fault = user_by(world, statement, store_id, key, note_id, holder);
    if (fault == FAULT_NONE && strcmp(holder, user_id) != 0)
        return taken(world, what);
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

/* Has nobody but `user_id` ("": nobody at all) this name or this e-mail? */
static enum fault user_unique(struct world *world, const char *store_id, const char *user_id,
                              const char *name, const char *email)
{
    enum fault fault = check_free(world, SQL_USER_BY_NAME, store_id, name, user_id, "UserName");
    if (fault == FAULT_NONE && email != NULL)
        fault = check_free(world, SQL_USER_BY_EMAIL, store_id, email, user_id, "Email");
    return fault;
}

/* The deviation that gives a new person a dead one's id (against rule 59). FAULT_NOT_FOUND when nobody had the name. */
static enum fault user_revive(struct world *world, const char *store_id, const char *name,
                              char out_user_id[USER_ID_BYTES])
{
    struct query *query = store_query(world->store, SQL_USER_OF_OLD_NAME, "tt", store_id, name);
    bool found = query_next(query);
    if (found)
        text_copy(out_user_id, USER_ID_BYTES, query_text(query, 0));
    enum fault fault = query_end(query);
    if (fault == FAULT_NONE && found)
        fault = store_change(world->store, SQL_USER_REVIVE, "t", out_user_id);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

/* The deviations under which a dead user's name is taken: anybody's, or his whose seat was canceled before its first use. */
static enum fault name_haunted(struct world *world, const char *store_id, const char *name,
                               bool *out_haunted)
{
    const bool *deviations = world->reading.deviations;
    char user_id[USER_ID_BYTES] = "";
    *out_haunted = false;
    if (!deviations[SCIM_SOFT_DELETE] && !deviations[CANCELED_PENDING_BLOCKS])
        return FAULT_NONE;
    struct query *query = store_query(world->store, SQL_USER_OF_OLD_NAME, "tt", store_id, name);
    bool known = query_next(query);
    if (known)
        text_copy(user_id, sizeof user_id, query_text(query, 0));
    enum fault fault = query_end(query);
    *out_haunted = known && deviations[SCIM_SOFT_DELETE];
    if (fault != FAULT_NONE || !known || *out_haunted)
        return fault;
    query = store_query(world->store, SQL_SEAT_NEVER_USED, "t", user_id);
    *out_haunted = query_next(query);
    return query_end(query);
}

enum fault user_create(struct world *world, const char *store_id, const char *name,
                       const char *email, const char *attributes, char out_user_id[USER_ID_BYTES])
{
    bool haunted = false;
    enum fault fault = user_unique(world, store_id, "", name, email);
    if (fault == FAULT_NONE)
        fault = name_haunted(world, store_id, name, &haunted);
    if (fault == FAULT_NONE && haunted)
        return taken(world, "UserName");
    if (fault != FAULT_NONE)
        return fault;
    if (world->reading.deviations[RECREATED_USER_KEEPS_SEAT]) {
        fault = user_revive(world, store_id, name, out_user_id);
        if (fault != FAULT_NOT_FOUND)
            return fault;
    }
    char *name_key = text_fold(name);
    char *email_key = email == NULL ? NULL : text_fold(email);
    ids_uuid(&world->ids, out_user_id);
    fault = store_change(world->store, SQL_USER_INSERT, "ttttttit", out_user_id, store_id, name,
                         name_key, email_key, attributes, world->now_s, world->actor);
    free(name_key);
    free(email_key);
    struct entry entry = {
        .event = "CreateUser", .subject = out_user_id, .user_id = out_user_id, .after = name};
    return fault == FAULT_NONE ? timeline_add(world, &entry, NULL) : fault;
}

enum fault user_update(struct world *world, const char *store_id, const char *user_id,
                       const char *name, const char *email, const char *attributes)
{
    enum fault fault = user_get(world, store_id, user_id, see_nothing, NULL);
    if (fault == FAULT_NONE)
        fault = user_unique(world, store_id, user_id, name, email);
    if (fault != FAULT_NONE)
        return fault;
    char *name_key = text_fold(name);
    char *email_key = email == NULL ? NULL : text_fold(email);
    fault = store_change(world->store, SQL_USER_UPDATE, "tttttit", user_id, name, name_key,
                         email_key, attributes, world->now_s, world->actor);
    free(name_key);
    free(email_key);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_SEAT_RENAME, "tt", user_id, name);
    struct entry entry = {
        .event = "UpdateUser", .subject = user_id, .user_id = user_id, .after = name};
    return fault == FAULT_NONE ? timeline_add(world, &entry, NULL) : fault;
}

static void note_name(void *self, const struct user *user)
{
    text_copy(self, USER_NAME_BYTES, user->name);
}

enum fault user_delete(struct world *world, const char *store_id, const char *user_id)
{
    char name[USER_NAME_BYTES] = "";
    enum fault fault = user_get(world, store_id, user_id, note_name, name);
    struct entry entry = {.event = "DeleteUser",
                          .subject = user_id,
                          .user_id = user_id,
                          .before = name,
                          .rule = "auto-user-deleted"};
    struct cause cause = {.rule = entry.rule};
    if (fault == FAULT_NONE)
        fault = timeline_add(world, &entry, &cause.seq);
    int64_t seen_s = trigger_at(world, AUTO_CANCEL_LAG, cause.rule, user_id);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_USER_DELETE, "tiii", user_id, world->now_s, seen_s,
                             propagation_at(world, SESSION_TAIL, user_id));
    if (fault == FAULT_NONE)
        fault = memberships_end(world, SQL_MEMBERSHIP_TELL_USER, SQL_MEMBERSHIP_REMOVE_USER,
                                user_id, seen_s, &cause);
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_ASSIGNMENT_END_PRINCIPAL, "tii", user_id,
                             world->now_s, seen_s);
    struct external_owner owner = {.store_id = store_id, .id = user_id};
    if (fault == FAULT_NONE)
        fault = external_id_free_all(world, &owner);
    if (fault == FAULT_NONE)
        fault = record_delete_scope(
            world, user_id); /* his external ids, what he is assigned to (identity-wire 6.6) */
    return fault == FAULT_NONE ? settle_user_at(world, user_id, seen_s, &cause) : fault;
}

static void note_active(void *self, const struct user *user)
{
    bool *active = self;
    *active = user->active;
}

/* Rule 5: the direct assignments end with his activity, where Kiro ever sees it; a membership goes on (E6). */
static enum fault user_disable(struct world *world, const char *user_id, const struct cause *cause)
{
    int64_t seen_s = trigger_at(world, AUTO_CANCEL_LAG, cause->rule, user_id);
    bool resumes = world->reading.values[REACTIVATE] == REACTIVATE_FULL;
    enum fault fault =
        store_change(world->store, SQL_USER_DISABLE, "tiiit", user_id, world->now_s, seen_s,
                     propagation_at(world, SESSION_TAIL, user_id), world->actor);
    if (fault == FAULT_NONE && !resumes && seen_s != FOREVER)
        fault = store_change(world->store, SQL_ASSIGNMENT_END_PRINCIPAL, "tii", user_id,
                             world->now_s, seen_s);
    return fault == FAULT_NONE ? settle_user_at(world, user_id, seen_s, cause) : fault;
}

/* Before the lag has passed Kiro never saw him disabled. */
static enum fault user_enable(struct world *world, const char *user_id, const struct cause *cause)
{
    enum fault fault =
        store_change(world->store, SQL_USER_ENABLE, "tit", user_id, world->now_s, world->actor);
    return fault == FAULT_NONE ? settle_user(world, user_id, cause) : fault;
}

enum fault user_set_active(struct world *world, const char *user_id, bool active)
{
    bool was_active = false;
    enum fault fault = user_get(world, NULL, user_id, note_active, &was_active);
    bool stuck = active && world->reading.deviations[DISABLE_IS_FINAL];
    if (fault != FAULT_NONE || was_active == active || stuck)
        return fault;
    struct entry entry = {.event = active ? "EnableUser" : "DisableUser",
                          .subject = user_id,
                          .user_id = user_id,
                          .rule = active ? "idc-disable-reversible" : "auto-user-deactivated"};
    struct cause cause = {.rule = entry.rule};
    fault = timeline_add(world, &entry, &cause.seq);
    if (fault != FAULT_NONE)
        return fault;
    return active ? user_enable(world, user_id, &cause) : user_disable(world, user_id, &cause);
}

enum fault sign_in(struct world *world, const char *user_id, char out_token[UUID_TEXT_BYTES],
                   int64_t *out_expires_s)
{
    bool active = false;
    enum fault fault = user_get(world, NULL, user_id, note_active, &active);
    if (fault != FAULT_NONE)
        return fault;
    if (!active && !world->reading.deviations[DISABLED_MAY_SIGN_IN])
        return world_refuse(world, FAULT_DENIED,
                            "User %s is disabled; enable him before he signs in.", user_id);
    if (world->reading.deviations[ACTIVE_BUT_APP_MISSING]) {
        struct query *seats = store_query(world->store, SQL_SEAT_ACTIVE_OF_USER, "t", user_id);
        bool missing = query_next(seats);
        fault = query_end(seats);
        if (fault == FAULT_NONE && missing)
            return world_refuse(world, FAULT_DENIED, "The application was not found.");
    }
    struct query *query = store_query(world->store, SQL_USER_HOME, "t", user_id);
    bool open = query_next(query) && query_integer(query, 0) > world->now_s;
    fault = query_end(query);
    if (fault == FAULT_NONE && !open)
        return world_refuse(world, FAULT_DENIED, "The account of user %s's instance is closed.",
                            user_id);
    if (fault != FAULT_NONE)
        return fault;
    ids_uuid(&world->ids, out_token);
    *out_expires_s = world->now_s + TOKEN_LIFE_S;
    return store_change(world->store, SQL_TOKEN_INSERT, "tti", out_token, user_id, *out_expires_s);
}
