/* SPDX-License-Identifier: MIT */
/* Closing an account and opening it again (rules 6, 52-57; E12-E15, E37). */
#ifndef MOCK_KIRO_WORLD_CHANGES_ACCOUNT_CLOSURES_H
#define MOCK_KIRO_WORLD_CHANGES_ACCOUNT_CLOSURES_H

#include "world/rows/accounts.h"

/*
 * CloseAccount of a member: every seat of its profiles ends (rule 6), nobody else's (rule 57). FAULT_CONSTRAINT (with problem->reason) for the
 * management account (56), beyond the quota (55, E37), or without all features; FAULT_ACCOUNT_CLOSED.
 */
enum fault account_close(struct world *world, const struct organization *organization,
                         const char *account_id);

/* Support reopens it within 90 days (rule 52); seats stay canceled (E15). FAULT_NOT_FOUND; FAULT_CONFLICT if it is not closed, or gone. */
enum fault account_reopen(struct world *world, const char *account_id);

#endif
