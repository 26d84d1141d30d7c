/* SPDX-License-Identifier: MIT */
/*
 * The only door to SQLite: opening, transactions, and the table of statements (statements.h), each
 * prepared at its first use and always bound. Never sees JSON or HTTP. A database error that is not
 * a constraint is FAULT_INTERNAL and a log line, never "not found".
 */
#ifndef MOCK_KIRO_WORLD_STORE_H
#define MOCK_KIRO_WORLD_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "world/store/statements.h"

struct store;
struct query;

enum { STORE_SCHEMA = 3 };
#define FOREVER INT64_MAX

/*
 * Open `path` (NULL: memory), making the schema in an empty file. NULL with one line in `problem`:
 * the file cannot be opened, is no database of ours, or has another schema version.
 */
struct store *store_open(const char *path, struct problem *problem);
void store_close(struct store *store); /* NULL is fine */

/*
 * Open a file of ours to read it only. NULL with one line in `problem`: FAULT_CONFLICT if a server
 * holds it, FAULT_INVALID if it is none of ours or has another schema.
 */
struct store *store_open_to_read(const char *path, struct problem *problem);

/* SQLite's own integrity check: `see` hears of what it finds. FAULT_INVALID if that is anything. */
enum fault store_integrity(struct store *store, void (*see)(void *self, const char *line),
                           void *self);

/*
 * Within a transaction the first statement that fails unexpectedly sticks: those after it do
 * nothing and answer FAULT_INTERNAL, queries find no row, and the commit refuses. So whoever runs
 * one statement after the other need not ask each; only what he expects (a conflict, no such row)
 * is his to look at.
 */
enum fault store_begin(struct store *store);
enum fault store_commit(struct store *store); /* on failure the transaction has been rolled back */
void store_rollback(struct store *store);
enum fault store_fault(const struct store *store); /* what sticks; FAULT_NONE if nothing does */
bool store_changed(const struct store *store);     /* has the transaction written anything? */

/*
 * Bind and run. `types` has a letter per parameter: t text (NULL binds null), i int64_t.
 * store_change runs a statement that gives no rows: FAULT_CONFLICT on a unique constraint.
 */
enum fault store_change(struct store *store, enum statement statement, const char *types, ...);
int64_t store_last_row(const struct store *store);
int64_t store_rows_changed(const struct store *store); /* by the latest store_change */

/*
 * Run a statement that gives rows. Texts are valid until the next query_next. A statement cannot be
 * run again before its query_end.
 */
struct query *store_query(struct store *store, enum statement statement, const char *types, ...);
bool query_next(struct query *query);
const char *query_text(struct query *query, int column); /* NULL for null */
int64_t query_integer(struct query *query, int column);  /* 0 for null */
bool query_is_null(struct query *query, int column);
enum fault query_end(struct query *query); /* FAULT_INTERNAL if a step failed */

/*
 * The first row of a query, read by `read` into `out`, and its end. FAULT_NOT_FOUND: it has none.
 */
enum fault query_one(struct query *query, void (*read)(struct query *query, void *out), void *out);

/* Does the query find a row? Ends it. False also once a failure sticks. */
bool query_any(struct query *query);

/* A hash of every row of every table but the trail's, in order: equal worlds, equal digests. */
enum fault store_digest(struct store *store, uint64_t *out_digest);

/* Remove every row of every table. */
enum fault store_wipe(struct store *store);

/*
 * All of it as the bytes of one SQLite file, within the transaction. Free *out_image. FAULT_QUOTA:
 * it has more than `most_bytes`.
 */
enum fault store_save(struct store *store, size_t most_bytes, char **out_image, size_t *out_bytes);

/*
 * Put the rows of such a file in the place of all there are, within the transaction. FAULT_INVALID
 * with one line in `problem`, and perhaps half of it done: no SQLite file, of another schema, or
 * not byte for byte what store_save gave. Of the file only rows are taken, never what it says of
 * tables.
 */
enum fault store_restore(struct store *store, const char *image, size_t bytes,
                         struct problem *problem);

/*
 * The plan of each statement, for the test that refuses a scan of a table that grows: calls `see`
 * per line of EXPLAIN QUERY PLAN.
 */
enum fault store_explain(struct store *store,
                         void (*see)(void *self, const char *name, const char *line), void *self);

#endif
