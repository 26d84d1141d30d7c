/* SPDX-License-Identifier: MIT */
/* The product of the lists, scenario by scenario. */
#include "run/variant.h"

#include <stdlib.h>
#include <string.h>

#include "base/editions.h"
#include "base/mem.h"
#include "base/times.h"

/* A list of nothing is one choice: what the command line says, or the default. */
static size_t at_least_one(const struct json *value)
{
    return value_count(value) > 0 ? value_count(value) : 1;
}

static const char *or_else(const char *arguments, const char *otherwise)
{
    return arguments != NULL ? arguments : otherwise;
}

/* The part of a label that one list gives; nothing if there was no choice. */
static void add_choice(struct text *label, const struct json *list, const char *chosen)
{
    if (value_count(list) > 1)
        text_addf(label, "%s%s", label->bytes > 0 ? ", " : "", chosen);
}

static void add_override(struct text *label, const struct json *override)
{
    for (const struct json *value = json_first(override); value != NULL; value = json_next(value))
        text_addf(label, " %s=%s", json_name(value), json_text(value));
}

/* A delay of the run's window, in seconds. */
static int64_t window_lag_s(const struct variant *variant, size_t index, enum lag *out_lag)
{
    const char *name = json_text(value_at(scenario_window(variant->scenario), index));
    *out_lag = (enum lag)lag_find(name); /* checked where it was read */
    return (variant->long_lags >> index & 1) != 0 ? timing_find("documented")->lags_s[*out_lag] : 0;
}

static void add_window(struct text *label, const struct variant *variant)
{
    for (size_t i = 0; i < value_count(scenario_window(variant->scenario)); i++) {
        enum lag lag;
        char duration[LAG_TEXT_BYTES];
        lag_print(window_lag_s(variant, i, &lag), duration);
        text_addf(label, "%s%s=%s", label->bytes > 0 ? ", " : "", lag_name(lag), duration);
    }
}

static char *label_of(const struct variant *variant)
{
    struct text chosen = {0};
    const struct json *editions = scenario_editions(variant->scenario);
    add_choice(&chosen, scenario_paths(variant->scenario), variant->via);
    add_choice(&chosen, scenario_timings(variant->scenario), variant->timing);
    add_window(&chosen, variant);
    add_choice(&chosen, editions, variant->edition);
    if (value_count(editions) > 1)
        add_override(&chosen, variant->override);
    char *label = chosen.bytes == 0
                      ? mem_text(variant->scenario->file)
                      : mem_format("%s [%s]", variant->scenario->file, text_chars(&chosen));
    text_clear(&chosen);
    return label;
}

static bool passes(const struct variant *variant, const char *filter)
{
    if (filter == NULL || strstr(variant->label, filter) != NULL ||
        strstr(scenario_name(variant->scenario), filter) != NULL)
        return true;
    for (const struct json *rule = json_first(scenario_rules(variant->scenario)); rule != NULL;
         rule = json_next(rule)) {
        if (strstr(json_text(rule), filter) != NULL)
            return true;
    }
    return false;
}

/* The run that the indexes choose; `long_lags` is one of its own. */
static struct variant make_variant(const struct scenario *scenario, const struct choices *choices,
                                   size_t edition, size_t timing, size_t long_lags, size_t path)
{
    const struct json *editions = scenario_editions(scenario);
    const struct json *timings = scenario_timings(scenario);
    const struct json *paths = scenario_paths(scenario);
    struct variant variant = {
        .scenario = scenario,
        .edition = or_else(choices->edition, EDITION_DEFAULT),
        .timing = or_else(choices->timing, TIMING_DEFAULT),
        .long_lags = (unsigned)long_lags,
        .via = choices->via,
    };
    variant.other_terms = (editions == NULL && strcmp(variant.edition, EDITION_DEFAULT) != 0) ||
                          (timings == NULL && strcmp(variant.timing, TIMING_DEFAULT) != 0);
    if (editions != NULL) {
        variant.edition = edition_value_name(value_at(editions, edition));
        variant.override = edition_value_override(value_at(editions, edition));
    }
    if (timings != NULL)
        variant.timing = json_text(value_at(timings, timing));
    if (paths != NULL)
        variant.via = json_text(value_at(paths, path));
    variant.label = label_of(&variant);
    return variant;
}

static void add_variant(struct variants *variants, size_t *capacity, struct variant variant,
                        const char *filter)
{
    if (!passes(&variant, filter)) {
        variants->filtered++;
        free(variant.label);
        return;
    }
    variants->items = mem_grow(variants->items, variants->count, capacity, sizeof *variants->items);
    variants->items[variants->count++] = variant;
}

void variants_make(const struct suite *suite, const struct choices *choices, const char *filter,
                   struct variants *out_variants)
{
    size_t capacity = 0;
    *out_variants = (struct variants){0};
    for (size_t i = 0; i < suite->count; i++) {
        const struct scenario *scenario = suite->scenarios[i];
        size_t editions = at_least_one(scenario_editions(scenario));
        size_t timings = at_least_one(scenario_timings(scenario));
        size_t paths = at_least_one(scenario_paths(scenario));
        size_t ends = (size_t)1 << value_count(scenario_window(scenario));
        for (size_t run = 0; run < editions * timings * ends * paths; run++)
            add_variant(out_variants, &capacity,
                        make_variant(scenario, choices, run / (timings * ends * paths),
                                     run / (ends * paths) % timings, run / paths % ends,
                                     run % paths),
                        filter);
    }
}

void variants_clear(struct variants *variants)
{
    for (size_t i = 0; i < variants->count; i++)
        free(variants->items[i].label);
    free(variants->items);
    *variants = (struct variants){0};
}

struct terms variant_terms(const struct variant *variant)
{
    struct terms terms;
    memcpy(terms.values, edition_find(variant->edition)->values, sizeof terms.values);
    memcpy(terms.lags_s, timing_find(variant->timing)->lags_s, sizeof terms.lags_s);
    for (const struct json *value = json_first(variant->override); value != NULL;
         value = json_next(value)) {
        int parameter = parameter_find(json_name(value));
        if (parameter >= 0)
            terms.values[parameter] =
                parameter_value_find((enum parameter)parameter, json_text(value));
        else
            duration_parse(json_text(value), &terms.lags_s[lag_find(json_name(value))]);
    }
    for (size_t i = 0; i < value_count(scenario_window(variant->scenario)); i++) {
        enum lag lag;
        int64_t lag_s = window_lag_s(variant, i, &lag);
        terms.lags_s[lag] = lag_s;
    }
    return terms;
}

struct json *variant_override(const struct variant *variant)
{
    size_t window = value_count(scenario_window(variant->scenario));
    if (variant->override == NULL && window == 0)
        return NULL;
    struct json *override =
        variant->override == NULL ? json_new_object() : json_copy(variant->override);
    for (size_t i = 0; i < window; i++) {
        enum lag lag;
        char duration[LAG_TEXT_BYTES];
        lag_print(window_lag_s(variant, i, &lag), duration);
        json_put_text(override, lag_name(lag), duration);
    }
    return override;
}

const struct path *variant_path(const struct variant *variant, const struct step *step)
{
    const struct path *path = NULL;
    if (verb_is_check(step->verb))
        return NULL;
    if (step->via != NULL)
        path = verb_path(step->verb, step->via);
    else if (variant->via != NULL)
        path = verb_path(step->verb, variant->via);
    return path != NULL ? path : &step->verb->paths[0];
}
