/* SPDX-License-Identifier: MIT */
/* Credentials files; see credentials.h. */
#include "cli/credentials.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct keys {
    char *key;
    char *secret;
};

/* The value of `name = value`; NULL if the line says something else. */
static char *value_of(const char *line, size_t bytes, const char *name)
{
    static const char BLANKS[] = " \t\r";
    size_t name_bytes = strlen(name);
    size_t at = strspn(line, BLANKS);
    if (at + name_bytes >= bytes || strncmp(line + at, name, name_bytes) != 0)
        return NULL;
    at += name_bytes;
    at += strspn(line + at, BLANKS);
    if (at >= bytes || line[at] != '=')
        return NULL;
    at++;
    at += strspn(line + at, BLANKS);
    while (bytes > at && strchr(BLANKS, line[bytes - 1]) != NULL)
        bytes--;
    return mem_format("%.*s", (int)(bytes - at), line + at);
}

/* With both, a credential; false if there are too many. */
static bool keep(struct keys *keys, struct option_names *names)
{
    bool room = names->count < OPTION_NAMES_MAX;
    if (keys->key != NULL && keys->secret != NULL && room)
        names->names[names->count++] = mem_format("%s:%s", keys->key, keys->secret);
    bool kept = room || keys->key == NULL;
    free(keys->key);
    free(keys->secret);
    *keys = (struct keys){NULL, NULL};
    return kept;
}

int credentials_read(const char *path, struct option_names *names)
{
    size_t file_bytes = 0;
    size_t before = names->count;
    struct keys keys = {NULL, NULL};
    bool kept = true;
    char *chars = file_read(path, &file_bytes);
    if (chars == NULL)
        return EXIT_USAGE;
    for (const char *at = chars; *at != '\0' && kept;) {
        size_t bytes = strcspn(at, "\n");
        if (at[0] == '[')
            kept = keep(&keys, names);
        char *key = value_of(at, bytes, "aws_access_key_id");
        char *secret = value_of(at, bytes, "aws_secret_access_key");
        if (key != NULL) {
            free(keys.key);
            keys.key = key;
        }
        if (secret != NULL) {
            free(keys.secret);
            keys.secret = secret;
        }
        at += bytes;
        at += *at == '\n' ? 1 : 0;
    }
    kept = keep(&keys, names) && kept;
    free(chars);
    if (kept && names->count > before)
        return 0;
    fprintf(stderr, "mock-aws: %s: %s\n", path,
            kept ? "holds no credential; expected aws_access_key_id and aws_secret_access_key"
                 : "holds more credentials than there is room for");
    return EXIT_USAGE;
}
