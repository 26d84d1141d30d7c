/* SPDX-License-Identifier: MIT */
/* Examines a file that no server holds; see invariants.h. */
#include <unistd.h>

#include "world/invariants.h"
#include "world/reading/reading.h"

struct examination {
    void (*see)(void *self, const char *line);
    void *self;
};

static void tell_broken(void *self, enum fact_id fact, const char *row)
{
    const struct examination *examination = self;
    struct text line = {0};
    text_addf(&line, "%s (%s): %s", fact_facts(fact)->name, fact_facts(fact)->law, row);
    examination->see(examination->self, text_chars(&line));
    text_clear(&line);
}

enum fault world_examine(const char *path, void (*see)(void *self, const char *line), void *self,
                         struct problem *problem)
{
    struct examination examination = {see, self};
    struct reading reading;
    struct world world = {.reading = &reading};
    bool found = false;
    if (access(path, F_OK) != 0)
        return problem_set(problem, FAULT_NOT_FOUND, "%s: there is no such file", path);
    world.store = store_open_to_read(path, problem);
    if (world.store == NULL)
        return problem->fault == FAULT_CONFLICT ? FAULT_CONFLICT : FAULT_NOT_FOUND;
    enum fault fault = store_integrity(world.store, see, self);
    if (fault == FAULT_NONE)
        fault = world_load(&world, &found, problem);
    if (fault == FAULT_NONE && !found)
        fault = problem_set(problem, FAULT_NOT_FOUND, "%s: there is no world in the file", path);
    if (fault == FAULT_NONE) {
        facts_excuse(&world);
        if (facts_check_world(&world, tell_broken, &examination) != 0)
            fault = FAULT_INVALID;
    }
    store_close(world.store);
    return fault;
}
