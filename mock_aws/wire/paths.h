/* SPDX-License-Identifier: MIT */
/* Paths in which one segment is a name: those of operations, and the base path of a world. */
#ifndef MOCK_KIRO_WIRE_PATHS_H
#define MOCK_KIRO_WIRE_PATHS_H

#include <stdbool.h>

/* What stands before the path in the place of a host of its own. */
#define WORLD_PREFIX "/world/"

/*
 * Is `path` like the pattern, in which "*" (there may be one) stands for a segment that is not
 * empty? That segment is a new text in *out_name, or NULL where the pattern has none or the path is
 * another.
 */
bool path_matches(const char *pattern, const char *path, char **out_name);

/*
 * "/world/NAME/rest": the name, a new text, and where "/rest" begins; "/world/NAME" alone has the
 * rest "/". NULL, and the path as it is: it is none of these.
 */
char *path_world(const char *path, const char **out_rest);

#endif
