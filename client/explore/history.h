/* SPDX-License-Identifier: MIT */
/* Histories drawn by chance: a world, and what happens in it, as the text of a scenario. */
#ifndef MOCK_KIRO_CLIENT_HISTORY_H
#define MOCK_KIRO_CLIENT_HISTORY_H

#include "base/json.h"
#include "explore/random.h"

/* What is in force in it. */
struct history_terms {
    const char *edition;
    const char *timing;
    const struct json *override; /* parameters and delays, or NULL */
};

/* Gives: the history of that number under the seed, as the document of a scenario; the caller's. */
struct json *history_draw(uint64_t seed, uint64_t number, const struct history_terms *terms);

#endif
