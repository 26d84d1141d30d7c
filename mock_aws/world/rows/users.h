/* SPDX-License-Identifier: MIT */
/*
 * Users of a directory as they are (identity-wire 5.5, 13). Names and e-mails are compared without
 * case. Rows are shown to a callback: borrowed texts, valid during the call.
 */
#ifndef MOCK_KIRO_WORLD_ROWS_USERS_H
#define MOCK_KIRO_WORLD_ROWS_USERS_H

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

typedef void user_see(void *self, const struct user *user);

/*
 * The e-mail that must be unique, out of a user's attributes (Emails[0].Value); NULL if there is
 * none. Borrowed.
 */
struct json;
const char *user_email(const struct json *attributes);

enum fault user_exists(struct world *world, const char *store_id, const char *user_id,
                       bool *out_exists);

/* Is there, or was there ever, a user with this id, in whatever directory? */
enum fault user_was_ever(struct world *world, const char *user_id, bool *out_was);

/* FAULT_NOT_FOUND (USER) unless the user stands in this directory; store_id NULL: in any. */
enum fault user_get(struct world *world, const char *store_id, const char *user_id, user_see *see,
                    void *self);

enum fault user_by_name(struct world *world, const char *store_id, const char *name, user_see *see,
                        void *self);

enum fault user_by_email(struct world *world, const char *store_id, const char *email,
                         user_see *see, void *self);

enum fault user_each(struct world *world, const char *store_id, int64_t after, int64_t limit,
                     user_see *see, void *self);

#endif
