/* SPDX-License-Identifier: MIT */
/*
 * The operations on claims. No client has been seen to use all of them; README.md says which shapes
 * are guesses.
 */
#include "services/kiro/claims.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/parameters.h"
#include "base/text.h"
#include "services/kiro/applications.h"
#include "wire/shapes.h"
#include "world/changes/assignment_changes.h"
#include "world/reading/reading.h"

static const char *const PROVIDERS[] = {"IDENTITY_STORE", NULL};
static const char *const OVERAGE_STATUSES[] = {"ENABLED", "DISABLED", NULL};

#define APPLICATION_MEMBER                                                                         \
    {                                                                                              \
        .name = "applicationArn", .required = true, .min = 10, .max = 1224,                        \
        .pattern = &PATTERN_APPLICATION_ARN                                                        \
    }
#define REGION_MEMBER                                                                              \
    {                                                                                              \
        .name = "subscriptionRegion", .min = 1, .max = 63, .pattern = &PATTERN_REGION              \
    }
#define IDENTIFIER_MEMBER                                                                          \
    {                                                                                              \
        .name = "identifier", .required = true, .min = 1, .max = 1224,                             \
        .pattern = &PATTERN_CLAIM_IDENTIFIER                                                       \
    }
#define TYPE_MEMBER                                                                                \
    {                                                                                              \
        .name = "type", .kind = SHAPE_STRUCTURE, .required = true, .members = PLAN_TYPE_MEMBERS    \
    }

const struct shape PLAN_TYPE_MEMBERS[] = {{.name = "amazonQ", .required = true}, {0}};
static const struct shape PRINCIPAL_MEMBERS[] = {
    {.name = "user", .min = 1, .max = 47, .pattern = &PATTERN_RESOURCE_ID},
    {.name = "group", .min = 1, .max = 47, .pattern = &PATTERN_RESOURCE_ID},
    {0}};
const struct shape LIST_CLAIMS_IN[] = {
    APPLICATION_MEMBER,
    REGION_MEMBER,
    {.name = "maxResults", .kind = SHAPE_INTEGER, .min = 1, .max = LIMIT_SEAT_PAGE_SIZE},
    {.name = "nextToken", .min = 1, .max = 2048, .pattern = &PATTERN_PAGE_TOKEN},
    {0}};
static const struct shape CLAIM_MEMBERS[] = {
    IDENTIFIER_MEMBER,
    {.name = "principal", .kind = SHAPE_UNION, .required = true, .members = PRINCIPAL_MEMBERS},
    TYPE_MEMBER,
    {0}};
static const struct shape CLAIM[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = CLAIM_MEMBERS}};
const struct shape LIST_CLAIMS_OUT[] = {
    {.name = "claims", .kind = SHAPE_LIST, .required = true, .members = CLAIM},
    {.name = "nextToken"},
    {0}};
const struct shape CREATE_CLAIM_IN[] = {
    {.name = "instanceArn", .max = 1224, .pattern = &PATTERN_INSTANCE_ARN},
    {.name = "principal", .kind = SHAPE_UNION, .required = true, .members = PRINCIPAL_MEMBERS},
    APPLICATION_MEMBER,
    {.name = "transaction", .kind = SHAPE_BOOLEAN},
    TYPE_MEMBER,
    {.name = "identityProvider", .values = PROVIDERS},
    {.name = "createForSelf", .kind = SHAPE_BOOLEAN},
    REGION_MEMBER,
    {0}};
const struct shape UPDATE_CLAIM_IN[] = {IDENTIFIER_MEMBER,
                                        {.name = "transaction", .kind = SHAPE_BOOLEAN},
                                        TYPE_MEMBER,
                                        REGION_MEMBER,
                                        {0}};
const struct shape DELETE_CLAIM_IN[] = {
    IDENTIFIER_MEMBER, {.name = "transaction", .kind = SHAPE_BOOLEAN}, REGION_MEMBER, {0}};
static const struct shape OVERAGE_MEMBERS[] = {
    {.name = "overageStatus", .required = true, .values = OVERAGE_STATUSES},
    {.name = "overageLimit", .kind = SHAPE_NUMBER},
    {0}};
const struct shape SET_OVERAGE_IN[] = {APPLICATION_MEMBER,
                                       {.name = "overageConfig",
                                        .kind = SHAPE_STRUCTURE,
                                        .required = true,
                                        .members = OVERAGE_MEMBERS},
                                       REGION_MEMBER,
                                       {0}};

static const struct paging PAGING = {"nextToken", "maxResults", LIMIT_PAGE_SIZE,
                                     LIMIT_SEAT_PAGE_SIZE};

void kiro_put_plan_type(struct call *call, struct json *out, const char *name, enum plan plan)
{
    const struct plan_facts *facts = plan_facts(plan);
    bool older = world_of(call)->reading->values[PLAN_NAMES] == PLAN_NAMES_Q_DEVELOPER;
    json_put_text(json_put(out, name, json_new_object()), "amazonQ",
                  older ? facts->requested : facts->returned);
}

