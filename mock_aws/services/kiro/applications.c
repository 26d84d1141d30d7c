/* SPDX-License-Identifier: MIT */
/* The applications of Kiro profiles; see applications.h. */
#include "services/kiro/applications.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "world/rows/id_list.h"

static const struct {
    const char *name; /* before the profile's Region */
    const char *provider;
    const char *url;
} APPLICATIONS[APPLICATIONS_PER_PROFILE] = {
    [SEATS_APPLICATION] = {"KiroProfile-", KIRO_APPLICATION_PROVIDER,
                           "https://aws.amazon.com/q/developer/"},
    [SIGN_IN_APPLICATION] = {"Kiro Sign-In - KiroProfile-", CUSTOM_APPLICATION_PROVIDER,
                             "https://app.kiro.dev/signin/oauth"},
};

void kiro_put_store_arn(struct json *out, const struct instance *instance)
{
    struct text arn = {0};
    text_addf(&arn, "arn:aws:identitystore::%s:identitystore/%s", instance->account_id,
              instance->store_id);
    json_put_text(out, "IdentityStoreArn", text_chars(&arn));
    text_clear(&arn);
}

static void put_application(struct json *out, const struct instance *instance,
                            const struct profile *profile, enum profile_application which)
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
    kiro_put_store_arn(out, instance);
    json_put_text(out, "Status", "ENABLED");
    struct json *portal = json_put(out, "PortalOptions", json_new_object());
    struct json *sign_in = json_put(portal, "SignInOptions", json_new_object());
    json_put_text(sign_in, "Origin", "APPLICATION");
    json_put_text(sign_in, "ApplicationUrl", APPLICATIONS[which].url);
    json_put_text(portal, "Visibility", "ENABLED");
    json_put_integer(out, "CreatedDate", profile->created_s);
    json_put_text(out, "CreatedFrom", profile->region);
}

enum fault kiro_application_each(struct call *call, const struct instance *instance,
                                 void (*see)(void *self, int64_t row,
                                             const struct json *application),
                                 void *self)
{
    struct id_list profiles = {0};
    enum fault fault = profile_arns_of_instance(world_of(call), instance->instance_arn, &profiles);
    for (size_t i = 0; i < profiles.count && fault == FAULT_NONE; i++) {
        struct profile profile;
        fault = profile_get(world_of(call), profiles.ids[i], &profile);
        for (int which = 0;
             fault == FAULT_NONE && profile.deleted_s == 0 && which < APPLICATIONS_PER_PROFILE;
             which++) {
            struct json *application = json_new_object();
            put_application(application, instance, &profile, (enum profile_application)which);
            see(self, profile.row * APPLICATIONS_PER_PROFILE + which, application);
            json_free(application);
        }
    }
    id_list_clear(&profiles);
    return fault;
}

struct wanted {
    const char *arn;
    struct json *out;
    int which;
};

static void see_wanted(void *self, int64_t row, const struct json *application)
{
    struct wanted *wanted = self;
    if (strcmp(json_member_text(application, "ApplicationArn"), wanted->arn) != 0)
        return;
    wanted->which = (int)(row % APPLICATIONS_PER_PROFILE);
    for (const struct json *at = json_first(application); wanted->out != NULL && at != NULL;
         at = json_next(at))
        json_put(wanted->out, json_name(at), json_copy(at));
}

enum fault kiro_application_get(struct call *call, const struct instance *instance, const char *arn,
                                struct json *out, int *out_which)
{
    struct wanted wanted = {.arn = arn, .out = out, .which = -1};
    enum fault fault = kiro_application_each(call, instance, see_wanted, &wanted);
    *out_which = wanted.which;
    return fault;
}
