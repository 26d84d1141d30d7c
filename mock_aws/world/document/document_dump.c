/* SPDX-License-Identifier: MIT */
/*
 * Prints the world as a document that loads again: people, groups, profiles, standing assignments.
 */
#include <stdio.h>
#include <string.h>

#include "base/index.h"
#include "base/plans.h"
#include "base/text.h"
#include "base/times.h"
#include "world/changes/account_changes.h"
#include "world/changes/account_closures.h"
#include "world/changes/assignment_changes.h"
#include "world/changes/group_changes.h"
#include "world/changes/instance_changes.h"
#include "world/changes/profile_changes.h"
#include "world/changes/user_changes.h"
#include "world/document/document.h"

/* What is looked up while the world is printed. */
enum kept {
    KEPT_ACCOUNTS, /* names that are given in a section … */
    KEPT_INSTANCES,
    KEPT_USERS,
    KEPT_GROUPS,
    KEPT_PROFILES,
    KEPT_NAMES,   /* id or ARN: the item that has the name */
    KEPT_INACTIVE /* ids of disabled users */
};

struct dump {
    struct world *world;
    struct json *accounts;
    struct json *instances;
    struct json *users;
    struct json *groups;
    struct json *profiles;
    struct json *assignments;
    struct index index;        /* by enum kept */
    const char *instance_name; /* while its directory is printed */
    struct json *members;      /* while a group's members are printed */
    enum fault fault;
};

/* The name that the document gives to an id or ARN; NULL: none. */
static const char *name_of(const struct dump *dump, const char *id)
{
    const struct json *item = index_get(&dump->index, KEPT_NAMES, id);
    return item == NULL ? NULL : json_name(item);
}

/* A name for `id` that is free in `section`: the wanted one, or with a number behind. */
static struct json *dump_name(struct dump *dump, enum kept kept, struct json *section,
                              const char *id, const char *wanted)
{
    struct text name = {0};
    text_add(&name, wanted);
    for (int number = 2; index_get(&dump->index, (int)kept, text_chars(&name)) != NULL; number++) {
        text_clear(&name);
        text_addf(&name, "%s-%d", wanted, number);
    }
    struct json *item = json_add(section, text_chars(&name), json_new_object());
    index_put(&dump->index, (int)kept, text_chars(&name), item);
    index_put(&dump->index, KEPT_NAMES, id, item);
    text_clear(&name);
    return item;
}

static void dump_account(void *self, const struct account *account)
{
    struct dump *dump = self;
    struct json *item =
        dump_name(dump, KEPT_ACCOUNTS, dump->accounts, account->account_id, account->account_id);
    json_put_text(item, "id", account->account_id);
    if (account->organization_id[0] == '\0')
        return;
    json_put_text(item, "organization", account->organization_id);
    json_put_boolean(item, "management", account->management);
}

static void dump_user(void *self, const struct user *user)
{
    struct dump *dump = self;
    struct json_error error;
    struct json *item = dump_name(dump, KEPT_USERS, dump->users, user->user_id, user->name);
    json_put_text(item, "instance", dump->instance_name);
    json_put_text(item, "user_name", user->name);
    json_put_boolean(item, "active", user->active);
    if (!user->active)
        index_put(&dump->index, KEPT_INACTIVE, user->user_id, item);
    struct json_document *attributes =
        json_parse(user->attributes, strlen(user->attributes), JSON_STRICT, &error);
    if (attributes == NULL)
        dump->fault = FAULT_INTERNAL;
    else
        json_put(item, "attributes", json_copy(json_document_root(attributes)));
    json_document_free(attributes);
}

static void dump_member(void *self, const struct membership *membership)
{
    struct dump *dump = self;
    const char *name = name_of(dump, membership->user_id);
    if (name != NULL)
        json_push(dump->members, json_new_text(name));
}

