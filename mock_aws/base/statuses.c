/* SPDX-License-Identifier: MIT */
/* The names of the statuses. */
#include "base/statuses.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static const char *const STATUSES[] = {
    [SEAT_NONE] = "NONE",
    [SEAT_PENDING] = "PENDING",
    [SEAT_ACTIVE] = "ACTIVE",
    [SEAT_CANCELED] = "CANCELED",
    [SEAT_PENDING_REMOVAL] = "PENDING_REMOVAL",
};

const char *seat_status_name(enum seat_status status)
{
    assert(status < LENGTH(STATUSES));
    return STATUSES[status];
}

enum seat_status seat_status_by_name(const char *name)
{
    if (strcmp(name, "CANCELLED") == 0)
        return SEAT_CANCELED;
    for (size_t i = 0; i < LENGTH(STATUSES); i++)
        if (strcmp(STATUSES[i], name) == 0)
            return (enum seat_status)i;
    return SEAT_NONE;
}
