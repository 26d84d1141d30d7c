/* SPDX-License-Identifier: MIT */
/*
 * Users, groups and memberships of the listings: under names that a world document can use, or
 * under pseudonyms.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/import.h"

/*
 * What is kept of a user: what programs find people by and decide about seats on. Addresses,
 * telephones, photographs and birthdays stay out.
 */
static const char *const NAME_MEMBERS[] = {"Formatted",  "FamilyName",      "GivenName",
                                           "MiddleName", "HonorificPrefix", "HonorificSuffix",
                                           NULL};
static const char *const VALUE_MEMBERS[] = {"Value", "Type", "Primary", NULL};
static const struct kept {
    const char *name;
    const char *const *members; /* NULL: taken as it is */
    bool is_list;
    /* can be replaced by something of the same form; the others are left out then */
    bool pseudonymous;
} KEPT[] = {{"Name", NAME_MEMBERS, false, true},       {"DisplayName", NULL, false, true},
            {"NickName", NULL, false, false},          {"Emails", VALUE_MEMBERS, true, true},
            {"UserType", NULL, false, false},          {"Title", NULL, false, false},
            {"PreferredLanguage", NULL, false, false}, {"Locale", NULL, false, false},
            {"Timezone", NULL, false, false},          {"Roles", VALUE_MEMBERS, true, false},
            {"Extensions", NULL, false, false}};

/* What stands for the texts of a user under a pseudonym: the number between two words. */
static const struct {
    const char *name;
    const char *before;
    bool numbered;
    const char *after;
} REPLACED[] = {{"Formatted", "User ", true, ""},
                {"GivenName", "User", false, ""},
                {"FamilyName", "", true, ""},
                {"DisplayName", "User ", true, ""},
                {"Value", "user-", true, "@example.com"},
                {"Type", "work", false, ""}};

static bool says_something(const struct json *value)
{
    const char *text = json_text(value);
    return text != NULL ? text[0] != '\0'
                        : json_kind(value) == JSON_BOOLEAN || json_count(value) > 0;
}

/* A text under a pseudonym; NULL: has none, and is left out. */
static struct json *replaced(const char *name, size_t pseudonym)
{
    for (size_t i = 0; i < sizeof REPLACED / sizeof REPLACED[0]; i++) {
        if (strcmp(REPLACED[i].name, name) != 0)
            continue;
        char number[24] = "";
        if (REPLACED[i].numbered)
            snprintf(number, sizeof number, "%04zu", pseudonym);
        char *text = mem_format("%s%s%s", REPLACED[i].before, number, REPLACED[i].after);
        struct json *value = json_new_text(text);
        free(text);
        return value;
    }
    return NULL;
}

static struct json *keep(const char *name, const struct json *value, size_t pseudonym)
{
    return pseudonym == 0 || json_text(value) == NULL ? json_copy(value)
                                                      : replaced(name, pseudonym);
}

static struct json *keep_members(const struct json *value, const char *const *members,
                                 size_t pseudonym)
{
    struct json *out = json_new_object();
    for (; *members != NULL; members++) {
        const struct json *member = json_member(value, *members);
        struct json *kept = says_something(member) ? keep(*members, member, pseudonym) : NULL;
        if (kept != NULL)
            json_put(out, *members, kept);
    }
    return out;
}

struct json *import_attributes(const struct import *import, const struct import_person *person)
{
    struct json *out = json_new_object();
    size_t pseudonym = import->pseudonyms ? person->pseudonym : 0;
    for (size_t i = 0; i < sizeof KEPT / sizeof KEPT[0]; i++) {
        const struct kept *kept = &KEPT[i];
        const struct json *value = json_member(person->item->value, kept->name);
        if (!says_something(value) || (pseudonym != 0 && !kept->pseudonymous))
            continue;
        if (kept->members == NULL) {
            json_put(out, kept->name, keep(kept->name, value, pseudonym));
            continue;
        }
        struct json *members =
            keep_members(kept->is_list ? json_first(value) : value, kept->members, pseudonym);
        if (json_count(members) == 0)
            json_free(members);
        else if (kept->is_list)
            json_push(json_put(out, kept->name, json_new_array()), members);
        else
            json_put(out, kept->name, members);
    }
    if (json_count(out) > 0)
        return out;
    json_free(out);
    return NULL;
}

