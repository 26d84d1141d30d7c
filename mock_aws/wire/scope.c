/* SPDX-License-Identifier: MIT */
/* The Authorization header of AWS4, taken apart. */
#include "wire/scope.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "wire/shapes.h"

#define DIGITS "0123456789"

enum {
    ELEMENTS = 5,    /* key/date/region/service/terminator */
    KEY_BYTES = 128, /* IAM's own limit on an access key id */
    REGION_BYTES = 63,
    ACCOUNT_DIGITS = 12
};

static bool is_printable(const char *text)
{
    while (*text >= ' ' && *text <= '~')
        text++;
    return *text == '\0';
}

/*
 * The value of `Name=value` among parts that commas or blanks separate, in any order; a new text,
 * or NULL.
 */
static char *part(const char *authorization, const char *name)
{
    size_t name_bytes = strlen(name);
    const char *at = authorization;
    while (*at != '\0') {
        size_t bytes = strcspn(at, ", ");
        if (bytes > name_bytes && strncmp(at, name, name_bytes) == 0 && at[name_bytes] == '=') {
            struct text value = {0};
            text_add_bytes(&value, at + name_bytes + 1, bytes - name_bytes - 1);
            return text_take(&value);
        }
        at += bytes;
        at += strspn(at, ", ");
    }
    return NULL;
}

/* Cut at the slashes, in place. False unless there are exactly five elements and none is empty. */
static bool split(char *credential, const char *elements[ELEMENTS])
{
    size_t count = 0;
    for (char *at = credential; at != NULL; count++) {
        char *slash = strchr(at, '/');
        if (count == ELEMENTS || *at == '\0' || *at == '/')
            return false;
        elements[count] = at;
        if (slash != NULL)
            *slash++ = '\0';
        at = slash;
    }
    return count == ELEMENTS;
}

/* One more sentence about what is wrong. */
__attribute__((format(printf, 2, 3))) static void complain(struct text *wrong, const char *format,
                                                           ...)
{
    char sentence[PROBLEM_MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    text_vprint(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    text_addf(wrong, "%s%s", wrong->bytes > 0 ? " " : "", sentence);
}

static enum fault read_credential(const char *credential, struct scope *out_scope,
                                  struct problem *problem)
{
    const char *elements[ELEMENTS];
    char *chars = mem_text(credential);
    if (!split(chars, elements)) {
        free(chars);
        return problem_set(problem, FAULT_INCOMPLETE_SIGNATURE,
                           "Credential must have exactly 5 slash-delimited elements, e.g. "
                           "keyid/date/region/service/term, got '%s'",
                           credential);
    }
    *out_scope = (struct scope){.chars = chars,
                                .key = elements[0],
                                .date = elements[1],
                                .region = elements[2],
                                .service = elements[3],
                                .terminator = elements[4]};
    return FAULT_NONE;
}

enum fault scope_read(const char *authorization, const char *date, struct scope *out_scope,
                      struct problem *problem)
{
    static const char *const PARTS[] = {"Credential", "Signature", "SignedHeaders"};
    struct text missing = {0};
    char *values[] = {NULL, NULL, NULL};
    enum fault fault = FAULT_NONE;
    if (authorization == NULL || strncmp(authorization, "AWS4-", 5) != 0)
        return problem_set(problem, FAULT_MISSING_TOKEN, "Missing Authentication Token");
    if (!is_printable(authorization))
        return problem_set(problem, FAULT_INCOMPLETE_SIGNATURE,
                           "Authorization header must be printable ASCII.");
    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++) {
        values[i] = part(authorization, PARTS[i]);
        if (values[i] == NULL)
            complain(&missing, "Authorization header requires '%s' parameter.", PARTS[i]);
    }
    if (date == NULL)
        complain(&missing, "Authorization header requires existence of either a 'X-Amz-Date' or a "
                           "'Date' header.");
    if (missing.bytes > 0)
        fault = problem_set(problem, FAULT_INCOMPLETE_SIGNATURE, "%s Authorization=%s",
                            text_chars(&missing), authorization);
    else
        fault = read_credential(values[0], out_scope, problem);
    if (fault == FAULT_NONE) {
        out_scope->algorithm = mem_format("%.*s", (int)strcspn(authorization, " "), authorization);
        out_scope->signature = values[1];
        out_scope->signed_headers = values[2];
        values[1] = values[2] = NULL;
    }
    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++)
        free(values[i]);
    text_clear(&missing);
    return fault;
}

void scope_clear(struct scope *scope)
{
    free(scope->algorithm);
    free(scope->signed_headers);
    free(scope->signature);
    free(scope->chars);
    *scope = (struct scope){0};
}

/* "20260102T030405Z": a Date of another form is left to the check of the signature. */
static bool is_basic_iso(const char *date)
{
    return strspn(date, DIGITS) == 8 && date[8] == 'T' && strspn(date + 9, DIGITS) == 6 &&
           strcmp(date + 15, "Z") == 0;
}

/* As PATTERN_REGION has it, without its price: this is asked of every signed request. */
static bool is_region(const char *name)
{
    return name[0] != '\0' && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

enum fault scope_check(const struct scope *scope, const char *date, const char *const *services,
                       struct problem *problem)
{
    struct text wrong = {0};
    const char *const *known = services;
    assert(services[0] != NULL);
    while (*known != NULL && strcmp(*known, scope->service) != 0)
        known++;
    if (strlen(scope->key) > KEY_BYTES)
        complain(&wrong, "Credential should begin with an access key of at most %d characters.",
                 KEY_BYTES);
    if (strlen(scope->region) > REGION_BYTES || !is_region(scope->region))
        complain(&wrong, "Credential should be scoped to a valid region.");
    if (*known == NULL)
        complain(&wrong, "Credential should be scoped to correct service: '%s'.", services[0]);
    if (strcmp(scope->terminator, "aws4_request") != 0)
        complain(&wrong,
                 "Credential should be scoped with a valid terminator: 'aws4_request', not '%s'.",
                 scope->terminator);
    if (is_basic_iso(date) && (strncmp(date, scope->date, 8) != 0 || scope->date[8] != '\0'))
        complain(&wrong,
                 "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date "
                 "from HTTP: '%s' != '%.8s', from '%s'.",
                 scope->date, date, date);
    enum fault fault = FAULT_NONE;
    if (wrong.bytes > 0)
        fault = problem_set(problem, FAULT_INVALID_SIGNATURE, "%s", text_chars(&wrong));
    text_clear(&wrong);
    return fault;
}

bool scope_key_is_account(const struct scope *scope)
{
    return strlen(scope->key) == ACCOUNT_DIGITS && strspn(scope->key, DIGITS) == ACCOUNT_DIGITS;
}
