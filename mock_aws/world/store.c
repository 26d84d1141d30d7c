/* SPDX-License-Identifier: MIT */
/* Opens the database, keeps one prepared statement per row of statements.h, and turns SQLite's results into faults. */
#include "world/store.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

extern const char SCHEMA_SQL[]; /* schema.sql, embedded by the build */

#define STATEMENT_SQL(name, sql) sql,
static const char *const SQL[] = {STATEMENTS(STATEMENT_SQL)};
#undef STATEMENT_SQL
#define STATEMENT_NAME(name, sql) #name,
static const char *const NAMES[] = {STATEMENTS(STATEMENT_NAME)};
#undef STATEMENT_NAME

struct query {
    struct store *store;
    sqlite3_stmt *statement;
    int result;
    bool open;
};

struct store {
    sqlite3 *database;
    struct query queries[STATEMENT_COUNT];
};

static enum fault store_trouble(const struct store *store, const char *doing)
{
    log_line("database: %s: %s", doing, sqlite3_errmsg(store->database));
    return FAULT_INTERNAL;
}

/* Run SQL that takes nothing and gives nothing. Whoever opens a file says himself what was wrong with it. */
static enum fault store_try(struct store *store, const char *sql)
{
    int result = sqlite3_exec(store->database, sql, NULL, NULL, NULL);
    return result == SQLITE_OK ? FAULT_NONE : FAULT_INTERNAL;
}

static enum fault store_execute(struct store *store, const char *sql)
{
    return store_try(store, sql) == FAULT_NONE ? FAULT_NONE : store_trouble(store, sql);
}

/* The first column of the first row of a statement run once. */
static enum fault store_pragma(struct store *store, const char *sql, int64_t *out_value)
{
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    if (result == SQLITE_ROW)
        *out_value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return result == SQLITE_ROW ? FAULT_NONE : FAULT_INTERNAL;
}

static enum fault store_make_schema(struct store *store)
{
    char version[64];
    sqlite3_snprintf(sizeof version, version, "PRAGMA user_version = %d", (int)STORE_SCHEMA);
    enum fault fault = store_try(store, "BEGIN IMMEDIATE");
    if (fault == FAULT_NONE)
        fault = store_try(store, SCHEMA_SQL);
    if (fault == FAULT_NONE)
        fault = store_try(store, version);
    if (fault == FAULT_NONE)
        fault = store_try(store, "COMMIT");
    return fault;
}

/* Why SQLite cannot work with the file. In use and read-only are how things stand; the rest is the wrong file. */
static enum fault refuse_file(struct store *store, const char *path, struct problem *problem)
{
    static const struct {
        int code;
        enum fault fault;
        const char *wrong;
        const char *right;
    } KNOWN[] = {{SQLITE_BUSY, FAULT_CONFLICT, "in use by another process",
                  "; stop that one or take another file"},
                 {SQLITE_READONLY, FAULT_DENIED, "cannot be written",
                  "; expected a file that may be written, in a folder that may be"},
                 {SQLITE_NOTADB, FAULT_INVALID, "no SQLite database", "; take another file"},
                 {SQLITE_CANTOPEN, FAULT_INVALID, "cannot be opened",
                  "; expected a file that may be written, in a folder that exists"}};
    enum { KNOWN_COUNT = sizeof KNOWN / sizeof KNOWN[0] };
    int code = store->database == NULL ? SQLITE_NOMEM : sqlite3_errcode(store->database);
    size_t at = 0;
    while (at < KNOWN_COUNT && KNOWN[at].code != code)
        at++;
    bool known = at < KNOWN_COUNT;
    return problem_set(problem, known ? KNOWN[at].fault : FAULT_INTERNAL, "%s: %s: %s%s", path,
                       known ? KNOWN[at].wrong : "cannot be used as a database",
                       store->database == NULL ? "out of memory" : sqlite3_errmsg(store->database),
                       known ? KNOWN[at].right : "");
}

/* A file of another schema is refused by name, never guessed at. */
static enum fault refuse_schema(const char *path, int64_t version, struct problem *problem)
{
    return problem_set(
        problem, FAULT_INVALID,
        "%s: holds schema %lld, this program reads schema %d; take another file, or the "
        "version of mock-aws that %s",
        path, (long long)version, (int)STORE_SCHEMA,
        version == 0 ? "made it, if it is one of ours" : "wrote this one");
}

static enum fault store_check_schema(struct store *store, const char *path, struct problem *problem)
{
    int64_t version = 0;
    int64_t tables = 0;
    if (store_pragma(store, "PRAGMA user_version", &version) != FAULT_NONE ||
        store_pragma(store, "SELECT count(*) FROM sqlite_schema", &tables) != FAULT_NONE)
        return refuse_file(store, path, problem);
    if (version == 0 && tables == 0)
        return store_make_schema(store) == FAULT_NONE ? FAULT_NONE
                                                      : refuse_file(store, path, problem);
    return version == STORE_SCHEMA ? FAULT_NONE : refuse_schema(path, version, problem);
}

