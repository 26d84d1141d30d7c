/* SPDX-License-Identifier: MIT */
/*
 * sso-admin: what hangs on an application (identity-wire 6.3, 6.7): who needs an assignment,
 * sessions, OAuth scopes, grants and ways to authenticate. All of it is kept and read back; an
 * application of a Kiro profile has what its service gave it.
 */
#include <string.h>

#include "services/sso_admin/sso_admin.h"

enum { SCOPES_MAX = 25, SCOPES_PAGE_MAX = 10 };

static const struct shape APPLICATION_ONLY[] = {{APPLICATION_ARN_IN}, {0}};
static const struct shape LIST_IN[] = {{APPLICATION_ARN_IN}, {NEXT_TOKEN_IN}, {0}};

#define ASSIGNMENT_REQUIRED .name = "AssignmentRequired", .required = true, .kind = SHAPE_BOOLEAN
#define SESSION_STATUS .name = "UserBackgroundSessionApplicationStatus", .values = SSO_ENABLED
static const struct shape PUT_ASSIGNMENT_CONFIGURATION_IN[] = {
    {APPLICATION_ARN_IN}, {ASSIGNMENT_REQUIRED}, {0}};
static const struct shape ASSIGNMENT_CONFIGURATION_OUT[] = {{ASSIGNMENT_REQUIRED}, {0}};
static const struct shape PUT_SESSION_CONFIGURATION_IN[] = {
    {APPLICATION_ARN_IN}, {SESSION_STATUS}, {0}};
static const struct shape SESSION_CONFIGURATION_OUT[] = {{SESSION_STATUS}, {0}};

#define SCOPE .name = "Scope", .required = true, .pattern = &PATTERN_ACCESS_SCOPE
#define TARGETS .name = "AuthorizedTargets", .min = 1, .max = 10, LIST_OF(TARGET_ELEMENT)
static const struct shape TARGET_ELEMENT[] = {
    {.name = "member", .min = 1, .max = 100, .pattern = &PATTERN_SCOPE_TARGET}};
static const struct shape PUT_SCOPE_IN[] = {{APPLICATION_ARN_IN}, {SCOPE}, {TARGETS}, {0}};
static const struct shape SCOPE_IN[] = {{APPLICATION_ARN_IN}, {SCOPE}, {0}};
static const struct shape SCOPE_OUT[] = {{SCOPE}, {TARGETS}, {0}};
static const struct shape SCOPE_ELEMENT[] = {{.name = "member", STRUCTURE(SCOPE_OUT)}};
static const struct shape LIST_SCOPES_IN[] = {
    {APPLICATION_ARN_IN},
    {.name = "MaxResults", .kind = SHAPE_INTEGER, .min = 1, .max = SCOPES_PAGE_MAX},
    {NEXT_TOKEN_IN},
    {0}};
static const struct shape LIST_SCOPES_OUT[] = {
    {.name = "Scopes", .required = true, .max = SCOPES_PAGE_MAX, LIST_OF(SCOPE_ELEMENT)},
    {.name = "NextToken"},
    {0}};

static const char *const METHOD_TYPES[] = {"IAM", NULL};
static const struct shape IAM_METHOD[] = {
    {.name = "ActorPolicy", .required = true, .kind = SHAPE_DOCUMENT}, {0}};
static const struct shape METHOD[] = {{.name = "Iam", STRUCTURE(IAM_METHOD)}, {0}};
#define METHOD_TYPE .name = "AuthenticationMethodType", .values = METHOD_TYPES
#define METHOD_MEMBER .name = "AuthenticationMethod", .kind = SHAPE_UNION, .members = METHOD
static const struct shape PUT_METHOD_IN[] = {
    {APPLICATION_ARN_IN}, {METHOD_TYPE, .required = true}, {METHOD_MEMBER, .required = true}, {0}};
static const struct shape METHOD_IN[] = {
    {APPLICATION_ARN_IN}, {METHOD_TYPE, .required = true}, {0}};
static const struct shape METHOD_OUT[] = {{METHOD_MEMBER}, {0}};
static const struct shape METHOD_ITEM[] = {{METHOD_TYPE}, {METHOD_MEMBER}, {0}};
static const struct shape METHOD_ELEMENT[] = {{.name = "member", STRUCTURE(METHOD_ITEM)}};
static const struct shape LIST_METHODS_OUT[] = {
    {.name = "AuthenticationMethods", LIST_OF(METHOD_ELEMENT)}, {.name = "NextToken"}, {0}};

