/* SPDX-License-Identifier: MIT */
/*
 * What happened, in the order in which it happened, and the order in which Kiro sees it: a delay makes it see an event later,
 * an edition may keep it from acting on one at all. The oracle's own; nobody else includes it.
 */
#ifndef MOCK_KIRO_CLIENT_ORACLE_HISTORY_H
#define MOCK_KIRO_CLIENT_ORACLE_HISTORY_H

#include "oracle/oracle.h"

/* A handle's place in the list of handles. Users, groups and profiles may share a handle: the event says which is meant. */
#define NOBODY SIZE_MAX

struct event {
    enum oracle_event_kind kind;
    int64_t at_s;
    size_t subject;
    size_t object;
    size_t
        account;   /* that owns the profile or instance created; NOBODY: one that is never closed */
    size_t region; /* of a profile created */
    size_t name;   /* of a user created */
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
};

/* When, and whether, Kiro sees an event. */
struct sight {
    int64_t at_s;
    size_t index;
    size_t
        brought_by; /* the event with which it is seen: itself, or the making of the role that it waited for */
    bool late;    /* not when it happened, but after a delay */
    bool stalled; /* it waited for the role */
    bool unseen;  /* a deactivation undone in time; his own assignments end all the same */
    bool never;   /* the same by the delays in force, whatever delays are read with */
};

/* With what Kiro looks: its delays, and the role of an account (NOBODY: one that is never missing). */
struct eyes {
    const int64_t *lags_s;
    size_t account;
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

/* From the request on nobody is subscribed there; from then plus the time it takes nobody gets in. */
bool account_closed(const struct oracle *oracle, size_t account, size_t count, int64_t at_s);

/* The addition that makes `user` a member of `group` before event `index`, by the facts; NOBODY if he is none. */
size_t membership_before(const struct oracle *oracle, size_t user, size_t group, size_t index);

/* Those of the first `event_count` events that Kiro acts on and has seen by `at_s`, in the order in which it does; returns how
 * many. `in_force`: as it looks in truth, whatever it is read with. `sights` has room for all. */
size_t sights_read(const struct oracle *oracle, const struct eyes *eyes,
                   const struct eyes *in_force, size_t event_count, int64_t at_s,
                   struct sight *sights);

#endif
