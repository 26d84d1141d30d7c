/* SPDX-License-Identifier: MIT */
/* Tags as records; see tags.h. */
#include "services/tags.h"

#include "services/values.h"

static bool count_tag(void *self, const struct record *record)
{
    size_t *count = self;
    (void)record;
    ++*count;
    return true;
}

enum fault tags_put(struct call *call, const struct tags *tags, const char *scope,
                    const struct json *list, size_t *out_count)
{
    enum fault fault = FAULT_NONE;
    *out_count = 0;
    if (fault != FAULT_NONE)
        return fault;
    for (const struct json *tag = json_first(list); tag != NULL; tag = json_next(tag)) {
        fault = value_put(call, tags->kind, scope, json_member_text(tag, tags->key_name),
                          json_member(tag, tags->value_name));
        if (fault != FAULT_NONE)
            return fault;
    }
    return record_each(world_of(call), tags->kind, scope, 0, count_tag, out_count);
}

enum fault tags_remove(struct call *call, const struct tags *tags, const char *scope,
                       const struct json *keys)
{
    enum fault fault = FAULT_NONE;
    for (const struct json *key = json_first(keys); key != NULL; key = json_next(key)) {
        fault = record_delete(world_of(call), tags->kind, scope, json_text(key));
        if (fault == FAULT_NOT_FOUND)
            fault = FAULT_NONE;
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}

struct tag_listing {
    const struct tags *tags;
    struct listing *listing;
};

static bool see_tag(void *self, const struct record *record)
{
    const struct tag_listing *into = self;
    struct json *out = listing_add(into->listing, record->row);
    if (out == NULL)
        return false;
    json_put_text(out, into->tags->key_name, record->key);
    json_put(out, into->tags->value_name, value_of(record->value));
    return true;
}

enum fault tags_list(struct call *call, const struct tags *tags, const char *scope,
                     struct listing *listing)
{
    struct tag_listing into = {tags, listing};
    return record_each(world_of(call), tags->kind, scope, listing->page.after, see_tag, &into);
}
