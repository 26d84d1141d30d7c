/* SPDX-License-Identifier: MIT */
/* Facts are texts in a set: a history has a few dozen of them. */
#include "explore/truth.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The text of a fact; release with free(). */
static char *fact_text(const char *what, const char *subject, const char *object)
{
    return object == NULL ? mem_format("%s %s", what, subject)
                          : mem_format("%s %s %s", what, subject, object);
}

static size_t fact_find(const struct truth *truth, const char *what, const char *subject,
                        const char *object)
{
    char *text = fact_text(what, subject, object);
    size_t i = 0;
    while (i < truth->count && strcmp(truth->facts[i], text) != 0)
        i++;
    free(text);
    return i;
}

bool truth_has(const struct truth *truth, const char *what, const char *subject, const char *object)
{
    return fact_find(truth, what, subject, object) < truth->count;
}

static void fact_set(struct truth *truth, const char *what, const char *subject, const char *object)
{
    if (truth_has(truth, what, subject, object))
        return;
    truth->facts = mem_grow(truth->facts, truth->count, &truth->capacity, sizeof *truth->facts);
    truth->facts[truth->count++] = fact_text(what, subject, object);
}

static void fact_end(struct truth *truth, const char *what, const char *subject, const char *object)
{
    size_t i = fact_find(truth, what, subject, object);
    if (i == truth->count)
        return;
    free(truth->facts[i]);
    truth->facts[i] = truth->facts[--truth->count];
}

/* All facts of the kind about the subject. */
static void facts_end(struct truth *truth, const char *what, const char *subject)
{
    char *start = mem_format("%s %s ", what, subject);
    for (size_t i = truth->count; i-- > 0;) {
        if (strncmp(truth->facts[i], start, strlen(start)) != 0)
            continue;
        free(truth->facts[i]);
        truth->facts[i] = truth->facts[--truth->count];
    }
    free(start);
}

void truth_begin(const struct scenario_world *world, bool plain, struct truth *out_truth)
{
    *out_truth = (struct truth){.plain = plain};
    registry_copy(&world->registry, &out_truth->registry);
    for (size_t i = 0; i < world->event_count; i++) {
        const struct oracle_event *event = &world->events[i];
        char *principal = mem_format("%s:%s", event->to_group ? "group" : "user", event->subject);
        if (event->kind == ORACLE_MEMBER_ADDED)
            fact_set(out_truth, "member", event->subject, event->object);
        else if (event->kind == ORACLE_SUBSCRIBED)
            fact_set(out_truth, "subscribed", principal, event->object);
        else if (event->kind == ORACLE_USER_DEACTIVATED)
            fact_set(out_truth, "inactive", event->subject, NULL);
        free(principal);
    }
    for (size_t i = 0; i < world->event_count; i++)
        if (world->events[i].kind == ORACLE_USER_DEACTIVATED) {
            char *principal = mem_format("user:%s", world->events[i].subject);
            facts_end(out_truth, "subscribed", principal);
            free(principal);
        }
}

void truth_clear(struct truth *truth)
{
    for (size_t i = 0; i < truth->count; i++)
        free(truth->facts[i]);
    free(truth->facts);
    registry_clear(&truth->registry);
    *truth = (struct truth){0};
}

bool truth_stands(const struct truth *truth, enum actor_kind kind, const char *handle)
{
    const struct actor *actor = registry_find(&truth->registry, kind, handle);
    if (actor == NULL || truth_has(truth, "gone", actor_kind_name(kind), actor->handle))
        return false;
    return (actor->instance == NULL || kind == ACTOR_PROFILE ||
            truth_stands(truth, ACTOR_INSTANCE, actor->instance)) &&
           (actor->account == NULL || truth_stands(truth, ACTOR_ACCOUNT, actor->account));
}

/* Has any account been closed? What is refused then, and until when, is timed in minutes. */
static bool any_closed(const struct truth *truth)
{
    for (size_t i = 0; i < truth->count; i++)
        if (strncmp(truth->facts[i], "closed ", strlen("closed ")) == 0)
            return true;
    return false;
}

