/* SPDX-License-Identifier: MIT */
/*
 * Pages of listings: which kinds a file holds, and where something stands that is complained about.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/import.h"

enum { LINES_MAX = 20 }; /* complaints that are printed one by one, of each sort */

static const struct {
    const char *member;
    const char *source;
} KINDS[IMPORT_KIND_COUNT] = {
    [IMPORT_USERS] = {"Users", "aws identitystore list-users"},
    [IMPORT_GROUPS] = {"Groups", "aws identitystore list-groups"},
    [IMPORT_MEMBERSHIPS] = {"GroupMemberships", "aws identitystore list-group-memberships"},
    [IMPORT_SUBSCRIPTIONS] = {"subscriptions", "ListUserSubscriptions"},
    [IMPORT_CLAIMS] = {"claims", "ListApplicationClaims"},
    [IMPORT_INSTANCES] = {"Instances", "aws sso-admin list-instances"}};

const char *import_member(enum import_kind kind)
{
    return KINDS[kind].member;
}

static void complain(const struct import *import, const struct import_item *item,
                     const char *pointer, const char *prefix, const char *format, va_list arguments)
{
    char message[1024];
    text_vprint(message, sizeof message, format, arguments);
    if (item == NULL) {
        fprintf(stderr, "mock-aws: import: %s%s\n", prefix, message);
        return;
    }
    const struct import_file *file = &import->files[item->file];
    char *whole = mem_format("/%s/%zu%s", KINDS[item->kind].member, item->index, pointer);
    struct json_position position = json_position(file->document, whole);
    fprintf(stderr, "%s:%u:%u: %s%s\n", file->path, position.line, position.column, prefix,
            message);
    free(whole);
}

void import_error(struct import *import, const struct import_item *item, const char *pointer,
                  const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (import->errors++ < LINES_MAX)
        complain(import, item, pointer, "", format, arguments);
    va_end(arguments);
}

void import_warning(struct import *import, const struct import_item *item, const char *pointer,
                    const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (import->warnings++ < LINES_MAX)
        complain(import, item, pointer, "warning: ", format, arguments);
    va_end(arguments);
}

static bool is_open(const struct json *page)
{
    const char *token = json_member_text(page, "NextToken");
    if (token == NULL)
        token = json_member_text(page, "nextToken");
    return token != NULL && token[0] != '\0';
}

static int read_listing(struct import *import, size_t file, enum import_kind kind,
                        const struct json *page)
{
    struct import_items *listing = &import->listings[kind];
    const struct json *list = json_member(page, KINDS[kind].member);
    size_t index = 0;
    listing->pages++;
    listing->open_pages += is_open(page) ? 1 : 0;
    for (const struct json *value = json_first(list); value != NULL;
         value = json_next(value), index++) {
        listing->items =
            mem_grow(listing->items, listing->count, &listing->capacity, sizeof *listing->items);
        struct import_item *item = &listing->items[listing->count++];
        *item = (struct import_item){.value = value, .file = file, .kind = kind, .index = index};
        if (json_kind(value) != JSON_OBJECT)
            import_error(import, item, "", "expected an object, as %s prints it",
                         KINDS[kind].source);
    }
    return json_kind(list) == JSON_ARRAY ? 0 : EXIT_USAGE;
}

static int refuse_file(const char *path, struct json_position at, const char *wrong,
                       enum import_kind only)
{
    fprintf(stderr, "%s:%u:%u: %s; expected", path, at.line, at.column, wrong);
    for (int kind = 0; kind < IMPORT_KIND_COUNT; kind++)
        if (only == IMPORT_KIND_COUNT || (int)only == kind)
            fprintf(stderr, "%s %s (%s)", kind > 0 && only != (enum import_kind)kind ? "," : "",
                    KINDS[kind].member, KINDS[kind].source);
    fputc('\n', stderr);
    return EXIT_USAGE;
}

int import_read(struct import *import, const char *path, enum import_kind only)
{
    struct json_error error;
    size_t bytes = 0;
    char *chars = file_read(path, &bytes);
    if (chars == NULL)
        return EXIT_USAGE;
    char *page_of_csv = import_csv_page(chars);
    if (page_of_csv != NULL) {
        free(chars);
        chars = page_of_csv;
        bytes = strlen(chars);
    }
    struct json_document *document = json_parse(chars, bytes, JSON_STRICT, &error);
    free(chars);
    if (document == NULL) {
        fprintf(stderr, "%s:%u:%u: %s\n", path, error.position.line, error.position.column,
                error.message);
        return EXIT_USAGE;
    }
    import->files =
        mem_grow(import->files, import->file_count, &import->file_capacity, sizeof *import->files);
    size_t file = import->file_count++;
    import->files[file] = (struct import_file){path, document};
    const struct json *page = json_document_root(document);
    size_t found = 0;
    for (int kind = 0; kind < IMPORT_KIND_COUNT; kind++) {
        if ((only != IMPORT_KIND_COUNT && (int)only != kind) ||
            json_member(page, KINDS[kind].member) == NULL)
            continue;
        found++;
        if (read_listing(import, file, (enum import_kind)kind, page) != 0) {
            char pointer[64];
            snprintf(pointer, sizeof pointer, "/%s", KINDS[kind].member);
            return refuse_file(path, json_position(document, pointer), "not a list",
                               (enum import_kind)kind);
        }
    }
    return found > 0 ? 0 : refuse_file(path, json_position(document, ""), "no known listing", only);
}

void import_check_pages(struct import *import)
{
    for (int kind = 0; kind < IMPORT_KIND_COUNT; kind++) {
        const struct import_items *listing = &import->listings[kind];
        if (listing->pages > 0 && listing->open_pages == listing->pages)
            import_warning(import, NULL, "",
                           "%s: every page has a NextToken: the last page is missing",
                           KINDS[kind].member);
    }
}

void import_clear(struct import *import)
{
    for (size_t i = 0; i < import->file_count; i++)
        json_document_free(import->files[i].document);
    for (int kind = 0; kind < IMPORT_KIND_COUNT; kind++)
        free(import->listings[kind].items);
    for (size_t i = 0; i < import->person_count; i++) {
        free(import->people[i].handle);
        free(import->people[i].user_name);
    }
    for (size_t i = 0; i < import->group_count; i++) {
        free(import->groups[i].handle);
        free(import->groups[i].display_name);
    }
    free(import->files);
    free(import->people);
    free(import->groups);
    free(import->memberships);
    map_clear(&import->people_by_id);
    map_clear(&import->people_by_name);
    map_clear(&import->groups_by_id);
    map_clear(&import->groups_by_name);
}
