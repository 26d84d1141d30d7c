/* SPDX-License-Identifier: MIT */
/*
 * The handlers that most operations of sso-admin share; what they do with which noun is in its row
 * (sso_admin.h).
 */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "services/sso_admin/sso_admin.h"

static const struct sso_noun *const NOUNS[] = {
    SSO_INSTANCE_NOUNS, SSO_APPLICATION_NOUNS, SSO_APPLICATION_DETAIL_NOUNS,
    SSO_PERMISSION_SET_NOUNS, SSO_TRUSTED_TOKEN_ISSUER_NOUNS};

static bool is_among(const char *const *names, const char *name)
{
    while (*names != NULL && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

static const struct sso_noun *noun_of(const struct call *call)
{
    for (size_t i = 0; i < sizeof NOUNS / sizeof NOUNS[0]; i++)
        for (const struct sso_noun *noun = NOUNS[i]; noun->kind != NULL; noun++)
            if (is_among(noun->operations, call->operation->name))
                return noun;
    assert(false); /* an operation in the tables without a noun */
    return NULL;
}

const char *sso_key(const struct call *call, const struct sso_noun *noun)
{
    const char *key = noun->key == NULL ? "" : json_member_text(call->input, noun->key);
    return key == NULL ? "" : key;
}

void sso_copy(struct json *to, const struct json *from, const char *const *names)
{
    for (; *names != NULL; names++)
        if (json_member(from, *names) != NULL)
            json_put(to, *names, json_copy(json_member(from, *names)));
}

/* `change` over `old`; structures down to `depth` member by member, anything else as a whole. */
static struct json *merged(const struct json *old, const struct json *change, int depth)
{
    struct json *out = json_copy(old);
    for (const struct json *new = json_first(change); new != NULL; new = json_next(new)) {
        const struct json *was = json_member(old, json_name(new));
        bool inside = depth > 0 && json_kind(was) == JSON_OBJECT && json_kind(new) == JSON_OBJECT;
        json_put(out, json_name(new), inside ? merged(was, new, depth - 1) : json_copy(new));
    }
    return out;
}

/* The members of this call that are kept. */
static struct json *given(const struct call *call, const struct sso_noun *noun)
{
    struct json *out = json_new_object();
    sso_copy(out, call->input, noun->kept);
    return out;
}

struct siblings {
    const struct sso_noun *noun;
    const char *key;   /* of the one at hand, which is no sibling of itself */
    const char *value; /* of its unique member, or NULL */
    size_t count;
    bool taken;
};

static bool see_sibling(void *self, const struct record *record)
{
    struct siblings *siblings = self;
    if (strcmp(record->key, siblings->key) == 0)
        return true;
    siblings->count++;
    if (siblings->value == NULL)
        return true;
    struct json *value = value_of(record->value);
    siblings->taken = strcmp(json_member_text(value, siblings->noun->unique), siblings->value) == 0;
    json_free(value);
    return !siblings->taken;
}

/* Room for one more, and its name is free. */
static enum fault among_siblings(struct call *call, const struct sso_noun *noun,
                                 const struct sso_place *place, const char *key,
                                 const struct json *value)
{
    struct siblings siblings = {.noun = noun, .key = key};
    if (noun->unique != NULL)
        siblings.value = json_member_text(value, noun->unique);
    if (noun->max == 0 && siblings.value == NULL)
        return FAULT_NONE;
    enum fault fault =
        record_each(world_of(call), noun->kind, place->scope, 0, see_sibling, &siblings);
    if (fault != FAULT_NONE)
        return fault;
    if (siblings.taken)
        return problem_set(&call->problem, FAULT_CONFLICT, "The %s %s exists already.", noun->words,
                           siblings.value);
    if (noun->max != 0 && siblings.count >= noun->max)
        return problem_set(&call->problem, noun->full == FAULT_NONE ? FAULT_QUOTA : noun->full,
                           "No more than %zu of this are allowed: %s.", noun->max, noun->words);
    return FAULT_NONE;
}

static enum fault keep(struct call *call, const struct sso_noun *noun,
                       const struct sso_place *place, const char *key, struct json *value)
{
    enum fault fault = noun->complete == NULL ? FAULT_NONE : noun->complete(call, place, value);
    if (fault != FAULT_NONE)
        return fault;
    fault = among_siblings(call, noun, place, key, value);
    if (fault != FAULT_NONE)
        return fault;
    fault = value_put(call, noun->kind, place->scope, key, value);
    if (fault != FAULT_NONE)
        return fault;
    if (noun->parent == OF_PERMISSION_SET)
        fault = sso_permission_set_changed(call, place);
    return fault;
}

static enum fault find(struct call *call, const struct sso_noun *noun,
                       const struct sso_place *place, struct json **out_value)
{
    const char *key = sso_key(call, noun);
    enum fault fault = value_get(call, noun->kind, place->scope, key, out_value);
    if (fault == FAULT_NOT_FOUND && noun->unset != NULL) {
        *out_value = json_new_object();
        json_put(*out_value, noun->shown[0], value_of(noun->unset));
        return FAULT_NONE;
    }
    return fault == FAULT_NOT_FOUND
               ? sso_missing(call, noun->words, key[0] != '\0' ? key : place->scope)
               : fault;
}

static void show(struct call *call, const struct sso_noun *noun, const struct json *value,
                 const char *const *names)
{
    struct json *out =
        noun->wrap == NULL ? call->output : json_put(call->output, noun->wrap, json_new_object());
    sso_copy(out, value, names);
}

/* "arn:aws:sso:::permissionSet/ssoins-…/ps-…"; where the ARN has an account, it is the caller's. */
static char *new_arn(struct call *call, const struct sso_noun *noun,
                     const struct instance *instance)
{
    char id[UUID_TEXT_BYTES];
    const char *of_instance = strrchr(instance->instance_arn, '/');
    bool is_issuer = strcmp(noun->kind, SSO_TRUSTED_TOKEN_ISSUER) == 0;
    bool is_set = strcmp(noun->kind, SSO_PERMISSION_SET) == 0;
    struct ids *ids = &world_of(call)->ids;
    if (is_issuer)
        ids_uuid(ids, id);
    else
        ids_hex(ids, id, 16);
    return mem_format("arn:aws:sso::%s:%s%s/%s-%s", is_set ? "" : call->account, noun->kind,
                      of_instance, noun->arn, id);
}

static enum fault keep_new(struct call *call, const struct sso_noun *noun,
                           const struct sso_place *place, const char *arn, struct json *value)
{
    enum fault fault = keep(call, noun, place, arn, value);
    if (fault != FAULT_NONE)
        return fault;
    fault = sso_tag(call, arn, json_member(call->input, "Tags"));
    if (fault != FAULT_NONE)
        return fault;
    show(call, noun, value, noun->created != NULL ? noun->created : noun->shown);
    return replay_keep(call, "ClientToken");
}

enum fault sso_create(struct call *call)
{
    const struct sso_noun *noun = noun_of(call);
    struct sso_place place;
    bool replayed = false;
    enum fault fault = replay_find(call, "ClientToken", &replayed);
    if (fault != FAULT_NONE || replayed)
        return fault;
    fault = sso_place_of(call, noun->parent, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    char *arn = new_arn(call, noun, &place.instance);
    struct json *value = given(call, noun);
    json_put_text(value, noun->key, arn);
    json_put_integer(value, "CreatedDate", world_of(call)->now_s);
    fault = keep_new(call, noun, &place, arn, value);
    json_free(value);
    free(arn);
    return fault;
}

static enum fault put_where(struct call *call, bool only_if_free)
{
    const struct sso_noun *noun = noun_of(call);
    const char *key = sso_key(call, noun);
    struct sso_place place;
    struct json *there = NULL;
    enum fault fault = sso_place_of(call, noun->parent, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    struct json *value = given(call, noun);
    fault = value_get(call, noun->kind, place.scope, key, &there);
    if (fault == FAULT_NONE && only_if_free)
        fault = problem_set(&call->problem, FAULT_CONFLICT, "%s has this already: %s %s",
                            place.scope, noun->words, key);
    else if (fault == FAULT_NONE || fault == FAULT_NOT_FOUND)
        fault = keep(call, noun, &place, key, value);
    json_free(there);
    json_free(value);
    return fault;
}

enum fault sso_add(struct call *call)
{
    return put_where(call, true);
}

enum fault sso_put(struct call *call)
{
    return put_where(call, false);
}

enum fault sso_update(struct call *call)
{
    const struct sso_noun *noun = noun_of(call);
    struct sso_place place;
    struct json *old = NULL;
    enum fault fault = sso_place_of(call, noun->parent, sso_key(call, noun), &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = find(call, noun, &place, &old);
    if (fault != FAULT_NONE)
        return fault;
    struct json *change = given(call, noun);
    struct json *value = merged(old, change, noun->merge_depth);
    fault = keep(call, noun, &place, sso_key(call, noun), value);
    json_free(value);
    json_free(change);
    json_free(old);
    return fault;
}

enum fault sso_get(struct call *call)
{
    const struct sso_noun *noun = noun_of(call);
    struct sso_place place;
    struct json *value = NULL;
    enum fault fault = sso_place_of(call, noun->parent, sso_key(call, noun), &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = find(call, noun, &place, &value);
    if (fault != FAULT_NONE)
        return fault;
    show(call, noun, value, noun->shown);
    json_free(value);
    return FAULT_NONE;
}

enum fault sso_delete(struct call *call)
{
    const struct sso_noun *noun = noun_of(call);
    const char *key = sso_key(call, noun);
    struct sso_place place;
    enum fault fault = sso_place_of(call, noun->parent, key, &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_delete(world_of(call), noun->kind, place.scope, key);
    if (fault == FAULT_NOT_FOUND)
        return sso_missing(call, noun->words, key[0] != '\0' ? key : place.scope);
    if (fault != FAULT_NONE)
        return fault;
    if (noun->arn != NULL)
        fault = record_delete_scope(world_of(call), key);
    if (fault != FAULT_NONE)
        return fault;
    if (noun->parent == OF_PERMISSION_SET)
        fault = sso_permission_set_changed(call, &place);
    return fault;
}

struct listed {
    const struct sso_noun *noun;
    struct listing listing;
};

static bool see_listed(void *self, const struct record *record)
{
    struct listed *listed = self;
    if (listed->noun->listed == NULL)
        return listing_add_text(&listed->listing, record->row, record->key);
    struct json *out = listing_add(&listed->listing, record->row);
    if (out == NULL)
        return false;
    struct json *value = value_of(record->value);
    sso_copy(out, value, listed->noun->listed);
    json_free(value);
    return true;
}

enum fault sso_list(struct call *call)
{
    struct listed listed = {.noun = noun_of(call)};
    struct paging paging = SSO_PAGING;
    struct sso_place place;
    if (listed.noun->page_max != 0)
        paging.size_default = paging.size_max = listed.noun->page_max;
    enum fault fault = sso_place_of(call, listed.noun->parent, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &paging, listed.noun->list, &listed.listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_each(world_of(call), listed.noun->kind, place.scope, listed.listing.page.after,
                        see_listed, &listed);
    return listing_end(call, &paging, &listed.listing, fault);
}
