/* SPDX-License-Identifier: MIT */
/*
 * Each history leaves some verbs out and prefers others, so that together they reach what an even
 * mixture never does.
 */
#include "explore/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/editions.h"
#include "base/mem.h"
#include "base/parameters.h"
#include "base/plans.h"
#include "base/times.h"
#include "explore/truth.h"
#include "explore/world_draw.h"

enum {
    STEPS_LEAST = 10,
    STEPS_MOST = 40,
    LEFT_OUT_PERCENT = 20,
    PREFERRED_PERCENT = 25,
    PREFERRED_WEIGHT = 4,
    TRIES = 12, /* for a step that would be accepted */
    HORIZON_DAYS = 170,
    USERS_MAX = 7,
    PROFILES_MAX = 4,
    ACCOUNTS_MAX = 4
};

struct writer {
    struct random random;
    struct truth truth;
    struct json *steps;
    int64_t start_s;
    int64_t now_s;
};

/* One of the kind; one that is still there, if chance does not insist. NULL: there is none. */
static const struct actor *draw_actor(struct writer *writer, enum actor_kind kind)
{
    const struct actors *actors = &writer->truth.registry.of[kind];
    const struct actor *actor = NULL;
    bool any = random_chance(&writer->random, 4);
    for (int i = 0; i < TRIES && actors->count > 0; i++) {
        actor = &actors->items[random_below(&writer->random, actors->count)];
        if (any || truth_stands(&writer->truth, kind, actor->handle))
            break;
    }
    return actor;
}

static bool put_actor(struct writer *writer, struct json *arguments, const char *name,
                      enum actor_kind kind)
{
    const struct actor *actor = draw_actor(writer, kind);
    if (actor != NULL)
        json_put_text(arguments, name, actor->handle);
    return actor != NULL;
}

static bool put_principal(struct writer *writer, struct json *arguments)
{
    enum actor_kind kind = random_chance(&writer->random, 60) ? ACTOR_USER : ACTOR_GROUP;
    const struct actor *actor = draw_actor(writer, kind);
    if (actor == NULL)
        return false;
    char *to = mem_format("%s:%s", actor_kind_name(kind), actor->handle);
    json_put_text(arguments, "to", to);
    free(to);
    return true;
}

static void put_plan(struct writer *writer, struct json *arguments)
{
    json_put_text(
        arguments, "plan",
        plan_facts((enum plan)random_between(&writer->random, PLAN_PRO, PLAN_POWER))->name);
}

/* A handle that none of the kind has had; false: there are enough of them. */
static bool put_new(struct writer *writer, struct json *arguments, enum actor_kind kind,
                    size_t most)
{
    size_t count = writer->truth.registry.of[kind].count;
    char *handle = mem_format("%c%zu", actor_kind_name(kind)[0], count + 1);
    json_put_text(arguments, actor_kind_name(kind), handle);
    free(handle);
    return count < most;
}

static bool draw_create_user(struct writer *writer, struct json *arguments)
{
    const struct actor *namesake = draw_actor(writer, ACTOR_USER);
    if (!put_new(writer, arguments, ACTOR_USER, USERS_MAX) ||
        !put_actor(writer, arguments, "instance", ACTOR_INSTANCE))
        return false;
    const struct actors *users = &writer->truth.registry.of[ACTOR_USER];
    for (size_t i = 0; i < users->count && random_chance(&writer->random, 60); i++)
        if (truth_has(&writer->truth, "gone", "user", users->items[i].handle))
            namesake = &users->items[i];
    if (namesake != NULL && truth_has(&writer->truth, "gone", "user", namesake->handle)) {
        json_put_text(arguments, "user_name", namesake->name);
        json_put_text(arguments, "instance", namesake->instance);
    }
    return true;
}

static bool draw_a_user(struct writer *writer, struct json *arguments)
{
    return put_actor(writer, arguments, "user", ACTOR_USER);
}

static bool draw_a_group(struct writer *writer, struct json *arguments)
{
    return put_actor(writer, arguments, "group", ACTOR_GROUP);
}

static bool draw_membership(struct writer *writer, struct json *arguments)
{
    return draw_a_group(writer, arguments) && put_actor(writer, arguments, "member", ACTOR_USER);
}

static bool draw_a_profile(struct writer *writer, struct json *arguments)
{
    return put_actor(writer, arguments, "profile", ACTOR_PROFILE);
}

