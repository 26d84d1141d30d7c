/* SPDX-License-Identifier: MIT */
/*
 * What the files of organizations share, a file per noun (identity-wire 7). Accounts and
 * organizations are tables of the world; everything else is a record, in the scope of the entity it
 * belongs to.
 */
#ifndef MOCK_KIRO_SERVICES_ORGANIZATIONS_ORGANIZATIONS_H
#define MOCK_KIRO_SERVICES_ORGANIZATIONS_ORGANIZATIONS_H

#include "services/values.h"
#include "wire/shapes.h"
#include "world/changes/account_changes.h"
#include "world/changes/account_closures.h"

extern const struct operation ORGANIZATION_ACCOUNT_OPERATIONS[], ORGANIZATION_UNIT_OPERATIONS[],
    ORGANIZATION_SERVICE_OPERATIONS[], ORGANIZATION_POLICY_OPERATIONS[],
    ORGANIZATION_ATTACHMENT_OPERATIONS[], ORGANIZATION_EFFECT_OPERATIONS[],
    ORGANIZATION_TAG_OPERATIONS[];

/* Kinds of records; the scopes are those of organization_scope, or the organization's id. */
#define UNIT "unit"                           /* of the organization, by id: Name, Parent */
#define CHILD "child"                         /* of a root or unit: the ids of the units in it */
#define DELEGATED "delegated"                 /* of the organization, by account */
#define DELEGATED_SERVICE "delegated-service" /* of an account, by service principal */
#define POLICY "policy"                       /* of the organization, by id */
#define POLICY_TYPE                                                                                \
    "policy-type" /* of the organization, by type: true or false where it was switched */
#define ATTACHMENT "attachment" /* of a root, unit or account: the ids of the policies */
/* the same for AWS's own, which are everywhere but there; keys begin with the organization's id */
#define DETACHMENT "detachment"
#define RESOURCE_POLICY "resource-policy" /* of the organization */
#define ORGANIZATION_TAG "tag"            /* of anything, by key: the value */

/*
 * Errors that this service alone has: X(name, the model's name, words that the thing's own name
 * follows).
 */
#define ORGANIZATION_ERRORS(X)                                                                     \
    X(UNIT_UNKNOWN, "OrganizationalUnitNotFoundException", "There is no organizational unit")      \
    X(PARENT_UNKNOWN, "ParentNotFoundException", "There is no root or organizational unit")        \
    X(CHILD_UNKNOWN, "ChildNotFoundException", "There is no account or organizational unit")       \
    X(SOURCE_UNKNOWN, "SourceParentNotFoundException", "The account is not in")                    \
    X(DESTINATION_UNKNOWN, "DestinationParentNotFoundException",                                   \
      "There is no root or organizational unit")                                                   \
    X(ROOT_UNKNOWN, "RootNotFoundException", "There is no root")                                   \
    X(TARGET_UNKNOWN, "TargetNotFoundException",                                                   \
      "There is no root, organizational unit, account or policy")                                  \
    X(POLICY_UNKNOWN, "PolicyNotFoundException", "There is no policy")                             \
    X(EFFECTIVE_POLICY_UNKNOWN, "EffectivePolicyNotFoundException",                                \
      "No policy of this type has an effect on")                                                   \
    X(RESOURCE_POLICY_UNKNOWN, "ResourcePolicyNotFoundException",                                  \
      "There is no resource policy of")                                                            \
    X(UNIT_THERE, "DuplicateOrganizationalUnitException", "The parent has a unit of this name")    \
    X(ACCOUNT_THERE, "DuplicateAccountException", "The account is there already")                  \
    X(POLICY_THERE, "DuplicatePolicyException", "There is a policy of this name")                  \
    X(ATTACHMENT_THERE, "DuplicatePolicyAttachmentException", "The policy is attached already")    \
    X(TYPE_ENABLED, "PolicyTypeAlreadyEnabledException", "The policy type is enabled already")     \
    X(TYPE_NOT_ENABLED, "PolicyTypeNotEnabledException", "The policy type is not enabled")         \
    X(TYPE_NOT_AVAILABLE, "PolicyTypeNotAvailableForOrganizationException",                        \
      "An organization without all features has no policies")                                      \
    X(NOT_ATTACHED, "PolicyNotAttachedException", "The policy is not attached")                    \
    X(POLICY_IN_USE, "PolicyInUseException", "The policy is attached")                             \
    X(MALFORMED_POLICY, "MalformedPolicyDocumentException",                                        \
      "The content is no policy of the type")                                                      \
    X(UNIT_NOT_EMPTY, "OrganizationalUnitNotEmptyException", "There are accounts or units in")     \
    X(NOT_EMPTY, "OrganizationNotEmptyException", "There are other accounts in")                   \
    X(MASTER_STAYS, "MasterCannotLeaveOrganizationException",                                      \
      "The management account cannot leave its organization")                                      \
    X(REGISTERED, "AccountAlreadyRegisteredException",                                             \
      "The account is a delegated administrator of the service already")                           \
    X(NOT_REGISTERED, "AccountNotRegisteredException", "The account is no delegated administrator")

