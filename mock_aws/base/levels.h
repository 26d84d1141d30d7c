/* SPDX-License-Identifier: MIT */
/* How far a source is trusted (rulebook part 0), and about which of the four axes it speaks. */
#ifndef MOCK_KIRO_BASE_LEVELS_H
#define MOCK_KIRO_BASE_LEVELS_H

/* The order is the order of trust. */
enum level { LEVEL_DOCUMENTED, LEVEL_CONTRADICTED, LEVEL_REPORTED, LEVEL_INFERRED };

/* "documented", "documented-but-contradicted", "reported", "inferred" */
const char *level_name(enum level level);

/* The axes that stay apart. */
enum axis { AXIS_STATUS, AXIS_ACCESS, AXIS_CHARGE, AXIS_LISTING, AXIS_COUNT };

const char *axis_name(enum axis axis); /* "status", "access", "charge", "listing" */

#endif
