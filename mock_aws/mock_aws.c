/* SPDX-License-Identifier: MIT */
/* The embedding API: puts a world, the services and an HTTP listener together. */
#include "mock_aws.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/editions.h"
#include "base/json.h"
#include "base/lags.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "base/text.h"
#include "base/times.h"
#include "services/control/document_check.h"
#include "services/services.h"
#include "wire/authority.h"
#include "wire/describe.h"
#include "wire/http.h"
#include "wire/shapes.h"
#include "world/document/document.h"
#include "world/invariants.h"
#include "world/reading/reading.h"
#include "world/rows/scim.h"
#include "world/store/facts.h"
#include "world/time/clock.h"

struct mock_aws {
    struct world *world;
    struct worlds worlds;
    struct served served;
    struct patterns *patterns;
    char *state_folder;
    struct credential *credentials;
    struct dispatcher dispatcher;
    struct http *http;
};

/* "parameter=value" */
static enum fault options_override(struct reading *reading, const char *override,
                                   struct problem *problem)
{
    const char *equals = strchr(override, '=');
    char *name = mem_format("%.*s", equals == NULL ? 0 : (int)(equals - override), override);
    struct text right = {0};
    enum fault fault = reading_override(reading, name, equals == NULL ? "" : equals + 1, &right);
    if (fault != FAULT_NONE)
        problem_set(problem, fault, "'%s' overrides nothing; %s", override, text_chars(&right));
    text_clear(&right);
    free(name);
    return fault;
}

static enum fault unknown_edition(const char *name, struct problem *problem)
{
    char hint[NEAREST_HINT_BYTES];
    struct nearest nearest = {.asked = name};
    struct text known = {0};
    for (size_t i = 0; edition_at(i) != NULL; i++) {
        nearest_try(&nearest, edition_at(i)->name);
        text_addf(&known, "%s%s", i == 0 ? "" : ", ", edition_at(i)->name);
    }
    nearest_hint(&nearest, hint);
    problem_set(problem, FAULT_INVALID, "unknown edition '%s'%s; expected one of %s", name, hint,
                text_chars(&known));
    text_clear(&known);
    return FAULT_INVALID;
}

static enum fault unknown_deviation(const char *name, struct problem *problem)
{
    char hint[NEAREST_HINT_BYTES];
    deviation_hint(name, hint);
    return problem_set(problem, FAULT_INVALID,
                       "unknown deviation '%s'%s; kiro-check deviations lists them", name, hint);
}

static enum fault options_reading(const struct mock_aws_options *options, struct reading *reading,
                                  struct problem *problem)
{
    reading_init(reading);
    const char *edition = options->edition == NULL ? EDITION_DEFAULT : options->edition;
    reading->edition = edition_find(edition);
    if (reading->edition == NULL)
        return unknown_edition(edition, problem);
    reading->timing = timing_find(options->timing == NULL ? TIMING_DEFAULT : options->timing);
    if (reading->timing == NULL)
        return problem_set(problem, FAULT_INVALID,
                           "unknown timing '%s'; expected instant or documented", options->timing);
    for (size_t i = 0; options->deviations != NULL && options->deviations[i] != NULL; i++) {
        int deviation = deviation_find(options->deviations[i]);
        if (deviation < 0)
            return unknown_deviation(options->deviations[i], problem);
        reading->deviations[deviation] = true;
    }
    enum fault fault = FAULT_NONE;
    for (size_t i = 0;
         fault == FAULT_NONE && options->overrides != NULL && options->overrides[i] != NULL; i++)
        fault = options_override(reading, options->overrides[i], problem);
    reading_settle(reading);
    return fault;
}

static enum fault options_start(const struct mock_aws_options *options, int64_t *out_start_s,
                                struct problem *problem)
{
    *out_start_s = WORLD_DEFAULT_START_S;
    if (options->start == NULL)
        return FAULT_NONE;
    if (strcmp(options->start, "now") == 0)
        *out_start_s = clock_wall_s();
    else if (!time_parse(options->start, out_start_s))
        return problem_set(problem, FAULT_INVALID,
                           "'%s' is no start; expected now or a time like 2026-03-01T00:00:00Z",
                           options->start);
    return FAULT_NONE;
}

