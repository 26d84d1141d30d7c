/* SPDX-License-Identifier: MIT */
/*
 * organizations: tags of accounts, units, the root and policies; the organization's own resource
 * policy (identity-wire 7.2).
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "services/organizations/organizations.h"
#include "services/tags.h"

enum { TAGS_MAX = 50 };

static const struct shape TAG_MEMBERS[] = {
    {.name = "Key", .required = true, .min = 1, .max = 128, .pattern = &PATTERN_TAG},
    {.name = "Value", .required = true, .max = 256, .pattern = &PATTERN_TAG},
    {0}};
const struct shape ORGANIZATION_TAG_ELEMENT[] = {{.name = "member", STRUCTURE(TAG_MEMBERS)}};
#define RESOURCE_IN                                                                                \
    .name = "ResourceId", .required = true, .max = 130, .pattern = &PATTERN_TAGGED_ID
static const struct shape TAG_IN[] = {{RESOURCE_IN}, {TAG_LIST_IN, .required = true}, {0}};
static const struct shape KEY_ELEMENT[] = {
    {.name = "member", .min = 1, .max = 128, .pattern = &PATTERN_TAG}};
static const struct shape UNTAG_IN[] = {
    {RESOURCE_IN}, {.name = "TagKeys", .required = true, LIST_OF(KEY_ELEMENT)}, {0}};
static const struct shape LIST_IN[] = {{RESOURCE_IN}, {PAGE_TOKEN_IN}, {0}};
static const struct shape LIST_OUT[] = {
    {.name = "Tags", LIST_OF(ORGANIZATION_TAG_ELEMENT)}, {.name = "NextToken"}, {0}};
static const struct shape PUT_IN[] = {
    {.name = "Content", .required = true, .min = 1, .max = 40000}, {TAG_LIST_IN}, {0}};
static const struct shape SUMMARY_MEMBERS[] = {{.name = "Id"}, {.name = "Arn"}, {0}};
static const struct shape RESOURCE_POLICY_MEMBERS[] = {
    {.name = "ResourcePolicySummary", STRUCTURE(SUMMARY_MEMBERS)}, {.name = "Content"}, {0}};
static const struct shape RESOURCE_POLICY_OUT[] = {
    {.name = "ResourcePolicy", STRUCTURE(RESOURCE_POLICY_MEMBERS)}, {0}};

static const struct tags TAGS = {ORGANIZATION_TAG, "Key", "Value"};
static const struct paging TAG_PAGING = {"NextToken", "MaxResults", TAGS_MAX, TAGS_MAX};

static enum fault check_key(struct call *call, const struct json *tag)
{
    const char *key = json_member_text(tag, "Key");
    if (strncasecmp(key, "aws:", strlen("aws:")) == 0)
        return organization_forbid(call, FAULT_INVALID, "INVALID_SYSTEM_TAGS_PARAMETER",
                                   "Tag keys that begin with aws: are AWS's own.");
    for (const struct json *other = json_next(tag); other != NULL; other = json_next(other))
        if (strcmp(json_member_text(other, "Key"), key) == 0)
            return organization_forbid(call, FAULT_INVALID, "DUPLICATE_TAG_KEY",
                                       "A tag key is given twice.");
    return FAULT_NONE;
}

enum fault organization_tag(struct call *call, const struct organization *organization,
                            const char *id, const struct json *tags)
{
    enum fault fault = FAULT_NONE;
    size_t count;
    for (const struct json *tag = json_first(tags); tag != NULL; tag = json_next(tag)) {
        fault = check_key(call, tag);
        if (fault != FAULT_NONE)
            return fault;
    }
    fault = tags_put(call, &TAGS, organization_scope(organization, id).chars, tags, &count);
    if (fault != FAULT_NONE)
        return fault;
    if (count > TAGS_MAX)
        return organization_forbid(call, FAULT_CONSTRAINT, "MAX_TAG_LIMIT_EXCEEDED",
                                   "A resource has at most 50 tags.");
    return FAULT_NONE;
}

/* Anything with an id; AWS's own policies belong to nobody who could tag them. */
static enum fault named_resource(struct call *call, struct organization *out_organization,
                                 const char **out_id)
{
    struct entity entity;
    struct json *value = NULL;
    const char *id = *out_id = json_member_text(call->input, "ResourceId");
    enum fault fault = organization_of(call, out_organization);
    if (fault != FAULT_NONE)
        return fault;
    if (strncmp(id, "p-", 2) == 0) {
        fault = value_get(call, POLICY, out_organization->organization_id, id, &value);
    } else if (strncmp(id, "rp-", 3) == 0) {
        fault = value_get(call, RESOURCE_POLICY, out_organization->organization_id, "", &value);
        if (fault == FAULT_NONE && strcmp(json_member_text(value, "Id"), id) != 0)
            fault = FAULT_NOT_FOUND;
    } else {
        fault = entity_get(call, out_organization, id, &entity);
    }
    json_free(value);
    return fault == FAULT_NOT_FOUND ? organization_refuse(call, TARGET_UNKNOWN, id) : fault;
}

static enum fault tag_resource(struct call *call)
{
    struct organization organization;
    const char *id;
    enum fault fault = named_resource(call, &organization, &id);
    if (fault != FAULT_NONE)
        return fault;
    return organization_tag(call, &organization, id, json_member(call->input, "Tags"));
}