enum organization_error {
#define NAME_ERROR(name, modelled, words) name,
    ORGANIZATION_ERRORS(NAME_ERROR)
#undef NAME_ERROR
};

/* Members of shapes. */
#define STRUCTURE(members_) .kind = SHAPE_STRUCTURE, .members = members_
#define LIST_OF(element_) .kind = SHAPE_LIST, .members = element_
#define ACCOUNT_ID_IN                                                                              \
    .name = "AccountId", .required = true, .max = 12, .pattern = &PATTERN_ACCOUNT_ID
#define PARENT_IN(name_) .name = name_, .required = true, .max = 100, .pattern = &PATTERN_PARENT_ID
#define TARGET_IN .name = "TargetId", .max = 100, .pattern = &PATTERN_TARGET_ID
#define POLICY_ID_IN .name = "PolicyId", .required = true, .max = 130, .pattern = &PATTERN_POLICY_ID
#define PAGE_TOKEN_IN .name = "NextToken", .max = 100000
#define PAGE_SIZE_IN .name = "MaxResults", .kind = SHAPE_INTEGER, .min = 1, .max = 20
#define TAG_LIST_IN .name = "Tags", LIST_OF(ORGANIZATION_TAG_ELEMENT)
#define PRINCIPAL_IN                                                                               \
    .name = "ServicePrincipal", .min = 1, .max = 128, .pattern = &PATTERN_SERVICE_PRINCIPAL

/* Members of an account in answers, but for its paths. */
#define ACCOUNT_OUT                                                                                \
    {.name = "Id"}, {.name = "Arn"}, {.name = "Email"}, {.name = "Name"},                          \
        {.name = "Status", .values = ORGANIZATION_STATUSES},                                       \
        {.name = "State", .values = ORGANIZATION_STATES},                                          \
        {.name = "JoinedMethod", .values = ORGANIZATION_JOINED_METHODS},                           \
    {                                                                                              \
        .name = "JoinedTimestamp", .kind = SHAPE_TIMESTAMP                                         \
    }

extern const struct shape ORGANIZATION_TAG_ELEMENT[];
extern const struct shape ORGANIZATION_ACCOUNT_ID[];
extern const char *const ORGANIZATION_STATUSES[], *const ORGANIZATION_STATES[],
                                                      *const ORGANIZATION_JOINED_METHODS[],
                                                          *const ORGANIZATION_POLICY_TYPES[];

/* Those that manage; the two before them authorize. */
#define MANAGEMENT_POLICY_TYPES (ORGANIZATION_POLICY_TYPES + 2)

extern const struct paging ORGANIZATION_PAGING;

/* The caller's organization and the caller in it. */
enum fault organization_of_member(struct call *call, struct organization *out_organization,
                                  struct account *out_caller);

/*
 * The caller's organization, if he may do this to it: reads are for the management account and for
 * delegated administrators of any service, writes for the management account (identity-wire 7.1).
 * FAULT_NO_ORGANIZATION, FAULT_DENIED.
 */
enum fault organization_of(struct call *call, struct organization *out_organization);

/* The same where all features must be on: FAULT_CONSTRAINT. */
enum fault organization_with_features(struct call *call, struct organization *out_organization);

