/* SPDX-License-Identifier: MIT */
/* What the two halves of identitystore share: user operations here, group operations in identitystore_groups.c. */
#ifndef MOCK_KIRO_SERVICES_IDENTITYSTORE_H
#define MOCK_KIRO_SERVICES_IDENTITYSTORE_H

#include "services/services.h"

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

extern const struct paging IDENTITYSTORE_PAGING;
extern const struct shape USER_ATTRIBUTES[]; /* what a user may have beside name and ids */
extern const struct shape FILTERS_MEMBER[];  /* one deprecated equality filter */
extern const struct shape
    ALTERNATE_IDENTIFIER_MEMBERS[]; /* union of ExternalId and UniqueAttribute */

/* The value of the only filter, or NULL if there is none; FAULT_INVALID for another path than `path`. */
enum fault filter_value(struct call *call, const char *path, const char **out_value);

/*
 * What an AlternateIdentifier asks for: `*out_path` (a path of `paths`, NULL-terminated, found without case) and `*out_value`. An ExternalId gives
 * `*out_path` NULL: nothing but SCIM can have stored one. FAULT_INVALID for other paths and values that are no text.
 */
enum fault alternate_identifier(struct call *call, const char *const *paths, const char **out_path,
                                const char **out_value);

/* The handlers of identitystore_groups.c and their shapes, for the table. */
handler describe_group, get_group_membership_id, is_member_in_groups, create_group, list_groups,
    get_group_id, delete_group, create_group_membership, delete_group_membership,
    list_group_memberships, list_group_memberships_for_member;
extern const struct shape DESCRIBE_GROUP_OUT[], IS_MEMBER_IN_GROUPS_IN[], IS_MEMBER_IN_GROUPS_OUT[],
    CREATE_GROUP_IN[], CREATE_GROUP_OUT[], LIST_GROUPS_IN[], LIST_GROUPS_OUT[], GET_GROUP_ID_IN[],
    DELETE_GROUP_IN[], CREATE_GROUP_MEMBERSHIP_IN[], CREATE_GROUP_MEMBERSHIP_OUT[],
    DELETE_GROUP_MEMBERSHIP_IN[], LIST_GROUP_MEMBERSHIPS_IN[], LIST_GROUP_MEMBERSHIPS_OUT[],
    LIST_GROUP_MEMBERSHIPS_FOR_MEMBER_IN[];

#endif
