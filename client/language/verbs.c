/* SPDX-License-Identifier: MIT */
/* The table of verbs. The texts here are the manual: `kiro-check language` prints them. */
#include "language/verbs.h"

#include <string.h>

#define ONLY_ONE "the only one"
#define PROFILE_MEMBER                                                                             \
    {                                                                                              \
        "profile", VALUE_PROFILE, false, ONLY_ONE, "Under which profile."                          \
    }
#define TO_MEMBER                                                                                  \
    {                                                                                              \
        "to", VALUE_PRINCIPAL, true, NULL, "The user or the group."                                \
    }

static const struct member CREATE_USER[] = {
    {"user", VALUE_NEW_HANDLE, true, NULL, "A handle that no user has had so far."},
    {"user_name", VALUE_TEXT, false, "the handle",
     "The user name; it may be one that a deleted user had."},
    {"instance", VALUE_INSTANCE, false, ONLY_ONE, "In whose directory."},
    {0}};
static const struct member A_USER[] = {{"user", VALUE_USER, true, NULL, "Who."}, {0}};
static const struct member MEMBERSHIP[] = {
    {"group", VALUE_GROUP, true, NULL, "Which group."},
    {"member", VALUE_MEMBER, true, NULL,
     "Which user; a group can be named too, to see it refused."},
    {0}};
static const struct member A_GROUP[] = {{"group", VALUE_GROUP, true, NULL, "Which group."}, {0}};
static const struct member SUBSCRIBE[] = {
    TO_MEMBER, {"plan", VALUE_PLAN, false, DEFAULT_PLAN, "The plan bought."}, PROFILE_MEMBER, {0}};
static const struct member UNSUBSCRIBE[] = {TO_MEMBER, PROFILE_MEMBER, {0}};
static const struct member CHANGE_PLAN[] = {
    TO_MEMBER, {"plan", VALUE_PLAN, true, NULL, "The new plan."}, PROFILE_MEMBER, {0}};
static const struct member USE[] = {
    {"user", VALUE_USER, true, NULL, "Who."},
    PROFILE_MEMBER,
    {"credits", VALUE_CREDITS, false, DEFAULT_CREDITS, "How many credits it takes."},
    {"client", VALUE_CLIENT, false, "cli", "With the command line or the editor."},
    {0}};
static const struct member FAULT[] = {
    {"fault", VALUE_FAULT, true, NULL,
     "What the calls get instead of an answer, or what becomes of the answer."},
    {"operation", VALUE_TEXT, false, "every one", "Which calls, by AWS's name for them."},
    {"nth", VALUE_SEED, false, "every one", "The nth of them alone."},
    {"first", VALUE_SEED, false, "all", "The first so many of them."},
    {"latency_ms", VALUE_SEED, false, NULL,
     "How late the answer of `latency` comes, and the second half of that of `slow`, which need "
     "it."},
    {0}};
static const struct member RAISE_OVERAGE_CAP[] = {
    {"cap", VALUE_AMOUNT, true, NULL, "In USD a month, for everybody of the profile together."},
    PROFILE_MEMBER,
    {0}};
static const struct member SET_OVERAGE[] = {
    {"overage", VALUE_OVERAGE, true, NULL, "May credits beyond the plan's be used, and be billed?"},
    PROFILE_MEMBER,
    {0}};
static const struct member CREATE_PROFILE[] = {
    {"profile", VALUE_NEW_HANDLE, true, NULL, "A handle that no profile has had so far."},
    {"account", VALUE_ACCOUNT, false, ONLY_ONE, "Who owns it and pays."},
    {"region", VALUE_REGION, false, DEFAULT_REGION, "Where."},
    {"instance", VALUE_INSTANCE, false, ONLY_ONE, "Where its users are looked up."},
    {0}};
static const struct member A_PROFILE[] = {{"profile", VALUE_PROFILE, true, NULL, "Which profile."},
                                          {0}};
static const struct member AN_INSTANCE[] = {
    {"instance", VALUE_INSTANCE, true, NULL, "Which instance."}, {0}};
static const struct member CREATE_ACCOUNT[] = {
    {"account", VALUE_NEW_HANDLE, true, NULL, "A handle that no account has had so far."},
    {"name", VALUE_TEXT, false, "the handle", "What it is called."},
    {"email", VALUE_TEXT, false, "HANDLE@example.com",
     "Its root user's address, which no other has."},
    {0}};
static const struct member AN_ACCOUNT[] = {{"account", VALUE_ACCOUNT, true, NULL, "Which account."},
                                           {0}};
static const struct member ROLE_OF[] = {{"account", VALUE_ACCOUNT, true, NULL, "Of which account."},
                                        {0}};
