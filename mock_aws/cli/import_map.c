/* SPDX-License-Identifier: MIT */
/* Open addressing, at most half full; see import_map.h. */
#include "cli/import_map.h"

#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/mem.h"

enum { CAPACITY_FIRST = 64 };

/* The key's slot, or the free one where it belongs. */
static struct import_slot *slot_of(const struct import_map *map, const char *key)
{
    size_t at = (size_t)hash_text(HASH_START, key) & (map->capacity - 1);
    while (map->slots[at].key != NULL && strcmp(map->slots[at].key, key) != 0)
        at = (at + 1) & (map->capacity - 1);
    return &map->slots[at];
}

size_t import_map_get(const struct import_map *map, const char *key)
{
    if (key == NULL || map->capacity == 0)
        return MAP_NOTHING;
    const struct import_slot *slot = slot_of(map, key);
    return slot->key == NULL ? MAP_NOTHING : slot->value;
}

static void grow(struct import_map *map)
{
    struct import_map old = *map;
    map->capacity = old.capacity == 0 ? CAPACITY_FIRST : old.capacity * 2;
    map->slots = mem_new(map->capacity * sizeof *map->slots);
    for (size_t i = 0; i < old.capacity; i++)
        if (old.slots[i].key != NULL)
            *slot_of(map, old.slots[i].key) = old.slots[i];
    free(old.slots);
}

bool import_map_add(struct import_map *map, const char *key, size_t value)
{
    if (import_map_get(map, key) != MAP_NOTHING)
        return false;
    if ((map->count + 1) * 2 > map->capacity)
        grow(map);
    *slot_of(map, key) = (struct import_slot){mem_text(key), value};
    map->count++;
    return true;
}

void import_map_clear(struct import_map *map)
{
    for (size_t i = 0; i < map->capacity; i++)
        free(map->slots[i].key);
    free(map->slots);
    *map = (struct import_map){0};
}
