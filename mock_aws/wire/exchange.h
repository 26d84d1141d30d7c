/* SPDX-License-Identifier: MIT */
/*
 * A request and its answer as the journal keeps them: secrets gone, the closest operation named
 * where there is none such, and the members that nobody reads.
 */
#ifndef MOCK_KIRO_WIRE_EXCHANGE_H
#define MOCK_KIRO_WIRE_EXCHANGE_H

#include "wire/dispatch.h"

struct exchange {
    const char *service;
    char *operation; /* as asked for */
    const char *method;
    const char *path;
    const char *host;
    const char *account;
    const char *region;
    const char *actor;
    const char *request_id;
    int status;
    const char *code; /* the error's name; NULL: a success */
    char *input;
    char *answer;
    char *near;
    char *unread;
    bool faulted;
};

/*
 * `fault` is how the call ended; `parameters` those of the query protocol, or NULL. Clear it
 * afterwards; texts that are not owned are the call's and the request's.
 */
void exchange_make(const struct dispatcher *dispatcher, const struct request *request,
                   const struct call *call, const struct json *parameters, enum fault fault,
                   const struct reply *reply, struct exchange *out);
void exchange_clear(struct exchange *exchange);

#endif
