/* SPDX-License-Identifier: MIT */
/* The runs of a scenario: which there are, what they are called, and by which path a step goes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/lags.h"
#include "base/parameters.h"
#include "run/variant.h"

static struct scenario *parse_right(const char *chars)
{
    struct text complaints = {0};
    struct scenario *scenario = scenario_parse("s.json", chars, strlen(chars), &complaints);
    if (scenario == NULL)
        print_error("%s", text_chars(&complaints));
    assert_non_null(scenario);
    text_clear(&complaints);
    return scenario;
}

#define HEAD "{\"format\": 1, \"name\": \"n\", \"rules\": [\"E1\"],\n"
#define EMPTY HEAD "\"world\": {}, \"steps\": []}"

/* The labels of a file's runs, or of those that a filter leaves, each on a line. */
static char *labels_of(const char *chars, const struct choices *choices, const char *filter)
{
    struct scenario *scenario = parse_right(chars);
    const struct suite suite = {.scenarios = &scenario, .count = 1};
    struct variants variants;
    struct text labels = {0};
    variants_make(&suite, choices, filter, &variants);
    for (size_t i = 0; i < variants.count; i++)
        text_addf(&labels, "%s %s %s %s%s\n", variants.items[i].label,
                  variants.items[i].via == NULL ? "-" : variants.items[i].via,
                  variants.items[i].timing, variants.items[i].edition,
                  variants.items[i].other_terms ? " other-terms" : "");
    variants_clear(&variants);
    scenario_free(scenario);
    return text_take(&labels);
}

#define THREE_LISTS                                                                                \
    HEAD "\"edition\": [\"kiro-2025-11\", {\"name\": \"kiro-2026-06\", \"override\": "             \
         "{\"proration_days\": \"exclusive\"}}], \"timing\": [\"instant\", \"documented\"], "      \
         "\"via\": [\"scim\", \"api\"], \"world\": {\"users\": [\"a\"]}, "                         \
         "\"steps\": [{\"delete_user\": \"a\"}]}"

static const struct {
    const char *chars;
    struct choices choices;
    const char *filter;
    const char *labels;
} VARIANTS[] = {
    {EMPTY, {0}, NULL, "s.json - instant kiro-2026-06\n"},
    {EMPTY, {"kiro-2025-11", NULL, "scim"}, NULL, "s.json scim instant kiro-2025-11 other-terms\n"},
    {EMPTY, {NULL, "documented", NULL}, NULL, "s.json - documented kiro-2026-06 other-terms\n"},
    {EMPTY, {"kiro-2026-06", "instant", NULL}, NULL, "s.json - instant kiro-2026-06\n"},
    {HEAD
     "\"edition\": \"kiro-2026-02\", \"timing\": \"documented\", \"world\": {}, \"steps\": []}",
     {"kiro-2025-11", "instant", "api"},
     NULL,
     "s.json api documented kiro-2026-02\n"},
    {THREE_LISTS,
     {"kiro-2026-04", "instant", "console"},
     NULL,
     "s.json [scim, instant, kiro-2025-11] scim instant kiro-2025-11\n"
     "s.json [api, instant, kiro-2025-11] api instant kiro-2025-11\n"
     "s.json [scim, documented, kiro-2025-11] scim documented kiro-2025-11\n"
     "s.json [api, documented, kiro-2025-11] api documented kiro-2025-11\n"
     "s.json [scim, instant, kiro-2026-06 proration_days=exclusive] scim instant kiro-2026-06\n"
     "s.json [api, instant, kiro-2026-06 proration_days=exclusive] api instant kiro-2026-06\n"
     "s.json [scim, documented, kiro-2026-06 proration_days=exclusive] scim documented "
     "kiro-2026-06\n"
     "s.json [api, documented, kiro-2026-06 proration_days=exclusive] api documented "
     "kiro-2026-06\n"},
    {THREE_LISTS,
     {0},
     "[api, documented, kiro-2025-11]",
     "s.json [api, documented, kiro-2025-11] api documented kiro-2025-11\n"},
    {THREE_LISTS, {0}, "no such thing", ""},
    {HEAD "\"window\": [\"session_tail\", \"account_close_lag\"], \"world\": {}, \"steps\": []}",
     {0},
     NULL,
     "s.json [session_tail=0h, account_close_lag=0h] - instant kiro-2026-06\n"
     "s.json [session_tail=2h, account_close_lag=0h] - instant kiro-2026-06\n"
     "s.json [session_tail=0h, account_close_lag=10m] - instant kiro-2026-06\n"
     "s.json [session_tail=2h, account_close_lag=10m] - instant kiro-2026-06\n"},
};

