/* SPDX-License-Identifier: MIT */
/*
 * SCIM 2.0 in AWS's dialect (identity-wire 9), for what moves seats: reading users and groups, `active`, deletion, membership. The same
 * directory as identitystore's, under the same ids. Attributes of users and groups are set there.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/times.h"
#include "services/scim_filter.h"
#include "services/services.h"
#include "world/directory.h"
#include "world/scim.h"

#define USER_SCHEMA "urn:ietf:params:scim:schemas:core:2.0:User"
#define GROUP_SCHEMA "urn:ietf:params:scim:schemas:core:2.0:Group"
#define LIST_SCHEMA "urn:ietf:params:scim:api:messages:2.0:ListResponse"

enum { SCIM_PAGE = 100, MEMBER_CHANGES_MAX = 100 };

static enum fault invalid(struct call *call, const char *detail)
{
    return problem_set(&call->problem, FAULT_INVALID, "%s", detail);
}

static enum fault admit(struct call *call, struct instance *out_instance)
{
    return scim_admit(world_of(call), call->path_tenant, call->bearer, out_instance);
}

static void put_schemas(struct json *out, const char *schema)
{
    json_push(json_put(out, "schemas", json_new_array()), json_new_text(schema));
}

static void put_meta(struct json *out, const char *type, int64_t created_s, int64_t updated_s)
{
    struct json *meta = json_put(out, "meta", json_new_object());
    json_put_text(meta, "resourceType", type);
    put_time(meta, "created", created_s);
    put_time(meta, "lastModified", updated_s);
}

/* SCIM's names are identitystore's with a small first letter, all the way down. */
static struct json *small_letters(const struct json *value)
{
    if (json_kind(value) != JSON_OBJECT && json_kind(value) != JSON_ARRAY)
        return json_copy(value);
    bool array = json_kind(value) == JSON_ARRAY;
    struct json *out = array ? json_new_array() : json_new_object();
    for (const struct json *item = json_first(value); item != NULL; item = json_next(item)) {
        if (array) {
            json_push(out, small_letters(item));
            continue;
        }
        struct text name = {0};
        text_add(&name, json_name(item));
        if (name.bytes > 0 && name.chars[0] >= 'A' && name.chars[0] <= 'Z')
            name.chars[0] = (char)(name.chars[0] - 'A' + 'a');
        json_put(out, text_chars(&name), small_letters(item));
        text_clear(&name);
    }
    return out;
}

static void put_user(struct json *out, const struct user *user)
{
    static const char *const KEPT_BACK[] = {"Extensions", "Photos", "Website", "Birthdate"};
    struct json_error error;
    struct json_document *attributes =
        json_parse(user->attributes, strlen(user->attributes), JSON_STRICT, &error);
    put_schemas(out, USER_SCHEMA);
    json_put_text(out, "id", user->user_id);
    put_meta(out, "User", user->created_s, user->updated_s);
    json_put_text(out, "userName", user->name);
    for (const struct json *member = json_first(json_document_root(attributes)); member != NULL;
         member = json_next(member)) {
        bool kept = false;
        for (size_t i = 0; i < sizeof KEPT_BACK / sizeof KEPT_BACK[0]; i++)
            kept = kept || strcmp(json_name(member), KEPT_BACK[i]) == 0;
        if (kept)
            continue;
        struct text name = {0};
        text_add(&name, json_name(member));
        name.chars[0] = (char)(name.chars[0] | 0x20);
        json_put(out, text_chars(&name), small_letters(member));
        text_clear(&name);
    }
    json_put_boolean(out, "active", user->active);
    json_document_free(attributes);
}

static void see_user(void *self, const struct user *user)
{
    struct call *call = self;
    put_user(call->output, user);
}

/* Members are never listed: filters are the only way to ask about membership (identity-wire 9.6). */
static void put_group(struct json *out, const struct group *group)
{
    put_schemas(out, GROUP_SCHEMA);
    json_put_text(out, "id", group->group_id);
    put_meta(out, "Group", group->created_s, group->updated_s);
    json_put_text(out, "displayName", group->name);
    json_put(out, "members", json_new_array());
}

