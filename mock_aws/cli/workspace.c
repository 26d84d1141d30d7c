/* SPDX-License-Identifier: MIT */
/* Files for a command; see workspace.h. */
#include "cli/workspace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"

enum { SCANNED_BYTES = 256 * 1024 }; /* of a script: what it names further down is not found */

/* Profiles as both files have them. */
struct profiles {
    struct text config;
    struct text credentials;
    struct map seen;
    const char *region;
    const char *account;
};

static const char NAME_ENDS[] = " \t\r\n'\"`;&|()<>$,]}";

static void add_profile(struct profiles *profiles, const char *name, size_t bytes)
{
    char *copy = mem_format("%.*s", (int)bytes, name);
    if (bytes > 0 && map_add(&profiles->seen, copy, 0)) {
        bool plain = strcmp(copy, "default") == 0;
        text_addf(&profiles->config, "[%s%s]\nregion = %s\n", plain ? "" : "profile ", copy,
                  profiles->region);
        text_addf(&profiles->credentials,
                  "[%s]\naws_access_key_id = %s\naws_secret_access_key = mock\n", copy,
                  profiles->account);
    }
    free(copy);
}

static void add_named(struct profiles *profiles, const char *name)
{
    if (name != NULL)
        add_profile(profiles, name, strcspn(name, NAME_ENDS));
}

/* What stands behind `word` and an equals sign or blanks. */
static void add_asked(struct profiles *profiles, const char *text, const char *word)
{
    for (const char *at = text; (at = strstr(at, word)) != NULL;) {
        at += strlen(word);
        size_t between = strspn(at, " \t='\"");
        if (between > 0)
            add_named(profiles, at + between);
    }
}

static void add_all_asked(struct profiles *profiles, const char *text)
{
    static const char *const WORDS[] = {"--profile", "profile_name", "AWS_PROFILE",
                                        "AWS_DEFAULT_PROFILE"};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        add_asked(profiles, text, WORDS[i]);
}

/* The beginning of a file, a text without NUL; NULL: there is none such. */
static char *beginning_of(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *chars = file == NULL ? NULL : mem_new(SCANNED_BYTES + 1);
    size_t bytes = file == NULL ? 0 : fread(chars, 1, SCANNED_BYTES, file);
    if (file != NULL)
        fclose(file);
    if (chars != NULL && memchr(chars, '\0', bytes) == NULL)
        return chars;
    free(chars);
    return NULL;
}

/* "[name]" and "[profile name]" of the file that a variable names, or of the usual one. */
static void add_configured(struct profiles *profiles, const char *variable, const char *usual)
{
    static const char PREFIX[] = "profile ";
    const char *given = getenv(variable);
    const char *home = getenv("HOME");
    char *path =
        given != NULL ? mem_text(given) : mem_format("%s/.aws/%s", home == NULL ? "" : home, usual);
    char *chars = beginning_of(path);
    for (const char *at = chars; at != NULL && *at != '\0'; at += strspn(at, "\r\n")) {
        size_t bytes = strcspn(at, "\r\n");
        if (at[0] == '[') {
            const char *name = at + 1;
            name += strncmp(name, PREFIX, strlen(PREFIX)) == 0 ? strlen(PREFIX) : 0;
            size_t name_bytes = strcspn(name, "]\r\n");
            if (memchr(name, ' ', name_bytes) == NULL)
                add_profile(profiles, name, name_bytes);
        }
        at += bytes;
    }
    free(chars);
    free(path);
}

static void collect(struct profiles *profiles, char **command)
{
    add_named(profiles, "default");
    add_named(profiles, getenv("AWS_PROFILE"));
    add_named(profiles, getenv("AWS_DEFAULT_PROFILE"));
    add_configured(profiles, "AWS_CONFIG_FILE", "config");
    add_configured(profiles, "AWS_SHARED_CREDENTIALS_FILE", "credentials");
    for (char **word = command; *word != NULL; word++) {
        char *script = access(*word, R_OK) == 0 ? beginning_of(*word) : NULL;
        add_all_asked(profiles, *word);
        if (strcmp(*word, "--profile") == 0)
            add_named(profiles, word[1]);
        if (script != NULL)
            add_all_asked(profiles, script);
        free(script);
    }
}

static bool write_file(const char *path, const char *chars)
{
    FILE *file = fopen(path, "w");
    bool good = file != NULL && fputs(chars, file) >= 0;
    return file != NULL && fclose(file) == 0 && good;
}

bool workspace_make(struct workspace *workspace, const struct json *names, const char *region,
                    const char *account, char **command)
{
    const char *base = getenv("TMPDIR");
    struct profiles profiles = {.region = region, .account = account};
    workspace->folder =
        mem_format("%s/mock-aws-XXXXXX", base == NULL || base[0] == '\0' ? "/tmp" : base);
    bool made = mkdtemp(workspace->folder) != NULL;
    workspace->config = mem_format("%s/config", workspace->folder);
    workspace->credentials = mem_format("%s/credentials", workspace->folder);
    workspace->ids = names == NULL ? NULL : mem_format("%s/ids.json", workspace->folder);
    collect(&profiles, command);
    char *printed = names == NULL ? NULL : json_print(names);
    bool good = made && write_file(workspace->config, text_chars(&profiles.config)) &&
                write_file(workspace->credentials, text_chars(&profiles.credentials)) &&
                (names == NULL || write_file(workspace->ids, printed));
    if (!good)
        fprintf(stderr, "mock-aws: %s: cannot be written: %s\n", workspace->folder,
                strerror(errno));
    if (!made) {
        free(workspace->folder);
        workspace->folder = NULL;
    }
    free(printed);
    text_clear(&profiles.config);
    text_clear(&profiles.credentials);
    map_clear(&profiles.seen);
    return good;
}

void workspace_remove(struct workspace *workspace)
{
    char **const paths[] = {&workspace->ids, &workspace->config, &workspace->credentials};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        if (*paths[i] != NULL && workspace->folder != NULL)
            unlink(*paths[i]);
        free(*paths[i]);
    }
    if (workspace->folder != NULL)
        rmdir(workspace->folder);
    free(workspace->folder);
}
