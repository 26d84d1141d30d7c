/* SPDX-License-Identifier: MIT */
/*
 * The Identity Center applications that every Kiro profile brings (kiro-wire 4): one that seats hang on, one to sign in with. They are
 * read off the profiles and have no state of their own.
 */
#ifndef MOCK_KIRO_SERVICES_APPLICATIONS_H
#define MOCK_KIRO_SERVICES_APPLICATIONS_H

#include "services/services.h"

/* The sso-admin operations on applications, for its table. */
handler list_applications, describe_application;
extern const struct shape LIST_APPLICATIONS_IN[], LIST_APPLICATIONS_OUT[],
    DESCRIBE_APPLICATION_IN[], APPLICATION_MEMBERS[];

#endif
