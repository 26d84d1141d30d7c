/* SPDX-License-Identifier: MIT */
/* SCIM's attributes and their forms; see attributes.h. */
#include "services/scim/attributes.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/parameters.h"
#include "base/text.h"
#include "wire/shapes.h"

#define EXTENSIONS "Extensions"
#define ENTERPRISE_STORED "aws:identitystore:enterprise"

#define TEXT_MEMBER(member)                                                                        \
    {                                                                                              \
        .name = member, .min = 1, .max = 1024, .pattern = &PATTERN_TEXT                            \
    }
#define REQUIRED_MEMBER(member)                                                                    \
    {                                                                                              \
        .name = member, .required = true, .min = 1, .max = 1024, .pattern = &PATTERN_TEXT          \
    }
#define ONE_MEMBER(member, element)                                                                \
    {                                                                                              \
        .name = member, .kind = SHAPE_LIST, .max = 1, .members = element                           \
    }
#define EXTERNAL_ID_MEMBER                                                                         \
    {                                                                                              \
        .name = "externalId", .min = 1, .max = 256, .pattern = &PATTERN_USER_NAME                  \
    }

static const struct shape NAME[] = {TEXT_MEMBER("formatted"),
                                    REQUIRED_MEMBER("familyName"),
                                    REQUIRED_MEMBER("givenName"),
                                    TEXT_MEMBER("middleName"),
                                    TEXT_MEMBER("honorificPrefix"),
                                    TEXT_MEMBER("honorificSuffix"),
                                    {0}};
static const struct shape VALUE[] = {
    TEXT_MEMBER("value"), TEXT_MEMBER("type"), {.name = "primary", .kind = SHAPE_BOOLEAN}, {0}};
static const struct shape VALUE_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = VALUE}};
static const struct shape ADDRESS[] = {TEXT_MEMBER("type"),
                                       TEXT_MEMBER("streetAddress"),
                                       TEXT_MEMBER("locality"),
                                       TEXT_MEMBER("region"),
                                       TEXT_MEMBER("postalCode"),
                                       TEXT_MEMBER("country"),
                                       TEXT_MEMBER("formatted"),
                                       {.name = "primary", .kind = SHAPE_BOOLEAN},
                                       {0}};
static const struct shape ADDRESS_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = ADDRESS}};
static const struct shape MANAGER[] = {TEXT_MEMBER("value"), {0}};
static const struct shape ENTERPRISE[] = {
    TEXT_MEMBER("employeeNumber"),
    TEXT_MEMBER("costCenter"),
    TEXT_MEMBER("organization"),
    TEXT_MEMBER("division"),
    TEXT_MEMBER("department"),
    {.name = "manager", .kind = SHAPE_STRUCTURE, .members = MANAGER},
    {0}};
const struct shape SCIM_USER_SHAPE[] = {
    EXTERNAL_ID_MEMBER,
    {.name = "userName", .required = true, .min = 1, .max = 128, .pattern = &PATTERN_USER_NAME},
    {.name = "name", .kind = SHAPE_STRUCTURE, .required = true, .members = NAME},
    REQUIRED_MEMBER("displayName"),
    TEXT_MEMBER("nickName"),
    TEXT_MEMBER("profileUrl"),
    TEXT_MEMBER("title"),
    TEXT_MEMBER("userType"),
    TEXT_MEMBER("preferredLanguage"),
    TEXT_MEMBER("locale"),
    TEXT_MEMBER("timezone"),
    {.name = "active", .kind = SHAPE_BOOLEAN},
    ONE_MEMBER("emails", VALUE_ELEMENT),
    ONE_MEMBER("addresses", ADDRESS_ELEMENT),
    ONE_MEMBER("phoneNumbers", VALUE_ELEMENT),
    ONE_MEMBER("roles", VALUE_ELEMENT),
    {.name = SCIM_ENTERPRISE, .kind = SHAPE_STRUCTURE, .members = ENTERPRISE},
    {0}};
