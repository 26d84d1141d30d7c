/* SPDX-License-Identifier: MIT */
/* Names of a world, found by a map; see company.h. */
#include "cli/company.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "base/person.h"
#include "base/text.h"

#define REGION_IMPLIED "us-east-1"

struct company {
    struct json_document *document; /* NULL without a world */
    struct json_document *names;
    const char **ids;   /* of the users, in the order of the names */
    struct map by_name; /* folded, to the place in `ids` */
    struct map several; /* folded: user names and addresses of more than one */
};

static void add_spelling(struct company *company, const char *name, size_t index)
{
    char *folded = text_fold(name);
    if (!map_add(&company->by_name, folded, index) && map_get(&company->by_name, folded) != index)
        map_add(&company->several, folded, index);
    free(folded);
}

/* The user's object in the document; NULL for a short form. */
static const struct json *stated(const struct map *by_handle, const struct json **objects,
                                 const char *handle)
{
    size_t at = map_get(by_handle, handle);
    return at == MAP_NOTHING ? NULL : objects[at];
}

static void add_user(struct company *company, const char *handle, const struct json *object,
                     size_t index)
{
    const struct json *attributes = json_member(object, "attributes");
    const struct json *email = json_first(json_member(attributes, "Emails"));
    const char *user_name = json_member_text(object, "user_name");
    char *made = attributes == NULL ? person_email(handle) : NULL;
    if (user_name != NULL)
        add_spelling(company, user_name, index);
    for (; email != NULL; email = json_next(email))
        if (json_member_text(email, "Value") != NULL)
            add_spelling(company, json_member_text(email, "Value"), index);
    if (made != NULL)
        add_spelling(company, made, index);
    free(made);
}

/* Handles first: they are each somebody's own, and mean him even where others are called so. */
static void add_users(struct company *company)
{
    const struct json *users = json_member(company_names(company), "users");
    const struct json *section = json_member(json_document_root(company->document), "users");
    const struct json **objects = mem_new((json_count(section) + 1) * sizeof *objects);
    struct map by_handle = {0};
    size_t count = 0;
    if (json_kind(section) == JSON_OBJECT)
        for (const struct json *at = json_first(section); at != NULL; at = json_next(at)) {
            objects[count] = at;
            map_add(&by_handle, json_name(at), count++);
        }
    company->ids = mem_new((json_count(users) + 1) * sizeof *company->ids);
    size_t index = 0;
    for (const struct json *user = json_first(users); user != NULL; user = json_next(user)) {
        company->ids[index] = json_text(user);
        add_spelling(company, json_name(user), index++);
    }
    map_clear(&company->several);
    index = 0;
    for (const struct json *user = json_first(users); user != NULL; user = json_next(user))
        add_user(company, json_name(user), stated(&by_handle, objects, json_name(user)), index++);
    map_clear(&by_handle);
    free(objects);
}

struct company *company_new(const char *document, size_t bytes, const char *names)
{
    struct json_error error;
    struct company *company = mem_new(sizeof *company);
    if (document == NULL || names == NULL)
        return company;
    company->document = json_parse(document, bytes, JSON_COMMENTS, &error);
    company->names = json_parse(names, strlen(names), JSON_STRICT, &error);
    if (company->document != NULL && company->names != NULL)
        add_users(company);
    return company;
}

void company_free(struct company *company)
{
    if (company == NULL)
        return;
    json_document_free(company->document);
    json_document_free(company->names);
    free(company->ids);
    map_clear(&company->by_name);
    map_clear(&company->several);
    free(company);
}

const struct json *company_names(const struct company *company)
{
    return company->names == NULL ? NULL : json_document_root(company->names);
}

enum company_found company_user(const struct company *company, const char *name,
                                const char **out_id)
{
    char *folded = text_fold(name);
    size_t index = map_get(&company->by_name, folded);
    bool several = map_get(&company->several, folded) != MAP_NOTHING;
    free(folded);
    *out_id = NULL;
    if (several && json_member(json_member(company_names(company), "users"), name) == NULL)
        return COMPANY_SEVERAL;
    if (index == MAP_NOTHING)
        return COMPANY_NOBODY;
    *out_id = company->ids[index];
    return COMPANY_ONE;
}

void company_hint(const struct company *company, const char *name, char *out)
{
    struct nearest nearest = {.asked = name};
    const struct json *at = json_first(json_member(company_names(company), "users"));
    for (; at != NULL; at = json_next(at))
        nearest_try(&nearest, json_name(at));
    nearest_hint(&nearest, out);
}

const char *company_profile(const struct company *company, const char *profile_arn)
{
    const struct json *at = json_first(json_member(company_names(company), "profiles"));
    for (; at != NULL; at = json_next(at))
        if (strcmp(json_text(at), profile_arn) == 0)
            return json_name(at);
    return profile_arn;
}

void company_regions(const struct company *company,
                     void (*see)(void *self, const char *region, bool instance), void *self)
{
    static const char *const SECTIONS[] = {"instances", "profiles"};
    const struct json *root =
        company->document == NULL ? NULL : json_document_root(company->document);
    struct map seen = {0};
    for (size_t i = 0; root != NULL && i < sizeof SECTIONS / sizeof SECTIONS[0]; i++) {
        const struct json *section = json_member(root, SECTIONS[i]);
        const struct json *at = json_first(section);
        for (bool implied = section == NULL; implied || at != NULL;
             at = at == NULL ? NULL : json_next(at), implied = false) {
            const char *region = json_member_text(at, "region");
            region = region == NULL ? REGION_IMPLIED : region;
            if (map_add(&seen, region, 0))
                see(self, region, i == 0);
        }
    }
    map_clear(&seen);
}
