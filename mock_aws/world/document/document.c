/* SPDX-License-Identifier: MIT */
/* Plays a world document through the verbs. */
#include "world/document/document.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/index.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/parameters.h"
#include "base/person.h"
#include "base/plans.h"
#include "base/text.h"
#include "world/changes/account_changes.h"
#include "world/changes/account_closures.h"
#include "world/changes/assignment_changes.h"
#include "world/changes/group_changes.h"
#include "world/changes/instance_changes.h"
#include "world/changes/profile_changes.h"
#include "world/changes/user_changes.h"
#include "world/document/document_plan.h"
#include "world/engine/agenda.h"
#include "world/engine/seat_calendar.h"
#include "world/engine/seat_use.h"
#include "world/reading/reading.h"
#include "world/time/clock.h"

/* What a name of the document became. */
struct named {
    enum section section;
    const char *name;
    char id[ARN_BYTES]; /* account id, ARN, user or group id */
    char store_id[STORE_ID_BYTES];
};

struct player {
    struct world *world;
    const struct document_plan *plan;
    const struct plan_item *item; /* being played */
    struct named **names;         /* in the order in which they were made */
    size_t count;
    size_t capacity;
    struct map emails;  /* folded, of those who state one */
    struct index index; /* by section and name */
    struct {
        size_t count;
        struct named *last;
    } sections[SECTION_COUNT];
};

static struct named *player_name(struct player *player, enum section section, const char *name)
{
    player->names =
        mem_grow(player->names, player->count, &player->capacity, sizeof *player->names);
    struct named *added = mem_new(sizeof *added);
    *added = (struct named){.section = section, .name = name};
    player->names[player->count++] = added;
    index_put(&player->index, (int)section, name, added);
    player->sections[section].count++;
    player->sections[section].last = added;
    return added;
}

/* Refuse the item being played, pointing at its member (or at itself). */
static enum fault refuse(struct player *player, const char *member, const char *format,
                         const char *what)
{
    struct problem *problem = player->world->problem;
    text_copy(problem->path, sizeof problem->path, player->item->pointer);
    if (member != NULL)
        json_pointer_add(problem->path, sizeof problem->path, member);
    char words[512];
    snprintf(words, sizeof words, format, what);
    return problem_set(problem, FAULT_INVALID, "%s", words);
}

static const struct named *find(const struct player *player, enum section section, const char *name)
{
    return index_get(&player->index, (int)section, name);
}

/* The thing `member` of the item names, or the only one there is. */
static enum fault resolve(struct player *player, enum section section, const char *member,
                          const struct named **out_named)
{
    const char *name = json_member_text(player->item->value, member);
    size_t count = player->sections[section].count;
    *out_named = name == NULL ? player->sections[section].last : find(player, section, name);
    if (name == NULL && count != 1 && player->item->implied) {
        char words[160];
        snprintf(words, sizeof words,
                 "\"%s\" is left out, so one called main is meant, and that needs one of \"%s\": "
                 "there is not exactly one; say which in \"%s\"",
                 section_name(player->item->section), section_name(section),
                 section_name(player->item->section));
        return refuse(player, NULL, "%s", words);
    }
    if (name == NULL && count != 1)
        return refuse(player, NULL, "say which one is meant: there is not exactly one of %s",
                      section_name(section));
    if (*out_named == NULL)
        return refuse(player, member, "'%s' is not a name of this document", name);
    return FAULT_NONE;
}

static bool is_account_id(const char *text)
{
    return strlen(text) == 12 && strspn(text, "0123456789") == 12;
}

/*
 * The account of the organization that is marked "management", whose own item may stand further
 * down.
 */
static const struct plan_item *management_of(const struct player *player, const char *organization)
{
    for (size_t i = 0; i < player->plan->count; i++) {
        const struct plan_item *item = &player->plan->items[i];
        const char *name = json_member_text(item->value, "organization");
        if (item->section == SECTION_ACCOUNTS && name != NULL && strcmp(name, organization) == 0 &&
            json_true(json_member(item->value, "management")))
            return item;
    }
    return NULL;
}

/*
 * An organization is made with its management account; members join it, so that account comes
 * first.
 */
