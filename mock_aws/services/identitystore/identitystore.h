/* SPDX-License-Identifier: MIT */
/*
 * What the two halves of identitystore share: user operations here, group operations in groups.c.
 */
#ifndef MOCK_KIRO_SERVICES_IDENTITYSTORE_IDENTITYSTORE_H
#define MOCK_KIRO_SERVICES_IDENTITYSTORE_IDENTITYSTORE_H

#include "services/calls.h"

#define STORE_ID_MEMBER                                                                            \
    {                                                                                              \
        .name = "IdentityStoreId", .required = true, .min = 1, .max = 36,                          \
        .pattern = &PATTERN_IDENTITY_STORE_ID                                                      \
    }
#define RESOURCE_ID_MEMBER(member)                                                                 \
    {                                                                                              \
        .name = member, .required = true, .min = 1, .max = 47, .pattern = &PATTERN_RESOURCE_ID     \
    }
#define PAGE_MEMBERS                                                                               \
    {.name = "MaxResults", .kind = SHAPE_INTEGER, .min = 1, .max = 100},                           \
    {                                                                                              \
        .name = "NextToken", .min = 1, .max = 65535, .pattern = &PATTERN_PAGE_TOKEN                \
    }
#define METADATA_MEMBERS                                                                           \
    {.name = "CreatedAt", .kind = SHAPE_TIMESTAMP}, {.name = "CreatedBy"},                         \
        {.name = "UpdatedAt", .kind = SHAPE_TIMESTAMP},                                            \
    {                                                                                              \
        .name = "UpdatedBy"                                                                        \
    }

#define USER_NAME_MEMBER                                                                           \
    {                                                                                              \
        .name = "UserName", .sensitive = true, .min = 1, .max = 128, .pattern = &PATTERN_USER_NAME \
    }
#define EXTERNAL_IDS_MEMBER                                                                        \
    {                                                                                              \
        .name = "ExternalIds", .kind = SHAPE_LIST, .min = 1, .max = 10,                            \
        .members = EXTERNAL_ID_ELEMENT                                                             \
    }
#define OPERATIONS_MEMBER                                                                          \
    {                                                                                              \
        .name = "Operations", .kind = SHAPE_LIST, .required = true, .min = 1, .max = 100,          \
        .members = OPERATION_ELEMENT                                                               \
    }

#define ENTERPRISE "aws:identitystore:enterprise"

extern const struct paging IDENTITYSTORE_PAGING;
extern const struct shape EXTERNAL_ID_ELEMENT[]; /* {Issuer, Id} */
extern const struct shape OPERATION_ELEMENT[];   /* {AttributePath, AttributeValue} */
extern const struct shape UPDATE_USER_IN[];
extern const struct shape ENTERPRISE_SHAPE[]; /* members of the extension ENTERPRISE */
extern const struct shape USER_ATTRIBUTES[];  /* what a user may have beside name and ids */
extern const struct shape FILTERS_MEMBER[];   /* one deprecated equality filter */
extern const struct shape
    ALTERNATE_IDENTIFIER_MEMBERS[]; /* union of ExternalId and UniqueAttribute */

/*
 * The value of the only filter, or NULL if there is none; FAULT_INVALID for another path than
 * `path`.
 */
enum fault identitystore_filter_value(struct call *call, const char *path, const char **out_value);

/*
 * What an AlternateIdentifier asks for: `*out_path` (a path of `paths`, NULL-terminated, found
 * without case) and `*out_value`. An ExternalId gives `*out_path` NULL: by_external_id looks it up.
 * FAULT_INVALID for other paths and values that are no text.
 */
enum fault identitystore_alternate_identifier(struct call *call, const char *const *paths,
                                              const char **out_path, const char **out_value);

/* ExternalIds of a user or group, if SCIM gave any. */
enum fault identitystore_put_external_ids(struct call *call, struct json *out,
                                          const char *owner_id);

/*
 * The id of whom an AlternateIdentifier's ExternalId names, as `member` of the answer;
 * FAULT_NOT_FOUND without a message.
 */
enum fault identitystore_by_external_id(struct call *call, const struct instance *instance,
                                        bool is_group, const char *member);

/* FAULT_INVALID for a name that Identity Center keeps for itself. */
enum fault identitystore_reserved_name(struct call *call, const char *attribute, const char *name);

/*
 * Holds a user's attributes, as they are to be stored, against their shapes and what is beyond a
 * shape: of the extensions only enterprise is supported, with members of its own; one photo at most
 * is primary (identity-wire 5.1). Takes nulls out of the extension. FAULT_INVALID.
 */
enum fault identitystore_attributes_check(struct call *call, struct json *attributes);

/* FAULT_INVALID for a path that no update takes, or that may not become nothing. */
enum fault identitystore_unknown_path(struct call *call, const char *path);
enum fault identitystore_empty_path(struct call *call, const char *path);

/*
 * Values that came as documents, held against the shapes of what they become; a wrong kind is
 * FAULT_INVALID like the rest (identity-wire 5.5).
 */
enum fault identitystore_values_check(struct call *call, const struct shape *members,
                                      const struct json *values);

/* update.c */
handler identitystore_update_user;

/* The handlers of groups.c and their shapes, for the table. */
handler identitystore_describe_group, identitystore_describe_group_membership,
    identitystore_update_group, identitystore_get_group_membership_id,
    identitystore_is_member_in_groups, identitystore_create_group, identitystore_list_groups,
    identitystore_get_group_id, identitystore_delete_group, identitystore_create_group_membership,
    identitystore_delete_group_membership, identitystore_list_group_memberships,
    identitystore_list_group_memberships_for_member;
extern const struct shape UPDATE_GROUP_IN[], DESCRIBE_GROUP_MEMBERSHIP_OUT[], DESCRIBE_GROUP_OUT[],
    IS_MEMBER_IN_GROUPS_IN[], IS_MEMBER_IN_GROUPS_OUT[], CREATE_GROUP_IN[], GROUP_ID_ONLY[],
    LIST_GROUPS_IN[], LIST_GROUPS_OUT[], GET_GROUP_ID_IN[], GROUP_ONLY[], GROUP_AND_MEMBER[],
    MEMBERSHIP_ID_ONLY[], MEMBERSHIP_ONLY[], LIST_GROUP_MEMBERSHIPS_IN[], MEMBERSHIP_LIST[],
    LIST_GROUP_MEMBERSHIPS_FOR_MEMBER_IN[];

#endif
