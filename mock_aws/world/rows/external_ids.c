/* SPDX-License-Identifier: MIT */
/*
 * External ids as records, two for each: under the owner, by issuer, and under the store, by issuer and id, so that both questions are look-ups.
 */
#include "world/rows/external_ids.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "world/rows/records.h"

static const char OF_OWNER[] = "external-id";

static const char *kind_of(bool is_group)
{
    return is_group ? "external-group" : "external-user";
}

/* No issuer and no id has white space in it. */
static char *key_of(const char *issuer, const char *external_id)
{
    return mem_format("%s %s", issuer, external_id);
}

static enum fault put_text(struct world *world, const char *kind, const char *scope,
                           const char *key, const char *value)
{
    struct json *text = json_new_text(value);
    char *printed = json_print(text);
    enum fault fault = record_put(world, kind, scope, key, printed);
    free(printed);
    json_free(text);
    return fault;
}

static void read_text(const char *value, char *out, size_t out_bytes)
{
    struct json_error error;
    struct json_document *document = json_parse(value, strlen(value), JSON_STRICT, &error);
    assert(document != NULL);
    text_copy(out, out_bytes, json_text(json_document_root(document)));
    json_document_free(document);
}

static enum fault get_text(struct world *world, const char *kind, const char *scope,
                           const char *key, char *out, size_t out_bytes)
{
    char *value = NULL;
    enum fault fault = record_get(world, kind, scope, key, &value);
    if (fault == FAULT_NONE)
        read_text(value, out, out_bytes);
    free(value);
    return fault;
}

enum fault external_id_find(struct world *world, const char *store_id, bool is_group,
                            const char *issuer, const char *external_id,
                            char out_owner_id[USER_ID_BYTES])
{
    char *key = key_of(issuer, external_id);
    enum fault fault =
        get_text(world, kind_of(is_group), store_id, key, out_owner_id, USER_ID_BYTES);
    free(key);
    return fault;
}

enum fault external_id_get(struct world *world, const char *owner_id, const char *issuer,
                           char out_external_id[EXTERNAL_ID_BYTES])
{
    out_external_id[0] = '\0';
    enum fault fault =
        get_text(world, OF_OWNER, owner_id, issuer, out_external_id, EXTERNAL_ID_BYTES);
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

static enum fault unset(struct world *world, const struct external_owner *owner, const char *issuer,
                        const char *external_id)
{
    char *key = key_of(issuer, external_id);
    enum fault fault = record_delete(world, kind_of(owner->is_group), owner->store_id, key);
    free(key);
    return fault == FAULT_NONE ? record_delete(world, OF_OWNER, owner->id, issuer) : fault;
}

static enum fault set(struct world *world, const struct external_owner *owner, const char *issuer,
                      const char *external_id)
{
    char *key = key_of(issuer, external_id);
    enum fault fault = put_text(world, kind_of(owner->is_group), owner->store_id, key, owner->id);
    free(key);
    return fault == FAULT_NONE ? put_text(world, OF_OWNER, owner->id, issuer, external_id) : fault;
}

enum fault external_id_set(struct world *world, const struct external_owner *owner,
                           const char *issuer, const char *external_id)
{
    char old[EXTERNAL_ID_BYTES];
    char holder[USER_ID_BYTES];
    enum fault fault = external_id_get(world, owner->id, issuer, old);
    if (fault == FAULT_NONE && external_id != NULL) {
        fault =
            external_id_find(world, owner->store_id, owner->is_group, issuer, external_id, holder);
        if (fault == FAULT_NONE && strcmp(holder, owner->id) != 0) {
            text_copy(world->problem->reason, sizeof world->problem->reason,
                      "UNIQUENESS_CONSTRAINT_VIOLATION");
            return world_refuse(world, FAULT_CONFLICT, "Duplicate ExternalId");
        }
        fault = fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
    }
    if (fault == FAULT_NONE && old[0] != '\0')
        fault = unset(world, owner, issuer, old);
    return fault == FAULT_NONE && external_id != NULL ? set(world, owner, issuer, external_id)
                                                      : fault;
}

struct telling {
    external_id_see *see;
    void *self;
};

static bool see_record(void *self, const struct record *record)
{
    struct telling *telling = self;
    char external_id[EXTERNAL_ID_BYTES];
    read_text(record->value, external_id, sizeof external_id);
    telling->see(telling->self, record->key, external_id);
    return true;
}

enum fault external_id_each(struct world *world, const char *owner_id, external_id_see *see,
                            void *self)
{
    struct telling telling = {see, self};
    return record_each(world, OF_OWNER, owner_id, 0, see_record, &telling);
}

static void see_key(void *self, const char *issuer, const char *external_id)
{
    struct json *keys = self;
    char *key = key_of(issuer, external_id);
    json_push(keys, json_new_text(key));
    free(key);
}

enum fault external_id_free_all(struct world *world, const struct external_owner *owner)
{
    struct json *keys = json_new_array();
    enum fault fault = external_id_each(world, owner->id, see_key, keys);
    for (const struct json *key = json_first(keys); key != NULL && fault == FAULT_NONE;
         key = json_next(key))
        fault = record_delete(world, kind_of(owner->is_group), owner->store_id, json_text(key));
    json_free(keys);
    return fault;
}
