/* SPDX-License-Identifier: MIT */
/*
 * Actions: what each verb of the language does, performed as an administrator's script or a
 * signed-in user would, by calls over the wire and nothing else. One function per verb and path.
 */
#ifndef MOCK_KIRO_CLIENT_ACTIONS_H
#define MOCK_KIRO_CLIENT_ACTIONS_H

#include "actions/session.h"

/* What arguments mean that are left out; the language's tables say so, too. */
#define DEFAULT_PLAN "pro"
#define DEFAULT_CREDITS "0.01"
#define DEFAULT_REGION "us-east-1"

/*
 * Does what a step says.
 * Requires: `arguments` fit the verb's form, and every handle in them is registered;
 * `out_result->done` as the step says.
 * Gives: `*out_result`; if it was accepted, the oracle and the registry know afterwards.
 * Fails: there was no usable answer (aws_problem).
 */
typedef bool action_function(struct session *session, const struct json *arguments,
                             struct action_result *out_result);

action_function action_create_user;
action_function action_delete_user;
action_function action_deactivate_user;
action_function action_reactivate_user;
action_function action_sign_in;
action_function action_add_member;
action_function action_remove_member;
action_function action_delete_group;
action_function action_subscribe;
action_function action_unsubscribe;
action_function action_change_plan;
action_function action_use;
action_function action_set_overage;
action_function action_fault;
action_function action_raise_overage_cap;
action_function action_create_profile;
action_function action_delete_profile;
action_function action_delete_instance;
action_function action_create_account;
action_function action_close_account;
action_function action_reopen_account;
action_function action_delete_role;
action_function action_create_role;
action_function action_register_administrator;
action_function action_deregister_administrator;
action_function action_advance;

/* The same by other paths. */
action_function action_create_user_by_scim;
action_function action_delete_user_by_scim;
action_function action_deactivate_user_by_scim;
action_function action_deactivate_user_by_entra;
action_function action_deactivate_user_by_okta;
action_function action_deactivate_user_by_google;
action_function action_reactivate_user_by_scim;
action_function action_reactivate_user_by_entra;
action_function action_reactivate_user_by_okta;
action_function action_reactivate_user_by_google;
action_function action_add_member_by_scim;
action_function action_add_member_by_entra;
action_function action_remove_member_by_scim;
action_function action_remove_member_by_entra;
action_function action_remove_member_by_okta;
action_function action_delete_group_by_scim;
action_function action_subscribe_by_management;
action_function action_unsubscribe_by_management;
action_function action_unsubscribe_by_self;
action_function action_unsubscribe_by_stranger;
action_function action_change_plan_by_management;

/*
 * Lets the registry and the oracle know of a user who was created, by whichever path; of one who
 * was refused, nothing.
 * Fails: he was accepted and came without an id (NULL).
 */
bool action_user_created(struct session *session, const struct json *arguments, const char *user_id,
                         const struct action_result *result);

/*
 * Moves the server's clock and the session's: what a step's `at` does.
 * Fails: there was no usable answer, or the clock would not go there (aws_problem).
 */
bool action_move_clock(struct session *session, int64_t to_s);

#endif
