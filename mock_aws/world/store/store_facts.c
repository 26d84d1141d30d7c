/* SPDX-License-Identifier: MIT */
/* Runs the facts; see facts.h. */
#include "world/store/facts.h"

#include <assert.h>
#include <string.h>

#include "world/store/store_inside.h"

static const struct {
    struct fact_facts facts;
    const char *sql;
} TABLE[FACT_COUNT] = {
#define FACT_ROW(id, name, law, sql) {{name, law}, sql},
    FACTS(FACT_ROW)
#undef FACT_ROW
};

const struct fact_facts *fact_facts(enum fact_id fact)
{
    assert(fact < FACT_COUNT);
    return &TABLE[fact].facts;
}

int fact_find(const char *name)
{
    for (int i = 0; i < FACT_COUNT; i++)
        if (strcmp(TABLE[i].facts.name, name) == 0)
            return i;
    return -1;
}

/* Prepared at its first use, and kept. */
static sqlite3_stmt *fact_statement(struct store *store, enum fact_id fact)
{
    if (store->facts[fact] == NULL &&
        sqlite3_prepare_v3(store->database, TABLE[fact].sql, -1, SQLITE_PREPARE_PERSISTENT,
                           &store->facts[fact], NULL) != SQLITE_OK)
        store_trouble(store, TABLE[fact].facts.name);
    return store->facts[fact];
}

/* Rows found, at most `most` of them told; -1 on an error. */
static int fact_check(struct store *store, enum fact_id fact, const int64_t terms[4], int most,
                      void (*see)(void *self, enum fact_id fact, const char *row), void *self)
{
    sqlite3_stmt *statement = fact_statement(store, fact);
    if (statement == NULL)
        return -1;
    int rows = 0;
    int result = SQLITE_OK;
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement) && result == SQLITE_OK; i++)
        result = sqlite3_bind_int64(statement, i, terms[i - 1]);
    while (result == SQLITE_OK && rows < most && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        see(self, fact, (const char *)sqlite3_column_text(statement, 0));
        rows++;
        result = SQLITE_OK;
    }
    if (result != SQLITE_OK && result != SQLITE_DONE) {
        store_trouble(store, TABLE[fact].facts.name);
        rows = -1;
    }
    sqlite3_reset(statement);
    return rows;
}

int facts_check(struct store *store, const struct fact_terms *terms, int most,
                void (*see)(void *self, enum fact_id fact, const char *row), void *self)
{
    const int64_t values[4] = {terms->month_s, terms->now_s, terms->role_counts ? 1 : 0,
                               terms->month_shift_s};
    int broken = 0;
    for (int i = 0; i < FACT_COUNT; i++) {
        if (terms->excused[i])
            continue;
        int rows = fact_check(store, (enum fact_id)i, values, most, see, self);
        if (rows < 0)
            return -1;
        broken += rows > 0;
    }
    return broken;
}

void facts_forget(struct store *store)
{
    for (int i = 0; i < FACT_COUNT; i++) {
        sqlite3_finalize(store->facts[i]);
        store->facts[i] = NULL;
    }
}

bool store_changed(const struct store *store)
{
    return sqlite3_total_changes64(store->database) != store->changes_at_begin;
}