/*
 * Seats of Q Developer keep the older names (kiro-wire 6.2), so claims take either family, whatever
 * listings print.
 */
static enum fault claimed_plan(struct call *call, enum plan *out_plan)
{
    const char *value = json_member_text(json_member(call->input, "type"), "amazonQ");
    *out_plan = plan_by_returned(value);
    if (*out_plan == PLAN_NONE)
        *out_plan = plan_by_requested(value);
    bool absent =
        *out_plan == PLAN_PRO_MAX && world_of(call)->reading->values[PRO_MAX] == PRO_MAX_ABSENT;
    if (*out_plan != PLAN_NONE && !absent)
        return FAULT_NONE;
    return problem_set(&call->problem, FAULT_INVALID,
                       "1 validation error detected: Value '%s' at 'type.amazonQ' failed to "
                       "satisfy constraint: Member must satisfy enum value set: "
                       "[KIRO_ENTERPRISE_PRO, KIRO_ENTERPRISE_PRO_PLUS, %sKIRO_ENTERPRISE_POWER]",
                       value,
                       world_of(call)->reading->values[PRO_MAX] == PRO_MAX_ABSENT
                           ? ""
                           : "KIRO_ENTERPRISE_PRO_MAX, ");
}

enum { SEAL_DIGITS = 16, ROW_DIGITS = 8 };

/* The seal keeps a row that was made up, or is another world's, from meaning anything. */
static uint64_t claim_seal(const struct world *world, int64_t row)
{
    return hash_bytes(hash_bytes(HASH_START, &world->ids.seed, sizeof world->ids.seed), &row,
                      sizeof row);
}

/*
 * Both forms of the ARN are taken, with the Region and without (kiro-wire 6.3); printed is the one
 * without.
 */
static bool claim_row(const struct world *world, const char *identifier, int64_t *out_row)
{
    char seal_text[SEAL_DIGITS + 1] = "";
    const char *id = strrchr(identifier, '/');
    assert(id != NULL); /* the pattern has been held against it */
    id++;
    if (strlen(id) != SEAL_DIGITS + ROW_DIGITS ||
        strspn(id, "0123456789abcdef") != SEAL_DIGITS + ROW_DIGITS)
        return false;
    memcpy(seal_text, id, SEAL_DIGITS);
    *out_row = (int64_t)strtoull(id + SEAL_DIGITS, NULL, 16);
    return claim_seal(world, *out_row) == strtoull(seal_text, NULL, 16);
}

/* Is the profile's seat application this one? */
static bool hangs_on(const struct profile *profile, const char *application)
{
    char arn[APPLICATION_ARN_BYTES];
    application_arn(profile, SEATS_APPLICATION, arn);
    return strcmp(arn, application) == 0;
}

/* The living profile whose seats hang on an application of an instance of this Region. */
static enum fault profile_of_application(struct call *call, const char *application,
                                         struct profile *out_profile)
{
    struct world *world = world_of(call);
    struct text instance_arn = {0};
    struct id_list profiles = {0};
    const char *part = strstr(application, ":application/");
    assert(part != NULL); /* the pattern has been held against it */
    part += strlen(":application/");
    text_add(&instance_arn, "arn:aws:sso:::instance/");
    text_add_bytes(&instance_arn, part, strcspn(part, "/"));
    enum fault fault = profile_arns_of_instance(world, text_chars(&instance_arn), &profiles);
    bool found = false;
    for (size_t i = 0; i < profiles.count && fault == FAULT_NONE && !found; i++) {
        fault = profile_get(world, profiles.ids[i], out_profile);
        found = fault == FAULT_NONE && out_profile->deleted_s == 0 &&
                hangs_on(out_profile, application);
    }
    id_list_clear(&profiles);
    text_clear(&instance_arn);
    if (fault != FAULT_NONE)
        return fault;
    return !found ? FAULT_NOT_FOUND : FAULT_NONE;
}

/* Seats are kept in the Region of the instance (rule 40); the profile's is named beside it. */
static bool is_here(const struct call *call, const struct profile *profile)
{
    const char *region = json_member_text(call->input, "subscriptionRegion");
    return strcmp(profile->instance_region, call->region) == 0 &&
           (region == NULL || strcmp(profile->region, region) == 0);
}

/* Only the profile's own account may ask or change. */
static enum fault check_owner(struct call *call, const struct profile *profile)
{
    if (strcmp(profile->account_id, call->account) == 0)
        return FAULT_NONE;
    return problem_set(&call->problem, FAULT_DENIED,
                       "Your account is not authorized to make this call.");
}

static enum fault named_profile(struct call *call, struct profile *out_profile)
{
    const char *arn = json_member_text(call->input, "applicationArn");
    enum fault fault = profile_of_application(call, arn, out_profile);
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !is_here(call, out_profile)))
        return problem_set(&call->problem, FAULT_NOT_FOUND, "The application %s was not found.",
                           arn);
    if (fault != FAULT_NONE)
        return fault;
    return check_owner(call, out_profile);
}

struct claims {
    struct call *call;
    struct listing listing;
    const struct profile *profile;
};

