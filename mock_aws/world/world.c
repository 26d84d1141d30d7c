/* SPDX-License-Identifier: MIT */
/* Opens a world, and begins and ends the requests that own it. */
#include "world/world.h"

#include "world/journal.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/editions.h"
#include "base/lags.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/parameters.h"
#include "base/text.h"
#include "world/clock.h"

static enum fault world_found(struct world *world, uint64_t seed, int64_t start_s)
{
    world->ids = (struct ids){.seed = seed};
    world->ids_stored = 0;
    world->now_s = start_s;
    return store_change(world->store, SQL_WORLD_INSERT, "iiii", (int64_t)seed, (int64_t)0, start_s,
                        (int64_t)world->running);
}

/* A setting the program does not know came from another version: refused by name. */
static enum fault setting_apply(struct reading *reading, const char *kind, const char *name,
                                const char *value)
{
    if (strcmp(kind, "edition") == 0) {
        reading->edition = edition_find(name);
        return reading->edition == NULL ? FAULT_INVALID : FAULT_NONE;
    }
    if (strcmp(kind, "timing") == 0) {
        reading->timing = timing_find(name);
        return reading->timing == NULL ? FAULT_INVALID : FAULT_NONE;
    }
    if (strcmp(kind, "deviation") == 0) {
        int deviation = deviation_find(name);
        if (deviation < 0)
            return FAULT_INVALID;
        reading->deviations[deviation] = true;
        return FAULT_NONE;
    }
    struct text right = {0};
    enum fault fault = reading_override(reading, name, value, &right);
    text_clear(&right);
    return fault == FAULT_NONE ? FAULT_NONE : FAULT_INVALID;
}

static enum fault world_load_reading(struct world *world, struct problem *problem)
{
    struct reading reading;
    reading_init(&reading);
    enum fault fault = FAULT_NONE;
    struct query *query = store_query(world->store, SQL_SETTING_LIST, "");
    while (fault == FAULT_NONE && query_next(query)) {
        fault = setting_apply(&reading, query_text(query, 0), query_text(query, 1),
                              query_text(query, 2));
        if (fault != FAULT_NONE)
            problem_set(problem, fault, "the file holds the unknown %s '%s'", query_text(query, 0),
                        query_text(query, 1));
    }
    enum fault ended = query_end(query);
    if (fault == FAULT_NONE)
        fault = ended;
    if (fault != FAULT_NONE)
        return fault;
    reading_settle(&reading);
    world->reading = reading;
    return FAULT_NONE;
}

static enum fault world_load(struct world *world, bool *out_found, struct problem *problem)
{
    struct query *query = store_query(world->store, SQL_WORLD_GET, "");
    *out_found = query_next(query);
    if (*out_found) {
        world->ids.seed = (uint64_t)query_integer(query, 0);
        world->ids.counter = (uint64_t)query_integer(query, 1);
        world->now_s = query_integer(query, 2);
        world->running = query_integer(query, 3) != 0;
    }
    enum fault fault = query_end(query);
    if (fault == FAULT_NONE && *out_found)
        fault = world_load_reading(world, problem);
    return fault;
}

struct world *world_open(const struct world_options *options, struct problem *problem)
{
    struct store *store = store_open(options->path, problem);
    if (store == NULL)
        return NULL;
    struct world *world = mem_new(sizeof *world);
    world->store = store;
    world->running = options->running;
    world->reading = options->reading;
    world->start_reading = options->reading;
    world->start_seed = options->seed;
    world->start_s = options->start_s;
    world->start_running = options->running;
    world->tell = options->tell;
    world->wall_anchor_s = clock_wall_s();
    bool found = false;
    enum fault fault = store_begin(store);
    if (fault == FAULT_NONE)
        fault = world_load(world, &found, problem);
    if (fault == FAULT_NONE && !found)
        fault = world_found(world, options->seed, options->start_s);
    if (found && options->reading_given)
        world->reading = options->reading;
    if (fault == FAULT_NONE && (!found || options->reading_given))
        fault = world_save_reading(world);
    if (fault == FAULT_NONE)
        fault = store_commit(store);
    if (fault == FAULT_NONE)
        return world;
    store_rollback(store);
    if (problem->message[0] == '\0')
        problem_set(problem, fault, "the database failed; see the log");
    world_close(world);
    return NULL;
}

void world_close(struct world *world)
{
    if (world == NULL)
        return;
    store_close(world->store);
    text_clear(&world->news);
    free(world);
}

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
    fault = clock_follow(world);
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

static enum fault world_save_ids(struct world *world)
{
    if (world->ids.counter == world->ids_stored)
        return FAULT_NONE;
    world->ids_stored = world->ids.counter;
    return store_change(world->store, SQL_WORLD_SET_IDS, "i", (int64_t)world->ids.counter);
}

