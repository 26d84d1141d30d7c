/* SPDX-License-Identifier: MIT */
/* What store.c and store_tables.c know of one another; nobody else includes it. */
#ifndef MOCK_KIRO_WORLD_STORE_INSIDE_H
#define MOCK_KIRO_WORLD_STORE_INSIDE_H

#include <sqlite3.h>

#include "world/store/facts.h"

struct query {
    struct store *store;
    sqlite3_stmt *statement; /* NULL: not asked for yet */
    int result;
    bool open;
};

/* What is done to a table as a whole. */
struct table {
    char *name;
    sqlite3_stmt *rows; /* every one, ordered by all columns */
    sqlite3_stmt *wipe;
};

struct store {
    sqlite3 *database;
    struct query queries[STATEMENT_COUNT];
    bool in_transaction;
    enum fault failed;    /* the first statement of the transaction that failed unexpectedly */
    sqlite3_stmt *facts[FACT_COUNT]; /* NULL: not asked for yet */
    sqlite3_int64 changes_at_begin;  /* of the transaction */
    struct table *tables; /* by name; none: not asked for yet */
    size_t table_count;
    size_t table_capacity;
};

/* FAULT_INTERNAL, after a line in the log. */
enum fault store_trouble(const struct store *store, const char *doing);

/* The first column of the first row of a statement run once. */
enum fault store_pragma(struct store *store, const char *sql, int64_t *out_value);

/* A file of another schema is refused by name, never guessed at. */
enum fault store_refuse_schema(const char *path, int64_t version, struct problem *problem);

void tables_forget(struct store *store);
void facts_forget(struct store *store);

#endif
