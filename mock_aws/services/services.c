/* SPDX-License-Identifier: MIT */
/* What every service needs of the world: the lock around a request, the directory of a call, idempotency. */
#include "services/services.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/text.h"
#include "base/times.h"
#include "services/cloudtrail/trail.h"
#include "services/organizations/organizations.h"
#include "wire/exchange.h"
#include "world/accounts.h"
#include "world/clock.h"
#include "world/journal.h"
#include "world/records.h"
#include "world/replay.h"

const struct service *const SERVICES[] = {&IDENTITYSTORE_SERVICE,
                                          &IDENTITYSTORE_INTERNAL_SERVICE,
                                          &USERPOOL_SERVICE,
                                          &SSO_DIRECTORY_SERVICE,
                                          &SSO_ADMIN_SERVICE,
                                          &ORGANIZATIONS_SERVICE,
                                          &CODEWHISPERER_SERVICE,
                                          &CODEWHISPERER_REST_SERVICE,
                                          &Q_SERVICE,
                                          &USER_SUBSCRIPTIONS_SERVICE,
                                          &USER_SUBSCRIPTIONS_REST_SERVICE,
                                          &STS_SERVICE,
                                          &IAM_SERVICE,
                                          &ACCOUNT_SERVICE,
                                          &SERVICE_QUOTAS_SERVICE,
                                          &CE_SERVICE,
                                          &CLOUDTRAIL_SERVICE,
                                          &SCIM_SERVICE,
                                          &CONTROL_SERVICE,
                                          &SUITES_SERVICE,
                                          &FAULTS_SERVICE,
                                          &JOURNAL_SERVICE,
                                          &WORLDS_SERVICE,
                                          &UPLOADS_SERVICE,
                                          NULL};

bool served_init(struct served *served, struct world *world, struct worlds *worlds)
{
    *served = (struct served){
        .world = world, .worlds = worlds, .request_ids = {.seed = ~world->ids.seed}};
    bool faults = faults_init(&served->faults);
    bool lock = faults && pthread_mutex_init(&served->lock, NULL) == 0;
    bool ids_lock = lock && pthread_mutex_init(&served->ids_lock, NULL) == 0;
    if (lock && !ids_lock)
        pthread_mutex_destroy(&served->lock);
    if (faults && !ids_lock)
        faults_clear(&served->faults);
    return ids_lock;
}

void served_clear(struct served *served)
{
    pthread_mutex_destroy(&served->lock);
    pthread_mutex_destroy(&served->ids_lock);
    faults_clear(&served->faults);
    snapshots_clear(&served->snapshots);
}

struct served *served_new(const char *name, const struct world_options *options,
                          struct worlds *worlds, struct problem *problem)
{
    struct world *world = world_open(options, problem);
    if (world == NULL)
        return NULL;
    struct served *served = mem_new(sizeof *served);
    if (served_init(served, world, worlds)) {
        text_copy(served->name, sizeof served->name, name);
        return served;
    }
    problem_set(problem, FAULT_INTERNAL, "no lock could be made");
    world_close(world);
    free(served);
    return NULL;
}

void served_free(struct served *served)
{
    served_clear(served);
    world_close(served->world);
    free(served);
}

static void *served_enter(void *self, const char *name)
{
    struct served *served = self;
    return worlds_enter(served->worlds, name);
}

static void served_leave(void *entered)
{
    worlds_leave(entered);
}

static void served_lock(pthread_mutex_t *lock)
{
    int result = pthread_mutex_lock(lock);
    assert(result == 0);
    (void)result;
}

static void served_unlock(pthread_mutex_t *lock)
{
    int result = pthread_mutex_unlock(lock);
    assert(result == 0);
    (void)result;
}

static enum fault served_begin(void *self, enum access access, struct problem *problem)
{
    struct served *served = self;
    (void)access; /* a read may find work that is due */
    served_lock(&served->lock);
    enum fault fault = world_begin(served->world, "clock", problem);
    if (fault != FAULT_NONE)
        served_unlock(&served->lock);
    return fault;
}

