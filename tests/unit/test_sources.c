/* SPDX-License-Identifier: MIT */
/*
 * The legend of the sources: tests/golden/sources.tsv and contradictions.tsv are transcribed from
 * the rulebook. Whatever a rule, an edition or a contradiction cites must be in the legend.
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/edition_rules.h"
#include "base/editions.h"
#include "base/lags.h"
#include "base/parameters.h"
#include "base/plans.h"
#include "base/rules.h"
#include "base/sources.h"

enum { LINE_BYTES = 512, CODE_BYTES = 16 };

static FILE *open_golden(const char *path)
{
    char line[LINE_BYTES];
    FILE *golden = fopen(path, "r");
    assert_non_null(golden);
    assert_non_null(fgets(line, sizeof line, golden)); /* the names of the columns */
    return golden;
}

static void every_source_has_the_title_and_the_date_of_the_legend(void **state)
{
    (void)state;
    FILE *golden = open_golden(GOLDEN_FOLDER "/sources.tsv");
    char line[LINE_BYTES];
    size_t count = 0;
    while (fgets(line, sizeof line, golden) != NULL) {
        const struct source *source = source_at(count++);
        assert_non_null(source);
        char seen[LINE_BYTES];
        snprintf(seen, sizeof seen, "%s\t%s\t%s\n", source->code, source->date, source->title);
        assert_string_equal(seen, line);
        assert_ptr_equal(source_find(source->code), source);
    }
    fclose(golden);
    assert_int_equal(count, 14 + 2 + 2 + 1 + 2 + 1);
    assert_null(source_at(count));
    assert_null(source_find("S"));
}

/* "S12" and the like are a letter of the legend and a number, issues a # and a number. */
static size_t code_bytes(const char *at)
{
    if (strchr("SQIAP#", *at) == NULL || !isdigit((unsigned char)at[1]))
        return 0;
    return 1 + strspn(at + 1, "0123456789");
}

/* The codes in a text, with blanks between. */
static void collect_codes(const char *text, char out[LINE_BYTES])
{
    size_t used = 0;
    out[0] = '\0';
    for (const char *at = text; *at != '\0'; at++) {
        size_t bytes = at > text && isalnum((unsigned char)at[-1]) ? 0 : code_bytes(at);
        if (bytes == 0)
            continue;
        used += (size_t)snprintf(out + used, LINE_BYTES - used, "%s%.*s", used == 0 ? "" : " ",
                                 (int)bytes, at);
        assert_true(used < LINE_BYTES);
        at += bytes - 1;
    }
}

static void every_contradiction_has_the_sides_and_the_parameter_of_the_rulebook(void **state)
{
    (void)state;
    FILE *golden = open_golden(GOLDEN_FOLDER "/contradictions.tsv");
    char line[LINE_BYTES];
    size_t count = 0;
    while (fgets(line, sizeof line, golden) != NULL) {
        const struct contradiction *row = contradiction_at(count++);
        char one[LINE_BYTES];
        char other[LINE_BYTES];
        char seen[3 * LINE_BYTES];
        assert_non_null(row);
        collect_codes(row->one, one);
        collect_codes(row->other, other);
        snprintf(seen, sizeof seen, "%s\t%s\t%s\t%s\n", row->id,
                 row->parameter == NULL ? "-" : row->parameter, one, other);
        assert_string_equal(seen, line);
        assert_true(row->parameter == NULL || parameter_find(row->parameter) >= 0);
        assert_in_range(strlen(row->reading), 1, 120);
    }
    fclose(golden);
    assert_int_equal(count, 16);
    assert_null(contradiction_at(count));
}

/* The rule that "rule 27" or "E2" names. */
static const struct rule *rule_named(const char *name)
{
    if (strncmp(name, "rule ", 5) != 0)
        return rule_find(name);
    long number = strtol(name + 5, NULL, 10);
    for (size_t i = 0; number > 0 && rule_at(i) != NULL; i++)
        if (rule_at(i)->number == number)
            return rule_at(i);
    return NULL;
}

/* One item of a list of sources. */
static bool is_known(const char *item)
{
    if (*item == '#')
        return code_bytes(item) == strlen(item) && source_find(SOURCE_ISSUE) != NULL;
    return source_find(item) != NULL || rule_named(item) != NULL || strcmp(item, "silent") == 0 ||
           strcmp(item, "-") == 0;
}

static void assert_all_known(const char *sources)
{
    for (const char *at = sources; *at != '\0'; at += strspn(at, ", ")) {
        char item[CODE_BYTES];
        size_t bytes = strcspn(at, ",");
        assert_in_range(bytes, 1, sizeof item - 1);
        snprintf(item, sizeof item, "%.*s", (int)bytes, at);
        if (!is_known(item))
            fail_msg("\"%s\" of \"%s\" is not in the legend", item, sources);
        at += bytes;
    }
}

static void whatever_is_cited_is_in_the_legend(void **state)
{
    (void)state;
    for (size_t i = 0; edition_at(i) != NULL; i++) {
        assert_all_known(edition_at(i)->source);
        for (size_t j = 0; rule_at(j) != NULL; j++) {
            struct rule_reading reading;
            rule_in_edition(rule_at(j), edition_at(i), &reading);
            assert_all_known(reading.source);
            assert_all_known(rule_at(j)->source);
        }
    }
    assert_false(is_known("S15"));
    assert_false(is_known("rule 66"));
    assert_false(is_known("rule 0"));
    assert_false(is_known("E38"));
    assert_false(is_known("#x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_source_has_the_title_and_the_date_of_the_legend),
        cmocka_unit_test(every_contradiction_has_the_sides_and_the_parameter_of_the_rulebook),
        cmocka_unit_test(whatever_is_cited_is_in_the_legend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
