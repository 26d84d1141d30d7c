/* SPDX-License-Identifier: MIT */
/*
 * Somebody of whom a world document says no more than a handle. Identity Center makes no user
 * without a name, and programs read it, so such a one has what can be made from the handle.
 */
#ifndef MOCK_KIRO_BASE_PERSON_H
#define MOCK_KIRO_BASE_PERSON_H

#include "base/json.h"

/*
 * The e-mail address: the handle itself if it is one, else the handle at example.com, of whose
 * characters an address takes. The caller frees it.
 */
char *person_email(const char *handle);

/*
 * DisplayName, Name and Emails as identitystore has them: "anna.b" is Anna B, "anna" is Anna
 * Example. No Emails if `email` is NULL. A new value.
 */
struct json *person_attributes(const char *handle, const char *email);

#endif
