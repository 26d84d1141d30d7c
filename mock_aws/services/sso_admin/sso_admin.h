/* SPDX-License-Identifier: MIT */
/*
 * What the files of sso-admin share, a file per noun (identity-wire 6): tables of operations,
 * members that many inputs have, and the way from an ARN to the thing it names. What nothing hangs
 * on is a noun: a row that says how records of a kind are made, shown and listed, read by the
 * handlers of nouns.c.
 */
#ifndef MOCK_KIRO_SERVICES_SSO_ADMIN_SSO_ADMIN_H
#define MOCK_KIRO_SERVICES_SSO_ADMIN_SSO_ADMIN_H

#include "base/lags.h"
#include "services/calls.h"
#include "services/values.h"
#include "wire/shapes.h"

extern const struct operation SSO_INSTANCE_OPERATIONS[], SSO_APPLICATION_OPERATIONS[],
    SSO_APPLICATION_DETAIL_OPERATIONS[], SSO_APPLICATION_ASSIGNMENT_OPERATIONS[],
    SSO_PERMISSION_SET_OPERATIONS[], SSO_ACCOUNT_ASSIGNMENT_OPERATIONS[], SSO_REQUEST_OPERATIONS[],
    SSO_TRUSTED_TOKEN_ISSUER_OPERATIONS[], SSO_TAG_OPERATIONS[];

/* Members of inputs. */
#define SSO_ARN .min = 10, .max = 1224
#define INSTANCE_ARN_IN                                                                            \
    .name = "InstanceArn", .required = true, SSO_ARN, .pattern = &PATTERN_INSTANCE_ARN
#define APPLICATION_ARN_IN                                                                         \
    .name = "ApplicationArn", .required = true, SSO_ARN, .pattern = &PATTERN_APPLICATION_ARN
#define PERMISSION_SET_ARN_IN                                                                      \
    .name = "PermissionSetArn", .required = true, SSO_ARN, .pattern = &PATTERN_PERMISSION_SET_ARN
#define PRINCIPAL_ID_IN                                                                            \
    .name = "PrincipalId", .required = true, .min = 1, .max = 47, .pattern = &PATTERN_RESOURCE_ID
#define PRINCIPAL_TYPE_IN .name = "PrincipalType", .required = true, .values = SSO_PRINCIPAL_TYPES
#define SSO_ACCOUNT .min = 12, .max = 12, .pattern = &PATTERN_ACCOUNT_ID
#define MAX_RESULTS_IN .name = "MaxResults", .kind = SHAPE_INTEGER, .min = 1, .max = 100
#define NEXT_TOKEN_IN .name = "NextToken", .max = 2048, .pattern = &PATTERN_PAGE_TOKEN
#define CLIENT_TOKEN_IN .name = "ClientToken", .min = 1, .max = 64, .pattern = &PATTERN_CLIENT_TOKEN
#define TAGS_IN .name = "Tags", .kind = SHAPE_LIST, .max = 75, .members = SSO_TAG_ELEMENT
#define STRUCTURE(members_) .kind = SHAPE_STRUCTURE, .members = members_
#define LIST_OF(element_) .kind = SHAPE_LIST, .members = element_

extern const struct shape SSO_TAG_ELEMENT[], SSO_TEXT_ELEMENT[];
extern const struct shape SSO_INSTANCE_ONLY[]; /* InstanceArn, as an input or an output */
extern const char *const SSO_PRINCIPAL_TYPES[], *const SSO_ENABLED[];
extern const struct paging SSO_PAGING;

/* Kinds of records whose keys are ARNs, in which the kind stands; scopes are the instance's ARN. */
#define SSO_APPLICATION "application"
#define SSO_PERMISSION_SET "permissionSet"
#define SSO_TRUSTED_TOKEN_ISSUER "trustedTokenIssuer"

enum sso_parent {
    OF_INSTANCE,
    OF_ORGANIZATION_INSTANCE, /* an account instance has none of these (identity-wire 6.2) */
    OF_APPLICATION,           /* one of its own for writes: those of a service are that service's */
    OF_ANY_APPLICATION,
    OF_PERMISSION_SET
};

/*
 * What the members of a call name: the instance, ready and open to the caller, and in which scope
 * the records at hand are.
 */
