/* SPDX-License-Identifier: MIT */
/* The plans of Kiro: names, prices, allowances (rulebook 5A, 5B). */
#ifndef MOCK_KIRO_BASE_PLANS_H
#define MOCK_KIRO_BASE_PLANS_H

#include <stdint.h>

/* The order is the order of price: a higher plan is a greater number. */
enum plan { PLAN_NONE, PLAN_PRO, PLAN_PRO_PLUS, PLAN_PRO_MAX, PLAN_POWER, PLAN_COUNT };

struct plan_facts {
    const char *name;           /* "pro-plus": scenarios and the control surface */
    const char *title;          /* "Pro+" */
    const char *requested;      /* Q_DEVELOPER_STANDALONE_PRO_PLUS: what an assignment asks for */
    const char *returned;       /* KIRO_ENTERPRISE_PRO_PLUS: what a listing says */
    const char *returned_also;  /* KIRO_ENTERPRISE_PRO_POWER, or NULL */
    int64_t price_cents;        /* USD per user and month */
    int64_t credits_hundredths; /* monthly allowance in hundredths of a credit */
};

/* PLAN_NONE gives a row of name "none", price 0. */
const struct plan_facts *plan_facts(enum plan plan);

/* PLAN_NONE if unknown (also for "none"). */
enum plan plan_by_name(const char *name);
enum plan plan_by_requested(const char *requested);
/* Takes `returned` and `returned_also`. */
enum plan plan_by_returned(const char *returned);

#endif
