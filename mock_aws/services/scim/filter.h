/* SPDX-License-Identifier: MIT */
/*
 * SCIM filters as AWS takes them: attribute eq "value", joined by and; nothing else (identity-wire
 * 9.6).
 */
#ifndef MOCK_KIRO_SERVICES_SCIM_FILTER_H
#define MOCK_KIRO_SERVICES_SCIM_FILTER_H

#include <stdbool.h>
#include <stddef.h>

enum scim_by { SCIM_BY_NAME, SCIM_BY_EXTERNAL_ID, SCIM_BY_ID, SCIM_BY_MEMBERSHIP, SCIM_BY_MANAGER };

struct scim_filter_attribute {
    const char *name; /* compared without case; NULL ends a table */
    enum scim_by by;
};

enum { SCIM_TERMS_MAX = 2, SCIM_NAME_BYTES = 64, SCIM_VALUE_BYTES = 1024 * 4 + 1 };

/* `name eq "value"`; `bare`: a true or false without quotes. */
struct scim_comparison {
    char name[SCIM_NAME_BYTES];
    char value[SCIM_VALUE_BYTES];
    bool bare;
};

/* Behind the comparison at `at` and the blanks after it; NULL if none stands there. */
const char *scim_comparison_read(const char *at, struct scim_comparison *out_comparison);

struct scim_term {
    enum scim_by by;
    char value[SCIM_VALUE_BYTES];
};

struct scim_filter {
    struct scim_term terms[SCIM_TERMS_MAX]; /* of two, the id comes first */
    size_t count;
};

/*
 * False for anything but one term over the attributes of the table (not the manager's alone), or an
 * id together with a membership or a manager, either first.
 */
bool scim_filter_parse(const char *text, const struct scim_filter_attribute *attributes,
                       struct scim_filter *out_filter);

#endif
