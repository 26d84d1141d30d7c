/* SPDX-License-Identifier: MIT */
/*
 * What became of whose seat while a command ran: the seats before and after compared, told to
 * people and as JSON, and held against what was wanted.
 */
#ifndef MOCK_KIRO_CLI_AFTERMATH_H
#define MOCK_KIRO_CLI_AFTERMATH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "base/map.h"
#include "cli/company.h"
#include "cli/wishes.h"
#include "mock_aws.h"

/* Rows of /_mock/subscriptions, found by user and profile. */
struct aftermath_seats {
    struct json *list;
    const struct json **rows;
    struct map by_seat;
};

struct aftermath {
    struct mock_aws *mock;
    const struct company *company;
    struct aftermath_seats before;
    struct json *ended; /* what became of them: rows of /_mock/subscriptions */
    struct json *begun;
    struct json *changed;
    struct json *problems;  /* texts: what was not as wished */
    struct json *notes;     /* texts: what may not be as meant, and fails nothing */
    struct json *refused;   /* requests that were refused, as the journal has them */
    struct json *unoffered; /* how often, by operation: what the mock does not know */
    struct json *unread;    /* requests that held members which nobody reads */
    int64_t calls;
    int64_t stayed;
    char *cost_this_month;
    char *cost_next_month;
};

/* The seats as they are now, before the command. `company` lives as long as the aftermath. */
struct aftermath *aftermath_begin(struct mock_aws *mock, const struct company *company);

/*
 * Compare with what there is now. With `strict`, a fault that was asked for and matched no call
 * is a problem, else a note.
 */
void aftermath_end(struct aftermath *aftermath, const struct wishes *wishes, bool strict);

/* Did everything go as wished? */
bool aftermath_holds(const struct aftermath *aftermath);

/* The name of a row's user: a deleted one has none any more, so the one that he had. */
const char *aftermath_name(const struct json *row);

/* Lines for people, of one kind a few and how many more; and one JSON object. The caller frees. */
char *aftermath_text(const struct aftermath *aftermath);
char *aftermath_json(const struct aftermath *aftermath);

/* For GitHub Actions: a workflow command for each problem, and the table of the summary page. */
char *aftermath_annotations(const struct aftermath *aftermath);
char *aftermath_summary(const struct aftermath *aftermath);

void aftermath_free(struct aftermath *aftermath); /* NULL is fine */

#endif