static bool draw_subscription(struct writer *writer, struct json *arguments)
{
    return put_principal(writer, arguments) && draw_a_profile(writer, arguments);
}

static bool draw_plan_of_subscription(struct writer *writer, struct json *arguments)
{
    put_plan(writer, arguments);
    return draw_subscription(writer, arguments);
}

static bool draw_use(struct writer *writer, struct json *arguments)
{
    static const char *const CREDITS[] = {"0.01", "1.00", "999.99", "1000.00", "2500.00", "12.34"};
    if (random_chance(&writer->random, 40))
        json_put_text(arguments, "credits",
                      CREDITS[random_below(&writer->random, sizeof CREDITS / sizeof *CREDITS)]);
    return draw_a_user(writer, arguments) && draw_a_profile(writer, arguments);
}

static bool draw_overage(struct writer *writer, struct json *arguments)
{
    json_put_text(arguments, "overage", random_chance(&writer->random, 75) ? "on" : "off");
    return draw_a_profile(writer, arguments);
}

static bool draw_cap(struct writer *writer, struct json *arguments)
{
    json_put_text(arguments, "cap", random_chance(&writer->random, 50) ? "20000.00" : "50000.00");
    return draw_a_profile(writer, arguments);
}

static bool draw_create_profile(struct writer *writer, struct json *arguments)
{
    json_put_text(arguments, "region",
                  random_chance(&writer->random, 50) ? "us-east-1" : "eu-central-1");
    return put_new(writer, arguments, ACTOR_PROFILE, PROFILES_MAX) &&
           put_actor(writer, arguments, "account", ACTOR_ACCOUNT) &&
           put_actor(writer, arguments, "instance", ACTOR_INSTANCE);
}

static bool draw_an_instance(struct writer *writer, struct json *arguments)
{
    return put_actor(writer, arguments, "instance", ACTOR_INSTANCE);
}

static bool draw_create_account(struct writer *writer, struct json *arguments)
{
    return writer->truth.registry.of[ACTOR_ACCOUNT].count > 1 &&
           put_new(writer, arguments, ACTOR_ACCOUNT, ACCOUNTS_MAX);
}

static bool draw_an_account(struct writer *writer, struct json *arguments)
{
    return writer->truth.registry.of[ACTOR_ACCOUNT].count > 1 &&
           put_actor(writer, arguments, "account", ACTOR_ACCOUNT);
}

static bool draw_role(struct writer *writer, struct json *arguments)
{
    return put_actor(writer, arguments, "account", ACTOR_ACCOUNT);
}

/* One that was closed: the others have nothing to be reopened from. */
static bool draw_closed_account(struct writer *writer, struct json *arguments)
{
    const struct actors *accounts = &writer->truth.registry.of[ACTOR_ACCOUNT];
    for (size_t i = 0; i < accounts->count; i++)
        if (truth_has(&writer->truth, "gone", "account", accounts->items[i].handle))
            json_put_text(arguments, "account", accounts->items[i].handle);
    return json_member(arguments, "account") != NULL;
}

/* A fault meets a call of administrators alone: what looks at the world is spared. */
static bool draw_fault(struct writer *writer, struct json *arguments)
{
    static const char *const FAULTS[] = {"throttling", "internal", "unavailable", "access-denied"};
    static const char *const OPERATIONS[] = {
        "DeleteUser",  "DeleteAssignment",      "CreateAssignment", "UpdateAssignment",
        "DeleteGroup", "CreateGroupMembership", "DeleteProfile",    "DeleteGroupMembership"};
    json_put_text(arguments, "fault",
                  FAULTS[random_below(&writer->random, sizeof FAULTS / sizeof *FAULTS)]);
    json_put_text(
        arguments, "operation",
        OPERATIONS[random_below(&writer->random, sizeof OPERATIONS / sizeof *OPERATIONS)]);
    json_put_integer(arguments, "first", 1);
    return true;
}

static bool draw_advance(struct writer *writer, struct json *arguments)
{
    static const char *const BY[] = {"1s", "1m", "10m", "2h", "24h", "P3D", "P14D"};
    if (random_chance(&writer->random, 40))
        json_put_text(arguments, "to", "next-month");
    else
        json_put_text(arguments, "by", BY[random_below(&writer->random, sizeof BY / sizeof *BY)]);
    return true;
}

