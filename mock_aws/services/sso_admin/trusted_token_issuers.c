/* SPDX-License-Identifier: MIT */
/* sso-admin: trusted token issuers, kept and read back (identity-wire 6.7). */
#include "services/sso_admin/sso_admin.h"

enum { ISSUERS_MAX = 10 }; /* identity-wire 6.7 */

#define NAME .name = "Name", .min = 1, .max = 255, .pattern = &PATTERN_INSTANCE_NAME
#define TYPE .name = "TrustedTokenIssuerType", .values = TYPES
#define ISSUER_ARN                                                                                 \
    .name = "TrustedTokenIssuerArn", SSO_ARN, .pattern = &PATTERN_TRUSTED_TOKEN_ISSUER_ARN
#define CLAIM_PATH                                                                                 \
    .name = "ClaimAttributePath", .min = 1, .max = 255, .pattern = &PATTERN_CLAIM_PATH
#define STORE_PATH                                                                                 \
    .name = "IdentityStoreAttributePath", .min = 1, .max = 255, .pattern = &PATTERN_STORE_PATH
#define RETRIEVAL .name = "JwksRetrievalOption", .values = RETRIEVALS
#define CONFIGURATION(members_)                                                                    \
    .name = "TrustedTokenIssuerConfiguration", .kind = SHAPE_UNION, .members = members_

static const char *const TYPES[] = {"OIDC_JWT", NULL};
static const char *const RETRIEVALS[] = {"OPEN_ID_DISCOVERY", NULL};
static const struct shape OIDC[] = {
    {.name = "IssuerUrl", .required = true, .min = 1, .max = 512, .pattern = &PATTERN_ISSUER_URL},
    {CLAIM_PATH, .required = true},
    {STORE_PATH, .required = true},
    {RETRIEVAL, .required = true},
    {0}};
static const struct shape OIDC_UPDATE[] = {{CLAIM_PATH}, {STORE_PATH}, {RETRIEVAL}, {0}};
static const struct shape OIDC_UNION[] = {{.name = "OidcJwtConfiguration", STRUCTURE(OIDC)}, {0}};
static const struct shape OIDC_UPDATE_UNION[] = {
    {.name = "OidcJwtConfiguration", STRUCTURE(OIDC_UPDATE)}, {0}};
static const struct shape CREATE_IN[] = {{INSTANCE_ARN_IN},
                                         {NAME, .required = true},
                                         {TYPE, .required = true},
                                         {CONFIGURATION(OIDC_UNION), .required = true},
                                         {CLIENT_TOKEN_IN},
                                         {TAGS_IN},
                                         {0}};
static const struct shape CREATE_OUT[] = {{.name = "TrustedTokenIssuerArn"}, {0}};
static const struct shape ISSUER_IN[] = {{ISSUER_ARN, .required = true}, {0}};
static const struct shape UPDATE_IN[] = {
    {ISSUER_ARN, .required = true}, {NAME}, {CONFIGURATION(OIDC_UPDATE_UNION)}, {0}};
static const struct shape ISSUER_OUT[] = {
    {.name = "TrustedTokenIssuerArn"}, {.name = "Name"}, {TYPE}, {CONFIGURATION(OIDC_UNION)}, {0}};
static const struct shape LISTED[] = {
    {.name = "TrustedTokenIssuerArn"}, {.name = "Name"}, {TYPE}, {0}};
static const struct shape LISTED_ELEMENT[] = {{.name = "member", STRUCTURE(LISTED)}};
static const struct shape LIST_IN[] = {{INSTANCE_ARN_IN}, {MAX_RESULTS_IN}, {NEXT_TOKEN_IN}, {0}};
static const struct shape LIST_OUT[] = {
    {.name = "TrustedTokenIssuers", LIST_OF(LISTED_ELEMENT)}, {.name = "NextToken"}, {0}};

const struct sso_noun SSO_TRUSTED_TOKEN_ISSUER_NOUNS[] = {
    {.kind = SSO_TRUSTED_TOKEN_ISSUER,
     .words = "trusted token issuer",
     .parent = OF_INSTANCE,
     .key = "TrustedTokenIssuerArn",
     .arn = "tti",
     .kept = NAMES("Name", "TrustedTokenIssuerType", "TrustedTokenIssuerConfiguration"),
     .shown = NAMES("TrustedTokenIssuerArn", "Name", "TrustedTokenIssuerType",
                    "TrustedTokenIssuerConfiguration"),
     .created = NAMES("TrustedTokenIssuerArn"),
     .list = "TrustedTokenIssuers",
     .listed = NAMES("TrustedTokenIssuerArn", "Name", "TrustedTokenIssuerType"),
     .max = ISSUERS_MAX,
     .merge_depth = 2,
     .operations =
         NAMES("CreateTrustedTokenIssuer", "DescribeTrustedTokenIssuer", "UpdateTrustedTokenIssuer",
               "DeleteTrustedTokenIssuer", "ListTrustedTokenIssuers")},
    {0}};

const struct operation SSO_TRUSTED_TOKEN_ISSUER_OPERATIONS[] = {
    OPERATION("CreateTrustedTokenIssuer", WRITE, CREATE_IN, CREATE_OUT, sso_create),
    OPERATION("DescribeTrustedTokenIssuer", READ, ISSUER_IN, ISSUER_OUT, sso_get),
    OPERATION("UpdateTrustedTokenIssuer", WRITE, UPDATE_IN, NO_SHAPE, sso_update),
    OPERATION("DeleteTrustedTokenIssuer", WRITE, ISSUER_IN, NO_SHAPE, sso_delete),
    OPERATION("ListTrustedTokenIssuers", READ, LIST_IN, LIST_OUT, sso_list),
    {0}};
