/* SPDX-License-Identifier: MIT */
/* How edition, timing, overrides and deviations make what is in force. */
#include "world/reading/reading.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/times.h"

enum { HOUR_S = 3600 };

/* Longer than any window of the sources, and short enough for a clock that ends in the year 9999. */
static const int64_t LAG_MOST_S = INT64_C(366) * 24 * HOUR_S;
static const char WINDOW[] = "..";

void reading_clear_overrides(struct reading *reading)
{
    for (int i = 0; i < PARAMETER_COUNT; i++)
        reading->overrides[i] = -1;
    memset(reading->lag_overrides, 0, sizeof reading->lag_overrides);
}

void reading_init(struct reading *reading)
{
    *reading = (struct reading){.edition = edition_find(EDITION_DEFAULT),
                                .timing = timing_find(TIMING_DEFAULT)};
    reading_clear_overrides(reading);
    reading_settle(reading);
}

static void settle_lags(struct reading *reading)
{
    for (int i = 0; i < LAG_COUNT; i++) {
        const struct lag_override *override = &reading->lag_overrides[i];
        int64_t timed_s = reading->timing->lags_s[i];
        reading->lags_s[i] = override->given ? override->most_s : timed_s;
        reading->least_lags_s[i] = override->given ? override->least_s : timed_s;
        reading->lags_by_hand[i] = override->by_hand;
    }
}

/* A deviation of a delay lengthens what there is; without a delay there is nothing to lengthen. */
static void deviate(struct reading *reading, const struct deviation_facts *facts)
{
    if (facts->sets)
        reading->values[facts->decision] = facts->value;
    for (size_t i = 0; i < sizeof facts->unnoticed / sizeof facts->unnoticed[0]; i++)
        if (facts->unnoticed[i] != CAUSE_NONE)
            reading->unnoticed[facts->unnoticed[i]] = true;
    if (facts->reaching != CAUSE_NONE)
        reading->reaches[facts->reaching] = facts->reach;
    if (facts->lag_s > 0 && reading->lags_s[facts->lag] > 0)
        reading->lags_s[facts->lag] = reading->least_lags_s[facts->lag] = facts->lag_s;
}

/* Which automatic triggers the reading knows (auto_triggers, and E5's own). */
static void settle_triggers(struct reading *reading)
{
    static const enum cause_kind AUTOMATIC[] = {
        CAUSE_USER_DELETED,     CAUSE_MEMBER_REMOVED, CAUSE_INSTANCE_DELETED, CAUSE_PROFILE_DELETED,
        CAUSE_USER_DEACTIVATED, CAUSE_ACCOUNT_CLOSED, CAUSE_GROUP_DELETED};
    int triggers = reading->values[AUTO_TRIGGERS];
    memset(reading->unnoticed, 0, sizeof reading->unnoticed);
    memset(reading->reaches, 0, sizeof reading->reaches);
    for (size_t i = 0; i < sizeof AUTOMATIC / sizeof AUTOMATIC[0]; i++) {
        bool known = triggers == TRIGGERS_SIX ||
                     (triggers == TRIGGERS_PROFILE_ONLY && AUTOMATIC[i] == CAUSE_PROFILE_DELETED);
        reading->unnoticed[AUTOMATIC[i]] = !known;
    }
}

void reading_settle(struct reading *reading)
{
    static const int64_t SHIFTS_S[] = {[BOUNDARY_UTC] = 0,
                                       [BOUNDARY_UTC_MINUS_8] = -8 * HOUR_S,
                                       [BOUNDARY_UTC_PLUS_9] = 9 * HOUR_S};
    assert(reading->edition != NULL && reading->timing != NULL);
    settle_lags(reading);
    memset(reading->values, 0, sizeof reading->values);
    for (int i = 0; i < PARAMETER_COUNT; i++)
        reading->values[i] =
            reading->overrides[i] >= 0 ? reading->overrides[i] : reading->edition->values[i];
    settle_triggers(reading);
    for (int i = 0; i < DEVIATION_COUNT; i++)
        if (reading->deviations[i])
            deviate(reading, deviation_facts((enum deviation)i));
    if (reading->values[GROUP_DELETE] == GROUP_DELETE_DANGLING)
        reading->unnoticed[CAUSE_GROUP_DELETED] = true;
    reading->month_shift_s = SHIFTS_S[reading->values[MONTH_BOUNDARY]];
}

