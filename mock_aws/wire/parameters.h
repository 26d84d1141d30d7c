/* SPDX-License-Identifier: MIT */
/* name=value pairs, percent-encoded and joined by '&': the query of a URL, or a form as a body. */
#ifndef MOCK_KIRO_WIRE_PARAMETERS_H
#define MOCK_KIRO_WIRE_PARAMETERS_H

#include <stddef.h>

#include "base/fault.h"
#include "base/json.h"

/*
 * Put the pairs into an object as texts. `what` names their place in messages ("query string").
 * Fails: FAULT_INVALID for a broken escape, what is not UTF-8 or has a NUL, an empty name, a name
 * given twice, or more pairs than LIMIT_PARAMETERS.
 */
enum fault parameters_read(const char *chars, size_t bytes, const char *what, struct json *into,
                           struct problem *problem);

#endif
