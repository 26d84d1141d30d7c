/* SPDX-License-Identifier: MIT */
/*
 * libcurl behind three functions. One easy handle for everything, so that its connection stays open
 * between calls.
 */
#include "aws/aws.h"

#include <assert.h>
#include <curl/curl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/*
 * No call here takes longer than some milliseconds; a server that hangs is to be reported, not
 * waited for.
 */
#define TIMEOUT_S 60L

struct service {
    const char *target_prefix;
    const char *signing_name;
    const char *content_type;
};

static const struct service SERVICES[AWS_SERVICES] = {
    [AWS_IDENTITYSTORE] = {"AWSIdentityStore", "identitystore", "application/x-amz-json-1.1"},
    [AWS_SSO] = {"SWBExternalService", "sso", "application/x-amz-json-1.1"},
    [AWS_CODEWHISPERER] = {"AWSCodeWhispererService", "codewhisperer",
                           "application/x-amz-json-1.0"},
    [AWS_Q] = {"AmazonQDeveloperService", "q", "application/x-amz-json-1.0"},
    [AWS_MANAGEMENT] = {"KiroControlPlaneQDeveloperService", "q", "application/x-amz-json-1.0"},
    [AWS_USER_SUBSCRIPTIONS] = {"AWSZornControlPlaneService", "user-subscriptions",
                                "application/x-amz-json-1.0"},
    [AWS_ORGANIZATIONS] = {"AWSOrganizationsV20161128", "organizations",
                           "application/x-amz-json-1.1"},
    [AWS_SERVICE_QUOTAS] = {"ServiceQuotasV20190624", "servicequotas",
                            "application/x-amz-json-1.1"},
};

struct aws {
    CURL *curl;
    char *endpoint;
    bool losses_expected;
    char problem[512];
};

struct aws *aws_new(const char *endpoint)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return NULL;
    CURL *curl = curl_easy_init();
    if (curl == NULL) {
        curl_global_cleanup();
        return NULL;
    }
    struct aws *aws = mem_new(sizeof *aws);
    aws->curl = curl;
    aws->endpoint = mem_text(endpoint);
    size_t length = strlen(aws->endpoint);
    if (length > 0 && aws->endpoint[length - 1] == '/')
        aws->endpoint[length - 1] = '\0';
    return aws;
}

void aws_free(struct aws *aws)
{
    if (aws == NULL)
        return;
    curl_easy_cleanup(aws->curl);
    curl_global_cleanup();
    free(aws->endpoint);
    free(aws);
}

const char *aws_endpoint(const struct aws *aws)
{
    return aws->endpoint;
}

void aws_expect_losses(struct aws *aws, bool expected)
{
    aws->losses_expected = expected;
}

bool aws_code_is_loss(const char *code)
{
    return strcmp(code, AWS_CONNECTION_RESET) == 0 || strcmp(code, AWS_ANSWER_TRUNCATED) == 0;
}

const char *aws_problem(const struct aws *aws)
{
    return aws->problem;
}

bool aws_problem_set(struct aws *aws, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(aws->problem, sizeof aws->problem, format, arguments);
    va_end(arguments);
    return false;
}

static size_t collect(char *chars, size_t size, size_t count, void *context)
{
    text_add_bytes(context, chars, size * count);
    return size * count;
}

/*
 * "com.amazon.kiro.controlplane#ConflictException" and "ConflictException:http://…" are both
 * ConflictException.
 */
static void read_code(struct aws_answer *answer)
{
    const struct json *error = json_member(answer->body, "error");
    const char *code = json_member_text(error, "code");
    const char *type = json_member_text(answer->body, "__type");
    if (type != NULL && strchr(type, '#') != NULL)
        type = strchr(type, '#') + 1;
    snprintf(answer->code, sizeof answer->code, "%s",
             code != NULL ? code : (type != NULL ? type : "UnknownError"));
    answer->code[strcspn(answer->code, ":")] = '\0';
}

