/* SPDX-License-Identifier: MIT */
/*
 * sts: who is calling, and roles of other accounts (identity-wire 11.1). Nothing is refused, for
 * nobody's rights are known here.
 */
#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "base/text.h"
#include "services/calls.h"
#include "wire/shapes.h"

enum { UNIQUE_ID_BYTES = 22 };

static const int64_t DURATION_S = 3600; /* unless the caller says otherwise */

static const struct pattern PATTERN_ARN = {
    .text = "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD]+"};
static const struct pattern PATTERN_POLICY = {.text = "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+"};
static const struct pattern PATTERN_SESSION = {.text = "[\\w+=,.@-]*"};
static const struct pattern PATTERN_TAG_KEY = {.text = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+"};
static const struct pattern PATTERN_EXTERNAL_ID = {.text = "[\\w+=,.@:\\/-]*"};
static const struct pattern PATTERN_SERIAL = {.text = "[\\w+=/:,.@-]*"};
static const struct pattern PATTERN_CODE = {.text = "[\\d]*"};
static const struct pattern PATTERN_ROLE_ARN = {
    .text = "arn:aws:iam::\\d{12}:role/([!-~]*/)?[\\w+=,.@-]{1,64}"};

static const struct shape POLICY_ARN_MEMBERS[] = {
    {.name = "arn", .min = 20, .max = 2048, .pattern = &PATTERN_ARN}, {0}};
static const struct shape POLICY_ARN_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = POLICY_ARN_MEMBERS}};
static const struct shape TAG_MEMBERS[] = {
    {.name = "Key", .required = true, .min = 1, .max = 128, .pattern = &PATTERN_TAG_KEY},
    {.name = "Value", .required = true, .max = 256, .pattern = &PATTERN_TAG},
    {0}};
static const struct shape TAG_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = TAG_MEMBERS}};
static const struct shape TAG_KEY_ELEMENT[] = {
    {.name = "member", .min = 1, .max = 128, .pattern = &PATTERN_TAG_KEY}};
static const struct shape CONTEXT_MEMBERS[] = {
    {.name = "ProviderArn", .min = 20, .max = 2048, .pattern = &PATTERN_ARN},
    {.name = "ContextAssertion", .min = 4, .max = 2048},
    {0}};
static const struct shape CONTEXT_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = CONTEXT_MEMBERS}};
static const struct shape ASSUME_ROLE_IN[] = {
    {.name = "RoleArn", .required = true, .min = 20, .max = 2048, .pattern = &PATTERN_ARN},
    {.name = "RoleSessionName", .required = true, .min = 2, .max = 64, .pattern = &PATTERN_SESSION},
    {.name = "PolicyArns", .kind = SHAPE_LIST, .members = POLICY_ARN_ELEMENT},
    {.name = "Policy", .min = 1, .pattern = &PATTERN_POLICY},
    {.name = "DurationSeconds", .kind = SHAPE_INTEGER, .min = 900, .max = 43200},
    {.name = "Tags", .kind = SHAPE_LIST, .max = 50, .members = TAG_ELEMENT},
    {.name = "TransitiveTagKeys", .kind = SHAPE_LIST, .max = 50, .members = TAG_KEY_ELEMENT},
    {.name = "ExternalId", .min = 2, .max = 1224, .pattern = &PATTERN_EXTERNAL_ID},
    {.name = "SerialNumber", .min = 9, .max = 256, .pattern = &PATTERN_SERIAL},
    {.name = "TokenCode", .min = 6, .max = 6, .pattern = &PATTERN_CODE},
    {.name = "SourceIdentity", .min = 2, .max = 64, .pattern = &PATTERN_SESSION},
    {.name = "ProvidedContexts",
     .kind = SHAPE_LIST,
     .min = 1,
     .max = 5,
     .members = CONTEXT_ELEMENT},
    {0}};
static const struct shape CREDENTIALS_MEMBERS[] = {
    {.name = "AccessKeyId", .required = true},
    {.name = "SecretAccessKey", .required = true},
    {.name = "SessionToken", .required = true},
    {.name = "Expiration", .kind = SHAPE_TIMESTAMP, .required = true},
    {0}};
