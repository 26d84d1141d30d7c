/* SPDX-License-Identifier: MIT */
/*
 * The attributes that SCIM knows, as shapes, and their two other forms. The normal form is SCIM's
 * JSON with names as the shapes spell them, nothing that is null or empty, booleans that are
 * booleans. The stored form is identitystore's: the same with capital letters, the enterprise
 * extension under identitystore's name for it.
 */
#ifndef MOCK_KIRO_SERVICES_SCIM_ATTRIBUTES_H
#define MOCK_KIRO_SERVICES_SCIM_ATTRIBUTES_H

#include "services/scim/scim.h"

extern const struct shape SCIM_USER_SHAPE[];
extern const struct shape SCIM_GROUP_SHAPE[];

/* The member of that name, whatever its case; NULL if there is none. */
const struct shape *scim_shape(const struct shape *members, const char *name, size_t name_bytes);

/*
 * A resource in normal form, checked; the caller frees `*out`, which is NULL after a fault. What
 * SCIM does not know is left out, or by scim_unsupported refused. FAULT_INVALID.
 */
enum fault scim_normal(struct call *call, const struct shape *members, const struct json *given,
                       struct json **out);

/* One value in normal form, unchecked; NULL for nothing. Sets `*fault`. */
struct json *scim_normal_value(struct call *call, const struct shape *shape,
                               const struct json *given, enum fault *fault);

/*
 * An e-mail is primary, said or not (identity-wire 9.3); FAULT_INVALID if `given` says it is not,
 * or there is no value.
 */
enum fault scim_primary_email(struct call *call, const struct json *given, struct json **emails);

/* Is it one of the attributes that AWS lists as not supported? */
bool scim_unsupported(const char *name, size_t name_bytes);

/* A user's attributes in normal form, with userName, externalId ("": none) and active. */
struct json *scim_user_normal(const struct user *user, const char *external_id);

/*
 * The stored attributes after `normal` has taken the place of all that SCIM can see of `before`;
 * what it cannot see stays. Free it.
 */
char *scim_user_stored(const struct json *normal, const char *before);

#endif