/* A closed account has no services any more (identity-wire 7.3): its keys are as good as unknown. sts refuses nothing. */
static enum fault served_admit(struct call *call)
{
    struct account caller;
    if (call->service == &STS_SERVICE)
        return FAULT_NONE;
    enum fault fault = account_get(world_of(call), call->account, &caller);
    bool closed =
        fault == FAULT_NONE && (caller.state == ACCOUNT_CLOSED || caller.state == ACCOUNT_GONE);
    if (closed)
        return problem_set(&call->problem, FAULT_UNKNOWN_KEY,
                           "The security token included in the request is invalid.");
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

static enum fault served_commit(void *self)
{
    struct served *served = self;
    enum fault fault = world_commit(served->world);
    served_unlock(&served->lock);
    return fault;
}

static void served_rollback(void *self)
{
    struct served *served = self;
    world_rollback(served->world);
    served_unlock(&served->lock);
}

static void served_request_id(void *self, char out[UUID_TEXT_BYTES])
{
    struct served *served = self;
    served_lock(&served->ids_lock);
    ids_uuid(&served->request_ids, out);
    served_unlock(&served->ids_lock);
}

/* A refusal has given the world back already, so its event is a transaction of its own. */
static enum fault served_record(void *self, struct call *call, const struct fault_name *refusal)
{
    struct problem ignored = {.message = ""};
    if (!trail_wants(call))
        return FAULT_NONE;
    if (refusal == NULL)
        return trail_keep(call, NULL);
    enum fault fault = served_begin(self, WRITE, &ignored);
    if (fault != FAULT_NONE)
        return fault;
    fault = trail_keep(call, refusal);
    if (fault == FAULT_NONE)
        return served_commit(self);
    served_rollback(self);
    return fault;
}

/* A transaction of its own, so that refused requests are kept, too. It touches memory alone. */
static void served_journal(void *self, const struct exchange *exchange)
{
    struct served *served = self;
    struct journal_entry entry = {.service = exchange->service,
                                  .operation = exchange->operation,
                                  .method = exchange->method,
                                  .path = exchange->path,
                                  .host = exchange->host,
                                  .account = exchange->account,
                                  .region = exchange->region,
                                  .actor = exchange->actor,
                                  .request_id = exchange->request_id,
                                  .status = exchange->status,
                                  .code = exchange->code,
                                  .input = exchange->input,
                                  .answer = exchange->answer,
                                  .near = exchange->near,
                                  .unread = exchange->unread,
                                  .faulted = exchange->faulted};
    served_lock(&served->lock);
    if (journal_add(served->world, &entry) != FAULT_NONE)
        log_line("journal: a request could not be kept");
    served_unlock(&served->lock);
}

static int64_t served_now(void *self)
{
    struct served *served = self;
    served_lock(&served->lock);
    int64_t now_s = clock_now(served->world);
    served_unlock(&served->lock);
    return now_s;
}

static void served_disturb(void *self, const struct call *call, struct disturbance *out)
{
    struct served *served = self;
    faults_choose(&served->faults, call, out);
}

struct backend served_backend(struct served *served)
{
    return (struct backend){.self = served,
                            .enter = served_enter,
                            .leave = served_leave,
                            .begin = served_begin,
                            .admit = served_admit,
                            .commit = served_commit,
                            .rollback = served_rollback,
                            .record = served_record,
                            .journal = served_journal,
                            .disturb = served_disturb,
                            .request_id = served_request_id,
                            .now = served_now};
}

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
    return world_refuse(world, FAULT_DENIED,
                        "User: %s is not authorized to perform: %s:%s on resource: "
                        "%s because no identity-based policy "
                        "allows the %s:%s action",
                        call->actor, call->service->name, call->operation->name,
                        instance->instance_arn, call->service->name, call->operation->name);
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
    if (fault == FAULT_NONE && world->now_s < out_instance->ready_s)
        return world_refuse(world, FAULT_CONFLICT, "The instance of %s is still being created.",
                            store_id);
    return fault == FAULT_NONE
               ? instance_open_to(call, out_instance, call->operation->access == READ)
               : fault;
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
    if (fault == FAULT_NONE)
        out_listing->items = json_put(call->output, member, json_new_array());
    return fault;
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
    if (fault == FAULT_NONE && listing->more)
        page_put_next(call, paging->token_name, &listing->page, listing->last);
    return fault;
}

void put_time(struct json *object, const char *name, int64_t time_s)
{
    char text[TIME_TEXT_BYTES];
    time_print(time_s, text);
    json_put_text(object, name, time_s == 0 ? NULL : text);
}

void put_money(struct json *object, const char *name, int64_t cents)
{
    char text[MONEY_TEXT_BYTES];
    money_print(cents, text);
    json_put_text(object, name, text);
}
