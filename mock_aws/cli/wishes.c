/* SPDX-License-Identifier: MIT */
/* Names become people before anything runs; see wishes.h. */
#include "cli/wishes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/nearest.h"
#include "cli/options.h"

/*
 * The name on the line at `*at`, whose length goes to `out_bytes`; NULL at the end. Lines without
 * one are passed over.
 */
static const char *next_name(const char **at, size_t *out_bytes)
{
    while (**at != '\0') {
        const char *line = *at;
        size_t blanks = strspn(line, " \t");
        size_t bytes = strcspn(line, "\r\n");
        *out_bytes = strcspn(line + blanks, " \t#\r\n");
        *at += bytes + strspn(line + bytes, "\r\n");
        if (*out_bytes > 0)
            return line + blanks;
    }
    return NULL;
}

/* 0, or EXIT_USAGE with a line. `leavers` NULL: they are not listed. */
static int add_wish(struct map *ids, struct json *leavers, const struct company *company,
                    const char *option, const char *name)
{
    const char *id = NULL;
    char hint[NEAREST_HINT_BYTES];
    switch (company_user(company, name, &id)) {
    case COMPANY_ONE:
        if (map_add(ids, id, 0) && leavers != NULL)
            json_add(leavers, name, json_new_text(id));
        return 0;
    case COMPANY_SEVERAL:
        fprintf(stderr,
                "mock-aws: %s speaks of '%s', and several people have that name; say it by "
                "the world's own name of one\n",
                option, name);
        return EXIT_USAGE;
    case COMPANY_NOBODY:
        break;
    }
    company_hint(company, name, hint);
    fprintf(stderr, "mock-aws: %s speaks of '%s', and the world has no such user%s\n", option, name,
            hint);
    return EXIT_USAGE;
}

int wishes_read(struct wishes *wishes, const struct company *company, const char *expected,
                const char *const *protect)
{
    size_t bytes = 0;
    int code = 0;
    wishes->expects = expected != NULL;
    wishes->leavers = json_new_object();
    if (company_names(company) == NULL && (expected != NULL || protect[0] != NULL)) {
        fprintf(stderr, "mock-aws: %s without --world: nobody is there who could lose a seat\n",
                expected != NULL ? "--expect" : "--protect");
        return EXIT_USAGE;
    }
    const char *at = expected == NULL ? "" : expected;
    for (const char *word; code == 0 && (word = next_name(&at, &bytes)) != NULL;) {
        char *name = mem_format("%.*s", (int)bytes, word);
        code = add_wish(&wishes->expected, wishes->leavers, company, "--expect", name);
        free(name);
    }
    for (; code == 0 && *protect != NULL; protect++)
        code = add_wish(&wishes->protects, NULL, company, "--protect", *protect);
    return code;
}

void wishes_clear(struct wishes *wishes)
{
    json_free(wishes->leavers);
    map_clear(&wishes->expected);
    map_clear(&wishes->protects);
}
