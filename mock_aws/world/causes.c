/* SPDX-License-Identifier: MIT */
/* The rule of each cause. */
#include "world/causes.h"

#include <assert.h>

const char *cause_rule(enum cause_kind kind)
{
    static const char *const RULES[CAUSE_COUNT] = {
        [CAUSE_NONE] = "",
        [CAUSE_USER_DELETED] = "auto-user-deleted",
        [CAUSE_MEMBER_REMOVED] = "auto-group-member-removed",
        [CAUSE_INSTANCE_DELETED] = "auto-instance-deleted",
        [CAUSE_PROFILE_DELETED] = "auto-profile-deleted",
        [CAUSE_USER_DEACTIVATED] = "auto-user-deactivated",
        [CAUSE_ACCOUNT_CLOSED] = "auto-account-deleted",
        [CAUSE_GROUP_DELETED] = "E5",
        [CAUSE_USER_UNSUBSCRIBED] = "manual-unsubscribe-user",
        [CAUSE_GROUP_UNSUBSCRIBED] = "manual-unsubscribe-group",
        [CAUSE_USER_SUBSCRIBED] = "pending-not-charged",
        [CAUSE_HOLDER_SUBSCRIBED] = "bill-highest-tier-per-profile",
        [CAUSE_GROUP_SUBSCRIBED] = "group-members-individually-subscribed",
        [CAUSE_MEMBER_ADDED] = "group-members-individually-subscribed",
        [CAUSE_PLAN_RAISED] = "upgrade-immediate-refund-lower",
        [CAUSE_PLAN_LOWERED] = "downgrade-next-month",
        [CAUSE_USER_ENABLED] = "idc-disable-reversible",
        [CAUSE_ACCOUNT_REOPENED] = "account-close-90-days",
        [CAUSE_FIRST_USE] = "activation-on-first-use",
    };
    assert(kind >= CAUSE_NONE && kind < CAUSE_COUNT);
    return RULES[kind];
}
