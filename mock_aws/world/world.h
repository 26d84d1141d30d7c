/* SPDX-License-Identifier: MIT */
/*
 * One world: its store, its ids, the time of the request being served, and the reading in force.
 * One request at a time owns it; every verb of this room is called between world_begin and
 * world_commit.
 */
#ifndef MOCK_KIRO_WORLD_WORLD_H
#define MOCK_KIRO_WORLD_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/ids.h"
#include "base/text.h"
#include "world/store/store.h"

#define WORLD_DEFAULT_ACCOUNT "123456789012"
#define WORLD_DEFAULT_START_S INT64_C(1767225600) /* 2026-01-01T00:00:00Z, the contract's */

/*
 * Sizes of the ids and ARNs that this world makes (ids.h), with their NUL; names are bounded by the
 * wire's shapes.
 */
enum {
    ACCOUNT_BYTES = 16,
    REGION_BYTES = 64,
    STORE_ID_BYTES = 40,
    USER_ID_BYTES = 64, /* also groups and memberships */
    ARN_BYTES = 128,
    USER_NAME_BYTES = 128 * 4 + 1,
    INSTANCE_NAME_BYTES = 256
};

struct reading; /* reading/reading.h: whoever asks what is in force includes it */

struct world {
    struct store *store;
    struct ids ids;
    uint64_t ids_stored;   /* the counter that the store holds now */
    struct ids ids_before; /* to give back the numbers of a request that failed */
    int64_t now_s;         /* virtual; one reading per request */
    bool running;
    int64_t wall_anchor_s; /* running: virtual time is now_s + (wall - anchor) */
    int64_t wall_anchor_before_s;
    struct reading *reading;       /* in force; owned, as the next is */
    struct reading *start_reading; /* what a reset goes back to, with … */
    uint64_t start_seed;
    int64_t start_s;
    bool start_running;
    bool found;         /* it was in the file when that was opened */
    bool facts_checked; /* the facts are held before each commit … */
    /* … but these (bits by store/facts.h), which the reading breaks or once broke on purpose */
    uint64_t facts_excused;
    struct text news; /* a line per change of a seat in this request; told when it is committed */
    void (*tell)(const char *line); /* NULL: nobody listens */
    const char *actor;              /* of the request; borrowed */
    struct problem *problem;        /* of the request; borrowed */
};

struct world_options {
    const char *path; /* NULL: memory */
    uint64_t seed;
    int64_t start_s;
    bool running;
    const struct reading *reading; /* never NULL; copied */
    /* hold the facts before each commit (invariants.h); debug builds always do */
    bool facts_checked;
    bool reading_given; /* a file that holds a world takes this reading; else it keeps its own */
    void (*tell)(const char *line); /* takes a line per committed change of a seat; or NULL */
};

/*
 * NULL with one line in `problem`. A file that holds a world already keeps its seed, clock and
 * reading.
 */
struct world *world_open(const struct world_options *options, struct problem *problem);
void world_close(struct world *world); /* NULL is fine */

/* Read from the store where time, ids and reading stand; and write the ids there. */
enum fault world_load(struct world *world, bool *out_found, struct problem *problem);
enum fault world_save_ids(struct world *world);

/*
 * Begin a request: opens the transaction, reads the clock, does what is due. `actor` and `problem`
 * are borrowed until the end.
 */
enum fault world_begin(struct world *world, const char *actor, struct problem *problem);
enum fault world_commit(struct world *world);
enum fault
world_rollback(struct world *world); /* FAULT_INTERNAL if the store had failed within it */

/* Empty the world and start it again at `start_s`, frozen, with `seed` and `reading`. */
enum fault world_reset(struct world *world, uint64_t seed, int64_t start_s,
                       const struct reading *reading);

/*
 * All of the world as the bytes of one SQLite file (free *out_image), and its digest. FAULT_QUOTA:
 * more than LIMIT_SNAPSHOT_BYTES. Not in it: the journal, and what a reset goes back to.
 */
enum fault world_save(struct world *world, char **out_image, size_t *out_bytes,
                      uint64_t *out_digest);

/*
 * Put such a file in the place of all there is, as if nothing had happened since; the journal
 * begins anew. FAULT_INVALID with words.
 */
enum fault world_restore(struct world *world, const char *image, size_t bytes);

/*
 * From here on a reset goes back to the seed, the time, the reading and the clock that there are
 * now.
 */
void world_keep_start(struct world *world);

/* Write the reading in force to the store, so that a restart keeps it. */
enum fault world_save_reading(struct world *world);

/* Nothing has ever happened here: a world document may be loaded. */
bool world_is_empty(struct world *world);

/* Refuse, with words: sets the message and returns `fault`. */
enum fault world_refuse(struct world *world, enum fault fault, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * FAULT_NOT_FOUND with the modelled members of identitystore ("USER", id); NULL where what was
 * asked by is no resource id.
 */
enum fault world_missing(struct world *world, const char *resource_type, const char *resource_id);

#endif
