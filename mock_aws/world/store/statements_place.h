/* SPDX-License-Identifier: MIT */
/* Statements on where it all happens: transactions, the world, accounts, instances, profiles. */
#ifndef MOCK_KIRO_WORLD_STORE_STATEMENTS_PLACE_H
#define MOCK_KIRO_WORLD_STORE_STATEMENTS_PLACE_H

#include "base/parameters.h"
#include "world/store/fragments.h"

/* clang-format off */
#define STATEMENTS_PLACE(X) \
    X(BEGIN, "BEGIN IMMEDIATE") \
    X(COMMIT, "COMMIT") \
    X(ROLLBACK, "ROLLBACK") \
    X(TRY, "SAVEPOINT try") \
    X(TRY_UNDO, "ROLLBACK TO try") \
    X(TRY_END, "RELEASE try") \
    \
    X(WORLD_INSERT, \
      "INSERT INTO world (one, seed, id_counter, now_s, running) VALUES (1, ?1, ?2, ?3, ?4)") \
    X(WORLD_GET, "SELECT seed, id_counter, now_s, running FROM world") \
    X(WORLD_SET_CLOCK, "UPDATE world SET now_s = ?1, running = ?2") \
    X(WORLD_SET_IDS, "UPDATE world SET id_counter = ?1") \
    X(SETTING_PUT, "INSERT INTO setting (kind, name, value) VALUES (?1, ?2, ?3)") \
    X(SETTING_CLEAR, "DELETE FROM setting") \
    X(SETTING_LIST, "SELECT kind, name, value FROM setting") \
    \
    X(WAITING_PUT, \
      "INSERT OR REPLACE INTO waiting (lag, subject, scope, ready_s) VALUES (?1, ?2, ?3, ?4)") \
    X(WAITING_GET, "SELECT 1 FROM waiting WHERE lag = ?1 AND subject = ?2 AND ready_s > ?3") \
    X(WAITING_PAST, "DELETE FROM waiting WHERE ready_s <= ?1") \
    X(WAITING_FORGET, \
      "DELETE FROM waiting WHERE scope = ?1 AND (?2 IS NULL OR subject = ?2)") \
    \
    X(ACCOUNT_INSERT, \
      "INSERT INTO account (account_id, management, invited, joined_s) VALUES (?1, 0, 0, ?2)") \
    X(ACCOUNT_JOIN, \
      "UPDATE account SET organization_id = ?2, management = ?3, invited = ?4, name = ?5, email " \
      "= ?6, joined_s = ?7, parent_id = (SELECT root_id FROM organization WHERE organization_id " \
      "= ?2) WHERE account_id = ?1") \
    X(ACCOUNT_LEAVE, \
      "UPDATE account SET organization_id = NULL, parent_id = NULL, management = 0 WHERE " \
      "account_id = ?1") \
    X(ACCOUNT_MOVE, "UPDATE account SET parent_id = ?2 WHERE account_id = ?1") \
    X(ACCOUNT_GET, \
      "SELECT account_id, organization_id, management, invited, name, email, joined_s, " \
      "close_requested_s, closed_s, row, parent_id FROM account WHERE account_id = ?1") \
    X(ACCOUNT_LIST, \
      "SELECT account_id, organization_id, management, invited, name, email, joined_s, " \
      "close_requested_s, closed_s, row, parent_id FROM account WHERE row > ?1 ORDER BY row") \
    X(ACCOUNT_OF_ORGANIZATION, \
      "SELECT account_id, organization_id, management, invited, name, email, joined_s, " \
      "close_requested_s, closed_s, row, parent_id FROM account WHERE organization_id = ?1 AND " \
      "row > ?2 ORDER BY row") \
    X(ACCOUNT_OF_PARENT, \
      "SELECT account_id, organization_id, management, invited, name, email, joined_s, " \
      "close_requested_s, closed_s, row, parent_id FROM account WHERE organization_id = ?1 AND " \
      "parent_id = ?2 AND row > ?3 ORDER BY row") \
    X(ACCOUNT_BY_EMAIL, \
      "SELECT account_id FROM account WHERE organization_id = ?1 AND email = ?2 COLLATE NOCASE") \
    X(ACCOUNT_MEMBERS, \
      "SELECT count(*) FROM account WHERE organization_id = ?1 AND management = 0 AND (closed_s " \
      "IS NULL OR closed_s > ?2)") \
    X(ACCOUNT_CLOSED_SINCE, \
      "SELECT count(*) FROM account WHERE organization_id = ?1 AND close_requested_s > ?2") \
    X(ACCOUNT_CLOSE, \
      "UPDATE account SET close_requested_s = ?2, closed_s = ?3, ended_seq = ?4 WHERE account_id " \
      "= ?1") \
    X(ACCOUNT_REOPEN, \
      "UPDATE account SET close_requested_s = NULL, closed_s = NULL, ended_seq = NULL WHERE " \
      "account_id = ?1") \
    X(ACCOUNT_ENDED_BY, "SELECT ended_seq FROM account WHERE account_id = ?1") \
    X(ACCOUNT_REQUEST_INSERT, \
      "INSERT INTO account_request (request_id, organization_id, account_name, account_id, " \
      "failure, requested_s, completed_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)") \
    X(ACCOUNT_REQUEST_GET, \
      "SELECT row, request_id, account_name, account_id, failure, requested_s, completed_s FROM " \
      "account_request WHERE organization_id = ?1 AND request_id = ?2") \
    X(ACCOUNT_REQUEST_LIST, \
      "SELECT row, request_id, account_name, account_id, failure, requested_s, completed_s FROM " \
      "account_request WHERE organization_id = ?1 AND row > ?2 ORDER BY row") \
    X(ORGANIZATION_INSERT, \
      "INSERT INTO organization (organization_id, management_id, root_id, all_features, " \
      "created_s) VALUES (?1, ?2, ?3, ?4, ?5)") \
    X(ORGANIZATION_GET, \
      "SELECT organization_id, management_id, root_id, all_features FROM organization WHERE " \
      "organization_id = ?1") \
    X(ORGANIZATION_TRUST, \
      "INSERT INTO record (kind, scope, key, value, created_s) SELECT ?2, c.organization_id, ?3, " \
      "'{}', ?4 FROM account c CROSS JOIN instance i ON i.account_id = c.account_id WHERE " \
      "c.account_id = ?1 AND c.management = 1 AND i.kind = 'organization' AND i.deleted_s IS " \
      "NULL LIMIT 1 ON CONFLICT (scope, kind, key) DO NOTHING") \
    X(ORGANIZATION_DELETE, "DELETE FROM organization WHERE organization_id = ?1") \
    \
    X(ROLE_INSERT, \
      "INSERT INTO service_role (account_id, name, role_id, description, created_s) VALUES (?1, " \
      "?2, ?3, ?4, ?5)") \
    X(ROLE_GET, \
      "SELECT row, name, role_id, description, created_s FROM service_role WHERE account_id = ?1 " \
      "AND name = ?2 AND deleted_s IS NULL") \
    X(ROLE_LIST, \
      "SELECT row, name, role_id, description, created_s FROM service_role WHERE account_id = ?1 " \
      "AND row > ?2 AND deleted_s IS NULL ORDER BY row") \
    X(ROLE_DELETE, "UPDATE service_role SET deleted_s = ?2 WHERE row = ?1") \
    X(ROLE_EVER, "SELECT 1 FROM service_role WHERE account_id = ?1 LIMIT 1") \
    \
    X(INSTANCE_INSERT, \
      "INSERT INTO instance (instance_arn, store_id, account_id, region, kind, name, created_s, " \
      "ready_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)") \
    X(INSTANCE_GET, \
      "SELECT row, instance_arn, store_id, account_id, region, kind, name, created_s, deleted_s, " \
      "ready_s, gone_s FROM instance WHERE instance_arn = ?1") \
    X(INSTANCE_BY_STORE, \
      "SELECT row, instance_arn, store_id, account_id, region, kind, name, created_s, deleted_s, " \
      "ready_s, gone_s FROM instance WHERE store_id = ?1") \
    X(INSTANCE_LIST, \
      "SELECT row, instance_arn, store_id, account_id, region, kind, name, created_s, deleted_s, " \
      "ready_s, gone_s FROM instance WHERE (deleted_s IS NULL OR gone_s > ?2) AND row > ?1 ORDER " \
      "BY row") \
    X(INSTANCE_READY, "UPDATE instance SET ready_s = ?2 WHERE instance_arn = ?1") \
    X(INSTANCE_RENAME, "UPDATE instance SET name = ?2 WHERE instance_arn = ?1") \
    X(INSTANCE_DELETE, \
      "UPDATE instance SET deleted_s = ?2, ended_seq = ?3, gone_s = ?4 WHERE instance_arn = ?1") \
    \
    X(PROFILE_INSERT, \
      "INSERT INTO profile (profile_arn, account_id, region, instance_arn, name, settings, " \
      "overage, created_s, ready_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8)") \
    X(PROFILE_GET, \
      "SELECT p.row, p.profile_arn, p.account_id, p.region, p.instance_arn, p.name, p.settings, " \
      "p.created_s, p.deleted_s, i.store_id, i.region, i.deleted_s, min(ifnull(c.closed_s, " \
      FOREVER_SQL "), ifnull(o.closed_s, " FOREVER_SQL ")), p.overage, p.ready_s FROM profile p " \
      "CROSS JOIN instance i ON i.instance_arn = p.instance_arn CROSS JOIN account c ON " \
      "c.account_id = p.account_id CROSS JOIN account o ON o.account_id = i.account_id WHERE " \
      "p.profile_arn = ?1") \
    X(PROFILE_LIST, \
      "SELECT p.row, p.profile_arn, p.account_id, p.region, p.instance_arn, p.name, p.settings, " \
      "p.created_s, p.deleted_s, i.store_id, i.region, i.deleted_s, min(ifnull(c.closed_s, " \
      FOREVER_SQL "), ifnull(o.closed_s, " FOREVER_SQL ")), p.overage, p.ready_s FROM profile p " \
      "CROSS JOIN instance i ON i.instance_arn = p.instance_arn CROSS JOIN account c ON " \
      "c.account_id = p.account_id CROSS JOIN account o ON o.account_id = i.account_id WHERE " \
      "p.account_id = ?1 AND p.region = ?2 AND p.deleted_s IS NULL AND p.row > ?3 ORDER BY p.row " \
      "LIMIT ?4") \
    X(PROFILE_ALL, \
      "SELECT profile_arn, account_id, region, instance_arn FROM profile WHERE deleted_s IS NULL " \
      "ORDER BY row") \
    X(PROFILE_DELETE, "UPDATE profile SET deleted_s = ?2, ended_seq = ?3 WHERE profile_arn = ?1") \
    X(PROFILE_UPDATE, \
      "UPDATE profile SET instance_arn = ?2, name = ?3, settings = ?4 WHERE profile_arn = ?1") \
    X(PROFILE_OVERAGE, "UPDATE profile SET overage = ?2 WHERE profile_arn = ?1") \
    X(PROFILE_SETTINGS, "SELECT settings FROM profile WHERE profile_arn = ?1") \
    X(PROFILES_OF_ACCOUNT, \
      "SELECT profile_arn FROM profile WHERE account_id = ?1 AND deleted_s IS NULL ORDER BY row") \
    X(PROFILES_OF_INSTANCE, \
      "SELECT profile_arn FROM profile WHERE instance_arn = ?1 ORDER BY row") \
    X(OBSERVERS, \
      "SELECT p.account_id FROM profile p CROSS JOIN instance i ON i.instance_arn = " \
      "p.instance_arn WHERE p.instance_arn = ?1 AND (p.ended_seq IS NULL OR p.ended_seq = " \
      "i.ended_seq OR " BELIEVED_ROW("p", "p.account_id") ") GROUP BY p.account_id ORDER BY " \
      "min(p.row)")
/* clang-format on */

#endif
