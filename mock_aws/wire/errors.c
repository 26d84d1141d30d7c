/* SPDX-License-Identifier: MIT */
/* The common tables of faults, and the JSON bodies in which an error is told. Sends nothing. */
#include "wire/errors.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/times.h"

/* 400 for every error of the client, whatever its name (identity-wire 2.3, kiro-wire 2.3). */
static const struct fault_name AWS_FAULTS[] = {
    {FAULT_INVALID, "ValidationException", 400},
    {FAULT_NOT_FOUND, "ResourceNotFoundException", 400},
    {FAULT_CONFLICT, "ConflictException", 400},
    {FAULT_DENIED, "AccessDeniedException", 400},
    {FAULT_QUOTA, "ServiceQuotaExceededException", 400},
    {FAULT_EXHAUSTED, "ServiceQuotaExceededException", 400},
    {FAULT_SERIALIZATION, "SerializationException", 400},
    {FAULT_UNKNOWN_OPERATION, "UnknownOperationException", 400},
    {FAULT_METHOD, "UnknownOperationException", 404},
    {FAULT_MEDIA_TYPE, "UnknownOperationException", 404},
    {FAULT_TOO_LARGE, "RequestEntityTooLargeException", 413},
    {FAULT_MISSING_TOKEN, "MissingAuthenticationTokenException", 400},
    {FAULT_INCOMPLETE_SIGNATURE, "IncompleteSignatureException", 400},
    {FAULT_INVALID_SIGNATURE, "InvalidSignatureException", 400},
    {FAULT_UNKNOWN_KEY, "UnrecognizedClientException", 400},
    {FAULT_THROTTLED, "ThrottlingException", 400},
    {FAULT_UNAVAILABLE, "ServiceUnavailableException", 503},
    {FAULT_BROKEN, "InternalServerException", 500},
    {FAULT_NONE, NULL, 0}};

/* Statuses as modelled (identity-wire 2.5). */
static const struct fault_name REST_FAULTS[] = {
    {FAULT_INVALID, "ValidationException", 400},
    {FAULT_NOT_FOUND, "ResourceNotFoundException", 404},
    {FAULT_CONFLICT, "ConflictException", 409},
    {FAULT_DENIED, "AccessDeniedException", 403},
    {FAULT_QUOTA, "ServiceQuotaExceededException", 402},
    {FAULT_EXHAUSTED, "ServiceQuotaExceededException", 402},
    {FAULT_UNAUTHORIZED, "UnauthorizedException", 401},
    {FAULT_SERIALIZATION, "SerializationException", 400},
    {FAULT_UNKNOWN_OPERATION, "UnknownOperationException", 404},
    {FAULT_METHOD, "UnknownOperationException", 404},
    {FAULT_MEDIA_TYPE, "UnsupportedMediaTypeException", 415},
    {FAULT_TOO_LARGE, "RequestEntityTooLargeException", 413},
    {FAULT_MISSING_TOKEN, "MissingAuthenticationTokenException", 403},
    {FAULT_INCOMPLETE_SIGNATURE, "IncompleteSignatureException", 403},
    {FAULT_INVALID_SIGNATURE, "InvalidSignatureException", 403},
    {FAULT_UNKNOWN_KEY, "UnrecognizedClientException", 403},
    {FAULT_NONE, NULL, 0}};

/* Short names, statuses as modelled (identity-wire 2.6, 3.4). */
static const struct fault_name QUERY_FAULTS[] = {
    {FAULT_INVALID, "ValidationError", 400},
    {FAULT_NOT_FOUND, "NoSuchEntity", 404},
    {FAULT_CONFLICT, "EntityAlreadyExists", 409},
    {FAULT_DENIED, "AccessDenied", 403},
    {FAULT_QUOTA, "LimitExceeded", 409},
    {FAULT_SERIALIZATION, "MalformedInput", 400},
    {FAULT_UNKNOWN_OPERATION, "InvalidAction", 400},
    {FAULT_MISSING_ACTION, "MissingAction", 400},
    {FAULT_TOO_LARGE, "RequestEntityTooLarge", 413},
    {FAULT_MISSING_TOKEN, "MissingAuthenticationToken", 403},
    {FAULT_INCOMPLETE_SIGNATURE, "IncompleteSignature", 400},
    {FAULT_INVALID_SIGNATURE, "SignatureDoesNotMatch", 403},
    {FAULT_UNKNOWN_KEY, "InvalidClientTokenId", 403},
    {FAULT_THROTTLED, "Throttling", 400},
    {FAULT_UNAVAILABLE, "ServiceUnavailable", 503},
    {FAULT_BROKEN, "InternalFailure", 500},
    {FAULT_INTERNAL, "ServiceFailure", 500},
    {FAULT_NONE, NULL, 0}};

