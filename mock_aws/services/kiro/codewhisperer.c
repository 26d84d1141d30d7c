/* SPDX-License-Identifier: MIT */
/*
 * codewhisperer: Kiro profiles (kiro-wire 3). An API that AWS uses but does not publish, as its own
 * open-source models and independent clients have it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "services/kiro/applications.h"
#include "services/kiro/profile_tags.h"
#include "wire/shapes.h"
#include "world/rows/records.h"

static const char *const ALLOW_BLOCK[] = {"BLOCK", "ALLOW", NULL};
static const char *const EFFECTS[] = {"ALLOW", "DENY", NULL};
static const char *const TOGGLES[] = {"ON", "OFF", NULL};
static const char *const OVERAGE_STATUSES[] = {"ENABLED", "DISABLED", NULL};
static const char *const FUNCTIONALITIES[] = {"COMPLETIONS",
                                              "ANALYSIS",
                                              "CONVERSATIONS",
                                              "TASK_ASSIST",
                                              "TRANSFORMATIONS",
                                              "CHAT_CUSTOMIZATION",
                                              "TRANSFORMATIONS_WEBAPP",
                                              "FEATURE_DEVELOPMENT",
                                              NULL};
static const char *const PROFILE_STATUSES[] = {
    "ACTIVE",        "CREATING", "CREATE_FAILED", "UPDATING",
    "UPDATE_FAILED", "DELETING", "DELETE_FAILED", NULL};
static const char *const OPT_IN_TYPES[] = {"KIRO", "Q_DEVELOPER", NULL};
static const char *const PROFILE_TYPES[] = {"Q_DEVELOPER", "CODEWHISPERER", "KIRO", NULL};

static const struct shape SSO_SOURCE_MEMBERS[] = {
    {.name = "instanceArn", .required = true, .max = 1224, .pattern = &PATTERN_INSTANCE_ARN},
    {.name = "ssoRegion", .min = 1, .max = 63, .pattern = &PATTERN_REGION},
    {0}};
static const struct shape EXTERNAL_SOURCE_MEMBERS[] = {
    {.name = "issuerUrl", .required = true, .min = 1, .max = 255},
    {.name = "clientId", .required = true, .min = 1, .max = 255},
    {0}};
static const struct shape SOURCE_MEMBERS[] = {
    {.name = "ssoIdentitySource", .kind = SHAPE_STRUCTURE, .members = SSO_SOURCE_MEMBERS},
    {.name = "externalIdentitySource", .kind = SHAPE_STRUCTURE, .members = EXTERNAL_SOURCE_MEMBERS},
    {0}};
static const struct shape TRACKER_MEMBERS[] = {
    {.name = "recommendationsWithReferences", .required = true, .values = ALLOW_BLOCK}, {0}};
static const struct shape FUNCTIONALITY_ELEMENT[] = {{.name = "member", .values = FUNCTIONALITIES}};
static const struct shape POLICY_MEMBERS[] = {
    {.name = "effect", .required = true, .values = EFFECTS}, {0}};
#define TOGGLE(is_required)                                                                        \
    {                                                                                              \
        .name = "toggle", .required = is_required, .values = TOGGLES                               \
    }
static const struct shape TOGGLE_MEMBERS[] = {TOGGLE(true), {0}};
static const struct shape PROMPT_LOGGING_MEMBERS[] = {
    {.name = "s3Uri", .required = true, .max = 1024}, TOGGLE(true), {0}};
static const struct shape ANALYTICS_MEMBERS[] = {{.name = "s3Uri", .max = 1024}, TOGGLE(true), {0}};
static const struct shape NOTIFICATION_MEMBERS[] = {
    {.name = "feature", .required = true, .min = 1, .max = 128}, TOGGLE(true), {0}};
static const struct shape NOTIFICATION_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = NOTIFICATION_MEMBERS}};
static const struct shape OVERAGE_MEMBERS[] = {
    {.name = "overageStatus", .required = true, .values = OVERAGE_STATUSES},
    {.name = "overageLimit", .kind = SHAPE_NUMBER},
    {0}};
static const struct shape MCP_MEMBERS[] = {TOGGLE(true), {.name = "mcpRegistryUrl"}, {0}};
#define STRUCTURE(member, of)                                                                      \
    {                                                                                              \
        .name = member, .kind = SHAPE_STRUCTURE, .members = of                                     \
    }
static const struct shape OPT_IN_MEMBERS[] = {
    STRUCTURE("promptLogging", PROMPT_LOGGING_MEMBERS),
    STRUCTURE("byUserAnalytics", ANALYTICS_MEMBERS),
    STRUCTURE("dashboardAnalytics", TOGGLE_MEMBERS),
    {.name = "notifications", .kind = SHAPE_LIST, .max = 10, .members = NOTIFICATION_ELEMENT},
    STRUCTURE("workspaceContext", TOGGLE_MEMBERS),
    STRUCTURE("overageConfiguration", OVERAGE_MEMBERS),
    STRUCTURE("mcpConfiguration", MCP_MEMBERS),
    STRUCTURE("autonomousAgents", TOGGLE_MEMBERS),
    STRUCTURE("webTools", TOGGLE_MEMBERS),
    {0}};

/* What CreateProfile takes and ListProfiles gives back unchanged. */
#define SETTING_MEMBERS                                                                            \
    {.name = "profileName",                                                                        \
     .required = true,                                                                             \
     .min = 1,                                                                                     \
     .max = 100,                                                                                   \
     .pattern = &PATTERN_PROFILE_NAME},                                                            \
        {.name = "referenceTrackerConfiguration",                                                  \
         .kind = SHAPE_STRUCTURE,                                                                  \
         .required = true,                                                                         \
         .members = TRACKER_MEMBERS},                                                              \
        {.name = "description", .min = 1, .max = 256, .pattern = &PATTERN_DESCRIPTION},            \
        {.name = "activeFunctionalities",                                                          \
         .kind = SHAPE_LIST,                                                                       \
         .max = 10,                                                                                \
         .members = FUNCTIONALITY_ELEMENT},                                                        \
        {.name = "kmsKeyArn", .max = 1224}, STRUCTURE("resourcePolicy", POLICY_MEMBERS),           \
        STRUCTURE("optInFeatures", OPT_IN_MEMBERS)