/* SCIM errors carry a status and no name. */
static void name_status(struct aws_answer *answer)
{
    static const struct {
        long status;
        const char *name;
    } NAMES[] = {{400, "ValidationException"},    {401, "UnauthorizedException"},
                 {403, "AccessDeniedException"},  {404, "ResourceNotFoundException"},
                 {409, "ConflictException"},      {429, "ThrottlingException"},
                 {500, "InternalServerException"}};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (NAMES[i].status == answer->status)
            snprintf(answer->code, sizeof answer->code, "%s", NAMES[i].name);
    }
}

static bool read_answer(struct aws *aws, const char *what, const struct text *body,
                        struct aws_answer *out_answer)
{
    curl_easy_getinfo(aws->curl, CURLINFO_RESPONSE_CODE, &out_answer->status);
    if (body->bytes > 0) {
        struct json_error error;
        out_answer->document = json_parse(body->chars, body->bytes, JSON_STRICT, &error);
        if (out_answer->document == NULL)
            return aws_problem_set(aws, "%s answered %ld with a body that is not JSON: %s", what,
                                   out_answer->status, error.message);
        out_answer->body = json_document_root(out_answer->document);
    }
    if (out_answer->status < 200 || out_answer->status > 299)
        read_code(out_answer);
    return true;
}

/* Of XML only whether it is an error, and which. */
static bool read_xml(struct aws *aws, const char *what, const struct text *body,
                     struct aws_answer *out_answer)
{
    static const char CODE[] = "<Code>";
    const char *code = strstr(text_chars(body), CODE);
    curl_easy_getinfo(aws->curl, CURLINFO_RESPONSE_CODE, &out_answer->status);
    if (out_answer->status == 200)
        return true;
    if (code == NULL)
        return aws_problem_set(aws, "%s answered %ld without a code", what, out_answer->status);
    code += sizeof CODE - 1;
    snprintf(out_answer->code, sizeof out_answer->code, "%.*s", (int)strcspn(code, "<"), code);
    return true;
}

/*
 * The request was sent, and the connection ended before the answer did. Neither status nor body is
 * worth anything then.
 */
static bool read_loss(const struct aws *aws, CURLcode code, struct aws_answer *out_answer)
{
    long status = 0;
    bool lost = code == CURLE_GOT_NOTHING || code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR ||
                code == CURLE_PARTIAL_FILE;
    if (!aws->losses_expected || !lost)
        return false;
    curl_easy_getinfo(aws->curl, CURLINFO_RESPONSE_CODE, &status);
    snprintf(out_answer->code, sizeof out_answer->code, "%s",
             status == 0 ? AWS_CONNECTION_RESET : AWS_ANSWER_TRUNCATED);
    return true;
}

typedef bool answer_reader(struct aws *aws, const char *what, const struct text *body,
                           struct aws_answer *out_answer);

/*
 * Send what is set on the handle. `what` names the call in a message. Takes `headers` and `sent`.
 */
static bool perform(struct aws *aws, const char *what, const char *url, const char *method,
                    struct curl_slist *headers, char *sent, answer_reader *read,
                    struct aws_answer *out_answer)
{
    struct text received = {0};
    char reason[CURL_ERROR_SIZE] = "";

