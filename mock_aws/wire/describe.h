/* SPDX-License-Identifier: MIT */
/*
 * What a service offers, told as JSON from its tables: for people who ask, and for tests that hold
 * it against other models.
 */
#ifndef MOCK_KIRO_WIRE_DESCRIBE_H
#define MOCK_KIRO_WIRE_DESCRIBE_H

#include "wire/operation.h"

/*
 * {"name","protocol","targets":[…],"scopes":[…],
 *  "operations":[{"name","access","input":[…],"output":[…]}]},
 * which the caller frees. A shape is {"name","kind"} and what it sets of "required", "min", "max",
 * "pattern", "values", "members".
 */
struct json *service_describe(const struct service *service);

#endif
