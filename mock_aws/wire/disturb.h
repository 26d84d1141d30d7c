/* SPDX-License-Identifier: MIT */
/*
 * Faults that somebody asked for: in the place of a call's answer, or around it. The dispatcher
 * asks the backend for one per call; what it does to the call is here, what it does to the
 * connection is http's.
 */
#ifndef MOCK_KIRO_WIRE_DISTURB_H
#define MOCK_KIRO_WIRE_DISTURB_H

#include "wire/operation.h"

enum disturbance_kind {
    DISTURB_NOT,
    DISTURB_LATENCY,      /* late, but right */
    DISTURB_THROTTLE,     /* too many requests, as the service says it */
    DISTURB_FAIL,         /* 500 */
    DISTURB_UNAVAILABLE,  /* 503 */
    DISTURB_DENY,         /* by the IAM action's name */
    DISTURB_RESET_BEFORE, /* the connection is reset, and nothing has happened */
    DISTURB_RESET_AFTER,  /* the same, but the call has taken effect */
    DISTURB_TRUNCATE,     /* half an answer */
    DISTURB_SLOW          /* the second half of the answer comes late */
};

struct disturbance {
    enum disturbance_kind kind;
    int64_t latency_ms;    /* of LATENCY and SLOW; before any other */
    int64_t retry_after_s; /* of THROTTLE and UNAVAILABLE; 0: not said */
};

/* "throttling", "reset-after" …: the names that people give them; NULL after the last. */
const char *disturbance_name(size_t kind);

/*
 * The fault that is answered in the call's place, with its words; FAULT_NONE if the call goes on.
 */
enum fault disturbance_fault(const struct disturbance *disturbance, struct call *call);

/* "identitystore:DeleteUser", as IAM calls what the call does. A new text. */
char *action_of(const struct call *call);

#endif