struct choice {
    const char *verb;
    unsigned weight;
    bool (*draw)(struct writer *writer, struct json *arguments);
};

static const struct choice CHOICES[] = {
    {"create_user", 4, draw_create_user},
    {"delete_user", 4, draw_a_user},
    {"deactivate_user", 5, draw_a_user},
    {"reactivate_user", 5, draw_a_user},
    {"sign_in", 1, draw_a_user},
    {"add_member", 8, draw_membership},
    {"remove_member", 7, draw_membership},
    {"delete_group", 2, draw_a_group},
    {"subscribe", 14, draw_plan_of_subscription},
    {"unsubscribe", 8, draw_subscription},
    {"change_plan", 8, draw_plan_of_subscription},
    {"use", 16, draw_use},
    {"set_overage", 3, draw_overage},
    {"raise_overage_cap", 1, draw_cap},
    {"fault", 1, draw_fault},
    {"create_profile", 3, draw_create_profile},
    {"delete_profile", 2, draw_a_profile},
    {"delete_instance", 1, draw_an_instance},
    {"create_account", 1, draw_create_account},
    {"close_account", 2, draw_an_account},
    {"reopen_account", 3, draw_closed_account},
    {"register_administrator", 1, draw_an_account},
    {"deregister_administrator", 1, draw_an_account},
    {"delete_role", 2, draw_role},
    {"create_role", 3, draw_role},
    {"advance", 8, draw_advance},
};
enum { CHOICE_COUNT = sizeof CHOICES / sizeof *CHOICES };

static void draw_weights(struct random *random, unsigned weights[CHOICE_COUNT])
{
    for (size_t i = 0; i < CHOICE_COUNT; i++) {
        weights[i] = CHOICES[i].weight;
        if (random_chance(random, LEFT_OUT_PERCENT))
            weights[i] = 0;
        else if (random_chance(random, PREFERRED_PERCENT))
            weights[i] *= PREFERRED_WEIGHT;
    }
    weights[CHOICE_COUNT - 1] = CHOICES[CHOICE_COUNT - 1].weight; /* time passes in all of them */
}

static const struct choice *draw_choice(struct random *random, const unsigned *weights)
{
    unsigned total = 0;
    for (size_t i = 0; i < CHOICE_COUNT; i++)
        total += weights[i];
    size_t drawn = random_below(random, total);
    size_t i = 0;
    while (drawn >= weights[i])
        drawn -= weights[i++];
    return &CHOICES[i];
}

/* Ties of one second, the last and the first second of a month, and the ends of delays. */
static int64_t draw_clock(struct writer *writer)
{
    static const int64_t ENDS[] = {60, 600, 7200, 86400};
    struct random *random = &writer->random;
    int64_t now_s = writer->now_s;
    size_t kind = random_below(random, 100);
    if (kind < 50)
        return now_s;
    if (kind < 60)
        return now_s + 1;
    if (kind < 75)
        return now_s + (int64_t)random_below(random, (size_t)5 * DAY_SECONDS);
    if (kind < 85)
        return now_s + ENDS[random_below(random, sizeof ENDS / sizeof *ENDS)] -
               (int64_t)random_below(random, 2);
    if (kind < 93)
        return month_next(now_s) - (int64_t)random_below(random, 2);
    return month_next(now_s) + 3600 - 1 + (int64_t)random_below(random, 2);
}

static const char *draw_path(struct writer *writer, const struct verb *verb,
                             const struct json *arguments)
{
    size_t count = 0;
    while (count < VERB_PATHS_MAX && verb->paths[count].name != NULL)
        count++;
    if (count < 2 || random_chance(&writer->random, 60))
        return NULL;
    const char *name = verb->paths[random_below(&writer->random, count)].name;
    const char *to = json_member_text(arguments, "to");
    bool signed_in = to != NULL && strncmp(to, "user:", strlen("user:")) == 0 &&
                     truth_has(&writer->truth, "signed", to + strlen("user:"), NULL);
    return strcmp(name, "self") == 0 && !signed_in ? NULL : name;
}

