/* SPDX-License-Identifier: MIT */
/*
 * sso-admin: applications and their providers (identity-wire 6.3). A customer's own are records;
 * those of Kiro profiles are listed and described with them and belong to their profile
 * (applications.h).
 */
#include <string.h>

#include "services/kiro/applications.h"
#include "services/sso_admin/sso_admin.h"
#include "world/changes/assignment_changes.h"

/* Records are listed after all of Kiro's. */
#define RECORDS_FROM (INT64_C(1) << 40)

#define NAME_IN .min = 1, .max = 100, .pattern = &PATTERN_ANYTHING
#define DESCRIPTION_IN .name = "Description", .min = 1, .max = 128
#define PROVIDER_IN SSO_ARN, .pattern = &PATTERN_PROVIDER_ARN

static const char *const ORIGINS[] = {"IDENTITY_CENTER", "APPLICATION", NULL};
static const struct shape SIGN_IN_OPTIONS[] = {
    {.name = "Origin", .required = true, .values = ORIGINS},
    {.name = "ApplicationUrl", .min = 1, .max = 512, .pattern = &PATTERN_APPLICATION_URL},
    {0}};
static const struct shape PORTAL_OPTIONS[] = {{.name = "SignInOptions", STRUCTURE(SIGN_IN_OPTIONS)},
                                              {.name = "Visibility", .values = SSO_ENABLED},
                                              {0}};
static const struct shape UPDATE_PORTAL_OPTIONS[] = {
    {.name = "SignInOptions", STRUCTURE(SIGN_IN_OPTIONS)}, {0}};
static const struct shape CREATE_IN[] = {
    {INSTANCE_ARN_IN},
    {.name = "ApplicationProviderArn", .required = true, PROVIDER_IN},
    {.name = "Name", .required = true, NAME_IN},
    {DESCRIPTION_IN},
    {.name = "PortalOptions", STRUCTURE(PORTAL_OPTIONS)},
    {TAGS_IN},
    {.name = "Status", .values = SSO_ENABLED},
    {CLIENT_TOKEN_IN},
    {0}};
static const struct shape CREATE_OUT[] = {
    {.name = "ApplicationArn"}, {.name = "InstanceArn"}, {.name = "IdentityStoreArn"}, {0}};
static const struct shape APPLICATION_ONLY[] = {{APPLICATION_ARN_IN}, {0}};
static const struct shape UPDATE_IN[] = {
    {APPLICATION_ARN_IN},
    {.name = "Name", NAME_IN},
    {DESCRIPTION_IN},
    {.name = "Status", .values = SSO_ENABLED},
    {.name = "PortalOptions", STRUCTURE(UPDATE_PORTAL_OPTIONS)},
    {0}};
static const struct shape APPLICATION_OUT[] = {{.name = "ApplicationArn"},
                                               {.name = "ApplicationProviderArn"},
                                               {.name = "Name"},
                                               {.name = "ApplicationAccount"},
                                               {.name = "InstanceArn"},
                                               {.name = "IdentityStoreArn"},
                                               {.name = "Status", .values = SSO_ENABLED},
                                               {.name = "PortalOptions", STRUCTURE(PORTAL_OPTIONS)},
                                               {.name = "Description"},
                                               {.name = "CreatedDate", .kind = SHAPE_TIMESTAMP},
                                               {.name = "CreatedFrom"},
                                               {0}};
static const struct shape APPLICATION_ELEMENT[] = {{.name = "member", STRUCTURE(APPLICATION_OUT)}};
static const struct shape FILTER[] = {
    {.name = "ApplicationAccount", SSO_ACCOUNT}, {.name = "ApplicationProvider", PROVIDER_IN}, {0}};
static const struct shape LIST_IN[] = {{INSTANCE_ARN_IN},
                                       {.name = "Filter", STRUCTURE(FILTER)},
                                       {MAX_RESULTS_IN},
                                       {NEXT_TOKEN_IN},
                                       {0}};