static enum answer accepted_if(bool fits)
{
    return fits ? ANSWER_ACCEPTED : ANSWER_REFUSED;
}

static const char *argument(const struct json *arguments, const char *name)
{
    return json_member_text(arguments, name);
}

static bool name_taken(const struct truth *truth, const char *name, const char *instance)
{
    const struct actors *users = &truth->registry.of[ACTOR_USER];
    for (size_t i = 0; i < users->count; i++)
        if (strcmp(users->items[i].name, name) == 0 &&
            strcmp(users->items[i].instance, instance) == 0 &&
            truth_stands(truth, ACTOR_USER, users->items[i].handle))
            return true;
    return false;
}

static enum answer answer_create_user(const struct truth *truth, const struct json *arguments,
                                      bool scim)
{
    (void)scim;
    const struct actor *instance =
        registry_find(&truth->registry, ACTOR_INSTANCE, argument(arguments, "instance"));
    const char *name = argument(arguments, "user_name");
    return accepted_if(
        truth_stands(truth, ACTOR_INSTANCE, instance->handle) &&
        !name_taken(truth, name != NULL ? name : argument(arguments, "user"), instance->handle));
}

static enum answer answer_a_user(const struct truth *truth, const struct json *arguments, bool scim)
{
    (void)scim;
    return accepted_if(truth_stands(truth, ACTOR_USER, argument(arguments, "user")));
}

static enum answer answer_sign_in(const struct truth *truth, const struct json *arguments,
                                  bool scim)
{
    bool inactive = truth_has(truth, "inactive", argument(arguments, "user"), NULL);
    return inactive ? ANSWER_REFUSED : answer_a_user(truth, arguments, scim);
}

static enum answer answer_a_group(const struct truth *truth, const struct json *arguments,
                                  bool scim)
{
    (void)scim;
    return accepted_if(truth_stands(truth, ACTOR_GROUP, argument(arguments, "group")));
}

/* Both there, and in one directory. */
static bool may_be_member(const struct truth *truth, const struct json *arguments)
{
    const struct actor *group =
        registry_find(&truth->registry, ACTOR_GROUP, argument(arguments, "group"));
    const struct actor *user =
        registry_find(&truth->registry, ACTOR_USER, argument(arguments, "member"));
    return user != NULL && truth_stands(truth, ACTOR_GROUP, group->handle) &&
           truth_stands(truth, ACTOR_USER, user->handle) &&
           strcmp(group->instance, user->instance) == 0;
}

static enum answer answer_add_member(const struct truth *truth, const struct json *arguments,
                                     bool scim)
{
    bool already =
        truth_has(truth, "member", argument(arguments, "member"), argument(arguments, "group"));
    return accepted_if(may_be_member(truth, arguments) && (scim || !already));
}

static enum answer answer_remove_member(const struct truth *truth, const struct json *arguments,
                                        bool scim)
{
    bool is_member =
        truth_has(truth, "member", argument(arguments, "member"), argument(arguments, "group"));
    if (!truth_stands(truth, ACTOR_GROUP, argument(arguments, "group")))
        return ANSWER_REFUSED;
    if (may_be_member(truth, arguments))
        return accepted_if(scim || is_member);
    return scim ? ANSWER_OPEN : ANSWER_REFUSED;
}

/* Is the principal there, and of the profile's directory? */
static bool may_be_subscribed(const struct truth *truth, const struct json *arguments)
{
    const char *to = argument(arguments, "to");
    bool to_group = strncmp(to, "group:", strlen("group:")) == 0;
    enum actor_kind kind = to_group ? ACTOR_GROUP : ACTOR_USER;
    const struct actor *principal = registry_find(&truth->registry, kind, strchr(to, ':') + 1);
    const struct actor *profile =
        registry_find(&truth->registry, ACTOR_PROFILE, argument(arguments, "profile"));
    return truth_stands(truth, kind, principal->handle) &&
           truth_stands(truth, ACTOR_PROFILE, profile->handle) &&
           strcmp(profile->instance, principal->instance) == 0;
}

