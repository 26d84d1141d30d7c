/* SPDX-License-Identifier: MIT */
/*
 * Delays between an event and what it brings. Their one declaration is lags.def. A delay can be
 * overridden like a parameter: by a duration ("12h"), by a window out of which the seed draws one
 * for each event ("1h..24h"), or by LAG_BY_HAND: it lasts until it is released.
 */
#ifndef MOCK_KIRO_BASE_LAGS_H
#define MOCK_KIRO_BASE_LAGS_H

#include <stdint.h>

#define LAG(id, name, documented_s, late) id,
enum lag {
#include "base/lags.def"
    LAG_COUNT
};
#undef LAG

#define LAG_BY_HAND "by-hand"

const char *lag_name(enum lag lag); /* "group_add_lag" */
const char *lag_late(enum lag lag); /* "a new member's seat" */
int lag_find(const char *name);     /* -1 if unknown */

struct timing {
    const char *name;      /* "instant", "documented" */
    const int64_t *lags_s; /* LAG_COUNT of them */
};

const struct timing *timing_find(const char *name); /* NULL if unknown */
#define TIMING_DEFAULT "instant"

#endif
