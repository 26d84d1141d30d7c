/* SPDX-License-Identifier: MIT */
/* The main path of the checker: run_variant, read from the bottom up. */
#include "run/run.h"

#include <stdio.h>
#include <string.h>

#include "judge/decimal.h"
#include "run/observe.h"

struct run {
    const struct variant *variant;
    const struct scenario *scenario; /* the variant's */
    const struct run_settings *settings;
    const struct run_listener *listener;
    struct run_result *result;
    struct registry registry;
    struct session session;
    struct judge judge;
    size_t step;    /* at hand; SIZE_MAX: the world */
    bool over;      /* what follows stands on something that did not happen */
    bool unchanged; /* by the step at hand: what was seen before it still stands */
    size_t by_level[LEVEL_INFERRED + 1]; /* checks by a rule that the scenario names */
    struct sightings sightings;          /* of the last observation */
};

static void count_level(struct run *run, const struct verdict *verdict)
{
    if (verdict->kind != VERDICT_SKIPPED && scenario_names_rule(run->scenario, verdict->rule))
        run->by_level[verdict->level]++;
}

enum level rule_best_level(const struct rule *rule)
{
    enum level best = LEVEL_INFERRED;
    for (int axis = 0; axis < AXIS_COUNT; axis++) {
        if (rule->level[axis] < best)
            best = rule->level[axis];
    }
    return best;
}

/* Where no check cites a rule that the scenario names, it rests on what those rules rest on. */
static bool inferred_alone(const struct run *run)
{
    size_t better = 0;
    for (int level = LEVEL_DOCUMENTED; level < LEVEL_INFERRED; level++)
        better += run->by_level[level];
    if (better + run->by_level[LEVEL_INFERRED] > 0)
        return better == 0;
    for (const struct json *rule = json_first(scenario_rules(run->scenario)); rule != NULL;
         rule = json_next(rule)) {
        if (rule_best_level(rule_find(json_text(rule))) != LEVEL_INFERRED)
            return false;
    }
    return true;
}

static void on_verdict(void *context, const struct verdict *verdict)
{
    struct run *run = context;
    count_level(run, verdict);
    run->result->checks += verdict->kind != VERDICT_SKIPPED;
    run->result->skipped += verdict->kind == VERDICT_SKIPPED;
    run->result->broken += verdict->kind == VERDICT_BROKEN;
    run->result->undecided += verdict->kind == VERDICT_UNDECIDED;
    run->listener->verdict(run->listener->context, run->step, verdict);
}

static struct oracle *make_oracle(const struct run *run)
{
    struct terms terms = variant_terms(run->variant);
    struct oracle *oracle = oracle_new(terms.values, terms.lags_s);
    for (size_t i = 0; i < run->scenario->world.event_count; i++)
        oracle_record(oracle, &run->scenario->world.events[i]);
    return oracle;
}

static struct json *reset_input(const struct run *run)
{
    struct json *input = json_new_object();
    int64_t seed = run->settings->seed;
    json_put_integer(input, "seed", seed != 0 ? seed : scenario_seed(run->scenario));
    struct json *override = variant_override(run->variant);
    if (override == NULL) {
        json_put_text(input, "edition", run->variant->edition);
    } else {
        struct json *edition = json_put(input, "edition", json_new_object());
        json_put_text(edition, "name", run->variant->edition);
        json_put(edition, "override", override);
    }
    json_put_text(input, "timing", run->variant->timing);
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
    struct actors *actors = &run->registry.of[kind];
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
            return aws_problem_set(run->session.aws, "/_mock/reset does not name the %s %s",
                                   actor_kind_name(kind), actor->handle);
    }
    return true;
}

/* Where each directory takes SCIM. */
static void take_tenants(struct run *run, const struct json *tenants)
{
    struct actors *instances = &run->registry.of[ACTOR_INSTANCE];
    for (size_t i = 0; i < instances->count; i++) {
        const struct json *tenant = json_member(tenants, instances->items[i].handle);
        actor_set(&instances->items[i].scim_url, json_member_text(tenant, "url"));
        actor_set(&instances->items[i].scim_token, json_member_text(tenant, "token"));
    }
}