/* A grant's type, and the member that describes it. */
static const char *const GRANT_TYPES[] = {"authorization_code", "refresh_token",
                                          "urn:ietf:params:oauth:grant-type:jwt-bearer",
                                          "urn:ietf:params:oauth:grant-type:token-exchange", NULL};
static const char *const GRANT_MEMBERS[] = {"AuthorizationCode", "RefreshToken", "JwtBearer",
                                            "TokenExchange"};
static const struct shape CODE_GRANT[] = {
    {.name = "RedirectUris", .min = 1, .max = 10, LIST_OF(SSO_TEXT_ELEMENT)}, {0}};
static const struct shape AUDIENCE_ELEMENT[] = {{.name = "member", .min = 1, .max = 512}};
static const struct shape ISSUER_MEMBERS[] = {
    {.name = "TrustedTokenIssuerArn", SSO_ARN, .pattern = &PATTERN_TRUSTED_TOKEN_ISSUER_ARN},
    {.name = "AuthorizedAudiences", .min = 1, .max = 10, LIST_OF(AUDIENCE_ELEMENT)},
    {0}};
static const struct shape ISSUER_ELEMENT[] = {{.name = "member", STRUCTURE(ISSUER_MEMBERS)}};
static const struct shape BEARER_GRANT[] = {
    {.name = "AuthorizedTokenIssuers", .min = 1, .max = 10, LIST_OF(ISSUER_ELEMENT)}, {0}};
static const struct shape NO_MEMBERS[] = {{0}};
static const struct shape GRANT_UNION[] = {{.name = "AuthorizationCode", STRUCTURE(CODE_GRANT)},
                                           {.name = "JwtBearer", STRUCTURE(BEARER_GRANT)},
                                           {.name = "RefreshToken", STRUCTURE(NO_MEMBERS)},
                                           {.name = "TokenExchange", STRUCTURE(NO_MEMBERS)},
                                           {0}};
#define GRANT_TYPE .name = "GrantType", .required = true, .values = GRANT_TYPES
#define GRANT .name = "Grant", .required = true, .kind = SHAPE_UNION, .members = GRANT_UNION
static const struct shape PUT_GRANT_IN[] = {{APPLICATION_ARN_IN}, {GRANT_TYPE}, {GRANT}, {0}};
static const struct shape GRANT_IN[] = {{APPLICATION_ARN_IN}, {GRANT_TYPE}, {0}};
static const struct shape GRANT_OUT[] = {{GRANT}, {0}};
static const struct shape GRANT_ITEM[] = {{GRANT_TYPE}, {GRANT}, {0}};
static const struct shape GRANT_ELEMENT[] = {{.name = "member", STRUCTURE(GRANT_ITEM)}};
static const struct shape LIST_GRANTS_OUT[] = {
    {.name = "Grants", .required = true, LIST_OF(GRANT_ELEMENT)}, {.name = "NextToken"}, {0}};

static enum fault check_grant(struct call *call, const struct sso_place *place, struct json *value)
{
    const char *type = json_member_text(value, "GrantType");
    size_t which = 0;
    (void)place;
    while (strcmp(GRANT_TYPES[which], type) != 0) /* the shape knows no others */
        which++;
    if (json_member(json_member(value, "Grant"), GRANT_MEMBERS[which]) != NULL)
        return FAULT_NONE;
    return problem_set(&call->problem, FAULT_INVALID,
                       "A grant of the type %s is described by the member %s.", type,
                       GRANT_MEMBERS[which]);
}

