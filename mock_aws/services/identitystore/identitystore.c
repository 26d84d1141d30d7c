/* SPDX-License-Identifier: MIT */
/*
 * identitystore, AWS's published API (identity-wire 5): the service's table, and the operations on
 * users.
 */
#include "services/identitystore/identitystore.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/text.h"
#include "wire/shapes.h"
#include "world/changes/group_changes.h"
#include "world/changes/user_changes.h"
#include "world/rows/external_ids.h"

#define TEXT_MEMBER(member)                                                                        \
    {                                                                                              \
        .name = member, .sensitive = true, .min = 1, .max = 1024, .pattern = &PATTERN_TEXT         \
    }
#define LIST_MEMBER(member, most, element)                                                         \
    {                                                                                              \
        .name = member, .kind = SHAPE_LIST, .min = 1, .max = most, .members = element              \
    }

static const struct shape NAME_MEMBERS[] = {TEXT_MEMBER("Formatted"),
                                            TEXT_MEMBER("FamilyName"),
                                            TEXT_MEMBER("GivenName"),
                                            TEXT_MEMBER("MiddleName"),
                                            TEXT_MEMBER("HonorificPrefix"),
                                            TEXT_MEMBER("HonorificSuffix"),
                                            {0}};
static const struct shape VALUE_MEMBERS[] = {
    TEXT_MEMBER("Value"), TEXT_MEMBER("Type"), {.name = "Primary", .kind = SHAPE_BOOLEAN}, {0}};
static const struct shape VALUE_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = VALUE_MEMBERS}};
static const struct shape ADDRESS_MEMBERS[] = {TEXT_MEMBER("StreetAddress"),
                                               TEXT_MEMBER("Locality"),
                                               TEXT_MEMBER("Region"),
                                               TEXT_MEMBER("PostalCode"),
                                               TEXT_MEMBER("Country"),
                                               TEXT_MEMBER("Formatted"),
                                               TEXT_MEMBER("Type"),
                                               {.name = "Primary", .kind = SHAPE_BOOLEAN},
                                               {0}};
static const struct shape ADDRESS_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = ADDRESS_MEMBERS}};
static const struct shape PHOTO_MEMBERS[] = {{.name = "Value",
                                              .required = true,
                                              .sensitive = true,
                                              .min = 1,
                                              .max = 1024,
                                              .pattern = &PATTERN_TEXT},
                                             TEXT_MEMBER("Type"),
                                             TEXT_MEMBER("Display"),
                                             {.name = "Primary", .kind = SHAPE_BOOLEAN},
                                             {0}};
static const struct shape PHOTO_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = PHOTO_MEMBERS}};
static const struct shape MANAGER_MEMBERS[] = {TEXT_MEMBER("value"), {0}};
const struct shape ENTERPRISE_SHAPE[] = {
    TEXT_MEMBER("employeeNumber"),
    TEXT_MEMBER("costCenter"),
    TEXT_MEMBER("organization"),
    TEXT_MEMBER("division"),
    TEXT_MEMBER("department"),
    {.name = "manager", .kind = SHAPE_STRUCTURE, .members = MANAGER_MEMBERS},
    {0}};
static const struct shape EXTENSION_VALUE[] = {{.name = "value", .kind = SHAPE_DOCUMENT}};
static const struct shape EXTENSION_NAME[] = {
    {.name = "member", .min = 1, .max = 50, .pattern = &PATTERN_EXTENSION_NAME}};

