/* SPDX-License-Identifier: MIT */
/* Opens the database, keeps the prepared statements of statements.h, and turns SQLite's results into faults. */
#include "world/store/store_inside.h"

#include <assert.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

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

enum fault store_trouble(const struct store *store, const char *doing)
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

enum fault store_pragma(struct store *store, const char *sql, int64_t *out_value)
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

enum fault store_refuse_schema(const char *path, int64_t version, struct problem *problem)
{
    return problem_set(
        problem, FAULT_INVALID,
        "%s: holds schema %lld, this program reads schema %d; take another file, or the "
        "version of mock-aws that %s",
        path, (long long)version, (int)STORE_SCHEMA,
        version == 0 ? "made it, if it is one of ours" : "wrote this one");
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

static int query_prepare(struct store *store, enum statement statement)
{
    struct query *query = &store->queries[statement];
    query->store = store;
    return sqlite3_prepare_v3(store->database, SQL[statement], -1, SQLITE_PREPARE_PERSISTENT,
                              &query->statement, NULL);
}

/* A file may say that it has our schema and have other tables. */
static enum fault store_check_tables(struct store *store, const char *path, struct problem *problem)
{
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (query_prepare(store, (enum statement)i) != SQLITE_OK)
            return problem_set(problem, FAULT_INVALID,
                               "%s: holds another schema than this program's (%s: %s); start with "
                               "another file or the matching version",
                               path, NAMES[i], sqlite3_errmsg(store->database));
    return FAULT_NONE;
}

/* SQLite counts its memory under one lock, on which the stores of a process wait for each other; nobody asks for the sum. */
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
    /* Exclusive: two servers on one file would each believe in their own clock. WAL with NORMAL keeps
     * an acknowledged write over a kill of the process. */
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
    if (result != SQLITE_OK ||
        store_pragma(store, "PRAGMA user_version", &version) != FAULT_NONE)
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

enum fault store_begin(struct store *store)
{
    assert(!store->in_transaction);
    enum fault fault = store_change(store, SQL_BEGIN, "");
    store->in_transaction = fault == FAULT_NONE;
    store->changes_at_begin = sqlite3_total_changes64(store->database);
    return fault;
}

enum fault store_fault(const struct store *store)
{
    return store->failed;
}

enum fault store_commit(struct store *store)
{
    enum fault fault = store_change(store, SQL_COMMIT, "");
    if (fault != FAULT_NONE)
        store_rollback(store);
    store->in_transaction = false;
    return fault;
}

void store_rollback(struct store *store)
{
    store->in_transaction = false;
    store->failed = FAULT_NONE;
    /* Some errors (a full disk) have ended the transaction already. */
    if (sqlite3_get_autocommit(store->database) == 0)
        store_change(store, SQL_ROLLBACK, "");
}

/* Prepared at its first use: one world needs few of them, and its opening does not wait for the rest. */
static struct query *query_of(struct store *store, enum statement statement)
{
    struct query *query = &store->queries[statement];
    int result = query->statement == NULL ? query_prepare(store, statement) : SQLITE_OK;
    assert(result == SQLITE_OK); /* it fits our schema, and a file that has it */
    (void)result;
    return query;
}

static void query_bind(struct query *query, const char *types, va_list arguments)
{
    assert(!query->open);
    assert((int)strlen(types) == sqlite3_bind_parameter_count(query->statement));
    query->open = true;
    query->result = query->store->failed == FAULT_NONE ? SQLITE_OK : SQLITE_ABORT;
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
    struct query *query = query_of(store, statement);
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
    enum fault fault = query->store->failed;
    if (fault == FAULT_NONE && query->result != SQLITE_OK && query->result != SQLITE_ROW &&
        query->result != SQLITE_DONE) {
        int extended = sqlite3_extended_errcode(query->store->database);
        fault = extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY
                    ? FAULT_CONFLICT
                    : store_trouble(query->store, sqlite3_sql(query->statement));
        if (fault == FAULT_INTERNAL && query->store->in_transaction)
            query->store->failed = fault;
    }
    sqlite3_reset(query->statement);
    sqlite3_clear_bindings(query->statement);
    query->open = false;
    return fault;
}

enum fault query_one(struct query *query, void (*read)(struct query *query, void *out), void *out)
{
    bool found = query_next(query);
    if (found)
        read(query, out);
    enum fault fault = query_end(query);
    return fault == FAULT_NONE && !found ? FAULT_NOT_FOUND : fault;
}

bool query_any(struct query *query)
{
    bool found = query_next(query);
    return query_end(query) == FAULT_NONE && found;
}

enum fault store_change(struct store *store, enum statement statement, const char *types, ...)
{
    struct query *query = query_of(store, statement);
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