static void see_group(void *self, const struct group *group)
{
    struct call *call = self;
    put_group(call->output, group);
}

static enum fault answer_user(struct call *call, const struct instance *instance)
{
    return user_get(world_of(call), instance->store_id, call->path_id, see_user, call);
}

static enum fault get_user(struct call *call)
{
    struct instance instance;
    enum fault fault = admit(call, &instance);
    return fault == FAULT_NONE ? answer_user(call, &instance) : fault;
}

static enum fault get_group(struct call *call)
{
    struct instance instance;
    enum fault fault = admit(call, &instance);
    if (fault == FAULT_NONE)
        fault = group_get(world_of(call), instance.store_id, call->path_id, see_group, call);
    return fault;
}

static enum fault delete_user(struct call *call)
{
    struct instance instance;
    enum fault fault = admit(call, &instance);
    if (fault == FAULT_NONE)
        fault = user_delete(world_of(call), instance.store_id, call->path_id);
    call->status = 204;
    return fault;
}

static enum fault delete_group(struct call *call)
{
    struct instance instance;
    enum fault fault = admit(call, &instance);
    if (fault == FAULT_NONE)
        fault = group_delete(world_of(call), instance.store_id, call->path_id);
    call->status = 204;
    return fault;
}

/* A list being answered: what the filter left over, at most `count`. */
struct scim_list {
    struct call *call;
    struct instance instance;
    struct scim_filter filter;
    struct json *resources;
    int64_t count;
    enum fault fault;
};

static enum fault list_begin(struct call *call, const struct scim_filter_attribute *attributes,
                             struct scim_list *out_list)
{
    const char *count = json_member_text(call->query, "count");
    const char *filter = json_member_text(call->query, "filter");
    *out_list = (struct scim_list){.call = call, .count = SCIM_PAGE};
    enum fault fault = admit(call, &out_list->instance);
    if (fault != FAULT_NONE)
        return fault;
    if (count != NULL) {
        char *end = NULL;
        out_list->count = strtol(count, &end, 10);
        if (*end != '\0' || out_list->count < 1 || out_list->count > SCIM_PAGE)
            return invalid(call, "count must be 1 to 100");
    }
    if (json_member(call->query, "cursor") != NULL)
        return invalid(call, "Cursor paging is not offered; leave cursor out and filter");
    if (filter != NULL && !scim_filter_parse(filter, attributes, &out_list->filter))
        return invalid(call, "Invalid Filter format");
    out_list->resources = json_new_array();
    return FAULT_NONE;
}

static enum fault list_end(struct scim_list *list, enum fault fault)
{
    struct call *call = list->call;
    if (fault == FAULT_NONE)
        fault = list->fault;
    int64_t found = (int64_t)json_count(list->resources);
    json_put_integer(call->output, "totalResults", found);
    json_put_integer(call->output, "itemsPerPage", found);
    json_put_integer(call->output, "startIndex", 1);
    put_schemas(call->output, LIST_SCHEMA);
    json_put(call->output, "Resources", list->resources);
    return fault;
}

struct pair {
    char membership_id[USER_ID_BYTES];
};

static void see_pair(void *self, const struct membership *membership)
{
    struct pair *pair = self;
    text_copy(pair->membership_id, sizeof pair->membership_id, membership->membership_id);
}

/* "" if he is no member. */
static enum fault find_membership(struct call *call, const char *group_id, const char *user_id,
                                  struct pair *out_pair)
{
    out_pair->membership_id[0] = '\0';
    return membership_of_pair(world_of(call), group_id, user_id, see_pair, out_pair);
}