/* FAULT_NOT_FOUND with words; accounts that are gone for good are not found. */
enum fault organization_member(struct call *call, const struct organization *organization,
                               const char *account_id, struct account *out_account);

/*
 * Refuse: in the words of the error, or for one of the Reasons that the model lists (FAULT_INVALID,
 * FAULT_CONSTRAINT).
 */
enum fault organization_refuse(struct call *call, enum organization_error error, const char *name);
enum fault organization_forbid(struct call *call, enum fault fault, const char *reason,
                               const char *message);

/* Where records of one entity of the organization are kept. */
struct entity_scope {
    char chars[160];
};
struct entity_scope organization_scope(const struct organization *organization, const char *id);

/* What policies are attached to and the tree consists of. */
enum entity_kind { ENTITY_ACCOUNT, ENTITY_UNIT, ENTITY_ROOT };
extern const char *const ENTITY_KINDS[]; /* in the model's words */

struct entity {
    enum entity_kind kind;
    char id[PARENT_ID_BYTES];
    char parent_id[PARENT_ID_BYTES]; /* "" for the root */
    char name[128 * 4 + 1];
};

/* By id; FAULT_NOT_FOUND without words. */
enum fault entity_get(struct call *call, const struct organization *organization, const char *id,
                      struct entity *out_thing);

/* A root or unit: anything else is the error. */
enum fault entity_get_parent(struct call *call, const struct organization *organization,
                             const char *id, enum organization_error error,
                             struct entity *out_thing);

/* The path of an entity from the organization down to itself, "o-…/r-…/ou-…/". */
enum fault entity_path(struct call *call, const struct organization *organization, const char *id,
                       struct text *out);

/* "arn:aws:organizations::<management account>:<kind>/<organization>/<id>". */
void organization_put_arn(struct json *out, const char *name,
                          const struct organization *organization, const char *kind,
                          const char *id);
void entity_put_arn(struct json *out, const struct organization *organization,
                    const struct entity *entity);

/* An account as it is listed; its paths only where `paths`. */
enum fault organization_put_account(struct call *call, struct json *out,
                                    const struct organization *organization,
                                    const struct account *account, bool paths);

/* Tags given when something is made, or later. FAULT_INVALID, FAULT_CONSTRAINT. */
enum fault organization_tag(struct call *call, const struct organization *organization,
                            const char *id, const struct json *tags);

/* Everything kept of an entity that leaves or is deleted. */
enum fault organization_forget(struct call *call, const struct organization *organization,
                               const char *id);

/* Is a policy of this type in force anywhere in the organization? */
enum fault organization_policy_type_enabled(struct call *call,
                                            const struct organization *organization,
                                            const char *type, bool *out_enabled);
/* Put the types in force as the model's PolicyTypes. */
enum fault organization_put_policy_types(struct call *call, struct json *out, const char *name,
                                         const struct organization *organization);

/*
 * A policy by id as it is shown, with Id, Type, Name, Description, AwsManaged, Content, Updated;
 * free it.
 */
enum fault organization_policy_get(struct call *call, const struct organization *organization,
                                   const char *id, struct json **out_policy);
void organization_put_policy_summary(struct json *out, const struct organization *organization,
                                     const struct json *policy);

/* A policy of AWS's own, which is attached wherever nobody detached it; NULL after the last. */
struct managed_policy {
    const char *id;
    const char *name;
    const char *type;
    const char *description;
    const char *content;
};
const struct managed_policy *managed_policy(size_t index);
const struct managed_policy *managed_policy_find(const char *id);
const struct managed_policy *managed_policy_of_type(const char *type); /* NULL: it has none */

/* Limits of a policy type. */
struct organization_policy_limits {
    const char *type;
    size_t content_max;    /* bytes */
    size_t attachment_max; /* to one entity */
    size_t attachment_min;
};
const struct organization_policy_limits *organization_policy_limits(const char *type);

/* Is AWS's own policy of the type attached to an entity? The type must be enabled. */
enum fault managed_policy_attached(struct call *call, const struct organization *organization,
                                   const char *entity_id, const char *type, bool *out_attached);

#endif