/* What is beside the world in memory, made anew at every opening (journal.h). */
static const char TEMPORARY_SQL[] =
    "PRAGMA temp_store = MEMORY; CREATE TEMP TABLE journal (row INTEGER PRIMARY KEY, at_s INTEGER "
    "NOT NULL, service TEXT, operation TEXT, method TEXT, path TEXT, host TEXT, account TEXT, "
    "region TEXT, actor TEXT, request_id TEXT, status INTEGER NOT NULL, code TEXT, input TEXT, "
    "answer TEXT, near TEXT, unread TEXT, faulted INTEGER NOT NULL)";

static enum fault store_prepare(struct store *store, const char *path, struct problem *problem)
{
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        struct query *query = &store->queries[i];
        query->store = store;
        if (sqlite3_prepare_v3(store->database, SQL[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &query->statement, NULL) != SQLITE_OK)
            return problem_set(problem, FAULT_INVALID,
                               "%s: holds another schema than this program's (%s: %s); start with "
                               "another file or the matching version",
                               path, NAMES[i], sqlite3_errmsg(store->database));
    }
    return FAULT_NONE;
}

struct store *store_open(const char *path, struct problem *problem)
{
    struct store *store = mem_new(sizeof *store);
    const char *name = path == NULL ? ":memory:" : path;
    enum fault fault = FAULT_NONE;
    if (sqlite3_open_v2(name, &store->database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX,
                        NULL) != SQLITE_OK)
        fault = refuse_file(store, name, problem);
    /* Exclusive: two servers on one file would each believe in their own clock. WAL with NORMAL keeps
     * an acknowledged write over a kill of the process. */
    if (fault == FAULT_NONE)
        fault = store_check_schema(store, name, problem);
    if (fault == FAULT_NONE)
        fault = store_try(store, TEMPORARY_SQL);
    if (fault == FAULT_NONE && path != NULL &&
        store_try(store, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; "
                         "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE; COMMIT") != FAULT_NONE)
        fault = refuse_file(store, name, problem);
    if (fault == FAULT_NONE)
        fault = store_prepare(store, name, problem);
    if (fault == FAULT_NONE)
        return store;
    if (problem->message[0] == '\0')
        problem_set(problem, fault, "%s: cannot be used as a database", name);
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(store->queries[i].statement);
    int result = sqlite3_close(store->database);
    assert(result == SQLITE_OK);
    (void)result;
    free(store);
}

enum fault store_begin(struct store *store)
{
    return store_execute(store, "BEGIN IMMEDIATE");
}

enum fault store_commit(struct store *store)
{
    enum fault fault = store_execute(store, "COMMIT");
    if (fault != FAULT_NONE)
        store_rollback(store);
    return fault;
}

void store_rollback(struct store *store)
{
    /* Some errors (a full disk) have ended the transaction already. */
    if (sqlite3_get_autocommit(store->database) == 0)
        store_execute(store, "ROLLBACK");
}

static void query_bind(struct query *query, const char *types, va_list arguments)
{
    assert(!query->open);
    assert((int)strlen(types) == sqlite3_bind_parameter_count(query->statement));
    query->open = true;
    query->result = SQLITE_OK;
    for (int i = 0; types[i] != '\0' && query->result == SQLITE_OK; i++) {
        assert(types[i] == 't' || types[i] == 'i');
        if (types[i] == 't')
            query->result = sqlite3_bind_text(
                query->statement, i + 1, va_arg(arguments, const char *), -1, SQLITE_TRANSIENT);
        else
            query->result = sqlite3_bind_int64(query->statement, i + 1, va_arg(arguments, int64_t));
    }
}

struct query *store_query(struct store *store, enum statement statement, const char *types, ...)
{
    struct query *query = &store->queries[statement];
    va_list arguments;
    va_start(arguments, types);
    query_bind(query, types, arguments);
    va_end(arguments);
    return query;
}

bool query_next(struct query *query)
{
    assert(query->open);
    if (query->result != SQLITE_OK && query->result != SQLITE_ROW)
        return false;
    query->result = sqlite3_step(query->statement);
    return query->result == SQLITE_ROW;
}

const char *query_text(struct query *query, int column)
{
    return (const char *)sqlite3_column_text(query->statement, column);
}

