/* SPDX-License-Identifier: MIT */
/*
 * What can go wrong with a request, in the server's own words. A verb returns one of these; the
 * wire turns it into the name and the HTTP status that the AWS service at hand uses
 * (wire/operation.h).
 */
#ifndef MOCK_KIRO_BASE_FAULT_H
#define MOCK_KIRO_BASE_FAULT_H

#include <stddef.h>

enum fault {
    FAULT_NONE = 0,
    FAULT_INVALID,              /* a value breaks a documented constraint */
    FAULT_NOT_FOUND,            /* the thing named does not exist, or does not any more */
    FAULT_CONFLICT,             /* it exists already, or its state forbids the change */
    FAULT_DENIED,               /* the caller may not */
    FAULT_QUOTA,                /* a documented limit on how many */
    FAULT_CONSTRAINT,           /* organizations: a rule of the organization forbids it */
    FAULT_ACCOUNT_CLOSED,       /* organizations: it is closed already */
    FAULT_IN_ORGANIZATION,      /* organizations: the account is in one already */
    FAULT_NO_ORGANIZATION,      /* organizations: the account is in none */
    FAULT_REQUEST_NOT_FOUND,    /* organizations: no such CreateAccount request */
    FAULT_BAD_TOKEN,            /* a page token that no answer gave */
    FAULT_BAD_SIZE,             /* a page size out of its bounds */
    FAULT_BAD_CATEGORY,         /* cloudtrail: a category of events that is not kept */
    FAULT_TIME_RANGE,           /* cloudtrail: a start after the end */
    FAULT_EXHAUSTED,            /* the credits of the month are used up */
    FAULT_SERIALIZATION,        /* not JSON, or a member of the wrong JSON kind */
    FAULT_UNKNOWN_OPERATION,    /* no such target, or no such path */
    FAULT_MISSING_ACTION,       /* query: no parameter says which operation */
    FAULT_METHOD,               /* the path exists, the HTTP method does not */
    FAULT_MEDIA_TYPE,           /* a control call that changes state without application/json */
    FAULT_TOO_LARGE,            /* the body is over LIMIT_BODY_BYTES */
    FAULT_UNAUTHORIZED,         /* SCIM: no bearer token, or not one of this tenant */
    FAULT_THROTTLED,            /* more requests in a second than are documented */
    FAULT_MISSING_TOKEN,        /* no Authorization header, or not an AWS one */
    FAULT_INCOMPLETE_SIGNATURE, /* an Authorization header that cannot be taken apart */
    FAULT_INVALID_SIGNATURE,    /* the credential scope names the wrong service */
    FAULT_UNKNOWN_KEY,          /* an access key that nobody has */
    FAULT_UNAVAILABLE,          /* for the moment, because somebody asked for that */
    FAULT_BROKEN,               /* an internal error that somebody asked for */
    FAULT_INTERNAL,             /* ours: SQLite failed, or an answer broke its shape */
    FAULT_OF_SERVICE            /* this and above: one service's own, which its table names */
};

enum { PROBLEM_MESSAGE_BYTES = 2048, PROBLEM_NAME_BYTES = 256 };

/*
 * The words that go with a fault. Empty texts are left out of the answer. `path` is a JSON pointer
 * into the input; only the control surface shows it. `resource_type`, `resource_id` and `reason`
 * are the modelled members of that name.
 */
struct problem {
    enum fault fault; /* as problem_set was told */
    char message[PROBLEM_MESSAGE_BYTES];
    char path[PROBLEM_NAME_BYTES];
    unsigned line; /* of that member, 1-based; 0: not known */
    unsigned column;
    char resource_type[PROBLEM_NAME_BYTES];
    char resource_id[PROBLEM_NAME_BYTES];
    char reason[PROBLEM_NAME_BYTES];
    /* of the first constraint broken: "INPUT_REQUIRED", "INVALID_PATTERN" …; or NULL */
    const char *violation;
};

/* Write the message (printf format; cut at its size) and return `fault`, so that a verb can
 * `return problem_set(…)`. */
enum fault problem_set(struct problem *problem, enum fault fault, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
