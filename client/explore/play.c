/* SPDX-License-Identifier: MIT */
/* A run whose listener knows which answers to expect, and keeps the first thing that is wrong. */
#include "explore/play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/editions.h"
#include "base/mem.h"
#include "explore/truth.h"
#include "run/run.h"

/* Stands for any code where a step that must be refused was accepted. */
#define SOME_REFUSAL "ValidationException"

struct playing {
    struct play *play;
    const struct scenario *scenario;
    struct truth truth;
};

/* Which month it was in does not make another kind. */
static char *without_digits(char *kind)
{
    for (char *at = kind; *at != '\0'; at++)
        if (*at >= '0' && *at <= '9')
            *at = '#';
    return kind;
}

static void keep_finding(struct playing *playing, size_t step, const struct verdict *verdict)
{
    struct finding *finding = &playing->play->finding;
    struct text sentence = {0};
    bool is_answer = verdict->stated != NULL;
    const char *verb = step == SIZE_MAX ? "world" : playing->scenario->steps[step].verb->form.name;
    finding->step = step;
    finding->rule = mem_text(verdict->rule);
    finding->kind = is_answer ? mem_format("answer of %s: %s", verb, verdict->seen)
                              : without_digits(mem_format("%s", verdict->what));
    text_addf(&sentence, "%s", verdict->what);
    if (verdict->user != NULL)
        text_addf(&sentence, " of %s", verdict->user);
    if (verdict->profile != NULL)
        text_addf(&sentence, " under %s", verdict->profile);
    text_addf(&sentence, ": expected %s, seen %s", verdict->expected, verdict->seen);
    finding->sentence = text_take(&sentence);
}

static void on_verdict(void *context, size_t step, const struct verdict *verdict)
{
    struct playing *playing = context;
    if (verdict->kind != VERDICT_BROKEN || playing->play->finding.kind != NULL)
        return;
    keep_finding(playing, step, verdict);
}

static void on_step(void *context, size_t step, const struct oracle *oracle,
                    const struct observation *seen)
{
    struct playing *playing = context;
    (void)oracle;
    (void)seen;
    playing->play->steps += step != SIZE_MAX;
}

/* A call that fails inside is never as it should be. */
static bool is_code_of_failure(const char *code)
{
    return strncmp(code, "Internal", strlen("Internal")) == 0;
}

const char *play_key(size_t step, char out[PLAY_KEY_BYTES])
{
    snprintf(out, PLAY_KEY_BYTES, "%zu", step);
    return out;
}

static const char *on_answer(void *context, size_t index, const struct action_result *result)
{
    struct playing *playing = context;
    const struct step *step = &playing->scenario->steps[index];
    enum answer answer = truth_answer(&playing->truth, step->verb, step->arguments, step->via);
    bool fault = truth_has(&playing->truth, "fault", "asked", NULL);
    if (!result->refused)
        truth_apply(&playing->truth, step->verb, step->arguments);
    if (!result->refused)
        return answer == ANSWER_REFUSED ? SOME_REFUSAL : NULL;
    if (answer == ANSWER_ACCEPTED || (is_code_of_failure(result->code) && !fault))
        return NULL;
    char key[PLAY_KEY_BYTES];
    json_put_text(playing->play->refused, play_key(index, key), result->code);
    return result->code;
}

static bool is_plain(const struct variant *variant)
{
    return strcmp(variant->edition, EDITION_DEFAULT) == 0 && variant->override == NULL &&
           strcmp(variant->timing, "instant") == 0;
}

static void play_variant(struct aws *aws, const struct variant *variant,
                         const struct play_settings *settings, struct play *play)
{
    struct playing playing = {.play = play, .scenario = variant->scenario};
    const struct run_listener listener = {
        .verdict = on_verdict, .step = on_step, .answer = on_answer, .context = &playing};
    const struct run_settings run_settings = {.deviations = settings->deviations,
                                              .deviation_count = settings->deviation_count,
                                              .own_mock = true};
    struct run_result result;
    truth_begin(&variant->scenario->world, is_plain(variant), &playing.truth);
    run_variant(aws, variant, &run_settings, &listener, &result);
    truth_clear(&playing.truth);
    if (play->finding.kind != NULL) {
        play->end = PLAY_FOUND;
    } else if (result.end == RUN_REFUSED) {
        play->end = PLAY_FOUND;
        play->finding = (struct finding){.kind = mem_text("the world is refused"),
                                         .sentence = mem_text(result.problem),
                                         .step = SIZE_MAX};
    } else if (result.end != RUN_PLAYED) {
        play->end = PLAY_NO_ANSWER;
        play->problem = mem_text(result.problem);
    }
}

void play_history(struct aws *aws, const struct json *document,
                  const struct play_settings *settings, struct play *out_play)
{
    struct text complaints = {0};
    char *chars = json_print(document);
    *out_play = (struct play){.end = PLAY_HELD, .refused = json_new_object()};
    struct scenario *scenario = scenario_parse("history", chars, strlen(chars), &complaints);
    if (scenario == NULL) {
        out_play->end = PLAY_NO_SCENARIO;
        out_play->problem = mem_text(text_chars(&complaints));
    } else {
        struct suite suite = {.scenarios = &scenario, .count = 1};
        const struct choices choices = {0};
        struct variants variants;
        variants_make(&suite, &choices, NULL, &variants);
        play_variant(aws, &variants.items[0], settings, out_play);
        variants_clear(&variants);
    }
    scenario_free(scenario);
    text_clear(&complaints);
    free(chars);
}

void finding_clear(struct finding *finding)
{
    free(finding->kind);
    free(finding->sentence);
    free(finding->rule);
    *finding = (struct finding){0};
}

void play_clear(struct play *play)
{
    finding_clear(&play->finding);
    free(play->problem);
    json_free(play->refused);
    *play = (struct play){0};
}
