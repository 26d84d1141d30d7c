/* SPDX-License-Identifier: MIT */
/*
 * One request, from parsed HTTP to a finished reply: find the operation, check the credential
 * scope, check the input against its shape, run the handler inside one transaction, check and print
 * the answer. Knows no SQL and no socket.
 */
#ifndef MOCK_KIRO_WIRE_DISPATCH_H
#define MOCK_KIRO_WIRE_DISPATCH_H

#include <stddef.h>

#include "wire/operation.h"

/* The one kind of body, as media types go, that may be larger than all others: a snapshot. */
#define SQLITE_MEDIA_TYPE "application/vnd.sqlite3"

struct patterns;

struct request {
    const char *method;
    const char
        *host;   /* of an absolute-form request, as a proxy gets it; NULL: the Host header says */
    bool secure; /* came through TLS */
    const char *path; /* without the query, still percent-encoded */
    /* the same as the client sent it, where `path` is what is left of it; else NULL */
    const char *signed_path;
    const char *query; /* without '?', still percent-encoded; "" if none */
    const char *(*header)(void *self, const char *name); /* any case; NULL if absent */
    void *header_self;
    const char *body;
    size_t body_bytes;
    bool body_too_large; /* the body was over request_body_limit and has been dropped */
};

/*
 * The longest body that is looked at: of a snapshot and of a world document more than of others.
 * `content_type` NULL: none was given.
 */
size_t request_body_limit(const char *method, const char *path, const char *content_type);

enum { REPLY_HEADERS_MAX = 8 };

struct reply_header {
    const char *name;
    char value[128];
};

/* What becomes of the connection (disturb.h). */
enum reply_end { REPLY_WHOLE, REPLY_RESET, REPLY_TRUNCATED, REPLY_SLOW };

struct reply {
    enum reply_end end;
    int64_t latency_ms; /* before the answer, or of SLOW before its second half */
    int status;
    char *body; /* owned by the reply; NULL for none */
    size_t body_bytes;
    struct reply_header headers[REPLY_HEADERS_MAX];
    size_t header_count;
};

void reply_clear(struct reply *reply);

struct exchange;
struct disturbance;

/*
 * What the wire needs of the world, handed in by the services so that the two rooms stay strangers.
 */
struct backend {
    void *self;
    /*
     * The world of that name, to be `self` for one request and then given to `leave`; NULL: there
     * is none. NULL functions: there is but one world.
     */
    void *(*enter)(void *self, const char *name);
    void (*leave)(void *entered);
    /*
     * Take the world for one request, alone; open a transaction. Everything due has been done when
     * it returns.
     */
    enum fault (*begin)(void *self, enum access access, struct problem *problem);
    /*
     * May the caller of a signed call call at all? Within the transaction, before the handler.
     * NULL: everybody.
     */
    enum fault (*admit)(struct call *call);
    /* End the transaction and give the world back. A commit that fails has rolled back. */
    enum fault (*commit)(void *self);
    /*
     * Take back what a refused request did. FAULT_INTERNAL if the store had failed on the way: then
     * the refusal may be owed to that, and is none.
     */
    enum fault (*rollback)(void *self);
    /*
     * Keep what happened, for who asks later; NULL: nobody does. After a success (`refusal` NULL)
     * within its transaction, so that it stays or goes with it; after a refusal while the world is
     * not held. Called for requests that reached an operation, its caller known.
     */
    enum fault (*record)(void *self, struct call *call, const struct fault_name *refusal);
    /*
     * Keep what was asked and answered; called while the world is not held, never for control
     * calls. NULL: nobody does.
     */
    void (*journal)(void *self, const struct exchange *exchange);
    /*
     * The fault that was asked for this call, which is about to run; called while the world is not
     * held. NULL: none ever.
     */
    void (*disturb)(void *self, const struct call *call, struct disturbance *out);
    /* A request id; called while the world is not held. */
    void (*request_id)(void *self, char out[37]);
    /* The time that an error carries; called while the world is not held. */
    int64_t (*now)(void *self);
};

enum auth {
    AUTH_SCOPE, /* the credential scope decides, signatures are not looked at */
    AUTH_NONE,  /* nothing is refused; a scope still says where the call lands */
    AUTH_VERIFY /* by known keys, within a window of the wall clock */
};

struct credential {
    char *key;
    char *secret;
};

struct dispatcher {
    const struct service *const *services; /* NULL-terminated */
    struct backend backend;
    struct patterns *patterns; /* borrowed; NULL: each expression is compiled when it is needed */
    /*
     * Besides the loopback ones: the hosts under which the control surface is reached (hosts.h),
     * NULL-terminated; NULL: none. Or every host.
     */
    const char *const *allowed_hosts;
    bool any_host;
    const char *default_account; /* "123456789012" */
    enum auth auth;
    const struct credential *credentials; /* of AUTH_VERIFY */
    size_t credential_count;
    /* hold every answer against its output shape; a mismatch is a 500 and a log line */
    bool check_answers;
};

void dispatch(const struct dispatcher *dispatcher, const struct request *request,
              struct reply *reply);

#endif
