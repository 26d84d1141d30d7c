/* SPDX-License-Identifier: MIT */
/* A hash table with open addressing; see index.h. */
#include "base/index.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST_CAPACITY = 64 };

/* FNV-1a */
static uint64_t hash(int kind, const char *text)
{
    const uint64_t prime = UINT64_C(1099511628211);
    uint64_t hash = (UINT64_C(14695981039346656037) ^ (uint64_t)kind) * prime;
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * prime;
    return hash ^ hash >> 32;
}

/* Where the text is, or would be: there is always a free slot. */
static struct index_slot *slot_of(const struct index *index, int kind, const char *text)
{
    size_t at = (size_t)hash(kind, text) & (index->capacity - 1);
    struct index_slot *slot = &index->slots[at];
    while (slot->text != NULL && (slot->kind != kind || strcmp(slot->text, text) != 0)) {
        at = (at + 1) & (index->capacity - 1);
        slot = &index->slots[at];
    }
    return slot;
}

static void make_room(struct index *index)
{
    struct index larger = {.count = index->count,
                           .capacity = index->capacity == 0 ? FIRST_CAPACITY : 2 * index->capacity};
    if (index->count + 1 <= index->capacity / 2)
        return;
    larger.slots = mem_new(larger.capacity * sizeof *larger.slots);
    for (size_t i = 0; i < index->capacity; i++)
        if (index->slots[i].text != NULL)
            *slot_of(&larger, index->slots[i].kind, index->slots[i].text) = index->slots[i];
    free(index->slots);
    *index = larger;
}

void index_put(struct index *index, int kind, const char *text, void *value)
{
    assert(value != NULL);
    make_room(index);
    struct index_slot *slot = slot_of(index, kind, text);
    if (slot->text == NULL) {
        slot->text = mem_text(text);
        slot->kind = kind;
        index->count++;
    }
    slot->value = value;
}

void *index_get(const struct index *index, int kind, const char *text)
{
    return index->count == 0 ? NULL : slot_of(index, kind, text)->value;
}

void index_clear(struct index *index)
{
    for (size_t i = 0; i < index->capacity; i++)
        free(index->slots[i].text);
    free(index->slots);
    *index = (struct index){0};
}