static enum fault play_organization(struct player *player, const char *account_id)
{
    const char *name = json_member_text(player->item->value, "organization");
    if (name == NULL)
        return FAULT_NONE;
    const struct plan_item *management = management_of(player, name);
    if (management == NULL)
        return refuse(player, "organization",
                      "organization '%s' has no account with \"management\": true", name);
    const struct named *owner = find(player, SECTION_ACCOUNTS, management->name);
    struct account account;
    struct organization organization;
    if (management == player->item)
        return organization_create(player->world, account_id, true, &organization);
    if (owner == NULL)
        return refuse(player, "organization",
                      "name the management account of '%s' before its members", name);
    enum fault fault = account_get(player->world, owner->id, &account);
    if (fault == FAULT_NONE)
        fault = organization_join(player->world, account.organization_id, account_id,
                                  player->item->name, NULL, false, false);
    return fault;
}

static enum fault play_account(struct player *player)
{
    const struct plan_item *item = player->item;
    const char *id = json_member_text(item->value, "id");
    char made[ACCOUNT_BYTES];
    /*
     * Without an id the first account is the caller's default, and the others get ids of their own.
     */
    uint64_t number = player->count == 0
                          ? UINT64_C(123456789012)
                          : 100000000000 + ids_next(&player->world->ids) % 900000000000;
    snprintf(made, sizeof made, "%012llu", (unsigned long long)number);
    if (id != NULL && !is_account_id(id))
        return refuse(player, "id", "'%s' is not an account id; expected 12 digits", id);
    struct named *named = player_name(player, SECTION_ACCOUNTS, item->name);
    text_copy(named->id, sizeof named->id, id == NULL ? made : id);
    enum fault fault = account_ensure(player->world, named->id);
    return fault == FAULT_NONE ? play_organization(player, named->id) : fault;
}

static const char *text_or(const struct json *object, const char *member, const char *otherwise)
{
    const char *text = json_member_text(object, member);
    return text == NULL ? otherwise : text;
}

static enum fault play_instance(struct player *player)
{
    const struct plan_item *item = player->item;
    const struct named *account = NULL;
    struct instance instance;
    const char *kind = text_or(item->value, "kind", "organization");
    if (strcmp(kind, "organization") != 0 && strcmp(kind, "account") != 0)
        return refuse(player, "kind",
                      "'%s' is no kind of instance; expected organization or account", kind);
    enum fault fault = resolve(player, SECTION_ACCOUNTS, "account", &account);
    if (fault == FAULT_NONE)
        fault = instance_create(player->world, account->id,
                                text_or(item->value, "region", "us-east-1"), kind, NULL, &instance);
    if (fault != FAULT_NONE)
        return fault;
    struct named *named = player_name(player, SECTION_INSTANCES, item->name);
    text_copy(named->id, sizeof named->id, instance.instance_arn);
    text_copy(named->store_id, sizeof named->store_id, instance.store_id);
    return FAULT_NONE;
}

/* Whoever states an address has it, wherever in the document he stands. */
static void note_emails(struct player *player)
{
    for (size_t i = 0; i < player->plan->count; i++) {
        const struct plan_item *item = &player->plan->items[i];
        const struct json *attributes = json_member(item->value, "attributes");
        if (item->section != SECTION_USERS)
            continue;
        const char *stated = attributes != NULL                ? user_email(attributes)
                             : strchr(item->name, '@') != NULL ? item->name
                                                               : NULL;
        char *folded = stated == NULL ? NULL : text_fold(stated);
        if (folded != NULL)
            map_add(&player->emails, folded, i);
        free(folded);
    }
}

/* Of somebody of whom the document says none. A new value. */
static struct json *attributes_made(const struct player *player, const char *handle)
{
    char *email = person_email(handle);
    char *folded = text_fold(email);
    bool free_to_have =
        strcmp(email, handle) == 0 || map_get(&player->emails, folded) == MAP_NOTHING;
    struct json *attributes = person_attributes(handle, free_to_have ? email : NULL);
    free(folded);
    free(email);
    return attributes;
}

static enum fault play_user(struct player *player)
{
    const struct plan_item *item = player->item;
    const struct named *instance = NULL;
    const struct json *attributes = json_member(item->value, "attributes");
    enum fault fault = resolve(player, SECTION_INSTANCES, "instance", &instance);
    if (fault != FAULT_NONE)
        return fault;
    char store_id[STORE_ID_BYTES];
    text_copy(store_id, sizeof store_id, instance->store_id);
    struct named *named = player_name(player, SECTION_USERS, item->name);
    text_copy(named->store_id, sizeof named->store_id, store_id);
    struct json *stated =
        attributes == NULL ? attributes_made(player, item->name) : json_copy(attributes);
    char *printed = json_print(stated);
    fault = user_create(player->world, store_id, text_or(item->value, "user_name", item->name),
                        user_email(stated), printed, named->id);
    free(printed);
    json_free(stated);
    if (fault == FAULT_CONFLICT)
        return refuse(player, NULL, "the user name or e-mail of '%s' is taken", item->name);
    return fault;
}

