/* SPDX-License-Identifier: MIT */
/* Snapshots kept; see snapshots.h. */
#include "services/snapshots.h"

#include <stdlib.h>
#include <string.h>

#include "base/editions.h"
#include "base/text.h"
#include "world/reading/reading.h"

bool snapshot_name_is_good(const char *name)
{
    size_t bytes = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return bytes > 0 && bytes < NAME_BYTES && name[bytes] == '\0';
}

void snapshots_clear(struct snapshots *snapshots)
{
    for (size_t i = 0; i < snapshots->count; i++)
        free(snapshots->all[i].image);
    snapshots->count = 0;
}

struct snapshot *snapshot_find(struct snapshots *snapshots, const char *name)
{
    for (size_t i = 0; i < snapshots->count; i++)
        if (strcmp(snapshots->all[i].name, name) == 0)
            return &snapshots->all[i];
    return NULL;
}

struct snapshot *snapshot_place(struct snapshots *snapshots, const char *name)
{
    struct snapshot *place = snapshot_find(snapshots, name);
    if (place != NULL || snapshots->count == LIMIT_SNAPSHOTS)
        return place;
    place = &snapshots->all[snapshots->count++];
    *place = (struct snapshot){.image = NULL};
    text_copy(place->name, sizeof place->name, name);
    return place;
}

void snapshot_drop(struct snapshots *snapshots, struct snapshot *snapshot)
{
    size_t after = (size_t)(&snapshots->all[snapshots->count] - (snapshot + 1));
    free(snapshot->image);
    memmove(snapshot, snapshot + 1, after * sizeof *snapshot);
    snapshots->count--;
}

enum fault snapshot_take(struct world *world, struct snapshot *out_snapshot)
{
    *out_snapshot =
        (struct snapshot){.now_s = world->now_s, .edition = world->reading->edition->name};
    return world_save(world, &out_snapshot->image, &out_snapshot->bytes, &out_snapshot->digest);
}

enum fault snapshot_read(const char *image, size_t bytes, struct snapshot *out_snapshot,
                         struct problem *problem)
{
    struct reading reading;
    struct world_options options = {
        .reading = &reading, .seed = 1, .start_s = WORLD_DEFAULT_START_S, .facts_checked = true};
    reading_init(&reading);
    struct world *world = world_open(&options, problem);
    if (world == NULL)
        return FAULT_INTERNAL;
    enum fault fault = world_begin(world, "control", problem);
    if (fault == FAULT_NONE) {
        fault = world_restore(world, image, bytes);
        if (fault == FAULT_NONE)
            fault = snapshot_take(world, out_snapshot);
        world_rollback(world);
    }
    world_close(world);
    return fault;
}
