/* SPDX-License-Identifier: MIT */
/*
 * Reading a world document. The server reads the same document with code of its own; where the two
 * understand it differently, the checks after step 0 say so.
 */
#include "language/scenario_world.h"

#include <stdlib.h>
#include <string.h>

#include "actions/actions.h"
#include "base/mem.h"
#include "base/plans.h"
#include "base/times.h"

#define DEFAULT_HANDLE "main"
#define DEFAULT_ACCOUNT_NUMBER "123456789012"
#define CREDITS_OF_A_USE_HUNDREDTHS 1 /* the smallest unit */
#define DEFAULT_START "2026-01-01T00:00:00Z"

static const struct member WORLD_MEMBERS[] = {
    {"format", VALUE_FORMAT, false, "1", "The version of the document."},
    {"start", VALUE_TIME, false, DEFAULT_START, "Where the clock stands before the first step."},
    {"accounts", VALUE_SECTION, false, "one, called main", "AWS accounts, by handle."},
    {"instances", VALUE_SECTION, false, "one, called main",
     "Identity Center instances, by handle."},
    {"users", VALUE_SECTION, false, "none", "People, by handle."},
    {"groups", VALUE_SECTION, false, "none", "Groups, by handle; the handle is the display name."},
    {"profiles", VALUE_SECTION, false, "one, called main", "Kiro profiles, by handle."},
    {"assignments", VALUE_SECTION, false, "none", "Who was subscribed before the first step."},
    {"uses", VALUE_SECTION, false, "none", "Who used Kiro before the first step."},
    {0}};
static const struct form WORLD = {"world", "", WORLD_MEMBERS};

#define EXISTS_SINCE                                                                               \
    {                                                                                              \
        "at", VALUE_TIME, false, "the earliest `at` of the document", "Since when it exists."      \
    }

static const struct member ACCOUNT_MEMBERS[] = {
    {"id", VALUE_ACCOUNT_NUMBER, false, NULL,
     "Its number; the first one is " DEFAULT_ACCOUNT_NUMBER "."},
    {"organization", VALUE_TEXT, false, NULL, "The organization that it belongs to."},
    {"management", VALUE_BOOLEAN, false, "false",
     "It is the organization's management account, and named before its members."},
    EXISTS_SINCE,
    {0}};
static const struct form ACCOUNT = {"account", "An AWS account.", ACCOUNT_MEMBERS};

static const struct member INSTANCE_MEMBERS[] = {
    {"account", VALUE_ACCOUNT, false, "the only one", "Its owner."},
    {"region", VALUE_REGION, false, DEFAULT_REGION, "Where it lives."},
    {"kind", VALUE_INSTANCE_KIND, false, "organization", "An organization's or an account's."},
    EXISTS_SINCE,
    {0}};
static const struct form INSTANCE = {"instance", "An Identity Center instance.", INSTANCE_MEMBERS};

static const struct member USER_MEMBERS[] = {
    {"instance", VALUE_INSTANCE, false, "the only one", "Whose directory holds the user."},
    {"user_name", VALUE_TEXT, false, "the handle", "The user name."},
    {"active", VALUE_BOOLEAN, false, "true", "False: deactivated at `start`."},
    EXISTS_SINCE,
    {0}};
static const struct form USER = {"user", "A person.", USER_MEMBERS};

static const struct member GROUP_MEMBERS[] = {
    {"instance", VALUE_INSTANCE, false, "the only one", "Whose directory holds the group."},
    {"members", VALUE_USERS, false, "none", "The users in it, from when it exists."},
    EXISTS_SINCE,
    {0}};
static const struct form GROUP = {"group", "A group.", GROUP_MEMBERS};

static const struct member PROFILE_MEMBERS[] = {
    {"account", VALUE_ACCOUNT, false, "the only one", "Its owner, who pays."},
    {"region", VALUE_REGION, false, DEFAULT_REGION, "Where it lives."},
    {"instance", VALUE_INSTANCE, false, "the only one", "Where its users are looked up."},
    EXISTS_SINCE,
    {0}};