static enum fault play_inactive(struct player *player)
{
    const struct named *user = find(player, SECTION_USERS, player->item->name);
    return user_set_active(player->world, user->id, false);
}

static enum fault play_members(struct player *player, const char *store_id, const char *group_id)
{
    const struct json *value = player->item->value;
    const struct json *members =
        json_kind(value) == JSON_ARRAY ? value : json_member(value, "members");
    const char *member = json_kind(value) == JSON_ARRAY ? NULL : "members";
    enum fault fault = FAULT_NONE;
    for (const struct json *name = json_first(members); name != NULL && fault == FAULT_NONE;
         name = json_next(name)) {
        char membership_id[USER_ID_BYTES];
        const struct named *user = find(player, SECTION_USERS, json_text(name));
        if (user == NULL)
            return refuse(player, member, "'%s' is not a user of this document", json_text(name));
        fault = membership_create(player->world, store_id, group_id, user->id, membership_id);
        if (fault == FAULT_CONFLICT || fault == FAULT_NOT_FOUND)
            fault = refuse(player, member, "'%s' is a member already, or of another instance",
                           json_text(name));
    }
    return fault;
}

static enum fault play_group(struct player *player)
{
    const struct plan_item *item = player->item;
    const struct named *instance = NULL;
    enum fault fault = resolve(player, SECTION_INSTANCES, "instance", &instance);
    if (fault != FAULT_NONE)
        return fault;
    char store_id[STORE_ID_BYTES];
    text_copy(store_id, sizeof store_id, instance->store_id);
    struct named *named = player_name(player, SECTION_GROUPS, item->name);
    fault = group_create(player->world, store_id, text_or(item->value, "display_name", item->name),
                         NULL, named->id);
    if (fault == FAULT_CONFLICT)
        return refuse(player, NULL, "the group name of '%s' is taken", item->name);
    return fault == FAULT_NONE ? play_members(player, store_id, named->id) : fault;
}

static enum fault play_profile(struct player *player)
{
    const struct plan_item *item = player->item;
    const struct named *account = NULL;
    const struct named *instance = NULL;
    struct profile profile;
    const char *region = text_or(item->value, "region", "us-east-1");
    enum fault fault = resolve(player, SECTION_ACCOUNTS, "account", &account);
    if (fault == FAULT_NONE)
        fault = resolve(player, SECTION_INSTANCES, "instance", &instance);
    if (fault != FAULT_NONE)
        return fault;
    char *name = mem_format("KiroProfile-%s", region);
    char *settings = mem_format("{\"profileName\":\"%s\",\"referenceTrackerConfiguration\":"
                                "{\"recommendationsWithReferences\":\"ALLOW\"}}",
                                name);
    fault =
        profile_create(player->world, account->id, region, instance->id, name, settings, &profile);
    free(settings);
    free(name);
    if (fault == FAULT_CONFLICT)
        return refuse(player, NULL, "a second profile in the account and Region of '%s'",
                      item->name);
    if (fault != FAULT_NONE)
        return fault;
    struct named *named = player_name(player, SECTION_PROFILES, item->name);
    text_copy(named->id, sizeof named->id, profile.profile_arn);
    return FAULT_NONE;
}

/* "user:alice" or "group:devs" */
static enum fault resolve_principal(struct player *player, struct principal *out_principal)
{
    const char *to = json_member_text(player->item->value, "to");
    out_principal->is_group = strncmp(to, "group:", 6) == 0;
    bool is_user = strncmp(to, "user:", 5) == 0;
    if (!out_principal->is_group && !is_user)
        return refuse(player, "to", "'%s' names nobody; expected user:NAME or group:NAME", to);
    const struct named *named =
        find(player, is_user ? SECTION_USERS : SECTION_GROUPS, to + (is_user ? 5 : 6));
    if (named == NULL)
        return refuse(player, "to", "'%s' is not in this document", to);
    out_principal->id = named->id;
    return FAULT_NONE;
}

