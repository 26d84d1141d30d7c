/* SPDX-License-Identifier: MIT */
/*
 * The world document of the contract: a small JSON text that says who and what there is, and what happened since when. Loading plays it
 * through the ordinary verbs in time order, so that "Pro since March" has a history and bills.
 */
#ifndef MOCK_KIRO_WORLD_DOCUMENT_H
#define MOCK_KIRO_WORLD_DOCUMENT_H

#include "base/json.h"
#include "world/world.h"

/*
 * Load `document` into the empty world and move to its start (`default_start_s` if it names none). `*out_names` becomes the answer of
 * PUT /_mock/world: what every name of the document became; free with json_free. FAULT_INVALID for anything the document may
 * not say: the message tells what would be right, problem->path is the JSON pointer below `pointer`. FAULT_CONFLICT if the world is not empty.
 */
enum fault document_load(struct world *world, const struct json *document, const char *pointer,
                         int64_t default_start_s, struct json **out_names);

/* The whole world as a document; seats and bills are shown beside (and ignored when it is loaded again). Free with json_free. */
enum fault document_dump(struct world *world, struct json **out_document);

#endif
