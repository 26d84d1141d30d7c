/* SPDX-License-Identifier: MIT */
/*
 * Faults as a service says them: name and status from the service's table, then from the common
 * one.
 */
#ifndef MOCK_KIRO_WIRE_ERRORS_H
#define MOCK_KIRO_WIRE_ERRORS_H

#include "wire/operation.h"

/*
 * Never NULL: what no table knows is InternalServerException, 500. `service` may be NULL (before it
 * is known).
 */
const struct fault_name *fault_name(const struct service *service, enum fault fault);

/*
 * The fault as the service tells it: some have one of their own for a violation at one member (a
 * JSON pointer).
 */
enum fault fault_told(const struct service *service, enum fault fault, const char *pointer);

/*
 * The error body of the service's protocol (identity-wire 2.3, 9.2, kiro-wire 2.3, control-api.md);
 * free with json_free.
 */
struct json *error_body(const struct service *service, enum fault fault,
                        const struct problem *problem, const char *request_id, int64_t now_s);

#endif
