/* SPDX-License-Identifier: MIT */
/*
 * Claims (kiro-wire 6.3 to 6.5): Kiro's assignments as user-subscriptions shows them, hung on the
 * application of a profile. They have no state of their own: a claim is a standing assignment, its
 * identifier a sealed row.
 */
#ifndef MOCK_KIRO_SERVICES_KIRO_CLAIMS_H
#define MOCK_KIRO_SERVICES_KIRO_CLAIMS_H

#include "base/plans.h"
#include "services/calls.h"

handler kiro_list_claims, kiro_create_claim, kiro_update_claim, kiro_delete_claim,
    kiro_set_overage_config;
extern const struct shape LIST_CLAIMS_IN[], LIST_CLAIMS_OUT[], CREATE_CLAIM_IN[], UPDATE_CLAIM_IN[],
    DELETE_CLAIM_IN[], SET_OVERAGE_IN[];

/* {"amazonQ": …} under `name`: the plan as this world's listings spell it. */
extern const struct shape PLAN_TYPE_MEMBERS[];
void kiro_put_plan_type(struct call *call, struct json *out, const char *name, enum plan plan);

#endif
