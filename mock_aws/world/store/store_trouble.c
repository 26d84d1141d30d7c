/* SPDX-License-Identifier: MIT */
/* What goes wrong with SQLite, said in the log or in words; and a look at one value. */
#include "base/log.h"
#include "world/store/store_inside.h"

enum fault store_trouble(const struct store *store, const char *doing)
{
    log_line("database: %s: %s", doing, sqlite3_errmsg(store->database));
    return FAULT_INTERNAL;
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

enum fault store_refuse_schema(const char *path, int64_t version, struct problem *problem)
{
    return problem_set(
        problem, FAULT_INVALID,
        "%s: holds schema %lld, this program reads schema %d; take another file, or the "
        "version of mock-aws that %s",
        path, (long long)version, (int)STORE_SCHEMA,
        version == 0 ? "made it, if it is one of ours" : "wrote this one");
}
