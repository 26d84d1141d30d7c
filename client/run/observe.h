/* SPDX-License-Identifier: MIT */
/*
 * Looks at everything that can be seen of a world: the AWS listing, the records, who may use what,
 * and the bills.
 */
#ifndef MOCK_KIRO_CLIENT_OBSERVE_H
#define MOCK_KIRO_CLIENT_OBSERVE_H

#include <stdbool.h>
#include <stdint.h>

#include "actions/registry.h"
#include "aws/aws.h"
#include "judge/judge.h"

/* An observation and the memory it lies in. Handles are the registry's. */
struct sightings {
    struct observation seen;
    const char **users;
    const char **profiles;
    struct month *months;
    struct sight *sights;
    struct charge_seen *charges;
    struct bill_seen *bills;
    struct group_sight *groups;
    size_t group_capacity;
    size_t *former_rows;
    struct oddity *oddities; /* texts are owned */
    size_t oddity_capacity;
};

/*
 * Months run from that of `first_s` to the one after now. False: an answer was missing or unusable
 * (aws_problem). Clear `*out` with sightings_clear in both cases.
 */
bool observe(struct aws *aws, const struct registry *registry, int64_t first_s, int64_t now_s,
             struct sightings *out);
void sightings_clear(struct sightings *sightings);

#endif