static enum fault open_world(struct mock_aws *mock, const struct mock_aws_options *options,
                             struct problem *problem)
{
    struct reading reading;
    struct world_options world = {.reading = &reading,
                                  .path = options->database,
                                  .seed = options->seed == 0 ? 1 : options->seed,
                                  .running = options->running,
                                  .facts_checked = options->check_answers,
                                  .tell = options->tell};
    enum fault fault = options_reading(options, &reading, problem);
    if (fault == FAULT_NONE)
        fault = options_start(options, &world.start_s, problem);
    world.reading_given = options->edition != NULL || options->timing != NULL ||
                          options->overrides != NULL || options->deviations != NULL;
    if (fault != FAULT_NONE)
        return fault;
    mock->world = world_open(&world, problem);
    if (mock->world == NULL)
        return FAULT_INVALID;
    bool locks = worlds_init(&mock->worlds);
    if (locks && served_init(&mock->served, mock->world, &mock->worlds))
        return FAULT_NONE;
    if (locks)
        worlds_clear(&mock->worlds);
    world_close(mock->world);
    mock->world = NULL;
    return problem_set(problem, FAULT_INTERNAL, "no lock could be made");
}

/* A new text. */
static char *state_folder_of(const char *given)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    if (given != NULL)
        return mem_text(given);
    if (state != NULL && state[0] == '/')
        return mem_format("%s/mock-aws", state);
    return mem_format("%s/.local/state/mock-aws", home == NULL ? "" : home);
}

static enum fault options_credentials(struct mock_aws *mock, const struct mock_aws_options *options,
                                      struct problem *problem)
{
    size_t count = 0;
    while (options->credentials != NULL && options->credentials[count] != NULL)
        count++;
    mock->credentials = mem_new((count + 1) * sizeof *mock->credentials);
    for (size_t i = 0; i < count; i++) {
        const char *colon = strchr(options->credentials[i], ':');
        if (colon == NULL || colon == options->credentials[i] || colon[1] == '\0')
            return problem_set(problem, FAULT_INVALID, "a credential is KEY:SECRET");
        mock->credentials[i].key =
            mem_format("%.*s", (int)(colon - options->credentials[i]), options->credentials[i]);
        mock->credentials[i].secret = mem_text(colon + 1);
    }
    mock->dispatcher.credentials = mock->credentials;
    mock->dispatcher.credential_count = count;
    return FAULT_NONE;
}

static enum fault options_auth(struct mock_aws *mock, const struct mock_aws_options *options,
                               struct problem *problem)
{
    static const char *const NAMES[] = {
        [AUTH_SCOPE] = "scope", [AUTH_NONE] = "none", [AUTH_VERIFY] = "verify"};
    const char *wanted = options->auth == NULL ? NAMES[AUTH_SCOPE] : options->auth;
    size_t at = 0;
    while (at < sizeof NAMES / sizeof NAMES[0] && strcmp(NAMES[at], wanted) != 0)
        at++;
    if (at == sizeof NAMES / sizeof NAMES[0])
        return problem_set(problem, FAULT_INVALID,
                           "unknown auth '%s'; expected none, scope or verify", wanted);
    mock->dispatcher.auth = (enum auth)at;
    enum fault fault = options_credentials(mock, options, problem);
    if (fault == FAULT_NONE && at == AUTH_VERIFY && mock->dispatcher.credential_count == 0)
        fault = problem_set(problem, FAULT_INVALID,
                            "auth verify wants a credential to verify with (KEY:SECRET)");
    return fault;
}

static void credentials_free(struct credential *credentials)
{
    for (struct credential *at = credentials; at != NULL && at->key != NULL; at++) {
        free(at->key);
        free(at->secret);
    }
    free(credentials);
}

/* Is every address of the machine listened on: by whatever name, it is meant to be found. */
static bool is_everywhere(const struct listen_address *addresses, size_t count)
{
    size_t i = 0;
    while (i < count && strcmp(addresses[i].address, "0.0.0.0") != 0 &&
           strcmp(addresses[i].address, "::") != 0)
        i++;
    return i < count;
}

static struct http *start_http(struct mock_aws *mock, const struct mock_aws_options *options,
                               struct problem *problem)
{
    struct listen_address addresses[1 + MOCK_AWS_ADDRESSES_MAX] = {
        {options->address == NULL ? "127.0.0.1" : options->address, options->port}};
    size_t count = 1;
    for (; count < LISTEN_MAX && options->more[count - 1].address != NULL; count++)
        addresses[count] = (struct listen_address){options->more[count - 1].address,
                                                   options->more[count - 1].port};
    mock->dispatcher.allowed_hosts = options->allowed_hosts;
    mock->dispatcher.any_host = options->allowed_hosts == NULL && is_everywhere(addresses, count);
    const struct http_options http = {.addresses = addresses,
                                      .address_count = count,
                                      .threads = options->threads == 0 ? 2 : options->threads,
                                      .authority_folder = mock->state_folder};
    return http_start(&http, &mock->dispatcher, problem);
}

