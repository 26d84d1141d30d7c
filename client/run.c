/* SPDX-License-Identifier: MIT */
/* The main path of the checker: run_scenario, read top to bottom. */
#include "run.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/times.h"
#include "deeds.h"
#include "observe.h"

struct run {
    const struct scenario *scenario;
    const struct run_settings *settings;
    const struct run_watcher *watcher;
    struct run_result *result;
    struct cast cast;
    struct stage stage;
    struct judge judge;
    size_t step;                /* at hand; SIZE_MAX: the world */
    struct sightings sightings; /* of the last look */
};

static void hear_verdict(void *context, const struct verdict *verdict)
{
    struct run *run = context;
    run->result->checks++;
    run->result->broken += verdict->kind == VERDICT_BROKEN;
    run->result->undecided += verdict->kind == VERDICT_UNDECIDED;
    run->watcher->verdict(run->watcher->context, run->scenario, run->step, verdict);
}

static const char *edition_name(const struct run *run)
{
    const char *edition = scenario_edition(run->scenario);
    if (edition == NULL)
        edition = run->settings->edition;
    return edition != NULL ? edition : EDITION_DEFAULT;
}

static struct oracle *make_oracle(const struct run *run)
{
    const struct edition *edition = edition_find(edition_name(run));
    assert(edition != NULL); /* checked where it was read */
    int values[PARAMETER_COUNT];
    memcpy(values, edition->values, sizeof values);
    const struct json *override = scenario_override(run->scenario);
    for (const struct json *value = json_first(override); value != NULL; value = json_next(value)) {
        enum parameter parameter = (enum parameter)parameter_find(json_name(value));
        values[parameter] = parameter_value_find(parameter, json_text(value));
    }
    struct oracle *oracle = oracle_new(values);
    for (size_t i = 0; i < run->scenario->world.event_count; i++)
        oracle_record(oracle, &run->scenario->world.events[i]);
    return oracle;
}

static struct json *reset_input(const struct run *run)
{
    struct json *input = json_new_object();
    int64_t seed = run->settings->seed;
    json_put_integer(input, "seed", seed != 0 ? seed : scenario_seed(run->scenario));
    const struct json *override = scenario_override(run->scenario);
    if (override == NULL) {
        json_put_text(input, "edition", edition_name(run));
    } else {
        struct json *edition = json_put(input, "edition", json_new_object());
        json_put_text(edition, "name", edition_name(run));
        json_put(edition, "override", json_copy(override));
    }
    struct json *deviations = json_put(input, "deviations", json_new_array());
    for (size_t i = 0; i < run->settings->deviation_count; i++)
        json_push(deviations, json_new_text(run->settings->deviations[i]));
    json_put(input, "world", json_copy(scenario_world_document(run->scenario)));
    return input;
}

/* The ids of one kind of actor: texts, or for instances an object with the ARN and the store. */
static bool take_ids(struct run *run, enum actor_kind kind, const struct json *body)
{
    char key[32];
    snprintf(key, sizeof key, "%ss", actor_kind_name(kind));
    const struct json *ids = json_member(body, key);
    struct actors *actors = &run->cast.of[kind];
    for (size_t i = 0; i < actors->count; i++) {
        struct actor *actor = &actors->items[i];
        const struct json *value = json_member(ids, actor->handle);
        const char *id =
            json_kind(value) == JSON_OBJECT ? json_member_text(value, "arn") : json_text(value);
        if (id != NULL)
            actor_set(&actor->id, id);
        if (kind == ACTOR_INSTANCE && json_member_text(value, "identity_store_id") != NULL)
            actor_set(&actor->store_id, json_member_text(value, "identity_store_id"));
        if (actor->id == NULL || (kind == ACTOR_INSTANCE && actor->store_id == NULL))
            return aws_problem_set(run->stage.aws, "/_mock/reset does not name the %s %s",
                                   actor_kind_name(kind), actor->handle);
    }
    return true;
}

/* The server refused the document: say where in the file, if it says where in the document. */
static void world_refused(struct run *run, const struct aws_answer *answer)
{
    const struct json *error = json_member(answer->body, "error");
    const char *path = json_member_text(error, "path");
    const char *message = json_member_text(error, "message");
    bool in_settings = path != NULL && strncmp(path, "/world", strlen("/world")) != 0;
    struct json_position position =
        json_position(run->scenario->document, path == NULL || in_settings ? "/world" : path);
    snprintf(run->result->problem, sizeof run->result->problem,
             "%s:%u:%u: the server refuses %s: %s: %s", run->scenario->file, position.line,
             position.column, in_settings ? path + 1 : "this world", answer->code,
             message == NULL ? "no message" : message);
    run->result->end = RUN_REFUSED;
}

/* False: the run is over. */
static bool set_world(struct run *run)
{
    struct aws_answer answer;
    bool answered = aws_control(run->stage.aws, "POST", "/_mock/reset", reset_input(run), &answer);
    bool accepted = answered && answer.status == 200;
    if (answered && !accepted)
        world_refused(run, &answer);
    for (int kind = 0; accepted && kind < ACTOR_KINDS; kind++)
        accepted = take_ids(run, (enum actor_kind)kind, answer.body);
    aws_answer_clear(&answer);
    return accepted;
}

static bool look_and_judge(struct run *run)
{
    sightings_clear(&run->sightings);
    if (!observe(run->stage.aws, &run->cast, run->scenario->world.first_s, run->stage.now_s,
                 &run->sightings))
        return false;
    judge_observation(&run->judge, &run->sightings.seen);
    return true;
}

