/* SPDX-License-Identifier: MIT */
/*
 * The doors by which a request comes in, one for each protocol: each finds the service and the
 * operation that are meant, reads the input and the caller. Behind them the way is the same
 * (dispatch.c).
 */
#ifndef MOCK_KIRO_WIRE_DOORS_H
#define MOCK_KIRO_WIRE_DOORS_H

#include "base/text.h"
#include "wire/dispatch.h"
#include "wire/disturb.h"
#include "wire/scim_path.h"
#include "wire/scope.h"

/* All that is known of one request, so that any number of them may be under way at once. */
struct request_state {
    const struct dispatcher *dispatcher;
    const struct request *request;
    struct call call;
    struct scope scope;
    struct scim_path scim;
    struct json_document *document; /* the body; owns call.input if there is one */
    struct json *built;             /* call.input otherwise */
    const struct json *given;       /* the input as it came */
    struct json *known; /* what the operation knows of it: call.input once it has passed */
    struct json *query; /* the URL's parameters, where the input is made of them */
    char *base_url;
    char *path_name;
    char *actor;
    struct disturbance disturbance;
    const char *host;                 /* NULL: none was named */
    const char *const *host_services; /* who lives there by name; NULL: nobody */
    struct text allowed;              /* methods of a control path, for Allow */
};

struct door {
    const char *name;
    const struct service *nobody; /* who answers while it is not known which service is meant */
    bool (*leads)(struct request_state *state); /* is the request for this one? */
    /*
     * Gives call.service in any case, and with FAULT_NONE call.operation, call.input and the
     * caller. Fails as the protocol does; problem has the words.
     */
    enum fault (*enter)(struct request_state *state);
};

/* The first door that leads on; there is always one. */
const struct door *door_find(struct request_state *state);

#endif