static enum fault play_assignment(struct player *player)
{
    const char *plan_name = text_or(player->item->value, "plan", "pro");
    enum plan plan = plan_by_name(plan_name);
    struct principal principal;
    const struct named *named = NULL;
    struct profile profile;
    bool absent = plan == PLAN_PRO_MAX && player->world->reading->values[PRO_MAX] == PRO_MAX_ABSENT;
    if (plan == PLAN_NONE || absent)
        return refuse(player, "plan",
                      absent ? "this edition has no plan '%s'; expected pro, pro-plus or power"
                             : "'%s' is no plan; expected pro, pro-plus, pro-max or power",
                      plan_name);
    enum fault fault = resolve_principal(player, &principal);
    if (fault == FAULT_NONE)
        fault = resolve(player, SECTION_PROFILES, "profile", &named);
    if (fault == FAULT_NONE)
        fault = profile_get(player->world, named->id, &profile);
    if (fault == FAULT_NONE)
        fault = assignment_create(player->world, &profile, &principal, plan);
    if (fault == FAULT_CONFLICT || fault == FAULT_NOT_FOUND)
        return refuse(player, "to", "'%s' is subscribed here already, or of another instance",
                      json_member_text(player->item->value, "to"));
    return fault;
}

static enum fault play_use(struct player *player)
{
    const struct named *user = NULL;
    const struct named *profile = NULL;
    const char *code = NULL;
    enum fault fault = resolve(player, SECTION_USERS, "user", &user);
    if (fault == FAULT_NONE)
        fault = resolve(player, SECTION_PROFILES, "profile", &profile);
    if (fault != FAULT_NONE)
        return fault;
    assert(user != NULL && profile != NULL);
    fault = seat_use(player->world, user->id, profile->id, 1, false, &code);
    if (fault == FAULT_NONE && code != NULL)
        return refuse(player, "user", "'%s' has no seat to use at that time", user->name);
    return fault;
}

static enum fault (*const PLAY[SECTION_COUNT])(struct player *player) = {
    [SECTION_ACCOUNTS] = play_account,
    [SECTION_INSTANCES] = play_instance,
    [SECTION_USERS] = play_user,
    [SECTION_INACTIVE] = play_inactive,
    [SECTION_GROUPS] = play_group,
    [SECTION_PROFILES] = play_profile,
    [SECTION_ASSIGNMENTS] = play_assignment,
    [SECTION_USES] = play_use};

static enum fault play(struct player *player, const struct document_plan *plan)
{
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < plan->count && fault == FAULT_NONE; i++) {
        player->item = &plan->items[i];
        fault = agenda_advance(player->world, player->item->at_s, NULL);
        if (fault == FAULT_NONE)
            fault = PLAY[player->item->section](player);
    }
    return fault == FAULT_NONE ? agenda_advance(player->world, plan->start_s, NULL) : fault;
}

static void player_clear(struct player *player)
{
    for (size_t i = 0; i < player->count; i++)
        free(player->names[i]);
    free(player->names);
    index_clear(&player->index);
}

static struct json *names_print(const struct player *player)
{
    static const enum section ANSWERED[] = {SECTION_ACCOUNTS, SECTION_INSTANCES, SECTION_USERS,
                                            SECTION_GROUPS, SECTION_PROFILES};
    struct json *names = json_new_object();
    for (size_t i = 0; i < sizeof ANSWERED / sizeof ANSWERED[0]; i++) {
        struct json *section = json_put(names, section_name(ANSWERED[i]), json_new_object());
        for (size_t j = 0; j < player->count; j++) {
            const struct named *named = player->names[j];
            if (named->section != ANSWERED[i])
                continue;
            if (named->section != SECTION_INSTANCES) {
                json_add(section, named->name, json_new_text(named->id));
                continue;
            }
            struct json *instance = json_add(section, named->name, json_new_object());
            json_put_text(instance, "arn", named->id);
            json_put_text(instance, "identity_store_id", named->store_id);
        }
    }
    json_put(names, "scim", json_new_object()); /* made by whoever knows the server's address */
    return names;
}

enum fault document_load(struct world *world, const struct json *document, const char *pointer,
                         int64_t default_start_s, struct json **out_names)
{
    if (!world_is_empty(world))
        return world_refuse(world, FAULT_CONFLICT, "the world is not empty; reset it first");
    struct document_plan plan;
    struct player player = {.world = world, .plan = &plan};
    struct reading reading = *world->reading;
    bool running = world->running;
    enum fault fault = document_plan(document, pointer, default_start_s, &plan, world->problem);
    if (fault == FAULT_NONE)
        fault = world_reset(world, world->ids.seed, plan.earliest_s, &reading);
    if (fault == FAULT_NONE)
        note_emails(&player);
    if (fault == FAULT_NONE)
        fault = play(&player, &plan);
    if (fault == FAULT_NONE && running)
        clock_set_running(world, true);
    if (fault == FAULT_NONE)
        *out_names = names_print(&player);
    map_clear(&player.emails);
    player_clear(&player);
    document_plan_clear(&plan);
    return fault;
}
