/* SPDX-License-Identifier: MIT */
/* Open addressing, at most half full; see map.h. */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/mem.h"

enum { CAPACITY_FIRST = 64 };

/* The key's slot, or the free one where it belongs. */
static struct map_slot *slot_of(const struct map *map, const char *key)
{
    size_t at = (size_t)hash_text(HASH_START, key) & (map->capacity - 1);
    while (map->slots[at].key != NULL && strcmp(map->slots[at].key, key) != 0)
        at = (at + 1) & (map->capacity - 1);
    return &map->slots[at];
}

size_t map_get(const struct map *map, const char *key)
{
    if (key == NULL || map->capacity == 0)
        return MAP_NOTHING;
    const struct map_slot *slot = slot_of(map, key);
    return slot->key == NULL ? MAP_NOTHING : slot->value;
}

static void grow(struct map *map)
{
    struct map old = *map;
    map->capacity = old.capacity == 0 ? CAPACITY_FIRST : old.capacity * 2;
    map->slots = mem_new(map->capacity * sizeof *map->slots);
    for (size_t i = 0; i < old.capacity; i++)
        if (old.slots[i].key != NULL)
            *slot_of(map, old.slots[i].key) = old.slots[i];
    free(old.slots);
}

bool map_add(struct map *map, const char *key, size_t value)
{
    if (map_get(map, key) != MAP_NOTHING)
        return false;
    if ((map->count + 1) * 2 > map->capacity)
        grow(map);
    *slot_of(map, key) = (struct map_slot){mem_text(key), value};
    map->count++;
    return true;
}

void map_clear(struct map *map)
{
    for (size_t i = 0; i < map->capacity; i++)
        free(map->slots[i].key);
    free(map->slots);
    *map = (struct map){0};
}
