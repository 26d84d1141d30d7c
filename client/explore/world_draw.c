/* SPDX-License-Identifier: MIT */
/* Small worlds: a handful of people meets more often than a crowd does. */
#include "explore/world_draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/plans.h"
#include "base/times.h"

enum { HANDLE_BYTES = 24, OLDEST_DAYS = 70, ACCOUNTS_MAX = 3, SETTLED_S = 600 };

/* Each in a month of its own length, or next to where a month or a year turns. */
static const char *const STARTS[] = {
    "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-01-31T23:59:59Z", "2026-04-06T06:00:00Z",
    "2026-06-15T12:00:00Z", "2028-02-28T23:59:58Z", "2026-12-31T23:00:00Z", "2026-07-31T22:59:59Z"};
static const char *const REGIONS[] = {"us-east-1", "eu-central-1"};

struct drawing {
    struct random *random;
    bool pro_max;
    struct json *world;
    size_t accounts;
    size_t instances;
    size_t users;
    size_t groups;
    size_t profiles;
    int64_t start_s;
    int64_t earliest_s;
};

static const char *handle(char kind, size_t index, char out[HANDLE_BYTES])
{
    snprintf(out, HANDLE_BYTES, "%c%zu", kind, index + 1);
    return out;
}

static void put_handle(struct json *object, const char *name, char kind, size_t index)
{
    char text[HANDLE_BYTES];
    json_put_text(object, name, handle(kind, index, text));
}

static struct json *entry(struct json *section, char kind, size_t index)
{
    char name[HANDLE_BYTES];
    return json_put(section, handle(kind, index, name), json_new_object());
}

static void put_time(struct json *object, int64_t time_s)
{
    char text[TIME_TEXT_BYTES];
    time_print(time_s, text);
    json_put_text(object, "at", text);
}

static void draw_accounts(struct drawing *drawing)
{
    struct json *accounts = json_put(drawing->world, "accounts", json_new_object());
    drawing->accounts =
        random_chance(drawing->random, 50) ? 1 : random_between(drawing->random, 2, ACCOUNTS_MAX);
    for (size_t i = 0; i < drawing->accounts; i++) {
        struct json *account = entry(accounts, 'a', i);
        if (drawing->accounts == 1)
            continue;
        json_put_text(account, "organization", "acme");
        if (i == 0)
            json_put_boolean(account, "management", true);
    }
}

/* The organization's, and at times one that a member account has for itself. */
static void draw_instances(struct drawing *drawing)
{
    struct json *instances = json_put(drawing->world, "instances", json_new_object());
    put_handle(entry(instances, 'i', 0), "account", 'a', 0);
    drawing->instances = 1;
    if (drawing->accounts == 1 || !random_chance(drawing->random, 30))
        return;
    struct json *own = entry(instances, 'i', 1);
    put_handle(own, "account", 'a', 1);
    json_put_text(own, "kind", "account");
    drawing->instances = 2;
}

static void draw_people(struct drawing *drawing)
{
    struct random *random = drawing->random;
    struct json *users = json_put(drawing->world, "users", json_new_object());
    struct json *groups = json_put(drawing->world, "groups", json_new_object());
    drawing->users = random_between(random, 1, 4);
    drawing->groups = random_between(random, 0, 3);
    for (size_t i = 0; i < drawing->users; i++) {
        struct json *user = entry(users, 'u', i);
        put_handle(user, "instance", 'i', i == 0 ? 0 : i % drawing->instances);
        if (random_chance(random, 5))
            json_put_boolean(user, "active", false);
    }
    for (size_t i = 0; i < drawing->groups; i++) {
        struct json *group = entry(groups, 'g', i);
        struct json *members;
        size_t instance = i % drawing->instances;
        put_handle(group, "instance", 'i', instance);
        members = json_put(group, "members", json_new_array());
        for (size_t user = 0; user < drawing->users; user++) {
            char name[HANDLE_BYTES];
            if (user % drawing->instances == instance && random_chance(random, 50))
                json_push(members, json_new_text(handle('u', user, name)));
        }
    }
}

