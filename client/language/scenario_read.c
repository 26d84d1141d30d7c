/* SPDX-License-Identifier: MIT */
/*
 * Reading a scenario: the file's own members, its steps, the handles and the clock through all of
 * them.
 */
#include "language/scenario.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/editions.h"
#include "base/lags.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/times.h"

static const struct member SCENARIO_MEMBERS[] = {
    {"format", VALUE_FORMAT, true, NULL, "The version of the language."},
    {"name", VALUE_TEXT, true, NULL, "What the scenario shows, as a sentence."},
    {"rules", VALUE_RULES, true, NULL,
     "The rules that it checks; the first is cited where no other decides."},
    {"edition", VALUE_EDITIONS, false, EDITION_DEFAULT,
     "The reading of the documents that is in force."},
    {"timing", VALUE_TIMINGS, false, TIMING_DEFAULT,
     "Whether what follows from an event follows at once, or as late as the documents allow."},
    {"window", VALUE_LAGS, false, "none",
     "Delays at both ends of whose window it must hold: without any, and as long as the documents "
     "allow."},
    {"via", VALUE_PATHS, false, "each verb's first",
     "By which path its steps are done, where the verb has it."},
    {"seed", VALUE_SEED, false, "1", "From which the server makes its ids."},
    {"world", VALUE_WORLD, true, NULL,
     "Who and what there is, and what happened before the first step."},
    {"steps", VALUE_STEPS, true, NULL, "What happens."},
    {0}};
static const struct form SCENARIO = {"scenario", "", SCENARIO_MEMBERS};

static const struct member EDITION_MEMBERS[] = {
    {"name", VALUE_EDITION_NAME, true, NULL, "Which edition."},
    {"override", VALUE_OVERRIDE, false, "none", "Parameters that differ from it."},
    {0}};
static const struct form EDITION = {"edition", "", EDITION_MEMBERS};

static const struct member STEP_MEMBERS[] = {
    {"at", VALUE_TIME, false, "now", "Move the clock there first; not before now."},
    {"refused", VALUE_ERROR_CODE, false, "it must be accepted",
     "It must be refused with this code, and change nothing; or its answer is lost so."},
    {"done", VALUE_BOOLEAN, false, "it is not",
     "Beside a `refused` that says how the answer was lost: it must have taken place all the "
     "same."},
    {"via", VALUE_PATH, false, "as the scenario says", "By which path of the verb it is done."},
    {0}};
static const struct form STEP = {"step", "", STEP_MEMBERS};

const struct form *scenario_form(void)
{
    return &SCENARIO;
}

const struct form *scenario_edition_form(void)
{
    return &EDITION;
}

const struct form *scenario_step_form(void)
{
    return &STEP;
}

/* A scenario while it is read: what is known by the step at hand. */
struct progress {
    struct reader *reader;
    struct scenario *scenario;
    struct registry known;
    int64_t now_s;
};

static int actor_kind_named(const char *name)
{
    for (int kind = 0; kind < ACTOR_KINDS; kind++) {
        if (strcmp(actor_kind_name((enum actor_kind)kind), name) == 0)
            return kind;
    }
    return -1;
}

/* "user:alice", "group:devs" or "alice": which actor does it name? */
static const struct actor *principal(const struct registry *registry, const char *text)
{
    const char *colon = strchr(text, ':');
    bool is_group = strncmp(text, "group:", strlen("group:")) == 0;
    return registry_find(registry, is_group ? ACTOR_GROUP : ACTOR_USER,
                         colon == NULL ? text : colon + 1);
}

static void complain_of_handle(struct progress *progress, const char *pointer, const char *member,
                               const char *text)
{
    reader_complain(progress->reader, pointer,
                    "%s: found \"%s\", expected a handle that is known at this step", member, text);
}