/* What a caller may give and what is given back: kept as one JSON text per user. */
#define ATTRIBUTE_MEMBERS                                                                          \
    {.name = "Name", .kind = SHAPE_STRUCTURE, .members = NAME_MEMBERS},                            \
        TEXT_MEMBER("DisplayName"), TEXT_MEMBER("NickName"), TEXT_MEMBER("ProfileUrl"),            \
        LIST_MEMBER("Emails", 1, VALUE_ELEMENT), LIST_MEMBER("Addresses", 1, ADDRESS_ELEMENT),     \
        LIST_MEMBER("PhoneNumbers", 1, VALUE_ELEMENT), TEXT_MEMBER("UserType"),                    \
        TEXT_MEMBER("Title"), TEXT_MEMBER("PreferredLanguage"), TEXT_MEMBER("Locale"),             \
        TEXT_MEMBER("Timezone"), LIST_MEMBER("Photos", 3, PHOTO_ELEMENT), TEXT_MEMBER("Website"),  \
        {.name = "Birthdate",                                                                      \
         .sensitive = true,                                                                        \
         .min = 1,                                                                                 \
         .max = 1024,                                                                              \
         .pattern = &PATTERN_BIRTHDATE},                                                           \
        LIST_MEMBER("Roles", 1, VALUE_ELEMENT),                                                    \
    {                                                                                              \
        .name = "Extensions", .kind = SHAPE_MAP, .min = 1, .max = 10, .members = EXTENSION_VALUE   \
    }

const struct shape USER_ATTRIBUTES[] = {ATTRIBUTE_MEMBERS, {0}};
static const struct shape CREATE_USER_IN[] = {
    STORE_ID_MEMBER, USER_NAME_MEMBER, ATTRIBUTE_MEMBERS, {0}};
static const struct shape USER_ID_OUT[] = {STORE_ID_MEMBER, RESOURCE_ID_MEMBER("UserId"), {0}};
static const struct shape DELETE_USER_IN[] = {STORE_ID_MEMBER, RESOURCE_ID_MEMBER("UserId"), {0}};
#define EXTENSION_NAMES_MEMBER                                                                     \
    {                                                                                              \
        .name = "Extensions", .kind = SHAPE_LIST, .min = 1, .max = 10, .members = EXTENSION_NAME   \
    }
static const struct shape DESCRIBE_USER_IN[] = {
    STORE_ID_MEMBER, RESOURCE_ID_MEMBER("UserId"), EXTENSION_NAMES_MEMBER, {0}};

static const struct shape EXTERNAL_ID_MEMBERS[] = {{.name = "Issuer",
                                                    .required = true,
                                                    .sensitive = true,
                                                    .min = 1,
                                                    .max = 256,
                                                    .pattern = &PATTERN_USER_NAME},
                                                   {.name = "Id",
                                                    .required = true,
                                                    .sensitive = true,
                                                    .min = 1,
                                                    .max = 256,
                                                    .pattern = &PATTERN_USER_NAME},
                                                   {0}};
const struct shape EXTERNAL_ID_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = EXTERNAL_ID_MEMBERS}};
static const struct shape UNIQUE_ATTRIBUTE_MEMBERS[] = {
    {.name = "AttributePath",
     .required = true,
     .min = 1,
     .max = 255,
     .pattern = &PATTERN_ATTRIBUTE_PATH},
    {.name = "AttributeValue", .kind = SHAPE_DOCUMENT, .required = true, .sensitive = true},
    {0}};
const struct shape ALTERNATE_IDENTIFIER_MEMBERS[] = {
    {.name = "ExternalId", .kind = SHAPE_STRUCTURE, .members = EXTERNAL_ID_MEMBERS},
    {.name = "UniqueAttribute", .kind = SHAPE_STRUCTURE, .members = UNIQUE_ATTRIBUTE_MEMBERS},
    {0}};
static const struct shape GET_USER_ID_IN[] = {STORE_ID_MEMBER,
                                              {.name = "AlternateIdentifier",
                                               .kind = SHAPE_UNION,
                                               .required = true,
                                               .members = ALTERNATE_IDENTIFIER_MEMBERS},
                                              {0}};

static const struct shape FILTER_MEMBERS[] = {{.name = "AttributePath",
                                               .required = true,
                                               .min = 1,
                                               .max = 255,
                                               .pattern = &PATTERN_ATTRIBUTE_PATH},
                                              {.name = "AttributeValue",
                                               .required = true,
                                               .sensitive = true,
                                               .min = 1,
                                               .max = 1024,
                                               .pattern = &PATTERN_TEXT},
                                              {0}};
const struct shape FILTERS_MEMBER[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = FILTER_MEMBERS}};
#define FILTERS                                                                                    \
    {                                                                                              \
        .name = "Filters", .kind = SHAPE_LIST, .max = 1, .members = FILTERS_MEMBER                 \
    }
