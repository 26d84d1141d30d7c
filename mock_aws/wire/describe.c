/* SPDX-License-Identifier: MIT */
/* Services as JSON; see describe.h. */
#include "wire/describe.h"

static const char *const KINDS[] = {
    [SHAPE_TEXT] = "text",        [SHAPE_INTEGER] = "integer",     [SHAPE_NUMBER] = "number",
    [SHAPE_BOOLEAN] = "boolean",  [SHAPE_TIMESTAMP] = "timestamp", [SHAPE_STRUCTURE] = "structure",
    [SHAPE_UNION] = "union",      [SHAPE_LIST] = "list",           [SHAPE_MAP] = "map",
    [SHAPE_DOCUMENT] = "document"};
static const char *const PROTOCOLS[] = {[PROTOCOL_SCIM] = "scim",
                                        [PROTOCOL_AWS_JSON] = "json",
                                        [PROTOCOL_REST_JSON] = "rest-json",
                                        [PROTOCOL_QUERY] = "query",
                                        [PROTOCOL_CONTROL] = "control"};

static void put_texts(struct json *object, const char *name, const char *const *texts)
{
    struct json *array = json_put(object, name, json_new_array());
    for (; texts != NULL && *texts != NULL; texts++)
        json_push(array, json_new_text(*texts));
}

static void put_shape(struct json *out, const struct shape *shape);

/* Lists and maps have one nameless element, structures a row for each member. */
static void put_members(struct json *object, const char *name, const struct shape *members,
                        bool element)
{
    struct json *array = json_put(object, name, json_new_array());
    for (const struct shape *at = members;
         at != NULL && (element ? at == members : at->name != NULL); at++)
        put_shape(json_push(array, json_new_object()), at);
}

static void put_shape(struct json *out, const struct shape *shape)
{
    json_put_text(out, "name", shape->name);
    json_put_text(out, "kind", KINDS[shape->kind]);
    if (shape->required)
        json_put_boolean(out, "required", true);
    if (shape->min != 0)
        json_put_integer(out, "min", shape->min);
    if (shape->max != 0)
        json_put_integer(out, "max", shape->max);
    if (shape->pattern != NULL)
        json_put_text(out, "pattern", shape->pattern->text);
    if (shape->values != NULL)
        put_texts(out, "values", shape->values);
    if (shape->members != NULL)
        put_members(out, "members", shape->members,
                    shape->kind == SHAPE_LIST || shape->kind == SHAPE_MAP);
}

static void put_operation(struct json *out, const struct operation *operation)
{
    json_put_text(out, "name", operation->name);
    json_put_text(out, "access", operation->access == READ ? "read" : "write");
    if (operation->method != NULL)
        json_put_text(out, "method", operation->method);
    if (operation->path != NULL)
        json_put_text(out, "path", operation->path);
    put_members(out, "input", operation->input, false);
    put_members(out, "output", operation->output, false);
}

struct json *service_describe(const struct service *service)
{
    struct json *out = json_new_object();
    json_put_text(out, "name", service->name);
    json_put_text(out, "protocol", PROTOCOLS[service->protocol]);
    put_texts(out, "targets", service->target_prefixes);
    put_texts(out, "scopes", service->scopes);
    if (service->version != NULL)
        json_put_text(out, "version", service->version);
    struct json *operations = json_put(out, "operations", json_new_array());
    for (size_t i = 0; operation_table(service, i) != NULL; i++)
        for (const struct operation *at = operation_table(service, i); at->name != NULL; at++)
            put_operation(json_push(operations, json_new_object()), at);
    return out;
}
