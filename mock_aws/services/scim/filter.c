/* SPDX-License-Identifier: MIT */
/* Reads SCIM filters; see filter.h. */
#include "services/scim/filter.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

static const char BLANKS[] = " \t";
static const char NAME_END[] = " \t\"[]()";

/* Past `word` and the blanks behind it, whatever its case; NULL if something else stands there. */
static const char *take_word(const char *at, const char *word)
{
    size_t bytes = strlen(word);
    if (strncasecmp(at, word, bytes) != 0 || strspn(at + bytes, BLANKS) == 0)
        return NULL;
    return at + bytes + strspn(at + bytes, BLANKS);
}

/* A text between quotes, with \" and \\ in it. */
static const char *take_text(const char *at, char out[SCIM_VALUE_BYTES])
{
    size_t bytes = 0;
    for (at++; *at != '"'; at++) {
        if (*at == '\\' && (at[1] == '"' || at[1] == '\\'))
            at++;
        if (*at == '\0' || bytes + 1 == SCIM_VALUE_BYTES)
            return NULL;
        out[bytes++] = *at;
    }
    out[bytes] = '\0';
    return at + 1;
}

static const char *take_value(const char *at, struct scim_comparison *out)
{
    static const char *const WORDS[] = {"true", "false"};
    out->bare = *at != '"';
    if (!out->bare)
        return take_text(at, out->value);
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        size_t bytes = strlen(WORDS[i]);
        if (strcspn(at, NAME_END) == bytes && strncasecmp(at, WORDS[i], bytes) == 0) {
            text_copy(out->value, sizeof out->value, WORDS[i]);
            return at + bytes;
        }
    }
    return NULL;
}

const char *scim_comparison_read(const char *at, struct scim_comparison *out_comparison)
{
    size_t bytes = strcspn(at, NAME_END);
    if (bytes == 0 || bytes >= sizeof out_comparison->name || strspn(at + bytes, BLANKS) == 0)
        return NULL;
    memcpy(out_comparison->name, at, bytes);
    out_comparison->name[bytes] = '\0';
    at += bytes + strspn(at + bytes, BLANKS);
    at = take_word(at, "eq");
    at = at == NULL ? NULL : take_value(at, out_comparison);
    return at == NULL ? NULL : at + strspn(at, BLANKS);
}

static const struct scim_filter_attribute *find(const struct scim_filter_attribute *attributes,
                                                const char *name)
{
    while (attributes->name != NULL && strcasecmp(attributes->name, name) != 0)
        attributes++;
    return attributes->name != NULL ? attributes : NULL;
}

bool scim_filter_parse(const char *text, const struct scim_filter_attribute *attributes,
                       struct scim_filter *out_filter)
{
    struct scim_comparison comparison;
    struct scim_term *terms = out_filter->terms;
    const char *at = text + strspn(text, BLANKS);
    for (out_filter->count = 0; out_filter->count < SCIM_TERMS_MAX;) {
        at = scim_comparison_read(at, &comparison);
        const struct scim_filter_attribute *attribute =
            at == NULL || comparison.bare ? NULL : find(attributes, comparison.name);
        if (attribute == NULL)
            return false;
        struct scim_term *term = &terms[out_filter->count++];
        term->by = attribute->by;
        memcpy(term->value, comparison.value, sizeof term->value);
        if (*at == '\0')
            break;
        at = take_word(at, "and");
        if (at == NULL)
            return false;
    }
    if (out_filter->count == 1)
        return *at == '\0' && terms[0].by != SCIM_BY_MANAGER;
    if (terms[0].by != SCIM_BY_ID) {
        struct scim_term first = terms[0];
        terms[0] = terms[1];
        terms[1] = first;
    }
    return *at == '\0' && terms[0].by == SCIM_BY_ID && terms[1].by >= SCIM_BY_MEMBERSHIP;
}
