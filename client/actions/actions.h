/* SPDX-License-Identifier: MIT */
/*
 * What each verb does, as an administrator's script or a signed-in user would do it: calls over the
 * wire, nothing else.
 */
#ifndef MOCK_KIRO_CLIENT_DEEDS_H
#define MOCK_KIRO_CLIENT_DEEDS_H

#include "actions/session.h"

/* What arguments mean that are left out. */
#define DEFAULT_PLAN "pro"
#define DEFAULT_CREDITS "0.01"
#define DEFAULT_REGION "us-east-1"

/*
 * Do what a step says; if it was accepted, the oracle and the cast know afterwards. False: there was
 * no usable answer (aws_problem).
 */
typedef bool verb_perform(struct stage *stage, const struct json *said, struct deed *out_deed);

verb_perform deed_create_user;
verb_perform deed_delete_user;
verb_perform deed_deactivate_user;
verb_perform deed_reactivate_user;
verb_perform deed_sign_in;
verb_perform deed_add_member;
verb_perform deed_remove_member;
verb_perform deed_delete_group;
verb_perform deed_subscribe;
verb_perform deed_unsubscribe;
verb_perform deed_change_plan;
verb_perform deed_use;
verb_perform deed_set_overage;
verb_perform deed_fault;
verb_perform deed_raise_overage_cap;
verb_perform deed_create_profile;
verb_perform deed_delete_profile;
verb_perform deed_delete_instance;
verb_perform deed_create_account;
verb_perform deed_close_account;
verb_perform deed_reopen_account;
verb_perform deed_delete_role;
verb_perform deed_create_role;
verb_perform deed_register_administrator;
verb_perform deed_deregister_administrator;
verb_perform deed_advance;

/* The same by another way. */
verb_perform deed_create_user_by_scim;
verb_perform deed_delete_user_by_scim;
verb_perform deed_deactivate_user_by_scim;
verb_perform deed_deactivate_user_by_entra;
verb_perform deed_deactivate_user_by_okta;
verb_perform deed_deactivate_user_by_google;
verb_perform deed_reactivate_user_by_scim;
verb_perform deed_reactivate_user_by_entra;
verb_perform deed_reactivate_user_by_okta;
verb_perform deed_reactivate_user_by_google;
verb_perform deed_add_member_by_scim;
verb_perform deed_add_member_by_entra;
verb_perform deed_remove_member_by_scim;
verb_perform deed_remove_member_by_entra;
verb_perform deed_remove_member_by_okta;
verb_perform deed_delete_group_by_scim;
verb_perform deed_subscribe_by_management;
verb_perform deed_unsubscribe_by_management;
verb_perform deed_unsubscribe_by_self;
verb_perform deed_unsubscribe_by_stranger;
verb_perform deed_change_plan_by_management;

/* A user was created, or refused: what the cast and the oracle have to know. False: he came without an id. */
bool deed_user_created(struct stage *stage, const struct json *said, const char *user_id,
                       const struct deed *deed);

/* Move the clock; also what a step's `at` does. */
bool deed_move_clock(struct stage *stage, int64_t to_s);

#endif
