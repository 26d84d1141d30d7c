/* SPDX-License-Identifier: MIT */
/* ListApplications and DescribeApplication over the applications of Kiro profiles (identity-wire 6.3, kiro-wire 4). */
#include "services/applications.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "wire/shapes.h"
#include "world/touched.h"

static const struct {
    const char *name; /* before the profile's Region */
    const char *provider;
    const char *origin;
    const char *url;
} APPLICATIONS[APPLICATIONS_PER_PROFILE] = {
    [SEATS_APPLICATION] = {"KiroProfile-", "arn:aws:sso::aws:applicationProvider/codewhisperer",
                           "APPLICATION", "https://aws.amazon.com/q/developer/"},
    [SIGN_IN_APPLICATION] = {"Kiro Sign-In - KiroProfile-",
                             "arn:aws:sso::aws:applicationProvider/custom", "APPLICATION",
                             "https://app.kiro.dev/signin/oauth"},
};

static const char *const ORIGINS[] = {"IDENTITY_CENTER", "APPLICATION", NULL};
static const char *const ENABLED[] = {"ENABLED", "DISABLED", NULL};
static const struct shape SIGN_IN_MEMBERS[] = {
    {.name = "Origin", .required = true, .values = ORIGINS}, {.name = "ApplicationUrl"}, {0}};
static const struct shape PORTAL_MEMBERS[] = {
    {.name = "SignInOptions", .kind = SHAPE_STRUCTURE, .members = SIGN_IN_MEMBERS},
    {.name = "Visibility", .values = ENABLED},
    {0}};
const struct shape APPLICATION_MEMBERS[] = {
    {.name = "ApplicationArn"},
    {.name = "ApplicationProviderArn"},
    {.name = "Name"},
    {.name = "ApplicationAccount"},
    {.name = "InstanceArn"},
    {.name = "Status", .values = ENABLED},
    {.name = "PortalOptions", .kind = SHAPE_STRUCTURE, .members = PORTAL_MEMBERS},
    {.name = "CreatedDate", .kind = SHAPE_TIMESTAMP},
    {.name = "CreatedFrom"},
    {0}};
static const struct shape APPLICATION_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = APPLICATION_MEMBERS}};
static const struct shape FILTER_MEMBERS[] = {
    {.name = "ApplicationAccount", .min = 12, .max = 12, .pattern = &PATTERN_ACCOUNT_ID},
    {.name = "ApplicationProvider", .min = 10, .max = 1224},
    {0}};
const struct shape LIST_APPLICATIONS_IN[] = {
    {.name = "InstanceArn",
     .required = true,
     .min = 10,
     .max = 1224,
     .pattern = &PATTERN_INSTANCE_ARN},
    {.name = "Filter", .kind = SHAPE_STRUCTURE, .members = FILTER_MEMBERS},
    {.name = "MaxResults", .kind = SHAPE_INTEGER, .min = 1, .max = 100},
    {.name = "NextToken", .max = 2048, .pattern = &PATTERN_PAGE_TOKEN},
    {0}};
const struct shape LIST_APPLICATIONS_OUT[] = {
    {.name = "Applications", .kind = SHAPE_LIST, .max = 50, .members = APPLICATION_ELEMENT},
    {.name = "NextToken"},
    {0}};
const struct shape DESCRIBE_APPLICATION_IN[] = {{.name = "ApplicationArn",
                                                 .required = true,
                                                 .min = 10,
                                                 .max = 1224,
                                                 .pattern = &PATTERN_APPLICATION_ARN},
                                                {0}};

/* A page holds fifty at the most, even if asked for a hundred. */
static const struct paging PAGING = {"NextToken", "MaxResults", 50, 50};

static void put_application(struct json *out, const struct profile *profile,
                            enum profile_application which)
{
    char arn[APPLICATION_ARN_BYTES];
    char name[REGION_BYTES + 40];
    application_arn(profile, which, arn);
    snprintf(name, sizeof name, "%s%s", APPLICATIONS[which].name, profile->region);
    json_put_text(out, "ApplicationArn", arn);
    json_put_text(out, "ApplicationProviderArn", APPLICATIONS[which].provider);
    json_put_text(out, "Name", name);
    json_put_text(out, "ApplicationAccount", profile->account_id);
    json_put_text(out, "InstanceArn", profile->instance_arn);
    json_put_text(out, "Status", "ENABLED");
    struct json *portal = json_put(out, "PortalOptions", json_new_object());
    struct json *sign_in = json_put(portal, "SignInOptions", json_new_object());
    json_put_text(sign_in, "Origin", APPLICATIONS[which].origin);
    json_put_text(sign_in, "ApplicationUrl", APPLICATIONS[which].url);
    json_put_text(portal, "Visibility", "ENABLED");
    json_put_integer(out, "CreatedDate", profile->created_s);
    json_put_text(out, "CreatedFrom", profile->region);
}

