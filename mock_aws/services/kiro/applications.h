/* SPDX-License-Identifier: MIT */
/*
 * The Identity Center applications that every Kiro profile brings (kiro-wire 4), as sso-admin shows
 * them. They are read off the profiles and have no state of their own.
 */
#ifndef MOCK_KIRO_SERVICES_KIRO_APPLICATIONS_H
#define MOCK_KIRO_SERVICES_KIRO_APPLICATIONS_H

#include "services/calls.h"

#define KIRO_APPLICATION_PROVIDER "arn:aws:sso::aws:applicationProvider/codewhisperer"
#define CUSTOM_APPLICATION_PROVIDER "arn:aws:sso::aws:applicationProvider/custom"

/*
 * Calls `see` for every application of the instance's living profiles; rows are in order of
 * creation.
 */
enum fault kiro_application_each(struct call *call, const struct instance *instance,
                                 void (*see)(void *self, int64_t row,
                                             const struct json *application),
                                 void *self);

/* Which of them the ARN names, -1 for none; its members are put into `out` unless that is NULL. */
enum fault kiro_application_get(struct call *call, const struct instance *instance, const char *arn,
                                struct json *out, int *out_which);

/* "arn:aws:identitystore::123456789012:identitystore/d-…" */
void kiro_put_store_arn(struct json *out, const struct instance *instance);

#endif
