/* SPDX-License-Identifier: MIT */
/* Reads PATCH bodies; see patch.h. */
#include "services/scim/patch.h"

#include <string.h>
#include <strings.h>

#include "base/parameters.h"
#include "services/scim/attributes.h"

static const char UNPARSABLE[] =
    "Request is unparsable, syntactically incorrect, or violates schema.";

/* Past "<schema>:", or past a schema's whole name; `at` itself if it does not begin with it. */
static const char *past_schema(const char *at, const char *schema)
{
    size_t bytes = strlen(schema);
    if (strncasecmp(at, schema, bytes) != 0 || (at[bytes] != ':' && at[bytes] != '\0'))
        return at;
    return at + bytes + (at[bytes] == ':' ? 1 : 0);
}

/* "[filter]" and ".sub" behind the name of the attribute, of which `bytes` are that. */
static bool read_rest(const char *path, size_t bytes, struct scim_change *change)
{
    const char *at = path + bytes;
    const struct shape *attribute = change->attribute;
    const struct shape *members =
        attribute->kind == SHAPE_LIST ? attribute->members->members : attribute->members;
    change->filtered = *at == '[' && attribute->kind == SHAPE_LIST;
    if (change->filtered) {
        at = scim_comparison_read(at + 1, &change->filter);
        const char *name = change->filter.name;
        if (at == NULL || *at++ != ']' || scim_shape(members, name, strlen(name)) == NULL)
            return false;
    }
    if (*at == '\0')
        return true;
    if (*at++ != '.' || members == NULL)
        return false;
    change->sub = scim_shape(members, at, strlen(at));
    if (change->sub != NULL)
        return true;
    change->attribute = NULL;
    return scim_unsupported(at, strlen(at)) || scim_unsupported(path, strlen(path));
}

static bool read_path(const char *path, const struct shape *members, struct scim_change *change)
{
    bool users = members == SCIM_USER_SHAPE;
    const char *at = past_schema(path, users ? SCIM_USER : SCIM_GROUP);
    const char *inner = users ? past_schema(at, SCIM_ENTERPRISE) : at;
    const struct shape *extension =
        users ? scim_shape(members, SCIM_ENTERPRISE, sizeof SCIM_ENTERPRISE - 1) : NULL;
    change->enterprise = inner != at && *inner != '\0';
    if (inner != at && !change->enterprise) {
        change->attribute = extension;
        return true;
    }
    size_t bytes = strcspn(inner, ".[");
    change->attribute = scim_shape(change->enterprise ? extension->members : members, inner, bytes);
    if (change->attribute == NULL)
        return scim_unsupported(inner, bytes);
    return read_rest(inner, bytes, change);
}

/* Okta sends the group's id along with the one thing that changes. */
static const struct json *single_member(const struct json *value)
{
    static const char *const ASIDE[] = {"id", "schemas", "meta"};
    const struct json *single = NULL;
    size_t count = 0;
    if (json_kind(value) != JSON_OBJECT)
        return NULL;
    for (const struct json *item = json_first(value); item != NULL; item = json_next(item)) {
        bool aside = false;
        for (size_t i = 0; i < sizeof ASIDE / sizeof ASIDE[0]; i++)
            aside = aside || strcasecmp(json_name(item), ASIDE[i]) == 0;
        single = aside ? single : item;
        count += aside ? 0 : 1;
    }
    return count == 1 ? single : NULL;
}

static bool read_op(const char *op, enum scim_op *out_op)
{
    static const char *const OPS[] = {
        [SCIM_ADD] = "add", [SCIM_REPLACE] = "replace", [SCIM_REMOVE] = "remove"};
    for (size_t i = 0; op != NULL && i < sizeof OPS / sizeof OPS[0]; i++) {
        if (strcasecmp(op, OPS[i]) == 0) {
            *out_op = (enum scim_op)i;
            return true;
        }
    }
    return false;
}

/* "Operations" and what stands in one of them, in any case, as attribute names are. */
static const struct json *member_of(const struct json *object, const char *name)
{
    const struct json *item = json_kind(object) == JSON_OBJECT ? json_first(object) : NULL;
    while (item != NULL && strcasecmp(json_name(item), name) != 0)
        item = json_next(item);
    return json_kind(item) == JSON_NULL ? NULL : item;
}

static enum fault read_change(struct call *call, const struct shape *members,
                              const struct json *operation, struct scim_change *change)
{
    const struct json *given = member_of(operation, "path");
    const char *path = json_text(given);
    change->value = member_of(operation, "value");
    if (!read_op(json_text(member_of(operation, "op")), &change->op) ||
        (given != NULL && path == NULL))
        return scim_invalid(call, UNPARSABLE);
    if (path == NULL && change->op == SCIM_REMOVE)
        return scim_invalid(call, "Missing path in PATCH request");
    if (change->value == NULL && change->op != SCIM_REMOVE)
        return scim_invalid(call, "Missing value in PATCH request");
    if (path == NULL) {
        change->value = single_member(change->value);
        if (change->value == NULL)
            return scim_invalid(
                call, "Current PATCH support allows omitting \"path\" attribute only for Add "
                      "and Replace operations modifying a single attribute.");
        path = json_name(change->value);
    }
    if (!read_path(path, members, change))
        return problem_set(&call->problem, FAULT_INVALID,
                           "The path %.200s names nothing that PATCH can change", path);
    return FAULT_NONE;
}

enum fault scim_patch_each(struct call *call, const struct shape *members, scim_apply *apply,
                           void *self)
{
    const struct json *operations = member_of(call->input, "Operations");
    if (json_kind(operations) != JSON_ARRAY || json_count(operations) == 0)
        return scim_invalid(call, UNPARSABLE);
    for (const struct json *item = json_first(operations); item != NULL; item = json_next(item)) {
        struct scim_change change = {.op = SCIM_ADD};
        enum fault fault = read_change(call, members, item, &change);
        if (fault != FAULT_NONE)
            return fault;
        if (change.attribute != NULL)
            fault = apply(call, &change, self);
        else if (scim_reading(call, SCIM_UNSUPPORTED) == UNSUPPORTED_REFUSED)
            fault = scim_invalid(call, "The attribute is not supported");
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}
