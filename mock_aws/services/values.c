/* SPDX-License-Identifier: MIT */
/* Records as JSON values; see values.h. */
#include "services/values.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct json *value_of(const char *text)
{
    struct json_error error;
    struct json_document *document = json_parse(text, strlen(text), JSON_STRICT, &error);
    assert(document != NULL); /* we wrote it */
    struct json *value = json_copy(json_document_root(document));
    json_document_free(document);
    return value;
}

enum fault value_get(struct call *call, const char *kind, const char *scope, const char *key,
                     struct json **out_value)
{
    char *text = NULL;
    enum fault fault = record_get(world_of(call), kind, scope, key, &text);
    *out_value = fault == FAULT_NONE ? value_of(text) : NULL;
    free(text);
    return fault;
}

enum fault value_put(struct call *call, const char *kind, const char *scope, const char *key,
                     const struct json *value)
{
    char *text = json_print(value);
    enum fault fault = record_put(world_of(call), kind, scope, key, text);
    free(text);
    return fault;
}
