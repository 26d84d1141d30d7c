/* SPDX-License-Identifier: MIT */
/* What handlers share; see calls.h. */
#include "services/calls.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "base/times.h"
#include "services/organizations/organizations.h"
#include "world/changes/account_changes.h"
#include "world/changes/account_closures.h"
#include "world/rows/records.h"
#include "world/rows/replay.h"

struct world *world_of(struct call *call)
{
    struct served *served = call->world;
    served->world->actor = call->actor;
    return served->world;
}

/* The one who administers Identity Center in the management account's place (rule 62). */
static enum fault is_delegated(struct world *world, const struct account *account, bool *out_is)
{
    char scope[ORGANIZATION_ID_BYTES + ACCOUNT_BYTES];
    char *delegation = NULL;
    snprintf(scope, sizeof scope, "%s/%s", account->organization_id, account->account_id);
    enum fault fault = record_get(world, DELEGATED_SERVICE, scope, IDENTITY_CENTER, &delegation);
    *out_is = delegation != NULL;
    free(delegation);
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

/* A member account may read the directory of its organization's instance (identity-wire 5.2). */
enum fault instance_open_to(struct call *call, const struct instance *instance, bool to_members)
{
    struct world *world = world_of(call);
    struct account owner;
    struct account caller;
    if (strcmp(instance->account_id, call->account) == 0)
        return FAULT_NONE;
    enum fault fault = account_get(world, instance->account_id, &owner);
    if (fault == FAULT_NONE)
        fault = account_get(world, call->account, &caller);
    if (fault != FAULT_NONE && fault != FAULT_NOT_FOUND)
        return fault;
    bool member = fault == FAULT_NONE && owner.organization_id[0] != '\0' &&
                  strcmp(instance->kind, "organization") == 0 &&
                  strcmp(owner.organization_id, caller.organization_id) == 0;
    bool open = member && to_members;
    if (member && !open)
        fault = is_delegated(world, &caller, &open);
    if (open || (member && fault != FAULT_NONE))
        return fault;
    /* A directory is denied under its own name (identity-wire 3.5). */
    const char *store_id = json_member_text(call->input, "IdentityStoreId");
    char *directory = mem_format("arn:aws:identitystore::%s:identitystore/%s", instance->account_id,
                                 instance->store_id);
    fault = world_refuse(world, FAULT_DENIED,
                         "User: %s is not authorized to perform: %s:%s on resource: "
                         "%s because no identity-based policy "
                         "allows the %s:%s action",
                         call->actor, call->service->name, call->operation->name,
                         store_id != NULL ? directory : instance->instance_arn, call->service->name,
                         call->operation->name);
    free(directory);
    return fault;
}

enum fault directory_of(struct call *call, struct instance *out_instance)
{
    struct world *world = world_of(call);
    const char *store_id = json_member_text(call->input, "IdentityStoreId");
    enum fault fault = instance_of_store(world, store_id, out_instance);
    bool elsewhere = fault == FAULT_NONE && (out_instance->deleted_s != 0 ||
                                             strcmp(out_instance->region, call->region) != 0);
    if (fault == FAULT_NOT_FOUND || elsewhere)
        return world_missing(world, "IDENTITY_STORE", NULL);
    if (fault != FAULT_NONE)
        return fault;
    if (world->now_s < out_instance->ready_s)
        return world_refuse(world, FAULT_CONFLICT, "The instance of %s is still being created.",
                            store_id);
    return instance_open_to(call, out_instance, call->operation->access == READ);
}

static struct replay_key replay_key(const struct call *call, const char *token)
{
    return (struct replay_key){.account_id = call->account,
                               .region = call->region,
                               .operation = call->operation->name,
                               .token = token,
                               .input_hash = json_hash(call->input)};
}

enum fault replay_find(struct call *call, const char *token_name, bool *out_found)
{
    const char *token = json_member_text(call->input, token_name);
    char *answer = NULL;
    *out_found = false;
    if (token == NULL)
        return FAULT_NONE;
    struct replay_key key = replay_key(call, token);
    enum fault fault = replay_get(world_of(call), &key, &answer);
    if (fault != FAULT_NONE || answer == NULL)
        return fault;
    struct json_error error;
    struct json_document *document = json_parse(answer, strlen(answer), JSON_STRICT, &error);
    assert(document != NULL);
    json_free(call->output);
    call->output = json_copy(json_document_root(document));
    *out_found = true;
    json_document_free(document);
    free(answer);
    return FAULT_NONE;
}

enum fault replay_keep(struct call *call, const char *token_name)
{
    const char *token = json_member_text(call->input, token_name);
    if (token == NULL)
        return FAULT_NONE;
    struct replay_key key = replay_key(call, token);
    char *printed = json_print(call->output);
    enum fault fault = replay_put(world_of(call), &key, printed);
    free(printed);
    return fault;
}

enum fault listing_begin(struct call *call, const struct paging *paging, const char *member,
                         struct listing *out_listing)
{
    *out_listing = (struct listing){0};
    enum fault fault = page_read(call, paging->token_name, paging->size_name, paging->size_default,
                                 paging->size_max, world_of(call)->ids.seed, &out_listing->page);
    if (fault != FAULT_NONE)
        return fault;
    out_listing->items = json_put(call->output, member, json_new_array());
    return FAULT_NONE;
}

/* Is there room for this row? */
static bool listing_takes(struct listing *listing, int64_t row)
{
    listing->more = (int64_t)json_count(listing->items) == listing->page.size;
    if (!listing->more)
        listing->last = row;
    return !listing->more;
}

struct json *listing_add(struct listing *listing, int64_t row)
{
    return listing_takes(listing, row) ? json_push(listing->items, json_new_object()) : NULL;
}

bool listing_add_text(struct listing *listing, int64_t row, const char *text)
{
    if (!listing_takes(listing, row))
        return false;
    json_push(listing->items, json_new_text(text));
    return true;
}

enum fault listing_end(struct call *call, const struct paging *paging,
                       const struct listing *listing, enum fault fault)
{
    if (fault != FAULT_NONE)
        return fault;
    if (listing->more)
        page_put_next(call, paging->token_name, &listing->page, listing->last);
    return FAULT_NONE;
}

void call_put_time(struct json *object, const char *name, int64_t time_s)
{
    char text[TIME_TEXT_BYTES];
    time_print(time_s, text);
    json_put_text(object, name, time_s == 0 ? NULL : text);
}

void call_put_money(struct json *object, const char *name, int64_t cents)
{
    char text[MONEY_TEXT_BYTES];
    money_print(cents, text);
    json_put_text(object, name, text);
}