static const struct shape LIST_OUT[] = {
    {.name = "Applications", .max = 50, LIST_OF(APPLICATION_ELEMENT)}, {.name = "NextToken"}, {0}};

static const char *const PROTOCOLS[] = {"SAML", "OAUTH", NULL};
static const struct shape DISPLAY_DATA[] = {
    {.name = "DisplayName"}, {.name = "IconUrl"}, {.name = "Description"}, {0}};
static const struct shape SCOPE_DETAILS[] = {
    {.name = "LongDescription"}, {.name = "DetailedTitle"}, {0}};
static const struct shape SCOPE_ELEMENT[] = {{.name = "value", STRUCTURE(SCOPE_DETAILS)}};
static const struct shape RESOURCE_SERVER[] = {
    {.name = "Scopes", .kind = SHAPE_MAP, .members = SCOPE_ELEMENT}, {0}};
static const struct shape PROVIDER_OUT[] = {
    {.name = "ApplicationProviderArn", .required = true},
    {.name = "FederationProtocol", .values = PROTOCOLS},
    {.name = "DisplayData", STRUCTURE(DISPLAY_DATA)},
    {.name = "ResourceServerConfig", STRUCTURE(RESOURCE_SERVER)},
    {0}};
static const struct shape PROVIDER_ELEMENT[] = {{.name = "member", STRUCTURE(PROVIDER_OUT)}};
static const struct shape DESCRIBE_PROVIDER_IN[] = {
    {.name = "ApplicationProviderArn", .required = true, PROVIDER_IN}, {0}};
static const struct shape LIST_PROVIDERS_IN[] = {{MAX_RESULTS_IN}, {NEXT_TOKEN_IN}, {0}};
static const struct shape LIST_PROVIDERS_OUT[] = {
    {.name = "ApplicationProviders", LIST_OF(PROVIDER_ELEMENT)}, {.name = "NextToken"}, {0}};

/* A page holds fifty at the most, even if asked for a hundred. */
static const struct paging PAGING = {"NextToken", "MaxResults", 50, 50};

/* Those that the documents name; AWS has many more. */
static const struct {
    const char *arn;
    const char *display_name;
} PROVIDERS[] = {{CUSTOM_APPLICATION_PROVIDER, "Custom application"},
                 {KIRO_APPLICATION_PROVIDER, "Kiro"}};
enum { PROVIDER_COUNT = sizeof PROVIDERS / sizeof PROVIDERS[0] };

static void put_provider(struct json *out, size_t provider)
{
    json_put_text(out, "ApplicationProviderArn", PROVIDERS[provider].arn);
    json_put_text(out, "FederationProtocol", "OAUTH");
    struct json *display = json_put(out, "DisplayData", json_new_object());
    json_put_text(display, "DisplayName", PROVIDERS[provider].display_name);
}

static enum fault find_provider(struct call *call, size_t *out_provider)
{
    const char *arn = json_member_text(call->input, "ApplicationProviderArn");
    size_t provider = 0;
    while (provider < PROVIDER_COUNT && strcmp(PROVIDERS[provider].arn, arn) != 0)
        provider++;
    if (provider == PROVIDER_COUNT)
        return sso_missing(call, "application provider", arn);
    *out_provider = provider;
    return FAULT_NONE;
}

static enum fault describe_provider(struct call *call)
{
    size_t provider = 0;
    enum fault fault = find_provider(call, &provider);
    if (fault != FAULT_NONE)
        return fault;
    put_provider(call->output, provider);
    return FAULT_NONE;
}

static enum fault list_providers(struct call *call)
{
    struct listing listing;
    enum fault fault = listing_begin(call, &SSO_PAGING, "ApplicationProviders", &listing);
    if (fault != FAULT_NONE)
        return fault;
    for (size_t i = 0; i < PROVIDER_COUNT && !listing.more; i++) {
        int64_t row = (int64_t)i + 1;
        struct json *out = row > listing.page.after ? listing_add(&listing, row) : NULL;
        if (out != NULL)
            put_provider(out, i);
    }
    return listing_end(call, &SSO_PAGING, &listing, FAULT_NONE);
}

