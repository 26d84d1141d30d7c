/* SPDX-License-Identifier: MIT */
/*
 * The Authorization header taken apart: who calls, and where the call lands. Signatures are
 * verified by sigv4.h. Order of the checks and their words: identity-wire 3.4.
 */
#ifndef MOCK_KIRO_WIRE_SCOPE_H
#define MOCK_KIRO_WIRE_SCOPE_H

#include <stdbool.h>

#include "base/fault.h"

struct scope {
    char *algorithm;      /* "AWS4-HMAC-SHA256" */
    char *signed_headers; /* "content-type;host;x-amz-date" */
    char *signature;
    char *chars; /* the credential, into which the others point */
    const char *key;
    const char *date;
    const char *region;
    const char *service;
    const char *terminator;
};

/*
 * Gives: `*out_scope`, only on FAULT_NONE; clear it. The headers Authorization and X-Amz-Date (or
 * Date) may be NULL. Fails: FAULT_MISSING_TOKEN, FAULT_INCOMPLETE_SIGNATURE.
 */
enum fault scope_read(const char *authorization, const char *date, struct scope *out_scope,
                      struct problem *problem);
void scope_clear(struct scope *scope);

/*
 * Is this a scope for one of `services` (NULL-terminated; the first is the one to name), of the day
 * of `date`? Fails: FAULT_INVALID_SIGNATURE, with all that is wrong.
 */
enum fault scope_check(const struct scope *scope, const char *date, const char *const *services,
                       struct problem *problem);

/* Is the access key an account's: exactly twelve digits? */
bool scope_key_is_account(const struct scope *scope);

#endif