int64_t query_integer(struct query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

bool query_is_null(struct query *query, int column)
{
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

enum fault query_end(struct query *query)
{
    assert(query->open);
    enum fault fault = FAULT_NONE;
    if (query->result != SQLITE_OK && query->result != SQLITE_ROW && query->result != SQLITE_DONE) {
        int extended = sqlite3_extended_errcode(query->store->database);
        fault = extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY
                    ? FAULT_CONFLICT
                    : store_trouble(query->store, sqlite3_sql(query->statement));
    }
    sqlite3_reset(query->statement);
    sqlite3_clear_bindings(query->statement);
    query->open = false;
    return fault;
}

enum fault store_change(struct store *store, enum statement statement, const char *types, ...)
{
    struct query *query = &store->queries[statement];
    va_list arguments;
    va_start(arguments, types);
    query_bind(query, types, arguments);
    va_end(arguments);
    bool row = query_next(query);
    assert(!row);
    (void)row;
    return query_end(query);
}

int64_t store_last_row(const struct store *store)
{
    return sqlite3_last_insert_rowid(store->database);
}

/* Runs `sql` made from every table's name in turn. */
static enum fault store_each_table(struct store *store,
                                   enum fault (*visit)(struct store *store, const char *table,
                                                       void *self),
                                   void *self)
{
    sqlite3_stmt *tables = NULL;
    enum fault fault = FAULT_NONE;
    if (sqlite3_prepare_v2(store->database,
                           "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", -1,
                           &tables, NULL) != SQLITE_OK)
        return store_trouble(store, "list of tables");
    while (fault == FAULT_NONE && sqlite3_step(tables) == SQLITE_ROW)
        fault = visit(store, (const char *)sqlite3_column_text(tables, 0), self);
    sqlite3_finalize(tables);
    return fault;
}

/* Every column of the table, as an ORDER BY names them: "1, 2, 3". Free the result. */
static char *table_columns(struct store *store, const char *table)
{
    struct text order = {0};
    sqlite3_stmt *rows = NULL;
    char *sql = mem_format("SELECT * FROM \"%s\"", table);
    int result = sqlite3_prepare_v2(store->database, sql, -1, &rows, NULL);
    for (int i = 1; result == SQLITE_OK && i <= sqlite3_column_count(rows); i++)
        text_addf(&order, "%s%d", i == 1 ? "" : ", ", i);
    sqlite3_finalize(rows);
    free(sql);
    return text_take(&order);
}

static enum fault digest_table(struct store *store, const char *table, void *self)
{
    if (strcmp(table, "event") == 0)
        return FAULT_NONE; /* tells of requests, also of those that changed nothing */
    char *order = table_columns(store, table);
    uint64_t *digest = self;
    sqlite3_stmt *rows = NULL;
    /* Table names cannot be bound; this one comes from our own schema. */
    char *sql = mem_format("SELECT * FROM \"%s\" ORDER BY %s", table, order);
    int result = sqlite3_prepare_v2(store->database, sql, -1, &rows, NULL);
    free(sql);
    free(order);
    *digest = hash_text(*digest, table);
    while (result == SQLITE_OK || result == SQLITE_ROW) {
        result = sqlite3_step(rows);
        for (int i = 0; result == SQLITE_ROW && i < sqlite3_column_count(rows); i++) {
            const char *chars = (const char *)sqlite3_column_text(rows, i);
            *digest = hash_text(*digest, chars == NULL ? "\x01null" : chars);
        }
    }
    sqlite3_finalize(rows);
    return result == SQLITE_DONE ? FAULT_NONE : store_trouble(store, table);
}

enum fault store_digest(struct store *store, uint64_t *out_digest)
{
    uint64_t digest = HASH_START;
    enum fault fault = store_each_table(store, digest_table, &digest);
    if (fault == FAULT_NONE)
        *out_digest = digest;
    return fault;
}

static enum fault wipe_table(struct store *store, const char *table, void *self)
{
    (void)self;
    char *sql = mem_format("DELETE FROM \"%s\"", table);
    enum fault fault = store_execute(store, sql);
    free(sql);
    return fault;
}

enum fault store_wipe(struct store *store)
{
    return store_each_table(store, wipe_table, NULL);
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
        return refuse_schema("the file", header_number(image, HEADER_VERSION_AT), problem);
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

static enum fault copy_table(struct store *store, const char *table, void *self)
{
    struct store *image = self;
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
    if (fault == FAULT_NONE) {
        fault = store_each_table(store, copy_table, &image);
        if (fault == FAULT_INVALID)
            problem_set(problem, fault, "the file is damaged: its rows cannot be taken");
    }
    sqlite3_close(image.database);
    return fault;
}

enum fault store_explain(struct store *store,
                         void (*see)(void *self, const char *name, const char *line), void *self)
{
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        char *sql = mem_format("EXPLAIN QUERY PLAN %s", SQL[i]);
        sqlite3_stmt *plan = NULL;
        int result = sqlite3_prepare_v2(store->database, sql, -1, &plan, NULL);
        free(sql);
        if (result != SQLITE_OK)
            return store_trouble(store, NAMES[i]);
        while (sqlite3_step(plan) == SQLITE_ROW)
            see(self, NAMES[i], (const char *)sqlite3_column_text(plan, 3));
        sqlite3_finalize(plan);
    }
    return FAULT_NONE;
}
