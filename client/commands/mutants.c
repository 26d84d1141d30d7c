/* SPDX-License-Identifier: MIT */
/*
 * Plays the suite under each deviation until a run breaks; those that name the broken rule go
 * first.
 */
#include "commands/mutants.h"

#include <string.h>

#include "run/run.h"

static void ignore_verdict(void *context, size_t step, const struct verdict *verdict)
{
    (void)context;
    (void)step;
    (void)verdict;
}

/* Play one run and say whether it broke. False: no answer. */
static bool breaks(struct aws *aws, const struct variant *variant, const char *deviation,
                   bool *out_broken)
{
    const struct run_listener listener = {.verdict = ignore_verdict};
    const struct run_settings settings = {
        .deviations = &deviation, .deviation_count = deviation == NULL ? 0 : 1, .own_mock = true};
    struct run_result result;
    run_variant(aws, variant, &settings, &listener, &result);
    *out_broken = result.end == RUN_PLAYED && result.broken > 0;
    return result.end != RUN_NO_ANSWER;
}

/* Add the label of the first run that notices to `killer`; nothing if none does. */
static bool find_killer_among(struct aws *aws, const struct variants *variants, const char *name,
                              const char *rule, struct text *killer)
{
    for (int naming = 1; naming >= 0; naming--) {
        for (size_t i = 0; i < variants->count; i++) {
            const struct variant *variant = &variants->items[i];
            bool broken;
            bool broken_anyway;
            bool names = rule != NULL && scenario_names_rule(variant->scenario, rule);
            if (names != (naming == 1))
                continue;
            if (!breaks(aws, variant, name, &broken))
                return false;
            if (!broken)
                continue;
            if (!breaks(aws, variant, NULL, &broken_anyway))
                return false;
            if (!broken_anyway) {
                text_add(killer, variant->label);
                return true;
            }
        }
    }
    return true;
}

static bool find_killer(struct aws *aws, const struct suite *suite, const char *filter,
                        const struct json *deviation, struct text *killer)
{
    const struct choices choices = {.edition = json_member_text(deviation, "edition")};
    struct variants variants;
    variants_make(suite, &choices, filter, &variants);
    bool answered = find_killer_among(aws, &variants, json_member_text(deviation, "name"),
                                      json_member_text(deviation, "rule"), killer);
    variants_clear(&variants);
    return answered;
}

static bool is_wanted(const char *const *names, const char *name)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return names[0] == NULL;
}

static bool fetch(struct aws *aws, struct aws_answer *out_answer)
{
    if (!aws_control(aws, "GET", "/_mock/deviations", NULL, out_answer))
        return false;
    if (json_count(json_member(out_answer->body, "deviations")) == 0)
        return aws_problem_set(aws, "/_mock/deviations: the server has none");
    return true;
}

bool mutants_run(struct aws *aws, const struct suite *suite, const char *filter,
                 const char *const *names, FILE *out, struct mutants_result *out_result)
{
    struct aws_answer answer;
    *out_result = (struct mutants_result){0};
    bool answered = fetch(aws, &answer);
    for (const struct json *deviation = json_first(json_member(answer.body, "deviations"));
         answered && deviation != NULL; deviation = json_next(deviation)) {
        const char *name = json_member_text(deviation, "name");
        const char *rule = json_member_text(deviation, "rule");
        struct text killer = {0};
        if (name == NULL || rule == NULL || !is_wanted(names, name))
            continue;
        answered = find_killer(aws, suite, filter, deviation, &killer);
        bool killed = killer.bytes > 0;
        out_result->killed += killed;
        out_result->survived += !killed;
        fprintf(out, "%-8s  %-30s  %-40s%s%s\n", killed ? "killed" : "SURVIVED", name, rule,
                killed ? "  by " : "", text_chars(&killer));
        text_clear(&killer);
    }
    aws_answer_clear(&answer);
    if (answered)
        fprintf(out, "%zu of %zu killed\n", out_result->killed,
                out_result->killed + out_result->survived);
    return answered;
}

bool mutants_list(struct aws *aws, FILE *out)
{
    struct aws_answer answer;
    bool answered = fetch(aws, &answer);
    for (const struct json *deviation = json_first(json_member(answer.body, "deviations"));
         answered && deviation != NULL; deviation = json_next(deviation)) {
        const char *issue = json_member_text(deviation, "issue");
        const char *name = json_member_text(deviation, "name");
        const char *rule = json_member_text(deviation, "rule");
        const char *summary = json_member_text(deviation, "summary");
        fprintf(out, "%-30s  %-40s  %s%s%s\n", name == NULL ? "?" : name, rule == NULL ? "?" : rule,
                summary == NULL ? "" : summary,
                issue == NULL ? "" : "; reported: ", issue == NULL ? "" : issue);
    }
    aws_answer_clear(&answer);
    return answered;
}