/* How long the list may be is a limit of the request, and counted there. */
static const struct shape MEMBER[] = {{.name = "value", .required = true},
                                      {.name = "$ref"},
                                      {.name = "type"},
                                      {.name = "display"},
                                      {0}};
static const struct shape MEMBER_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = MEMBER}};
const struct shape SCIM_GROUP_SHAPE[] = {
    EXTERNAL_ID_MEMBER,
    {.name = "displayName",
     .required = true,
     .min = 1,
     .max = 1024,
     .pattern = &PATTERN_GROUP_NAME},
    {.name = "members", .kind = SHAPE_LIST, .members = MEMBER_ELEMENT},
    {0}};

static bool same(const char *name, const char *chars, size_t bytes)
{
    return strlen(name) == bytes && strncasecmp(name, chars, bytes) == 0;
}

static bool listed(const char *const *names, const char *chars, size_t bytes)
{
    while (*names != NULL && !same(*names, chars, bytes))
        names++;
    return *names != NULL;
}

const struct shape *scim_shape(const struct shape *members, const char *name, size_t name_bytes)
{
    while (members->name != NULL && !same(members->name, name, name_bytes))
        members++;
    return members->name != NULL ? members : NULL;
}

bool scim_unsupported(const char *name, size_t name_bytes)
{
    static const char *const NAMES[] = {
        "ims",     "photos", "x509Certificates",    "password", "entitlements",
        "display", "$ref",   "manager.displayName", NULL};
    return listed(NAMES, name, name_bytes);
}

/* Takes `value`; NULL if nothing is in it. */
static struct json *unless_empty(struct json *value)
{
    if (json_count(value) > 0)
        return value;
    json_free(value);
    return NULL;
}

static struct json *normal_structure(struct call *call, const struct shape *members,
                                     const struct json *given, enum fault *fault)
{
    static const char *const OF_THE_SERVER[] = {"schemas", "id", "meta", NULL};
    bool strict = scim_reading(call, SCIM_UNSUPPORTED) == UNSUPPORTED_REFUSED;
    struct json *out = json_new_object();
    for (const struct json *item = json_first(given); item != NULL; item = json_next(item)) {
        const char *name = json_name(item);
        const struct shape *shape = scim_shape(members, name, strlen(name));
        if (shape == NULL && strict && !listed(OF_THE_SERVER, name, strlen(name)))
            *fault = problem_set(&call->problem, FAULT_INVALID,
                                 "The attribute %.200s is not supported", name);
        struct json *value = shape == NULL ? NULL : scim_normal_value(call, shape, item, fault);
        if (value != NULL && json_member(out, shape->name) != NULL)
            *fault = problem_set(&call->problem, FAULT_INVALID, "The attribute %s is given twice",
                                 shape->name);
        if (value != NULL)
            json_put(out, shape->name, value);
    }
    return unless_empty(out);
}

static struct json *normal_list(struct call *call, const struct shape *shape,
                                const struct json *given, enum fault *fault)
{
    struct json *out = json_new_array();
    if (shape->max > 0 && (int64_t)json_count(given) > shape->max)
        *fault = problem_set(&call->problem, FAULT_INVALID,
                             "List attribute %s exceeds allowed limit of %d", shape->name,
                             (int)shape->max);
    for (const struct json *item = json_first(given); item != NULL; item = json_next(item)) {
        struct json *value = scim_normal_value(call, shape->members, item, fault);
        json_push(out,
                  value != NULL ? value : json_new_object()); /* for a check to miss things in */
    }
    return unless_empty(out);
}

/* Entra says booleans as texts. */
static struct json *normal_boolean(const struct json *given)
{
    const char *text = json_text(given);
    bool yes = text != NULL && strcasecmp(text, "true") == 0;
    bool no = text != NULL && strcasecmp(text, "false") == 0;
    return yes || no ? json_new_boolean(yes) : json_copy(given);
}

