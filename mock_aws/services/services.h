/* SPDX-License-Identifier: MIT */
/*
 * The AWS services and the control surface: tables of operations and short handlers over the
 * world's verbs. Here the wire and the world meet; neither knows the other.
 */
#ifndef MOCK_KIRO_SERVICES_SERVICES_H
#define MOCK_KIRO_SERVICES_SERVICES_H

#include "services/offered.h"
#include "services/served.h"
#include "wire/dispatch.h"

/* What the wire asks of a world: a transaction for each request, and a record of it. */
struct backend served_backend(struct served *served);

#endif
