/* SPDX-License-Identifier: MIT */
/*
 * The editions. Which values each has stands beside the values, in parameters.def; a parameter of
 * which nothing there names an edition has its first value in it.
 *
 * Where an edition is silent the reading is that of its closest dated neighbour: no proration
 * before April 2026, no Pro Max and no cap on overage before June; the automatic triggers fire in
 * all but q-developer, which documents one of them, at level inferred where no text lists them.
 */
#include "base/editions.h"

#include <string.h>

#include "base/parameters.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* A set of them; the default is in none, as it has the first values. */
enum {
    KIRO_2026_06 = 0,
    KIRO_2025_11 = 1 << 0,
    KIRO_2026_02 = 1 << 1,
    KIRO_2026_04 = 1 << 2,
    Q_DEVELOPER = 1 << 3,
    Q_BUSINESS = 1 << 4,
    SCRIPT_MONTH_END = 1 << 5,
};

/* The index of the value that HERE has; one value at most names it (test_vocabulary.c). */
#define PARAMETER(id, name, rule, decides, values) [id] = 0 values,
#define VALUE(id, name)
#define VALUE_IN(id, name, editions) +((HERE & (editions)) != 0 ? id : 0)

#define HERE KIRO_2026_06
static const int KIRO_2026_06_VALUES[PARAMETER_COUNT] = {
#include "base/parameters.def"
};
#undef HERE

#define HERE KIRO_2025_11
static const int KIRO_2025_11_VALUES[PARAMETER_COUNT] = {
#include "base/parameters.def"
};
#undef HERE

#define HERE KIRO_2026_02
static const int KIRO_2026_02_VALUES[PARAMETER_COUNT] = {
#include "base/parameters.def"
};
#undef HERE

#define HERE KIRO_2026_04
static const int KIRO_2026_04_VALUES[PARAMETER_COUNT] = {
#include "base/parameters.def"
};
#undef HERE

#define HERE Q_DEVELOPER
static const int Q_DEVELOPER_VALUES[PARAMETER_COUNT] = {
#include "base/parameters.def"
};
#undef HERE

#define HERE Q_BUSINESS
static const int Q_BUSINESS_VALUES[PARAMETER_COUNT] = {
#include "base/parameters.def"
};
#undef HERE

#define HERE SCRIPT_MONTH_END
static const int SCRIPT_MONTH_END_VALUES[PARAMETER_COUNT] = {
#include "base/parameters.def"
};
#undef HERE

static const struct edition EDITIONS[] = {
    {EDITION_DEFAULT, "S1, S4", KIRO_2026_06_VALUES},
    {"kiro-2025-11", "S3", KIRO_2025_11_VALUES},
    {"kiro-2026-02", "S2", KIRO_2026_02_VALUES},
    {"kiro-2026-04", "S4", KIRO_2026_04_VALUES},
    {"q-developer", "Q1", Q_DEVELOPER_VALUES},
    {"q-business", "Q2", Q_BUSINESS_VALUES},
    {"script-month-end", "P1", SCRIPT_MONTH_END_VALUES},
};

const struct edition *edition_find(const char *name)
{
    for (size_t i = 0; i < LENGTH(EDITIONS); i++)
        if (strcmp(EDITIONS[i].name, name) == 0)
            return &EDITIONS[i];
    return NULL;
}

const struct edition *edition_at(size_t index)
{
    return index < LENGTH(EDITIONS) ? &EDITIONS[index] : NULL;
}
