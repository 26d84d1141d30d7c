/* SPDX-License-Identifier: MIT */
/*
 * Identity Center's internal calls that Kiro's admin tools make beside the published API (kiro-wire
 * 9): passwords, the older CreateUser and its readers, e-mail verification. Unpublished: members
 * and answers are those that clients send and read.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "services/identitystore/identitystore.h"
#include "services/values.h"
#include "wire/shapes.h"
#include "world/changes/group_changes.h"
#include "world/changes/user_changes.h"
#include "world/rows/records.h"
#include "world/rows/timeline.h"

enum { PASSWORD_BYTES = 17 };

static const char *const PASSWORD_MODES[] = {"EMAIL", "OTP", NULL};
#define OPTIONAL_STORE_MEMBER                                                                      \
    {                                                                                              \
        .name = "IdentityStoreId", .min = 1, .max = 36, .pattern = &PATTERN_IDENTITY_STORE_ID      \
    }

static const struct shape UPDATE_PASSWORD_IN[] = {
    OPTIONAL_STORE_MEMBER,
    RESOURCE_ID_MEMBER("UserId"),
    {.name = "PasswordMode", .required = true, .values = PASSWORD_MODES},
    {0}};
static const struct shape UPDATE_PASSWORD_OUT[] = {{.name = "Password"}, {0}};
static const struct shape VERIFICATION_IN[] = {STORE_ID_MEMBER, RESOURCE_ID_MEMBER("UserId"), {0}};
static const struct shape ANY[] = {{.name = "value", .kind = SHAPE_DOCUMENT}};
static const struct shape CREATE_IN[] = {
    STORE_ID_MEMBER,
    {.name = "UserName",
     .required = true,
     .sensitive = true,
     .min = 1,
     .max = 128,
     .pattern = &PATTERN_USER_NAME},
    {.name = "UserAttributes", .kind = SHAPE_MAP, .members = ANY},
    {.name = "Active", .kind = SHAPE_BOOLEAN},
    {.name = "PasswordMode", .values = PASSWORD_MODES},
    {0}};
static const struct shape META_MEMBERS[] = {{.name = "CreatedAt", .kind = SHAPE_TIMESTAMP},
                                            {.name = "UpdatedAt", .kind = SHAPE_TIMESTAMP},
                                            {0}};
static const struct shape USER_MEMBERS[] = {
    RESOURCE_ID_MEMBER("UserId"),
    {.name = "UserName", .required = true},
    {.name = "Active", .kind = SHAPE_BOOLEAN, .required = true},
    {.name = "UserStatus", .required = true},
    {.name = "UserAttributes", .kind = SHAPE_MAP, .members = ANY},
    {.name = "Meta", .kind = SHAPE_STRUCTURE, .members = META_MEMBERS},
    {0}};
static const struct shape USER_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = USER_MEMBERS}};
static const struct shape CREATE_OUT[] = {
    {.name = "User", .kind = SHAPE_STRUCTURE, .required = true, .members = USER_MEMBERS},
    {.name = "Password"},
    {0}};
static const struct shape FILTER_MEMBERS[] = {
    {.name = "AttributePath", .required = true},
    {.name = "AttributeValue", .kind = SHAPE_DOCUMENT, .required = true},
    {0}};
static const struct shape FILTER_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = FILTER_MEMBERS}};
static const struct shape SEARCH_IN[] = {
    STORE_ID_MEMBER,
    PAGE_MEMBERS,
    {.name = "Filters", .kind = SHAPE_LIST, .max = 1, .members = FILTER_ELEMENT},
    {0}};
static const struct shape USERS_OUT[] = {
    {.name = "Users", .kind = SHAPE_LIST, .required = true, .members = USER_ELEMENT},
    {.name = "NextToken"},
    {0}};
static const struct shape ID_ELEMENT[] = {
    {.name = "member", .min = 1, .max = 47, .pattern = &PATTERN_RESOURCE_ID}};
static const struct shape DESCRIBE_IN[] = {OPTIONAL_STORE_MEMBER,
                                           {.name = "UserIds",
                                            .kind = SHAPE_LIST,
                                            .required = true,
                                            .min = 1,
                                            .max = 100,
                                            .members = ID_ELEMENT},
                                           {0}};

/* "givenName" and "GivenName" are one attribute in two APIs. */
static char *first_letter(const char *name, int (*change)(int))
{
    char *changed = mem_text(name);
    changed[0] = (char)change((unsigned char)changed[0]);
    return changed;
}

