/* SPDX-License-Identifier: MIT */
/* Paths with a name in them; see paths.h. */
#include "wire/paths.h"

#include <stddef.h>
#include <string.h>

#include "base/mem.h"

bool path_matches(const char *pattern, const char *path, char **out_name)
{
    size_t before = strcspn(pattern, "*");
    *out_name = NULL;
    if (pattern[before] == '\0')
        return strcmp(pattern, path) == 0;
    if (strncmp(pattern, path, before) != 0)
        return false;
    size_t bytes = strcspn(path + before, "/");
    if (bytes == 0 || strcmp(path + before + bytes, pattern + before + 1) != 0)
        return false;
    *out_name = mem_format("%.*s", (int)bytes, path + before);
    return true;
}

char *path_world(const char *path, const char **out_rest)
{
    size_t before = strlen(WORLD_PREFIX);
    *out_rest = path;
    if (strncmp(path, WORLD_PREFIX, before) != 0)
        return NULL;
    size_t bytes = strcspn(path + before, "/");
    if (bytes == 0)
        return NULL;
    *out_rest = path[before + bytes] == '\0' ? "/" : path + before + bytes;
    return mem_format("%.*s", (int)bytes, path + before);
}
