/* SPDX-License-Identifier: MIT */
/*
 * Cost Explorer's Expression: And, Or, Not over dimensions; Kiro's costs carry no tags and no cost
 * categories.
 */
#ifndef MOCK_KIRO_SERVICES_COSTS_FILTER_H
#define MOCK_KIRO_SERVICES_COSTS_FILTER_H

#include "services/costs/costs.h"

extern const struct shape COST_EXPRESSION[];

/*
 * FAULT_INVALID unless the expression, and each one in it, has exactly one member and says what
 * that needs. NULL is fine.
 */
enum fault cost_filter_check(struct call *call, const struct json *expression);

/* Does a cost pass? The expression has been checked; NULL lets everything pass. */
bool cost_filter_passes(const struct json *expression, const struct cost *cost);

#endif
