/* SPDX-License-Identifier: MIT */
/* Both runs are heard to their end; what the verdicts say was seen is then laid side by side. */
#include "commands/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/lags.h"
#include "base/levels.h"
#include "base/mem.h"
#include "run/run.h"

/* What one verdict says was seen of whom after which step. */
struct note {
    size_t step;
    char *subject; /* "alice on main: access" */
    char *seen;
    const char *rule;
    enum level level;
};

struct notes {
    struct note *items;
    size_t count;
    size_t capacity;
};

static void on_verdict(void *context, size_t step, const struct verdict *verdict)
{
    struct notes *notes = context;
    if (verdict->stated != NULL && strcmp(verdict->stated, "refused") != 0)
        return; /* what the file states is seen by the oracle's checks too */
    struct text subject = {0};
    if (verdict->user != NULL)
        text_addf(&subject, "%s", verdict->user);
    if (verdict->profile != NULL)
        text_addf(&subject, " on %s", verdict->profile);
    text_addf(&subject, "%s%s", subject.bytes > 0 ? ": " : "", verdict->what);
    notes->items = mem_grow(notes->items, notes->count, &notes->capacity, sizeof *notes->items);
    notes->items[notes->count++] = (struct note){.step = step,
                                                 .subject = text_take(&subject),
                                                 .seen = mem_text(verdict->seen),
                                                 .rule = verdict->rule,
                                                 .level = verdict->level};
}

static void notes_clear(struct notes *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        free(notes->items[i].subject);
        free(notes->items[i].seen);
    }
    free(notes->items);
}

/* What the notes say of a subject after a step; NULL: nothing. */
static const struct note *find(const struct notes *notes, size_t step, const char *subject)
{
    for (size_t i = 0; i < notes->count; i++) {
        if (notes->items[i].step == step && strcmp(notes->items[i].subject, subject) == 0)
            return &notes->items[i];
    }
    return NULL;
}

static bool differ(const struct note *one, const struct note *other)
{
    return other != NULL && strcmp(one->seen, other->seen) != 0;
}

/* Was the same difference there at the latest look before note `index`? */
static bool lasts(const struct notes *one, const struct notes *other, size_t index)
{
    const struct note *now = &one->items[index];
    for (size_t i = index; i-- > 0;) {
        const struct note *before = &one->items[i];
        if (strcmp(before->subject, now->subject) != 0)
            continue;
        const struct note *then = find(other, before->step, before->subject);
        return differ(before, then) && strcmp(before->seen, now->seen) == 0 &&
               strcmp(then->seen, find(other, now->step, now->subject)->seen) == 0;
    }
    return false;
}

static void print_step(const struct scenario *scenario, size_t step, FILE *out)
{
    struct text text = {0};
    if (step != SIZE_MAX)
        step_describe(&scenario->steps[step], &text);
    fprintf(out, "    after %s\n", step == SIZE_MAX ? "the world was loaded" : text_chars(&text));
    text_clear(&text);
}

static size_t print_differences(const struct scenario *scenario, const struct notes *one,
                                const struct notes *other, FILE *out)
{
    size_t count = 0;
    const struct note *last = NULL;
    for (size_t i = 0; i < one->count; i++) {
        const struct note *note = &one->items[i];
        const struct note *match = find(other, note->step, note->subject);
        if (!differ(note, match) || lasts(one, other, i))
            continue;
        if (count++ == 0)
            fprintf(out, "%s: %s\n", scenario->file, scenario_name(scenario));
        if (last == NULL || last->step != note->step)
            print_step(scenario, note->step, out);
        fprintf(out, "        %s: %s -> %s  by %s (%s)\n", note->subject, note->seen, match->seen,
                match->rule, level_name(match->level));
        last = note;
    }
    return count;
}

/* Play a run under an edition; false: no answer. */
static bool play_under(struct aws *aws, const struct scenario *scenario, const char *edition,
                       struct notes *notes, bool *out_played)
{
    const struct run_settings settings = {.own_mock = true};
    const struct run_listener listener = {.verdict = on_verdict, .context = notes};
    const struct variant variant = {
        .scenario = scenario, .edition = edition, .timing = TIMING_DEFAULT, .other_terms = true};
    struct run_result result;
    run_variant(aws, &variant, &settings, &listener, &result);
    *out_played = result.end == RUN_PLAYED;
    return result.end != RUN_NO_ANSWER;
}

static bool compare_one(struct aws *aws, const struct scenario *scenario, const char *const *names,
                        FILE *out, struct comparison_result *result)
{
    struct notes notes[2] = {{0}, {0}};
    bool played[2] = {false, false};
    bool answered = true;
    for (int i = 0; answered && i < 2; i++)
        answered = play_under(aws, scenario, names[i], &notes[i], &played[i]);
    if (answered && played[0] && played[1]) {
        size_t count = print_differences(scenario, &notes[0], &notes[1], out);
        result->scenarios++;
        result->changed += count > 0;
        result->differences += count;
    } else if (answered) {
        result->refused++;
    }
    notes_clear(&notes[0]);
    notes_clear(&notes[1]);
    return answered;
}

bool editions_compare(struct aws *aws, const struct suite *suite, const char *one,
                      const char *other, const char *filter, FILE *out,
                      struct comparison_result *out_result)
{
    const char *const names[] = {one, other};
    bool answered = true;
    *out_result = (struct comparison_result){0};
    for (size_t i = 0; answered && i < suite->count; i++) {
        const struct scenario *scenario = suite->scenarios[i];
        bool wanted = filter == NULL || strstr(scenario->file, filter) != NULL ||
                      strstr(scenario_name(scenario), filter) != NULL;
        if (wanted && scenario_editions(scenario) == NULL)
            answered = compare_one(aws, scenario, names, out, out_result);
    }
    if (!answered)
        return false;
    fprintf(out, "%s -> %s: %zu of %zu scenarios change, in %zu places", one, other,
            out_result->changed, out_result->scenarios, out_result->differences);
    if (out_result->refused > 0)
        fprintf(out, "; %zu have a world that one of the two does not know", out_result->refused);
    fputc('\n', out);
    return true;
}
