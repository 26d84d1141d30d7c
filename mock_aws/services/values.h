/* SPDX-License-Identifier: MIT */
/* Records of the world as JSON values. */
#ifndef MOCK_KIRO_SERVICES_VALUES_H
#define MOCK_KIRO_SERVICES_VALUES_H

#include "services/calls.h"
#include "world/rows/records.h"

/* A record's value; free it. */
struct json *value_of(const char *text);

/* The value, NULL but on FAULT_NONE; free it. FAULT_NOT_FOUND without a message. */
enum fault value_get(struct call *call, const char *kind, const char *scope, const char *key,
                     struct json **out_value);
enum fault value_put(struct call *call, const char *kind, const char *scope, const char *key,
                     const struct json *value);

#endif