/* The living instance of this Region, open to the caller; AccessDenied otherwise, as these operations model nothing else. */
static enum fault instance_of_list(struct call *call, const char *arn,
                                   struct instance *out_instance)
{
    enum fault fault = instance_get(world_of(call), arn, out_instance);
    bool there = fault == FAULT_NONE && out_instance->deleted_s == 0 &&
                 strcmp(out_instance->region, call->region) == 0;
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && !there))
        return problem_set(&call->problem, FAULT_DENIED,
                           "User: %s is not authorized to perform: sso:%s on resource: %s",
                           call->actor, call->operation->name, arn);
    return fault == FAULT_NONE ? instance_open_to(call, out_instance, true) : fault;
}

static bool filtered_out(const struct call *call, const struct profile *profile,
                         enum profile_application which)
{
    const struct json *filter = json_member(call->input, "Filter");
    const char *account = json_member_text(filter, "ApplicationAccount");
    const char *provider = json_member_text(filter, "ApplicationProvider");
    return (account != NULL && strcmp(account, profile->account_id) != 0) ||
           (provider != NULL && strcmp(provider, APPLICATIONS[which].provider) != 0);
}

/* Calls `see` for every application of the instance's living profiles. */
static enum fault each_application(struct call *call, const char *instance_arn,
                                   void (*see)(void *self, const struct profile *profile,
                                               enum profile_application which),
                                   void *self)
{
    struct touched profiles = {0};
    enum fault fault = profile_arns_of_instance(world_of(call), instance_arn, &profiles);
    for (size_t i = 0; i < profiles.count && fault == FAULT_NONE; i++) {
        struct profile profile;
        fault = profile_get(world_of(call), profiles.ids[i], &profile);
        for (int which = 0;
             fault == FAULT_NONE && profile.deleted_s == 0 && which < APPLICATIONS_PER_PROFILE;
             which++)
            see(self, &profile, (enum profile_application)which);
    }
    touched_clear(&profiles);
    return fault;
}

struct listed {
    struct call *call;
    struct listing listing;
};

static void see_listed(void *self, const struct profile *profile, enum profile_application which)
{
    struct listed *listed = self;
    int64_t row = profile->row * APPLICATIONS_PER_PROFILE + (int64_t)which;
    if (listed->listing.more || row <= listed->listing.page.after ||
        filtered_out(listed->call, profile, which))
        return;
    struct json *out = listing_add(&listed->listing, row);
    if (out != NULL)
        put_application(out, profile, which);
}

enum fault list_applications(struct call *call)
{
    struct instance instance;
    struct listed listed = {.call = call};
    const char *arn = json_member_text(call->input, "InstanceArn");
    enum fault fault = instance_of_list(call, arn, &instance);
    if (fault == FAULT_NONE)
        fault = listing_begin(call, &PAGING, "Applications", &listed.listing);
    if (fault == FAULT_NONE)
        fault = each_application(call, arn, see_listed, &listed);
    return listing_end(call, &PAGING, &listed.listing, fault);
}

struct wanted {
    const char *arn;
    struct json *output;
};

static void see_wanted(void *self, const struct profile *profile, enum profile_application which)
{
    struct wanted *wanted = self;
    char arn[APPLICATION_ARN_BYTES];
    application_arn(profile, which, arn);
    if (strcmp(arn, wanted->arn) == 0)
        put_application(wanted->output, profile, which);
}

enum fault describe_application(struct call *call)
{
    struct instance instance;
    struct wanted wanted = {.arn = json_member_text(call->input, "ApplicationArn"),
                            .output = call->output};
    struct text instance_arn = {0};
    const char *part = strstr(wanted.arn, "ssoins-");
    text_add(&instance_arn, "arn:aws:sso:::instance/");
    text_add_bytes(&instance_arn, part == NULL ? "" : part, part == NULL ? 0 : strcspn(part, "/"));
    enum fault fault = instance_of_list(call, text_chars(&instance_arn), &instance);
    if (fault == FAULT_DENIED)
        fault = FAULT_NOT_FOUND;
    if (fault == FAULT_NONE)
        fault = each_application(call, text_chars(&instance_arn), see_wanted, &wanted);
    text_clear(&instance_arn);
    if (fault == FAULT_NOT_FOUND || (fault == FAULT_NONE && json_count(call->output) == 0))
        return problem_set(&call->problem, FAULT_NOT_FOUND,
                           "Application with ARN %s does not exist.", wanted.arn);
    return fault;
}
