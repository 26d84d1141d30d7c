/* SPDX-License-Identifier: MIT */
/*
 * sso-admin: tags of instances, permission sets, applications and trusted token issuers
 * (identity-wire 6.5).
 */
#include <string.h>

#include "services/kiro/applications.h"
#include "services/sso_admin/sso_admin.h"
#include "services/tags.h"

enum { TAGS_MAX = 50 };

#define TAGGED                                                                                     \
    {.name = "InstanceArn", SSO_ARN, .pattern = &PATTERN_INSTANCE_ARN},                            \
    {                                                                                              \
        .name = "ResourceArn", .required = true, .min = 10, .max = 2048,                           \
        .pattern = &PATTERN_TAGGABLE_ARN                                                           \
    }
static const struct shape TAG_IN[] = {TAGGED, {TAGS_IN, .required = true}, {0}};
static const struct shape KEY_ELEMENT[] = {
    {.name = "member", .min = 1, .max = 128, .pattern = &PATTERN_TAG}};
static const struct shape UNTAG_IN[] = {
    TAGGED, {.name = "TagKeys", .required = true, .min = 1, .max = 75, LIST_OF(KEY_ELEMENT)}, {0}};
static const struct shape LIST_IN[] = {TAGGED, {NEXT_TOKEN_IN}, {0}};
static const struct shape LIST_OUT[] = {
    {.name = "Tags", LIST_OF(SSO_TAG_ELEMENT)}, {.name = "NextToken"}, {0}};

static const struct tags TAGS = {"tag", "Key", "Value"};

enum fault sso_tag(struct call *call, const char *arn, const struct json *tags)
{
    size_t count;
    for (const struct json *tag = json_first(tags); tag != NULL; tag = json_next(tag)) {
        const char *key = json_member_text(tag, "Key");
        if (strncmp(key, "aws:", strlen("aws:")) == 0)
            return problem_set(&call->problem, FAULT_INVALID,
                               "The tag key %s begins with aws:, which is AWS's own.", key);
    }
    enum fault fault = tags_put(call, &TAGS, arn, tags, &count);
    if (fault != FAULT_NONE)
        return fault;
    if (count > TAGS_MAX)
        return problem_set(&call->problem, FAULT_QUOTA, "No more than %d tags can be set.",
                           (int)TAGS_MAX);
    return FAULT_NONE;
}

/* Which records a resource is one of, by its ARN; an instance is none. */
static const struct {
    const char *part;
    const char *kind;
    const char *words;
} RESOURCES[] = {{":instance/", NULL, "instance"},
                 {":permissionSet/", SSO_PERMISSION_SET, "permission set"},
                 {":application/", SSO_APPLICATION, "application"},
                 {":trustedTokenIssuer/", SSO_TRUSTED_TOKEN_ISSUER, "trusted token issuer"}};

static enum fault tagged(struct call *call)
{
    const char *arn = json_member_text(call->input, "ResourceArn");
    const char *instance_arn = json_member_text(call->input, "InstanceArn");
    struct instance instance;
    struct json *value = NULL;
    int managed = -1;
    size_t which = 0;
    while (strstr(arn, RESOURCES[which].part) == NULL) /* the pattern knows no others */
        which++;
    const char *kind = RESOURCES[which].kind;
    if (kind != NULL && strcmp(kind, SSO_PERMISSION_SET) == 0 && instance_arn == NULL)
        return problem_set(&call->problem, FAULT_INVALID,
                           "InstanceArn is required with the ARN of a permission set.");
    enum fault fault = sso_instance_of(call, arn, call->operation->access == READ, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = sso_instance_ready(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    if (instance_arn != NULL && strcmp(instance_arn, instance.instance_arn) != 0)
        return sso_missing(call, RESOURCES[which].words, arn);
    fault = kiro_application_get(call, &instance, arn, NULL, &managed);
    if (fault != FAULT_NONE)
        return fault;
    if (kind == NULL || managed >= 0)
        return FAULT_NONE;
    fault = value_get(call, kind, instance.instance_arn, arn, &value);
    json_free(value);
    return fault == FAULT_NOT_FOUND ? sso_missing(call, RESOURCES[which].words, arn) : fault;
}

static enum fault tag_resource(struct call *call)
{
    enum fault fault = tagged(call);
    if (fault != FAULT_NONE)
        return fault;
    return sso_tag(call, json_member_text(call->input, "ResourceArn"),
                   json_member(call->input, "Tags"));
}

static enum fault untag_resource(struct call *call)
{
    enum fault fault = tagged(call);
    if (fault != FAULT_NONE)
        return fault;
    return tags_remove(call, &TAGS, json_member_text(call->input, "ResourceArn"),
                       json_member(call->input, "TagKeys"));
}

static enum fault list_tags(struct call *call)
{
    struct listing listing = {0};
    enum fault fault = tagged(call);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &SSO_PAGING, "Tags", &listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = tags_list(call, &TAGS, json_member_text(call->input, "ResourceArn"), &listing);
    return listing_end(call, &SSO_PAGING, &listing, fault);
}

const struct operation SSO_TAG_OPERATIONS[] = {
    OPERATION("TagResource", WRITE, TAG_IN, NO_SHAPE, tag_resource),
    OPERATION("UntagResource", WRITE, UNTAG_IN, NO_SHAPE, untag_resource),
    OPERATION("ListTagsForResource", READ, LIST_IN, LIST_OUT, list_tags),
    {0}};
