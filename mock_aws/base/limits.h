/* SPDX-License-Identifier: MIT */
/* Every limit on what a stranger may send or make us hold, with its reason. */
#ifndef MOCK_KIRO_BASE_LIMITS_H
#define MOCK_KIRO_BASE_LIMITS_H

enum {
    LIMIT_BODY_BYTES = 4 * 1024 * 1024, /* of AWS's calls, whose lists are short */
    LIMIT_HEADER_BYTES = 32 * 1024,     /* what AWS front ends take, roughly */
    LIMIT_JSON_DEPTH = 64,              /* deepest AWS model here is 8; cJSON itself recurses */
    LIMIT_CONNECTIONS = 1000,           /* a shell's file descriptors are 1,024 */
    LIMIT_HALF_REQUEST_SECONDS = 5,     /* of silence in the middle of a request */
    LIMIT_IDLE_SECONDS = 60,            /* longer than any SDK keeps an unused connection */
    LIMIT_PAGE_SIZE = 100,              /* identity-wire 2.7 */
    LIMIT_SEAT_PAGE_SIZE = 1000,        /* kiro-wire 6.2: clients ask for 1000 */
    LIMIT_TOKEN_BYTES = 256,            /* our page tokens are far shorter */
    LIMIT_PARAMETERS = 1000,            /* of a query or form: reading them is quadratic */
    LIMIT_BILLS = 1200,                 /* months in one answer: a hundred years */
    LIMIT_EVENTS = 10000,               /* CloudTrail's, the latest: some ten megabytes */
    LIMIT_EVENT_BYTES =
        32 * 1024, /* of the parameters of one event; AWS leaves out longer ones, too */
    LIMIT_VALIDATION_ITEMS = 20, /* violations named in one message */
    LIMIT_FILE_BYTES =
        64 * 1024 * 1024, /* a document of two hundred thousand people, given by file or call */
    LIMIT_SCENARIO_BYTES = 1024 * 1024,         /* a scenario is read by people */
    LIMIT_WORLDS = 64,                          /* beside the first; each holds some megabytes */
    LIMIT_SNAPSHOTS = 32,                       /* of a world */
    LIMIT_SNAPSHOT_BYTES = 64 * 1024 * 1024,    /* some fourteen thousand people with seats */
    LIMIT_SNAPSHOTS_BYTES = 1024 * 1024 * 1024, /* of all worlds together */
    LIMIT_SCENARIO_STEPS = 10000
};

#endif