static const struct shape LIST_USERS_IN[] = {
    STORE_ID_MEMBER, EXTENSION_NAMES_MEMBER, PAGE_MEMBERS, FILTERS, {0}};

static const char *const USER_STATUSES[] = {"ENABLED", "DISABLED", NULL};
static const struct shape USER_MEMBERS[] = {
    STORE_ID_MEMBER,   RESOURCE_ID_MEMBER("UserId"),
    USER_NAME_MEMBER,  EXTERNAL_IDS_MEMBER,
    ATTRIBUTE_MEMBERS, {.name = "UserStatus", .values = USER_STATUSES},
    METADATA_MEMBERS,  {0}};
static const struct shape USER_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = USER_MEMBERS}};
static const struct shape LIST_USERS_OUT[] = {
    {.name = "Users", .kind = SHAPE_LIST, .required = true, .members = USER_ELEMENT},
    {.name = "NextToken"},
    {0}};

enum fault identitystore_reserved_name(struct call *call, const char *attribute, const char *name)
{
    static const char *const RESERVED[] = {"Administrator", "AWSAdministrators"};
    for (size_t i = 0; i < sizeof RESERVED / sizeof RESERVED[0]; i++)
        if (strcmp(name, RESERVED[i]) == 0)
            return problem_set(&call->problem, FAULT_INVALID, "%s: %s is a reserved name",
                               attribute, name);
    return FAULT_NONE;
}

/* Identity Center's own demands on a user, beyond the model (identity-wire 5.2, 5.4). */
static enum fault check_user(struct call *call)
{
    const char *name = json_member_text(call->input, "UserName");
    const struct json *full = json_member(call->input, "Name");
    if (name == NULL)
        return problem_set(&call->problem, FAULT_INVALID, "userName is a required attribute");
    const struct {
        const char *name;
        const char *value;
    } required[] = {{"displayname", json_member_text(call->input, "DisplayName")},
                    {"givenname", json_member_text(full, "GivenName")},
                    {"familyname", json_member_text(full, "FamilyName")}};
    struct text missing = {0};
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++)
        if (required[i].value == NULL)
            text_addf(&missing, "%s%s: The attribute %s is required",
                      missing.bytes == 0 ? "" : ", ", required[i].name, required[i].name);
    enum fault fault = missing.bytes == 0
                           ? FAULT_NONE
                           : problem_set(&call->problem, FAULT_INVALID, "%s", text_chars(&missing));
    text_clear(&missing);
    if (fault != FAULT_NONE)
        return fault;
    return identitystore_reserved_name(call, "userName", name);
}

/* What is kept of a user. */
static struct json *attributes_of(const struct call *call)
{
    struct json *attributes = json_new_object();
    for (const struct shape *shape = USER_ATTRIBUTES; shape->name != NULL; shape++) {
        const struct json *given = json_member(call->input, shape->name);
        if (given != NULL)
            json_put(attributes, shape->name, json_copy(given));
    }
    return attributes;
}

/* An extension arrives as a document, so that its shape is looked at here. */
static enum fault check_extensions(struct call *call, struct json *attributes)
{
    const struct json *extension = json_first(json_member(attributes, "Extensions"));
    if (extension == NULL)
        return FAULT_NONE;
    for (const struct json *item = extension; item != NULL; item = json_next(item))
        if (strcmp(json_name(item), ENTERPRISE) != 0 || json_kind(item) != JSON_OBJECT)
            return problem_set(&call->problem, FAULT_INVALID,
                               "extensions: expected " ENTERPRISE " with an object, not '%s'",
                               json_name(item));
    enum fault fault = identitystore_values_check(call, ENTERPRISE_SHAPE, extension);
    struct json *kept = shape_copy(ENTERPRISE_SHAPE, extension);
    struct json *extensions = json_put(attributes, "Extensions", json_new_object());
    json_put(extensions, ENTERPRISE, kept);
    return fault;
}

