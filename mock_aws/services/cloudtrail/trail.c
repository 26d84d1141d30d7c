/* SPDX-License-Identifier: MIT */
/*
 * Makes CloudTrail's records out of calls, by their shapes: names begin in lower case, sensitive
 * members are hidden, external ids never appear. Cascades write no event of their own
 * (identity-wire 12.3).
 */
#include "services/cloudtrail/trail.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/plans.h"
#include "base/text.h"
#include "base/times.h"
#include "services/kiro/applications.h"
#include "world/rows/trail.h"

#define HIDDEN "HIDDEN_DUE_TO_SECURITY_REASONS"
#define HOME_REGION "us-east-1" /* where the events of global services are */

/* Where the event source is not the name that calls are signed for. */
static const struct {
    const char *service;
    const char *source;
} SOURCES[] = {{"scim", "identitystore-scim.amazonaws.com"},
               {"control", "sso-directory.amazonaws.com"},
               {"userpool", "sso-directory.amazonaws.com"},
               {"sso-directory", "sso-directory.amazonaws.com"}};

static const char *const GLOBAL[] = {"iam", "organizations", "account", "ce", NULL};

/* What the console does by calls that are not ours (identity-wire 12.3). */
static const char *const CONSOLE[] = {"DisableUser", "EnableUser", NULL};

/*
 * Members that never appear; of one service, or of all (NULL). Public excerpts of CreateAssignment
 * lack the principal (kiro-wire 11).
 */
static const struct {
    const char *service;
    const char *member;
} OMITTED[] = {
    {NULL, "ExternalId"}, {NULL, "ExternalIds"}, {NULL, "externalId"}, {"q", "principalId"}};

/* Hidden though no shape calls them sensitive. */
static const char *const SECRETS[] = {
    "Password",     "NewPassword", "SecretAccessKey", "SessionToken", "accessToken",
    "clientSecret", NULL};

/* Members that name a resource. */
static const struct {
    const char *member;
    const char *type;
} RESOURCES[] = {{"InstanceArn", "AWS::SSO::Instance"},
                 {"instanceArn", "AWS::SSO::Instance"},
                 {"ApplicationArn", "AWS::SSO::Application"},
                 {"applicationArn", "AWS::SSO::Application"},
                 {"IdentityStoreId", "AWS::IdentityStore::IdentityStore"},
                 {"UserId", "AWS::IdentityStore::User"},
                 {"user_id", "AWS::IdentityStore::User"},
                 {"GroupId", "AWS::IdentityStore::Group"},
                 {"MembershipId", "AWS::IdentityStore::GroupMembership"},
                 {"AccountId", "AWS::Organizations::Account"},
                 {"profileArn", "AWS::CodeWhisperer::Profile"}};

