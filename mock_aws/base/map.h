/* SPDX-License-Identifier: MIT */
/* A map from texts to numbers, for directories of many thousand people. */
#ifndef MOCK_KIRO_BASE_MAP_H
#define MOCK_KIRO_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>

struct map {
    struct map_slot {
        char *key; /* NULL: free */
        size_t value;
    } * slots;
    size_t count;
    size_t capacity; /* a power of two, or 0 */
};

#define MAP_NOTHING ((size_t)-1)

/* MAP_NOTHING for a key that is not there, and for NULL. */
size_t map_get(const struct map *map, const char *key);

/* False, and nothing changes, if the key is there already. */
bool map_add(struct map *map, const char *key, size_t value);

void map_clear(struct map *map);

#endif