enum fault identitystore_attributes_check(struct call *call, struct json *attributes)
{
    size_t primary = 0;
    const struct json *photo = json_first(json_member(attributes, "Photos"));
    enum fault fault = identitystore_values_check(call, USER_ATTRIBUTES, attributes);
    if (fault != FAULT_NONE)
        return fault;
    for (; photo != NULL; photo = json_next(photo))
        primary += json_true(json_member(photo, "Primary")) ? 1 : 0;
    if (primary > 1)
        return problem_set(&call->problem, FAULT_INVALID, "photos: one at most can be primary");
    return check_extensions(call, attributes);
}

static enum fault create_with(struct call *call, struct json *attributes)
{
    struct instance instance;
    char user_id[USER_ID_BYTES];
    enum fault fault = identitystore_attributes_check(call, attributes);
    if (fault != FAULT_NONE)
        return fault;
    fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    char *printed = json_print(attributes);
    fault =
        user_create(world_of(call), instance.store_id, json_member_text(call->input, "UserName"),
                    user_email(attributes), printed, user_id);
    free(printed);
    if (fault != FAULT_NONE)
        return fault;
    json_put_text(call->output, "UserId", user_id);
    json_put_text(call->output, "IdentityStoreId", instance.store_id);
    return FAULT_NONE;
}

static enum fault create_user(struct call *call)
{
    enum fault fault = check_user(call);
    if (fault != FAULT_NONE)
        return fault;
    struct json *attributes = attributes_of(call);
    fault = create_with(call, attributes);
    json_free(attributes);
    return fault;
}

/* Extensions are answered only if asked for, by name. */
static void put_extensions(const struct call *call, struct json *out, const struct json *extensions)
{
    struct json *asked = json_new_object();
    const struct json *names = json_member(call->input, "Extensions");
    for (const struct json *name = json_first(names); name != NULL; name = json_next(name)) {
        const struct json *extension = json_member(extensions, json_text(name));
        if (extension != NULL)
            json_put(asked, json_text(name), json_copy(extension));
    }
    if (json_count(asked) > 0)
        json_put(out, "Extensions", asked);
    else
        json_free(asked);
}

static void see_external_id(void *self, const char *issuer, const char *external_id)
{
    struct json *item = json_push(self, json_new_object());
    json_put_text(item, "Issuer", issuer);
    json_put_text(item, "Id", external_id);
}

enum fault identitystore_put_external_ids(struct call *call, struct json *out, const char *owner_id)
{
    struct json *ids = json_new_array();
    enum fault fault = external_id_each(world_of(call), owner_id, see_external_id, ids);
    if (json_count(ids) > 0)
        json_put(out, "ExternalIds", ids);
    else
        json_free(ids);
    return fault;
}

static enum fault put_user(struct call *call, struct json *out, const struct user *user)
{
    struct json_error error;
    struct json_document *attributes =
        json_parse(user->attributes, strlen(user->attributes), JSON_STRICT, &error);
    json_put_text(out, "IdentityStoreId", user->store_id);
    json_put_text(out, "UserId", user->user_id);
    json_put_text(out, "UserName", user->name);
    for (const struct json *member = json_first(json_document_root(attributes)); member != NULL;
         member = json_next(member)) {
        if (strcmp(json_name(member), "Extensions") == 0)
            put_extensions(call, out, member);
        else
            json_put(out, json_name(member), json_copy(member));
    }
    json_put_text(out, "UserStatus", user->active ? "ENABLED" : "DISABLED");
    json_put_integer(out, "CreatedAt", user->created_s);
    json_put_text(out, "CreatedBy", user->created_by);
    json_put_integer(out, "UpdatedAt", user->updated_s);
    json_put_text(out, "UpdatedBy", user->updated_by);
    json_document_free(attributes);
    return identitystore_put_external_ids(call, out, user->user_id);
}

struct described_user {
    struct call *call;
    enum fault fault;
};

static void see_described(void *self, const struct user *user)
{
    struct described_user *described = self;
    described->fault = put_user(described->call, described->call->output, user);
}

static enum fault describe_user(struct call *call)
{
    struct instance instance;
    struct described_user described = {.call = call};
    enum fault fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = user_get(world_of(call), instance.store_id, json_member_text(call->input, "UserId"),
                     see_described, &described);
    if (fault != FAULT_NONE)
        return fault;
    return described.fault;
}