/* {"StringValue": …} and its like as identitystore stores it; NULL for what is none. */
static struct json *untyped(const struct json *value)
{
    if (json_kind(value) != JSON_OBJECT || json_count(value) != 1)
        return NULL;
    const struct json *inner = json_first(value);
    const char *kind = json_name(inner);
    bool list = strcmp(kind, "ComplexListValue") == 0 && json_kind(inner) == JSON_ARRAY;
    if ((strcmp(kind, "StringValue") == 0 && json_kind(inner) == JSON_TEXT) ||
        (strcmp(kind, "BooleanValue") == 0 && json_kind(inner) == JSON_BOOLEAN))
        return json_copy(inner);
    if (!list && (strcmp(kind, "ComplexValue") != 0 || json_kind(inner) != JSON_OBJECT))
        return NULL;
    struct json *made = list ? json_new_array() : json_new_object();
    for (const struct json *at = json_first(inner); at != NULL && made != NULL;
         at = json_next(at)) {
        struct json *wrapped = json_new_object();
        if (list)
            json_put(wrapped, "ComplexValue", json_copy(at));
        struct json *item = untyped(list ? wrapped : at);
        json_free(wrapped);
        if (item == NULL) {
            json_free(made);
            return NULL;
        }
        char *name = list ? NULL : first_letter(json_name(at), toupper);
        if (list)
            json_push(made, item);
        else
            json_put(made, name, item);
        free(name);
    }
    return made;
}

/* The way back. */
static struct json *typed(const struct json *value)
{
    static const char *const NAMES[] = {[JSON_BOOLEAN] = "BooleanValue",
                                        [JSON_TEXT] = "StringValue",
                                        [JSON_ARRAY] = "ComplexListValue",
                                        [JSON_OBJECT] = "ComplexValue"};
    enum json_kind kind = json_kind(value);
    struct json *out = json_new_object();
    struct json *inner = kind == JSON_ARRAY    ? json_new_array()
                         : kind == JSON_OBJECT ? json_new_object()
                                               : json_copy(value);
    for (const struct json *at = json_first(value); at != NULL; at = json_next(at)) {
        struct json *item = typed(at);
        if (kind == JSON_ARRAY) {
            json_push(inner, json_copy(json_first(item)));
            json_free(item);
            continue;
        }
        char *name = first_letter(json_name(at), tolower);
        json_put(inner, name, item);
        free(name);
    }
    json_put(out, NAMES[kind], inner);
    return out;
}

/* What the call gives, as identitystore stores it. */
static enum fault attributes_of(struct call *call, struct json **out_attributes)
{
    struct json *attributes = json_new_object();
    const struct json *at = json_first(json_member(call->input, "UserAttributes"));
    enum fault fault = FAULT_NONE;
    for (; at != NULL && fault == FAULT_NONE; at = json_next(at)) {
        struct json *value = untyped(at);
        char *name = first_letter(json_name(at), toupper);
        if (value != NULL)
            json_put(attributes, name, value);
        else
            fault = problem_set(&call->problem, FAULT_INVALID,
                                "userAttributes.%s: expected one of StringValue, BooleanValue, "
                                "ComplexValue, ComplexListValue",
                                json_name(at));
        free(name);
    }
    if (fault == FAULT_NONE)
        fault = identitystore_attributes_check(call, attributes);
    *out_attributes = attributes;
    return fault;
}

static void put_user(struct json *out, const struct user *user)
{
    struct json_error error;
    struct json_document *attributes =
        json_parse(user->attributes, strlen(user->attributes), JSON_STRICT, &error);
    json_put_text(out, "UserId", user->user_id);
    json_put_text(out, "UserName", user->name);
    json_put_boolean(out, "Active", user->active);
    json_put_text(out, "UserStatus", user->active ? "ENABLED" : "DISABLED");
    struct json *shown = json_put(out, "UserAttributes", json_new_object());
    const struct json *at = json_first(json_document_root(attributes));
    for (; at != NULL; at = json_next(at)) {
        char *name = first_letter(json_name(at), tolower);
        if (strcmp(name, "extensions") != 0)
            json_put(shown, name, typed(at));
        free(name);
    }
    struct json *meta = json_put(out, "Meta", json_new_object());
    json_put_integer(meta, "CreatedAt", user->created_s);
    json_put_integer(meta, "UpdatedAt", user->updated_s);
    json_document_free(attributes);
}

static void see_user(void *self, const struct user *user)
{
    put_user(self, user);
}

/*
 * A link by mail, or a password of one use that the answer shows once; what is kept is that there
 * is one.
 */