/* Does the row pass the filter's terms? `is_group` says which side of a membership the row is. */
static bool passes(struct scim_list *list, const char *id, const char *name, bool is_group)
{
    for (size_t i = 0; i < list->filter.count; i++) {
        const struct scim_term *term = &list->filter.terms[i];
        struct pair pair;
        char *left = NULL;
        char *right = NULL;
        bool good = false;
        switch (term->attribute->kind) {
        case SCIM_BY_NAME:
            left = text_fold(name);
            right = text_fold(term->value);
            good = strcmp(left, right) == 0;
            free(left);
            free(right);
            break;
        case SCIM_BY_ID:
            good = strcmp(id, term->value) == 0;
            break;
        case SCIM_BY_MEMBERSHIP:
            list->fault = find_membership(list->call, is_group ? id : term->value,
                                          is_group ? term->value : id, &pair);
            good = pair.membership_id[0] != '\0';
            break;
        case SCIM_BY_NOTHING: /* an attribute that nothing here can have */
            break;
        }
        if (!good)
            return false;
    }
    return true;
}

static void list_user(void *self, const struct user *user)
{
    struct scim_list *list = self;
    if ((int64_t)json_count(list->resources) < list->count &&
        passes(list, user->user_id, user->name, false))
        put_user(json_push(list->resources, json_new_object()), user);
}

static void list_group(void *self, const struct group *group)
{
    struct scim_list *list = self;
    if ((int64_t)json_count(list->resources) < list->count &&
        passes(list, group->group_id, group->name, true))
        put_group(json_push(list->resources, json_new_object()), group);
}

/* A filter that names a user or group that does not exist: 404 (identity-wire 9.6). */
static enum fault check_named(struct scim_list *list, bool groups)
{
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < list->filter.count && fault == FAULT_NONE; i++) {
        const struct scim_term *term = &list->filter.terms[i];
        bool of_group = term->attribute->kind == SCIM_BY_ID ? groups : !groups;
        bool exists = true;
        bool alone = list->filter.count == 1;
        if (term->attribute->kind == SCIM_BY_NAME || term->attribute->kind == SCIM_BY_NOTHING ||
            (term->attribute->kind == SCIM_BY_ID && alone))
            continue;
        fault =
            of_group
                ? group_exists(world_of(list->call), list->instance.store_id, term->value, &exists)
                : user_exists(world_of(list->call), list->instance.store_id, term->value, &exists);
        if (fault == FAULT_NONE && !exists)
            fault = problem_set(&list->call->problem, FAULT_NOT_FOUND, "%s does not exist.",
                                of_group ? "GROUP" : "USER");
    }
    return fault;
}

static enum fault list_users(struct call *call)
{
    static const struct scim_filter_attribute ATTRIBUTES[] = {
        {"userName", SCIM_BY_NAME},           {"id", SCIM_BY_ID},
        {"groups.value", SCIM_BY_MEMBERSHIP}, {"externalId", SCIM_BY_NOTHING},
        {"manager", SCIM_BY_NOTHING},         {NULL, SCIM_BY_NOTHING}};
    struct scim_list list;
    enum fault fault = list_begin(call, ATTRIBUTES, &list);
    if (fault != FAULT_NONE)
        return fault;
    fault = check_named(&list, false);
    if (fault == FAULT_NONE)
        fault = user_each(world_of(call), list.instance.store_id, 0, INT64_MAX, list_user, &list);
    return list_end(&list, fault);
}

static enum fault list_groups(struct call *call)
{
    static const struct scim_filter_attribute ATTRIBUTES[] = {{"displayName", SCIM_BY_NAME},
                                                              {"id", SCIM_BY_ID},
                                                              {"members.value", SCIM_BY_MEMBERSHIP},
                                                              {"members", SCIM_BY_MEMBERSHIP},
                                                              {"member", SCIM_BY_MEMBERSHIP},
                                                              {"externalId", SCIM_BY_NOTHING},
                                                              {NULL, SCIM_BY_NOTHING}};
    struct scim_list list;
    enum fault fault = list_begin(call, ATTRIBUTES, &list);
    if (fault != FAULT_NONE)
        return fault;
    fault = check_named(&list, true);
    if (fault == FAULT_NONE)
        fault = group_each(world_of(call), list.instance.store_id, 0, INT64_MAX, list_group, &list);
    return list_end(&list, fault);
}

