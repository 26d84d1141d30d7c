/* SPDX-License-Identifier: MIT */
/* Checks a JSON object against a shape, and the named patterns that shapes use. */
#ifndef MOCK_KIRO_WIRE_SHAPES_H
#define MOCK_KIRO_WIRE_SHAPES_H

#include "wire/operation.h"

struct patterns;

/*
 * Check `input` against `members`. Types first (FAULT_SERIALIZATION, "STRING_VALUE cannot be
 * converted to Integer"), then every constraint (FAULT_INVALID, the message of identity-wire 2.4
 * naming each violation). A null member counts as absent; unknown members pass unless `strict`,
 * which refuses them by name (FAULT_INVALID). `problem->path` points at the first offender.
 * `patterns` may be NULL, see pattern_matches.
 */
enum fault shape_check(struct patterns *patterns, const struct shape *members,
                       const struct json *input, bool strict, struct problem *problem);

/*
 * The same for an answer: also null members and members that are not in the shape are violations.
 */
enum fault shape_check_output(struct patterns *patterns, const struct shape *members,
                              const struct json *output, struct problem *problem);

/*
 * The expressions compiled so far; belongs to whoever checks, and may be used by several threads at
 * once. NULL without memory.
 */
struct patterns *patterns_new(void);
void patterns_free(struct patterns *patterns); /* NULL is fine */

/* Does the whole value match? Without `patterns` the expression is compiled for this once. */
bool pattern_matches(struct patterns *patterns, const struct pattern *pattern, const char *value);

/*
 * A copy of an input that has passed: without nulls, and without the members that the shape does
 * not know. Free it.
 */
struct json *shape_copy(const struct shape *members, const struct json *input);

/* Patterns (identity-wire 4, 5.1, 6.1; kiro-wire 3.2). */
extern const struct pattern PATTERN_IDENTITY_STORE_ID; /* d-[0-9a-f]{10}, or a lower-case UUID */
extern const struct pattern PATTERN_RESOURCE_ID;       /* ([0-9a-f]{10}-|)UUID */
extern const struct pattern PATTERN_USER_NAME;         /* [\p{L}\p{M}\p{S}\p{N}\p{P}]+ */
extern const struct pattern PATTERN_GROUP_NAME; /* the same plus tab, LF, CR, space, U+00A0 */
extern const struct pattern PATTERN_TEXT;       /* the same plus U+3000 */
extern const struct pattern PATTERN_PAGE_TOKEN; /* [-a-zA-Z0-9+=/:_]* */
extern const struct pattern
    PATTERN_INSTANCE_ARN; /* arn:aws:sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16} */
extern const struct pattern PATTERN_INSTANCE_NAME; /* [\w+=,.@-]+ */
extern const struct pattern PATTERN_CLIENT_TOKEN;  /* [!-~]+ */
extern const struct pattern PATTERN_TAG;           /* [\p{L}\p{Z}\p{N}_.:/=+\-@]* */
extern const struct pattern
    PATTERN_ATTRIBUTE_PATH; /* \p{L}+(?:\.\p{L}+){0,2} and the extension form */
extern const struct pattern PATTERN_EXTENSION_NAME; /* aws:identitystore:[a-z]{1,20} */
extern const struct pattern PATTERN_BIRTHDATE;      /* YYYY-MM-DD of a day that exists */
extern const struct pattern
    PATTERN_PROFILE_ARN; /* arn:aws:(codewhisperer|transform):region:account:profile/[A-Z0-9]{12} */
extern const struct pattern PATTERN_PROFILE_NAME; /* [a-zA-Z][a-zA-Z0-9_-]* */
extern const struct pattern PATTERN_DESCRIPTION;  /* [a-zA-Z0-9\s_-]+ */
extern const struct pattern PATTERN_REGION;       /* [a-z0-9-]+ */
extern const struct pattern
    PATTERN_APPLICATION_ARN; /* arn:aws:sso::account:application/ssoins-…/apl-… */
extern const struct pattern
    PATTERN_CLAIM_IDENTIFIER; /* arn:aws:user-subscriptions:[region]:account:subscription/id */
extern const struct pattern PATTERN_ACCOUNT_ID; /* \d{12} */
extern const struct pattern PATTERN_EMAIL;      /* [^\s@]+@[^\s@]+\.[^\s@]+ */
extern const struct pattern PATTERN_PRINTABLE;  /* printable ASCII */
extern const struct pattern PATTERN_REQUEST_ID; /* car-[a-z0-9]{8,32} */

/* Those of sso-admin alone; the expressions are in patterns_sso.c. */
extern const struct pattern PATTERN_PERMISSION_SET_ARN, PATTERN_TRUSTED_TOKEN_ISSUER_ARN,
    PATTERN_TAGGABLE_ARN, PATTERN_SCOPE_TARGET, PATTERN_PROVIDER_ARN, PATTERN_MANAGED_POLICY_ARN,
    PATTERN_POLICY_PATH, PATTERN_KMS_KEY_ARN, PATTERN_AWS_REGION, PATTERN_LOWER_UUID,
    PATTERN_APPLICATION_URL, PATTERN_ISSUER_URL, PATTERN_ACCESS_SCOPE, PATTERN_CLAIM_PATH,
    PATTERN_STORE_PATH, PATTERN_DURATION, PATTERN_PERMISSION_SET_TEXT, PATTERN_POLICY_DOCUMENT,
    PATTERN_RELAY_STATE, PATTERN_ATTRIBUTE_KEY, PATTERN_ATTRIBUTE_SOURCE, PATTERN_ANYTHING;

/* Those of organizations alone; the expressions are in patterns_organizations.c. */
extern const struct pattern PATTERN_ROOT_ID, PATTERN_UNIT_ID, PATTERN_PARENT_ID, PATTERN_CHILD_ID,
    PATTERN_TARGET_ID, PATTERN_TAGGED_ID, PATTERN_POLICY_ID, PATTERN_SERVICE_PRINCIPAL,
    PATTERN_CREATED_ROLE;

#endif