static bool is_subscribed(const struct truth *truth, const char *what, const struct json *arguments)
{
    const struct actor *profile =
        registry_find(&truth->registry, ACTOR_PROFILE, argument(arguments, "profile"));
    return truth_has(truth, what, argument(arguments, "to"), profile->handle);
}

static enum answer answer_subscribe(const struct truth *truth, const struct json *arguments,
                                    bool scim)
{
    (void)scim;
    if (!may_be_subscribed(truth, arguments))
        return ANSWER_REFUSED;
    if (!truth->plain || is_subscribed(truth, "changed", arguments))
        return ANSWER_OPEN;
    return accepted_if(!is_subscribed(truth, "subscribed", arguments));
}

static enum answer answer_unsubscribe(const struct truth *truth, const struct json *arguments,
                                      bool scim)
{
    (void)scim;
    if (!truth->plain || is_subscribed(truth, "changed", arguments))
        return ANSWER_OPEN;
    return accepted_if(is_subscribed(truth, "subscribed", arguments) &&
                       may_be_subscribed(truth, arguments));
}

static enum answer answer_change_plan(const struct truth *truth, const struct json *arguments,
                                      bool scim)
{
    (void)scim;
    if (!truth->plain)
        return ANSWER_OPEN;
    if (!may_be_subscribed(truth, arguments))
        return ANSWER_REFUSED;
    return is_subscribed(truth, "subscribed", arguments) ? ANSWER_ACCEPTED : ANSWER_OPEN;
}

static enum answer answer_a_profile(const struct truth *truth, const struct json *arguments,
                                    bool scim)
{
    (void)scim;
    const struct actor *profile =
        registry_find(&truth->registry, ACTOR_PROFILE, argument(arguments, "profile"));
    /* E11: where the profile goes with its instance, it is not there any more. */
    if (!truth->plain && !truth_stands(truth, ACTOR_INSTANCE, profile->instance))
        return ANSWER_OPEN;
    return accepted_if(truth_stands(truth, ACTOR_PROFILE, profile->handle));
}

static enum answer answer_create_profile(const struct truth *truth, const struct json *arguments,
                                         bool scim)
{
    (void)scim;
    const struct registry *registry = &truth->registry;
    const struct actor *account =
        registry_find(registry, ACTOR_ACCOUNT, argument(arguments, "account"));
    const struct actor *instance =
        registry_find(registry, ACTOR_INSTANCE, argument(arguments, "instance"));
    const struct actors *profiles = &registry->of[ACTOR_PROFILE];
    const char *region = argument_text(arguments, "region", DEFAULT_REGION);
    if (!truth_stands(truth, ACTOR_INSTANCE, instance->handle) ||
        !truth_stands(truth, ACTOR_ACCOUNT, account->handle))
        return ANSWER_REFUSED;
    for (size_t i = 0; i < profiles->count; i++)
        if (strcmp(profiles->items[i].account, account->handle) == 0 &&
            strcmp(profiles->items[i].region, region) == 0 &&
            truth_stands(truth, ACTOR_PROFILE, profiles->items[i].handle))
            return ANSWER_REFUSED;
    return strcmp(instance->account, account->handle) == 0 ? ANSWER_ACCEPTED : ANSWER_OPEN;
}

static enum answer answer_delete_instance(const struct truth *truth, const struct json *arguments,
                                          bool scim)
{
    (void)scim;
    bool stands = truth_stands(truth, ACTOR_INSTANCE, argument(arguments, "instance"));
    return stands || truth->plain ? accepted_if(stands) : ANSWER_OPEN; /* it goes in minutes */
}

static enum answer answer_close_account(const struct truth *truth, const struct json *arguments,
                                        bool scim)
{
    (void)scim;
    const struct actor *account =
        registry_find(&truth->registry, ACTOR_ACCOUNT, argument(arguments, "account"));
    return account->management || !truth_stands(truth, ACTOR_ACCOUNT, account->handle)
               ? ANSWER_REFUSED
               : ANSWER_OPEN;
}