static enum fault password_set(struct call *call, const char *user_id, const char *mode)
{
    struct world *world = world_of(call);
    struct json *kept = json_new_object();
    struct entry entry = {
        .event = "UpdatePassword", .subject = user_id, .user_id = user_id, .after = mode};
    json_put_text(kept, "mode", mode);
    json_put_integer(kept, "at", world->now_s);
    value_put(call, "password", user_id, "password", kept);
    json_free(kept);
    enum fault fault = timeline_add(world, &entry, NULL);
    if (fault != FAULT_NONE || strcmp(mode, "OTP") != 0)
        return fault;
    char hex[PASSWORD_BYTES];
    ids_hex(&world->ids, hex, PASSWORD_BYTES - 1);
    char *password = mem_format("Aa1!%s", hex);
    json_put_text(call->output, "Password", password);
    free(password);
    return FAULT_NONE;
}

static void note_store(void *self, const struct user *user)
{
    text_copy(self, STORE_ID_BYTES, user->store_id);
}

/* Many clients leave the store out: then it is the user's own. */
static enum fault directory_of_user(struct call *call, const char *user_id,
                                    struct instance *out_instance)
{
    char store_id[STORE_ID_BYTES] = "";
    if (json_member_text(call->input, "IdentityStoreId") != NULL)
        return directory_of(call, out_instance);
    enum fault fault = user_get(world_of(call), NULL, user_id, note_store, store_id);
    if (fault != FAULT_NONE)
        return fault;
    fault = instance_of_store(world_of(call), store_id, out_instance);
    if (fault != FAULT_NONE)
        return fault;
    if (strcmp(out_instance->region, call->region) != 0)
        return world_missing(world_of(call), "USER", user_id);
    return instance_open_to(call, out_instance, false);
}

