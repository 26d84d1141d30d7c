/* SPDX-License-Identifier: MIT */
/*
 * Every statement of the world: X(NAME, "SQL"), by noun in files of their own. Prepared by store.c
 * when first asked for, always bound.
 */
#ifndef MOCK_KIRO_WORLD_STORE_STATEMENTS_H
#define MOCK_KIRO_WORLD_STORE_STATEMENTS_H

#include "world/store/statements_directory.h"
#include "world/store/statements_place.h"
#include "world/store/statements_seats.h"
#include "world/store/statements_traces.h"

#define STATEMENTS(X)                                                                              \
    STATEMENTS_PLACE(X) STATEMENTS_DIRECTORY(X) STATEMENTS_SEATS(X) STATEMENTS_TRACES(X)

#define STATEMENT_ENUM(name, sql) SQL_##name,
enum statement { STATEMENTS(STATEMENT_ENUM) STATEMENT_COUNT };
#undef STATEMENT_ENUM

#endif
