/* SPDX-License-Identifier: MIT */
/* Worlds made ready to be served; see served.h. */
#include "services/served.h"

#include <assert.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

bool served_init(struct served *served, struct world *world, struct worlds *worlds)
{
    *served = (struct served){
        .world = world, .worlds = worlds, .request_ids = {.seed = ~world->ids.seed}};
    bool faults = faults_init(&served->faults);
    bool lock = faults && pthread_mutex_init(&served->lock, NULL) == 0;
    bool ids_lock = lock && pthread_mutex_init(&served->ids_lock, NULL) == 0;
    if (lock && !ids_lock)
        pthread_mutex_destroy(&served->lock);
    if (faults && !ids_lock)
        faults_clear(&served->faults);
    return ids_lock;
}

void served_clear(struct served *served)
{
    pthread_mutex_destroy(&served->lock);
    pthread_mutex_destroy(&served->ids_lock);
    faults_clear(&served->faults);
    snapshots_clear(&served->snapshots);
    json_free(served->document);
}

struct served *served_new(const char *name, const struct world_options *options,
                          struct worlds *worlds, struct problem *problem)
{
    struct world *world = world_open(options, problem);
    if (world == NULL)
        return NULL;
    struct served *served = mem_new(sizeof *served);
    if (served_init(served, world, worlds)) {
        text_copy(served->name, sizeof served->name, name);
        return served;
    }
    problem_set(problem, FAULT_INTERNAL, "no lock could be made");
    world_close(world);
    free(served);
    return NULL;
}

void served_free(struct served *served)
{
    served_clear(served);
    world_close(served->world);
    free(served);
}

void served_lock(struct served *served)
{
    int result = pthread_mutex_lock(&served->lock);
    assert(result == 0);
    (void)result;
}

void served_unlock(struct served *served)
{
    int result = pthread_mutex_unlock(&served->lock);
    assert(result == 0);
    (void)result;
}

enum fault served_begin(struct served *served, struct problem *problem)
{
    served_lock(served);
    enum fault fault = world_begin(served->world, "clock", problem);
    if (fault != FAULT_NONE)
        served_unlock(served);
    return fault;
}

enum fault served_commit(struct served *served)
{
    enum fault fault = world_commit(served->world);
    served_unlock(served);
    return fault;
}

enum fault served_rollback(struct served *served)
{
    enum fault fault = world_rollback(served->world);
    served_unlock(served);
    return fault;
}

void served_request_id(struct served *served, char out[UUID_TEXT_BYTES])
{
    int result = pthread_mutex_lock(&served->ids_lock);
    assert(result == 0);
    ids_uuid(&served->request_ids, out);
    result = pthread_mutex_unlock(&served->ids_lock);
    assert(result == 0);
    (void)result;
}