static const struct member ADVANCE[] = {
    {"to", VALUE_TIME_OR_NEXT_MONTH, false, NULL,
     "A time not before now, or `next-month`: the 1st, 00:00:00Z."},
    {"by", VALUE_DURATION, false, NULL, "How long; say this or `to`."},
    {0}};
static const struct member CHECK[] = {
    {"user", VALUE_USER, true, NULL, "Whose seat."},
    PROFILE_MEMBER,
    {"status", VALUE_STATUS, false, NULL,
     "Of the seat, as the AWS listing shows it, and once it has left the listing as the records "
     "show it; `NONE`: he never had one."},
    {"plan", VALUE_PLAN, false, NULL, "The plan bought."},
    {"plan_in_force", VALUE_PLAN_OR_NONE, false, NULL,
     "The plan whose credits he has; `none` while Pending."},
    {"access", VALUE_BOOLEAN, false, NULL, "May he use it now?"},
    {"users_tab", VALUE_BOOLEAN, false, NULL, "Does the console's Users tab list him?"},
    {"subscriptions_tab", VALUE_BOOLEAN, false, NULL,
     "Does the console's Subscriptions tab list him?"},
    {"source", VALUE_SOURCE, false, NULL,
     "Of a seat that is held: the user's own subscription, his group's, or both."},
    {"shown_as", VALUE_SHOWN_AS, false, NULL, "By name, or by the raw id of a user who is gone."},
    {"bill", VALUE_BILL, false, NULL,
     "What he costs under this profile: amounts by month, a month to come as a forecast."},
    {"rule", VALUE_RULE, false, NULL, "The rule that ended the seat."},
    {0}};

#define API(perform)                                                                               \
    {                                                                                              \
        {                                                                                          \
            "api", perform                                                                         \
        }                                                                                          \
    }
#define CONTROL(perform)                                                                           \
    {                                                                                              \
        {                                                                                          \
            "control", perform                                                                     \
        }                                                                                          \
    }

