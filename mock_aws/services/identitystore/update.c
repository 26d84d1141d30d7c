/* SPDX-License-Identifier: MIT */
/*
 * UpdateUser: attribute paths in camelCase, values as documents, nothing as removal (identity-wire
 * 5.5). The operations are applied to the attributes as they are stored; what comes out is held
 * against the shapes of CreateUser.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "services/identitystore/identitystore.h"
#include "wire/shapes.h"
#include "world/changes/group_changes.h"
#include "world/changes/user_changes.h"

static const struct shape OPERATION_MEMBERS[] = {
    {.name = "AttributePath",
     .required = true,
     .min = 1,
     .max = 255,
     .pattern = &PATTERN_ATTRIBUTE_PATH},
    {.name = "AttributeValue", .kind = SHAPE_DOCUMENT, .sensitive = true},
    {0}};
const struct shape OPERATION_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = OPERATION_MEMBERS}};
const struct shape UPDATE_USER_IN[] = {
    STORE_ID_MEMBER, RESOURCE_ID_MEMBER("UserId"), OPERATIONS_MEMBER, {0}};

/* What Identity Center demands of every user. */
static const char *const REQUIRED[] = {"displayName",     "name",     "name.givenName",
                                       "name.familyName", "userName", NULL};

struct update {
    struct call *call;
    struct json *attributes; /* as stored, being changed */
    char *name;
};

enum fault identitystore_unknown_path(struct call *call, const char *path)
{
    return problem_set(&call->problem, FAULT_INVALID, "attribute path %s cannot be updated", path);
}

enum fault identitystore_empty_path(struct call *call, const char *path)
{
    return problem_set(&call->problem, FAULT_INVALID,
                       "attribute value cannot be empty or null for attribute path %s", path);
}

enum fault identitystore_values_check(struct call *call, const struct shape *members,
                                      const struct json *values)
{
    enum fault fault = shape_check(NULL, members, values, true, &call->problem);
    return fault == FAULT_SERIALIZATION ? FAULT_INVALID : fault;
}

/* "NickName" as paths spell it. */
static bool spells(const char *path, size_t bytes, const char *member)
{
    return strlen(member) == bytes && strncasecmp(path, member, bytes) == 0;
}

static const struct shape *member_of(const struct shape *members, const char *path, size_t bytes)
{
    while (members != NULL && members->name != NULL && !spells(path, bytes, members->name))
        members++;
    return members != NULL && members->name != NULL ? members : NULL;
}

/* A document in camelCase as identitystore stores it; NULL if a key is spelled otherwise. */
static struct json *stored_form(const struct json *value)
{
    enum json_kind kind = json_kind(value);
    if (kind != JSON_OBJECT && kind != JSON_ARRAY)
        return json_copy(value);
    struct json *stored = kind == JSON_OBJECT ? json_new_object() : json_new_array();
    for (const struct json *at = json_first(value); at != NULL; at = json_next(at)) {
        if (kind == JSON_OBJECT && json_kind(at) == JSON_NULL)
            continue; /* the same as absent */
        struct json *inner = stored_form(at);
        const char *key = json_name(at);
        if (inner == NULL || (kind == JSON_OBJECT && islower((unsigned char)key[0]) == 0)) {
            json_free(inner);
            json_free(stored);
            return NULL;
        }
        if (kind == JSON_ARRAY) {
            json_push(stored, inner);
            continue;
        }
        char *name = mem_text(key);
        name[0] = (char)toupper((unsigned char)name[0]);
        json_put(stored, name, inner);
        free(name);
    }
    return stored;
}

/* A copy of `object` with `value` (owned; NULL: nothing) as its member `name`. */
static struct json *replaced(const struct json *object, const char *name, struct json *value)
{
    struct json *copy = json_new_object();
    for (const struct json *at = json_first(object); at != NULL; at = json_next(at))
        if (strcmp(json_name(at), name) != 0)
            json_put(copy, json_name(at), json_copy(at));
    if (value != NULL)
        json_put(copy, name, value);
    return copy;
}

static void put_attribute(struct update *update, const char *name, struct json *value)
{
    struct json *changed = replaced(update->attributes, name, value);
    json_free(update->attributes);
    update->attributes = changed;
}

/* `inner.member` of an attribute that is an object; an object without members is none. */
static void put_inner(struct update *update, const char *name, const char *member,
                      struct json *value)
{
    struct json *inner = replaced(json_member(update->attributes, name), member, value);
    bool empty = json_count(inner) == 0;
    if (empty)
        json_free(inner);
    put_attribute(update, name, empty ? NULL : inner);
}

static bool demanded(const char *path)
{
    const char *const *at = REQUIRED;
    while (*at != NULL && strcasecmp(*at, path) != 0)
        at++;
    return *at != NULL;
}

