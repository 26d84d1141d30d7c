/* SPDX-License-Identifier: MIT */
/* Pieces of SQL that several statements and facts share, and the numbers that they name. */
#ifndef MOCK_KIRO_WORLD_STORE_FRAGMENTS_H
#define MOCK_KIRO_WORLD_STORE_FRAGMENTS_H

/* clang-format off */
#define FOREVER_SQL "9223372036854775807"
#define HELD_SQL "9223372036854775790" /* propagation.h */

/*
 * enum fact, and the causes that wait for the service-linked role (rule 41): engine/noticing.h
 * asserts that they are these.
 */
#define FACT_ACTIVITY_SQL "1"
#define FACT_JOINING_SQL "2"
#define FACT_VOID_SQL "3"
#define FACT_ENDED_SQL "4"
#define ROLE_CAUSES_SQL "1, 2, 5, 7"

/* What is held by hand is let go; the terms are those of the partial index that finds it. */
#define RELEASE(table, column, whose)                                                              \
    "UPDATE " table " SET " column " = ?1 WHERE " column " = ?2 AND " column " > " HELD_SQL        \
    " AND " column " < " FOREVER_SQL " AND (?3 IS NULL OR " whose ")"

/*
 * Of the view `path`, named x: that part of it stands, or the account believes so; `which` narrows
 * the beliefs.
 */
#define UPHELD(end, which)                                                                         \
    "(x." end " IS NULL OR EXISTS (SELECT 1 FROM unnoticed n WHERE n.cause_seq = x." end           \
    " AND n.account_id = x.account_id AND n.fact >= " FACT_ENDED_SQL which "))"
#define UPHELD_WHOLLY(which)                                                                       \
    UPHELD("user_end", which)                                                                      \
    " AND " UPHELD("membership_end", which) " AND " UPHELD("assignment_end", which)                \
    " AND " UPHELD("profile_end", which) " AND " UPHELD("instance_end", which)                     \
    " AND " UPHELD("account_end", which) " AND (x.active = 1 OR EXISTS (SELECT 1 FROM unnoticed "  \
    "n WHERE n.user_id = x.user_id AND n.fact = " FACT_ACTIVITY_SQL                                \
    " AND n.account_id = x.account_id" which "))"
#define NOT_OF_USER(fact, subject)                                                                 \
    " AND NOT EXISTS (SELECT 1 FROM unnoticed n WHERE n.user_id = x.user_id AND n.fact = " fact    \
    " AND n.subject = " subject " AND n.account_id = x.account_id)"
#define NOT_VOID NOT_OF_USER(FACT_VOID_SQL, "CAST(x.assignment_row AS TEXT)")

/*
 * What entitles as Kiro believes; and what the 1st charges (charge_at): the truth, with what is
 * never noticed for true.
 */
#define BELIEVED                                                                                   \
    UPHELD_WHOLLY("") NOT_VOID NOT_OF_USER(FACT_JOINING_SQL, "x.group_id")
#define NEVER_NOTICED " AND n.ready_s = " FOREVER_SQL " AND n.lag IS NULL"
#define OWED UPHELD_WHOLLY(NEVER_NOTICED) NOT_VOID

/* A row that a change ended and the account believes to stand. */
#define BELIEVED_ROW(alias, account)                                                               \
    "EXISTS (SELECT 1 FROM unnoticed n WHERE n.cause_seq = " alias                                 \
    ".ended_seq AND n.account_id = " account " AND n.fact >= " FACT_ENDED_SQL ")"

#define SEAT_COLUMNS                                                                               \
    "row, user_id, user_name, profile_arn, account_id, profile_region, instance_arn, status, "     \
    "plan, plan_in_force, created_s, activated_s, canceled_s, cause, access_until_s, "             \
    "listed_until_s, activated_seq, decided_seq, decided_rule, decided_cause_seq"

/* Rows that AWS's list shows now: of an instance and a profile Region, but no closed account's. */
#define SEAT_LISTED(table)                                                                         \
    "SELECT " SEAT_COLUMNS " FROM " table " s WHERE instance_arn = ?1 AND profile_region = ?2 "    \
    "AND listed_until_s > ?3 AND row > ?4 AND NOT EXISTS (SELECT 1 FROM account c WHERE "          \
    "c.account_id = s.account_id AND c.closed_s <= ?3)"

/* One after the other in the order of `seq`: the first seat behind (?2, ?3) that fits. */
#define SEAT_AFTER(which, seq)                                                                     \
    "SELECT " SEAT_COLUMNS " FROM seat WHERE " which " AND (" seq ", row) > (?2, ?3) ORDER BY "    \
    seq ", row LIMIT 1"
/* clang-format on */

#endif