struct mock_aws *mock_aws_start(const struct mock_aws_options *options, char *error,
                                unsigned error_bytes)
{
    struct problem problem = {0};
    struct mock_aws *mock = mem_new(sizeof *mock);
    mock->patterns = patterns_new();
    mock->state_folder = state_folder_of(options->state_folder);
    if (open_world(mock, options, &problem) == FAULT_NONE) {
        mock->dispatcher = (struct dispatcher){.services = SERVICES,
                                               .backend = served_backend(&mock->served),
                                               .patterns = mock->patterns,
                                               .default_account = WORLD_DEFAULT_ACCOUNT,
                                               .check_answers = options->check_answers};
    }
    if (mock->world != NULL && options_auth(mock, options, &problem) == FAULT_NONE)
        mock->http = start_http(mock, options, &problem);
    if (mock->http != NULL)
        return mock;
    text_copy(error, error_bytes, problem.message);
    if (options->environment_failed != NULL)
        *options->environment_failed = problem.fault == FAULT_CONFLICT ||
                                       problem.fault == FAULT_DENIED ||
                                       problem.fault == FAULT_INTERNAL;
    mock_aws_stop(mock);
    return NULL;
}

/*
 * A tenant and a token for every instance that the document names, as PUT /_mock/world gives them.
 */
static enum fault add_scim(struct mock_aws *mock, struct json *names)
{
    enum fault fault = FAULT_NONE;
    struct json *scim = json_put(names, "scim", json_new_object());
    const struct json *at = json_first(json_member(names, "instances"));
    for (; at != NULL && fault == FAULT_NONE; at = json_next(at)) {
        struct instance instance;
        char tenant[TENANT_BYTES];
        char token[SCIM_TOKEN_BYTES];
        fault = instance_get(mock->world, json_member_text(at, "arn"), &instance);
        if (fault == FAULT_NONE)
            fault = scim_token_create(mock->world, &instance, tenant, token);
        if (fault != FAULT_NONE)
            break;
        struct json *made = json_put(scim, json_name(at), json_new_object());
        char *url =
            mem_format("http://127.0.0.1:%u/%s/scim/v2/", (unsigned)mock_aws_port(mock), tenant);
        json_put_text(made, "url", url);
        json_put_text(made, "token", token);
        free(url);
    }
    return fault;
}

/* Does the document say of anything since when it is? */
static bool has_history(const struct json *document)
{
    for (const struct json *section = json_first(document); section != NULL;
         section = json_next(section))
        for (const struct json *item = json_first(section); item != NULL; item = json_next(item))
            if (json_kind(item) == JSON_OBJECT && json_member(item, "at") != NULL)
                return true;
    return false;
}

/*
 * A company that is described without history has not begun this second: on a clock that stands,
 * its instance would be in the making for ever. So what takes its time has been there all along.
 */
static enum fault load_settled(struct world *world, const struct json *document,
                               struct json **out_names)
{
    struct reading asked = *world->reading;
    if (!has_history(document)) {
        world->reading->timing = timing_find(TIMING_DEFAULT);
        memset(world->reading->lag_overrides, 0, sizeof world->reading->lag_overrides);
        reading_settle(world->reading);
    }
    enum fault fault = document_load(world, document, "", world->now_s, out_names);
    *world->reading = asked;
    return fault == FAULT_NONE ? world_save_reading(world) : fault;
}

static void keep_document(struct mock_aws *mock, const struct json *document, bool gives_tokens)
{
    json_free(mock->served.document);
    mock->served.document = json_copy(document);
    mock->served.document_gives_tokens = gives_tokens;
    mock->served.document_of_start = true;
}

bool mock_aws_found(const struct mock_aws *mock)
{
    return mock->world->found;
}

/* Begin, load, commit: as a request would. */
static enum fault load(struct mock_aws *mock, const struct json *document, char **out_names,
                       struct problem *problem)
{
    struct backend backend = mock->dispatcher.backend;
    struct json *names = NULL;
    enum fault fault = document_check(document, "", problem);
    if (fault == FAULT_NONE && !mock->world->found)
        fault = backend.begin(backend.self, WRITE, problem);
    if (fault != FAULT_NONE)
        return fault;
    keep_document(mock, document, out_names != NULL);
    if (mock->world->found)
        return FAULT_NONE;
    mock->world->actor = "world document";
    fault = load_settled(mock->world, document, &names);
    if (fault == FAULT_NONE && out_names != NULL)
        fault = add_scim(mock, names);
    if (fault == FAULT_NONE)
        fault = backend.commit(backend.self);
    else
        backend.rollback(backend.self);
    if (fault == FAULT_NONE && out_names != NULL)
        *out_names = json_print(names);
    json_free(names);
    return fault;
}