static const struct shape SETTINGS[] = {SETTING_MEMBERS, {0}};
static const struct shape CREATE_PROFILE_IN[] = {
    SETTING_MEMBERS,
    {.name = "identitySource", .kind = SHAPE_UNION, .required = true, .members = SOURCE_MEMBERS},
    {.name = "clientToken", .min = 1, .max = 256},
    {.name = "tags", .kind = SHAPE_LIST, .max = PROFILE_TAGS_MAX, .members = PROFILE_TAG},
    {0}};
#define PROFILE_ARN_MEMBER(member)                                                                 \
    {                                                                                              \
        .name = member, .required = true, .max = 950, .pattern = &PATTERN_PROFILE_ARN              \
    }
static const struct shape PROFILE_ARN_ONLY[] = {PROFILE_ARN_MEMBER("profileArn"), {0}};
/* The settings again, none of them required. */
static const struct shape UPDATE_PROFILE_IN[] = {
    PROFILE_ARN_MEMBER("profileArn"),
    {.name = "profileName", .min = 1, .max = 100, .pattern = &PATTERN_PROFILE_NAME},
    STRUCTURE("referenceTrackerConfiguration", TRACKER_MEMBERS),
    {.name = "description", .min = 1, .max = 256, .pattern = &PATTERN_DESCRIPTION},
    {.name = "activeFunctionalities",
     .kind = SHAPE_LIST,
     .max = 10,
     .members = FUNCTIONALITY_ELEMENT},
    {.name = "kmsKeyArn", .max = 1224},
    STRUCTURE("resourcePolicy", POLICY_MEMBERS),
    STRUCTURE("optInFeatures", OPT_IN_MEMBERS),
    {.name = "identitySource", .kind = SHAPE_UNION, .members = SOURCE_MEMBERS},
    {.name = "targetProfileType", .values = PROFILE_TYPES},
    {.name = "optInFeaturesType", .values = OPT_IN_TYPES},
    {0}};
