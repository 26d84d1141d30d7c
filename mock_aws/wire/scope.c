/* SPDX-License-Identifier: MIT */
/* Credential scope out of an Authorization header; see scope.h. */
#include "wire/scope.h"

#include <string.h>

#include "base/text.h"

/* The value of `name=` in a list of parts separated by commas or blanks. */
static bool part_find(const char *authorization, const char *name, char *out, size_t out_bytes)
{
    size_t name_bytes = strlen(name);
    for (const char *at = strstr(authorization, name); at != NULL; at = strstr(at + 1, name)) {
        bool starts = at == authorization || strchr(" ,\t", at[-1]) != NULL;
        if (!starts || at[name_bytes] != '=')
            continue;
        const char *value = at + name_bytes + 1;
        size_t bytes = strcspn(value, ", \t");
        if (bytes == 0 || bytes >= out_bytes)
            return false;
        memcpy(out, value, bytes);
        out[bytes] = '\0';
        return true;
    }
    return false;
}

static enum fault parts_missing(const char *authorization, const char *date, char *credential,
                                size_t credential_bytes, struct problem *problem)
{
    static const char *const NAMES[] = {"Credential", "Signature", "SignedHeaders"};
    char value[1024];
    struct text missing = {0};
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
        if (!part_find(authorization, NAMES[i], i == 0 ? credential : value,
                       i == 0 ? credential_bytes : sizeof value))
            text_addf(&missing, "Authorization header requires '%s' parameter. ", NAMES[i]);
    if (date == NULL)
        text_add(&missing, "Authorization header requires existence of either a 'X-Amz-Date' or a "
                           "'Date' header. ");
    enum fault fault = FAULT_NONE;
    if (missing.bytes > 0)
        fault = problem_set(problem, FAULT_INCOMPLETE_SIGNATURE, "%sAuthorization=%.200s",
                            text_chars(&missing), authorization);
    text_clear(&missing);
    return fault;
}

/* Five elements between slashes; none may be empty or longer than its place. */
static bool credential_split(const char *credential, struct scope *out, char *term,
                             size_t term_bytes)
{
    struct {
        char *to;
        size_t bytes;
    } places[] = {{out->access_key, sizeof out->access_key},
                  {out->date, sizeof out->date},
                  {out->region, sizeof out->region},
                  {out->service, sizeof out->service},
                  {term, term_bytes}};
    const char *at = credential;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        size_t bytes = strcspn(at, "/");
        if (bytes == 0 || bytes >= places[i].bytes)
            return false;
        memcpy(places[i].to, at, bytes);
        places[i].to[bytes] = '\0';
        at += bytes;
        bool last = i + 1 == sizeof places / sizeof places[0];
        if (last != (*at == '\0'))
            return false;
        at += last ? 0 : 1;
    }
    return true;
}

static bool service_accepts(const struct service *service, const char *name)
{
    for (const char *const *scope = service->scopes; *scope != NULL; scope++)
        if (strcmp(*scope, name) == 0)
            return true;
    return false;
}

/* Everything that is wrong with the scope, in one message. */
static enum fault scope_check(const struct service *service, const struct scope *scope,
                              const char *date, const char *term, struct problem *problem)
{
    struct text wrong = {0};
    size_t region_bytes = strspn(scope->region, "abcdefghijklmnopqrstuvwxyz0123456789-");
    if (scope->region[region_bytes] != '\0')
        text_add(&wrong, "Credential should be scoped to a valid region. ");
    if (!service_accepts(service, scope->service))
        text_addf(&wrong, "Credential should be scoped to correct service: '%s'. ",
                  service->scopes[0]);
    if (strcmp(term, "aws4_request") != 0)
        text_addf(&wrong,
                  "Credential should be scoped with a valid terminator: 'aws4_request', not '%s'. ",
                  term);
    /* An RFC 1123 Date cannot be compared so; the signature's own check will. */
    if (strspn(date, "0123456789") == 8 && strncmp(date, scope->date, 8) != 0)
        text_addf(&wrong,
                  "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date "
                  "from HTTP: '%s' != '%.8s', from '%.16s'. ",
                  scope->date, date, date);
    enum fault fault = FAULT_NONE;
    if (wrong.bytes > 0) {
        wrong.chars[wrong.bytes - 1] = '\0';
        fault = problem_set(problem, FAULT_INVALID_SIGNATURE, "%s", wrong.chars);
    }
    text_clear(&wrong);
    return fault;
}

enum fault scope_read(const char *authorization, const char *date, const struct service *service,
                      struct scope *out_scope, struct problem *problem)
{
    char credential[512] = "";
    char term[64] = "";
    *out_scope = (struct scope){.access_key = ""};
    if (authorization == NULL || strncmp(authorization, "AWS4-", 5) != 0)
        return problem_set(problem, FAULT_MISSING_TOKEN, "Missing Authentication Token");
    enum fault fault = parts_missing(authorization, date, credential, sizeof credential, problem);
    if (fault != FAULT_NONE)
        return fault;
    size_t algorithm_bytes = strcspn(authorization, " ");
    if (strncmp(authorization, "AWS4-HMAC-SHA256 ", 17) != 0)
        return problem_set(problem, FAULT_INCOMPLETE_SIGNATURE,
                           "Unsupported AWS 'algorithm': '%.*s'",
                           (int)(algorithm_bytes < 64 ? algorithm_bytes : 64), authorization);
    if (!credential_split(credential, out_scope, term, sizeof term))
        return problem_set(problem, FAULT_INCOMPLETE_SIGNATURE,
                           "Credential must have exactly 5 slash-delimited elements, e.g. "
                           "keyid/date/region/service/term, got '%s'",
                           credential);
    return scope_check(service, out_scope, date, term, problem);
}