bool mock_aws_load(struct mock_aws *mock, const char *chars, unsigned long bytes, char **out_names,
                   char *error, unsigned error_bytes)
{
    struct json_error syntax;
    struct json_position position = {0};
    struct problem problem = {0};
    struct text line = {0};
    struct json_document *document = json_parse(chars, bytes, JSON_COMMENTS, &syntax);
    enum fault fault = document == NULL
                           ? FAULT_INVALID
                           : load(mock, json_document_root(document), out_names, &problem);
    if (document == NULL)
        text_addf(&line, "%u:%u: %s", syntax.position.line, syntax.position.column, syntax.message);
    else if (fault != FAULT_NONE) {
        position = json_position(document, problem.path);
        text_addf(&line, "%u:%u: %s", position.line, position.column, problem.message);
    }
    text_copy(error, error_bytes, text_chars(&line));
    text_clear(&line);
    json_document_free(document);
    return fault == FAULT_NONE;
}

static const char *call_header(void *self, const char *name)
{
    (void)self;
    return strcasecmp(name, "Content-Type") == 0 ? "application/json" : NULL;
}

char *mock_aws_call(struct mock_aws *mock, const char *method, const char *path_and_query,
                    const char *body, int *out_status)
{
    struct reply reply;
    size_t path_bytes = strcspn(path_and_query, "?");
    char *path = mem_format("%.*s", (int)path_bytes, path_and_query);
    struct request request = {.method = method,
                              .path = path,
                              .query = path_and_query + path_bytes +
                                       (path_and_query[path_bytes] == '?' ? 1 : 0),
                              .header = call_header,
                              .body = body == NULL ? "" : body,
                              .body_bytes = body == NULL ? 0 : strlen(body)};
    dispatch(&mock->dispatcher, &request, &reply);
    char *answer = mem_text(reply.body == NULL ? "" : reply.body);
    *out_status = reply.status;
    reply_clear(&reply);
    free(path);
    return answer;
}

uint16_t mock_aws_port(const struct mock_aws *mock)
{
    return http_port(mock->http);
}

void mock_aws_stop(struct mock_aws *mock)
{
    if (mock == NULL)
        return;
    http_stop(mock->http);
    if (mock->world != NULL) {
        worlds_clear(&mock->worlds);
        served_clear(&mock->served);
    }
    world_close(mock->world);
    patterns_free(mock->patterns);
    free(mock->state_folder);
    credentials_free(mock->credentials);
    free(mock);
}

char *mock_aws_ca(const char *state_folder, char *error, unsigned error_bytes)
{
    struct problem problem = {0};
    char *folder = state_folder_of(state_folder);
    struct authority *authority = authority_open(folder, &problem);
    char *certificate = authority == NULL ? NULL : mem_text(authority_certificate(authority));
    if (authority == NULL)
        text_copy(error, error_bytes, problem.message);
    authority_close(authority);
    free(folder);
    return certificate;
}

char *mock_aws_ca_path(const char *state_folder, char *error, unsigned error_bytes)
{
    char *certificate = mock_aws_ca(state_folder, error, error_bytes);
    char *folder = certificate == NULL ? NULL : state_folder_of(state_folder);
    char *path = folder == NULL ? NULL : mem_format("%s/ca.pem", folder);
    free(certificate);
    free(folder);
    return path;
}

char *mock_aws_operations(bool as_json)
{
    struct json *all = json_new_array();
    struct text lines = {0};
    for (const struct service *const *service = SERVICES; *service != NULL; service++) {
        json_push(all, service_describe(*service));
        for (size_t i = 0; operation_table(*service, i) != NULL; i++)
            for (const struct operation *at = operation_table(*service, i); at->name != NULL; at++)
                text_addf(&lines, "%s %s\n", (*service)->name, at->name);
    }
    char *printed = as_json ? json_print(all) : text_take(&lines);
    json_free(all);
    text_clear(&lines);
    return printed;
}

int mock_aws_doctor(const char *path, void (*see)(void *self, const char *line), void *self,
                    char *error, unsigned error_bytes)
{
    enum { HEALTHY, ILL, NOT_OURS, HELD_BY_A_SERVER };
    struct problem problem = {.fault = FAULT_NONE};
    enum fault fault = world_examine(path, see, self, &problem);
    text_copy(error, error_bytes, problem.message);
    switch (fault) {
    case FAULT_NONE:
        return HEALTHY;
    case FAULT_INVALID:
        return problem.message[0] == '\0' ? ILL : NOT_OURS;
    case FAULT_CONFLICT:
        return HELD_BY_A_SERVER;
    default:
        return NOT_OURS;
    }
}

char *mock_aws_facts(void)
{
    struct text lines = {0};
    for (int i = 0; i < FACT_COUNT; i++)
        text_addf(&lines, "%-32s %s\n", fact_facts((enum fact_id)i)->name,
                  fact_facts((enum fact_id)i)->law);
    return text_take(&lines);
}
