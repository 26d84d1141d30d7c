/* SPDX-License-Identifier: MIT */
/*
 * Compares what was seen with what the oracle promises, thing by thing, and cites the rule that
 * decides each. Needs the oracle, the vocabulary and libc; knows no wire and no file.
 */
#ifndef MOCK_KIRO_CLIENT_JUDGE_H
#define MOCK_KIRO_CLIENT_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/levels.h"
#include "oracle/oracle.h"

enum { SIGHT_TEXT_BYTES = 96 };

/*
 * How the seat of one user under one profile looks, seen or expected: in plain words, so that
 * whatever a server may say has a place. Plans by name, statuses as SEAT names; a word that no
 * table knows stays as it came.
 */
struct sight {
    bool listed; /* ListUserSubscriptions has a row; the next four are its */
    char wire_status[SIGHT_TEXT_BYTES];
    char wire_plan[SIGHT_TEXT_BYTES];
    char wire_plan_in_force[SIGHT_TEXT_BYTES]; /* "none" while absent */
    char wire_sources[SIGHT_TEXT_BYTES];       /* "user", "group", "user+group" */
    bool recorded; /* GET /_mock/subscriptions has a row; the rest but the last is its */
    bool entitled;
    char status[SIGHT_TEXT_BYTES];
    char plan[SIGHT_TEXT_BYTES];
    char plan_in_force[SIGHT_TEXT_BYTES]; /* "none" before the first use */
    char next_plan[SIGHT_TEXT_BYTES];     /* "none" */
    char sources[SIGHT_TEXT_BYTES];       /* as wire_sources */
    bool access;
    char access_until[SIGHT_TEXT_BYTES]; /* RFC 3339 in UTC, or "none" */
    bool users_tab;
    bool subscriptions_tab;
    char shown_as[SIGHT_TEXT_BYTES]; /* "name", "id" */
    char ended_by[SIGHT_TEXT_BYTES]; /* a rule id, or "none" */
    bool may_use;                    /* what `use` would answer */
};

/* A row of the Groups tab. */
struct group_sight {
    const char *group; /* handles */
    const char *profile;
    char status[SIGHT_TEXT_BYTES]; /* in the tab's own word, or "none" */
};

struct month {
    int year;
    int month;
};

struct charge_seen {
    int64_t owed_cents;
    int64_t refunded_cents; /* positive */
};

struct bill_seen {
    bool forecast;
    int64_t total_cents;
    int64_t lines_cents; /* the sum of its lines */
};

/* Something that no user and profile of the scenario accounts for. */
struct oddity {
    const char *rule;
    const char *text;
};

/* Everything there is to see at one instant. All borrowed. */
struct observation {
    int64_t at_s;
    const char *const *users; /* handles */
    size_t user_count;
    const char *const *profiles;
    size_t profile_count;
    const struct month *months;
    size_t month_count;
    const struct sight *sights;        /* [user][profile] */
    const struct charge_seen *charges; /* [user][profile][month] */
    const struct bill_seen *bills;     /* [month] */
    const struct group_sight *groups;
    size_t group_count;
    const size_t *former_rows; /* [user]: rows of canceled seats beyond one per profile */
    const struct oddity *oddities;
    size_t oddity_count;
};

enum verdict_kind { VERDICT_HOLDS, VERDICT_BROKEN, VERDICT_UNDECIDED, VERDICT_SKIPPED };
/* "holds", "broken", "undecided", "skipped" */
const char *verdict_kind_name(enum verdict_kind kind);

/* Texts live for the duration of the call. */
struct verdict {
    enum verdict_kind kind;
    const char *rule; /* an id of the rulebook */
    const char *source;
    enum level level; /* of the rule's cell for the axis */
    enum axis axis;
    const char *user; /* NULL: not about one person */
    const char *profile;
    const char *what; /* "status" */
    const char *expected;
    const char *seen;
    const char *stated; /* the member of the file that says so; NULL: the oracle does */
};

typedef void verdict_listener(void *context, const struct verdict *verdict);

struct judge {
    const struct oracle *oracle;
    const char *rule; /* cited where nothing else decides */
    bool own_mock;    /* a difference is never undecided */
    bool foreign;     /* what the file states was stated for another edition: skipped */
    verdict_listener *listener;
    void *context;
};

/* Everybody, everything. */
void judge_observation(const struct judge *judge, const struct observation *seen);

/*
 * One thing that a `check` states: `member` is its name in the language ("status"), `expected` in
 * its words ("true").
 */
void judge_stated(const struct judge *judge, const struct observation *seen, const char *user,
                  const char *profile, const char *member, const char *expected);
void judge_stated_bill(const struct judge *judge, const struct observation *seen, const char *user,
                       const char *profile, struct month month, const char *expected);

/*
 * The answer to a step, and what the file says of it, in the words "accepted" or "refused with
 * Code".
 */
void judge_stated_answer(const struct judge *judge, const char *expected, const char *seen);

/* Any other answer, in the caller's words. `rule` and `user` may be NULL. */
void judge_answer(const struct judge *judge, const char *rule, const char *user, const char *what,
                  const char *expected, const char *seen);

/* What the oracle promises, in the same words as what is seen. */
void judge_expect(const struct oracle *oracle, const char *user, const char *profile, int64_t at_s,
                  struct sight *out_sight);

/* -1 if unknown */
ptrdiff_t observation_user(const struct observation *seen, const char *user);
ptrdiff_t observation_profile(const struct observation *seen, const char *profile);

#endif
