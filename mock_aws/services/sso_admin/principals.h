/* SPDX-License-Identifier: MIT */
/*
 * What a principal of a directory holds, by himself and through his groups: assignments to
 * applications, and to accounts.
 */
#ifndef MOCK_KIRO_SERVICES_SSO_ADMIN_PRINCIPALS_H
#define MOCK_KIRO_SERVICES_SSO_ADMIN_PRINCIPALS_H

#include "services/calls.h"

/* One record of those that join a principal (their scope) and something else (their key). */
struct sso_held {
    int64_t row;
    char *principal;
    char *key;
    char *value;
};

/*
 * A page of what the principal of the call (PrincipalId, PrincipalType) holds of this kind, in
 * order of creation; for a user also what his groups hold, in their names. `wanted` filters, `put`
 * fills an item. FAULT_NOT_FOUND if the directory has no such principal.
 */
enum fault sso_list_held(struct call *call, const struct instance *instance, const char *kind,
                         const char *list,
                         bool (*wanted)(struct call *call, const struct sso_held *held),
                         void (*put)(struct json *out, const struct sso_held *held));

#endif