static const struct shape ROLE_USER_MEMBERS[] = {
    {.name = "AssumedRoleId", .required = true}, {.name = "Arn", .required = true}, {0}};
static const struct shape ASSUME_ROLE_OUT[] = {
    {.name = "Credentials", .kind = SHAPE_STRUCTURE, .members = CREDENTIALS_MEMBERS},
    {.name = "AssumedRoleUser", .kind = SHAPE_STRUCTURE, .members = ROLE_USER_MEMBERS},
    {.name = "SourceIdentity"},
    {0}};
static const struct shape CALLER_OUT[] = {
    {.name = "UserId"}, {.name = "Account"}, {.name = "Arn"}, {0}};

/* The same ARN has the same id for ever, without a row for it. */
static void unique_id(const char *prefix, const char *arn, char out[UNIQUE_ID_BYTES])
{
    struct ids ids = {.seed = hash_text(HASH_START, arn)};
    char rest[18];
    ids_upper(&ids, rest, 17);
    snprintf(out, UNIQUE_ID_BYTES, "%.4s%s", prefix, rest);
}

static enum fault get_caller_identity(struct call *call)
{
    char id[UNIQUE_ID_BYTES];
    unique_id("AIDA", call->actor, id);
    json_put_text(call->output, "UserId", id);
    json_put_text(call->output, "Account", call->account);
    json_put_text(call->output, "Arn", call->actor);
    return FAULT_NONE;
}

/* The access key is the role's account, for that is how a call says where it lands. */
static void put_credentials(struct call *call, const char *account)
{
    const struct json *asked = json_member(call->input, "DurationSeconds");
    int64_t duration_s = json_is_integer(asked) ? json_integer(asked) : DURATION_S;
    struct world *world = world_of(call);
    struct json *out = json_put(call->output, "Credentials", json_new_object());
    char secret[41];
    char token[65];
    ids_upper(&world->ids, secret, sizeof secret - 1);
    ids_upper(&world->ids, token, sizeof token - 1);
    json_put_text(out, "AccessKeyId", account);
    json_put_text(out, "SecretAccessKey", secret);
    json_put_text(out, "SessionToken", token);
    json_put_integer(out, "Expiration", world->now_s + duration_s);
}

static enum fault assume_role(struct call *call)
{
    const char *arn = json_member_text(call->input, "RoleArn");
    const char *session = json_member_text(call->input, "RoleSessionName");
    char id[UNIQUE_ID_BYTES];
    char account[ACCOUNT_BYTES];
    if (!pattern_matches(NULL, &PATTERN_ROLE_ARN, arn))
        return problem_set(&call->problem, FAULT_INVALID, "%s is invalid", arn);
    snprintf(account, sizeof account, "%.12s", arn + strlen("arn:aws:iam::"));
    put_credentials(call, account);
    unique_id("AROA", arn, id);
    struct json *user = json_put(call->output, "AssumedRoleUser", json_new_object());
    struct text text = {0};
    text_addf(&text, "%s:%s", id, session);
    json_put_text(user, "AssumedRoleId", text_chars(&text));
    text_clear(&text);
    text_addf(&text, "arn:aws:sts::%s:assumed-role/%s/%s", account, strrchr(arn, '/') + 1, session);
    json_put_text(user, "Arn", text_chars(&text));
    text_clear(&text);
    const struct json *source = json_member(call->input, "SourceIdentity");
    if (source != NULL)
        json_put(call->output, "SourceIdentity", json_copy(source));
    return FAULT_NONE;
}

static const struct operation OPERATIONS[] = {
    OPERATION("GetCallerIdentity", READ, NO_SHAPE, CALLER_OUT, get_caller_identity),
    OPERATION("AssumeRole", WRITE, ASSUME_ROLE_IN, ASSUME_ROLE_OUT, assume_role),
    {0}};

const struct service STS_SERVICE = {.name = "sts",
                                    .protocol = PROTOCOL_QUERY,
                                    .scopes = (const char *const[]){"sts", NULL},
                                    .content_type = "text/xml",
                                    .version = "2011-06-15",
                                    .xml_namespace = "https://sts.amazonaws.com/doc/2011-06-15/",
                                    .operations = OPERATIONS};
