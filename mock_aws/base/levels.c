/* SPDX-License-Identifier: MIT */
/* The names of levels and axes. */
#include "base/levels.h"

#include <assert.h>
#include <stddef.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static const char *const LEVELS[] = {
    [LEVEL_DOCUMENTED] = "documented",
    [LEVEL_CONTRADICTED] = "documented-but-contradicted",
    [LEVEL_REPORTED] = "reported",
    [LEVEL_INFERRED] = "inferred",
};

static const char *const AXES[AXIS_COUNT] = {
    [AXIS_STATUS] = "status",
    [AXIS_ACCESS] = "access",
    [AXIS_CHARGE] = "charge",
    [AXIS_LISTING] = "listing",
};

const char *level_name(enum level level)
{
    assert(level < LENGTH(LEVELS));
    return LEVELS[level];
}

const char *axis_name(enum axis axis)
{
    assert(axis < AXIS_COUNT);
    return AXES[axis];
}
