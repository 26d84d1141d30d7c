/* SPDX-License-Identifier: MIT */
/* Transactions, the prepared statements of statements.h, and what SQLite's results mean. */
#include "world/store/store_inside.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define STATEMENT_SQL(name, sql) sql,
static const char *const SQL[] = {STATEMENTS(STATEMENT_SQL)};
#undef STATEMENT_SQL
#define STATEMENT_NAME(name, sql) #name,
static const char *const NAMES[] = {STATEMENTS(STATEMENT_NAME)};
#undef STATEMENT_NAME

const char *statement_name(enum statement statement)
{
    return NAMES[statement];
}

int query_prepare(struct store *store, enum statement statement)
{
    struct query *query = &store->queries[statement];
    query->store = store;
    return sqlite3_prepare_v3(store->database, SQL[statement], -1, SQLITE_PREPARE_PERSISTENT,
                              &query->statement, NULL);
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

/*
 * Prepared at its first use: one world needs few of them, and its opening does not wait for the
 * rest.
 */
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

int64_t store_rows_changed(const struct store *store)
{
    return sqlite3_changes64(store->database);
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
