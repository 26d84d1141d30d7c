/* SPDX-License-Identifier: MIT */
/*
 * What each verb does, as an administrator's script or a signed-in user would do it: calls over the
 * wire, nothing else.
 */
#ifndef MOCK_KIRO_CLIENT_DEEDS_H
#define MOCK_KIRO_CLIENT_DEEDS_H

#include "verbs.h"

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
verb_perform deed_create_profile;
verb_perform deed_delete_profile;
verb_perform deed_delete_instance;
verb_perform deed_advance;

/* Move the clock; also what a step's `at` does. */
bool deed_move_clock(struct stage *stage, int64_t to_s);

#endif