/*
 * Lower-case letters, digits and single hyphens, so that names differ as MOCK_USER_… too; of an
 * e-mail address what is before the @.
 */
static char *handle_of(const char *name, const char *otherwise)
{
    struct text handle = {0};
    for (const char *at = name; *at != '\0' && (*at != '@' || at == name); at++) {
        char letter = (char)tolower((unsigned char)*at);
        bool good = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (good)
            text_add_bytes(&handle, &letter, 1);
        else if (handle.bytes > 0 && handle.chars[handle.bytes - 1] != '-')
            text_add(&handle, "-");
    }
    while (handle.bytes > 0 && handle.chars[handle.bytes - 1] == '-')
        handle.chars[--handle.bytes] = '\0';
    if (handle.bytes == 0)
        text_add(&handle, otherwise);
    return text_take(&handle);
}

/* `wanted`, or with a number behind if that is taken. Takes `wanted`. */
static char *handle_unique(struct map *taken, char *wanted)
{
    char *handle = mem_text(wanted);
    for (int number = 2; !map_add(taken, handle, 0); number++) {
        free(handle);
        handle = mem_format("%s-%d", wanted, number);
    }
    free(wanted);
    return handle;
}

/* An id that is there once; NULL after a complaint. */
static const char *read_id(struct import *import, const struct import_item *item,
                           const char *member, struct map *by_id, size_t index)
{
    const char *id = json_member_text(item->value, member);
    if (id == NULL || id[0] == '\0') {
        import_error(import, item, "", "%s is missing", member);
        return NULL;
    }
    if (map_add(by_id, id, index))
        return id;
    import_warning(import, item, "", "%s is there twice; the first one counts", id);
    return NULL;
}

/* A text that nobody else has, whatever its case; NULL after a complaint. */
static const char *read_unique(struct import *import, const struct import_item *item,
                               const char *value, const char *pointer, struct map *by_value,
                               size_t index)
{
    if (value == NULL || value[0] == '\0') {
        import_error(import, item, "", "%s is missing", pointer + 1);
        return NULL;
    }
    char *folded = text_fold(value);
    bool unique = map_add(by_value, folded, index);
    free(folded);
    if (!unique)
        import_error(import, item, pointer, "another one has the same %s; expected one of each",
                     pointer + 1);
    return unique ? value : NULL;
}

static void read_people(struct import *import)
{
    const struct import_items *listing = &import->listings[IMPORT_USERS];
    struct map emails = {0};
    import->people = mem_new((listing->count + 1) * sizeof *import->people);
    for (size_t i = 0; i < listing->count; i++) {
        const struct import_item *item = &listing->items[i];
        size_t index = import->person_count;
        const struct json *email = json_first(json_member(item->value, "Emails"));
        const char *address = json_member_text(email, "Value");
        if (read_id(import, item, "UserId", &import->people_by_id, index) == NULL)
            continue;
        const char *name = json_member_text(item->value, "UserName");
        const char *status = json_member_text(item->value, "UserStatus");
        bool good =
            read_unique(import, item, name, "/UserName", &import->people_by_name, index) != NULL;
        if (address != NULL && address[0] != '\0')
            read_unique(import, item, address, "/Emails", &emails, index);
        struct import_person *person = &import->people[import->person_count++];
        *person =
            (struct import_person){.item = item,
                                   .user_name = mem_text(good ? name : ""),
                                   .active = status == NULL || strcmp(status, "DISABLED") != 0,
                                   .seat = {.since_s = INT64_MIN, .activated_s = INT64_MIN}};
    }
    map_clear(&emails);
}

static void read_groups(struct import *import)
{
    const struct import_items *listing = &import->listings[IMPORT_GROUPS];
    import->groups = mem_new((listing->count + 1) * sizeof *import->groups);
    for (size_t i = 0; i < listing->count; i++) {
        const struct import_item *item = &listing->items[i];
        size_t index = import->group_count;
        if (read_id(import, item, "GroupId", &import->groups_by_id, index) == NULL)
            continue;
        const char *name = read_unique(import, item, json_member_text(item->value, "DisplayName"),
                                       "/DisplayName", &import->groups_by_name, index);
        import->groups[import->group_count++] = (struct import_group){
            .item = item, .display_name = mem_text(name == NULL ? "" : name), .since_s = INT64_MIN};
    }
}