/* Whole, or one member, "manager.value" being one. */
static enum fault apply_to_enterprise(struct update *update, const char *path,
                                      const struct json *value)
{
    const char *rest = path + sizeof ENTERPRISE - 1;
    const struct json *enterprise =
        json_member(json_member(update->attributes, "Extensions"), ENTERPRISE);
    bool of_manager = strcasecmp(rest, ".manager.value") == 0;
    const char *name = rest[0] == '\0' ? "" : of_manager ? "manager" : rest + 1;
    const struct shape *member = member_of(ENTERPRISE_SHAPE, name, strlen(name));
    if (rest[0] != '\0' && member == NULL)
        return identitystore_unknown_path(update->call, path);
    if (rest[0] == '\0' && json_kind(value) != JSON_NULL && json_kind(value) != JSON_OBJECT)
        return problem_set(&update->call->problem, FAULT_INVALID, "%s must be an object", path);
    struct json *changed = json_kind(value) == JSON_NULL ? NULL : json_copy(value);
    if (of_manager && changed != NULL)
        changed = replaced(NULL, "value", changed);
    if (member != NULL)
        changed = replaced(enterprise, member->name, changed);
    if (json_kind(changed) == JSON_OBJECT && json_count(changed) == 0) {
        json_free(changed);
        changed = NULL;
    }
    put_inner(update, "Extensions", ENTERPRISE, changed);
    return FAULT_NONE;
}

/*
 * What the path names: an attribute, or a part of the name. Parts of lists cannot be updated one by
 * one.
 */
static enum fault apply_to_attribute(struct update *update, const char *path,
                                     const struct json *value)
{
    struct call *call = update->call;
    size_t bytes = strcspn(path, ".");
    const struct shape *attribute = member_of(USER_ATTRIBUTES, path, bytes);
    const struct shape *part = NULL;
    if (attribute != NULL && path[bytes] == '.' && attribute->kind == SHAPE_STRUCTURE)
        part = member_of(attribute->members, path + bytes + 1, strlen(path + bytes + 1));
    bool whole_name = attribute != NULL && attribute->kind == SHAPE_STRUCTURE && part == NULL;
    if (attribute == NULL || whole_name || attribute->kind == SHAPE_MAP ||
        (path[bytes] == '.' && part == NULL))
        return identitystore_unknown_path(call, path);
    struct json *stored = json_kind(value) == JSON_NULL ? NULL : stored_form(value);
    if (stored == NULL && json_kind(value) != JSON_NULL)
        return problem_set(&call->problem, FAULT_INVALID,
                           "the members of %s must be spelled in camelCase", path);
    if (part != NULL)
        put_inner(update, attribute->name, part->name, stored);
    else
        put_attribute(update, attribute->name, stored);
    return FAULT_NONE;
}

static enum fault apply_to_name(struct update *update, const struct json *value)
{
    static const struct shape VALUES[] = {USER_NAME_MEMBER, {0}};
    struct json *alone = json_new_object();
    json_put(alone, "UserName", json_copy(value));
    enum fault fault = identitystore_values_check(update->call, VALUES, alone);
    json_free(alone);
    if (fault != FAULT_NONE)
        return fault;
    fault = identitystore_reserved_name(update->call, "userName", json_text(value));
    if (fault != FAULT_NONE)
        return fault;
    free(update->name);
    update->name = mem_text(json_text(value));
    return FAULT_NONE;
}

static enum fault apply(struct update *update, const struct json *operation)
{
    const char *path = json_member_text(operation, "AttributePath");
    const struct json *value = json_member(operation, "AttributeValue");
    const char *after = path + sizeof ENTERPRISE - 1;
    if (json_kind(value) == JSON_NULL && demanded(path))
        return identitystore_empty_path(update->call, path);
    if (strcasecmp(path, "userName") == 0)
        return apply_to_name(update, value);
    if (strncasecmp(path, ENTERPRISE, sizeof ENTERPRISE - 1) == 0 &&
        (after[0] == '\0' || after[0] == '.'))
        return apply_to_enterprise(update, path, value);
    return apply_to_attribute(update, path, value);
}

static void see_stored(void *self, const struct user *user)
{
    struct update *update = self;
    struct json_error error;
    struct json_document *document =
        json_parse(user->attributes, strlen(user->attributes), JSON_STRICT, &error);
    update->attributes = json_copy(json_document_root(document));
    update->name = mem_text(user->name);
    json_document_free(document);
}

static enum fault apply_all(struct update *update, const char *store_id, const char *user_id)
{
    struct call *call = update->call;
    enum fault fault = user_get(world_of(call), store_id, user_id, see_stored, update);
    const struct json *at = json_first(json_member(call->input, "Operations"));
    for (; at != NULL && fault == FAULT_NONE; at = json_next(at))
        fault = apply(update, at);
    if (fault != FAULT_NONE)
        return fault;
    fault = identitystore_attributes_check(call, update->attributes);
    if (fault != FAULT_NONE)
        return fault;
    char *printed = json_print(update->attributes);
    fault = user_update(world_of(call), store_id, user_id, update->name,
                        user_email(update->attributes), printed);
    free(printed);
    return fault;
}

enum fault identitystore_update_user(struct call *call)
{
    struct instance instance;
    struct update update = {.call = call};
    enum fault fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = apply_all(&update, instance.store_id, json_member_text(call->input, "UserId"));
    json_free(update.attributes);
    free(update.name);
    return fault;
}