/* Does the handle of a member lead somewhere? An absent one must have one meaning only. */
static void follow_member(struct progress *progress, const char *pointer,
                          const struct member *member, const struct json *arguments)
{
    const char *text = json_member_text(arguments, member->name);
    struct pointer at = pointer_to(pointer, member->name);
    int kind = actor_kind_named(member->name);
    if (member->kind == VALUE_NEW_HANDLE) {
        assert(kind >= 0);
        if (registry_find(&progress->known, (enum actor_kind)kind, text) != NULL)
            reader_complain(progress->reader, at.chars,
                            "%s: found \"%s\", expected a handle that was not used before",
                            member->name, text);
    } else if (member->kind == VALUE_PRINCIPAL || member->kind == VALUE_MEMBER) {
        if (principal(&progress->known, text) == NULL)
            complain_of_handle(progress, at.chars, member->name, text);
    } else if (member->kind >= VALUE_ACCOUNT && member->kind <= VALUE_PROFILE) {
        if (registry_find(&progress->known, (enum actor_kind)kind, text) != NULL)
            return;
        if (text != NULL)
            complain_of_handle(progress, at.chars, member->name, text);
        else
            reader_complain(progress->reader, pointer,
                            "the member \"%s\" is missing, expected because there are %zu such",
                            member->name, progress->known.of[kind].count);
    }
}

static void follow_handles(struct progress *progress, const char *pointer, const struct step *step)
{
    size_t complaints = progress->reader->complaint_count;
    const struct member *members = step->verb->form.members;
    for (const struct member *member = members; member->name != NULL; member++)
        follow_member(progress, pointer, member, step->arguments);
    if (progress->reader->complaint_count > complaints || step->refused != NULL)
        return;
    assert(members[0].name != NULL); /* no verb is without members */
    if (members[0].kind == VALUE_NEW_HANDLE)
        registry_add(&progress->known, (enum actor_kind)actor_kind_named(members[0].name),
                     json_member_text(step->arguments, members[0].name));
}

/* What a form cannot say: exactly one of two members, at least one expectation. */
static void check_sense(struct progress *progress, const char *pointer, const struct step *step)
{
    if (strcmp(step->verb->form.name, "advance") == 0 && json_count(step->arguments) != 1)
        reader_complain(progress->reader, pointer,
                        "advance: expected \"to\" or \"by\", one of them");
    bool expects = false;
    for (const struct json *value = json_first(step->arguments); value != NULL;
         value = json_next(value))
        expects |=
            strcmp(json_name(value), "user") != 0 && strcmp(json_name(value), "profile") != 0;
    if (verb_is_check(step->verb) && !expects)
        reader_complain(progress->reader, pointer,
                        "check: expected at least one of the members that state something");
    if (verb_is_check(step->verb) && step->refused != NULL)
        reader_complain(progress->reader, pointer,
                        "check: cannot be refused, expected no \"refused\"");
    const char *fault = json_member_text(step->arguments, "fault");
    bool waits = fault != NULL && (strcmp(fault, "latency") == 0 || strcmp(fault, "slow") == 0);
    if (waits && json_member(step->arguments, "latency_ms") == NULL)
        reader_complain(progress->reader, pointer,
                        "fault: the member \"latency_ms\" is missing, expected how long it takes");
}

/* Without its answer, nobody knows the id of what was made, and no later step could name it. */
static void check_done(struct progress *progress, const char *pointer, const struct step *step)
{
    struct pointer at = pointer_to(pointer, "done");
    if (step->done && (step->refused == NULL || !aws_code_is_loss(step->refused)))
        reader_complain(progress->reader, at.chars,
                        "done: expected beside \"refused\": \"" AWS_CONNECTION_RESET
                        "\" or \"" AWS_ANSWER_TRUNCATED "\" only");
    else if (step->done && step->verb->form.members[0].kind == VALUE_NEW_HANDLE)
        reader_complain(progress->reader, at.chars,
                        "done: expected with no verb that makes something, whose id would be lost");
}

/* A step cannot go by a path that its verb does not have. */
static void check_path(struct progress *progress, const char *pointer, const struct step *step)
{
    if (step->via == NULL || verb_path(step->verb, step->via) != NULL)
        return;
    struct text paths = {0};
    for (const struct path *path = step->verb->paths; path->name != NULL; path++)
        text_addf(&paths, "%s%s", path == step->verb->paths ? "" : ", ", path->name);
    reader_complain(progress->reader, pointer_to(pointer, "via").chars,
                    "via: found \"%s\", expected a path of %s: %s", step->via,
                    step->verb->form.name, paths.bytes == 0 ? "it has none" : text_chars(&paths));
    text_clear(&paths);
}

