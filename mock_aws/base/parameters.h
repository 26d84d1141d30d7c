/* SPDX-License-Identifier: MIT */
/*
 * The parameters of an edition: what the documents leave open or say otherwise at another date.
 * Their one declaration is parameters.def; the ids of parameters and values come from there.
 */
#ifndef MOCK_KIRO_BASE_PARAMETERS_H
#define MOCK_KIRO_BASE_PARAMETERS_H

#define PARAMETER(id, name, rule, decides, values) id,
enum parameter {
#include "base/parameters.def"
    PARAMETER_COUNT
};
#undef PARAMETER

/* Indexes into the values of a parameter; 0 is always the default of kiro-2026-06. */
#define PARAMETER(id, name, rule, decides, values) enum { values };
#define VALUE(id, name) id,
#define VALUE_IN(id, name, editions) id,
#include "base/parameters.def"
#undef VALUE_IN
#undef VALUE
#undef PARAMETER

struct parameter_facts {
    const char *name;          /* "access_after_cancel" */
    const char *const *values; /* NULL-terminated */
    const char *about;         /* the rule or edge case whose reading it is */
    const char *decides;       /* one sentence */
};

const struct parameter_facts *parameter_facts(enum parameter parameter);
int parameter_find(const char *name);                                  /* -1 if unknown */
int parameter_value_find(enum parameter parameter, const char *value); /* -1 if unknown */

#endif