struct sso_place {
    struct instance instance;
    const char *scope;
    int managed; /* which application of a Kiro profile it is; -1: none */
};

/*
 * The living instance in this Region whose id the ARN has, whatever the ARN is of. What is unknown
 * is FAULT_NOT_FOUND, or FAULT_DENIED where the operation's model has no ResourceNotFoundException.
 */
enum fault sso_instance_of(struct call *call, const char *arn, bool to_members,
                           struct instance *out_instance);

/*
 * FAULT_CONFLICT while the instance is being made or deleted; for reads, which model no conflict,
 * FAULT_INVALID.
 */
enum fault sso_instance_ready(struct call *call, const struct instance *instance);

/*
 * Both, and that the parent is there; `own_arn` says where to look if the call has no InstanceArn.
 */
enum fault sso_place_of(struct call *call, enum sso_parent parent, const char *own_arn,
                        struct sso_place *out_place);

/* FAULT_NOT_FOUND in the words of sso-admin: "permission set", its ARN. */
enum fault sso_missing(struct call *call, const char *words, const char *name);

/* The principal that PrincipalId and PrincipalType name, in the instance's directory. */
enum fault sso_principal(struct call *call, const struct instance *instance);

/* The caller is the instance's owner. */
bool sso_owned(const struct call *call, const struct instance *instance);

/* Tags given at creation. */
enum fault sso_tag(struct call *call, const char *arn, const struct json *tags);

/*
 * Something inside the permission set that the call names changed: accounts have an older one now.
 */
enum fault sso_permission_set_changed(struct call *call, const struct sso_place *place);

/*
 * Everything that sso-admin keeps of an application, or of an instance; who is assigned to what
 * goes with the instance's directory.
 */
enum fault sso_application_forget(struct call *call, const char *instance_arn, const char *arn);
enum fault sso_instance_forget(struct call *call, const char *instance_arn);

/*
 * How one kind of record is made and shown. Lists of names end with NULL.
 */
struct sso_noun {
    const char *kind;
    const char *words; /* in messages */
    enum sso_parent parent;
    const char *key;         /* the member that names one; NULL: its parent has one at most */
    const char *arn;         /* sso_create: the ARN's last part begins so, "ps" */
    const char *const *kept; /* members of inputs that are kept */
    const char *const *shown;
    const char *const *created; /* what sso_create answers; NULL: what is shown */
    const char *wrap;           /* the member of the answer that holds what is shown; or NULL */
    const char *list;           /* the member that lists them */
    const char *const *listed;  /* of each; NULL: a text, the key */
    int64_t page_max;           /* 0: as everywhere */
    const char
        *unset; /* where nothing was put, the only member shown is this JSON; NULL: not found */
    size_t max; /* that a parent may have; 0: any number */
    enum fault full;    /* of one more; FAULT_NONE: FAULT_QUOTA, but some models lack that */
    const char *unique; /* no two of a parent may have the same */
    int merge_depth;    /* sso_update: structures up to here are changed member by member */
    /* Checks what shapes cannot say and adds what follows from the rest; or NULL. */
    enum fault (*complete)(struct call *call, const struct sso_place *place, struct json *value);
    const char *const *operations; /* those it is the noun of */
};

#define NAMES(...)                                                                                 \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

/* Nouns of each file, up to one without a kind. */
extern const struct sso_noun SSO_INSTANCE_NOUNS[], SSO_APPLICATION_NOUNS[],
    SSO_APPLICATION_DETAIL_NOUNS[], SSO_PERMISSION_SET_NOUNS[], SSO_TRUSTED_TOKEN_ISSUER_NOUNS[];

handler sso_create; /* makes an id; takes Tags and ClientToken where the input has them */
handler sso_add;    /* FAULT_CONFLICT if it is there */
handler sso_put;    /* in the place of what is there */
handler sso_update; /* FAULT_NOT_FOUND if it is not there; members that are not given stay */
handler sso_get;
handler sso_delete;
handler sso_list;

/* The key of the call's noun as this call names it: "" for a single one. */
const char *sso_key(const struct call *call, const struct sso_noun *noun);

/* Copy those of `names` that `from` has. */
void sso_copy(struct json *to, const struct json *from, const char *const *names);

#endif