/* A path that no step has would only play the same again. */
static void check_paths(struct progress *progress, const struct json *paths)
{
    for (size_t i = 0; i < value_count(paths); i++) {
        const char *name = json_text(value_at(paths, i));
        bool found = false;
        if (name == NULL || !value_text_fits(VALUE_PATH, name))
            continue; /* complained of already */
        for (size_t step = 0; step < progress->scenario->step_count; step++)
            found |= verb_path(progress->scenario->steps[step].verb, name) != NULL;
        struct pointer at =
            json_kind(paths) == JSON_ARRAY ? pointer_to_index("/via", i) : pointer_to("", "via");
        if (!found)
            reader_complain(progress->reader, at.chars,
                            "via: found \"%s\", expected a path that a step can go by", name);
    }
}

/* Where the clock stands after the step. */
static int64_t clock_after(const struct step *step)
{
    const char *to = json_member_text(step->arguments, "to");
    const char *by = json_member_text(step->arguments, "by");
    int64_t value_s = 0;
    if (strcmp(step->verb->form.name, "advance") != 0 || step->refused != NULL)
        return step->at_s;
    if (by != NULL)
        return duration_parse(by, &value_s) ? step->at_s + value_s : step->at_s;
    if (to == NULL || strcmp(to, "next-month") == 0)
        return month_next(step->at_s);
    return time_parse(to, &value_s) ? value_s : step->at_s;
}

static void follow_clock(struct progress *progress, const char *pointer, const char *verb_pointer,
                         const struct json *object, struct step *step)
{
    const char *at = json_member_text(object, "at");
    step->at_s = progress->now_s;
    step->has_at = at != NULL;
    char now[TIME_TEXT_BYTES];
    time_print(progress->now_s, now);
    if (at != NULL && time_parse(at, &step->at_s) && step->at_s < progress->now_s)
        reader_complain(progress->reader, pointer_to(pointer, "at").chars,
                        "at: found \"%s\", expected a time not before %s", at, now);
    step->after_s = clock_after(step);
    if (step->after_s < step->at_s) {
        time_print(step->at_s, now);
        reader_complain(progress->reader, verb_pointer,
                        "advance: time does not run backwards, expected a time not before %s", now);
    }
    progress->now_s = step->after_s > progress->now_s ? step->after_s : progress->now_s;
}

/* The verb of a step and its key; NULL after a complaint. */
static const struct verb *find_verb(struct reader *reader, const char *pointer,
                                    const struct json *object)
{
    const struct verb *found = NULL;
    bool fits = true;
    for (const struct json *value = json_first(object); value != NULL; value = json_next(value)) {
        const struct verb *verb = verb_find(json_name(value));
        struct pointer at = pointer_to(pointer, json_name(value));
        const struct member *member = form_member(&STEP, json_name(value));
        if (member != NULL) {
            fits &= value_check(reader, at.chars, member->name, member->kind, value);
        } else if (verb == NULL) {
            reader_complain_key(reader, at.chars,
                                "unknown verb \"%.60s\" (see: kiro-check language)",
                                json_name(value));
            fits = false;
        } else if (found != NULL) {
            reader_complain_key(reader, at.chars,
                                "\"%s\" beside \"%s\": expected one verb in a step",
                                verb->form.name, found->form.name);
            fits = false;
        } else {
            found = verb;
        }
    }
    if (found == NULL && fits)
        reader_complain(reader, pointer, "a step without a verb, expected one");
    return fits ? found : NULL;
}

static bool read_step(struct progress *progress, const char *pointer, const struct json *object,
                      struct step *out_step)
{
    struct reader *reader = progress->reader;
    if (json_kind(object) != JSON_OBJECT) {
        reader_complain(reader, pointer, "step: found %s, expected an object",
                        json_kind_name(json_kind(object)));
        return false;
    }
    const struct verb *verb = find_verb(reader, pointer, object);
    if (verb == NULL)
        return false;

    const struct json *value = json_member(object, verb->form.name);
    const struct member *first = &verb->form.members[0];
    struct pointer at = pointer_to(pointer, verb->form.name);
    bool is_short = verb->has_short_form && json_kind(value) == JSON_TEXT;
    if (is_short ? !value_check(reader, at.chars, first->name, first->kind, value)
                 : !form_check(reader, at.chars, &verb->form, value))
        return false;