/*
 * The server refused the document: say where in the file, if it says where in the document. A world
 * that an edition does not know, because the command line chose it, is skipped.
 */
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
    run->result->end = run->variant->other_terms && !in_settings ? RUN_SKIPPED : RUN_REFUSED;
}

/* False: the run is over. */
static bool set_world(struct run *run)
{
    struct aws_answer answer;
    bool answered =
        aws_control(run->session.aws, "POST", "/_mock/reset", reset_input(run), &answer);
    bool accepted = answered && answer.status == 200;
    if (answered && !accepted)
        world_refused(run, &answer);
    for (int kind = 0; accepted && kind < ACTOR_KINDS; kind++)
        accepted = take_ids(run, (enum actor_kind)kind, answer.body);
    take_tenants(run, json_member(answer.body, "scim"));
    aws_answer_clear(&answer);
    return accepted;
}

static bool observe_and_judge(struct run *run)
{
    sightings_clear(&run->sightings);
    if (!observe(run->session.aws, &run->registry, run->scenario->world.first_s, run->session.now_s,
                 &run->sightings))
        return false;
    judge_observation(&run->judge, &run->sightings.seen);
    return true;
}

static bool fetch_digest(struct run *run, char out[AWS_CODE_BYTES])
{
    struct aws_answer answer;
    bool answered = aws_control(run->session.aws, "GET", "/_mock/digest", NULL, &answer);
    const char *digest = json_member_text(answer.body, "digest");
    snprintf(out, AWS_CODE_BYTES, "%s", digest == NULL ? "" : digest);
    if (answered && digest == NULL)
        answered = aws_problem_set(run->session.aws, "/_mock/digest answered without a digest");
    aws_answer_clear(&answer);
    return answered;
}

/* What the oracle says of a use before it happens: "accepted" or "refused"; NULL: it is no use. */
static const char *expected_use(const struct run *run, const struct step *step)
{
    const struct actor *profile =
        registry_find(&run->registry, ACTOR_PROFILE, json_member_text(step->arguments, "profile"));
    int64_t credits_hundredths = 0;
    if (strcmp(step->verb->form.name, "use") != 0)
        return NULL;
    decimal_parse(form_text(&step->verb->form, step->arguments, "credits"), &credits_hundredths);
    return oracle_may_use(run->session.oracle, json_member_text(step->arguments, "user"),
                          profile->handle, run->session.now_s, credits_hundredths)
               ? "accepted"
               : "refused";
}

/* Was the step accepted or refused as it should be? And a sign-in or a use as the oracle says? */
static void judge_result(struct run *run, const struct step *step,
                         const struct action_result *result, const char *use)
{
    char expected[AWS_CODE_BYTES + 16] = "accepted";
    char seen[AWS_CODE_BYTES + 16] = "accepted";
    const char *refused = step->refused;
    if (refused == NULL && run->listener->answer != NULL)
        refused = run->listener->answer(run->listener->context, run->step, result);
    if (refused != NULL)
        snprintf(expected, sizeof expected, "refused with %s", refused);
    if (result->refused)
        snprintf(seen, sizeof seen, "refused with %s", result->code);
    const char *user = json_member_text(step->arguments, "user");
    judge_stated_answer(&run->judge, expected, seen);
    const char *outcome = result->refused ? "refused" : "accepted";
    if (use != NULL)
        judge_answer(&run->judge, NULL, user, "the use was", use, outcome);
    if (strcmp(step->verb->form.name, "sign_in") == 0)
        judge_answer(&run->judge, "idc-disable-blocks-signin", user, "sign-in",
                     oracle_may_sign_in(run->session.oracle, user, run->session.now_s) ? "accepted"
                                                                                       : "refused",
                     outcome);
}

