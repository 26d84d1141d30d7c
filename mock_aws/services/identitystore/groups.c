/* SPDX-License-Identifier: MIT */
/* The identitystore operations on groups and memberships (identity-wire 5.2, 5.5). */
#include "services/identitystore/identitystore.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "wire/shapes.h"
#include "world/changes/group_changes.h"
#include "world/changes/user_changes.h"

#define GROUP_NAME_MEMBER                                                                          \
    {                                                                                              \
        .name = "DisplayName", .sensitive = true, .min = 1, .max = 1024,                           \
        .pattern = &PATTERN_GROUP_NAME                                                             \
    }
#define DESCRIPTION_MEMBER                                                                         \
    {                                                                                              \
        .name = "Description", .sensitive = true, .min = 1, .max = 1024, .pattern = &PATTERN_TEXT  \
    }
static const struct shape MEMBER_ID_MEMBERS[] = {
    {.name = "UserId", .min = 1, .max = 47, .pattern = &PATTERN_RESOURCE_ID}, {0}};
#define MEMBER_ID_MEMBER                                                                           \
    {                                                                                              \
        .name = "MemberId", .kind = SHAPE_UNION, .required = true, .members = MEMBER_ID_MEMBERS    \
    }

const struct shape CREATE_GROUP_IN[] = {
    STORE_ID_MEMBER, GROUP_NAME_MEMBER, DESCRIPTION_MEMBER, {0}};
const struct shape GROUP_ID_ONLY[] = {RESOURCE_ID_MEMBER("GroupId"), STORE_ID_MEMBER, {0}};
const struct shape LIST_GROUPS_IN[] = {
    STORE_ID_MEMBER,
    PAGE_MEMBERS,
    {.name = "Filters", .kind = SHAPE_LIST, .max = 1, .members = FILTERS_MEMBER},
    {0}};
static const struct shape GROUP_MEMBERS[] = {RESOURCE_ID_MEMBER("GroupId"),
                                             STORE_ID_MEMBER,
                                             GROUP_NAME_MEMBER,
                                             DESCRIPTION_MEMBER,
                                             EXTERNAL_IDS_MEMBER,
                                             METADATA_MEMBERS,
                                             {0}};
static const struct shape GROUP_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = GROUP_MEMBERS}};
const struct shape LIST_GROUPS_OUT[] = {
    {.name = "Groups", .kind = SHAPE_LIST, .required = true, .members = GROUP_ELEMENT},
    {.name = "NextToken"},
    {0}};
const struct shape GET_GROUP_ID_IN[] = {STORE_ID_MEMBER,
                                        {.name = "AlternateIdentifier",
                                         .kind = SHAPE_UNION,
                                         .required = true,
                                         .members = ALTERNATE_IDENTIFIER_MEMBERS},
                                        {0}};
const struct shape UPDATE_GROUP_IN[] = {
    STORE_ID_MEMBER, RESOURCE_ID_MEMBER("GroupId"), OPERATIONS_MEMBER, {0}};
const struct shape GROUP_ONLY[] = {STORE_ID_MEMBER, RESOURCE_ID_MEMBER("GroupId"), {0}};
const struct shape GROUP_AND_MEMBER[] = {
    STORE_ID_MEMBER, RESOURCE_ID_MEMBER("GroupId"), MEMBER_ID_MEMBER, {0}};
const struct shape MEMBERSHIP_ID_ONLY[] = {
    RESOURCE_ID_MEMBER("MembershipId"), STORE_ID_MEMBER, {0}};
const struct shape MEMBERSHIP_ONLY[] = {STORE_ID_MEMBER, RESOURCE_ID_MEMBER("MembershipId"), {0}};
const struct shape LIST_GROUP_MEMBERSHIPS_IN[] = {
    STORE_ID_MEMBER, RESOURCE_ID_MEMBER("GroupId"), PAGE_MEMBERS, {0}};
const struct shape LIST_GROUP_MEMBERSHIPS_FOR_MEMBER_IN[] = {
    STORE_ID_MEMBER, MEMBER_ID_MEMBER, PAGE_MEMBERS, {0}};
static const struct shape MEMBERSHIP_MEMBERS[] = {STORE_ID_MEMBER,
                                                  RESOURCE_ID_MEMBER("MembershipId"),
                                                  RESOURCE_ID_MEMBER("GroupId"),
                                                  MEMBER_ID_MEMBER,
                                                  METADATA_MEMBERS,
                                                  {0}};
static const struct shape MEMBERSHIP_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = MEMBERSHIP_MEMBERS}};
const struct shape MEMBERSHIP_LIST[] = {{.name = "GroupMemberships",
                                         .kind = SHAPE_LIST,
                                         .required = true,
                                         .members = MEMBERSHIP_ELEMENT},
                                        {.name = "NextToken"},
                                        {0}};

