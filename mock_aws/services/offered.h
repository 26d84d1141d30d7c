/* SPDX-License-Identifier: MIT */
/*
 * What each service offers: its operations, in a table in the service's own file. services.c lists
 * them all.
 */
#ifndef MOCK_KIRO_SERVICES_OFFERED_H
#define MOCK_KIRO_SERVICES_OFFERED_H

#include "wire/operation.h"

extern const struct service IDENTITYSTORE_SERVICE;
extern const struct service IDENTITYSTORE_INTERNAL_SERVICE;
extern const struct service USERPOOL_SERVICE;
extern const struct service SSO_DIRECTORY_SERVICE;
extern const struct service SSO_ADMIN_SERVICE;
extern const struct service ORGANIZATIONS_SERVICE;
extern const struct service CODEWHISPERER_SERVICE;
extern const struct service CODEWHISPERER_REST_SERVICE;
extern const struct service Q_SERVICE;
extern const struct service USER_SUBSCRIPTIONS_SERVICE;
extern const struct service USER_SUBSCRIPTIONS_REST_SERVICE;
extern const struct service STS_SERVICE;
extern const struct service IAM_SERVICE;
extern const struct service ACCOUNT_SERVICE;
extern const struct service SERVICE_QUOTAS_SERVICE;
extern const struct service CE_SERVICE;
extern const struct service CLOUDTRAIL_SERVICE;
extern const struct service SCIM_SERVICE;
extern const struct service CONTROL_SERVICE;
extern const struct service FAULTS_SERVICE;
extern const struct service JOURNAL_SERVICE;
extern const struct service SUITES_SERVICE;
extern const struct service WORLDS_SERVICE;
extern const struct service UPLOADS_SERVICE;

/* All of them, NULL-terminated: what a dispatcher is given. */
extern const struct service *const SERVICES[];

#endif