static const struct form PROFILE = {"profile", "A Kiro profile.", PROFILE_MEMBERS};

static const struct member ASSIGNMENT_MEMBERS[] = {
    {"to", VALUE_PRINCIPAL, true, NULL, "Who is subscribed."},
    {"profile", VALUE_PROFILE, false, "the only one", "Under which profile."},
    {"plan", VALUE_PLAN, false, DEFAULT_PLAN, "To which plan."},
    {"at", VALUE_TIME, false, "`start`", "When."},
    {0}};
static const struct form ASSIGNMENT = {"assignment", "A subscription.", ASSIGNMENT_MEMBERS};

static const struct member USE_MEMBERS[] = {
    {"user", VALUE_USER, true, NULL, "Who used Kiro."},
    {"profile", VALUE_PROFILE, false, "the only one", "Under which profile."},
    {"at", VALUE_TIME, false, "`start`", "When."},
    {0}};
static const struct form USE = {"use", "A use of Kiro, which activates a Pending seat.",
                                USE_MEMBERS};

static const struct world_section SECTIONS[] = {
    {"accounts", &ACCOUNT, false, NULL},
    {"instances", &INSTANCE, false, NULL},
    {"users", &USER, false, "`[\"alice\", \"bob\"]` instead of `{\"alice\": {}, \"bob\": {}}`"},
    {"groups", &GROUP, false,
     "`{\"devs\": [\"alice\"]}` instead of `{\"devs\": {\"members\": [\"alice\"]}}`"},
    {"profiles", &PROFILE, false, NULL},
    {"assignments", &ASSIGNMENT, true, NULL},
    {"uses", &USE, true, NULL},
    {0}};

const struct world_section *world_sections(void)
{
    return SECTIONS;
}

const struct form *world_form(void)
{
    return &WORLD;
}

/* The document while it is read. */
struct reading {
    struct reader *reader;
    const char *pointer; /* of the document */
    const struct json *document;
    struct scenario_world world;
    size_t event_capacity;
};

static void add_event(struct reading *reading, const struct oracle_event *event)
{
    struct scenario_world *world = &reading->world;
    world->events = mem_grow(world->events, world->event_count, &reading->event_capacity,
                             sizeof *world->events);
    world->events[world->event_count++] = *event;
}

/* The actor that a member names, or the only one of its kind. NULL after a complaint. */
static const struct actor *follow(struct reading *reading, const char *pointer,
                                  enum actor_kind kind, const struct json *entry)
{
    const char *handle = json_member_text(entry, actor_kind_name(kind));
    const struct actor *actor = registry_find(&reading->world.registry, kind, handle);
    if (actor != NULL)
        return actor;
    if (handle == NULL)
        reader_complain(reading->reader, pointer,
                        "the member \"%s\" is missing, expected because there are %zu such",
                        actor_kind_name(kind), reading->world.registry.of[kind].count);
    else
        reader_complain(reading->reader, pointer_to(pointer, actor_kind_name(kind)).chars,
                        "%s: found \"%s\", expected the handle of one in this world",
                        actor_kind_name(kind), handle);
    return NULL;
}

/* The entry's `at`, or `otherwise_s`; never after the start. */
static int64_t entry_time(struct reading *reading, const char *pointer, const struct json *entry,
                          int64_t otherwise_s)
{
    int64_t at_s = otherwise_s;
    const char *text = json_member_text(entry, "at");
    if (text != NULL)
        time_parse(text, &at_s);
    if (at_s > reading->world.start_s)
        reader_complain(reading->reader, pointer_to(pointer, "at").chars,
                        "at: found \"%s\", expected a time not after the world's start", text);
    return at_s;
}

static void copy_member(char **to, const struct form *form, const struct json *entry,
                        const char *name)
{
    actor_set(to, form_text(form, entry, name));
}

