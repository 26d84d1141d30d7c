/* SPDX-License-Identifier: MIT */
/*
 * Holds the people of a world document against the limits that the wire sets them: nobody can be
 * loaded whom no call could have made.
 */
#ifndef MOCK_KIRO_SERVICES_CONTROL_DOCUMENT_CHECK_H
#define MOCK_KIRO_SERVICES_CONTROL_DOCUMENT_CHECK_H

#include "wire/operation.h"

/*
 * Names, attributes and Regions; what has the wrong form altogether is left to the loader.
 * FAULT_INVALID with problem->path below `pointer`.
 */
enum fault document_check(const struct json *document, const char *pointer,
                          struct problem *problem);

#endif
