/* SPDX-License-Identifier: MIT */
/* What a seat is shown as (rulebook rule 30, `status-values`). */
#ifndef MOCK_KIRO_BASE_STATUSES_H
#define MOCK_KIRO_BASE_STATUSES_H

/* SEAT_NONE: no row at all. SEAT_PENDING_REMOVAL is how an edition shows a canceled seat until its
 * row leaves; nothing is kept under it. */
enum seat_status { SEAT_NONE, SEAT_PENDING, SEAT_ACTIVE, SEAT_CANCELED, SEAT_PENDING_REMOVAL };

const char *seat_status_name(enum seat_status status); /* "NONE", "PENDING", "ACTIVE", "CANCELED" */

/* Takes CANCELLED as well; unknown: SEAT_NONE. */
enum seat_status seat_status_by_name(const char *name);

#endif
