/* SPDX-License-Identifier: MIT */
/*
 * What became of whose seat while a command ran: the seats before and after compared, told to
 * people and as JSON, and held against what was wanted.
 */
#ifndef MOCK_KIRO_CLI_AFTERMATH_H
#define MOCK_KIRO_CLI_AFTERMATH_H

#include <stdbool.h>

#include "mock_aws.h"

struct aftermath;

struct wishes {
    /*
     * the text of a file with a user's name a line whose seats should end, "#" begins a remark;
     * NULL: none
     */
    const char *expected;
    const char *const *protect; /* NULL-terminated: these lose nothing */
    long max_ended;             /* -1: any number */
};

/*
 * The first name that the wishes speak of and that nobody has in `names`, which is as of
 * mock_aws_load; NULL: none. The caller frees it. A wish for nobody holds whatever happens.
 */
char *wishes_unknown(const struct wishes *wishes, const char *names);

/* The seats as they are now, before the command. */
struct aftermath *aftermath_begin(struct mock_aws *mock);

/* Compare with what there is now. */
void aftermath_end(struct aftermath *aftermath, const struct wishes *wishes);

/* Did everything go as wished? */
bool aftermath_holds(const struct aftermath *aftermath);

/* Lines for people, and one JSON object; the caller frees. */
char *aftermath_text(const struct aftermath *aftermath);
char *aftermath_json(const struct aftermath *aftermath);

void aftermath_free(struct aftermath *aftermath); /* NULL is fine */

#endif
