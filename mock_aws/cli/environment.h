/* SPDX-License-Identifier: MIT */
/*
 * The variables that make a program talk to the mock and to nothing else: endpoint, proxy,
 * certificate, Region and test credentials; and those that could lead to real credentials or
 * endpoints, which are taken away.
 */
#ifndef MOCK_KIRO_CLI_ENVIRONMENT_H
#define MOCK_KIRO_CLI_ENVIRONMENT_H

#include "base/text.h"
#include "cli/company.h"
#include "cli/workspace.h"

/* Of variables that name one thing of the world each; a file has all of them. */
enum { ENVIRONMENT_NAMES_MAX = 1000 };

enum { ENVIRONMENT_PLACE_BYTES = 64 };

struct environment {
    const char *url;                   /* "http://127.0.0.1:5476" */
    const char *certificate;           /* path of the CA's certificate */
    const char *region;                /* where the caller is */
    const char *account;               /* who calls */
    const struct json *names;          /* ids of the world as mock_aws_load gave them, or NULL */
    const struct workspace *workspace; /* NULL: no profiles and no ids in files */
};

/*
 * Where a shell's command is: in the shell's own Region if the company has an instance there (or
 * there is no company), else in that of its first instance. `said` gets a line where somebody may
 * have meant another one.
 */
void environment_region(const struct company *company, char out[ENVIRONMENT_PLACE_BYTES],
                        struct text *said);

/* The shell's account if the company has it, else its first one; likewise. */
void environment_account(const struct company *company, char out[ENVIRONMENT_PLACE_BYTES],
                         struct text *said);

/*
 * Lines about ids that are in the file alone: their variable belongs to another one, or there are
 * too many.
 */
void environment_left_out(const struct json *names, struct text *said);

/*
 * Every variable in turn; a NULL value means that it is taken away. Strings live as long as the
 * call of `see`.
 */
void environment_each(const struct environment *environment,
                      void (*see)(void *self, const char *name, const char *value), void *self);

#endif