static bool perform(struct run *run, const struct step *step)
{
    char before[AWS_CODE_BYTES];
    char after[AWS_CODE_BYTES];
    struct action_result result = {.done = step->done};
    if (step->refused != NULL && !fetch_digest(run, before))
        return false;
    const char *use = expected_use(run, step);
    if (!variant_path(run->variant, step)->perform(&run->session, step->arguments, &result))
        return false;
    run->session.now_s = step->after_s;
    judge_result(run, step, &result, use);
    bool makes_something = step->verb->form.members[0].kind == VALUE_NEW_HANDLE;
    run->over = makes_something && result.refused && step->refused == NULL;
    if (step->refused == NULL || !result.refused)
        return true;
    if (!fetch_digest(run, after))
        return false;
    run->unchanged = strcmp(before, after) == 0;
    judge_answer(&run->judge, NULL, NULL, "the refused step changed",
                 step->done ? "something" : "nothing", run->unchanged ? "nothing" : "something");
    return true;
}

static void judge_check(struct run *run, const struct step *step)
{
    const struct observation *seen = &run->sightings.seen;
    const char *user = json_member_text(step->arguments, "user");
    const char *profile =
        registry_find(&run->registry, ACTOR_PROFILE, json_member_text(step->arguments, "profile"))
            ->handle;
    for (const struct json *value = json_first(step->arguments); value != NULL;
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

/*
 * One step: the clock, the action, the observation, the judgement. False: there was no usable
 * answer.
 */
static bool play_step(struct run *run, const struct step *step)
{
    if (step->has_at && !action_move_clock(&run->session, step->at_s))
        return false;
    bool is_check = verb_is_check(step->verb);
    run->unchanged = is_check;
    if (!is_check && !perform(run, step))
        return false;
    if (run->result->broken > 0) {
        sightings_clear(&run->sightings); /* of the step before: not to be taken for this one's */
        return true;
    }
    if ((!run->unchanged || step->has_at) && !observe_and_judge(run))
        return false;
    if (is_check)
        judge_check(run, step);
    return true;
}

static void notify_step(struct run *run)
{
    if (run->listener->step != NULL)
        run->listener->step(run->listener->context, run->step, run->session.oracle,
                            &run->sightings.seen);
}

static bool play_all(struct run *run)
{
    run->step = SIZE_MAX;
    if (!set_world(run) || !observe_and_judge(run))
        return false;
    notify_step(run);
    for (size_t i = 0; i < run->scenario->step_count; i++) {
        if (run->result->broken > 0 || run->over)
            break;
        run->step = i;
        if (!play_step(run, &run->scenario->steps[i]))
            return false;
        notify_step(run);
    }
    return true;
}

void run_variant(struct aws *aws, const struct variant *variant,
                 const struct run_settings *settings, const struct run_listener *listener,
                 struct run_result *out_result)
{
    const struct scenario *scenario = variant->scenario;
    struct run run = {.variant = variant,
                      .scenario = scenario,
                      .settings = settings,
                      .listener = listener,
                      .result = out_result};
    *out_result = (struct run_result){.end = RUN_PLAYED};
    aws_expect_losses(aws, false); /* the world of the run before may have asked for them */
    registry_copy(&scenario->world.registry, &run.registry);
    struct oracle *oracle = make_oracle(&run);
    run.session = (struct session){aws, &run.registry, oracle, scenario->world.start_s};
    run.judge = (struct judge){.oracle = oracle,
                               .rule = scenario_first_rule(scenario),
                               .own_mock = settings->own_mock,
                               .foreign = variant->other_terms,
                               .listener = on_verdict,
                               .context = &run};

    if (!play_all(&run) && out_result->end == RUN_PLAYED) {
        out_result->end = RUN_NO_ANSWER;
        snprintf(out_result->problem, sizeof out_result->problem, "%s: %s", scenario->file,
                 aws_problem(aws));
    }
    out_result->inferred_alone = inferred_alone(&run);
    sightings_clear(&run.sightings);
    oracle_free(oracle);
    registry_clear(&run.registry);
}