    /* Without this, libcurl would wait for a 100 before larger bodies. */
    headers = curl_slist_append(headers, "Expect:");
    curl_easy_setopt(aws->curl, CURLOPT_URL, url);
    curl_easy_setopt(aws->curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(aws->curl, CURLOPT_ERRORBUFFER, reason);
    curl_easy_setopt(aws->curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(aws->curl, CURLOPT_WRITEDATA, &received);
    curl_easy_setopt(aws->curl, CURLOPT_TIMEOUT, TIMEOUT_S);
    curl_easy_setopt(aws->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(aws->curl, CURLOPT_FRESH_CONNECT, aws->losses_expected ? 1L : 0L);
    if (sent != NULL)
        curl_easy_setopt(aws->curl, CURLOPT_POSTFIELDS, sent);
    if (strcmp(method, "GET") != 0 && strcmp(method, "POST") != 0)
        curl_easy_setopt(aws->curl, CURLOPT_CUSTOMREQUEST, method);

    CURLcode code = curl_easy_perform(aws->curl);
    bool answered = code == CURLE_OK ? read(aws, what, &received, out_answer)
                                     : read_loss(aws, code, out_answer);
    if (code != CURLE_OK && !answered)
        aws_problem_set(aws, "%s does not answer: %s", what,
                        reason[0] != '\0' ? reason : curl_easy_strerror(code));
    curl_easy_reset(aws->curl);
    curl_slist_free_all(headers);
    text_clear(&received);
    free(sent);
    return answered;
}

/* Takes `input`, which may be NULL. */
static char *printed(struct json *input)
{
    char *text = input == NULL ? NULL : json_print(input);
    json_free(input);
    return text;
}

/* SigV4 by libcurl: the account's number is its access key. A token goes into a header instead. */
static void sign(struct aws *aws, const struct aws_caller *caller, const char *name,
                 struct curl_slist **headers)
{
    if (caller->token != NULL) {
        char *bearer = mem_format("Authorization: Bearer %s", caller->token);
        *headers = curl_slist_append(*headers, bearer);
        free(bearer);
        return;
    }
    char *scope = mem_format("aws:amz:%s:%s", caller->region, name);
    char *key = mem_format("%s:secret", caller->account);
    curl_easy_setopt(aws->curl, CURLOPT_AWS_SIGV4, scope);
    curl_easy_setopt(aws->curl, CURLOPT_USERPWD, key);
    free(scope);
    free(key);
}

bool aws_call(struct aws *aws, enum aws_service service, const char *operation,
              const struct aws_caller *caller, struct json *input, struct aws_answer *out_answer)
{
    assert(input != NULL && caller->account != NULL && caller->region != NULL);
    *out_answer = (struct aws_answer){0};
    const struct service *facts = &SERVICES[service];
    char *target = mem_format("X-Amz-Target: %s.%s", facts->target_prefix, operation);
    char *type = mem_format("Content-Type: %s", facts->content_type);
    char *what = mem_format("%s (%s)", aws->endpoint, operation);

    struct curl_slist *headers = curl_slist_append(NULL, target);
    headers = curl_slist_append(headers, type);
    sign(aws, caller, facts->signing_name, &headers);
    bool answered =
        perform(aws, what, aws->endpoint, "POST", headers, printed(input), read_answer, out_answer);

    free(target);
    free(type);
    free(what);
    return answered;
}

bool aws_iam(struct aws *aws, const char *operation, const struct aws_caller *caller,
             const char *form, struct aws_answer *out_answer)
{
    *out_answer = (struct aws_answer){0};
    char *what = mem_format("%s (%s)", aws->endpoint, operation);
    char *sent = mem_format("Action=%s&Version=2010-05-08&%s", operation, form);
    struct curl_slist *headers =
        curl_slist_append(NULL, "Content-Type: application/x-www-form-urlencoded");
    sign(aws, caller, "iam", &headers);
    bool answered = perform(aws, what, aws->endpoint, "POST", headers, sent, read_xml, out_answer);
    free(what);
    return answered;
}

bool aws_control(struct aws *aws, const char *method, const char *path, struct json *input,
                 struct aws_answer *out_answer)
{
    *out_answer = (struct aws_answer){0};
    struct curl_slist *headers =
        input == NULL ? NULL : curl_slist_append(NULL, "Content-Type: application/json");
    char *url = mem_format("%s%s", aws->endpoint, path);
    bool answered =
        perform(aws, url, url, method, headers, printed(input), read_answer, out_answer);
    free(url);
    return answered;
}

bool aws_scim(struct aws *aws, const char *method, const char *url, const char *token,
              struct json *input, struct aws_answer *out_answer)
{
    *out_answer = (struct aws_answer){0};
    char *bearer = mem_format("Authorization: Bearer %s", token);
    struct curl_slist *headers = curl_slist_append(NULL, bearer);
    if (input != NULL)
        headers = curl_slist_append(headers, "Content-Type: application/scim+json");
    bool answered =
        perform(aws, url, url, method, headers, printed(input), read_answer, out_answer);
    if (answered && out_answer->code[0] != '\0')
        name_status(out_answer);
    free(bearer);
    return answered;
}

void aws_answer_clear(struct aws_answer *answer)
{
    json_document_free(answer->document);
    *answer = (struct aws_answer){0};
}
