/* SPDX-License-Identifier: MIT */
/* Refusals in words: what a verb of this room says of a domain fault. */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"
#include "world/world.h"

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
