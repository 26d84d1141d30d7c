/* SPDX-License-Identifier: MIT */
/*
 * CreateUser, PutUser, PatchUser: each makes a user in normal form, and one way leads from there
 * into the directory.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "services/scim/attributes.h"
#include "services/scim/patch.h"
#include "wire/shapes.h"
#include "world/reading/reading.h"

/* A user as he stands in the directory, copied out of the row. */
struct standing {
    struct call *call;
    struct json *normal;
    char *attributes;
};

static void see_standing(void *self, const struct user *user)
{
    struct standing *standing = self;
    struct text attributes = {0};
    text_add(&attributes, user->attributes);
    standing->attributes = text_take(&attributes);
    standing->normal = scim_user_normal(user, "");
}

static void standing_clear(struct standing *standing)
{
    json_free(standing->normal);
    free(standing->attributes);
}

static enum fault standing_read(struct call *call, const struct instance *instance,
                                struct standing *out)
{
    char issuer[ISSUER_BYTES];
    char external_id[EXTERNAL_ID_BYTES];
    *out = (struct standing){.call = call};
    enum fault fault =
        user_get(world_of(call), instance->store_id, call->path_id, see_standing, out);
    if (fault != FAULT_NONE)
        return scim_found(call, fault, "USER");
    scim_issuer(call, instance, issuer);
    fault = external_id_get(world_of(call), call->path_id, issuer, external_id);
    if (fault != FAULT_NONE)
        return fault;
    if (external_id[0] != '\0')
        json_put_text(out->normal, "externalId", external_id);
    return FAULT_NONE;
}

static enum fault check_name(struct call *call, const struct json *normal)
{
    static const char *const RESERVED[] = {"Administrator", "AWSAdministrators"};
    const char *name = json_member_text(normal, "userName");
    for (size_t i = 0; i < sizeof RESERVED / sizeof RESERVED[0]; i++)
        if (name != NULL && strcmp(name, RESERVED[i]) == 0)
            return problem_set(&call->problem, FAULT_INVALID, "userName: %s is a reserved name",
                               name);
    return FAULT_NONE;
}

/* A deviation lets active=false go by unheard. */
static enum fault set_active(struct call *call, const char *user_id, const struct json *active)
{
    struct world *world = world_of(call);
    bool ignored =
        !json_true(active) && world->reading->values[SCIM_DEACTIVATION] == DEACTIVATION_IGNORED;
    if (active == NULL || ignored)
        return FAULT_NONE;
    return user_set_active(world, user_id, json_true(active));
}

static enum fault set_external_id(struct call *call, const struct instance *instance,
                                  const char *user_id, const struct json *normal)
{
    struct external_owner owner = {.store_id = instance->store_id, .id = user_id};
    char issuer[ISSUER_BYTES];
    scim_issuer(call, instance, issuer);
    return external_id_set(world_of(call), &owner, issuer, json_member_text(normal, "externalId"));
}

/* The stored e-mail: what must be unique. */
static const char *email_of(const struct json *normal)
{
    return json_member_text(json_first(json_member(normal, "emails")), "value");
}

static enum fault create_from(struct call *call, const struct instance *instance,
                              const struct json *normal, char out_user_id[USER_ID_BYTES])
{
    enum fault fault = check_name(call, normal);
    if (fault != FAULT_NONE)
        return fault;
    char *attributes = scim_user_stored(normal, "{}");
    fault = user_create(world_of(call), instance->store_id, json_member_text(normal, "userName"),
                        email_of(normal), attributes, out_user_id);
    free(attributes);
    if (fault == FAULT_CONFLICT)
        scim_invalid(call, "Refused to create a new, duplicate resource.");
    if (fault != FAULT_NONE)
        return fault;
    fault = set_external_id(call, instance, out_user_id, normal);
    if (fault != FAULT_NONE)
        return fault;
    return set_active(call, out_user_id, json_member(normal, "active"));
}

