/* SPDX-License-Identifier: MIT */
/*
 * A mock inside this program, for when no endpoint is given. The only file of the client that knows
 * the server is embed.c.
 */
#ifndef MOCK_KIRO_CLIENT_EMBED_H
#define MOCK_KIRO_CLIENT_EMBED_H

#include <stddef.h>

struct embed;

enum { EMBED_TEXT_BYTES = 256 };

/*
 * A world in memory on a free port; every answer is held against its declared shape. NULL on
 * failure: `problem` has one line.
 */
struct embed *embed_start(char endpoint[EMBED_TEXT_BYTES], char problem[EMBED_TEXT_BYTES]);
void embed_stop(struct embed *embed); /* NULL is fine */

#endif