/* The Operations of a PATCH, each an object with an op we know; FAULT_INVALID otherwise. */
static enum fault patch_operations(struct call *call, const struct json **out_first)
{
    const struct json *operations = json_member(call->input, "Operations");
    if (json_kind(operations) != JSON_ARRAY || json_count(operations) == 0)
        return invalid(call, "Request is unparsable, syntactically incorrect, or violates schema.");
    for (const struct json *item = json_first(operations); item != NULL; item = json_next(item)) {
        const char *op = json_member_text(item, "op");
        const char *path = json_member_text(item, "path");
        bool known = op != NULL && (strcasecmp(op, "add") == 0 || strcasecmp(op, "replace") == 0 ||
                                    strcasecmp(op, "remove") == 0);
        if (!known)
            return invalid(call, "op must be add, replace or remove");
        if (path == NULL && strcasecmp(op, "remove") == 0)
            return invalid(call, "Missing path in PATCH request");
        if (path == NULL && json_count(json_member(item, "value")) != 1)
            return invalid(call,
                           "Current PATCH support allows omitting \"path\" attribute only for Add "
                           "and Replace operations modifying a single attribute.");
    }
    *out_first = json_first(operations);
    return FAULT_NONE;
}

/* What an operation sets: by path, or as the single member of its value. */
static const struct json *patch_target(const struct json *operation, const char **out_attribute)
{
    const struct json *value = json_member(operation, "value");
    *out_attribute = json_member_text(operation, "path");
    if (*out_attribute != NULL)
        return value;
    *out_attribute = json_name(json_first(value));
    return json_first(value);
}

/* A boolean, or Entra's texts in any case. */
static bool read_active(const struct json *value, bool *out_active)
{
    const char *text = json_text(value);
    bool yes = text != NULL && strcasecmp(text, "true") == 0;
    bool no = text != NULL && strcasecmp(text, "false") == 0;
    *out_active = yes || json_true(value);
    return json_kind(value) == JSON_BOOLEAN || yes || no;
}

static enum fault patch_user(struct call *call)
{
    struct instance instance;
    const struct json *operation = NULL;
    bool exists = false;
    bool active = false;
    unsigned changes = 0;
    enum fault fault = admit(call, &instance);
    if (fault == FAULT_NONE)
        fault = patch_operations(call, &operation);
    if (fault == FAULT_NONE)
        fault = user_exists(world_of(call), instance.store_id, call->path_id, &exists);
    if (fault == FAULT_NONE && !exists)
        return problem_set(&call->problem, FAULT_NOT_FOUND, "USER does not exist.");
    for (; fault == FAULT_NONE && operation != NULL; operation = json_next(operation)) {
        const char *attribute = NULL;
        const struct json *value = patch_target(operation, &attribute);
        bool removes = strcasecmp(json_member_text(operation, "op"), "remove") == 0;
        if (strcasecmp(attribute, "active") != 0)
            return problem_set(
                &call->problem, FAULT_INVALID,
                "This server changes 'active' by SCIM, not '%.100s'; identitystore has the rest",
                attribute);
        if (removes || !read_active(value, &active) || ++changes > 1)
            return invalid(call,
                           "active takes true or false, once in a request, and cannot be removed");
    }
    bool ignored = !active && world_of(call)->reading.deviations[SCIM_DEACTIVATION_IGNORED];
    if (fault == FAULT_NONE && !ignored)
        fault = user_set_active(world_of(call), call->path_id, active);
    return fault == FAULT_NONE ? answer_user(call, &instance) : fault;
}

static enum fault change_member(struct call *call, const struct instance *instance,
                                const char *user_id, bool adds)
{
    struct world *world = world_of(call);
    struct pair pair;
    char membership_id[USER_ID_BYTES];
    bool exists = false;
    enum fault fault = user_exists(world, instance->store_id, user_id, &exists);
    if (fault == FAULT_NONE && !exists && adds)
        return problem_set(&call->problem, FAULT_NOT_FOUND, "USER does not exist.");
    if (fault == FAULT_NONE)
        fault = find_membership(call, call->path_id, user_id, &pair);
    if (fault != FAULT_NONE || adds == (pair.membership_id[0] != '\0'))
        return fault; /* he is where he should be: no error (identity-wire 9.4) */
    return adds
               ? membership_create(world, instance->store_id, call->path_id, user_id, membership_id)
               : membership_delete(world, instance->store_id, pair.membership_id);
}

