/* SPDX-License-Identifier: MIT */
/* Why a seat begins, changes or ends: what happened, and the rule that speaks of it. Rules decide nothing; causes do. */
#ifndef MOCK_KIRO_WORLD_CAUSES_H
#define MOCK_KIRO_WORLD_CAUSES_H

#include <stdint.h>

/* Kept in files: new ones go to the end. */
enum cause_kind {
    CAUSE_NONE,
    CAUSE_USER_DELETED,
    CAUSE_MEMBER_REMOVED,
    CAUSE_INSTANCE_DELETED,
    CAUSE_PROFILE_DELETED,
    CAUSE_USER_DEACTIVATED,
    CAUSE_ACCOUNT_CLOSED,
    CAUSE_GROUP_DELETED,
    CAUSE_USER_UNSUBSCRIBED,
    CAUSE_GROUP_UNSUBSCRIBED,
    CAUSE_USER_SUBSCRIBED,
    CAUSE_HOLDER_SUBSCRIBED, /* a user who has a seat through a group already */
    CAUSE_GROUP_SUBSCRIBED,
    CAUSE_MEMBER_ADDED,
    CAUSE_PLAN_RAISED,
    CAUSE_PLAN_LOWERED,
    CAUSE_USER_ENABLED,
    CAUSE_ACCOUNT_REOPENED,
    CAUSE_FIRST_USE,
    CAUSE_COUNT
};

struct cause {
    enum cause_kind kind;
    int64_t seq; /* the timeline entry of the change itself */
};

/* The rule's id, never NULL; "" for CAUSE_NONE. */
const char *cause_rule(enum cause_kind kind);

#endif