static enum fault delete_user(struct call *call)
{
    struct instance instance;
    enum fault fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    return user_delete(world_of(call), instance.store_id, json_member_text(call->input, "UserId"));
}

enum fault identitystore_filter_value(struct call *call, const char *path, const char **out_value)
{
    const struct json *filter = json_first(json_member(call->input, "Filters"));
    const char *asked = json_member_text(filter, "AttributePath");
    *out_value = json_member_text(filter, "AttributeValue");
    if (filter != NULL && strcasecmp(asked, path) != 0)
        return problem_set(&call->problem, FAULT_INVALID,
                           "Filtering by %s is not supported; expected %s", asked, path);
    return FAULT_NONE;
}

const struct paging IDENTITYSTORE_PAGING = {"NextToken", "MaxResults", LIMIT_PAGE_SIZE,
                                            LIMIT_PAGE_SIZE};

struct user_listing {
    struct listing listing;
    struct call *call;
    enum fault fault;
};

static void see_listed(void *self, const struct user *user)
{
    struct user_listing *users = self;
    struct json *out = listing_add(&users->listing, user->row);
    if (out != NULL && users->fault == FAULT_NONE)
        users->fault = put_user(users->call, out, user);
}

static enum fault list_users(struct call *call)
{
    struct world *world = world_of(call);
    struct instance instance;
    struct user_listing users = {.call = call};
    const char *name = NULL;
    enum fault fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = identitystore_filter_value(call, "UserName", &name);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &IDENTITYSTORE_PAGING, "Users", &users.listing);
    if (fault != FAULT_NONE)
        return fault;
    const struct page *page = &users.listing.page;
    if (name == NULL)
        fault =
            user_each(world, instance.store_id, page->after, page->size + 1, see_listed, &users);
    else
        fault = user_by_name(world, instance.store_id, name, see_listed, &users);
    if (name != NULL && fault == FAULT_NOT_FOUND) /* a name nobody has: an empty list */
        fault = FAULT_NONE;
    if (fault != FAULT_NONE)
        return fault;
    fault = users.fault;
    return listing_end(call, &IDENTITYSTORE_PAGING, &users.listing, fault);
}

enum fault identitystore_alternate_identifier(struct call *call, const char *const *paths,
                                              const char **out_path, const char **out_value)
{
    const struct json *unique =
        json_member(json_member(call->input, "AlternateIdentifier"), "UniqueAttribute");
    *out_path = NULL;
    if (unique == NULL || json_kind(unique) == JSON_NULL)
        return FAULT_NONE;
    const char *asked = json_member_text(unique, "AttributePath");
    *out_value = json_member_text(unique, "AttributeValue");
    for (; *paths != NULL && *out_path == NULL; paths++)
        if (strcasecmp(asked, *paths) == 0)
            *out_path = *paths;
    if (*out_path == NULL)
        return problem_set(&call->problem, FAULT_INVALID,
                           "The attribute %s is not a unique attribute", asked);
    if (*out_value == NULL || (*out_value)[0] == '\0')
        return problem_set(&call->problem, FAULT_INVALID, "The value of %s must be a text", asked);
    return FAULT_NONE;
}

enum fault identitystore_by_external_id(struct call *call, const struct instance *instance,
                                        bool is_group, const char *member)
{
    char owner_id[USER_ID_BYTES];
    const struct json *external =
        json_member(json_member(call->input, "AlternateIdentifier"), "ExternalId");
    enum fault fault = external_id_find(world_of(call), instance->store_id, is_group,
                                        json_member_text(external, "Issuer"),
                                        json_member_text(external, "Id"), owner_id);
    if (fault != FAULT_NONE)
        return fault;
    json_put_text(call->output, member, owner_id);
    json_put_text(call->output, "IdentityStoreId", instance->store_id);
    return FAULT_NONE;
}

static void see_id(void *self, const struct user *user)
{
    struct call *call = self;
    json_put_text(call->output, "UserId", user->user_id);
    json_put_text(call->output, "IdentityStoreId", user->store_id);
}

