/* SPDX-License-Identifier: MIT */
/*
 * Who and what a scenario speaks of: handles, and what the server calls them. Nothing ever leaves
 * the cast: a deleted user stays in it, because the checks go on asking about him.
 */
#ifndef MOCK_KIRO_CLIENT_CAST_H
#define MOCK_KIRO_CLIENT_CAST_H

#include <stdbool.h>
#include <stddef.h>

enum actor_kind {
    ACTOR_ACCOUNT,
    ACTOR_INSTANCE,
    ACTOR_USER,
    ACTOR_GROUP,
    ACTOR_PROFILE,
    ACTOR_KINDS
};

/*
 * "account", "instance", "user", "group", "profile"; with an s, the key of the world document and
 * of the server's answer.
 */
const char *actor_kind_name(enum actor_kind kind);

/* Texts are owned; those that do not apply to the kind are NULL. */
struct actor {
    char *handle;
    char *id;       /* account number, ARN or directory id; NULL until the server has given it */
    char *store_id; /* instance: its identity store */
    char *name;     /* user: the user name */
    char *region;   /* instance, profile */
    char *account;  /* instance, profile: a handle */
    char *instance; /* user, group, profile: a handle */
    char *organization; /* account: what it belongs to */
    bool management;    /* account: it is the organization's management account */
    char *scim_url;     /* instance: where its directory takes SCIM, up to the final slash */
    char *scim_token;
    char *session; /* user: the token of the latest sign-in; or NULL */
};

struct actors {
    struct actor *items;
    size_t count;
    size_t capacity;
};

/* Zero is an empty cast. */
struct cast {
    struct actors of[ACTOR_KINDS];
};

/* The new actor's other texts are NULL. Pointers to actors of this kind end their life here. */
struct actor *cast_add(struct cast *cast, enum actor_kind kind, const char *handle);

/* NULL if there is none; a NULL handle means the only one there is (NULL if none or several). */
struct actor *cast_find(const struct cast *cast, enum actor_kind kind, const char *handle);

void cast_copy(const struct cast *from, struct cast *out_to);
void cast_clear(struct cast *cast);

/* Replace one text of an actor by a copy of `text`. */
void actor_set(char **member, const char *text);

#endif
