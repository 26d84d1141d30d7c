/* SPDX-License-Identifier: MIT */
/* Statements on assignments, what Kiro has not noticed, claims, seats and money. */
#ifndef MOCK_KIRO_WORLD_STORE_STATEMENTS_SEATS_H
#define MOCK_KIRO_WORLD_STORE_STATEMENTS_SEATS_H

#include "base/statuses.h"
#include "world/store/fragments.h"

/* clang-format off */
/*
 * What a closure ended that may be taken back (?4: it resumes, E15; or it was never noticed): what
 * ends it for another reason meanwhile takes the closure's place.
 */
#define PAUSED_ROW \
    "(EXISTS (SELECT 1 FROM profile p CROSS JOIN account c ON c.account_id = p.account_id WHERE " \
    "p.profile_arn = assignment.profile_arn AND c.ended_seq = assignment.ended_seq) AND (?4 OR " \
    "EXISTS (SELECT 1 FROM unnoticed n WHERE n.cause_seq = assignment.ended_seq)))"
#define STATEMENTS_SEATS(X) \
    X(ASSIGNMENT_INSERT, \
      "INSERT INTO assignment (profile_arn, principal_id, is_group, plan, created_s) VALUES (?1, " \
      "?2, ?3, ?4, ?5)") \
    X(ASSIGNMENT_GET, \
      "SELECT row, plan FROM assignment WHERE principal_id = ?1 AND profile_arn = ?2 AND " \
      "is_group = ?3 AND ended_s IS NULL") \
    X(ASSIGNMENT_BY_ROW, \
      "SELECT row, profile_arn, principal_id, is_group, plan FROM assignment WHERE row = ?1 AND " \
      "ended_s IS NULL") \
    X(ASSIGNMENT_OF_PROFILE, \
      "SELECT row, profile_arn, principal_id, is_group, plan FROM assignment WHERE profile_arn = " \
      "?1 AND ended_s IS NULL AND row > ?2 ORDER BY row LIMIT ?3") \
    X(ASSIGNMENT_SET_PLAN, "UPDATE assignment SET plan = ?2 WHERE row = ?1") \
    X(ASSIGNMENT_BELIEVED, \
      "SELECT a.row, a.plan FROM assignment a WHERE a.principal_id = ?1 AND a.profile_arn = ?2 " \
      "AND a.is_group = ?3 AND a.ended_s IS NOT NULL AND EXISTS (SELECT 1 FROM claim c WHERE " \
      "c.assignment_row = a.row AND c.ended_s IS NULL)") \
    X(ASSIGNMENT_END, "UPDATE assignment SET ended_s = ?2, ended_seq = ?3 WHERE row = ?1") \
    X(ASSIGNMENT_END_PRINCIPAL, \
      "UPDATE assignment SET ended_s = ?2, ended_seq = ?3 WHERE principal_id = ?1 AND (ended_s " \
      "IS NULL OR " PAUSED_ROW ")") \
    X(ASSIGNMENT_END_PROFILE, \
      "UPDATE assignment SET ended_s = ?2, ended_seq = ?3 WHERE profile_arn = ?1 AND ended_s IS " \
      "NULL") \
    X(ASSIGNMENT_RESUME, \
      "UPDATE OR IGNORE assignment SET ended_s = NULL, ended_seq = NULL WHERE ended_seq = ?1 AND " \
      "NOT EXISTS (SELECT 1 FROM user u WHERE u.user_id = principal_id AND u.deleted_s IS NOT " \
      "NULL) AND NOT EXISTS (SELECT 1 FROM user_group g WHERE g.group_id = principal_id AND " \
      "g.deleted_s IS NOT NULL) AND EXISTS (SELECT 1 FROM profile p CROSS JOIN instance i ON " \
      "i.instance_arn = p.instance_arn WHERE p.profile_arn = assignment.profile_arn AND " \
      "p.deleted_s IS NULL AND i.deleted_s IS NULL)") \
    X(ASSIGNED_OF_ACCOUNT, \
      "SELECT CASE a.is_group WHEN 0 THEN a.principal_id ELSE m.user_id END FROM profile p CROSS " \
      "JOIN assignment a ON a.profile_arn = p.profile_arn AND a.ended_s IS NULL LEFT JOIN " \
      "membership m ON a.is_group = 1 AND m.group_id = a.principal_id AND m.removed_s IS NULL " \
      "WHERE p.account_id = ?1 AND (a.is_group = 0 OR m.row IS NOT NULL) ORDER BY a.row, m.row") \
    X(ASSIGNMENT_ALL, \
      "SELECT principal_id, is_group, profile_arn, plan, created_s FROM assignment WHERE ended_s " \
      "IS NULL ORDER BY row") \
    X(ASSIGNMENT_EVER, \
      "SELECT 1 FROM assignment WHERE principal_id = ?1 AND profile_arn = ?2 LIMIT 1") \
    \
    X(ENTITLED, \
      "SELECT x.profile_arn, x.assignment_row, x.plan, x.group_id, x.account_id FROM path x " \
      "WHERE x.user_id = ?1 AND " BELIEVED) \
    X(PAIR_OWED, \
      "SELECT 1 FROM path x WHERE x.user_id = ?1 AND x.profile_arn = ?2 AND " OWED " LIMIT 1") \
    X(PAIR_OWED_AND_BELIEVED, \
      "SELECT 1 FROM path x WHERE x.user_id = ?1 AND x.profile_arn = ?2 AND " OWED " AND " \
      BELIEVED " LIMIT 1") \
    X(UNNOTICED_INSERT, \
      "INSERT INTO unnoticed (account_id, fact, subject, user_id, ready_s, lag, cause, " \
      "cause_seq, trigger_s) VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, -1), ?7, ?8, ?9)") \
    X(UNNOTICED_DELETE, "DELETE FROM unnoticed WHERE row = ?1") \
    X(UNNOTICED_FIND, \
      "SELECT row FROM unnoticed WHERE account_id = ?1 AND fact = ?2 AND subject = ?3 AND " \
      "user_id IS ?4") \
    X(UNNOTICED_FORGET, \
      "DELETE FROM unnoticed WHERE user_id = ?1 AND fact = ?2 AND subject = ?3") \
    X(UNNOTICED_FORGET_VOID, \
      "DELETE FROM unnoticed WHERE user_id = ?1 AND fact = " FACT_VOID_SQL " AND subject IN " \
      "(SELECT CAST(row AS TEXT) FROM assignment WHERE principal_id = ?2)") \
    X(UNNOTICED_NEXT, "SELECT min(ready_s) FROM unnoticed WHERE ready_s > ?1 AND ready_s <= ?2") \
    X(UNNOTICED_LAST, "SELECT max(ready_s) FROM unnoticed WHERE ready_s < " FOREVER_SQL) \
    X(UNNOTICED_READY, \
      "SELECT n.row, n.account_id, n.fact, n.subject, n.user_id, n.cause, n.cause_seq FROM " \
      "unnoticed n WHERE n.ready_s <= ?1 AND (?2 = 0 OR n.cause NOT IN (" ROLE_CAUSES_SQL ") OR " \
      "EXISTS (SELECT 1 FROM service_role r WHERE r.account_id = n.account_id AND r.name = ?3 " \
      "AND r.deleted_s IS NULL)) ORDER BY n.trigger_s, n.cause_seq, n.fact, n.row") \
    X(UNNOTICED_RELEASE, \
      "UPDATE unnoticed SET ready_s = ?1, lag = NULL WHERE lag = ?2 AND ready_s = " FOREVER_SQL \
      " AND (?3 IS NULL OR user_id = ?3)") \
    X(UNNOTICED_HELD, \
      "SELECT lag, user_id, subject, cause, cause_seq, account_id FROM unnoticed WHERE ready_s = " \
      FOREVER_SQL " AND lag IS NOT NULL ORDER BY lag, trigger_s, row") \
    X(HELD_ELSEWHERE, \
      "SELECT lag, user_id, subject FROM (SELECT ready_s AS at_s, NULL AS user_id, instance_arn " \
      "AS subject, " FOREVER_SQL " - 1 - ready_s AS lag FROM instance WHERE ready_s > " HELD_SQL \
      " AND ready_s < " FOREVER_SQL " UNION ALL SELECT gone_s, NULL, instance_arn, " FOREVER_SQL \
      " - 1 - gone_s FROM instance WHERE gone_s > " HELD_SQL " AND gone_s < " FOREVER_SQL " " \
      "UNION ALL SELECT ready_s, NULL, profile_arn, " FOREVER_SQL " - 1 - ready_s FROM profile " \
      "WHERE ready_s > " HELD_SQL " AND ready_s < " FOREVER_SQL " UNION ALL SELECT closed_s, " \
      "NULL, account_id, " FOREVER_SQL " - 1 - closed_s FROM account WHERE closed_s > " HELD_SQL \
      " AND closed_s < " FOREVER_SQL " UNION ALL SELECT access_until_s, user_id, profile_arn, " \
      FOREVER_SQL " - 1 - access_until_s FROM seat WHERE access_until_s > " HELD_SQL " AND " \
      "access_until_s < " FOREVER_SQL " UNION ALL SELECT ready_s, NULL, subject, lag FROM " \
      "waiting WHERE ready_s > " HELD_SQL " AND ready_s < " FOREVER_SQL ") " \
      "ORDER BY lag, subject, " \
      "user_id") \
    X(CLAIM_INSERT, \
      "INSERT INTO claim (user_id, profile_arn, assignment_row, group_id, plan, started_s, " \
      "told_seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)") \
    X(CLAIM_LIVE, \
      "SELECT row, profile_arn, assignment_row, plan, group_id FROM claim WHERE user_id = ?1 AND " \
      "ended_s IS NULL ORDER BY row") \
    X(CLAIM_OF_PAIR, \
      "SELECT c.plan, c.group_id, g.name FROM claim c LEFT JOIN user_group g ON g.group_id = " \
      "c.group_id WHERE c.user_id = ?1 AND c.profile_arn = ?2 AND c.ended_s IS NULL ORDER BY " \
      "c.row") \
    X(CLAIM_END, "UPDATE claim SET ended_s = ?2, cause = ?3, told_seq = ?4 WHERE row = ?1") \
    X(CLAIM_LOSE_PAUSED, \
      "UPDATE claim SET cause = ?5 WHERE user_id = ?1 AND group_id = ?2 AND ended_s IS NOT NULL " \
      "AND cause IN (?3, ?4) AND profile_arn IN (SELECT profile_arn FROM profile WHERE " \
      "account_id = ?6)") \
    X(CLAIM_GOES_ON, \
      "SELECT 1 FROM claim c CROSS JOIN claim o ON o.assignment_row = c.assignment_row AND " \
      "o.user_id = c.user_id AND o.ended_s IS NOT NULL WHERE c.user_id = ?1 AND " \
      "c.profile_arn = ?2 AND c.ended_s IS NULL AND o.ended_s = ?3 AND o.cause = ?4 LIMIT 1") \
    X(CLAIM_BY_GROUP, \
      "SELECT 1 FROM claim WHERE user_id = ?1 AND profile_arn = ?2 AND ended_s IS NULL AND " \
      "group_id IS NOT NULL LIMIT 1") \
    X(CLAIM_SIBLINGS, \
      "SELECT count(*) FROM claim c CROSS JOIN claim o ON o.assignment_row = c.assignment_row " \
      "AND o.ended_s IS NULL WHERE c.user_id = ?1 AND c.profile_arn = ?2 AND c.ended_s IS NULL " \
      "AND c.group_id IS NOT NULL") \
    X(CLAIM_SET_PLAN, "UPDATE claim SET plan = ?2, told_seq = ?3 WHERE row = ?1") \
    X(CLAIM_ENTITLING, \
      "SELECT told_seq FROM claim WHERE user_id = ?1 AND profile_arn = ?2 AND ended_s IS NULL " \
      "ORDER BY plan DESC, row LIMIT 1") \
    X(CLAIM_HOLDERS_ENDED, \
      "SELECT c.user_id FROM assignment a CROSS JOIN claim c ON c.assignment_row = a.row AND " \
      "c.ended_s IS NULL WHERE a.principal_id = ?1 AND a.ended_s IS NOT NULL ORDER BY c.row") \
    X(CLAIM_HOLDERS_OF_GROUP, \
      "SELECT c.user_id FROM claim c WHERE c.group_id = ?1 AND c.ended_s IS NULL GROUP BY " \
      "c.user_id ORDER BY (SELECT max(m.row) FROM membership m WHERE m.user_id = c.user_id AND " \
      "m.group_id = ?1)") \
    X(CLAIM_HOLDERS, \
      "SELECT user_id FROM claim WHERE assignment_row = ?1 AND ended_s IS NULL ORDER BY row") \
    \
    X(SEAT_INSERT, \
      "INSERT INTO seat (row, user_id, user_name, profile_arn, account_id, profile_region, " \
      "instance_arn, status, plan, plan_in_force, created_s, cause, listed_until_s, " \
      "activated_seq, decided_seq, decided_cause_seq) VALUES (1 + max(ifnull((SELECT max(row) " \
      "FROM seat), 0), ifnull((SELECT max(row) FROM seat_former), 0)), ?1, ?2, ?3, ?4, ?5, ?6, " \
      "?7, ?8, 0, ?9, 0, " FOREVER_SQL ", 0, 0, 0)") \
    X(SEAT_KEEP, \
      "INSERT INTO seat_former SELECT * FROM seat WHERE user_id = ?1 AND profile_arn = ?2") \
    X(SEAT_REMOVE, "DELETE FROM seat WHERE user_id = ?1 AND profile_arn = ?2") \
    X(SEAT_GET, "SELECT " SEAT_COLUMNS " FROM seat WHERE user_id = ?1 AND profile_arn = ?2") \
    X(SEAT_OF_INSTANCE, \
      SEAT_LISTED("seat") " UNION ALL " SEAT_LISTED("seat_former") " ORDER BY row LIMIT ?5") \
    X(SEAT_ALL, "SELECT " SEAT_COLUMNS " FROM seat ORDER BY row") \
    X(SEAT_ACTIVE, SEAT_AFTER("status = 2", "activated_seq")) \
    X(SEAT_WAITING, SEAT_AFTER("status = 2 AND plan_in_force <> plan", "decided_seq")) \
    X(SEAT_CANCELED_SINCE, SEAT_AFTER("status = 3 AND canceled_s >= ?1", "decided_seq")) \
    X(SEAT_ACCESS_ENDS, \
      SEAT_AFTER("status = 3 AND access_until_s > 0 AND access_until_s = ?1", "decided_seq")) \
    X(SEAT_ROW_LEAVES, SEAT_AFTER("status = 3 AND listed_until_s = ?1", "decided_seq")) \
    X(SEAT_NEXT_END, \
      "SELECT min(at_s) FROM (SELECT min(access_until_s) AS at_s FROM seat WHERE status = 3 AND " \
      "access_until_s > 0 AND access_until_s > ?1 AND access_until_s <= ?2 UNION ALL SELECT " \
      "min(listed_until_s) FROM seat WHERE status = 3 AND listed_until_s > ?1 AND listed_until_s " \
      "<= ?2)") \
    X(SEAT_ANY_ACTIVE, "SELECT 1 FROM seat WHERE status = 2 AND activated_seq >= 0 LIMIT 1") \
    X(SEAT_SET, \
      "UPDATE seat SET status = ?2, plan = ?3, plan_in_force = ?4, activated_s = ?5, canceled_s " \
      "= ?6, cause = ?7, access_until_s = ?8, listed_until_s = ?9, activated_seq = ?10, " \
      "decided_seq = ?11, decided_rule = ?12, decided_cause_seq = ?13 WHERE row = ?1") \
    X(SEAT_RENAME, "UPDATE seat SET user_name = ?2 WHERE user_id = ?1") \
    X(SEAT_OF_PROFILE_LIVE, \
      "SELECT user_id FROM seat WHERE profile_arn = ?1 AND status <> 3 ORDER BY row") \
    X(SEAT_OF_INSTANCE_LIVE, \
      "SELECT u.user_id FROM profile p CROSS JOIN seat s ON s.profile_arn = p.profile_arn CROSS " \
      "JOIN user u ON u.user_id = s.user_id WHERE p.instance_arn = ?1 AND s.status <> 3 AND (?2 " \
      "IS NULL OR p.account_id = ?2) GROUP BY u.row ORDER BY u.row") \
    X(SEAT_OF_ACCOUNT, \
      "SELECT s.user_id FROM profile p CROSS JOIN seat s ON s.profile_arn = p.profile_arn WHERE " \
      "p.account_id = ?1 GROUP BY s.user_id ORDER BY min(p.row), min(s.row)") \
    X(SEAT_OF_ACCOUNT_LIVE, \
      "SELECT s.user_id FROM profile p CROSS JOIN seat s ON s.profile_arn = p.profile_arn WHERE " \
      "p.account_id = ?1 AND s.status <> 3 GROUP BY s.user_id ORDER BY min(p.row), min(s.row)") \
    X(SEAT_USERS_OF_PROFILE, "SELECT user_id FROM seat WHERE profile_arn = ?1 ORDER BY row") \
    X(SEATS_OF_USER, "SELECT profile_arn FROM seat WHERE user_id = ?1 ORDER BY profile_arn") \
    X(SEAT_ACTIVE_OF_USER, "SELECT 1 FROM seat WHERE user_id = ?1 AND status = 2 LIMIT 1") \
    X(SEAT_NEVER_USED, \
      "SELECT 1 FROM seat WHERE user_id = ?1 AND status = 3 AND ifnull(activated_s, 0) = 0 LIMIT " \
      "1") \
    X(SEAT_ORPHAN, \
      "SELECT 1 FROM seat s WHERE s.profile_arn = ?1 AND s.listed_until_s > ?2 AND NOT EXISTS " \
      "(SELECT 1 FROM user u WHERE u.user_id = s.user_id AND u.deleted_s IS NULL) LIMIT 1") \
    \
    X(SHARE_GET, \
      "SELECT user_id, profile_arn, account_id, plans, first_plan, first_s, whole, canceled, " \
      "posted_cents, posted_plan, licence, month_s FROM share WHERE user_id = ?1 AND profile_arn " \
      "= ?2 AND month_s = ?3") \
    X(SHARE_OF_LICENCE, \
      "SELECT user_id, profile_arn, account_id, plans, first_plan, first_s, whole, canceled, " \
      "posted_cents, posted_plan, licence, month_s FROM share WHERE licence = ?1 AND month_s = " \
      "?2 ORDER BY user_id, profile_arn") \
    X(SHARE_PUT, \
      "INSERT OR REPLACE INTO share (user_id, profile_arn, month_s, account_id, licence, plans, " \
      "first_plan, first_s, whole, canceled, posted_cents, posted_plan) VALUES (?1, ?2, ?3, ?4, " \
      "?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)") \
    X(SHARE_LATEST, "SELECT max(month_s) FROM share WHERE user_id = ?1 AND profile_arn = ?2") \
    X(LEDGER_INSERT, \
      "INSERT INTO ledger (month_s, account_id, profile_arn, user_id, plan, kind, amount_cents, " \
      "rule, at_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)") \
    X(LEDGER_OF_MONTH, \
      "SELECT account_id, profile_arn, user_id, plan, kind, amount_cents, rule, at_s FROM ledger " \
      "WHERE month_s = ?1 ORDER BY row") \
    X(CREDIT_GET, \
      "SELECT used_hundredths, over_hundredths, over_cents FROM credit WHERE user_id = ?1 AND " \
      "profile_arn = ?2 AND month_s = ?3") \
    X(CREDIT_PUT, \
      "INSERT OR REPLACE INTO credit (user_id, profile_arn, month_s, used_hundredths, " \
      "over_hundredths, over_cents) VALUES (?1, ?2, ?3, ?4, ?5, ?6)") \
    X(CREDIT_OVER, \
      "SELECT sum(over_cents) FROM credit WHERE profile_arn = ?1 AND month_s = ?2 AND over_cents " \
      "> 0") \
    \
    X(RELEASE_USER_SESSION, RELEASE("user", "session_until_s", "user_id = ?3")) \
    X(RELEASE_PROFILE_READY, RELEASE("profile", "ready_s", "0")) \
    X(RELEASE_INSTANCE_READY, RELEASE("instance", "ready_s", "0")) \
    X(RELEASE_INSTANCE_GONE, RELEASE("instance", "gone_s", "0")) \
    X(RELEASE_ACCOUNT_CLOSED, RELEASE("account", "closed_s", "0")) \
    X(RELEASE_WAITING, RELEASE("waiting", "ready_s", "0")) \
    X(RELEASE_SEAT_ACCESS, RELEASE("seat", "access_until_s", "user_id = ?3"))
/* clang-format on */

#endif
