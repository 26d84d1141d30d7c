/* SPDX-License-Identifier: MIT */
/*
 * The worlds of one server: the first, which is there as long as the server, and those with names,
 * which come and go. They share nothing but the port and the bounds here.
 */
#ifndef MOCK_KIRO_SERVICES_WORLDS_H
#define MOCK_KIRO_SERVICES_WORLDS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/limits.h"

struct served;

struct worlds {
    pthread_mutex_t lock;
    pthread_cond_t left; /* somebody has left a world */
    struct served *named[LIMIT_WORLDS];
    size_t count;
    size_t snapshot_bytes; /* of all worlds */
};

/* False if a lock cannot be made. */
bool worlds_init(struct worlds *worlds);
void worlds_clear(
    struct worlds *worlds); /* and every world with a name: nobody is in them any more */

/* The world of that name, which stays until worlds_leave; NULL: there is none. */
struct served *worlds_enter(struct worlds *worlds, const char *name);
void worlds_leave(struct served *served);

/* A world with a name is given away. FAULT_CONFLICT, FAULT_QUOTA: it is not taken. */
enum fault worlds_add(struct worlds *worlds, struct served *served, struct problem *problem);

/* From now on nobody enters it; returns when the last has left it. FAULT_NOT_FOUND. */
enum fault worlds_delete(struct worlds *worlds, const char *name, struct problem *problem);

/* Calls `see` with each name, in the order in which they were made. */
void worlds_each(struct worlds *worlds, void (*see)(void *self, const char *name), void *self);

/*
 * Bytes of snapshots come in the place of others. False: then there would be more than
 * LIMIT_SNAPSHOTS_BYTES, and nothing is counted.
 */
bool worlds_count_bytes(struct worlds *worlds, size_t more, size_t less);

#endif
