/* SPDX-License-Identifier: MIT */
/* Reads SCIM filters; see scim_filter.h. */
#include "services/scim_filter.h"

#include <string.h>
#include <strings.h>

static const char BLANKS[] = " \t";

/* Past `word` and the blanks behind it, whatever its case; NULL if something else stands there. */
static const char *take_word(const char *at, const char *word)
{
    size_t bytes = strlen(word);
    if (strncasecmp(at, word, bytes) != 0 || strspn(at + bytes, BLANKS) == 0)
        return NULL;
    return at + bytes + strspn(at + bytes, BLANKS);
}

static const struct scim_filter_attribute *
take_attribute(const char **at, const struct scim_filter_attribute *attributes)
{
    for (; attributes->name != NULL; attributes++) {
        const char *after = take_word(*at, attributes->name);
        if (after != NULL) {
            *at = after;
            return attributes;
        }
    }
    return NULL;
}

/* A text between quotes, with \" and \\ in it. */
static const char *take_value(const char *at, char out[SCIM_VALUE_BYTES])
{
    size_t bytes = 0;
    if (*at++ != '"')
        return NULL;
    for (; *at != '"'; at++) {
        if (*at == '\\' && (at[1] == '"' || at[1] == '\\'))
            at++;
        if (*at == '\0' || bytes + 1 == SCIM_VALUE_BYTES)
            return NULL;
        out[bytes++] = *at;
    }
    out[bytes] = '\0';
    return at + 1;
}

bool scim_filter_parse(const char *text, const struct scim_filter_attribute *attributes,
                       struct scim_filter *out_filter)
{
    const char *at = text + strspn(text, BLANKS);
    out_filter->count = 0;
    while (out_filter->count < SCIM_TERMS_MAX) {
        struct scim_term *term = &out_filter->terms[out_filter->count++];
        term->attribute = take_attribute(&at, attributes);
        at = term->attribute == NULL ? NULL : take_word(at, "eq");
        at = at == NULL ? NULL : take_value(at, term->value);
        if (at == NULL)
            return false;
        at += strspn(at, BLANKS);
        if (*at == '\0')
            break;
        at = take_word(at, "and");
        if (at == NULL)
            return false;
    }
    bool pair = out_filter->count == 2;
    bool ids = pair && ((out_filter->terms[0].attribute->kind == SCIM_BY_ID) !=
                        (out_filter->terms[1].attribute->kind == SCIM_BY_ID));
    return *at == '\0' && (!pair || ids);
}