static int by_group(const void *left, const void *right)
{
    const struct import_membership *a = left;
    const struct import_membership *b = right;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return a->person < b->person ? -1 : a->person > b->person;
}

static void read_memberships(struct import *import)
{
    const struct import_items *listing = &import->listings[IMPORT_MEMBERSHIPS];
    struct map seen = {0};
    import->memberships = mem_new((listing->count + 1) * sizeof *import->memberships);
    for (size_t i = 0; i < listing->count; i++) {
        const struct import_item *item = &listing->items[i];
        const char *group_id = json_member_text(item->value, "GroupId");
        const char *user_id = json_member_text(json_member(item->value, "MemberId"), "UserId");
        size_t group = map_get(&import->groups_by_id, group_id);
        size_t person = map_get(&import->people_by_id, user_id);
        if (group == MAP_NOTHING)
            import_error(import, item, "/GroupId", "%s is no group of the listings",
                         group_id == NULL ? "a missing GroupId" : group_id);
        if (person == MAP_NOTHING)
            import_error(import, item, "/MemberId/UserId", "%s is no user of the listings",
                         user_id == NULL ? "a missing MemberId.UserId" : user_id);
        if (group == MAP_NOTHING || person == MAP_NOTHING)
            continue;
        char *key = mem_format("%zu %zu", group, person);
        if (map_add(&seen, key, 0)) {
            import->memberships[import->membership_count++] =
                (struct import_membership){group, person};
            import->people[person].member = true;
        }
        free(key);
    }
    map_clear(&seen);
    if (import->membership_count > 0)
        qsort(import->memberships, import->membership_count, sizeof *import->memberships, by_group);
}

/*
 * Pseudonyms are numbered by id: ids are random, so the number tells nothing of the name, and the
 * order of the files does not matter.
 */
struct numbered {
    const char *id;
    size_t *pseudonym;
};

static int by_id(const void *left, const void *right)
{
    const struct numbered *a = left;
    const struct numbered *b = right;
    return strcmp(a->id, b->id);
}

static void number(struct numbered *all, size_t count)
{
    if (count > 0)
        qsort(all, count, sizeof *all, by_id);
    for (size_t i = 0; i < count; i++)
        *all[i].pseudonym = i + 1;
}

static void number_all(struct import *import)
{
    size_t most = import->person_count + import->group_count + 1;
    struct numbered *all = mem_new(most * sizeof *all);
    for (size_t i = 0; i < import->person_count; i++)
        all[i] = (struct numbered){json_member_text(import->people[i].item->value, "UserId"),
                                   &import->people[i].pseudonym};
    number(all, import->person_count);
    for (size_t i = 0; i < import->group_count; i++)
        all[i] = (struct numbered){json_member_text(import->groups[i].item->value, "GroupId"),
                                   &import->groups[i].pseudonym};
    number(all, import->group_count);
    free(all);
}

/* A user name that is an e-mail address stays one. */
static void rename_all(struct import *import)
{
    number_all(import);
    for (size_t i = 0; i < import->person_count; i++) {
        struct import_person *person = &import->people[i];
        bool address = strchr(person->user_name, '@') != NULL;
        free(person->user_name);
        person->user_name =
            mem_format("user-%04zu%s", person->pseudonym, address ? "@example.com" : "");
    }
    for (size_t i = 0; i < import->group_count; i++) {
        struct import_group *group = &import->groups[i];
        free(group->display_name);
        group->display_name = mem_format("group-%04zu", group->pseudonym);
    }
}

static void name_all(struct import *import)
{
    struct map taken = {0};
    for (size_t i = 0; i < import->person_count; i++)
        import->people[i].handle =
            handle_unique(&taken, handle_of(import->people[i].user_name, "user"));
    map_clear(&taken);
    for (size_t i = 0; i < import->group_count; i++)
        import->groups[i].handle =
            handle_unique(&taken, handle_of(import->groups[i].display_name, "group"));
    map_clear(&taken);
}

void import_people(struct import *import)
{
    read_people(import);
    read_groups(import);
    read_memberships(import);
    if (import->pseudonyms)
        rename_all(import);
    name_all(import);
}