static const struct shape LIST_PROFILES_IN[] = {
    {.name = "maxResults", .kind = SHAPE_INTEGER, .min = 1, .max = 100},
    {.name = "nextToken", .min = 1, .max = 2048, .pattern = &PATTERN_PAGE_TOKEN},
    {.name = "includeManagementAccount", .kind = SHAPE_BOOLEAN},
    {0}};
static const struct shape SSO_DETAILS_MEMBERS[] = {{.name = "instanceArn", .required = true},
                                                   {.name = "oidcClientId", .required = true},
                                                   {.name = "ssoRegion"},
                                                   {0}};
static const struct shape DETAILS_MEMBERS[] = {STRUCTURE("ssoIdentityDetails", SSO_DETAILS_MEMBERS),
                                               {0}};
static const struct shape PROFILE_MEMBERS[] = {
    PROFILE_ARN_MEMBER("arn"),
    SETTING_MEMBERS,
    {.name = "identityDetails", .kind = SHAPE_UNION, .members = DETAILS_MEMBERS},
    {.name = "status", .values = PROFILE_STATUSES},
    {.name = "profileType", .values = PROFILE_TYPES},
    {.name = "optInFeaturesType", .values = OPT_IN_TYPES},
    {0}};
static const struct shape PROFILE_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = PROFILE_MEMBERS}};
static const struct shape LIST_PROFILES_OUT[] = {
    {.name = "profiles", .kind = SHAPE_LIST, .required = true, .members = PROFILE_ELEMENT},
    {.name = "nextToken"},
    {0}};

static const struct paging PAGING = {"nextToken", "maxResults", 100, 100};

/*
 * The living instance that identitySource names: in its Region, open to the caller (rule 40: any
 * Region will do).
 */
static enum fault source_instance(struct call *call, struct instance *out_instance)
{
    const struct json *source =
        json_member(json_member(call->input, "identitySource"), "ssoIdentitySource");
    const char *arn = json_member_text(source, "instanceArn");
    const char *region = json_member_text(source, "ssoRegion");
    if (arn == NULL)
        return problem_set(&call->problem, FAULT_INVALID,
                           "This server binds profiles to IAM Identity Center only; expected "
                           "identitySource.ssoIdentitySource");
    if (json_member(source, "identityStoreId") != NULL) /* as one client found (kiro-wire 3.3) */
        return problem_set(&call->problem, FAULT_INVALID,
                           "The Identity Center configuration is invalid: expected ssoRegion "
                           "beside instanceArn, not identityStoreId");
    enum fault fault = instance_get(world_of(call), arn, out_instance);
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && out_instance->deleted_s != 0))
        return problem_set(&call->problem, FAULT_NOT_FOUND,
                           "The Identity Center instance %s was not found.", arn);
    if (fault != FAULT_NONE)
        return fault;
    if (strcmp(region == NULL ? call->region : region, out_instance->region) != 0)
        return problem_set(
            &call->problem, FAULT_INVALID,
            "The Identity Center configuration is invalid: the instance is not in %s; "
            "name its Region in ssoRegion",
            region == NULL ? call->region : region);
    if (world_of(call)->now_s < out_instance->ready_s)
        return problem_set(&call->problem, FAULT_CONFLICT,
                           "The Identity Center instance %s is not ready yet.", arn);
    return instance_open_to(call, out_instance, true);
}

/*
 * The features that a call names, each over what there is: the console's second call after
 * CreateProfile names only those that it changes.
 */
static struct json *merged_features(const struct json *before, const struct json *given)
{
    struct json *features =
        json_kind(before) == JSON_OBJECT ? json_copy(before) : json_new_object();
    for (const struct json *feature = json_first(given); feature != NULL;
         feature = json_next(feature))
        json_put(features, json_name(feature), json_copy(feature));
    return features;
}

