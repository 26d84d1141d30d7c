/* SPDX-License-Identifier: MIT */
/* Tags of Kiro profiles (kiro-wire 3.3), kept as records in the scope of the profile's ARN. */
#ifndef MOCK_KIRO_SERVICES_KIRO_PROFILE_TAGS_H
#define MOCK_KIRO_SERVICES_KIRO_PROFILE_TAGS_H

#include "services/calls.h"

handler kiro_tag_profile, kiro_untag_profile, kiro_list_tags_of_profile;
extern const struct shape PROFILE_TAG[], TAG_PROFILE_IN[], UNTAG_PROFILE_IN[],
    LIST_PROFILE_TAGS_IN[], LIST_PROFILE_TAGS_OUT[];
enum { PROFILE_TAGS_MAX = 200 };

/*
 * Keep a list of {key, value}; a key that is there gets the new value. FAULT_INVALID beyond
 * PROFILE_TAGS_MAX. NULL keeps nothing.
 */
enum fault kiro_profile_tags_put(struct call *call, const char *profile_arn,
                                 const struct json *tags);

/*
 * The living profile of this ARN, if it is the caller's and of this Region; FAULT_NOT_FOUND,
 * FAULT_DENIED.
 */
enum fault kiro_own_profile(struct call *call, const char *profile_arn,
                            struct profile *out_profile);

#endif
