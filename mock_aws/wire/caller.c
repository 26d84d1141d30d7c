/* SPDX-License-Identifier: MIT */
/* Callers; see caller.h. */
#include "wire/caller.h"

#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/mem.h"
#include "wire/sigv4.h"

enum {
    /* What services say of themselves: 5 minutes those of JSON, 15 the older ones. */
    JSON_WINDOW_S = 5 * 60,
    QUERY_WINDOW_S = 15 * 60
};
/* Where a call without a credential scope lands. */
#define UNSIGNED_REGION "us-east-1"

const char *caller_bearer(const struct request *request)
{
    static const char BEARER[] = "Bearer ";
    const char *authorization = request->header(request->header_self, "Authorization");
    bool given =
        authorization != NULL && strncasecmp(authorization, BEARER, sizeof BEARER - 1) == 0;
    return given ? authorization + sizeof BEARER - 1 : NULL;
}

static const struct credential *credential_find(const struct dispatcher *dispatcher,
                                                const char *key)
{
    for (size_t i = 0; i < dispatcher->credential_count; i++)
        if (strcmp(dispatcher->credentials[i].key, key) == 0)
            return &dispatcher->credentials[i];
    return NULL;
}

static enum fault verify(const struct dispatcher *dispatcher, const struct request *request,
                         struct call *call, const struct scope *scope, const char *date)
{
    const struct credential *credential = credential_find(dispatcher, scope->key);
    if (credential == NULL)
        return problem_set(&call->problem, FAULT_UNKNOWN_KEY,
                           "The security token included in the request is invalid.");
    return sigv4_verify(request, scope, date, credential->secret, &call->problem);
}

static enum fault check(const struct dispatcher *dispatcher, const struct request *request,
                        struct call *call, struct scope *scope)
{
    struct problem *problem = &call->problem;
    bool verifies = dispatcher->auth == AUTH_VERIFY;
    int64_t window_s = call->service->protocol == PROTOCOL_QUERY ? QUERY_WINDOW_S : JSON_WINDOW_S;
    const char *date = request->header(request->header_self, "X-Amz-Date");
    if (date == NULL)
        date = request->header(request->header_self, "Date");
    enum fault fault =
        scope_read(request->header(request->header_self, "Authorization"), date, scope, problem);
    if (fault != FAULT_NONE)
        return fault;
    if (verifies)
        fault = sigv4_check_form(scope, date, time(NULL), window_s, problem);
    if (fault != FAULT_NONE)
        return fault;
    fault = scope_check(scope, date, call->service->scopes, problem);
    if (fault != FAULT_NONE)
        return fault;
    if (verifies)
        fault = verify(dispatcher, request, call, scope, date);
    return fault;
}

enum fault caller_read(const struct dispatcher *dispatcher, const struct request *request,
                       struct call *call, struct scope *scope, char **out_actor)
{
    call->bearer = caller_bearer(request);
    call->region = UNSIGNED_REGION;
    *out_actor = NULL;
    if (call->service->scopes != NULL) {
        enum fault fault = check(dispatcher, request, call, scope);
        /* A signed-in user's token administers nothing, whatever else is let through (rule 9). */
        if (fault != FAULT_NONE && (dispatcher->auth != AUTH_NONE || call->bearer != NULL))
            return fault;
        if (fault == FAULT_NONE) {
            call->region = scope->region;
            if (scope_key_is_account(scope))
                call->account = scope->key;
            *out_actor = mem_format("arn:aws:iam::%s:user/%s", call->account, scope->key);
        } else {
            call->problem = (struct problem){0};
        }
    }
    if (*out_actor == NULL)
        *out_actor = mem_text("unsigned");
    if (call->host_region[0] != '\0')
        call->region = call->host_region;
    return FAULT_NONE;
}
