/* SPDX-License-Identifier: MIT */
/* Statements on users, groups and memberships. */
#ifndef MOCK_KIRO_WORLD_STORE_STATEMENTS_DIRECTORY_H
#define MOCK_KIRO_WORLD_STORE_STATEMENTS_DIRECTORY_H

#include "base/parameters.h"
#include "world/store/fragments.h"

/* clang-format off */
#define STATEMENTS_DIRECTORY(X) \
    X(USER_INSERT, \
      "INSERT INTO user (user_id, store_id, name, name_key, email_key, attributes, active, " \
      "created_s, created_by, updated_s, updated_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8, " \
      "?7, ?8)") \
    X(USER_GET, \
      "SELECT row, user_id, store_id, name, attributes, active, created_s, created_by, " \
      "updated_s, updated_by FROM user WHERE user_id = ?1 AND deleted_s IS NULL") \
    X(USER_BY_NAME, \
      "SELECT row, user_id, store_id, name, attributes, active, created_s, created_by, " \
      "updated_s, updated_by FROM user WHERE store_id = ?1 AND name_key = ?2 AND deleted_s IS " \
      "NULL") \
    X(USER_BY_EMAIL, \
      "SELECT row, user_id, store_id, name, attributes, active, created_s, created_by, " \
      "updated_s, updated_by FROM user WHERE store_id = ?1 AND email_key = ?2 AND deleted_s IS " \
      "NULL") \
    X(USER_LIST, \
      "SELECT row, user_id, store_id, name, attributes, active, created_s, created_by, " \
      "updated_s, updated_by FROM user WHERE store_id = ?1 AND deleted_s IS NULL AND row > ?2 " \
      "ORDER BY row LIMIT ?3") \
    X(USER_IDS, \
      "SELECT user_id FROM user WHERE store_id = ?1 AND deleted_s IS NULL ORDER BY row") \
    X(USER_UPDATE, \
      "UPDATE user SET name = ?2, name_key = ?3, email_key = ?4, attributes = ?5, updated_s = " \
      "?6, updated_by = ?7 WHERE user_id = ?1") \
    X(USER_DELETE, \
      "UPDATE user SET deleted_s = ?2, ended_seq = ?3, session_until_s = CASE WHEN disabled_s IS " \
      "NULL THEN ?4 ELSE session_until_s END WHERE user_id = ?1") \
    X(USER_DELETE_STORE, \
      "UPDATE user SET deleted_s = ?2, ended_seq = ?3, session_until_s = CASE WHEN disabled_s IS " \
      "NULL THEN ?4 ELSE session_until_s END WHERE store_id = ?1 AND deleted_s IS NULL") \
    X(USER_DISABLE, \
      "UPDATE user SET active = 0, disabled_s = ?2, session_until_s = ?3, updated_s = ?2, " \
      "updated_by = ?4 WHERE user_id = ?1") \
    X(USER_ENABLE, \
      "UPDATE user SET active = 1, disabled_s = NULL, updated_s = ?2, updated_by = ?3 WHERE " \
      "user_id = ?1") \
    X(USER_NAME, "SELECT name FROM user WHERE user_id = ?1") \
    X(USER_SESSION, \
      "SELECT active, deleted_s, disabled_s, session_until_s FROM user WHERE user_id = ?1") \
    X(USER_HOME, \
      "SELECT ifnull(o.closed_s, " FOREVER_SQL ") FROM user u CROSS JOIN instance i ON " \
      "i.store_id = u.store_id CROSS JOIN account o ON o.account_id = i.account_id WHERE " \
      "u.user_id = ?1") \
    X(USER_OF_OLD_NAME, \
      "SELECT user_id FROM user WHERE store_id = ?1 AND name = ?2 ORDER BY row DESC LIMIT 1") \
    X(USER_REVIVE, \
      "UPDATE user SET deleted_s = NULL, ended_seq = NULL, active = 1 WHERE user_id = ?1") \
    \
    X(GROUP_INSERT, \
      "INSERT INTO user_group (group_id, store_id, name, name_key, description, created_s, " \
      "created_by, updated_s, updated_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?6, ?7)") \
    X(GROUP_GET, \
      "SELECT row, group_id, store_id, name, description, created_s, created_by, updated_s, " \
      "updated_by FROM user_group WHERE group_id = ?1 AND deleted_s IS NULL") \
    X(GROUP_BY_NAME, \
      "SELECT row, group_id, store_id, name, description, created_s, created_by, updated_s, " \
      "updated_by FROM user_group WHERE store_id = ?1 AND name_key = ?2 AND deleted_s IS NULL") \
    X(GROUP_LIST, \
      "SELECT row, group_id, store_id, name, description, created_s, created_by, updated_s, " \
      "updated_by FROM user_group WHERE store_id = ?1 AND deleted_s IS NULL AND row > ?2 ORDER " \
      "BY row LIMIT ?3") \
    X(GROUP_IDS, \
      "SELECT group_id FROM user_group WHERE store_id = ?1 AND deleted_s IS NULL ORDER BY row") \
    X(GROUP_RENAME, \
      "UPDATE user_group SET name = ?2, name_key = ?3, updated_s = ?4, updated_by = ?5 WHERE " \
      "group_id = ?1") \
    X(GROUP_DESCRIBE, \
      "UPDATE user_group SET description = ?2, updated_s = ?3, updated_by = ?4 WHERE group_id = " \
      "?1") \
    X(GROUP_DELETE, "UPDATE user_group SET deleted_s = ?2 WHERE group_id = ?1") \
    X(GROUP_DELETE_STORE, \
      "UPDATE user_group SET deleted_s = ?2 WHERE store_id = ?1 AND deleted_s IS NULL") \
    \
    X(MEMBERSHIP_INSERT, \
      "INSERT INTO membership (membership_id, store_id, group_id, user_id, created_s, " \
      "created_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)") \
    X(MEMBERSHIP_GET, \
      "SELECT row, membership_id, store_id, group_id, user_id, created_s, created_by FROM " \
      "membership WHERE membership_id = ?1 AND removed_s IS NULL") \
    X(MEMBERSHIP_OF_GROUP, \
      "SELECT row, membership_id, store_id, group_id, user_id, created_s, created_by FROM " \
      "membership WHERE group_id = ?1 AND removed_s IS NULL AND row > ?2 ORDER BY row LIMIT ?3") \
    X(MEMBERSHIP_OF_USER, \
      "SELECT row, membership_id, store_id, group_id, user_id, created_s, created_by FROM " \
      "membership WHERE user_id = ?1 AND removed_s IS NULL AND row > ?2 ORDER BY row LIMIT ?3") \
    X(MEMBERSHIP_OF_PAIR, \
      "SELECT row, membership_id, store_id, group_id, user_id, created_s, created_by FROM " \
      "membership WHERE group_id = ?1 AND user_id = ?2 AND removed_s IS NULL") \
    X(MEMBERSHIP_REMOVE, \
      "UPDATE membership SET removed_s = ?2, ended_seq = ?3 WHERE membership_id = ?1") \
    X(MEMBERSHIP_REMOVE_USER, \
      "UPDATE membership SET removed_s = ?2, ended_seq = ?3 WHERE user_id = ?1 AND removed_s IS " \
      "NULL") \
    X(MEMBERSHIP_REMOVE_GROUP, \
      "UPDATE membership SET removed_s = ?2, ended_seq = ?3 WHERE group_id = ?1 AND removed_s IS " \
      "NULL") \
    X(MEMBERSHIP_REMOVE_STORE, \
      "UPDATE membership SET removed_s = ?2, ended_seq = ?3 WHERE store_id = ?1 AND removed_s IS " \
      "NULL") \
    X(MEMBER_IDS, \
      "SELECT user_id FROM membership WHERE group_id = ?1 AND removed_s IS NULL ORDER BY row") \
    X(MEMBER_IDS_BELIEVED, \
      "SELECT m.user_id FROM membership m WHERE m.group_id = ?1 AND m.removed_s IS NOT NULL AND " \
      "EXISTS (SELECT 1 FROM unnoticed WHERE ready_s >= 0) AND " BELIEVED_ROW("m", "?2") \
      " ORDER " \
      "BY m.row") \
    X(MEMBERSHIP_TELL_USER, \
      "INSERT INTO timeline (at_s, actor, event, subject, user_id, rule, cause_seq) SELECT ?2, " \
      "?3, 'membership ends', group_id, user_id, ?4, ?5 FROM membership WHERE user_id = ?1 AND " \
      "removed_s IS NULL ORDER BY row") \
    X(MEMBERSHIP_TELL_GROUP, \
      "INSERT INTO timeline (at_s, actor, event, subject, user_id, rule, cause_seq) SELECT ?2, " \
      "?3, 'membership ends', group_id, user_id, ?4, ?5 FROM membership WHERE group_id = ?1 AND " \
      "removed_s IS NULL ORDER BY row") \
    X(MEMBERSHIP_TELL_STORE, \
      "INSERT INTO timeline (at_s, actor, event, subject, user_id, rule, cause_seq) SELECT ?2, " \
      "?3, 'membership ends', group_id, user_id, ?4, ?5 FROM membership WHERE store_id = ?1 AND " \
      "removed_s IS NULL ORDER BY row")
/* clang-format on */

#endif
