/* SPDX-License-Identifier: MIT */
/*
 * Signature version 4, the verifying side (identity-wire 3): the same request is signed again from
 * what came over the wire, and the two signatures are compared. Stages are open to tests. SHA-256
 * and HMAC are GnuTLS's.
 */
#ifndef MOCK_KIRO_WIRE_SIGV4_H
#define MOCK_KIRO_WIRE_SIGV4_H

#include "base/text.h"
#include "wire/dispatch.h"
#include "wire/scope.h"

enum { SIGNATURE_BYTES = 65 };

/*
 * The request as it is signed: method, path encoded once more, query sorted, the signed headers,
 * the hash of the body.
 */
void sigv4_canonical(const struct request *request, const char *signed_headers, struct text *out);

/* The signature of a canonical request, in hex. `date` is X-Amz-Date. */
void sigv4_sign(const char *canonical, const char *date, const struct scope *scope,
                const char *secret, char out_signature[SIGNATURE_BYTES]);

/*
 * All that can be wrong before the key is looked up (identity-wire 3.4, rows 5 to 9): the date, its
 * distance from `now_s` (wall time), the signed host, the algorithm. FAULT_INCOMPLETE_SIGNATURE,
 * FAULT_INVALID_SIGNATURE.
 */
enum fault sigv4_check_form(const struct scope *scope, const char *date, int64_t now_s,
                            int64_t window_s, struct problem *problem);

/* FAULT_INVALID_SIGNATURE, also for a body that is not what x-amz-content-sha256 says. */
enum fault sigv4_verify(const struct request *request, const struct scope *scope, const char *date,
                        const char *secret, struct problem *problem);

#endif