static void dump_group(void *self, const struct group *group)
{
    struct dump *dump = self;
    struct json *item = dump_name(dump, KEPT_GROUPS, dump->groups, group->group_id, group->name);
    json_put_text(item, "instance", dump->instance_name);
    json_put_text(item, "display_name", group->name);
    dump->members = json_put(item, "members", json_new_array());
    enum fault fault =
        membership_each_of_group(dump->world, group->group_id, 0, INT64_MAX, dump_member, dump);
    if (fault != FAULT_NONE)
        dump->fault = fault;
}

static void dump_instance(void *self, const struct instance *instance)
{
    struct dump *dump = self;
    if (instance->deleted_s != 0)
        return;
    struct json *item =
        dump_name(dump, KEPT_INSTANCES, dump->instances, instance->instance_arn, "main");
    json_put_text(item, "account", name_of(dump, instance->account_id));
    json_put_text(item, "region", instance->region);
    json_put_text(item, "kind", instance->kind);
    dump->instance_name = name_of(dump, instance->instance_arn);
    enum fault fault = user_each(dump->world, instance->store_id, 0, INT64_MAX, dump_user, dump);
    if (fault == FAULT_NONE)
        fault = group_each(dump->world, instance->store_id, 0, INT64_MAX, dump_group, dump);
    if (fault != FAULT_NONE)
        dump->fault = fault;
}

static void dump_profile(void *self, const char *profile_arn, const char *account_id,
                         const char *region, const char *instance_arn)
{
    struct dump *dump = self;
    const char *instance = name_of(dump, instance_arn);
    if (instance == NULL) /* a shell cannot be made again */
        return;
    struct json *item = dump_name(dump, KEPT_PROFILES, dump->profiles, profile_arn, "main");
    json_put_text(item, "account", name_of(dump, account_id));
    json_put_text(item, "region", region);
    json_put_text(item, "instance", instance);
}

static void dump_assignment(void *self, const struct principal *principal, const char *profile_arn,
                            enum plan plan, int64_t created_s)
{
    struct dump *dump = self;
    const char *name = name_of(dump, principal->id);
    const char *profile = name_of(dump, profile_arn);
    if (name == NULL || profile == NULL)
        return;
    char at[TIME_TEXT_BYTES];
    struct text to = {0};
    time_print(created_s, at);
    text_addf(&to, "%s:%s", principal->is_group ? "group" : "user", name);
    struct json *item = json_push(dump->assignments, json_new_object());
    json_put_text(item, "to", text_chars(&to));
    json_put_text(item, "profile", profile);
    json_put_text(item, "plan", plan_facts(plan)->name);
    /* What a disabled user was given since would end again when he is disabled at the start. */
    if (index_get(&dump->index, KEPT_INACTIVE, principal->id) == NULL)
        json_put_text(item, "at", at);
    text_clear(&to);
}

enum fault document_dump(struct world *world, struct json **out_document)
{
    struct json *document = json_new_object();
    char now[TIME_TEXT_BYTES];
    time_print(world->now_s, now);
    json_put_integer(document, "format", 1);
    json_put_text(document, "start", now);
    struct dump dump = {.world = world};
    dump.accounts = json_put(document, "accounts", json_new_object());
    dump.instances = json_put(document, "instances", json_new_object());
    dump.users = json_put(document, "users", json_new_object());
    dump.groups = json_put(document, "groups", json_new_object());
    dump.profiles = json_put(document, "profiles", json_new_object());
    dump.assignments = json_put(document, "assignments", json_new_array());
    enum fault fault = account_each(world, NULL, 0, INT64_MAX, dump_account, &dump);
    if (fault == FAULT_NONE)
        fault = instance_each(world, 0, dump_instance, &dump);
    if (fault == FAULT_NONE)
        fault = profile_each_anywhere(world, dump_profile, &dump);
    if (fault == FAULT_NONE)
        fault = assignment_each(world, dump_assignment, &dump);
    if (fault == FAULT_NONE)
        fault = dump.fault;
    index_clear(&dump.index);
    if (fault == FAULT_NONE)
        *out_document = document;
    else
        json_free(document);
    return fault;
}