static const struct fault_name CONTROL_FAULTS[] = {
    {FAULT_INVALID, "ValidationException", 400},
    {FAULT_NOT_FOUND, "ResourceNotFoundException", 404},
    {FAULT_CONFLICT, "ConflictException", 409},
    {FAULT_DENIED, "AccessDeniedException", 403},
    {FAULT_QUOTA, "ServiceQuotaExceededException", 400},
    {FAULT_EXHAUSTED, "ServiceQuotaExceededException", 400},
    {FAULT_SERIALIZATION, "SerializationException", 400},
    {FAULT_UNKNOWN_OPERATION, "UnknownOperationException", 404},
    {FAULT_METHOD, "MethodNotAllowedException", 405},
    {FAULT_MEDIA_TYPE, "UnsupportedMediaTypeException", 415},
    {FAULT_TOO_LARGE, "RequestEntityTooLargeException", 413},
    {FAULT_NONE, NULL, 0}};

/* identity-wire 9.2. A body that is no JSON, and a shape that is broken, are told alike. */
static const struct fault_name SCIM_FAULTS[] = {
    {FAULT_INVALID, "ValidationException", 400},
    {FAULT_NOT_FOUND, "ResourceNotFoundException", 404},
    {FAULT_CONFLICT, "ConflictException", 409},
    {FAULT_DENIED, "AccessDeniedException", 403},
    {FAULT_UNAUTHORIZED, "UnauthorizedException", 401},
    {FAULT_THROTTLED, "ThrottlingException", 429},
    {FAULT_UNAVAILABLE, "ServiceUnavailableException", 503},
    {FAULT_BROKEN, "InternalServerException", 500},
    {FAULT_SERIALIZATION, "ValidationException", 400},
    {FAULT_UNKNOWN_OPERATION, "ResourceNotFoundException", 404},
    {FAULT_METHOD, "ResourceNotFoundException", 405},
    {FAULT_MEDIA_TYPE, "ValidationException", 415},
    {FAULT_TOO_LARGE, "ValidationException", 413},
    {FAULT_NONE, NULL, 0}};

static const struct fault_name UNKNOWN = {FAULT_INTERNAL, "InternalServerException", 500};

/*
 * What the front end of a service answers before the service sees the request: no members of the
 * service's model.
 */
static bool is_gateway(enum fault fault)
{
    static const enum fault GATEWAY[] = {FAULT_SERIALIZATION,
                                         FAULT_UNKNOWN_OPERATION,
                                         FAULT_METHOD,
                                         FAULT_MEDIA_TYPE,
                                         FAULT_TOO_LARGE,
                                         FAULT_MISSING_TOKEN,
                                         FAULT_INVALID_SIGNATURE,
                                         FAULT_INCOMPLETE_SIGNATURE,
                                         FAULT_UNKNOWN_KEY};
    for (size_t i = 0; i < sizeof GATEWAY / sizeof GATEWAY[0]; i++) {
        if (GATEWAY[i] == fault)
            return true;
    }
    return false;
}

static const struct fault_name *find(const struct fault_name *table, enum fault fault)
{
    for (; table != NULL && table->fault != FAULT_NONE; table++) {
        if (table->fault == fault)
            return table;
    }
    return NULL;
}

const struct fault_name *fault_name(const struct service *service, enum fault fault)
{
    static const struct fault_name *const COMMON[] = {[PROTOCOL_AWS_JSON] = AWS_FAULTS,
                                                      [PROTOCOL_REST_JSON] = REST_FAULTS,
                                                      [PROTOCOL_QUERY] = QUERY_FAULTS,
                                                      [PROTOCOL_CONTROL] = CONTROL_FAULTS,
                                                      [PROTOCOL_SCIM] = SCIM_FAULTS};
    enum protocol protocol = service == NULL ? PROTOCOL_AWS_JSON : service->protocol;
    assert(fault != FAULT_NONE);
    const struct fault_name *name = service == NULL ? NULL : find(service->faults, fault);
    if (name == NULL)
        name = find(COMMON[protocol], fault);
    return name != NULL ? name : &UNKNOWN;
}

