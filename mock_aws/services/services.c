/* SPDX-License-Identifier: MIT */
/* The list of services, and what the wire asks of the world around each request. */
#include "services/services.h"

#include <assert.h>

#include "base/log.h"
#include "services/calls.h"
#include "services/cloudtrail/trail.h"
#include "wire/exchange.h"
#include "world/changes/account_changes.h"
#include "world/changes/account_closures.h"
#include "world/reading/reading.h"
#include "world/rows/journal.h"
#include "world/time/clock.h"

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

static void *enter(void *self, const char *name)
{
    struct served *served = self;
    return worlds_enter(served->worlds, name);
}

static void leave(void *entered)
{
    worlds_leave(entered);
}

/*
 * A closed account has no services any more (identity-wire 7.3): its keys are as good as unknown.
 * sts refuses nothing.
 */
static enum fault admit(struct call *call)
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

static enum fault begin(void *self, enum access access, struct problem *problem)
{
    (void)access; /* a read may find work that is due */
    return served_begin(self, problem);
}

static enum fault commit(void *self)
{
    return served_commit(self);
}

static enum fault rollback(void *self)
{
    return served_rollback(self);
}

static void request_id(void *self, char out[UUID_TEXT_BYTES])
{
    served_request_id(self, out);
}

/* A refusal has given the world back already, so its event is a transaction of its own. */
static enum fault record(void *self, struct call *call, const struct fault_name *refusal)
{
    struct problem ignored = {.message = ""};
    if (!trail_wants(call))
        return FAULT_NONE;
    if (refusal == NULL)
        return trail_keep(call, NULL);
    enum fault fault = served_begin(self, &ignored);
    if (fault != FAULT_NONE)
        return fault;
    fault = trail_keep(call, refusal);
    if (fault == FAULT_NONE)
        return served_commit(self);
    served_rollback(self);
    return fault;
}

/* A transaction of its own, so that refused requests are kept, too. It touches memory alone. */
static void journal(void *self, const struct exchange *exchange)
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
    served_lock(served);
    if (journal_add(served->world, &entry) != FAULT_NONE)
        log_line("journal: a request could not be kept");
    served_unlock(served);
}

static int64_t now(void *self)
{
    struct served *served = self;
    served_lock(served);
    int64_t now_s = clock_now(served->world);
    served_unlock(served);
    return now_s;
}

static void disturb(void *self, const struct call *call, struct disturbance *out)
{
    struct served *served = self;
    faults_choose(&served->faults, call, out);
    if (out->kind != DISTURB_RESET_AFTER)
        return;
    served_lock(served);
    if (served->world->reading->values[LOST_ANSWER] == LOST_ANSWER_TAKES_BACK)
        out->kind = DISTURB_RESET_BEFORE;
    served_unlock(served);
}

struct backend served_backend(struct served *served)
{
    return (struct backend){.self = served,
                            .enter = enter,
                            .leave = leave,
                            .begin = begin,
                            .admit = admit,
                            .commit = commit,
                            .rollback = rollback,
                            .record = record,
                            .journal = journal,
                            .disturb = disturb,
                            .request_id = request_id,
                            .now = now};
}
