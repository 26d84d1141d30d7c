/* SPDX-License-Identifier: MIT */
/* Takes a SCIM path apart; see scim_path.h. */
#include "wire/scim_path.h"

#include <stdlib.h>
#include <string.h>

enum { PARTS_MAX = 8 };

struct part {
    const char *chars;
    size_t bytes;
};

/* The parts between slashes, empty ones left out. */
static size_t split(const char *path, struct part *parts)
{
    size_t count = 0;
    while (count < PARTS_MAX) {
        path += strspn(path, "/");
        size_t bytes = strcspn(path, "/");
        if (bytes == 0)
            break;
        parts[count++] = (struct part){path, bytes};
        path += bytes;
    }
    return count;
}

static bool is(const struct part *part, const char *word)
{
    return part->bytes == strlen(word) && strncmp(part->chars, word, part->bytes) == 0;
}

/* With %41 decoded: a schema's name has colons, and clients escape them. */
static bool copy(const struct part *part, char *to, size_t to_bytes)
{
    size_t bytes = 0;
    for (size_t i = 0; i < part->bytes; i++) {
        char byte = part->chars[i];
        if (byte == '%') {
            char hex[3] = "";
            if (part->bytes - i < 3 || strspn(part->chars + i + 1, "0123456789abcdefABCDEF") < 2)
                return false;
            memcpy(hex, part->chars + i + 1, 2);
            byte = (char)strtoul(hex, NULL, 16);
            i += 2;
        }
        if (byte < ' ' || byte > '~' || bytes + 1 == to_bytes)
            return false;
        to[bytes++] = byte;
    }
    to[bytes] = '\0';
    return true;
}

static bool copy_region(struct part part, char *to, size_t to_bytes)
{
    static const char HOST[] = "scim.";
    if (part.bytes > sizeof HOST - 1 && strncmp(part.chars, HOST, sizeof HOST - 1) == 0) {
        const char *dot = memchr(part.chars + sizeof HOST - 1, '.', part.bytes - sizeof HOST + 1);
        part.chars += sizeof HOST - 1;
        part.bytes = dot == NULL ? part.bytes - sizeof HOST + 1 : (size_t)(dot - part.chars);
    }
    return copy(&part, to, to_bytes);
}

bool scim_path_read(const char *path, struct scim_path *out_path)
{
    struct part parts[PARTS_MAX];
    size_t count = split(path, parts);
    size_t scim = 0;
    *out_path = (struct scim_path){.tenant = ""};
    while (scim + 1 < count && !(is(&parts[scim], "scim") && is(&parts[scim + 1], "v2")))
        scim++;
    if (scim + 1 >= count)
        return false;
    size_t rest = count - scim - 2;
    bool whole = rest >= 1 && rest <= 2 && scim >= 1 && scim <= 2;
    if (whole && scim == 2)
        whole = copy_region(parts[0], out_path->region, sizeof out_path->region);
    whole = whole && copy(&parts[scim - 1], out_path->tenant, sizeof out_path->tenant);
    whole = whole && copy(&parts[scim + 2], out_path->resource, sizeof out_path->resource - 2);
    if (whole && rest == 2) {
        whole = copy(&parts[scim + 3], out_path->id, sizeof out_path->id);
        size_t end = strlen(out_path->resource);
        memcpy(out_path->resource + end, "/*", 3);
    }
    if (!whole)
        out_path->resource[0] = '\0';
    return true;
}
