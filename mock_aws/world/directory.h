/* SPDX-License-Identifier: MIT */
/*
 * The directory of an Identity Center instance: users, groups, memberships (identity-wire 5.5, 13). Names and e-mails are compared
 * without case. Deleting, disabling, removing settle the seats concerned (rules 1, 2, 5, 58-60; E5-E8).
 */
#ifndef MOCK_KIRO_WORLD_DIRECTORY_H
#define MOCK_KIRO_WORLD_DIRECTORY_H

#include "world/world.h"

struct user {
    int64_t row;
    const char *user_id;
    const char *store_id;
    const char *name;
    const char *attributes; /* JSON text, as given */
    bool active;
    int64_t created_s;
    const char *created_by;
    int64_t updated_s;
    const char *updated_by;
};

struct group {
    int64_t row;
    const char *group_id;
    const char *store_id;
    const char *name;
    const char *description; /* NULL: none */
    int64_t created_s;
    const char *created_by;
    int64_t updated_s;
    const char *updated_by;
};

struct membership {
    int64_t row;
    const char *membership_id;
    const char *store_id;
    const char *group_id;
    const char *user_id;
    int64_t created_s;
    const char *created_by;
};

/* What a caller does with a row: borrowed texts, valid during the call. */
typedef void user_see(void *self, const struct user *user);
typedef void group_see(void *self, const struct group *group);
typedef void membership_see(void *self, const struct membership *membership);

/* The e-mail that must be unique, out of a user's attributes (Emails[0].Value); NULL if there is none. Borrowed. */
struct json;
const char *user_email(const struct json *attributes);

/* `email` may be NULL. FAULT_CONFLICT (reason UNIQUENESS_CONSTRAINT_VIOLATION) if name or e-mail is taken. */
enum fault user_create(struct world *world, const char *store_id, const char *name,
                       const char *email, const char *attributes, char out_user_id[USER_ID_BYTES]);
enum fault user_exists(struct world *world, const char *store_id, const char *user_id,
                       bool *out_exists);
/* FAULT_NOT_FOUND (USER) unless the user stands in this directory; store_id NULL: in any. */
enum fault user_get(struct world *world, const char *store_id, const char *user_id, user_see *see,
                    void *self);
enum fault user_by_name(struct world *world, const char *store_id, const char *name, user_see *see,
                        void *self);
enum fault user_by_email(struct world *world, const char *store_id, const char *email,
                         user_see *see, void *self);
enum fault user_each(struct world *world, const char *store_id, int64_t after, int64_t limit,
                     user_see *see, void *self);
/* Give a user this name, e-mail (NULL: none) and attributes in the place of what he has. FAULT_NOT_FOUND; FAULT_CONFLICT as user_create. */
enum fault user_update(struct world *world, const char *store_id, const char *user_id,
                       const char *name, const char *email, const char *attributes);
enum fault user_delete(struct world *world, const char *store_id, const char *user_id);
/* Disabling ends his claims and direct assignments (rule 5); enabling lets group assignments grant anew (E6). No change: nothing happens. */
enum fault user_set_active(struct world *world, const char *user_id, bool active);

enum fault group_create(struct world *world, const char *store_id, const char *name,
                        const char *description, char out_group_id[USER_ID_BYTES]);
enum fault group_exists(struct world *world, const char *store_id, const char *group_id,
                        bool *out_exists);
enum fault group_get(struct world *world, const char *store_id, const char *group_id,
                     group_see *see, void *self);
enum fault group_by_name(struct world *world, const char *store_id, const char *name,
                         group_see *see, void *self);
enum fault group_each(struct world *world, const char *store_id, int64_t after, int64_t limit,
                      group_see *see, void *self);
/* FAULT_NOT_FOUND; FAULT_CONFLICT as group_create. */
enum fault group_rename(struct world *world, const char *store_id, const char *group_id,
                        const char *name);
/* `description` NULL: none. FAULT_NOT_FOUND. */
enum fault group_describe(struct world *world, const char *store_id, const char *group_id,
                          const char *description);
enum fault group_delete(struct world *world, const char *store_id, const char *group_id);

/* FAULT_NOT_FOUND (USER, GROUP); FAULT_CONFLICT if he is a member. A group is no member (rule 60). */
enum fault membership_create(struct world *world, const char *store_id, const char *group_id,
                             const char *user_id, char out_membership_id[USER_ID_BYTES]);
enum fault membership_delete(struct world *world, const char *store_id, const char *membership_id);
/* FAULT_NOT_FOUND (GROUP_MEMBERSHIP) unless it stands in this directory. */
enum fault membership_get(struct world *world, const char *store_id, const char *membership_id,
                          membership_see *see, void *self);
/* Calls `see` if he is a member; no member is no fault. */
enum fault membership_of_pair(struct world *world, const char *group_id, const char *user_id,
                              membership_see *see, void *self);
enum fault membership_each_of_group(struct world *world, const char *group_id, int64_t after,
                                    int64_t limit, membership_see *see, void *self);
enum fault membership_each_of_user(struct world *world, const char *user_id, int64_t after,
                                   int64_t limit, membership_see *see, void *self);

/* May he sign in (rule 42)? FAULT_NOT_FOUND, FAULT_DENIED. Gives a bearer token that lives one hour (rule 43). */
enum fault sign_in(struct world *world, const char *user_id, char out_token[UUID_TEXT_BYTES],
                   int64_t *out_expires_s);

/* End the memberships that two statements of statements.h tell and remove, those of a user, group or directory. */
enum fault memberships_end(struct world *world, enum statement tell, enum statement remove,
                           const char *whose, int64_t seen_s, const struct cause *cause);

#endif
