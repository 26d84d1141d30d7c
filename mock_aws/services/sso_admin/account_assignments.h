/* SPDX-License-Identifier: MIT */
/* What permission sets must know of the accounts that have them. */
#ifndef MOCK_KIRO_SERVICES_SSO_ADMIN_ACCOUNT_ASSIGNMENTS_H
#define MOCK_KIRO_SERVICES_SSO_ADMIN_ACCOUNT_ASSIGNMENTS_H

#include "services/calls.h"

/* Does anybody have this permission set in any account? */
enum fault sso_permission_set_in_use(struct call *call, const char *permission_set_arn,
                                     bool *out_in_use);

#endif
