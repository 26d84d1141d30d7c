/* SPDX-License-Identifier: MIT */
/* SCIM filters as AWS takes them: attribute eq "value", joined by and; nothing else (identity-wire 9.6). */
#ifndef MOCK_KIRO_SERVICES_SCIM_FILTER_H
#define MOCK_KIRO_SERVICES_SCIM_FILTER_H

#include <stdbool.h>
#include <stddef.h>

enum scim_attribute_kind { SCIM_BY_NOTHING, SCIM_BY_NAME, SCIM_BY_ID, SCIM_BY_MEMBERSHIP };

struct scim_filter_attribute {
    const char *name; /* compared without case; NULL ends a table */
    enum scim_attribute_kind kind;
};

enum { SCIM_TERMS_MAX = 2, SCIM_VALUE_BYTES = 1024 * 4 + 1 };

struct scim_term {
    const struct scim_filter_attribute *attribute;
    char value[SCIM_VALUE_BYTES];
};

struct scim_filter {
    struct scim_term terms[SCIM_TERMS_MAX];
    size_t count;
};

/* False for anything but one or two terms over the attributes of the table; two terms must be an id and something else. */
bool scim_filter_parse(const char *text, const struct scim_filter_attribute *attributes,
                       struct scim_filter *out_filter);

#endif