const struct shape DESCRIBE_GROUP_MEMBERSHIP_OUT[] = {STORE_ID_MEMBER,
                                                      RESOURCE_ID_MEMBER("MembershipId"),
                                                      RESOURCE_ID_MEMBER("GroupId"),
                                                      MEMBER_ID_MEMBER,
                                                      METADATA_MEMBERS,
                                                      {0}};
const struct shape DESCRIBE_GROUP_OUT[] = {RESOURCE_ID_MEMBER("GroupId"),
                                           STORE_ID_MEMBER,
                                           GROUP_NAME_MEMBER,
                                           DESCRIPTION_MEMBER,
                                           EXTERNAL_IDS_MEMBER,
                                           METADATA_MEMBERS,
                                           {0}};
static const struct shape GROUP_ID_ELEMENT[] = {
    {.name = "member", .min = 1, .max = 47, .pattern = &PATTERN_RESOURCE_ID}};
const struct shape IS_MEMBER_IN_GROUPS_IN[] = {STORE_ID_MEMBER,
                                               MEMBER_ID_MEMBER,
                                               {.name = "GroupIds",
                                                .kind = SHAPE_LIST,
                                                .required = true,
                                                .min = 1,
                                                .max = 100,
                                                .members = GROUP_ID_ELEMENT},
                                               {0}};
static const struct shape RESULT_MEMBERS[] = {
    RESOURCE_ID_MEMBER("GroupId"),
    MEMBER_ID_MEMBER,
    {.name = "MembershipExists", .kind = SHAPE_BOOLEAN, .required = true},
    {0}};
static const struct shape RESULT_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = RESULT_MEMBERS}};
const struct shape IS_MEMBER_IN_GROUPS_OUT[] = {
    {.name = "Results", .kind = SHAPE_LIST, .required = true, .members = RESULT_ELEMENT}, {0}};

enum fault identitystore_create_group(struct call *call)
{
    struct instance instance;
    char group_id[USER_ID_BYTES];
    const char *name = json_member_text(call->input, "DisplayName");
    if (name == NULL)
        return problem_set(&call->problem, FAULT_INVALID,
                           "displayname: The attribute displayname is required");
    enum fault fault = identitystore_reserved_name(call, "displayName", name);
    if (fault != FAULT_NONE)
        return fault;
    fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = group_create(world_of(call), instance.store_id, name,
                         json_member_text(call->input, "Description"), group_id);
    if (fault != FAULT_NONE)
        return fault;
    json_put_text(call->output, "GroupId", group_id);
    json_put_text(call->output, "IdentityStoreId", instance.store_id);
    return FAULT_NONE;
}

static enum fault put_group(struct call *call, struct json *out, const struct group *group)
{
    json_put_text(out, "GroupId", group->group_id);
    json_put_text(out, "IdentityStoreId", group->store_id);
    json_put_text(out, "DisplayName", group->name);
    if (group->description != NULL)
        json_put_text(out, "Description", group->description);
    json_put_integer(out, "CreatedAt", group->created_s);
    json_put_text(out, "CreatedBy", group->created_by);
    json_put_integer(out, "UpdatedAt", group->updated_s);
    json_put_text(out, "UpdatedBy", group->updated_by);
    return identitystore_put_external_ids(call, out, group->group_id);
}

struct group_listing {
    struct listing listing;
    struct call *call;
    enum fault fault;
};

static void see_group(void *self, const struct group *group)
{
    struct group_listing *groups = self;
    struct json *out = listing_add(&groups->listing, group->row);
    if (out != NULL && groups->fault == FAULT_NONE)
        groups->fault = put_group(groups->call, out, group);
}

struct described_group {
    struct call *call;
    enum fault fault;
};

static void see_described(void *self, const struct group *group)
{
    struct described_group *described = self;
    described->fault = put_group(described->call, described->call->output, group);
}

enum fault identitystore_describe_group(struct call *call)
{
    struct instance instance;
    struct described_group described = {.call = call};
    enum fault fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = group_get(world_of(call), instance.store_id, json_member_text(call->input, "GroupId"),
                      see_described, &described);
    if (fault != FAULT_NONE)
        return fault;
    return described.fault;
}

static enum fault list_begin(struct call *call, const char *member, struct instance *out_instance,
                             struct listing *out_listing)
{
    enum fault fault = directory_of(call, out_instance);
    if (fault != FAULT_NONE)
        return fault;
    return listing_begin(call, &IDENTITYSTORE_PAGING, member, out_listing);
}

