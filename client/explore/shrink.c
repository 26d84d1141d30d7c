/* SPDX-License-Identifier: MIT */
/*
 * Takes parts away for as long as the same is found. What no longer is a scenario (a handle leads
 * nowhere, something required is gone) costs no play, so that any part may be tried.
 */
#include "explore/shrink.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/times.h"

enum { PLAYS_MAX = 1500 };

struct shrinking {
    struct aws *aws;
    const struct play_settings *settings;
    const char *kind;
    struct json *best;
    struct play play; /* of the best */
    int plays;
};

/* Takes `candidate`. True: it finds the same, and is the best from now on. */
static bool try_it(struct shrinking *shrinking, struct json *candidate)
{
    struct play play = {0};
    bool same = false;
    if (shrinking->plays < PLAYS_MAX && !json_equal(candidate, shrinking->best)) {
        play_history(shrinking->aws, candidate, shrinking->settings, &play);
        shrinking->plays += play.end != PLAY_NO_SCENARIO;
        same = play.end == PLAY_FOUND && strcmp(play.finding.kind, shrinking->kind) == 0;
    }
    if (!same) {
        play_clear(&play);
        json_free(candidate);
        return false;
    }
    play_clear(&shrinking->play);
    json_free(shrinking->best);
    shrinking->play = play;
    shrinking->best = candidate;
    return true;
}

/* A copy of the document with other steps, which it takes. */
static struct json *with_steps(const struct json *document, struct json *steps)
{
    struct json *copy = json_copy(document);
    json_put(copy, "steps", steps);
    return copy;
}

/* The document without `count` steps from `first`. */
static struct json *without_steps(const struct json *document, size_t first, size_t count)
{
    struct json *steps = json_new_array();
    size_t index = 0;
    for (const struct json *step = json_first(json_member(document, "steps")); step != NULL;
         step = json_next(step), index++)
        if (index < first || index >= first + count)
            json_push(steps, json_copy(step));
    return with_steps(document, steps);
}

static size_t step_count(const struct shrinking *shrinking)
{
    return json_count(json_member(shrinking->best, "steps"));
}

/* Nothing after the step that found it. */
static void drop_the_rest(struct shrinking *shrinking)
{
    size_t step = shrinking->play.finding.step;
    size_t kept = step == SIZE_MAX ? 0 : step + 1;
    if (kept < step_count(shrinking))
        try_it(shrinking, without_steps(shrinking->best, kept, step_count(shrinking) - kept));
}

static bool drop_steps(struct shrinking *shrinking)
{
    bool any = false;
    for (size_t chunk = (step_count(shrinking) + 1) / 2; chunk > 0; chunk /= 2) {
        for (size_t end = step_count(shrinking); end > 0;) {
            size_t first = end > chunk ? end - chunk : 0;
            any |= try_it(shrinking, without_steps(shrinking->best, first, end - first));
            end = first;
        }
    }
    return any;
}

static bool names(const struct json *value, const char *handle)
{
    const char *text = json_text(value);
    const char *colon = text == NULL ? NULL : strchr(text, ':');
    return text != NULL &&
           (strcmp(text, handle) == 0 || (colon != NULL && strcmp(colon + 1, handle) == 0));
}

static bool mentions(const struct json *value, const char *handle, bool deep)
{
    if (names(value, handle))
        return true;
    for (const struct json *part = json_first(value); part != NULL; part = json_next(part))
        if (deep ? mentions(part, handle, true) : names(part, handle))
            return true;
    return false;
}

/* A copy without what is called so, and without whatever names it. */
static struct json *without_handle(const struct json *value, const char *handle)
{
    bool list = json_kind(value) == JSON_ARRAY;
    if (!list && json_kind(value) != JSON_OBJECT)
        return json_copy(value);
    struct json *copy = list ? json_new_array() : json_new_object();
    for (const struct json *part = json_first(value); part != NULL; part = json_next(part)) {
        if (list && !mentions(part, handle, true))
            json_push(copy, without_handle(part, handle));
        else if (!list && strcmp(json_name(part), handle) != 0 &&
                 !(json_kind(part) == JSON_OBJECT && mentions(part, handle, false)))
            json_put(copy, json_name(part), without_handle(part, handle));
    }
    return copy;
}

