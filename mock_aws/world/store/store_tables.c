/* SPDX-License-Identifier: MIT */
/* What is done to all tables alike: the digest, the wipe, and the image of the whole store as one SQLite file. */
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/mem.h"
#include "base/text.h"
#include "world/store/store_inside.h"

/* Every column, as an ORDER BY names them: "1, 2, 3". Free the result. */
static char *order_of(sqlite3_stmt *rows)
{
    struct text order = {0};
    for (int i = 1; i <= sqlite3_column_count(rows); i++)
        text_addf(&order, "%s%d", i == 1 ? "" : ", ", i);
    return text_take(&order);
}

/* Table names cannot be bound; these come from our own schema. */
static sqlite3_stmt *prepare_for_table(struct store *store, const char *format, const char *table,
                                       const char *order)
{
    sqlite3_stmt *statement = NULL;
    char *sql = sqlite3_mprintf(format, table, order);
    sqlite3_prepare_v3(store->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
    sqlite3_free(sql);
    return statement;
}

static bool add_table(struct store *store, const char *name)
{
    store->tables =
        mem_grow(store->tables, store->table_count, &store->table_capacity, sizeof *store->tables);
    struct table *table = &store->tables[store->table_count++];
    sqlite3_stmt *unordered = prepare_for_table(store, "SELECT * FROM \"%w\"", name, "");
    char *order = order_of(unordered);
    table->name = mem_text(name);
    table->rows = prepare_for_table(store, "SELECT * FROM \"%w\" ORDER BY %s", name, order);
    table->wipe = prepare_for_table(store, "DELETE FROM \"%w\"", name, "");
    sqlite3_finalize(unordered);
    free(order);
    return table->rows != NULL && table->wipe != NULL;
}

void tables_forget(struct store *store)
{
    for (size_t i = 0; i < store->table_count; i++) {
        sqlite3_finalize(store->tables[i].rows);
        sqlite3_finalize(store->tables[i].wipe);
        free(store->tables[i].name);
    }
    free(store->tables);
    store->tables = NULL;
    store->table_count = store->table_capacity = 0;
}

/* From now on store->tables has all tables, by name. */
static enum fault store_list_tables(struct store *store)
{
    sqlite3_stmt *names = NULL;
    if (store->table_count > 0)
        return FAULT_NONE;
    int result = sqlite3_prepare_v2(
        store->database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", -1,
        &names, NULL);
    bool good = result == SQLITE_OK;
    while (good && sqlite3_step(names) == SQLITE_ROW)
        good = add_table(store, (const char *)sqlite3_column_text(names, 0));
    sqlite3_finalize(names);
    if (good)
        return FAULT_NONE;
    tables_forget(store);
    return store_trouble(store, "list of tables");
}

static enum fault digest_table(struct store *store, const struct table *table, uint64_t *digest)
{
    int result;
    *digest = hash_text(*digest, table->name);
    while ((result = sqlite3_step(table->rows)) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(table->rows); i++) {
            const char *chars = (const char *)sqlite3_column_text(table->rows, i);
            *digest = hash_text(*digest, chars == NULL ? "\x01null" : chars);
        }
    sqlite3_reset(table->rows);
    return result == SQLITE_DONE ? FAULT_NONE : store_trouble(store, table->name);
}

enum fault store_digest(struct store *store, uint64_t *out_digest)
{
    uint64_t digest = HASH_START;
    enum fault fault = store_list_tables(store);
    for (size_t i = 0; fault == FAULT_NONE && i < store->table_count; i++) {
        /* These tell of requests, also of those that changed nothing. */
        if (strcmp(store->tables[i].name, "event") != 0)
            fault = digest_table(store, &store->tables[i], &digest);
    }
    if (fault == FAULT_NONE)
        *out_digest = digest;
    return fault;
}

enum fault store_wipe(struct store *store)
{
    enum fault fault = store_list_tables(store);
    for (size_t i = 0; fault == FAULT_NONE && i < store->table_count; i++) {
        sqlite3_step(store->tables[i].wipe);
        if (sqlite3_reset(store->tables[i].wipe) != SQLITE_OK)
            fault = store_trouble(store, store->tables[i].name);
    }
    return fault;
}

/*
 * Where SQLite's header has: whether the file is written by way of a log (2 bytes), which an image has none of; user_version; and application_id, a
 * number that SQLite leaves to programs. It seals an image: SQLite itself does not notice a change within a row.
 */
enum {
    HEADER_BYTES = 100,
    HEADER_LOG_AT = 18,
    HEADER_VERSION_AT = 60,
    HEADER_SEAL_AT = 68,
    HEADER_NUMBER_BYTES = 4
};

static uint32_t header_number(const unsigned char *image, size_t at)
{
    return (uint32_t)image[at] << 24 | (uint32_t)image[at + 1] << 16 |
           (uint32_t)image[at + 2] << 8 | image[at + 3];
}

/* Of every byte but its own. */
static uint32_t seal_of(const unsigned char *image, size_t bytes)
{
    size_t after = HEADER_SEAL_AT + HEADER_NUMBER_BYTES;
    uint64_t hash = hash_bytes(HASH_START, image, HEADER_SEAL_AT);
    return (uint32_t)hash_bytes(hash, image + after, bytes - after);
}

static void seal(unsigned char *image, size_t bytes)
{
    uint32_t number = seal_of(image, bytes);
    for (size_t i = 0; i < HEADER_NUMBER_BYTES; i++)
        image[HEADER_SEAL_AT + i] = (unsigned char)(number >> (24 - 8 * i));
}

enum fault store_save(struct store *store, size_t most_bytes, char **out_image, size_t *out_bytes)
{
    int64_t pages = 0;
    int64_t page_bytes = 0;
    sqlite3_int64 bytes = 0;
    if (store_pragma(store, "PRAGMA page_count", &pages) != FAULT_NONE ||
        store_pragma(store, "PRAGMA page_size", &page_bytes) != FAULT_NONE)
        return store_trouble(store, "size");
    if (pages * page_bytes > (int64_t)most_bytes)
        return FAULT_QUOTA;
    unsigned char *image = sqlite3_serialize(store->database, "main", &bytes, 0);
    if (image == NULL)
        return store_trouble(store, "serialize");
    image[HEADER_LOG_AT] = image[HEADER_LOG_AT + 1] = 1;
    *out_bytes = (size_t)bytes;
    seal(image, *out_bytes);
    *out_image = mem_new(*out_bytes);
    memcpy(*out_image, image, *out_bytes);
    sqlite3_free(image);
    return FAULT_NONE;
}

/* By its header and its seal, before SQLite looks at it. */
static enum fault image_check_bytes(const char *chars, size_t bytes, struct problem *problem)
{
    static const char MAGIC[] = "SQLite format 3";
    const unsigned char *image = (const unsigned char *)chars;
    if (bytes < HEADER_BYTES || memcmp(image, MAGIC, sizeof MAGIC) != 0)
        return problem_set(problem, FAULT_INVALID, "this is no SQLite file");
    if (header_number(image, HEADER_VERSION_AT) != STORE_SCHEMA)
        return store_refuse_schema("the file", header_number(image, HEADER_VERSION_AT), problem);
    if (header_number(image, HEADER_SEAL_AT) != seal_of(image, bytes))
        return problem_set(problem, FAULT_INVALID,
                           "the file is damaged, or was changed: it is not what was saved as a "
                           "snapshot");
    return FAULT_NONE;
}

/* A database of its own over a copy of the image. */
static enum fault image_open(struct store *image, const char *chars, size_t bytes,
                             struct problem *problem)
{
    int64_t ignored;
    unsigned char *copy = sqlite3_malloc64(bytes);
    if (copy == NULL)
        mem_exhausted();
    memcpy(copy, chars, bytes);
    int result = sqlite3_open_v2(":memory:", &image->database,
                                 SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX, NULL);
    if (result != SQLITE_OK) {
        sqlite3_free(copy);
        return store_trouble(image, "image");
    }
    sqlite3_db_config(image->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(image->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    result = sqlite3_deserialize(image->database, "main", copy, (sqlite3_int64)bytes,
                                 (sqlite3_int64)bytes,
                                 SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
    if (result != SQLITE_OK ||
        store_pragma(image, "SELECT count(*) FROM sqlite_schema", &ignored) != FAULT_NONE)
        return problem_set(problem, FAULT_INVALID, "the file is damaged: no table can be read");
    return FAULT_NONE;
}

/* Every table, index and view as SQL, in order. Free the result. */
static char *schema_text(struct store *store)
{
    struct text schema = {0};
    sqlite3_stmt *rows = NULL;
    int result = sqlite3_prepare_v2(store->database,
                                    "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name",
                                    -1, &rows, NULL);
    while (result == SQLITE_OK && sqlite3_step(rows) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            const char *chars = (const char *)sqlite3_column_text(rows, i);
            text_addf(&schema, "%s\n", chars == NULL ? "" : chars);
        }
    sqlite3_finalize(rows);
    return text_take(&schema);
}

static enum fault image_check(struct store *store, struct store *image, struct problem *problem)
{
    sqlite3_stmt *check = NULL;
    char *ours = schema_text(store);
    char *theirs = schema_text(image);
    bool alike = strcmp(ours, theirs) == 0;
    free(ours);
    free(theirs);
    if (!alike)
        return problem_set(problem, FAULT_INVALID,
                           "the file says that it holds schema %d, but its tables are others",
                           (int)STORE_SCHEMA);
    enum fault fault = FAULT_NONE;
    int result = sqlite3_prepare_v2(image->database, "PRAGMA integrity_check(1)", -1, &check, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_step(check);
    if (result != SQLITE_ROW || strcmp((const char *)sqlite3_column_text(check, 0), "ok") != 0)
        fault =
            problem_set(problem, FAULT_INVALID, "the file is damaged: its tables are not whole");
    sqlite3_finalize(check);
    return fault;
}

/* "INSERT INTO x VALUES (?, ?)", for as many columns as `rows` has. Free the result. */
static char *insertion(const char *table, sqlite3_stmt *rows)
{
    struct text sql = {0};
    text_addf(&sql, "INSERT INTO \"%s\" VALUES (", table);
    for (int i = 0; i < sqlite3_column_count(rows); i++)
        text_add(&sql, i == 0 ? "?" : ", ?");
    text_add(&sql, ")");
    return text_take(&sql);
}

static enum fault copy_table(struct store *store, const char *table, const struct store *image)
{
    sqlite3_stmt *rows = NULL;
    sqlite3_stmt *insert = NULL;
    char *selection = mem_format("SELECT * FROM \"%s\"", table);
    int result = sqlite3_prepare_v2(image->database, selection, -1, &rows, NULL);
    char *sql = insertion(table, rows);
    if (result == SQLITE_OK)
        result = sqlite3_prepare_v2(store->database, sql, -1, &insert, NULL);
    while (result == SQLITE_OK && (result = sqlite3_step(rows)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(rows); i++)
            sqlite3_bind_value(insert, i + 1, sqlite3_column_value(rows, i));
        result = sqlite3_step(insert) == SQLITE_DONE ? sqlite3_reset(insert) : SQLITE_CORRUPT;
    }
    sqlite3_finalize(rows);
    sqlite3_finalize(insert);
    free(selection);
    free(sql);
    return result == SQLITE_DONE ? FAULT_NONE : FAULT_INVALID;
}

enum fault store_restore(struct store *store, const char *image_chars, size_t bytes,
                         struct problem *problem)
{
    struct store image = {0};
    enum fault fault = image_check_bytes(image_chars, bytes, problem);
    if (fault == FAULT_NONE)
        fault = image_open(&image, image_chars, bytes, problem);
    if (fault == FAULT_NONE)
        fault = image_check(store, &image, problem);
    if (fault == FAULT_NONE)
        fault = store_wipe(store);
    for (size_t i = 0; fault == FAULT_NONE && i < store->table_count; i++) {
        fault = copy_table(store, store->tables[i].name, &image);
        if (fault == FAULT_INVALID)
            problem_set(problem, fault, "the file is damaged: its rows cannot be taken");
    }
    sqlite3_close(image.database);
    return fault;
}
