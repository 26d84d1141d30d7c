/* SPDX-License-Identifier: MIT */
/* The worlds in which histories begin: accounts, directories, people, and what they had before. */
#ifndef MOCK_KIRO_CLIENT_WORLD_DRAW_H
#define MOCK_KIRO_CLIENT_WORLD_DRAW_H

#include "base/json.h"
#include "explore/random.h"

/* Gives: a world document; the caller's. `pro_max`: there is that plan. */
struct json *world_draw(struct random *random, bool pro_max);

#endif