/* Whoever is sent to the application must be told where it is. */
static enum fault check_portal(struct call *call, const struct json *value)
{
    const struct json *sign_in = json_member(json_member(value, "PortalOptions"), "SignInOptions");
    const char *origin = json_member_text(sign_in, "Origin");
    if (origin != NULL && strcmp(origin, "APPLICATION") == 0 &&
        json_member_text(sign_in, "ApplicationUrl") == NULL)
        return problem_set(&call->problem, FAULT_INVALID,
                           "ApplicationUrl is required when the origin is APPLICATION.");
    return FAULT_NONE;
}

/* What a new application has that the call did not say. */
static enum fault complete_new(struct call *call, const struct sso_place *place, struct json *value)
{
    size_t provider = 0;
    enum fault fault = find_provider(call, &provider);
    if (fault != FAULT_NONE)
        return fault;
    if (strcmp(PROVIDERS[provider].arn, CUSTOM_APPLICATION_PROVIDER) != 0)
        return problem_set(&call->problem, FAULT_INVALID,
                           "Applications of the provider %s are created by its service.",
                           PROVIDERS[provider].arn);
    struct json *portal = json_new_object();
    struct json *sign_in = json_put(portal, "SignInOptions", json_new_object());
    json_put_text(sign_in, "Origin", "IDENTITY_CENTER");
    json_put_text(portal, "Visibility", "ENABLED");
    static const char *const PORTAL_MEMBERS[] = {"SignInOptions", "Visibility", NULL};
    sso_copy(portal, json_member(value, "PortalOptions"), PORTAL_MEMBERS);
    json_put(value, "PortalOptions", portal);
    if (json_member(value, "Status") == NULL)
        json_put_text(value, "Status", "ENABLED");
    json_put_text(value, "ApplicationAccount", call->account);
    json_put_text(value, "InstanceArn", place->instance.instance_arn);
    kiro_put_store_arn(value, &place->instance);
    json_put_text(value, "CreatedFrom", call->region);
    return FAULT_NONE;
}

static enum fault complete(struct call *call, const struct sso_place *place, struct json *value)
{
    bool is_new = json_member(value, "ApplicationAccount") == NULL;
    enum fault fault = is_new ? complete_new(call, place, value) : FAULT_NONE;
    if (fault != FAULT_NONE)
        return fault;
    return check_portal(call, value);
}

