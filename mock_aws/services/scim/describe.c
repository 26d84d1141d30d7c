/* SPDX-License-Identifier: MIT */
/*
 * What SCIM says about itself: ServiceProviderConfig and ResourceTypes as they stand, Schemas made
 * from the shapes.
 */
#include <assert.h>
#include <string.h>
#include <strings.h>

#include "services/scim/attributes.h"

#define LIST_SCHEMA "urn:ietf:params:scim:api:messages:2.0:ListResponse"
#define GUIDE                                                                                      \
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/"                                   \
    "manage-your-identity-source-idp.html"

/* identity-wire 9.8 */
static const char PROVIDER_CONFIG[] =
    "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig\"],"
    "\"documentationUri\":\"" GUIDE "\","
    "\"authenticationSchemes\":[{\"type\":\"oauthbearertoken\",\"name\":\"OAuth Bearer Token\","
    "\"description\":\"Authentication scheme using the OAuth Bearer Token Standard\","
    "\"specUri\":\"https://www.rfc-editor.org/info/rfc6750\",\"documentationUri\":\"" GUIDE "\","
    "\"primary\":true}],"
    "\"patch\":{\"supported\":true},"
    "\"bulk\":{\"supported\":false,\"maxOperations\":0,\"maxPayloadSize\":0},"
    "\"filter\":{\"supported\":true,\"maxResults\":50},"
    "\"changePassword\":{\"supported\":false},\"sort\":{\"supported\":false},"
    "\"etag\":{\"supported\":false}}";

#define RESOURCE_TYPE(name, endpoint, schema, extensions)                                          \
    "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:ResourceType\"],\"id\":\"" name         \
    "\",\"name\":\"" name "\",\"endpoint\":\"" endpoint "\",\"schema\":\"" schema "\"" extensions  \
    "}"
static const char RESOURCE_TYPES[] =
    "{\"totalResults\":2,\"itemsPerPage\":2,\"startIndex\":1,\"schemas\":[\"" LIST_SCHEMA "\"],"
    "\"Resources\":[" RESOURCE_TYPE(
        "User", "/Users", SCIM_USER,
        ",\"schemaExtensions\":[{\"schema\":\"" SCIM_ENTERPRISE
        "\",\"required\":false}]") "," RESOURCE_TYPE("Group", "/Groups", SCIM_GROUP, "") "]}";

static enum fault answer_text(struct call *call, const char *text)
{
    struct instance instance;
    struct json_error error;
    enum fault fault = scim_enter(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    struct json_document *document = json_parse(text, strlen(text), JSON_STRICT, &error);
    assert(document != NULL);
    json_free(call->output);
    call->output = json_copy(json_document_root(document));
    json_document_free(document);
    return FAULT_NONE;
}

enum fault scim_provider_config(struct call *call)
{
    return answer_text(call, PROVIDER_CONFIG);
}

enum fault scim_resource_types(struct call *call)
{
    return answer_text(call, RESOURCE_TYPES);
}

static void put_attributes(struct json *array, const struct shape *members)
{
    for (; members->name != NULL; members++) {
        bool many = members->kind == SHAPE_LIST;
        const struct shape *inner = many ? members->members->members : members->members;
        if (strcasecmp(members->name, SCIM_ENTERPRISE) == 0)
            continue; /* a schema of its own */
        bool unique = strcmp(members->name, "userName") == 0;
        struct json *out = json_push(array, json_new_object());
        json_put_text(out, "name", members->name);
        json_put_text(out, "type",
                      inner != NULL                    ? "complex"
                      : members->kind == SHAPE_BOOLEAN ? "boolean"
                                                       : "string");
        json_put_boolean(out, "multiValued", many);
        json_put_boolean(out, "required", members->required);
        json_put_boolean(out, "caseExact", strcmp(members->name, "externalId") == 0);
        json_put_text(out, "mutability", "readWrite");
        json_put_text(out, "returned", "default");
        json_put_text(out, "uniqueness", unique ? "server" : "none");
        if (inner != NULL)
            put_attributes(json_put(out, "subAttributes", json_new_array()), inner);
    }
}

static const struct schema {
    const char *id;
    const char *name;
    const char *description;
} SCHEMAS[] = {{SCIM_USER, "User", "User Account"},
               {SCIM_GROUP, "Group", "Group"},
               {SCIM_ENTERPRISE, "EnterpriseUser", "Enterprise User"}};

enum { SCHEMA_COUNT = sizeof SCHEMAS / sizeof SCHEMAS[0] };

static const struct shape *shape_of(const struct schema *schema)
{
    if (strcmp(schema->id, SCIM_ENTERPRISE) == 0)
        return scim_shape(SCIM_USER_SHAPE, SCIM_ENTERPRISE, strlen(SCIM_ENTERPRISE))->members;
    return strcmp(schema->id, SCIM_USER) == 0 ? SCIM_USER_SHAPE : SCIM_GROUP_SHAPE;
}

static void put_schema(struct json *out, const struct schema *schema)
{
    scim_put_schemas(out, "urn:ietf:params:scim:schemas:core:2.0:Schema");
    json_put_text(out, "id", schema->id);
    json_put_text(out, "name", schema->name);
    json_put_text(out, "description", schema->description);
    put_attributes(json_put(out, "attributes", json_new_array()), shape_of(schema));
}

enum fault scim_list_schemas(struct call *call)
{
    struct instance instance;
    enum fault fault = scim_enter(call, &instance);
    json_put_integer(call->output, "totalResults", SCHEMA_COUNT);
    json_put_integer(call->output, "itemsPerPage", SCHEMA_COUNT);
    json_put_integer(call->output, "startIndex", 1);
    scim_put_schemas(call->output, LIST_SCHEMA);
    struct json *resources = json_put(call->output, "Resources", json_new_array());
    for (size_t i = 0; i < SCHEMA_COUNT; i++)
        put_schema(json_push(resources, json_new_object()), &SCHEMAS[i]);
    return fault;
}

enum fault scim_get_schema(struct call *call)
{
    struct instance instance;
    enum fault fault = scim_enter(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    for (size_t i = 0; i < SCHEMA_COUNT; i++) {
        if (strcasecmp(SCHEMAS[i].id, call->path_id) == 0) {
            put_schema(call->output, &SCHEMAS[i]);
            return FAULT_NONE;
        }
    }
    return scim_found(call, FAULT_NOT_FOUND, "SCHEMA");
}