static enum answer answer_accepted(const struct truth *truth, const struct json *arguments,
                                   bool scim)
{
    (void)truth;
    (void)arguments;
    (void)scim;
    return ANSWER_ACCEPTED;
}

/* What follows from an accepted step. */

static void apply_create_user(struct truth *truth, const struct json *arguments)
{
    const char *name = argument(arguments, "user_name");
    const struct actor *instance =
        registry_find(&truth->registry, ACTOR_INSTANCE, argument(arguments, "instance"));
    struct actor *user = registry_add(&truth->registry, ACTOR_USER, argument(arguments, "user"));
    actor_set(&user->name, name != NULL ? name : user->handle);
    actor_set(&user->instance, instance->handle);
}

static void apply_delete_user(struct truth *truth, const struct json *arguments)
{
    const char *user = argument(arguments, "user");
    char *principal = mem_format("user:%s", user);
    fact_set(truth, "gone", "user", user);
    facts_end(truth, "member", user);
    facts_end(truth, "subscribed", principal);
    free(principal);
}

static void apply_deactivate_user(struct truth *truth, const struct json *arguments)
{
    char *principal = mem_format("user:%s", argument(arguments, "user"));
    if (!truth_has(truth, "inactive", argument(arguments, "user"), NULL))
        facts_end(truth, "subscribed", principal);
    fact_set(truth, "inactive", argument(arguments, "user"), NULL);
    free(principal);
}

static void apply_reactivate_user(struct truth *truth, const struct json *arguments)
{
    fact_end(truth, "inactive", argument(arguments, "user"), NULL);
}

static void apply_sign_in(struct truth *truth, const struct json *arguments)
{
    fact_set(truth, "signed", argument(arguments, "user"), NULL);
}

static void apply_add_member(struct truth *truth, const struct json *arguments)
{
    fact_set(truth, "member", argument(arguments, "member"), argument(arguments, "group"));
}

static void apply_remove_member(struct truth *truth, const struct json *arguments)
{
    fact_end(truth, "member", argument(arguments, "member"), argument(arguments, "group"));
}

static void apply_delete_group(struct truth *truth, const struct json *arguments)
{
    fact_set(truth, "gone", "group", argument(arguments, "group"));
}

static const char *profile_of(const struct truth *truth, const struct json *arguments)
{
    return registry_find(&truth->registry, ACTOR_PROFILE, argument(arguments, "profile"))->handle;
}

static void apply_subscribe(struct truth *truth, const struct json *arguments)
{
    fact_set(truth, "subscribed", argument(arguments, "to"), profile_of(truth, arguments));
    fact_end(truth, "changed", argument(arguments, "to"), profile_of(truth, arguments));
}

static void apply_unsubscribe(struct truth *truth, const struct json *arguments)
{
    fact_end(truth, "subscribed", argument(arguments, "to"), profile_of(truth, arguments));
    fact_end(truth, "changed", argument(arguments, "to"), profile_of(truth, arguments));
}

/* Of one who has no subscription it may make one, or none. */
static void apply_change_plan(struct truth *truth, const struct json *arguments)
{
    if (!is_subscribed(truth, "subscribed", arguments))
        fact_set(truth, "changed", argument(arguments, "to"), profile_of(truth, arguments));
}

static void apply_fault(struct truth *truth, const struct json *arguments)
{
    if (strcmp(argument(arguments, "fault"), "none") == 0)
        fact_end(truth, "fault", "asked", NULL);
    else
        fact_set(truth, "fault", "asked", NULL);
}

