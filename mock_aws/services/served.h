/* SPDX-License-Identifier: MIT */
/* A world as it is served: behind a lock, with its faults, its snapshots and a name. */
#ifndef MOCK_KIRO_SERVICES_SERVED_H
#define MOCK_KIRO_SERVICES_SERVED_H

#include <pthread.h>

#include "base/ids.h"
#include "services/faults.h"
#include "services/snapshots.h"
#include "services/worlds.h"
#include "world/world.h"

/* A world with the lock that lets one request at a time own it. */
struct served {
    struct world *world;
    struct worlds *worlds; /* it is one of these */
    char name[NAME_BYTES]; /* "": the first */
    /* requests that are in it now, if it has a name; under the lock of `worlds` */
    unsigned visitors;
    struct snapshots snapshots;
    /* what the world was made with and a reset goes back to; NULL: nothing */
    struct json *document;
    bool document_gives_tokens; /* loading it makes ways in for SCIM */
    bool document_of_start;     /* the server was started with it: no call made the world */
    struct faults faults;       /* has a lock of its own */
    pthread_mutex_t lock;
    pthread_mutex_t ids_lock;
    /* apart from the world's, so that a refused request does not move its ids */
    struct ids request_ids;
};

/* The first world, whose `world` and `worlds` stay the caller's. False if a lock cannot be made. */
bool served_init(struct served *served, struct world *world, struct worlds *worlds);
void served_clear(struct served *served);

/* A world with a name, which owns its own. NULL with one line in `problem`. */
struct served *served_new(const char *name, const struct world_options *options,
                          struct worlds *worlds, struct problem *problem);
void served_free(struct served *served);

/* The lock of its world. A request that only looks needs no more. */
void served_lock(struct served *served);
void served_unlock(struct served *served);

/*
 * The lock and a transaction, in which all that is due has been done; one of the other two gives
 * both back. Without the lock on a fault.
 */
enum fault served_begin(struct served *served, struct problem *problem);
enum fault served_commit(struct served *served);
enum fault served_rollback(struct served *served); /* as world_rollback */

void served_request_id(struct served *served, char out[UUID_TEXT_BYTES]);

#endif