static void read_account(struct reading *reading, const char *pointer, const char *handle,
                         const struct json *entry)
{
    struct actor *account = registry_add(&reading->world.registry, ACTOR_ACCOUNT, handle);
    copy_member(&account->id, &ACCOUNT, entry, "id");
    copy_member(&account->organization, &ACCOUNT, entry, "organization");
    account->management = json_true(json_member(entry, "management"));
    int64_t at_s = entry_time(reading, pointer, entry, reading->world.first_s);
    if (account->organization != NULL)
        add_event(reading, &(struct oracle_event){.kind = ORACLE_ACCOUNT_JOINED,
                                                  .at_s = at_s,
                                                  .subject = account->handle,
                                                  .object = account->organization});
}

static void read_instance(struct reading *reading, const char *pointer, const char *handle,
                          const struct json *entry)
{
    const struct actor *account = follow(reading, pointer, ACTOR_ACCOUNT, entry);
    int64_t at_s = entry_time(reading, pointer, entry, reading->world.first_s);
    if (account == NULL)
        return;
    struct actor *instance = registry_add(&reading->world.registry, ACTOR_INSTANCE, handle);
    actor_set(&instance->account, account->handle);
    copy_member(&instance->region, &INSTANCE, entry, "region");
    add_event(reading, &(struct oracle_event){.kind = ORACLE_INSTANCE_CREATED,
                                              .at_s = at_s,
                                              .subject = instance->handle,
                                              .object = account->handle});
}

static void read_user(struct reading *reading, const char *pointer, const char *handle,
                      const struct json *entry)
{
    const struct actor *instance = follow(reading, pointer, ACTOR_INSTANCE, entry);
    int64_t at_s = entry_time(reading, pointer, entry, reading->world.first_s);
    if (instance == NULL)
        return;
    struct actor *user = registry_add(&reading->world.registry, ACTOR_USER, handle);
    const char *name = json_member_text(entry, "user_name");
    actor_set(&user->name, name != NULL ? name : handle);
    actor_set(&user->instance, instance->handle);
    add_event(reading, &(struct oracle_event){.kind = ORACLE_USER_CREATED,
                                              .at_s = at_s,
                                              .subject = user->handle,
                                              .object = instance->handle,
                                              .text = user->name});
    const struct json *active = json_member(entry, "active");
    if (active != NULL && !json_true(active))
        add_event(reading, &(struct oracle_event){.kind = ORACLE_USER_DEACTIVATED,
                                                  .at_s = reading->world.start_s,
                                                  .subject = user->handle});
}

static void read_members(struct reading *reading, const char *pointer, const struct actor *group,
                         const struct json *members, int64_t at_s)
{
    size_t index = 0;
    for (const struct json *item = json_first(members); item != NULL;
         item = json_next(item), index++) {
        const struct actor *user =
            registry_find(&reading->world.registry, ACTOR_USER, json_text(item));
        if (user == NULL) {
            reader_complain(reading->reader, pointer_to_index(pointer, index).chars,
                            "members: found \"%s\", expected the handle of a user in this world",
                            json_text(item));
            continue;
        }
        add_event(reading, &(struct oracle_event){.kind = ORACLE_MEMBER_ADDED,
                                                  .at_s = at_s,
                                                  .subject = user->handle,
                                                  .object = group->handle});
    }
}

static void read_group(struct reading *reading, const char *pointer, const char *handle,
                       const struct json *entry)
{
    bool is_short = json_kind(entry) == JSON_ARRAY;
    const struct json *members = is_short ? entry : json_member(entry, "members");
    const struct actor *instance = follow(reading, pointer, ACTOR_INSTANCE, entry);
    int64_t at_s = entry_time(reading, pointer, entry, reading->world.first_s);
    if (instance == NULL)
        return;
    struct actor *group = registry_add(&reading->world.registry, ACTOR_GROUP, handle);
    actor_set(&group->instance, instance->handle);
    add_event(reading, &(struct oracle_event){.kind = ORACLE_GROUP_CREATED,
                                              .at_s = at_s,
                                              .subject = group->handle,
                                              .object = instance->handle});
    struct pointer at = pointer_to(pointer, "members");
    read_members(reading, is_short ? pointer : at.chars, group, members, at_s);
}