static void apply_create_profile(struct truth *truth, const struct json *arguments)
{
    const struct registry *registry = &truth->registry;
    const char *account =
        registry_find(registry, ACTOR_ACCOUNT, argument(arguments, "account"))->handle;
    const char *instance =
        registry_find(registry, ACTOR_INSTANCE, argument(arguments, "instance"))->handle;
    struct actor *profile =
        registry_add(&truth->registry, ACTOR_PROFILE, argument(arguments, "profile"));
    actor_set(&profile->account, account);
    actor_set(&profile->instance, instance);
    actor_set(&profile->region, argument_text(arguments, "region", DEFAULT_REGION));
}

static void apply_delete_profile(struct truth *truth, const struct json *arguments)
{
    fact_set(truth, "gone", "profile", argument(arguments, "profile"));
}

static void apply_delete_instance(struct truth *truth, const struct json *arguments)
{
    fact_set(truth, "gone", "instance", argument(arguments, "instance"));
}

static void apply_create_account(struct truth *truth, const struct json *arguments)
{
    registry_add(&truth->registry, ACTOR_ACCOUNT, argument(arguments, "account"));
}

/* Reopened or not, what was there before may have ended. */
static void apply_close_account(struct truth *truth, const struct json *arguments)
{
    fact_set(truth, "gone", "account", argument(arguments, "account"));
    fact_set(truth, "closed", argument(arguments, "account"), NULL);
}

static void apply_reopen_account(struct truth *truth, const struct json *arguments)
{
    fact_end(truth, "gone", "account", argument(arguments, "account"));
}

struct row {
    const char *verb;
    enum answer (*answer)(const struct truth *truth, const struct json *arguments, bool scim);
    void (*apply)(struct truth *truth, const struct json *arguments);
};

/* A verb without a row, or without an answer in it, is open. */
static const struct row ROWS[] = {
    {"create_user", answer_create_user, apply_create_user},
    {"delete_user", answer_a_user, apply_delete_user},
    {"deactivate_user", answer_a_user, apply_deactivate_user},
    {"reactivate_user", answer_a_user, apply_reactivate_user},
    {"sign_in", answer_sign_in, apply_sign_in},
    {"add_member", answer_add_member, apply_add_member},
    {"remove_member", answer_remove_member, apply_remove_member},
    {"delete_group", answer_a_group, apply_delete_group},
    {"subscribe", answer_subscribe, apply_subscribe},
    {"unsubscribe", answer_unsubscribe, apply_unsubscribe},
    {"change_plan", answer_change_plan, apply_change_plan},
    {"set_overage", answer_a_profile, NULL},
    {"fault", answer_accepted, apply_fault},
    {"create_profile", answer_create_profile, apply_create_profile},
    {"delete_profile", answer_a_profile, apply_delete_profile},
    {"delete_instance", answer_delete_instance, apply_delete_instance},
    {"create_account", NULL, apply_create_account},
    {"close_account", answer_close_account, apply_close_account},
    {"reopen_account", NULL, apply_reopen_account},
    {"advance", answer_accepted, NULL},
};

static const struct row *row_of(const struct verb *verb)
{
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        if (strcmp(ROWS[i].verb, verb->form.name) == 0)
            return &ROWS[i];
    return NULL;
}

enum answer truth_answer(const struct truth *truth, const struct verb *verb,
                         const struct json *arguments, const char *via)
{
    const struct row *row = row_of(verb);
    bool api = via == NULL || strcmp(via, verb->paths[0].name) == 0;
    bool outsider = via != NULL && (strcmp(via, "self") == 0 || strcmp(via, "stranger") == 0);
    if (outsider)
        return ANSWER_REFUSED;
    if (row == NULL || row->answer == NULL || any_closed(truth))
        return ANSWER_OPEN;
    enum answer answer = row->answer(truth, arguments, !api);
    /* A fault that was asked for may come instead of what would have been accepted. */
    return answer == ANSWER_ACCEPTED && truth_has(truth, "fault", "asked", NULL) ? ANSWER_OPEN
                                                                                 : answer;
}

void truth_apply(struct truth *truth, const struct verb *verb, const struct json *arguments)
{
    const struct row *row = row_of(verb);
    if (row != NULL && row->apply != NULL)
        row->apply(truth, arguments);
}
