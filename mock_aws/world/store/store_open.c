/* SPDX-License-Identifier: MIT */
/* Opens and closes the database, and refuses files that are none of ours. */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "world/store/store_inside.h"

extern const char SCHEMA_SQL[]; /* schema.sql, embedded by the build */

/*
 * Run SQL that takes nothing and gives nothing. Whoever opens a file says himself what was wrong
 * with it.
 */
static enum fault store_try(struct store *store, const char *sql)
{
    int result = sqlite3_exec(store->database, sql, NULL, NULL, NULL);
    return result == SQLITE_OK ? FAULT_NONE : FAULT_INTERNAL;
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

/*
 * Why SQLite cannot work with the file. In use and read-only are how things stand; the rest is the
 * wrong file.
 */
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

static enum fault store_check_schema(struct store *store, const char *path, bool *out_made,
                                     struct problem *problem)
{
    int64_t version = 0;
    int64_t tables = 0;
    if (store_pragma(store, "PRAGMA user_version", &version) != FAULT_NONE ||
        store_pragma(store, "SELECT count(*) FROM sqlite_schema", &tables) != FAULT_NONE)
        return refuse_file(store, path, problem);
    *out_made = version == 0 && tables == 0;
    if (*out_made)
        return store_make_schema(store) == FAULT_NONE ? FAULT_NONE
                                                      : refuse_file(store, path, problem);
    return version == STORE_SCHEMA ? FAULT_NONE : store_refuse_schema(path, version, problem);
}

/* What is beside the world in memory, made anew at every opening (journal.h). */
static const char TEMPORARY_SQL[] =
    "PRAGMA temp_store = MEMORY; CREATE TEMP TABLE journal (row INTEGER PRIMARY KEY, at_s INTEGER "
    "NOT NULL, service TEXT, operation TEXT, method TEXT, path TEXT, host TEXT, account TEXT, "
    "region TEXT, actor TEXT, request_id TEXT, status INTEGER NOT NULL, code TEXT, input TEXT, "
    "answer TEXT, near TEXT, unread TEXT, faulted INTEGER NOT NULL)";

/* A file may say that it has our schema and have other tables. */
static enum fault store_check_tables(struct store *store, const char *path, struct problem *problem)
{
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (query_prepare(store, (enum statement)i) != SQLITE_OK)
            return problem_set(problem, FAULT_INVALID,
                               "%s: holds another schema than this program's (%s: %s); start with "
                               "another file or the matching version",
                               path, statement_name((enum statement)i),
                               sqlite3_errmsg(store->database));
    return FAULT_NONE;
}

/*
 * SQLite counts its memory under one lock, on which the stores of a process wait for each other;
 * nobody asks for the sum.
 */
static void count_no_memory(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

struct store *store_open(const char *path, struct problem *problem)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, count_no_memory);
    struct store *store = mem_new(sizeof *store);
    const char *name = path == NULL ? ":memory:" : path;
    bool made = false;
    enum fault fault = FAULT_NONE;
    if (sqlite3_open_v2(name, &store->database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX,
                        NULL) != SQLITE_OK)
        fault = refuse_file(store, name, problem);
    /*
     * Exclusive: two servers on one file would each believe in their own clock. WAL with NORMAL
     * keeps an acknowledged write over a kill of the process.
     */
    if (fault == FAULT_NONE)
        fault = store_check_schema(store, name, &made, problem);
    if (fault == FAULT_NONE)
        fault = store_try(store, TEMPORARY_SQL);
    if (fault == FAULT_NONE && path != NULL &&
        store_try(store, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; "
                         "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE; COMMIT") != FAULT_NONE)
        fault = refuse_file(store, name, problem);
    if (fault == FAULT_NONE && !made)
        fault = store_check_tables(store, name, problem);
    if (fault == FAULT_NONE)
        return store;
    if (problem->message[0] == '\0')
        problem_set(problem, fault, "%s: cannot be used as a database", name);
    store_close(store);
    return NULL;
}

struct store *store_open_to_read(const char *path, struct problem *problem)
{
    struct store *store = mem_new(sizeof *store);
    int64_t version = 0;
    int result = sqlite3_open_v2(path, &store->database, SQLITE_OPEN_READONLY, NULL);
    if (result != SQLITE_OK || store_pragma(store, "PRAGMA user_version", &version) != FAULT_NONE)
        refuse_file(store, path, problem);
    else if (version != STORE_SCHEMA)
        store_refuse_schema(path, version, problem);
    else if (store_try(store, TEMPORARY_SQL) == FAULT_NONE &&
             store_check_tables(store, path, problem) == FAULT_NONE)
        return store;
    store_close(store);
    return NULL;
}

enum fault store_integrity(struct store *store, void (*see)(void *self, const char *line),
                           void *self)
{
    sqlite3_stmt *statement = NULL;
    bool whole = sqlite3_prepare_v2(store->database, "PRAGMA integrity_check(20)", -1, &statement,
                                    NULL) == SQLITE_OK;
    int rows = 0;
    for (; whole && sqlite3_step(statement) == SQLITE_ROW; rows++) {
        const char *line = (const char *)sqlite3_column_text(statement, 0);
        if (strcmp(line, "ok") == 0)
            continue;
        char *told = mem_format("integrity_check (SQLite): %s", line);
        see(self, told);
        free(told);
        whole = false;
    }
    sqlite3_finalize(statement);
    return whole && rows > 0 ? FAULT_NONE : FAULT_INVALID;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(store->queries[i].statement);
    tables_forget(store);
    facts_forget(store);
    int result = sqlite3_close(store->database);
    assert(result == SQLITE_OK);
    (void)result;
    free(store);
}
