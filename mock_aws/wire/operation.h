/* SPDX-License-Identifier: MIT */
/*
 * An AWS service as data: its operations, the shapes of their inputs and outputs, and the names it
 * has for faults. Adding an operation is one row, one shape and one handler; dispatch.c reads the
 * rest from here.
 */
#ifndef MOCK_KIRO_WIRE_OPERATION_H
#define MOCK_KIRO_WIRE_OPERATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/json.h"

enum shape_kind {
    SHAPE_TEXT, /* zero, so that a plain row is a text */
    SHAPE_INTEGER,
    SHAPE_NUMBER,
    SHAPE_BOOLEAN,
    /* epoch seconds as a JSON number (identity-wire 2.2); on input an ISO 8601 text passes too */
    SHAPE_TIMESTAMP,
    SHAPE_STRUCTURE,
    SHAPE_UNION,   /* a structure with exactly one member that is not null */
    SHAPE_LIST,    /* members[0] is the element */
    SHAPE_MAP,     /* members[0] is the value; keys are texts */
    SHAPE_DOCUMENT /* any JSON value */
};

struct pattern {
    const char *text; /* the model's expression, as AWS prints it; it must match the whole value */
    const char *matched; /* what is matched, where that says more than the text; else NULL */
};

/* One member of a structure; a structure's members end with a row whose name is NULL. */
struct shape {
    const char *name;
    enum shape_kind kind;
    bool required;
    bool sensitive; /* its value is left out of messages (identity-wire 2.4) */
    int64_t min;    /* texts: code points; lists and maps: count; integers: value */
    int64_t max;    /* 0: no upper bound (and, for integers, no lower one either) */
    const struct pattern *pattern;
    const char *const *values; /* the enum, NULL-terminated */
    const struct shape *members;
};

enum access { READ, WRITE };

struct service;
struct operation;

/*
 * One request while it is being answered. Everything is borrowed but `output`, which the dispatcher
 * owns and frees.
 */
struct call {
    void *world;                           /* what the backend gave; services know its type */
    const struct service *const *services; /* all that are offered, NULL-terminated */
    const struct service *service;
    const struct operation *operation;
    const char *account; /* 12 digits: where the call lands (control-api.md) */
    const char *region;
    char host_region[64];   /* the Region that the host's name says; "" if it says none */
    const char *actor;      /* principal ARN of the caller, or "control" */
    const char *user_agent; /* NULL: none was given */
    const char *base_url;   /* "http://127.0.0.1:5476": the address the request came to */
    char request_id[37];
    /*
     * an object that has passed the shape, without nulls and without what the shape does not know
     * (control, SCIM: as given)
     */
    const struct json *input;
    /* an empty object to be filled; a handler may replace it (json_free the old one) */
    struct json *output;
    /* a success that is no JSON: this, which the dispatcher frees, in the place of output */
    char *text;
    size_t text_bytes;       /* … its length where it is no text either; 0: up to its end */
    const char *text_type;   /* … and its Content-Type */
    int status;              /* HTTP status of a success; 0: 200. 204 sends no body */
    const char *path_tenant; /* SCIM: who is meant, and by what right */
    const char *path_id;     /* SCIM and control: what stands at the path's "*" */
    const char *bytes;       /* where the operation takes a body that is no JSON: it */
    size_t byte_count;
    const char *bearer;       /* NULL: none was given */
    const struct json *query; /* query protocol: its parameters as they came, as texts; else NULL */
    struct problem problem;
};

/*
 * Returns FAULT_NONE with `output` filled, or a fault with `problem.message` written. Runs inside
 * one transaction.
 */
typedef enum fault handler(struct call *call);

struct operation {
    const char *name; /* "CreateUser"; for the control surface a name for people */
    enum access access;
    const struct shape *input;  /* NULL: takes no members */
    const struct shape *output; /* NULL: answers {} */
    handler *handle;
    const char *method; /* where a protocol goes by paths: "GET" … */
    /*
     * … and "/_mock/clock"; a segment "*" is a name, call.path_id; NULL: not offered under such a
     * protocol
     */
    const char *path;
};

/* Rows of a table of operations; OPERATION_AT where the protocol goes by paths. */
#define NO_SHAPE NULL
#define OPERATION_AT(method_, path_, name_, access_, input_, output_, handle_)                     \
    {                                                                                              \
        .name = (name_), .access = (access_), .input = (input_), .output = (output_),              \
        .handle = (handle_), .method = (method_), .path = (path_)                                  \
    }
#define OPERATION(name_, access_, input_, output_, handle_)                                        \
    OPERATION_AT(NULL, NULL, name_, access_, input_, output_, handle_)

enum protocol {
    /*
     * by method and /<tenant>/scim/v2/ path, bearer token; errors as SCIM has them; checks its own
     * input
     */
    PROTOCOL_SCIM,
    PROTOCOL_AWS_JSON, /* POST /, X-Amz-Target; JSON 1.0 or 1.1 */
    /* by method and path; JSON, errors with the statuses as modelled (restJson1) */
    PROTOCOL_REST_JSON,
    PROTOCOL_QUERY, /* a form, or GET with a query: Action and Version; answers in XML */
    /*
     * by method and path, unsigned, strict about unknown members; errors as control-api.md has them
     */
    PROTOCOL_CONTROL
};

struct fault_name {
    enum fault fault; /* FAULT_NONE ends a table */
    const char *name; /* "ResourceNotFoundException" */
    int status;       /* HTTP */
};

/* What an input violation at one member is, in services that have names for that. */
struct member_fault {
    const char *pointer; /* "/MaxResults"; NULL ends a table */
    enum fault fault;
};

/*
 * Operations under one protocol. Where AWS offers the same ones under two, there are two of these
 * rows with one table of operations: names, content type, scopes and errors are the protocol's, the
 * rest is shared.
 */
struct service {
    const char *name; /* "identitystore": for logs and the timeline */
    enum protocol protocol;
    const char *const *target_prefixes; /* NULL-terminated; "AWSIdentityStore" */
    const char *const *paths;           /* where it is called besides "/"; NULL: nowhere */
    /*
     * names accepted in the credential scope; the first is the one messages name; NULL: called
     * unsigned
     */
    const char *const *scopes;
    const char *content_type; /* "application/x-amz-json-1.1" */
    const char
        *body_type; /* control: takes bodies of this media type alone, as call.bytes; NULL: JSON */
    /* "com.amazon.kiro.controlplane", put before the name with '#'; or NULL */
    const char *error_namespace;
    const char *version;       /* query: "2010-05-08" */
    const char *xml_namespace; /* query: of answers and of modelled errors */
    bool request_id_member;    /* modelled exceptions carry RequestId (identitystore) */
    /* FAULT_INVALID carries the constraint broken as its Reason (organizations) */
    bool violation_member;
    const struct fault_name *faults;          /* looked up before the common ones of errors.c */
    const struct member_fault *member_faults; /* FAULT_INVALID there is this; or NULL */
    const struct operation *operations;       /* ends with a row whose name is NULL */
    /*
     * PROTOCOL_AWS_JSON: more such tables, where a service has many nouns; NULL-terminated, or NULL
     */
    const struct operation *const *further;
};

/* The tables of a service, one by one; NULL after the last. */
static inline const struct operation *operation_table(const struct service *service, size_t index)
{
    if (index == 0)
        return service->operations;
    return service->further == NULL ? NULL : service->further[index - 1];
}

#endif