static void a_scenario_is_played_once_for_each_choice_its_lists_leave(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof VARIANTS / sizeof *VARIANTS; i++) {
        char *labels = labels_of(VARIANTS[i].chars, &VARIANTS[i].choices, VARIANTS[i].filter);
        assert_string_equal(labels, VARIANTS[i].labels);
        free(labels);
    }
}

static void a_step_goes_by_its_own_path_else_the_runs_else_its_verbs_first(void **state)
{
    (void)state;
    struct scenario *scenario = parse_right(
        HEAD "\"world\": {\"users\": [\"a\"], \"groups\": {\"g\": []}}, \"steps\": ["
             "{\"delete_group\": \"g\", \"via\": \"api\"}, {\"deactivate_user\": \"a\"},"
             "{\"subscribe\": \"user:a\"}, {\"check\": {\"user\": \"a\", \"access\": false}}]}");
    static const struct {
        const char *via;
        const char *names[3];
    } RUNS[] = {{NULL, {"api", "console", "api"}},
                {"scim", {"api", "scim", "api"}},
                {"management", {"api", "console", "management"}}};
    for (size_t run = 0; run < sizeof RUNS / sizeof *RUNS; run++) {
        const struct variant variant = {.scenario = scenario, .via = RUNS[run].via};
        for (size_t i = 0; i < 3; i++)
            assert_string_equal(variant_path(&variant, &scenario->steps[i])->name,
                                RUNS[run].names[i]);
        assert_null(variant_path(&variant, &scenario->steps[3]));
    }
    scenario_free(scenario);
}

/* The window has the last word, then the override, then edition and timing. */
static void a_run_is_told_to_the_server_as_it_is_told_to_the_oracle(void **state)
{
    (void)state;
    struct scenario *scenario = parse_right(
        HEAD "\"edition\": {\"name\": \"kiro-2026-06\", \"override\": {\"proration_days\": "
             "\"exclusive\", \"group_add_lag\": \"P1D\", \"session_tail\": \"5m\"}}, "
             "\"timing\": \"documented\", \"window\": \"session_tail\", "
             "\"world\": {}, \"steps\": []}");
    const struct suite suite = {.scenarios = &scenario, .count = 1};
    static const int64_t TAILS_S[] = {0, 7200};
    static const char *const TAILS[] = {"0h", "2h"};
    struct variants variants;
    variants_make(&suite, &(struct choices){0}, NULL, &variants);
    assert_int_equal(variants.count, 2);
    for (size_t i = 0; i < sizeof TAILS / sizeof *TAILS; i++) {
        struct terms terms = variant_terms(&variants.items[i]);
        struct json *override = variant_override(&variants.items[i]);
        assert_int_equal(terms.values[PRORATION_DAYS], DAYS_EXCLUSIVE);
        assert_int_equal(terms.lags_s[GROUP_ADD_LAG], 86400);
        assert_int_equal(terms.lags_s[ACCOUNT_CLOSE_LAG], 600);
        assert_int_equal(terms.lags_s[SESSION_TAIL], TAILS_S[i]);
        assert_string_equal(json_member_text(override, "group_add_lag"), "P1D");
        assert_string_equal(json_member_text(override, "session_tail"), TAILS[i]);
        json_free(override);
    }
    variants_clear(&variants);
    scenario_free(scenario);
}

static void every_path_of_a_verb_can_be_said(void **state)
{
    (void)state;
    for (size_t i = 0; verb_at(i) != NULL; i++) {
        for (const struct path *path = verb_at(i)->paths; path->name != NULL; path++) {
            assert_true(value_text_fits(VALUE_PATH, path->name));
            assert_ptr_equal(verb_path(verb_at(i), path->name), path);
        }
        assert_null(verb_path(verb_at(i), "smoke signals"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_is_played_once_for_each_choice_its_lists_leave),
        cmocka_unit_test(a_step_goes_by_its_own_path_else_the_runs_else_its_verbs_first),
        cmocka_unit_test(a_run_is_told_to_the_server_as_it_is_told_to_the_oracle),
        cmocka_unit_test(every_path_of_a_verb_can_be_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