static enum fault untag_resource(struct call *call)
{
    struct organization organization;
    const char *id;
    enum fault fault = named_resource(call, &organization, &id);
    if (fault != FAULT_NONE)
        return fault;
    return tags_remove(call, &TAGS, organization_scope(&organization, id).chars,
                       json_member(call->input, "TagKeys"));
}

static enum fault list_tags(struct call *call)
{
    struct organization organization;
    struct listing listing;
    const char *id;
    enum fault fault = named_resource(call, &organization, &id);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &TAG_PAGING, "Tags", &listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = tags_list(call, &TAGS, organization_scope(&organization, id).chars, &listing);
    return listing_end(call, &TAG_PAGING, &listing, fault);
}

static void put_resource_policy(struct call *call, const struct organization *organization,
                                const struct json *policy)
{
    struct json *out = json_put(call->output, "ResourcePolicy", json_new_object());
    struct json *summary = json_put(out, "ResourcePolicySummary", json_new_object());
    const char *id = json_member_text(policy, "Id");
    json_put_text(summary, "Id", id);
    organization_put_arn(summary, "Arn", organization, "resourcepolicy", id);
    json_put_text(out, "Content", json_member_text(policy, "Content"));
}

static enum fault find_resource_policy(struct call *call, struct organization *out_organization,
                                       struct json **out_policy)
{
    *out_policy = NULL;
    enum fault fault = organization_with_features(call, out_organization);
    if (fault != FAULT_NONE)
        return fault;
    return value_get(call, RESOURCE_POLICY, out_organization->organization_id, "", out_policy);
}

static bool is_object(const char *content)
{
    struct json_error error;
    struct json_document *document = json_parse(content, strlen(content), JSON_STRICT, &error);
    bool object = document != NULL && json_kind(json_document_root(document)) == JSON_OBJECT;
    json_document_free(document);
    return object;
}

static enum fault put_the_resource_policy(struct call *call)
{
    struct organization organization;
    struct json *policy;
    char suffix[11];
    char id[16];
    const char *content = json_member_text(call->input, "Content");
    enum fault fault = find_resource_policy(call, &organization, &policy);
    bool there = fault == FAULT_NONE;
    if (fault != FAULT_NONE && fault != FAULT_NOT_FOUND)
        return fault;
    if (!there) {
        ids_hex(&world_of(call)->ids, suffix, sizeof suffix - 1);
        snprintf(id, sizeof id, "rp-%s", suffix);
        policy = json_new_object();
        json_put_text(policy, "Id", id);
    }
    text_copy(id, sizeof id, json_member_text(policy, "Id"));
    json_put_text(policy, "Content", content);
    fault = is_object(content)
                ? value_put(call, RESOURCE_POLICY, organization.organization_id, "", policy)
                : organization_forbid(call, FAULT_INVALID, "INVALID_RESOURCE_POLICY_JSON",
                                      "The content must be a JSON object.");
    if (fault == FAULT_NONE)
        fault = organization_tag(call, &organization, id, json_member(call->input, "Tags"));
    if (fault == FAULT_NONE)
        put_resource_policy(call, &organization, policy);
    json_free(policy);
    return fault;
}

static enum fault describe_resource_policy(struct call *call)
{
    struct organization organization;
    struct json *policy;
    enum fault fault = find_resource_policy(call, &organization, &policy);
    if (fault == FAULT_NOT_FOUND)
        return organization_refuse(call, RESOURCE_POLICY_UNKNOWN, organization.organization_id);
    if (fault != FAULT_NONE)
        return fault;
    put_resource_policy(call, &organization, policy);
    json_free(policy);
    return FAULT_NONE;
}

static enum fault delete_resource_policy(struct call *call)
{
    struct organization organization;
    struct json *policy;
    enum fault fault = find_resource_policy(call, &organization, &policy);
    if (fault == FAULT_NOT_FOUND)
        return organization_refuse(call, RESOURCE_POLICY_UNKNOWN, organization.organization_id);
    if (fault != FAULT_NONE)
        return fault;
    fault = organization_forget(call, &organization, json_member_text(policy, "Id"));
    json_free(policy);
    if (fault != FAULT_NONE)
        return fault;
    return record_delete(world_of(call), RESOURCE_POLICY, organization.organization_id, "");
}

const struct operation ORGANIZATION_TAG_OPERATIONS[] = {
    OPERATION("TagResource", WRITE, TAG_IN, NO_SHAPE, tag_resource),
    OPERATION("UntagResource", WRITE, UNTAG_IN, NO_SHAPE, untag_resource),
    OPERATION("ListTagsForResource", READ, LIST_IN, LIST_OUT, list_tags),
    OPERATION("PutResourcePolicy", WRITE, PUT_IN, RESOURCE_POLICY_OUT, put_the_resource_policy),
    OPERATION("DescribeResourcePolicy", READ, NO_SHAPE, RESOURCE_POLICY_OUT,
              describe_resource_policy),
    OPERATION("DeleteResourcePolicy", WRITE, NO_SHAPE, NO_SHAPE, delete_resource_policy),
    {0}};
