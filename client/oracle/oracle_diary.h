/* SPDX-License-Identifier: MIT */
/*
 * The diary of one user under one profile, read from the history: the list of moments at which something changed for the two,
 * as Kiro sees it. The oracle's own; nobody else includes it.
 */
#ifndef MOCK_KIRO_CLIENT_ORACLE_DIARY_H
#define MOCK_KIRO_CLIENT_ORACLE_DIARY_H

#include "oracle/oracle_history.h"

struct person {
    size_t user;
    size_t instance;
    bool exists;
    bool active;
};

/* How user and profile really are at an instant, whatever Kiro has seen of it. */
struct standing {
    bool exists;
    bool signs_in;       /* exists, is active, and his instance can be reached */
    int64_t barred_s;    /* since when he is gone or disabled; 0 if he is not */
    size_t barred_after; /* so many events had happened before that one */
    bool profile_usable; /* neither it, nor its instance, nor an account of theirs is gone */
    const char *shut_by; /* rule, where one of the two is false */
};

/* One way to a claim: a direct one (group NOBODY), or through a group. */
struct way {
    size_t group;
    unsigned
        memberships; /* as seen: one on its way out and one on its way in may overlap; the direct way has one for good */
    unsigned void_memberships; /* of those, what a deactivation ended for good */
    enum plan plan;            /* of the standing assignment, PLAN_NONE if none stands */
    size_t plan_event;         /* that gave it */
    bool held;                 /* a claim by it lives */
};

/* How the pair stood after an event that concerned it. */
struct moment {
    int64_t at_s;
    int64_t begun_s; /* since when something has been held without a gap */
    enum seat_status status;
    enum plan plan; /* the highest claim; of a canceled seat, the one it had last */
    size_t claim_count;
    bool by_user;
    bool by_group;
    bool dropped; /* to a lower plan, because a better claim ended */
    bool resumed; /* a canceled seat that went on as it had been (E6, E15: their other readings) */
    const char *ended_by;      /* rule; of a canceled seat only */
    enum seat_status ended_as; /* what it was until then; of a canceled seat only */
    bool late;    /* brought by a delay that passed, not by a request: comes first at its instant */
    size_t heard; /* so many events had happened by then */
};

struct diary {
    const struct oracle *oracle;
    struct person person;
    size_t profile;
    size_t profile_instance;
    size_t profile_account;
    bool profile_lives;
    bool profile_suspended; /* its account is closed, and what was assigned there waits */
    struct way *ways; /* a direct one first, and another while one that was ended is still seen */
    size_t way_count;
    struct moment *moments;
    size_t count;
};

/* Read the history from its beginning to `at_s`; release with diary_clear. An unknown user or profile gives an empty diary. */
void diary_read(const struct oracle *oracle, size_t user, size_t profile, int64_t at_s,
                struct diary *out_diary);
void diary_clear(struct diary *diary);

/* By the facts themselves, without any delay: did something entitle the pair after the first `count` events? */
bool diary_truly_entitled(const struct diary *diary, size_t count);

/* At `at_s`, after the first `count` events. */
struct standing standing_at(const struct oracle *oracle, size_t user, size_t profile, size_t count,
                            int64_t at_s);

/* How the pair stands now; a moment of status SEAT_NONE if nothing was ever noted. */
const struct moment *diary_last(const struct diary *diary);

/* How it stood before moment `index`. */
const struct moment *diary_before(const struct diary *diary, size_t index);

/* When the row of a canceled seat leaves the lists, INT64_MAX if it never does; `end` is the moment it was canceled. */
int64_t row_leaves_s(const struct oracle *oracle, const struct moment *end);

#endif