    *out_step = (struct step){.verb = verb,
                              .refused = json_member_text(object, "refused"),
                              .done = json_true(json_member(object, "done")),
                              .via = json_member_text(object, "via")};
    out_step->arguments = is_short ? json_new_object() : json_copy(value);
    if (is_short)
        json_put_text(out_step->arguments, first->name, json_text(value));
    check_sense(progress, at.chars, out_step);
    check_done(progress, pointer, out_step);
    check_path(progress, pointer, out_step);
    follow_clock(progress, pointer, at.chars, object, out_step);
    follow_handles(progress, at.chars, out_step);
    return true;
}

static void read_steps(struct progress *progress, const struct json *steps)
{
    struct scenario *scenario = progress->scenario;
    size_t count = json_count(steps);
    if (count > LIMIT_SCENARIO_STEPS) {
        reader_complain(progress->reader, "/steps", "steps: found %zu, expected at most %d", count,
                        LIMIT_SCENARIO_STEPS);
        return;
    }
    scenario->steps = mem_new((count + 1) * sizeof *scenario->steps);
    size_t index = 0;
    for (const struct json *object = json_first(steps); object != NULL;
         object = json_next(object), index++) {
        struct pointer at = pointer_to_index("/steps", index);
        if (read_step(progress, at.chars, object, &scenario->steps[scenario->step_count]))
            scenario->step_count++;
    }
}

/* The whole document, part by part; a part is looked at even if another one is wrong. */
static void read_document(struct reader *reader, struct scenario *scenario)
{
    const struct json *root = json_document_root(scenario->document);
    if (!form_check(reader, "", &SCENARIO, root) && json_kind(root) != JSON_OBJECT)
        return;
    const struct json *editions = json_member(root, "edition");
    for (size_t i = 0; i < value_count(editions); i++) {
        const struct json *edition = value_at(editions, i);
        struct pointer at = json_kind(editions) == JSON_ARRAY ? pointer_to_index("/edition", i)
                                                              : pointer_to("", "edition");
        if (json_kind(edition) == JSON_OBJECT)
            form_check(reader, at.chars, &EDITION, edition);
    }

    const struct json *world = json_member(root, "world");
    const struct json *steps = json_member(root, "steps");
    if (json_kind(world) != JSON_OBJECT ||
        !scenario_world_read(reader, "/world", world, &scenario->world))
        return;
    struct progress progress = {
        .reader = reader, .scenario = scenario, .now_s = scenario->world.start_s};
    registry_copy(&scenario->world.registry, &progress.known);
    if (json_kind(steps) == JSON_ARRAY) {
        read_steps(&progress, steps);
        check_paths(&progress, json_member(root, "via"));
    }
    registry_clear(&progress.known);
}

struct scenario *scenario_parse(const char *file, const char *chars, size_t bytes,
                                struct text *complaints)
{
    struct json_error error;
    struct json_document *document = json_parse(chars, bytes, JSON_COMMENTS, &error);
    if (document == NULL) {
        text_addf(complaints, "%s:%u:%u: %s\n", file, error.position.line, error.position.column,
                  error.message);
        return NULL;
    }
    struct scenario *scenario = mem_new(sizeof *scenario);
    scenario->file = mem_text(file);
    scenario->document = document;
    struct reader reader = {.file = file, .document = document};
    read_document(&reader, scenario);
    text_add(complaints, text_chars(&reader.complaints));
    text_clear(&reader.complaints);
    if (reader.complaint_count == 0)
        return scenario;
    scenario_free(scenario);
    return NULL;
}

struct scenario *scenario_read(const char *file, struct text *complaints)
{
    FILE *stream = fopen(file, "rb");
    if (stream == NULL) {
        text_addf(complaints, "%s: %s\n", file, strerror(errno));
        return NULL;
    }
    char *chars = mem_resize(NULL, LIMIT_SCENARIO_BYTES + 1);
    size_t bytes = fread(chars, 1, LIMIT_SCENARIO_BYTES + 1, stream);
    struct scenario *scenario = NULL;
    if (ferror(stream) != 0)
        text_addf(complaints, "%s: cannot be read\n", file);
    else if (bytes > LIMIT_SCENARIO_BYTES)
        text_addf(complaints, "%s: expected at most %d bytes\n", file, LIMIT_SCENARIO_BYTES);
    else
        scenario = scenario_parse(file, chars, bytes, complaints);
    fclose(stream);
    free(chars);
    return scenario;
}
