/* SPDX-License-Identifier: MIT */
/*
 * Who calls and where the call lands, by the credential scope or a verified signature; for all
 * signed protocols alike.
 */
#ifndef MOCK_KIRO_WIRE_CALLER_H
#define MOCK_KIRO_WIRE_CALLER_H

#include "wire/dispatch.h"
#include "wire/scope.h"

/*
 * Sets call->account and call->region (the host's, else the scope's: control-api.md) and gives the
 * principal's ARN, a new text, in `*out_actor`. `scope` keeps what the call's members point into;
 * clear it afterwards. Order of the checks and their words: identity-wire 3.4. Fails:
 * FAULT_MISSING_TOKEN, FAULT_INCOMPLETE_SIGNATURE, FAULT_INVALID_SIGNATURE, FAULT_UNKNOWN_KEY.
 */
enum fault caller_read(const struct dispatcher *dispatcher, const struct request *request,
                       struct call *call, struct scope *scope, char **out_actor);

/* The token of "Authorization: Bearer …"; NULL if none is given. */
const char *caller_bearer(const struct request *request);

#endif
