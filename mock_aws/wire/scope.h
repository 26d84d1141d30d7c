/* SPDX-License-Identifier: MIT */
/* Takes an Authorization header apart (identity-wire 3.1, 3.4). Checks form and scope; the signature itself is not computed. */
#ifndef MOCK_KIRO_WIRE_SCOPE_H
#define MOCK_KIRO_WIRE_SCOPE_H

#include "wire/operation.h"

struct scope {
    char access_key[129];
    char date[9];
    char region[64];
    char service[64];
};

/*
 * `authorization` and `date` (X-Amz-Date or Date) are header values or NULL. FAULT_MISSING_TOKEN, FAULT_INCOMPLETE_SIGNATURE or
 * FAULT_INVALID_SIGNATURE with AWS's words, in AWS's order.
 */
enum fault scope_read(const char *authorization, const char *date, const struct service *service,
                      struct scope *out_scope, struct problem *problem);

#endif
