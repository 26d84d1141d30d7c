/* SPDX-License-Identifier: MIT */
/* Rows of users; see users.h. */
#include "world/rows/users.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

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

enum fault user_was_ever(struct world *world, const char *user_id, bool *out_was)
{
    struct query *query = store_query(world->store, SQL_USER_NAME, "t", user_id);
    *out_was = query_next(query);
    return query_end(query);
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