static bool is_one_of(const char *const *names, const char *name)
{
    while (*names != NULL && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

bool trail_wants(const struct call *call)
{
    return call->service->protocol != PROTOCOL_CONTROL || is_one_of(CONSOLE, call->operation->name);
}

static bool is_omitted(const struct call *call, const char *member)
{
    for (size_t i = 0; i < sizeof OMITTED / sizeof OMITTED[0]; i++)
        if (strcmp(OMITTED[i].member, member) == 0 &&
            (OMITTED[i].service == NULL || strcmp(OMITTED[i].service, call->service->name) == 0))
            return true;
    return false;
}

static struct json *shown_members(const struct call *call, const struct shape *members,
                                  const struct json *value);

static struct json *shown_value(const struct call *call, const struct shape *shape,
                                const struct json *value)
{
    if (shape->sensitive || is_one_of(SECRETS, shape->name))
        return json_new_text(HIDDEN);
    if ((shape->kind == SHAPE_STRUCTURE || shape->kind == SHAPE_UNION) &&
        json_kind(value) == JSON_OBJECT)
        return shown_members(call, shape->members, value);
    if (shape->kind != SHAPE_LIST || json_kind(value) != JSON_ARRAY)
        return json_copy(value);
    struct json *out = json_new_array();
    for (const struct json *item = json_first(value); item != NULL; item = json_next(item))
        json_push(out, shown_value(call, &shape->members[0], item));
    return out;
}

/* "userName": as CloudTrail spells members, whatever the API does. */
static struct json *shown_members(const struct call *call, const struct shape *members,
                                  const struct json *value)
{
    struct json *out = json_new_object();
    for (; members != NULL && members->name != NULL; members++) {
        const struct json *member = json_member(value, members->name);
        char name[PROBLEM_NAME_BYTES];
        if (member == NULL || json_kind(member) == JSON_NULL || is_omitted(call, members->name))
            continue;
        text_copy(name, sizeof name, members->name);
        name[0] = (char)tolower((unsigned char)name[0]);
        json_put(out, name, shown_value(call, members, member));
    }
    return out;
}

/*
 * A SCIM body: everything is personal but which operation touches which path, and whether somebody
 * is active (identity-wire 12.2).
 */
static struct json *shown_scim(const struct json *value)
{
    static const char *const CLEAR[] = {"op", "path", "active", NULL};
    bool list = json_kind(value) == JSON_ARRAY;
    if (!list && json_kind(value) != JSON_OBJECT)
        return json_new_text(HIDDEN);
    struct json *out = list ? json_new_array() : json_new_object();
    for (const struct json *member = json_first(value); member != NULL;
         member = json_next(member)) {
        if (list) {
            json_push(out, shown_scim(member));
            continue;
        }
        char name[PROBLEM_NAME_BYTES];
        text_copy(name, sizeof name, json_name(member));
        name[0] = (char)tolower((unsigned char)name[0]);
        bool schemas = strcmp(name, "schemas") == 0;
        if (strcmp(name, "externalId") != 0)
            json_put(out, name,
                     schemas || is_one_of(CLEAR, name) ? json_copy(member) : shown_scim(member));
    }
    return out;
}

/* AWS leaves out parameters that are too long, and says so. */
static struct json *bounded(struct json *value)
{
    char *printed = json_print(value);
    size_t bytes = strlen(printed);
    free(printed);
    if (bytes <= LIMIT_EVENT_BYTES)
        return value;
    json_free(value);
    struct json *out = json_new_object();
    json_put_boolean(out, "omitted", true);
    json_put_integer(out, "originalSize", (int64_t)bytes);
    json_put_text(out, "reasonForOmission", "The parameters are too large to be kept.");
    return out;
}

static struct json *request_parameters(const struct call *call)
{
    struct json *out;
    if (call->service->protocol == PROTOCOL_SCIM) {
        out = json_new_object();
        if (json_count(call->input) > 0)
            json_put(out, "httpBody", shown_scim(call->input));
        json_put_text(out, "tenantId", call->path_tenant);
        if (call->path_id != NULL && call->path_id[0] != '\0')
            json_put_text(out, "id", call->path_id);
        return bounded(out);
    }
    out = shown_members(call, call->operation->input, call->input);
    if (json_count(out) > 0)
        return bounded(out);
    json_free(out);
    return json_new_null();
}

/* Of a write that succeeded, what it said; null otherwise. */
static struct json *response_elements(const struct call *call, const struct fault_name *refusal)
{
    if (refusal != NULL || call->operation->access == READ)
        return json_new_null();
    struct json *out = call->service->protocol == PROTOCOL_SCIM
                           ? json_new_object()
                           : shown_members(call, call->operation->output, call->output);
    const char *id = json_member_text(call->output, "id");
    if (call->service->protocol == PROTOCOL_SCIM && id != NULL)
        json_put_text(out, "id", id);
    if (json_count(out) > 0)
        return bounded(out);
    json_free(out);
    return json_new_null();
}

/* An event on its way: who did it, where it is told. */
struct trace {
    char account[ACCOUNT_BYTES];
    char region[REGION_BYTES];
    char source[96];
    char key[96]; /* access key, or what stands for a token; "" if none */
    const char *username;
    /* of events: apart from the world's, for reads and refusals make events as well */
    struct ids ids;
};

static void trace_signed(const struct call *call, struct trace *trace)
{
    const char *name = strrchr(call->actor, '/');
    text_copy(trace->account, sizeof trace->account, call->account);
    text_copy(trace->region, sizeof trace->region,
              is_one_of(GLOBAL, call->service->name) ? HOME_REGION : call->region);
    text_copy(trace->key, sizeof trace->key, name == NULL ? "" : name + 1);
    trace->username = trace->key;
}

/* A bearer token is a secret, so its hash stands for it. */
static enum fault trace_scim(struct call *call, struct trace *trace)
{
    if (call->bearer != NULL)
        snprintf(trace->key, sizeof trace->key, "%016llx",
                 (unsigned long long)hash_text(HASH_START, call->bearer));
    return trail_place_of_tenant(world_of(call), call->path_tenant, trace->account, trace->region);
}

/* FAULT_NOT_FOUND: the call is about nobody's directory, so nobody is told. */
static enum fault trace_begin(struct call *call, struct trace *trace)
{
    enum fault fault = FAULT_NONE;
    const char *const *scopes = call->service->scopes;
    snprintf(trace->source, sizeof trace->source, "%s.amazonaws.com",
             scopes == NULL ? call->service->name : scopes[0]);
    for (size_t i = 0; i < sizeof SOURCES / sizeof SOURCES[0]; i++)
        if (strcmp(SOURCES[i].service, call->service->name) == 0)
            text_copy(trace->source, sizeof trace->source, SOURCES[i].source);
    if (call->service->protocol == PROTOCOL_SCIM)
        fault = trace_scim(call, trace);
    else if (call->service->protocol == PROTOCOL_CONTROL)
        fault = trail_place_of_user(world_of(call), json_member_text(call->input, "user_id"),
                                    trace->account, trace->region);
    else
        trace_signed(call, trace);
    return fault;
}

static struct json *user_identity(const struct call *call, const struct trace *trace,
                                  const struct fault_name *refusal)
{
    struct json *out = json_new_object();
    bool scim = call->service->protocol == PROTOCOL_SCIM;
    bool iam = !scim && call->service->protocol != PROTOCOL_CONTROL;
    bool known =
        iam || (scim && (refusal == NULL || strcmp(refusal->name, "UnauthorizedException") != 0));
    json_put_text(out, "type", !known ? "Unknown" : iam ? "IAMUser" : "WebIdentityUser");
    if (iam) {
        json_put_text(out, "principalId", trace->key);
        json_put_text(out, "arn", call->actor);
    }
    json_put_text(out, "accountId", trace->account);
    if (trace->key[0] != '\0')
        json_put_text(out, "accessKeyId", trace->key);
    if (iam)
        json_put_text(out, "userName", trace->key);
    return out;
}

static void add_resource(struct json *resources, const char *type, const char *name)
{
    struct json *out = json_push(resources, json_new_object());
    json_put_text(out, "ResourceType", type);
    json_put_text(out, "ResourceName", name);
}

/* What a refused call left in its output means nothing. */
static struct json *resources_of(const struct call *call, const struct fault_name *refusal)
{
    struct json *resources = json_new_array();
    for (size_t i = 0; i < sizeof RESOURCES / sizeof RESOURCES[0]; i++) {
        const char *given = json_member_text(call->input, RESOURCES[i].member);
        const char *made =
            refusal == NULL ? json_member_text(call->output, RESOURCES[i].member) : NULL;
        if (given != NULL || made != NULL)
            add_resource(resources, RESOURCES[i].type, given != NULL ? given : made);
    }
    return resources;
}

/* The members that every record has; the caller adds who, what was asked and what was answered. */
static struct json *record_begin(const struct call *call, const struct trace *trace,
                                 const char *source, const char *name, const char *region,
                                 char out_id[UUID_TEXT_BYTES])
{
    char time[TIME_TEXT_BYTES];
    struct json *record = json_new_object();
    time_print(((struct served *)call->world)->world->now_s, time);
    json_put_text(record, "eventVersion", "1.10");
    json_put_text(record, "eventTime", time);
    json_put_text(record, "eventSource", source);
    json_put_text(record, "eventName", name);
    json_put_text(record, "awsRegion", region);
    json_put_text(record, "requestID", call->request_id);
    json_put_text(record, "eventID", out_id);
    json_put_boolean(record, "readOnly", call->operation->access == READ);
    json_put_text(record, "eventType", "AwsApiCall");
    json_put_boolean(record, "managementEvent", true);
    json_put_text(record, "recipientAccountId", trace->account);
    json_put_text(record, "eventCategory", "Management");
    return record;
}

/* Shortened as observed: AccessDenied; a fault of ours is an unknown error (kiro-wire 11). */
static void put_refusal(const struct call *call, struct json *record,
                        const struct fault_name *refusal)
{
    bool denied = strcmp(refusal->name, "AccessDeniedException") == 0;
    bool ours = refusal->status >= 500;
    json_put_text(record, "errorCode",
                  ours     ? "UnknownError"
                  : denied ? "AccessDenied"
                           : refusal->name);
    json_put_text(record, "errorMessage",
                  ours ? "An unknown error occurred" : call->problem.message);
}

static enum fault keep(struct call *call, const struct trace *trace, const char *region,
                       const struct json *record, const struct json *resources)
{
    char *record_text = json_print(record);
    char *resources_text = json_print(resources);
    struct event event = {.account_id = trace->account,
                          .region = region,
                          .event_id = json_member_text(record, "eventID"),
                          .name = json_member_text(record, "eventName"),
                          .source = json_member_text(record, "eventSource"),
                          .read_only = json_true(json_member(record, "readOnly")),
                          .username = trace->username,
                          .access_key = trace->key[0] == '\0' ? NULL : trace->key,
                          .resources = resources_text,
                          .record = record_text};
    enum fault fault = trail_add(world_of(call), &event);
    free(record_text);
    free(resources_text);
    return fault;
}

static enum fault keep_call(struct call *call, struct trace *trace,
                            const struct fault_name *refusal)
{
    char id[UUID_TEXT_BYTES];
    ids_uuid(&trace->ids, id);
    struct json *record =
        record_begin(call, trace, trace->source, call->operation->name, trace->region, id);
    struct json *resources = resources_of(call, refusal);
    const char *scheme = strstr(call->base_url, "://");
    const char *host = scheme == NULL ? "" : scheme + 3;
    char *name = mem_format("%.*s", (int)strcspn(host, "/"), host);
    json_put(record, "userIdentity", user_identity(call, trace, refusal));
    json_put_text(record, "sourceIPAddress", "127.0.0.1");
    json_put_text(record, "userAgent", call->user_agent == NULL ? "" : call->user_agent);
    json_put(record, "requestParameters", request_parameters(call));
    json_put(record, "responseElements", response_elements(call, refusal));
    json_put_text(json_put(record, "tlsDetails", json_new_object()), "clientProvidedHostHeader",
                  name);
    free(name);
    if (call->service->protocol == PROTOCOL_CONTROL)
        json_put_text(record, "sessionCredentialFromConsole", "true");
    if (refusal != NULL)
        put_refusal(call, record, refusal);
    enum fault fault = keep(call, trace, trace->region, record, resources);
    json_free(record);
    json_free(resources);
    return fault;
}

/* An event of a service that q called with the caller's rights, in the Region of the instance. */
static enum fault keep_inner(struct call *call, struct trace *trace, const struct profile *profile,
                             const char *source, const char *name, struct json *parameters)
{
    char id[UUID_TEXT_BYTES];
    ids_uuid(&trace->ids, id);
    struct json *record = record_begin(call, trace, source, name, profile->instance_region, id);
    struct json *resources = json_new_array();
    struct json *identity = user_identity(call, trace, NULL);
    json_put_text(identity, "invokedBy", "q.amazonaws.com");
    json_put(record, "userIdentity", identity);
    json_put_text(record, "sourceIPAddress", "q.amazonaws.com");
    json_put_text(record, "userAgent", "q.amazonaws.com");
    json_put(record, "requestParameters", parameters);
    json_put(record, "responseElements", json_new_null());
    add_resource(resources, "AWS::SSO::Application",
                 json_member_text(parameters, "applicationArn"));
    enum fault fault = keep(call, trace, profile->instance_region, record, resources);
    json_free(record);
    json_free(resources);
    return fault;
}

static void see_profile(void *self, const struct profile *profile, const char *settings)
{
    (void)settings;
    struct profile *found = self;
    *found = *profile;
}

/* An assignment makes a claim, and an application assignment beside it (kiro-wire 11). */
static enum fault keep_claim(struct call *call, struct trace *trace)
{
    struct profile profile = {0};
    char application[APPLICATION_ARN_BYTES];
    const char *arn = json_member_text(call->input, "profileArn");
    const char *id = json_member_text(call->input, "principalId");
    const char *type = json_member_text(call->input, "principalType");
    const char *wanted = json_member_text(call->input, "subscriptionType");
    enum plan plan = wanted == NULL ? PLAN_PRO : plan_by_requested(wanted);
    enum fault fault = arn != NULL ? profile_get(world_of(call), arn, &profile)
                                   : profile_each(world_of(call), call->account, call->region, 0, 1,
                                                  see_profile, &profile);
    if (fault != FAULT_NONE)
        return fault;
    application_arn(&profile, SEATS_APPLICATION, application);
    struct json *claim = json_new_object();
    json_put_text(claim, "instanceArn", profile.instance_arn);
    json_put_text(json_put(claim, "principal", json_new_object()),
                  strcmp(type, "GROUP") == 0 ? "group" : "user", id);
    json_put_text(claim, "applicationArn", application);
    json_put_boolean(claim, "transaction", true);
    json_put_text(json_put(claim, "type", json_new_object()), "amazonQ",
                  plan_facts(plan)->returned);
    json_put_text(claim, "identityProvider", "IDENTITY_STORE");
    json_put_boolean(claim, "createForSelf", false);
    json_put_text(claim, "subscriptionRegion", profile.region);
    struct json *assignment = json_new_object();
    json_put_text(assignment, "applicationArn", application);
    json_put_text(assignment, "principalId", id);
    json_put_text(assignment, "principalType", type);
    fault =
        keep_inner(call, trace, &profile, "user-subscriptions.amazonaws.com", "CreateClaim", claim);
    if (fault != FAULT_NONE)
        return fault;
    return keep_inner(call, trace, &profile, "sso.amazonaws.com", "CreateApplicationAssignment",
                      assignment);
}

enum fault trail_keep(struct call *call, const struct fault_name *refusal)
{
    struct trace trace = {.ids = {.seed = hash_text(HASH_START, call->request_id)}};
    enum fault fault = trace_begin(call, &trace);
    if (fault == FAULT_NOT_FOUND)
        return FAULT_NONE;
    if (fault != FAULT_NONE)
        return fault;
    fault = keep_call(call, &trace, refusal);
    bool assigns = strcmp(call->service->name, "q") == 0 &&
                   strcmp(call->operation->name, "CreateAssignment") == 0;
    if (fault != FAULT_NONE)
        return fault;
    return refusal == NULL && assigns ? keep_claim(call, &trace) : FAULT_NONE;
}