static enum fault describe_application(struct call *call)
{
    struct sso_place place;
    enum fault fault = sso_place_of(call, OF_ANY_APPLICATION, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    if (place.managed >= 0)
        return kiro_application_get(call, &place.instance, place.scope, call->output,
                                    &place.managed);
    return sso_get(call);
}

static enum fault update_application(struct call *call)
{
    struct sso_place place;
    enum fault fault = sso_place_of(call, OF_APPLICATION, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    return sso_update(call);
}

enum fault sso_application_forget(struct call *call, const char *instance_arn, const char *arn)
{
    enum fault fault = record_delete_scope(world_of(call), arn);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_delete_of_key(world_of(call), APPLICATION_ASSIGNMENT, arn);
    if (fault != FAULT_NONE)
        return fault;
    return record_delete(world_of(call), SSO_APPLICATION, instance_arn, arn);
}

static enum fault delete_application(struct call *call)
{
    struct sso_place place;
    enum fault fault = sso_place_of(call, OF_APPLICATION, NULL, &place);
    if (fault != FAULT_NONE)
        return fault;
    return sso_application_forget(call, place.instance.instance_arn, place.scope);
}

struct listed {
    const struct json *filter;
    struct listing listing;
};

static void see_application(void *self, int64_t row, const struct json *application)
{
    static const struct {
        const char *filter;
        const char *member;
    } FILTERS[] = {{"ApplicationAccount", "ApplicationAccount"},
                   {"ApplicationProvider", "ApplicationProviderArn"}};
    struct listed *listed = self;
    if (listed->listing.more || row <= listed->listing.page.after)
        return;
    for (size_t i = 0; i < sizeof FILTERS / sizeof FILTERS[0]; i++) {
        const char *wanted = json_member_text(listed->filter, FILTERS[i].filter);
        if (wanted != NULL && strcmp(wanted, json_member_text(application, FILTERS[i].member)) != 0)
            return;
    }
    struct json *out = listing_add(&listed->listing, row);
    if (out != NULL)
        sso_copy(out, application, SSO_APPLICATION_NOUNS[0].shown);
}

static bool see_record(void *self, const struct record *record)
{
    struct listed *listed = self;
    struct json *value = value_of(record->value);
    see_application(listed, RECORDS_FROM + record->row, value);
    json_free(value);
    return !listed->listing.more;
}

static enum fault list_applications(struct call *call)
{
    struct sso_place place;
    struct listed listed = {.filter = json_member(call->input, "Filter")};
    enum fault fault = sso_place_of(call, OF_INSTANCE, NULL, &place);
    const char *account = json_member_text(listed.filter, "ApplicationAccount");
    if (fault != FAULT_NONE)
        return fault;
    if (!sso_owned(call, &place.instance) &&
        (account == NULL || strcmp(account, call->account) != 0))
        fault = problem_set(&call->problem, FAULT_DENIED,
                            "A member account lists its own applications: filter by "
                            "ApplicationAccount %s.",
                            call->account);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &PAGING, "Applications", &listed.listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = kiro_application_each(call, &place.instance, see_application, &listed);
    int64_t after = listed.listing.page.after - RECORDS_FROM;
    if (fault != FAULT_NONE)
        return fault;
    fault = record_each(world_of(call), SSO_APPLICATION, place.scope, after > 0 ? after : 0,
                        see_record, &listed);
    return listing_end(call, &PAGING, &listed.listing, fault);
}

static const char *const KEPT[] = {"ApplicationProviderArn", "Name",   "Description",
                                   "PortalOptions",          "Status", NULL};
static const char *const SHOWN[] = {"ApplicationArn", "ApplicationProviderArn",
                                    "Name",           "ApplicationAccount",
                                    "InstanceArn",    "IdentityStoreArn",
                                    "Status",         "PortalOptions",
                                    "Description",    "CreatedDate",
                                    "CreatedFrom",    NULL};
static const char *const CREATED[] = {"ApplicationArn", "InstanceArn", "IdentityStoreArn", NULL};
static const char *const NOUN_OPERATIONS[] = {"CreateApplication", "DescribeApplication",
                                              "UpdateApplication", NULL};
const struct sso_noun SSO_APPLICATION_NOUNS[] = {{.kind = SSO_APPLICATION,
                                                  .words = "application",
                                                  .parent = OF_INSTANCE,
                                                  .key = "ApplicationArn",
                                                  .arn = "apl",
                                                  .kept = KEPT,
                                                  .shown = SHOWN,
                                                  .created = CREATED,
                                                  .merge_depth = 1,
                                                  .complete = complete,
                                                  .operations = NOUN_OPERATIONS},
                                                 {0}};

const struct operation SSO_APPLICATION_OPERATIONS[] = {
    OPERATION("CreateApplication", WRITE, CREATE_IN, CREATE_OUT, sso_create),
    OPERATION("DescribeApplication", READ, APPLICATION_ONLY, APPLICATION_OUT, describe_application),
    OPERATION("ListApplications", READ, LIST_IN, LIST_OUT, list_applications),
    OPERATION("UpdateApplication", WRITE, UPDATE_IN, NO_SHAPE, update_application),
    OPERATION("DeleteApplication", WRITE, APPLICATION_ONLY, NO_SHAPE, delete_application),
    OPERATION("DescribeApplicationProvider", READ, DESCRIBE_PROVIDER_IN, PROVIDER_OUT,
              describe_provider),
    OPERATION("ListApplicationProviders", READ, LIST_PROVIDERS_IN, LIST_PROVIDERS_OUT,
              list_providers),
    {0}};
