/* SPDX-License-Identifier: MIT */
/* The facts (store/facts.h) of an open world, and of a file. */
#ifndef MOCK_KIRO_WORLD_INVARIANTS_H
#define MOCK_KIRO_WORLD_INVARIANTS_H

#include "world/store/facts.h"
#include "world/world.h"

/* Remember, for this world's life, which facts the reading in force breaks on purpose. */
void facts_excuse(struct world *world);

/*
 * How many facts are broken, after `see` heard of some rows of each; -1: the store could not say.
 */
int facts_check_world(struct world *world,
                      void (*see)(void *self, enum fact_id fact, const char *row), void *self);

/* FAULT_INTERNAL after a line in the log for each row that breaks a fact. */
enum fault facts_hold(struct world *world);

/*
 * Examine a --db file without writing to it: SQLite's integrity check, the schema's number, the
 * facts. `see` hears of everything that is wrong, as "fact-name (law): row". FAULT_NONE: nothing
 * is; FAULT_INVALID: something is; with one line in `problem`: FAULT_NOT_FOUND for no such file or
 * none of ours, FAULT_CONFLICT for one that a server holds.
 */
enum fault world_examine(const char *path, void (*see)(void *self, const char *line), void *self,
                         struct problem *problem);

#endif
