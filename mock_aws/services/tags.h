/* SPDX-License-Identifier: MIT */
/*
 * Tags of whatever a service tags, as records in the thing's scope. Which keys are allowed and how
 * many is the service's own matter.
 */
#ifndef MOCK_KIRO_SERVICES_TAGS_H
#define MOCK_KIRO_SERVICES_TAGS_H

#include "services/calls.h"

/* Where a service keeps its tags, and how it spells them. */
struct tags {
    const char *kind;
    const char *key_name;   /* "Key" */
    const char *value_name; /* "Value" */
};

/*
 * Keep a list of tags, or nothing if it is NULL; a key that is there gets the new value.
 * `out_count`: how many the thing has now.
 */
enum fault tags_put(struct call *call, const struct tags *tags, const char *scope,
                    const struct json *list, size_t *out_count);

/* A key that is not there is no fault. */
enum fault tags_remove(struct call *call, const struct tags *tags, const char *scope,
                       const struct json *keys);

/* Fill a page, in the order in which the keys came. */
enum fault tags_list(struct call *call, const struct tags *tags, const char *scope,
                     struct listing *listing);

#endif
