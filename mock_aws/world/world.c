/* SPDX-License-Identifier: MIT */
/* Opens, saves and resets a world. */
#include "world/world.h"

#include <stdlib.h>
#include <string.h>

#include "base/editions.h"
#include "base/lags.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/parameters.h"
#include "base/text.h"
#include "world/invariants.h"
#include "world/reading/reading.h"
#include "world/rows/journal.h"
#include "world/store/facts.h"
#include "world/time/clock.h"

#ifdef MOCK_KIRO_DEBUG
enum { FACTS_ALWAYS = true };
#else
enum { FACTS_ALWAYS = false };
#endif

static enum fault world_found(struct world *world, uint64_t seed, int64_t start_s)
{
    world->ids = (struct ids){.seed = seed};
    world->ids_stored = 0;
    world->now_s = start_s;
    return store_change(world->store, SQL_WORLD_INSERT, "iiii", (int64_t)seed, (int64_t)0, start_s,
                        (int64_t)world->running);
}

/* What a world keeps beside its reading. False: this is none of that. */
static bool setting_of_world(struct world *world, const char *kind, const char *name)
{
    int fact = fact_find(name);
    if (strcmp(kind, "excused") != 0 || fact < 0)
        return false;
    world->facts_excused |= UINT64_C(1) << fact;
    return true;
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
    world->facts_excused = 0;
    while (fault == FAULT_NONE && query_next(query)) {
        if (setting_of_world(world, query_text(query, 0), query_text(query, 1)))
            continue;
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
    *world->reading = reading;
    return FAULT_NONE;
}

enum fault world_load(struct world *world, bool *out_found, struct problem *problem)
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
    world->reading = mem_copy(options->reading, sizeof *options->reading);
    world->start_reading = mem_copy(options->reading, sizeof *options->reading);
    world->start_seed = options->seed;
    world->start_s = options->start_s;
    world->start_running = options->running;
    world->tell = options->tell;
    world->facts_checked = options->facts_checked || FACTS_ALWAYS;
    world->wall_anchor_s = clock_wall_s();
    bool found = false;
    enum fault fault = store_begin(store);
    if (fault == FAULT_NONE)
        fault = world_load(world, &found, problem);
    if (fault == FAULT_NONE && !found)
        fault = world_found(world, options->seed, options->start_s);
    world->found = found;
    if (found && options->reading_given)
        *world->reading = *options->reading;
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
    free(world->reading);
    free(world->start_reading);
    free(world);
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
    *world->reading = *reading;
    world->facts_excused = 0;
    fault = world_found(world, seed, start_s);
    return fault == FAULT_NONE ? world_save_reading(world) : fault;
}

enum fault world_save_ids(struct world *world)
{
    if (world->ids.counter == world->ids_stored)
        return FAULT_NONE;
    world->ids_stored = world->ids.counter;
    return store_change(world->store, SQL_WORLD_SET_IDS, "i", (int64_t)world->ids.counter);
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
    *world->start_reading = *world->reading;
    world->start_seed = world->ids.seed;
    world->start_s = world->now_s;
    world->start_running = world->running;
}

static void setting_put(struct world *world, const char *kind, const char *name, const char *value)
{
    store_change(world->store, SQL_SETTING_PUT, "ttt", kind, name, value);
}

/* What is overridden, in words that reading_override takes. */
static void save_overrides(struct world *world)
{
    const struct reading *reading = world->reading;
    char lag[LAG_TEXT_BYTES];
    for (int i = 0; i < PARAMETER_COUNT; i++) {
        const struct parameter_facts *facts = parameter_facts((enum parameter)i);
        if (reading->overrides[i] >= 0)
            setting_put(world, "override", facts->name, facts->values[reading->overrides[i]]);
    }
    for (int i = 0; i < LAG_COUNT; i++) {
        lag_override_print(&reading->lag_overrides[i], lag);
        if (reading->lag_overrides[i].given)
            setting_put(world, "override", lag_name((enum lag)i), lag);
    }
}

enum fault world_save_reading(struct world *world)
{
    const struct reading *reading = world->reading;
    facts_excuse(world);
    store_change(world->store, SQL_SETTING_CLEAR, "");
    setting_put(world, "edition", reading->edition->name, "");
    setting_put(world, "timing", reading->timing->name, "");
    save_overrides(world);
    for (int i = 0; i < DEVIATION_COUNT; i++)
        if (reading->deviations[i])
            setting_put(world, "deviation", deviation_facts((enum deviation)i)->name, "");
    for (int i = 0; i < FACT_COUNT; i++)
        if ((world->facts_excused >> i & 1) != 0)
            setting_put(world, "excused", fact_facts((enum fact_id)i)->name, "");
    return store_fault(world->store);
}

bool world_is_empty(struct world *world)
{
    struct query *query = store_query(world->store, SQL_TIMELINE_ANY, "");
    bool any = query_next(query);
    return query_end(query) == FAULT_NONE && !any;
}
