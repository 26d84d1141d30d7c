/* SPDX-License-Identifier: MIT */
/*
 * TagResource, UntagResource and ListTagsForResource. The oldest model calls the ARN resourceName,
 * so either name is taken.
 */
#include "services/kiro/profile_tags.h"

#include <string.h>

#include "services/tags.h"
#include "wire/shapes.h"

static const struct tags TAGS = {"profile-tag", "key", "value"};

#define RESOURCE_MEMBERS                                                                           \
    {.name = "resourceArn", .min = 1, .max = 1224},                                                \
    {                                                                                              \
        .name = "resourceName", .min = 1, .max = 1224                                              \
    }
static const struct shape TAG_MEMBERS[] = {{.name = "key", .required = true, .min = 1, .max = 128},
                                           {.name = "value", .required = true, .max = 256},
                                           {0}};
const struct shape PROFILE_TAG[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = TAG_MEMBERS}};
static const struct shape TAG_KEY[] = {{.name = "member", .min = 1, .max = 128}};
const struct shape TAG_PROFILE_IN[] = {RESOURCE_MEMBERS,
                                       {.name = "tags",
                                        .kind = SHAPE_LIST,
                                        .required = true,
                                        .max = PROFILE_TAGS_MAX,
                                        .members = PROFILE_TAG},
                                       {0}};
const struct shape UNTAG_PROFILE_IN[] = {RESOURCE_MEMBERS,
                                         {.name = "tagKeys",
                                          .kind = SHAPE_LIST,
                                          .required = true,
                                          .max = PROFILE_TAGS_MAX,
                                          .members = TAG_KEY},
                                         {0}};
const struct shape LIST_PROFILE_TAGS_IN[] = {RESOURCE_MEMBERS, {0}};
const struct shape LIST_PROFILE_TAGS_OUT[] = {
    {.name = "tags", .kind = SHAPE_LIST, .max = PROFILE_TAGS_MAX, .members = PROFILE_TAG}, {0}};

enum fault kiro_own_profile(struct call *call, const char *profile_arn, struct profile *out_profile)
{
    enum fault fault = profile_get(world_of(call), profile_arn, out_profile);
    bool there = fault == FAULT_NONE && out_profile->deleted_s == 0 &&
                 strcmp(out_profile->region, call->region) == 0;
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !there))
        return problem_set(&call->problem, FAULT_NOT_FOUND, "The profile %s was not found.",
                           profile_arn);
    if (fault != FAULT_NONE)
        return fault;
    if (strcmp(out_profile->account_id, call->account) != 0)
        return problem_set(&call->problem, FAULT_DENIED,
                           "Your account is not authorized to make this call.");
    return FAULT_NONE;
}

static enum fault tagged_profile(struct call *call, struct profile *out_profile)
{
    const char *arn = json_member_text(call->input, "resourceArn");
    if (arn == NULL)
        arn = json_member_text(call->input, "resourceName");
    if (arn == NULL)
        return problem_set(&call->problem, FAULT_INVALID,
                           "1 validation error detected: Value null at 'resourceArn' failed to "
                           "satisfy constraint: Member must not be null");
    return kiro_own_profile(call, arn, out_profile);
}

enum fault kiro_profile_tags_put(struct call *call, const char *profile_arn,
                                 const struct json *tags)
{
    size_t count;
    enum fault fault = tags_put(call, &TAGS, profile_arn, tags, &count);
    if (fault != FAULT_NONE)
        return fault;
    if (count > PROFILE_TAGS_MAX)
        return problem_set(&call->problem, FAULT_INVALID, "A profile has at most %d tags.",
                           PROFILE_TAGS_MAX);
    return FAULT_NONE;
}

enum fault kiro_tag_profile(struct call *call)
{
    struct profile profile;
    enum fault fault = tagged_profile(call, &profile);
    if (fault != FAULT_NONE)
        return fault;
    return kiro_profile_tags_put(call, profile.profile_arn, json_member(call->input, "tags"));
}

enum fault kiro_untag_profile(struct call *call)
{
    struct profile profile;
    enum fault fault = tagged_profile(call, &profile);
    if (fault != FAULT_NONE)
        return fault;
    return tags_remove(call, &TAGS, profile.profile_arn, json_member(call->input, "tagKeys"));
}

enum fault kiro_list_tags_of_profile(struct call *call)
{
    struct profile profile;
    struct listing all = {.page.size = PROFILE_TAGS_MAX};
    enum fault fault = tagged_profile(call, &profile);
    if (fault != FAULT_NONE)
        return fault;
    all.items = json_put(call->output, "tags", json_new_array());
    return tags_list(call, &TAGS, profile.profile_arn, &all);
}
