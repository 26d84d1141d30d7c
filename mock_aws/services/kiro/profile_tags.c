/* SPDX-License-Identifier: MIT */
/* TagResource, UntagResource and ListTagsForResource. The oldest model calls the ARN resourceName, so either name is taken. */
#include "services/kiro/profile_tags.h"

#include <stdlib.h>
#include <string.h>

#include "wire/shapes.h"
#include "world/records.h"

#define TAG "profile-tag"

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

enum fault own_profile(struct call *call, const char *profile_arn, struct profile *out_profile)
{
    enum fault fault = profile_get(world_of(call), profile_arn, out_profile);
    bool there = fault == FAULT_NONE && out_profile->deleted_s == 0 &&
                 strcmp(out_profile->region, call->region) == 0;
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !there))
        return problem_set(&call->problem, FAULT_NOT_FOUND, "The profile %s was not found.",
                           profile_arn);
    if (fault == FAULT_NONE && strcmp(out_profile->account_id, call->account) != 0)
        return problem_set(&call->problem, FAULT_DENIED,
                           "Your account is not authorized to make this call.");
    return fault;
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
    return own_profile(call, arn, out_profile);
}

static bool count_tag(void *self, const struct record *record)
{
    (void)record;
    size_t *count = self;
    (*count)++;
    return true;
}

enum fault profile_tags_put(struct call *call, const char *profile_arn, const struct json *tags)
{
    size_t count = 0;
    enum fault fault = FAULT_NONE;
    for (const struct json *tag = json_first(tags); tag != NULL && fault == FAULT_NONE;
         tag = json_next(tag)) {
        char *printed = json_print(json_member(tag, "value"));
        fault = record_put(world_of(call), TAG, profile_arn, json_member_text(tag, "key"), printed);
        free(printed);
    }
    if (fault == FAULT_NONE && tags != NULL)
        fault = record_each(world_of(call), TAG, profile_arn, 0, count_tag, &count);
    if (fault == FAULT_NONE && count > PROFILE_TAGS_MAX)
        return problem_set(&call->problem, FAULT_INVALID, "A profile has at most %d tags.",
                           PROFILE_TAGS_MAX);
    return fault;
}

enum fault tag_profile(struct call *call)
{
    struct profile profile;
    enum fault fault = tagged_profile(call, &profile);
    return fault == FAULT_NONE
               ? profile_tags_put(call, profile.profile_arn, json_member(call->input, "tags"))
               : fault;
}

enum fault untag_profile(struct call *call)
{
    struct profile profile;
    enum fault fault = tagged_profile(call, &profile);
    for (const struct json *key = json_first(json_member(call->input, "tagKeys"));
         key != NULL && fault == FAULT_NONE; key = json_next(key)) {
        fault = record_delete(world_of(call), TAG, profile.profile_arn, json_text(key));
        if (fault == FAULT_NOT_FOUND)
            fault = FAULT_NONE;
    }
    return fault;
}

static bool see_tag(void *self, const struct record *record)
{
    struct json_error error;
    struct json_document *document =
        json_parse(record->value, strlen(record->value), JSON_STRICT, &error);
    struct json *out = json_push(self, json_new_object());
    json_put_text(out, "key", record->key);
    json_put(out, "value", json_copy(json_document_root(document)));
    json_document_free(document);
    return true;
}

enum fault list_tags_of_profile(struct call *call)
{
    struct profile profile;
    enum fault fault = tagged_profile(call, &profile);
    if (fault != FAULT_NONE)
        return fault;
    return record_each(world_of(call), TAG, profile.profile_arn, 0, see_tag,
                       json_put(call->output, "tags", json_new_array()));
}