static enum fault update_password(struct call *call)
{
    struct instance instance;
    bool exists = false;
    const char *user_id = json_member_text(call->input, "UserId");
    enum fault fault = directory_of_user(call, user_id, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = user_exists(world_of(call), instance.store_id, user_id, &exists);
    if (fault != FAULT_NONE)
        return fault;
    if (!exists)
        return world_missing(world_of(call), "USER", user_id);
    return password_set(call, user_id, json_member_text(call->input, "PasswordMode"));
}

static enum fault start_verification(struct call *call)
{
    struct instance instance;
    bool exists = false;
    const char *user_id = json_member_text(call->input, "UserId");
    enum fault fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = user_exists(world_of(call), instance.store_id, user_id, &exists);
    if (fault != FAULT_NONE)
        return fault;
    if (!exists)
        return world_missing(world_of(call), "USER", user_id);
    struct entry entry = {
        .event = "StartEmailVerification", .subject = user_id, .user_id = user_id};
    fault = record_put(world_of(call), "email-verification", user_id, "sent", "true");
    if (fault != FAULT_NONE)
        return fault;
    return timeline_add(world_of(call), &entry, NULL);
}

static enum fault create_with(struct call *call, struct json *attributes,
                              char out_user_id[USER_ID_BYTES], struct instance *out_instance)
{
    enum fault fault = directory_of(call, out_instance);
    if (fault != FAULT_NONE)
        return fault;
    char *printed = json_print(attributes);
    fault = user_create(world_of(call), out_instance->store_id,
                        json_member_text(call->input, "UserName"), user_email(attributes), printed,
                        out_user_id);
    free(printed);
    return fault;
}

static enum fault create_user(struct call *call)
{
    struct instance instance;
    struct json *attributes = NULL;
    char user_id[USER_ID_BYTES];
    const char *mode = json_member_text(call->input, "PasswordMode");
    const struct json *active = json_member(call->input, "Active");
    enum fault fault =
        identitystore_reserved_name(call, "userName", json_member_text(call->input, "UserName"));
    if (fault != FAULT_NONE)
        return fault;
    fault = attributes_of(call, &attributes);
    if (fault == FAULT_NONE)
        fault = create_with(call, attributes, user_id, &instance);
    json_free(attributes);
    if (fault != FAULT_NONE)
        return fault;
    if (json_kind(active) == JSON_BOOLEAN && !json_true(active))
        fault = user_set_active(world_of(call), user_id, false);
    if (fault != FAULT_NONE)
        return fault;
    if (mode != NULL)
        fault = password_set(call, user_id, mode);
    if (fault != FAULT_NONE)
        return fault;
    return user_get(world_of(call), instance.store_id, user_id, see_user,
                    json_put(call->output, "User", json_new_object()));
}

static void see_listed(void *self, const struct user *user)
{
    struct json *out = listing_add(self, user->row);
    if (out != NULL)
        put_user(out, user);
}

/* The name that the only filter asks for, in either form of its value; NULL if there is none. */
static enum fault searched_name(struct call *call, const char **out_name)
{
    const struct json *filter = json_first(json_member(call->input, "Filters"));
    const char *path = json_member_text(filter, "AttributePath");
    const struct json *value = json_member(filter, "AttributeValue");
    *out_name =
        json_text(value) != NULL ? json_text(value) : json_member_text(value, "StringValue");
    if (filter != NULL && (strcasecmp(path, "UserName") != 0 || *out_name == NULL))
        return problem_set(&call->problem, FAULT_INVALID,
                           "Filters: expected UserName with a text, not %s", path);
    return FAULT_NONE;
}

static enum fault search_users(struct call *call)
{
    struct instance instance;
    struct listing listing;
    const char *name = NULL;
    enum fault fault = directory_of(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = searched_name(call, &name);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &IDENTITYSTORE_PAGING, "Users", &listing);
    if (fault != FAULT_NONE)
        return fault;
    if (name == NULL)
        fault = user_each(world_of(call), instance.store_id, listing.page.after,
                          listing.page.size + 1, see_listed, &listing);
    else
        fault = user_by_name(world_of(call), instance.store_id, name, see_listed, &listing);
    if (name != NULL && fault == FAULT_NOT_FOUND)
        fault = FAULT_NONE;
    return listing_end(call, &IDENTITYSTORE_PAGING, &listing, fault);
}

/* Those who are there; the others are left out. */
static enum fault describe_one(struct call *call, const char *user_id, struct json *users)
{
    struct instance instance;
    enum fault fault = directory_of_user(call, user_id, &instance);
    if (fault != FAULT_NONE)
        return fault;
    struct json *user = json_new_object();
    fault = user_get(world_of(call), instance.store_id, user_id, see_user, user);
    if (fault == FAULT_NONE)
        json_push(users, user);
    else
        json_free(user);
    return fault;
}

static enum fault describe_users(struct call *call)
{
    struct json *users = json_put(call->output, "Users", json_new_array());
    const struct json *at = json_first(json_member(call->input, "UserIds"));
    for (; at != NULL; at = json_next(at)) {
        enum fault fault = describe_one(call, json_text(at), users);
        bool unknown = fault == FAULT_NOT_FOUND && strcmp(call->problem.resource_type, "USER") == 0;
        if (fault != FAULT_NONE && !unknown)
            return fault;
    }
    return FAULT_NONE;
}

#define JSON_1_0 "application/x-amz-json-1.0"

const struct service USERPOOL_SERVICE = {
    .name = "userpool",
    .protocol = PROTOCOL_AWS_JSON,
    .target_prefixes =
        (const char *const[]){"SWBUPService", "com.amazonaws.swbup.service.SWBUPService", NULL},
    .paths = (const char *const[]){"/identitystore/", "/userpool/", NULL},
    .scopes = (const char *const[]){"userpool", NULL},
    .content_type = JSON_1_0,
    .faults = (const struct fault_name[]){{0}},
    .operations = (const struct operation[]){
        OPERATION("UpdatePassword", WRITE, UPDATE_PASSWORD_IN, UPDATE_PASSWORD_OUT,
                  update_password),
        OPERATION("DescribeUsers", READ, DESCRIBE_IN, USERS_OUT, describe_users),
        {0}}};

const struct service IDENTITYSTORE_INTERNAL_SERVICE = {
    .name = "identitystore-internal",
    .protocol = PROTOCOL_AWS_JSON,
    .target_prefixes =
        (const char *const[]){"AWSIdentityStoreService",
                              "com.amazonaws.identitystore.AWSIdentityStoreService", NULL},
    .paths = (const char *const[]){"/identitystore/", NULL},
    .scopes = (const char *const[]){"identitystore", NULL},
    .content_type = JSON_1_0,
    .request_id_member = true,
    .faults = (const struct fault_name[]){{0}},
    .operations = (const struct operation[]){
        OPERATION("CreateUser", WRITE, CREATE_IN, CREATE_OUT, create_user),
        OPERATION("SearchUsers", READ, SEARCH_IN, USERS_OUT, search_users),
        OPERATION("DescribeUsers", READ, DESCRIBE_IN, USERS_OUT, describe_users),
        {0}}};

const struct service SSO_DIRECTORY_SERVICE = {
    .name = "sso-directory",
    .protocol = PROTOCOL_AWS_JSON,
    .target_prefixes = (const char *const[]){"AWSPasswordControlPlaneService", NULL},
    .scopes = (const char *const[]){"sso-directory", NULL},
    .content_type = JSON_1_0,
    .faults = (const struct fault_name[]){{0}},
    .operations = (const struct operation[]){
        OPERATION("StartEmailVerification", WRITE, VERIFICATION_IN, NO_SHAPE, start_verification),
        {0}}};
