/* SPDX-License-Identifier: MIT */
/* The requests that own a world, one at a time: begun, committed, rolled back. */
#include <assert.h>

#include "world/engine/agenda.h"
#include "world/invariants.h"
#include "world/world.h"

enum fault world_begin(struct world *world, const char *actor, struct problem *problem)
{
    world->ids_before = world->ids;
    world->ids_stored = world->ids.counter;
    world->wall_anchor_before_s = world->wall_anchor_s;
    world->actor = actor;
    world->problem = problem;
    enum fault fault = store_begin(world->store);
    if (fault != FAULT_NONE)
        return fault;
    fault = agenda_follow(world);
    if (fault != FAULT_NONE)
        world_rollback(world);
    return fault;
}

/* What a request changed in memory goes back to what the store says. */
static void world_forget(struct world *world)
{
    struct problem ignored = {0};
    bool found = false;
    text_clear(&world->news);
    world->ids = world->ids_before;
    world->wall_anchor_s = world->wall_anchor_before_s;
    world_load(world, &found, &ignored);
    world->actor = NULL;
    world->problem = NULL;
}

enum fault world_commit(struct world *world)
{
    enum fault fault = world_save_ids(world);
    if (fault == FAULT_NONE && world->facts_checked && store_fault(world->store) == FAULT_NONE &&
        store_changed(world->store))
        fault = facts_hold(world);
    if (fault == FAULT_NONE)
        fault = store_commit(world->store);
    if (fault != FAULT_NONE) {
        world_rollback(world);
        return fault;
    }
    if (world->tell != NULL && world->news.bytes > 0)
        world->tell(text_chars(&world->news));
    text_clear(&world->news);
    world->actor = NULL;
    world->problem = NULL;
    return FAULT_NONE;
}

enum fault world_rollback(struct world *world)
{
    enum fault fault = store_fault(world->store);
    store_rollback(world->store);
    world_forget(world);
    return fault;
}
