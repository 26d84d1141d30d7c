/* SPDX-License-Identifier: MIT */
/*
 * Accounts and the organization that holds them (identity-wire 7; rules 6, 52-57; E12-E15). A standalone account needs no creation: it
 * comes into being when something is made in it.
 */
#ifndef MOCK_KIRO_WORLD_ACCOUNTS_H
#define MOCK_KIRO_WORLD_ACCOUNTS_H

#include "world/world.h"

enum {
    ORGANIZATION_ID_BYTES = 40,
    ACCOUNT_NAME_BYTES = 64,
    ACCOUNT_EMAIL_BYTES = 72,
    REQUEST_ID_BYTES = 48,
    PARENT_ID_BYTES = 72,
    REOPEN_DAYS = 90 /* rule 52 */
};

/* Records of an organization: AWS services that are trusted in it, by principal. */
#define SERVICE_ACCESS "service-access"
#define IDENTITY_CENTER "sso.amazonaws.com"

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

/* Make the row of a standalone account if there is none. */
enum fault account_ensure(struct world *world, const char *account_id);
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
/* The parent is the caller's to check. */
enum fault account_move(struct world *world, const char *account_id, const char *parent_id);

/* The caller becomes the management account, and its organization instance the organization's. FAULT_IN_ORGANIZATION if it is in one. */
enum fault organization_create(struct world *world, const char *account_id, bool all_features,
                               struct organization *out_organization);
enum fault organization_get(struct world *world, const char *organization_id,
                            struct organization *out_organization);

/* Identity Center is trusted from when the organization has an instance of it on (identity-wire 7.3): to be called when either was made. */
enum fault organization_trust(struct world *world, const char *management_id);

/* Add an account that exists, or make it. `name` and `email` may be NULL. */
enum fault organization_join(struct world *world, const char *organization_id,
                             const char *account_id, const char *name, const char *email,
                             bool management, bool invited);

/*
 * A member goes on as a standalone account; who may leave is the caller's to check. It is a stranger to the organization's instance from then
 * on; no seat depends on that, so its profiles keep theirs.
 */
enum fault organization_leave(struct world *world, const char *account_id);

/* The management account is the last to leave: that no other account is left is the caller's to check. */
enum fault organization_delete(struct world *world, const struct organization *organization);

/* CreateAccount: an e-mail in use, whatever its case, is no error at once; the request ends FAILED. */
enum fault account_create(struct world *world, const char *organization_id, const char *name,
                          const char *email, struct account_request *out_request);
enum fault account_request_get(struct world *world, const char *organization_id,
                               const char *request_id, struct account_request *out_request);
/* Those of an organization numbered above `after`, in order, until `see` returns false. */
enum fault account_request_each(struct world *world, const char *organization_id, int64_t after,
                                bool (*see)(void *self, const struct account_request *request),
                                void *self);

/*
 * CloseAccount of a member: every seat of its profiles ends (rule 6), nobody else's (rule 57). FAULT_CONSTRAINT (with problem->reason) for the
 * management account (56), beyond the quota (55, E37), or without all features; FAULT_ACCOUNT_CLOSED.
 */
enum fault account_close(struct world *world, const struct organization *organization,
                         const char *account_id);

/* Support reopens it within 90 days (rule 52); seats stay canceled (E15). FAULT_NOT_FOUND; FAULT_CONFLICT if it is not closed, or gone. */
enum fault account_reopen(struct world *world, const char *account_id);

#endif
