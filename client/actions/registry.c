/* SPDX-License-Identifier: MIT */
/* Five lists of actors, found by handle. */
#include "actions/registry.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const char *actor_kind_name(enum actor_kind kind)
{
    static const char *const NAMES[ACTOR_KINDS] = {"account", "instance", "user", "group",
                                                   "profile"};
    return NAMES[kind];
}

struct actor *registry_add(struct registry *registry, enum actor_kind kind, const char *handle)
{
    struct actors *actors = &registry->of[kind];
    actors->items =
        mem_grow(actors->items, actors->count, &actors->capacity, sizeof *actors->items);
    struct actor *actor = &actors->items[actors->count++];
    *actor = (struct actor){.handle = mem_text(handle)};
    return actor;
}

struct actor *registry_find(const struct registry *registry, enum actor_kind kind,
                            const char *handle)
{
    const struct actors *actors = &registry->of[kind];
    if (handle == NULL)
        return actors->count == 1 ? &actors->items[0] : NULL;
    for (size_t i = 0; i < actors->count; i++) {
        if (strcmp(actors->items[i].handle, handle) == 0)
            return &actors->items[i];
    }
    return NULL;
}

void registry_copy(const struct registry *from, struct registry *out_to)
{
    *out_to = (struct registry){0};
    for (int kind = 0; kind < ACTOR_KINDS; kind++) {
        for (size_t i = 0; i < from->of[kind].count; i++) {
            const struct actor *actor = &from->of[kind].items[i];
            struct actor *copy = registry_add(out_to, (enum actor_kind)kind, actor->handle);
            copy->id = mem_text(actor->id);
            copy->store_id = mem_text(actor->store_id);
            copy->name = mem_text(actor->name);
            copy->region = mem_text(actor->region);
            copy->account = mem_text(actor->account);
            copy->instance = mem_text(actor->instance);
            copy->organization = mem_text(actor->organization);
            copy->management = actor->management;
            copy->scim_url = mem_text(actor->scim_url);
            copy->scim_token = mem_text(actor->scim_token);
            copy->session_token = mem_text(actor->session_token);
        }
    }
}

void registry_clear(struct registry *registry)
{
    for (int kind = 0; kind < ACTOR_KINDS; kind++) {
        for (size_t i = 0; i < registry->of[kind].count; i++) {
            struct actor *actor = &registry->of[kind].items[i];
            free(actor->handle);
            free(actor->id);
            free(actor->store_id);
            free(actor->name);
            free(actor->region);
            free(actor->account);
            free(actor->instance);
            free(actor->organization);
            free(actor->scim_url);
            free(actor->scim_token);
            free(actor->session_token);
        }
        free(registry->of[kind].items);
    }
    *registry = (struct registry){0};
}

void actor_set(char **member, const char *text)
{
    char *copy = mem_text(text);
    free(*member);
    *member = copy;
}