/* Anyone may sign in to Kiro; its seats are for those who are assigned (kiro-wire 4). */
static enum fault get_assignment_configuration(struct call *call)
{
    struct sso_place place;
    enum fault fault = sso_place_of(call, OF_ANY_APPLICATION, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    if (place.managed == SIGN_IN_APPLICATION) {
        json_put_boolean(call->output, "AssignmentRequired", false);
        return FAULT_NONE;
    }
    return sso_get(call);
}

const struct sso_noun SSO_APPLICATION_DETAIL_NOUNS[] = {
    {.kind = "assignment-configuration",
     .words = "assignment configuration",
     .parent = OF_APPLICATION,
     .kept = NAMES("AssignmentRequired"),
     .shown = NAMES("AssignmentRequired"),
     .unset = "true",
     .operations =
         NAMES("PutApplicationAssignmentConfiguration", "GetApplicationAssignmentConfiguration")},
    {.kind = "session-configuration",
     .words = "session configuration",
     .parent = OF_APPLICATION,
     .kept = NAMES("UserBackgroundSessionApplicationStatus"),
     .shown = NAMES("UserBackgroundSessionApplicationStatus"),
     .unset = "\"ENABLED\"",
     .operations =
         NAMES("PutApplicationSessionConfiguration", "GetApplicationSessionConfiguration")},
    {.kind = "access-scope",
     .words = "access scope",
     .parent = OF_APPLICATION,
     .key = "Scope",
     .kept = NAMES("Scope", "AuthorizedTargets"),
     .shown = NAMES("Scope", "AuthorizedTargets"),
     .list = "Scopes",
     .listed = NAMES("Scope", "AuthorizedTargets"),
     .page_max = SCOPES_PAGE_MAX,
     .max = SCOPES_MAX,
     .full = FAULT_INVALID,
     .operations = NAMES("PutApplicationAccessScope", "GetApplicationAccessScope",
                         "DeleteApplicationAccessScope", "ListApplicationAccessScopes")},
    {.kind = "authentication-method",
     .words = "authentication method",
     .parent = OF_APPLICATION,
     .key = "AuthenticationMethodType",
     .kept = NAMES("AuthenticationMethodType", "AuthenticationMethod"),
     .shown = NAMES("AuthenticationMethod"),
     .list = "AuthenticationMethods",
     .listed = NAMES("AuthenticationMethodType", "AuthenticationMethod"),
     .operations =
         NAMES("PutApplicationAuthenticationMethod", "GetApplicationAuthenticationMethod",
               "DeleteApplicationAuthenticationMethod", "ListApplicationAuthenticationMethods")},
    {.kind = "grant",
     .words = "grant",
     .parent = OF_APPLICATION,
     .key = "GrantType",
     .kept = NAMES("GrantType", "Grant"),
     .shown = NAMES("Grant"),
     .list = "Grants",
     .listed = NAMES("GrantType", "Grant"),
     .complete = check_grant,
     .operations = NAMES("PutApplicationGrant", "GetApplicationGrant", "DeleteApplicationGrant",
                         "ListApplicationGrants")},
    {0}};

const struct operation SSO_APPLICATION_DETAIL_OPERATIONS[] = {
    OPERATION("PutApplicationAssignmentConfiguration", WRITE, PUT_ASSIGNMENT_CONFIGURATION_IN,
              NO_SHAPE, sso_put),
    OPERATION("GetApplicationAssignmentConfiguration", READ, APPLICATION_ONLY,
              ASSIGNMENT_CONFIGURATION_OUT, get_assignment_configuration),
    OPERATION("PutApplicationSessionConfiguration", WRITE, PUT_SESSION_CONFIGURATION_IN, NO_SHAPE,
              sso_put),
    OPERATION("GetApplicationSessionConfiguration", READ, APPLICATION_ONLY,
              SESSION_CONFIGURATION_OUT, sso_get),
    OPERATION("PutApplicationAccessScope", WRITE, PUT_SCOPE_IN, NO_SHAPE, sso_put),
    OPERATION("GetApplicationAccessScope", READ, SCOPE_IN, SCOPE_OUT, sso_get),
    OPERATION("DeleteApplicationAccessScope", WRITE, SCOPE_IN, NO_SHAPE, sso_delete),
    OPERATION("ListApplicationAccessScopes", READ, LIST_SCOPES_IN, LIST_SCOPES_OUT, sso_list),
    OPERATION("PutApplicationAuthenticationMethod", WRITE, PUT_METHOD_IN, NO_SHAPE, sso_put),
    OPERATION("GetApplicationAuthenticationMethod", READ, METHOD_IN, METHOD_OUT, sso_get),
    OPERATION("DeleteApplicationAuthenticationMethod", WRITE, METHOD_IN, NO_SHAPE, sso_delete),
    OPERATION("ListApplicationAuthenticationMethods", READ, LIST_IN, LIST_METHODS_OUT, sso_list),
    OPERATION("PutApplicationGrant", WRITE, PUT_GRANT_IN, NO_SHAPE, sso_put),
    OPERATION("GetApplicationGrant", READ, GRANT_IN, GRANT_OUT, sso_get),
    OPERATION("DeleteApplicationGrant", WRITE, GRANT_IN, NO_SHAPE, sso_delete),
    OPERATION("ListApplicationGrants", READ, LIST_IN, LIST_GRANTS_OUT, sso_list),
    {0}};