static bool fetch_digest(struct run *run, char out[AWS_CODE_BYTES])
{
    struct aws_answer answer;
    bool answered = aws_control(run->stage.aws, "GET", "/_mock/digest", NULL, &answer);
    const char *digest = json_member_text(answer.body, "digest");
    snprintf(out, AWS_CODE_BYTES, "%s", digest == NULL ? "" : digest);
    if (answered && digest == NULL)
        answered = aws_problem_set(run->stage.aws, "/_mock/digest answered without a digest");
    aws_answer_clear(&answer);
    return answered;
}

/* Was the step accepted or refused as it should be? And a sign-in as the oracle says? */
static void judge_deed(struct run *run, const struct step *step, const struct deed *deed)
{
    char expected[AWS_CODE_BYTES + 16] = "accepted";
    char seen[AWS_CODE_BYTES + 16] = "accepted";
    if (step->refused != NULL)
        snprintf(expected, sizeof expected, "refused with %s", step->refused);
    if (deed->refused)
        snprintf(seen, sizeof seen, "refused with %s", deed->code);
    const char *user = json_member_text(step->said, "user");
    judge_answer(&run->judge, NULL, NULL, "the answer was", expected, seen);
    if (step->verb->perform == deed_sign_in)
        judge_answer(&run->judge, "idc-disable-blocks-signin", user, "sign-in",
                     oracle_may_sign_in(run->stage.oracle, user, run->stage.now_s) ? "accepted"
                                                                                   : "refused",
                     deed->refused ? "refused" : "accepted");
}

static bool perform(struct run *run, const struct step *step)
{
    char before[AWS_CODE_BYTES];
    char after[AWS_CODE_BYTES];
    struct deed deed = {0};
    if (step->refused != NULL && !fetch_digest(run, before))
        return false;
    if (!step->verb->perform(&run->stage, step->said, &deed))
        return false;
    run->stage.now_s = step->after_s;
    judge_deed(run, step, &deed);
    if (step->refused == NULL)
        return true;
    if (!fetch_digest(run, after))
        return false;
    judge_answer(&run->judge, NULL, NULL, "the refused step changed", "nothing",
                 strcmp(before, after) == 0 ? "nothing" : "something");
    return true;
}

static void judge_check(struct run *run, const struct step *step)
{
    const struct observation *seen = &run->sightings.seen;
    const char *user = json_member_text(step->said, "user");
    const char *profile =
        cast_find(&run->cast, ACTOR_PROFILE, json_member_text(step->said, "profile"))->handle;
    for (const struct json *value = json_first(step->said); value != NULL;
         value = json_next(value)) {
        const char *name = json_name(value);
        if (strcmp(name, "user") == 0 || strcmp(name, "profile") == 0)
            continue;
        if (json_kind(value) == JSON_BOOLEAN)
            judge_stated(&run->judge, seen, user, profile, name,
                         json_true(value) ? "true" : "false");
        else if (json_kind(value) == JSON_TEXT)
            judge_stated(&run->judge, seen, user, profile, name, json_text(value));
        for (const struct json *amount = json_first(value); amount != NULL;
             amount = json_next(amount)) {
            struct month month = {0};
            sscanf(json_name(amount), "%d-%d", &month.year, &month.month);
            judge_stated_bill(&run->judge, seen, user, profile, month, json_text(amount));
        }
    }
}

/* One step: the clock, the deed, the look, the judgement. False: there was no usable answer. */
static bool play_step(struct run *run, const struct step *step)
{
    if (step->has_at && !deed_move_clock(&run->stage, step->at_s))
        return false;
    if (step->verb->perform != NULL && !perform(run, step))
        return false;
    if (run->result->broken > 0) {
        sightings_clear(&run->sightings); /* of the step before: not to be taken for this one's */
        return true;
    }
    /*
     * A check without a time of its own changes nothing, and what was seen after the step before
     * still stands.
     */
    bool changed = step->verb->perform != NULL || step->has_at;
    if (changed && !look_and_judge(run))
        return false;
    if (step->verb->perform == NULL)
        judge_check(run, step);
    return true;
}

static void tell_step(struct run *run)
{
    if (run->watcher->step != NULL)
        run->watcher->step(run->watcher->context, run->scenario, run->step, run->stage.oracle,
                           &run->sightings.seen);
}

static bool play(struct run *run)
{
    run->step = SIZE_MAX;
    if (!set_world(run) || !look_and_judge(run))
        return false;
    tell_step(run);
    for (size_t i = 0; i < run->scenario->step_count && run->result->broken == 0; i++) {
        run->step = i;
        if (!play_step(run, &run->scenario->steps[i]))
            return false;
        tell_step(run);
    }
    return true;
}

void run_scenario(struct aws *aws, const struct scenario *scenario,
                  const struct run_settings *settings, const struct run_watcher *watcher,
                  struct run_result *out_result)
{
    struct run run = {
        .scenario = scenario, .settings = settings, .watcher = watcher, .result = out_result};
    *out_result = (struct run_result){.end = RUN_PLAYED};
    cast_copy(&scenario->world.cast, &run.cast);
    struct oracle *oracle = make_oracle(&run);
    run.stage = (struct stage){aws, &run.cast, oracle, scenario->world.start_s};
    run.judge = (struct judge){.oracle = oracle,
                               .rule = scenario_first_rule(scenario),
                               .own_mock = settings->own_mock,
                               .listener = hear_verdict,
                               .context = &run};

    if (!play(&run) && out_result->end == RUN_PLAYED) {
        out_result->end = RUN_NO_ANSWER;
        snprintf(out_result->problem, sizeof out_result->problem, "%s: %s", scenario->file,
                 aws_problem(aws));
    }
    sightings_clear(&run.sightings);
    oracle_free(oracle);
    cast_clear(&run.cast);
}