enum fault identitystore_list_groups(struct call *call)
{
    struct instance instance;
    struct group_listing groups = {.call = call};
    const char *name = NULL;
    enum fault fault = list_begin(call, "Groups", &instance, &groups.listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = identitystore_filter_value(call, "DisplayName", &name);
    if (fault != FAULT_NONE)
        return fault;
    const struct page *page = &groups.listing.page;
    if (name == NULL)
        fault = group_each(world_of(call), instance.store_id, page->after, page->size + 1,
                           see_group, &groups);
    else
        fault = group_by_name(world_of(call), instance.store_id, name, see_group, &groups);
    if (name != NULL && fault == FAULT_NOT_FOUND) /* a filter on a name nobody has: an empty list */
        fault = FAULT_NONE;
    if (fault != FAULT_NONE)
        return fault;
    fault = groups.fault;
    return listing_end(call, &IDENTITYSTORE_PAGING, &groups.listing, fault);
}

static void see_id(void *self, const struct group *group)
{
    struct call *call = self;
    json_put_text(call->output, "GroupId", group->group_id);
    json_put_text(call->output, "IdentityStoreId", group->store_id);
}

enum fault identitystore_get_group_id(struct call *call)
{
    static const char *const PATHS[] = {"displayName", NULL};
    struct instance instance;
    const char *path = NULL;
    const char *value = "";
    enum fault fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = identitystore_alternate_identifier(call, PATHS, &path, &value);
    if (fault != FAULT_NONE)
        return fault;
    fault = path == NULL ? identitystore_by_external_id(call, &instance, true, "GroupId")
                         : group_by_name(world_of(call), instance.store_id, value, see_id, call);
    return fault == FAULT_NOT_FOUND ? world_missing(world_of(call), "GROUP", NULL) : fault;
}

/*
 * displayName and description are all that a group has; all operations apply, or none
 * (identity-wire 5.5).
 */
static enum fault set_text(struct call *call, const struct instance *instance, bool names,
                           const char *value)
{
    const char *group_id = json_member_text(call->input, "GroupId");
    if (!names)
        return group_describe(world_of(call), instance->store_id, group_id, value);
    enum fault fault = identitystore_reserved_name(call, "displayName", value);
    if (fault != FAULT_NONE)
        return fault;
    return group_rename(world_of(call), instance->store_id, group_id, value);
}

static enum fault apply_to_group(struct call *call, const struct instance *instance,
                                 const struct json *operation)
{
    static const struct shape VALUES[] = {GROUP_NAME_MEMBER, DESCRIPTION_MEMBER, {0}};
    const char *path = json_member_text(operation, "AttributePath");
    const struct json *given = json_member(operation, "AttributeValue");
    bool names = strcasecmp(path, "displayName") == 0;
    if (!names && strcasecmp(path, "description") != 0)
        return identitystore_unknown_path(call, path);
    if (json_kind(given) == JSON_NULL && names)
        return identitystore_empty_path(call, path);
    struct json *alone = json_new_object();
    json_put(alone, names ? "DisplayName" : "Description", json_copy(given));
    enum fault fault = identitystore_values_check(call, VALUES, alone);
    if (fault == FAULT_NONE)
        fault = set_text(call, instance, names, json_text(json_first(alone)));
    json_free(alone);
    return fault;
}

enum fault identitystore_update_group(struct call *call)
{
    struct instance instance;
    enum fault fault = directory_of(call, &instance);
    const struct json *at = json_first(json_member(call->input, "Operations"));
    if (fault != FAULT_NONE)
        return fault;
    for (; at != NULL; at = json_next(at)) {
        fault = apply_to_group(call, &instance, at);
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}

enum fault identitystore_delete_group(struct call *call)
{
    struct instance instance;
    enum fault fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    return group_delete(world_of(call), instance.store_id,
                        json_member_text(call->input, "GroupId"));
}

static const char *member_of(const struct call *call)
{
    return json_member_text(json_member(call->input, "MemberId"), "UserId");
}

enum fault identitystore_create_group_membership(struct call *call)
{
    struct instance instance;
    char membership_id[USER_ID_BYTES];
    enum fault fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault =
        membership_create(world_of(call), instance.store_id,
                          json_member_text(call->input, "GroupId"), member_of(call), membership_id);
    if (fault != FAULT_NONE)
        return fault;
    json_put_text(call->output, "MembershipId", membership_id);
    json_put_text(call->output, "IdentityStoreId", instance.store_id);
    return FAULT_NONE;
}

enum fault identitystore_delete_group_membership(struct call *call)
{
    struct instance instance;
    enum fault fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    return membership_delete(world_of(call), instance.store_id,
                             json_member_text(call->input, "MembershipId"));
}

static void put_membership(struct json *out, const struct membership *membership)
{
    json_put_text(out, "IdentityStoreId", membership->store_id);
    json_put_text(out, "MembershipId", membership->membership_id);
    json_put_text(out, "GroupId", membership->group_id);
    struct json *member = json_put(out, "MemberId", json_new_object());
    json_put_text(member, "UserId", membership->user_id);
    json_put_integer(out, "CreatedAt", membership->created_s);
    json_put_text(out, "CreatedBy", membership->created_by);
    json_put_integer(out, "UpdatedAt", membership->created_s);
    json_put_text(out, "UpdatedBy", membership->created_by);
}

static void see_membership(void *self, const struct membership *membership)
{
    struct json *out = listing_add(self, membership->row);
    if (out != NULL)
        put_membership(out, membership);
}

static void see_described_membership(void *self, const struct membership *membership)
{
    put_membership(self, membership);
}

enum fault identitystore_describe_group_membership(struct call *call)
{
    struct instance instance;
    enum fault fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    return membership_get(world_of(call), instance.store_id,
                          json_member_text(call->input, "MembershipId"), see_described_membership,
                          call->output);
}

enum fault identitystore_list_group_memberships(struct call *call)
{
    struct instance instance;
    struct listing listing;
    bool exists = false;
    const char *group_id = json_member_text(call->input, "GroupId");
    enum fault fault = list_begin(call, "GroupMemberships", &instance, &listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = group_exists(world_of(call), instance.store_id, group_id, &exists);
    if (fault != FAULT_NONE)
        return fault;
    if (!exists)
        return world_missing(world_of(call), "GROUP", group_id);
    fault = membership_each_of_group(world_of(call), group_id, listing.page.after,
                                     listing.page.size + 1, see_membership, &listing);
    return listing_end(call, &IDENTITYSTORE_PAGING, &listing, fault);
}

enum fault identitystore_list_group_memberships_for_member(struct call *call)
{
    struct instance instance;
    struct listing listing;
    bool exists = false;
    enum fault fault = list_begin(call, "GroupMemberships", &instance, &listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = user_exists(world_of(call), instance.store_id, member_of(call), &exists);
    if (fault != FAULT_NONE)
        return fault;
    if (!exists)
        return world_missing(world_of(call), "USER", member_of(call));
    fault = membership_each_of_user(world_of(call), member_of(call), listing.page.after,
                                    listing.page.size + 1, see_membership, &listing);
    return listing_end(call, &IDENTITYSTORE_PAGING, &listing, fault);
}

static void see_pair(void *self, const struct membership *membership)
{
    text_copy(self, USER_ID_BYTES, membership->membership_id);
}

/* The membership of the call's member in `group_id`, "" if there is none; both must exist. */
static enum fault find_pair(struct call *call, const struct instance *instance,
                            const char *group_id, char out_membership_id[USER_ID_BYTES])
{
    struct world *world = world_of(call);
    bool exists = false;
    out_membership_id[0] = '\0';
    enum fault fault = group_exists(world, instance->store_id, group_id, &exists);
    if (fault != FAULT_NONE)
        return fault;
    if (!exists)
        return world_missing(world, "GROUP", group_id);
    fault = user_exists(world, instance->store_id, member_of(call), &exists);
    if (fault != FAULT_NONE)
        return fault;
    if (!exists)
        return world_missing(world, "USER", member_of(call));
    return membership_of_pair(world, group_id, member_of(call), see_pair, out_membership_id);
}

enum fault identitystore_get_group_membership_id(struct call *call)
{
    struct instance instance;
    char membership_id[USER_ID_BYTES];
    enum fault fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = find_pair(call, &instance, json_member_text(call->input, "GroupId"), membership_id);
    if (fault != FAULT_NONE)
        return fault;
    if (membership_id[0] == '\0')
        return world_missing(world_of(call), "GROUP_MEMBERSHIP", NULL);
    json_put_text(call->output, "MembershipId", membership_id);
    json_put_text(call->output, "IdentityStoreId", instance.store_id);
    return FAULT_NONE;
}

enum fault identitystore_is_member_in_groups(struct call *call)
{
    struct instance instance;
    enum fault fault = directory_of(call, &instance);
    struct json *results = json_put(call->output, "Results", json_new_array());
    const struct json *groups = json_member(call->input, "GroupIds");
    if (fault != FAULT_NONE)
        return fault;
    for (const struct json *group = json_first(groups); group != NULL; group = json_next(group)) {
        char membership_id[USER_ID_BYTES];
        fault = find_pair(call, &instance, json_text(group), membership_id);
        struct json *result = json_push(results, json_new_object());
        json_put_text(result, "GroupId", json_text(group));
        json_put(result, "MemberId", json_copy(json_member(call->input, "MemberId")));
        json_put_boolean(result, "MembershipExists", membership_id[0] != '\0');
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}
