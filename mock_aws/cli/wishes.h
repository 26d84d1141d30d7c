/* SPDX-License-Identifier: MIT */
/* What the caller of exec wants of the seats: who loses them, who keeps them, how many may end. */
#ifndef MOCK_KIRO_CLI_WISHES_H
#define MOCK_KIRO_CLI_WISHES_H

#include <stdbool.h>

#include "base/map.h"
#include "cli/company.h"

struct wishes {
    bool expects;         /* a list of leavers was given, be it empty */
    struct json *leavers; /* ids by the name that was written; NULL: none */
    struct map expected;  /* ids of users whose seats should end */
    struct map protects;  /* ids of users who may lose nothing */
    long max_ended;       /* -1: any number */
};

/*
 * `expected` is the text of a file with a name a line, "#" begins a remark, NULL: none; `protect`
 * is NULL-terminated. 0, or EXIT_USAGE with a line on stderr: a wish for nobody holds whatever
 * happens. Whatever it is, wishes_clear.
 */
int wishes_read(struct wishes *wishes, const struct company *company, const char *expected,
                const char *const *protect);

void wishes_clear(struct wishes *wishes);

#endif
