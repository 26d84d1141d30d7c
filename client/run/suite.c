/* SPDX-License-Identifier: MIT */
/*
 * Walking folders and reading scenarios. Everything is read before anything is played: a wrong file
 * is told at once.
 */
#include "run/suite.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

struct files {
    char **names;
    size_t count;
    size_t capacity;
};

static void add_file(struct files *files, const char *name)
{
    files->names = mem_grow(files->names, files->count, &files->capacity, sizeof *files->names);
    files->names[files->count++] = mem_text(name);
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static void walk(struct files *files, const char *folder, struct text *complaints)
{
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        text_addf(complaints, "%s: %s\n", folder, strerror(errno));
        return;
    }
    struct dirent *entry;
    while ((entry = readdir(directory)) != NULL) {
        const char *name = entry->d_name;
        bool set_aside = strcmp(name, "must_fail") == 0 || strcmp(name, "worlds") == 0;
        char *path = mem_format("%s%s%s", folder, ends_with(folder, "/") ? "" : "/", name);
        if (name[0] != '.' && is_folder(path) && !set_aside)
            walk(files, path, complaints);
        else if (name[0] != '.' && !is_folder(path) && ends_with(name, ".json") &&
                 !ends_with(name, ".schema.json"))
            add_file(files, path);
        free(path);
    }
    closedir(directory);
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void read_all(const struct files *files, struct suite *suite, struct text *complaints)
{
    suite->scenarios = mem_new((files->count + 1) * sizeof *suite->scenarios);
    for (size_t i = 0; i < files->count; i++) {
        struct scenario *scenario = scenario_read(files->names[i], complaints);
        if (scenario != NULL)
            suite->scenarios[suite->count++] = scenario;
    }
}

bool suite_load(const char *const *paths, size_t path_count, struct suite *out_suite,
                struct text *complaints)
{
    static const char *const DEFAULT_PATHS[] = {"scenarios"};
    size_t complained = complaints->bytes;
    struct files files = {0};
    if (path_count == 0) {
        paths = DEFAULT_PATHS;
        path_count = 1;
    }
    for (size_t i = 0; i < path_count; i++) {
        size_t first = files.count;
        if (is_folder(paths[i]))
            walk(&files, paths[i], complaints);
        else
            add_file(&files, paths[i]);
        if (files.count > first)
            qsort(files.names + first, files.count - first, sizeof *files.names, compare_names);
    }
    *out_suite = (struct suite){0};
    read_all(&files, out_suite, complaints);
    for (size_t i = 0; i < files.count; i++)
        free(files.names[i]);
    free(files.names);
    if (complaints->bytes > complained)
        suite_clear(out_suite);
    return complaints->bytes == complained;
}

void suite_clear(struct suite *suite)
{
    for (size_t i = 0; i < suite->count; i++)
        scenario_free(suite->scenarios[i]);
    free(suite->scenarios);
    *suite = (struct suite){0};
}
