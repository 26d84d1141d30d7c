/* SPDX-License-Identifier: MIT */
/* Records of the world as JSON values. */
#ifndef MOCK_KIRO_SERVICES_VALUES_H
#define MOCK_KIRO_SERVICES_VALUES_H

#include "services/calls.h"
#include "world/rows/records.h"

/* Gives: a record's value, which the caller owns. Requires: a text that value_put has kept. */
struct json *value_of(const char *text);

/*
 * Gives: the value, which the caller owns; NULL but on FAULT_NONE. Fails: FAULT_NOT_FOUND, without
 * a message. An unexpected failure sticks in the store until the transaction ends
 * (world/store/store.h), so what value_put returns need not be asked where more statements follow.
 */
enum fault value_get(struct call *call, const char *kind, const char *scope, const char *key,
                     struct json **out_value);
enum fault value_put(struct call *call, const char *kind, const char *scope, const char *key,
                     const struct json *value);

#endif
