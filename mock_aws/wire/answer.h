/* SPDX-License-Identifier: MIT */
/* What a call came to, as the reply that its protocol has for it. */
#ifndef MOCK_KIRO_WIRE_ANSWER_H
#define MOCK_KIRO_WIRE_ANSWER_H

#include "wire/dispatch.h"
#include "wire/disturb.h"

struct outcome {
    struct call *call; /* its problem is told, and where in `document` it stands */
    enum fault fault;
    const struct json_document *document; /* NULL: there was no body */
    const char *allowed; /* methods of the path, for Allow; "" if they are not known */
    const struct disturbance *disturbance;
    const struct backend *backend;
};

/* Fills `reply`; clear it after it is sent. */
void answer_make(const struct outcome *outcome, struct reply *reply);

#endif
