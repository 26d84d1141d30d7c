/* SPDX-License-Identifier: MIT */
/*
 * Accounts and organizations as they are (identity-wire 7). A standalone account needs no creation: it comes into being when
 * something is made in it.
 */
#ifndef MOCK_KIRO_WORLD_ROWS_ACCOUNTS_H
#define MOCK_KIRO_WORLD_ROWS_ACCOUNTS_H

#include "world/world.h"

enum {
    ORGANIZATION_ID_BYTES = 40,
    ACCOUNT_NAME_BYTES = 64,
    ACCOUNT_EMAIL_BYTES = 72,
    REQUEST_ID_BYTES = 48,
    PARENT_ID_BYTES = 72,
    REOPEN_DAYS = 90 /* rule 52 */
};

/* identity-wire 7.3: State; the older Status follows from it. */
enum account_state { ACCOUNT_ACTIVE, ACCOUNT_PENDING_CLOSURE, ACCOUNT_CLOSED, ACCOUNT_GONE };

struct account {
    int64_t row;
    char account_id[ACCOUNT_BYTES];
    char organization_id[ORGANIZATION_ID_BYTES]; /* "" for a standalone one */
    char parent_id[PARENT_ID_BYTES];             /* the root, or a unit of the organization */
    bool management;
    bool invited; /* else created by the organization */
    char name[ACCOUNT_NAME_BYTES];
    char email[ACCOUNT_EMAIL_BYTES];
    int64_t joined_s;
    int64_t close_requested_s; /* 0: not */
    int64_t closed_s;          /* when the closure is complete; may lie ahead */
    enum account_state state;  /* now */
};

struct organization {
    char organization_id[ORGANIZATION_ID_BYTES];
    char management_id[ACCOUNT_BYTES];
    char root_id[24];
    bool all_features;
};

/* A CreateAccount request, ended in the same answer. */
struct account_request {
    int64_t row;
    char request_id[REQUEST_ID_BYTES];
    char account_name[ACCOUNT_NAME_BYTES];
    char account_id[ACCOUNT_BYTES]; /* "" if it failed */
    char failure[32];               /* "EMAIL_ALREADY_EXISTS", or "" */
    int64_t requested_s;
    int64_t completed_s;
};

/* FAULT_NOT_FOUND for an account nothing was ever made in. Accounts closed for more than 90 days are ACCOUNT_GONE. */
enum fault account_get(struct world *world, const char *account_id, struct account *out_account);

/* Accounts of one organization (NULL: all) numbered above `after`, at most `limit`; gone ones are left out. */
enum fault account_each(struct world *world, const char *organization_id, int64_t after,
                        int64_t limit, void (*see)(void *self, const struct account *account),
                        void *self);

/* The same of those right under one parent. */
enum fault account_each_in(struct world *world, const char *organization_id, const char *parent_id,
                           int64_t after, int64_t limit,
                           void (*see)(void *self, const struct account *account), void *self);

enum fault organization_get(struct world *world, const char *organization_id,
                            struct organization *out_organization);

enum fault account_request_get(struct world *world, const char *organization_id,
                               const char *request_id, struct account_request *out_request);

/* Those of an organization numbered above `after`, in order, until `see` returns false. */
enum fault account_request_each(struct world *world, const char *organization_id, int64_t after,
                                bool (*see)(void *self, const struct account_request *request),
                                void *self);

#endif