/* Arguments that make sense, or after some tries any. NULL: the verb has nobody to act on. */
static struct json *draw_arguments(struct writer *writer, const struct choice *choice,
                                   const struct verb *verb)
{
    struct json *arguments = NULL;
    bool any = random_chance(&writer->random, 5);
    for (int i = 0; i < TRIES; i++) {
        json_free(arguments);
        arguments = json_new_object();
        if (!choice->draw(writer, arguments)) {
            json_free(arguments);
            return NULL;
        }
        bool makes_something = verb->form.members[0].kind == VALUE_NEW_HANDLE;
        enum answer answer = truth_answer(&writer->truth, verb, arguments, NULL);
        if (answer != ANSWER_REFUSED || (any && !makes_something))
            return arguments;
    }
    json_free(arguments);
    return NULL;
}

/* Follows the clock as the scenario will. */
static int64_t clock_after(int64_t at_s, const struct json *arguments)
{
    const char *by = json_member_text(arguments, "by");
    const char *to = json_member_text(arguments, "to");
    int64_t value_s = 0;
    if (by != NULL && duration_parse(by, &value_s))
        return at_s + value_s;
    return to != NULL && strcmp(to, "next-month") == 0 ? month_next(at_s) : at_s;
}

static void write_step(struct writer *writer, const struct choice *choice)
{
    const struct verb *verb = verb_find(choice->verb);
    struct json *arguments = draw_arguments(writer, choice, verb);
    if (arguments == NULL)
        return;
    struct json *step = json_push(writer->steps, json_new_object());
    int64_t at_s = draw_clock(writer);
    if (at_s != writer->now_s) {
        char text[TIME_TEXT_BYTES];
        time_print(at_s, text);
        json_put_text(step, "at", text);
    }
    const char *via = draw_path(writer, verb, arguments);
    if (via != NULL)
        json_put_text(step, "via", via);
    writer->now_s = clock_after(at_s, arguments);
    if (truth_answer(&writer->truth, verb, arguments, via) != ANSWER_REFUSED)
        truth_apply(&writer->truth, verb, arguments);
    json_put(step, choice->verb, arguments);
}

static struct json *head(uint64_t seed, uint64_t number, const struct history_terms *terms)
{
    struct json *root = json_new_object();
    char *name =
        mem_format("seed %llu, history %llu", (unsigned long long)seed, (unsigned long long)number);
    json_put_integer(root, "format", 1);
    json_put_text(root, "name", name);
    free(name);
    json_push(json_put(root, "rules", json_new_array()), json_new_text("bill-per-profile"));
    struct json *edition = json_put(root, "edition", json_new_object());
    json_put_text(edition, "name", terms->edition);
    if (json_count(terms->override) > 0)
        json_put(edition, "override", json_copy(terms->override));
    json_put_text(root, "timing", terms->timing);
    return root;
}

/* Reads the world back, and with it what is the case in it. False: it is none. */
static bool begin_truth(struct writer *writer, const struct json *root)
{
    struct text complaints = {0};
    char *chars = json_print(root);
    struct scenario *scenario = scenario_parse("world", chars, strlen(chars), &complaints);
    if (scenario != NULL) {
        truth_begin(&scenario->world, true, &writer->truth);
        writer->start_s = scenario->world.start_s;
        writer->now_s = writer->start_s;
    }
    bool read = scenario != NULL;
    scenario_free(scenario);
    text_clear(&complaints);
    free(chars);
    return read;
}

static bool has_pro_max(const struct history_terms *terms)
{
    const char *value = json_member_text(terms->override, parameter_facts(PRO_MAX)->name);
    int index = value != NULL ? parameter_value_find(PRO_MAX, value)
                              : edition_find(terms->edition)->values[PRO_MAX];
    return index == PRO_MAX_OFFERED;
}

struct json *history_draw(uint64_t seed, uint64_t number, const struct history_terms *terms)
{
    struct writer writer = {.random = random_begin(seed, number)};
    struct json *root = head(seed, number, terms);
    json_put(root, "world", world_draw(&writer.random, has_pro_max(terms)));
    writer.steps = json_put(root, "steps", json_new_array());
    unsigned weights[CHOICE_COUNT];
    size_t steps = random_between(&writer.random, STEPS_LEAST, STEPS_MOST);
    draw_weights(&writer.random, weights);
    bool begun = begin_truth(&writer, root);
    for (size_t i = 0; begun && i < steps; i++) {
        if (writer.now_s > writer.start_s + (int64_t)HORIZON_DAYS * DAY_SECONDS)
            break;
        write_step(&writer, draw_choice(&writer.random, weights));
    }
    truth_clear(&writer.truth);
    return root;
}