/* What the call gives of the settings, over what there is. */
static void take_settings(const struct call *call, struct json *settings)
{
    static const struct {
        const char *given;
        const char *kept;
    } TYPES[] = {{"targetProfileType", "profileType"}, {"optInFeaturesType", "optInFeaturesType"}};
    struct json *known = shape_copy(SETTINGS, call->input);
    for (const struct json *given = json_first(known); given != NULL; given = json_next(given)) {
        const char *name = json_name(given);
        bool features = strcmp(name, "optInFeatures") == 0;
        json_put(settings, name,
                 features ? merged_features(json_member(settings, name), given) : json_copy(given));
    }
    json_free(known);
    for (size_t i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++) {
        const char *given = json_member_text(call->input, TYPES[i].given);
        if (given != NULL)
            json_put_text(settings, TYPES[i].kept, given);
    }
}

/* Rule 49: off unless the settings say otherwise. */
static bool overage_of(const struct json *settings)
{
    const struct json *overage =
        json_member(json_member(settings, "optInFeatures"), "overageConfiguration");
    const char *status = json_member_text(overage, "overageStatus");
    return status != NULL && strcmp(status, "ENABLED") == 0;
}

static enum fault create_profile(struct call *call)
{
    struct instance instance;
    struct profile profile;
    bool replayed = false;
    enum fault fault = replay_find(call, "clientToken", &replayed);
    if (fault != FAULT_NONE || replayed)
        return fault;
    fault = source_instance(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    struct json *settings = json_new_object();
    take_settings(call, settings);
    char *printed = json_print(settings);
    fault = profile_create(world_of(call), call->account, call->region, instance.instance_arn,
                           json_member_text(call->input, "profileName"), printed, &profile);
    if (fault == FAULT_NONE)
        fault = profile_set_overage(world_of(call), &profile, overage_of(settings));
    free(printed);
    json_free(settings);
    if (fault != FAULT_NONE)
        return fault;
    json_put_text(call->output, "profileArn", profile.profile_arn);
    fault = kiro_profile_tags_put(call, profile.profile_arn, json_member(call->input, "tags"));
    if (fault != FAULT_NONE)
        return fault;
    return replay_keep(call, "clientToken");
}

/* The form of oidcClientId is a guess of kiro-wire 16. */
static void put_identity(struct json *out, const struct profile *profile)
{
    char client[APPLICATION_ARN_BYTES];
    application_arn(profile, SEATS_APPLICATION, client);
    struct json *details = json_put(out, "identityDetails", json_new_object());
    struct json *sso = json_put(details, "ssoIdentityDetails", json_new_object());
    json_put_text(sso, "instanceArn", profile->instance_arn);
    json_put_text(sso, "oidcClientId", client);
    json_put_text(sso, "ssoRegion", profile->instance_region);
}

static void see_profile(void *self, const struct profile *profile, const char *settings)
{
    struct json *out = listing_add(self, profile->row);
    if (out == NULL)
        return;
    struct json_error error;
    struct json_document *document = json_parse(settings, strlen(settings), JSON_STRICT, &error);
    json_put_text(out, "arn", profile->profile_arn);
    json_put_text(out, "profileName", "");
    json_put_text(out, "profileType", "Q_DEVELOPER");
    for (const struct json *member = json_first(json_document_root(document)); member != NULL;
         member = json_next(member))
        json_put(out, json_name(member), json_copy(member));
    put_identity(out, profile);
    json_put_text(out, "status", "ACTIVE");
    json_document_free(document);
}

static enum fault list_profiles(struct call *call)
{
    struct listing listing;
    enum fault fault = listing_begin(call, &PAGING, "profiles", &listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = profile_each(world_of(call), call->account, call->region, listing.page.after,
                         listing.page.size + 1, see_profile, &listing);
    return listing_end(call, &PAGING, &listing, fault);
}

static enum fault profile_named(struct call *call, struct profile *out_profile)
{
    return kiro_own_profile(call, json_member_text(call->input, "profileArn"), out_profile);
}

static enum fault delete_profile(struct call *call)
{
    struct profile profile;
    enum fault fault = profile_named(call, &profile);
    if (fault != FAULT_NONE)
        return fault;
    fault = profile_delete(world_of(call), &profile);
    if (fault != FAULT_NONE)
        return fault;
    return record_delete_scope(world_of(call), profile.profile_arn);
}

static enum fault save_settings(struct call *call, const struct profile *profile,
                                const char *instance_arn)
{
    char *text = NULL;
    struct json_error error;
    enum fault fault = profile_settings(world_of(call), profile->profile_arn, &text);
    if (fault != FAULT_NONE)
        return fault;
    struct json_document *document = json_parse(text, strlen(text), JSON_STRICT, &error);
    struct json *settings = json_copy(json_document_root(document));
    take_settings(call, settings);
    char *printed = json_print(settings);
    fault = profile_update(world_of(call), profile, instance_arn,
                           json_member_text(settings, "profileName"), printed);
    if (fault == FAULT_NONE)
        fault = profile_set_overage(world_of(call), profile, overage_of(settings));
    free(printed);
    json_free(settings);
    json_document_free(document);
    free(text);
    return fault;
}

static enum fault update_profile(struct call *call)
{
    struct profile profile;
    struct instance instance;
    const struct json *source = json_member(call->input, "identitySource");
    bool binds = source != NULL && json_kind(source) != JSON_NULL;
    enum fault fault = profile_named(call, &profile);
    if (fault != FAULT_NONE)
        return fault;
    if (binds)
        fault = source_instance(call, &instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = save_settings(call, &profile, binds ? instance.instance_arn : profile.instance_arn);
    json_put_text(call->output, "profileArn", profile.profile_arn);
    return fault;
}

static const struct operation OPERATIONS[] = {
    OPERATION_AT("POST", "/CreateProfile", "CreateProfile", WRITE, CREATE_PROFILE_IN,
                 PROFILE_ARN_ONLY, create_profile),
    OPERATION_AT("POST", "/UpdateProfile", "UpdateProfile", WRITE, UPDATE_PROFILE_IN,
                 PROFILE_ARN_ONLY, update_profile),
    OPERATION_AT("POST", "/ListProfiles", "ListProfiles", READ, LIST_PROFILES_IN, LIST_PROFILES_OUT,
                 list_profiles),
    OPERATION_AT("POST", "/DeleteProfile", "DeleteProfile", WRITE, PROFILE_ARN_ONLY, NO_SHAPE,
                 delete_profile),
    OPERATION_AT("POST", "/TagResource", "TagResource", WRITE, TAG_PROFILE_IN, NO_SHAPE,
                 kiro_tag_profile),
    OPERATION_AT("POST", "/UntagResource", "UntagResource", WRITE, UNTAG_PROFILE_IN, NO_SHAPE,
                 kiro_untag_profile),
    OPERATION_AT("POST", "/ListTagsForResource", "ListTagsForResource", READ, LIST_PROFILE_TAGS_IN,
                 LIST_PROFILE_TAGS_OUT, kiro_list_tags_of_profile),
    {0}};

const struct service CODEWHISPERER_SERVICE = {
    .name = "codewhisperer",
    .protocol = PROTOCOL_AWS_JSON,
    .target_prefixes = (const char *const[]){"AWSCodeWhispererService", NULL},
    .scopes = (const char *const[]){"codewhisperer", NULL},
    .content_type = "application/x-amz-json-1.0",
    .error_namespace = "com.amazon.kiro.controlplane",
    .faults = (const struct fault_name[]){{FAULT_THROTTLED, "ThrottlingException", 429}, {0}},
    .operations = OPERATIONS};

/* The same operations as Amazon's own generated clients call them (kiro-wire 3.1). */
const struct service CODEWHISPERER_REST_SERVICE = {
    .name = "codewhisperer",
    .protocol = PROTOCOL_REST_JSON,
    .scopes = (const char *const[]){"codewhisperer", NULL},
    .content_type = "application/json",
    .error_namespace = "com.amazon.kiro.controlplane",
    .faults = (const struct fault_name[]){{FAULT_THROTTLED, "ThrottlingException", 429}, {0}},
    .operations = OPERATIONS};