static void read_profile(struct reading *reading, const char *pointer, const char *handle,
                         const struct json *entry)
{
    const struct actor *account = follow(reading, pointer, ACTOR_ACCOUNT, entry);
    const struct actor *instance = follow(reading, pointer, ACTOR_INSTANCE, entry);
    int64_t at_s = entry_time(reading, pointer, entry, reading->world.first_s);
    if (account == NULL || instance == NULL)
        return;
    struct actor *profile = registry_add(&reading->world.registry, ACTOR_PROFILE, handle);
    actor_set(&profile->account, account->handle);
    actor_set(&profile->instance, instance->handle);
    copy_member(&profile->region, &PROFILE, entry, "region");
    add_event(reading, &(struct oracle_event){.kind = ORACLE_PROFILE_CREATED,
                                              .at_s = at_s,
                                              .subject = profile->handle,
                                              .object = instance->handle,
                                              .text = account->handle,
                                              .region = profile->region});
}

static void read_assignment(struct reading *reading, const char *pointer, const char *handle,
                            const struct json *entry)
{
    (void)handle;
    const char *to = json_member_text(entry, "to");
    bool to_group = strncmp(to, "group:", strlen("group:")) == 0;
    const struct actor *principal = registry_find(
        &reading->world.registry, to_group ? ACTOR_GROUP : ACTOR_USER, strchr(to, ':') + 1);
    if (principal == NULL)
        reader_complain(reading->reader, pointer_to(pointer, "to").chars,
                        "to: found \"%s\", expected a user or group in this world", to);
    const struct actor *profile = follow(reading, pointer, ACTOR_PROFILE, entry);
    int64_t at_s = entry_time(reading, pointer, entry, reading->world.start_s);
    if (principal == NULL || profile == NULL)
        return;
    add_event(reading,
              &(struct oracle_event){.kind = ORACLE_SUBSCRIBED,
                                     .at_s = at_s,
                                     .subject = principal->handle,
                                     .object = profile->handle,
                                     .to_group = to_group,
                                     .plan = plan_by_name(form_text(&ASSIGNMENT, entry, "plan"))});
}

static void read_use(struct reading *reading, const char *pointer, const char *handle,
                     const struct json *entry)
{
    (void)handle;
    const struct actor *user = follow(reading, pointer, ACTOR_USER, entry);
    const struct actor *profile = follow(reading, pointer, ACTOR_PROFILE, entry);
    int64_t at_s = entry_time(reading, pointer, entry, reading->world.start_s);
    if (user == NULL || profile == NULL)
        return;
    add_event(reading, &(struct oracle_event){.kind = ORACLE_USED,
                                              .at_s = at_s,
                                              .subject = user->handle,
                                              .object = profile->handle,
                                              .credits_hundredths = CREDITS_OF_A_USE_HUNDREDTHS});
}

typedef void read_entry(struct reading *reading, const char *pointer, const char *handle,
                        const struct json *entry);
static read_entry *const READERS[] = {read_account, read_instance,   read_user, read_group,
                                      read_profile, read_assignment, read_use};

/* One entry of a section: the short form is as good as an empty object. */
static void check_and_read(struct reading *reading, size_t section, const char *pointer,
                           const char *handle, const struct json *entry)
{
    const struct form *form = SECTIONS[section].form;
    struct reader *reader = reading->reader;
    bool fits = json_kind(entry) == JSON_ARRAY && form == &GROUP
                    ? value_check(reader, pointer, "members", VALUE_USERS, entry)
                    : form_check(reader, pointer, form, entry);
    if (fits)
        READERS[section](reading, pointer, handle, entry);
}

static void read_short_users(struct reading *reading, size_t section, const char *pointer,
                             const struct json *users)
{
    size_t index = 0;
    for (const struct json *item = json_first(users); item != NULL;
         item = json_next(item), index++) {
        const char *handle = json_text(item);
        struct pointer at = pointer_to_index(pointer, index);
        if (registry_find(&reading->world.registry, ACTOR_USER, handle != NULL ? handle : "") !=
            NULL)
            reader_complain(reading->reader, at.chars,
                            "users: found \"%s\" twice, expected each user once", handle);
        else
            READERS[section](reading, at.chars, handle, NULL);
    }
}