struct json *scim_normal_value(struct call *call, const struct shape *shape,
                               const struct json *given, enum fault *fault)
{
    enum json_kind kind = json_kind(given);
    if (kind == JSON_NULL)
        return NULL;
    if (shape->kind == SHAPE_STRUCTURE && kind == JSON_OBJECT)
        return normal_structure(call, shape->members, given, fault);
    if (shape->kind == SHAPE_LIST && kind == JSON_ARRAY)
        return normal_list(call, shape, given, fault);
    if (shape->kind == SHAPE_BOOLEAN)
        return normal_boolean(given);
    if (shape->members == MANAGER && kind == JSON_TEXT) { /* as Entra sends him: his id alone */
        struct json *manager = json_new_object();
        json_put(manager, "value", json_copy(given));
        return manager;
    }
    return json_copy(given);
}

enum fault scim_primary_email(struct call *call, const struct json *given, struct json **emails)
{
    const struct json *primary = json_member(json_first(given), "primary");
    const struct json *email = json_first(*emails);
    if (json_kind(primary) == JSON_BOOLEAN && !json_true(primary))
        return scim_invalid(call, "The only e-mail must be the primary one");
    if (json_kind(email) != JSON_OBJECT)
        return FAULT_NONE;
    if (json_member_text(email, "value") == NULL)
        return scim_invalid(call, "An e-mail needs a value");
    struct json *list = json_new_array();
    json_put_boolean(json_push(list, json_copy(email)), "primary", true);
    json_free(*emails);
    *emails = list;
    return FAULT_NONE;
}

/* The e-mail of a whole user. */
static enum fault settle_email(struct call *call, struct json *normal)
{
    const struct json *given = json_member(normal, "emails");
    if (given == NULL)
        return FAULT_NONE;
    struct json *emails = json_copy(given);
    enum fault fault = scim_primary_email(call, given, &emails);
    json_put(normal, "emails", emails);
    return fault;
}

enum fault scim_normal(struct call *call, const struct shape *members, const struct json *given,
                       struct json **out)
{
    const struct shape whole = {.name = "", .kind = SHAPE_STRUCTURE, .members = members};
    enum fault fault = FAULT_NONE;
    struct json *normal = scim_normal_value(call, &whole, given, &fault);
    if (normal == NULL)
        normal = json_new_object();
    if (fault == FAULT_NONE)
        fault = shape_check(NULL, members, normal, false, &call->problem);
    if (fault == FAULT_NONE && members == SCIM_USER_SHAPE)
        fault = settle_email(call, normal);
    *out = fault == FAULT_NONE ? normal : NULL;
    if (fault != FAULT_NONE)
        json_free(normal);
    return fault;
}

/* userName, externalId and active have places of their own; the extension has another name. */
static bool stored_beside(const struct shape *shape)
{
    static const char *const NAMES[] = {"userName", "externalId", "active", SCIM_ENTERPRISE, NULL};
    return listed(NAMES, shape->name, strlen(shape->name));
}

enum direction { TO_STORED, FROM_STORED };

/*
 * The same value with a capital or a small first letter in every name; NULL for what the shape does
 * not know. `plain`: no capitals there.
 */
static struct json *recased(const struct shape *shape, const struct json *value,
                            enum direction direction, bool plain)
{
    if (shape->kind == SHAPE_LIST) {
        struct json *out = json_new_array();
        for (const struct json *item = json_first(value); item != NULL; item = json_next(item)) {
            struct json *element = recased(shape->members, item, direction, plain);
            if (element != NULL)
                json_push(out, element);
        }
        return unless_empty(out);
    }
    if (shape->kind == SHAPE_BOOLEAN)
        return json_kind(value) == JSON_BOOLEAN ? json_copy(value) : NULL;
    if (shape->kind == SHAPE_TEXT)
        return json_kind(value) == JSON_TEXT ? json_copy(value) : NULL;
    struct json *out = json_new_object();
    for (const struct shape *member = shape->members; member->name != NULL; member++) {
        struct text capital = {0};
        text_add(&capital, member->name);
        if (!plain)
            capital.chars[0] = (char)(capital.chars[0] & ~0x20);
        bool stores = direction == TO_STORED;
        const struct json *from = json_member(value, stores ? member->name : text_chars(&capital));
        struct json *to = stored_beside(member) ? NULL : recased(member, from, direction, plain);
        if (to != NULL)
            json_put(out, stores ? text_chars(&capital) : member->name, to);
        text_clear(&capital);
    }
    return unless_empty(out);
}

