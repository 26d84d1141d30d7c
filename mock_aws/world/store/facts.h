/* SPDX-License-Identifier: MIT */
/*
 * Facts: what holds of every world before each commit, as SELECTs that must find nothing. They are checked where a world is
 * opened so (tests, debug builds, --check-answers), and of a file by `mock-aws doctor`. A deviation or a value of a parameter
 * that breaks one on purpose names it (reading.h); nothing else may.
 */
#ifndef MOCK_KIRO_WORLD_STORE_FACTS_H
#define MOCK_KIRO_WORLD_STORE_FACTS_H

#include "world/store/store.h"

/* X(ID, "name", "rule or law", "SELECT what is wrong, in words") with ?1 the running month, ?2 now, ?3 whether the role counts. */
/* clang-format off */
#define FACTS(X) \
    X(FACT_SEAT_HAS_CLAIM, "seat-has-claim", "the one idea", \
        "SELECT s.user_id || ' on ' || s.profile_arn FROM seat s WHERE s.status <> 3 AND NOT EXISTS " \
        "(SELECT 1 FROM claim c WHERE c.user_id = s.user_id AND c.profile_arn = s.profile_arn AND c.ended_s IS NULL)") \
    X(FACT_CLAIM_HAS_SEAT, "claim-has-seat", "the one idea", \
        "SELECT c.user_id || ' on ' || c.profile_arn FROM claim c WHERE c.ended_s IS NULL AND NOT EXISTS " \
        "(SELECT 1 FROM seat s WHERE s.user_id = c.user_id AND s.profile_arn = c.profile_arn AND s.status <> 3)") \
    X(FACT_ENTITLED_HAS_CLAIM, "entitled-has-claim", "law 4", \
        "SELECT x.user_id || ' by assignment ' || x.assignment_row FROM path x WHERE " BELIEVED " AND NOT EXISTS " \
        "(SELECT 1 FROM claim c WHERE c.assignment_row = x.assignment_row AND c.user_id = x.user_id AND c.ended_s IS NULL)") \
    X(FACT_CLAIM_IS_ENTITLED, "claim-is-entitled", "law 1, law 4", \
        "SELECT c.user_id || ' by assignment ' || c.assignment_row FROM claim c WHERE c.ended_s IS NULL AND NOT EXISTS " \
        "(SELECT 1 FROM path x WHERE x.user_id = c.user_id AND x.assignment_row = c.assignment_row AND " BELIEVED ")") \
    X(FACT_ONE_CLAIM, "one-claim-by-each-assignment", "rule 16", \
        "SELECT user_id || ' by assignment ' || assignment_row FROM claim WHERE ended_s IS NULL " \
        "GROUP BY user_id, assignment_row HAVING count(*) > 1") \
    X(FACT_CLAIM_HAS_PLAN, "claim-has-its-plan", "rules 25, 27", \
        "SELECT c.user_id || ' by assignment ' || c.assignment_row FROM claim c JOIN assignment a ON a.row = c.assignment_row " \
        "WHERE c.ended_s IS NULL AND c.plan <> a.plan") \
    X(FACT_PLAN_IS_HIGHEST, "plan-is-the-highest-claim", "rule 16", \
        "SELECT s.user_id || ' on ' || s.profile_arn FROM seat s WHERE s.status <> 3 AND s.plan <> ifnull((SELECT max(c.plan) " \
        "FROM claim c WHERE c.user_id = s.user_id AND c.profile_arn = s.profile_arn AND c.ended_s IS NULL), s.plan)") \
    X(FACT_PLAN_IN_FORCE, "plan-in-force-is-not-below", "law 2", \
        "SELECT user_id || ' on ' || profile_arn FROM seat WHERE status = 2 AND plan_in_force < plan") \
    X(FACT_LOWER_PLAN_WAITS, "lower-plan-waits-for-the-1st", "law 2, rule 27", \
        "SELECT s.user_id || ' on ' || s.profile_arn FROM seat s WHERE s.status = 2 AND s.plan_in_force > s.plan AND " \
        "(SELECT t.at_s FROM timeline t WHERE t.seq = s.decided_seq) < ?1 - ?4") \
    X(FACT_ACTIVE_IS_CHARGED, "active-is-charged", "law 3, E28", \
        "SELECT s.user_id || ' on ' || s.profile_arn FROM seat s WHERE s.status = 2 AND NOT EXISTS (SELECT 1 FROM share h " \
        "WHERE h.user_id = s.user_id AND h.profile_arn = s.profile_arn AND h.month_s = ?1) AND EXISTS (SELECT 1 FROM path x " \
        "WHERE x.user_id = s.user_id AND x.profile_arn = s.profile_arn AND " OWED " AND " BELIEVED ")") \
    X(FACT_POSTED_IS_LEDGER, "posted-is-the-ledger", "law 3", \
        "SELECT h.user_id || ' on ' || h.profile_arn || ' in ' || h.month_s FROM share h WHERE h.posted_cents <> " \
        "ifnull((SELECT sum(l.amount_cents) FROM ledger l WHERE l.month_s = h.month_s AND l.user_id = h.user_id AND " \
        "l.profile_arn = h.profile_arn AND l.kind <> 'overage'), 0)") \
    X(FACT_LEDGER_HAS_SHARE, "ledger-has-a-share", "law 3", \
        "SELECT l.user_id || ' on ' || l.profile_arn || ' in ' || l.month_s FROM ledger l WHERE l.kind <> 'overage' AND NOT EXISTS " \
        "(SELECT 1 FROM share h WHERE h.user_id = l.user_id AND h.profile_arn = l.profile_arn AND h.month_s = l.month_s)") \
    X(FACT_CANCELED_IS_WHOLE, "canceled-says-when-and-why", "rules 31, 34", \
        "SELECT user_id || ' on ' || profile_arn FROM seat WHERE status = 3 AND " \
        "(ifnull(canceled_s, 0) = 0 OR cause = 0 OR ifnull(listed_until_s, 0) = 0)") \
    X(FACT_LIVE_IS_LIVE, "live-is-not-canceled", "rules 30, 33", \
        "SELECT user_id || ' on ' || profile_arn FROM seat WHERE status <> 3 AND (ifnull(canceled_s, 0) <> 0 OR cause <> 0 OR " \
        "ifnull(access_until_s, 0) <> 0 OR listed_until_s <> " FOREVER_SQL ")") \
    X(FACT_ACTIVE_WAS_USED, "active-says-since-when", "rule 21", \
        "SELECT user_id || ' on ' || profile_arn FROM seat WHERE (status = 2 AND (ifnull(activated_s, 0) = 0 OR plan_in_force = 0 " \
        "OR activated_seq = 0)) OR (status = 1 AND (ifnull(activated_s, 0) <> 0 OR plan_in_force <> 0))") \
    X(FACT_NOTHING_OVERDUE, "nothing-due-lies-in-the-past", "law 5", \
        "SELECT n.subject || ' seen from ' || n.account_id FROM unnoticed n WHERE n.ready_s <= ?2 AND " \
        "(?3 = 0 OR n.cause NOT IN (" ROLE_CAUSES_SQL ") OR EXISTS (SELECT 1 FROM service_role r WHERE " \
        "r.account_id = n.account_id AND r.name = 'AWSServiceRoleForUserSubscriptions' AND r.deleted_s IS NULL))") \
    X(FACT_BELIEF_HAS_CAUSE, "belief-has-a-cause", "law 4", \
        "SELECT n.subject || ' seen from ' || n.account_id FROM unnoticed n WHERE NOT EXISTS " \
        "(SELECT 1 FROM timeline t WHERE t.seq = n.cause_seq AND t.at_s <= n.trigger_s)") \
    X(FACT_OVERAGE_WITHIN_USE, "overage-is-within-use", "rule 50", \
        "SELECT user_id || ' on ' || profile_arn FROM credit WHERE over_hundredths > used_hundredths OR over_hundredths < 0") \
    X(FACT_MEMBERS_LIVE, "no-member-of-what-ended", "law 1", \
        "SELECT m.membership_id FROM membership m WHERE m.removed_s IS NULL AND (EXISTS (SELECT 1 FROM user u WHERE " \
        "u.user_id = m.user_id AND u.deleted_s IS NOT NULL) OR EXISTS (SELECT 1 FROM user_group g WHERE g.group_id = m.group_id " \
        "AND g.deleted_s IS NOT NULL))") \
    X(FACT_ASSIGNED_LIVE, "nobody-assigned-to-what-ended", "law 1", \
        "SELECT a.principal_id || ' on ' || a.profile_arn FROM assignment a JOIN profile p ON p.profile_arn = a.profile_arn " \
        "JOIN instance i ON i.instance_arn = p.instance_arn JOIN account c ON c.account_id = p.account_id " \
        "WHERE a.ended_s IS NULL AND (p.deleted_s IS NOT NULL OR i.deleted_s IS NOT NULL OR c.close_requested_s IS NOT NULL)") \
    X(FACT_PRINCIPAL_LIVES, "principal-of-an-assignment-lives", "law 1", \
        "SELECT a.principal_id || ' on ' || a.profile_arn FROM assignment a WHERE a.ended_s IS NULL AND (EXISTS (SELECT 1 FROM user u " \
        "WHERE u.user_id = a.principal_id AND u.deleted_s IS NOT NULL) OR EXISTS (SELECT 1 FROM user_group g WHERE " \
        "g.group_id = a.principal_id AND g.deleted_s IS NOT NULL))") \
    X(FACT_ENDED_BY, "what-ended-says-by-what", "law 1", \
        "SELECT 'membership ' || membership_id FROM membership WHERE (removed_s IS NULL) <> (ended_seq IS NULL) " \
        "UNION ALL SELECT 'assignment ' || row FROM assignment WHERE (ended_s IS NULL) <> (ended_seq IS NULL) " \
        "UNION ALL SELECT user_id FROM user WHERE (deleted_s IS NULL) <> (ended_seq IS NULL) " \
        "UNION ALL SELECT profile_arn FROM profile WHERE (deleted_s IS NULL) <> (ended_seq IS NULL) " \
        "UNION ALL SELECT instance_arn FROM instance WHERE (deleted_s IS NULL) <> (ended_seq IS NULL) " \
        "UNION ALL SELECT account_id FROM account WHERE (close_requested_s IS NULL) <> (ended_seq IS NULL)") \
    X(FACT_CAUSE_IS_EARLIER, "cause-is-told-before", "timeline", \
        "SELECT 'entry ' || seq FROM timeline WHERE cause_seq >= seq")
/* clang-format on */

#define FACT_ENUM(id, name, law, sql) id,
enum fact_id { FACTS(FACT_ENUM) FACT_COUNT };
#undef FACT_ENUM

struct fact_facts {
    const char *name;
    const char *law; /* the rule or law that it says */
};
const struct fact_facts *fact_facts(enum fact_id fact);
int fact_find(const char *name); /* -1 if unknown */

struct fact_terms {
    int64_t month_s; /* the running month */
    int64_t month_shift_s;
    int64_t now_s;
    bool role_counts;          /* automatic triggers wait for Kiro's role */
    bool excused[FACT_COUNT]; /* broken on purpose */
};

/*
 * Check all facts; `see` hears of every row that breaks one, at most `most` of each. The number of facts that are broken; -1 if
 * the store could not say, after a line in the log.
 */
int facts_check(struct store *store, const struct fact_terms *terms, int most,
                void (*see)(void *self, enum fact_id fact, const char *row), void *self);

#endif
