/* SPDX-License-Identifier: MIT */
/*
 * The registry of actors: whom and what a scenario names by handle, and what the server calls them.
 * Nothing ever leaves it: a deleted user stays, because the checks go on asking about him.
 */
#ifndef MOCK_KIRO_CLIENT_REGISTRY_H
#define MOCK_KIRO_CLIENT_REGISTRY_H

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
    char *session_token; /* user: the token of the latest sign-in; or NULL */
};

struct actors {
    struct actor *items;
    size_t count;
    size_t capacity;
};

/* Zero is an empty registry. */
struct registry {
    struct actors of[ACTOR_KINDS];
};

/*
 * Requires: no actor of this kind has the handle.
 * Gives: the new actor, whose other texts are NULL. Pointers to actors of this kind end here.
 */
struct actor *registry_add(struct registry *registry, enum actor_kind kind, const char *handle);

/*
 * Gives: NULL if there is none. A NULL handle means the only one there is (NULL if none or
 * several).
 */
struct actor *registry_find(const struct registry *registry, enum actor_kind kind,
                            const char *handle);

/* Gives: a registry with texts of its own; release with registry_clear. */
void registry_copy(const struct registry *from, struct registry *out_to);
void registry_clear(struct registry *registry);

/* Replace one text of an actor by a copy of `text`. */
void actor_set(char **member, const char *text);

#endif
