/* SPDX-License-Identifier: MIT */
/*
 * What a call leaves in CloudTrail (identity-wire 12, kiro-wire 11): its own event, and those of
 * the services that it used on the caller's behalf.
 */
#ifndef MOCK_KIRO_SERVICES_CLOUDTRAIL_TRAIL_H
#define MOCK_KIRO_SERVICES_CLOUDTRAIL_TRAIL_H

#include "services/calls.h"

/* Is this a management event? Control calls are none, but for what the console would have done. */
bool trail_wants(const struct call *call);

/* Within a transaction; `refusal` NULL: the call succeeded. */
enum fault trail_keep(struct call *call, const struct fault_name *refusal);

#endif
