/* SPDX-License-Identifier: MIT */
/* Answers of the query protocol: an output object as XML, by its shape (identity-wire 2.6). */
#ifndef MOCK_KIRO_WIRE_XML_H
#define MOCK_KIRO_WIRE_XML_H

#include "wire/operation.h"

/*
 * The call's output in the order of its shape; members that the shape does not have are left out.
 * Release with free().
 */
char *xml_answer(const struct call *call);

/* The error body in the service's name space. Release with free(). */
char *xml_error(const struct service *service, const struct fault_name *name,
                const struct problem *problem, const char *request_id);

#endif
