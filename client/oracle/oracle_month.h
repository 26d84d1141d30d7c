/* SPDX-License-Identifier: MIT */
/*
 * What one calendar month comes to for one user under one profile, read off the history of their
 * seat: plan in force, fee, credits and overage. The oracle's own; nobody else includes it.
 */
#ifndef MOCK_KIRO_CLIENT_ORACLE_MONTH_H
#define MOCK_KIRO_CLIENT_ORACLE_MONTH_H

#include "base/plans.h"
#include "oracle/oracle_diary.h"

struct month_reading {
    enum plan first;    /* the plan the fee began with, PLAN_NONE while nothing counts */
    enum plan charged;  /* the highest one since */
    enum plan in_force; /* PLAN_NONE if it was never Active */
    bool by_share;      /* the fee counts by the days from `first_day` */
    int first_day;
    int64_t posted_cents;   /* the fee as it stands */
    int64_t settled_cents;  /* of earlier subscriptions, where the next one is charged anew */
    int64_t refunded_cents; /* of the fee */
    const char *raised_by;  /* rule by which it became Active or rose within the month, or NULL */
    const char *last_rule;  /* rule of the last line of the bill, or NULL */
    bool passed_over; /* E28: Active on the 1st, but in truth entitled to nothing, and so to date */
    int64_t used_hundredths; /* credits */
    int64_t over_hundredths; /* of those, beyond the allowance */
    int64_t overage_cents;
    int64_t rerated_cents; /* of the overage, given back */
};

/* A change of what a pair owes for its seat in a month, overage apart. */
struct posting {
    int64_t at_s;
    enum plan plan; /* the highest one charged */
    int64_t owed_cents;
};

/* Zero is an empty list; release `items` with free(). */
struct postings {
    struct posting *items;
    size_t count;
};

/*
 * The month of `month_s`, a first instant, as far as the history goes, which may be beyond the
 * month: one that was passed over can be posted later. `postings` may be NULL.
 */
struct month_reading month_read(const struct seat_history *history, int64_t month_s,
                                struct postings *postings);

/* What would be in force with a first use of the Pending seat, now (E17). */
enum plan plan_at_first_use(const struct seat_history *history, int64_t at_s);

/* Could so much be paid for, by what is left of the plan's credits or as overage? */
bool credits_left(const struct seat_history *history, enum plan plan, int64_t at_s,
                  int64_t credits_hundredths);

const char *whole_month_rule(const struct moment *moment);

#endif
