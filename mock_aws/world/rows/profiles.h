/* SPDX-License-Identifier: MIT */
/*
 * Kiro profiles as they are: one per account and Region (rule 39), bound to an Identity Center
 * instance of any Region (rule 40).
 */
#ifndef MOCK_KIRO_WORLD_ROWS_PROFILES_H
#define MOCK_KIRO_WORLD_ROWS_PROFILES_H

#include "world/rows/id_list.h"

struct profile {
    int64_t row;
    char profile_arn[ARN_BYTES];
    char account_id[ACCOUNT_BYTES];
    char region[REGION_BYTES];
    char instance_arn[ARN_BYTES];
    char store_id[STORE_ID_BYTES];
    char instance_region[REGION_BYTES];
    bool overage; /* billed beyond the credits of a plan, for all users of the profile (rule 50) */
    int64_t created_s;
    int64_t ready_s;            /* CreateAssignment is refused before */
    int64_t deleted_s;          /* 0: it lives */
    int64_t accounts_until_s;   /* FOREVER while the accounts of profile and instance are open */
    int64_t instance_deleted_s; /* 0: its instance lives; otherwise the profile is a shell (E11) */
};

/*
 * Every profile brings two Identity Center applications (kiro-wire 4), read off it: one that seats
 * hang on, one to sign in with.
 */
enum { APPLICATION_ARN_BYTES = 2 * ARN_BYTES };
enum profile_application { SEATS_APPLICATION, SIGN_IN_APPLICATION, APPLICATIONS_PER_PROFILE };
void application_arn(const struct profile *profile, enum profile_application which,
                     char out_arn[APPLICATION_ARN_BYTES]);

/* Deleted ones are found too. FAULT_NOT_FOUND if there never was one. */
enum fault profile_get(struct world *world, const char *profile_arn, struct profile *out_profile);

/* Living profiles of an account and Region above `after`. */
enum fault profile_each(
    struct world *world, const char *account_id, const char *region, int64_t after, int64_t limit,
    void (*see)(void *self, const struct profile *profile, const char *settings), void *self);

/* Every living profile. */
enum fault profile_each_anywhere(struct world *world,
                                 void (*see)(void *self, const char *profile_arn,
                                             const char *account_id, const char *region,
                                             const char *instance_arn),
                                 void *self);

/* The ARNs of all profiles ever bound to the instance, into `out_arns`, in order of creation. */
enum fault profile_arns_of_instance(struct world *world, const char *instance_arn,
                                    struct id_list *out_arns);

/* What CreateProfile was given and UpdateProfile changed, as JSON text; free it. */
enum fault profile_settings(struct world *world, const char *profile_arn, char **out_settings);

#endif
