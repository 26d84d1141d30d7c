/* SPDX-License-Identifier: MIT */
/* The rows of parameters.def as a table. */
#include "base/parameters.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#define PARAMETER(id, name, rule, decides, values)                                                 \
    [id] = {name, (const char *const[]){values NULL}, rule, decides},
#define VALUE(id, name) name,
#define VALUE_IN(id, name, editions) name,
static const struct parameter_facts PARAMETERS[PARAMETER_COUNT] = {
#include "base/parameters.def"
};
#undef VALUE_IN
#undef VALUE
#undef PARAMETER

const struct parameter_facts *parameter_facts(enum parameter parameter)
{
    assert(parameter < PARAMETER_COUNT);
    return &PARAMETERS[parameter];
}

int parameter_find(const char *name)
{
    for (int i = 0; i < PARAMETER_COUNT; i++)
        if (strcmp(PARAMETERS[i].name, name) == 0)
            return i;
    return -1;
}

int parameter_value_find(enum parameter parameter, const char *value)
{
    const char *const *values = parameter_facts(parameter)->values;
    for (int i = 0; values[i] != NULL; i++)
        if (strcmp(values[i], value) == 0)
            return i;
    return -1;
}