/* "12h", "1h..24h" or "by-hand". */
static bool lag_parse(const char *text, struct lag_override *out)
{
    char least[32];
    const char *window = strstr(text, WINDOW);
    *out = (struct lag_override){.given = true, .by_hand = strcmp(text, LAG_BY_HAND) == 0};
    if (out->by_hand)
        return true;
    if (window == NULL) {
        bool good = duration_parse(text, &out->most_s);
        out->least_s = out->most_s;
        return good && out->most_s <= LAG_MOST_S;
    }
    if ((size_t)(window - text) >= sizeof least)
        return false;
    snprintf(least, sizeof least, "%.*s", (int)(window - text), text);
    return duration_parse(least, &out->least_s) &&
           duration_parse(window + strlen(WINDOW), &out->most_s) && out->least_s <= out->most_s &&
           out->most_s <= LAG_MOST_S;
}

void deviation_hint(const char *name, char out[NEAREST_HINT_BYTES])
{
    struct nearest nearest = {.asked = name};
    for (int i = 0; i < DEVIATION_COUNT; i++)
        nearest_try(&nearest, deviation_facts((enum deviation)i)->name);
    nearest_hint(&nearest, out);
}

static void list_names(const char *asked, struct text *right)
{
    struct nearest nearest = {.asked = asked};
    for (int i = 0; i < PARAMETER_COUNT; i++)
        nearest_try(&nearest, parameter_facts((enum parameter)i)->name);
    for (int i = 0; i < LAG_COUNT; i++)
        nearest_try(&nearest, lag_name((enum lag)i));
    if (nearest.name != NULL)
        text_addf(right, "closest is %s; ", nearest.name);
    text_add(right, "expected one of ");
    for (int i = 0; i < PARAMETER_COUNT; i++)
        text_addf(right, "%s%s", i == 0 ? "" : ", ", parameter_facts((enum parameter)i)->name);
    for (int i = 0; i < LAG_COUNT; i++)
        text_addf(right, ", %s", lag_name((enum lag)i));
}

enum fault reading_override(struct reading *reading, const char *name, const char *value,
                            struct text *right)
{
    struct lag_override wanted;
    int parameter = parameter_find(name);
    int lag = lag_find(name);
    if (parameter < 0 && lag < 0) {
        list_names(name, right);
        return FAULT_NOT_FOUND;
    }
    if (lag >= 0) {
        if (lag_parse(value, &wanted)) {
            reading->lag_overrides[lag] = wanted;
            return FAULT_NONE;
        }
        text_add(right, "expected a duration of at most 366 days like 24h, a window like 1h..24h, "
                        "or " LAG_BY_HAND);
        return FAULT_INVALID;
    }
    int chosen = parameter_value_find((enum parameter)parameter, value);
    if (chosen >= 0) {
        reading->overrides[parameter] = chosen;
        return FAULT_NONE;
    }
    const char *const *values = parameter_facts((enum parameter)parameter)->values;
    text_add(right, "expected one of ");
    for (const char *const *at = values; *at != NULL; at++)
        text_addf(right, "%s%s", at == values ? "" : ", ", *at);
    return FAULT_INVALID;
}

void lag_override_print(const struct lag_override *override, char out[LAG_TEXT_BYTES])
{
    char least[DURATION_TEXT_BYTES];
    char most[DURATION_TEXT_BYTES];
    duration_print(override->least_s, least);
    duration_print(override->most_s, most);
    bool window = override->least_s != override->most_s;
    snprintf(out, LAG_TEXT_BYTES, "%s%s%s",
             override->by_hand ? LAG_BY_HAND
             : window          ? least
                               : most,
             window ? WINDOW : "", window ? most : "");
}

void reading_print_lag(const struct reading *reading, enum lag lag, char out[LAG_TEXT_BYTES])
{
    struct lag_override in_force = {.by_hand = reading->lags_by_hand[lag],
                                    .least_s = reading->least_lags_s[lag],
                                    .most_s = reading->lags_s[lag]};
    lag_override_print(&in_force, out);
}

bool reading_notices(const struct reading *reading, enum cause_kind cause)
{
    assert(cause > CAUSE_NONE && cause < CAUSE_COUNT);
    return !reading->unnoticed[cause];
}
