/* SPDX-License-Identifier: MIT */
/* Worlds by name, and how many are in each; see worlds.h. */
#include "services/worlds.h"

#include <assert.h>
#include <string.h>

#include "services/calls.h"

bool worlds_init(struct worlds *worlds)
{
    *worlds = (struct worlds){.count = 0};
    if (pthread_mutex_init(&worlds->lock, NULL) != 0)
        return false;
    if (pthread_cond_init(&worlds->left, NULL) == 0)
        return true;
    pthread_mutex_destroy(&worlds->lock);
    return false;
}

void worlds_clear(struct worlds *worlds)
{
    for (size_t i = 0; i < worlds->count; i++) {
        assert(worlds->named[i]->visitors == 0);
        served_free(worlds->named[i]);
    }
    pthread_cond_destroy(&worlds->left);
    pthread_mutex_destroy(&worlds->lock);
}

static void hold(struct worlds *worlds)
{
    int result = pthread_mutex_lock(&worlds->lock);
    assert(result == 0);
    (void)result;
}

static void let_go(struct worlds *worlds)
{
    int result = pthread_mutex_unlock(&worlds->lock);
    assert(result == 0);
    (void)result;
}

/* Where it stands, or `count`. */
static size_t place_of(const struct worlds *worlds, const char *name)
{
    size_t at = 0;
    while (at < worlds->count && strcmp(worlds->named[at]->name, name) != 0)
        at++;
    return at;
}

struct served *worlds_enter(struct worlds *worlds, const char *name)
{
    hold(worlds);
    size_t at = place_of(worlds, name);
    struct served *served = at < worlds->count ? worlds->named[at] : NULL;
    if (served != NULL)
        served->visitors++;
    let_go(worlds);
    return served;
}

void worlds_leave(struct served *served)
{
    struct worlds *worlds = served->worlds;
    hold(worlds);
    served->visitors--;
    pthread_cond_broadcast(&worlds->left);
    let_go(worlds);
}

enum fault worlds_add(struct worlds *worlds, struct served *served, struct problem *problem)
{
    enum fault fault = FAULT_NONE;
    hold(worlds);
    if (place_of(worlds, served->name) < worlds->count)
        fault = problem_set(problem, FAULT_CONFLICT,
                            "there is a world '%s' already; delete it first, or reset it",
                            served->name);
    else if (worlds->count == LIMIT_WORLDS)
        fault = problem_set(problem, FAULT_QUOTA,
                            "there are %d worlds already; delete one that nobody needs any more",
                            LIMIT_WORLDS);
    else
        worlds->named[worlds->count++] = served;
    let_go(worlds);
    return fault;
}

/* Its snapshots are gone with it. */
static void free_named(struct worlds *worlds, struct served *served)
{
    for (size_t i = 0; i < served->snapshots.count; i++)
        worlds_count_bytes(worlds, 0, served->snapshots.all[i].bytes);
    served_free(served);
}

enum fault worlds_delete(struct worlds *worlds, const char *name, struct problem *problem)
{
    hold(worlds);
    size_t at = place_of(worlds, name);
    struct served *served = at < worlds->count ? worlds->named[at] : NULL;
    if (served != NULL) {
        worlds->count--;
        memmove(&worlds->named[at], &worlds->named[at + 1],
                (worlds->count - at) * sizeof worlds->named[0]);
    }
    while (served != NULL && served->visitors > 0)
        pthread_cond_wait(&worlds->left, &worlds->lock);
    let_go(worlds);
    if (served == NULL)
        return problem_set(problem, FAULT_NOT_FOUND, "there is no world '%s'", name);
    free_named(worlds, served);
    return FAULT_NONE;
}

void worlds_each(struct worlds *worlds, void (*see)(void *self, const char *name), void *self)
{
    hold(worlds);
    for (size_t i = 0; i < worlds->count; i++)
        see(self, worlds->named[i]->name);
    let_go(worlds);
}

bool worlds_count_bytes(struct worlds *worlds, size_t more, size_t less)
{
    hold(worlds);
    size_t bytes = worlds->snapshot_bytes - less + more;
    bool fits = bytes <= LIMIT_SNAPSHOTS_BYTES || more <= less;
    if (fits)
        worlds->snapshot_bytes = bytes;
    let_go(worlds);
    return fits;
}
