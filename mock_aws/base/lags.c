/* SPDX-License-Identifier: MIT */
/* The rows of lags.def as tables, and the timings. */
#include "base/lags.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

enum { MINUTE_S = 60, HOUR_S = 3600 };

#define LAG(id, name, documented_s, late) [id] = {name, late},
static const struct {
    const char *name;
    const char *late;
} LAGS[LAG_COUNT] = {
#include "base/lags.def"
};
#undef LAG

#define LAG(id, name, documented_s, late) [id] = documented_s,
static const int64_t DOCUMENTED_S[LAG_COUNT] = {
#include "base/lags.def"
};
#undef LAG

static const int64_t INSTANT_S[LAG_COUNT] = {0};

static const struct timing TIMINGS[] = {
    {TIMING_DEFAULT, INSTANT_S},
    {"documented", DOCUMENTED_S},
};

const char *lag_name(enum lag lag)
{
    assert(lag < LAG_COUNT);
    return LAGS[lag].name;
}

const char *lag_late(enum lag lag)
{
    assert(lag < LAG_COUNT);
    return LAGS[lag].late;
}

int lag_find(const char *name)
{
    for (int i = 0; i < LAG_COUNT; i++)
        if (strcmp(LAGS[i].name, name) == 0)
            return i;
    return -1;
}

const struct timing *timing_find(const char *name)
{
    for (size_t i = 0; i < LENGTH(TIMINGS); i++)
        if (strcmp(TIMINGS[i].name, name) == 0)
            return &TIMINGS[i];
    return NULL;
}