/* A second instance serves its own account alone. */
static void draw_profiles(struct drawing *drawing)
{
    struct json *profiles = json_put(drawing->world, "profiles", json_new_object());
    for (size_t account = 0; account < drawing->accounts; account++) {
        for (size_t region = 0; region < sizeof REGIONS / sizeof *REGIONS; region++) {
            bool first = account == 0 && region == 0;
            if (!first && !random_chance(drawing->random, 30))
                continue;
            struct json *profile = entry(profiles, 'p', drawing->profiles++);
            put_handle(profile, "account", 'a', account);
            json_put_text(profile, "region", REGIONS[region]);
            put_handle(profile, "instance", 'i',
                       account == 1 && drawing->instances == 2 && random_chance(drawing->random, 50)
                           ? 1
                           : 0);
        }
    }
}

static const char *instance_of(const struct drawing *drawing, const char *section, char kind,
                               size_t index)
{
    char name[HANDLE_BYTES];
    return json_member_text(
        json_member(json_member(drawing->world, section), handle(kind, index, name)), "instance");
}

static int64_t draw_past(struct drawing *drawing)
{
    int64_t days = (int64_t)random_below(drawing->random, OLDEST_DAYS);
    int64_t time_s = drawing->start_s - days * DAY_SECONDS;
    return random_chance(drawing->random, 30) ? month_of(time_s) : time_s;
}

/* One who is disabled when the history begins has no seat to use by then. */
static bool may_have_used(const struct drawing *drawing, size_t user)
{
    char name[HANDLE_BYTES];
    const struct json *users = json_member(drawing->world, "users");
    return json_member(json_member(users, handle('u', user, name)), "active") == NULL;
}

/* What was subscribed before, and now and then used. */
static void draw_past_of(struct drawing *drawing, struct json *assignments, struct json *uses,
                         bool group, size_t index)
{
    struct random *random = drawing->random;
    size_t profile = random_below(random, drawing->profiles);
    char name[HANDLE_BYTES];
    const char *mine = instance_of(drawing, group ? "groups" : "users", group ? 'g' : 'u', index);
    if (!random_chance(random, 40) ||
        strcmp(mine, instance_of(drawing, "profiles", 'p', profile)) != 0)
        return;
    struct json *assignment = json_push(assignments, json_new_object());
    char *to = mem_format(group ? "group:%s" : "user:%s", handle(group ? 'g' : 'u', index, name));
    int64_t at_s = draw_past(drawing);
    if (at_s < drawing->earliest_s)
        drawing->earliest_s = at_s;
    json_put_text(assignment, "to", to);
    free(to);
    put_handle(assignment, "profile", 'p', profile);
    enum plan plan = (enum plan)random_between(random, PLAN_PRO, PLAN_POWER);
    if (plan == PLAN_PRO_MAX && !drawing->pro_max)
        plan = PLAN_POWER;
    json_put_text(assignment, "plan", plan_facts(plan)->name);
    put_time(assignment, at_s);
    if (group || !may_have_used(drawing, index) || !random_chance(random, 60))
        return;
    struct json *use = json_push(uses, json_new_object());
    put_handle(use, "user", 'u', index);
    put_handle(use, "profile", 'p', profile);
    put_time(use, random_chance(random, 50) ? at_s : drawing->start_s);
}

/* Everything is old enough for what takes minutes to be there. */
static void settle(struct drawing *drawing)
{
    struct json *accounts = json_copy(json_member(drawing->world, "accounts"));
    struct json *first = json_copy(json_first(accounts));
    put_time(first, drawing->earliest_s);
    json_put(accounts, "a1", first);
    json_put(drawing->world, "accounts", accounts);
}

struct json *world_draw(struct random *random, bool pro_max)
{
    struct drawing drawing = {.random = random, .pro_max = pro_max, .world = json_new_object()};
    const char *start = STARTS[random_below(random, sizeof STARTS / sizeof *STARTS)];
    json_put_text(drawing.world, "start", start);
    time_parse(start, &drawing.start_s);
    drawing.earliest_s = drawing.start_s - SETTLED_S;
    draw_accounts(&drawing);
    draw_instances(&drawing);
    draw_people(&drawing);
    draw_profiles(&drawing);
    struct json *assignments = json_put(drawing.world, "assignments", json_new_array());
    struct json *uses = json_put(drawing.world, "uses", json_new_array());
    for (size_t i = 0; i < drawing.users; i++)
        draw_past_of(&drawing, assignments, uses, false, i);
    for (size_t i = 0; i < drawing.groups; i++)
        draw_past_of(&drawing, assignments, uses, true, i);
    settle(&drawing);
    return drawing.world;
}
