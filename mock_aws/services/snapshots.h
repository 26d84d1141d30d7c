/* SPDX-License-Identifier: MIT */
/*
 * The snapshots of one world, each the bytes of one SQLite file. They belong to whoever owns the
 * world at the time (world.h), and have no lock of their own.
 */
#ifndef MOCK_KIRO_SERVICES_SNAPSHOTS_H
#define MOCK_KIRO_SERVICES_SNAPSHOTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/limits.h"
#include "world/world.h"

/* Of worlds and of snapshots: up to 40 of a-z, 0-9 and '-'. */
enum { NAME_BYTES = 41 };
bool snapshot_name_is_good(const char *name);

struct snapshot {
    char name[NAME_BYTES];
    char *image; /* owned */
    size_t bytes;
    uint64_t digest;     /* of the world in it */
    int64_t now_s;       /* … its clock … */
    const char *edition; /* … and its edition, for those who list */
};

struct snapshots {
    struct snapshot all[LIMIT_SNAPSHOTS];
    size_t count;
};

void snapshots_clear(struct snapshots *snapshots);

/* NULL: there is none of that name. */
struct snapshot *snapshot_find(struct snapshots *snapshots, const char *name);

/*
 * A place under that name, which may hold an older one; NULL: there are LIMIT_SNAPSHOTS of others.
 */
struct snapshot *snapshot_place(struct snapshots *snapshots, const char *name);
void snapshot_drop(struct snapshots *snapshots, struct snapshot *snapshot);

/* What the world is at this moment, without a name. FAULT_QUOTA: too large. */
enum fault snapshot_take(struct world *world, struct snapshot *out_snapshot);

/*
 * The same of a file that somebody sent, after it has been restored into a world of its own: what
 * comes from there can be restored. FAULT_INVALID.
 */
enum fault snapshot_read(const char *image, size_t bytes, struct snapshot *out_snapshot,
                         struct problem *problem);

#endif
