/* SPDX-License-Identifier: MIT */
/* Statements on what is kept beside: journal, trail, records, activity, tokens, timeline. */
#ifndef MOCK_KIRO_WORLD_STORE_STATEMENTS_TRACES_H
#define MOCK_KIRO_WORLD_STORE_STATEMENTS_TRACES_H

#include "world/store/fragments.h"

/* clang-format off */
#define STATEMENTS_TRACES(X) \
    X(JOURNAL_INSERT, \
      "INSERT INTO journal (at_s, service, operation, method, path, host, account, region, " \
      "actor, request_id, status, code, input, answer, near, unread, faulted) VALUES (?1, ?2, " \
      "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)") \
    X(JOURNAL_TRIM, "DELETE FROM journal WHERE row <= ?1") \
    X(JOURNAL_LIST, \
      "SELECT row, at_s, service, operation, method, path, host, account, region, actor, " \
      "request_id, status, code, input, answer, near, unread, faulted FROM journal WHERE row > " \
      "?1 AND at_s >= ?2 AND (?3 IS NULL OR operation = ?3) AND (?4 IS NULL OR actor = ?4 OR " \
      "instr(input, ?4) > 0) AND (?5 = 0 OR status = ?5) ORDER BY row LIMIT ?6") \
    X(JOURNAL_DROPPED, "SELECT (SELECT row FROM journal ORDER BY row LIMIT 1) - 1") \
    X(JOURNAL_CLEAR, "DELETE FROM journal") \
    X(EVENT_INSERT, \
      "INSERT INTO event (at_s, account_id, region, event_id, name, source, read_only, username, " \
      "access_key, resources, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)") \
    X(EVENT_DROP, "DELETE FROM event WHERE row <= ?1") \
    X(EVENT_LIST, \
      "SELECT row, at_s, account_id, region, event_id, name, source, read_only, username, " \
      "access_key, resources, record FROM event WHERE account_id = ?1 AND region = ?2 AND row < " \
      "?3 AND at_s >= ?4 AND at_s <= ?5 ORDER BY row DESC") \
    X(PLACE_OF_TENANT, \
      "SELECT i.account_id, i.region FROM scim_tenant t CROSS JOIN instance i ON i.instance_arn " \
      "= t.instance_arn WHERE t.tenant = ?1") \
    X(PLACE_OF_USER, \
      "SELECT i.account_id, i.region FROM user u CROSS JOIN instance i ON i.store_id = " \
      "u.store_id WHERE u.user_id = ?1") \
    \
    X(RECORD_PUT, \
      "INSERT INTO record (kind, scope, key, value, created_s) VALUES (?1, ?2, ?3, ?4, ?5) ON " \
      "CONFLICT (scope, kind, key) DO UPDATE SET value = excluded.value") \
    X(RECORD_GET, "SELECT value FROM record WHERE scope = ?2 AND kind = ?1 AND key = ?3") \
    X(RECORD_DELETE, \
      "DELETE FROM record WHERE scope = ?2 AND kind = ?1 AND key = ?3 RETURNING row") \
    X(RECORD_DELETE_SCOPE, "DELETE FROM record WHERE scope = ?1") \
    X(RECORD_DELETE_OF_KEY, "DELETE FROM record WHERE kind = ?1 AND key = ?2") \
    X(RECORD_DELETE_STORE, \
      "DELETE FROM record WHERE scope IN (SELECT user_id FROM user WHERE store_id = ?1 AND " \
      "deleted_s IS NULL UNION ALL SELECT group_id FROM user_group WHERE store_id = ?1 AND " \
      "deleted_s IS NULL)") \
    X(RECORD_LIST, \
      "SELECT row, scope, key, value, created_s FROM record WHERE scope = ?2 AND kind = ?1 AND " \
      "row > ?3 ORDER BY row") \
    X(RECORD_LIST_OF_KEY, \
      "SELECT row, scope, key, value, created_s FROM record WHERE kind = ?1 AND key = ?2 AND row " \
      "> ?3 ORDER BY row") \
    \
    X(ACTIVITY_ADD, \
      "INSERT INTO activity (day_s, profile_arn, user_id, account_id, plan, uses, " \
      "used_hundredths) VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6) ON CONFLICT (day_s, profile_arn, " \
      "user_id) DO UPDATE SET plan = ?5, uses = uses + 1, used_hundredths = used_hundredths + ?6") \
    X(ACTIVITY_BETWEEN, \
      "SELECT day_s, profile_arn, user_id, account_id, plan, uses, used_hundredths FROM activity " \
      "WHERE day_s >= ?1 AND day_s < ?2 ORDER BY day_s, profile_arn, user_id") \
    \
    X(TOKEN_INSERT, "INSERT INTO token (token, user_id, expires_s) VALUES (?1, ?2, ?3)") \
    X(TENANT_INSERT, "INSERT INTO scim_tenant (tenant, instance_arn) VALUES (?1, ?2)") \
    X(TENANT_GET, "SELECT instance_arn FROM scim_tenant WHERE tenant = ?1") \
    X(TENANT_OF_INSTANCE, "SELECT tenant FROM scim_tenant WHERE instance_arn = ?1") \
    X(SCIM_TOKENS, "SELECT count(*) FROM scim_token WHERE tenant = ?1 AND expires_s > ?2") \
    X(SCIM_TOKEN_INSERT, "INSERT INTO scim_token (token, tenant, expires_s) VALUES (?1, ?2, ?3)") \
    X(SCIM_TOKEN_GET, \
      "SELECT 1 FROM scim_token WHERE token = ?1 AND tenant = ?2 AND expires_s > ?3") \
    X(SCIM_TOKEN_LIST, \
      "SELECT k.tenant, k.token, k.expires_s FROM scim_tenant t CROSS JOIN scim_token k ON " \
      "k.tenant = t.tenant WHERE t.instance_arn = ?1 ORDER BY k.expires_s, k.token") \
    X(SCIM_TOKEN_DELETE, "DELETE FROM scim_token WHERE token = ?1 RETURNING tenant") \
    X(REPLAY_GET, \
      "SELECT input_hash, answer FROM replay WHERE account_id = ?1 AND region = ?2 AND operation " \
      "= ?3 AND token = ?4") \
    X(REPLAY_PUT, \
      "INSERT INTO replay (account_id, region, operation, token, input_hash, answer) VALUES (?1, " \
      "?2, ?3, ?4, ?5, ?6)") \
    \
    X(TIMELINE_INSERT, \
      "INSERT INTO timeline (at_s, actor, event, subject, user_id, before, after, rule, " \
      "cause_seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)") \
    X(TIMELINE_LIST, \
      "SELECT seq, at_s, actor, event, subject, before, after, rule, cause_seq FROM timeline " \
      "WHERE seq > ?1 AND at_s >= ?2 ORDER BY seq LIMIT ?3") \
    X(TIMELINE_OF_USER, \
      "SELECT seq, at_s, actor, event, subject, before, after, rule, cause_seq FROM timeline " \
      "WHERE user_id = ?4 AND seq > ?1 AND at_s >= ?2 ORDER BY seq LIMIT ?3") \
    X(TIMELINE_EXPLAIN, \
      "SELECT seq, at_s, actor, event, subject, before, after, rule, cause_seq FROM timeline " \
      "WHERE seq IN (SELECT seq FROM timeline WHERE user_id = ?1 UNION SELECT cause_seq FROM " \
      "timeline WHERE user_id = ?1) ORDER BY seq") \
    X(TIMELINE_ANY, "SELECT 1 FROM timeline LIMIT 1")
/* clang-format on */

#endif
