/* SPDX-License-Identifier: MIT */
/*
 * Requests of sso-admin that take their time: assignments to accounts made and deleted, permission
 * sets provisioned.
 */
#ifndef MOCK_KIRO_SERVICES_SSO_ADMIN_REQUESTS_H
#define MOCK_KIRO_SERVICES_SSO_ADMIN_REQUESTS_H

#include "base/ids.h"
#include "services/sso_admin/sso_admin.h"

extern const char *const SSO_TARGET_TYPES[];
extern const struct shape SSO_CREATION_OUT[], SSO_DELETION_OUT[], SSO_PROVISIONING_OUT[];

/*
 * Keep what the call asks for, under a new id, and answer with its status. The id is the subject
 * of the delay, for whatever stands or ends with the request.
 */
enum fault sso_begin_request(struct call *call, const struct sso_place *place,
                             char out_id[UUID_TEXT_BYTES]);

#endif