enum fault scim_create_user(struct call *call)
{
    struct instance instance;
    struct json *normal = NULL;
    char user_id[USER_ID_BYTES];
    enum fault fault = scim_enter(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = scim_normal(call, SCIM_USER_SHAPE, call->input, &normal);
    if (fault != FAULT_NONE)
        return fault;
    fault = create_from(call, &instance, normal, user_id);
    json_free(normal);
    if (fault != FAULT_NONE)
        return fault;
    call->status = 201;
    return scim_answer_user(call, &instance, user_id);
}

/* `normal` takes the place of what stands. */
static enum fault store_user(struct call *call, const struct instance *instance,
                             const struct json *normal, const struct standing *standing)
{
    char *attributes = scim_user_stored(normal, standing->attributes);
    enum fault fault = check_name(call, normal);
    if (fault == FAULT_NONE)
        fault = user_update(world_of(call), instance->store_id, call->path_id,
                            json_member_text(normal, "userName"), email_of(normal), attributes);
    free(attributes);
    if (fault != FAULT_NONE)
        return fault;
    fault = set_external_id(call, instance, call->path_id, normal);
    if (fault != FAULT_NONE)
        return fault;
    fault = set_active(call, call->path_id, json_member(normal, "active"));
    if (fault != FAULT_NONE)
        return fault;
    return scim_answer_user(call, instance, call->path_id);
}

static enum fault put_over(struct call *call, const struct instance *instance,
                           const struct standing *standing)
{
    struct json *normal = NULL;
    enum fault fault = scim_normal(call, SCIM_USER_SHAPE, call->input, &normal);
    if (fault != FAULT_NONE)
        return fault;
    if (world_of(call)->reading->values[SCIM_DEACTIVATION] == DEACTIVATION_IGNORED_IN_PUT)
        json_put(normal, "active", json_copy(json_member(standing->normal, "active")));
    fault = store_user(call, instance, normal, standing);
    json_free(normal);
    return fault;
}

enum fault scim_put_user_whole(struct call *call)
{
    struct instance instance;
    struct standing standing = {0};
    enum fault fault = scim_enter(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = standing_read(call, &instance, &standing);
    if (fault == FAULT_NONE)
        fault = put_over(call, &instance, &standing);
    standing_clear(&standing);
    return fault;
}

/* What PATCH has made of a user so far. */
struct patched {
    struct json *normal;
    bool renamed;
    bool switched; /* active was set */
};

/* Before the value goes in: `value` under `shape` alone. */
static enum fault check_value(struct call *call, const struct shape *shape,
                              const struct json *value)
{
    struct shape alone[] = {*shape, {0}};
    struct json *object = json_new_object();
    json_put(object, shape->name, json_copy(value));
    enum fault fault = shape_check(NULL, alone, object, false, &call->problem);
    json_free(object);
    return fault;
}

/* The members of `over` over those of `under`, with null where one is to go. */
static struct json *merged(const struct json *under, const struct json *over)
{
    struct json *out = json_kind(under) == JSON_OBJECT ? json_copy(under) : json_new_object();
    for (const struct json *item = json_first(over); item != NULL; item = json_next(item))
        json_put(out, json_name(item), json_copy(item));
    return out;
}

static bool filter_passes(const struct scim_change *change, const struct json *element)
{
    const struct shape *shape = scim_shape(change->attribute->members->members, change->filter.name,
                                           strlen(change->filter.name));
    const struct json *has = json_member(element, shape->name);
    const char *text = json_text(has);
    if (json_kind(has) == JSON_BOOLEAN)
        text = json_true(has) ? "true" : "false";
    return text != NULL && strcmp(text, change->filter.value) == 0;
}

/*
 * The list after a change of the one element in it, or of a part of that; NULL for none. A new
 * element gets the type that the filter asks for.
 */
static struct json *patched_element(const struct scim_change *change, const struct json *old,
                                    const struct json *value)
{
    const struct json *element = json_first(old);
    bool removes = change->op == SCIM_REMOVE;
    bool hit = !change->filtered || filter_passes(change, element);
    if (removes && (element == NULL || !hit))
        return element == NULL ? NULL : json_copy(old);
    if (removes && (change->sub == NULL || strcmp(change->sub->name, "value") == 0))
        return NULL;
    struct json *parts = json_new_object();
    if (element == NULL && change->filtered && strcasecmp(change->filter.name, "type") == 0)
        json_put_text(parts, "type", change->filter.value);
    if (change->sub != NULL)
        json_put(parts, change->sub->name, json_copy(value));
    struct json *list = json_new_array();
    struct json *whole = merged(element, parts);
    json_push(list, change->sub == NULL ? merged(whole, value) : json_copy(whole));
    json_free(whole);
    json_free(parts);
    return list;
}

static struct json *patched_structure(const struct scim_change *change, const struct json *old,
                                      const struct json *value)
{
    if (change->sub == NULL)
        return value == NULL ? NULL : merged(old, value);
    struct json *part = json_new_object();
    json_put(part, change->sub->name, json_copy(value));
    struct json *out = merged(old, part);
    json_free(part);
    return out;
}

/*
 * What the attribute becomes; NULL for nothing. `value` is what was given, in normal form, NULL for
 * a removal.
 */
static struct json *patched_attribute(const struct scim_change *change, const struct json *old,
                                      const struct json *value)
{
    enum shape_kind kind = change->attribute->kind;
    if (kind == SHAPE_LIST && (change->filtered || change->sub != NULL))
        return patched_element(change, old, value);
    if (kind == SHAPE_STRUCTURE &&
        (value == NULL || json_kind(value) == JSON_OBJECT || change->sub != NULL))
        return patched_structure(change, old, value);
    return value == NULL ? NULL : json_copy(value);
}

/* Which shape the given value has: the attribute's, or that of the part which the path names. */
static const struct shape *value_shape(const struct scim_change *change)
{
    if (change->sub != NULL)
        return change->sub;
    return change->filtered ? change->attribute->members : change->attribute;
}

/*
 * The value of a change in normal form. A list's only element may come without the list, and the
 * other way round.
 */
static struct json *given_value(struct call *call, const struct scim_change *change,
                                enum fault *fault)
{
    const struct shape *shape = value_shape(change);
    const struct json *given = change->op == SCIM_REMOVE ? NULL : change->value;
    if (change->filtered && change->sub == NULL && json_count(given) == 1 &&
        json_kind(given) == JSON_ARRAY)
        given = json_first(given);
    if (shape->kind != SHAPE_LIST || json_kind(given) != JSON_OBJECT)
        return scim_normal_value(call, shape, given, fault);
    struct json *list = json_new_array();
    json_push(list, json_copy(given));
    struct json *normal = scim_normal_value(call, shape, list, fault);
    json_free(list);
    return normal;
}

/* What may not be changed this way, or not twice (identity-wire 9.3). */
static enum fault check_change(struct call *call, const struct scim_change *change,
                               struct patched *patched)
{
    const char *name = change->attribute->name;
    bool renames = strcmp(name, "userName") == 0;
    bool switches = strcmp(name, "active") == 0;
    if ((renames && patched->renamed) || (switches && patched->switched))
        return problem_set(&call->problem, FAULT_INVALID, "%s can be changed once in a request",
                           name);
    patched->renamed = patched->renamed || renames;
    patched->switched = patched->switched || switches;
    if (strcmp(name, "roles") == 0 || (switches && change->op == SCIM_REMOVE))
        return problem_set(&call->problem, FAULT_INVALID, "%s cannot be %s by PATCH", name,
                           switches ? "removed" : "changed");
    return FAULT_NONE;
}

static enum fault check_given(struct call *call, const struct scim_change *change,
                              const struct json *old, const struct json *value)
{
    const struct shape *attribute = change->attribute;
    bool no_element =
        change->filtered && change->sub == NULL && value != NULL && json_kind(value) != JSON_OBJECT;
    bool adds_second = change->op == SCIM_ADD && attribute->kind == SHAPE_LIST && old != NULL &&
                       !change->filtered && change->sub == NULL;
    if (adds_second && !json_equal(old, value))
        return problem_set(&call->problem, FAULT_INVALID,
                           "List attribute %s exceeds allowed limit of 1", attribute->name);
    if (no_element)
        return problem_set(&call->problem, FAULT_INVALID, "One of %s must be an object",
                           attribute->name);
    return change->sub == NULL ? FAULT_NONE : check_value(call, change->sub, value);
}

/* The attribute as it is after the change; json_free `*out_next` whatever is returned. */
static enum fault changed_attribute(struct call *call, const struct scim_change *change,
                                    const struct json *old, const struct json *value,
                                    struct json **out_next)
{
    enum fault fault = check_given(call, change, old, value);
    if (fault != FAULT_NONE)
        return fault;
    *out_next = patched_attribute(change, old, value);
    if (change->sub == NULL)
        fault = check_value(call, change->attribute, *out_next);
    if (fault != FAULT_NONE || strcmp(change->attribute->name, "emails") != 0)
        return fault;
    return scim_primary_email(call, change->sub == NULL ? value : NULL, out_next);
}

static enum fault apply_to(struct call *call, const struct scim_change *change,
                           struct json *container)
{
    const char *name = change->attribute->name;
    enum fault fault = FAULT_NONE;
    struct json *value = given_value(call, change, &fault);
    struct json *next = NULL;
    if (fault == FAULT_NONE)
        fault = changed_attribute(call, change, json_member(container, name), value, &next);
    if (fault == FAULT_NONE)
        json_put(container, name, next != NULL ? next : json_new_null());
    else
        json_free(next);
    json_free(value);
    return fault;
}

static enum fault apply_to_user(struct call *call, const struct scim_change *change, void *self)
{
    struct patched *patched = self;
    enum fault fault = check_change(call, change, patched);
    if (fault != FAULT_NONE)
        return fault;
    if (json_kind(change->value) == JSON_TEXT && change->attribute->kind == SHAPE_BOOLEAN &&
        world_of(call)->reading->values[SCIM_DEACTIVATION] == DEACTIVATION_IGNORED_AS_TEXT)
        return FAULT_NONE;
    if (!change->enterprise)
        return apply_to(call, change, patched->normal);
    struct json *enterprise = merged(json_member(patched->normal, SCIM_ENTERPRISE), NULL);
    fault = apply_to(call, change, enterprise);
    json_put(patched->normal, SCIM_ENTERPRISE, enterprise);
    return fault;
}

static enum fault patch_over(struct call *call, const struct instance *instance,
                             const struct standing *standing)
{
    struct patched patched = {.normal = standing->normal};
    enum fault fault = scim_patch_each(call, SCIM_USER_SHAPE, apply_to_user, &patched);
    if (fault != FAULT_NONE)
        return fault;
    return store_user(call, instance, standing->normal, standing);
}

enum fault scim_patch_user(struct call *call)
{
    struct instance instance;
    struct standing standing = {0};
    enum fault fault = scim_enter(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = standing_read(call, &instance, &standing);
    if (fault == FAULT_NONE)
        fault = patch_over(call, &instance, &standing);
    standing_clear(&standing);
    return fault;
}
