/* SPDX-License-Identifier: MIT */
/*
 * The variables that make a program talk to the mock and to nothing else: endpoint, proxy,
 * certificate, Region and test credentials; and those that could lead to real credentials or
 * endpoints, which are taken away.
 */
#ifndef MOCK_KIRO_CLI_ENVIRONMENT_H
#define MOCK_KIRO_CLI_ENVIRONMENT_H

struct environment {
    const char *url;         /* "http://127.0.0.1:4599" */
    const char *certificate; /* path of the CA's certificate */
    const char *names;       /* ids of the world's people as mock_aws_load gave them, or NULL */
};

/*
 * Every variable in turn; a NULL value means that it is taken away. Strings live as long as the
 * call of `see`.
 */
void environment_each(const struct environment *environment,
                      void (*see)(void *self, const char *name, const char *value), void *self);

#endif
