/* SPDX-License-Identifier: MIT */
/*
 * The embedding API: a world and its server inside your own program. The only header of the server
 * that others need. Several may run in one process; each has its own world. The first one switches
 * off SQLite's count of its memory (SQLITE_CONFIG_MEMSTATUS) for the process, unless SQLite was in
 * use before.
 */
#ifndef MOCK_AWS_H
#define MOCK_AWS_H

#include <stdbool.h>
#include <stdint.h>

struct mock_aws;

/* Where a server listens. */
struct mock_aws_address {
    const char *address; /* IP literal; NULL: 127.0.0.1; "::" is every address of both families */
    uint16_t port;       /* 0: any free one */
};

enum { MOCK_AWS_ADDRESSES_MAX = 8 };

/* Zero is a good value for every member. */
struct mock_aws_options {
    const char *address; /* IP literal; NULL: 127.0.0.1 */
    uint16_t port;       /* 0: any free one */
    /* where it listens as well, up to one whose address is NULL; port 0: the same port */
    struct mock_aws_address more[MOCK_AWS_ADDRESSES_MAX];
    /*
     * NULL-terminated names under which the control surface is reached besides the loopback ones
     * ("*.suffix" for all below); NULL: all, if the server listens on every address of the machine,
     * else none
     */
    const char *const *allowed_hosts;
    const char *database; /* file that keeps the world; NULL: memory */
    const char *timing;   /* "instant" or "documented"; NULL: instant */
    const char *edition;  /* NULL: kiro-2026-06 */
    const char *const
        *overrides; /* NULL-terminated "parameter=value", over the edition; NULL: none */
    const char *const
        *deviations;   /* NULL-terminated names that are on from the start; NULL: none */
    const char *start; /* RFC 3339, or "now"; NULL: 2026-01-01T00:00:00Z */
    uint64_t seed;     /* 0: 1 */
    bool running;      /* the clock runs; default is frozen */
    void (*tell)(
        const char
            *lines); /* takes a line per change of a seat, from a thread of the server; NULL: no */
    /* hold every answer against its declared shape, and the facts before every commit */
    bool check_answers;
    unsigned threads; /* HTTP threads; 0: 2 */
    const char *auth; /* "none", "scope" (NULL) or "verify" */
    /* of verify: NULL-terminated "KEY:SECRET"; a key of twelve digits calls as that account */
    const char *const *credentials;
    /* where the certificate authority is kept; NULL: ${XDG_STATE_HOME:-~/.local/state}/mock-aws */
    const char *state_folder;
    /*
     * becomes true if a start fails though the call was right: a port or a file in use; NULL:
     * nobody asks
     */
    bool *environment_failed;
};

/* NULL on failure, with one line (what, where, what would be right) in `error`. */
struct mock_aws *mock_aws_start(const struct mock_aws_options *options, char *error,
                                unsigned error_bytes);

/*
 * Load a world document (JSON with comments allowed) into the empty world, and go back to it at
 * every reset. One that says of nothing since when it is ("at") is an established company under any
 * timing. A world that `database` held already stays as it is, and is reset to the document
 * (mock_aws_found). False: `error` says
 * file-independent line:column and reason. `*out_names`, which may be NULL, becomes the ids of what
 * the document names, as PUT /_mock/world answers; the caller frees it.
 */
bool mock_aws_load(struct mock_aws *mock, const char *chars, unsigned long bytes, char **out_names,
                   char *error, unsigned error_bytes);

/* Did `database` hold a world when it was opened? */
bool mock_aws_found(const struct mock_aws *mock);

/*
 * A control call without a socket: the body of the answer, which the caller frees. `path_and_query`
 * is as in a URL ("/_mock/bill?month=…"), `body` is JSON or NULL.
 */
char *mock_aws_call(struct mock_aws *mock, const char *method, const char *path_and_query,
                    const char *body, int *out_status);

uint16_t mock_aws_port(const struct mock_aws *mock);

/*
 * The certificate of the authority in `state_folder` (NULL as above), which is made if it is not
 * there: PEM, which the caller frees. NULL on failure, with one line in `error`. A server makes or
 * reads it when its first TLS client comes.
 */
char *mock_aws_ca(const char *state_folder, char *error, unsigned error_bytes);

/* The same, but the path of its file. */
char *mock_aws_ca_path(const char *state_folder, char *error, unsigned error_bytes);

/*
 * Every operation that is offered, from the tables that the server itself reads: a line each ("sso
 * CreateInstance"), or as JSON with the shapes of input and output. The caller frees it.
 */
char *mock_aws_operations(bool as_json);

/*
 * Examine a --db file that no server holds, without writing to it: SQLite's integrity, the schema's
 * number, and the facts that hold of every world. `see` hears of all that is wrong, a line each. 0:
 * nothing is; 1: something is; with one line in `error`: 2 there is no such file, or it is none of
 * ours; 3 a server holds it.
 */
int mock_aws_doctor(const char *path, void (*see)(void *self, const char *line), void *self,
                    char *error, unsigned error_bytes);

/* The facts, a line each: the name, and the law or rule that it says. The caller frees it. */
char *mock_aws_facts(void);

/* Finishes the requests in flight, closes the database, frees. NULL is fine. */
void mock_aws_stop(struct mock_aws *mock);

#endif