enum fault world_commit(struct world *world)
{
    enum fault fault = world_save_ids(world);
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

void world_rollback(struct world *world)
{
    store_rollback(world->store);
    world_forget(world);
}

enum fault world_reset(struct world *world, uint64_t seed, int64_t start_s,
                       const struct reading *reading)
{
    enum fault fault = store_wipe(world->store);
    if (fault == FAULT_NONE)
        fault = journal_clear(world);
    if (fault != FAULT_NONE)
        return fault;
    world->running = false;
    world->reading = *reading;
    fault = world_found(world, seed, start_s);
    return fault == FAULT_NONE ? world_save_reading(world) : fault;
}

enum fault world_save(struct world *world, char **out_image, size_t *out_bytes,
                      uint64_t *out_digest)
{
    enum fault fault = world_save_ids(world);
    if (fault == FAULT_NONE)
        fault = store_digest(world->store, out_digest);
    if (fault == FAULT_NONE)
        fault = store_save(world->store, LIMIT_SNAPSHOT_BYTES, out_image, out_bytes);
    return fault == FAULT_QUOTA
               ? world_refuse(world, fault,
                              "the world has more than %d MiB, the most of a snapshot",
                              LIMIT_SNAPSHOT_BYTES / 1024 / 1024)
               : fault;
}

enum fault world_restore(struct world *world, const char *image, size_t bytes)
{
    bool found = false;
    enum fault fault = store_restore(world->store, image, bytes, world->problem);
    if (fault == FAULT_NONE)
        fault = journal_clear(world);
    if (fault == FAULT_NONE)
        fault = world_load(world, &found, world->problem);
    if (fault == FAULT_NONE && !found)
        fault = world_refuse(world, FAULT_INVALID, "there is no world in the file");
    world->ids_stored = world->ids.counter;
    world->wall_anchor_s = clock_wall_s();
    return fault;
}

void world_keep_start(struct world *world)
{
    world->start_reading = world->reading;
    world->start_seed = world->ids.seed;
    world->start_s = world->now_s;
    world->start_running = world->running;
}

enum fault world_save_reading(struct world *world)
{
    const struct reading *reading = &world->reading;
    enum fault fault = store_change(world->store, SQL_SETTING_CLEAR, "");
    if (fault == FAULT_NONE)
        fault = store_change(world->store, SQL_SETTING_PUT, "ttt", "edition",
                             reading->edition->name, "");
    if (fault == FAULT_NONE)
        fault =
            store_change(world->store, SQL_SETTING_PUT, "ttt", "timing", reading->timing->name, "");
    for (int i = 0; i < PARAMETER_COUNT && fault == FAULT_NONE; i++)
        if (reading->overrides[i] >= 0) {
            const struct parameter_facts *facts = parameter_facts((enum parameter)i);
            fault = store_change(world->store, SQL_SETTING_PUT, "ttt", "override", facts->name,
                                 facts->values[reading->overrides[i]]);
        }
    for (int i = 0; i < LAG_COUNT && fault == FAULT_NONE; i++)
        if (reading->lag_overrides[i].given) {
            char lag[LAG_TEXT_BYTES];
            lag_override_print(&reading->lag_overrides[i], lag);
            fault = store_change(world->store, SQL_SETTING_PUT, "ttt", "override",
                                 lag_name((enum lag)i), lag);
        }
    for (int i = 0; i < DEVIATION_COUNT && fault == FAULT_NONE; i++)
        if (reading->deviations[i])
            fault = store_change(world->store, SQL_SETTING_PUT, "ttt", "deviation",
                                 deviation_facts((enum deviation)i)->name, "");
    return fault;
}

bool world_is_empty(struct world *world)
{
    struct query *query = store_query(world->store, SQL_TIMELINE_ANY, "");
    bool any = query_next(query);
    return query_end(query) == FAULT_NONE && !any;
}

enum fault world_refuse(struct world *world, enum fault fault, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int written =
        vsnprintf(world->problem->message, sizeof world->problem->message, format, arguments);
    va_end(arguments);
    assert(written >= 0);
    (void)written;
    return fault;
}

enum fault world_missing(struct world *world, const char *resource_type, const char *resource_id)
{
    struct problem *problem = world->problem;
    text_copy(problem->resource_type, sizeof problem->resource_type, resource_type);
    if (resource_id == NULL)
        return world_refuse(world, FAULT_NOT_FOUND, "%s not found.", resource_type);
    text_copy(problem->resource_id, sizeof problem->resource_id, resource_id);
    return world_refuse(world, FAULT_NOT_FOUND, "%s not found: %s", resource_type, resource_id);
}
