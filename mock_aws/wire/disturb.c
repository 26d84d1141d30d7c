/* SPDX-License-Identifier: MIT */
/* What a fault that was asked for does to a call; see disturb.h. */
#include "wire/disturb.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *const NAMES[] = {[DISTURB_NOT] = "none",
                                    [DISTURB_LATENCY] = "latency",
                                    [DISTURB_THROTTLE] = "throttling",
                                    [DISTURB_FAIL] = "internal",
                                    [DISTURB_UNAVAILABLE] = "unavailable",
                                    [DISTURB_DENY] = "access-denied",
                                    [DISTURB_RESET_BEFORE] = "reset-before",
                                    [DISTURB_RESET_AFTER] = "reset-after",
                                    [DISTURB_TRUNCATE] = "truncated",
                                    [DISTURB_SLOW] = "slow"};

/* Where IAM's prefix is not the name that the call is signed for (kiro-wire 10.1). */
static const char *const PREFIXES[][2] = {{"userpool", "sso-directory"},
                                          {"identitystore-internal", "sso-directory"},
                                          {"scim", "identitystore"}};

const char *disturbance_name(size_t kind)
{
    return kind < sizeof NAMES / sizeof NAMES[0] ? NAMES[kind] : NULL;
}

char *action_of(const struct call *call)
{
    const char *prefix =
        call->service->scopes == NULL ? call->service->name : call->service->scopes[0];
    for (size_t i = 0; i < sizeof PREFIXES / sizeof PREFIXES[0]; i++)
        if (strcmp(PREFIXES[i][0], call->service->name) == 0)
            prefix = PREFIXES[i][1];
    return mem_format("%s:%s", prefix, call->operation->name);
}

static enum fault deny(struct call *call)
{
    char *action = action_of(call);
    enum fault fault = problem_set(&call->problem, FAULT_DENIED,
                                   "User: %s is not authorized to perform: %s because no "
                                   "identity-based policy allows the %s action",
                                   call->actor, action, action);
    free(action);
    return fault;
}

enum fault disturbance_fault(const struct disturbance *disturbance, struct call *call)
{
    switch (disturbance->kind) {
    case DISTURB_THROTTLE:
        return problem_set(&call->problem, FAULT_THROTTLED, "Rate exceeded");
    case DISTURB_FAIL:
        return problem_set(&call->problem, FAULT_BROKEN, "An internal error was asked for");
    case DISTURB_UNAVAILABLE:
    case DISTURB_RESET_BEFORE:
        return problem_set(&call->problem, FAULT_UNAVAILABLE,
                           "The service is unavailable for the moment");
    case DISTURB_DENY:
        return deny(call);
    default:
        return FAULT_NONE;
    }
}