static bool drop_handles_of(struct shrinking *shrinking, const char *section)
{
    struct json *handles = json_copy(json_member(json_member(shrinking->best, "world"), section));
    bool any = false;
    for (const struct json *entry = json_first(handles); entry != NULL; entry = json_next(entry))
        any |= try_it(shrinking, without_handle(shrinking->best, json_name(entry)));
    json_free(handles);
    return any;
}

static bool drop_handles(struct shrinking *shrinking)
{
    static const char *const SECTIONS[] = {"accounts", "instances", "profiles", "groups", "users"};
    bool any = false;
    for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS; i++)
        any |= drop_handles_of(shrinking, SECTIONS[i]);
    return any;
}

static size_t parts_in(const struct json *value)
{
    size_t count = 0;
    for (const struct json *part = json_first(value); part != NULL; part = json_next(part))
        count += 1 + parts_in(part);
    return count;
}

/* A copy in which the part of that number, counted as they are written, is `changed`. */
typedef struct json *part_change(const struct json *part);

static struct json *with_part(const struct json *value, size_t *countdown, part_change *change)
{
    bool list = json_kind(value) == JSON_ARRAY;
    if (!list && json_kind(value) != JSON_OBJECT)
        return json_copy(value);
    struct json *copy = list ? json_new_array() : json_new_object();
    for (const struct json *part = json_first(value); part != NULL; part = json_next(part)) {
        bool chosen = *countdown == 1;
        *countdown -= *countdown > 0;
        struct json *kept = chosen ? change(part) : with_part(part, countdown, change);
        if (kept != NULL && list)
            json_push(copy, kept);
        else if (kept != NULL)
            json_put(copy, json_name(part), kept);
    }
    return copy;
}

static struct json *take_away(const struct json *part)
{
    (void)part;
    return NULL;
}

/* A time as the start of its day, or of its month; anything else stays. */
static struct json *as_time(const struct json *part, int64_t (*rounded)(int64_t time_s))
{
    int64_t time_s;
    char text[TIME_TEXT_BYTES];
    if (json_text(part) == NULL || !time_parse(json_text(part), &time_s))
        return json_copy(part);
    time_print(rounded(time_s), text);
    return json_new_text(text);
}

static struct json *as_day(const struct json *part)
{
    return as_time(part, day_of);
}

static struct json *as_month(const struct json *part)
{
    return as_time(part, month_of);
}

static struct json *as_plan(const struct json *part)
{
    bool plan = json_name(part) != NULL && strcmp(json_name(part), "plan") == 0;
    return plan ? json_new_text("pro") : json_copy(part);
}

static bool change_parts(struct shrinking *shrinking, part_change *change)
{
    bool any = false;
    for (size_t number = parts_in(shrinking->best); number > 0; number--) {
        size_t countdown = number;
        any |= try_it(shrinking, with_part(shrinking->best, &countdown, change));
    }
    return any;
}

static bool simplify(struct shrinking *shrinking)
{
    bool any = drop_steps(shrinking);
    any |= drop_handles(shrinking);
    any |= change_parts(shrinking, take_away);
    any |= change_parts(shrinking, as_month);
    any |= change_parts(shrinking, as_day);
    any |= change_parts(shrinking, as_plan);
    return any;
}

/* Those that were refused as they should be say so. */
static struct json *with_refusals(const struct json *document, const struct json *refused)
{
    struct json *steps = json_new_array();
    size_t index = 0;
    for (const struct json *step = json_first(json_member(document, "steps")); step != NULL;
         step = json_next(step), index++) {
        char key[PLAY_KEY_BYTES];
        const char *code = json_member_text(refused, play_key(index, key));
        struct json *copy = json_push(steps, json_copy(step));
        if (code != NULL)
            json_put_text(copy, "refused", code);
    }
    return with_steps(document, steps);
}

struct json *shrink_history(struct aws *aws, const struct json *document,
                            const struct finding *finding, const struct play_settings *settings,
                            struct finding *out_finding)
{
    struct shrinking shrinking = {
        .aws = aws, .settings = settings, .kind = finding->kind, .best = json_copy(document)};
    play_history(aws, document, settings, &shrinking.play);
    drop_the_rest(&shrinking);
    while (shrinking.plays < PLAYS_MAX && simplify(&shrinking))
        continue;
    struct json *shrunk = with_refusals(shrinking.best, shrinking.play.refused);
    *out_finding = shrinking.play.finding;
    shrinking.play.finding = (struct finding){0};
    play_clear(&shrinking.play);
    json_free(shrinking.best);
    return shrunk;
}
