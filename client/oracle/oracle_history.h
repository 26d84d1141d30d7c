/* SPDX-License-Identifier: MIT */
/*
 * What happened, in the order in which it happened, and when Kiro notices it, looking from one
 * account. The oracle's own; nobody else includes it.
 */
#ifndef MOCK_KIRO_CLIENT_ORACLE_HISTORY_H
#define MOCK_KIRO_CLIENT_ORACLE_HISTORY_H

#include "base/lags.h"
#include "base/parameters.h"
#include "base/plans.h"
#include "oracle/oracle.h"

/*
 * A handle's place in the list of handles. Users, groups and profiles may share a handle: the event
 * says which is meant.
 */
#define NOBODY SIZE_MAX

struct event {
    enum oracle_event_kind kind;
    int64_t at_s;
    size_t subject;
    size_t object;
    size_t account; /* that owns what is created; NOBODY: one that is never closed */
    size_t region;  /* of a profile created */
    size_t name;    /* of a user created */
    bool to_group;
    enum plan plan;
    int64_t credits_hundredths;
    int64_t cap_cents;
};

struct oracle {
    int values[PARAMETER_COUNT];
    int64_t lags_s[LAG_COUNT];
    char **handles;
    size_t handle_count;
    struct event *events;
    size_t event_count;
    size_t event_capacity;
    struct timelines *timelines; /* read so far; forgotten with the next event */
};

/* An event happens, or Kiro notices what one changed: each at its place in the order of both. */
struct occurrence {
    int64_t at_s;
    size_t happened; /* so many events have happened by then */
    size_t event;
    bool noticed;     /* what the event changed is noticed; else: the event happens */
    bool assignments; /* … the end of his own assignments, which a deactivation brings */
    bool by_delay;    /* a delay passed, nobody asked: comes first at its instant */
};

/* All that has happened, and all that will be noticed of it if nothing else happens, in order. */
struct timeline {
    size_t account; /* that looks; NOBODY: one whose role is never missing */
    struct occurrence *items;
    size_t count;
};

void *or_abort(void *memory);

/* Where the month turns: seconds that local time is ahead of UTC (E27: its other readings). */
int64_t ahead_of_utc_s(const struct oracle *oracle);

/* The first instant of the month `months_later` months after the one of `at_s`. */
int64_t month_first_s(const struct oracle *oracle, int64_t at_s, int months_later);
int day_of_month(const struct oracle *oracle, int64_t at_s);

/* NOBODY for a handle that was never heard of. */
size_t handle_of(const struct oracle *oracle, const char *handle);

/* How many events happened before `at_s`. */
size_t events_before(const struct oracle *oracle, int64_t at_s);

/* The event that made what `handle` names; NULL if none did. */
const struct event *creation(const struct oracle *oracle, enum oracle_event_kind kind,
                             size_t handle);

/* Who owns the profile or the instance; NOBODY if nobody is known to. */
size_t owner_of(const struct oracle *oracle, enum oracle_event_kind created, size_t handle);

/* From the request plus the time that it takes nobody gets in there. */
bool account_closed(const struct oracle *oracle, size_t account, size_t count, int64_t at_s);

/*
 * What `account` notices, and when: the one place that knows of delays, of the role, and of what an
 * edition never acts on. Owned by the oracle; good until the next event is recorded.
 */
const struct timeline *timeline_of(const struct oracle *oracle, size_t account);

#endif