static const struct shape WHOLE_USER = {.kind = SHAPE_STRUCTURE, .members = SCIM_USER_SHAPE};
static const struct shape WHOLE_ENTERPRISE = {.kind = SHAPE_STRUCTURE, .members = ENTERPRISE};

struct json *scim_user_normal(const struct user *user, const char *external_id)
{
    struct json_error error;
    struct json_document *stored =
        json_parse(user->attributes, strlen(user->attributes), JSON_STRICT, &error);
    const struct json *root = json_document_root(stored);
    struct json *out = json_new_object();
    if (external_id[0] != '\0')
        json_put_text(out, "externalId", external_id);
    json_put_text(out, "userName", user->name);
    struct json *seen = recased(&WHOLE_USER, root, FROM_STORED, false);
    for (const struct json *item = json_first(seen); item != NULL; item = json_next(item))
        json_put(out, json_name(item), json_copy(item));
    json_free(seen);
    json_put_boolean(out, "active", user->active);
    struct json *enterprise =
        recased(&WHOLE_ENTERPRISE, json_member(json_member(root, EXTENSIONS), ENTERPRISE_STORED),
                FROM_STORED, true);
    if (enterprise != NULL)
        json_put(out, SCIM_ENTERPRISE, enterprise);
    json_document_free(stored);
    return out;
}

/*
 * The members of `before` that `seen` has no name for, whatever its letters; and then `now`, which
 * is taken.
 */
static struct json *replaced(const struct shape *seen, const struct json *before, struct json *now)
{
    struct json *out = json_new_object();
    for (const struct json *item = json_first(before); item != NULL; item = json_next(item))
        if (scim_shape(seen, json_name(item), strlen(json_name(item))) == NULL)
            json_put(out, json_name(item), json_copy(item));
    for (const struct json *item = json_first(now); item != NULL; item = json_next(item))
        json_put(out, json_name(item), json_copy(item));
    json_free(now);
    return out;
}

char *scim_user_stored(const struct json *normal, const char *before)
{
    static const struct shape ENTERPRISE_NAME[] = {{.name = ENTERPRISE_STORED}, {0}};
    static const struct shape EXTENSIONS_NAME[] = {{.name = EXTENSIONS}, {0}};
    struct json_error error;
    struct json_document *document = json_parse(before, strlen(before), JSON_STRICT, &error);
    const struct json *old = json_document_root(document);
    const struct json *old_extensions = json_member(old, EXTENSIONS);
    struct json *enterprise = unless_empty(replaced(
        ENTERPRISE, json_member(old_extensions, ENTERPRISE_STORED),
        recased(&WHOLE_ENTERPRISE, json_member(normal, SCIM_ENTERPRISE), TO_STORED, true)));
    struct json *extensions = replaced(ENTERPRISE_NAME, old_extensions, NULL);
    if (enterprise != NULL)
        json_put(extensions, ENTERPRISE_STORED, enterprise);
    extensions = unless_empty(extensions);
    struct json *unseen = replaced(EXTENSIONS_NAME, old, NULL);
    struct json *out =
        replaced(SCIM_USER_SHAPE, unseen, recased(&WHOLE_USER, normal, TO_STORED, false));
    if (extensions != NULL)
        json_put(out, EXTENSIONS, extensions);
    char *printed = json_print(out);
    json_free(out);
    json_free(unseen);
    json_document_free(document);
    return printed;
}