static void read_object(struct reading *reading, size_t section, const char *pointer,
                        const struct json *entries)
{
    const struct value_facts *handle = value_facts(VALUE_NEW_HANDLE);
    struct reader *reader = reading->reader;
    for (const struct json *entry = json_first(entries); entry != NULL; entry = json_next(entry)) {
        struct pointer at = pointer_to(pointer, json_name(entry));
        if (!value_text_fits(VALUE_NEW_HANDLE, json_name(entry)))
            reader_complain_key(reader, at.chars, "%s: found \"%.80s\", expected %s",
                                SECTIONS[section].name, json_name(entry), handle->expected);
        else
            check_and_read(reading, section, at.chars, json_name(entry), entry);
    }
}

static void read_section(struct reading *reading, size_t section)
{
    const struct world_section *facts = &SECTIONS[section];
    const struct json *entries = json_member(reading->document, facts->name);
    struct pointer at = pointer_to(reading->pointer, facts->name);
    bool supplied = facts->form == &ACCOUNT || facts->form == &INSTANCE || facts->form == &PROFILE;
    if (entries == NULL && supplied) {
        READERS[section](reading, reading->pointer, DEFAULT_HANDLE, NULL);
    } else if (json_kind(entries) == JSON_ARRAY && facts->form == &USER) {
        if (value_check(reading->reader, at.chars, "users", VALUE_USERS, entries))
            read_short_users(reading, section, at.chars, entries);
    } else if (entries != NULL && (json_kind(entries) == JSON_ARRAY) != facts->array) {
        reader_complain(reading->reader, at.chars, "%s: found %s, expected %s", facts->name,
                        json_kind_name(json_kind(entries)),
                        facts->array ? "an array" : "an object from handle to entry");
    } else if (facts->array) {
        size_t index = 0;
        for (const struct json *entry = json_first(entries); entry != NULL;
             entry = json_next(entry))
            check_and_read(reading, section, pointer_to_index(at.chars, index++).chars, NULL,
                           entry);
    } else {
        read_object(reading, section, at.chars, entries);
    }
}

/* The earliest `at` anywhere in the sections; the start if there is none. */
static int64_t earliest(const struct json *document, int64_t start_s)
{
    int64_t first_s = start_s;
    for (const struct world_section *section = SECTIONS; section->name != NULL; section++) {
        for (const struct json *entry = json_first(json_member(document, section->name));
             entry != NULL; entry = json_next(entry)) {
            const char *text = json_member_text(entry, "at");
            int64_t at_s;
            if (text != NULL && time_parse(text, &at_s) && at_s < first_s)
                first_s = at_s;
        }
    }
    return first_s;
}

/*
 * In time order, ties as they were read: an insertion sort, since worlds are small and mostly in
 * order.
 */
static void sort_events(struct scenario_world *world)
{
    for (size_t i = 1; i < world->event_count; i++) {
        struct oracle_event event = world->events[i];
        size_t place = i;
        for (; place > 0 && world->events[place - 1].at_s > event.at_s; place--)
            world->events[place] = world->events[place - 1];
        world->events[place] = event;
    }
}

bool scenario_world_read(struct reader *reader, const char *pointer, const struct json *document,
                         struct scenario_world *out_world)
{
    size_t complaints = reader->complaint_count;
    if (!form_check(reader, pointer, &WORLD, document))
        return false;

    struct reading reading = {.reader = reader, .pointer = pointer, .document = document};
    time_parse(form_text(&WORLD, document, "start"), &reading.world.start_s);
    reading.world.first_s = earliest(document, reading.world.start_s);
    for (size_t section = 0; SECTIONS[section].name != NULL; section++)
        read_section(&reading, section);
    sort_events(&reading.world);
    if (reader->complaint_count > complaints) {
        scenario_world_clear(&reading.world);
        return false;
    }
    *out_world = reading.world;
    return true;
}

void scenario_world_clear(struct scenario_world *world)
{
    registry_clear(&world->registry);
    free(world->events);
    *world = (struct scenario_world){0};
}