static enum fault get_user_id(struct call *call)
{
    static const char *const PATHS[] = {"userName", "emails.value", NULL};
    struct world *world = world_of(call);
    struct instance instance;
    const char *path = NULL;
    const char *value = "";
    enum fault fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = identitystore_alternate_identifier(call, PATHS, &path, &value);
    if (fault != FAULT_NONE)
        return fault;
    if (path == NULL)
        fault = identitystore_by_external_id(call, &instance, false, "UserId");
    else if (path == PATHS[0])
        fault = user_by_name(world, instance.store_id, value, see_id, call);
    else if (path == PATHS[1])
        fault = user_by_email(world, instance.store_id, value, see_id, call);
    return fault == FAULT_NOT_FOUND ? world_missing(world, "USER", NULL) : fault;
}

static const struct operation OPERATIONS[] = {
    OPERATION("CreateUser", WRITE, CREATE_USER_IN, USER_ID_OUT, create_user),
    OPERATION("DescribeUser", READ, DESCRIBE_USER_IN, USER_MEMBERS, describe_user),
    OPERATION("ListUsers", READ, LIST_USERS_IN, LIST_USERS_OUT, list_users),
    OPERATION("GetUserId", READ, GET_USER_ID_IN, USER_ID_OUT, get_user_id),
    OPERATION("UpdateUser", WRITE, UPDATE_USER_IN, NO_SHAPE, identitystore_update_user),
    OPERATION("DeleteUser", WRITE, DELETE_USER_IN, NO_SHAPE, delete_user),
    OPERATION("CreateGroup", WRITE, CREATE_GROUP_IN, GROUP_ID_ONLY, identitystore_create_group),
    OPERATION("DescribeGroup", READ, GROUP_ONLY, DESCRIBE_GROUP_OUT, identitystore_describe_group),
    OPERATION("UpdateGroup", WRITE, UPDATE_GROUP_IN, NO_SHAPE, identitystore_update_group),
    OPERATION("DescribeGroupMembership", READ, MEMBERSHIP_ONLY, DESCRIBE_GROUP_MEMBERSHIP_OUT,
              identitystore_describe_group_membership),
    OPERATION("GetGroupMembershipId", READ, GROUP_AND_MEMBER, MEMBERSHIP_ID_ONLY,
              identitystore_get_group_membership_id),
    OPERATION("IsMemberInGroups", READ, IS_MEMBER_IN_GROUPS_IN, IS_MEMBER_IN_GROUPS_OUT,
              identitystore_is_member_in_groups),
    OPERATION("ListGroups", READ, LIST_GROUPS_IN, LIST_GROUPS_OUT, identitystore_list_groups),
    OPERATION("GetGroupId", READ, GET_GROUP_ID_IN, GROUP_ID_ONLY, identitystore_get_group_id),
    OPERATION("DeleteGroup", WRITE, GROUP_ONLY, NO_SHAPE, identitystore_delete_group),
    OPERATION("CreateGroupMembership", WRITE, GROUP_AND_MEMBER, MEMBERSHIP_ID_ONLY,
              identitystore_create_group_membership),
    OPERATION("DeleteGroupMembership", WRITE, MEMBERSHIP_ONLY, NO_SHAPE,
              identitystore_delete_group_membership),
    OPERATION("ListGroupMemberships", READ, LIST_GROUP_MEMBERSHIPS_IN, MEMBERSHIP_LIST,
              identitystore_list_group_memberships),
    OPERATION("ListGroupMembershipsForMember", READ, LIST_GROUP_MEMBERSHIPS_FOR_MEMBER_IN,
              MEMBERSHIP_LIST, identitystore_list_group_memberships_for_member),
    {0}};

const struct service IDENTITYSTORE_SERVICE = {
    .name = "identitystore",
    .protocol = PROTOCOL_AWS_JSON,
    .target_prefixes = (const char *const[]){"AWSIdentityStore", NULL},
    .scopes = (const char *const[]){"identitystore", NULL},
    .content_type = "application/x-amz-json-1.1",
    .request_id_member = true,
    .faults = (const struct fault_name[]){{0}},
    .operations = OPERATIONS};