/* members[value eq "<id>"], as Okta and Entra send it; NULL if the path is another. Free the result. */
static char *member_of_path(const char *path)
{
    static const char START[] = "members[value eq \"";
    size_t bytes = strlen(path);
    size_t start = sizeof START - 1;
    if (bytes <= start + 2 || strncasecmp(path, START, start) != 0 ||
        strcmp(path + bytes - 2, "\"]") != 0)
        return NULL;
    struct text id = {0};
    text_add_bytes(&id, path + start, bytes - start - 2);
    return text_take(&id);
}

static enum fault patch_members(struct call *call, const struct instance *instance,
                                const struct json *operation)
{
    const char *attribute = NULL;
    const struct json *value = patch_target(operation, &attribute);
    bool adds = strcasecmp(json_member_text(operation, "op"), "add") == 0;
    bool replaces = strcasecmp(json_member_text(operation, "op"), "replace") == 0;
    char *named = member_of_path(attribute);
    enum fault fault = FAULT_NONE;
    if (named != NULL && !adds && !replaces) {
        fault = change_member(call, instance, named, false);
    } else if (strcasecmp(attribute, "members") != 0) {
        fault = problem_set(&call->problem, FAULT_INVALID,
                            "This server changes 'members' by SCIM, not '%.100s'", attribute);
    } else if (replaces || json_kind(value) != JSON_ARRAY || json_count(value) == 0 ||
               json_count(value) > MEMBER_CHANGES_MAX) {
        fault =
            invalid(call, "members takes add or remove with a list of 1 to 100 {\"value\": id}");
    } else {
        for (const struct json *item = json_first(value); item != NULL && fault == FAULT_NONE;
             item = json_next(item)) {
            const char *id = json_member_text(item, "value");
            fault = id == NULL ? invalid(call, "a member is {\"value\": id}")
                               : change_member(call, instance, id, adds);
        }
    }
    free(named);
    return fault;
}

static enum fault patch_group(struct call *call)
{
    struct instance instance;
    const struct json *operation = NULL;
    bool exists = false;
    enum fault fault = admit(call, &instance);
    if (fault == FAULT_NONE)
        fault = patch_operations(call, &operation);
    if (fault == FAULT_NONE)
        fault = group_exists(world_of(call), instance.store_id, call->path_id, &exists);
    if (fault == FAULT_NONE && !exists)
        return problem_set(&call->problem, FAULT_NOT_FOUND, "GROUP does not exist.");
    for (; fault == FAULT_NONE && operation != NULL; operation = json_next(operation))
        fault = patch_members(call, &instance, operation);
    call->status = 204;
    return fault;
}

static const struct operation OPERATIONS[] = {
    {"ListUsers", READ, NULL, NULL, list_users, "GET", "Users"},
    {"GetUser", READ, NULL, NULL, get_user, "GET", "Users/*"},
    {"PatchUser", WRITE, NULL, NULL, patch_user, "PATCH", "Users/*"},
    {"DeleteUser", WRITE, NULL, NULL, delete_user, "DELETE", "Users/*"},
    {"ListGroups", READ, NULL, NULL, list_groups, "GET", "Groups"},
    {"GetGroup", READ, NULL, NULL, get_group, "GET", "Groups/*"},
    {"PatchGroup", WRITE, NULL, NULL, patch_group, "PATCH", "Groups/*"},
    {"DeleteGroup", WRITE, NULL, NULL, delete_group, "DELETE", "Groups/*"},
    {0}};

const struct service SCIM_SERVICE = {.name = "scim",
                                     .protocol = PROTOCOL_SCIM,
                                     .target_prefixes = (const char *const[]){NULL},
                                     .scopes = (const char *const[]){NULL},
                                     .content_type = "application/json",
                                     .faults = (const struct fault_name[]){{0}},
                                     .operations = OPERATIONS};
