/* SPDX-License-Identifier: MIT */
/* What organizations must do to Identity Center instances. */
#ifndef MOCK_KIRO_SERVICES_SSO_ADMIN_INSTANCES_H
#define MOCK_KIRO_SERVICES_SSO_ADMIN_INSTANCES_H

#include "services/calls.h"

/* Delete the organization instances of an account, in every Region, as DeleteInstance does. */
enum fault sso_organization_instances_delete(struct call *call, const char *account_id);

#endif