enum fault fault_told(const struct service *service, enum fault fault, const char *pointer)
{
    const struct member_fault *row = service->member_faults;
    for (; fault == FAULT_INVALID && row != NULL && row->pointer != NULL; row++)
        if (strcmp(row->pointer, pointer) == 0)
            return row->fault;
    return fault;
}

static void put_unless_empty(struct json *object, const char *name, const char *text)
{
    if (text[0] != '\0')
        json_put_text(object, name, text);
}

static struct json *control_body(const char *name, const struct problem *problem)
{
    struct json *body = json_new_object();
    struct json *error = json_put(body, "error", json_new_object());
    json_put_text(error, "code", name);
    json_put_text(error, "message", problem->message);
    json_put_text(error, "path", problem->path);
    if (problem->line != 0) {
        json_put_integer(error, "line", problem->line);
        json_put_integer(error, "column", problem->column);
    }
    return body;
}

/*
 * The singular "schema" beside "schemas" is real; the status is a text; the time has milliseconds
 * and no zone (identity-wire 9.2).
 */
static struct json *scim_body(const struct fault_name *name, const struct problem *problem,
                              const char *request_id, int64_t now_s)
{
    static const char *const KEYS[] = {"schema", "schemas"};
    static const char UNPARSABLE[] =
        "Request is unparsable, syntactically incorrect, or violates schema. ";
    struct json *body = json_new_object();
    struct text detail = {0};
    char status[16];
    char stamp[TIME_TEXT_BYTES];
    snprintf(status, sizeof status, "%d", name->status);
    time_print(now_s, stamp);
    stamp[strcspn(stamp, "T")] = ' ';
    stamp[strcspn(stamp, "Z")] = '\0';
    text_addf(&detail, "%s%s", name->fault == FAULT_SERIALIZATION ? UNPARSABLE : "",
              problem->message);
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++)
        json_push(json_put(body, KEYS[i], json_new_array()),
                  json_new_text("urn:ietf:params:scim:api:messages:2.0:Error"));
    json_put_text(body, "detail", text_chars(&detail));
    json_put_text(body, "status", status);
    json_put_text(body, "exceptionRequestId", request_id);
    text_clear(&detail);
    text_addf(&detail, "%s.000", stamp);
    json_put_text(body, "timeStamp", text_chars(&detail));
    text_clear(&detail);
    return body;
}

struct json *error_body(const struct service *service, enum fault fault,
                        const struct problem *problem, const char *request_id, int64_t now_s)
{
    const char *name = fault_name(service, fault)->name;
    bool gateway = is_gateway(fault);
    const char *error_namespace = service == NULL ? NULL : service->error_namespace;
    if (service != NULL && service->protocol == PROTOCOL_CONTROL)
        return control_body(name, problem);
    if (service != NULL && service->protocol == PROTOCOL_SCIM)
        return scim_body(fault_name(service, fault), problem, request_id, now_s);
    struct json *body = json_new_object();
    if (error_namespace == NULL) {
        json_put_text(body, "__type", name);
        put_unless_empty(body, "Message", problem->message);
    } else {
        struct text type = {0};
        text_addf(&type, "%s#%s", gateway ? "com.amazon.coral.service" : error_namespace, name);
        json_put_text(body, "__type", text_chars(&type));
        text_clear(&type);
    }
    /*
     * The same text under both spellings: botocore reads either, JavaScript shows this one
     * (identity-wire 2.3).
     */
    put_unless_empty(body, "message", problem->message);
    if (gateway)
        return body;
    bool lower = error_namespace != NULL; /* as those models spell their members */
    put_unless_empty(body, lower ? "resourceType" : "ResourceType", problem->resource_type);
    put_unless_empty(body, lower ? "resourceId" : "ResourceId", problem->resource_id);
    bool told = problem->reason[0] == '\0' && fault == FAULT_INVALID && service != NULL &&
                service->violation_member && problem->violation != NULL;
    put_unless_empty(body, lower ? "reason" : "Reason",
                     told ? problem->violation : problem->reason);
    if (service != NULL && service->request_id_member)
        json_put_text(body, "RequestId", request_id);
    return body;
}
