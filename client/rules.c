/* SPDX-License-Identifier: MIT */
/* The matrix of rules and scenarios, from the vocabulary and from what the files say. */
#include "rules.h"

#include <string.h>

#include "base/vocabulary.h"

static bool names_rule(const struct scenario *scenario, const char *id)
{
    for (const struct json *rule = json_first(scenario_rules(scenario)); rule != NULL;
         rule = json_next(rule)) {
        if (strcmp(json_text(rule), id) == 0)
            return true;
    }
    return false;
}

/* The best level of a rule's four cells. */
static enum level best_level(const struct rule *rule)
{
    enum level best = LEVEL_INFERRED;
    for (int axis = 0; axis < AXIS_COUNT; axis++) {
        if (rule->level[axis] < best)
            best = rule->level[axis];
    }
    return best;
}

size_t rules_print(const struct suite *suite, FILE *out)
{
    size_t uncovered = 0;
    size_t covered = 0;
    size_t total = 0;
    for (; rule_at(total) != NULL; total++) {
        const struct rule *rule = rule_at(total);
        bool is_documented = best_level(rule) == LEVEL_DOCUMENTED;
        size_t count = 0;
        fprintf(out, "%-40s %s\n", rule->id, level_name(best_level(rule)));
        for (size_t i = 0; i < suite->count; i++) {
            if (!names_rule(suite->scenarios[i], rule->id))
                continue;
            fprintf(out, "    %s\n", suite->scenarios[i]->file);
            count++;
        }
        if (count == 0)
            fprintf(out, "    %s\n", is_documented ? "UNCOVERED" : "none");
        covered += count > 0;
        uncovered += count == 0 && is_documented;
    }
    fprintf(out, "%zu of %zu rules have a scenario; documented and uncovered: %zu\n", covered,
            total, uncovered);
    return uncovered;
}