static const struct verb VERBS[] = {
    {{"create_user", "An administrator creates a user in the directory.", CREATE_USER},
     true,
     {{"api", action_create_user},
      {"scim", action_create_user_by_scim},
      {"entra", action_create_user_by_scim},
      {"okta", action_create_user_by_scim},
      {"google", action_create_user_by_scim}}},
    {{"delete_user",
      "An administrator deletes a user for good. Using the name again makes another person. Okta "
      "never does: it deactivates.",
      A_USER},
     true,
     {{"api", action_delete_user},
      {"scim", action_delete_user_by_scim},
      {"entra", action_delete_user_by_scim},
      {"google", action_delete_user_by_scim}}},
    {{"deactivate_user",
      "An administrator disables a user. In an identity provider that is what unassigning, "
      "suspending and (at first) deleting somebody comes to.",
      A_USER},
     true,
     {{"console", action_deactivate_user},
      {"scim", action_deactivate_user_by_scim},
      {"entra", action_deactivate_user_by_entra},
      {"okta", action_deactivate_user_by_okta},
      {"google", action_deactivate_user_by_google}}},
    {{"reactivate_user", "An administrator enables a disabled user.", A_USER},
     true,
     {{"console", action_reactivate_user},
      {"scim", action_reactivate_user_by_scim},
      {"entra", action_reactivate_user_by_entra},
      {"okta", action_reactivate_user_by_okta},
      {"google", action_reactivate_user_by_google}}},
    {{"sign_in",
      "A user signs in. Refused with `AccessDeniedException` if disabled, with "
      "`ResourceNotFoundException` if deleted.",
      A_USER},
     true,
     CONTROL(action_sign_in)},
    {{"add_member",
      "An administrator puts a user into a group. By SCIM, adding a member again is no error.",
      MEMBERSHIP},
     false,
     {{"api", action_add_member},
      {"scim", action_add_member_by_scim},
      {"entra", action_add_member_by_entra},
      {"okta", action_add_member_by_scim}}},
    {{"remove_member",
      "An administrator takes a user out of a group. By SCIM, removing somebody who is not in it "
      "is "
      "no error.",
      MEMBERSHIP},
     false,
     {{"api", action_remove_member},
      {"scim", action_remove_member_by_scim},
      {"entra", action_remove_member_by_entra},
      {"okta", action_remove_member_by_okta}}},
    {{"delete_group", "An administrator deletes a group; its members stay in the directory.",
      A_GROUP},
     true,
     {{"api", action_delete_group},
      {"scim", action_delete_group_by_scim},
      {"entra", action_delete_group_by_scim},
      {"okta", action_delete_group_by_scim}}},
    {{"subscribe", "An administrator subscribes a user, or a group and so everybody in it.",
      SUBSCRIBE},
     true,
     {{"api", action_subscribe}, {"management", action_subscribe_by_management}}},
    {{"unsubscribe",
      "An administrator takes a subscription back. By `self` the person tries it, with the token "
      "of a `sign_in` before "
      "(`MissingAuthenticationTokenException`), by `stranger` the administrator of an account that "
      "has no part in it "
      "(`ResourceNotFoundException`).",
      UNSUBSCRIBE},
     true,
     {{"api", action_unsubscribe},
      {"management", action_unsubscribe_by_management},
      {"self", action_unsubscribe_by_self},
      {"stranger", action_unsubscribe_by_stranger}}},
    {{"change_plan", "An administrator moves a subscription to another plan.", CHANGE_PLAN},
     false,
     {{"api", action_change_plan}, {"management", action_change_plan_by_management}}},
    {{"use",
      "A user works with Kiro. Refused with `AccessDeniedException`, or with "
      "`ServiceQuotaExceededException` if his credits do not suffice.",
      USE},
     true,
     CONTROL(action_use)},
    {{"set_overage", "An administrator switches overage on or off for everybody of a profile.",
      SET_OVERAGE},
     true,
     API(action_set_overage)},
    {{"raise_overage_cap",
      "An administrator has the quota of a profile's overage raised; it is 10000.00 at first, and "
      "cannot be "
      "lowered.",
      RAISE_OVERAGE_CAP},
     true,
     API(action_raise_overage_cap)},
    {{"fault",
      "From now on calls fail as AWS's sometimes do, in the place of faults asked for before. A "
      "step that fails so is `refused`, and must change nothing. One whose connection breaks is "
      "refused with `connection-reset` (`reset-before`, `reset-after`) or `answer-truncated` "
      "(`truncated`), and its caller cannot know whether it is `done`: after `reset-before` it is "
      "not, after the others it is, unless the call would have been refused anyway. What comes "
      "late by `latency` or `slow` comes whole.",
      FAULT},
     true,
     CONTROL(action_fault)},
    {{"create_profile", "An administrator creates a Kiro profile.", CREATE_PROFILE},
     true,
     API(action_create_profile)},
    {{"delete_profile", "An administrator deletes a Kiro profile.", A_PROFILE},
     true,
     API(action_delete_profile)},
    {{"delete_instance",
      "An administrator deletes an Identity Center instance with everybody in it.", AN_INSTANCE},
     true,
     API(action_delete_instance)},
    {{"create_account", "The management account of the world's first organization adds an account.",
      CREATE_ACCOUNT},
     true,
     API(action_create_account)},
    {{"close_account",
      "The management account closes an account of its organization. Refused with "
      "`ConstraintViolationException` for itself, with `AccountAlreadyClosedException` the second "
      "time.",
      AN_ACCOUNT},
     true,
     API(action_close_account)},
    {{"register_administrator",
      "The management account makes an account the delegated administrator of Identity Center. "
      "Refused with "
      "`ConstraintViolationException` for itself, and while there is another one.",
      AN_ACCOUNT},
     true,
     API(action_register_administrator)},
    {{"deregister_administrator",
      "The management account takes that back. Refused with `AccountNotRegisteredException` if "
      "there is nothing to take back.",
      AN_ACCOUNT},
     true,
     API(action_deregister_administrator)},
    {{"reopen_account", "AWS Support reopens a closed account, which it does for 90 days.",
      AN_ACCOUNT},
     true,
     CONTROL(action_reopen_account)},
    {{"delete_role",
      "An administrator deletes the service-linked role with which Kiro reads the directory for an "
      "account. Refused with `NoSuchEntity` if it is not there.",
      ROLE_OF},
     true,
     API(action_delete_role)},
    {{"create_role",
      "An administrator makes that role again; it appears by itself with the first profile. "
      "Refused with `InvalidInput` if it is there.",
      ROLE_OF},
     true,
     API(action_create_role)},
    {{"advance", "Time passes.", ADVANCE}, true, CONTROL(action_advance)},
    {{"check", "States what must hold now for one user under one profile, at least one thing.",
      CHECK},
     false,
     {{NULL, NULL}}},
};

const struct verb *verb_at(size_t index)
{
    return index < sizeof VERBS / sizeof *VERBS ? &VERBS[index] : NULL;
}

const struct verb *verb_find(const char *name)
{
    for (size_t i = 0; verb_at(i) != NULL; i++) {
        if (strcmp(VERBS[i].form.name, name) == 0)
            return &VERBS[i];
    }
    return NULL;
}

bool verb_is_check(const struct verb *verb)
{
    return verb->paths[0].perform == NULL;
}

const struct path *verb_path(const struct verb *verb, const char *name)
{
    for (const struct path *path = verb->paths; path->name != NULL; path++) {
        if (strcmp(path->name, name) == 0)
            return path;
    }
    return NULL;
}