static void see_claim(void *self, const struct assignment *assignment)
{
    struct claims *claims = self;
    struct json *out = listing_add(&claims->listing, assignment->row);
    char identifier[ARN_BYTES];
    if (out == NULL)
        return;
    snprintf(identifier, sizeof identifier,
             "arn:aws:user-subscriptions::%s:subscription/%0*" PRIx64 "%0*" PRIx64,
             claims->profile->account_id, SEAL_DIGITS,
             claim_seal(world_of(claims->call), assignment->row), ROW_DIGITS,
             (uint64_t)assignment->row);
    json_put_text(out, "identifier", identifier);
    json_put_text(json_put(out, "principal", json_new_object()),
                  assignment->is_group ? "group" : "user", assignment->principal_id);
    kiro_put_plan_type(claims->call, out, "type", assignment->plan);
}

enum fault kiro_list_claims(struct call *call)
{
    struct profile profile;
    struct claims claims = {.call = call, .profile = &profile};
    enum fault fault = named_profile(call, &profile);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &PAGING, "claims", &claims.listing);
    if (fault != FAULT_NONE)
        return fault;
    fault =
        assignment_each_of_profile(world_of(call), profile.profile_arn, claims.listing.page.after,
                                   claims.listing.page.size + 1, see_claim, &claims);
    return listing_end(call, &PAGING, &claims.listing, fault);
}

enum fault kiro_create_claim(struct call *call)
{
    struct profile profile;
    const struct json *principal = json_member(call->input, "principal");
    const char *group = json_member_text(principal, "group");
    struct principal whom = {.id = group != NULL ? group : json_member_text(principal, "user"),
                             .is_group = group != NULL};
    enum plan plan = PLAN_NONE;
    enum fault fault = claimed_plan(call, &plan);
    if (fault != FAULT_NONE)
        return fault;
    if (world_of(call)->reading->values[CUSTOMER_CLAIMS] == CUSTOMER_CLAIMS_REFUSED)
        return problem_set(&call->problem, FAULT_DENIED,
                           "Claims can only be created by an AWS service.");
    fault = named_profile(call, &profile);
    if (fault != FAULT_NONE)
        return fault;
    return assignment_create(world_of(call), &profile, &whom, plan);
}

static enum fault named_claim(struct call *call, struct assignment *out_assignment,
                              struct profile *out_profile)
{
    const char *identifier = json_member_text(call->input, "identifier");
    int64_t row = 0;
    enum fault fault = claim_row(world_of(call), identifier, &row)
                           ? assignment_get(world_of(call), row, out_assignment)
                           : FAULT_NOT_FOUND;
    if (fault == FAULT_NONE)
        fault = profile_get(world_of(call), out_assignment->profile_arn, out_profile);
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !is_here(call, out_profile)))
        return problem_set(&call->problem, FAULT_NOT_FOUND, "The claim %s was not found.",
                           identifier);
    if (fault != FAULT_NONE)
        return fault;
    return check_owner(call, out_profile);
}

enum fault kiro_update_claim(struct call *call)
{
    struct assignment claim = {0};
    struct profile profile;
    enum plan plan = PLAN_NONE;
    enum fault fault = claimed_plan(call, &plan);
    if (fault != FAULT_NONE)
        return fault;
    fault = named_claim(call, &claim, &profile);
    struct principal whom = {.id = claim.principal_id, .is_group = claim.is_group};
    if (fault != FAULT_NONE)
        return fault;
    return assignment_update(world_of(call), &profile, &whom, plan);
}

enum fault kiro_delete_claim(struct call *call)
{
    struct assignment claim = {0};
    struct profile profile;
    enum fault fault = named_claim(call, &claim, &profile);
    struct principal whom = {.id = claim.principal_id, .is_group = claim.is_group};
    if (fault != FAULT_NONE)
        return fault;
    return assignment_delete(world_of(call), &profile, &whom);
}

/* The same setting as UpdateProfile's optInFeatures.overageConfiguration, by another door. */
enum fault kiro_set_overage_config(struct call *call)
{
    struct profile profile;
    struct json_error error;
    char *text = NULL;
    enum fault fault = named_profile(call, &profile);
    if (fault != FAULT_NONE)
        return fault;
    fault = profile_settings(world_of(call), profile.profile_arn, &text);
    if (fault != FAULT_NONE)
        return fault;
    struct json_document *document = json_parse(text, strlen(text), JSON_STRICT, &error);
    struct json *settings = json_copy(json_document_root(document));
    struct json *features = json_copy(json_member(settings, "optInFeatures"));
    if (json_kind(features) != JSON_OBJECT) {
        json_free(features);
        features = json_new_object();
    }
    json_put(features, "overageConfiguration",
             json_copy(json_member(call->input, "overageConfig")));
    json_put(settings, "optInFeatures", features);
    char *printed = json_print(settings);
    fault = profile_update(world_of(call), &profile, profile.instance_arn,
                           json_member_text(settings, "profileName"), printed);
    free(printed);
    json_free(settings);
    json_document_free(document);
    free(text);
    return fault;
}
