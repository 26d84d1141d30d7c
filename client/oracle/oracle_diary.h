/* SPDX-License-Identifier: MIT */
/*
 * The history of the seat of one user under one profile: the list of moments at which something
 * changed for the two, in truth or as Kiro believes. The oracle's own; nobody else includes it.
 */
#ifndef MOCK_KIRO_CLIENT_ORACLE_DIARY_H
#define MOCK_KIRO_CLIENT_ORACLE_DIARY_H

#include "base/plans.h"
#include "base/statuses.h"
#include "oracle/oracle_history.h"

/* Something that is so, and that Kiro believes to be so. */
struct fact {
    bool holds;
    bool believed;
};

/* One way to a claim: an assignment of his own (group NOBODY), or of a group that he is in. */
struct path {
    size_t group;
    struct fact member;
    struct fact group_lives;
    struct fact assigned;
    enum plan plan;   /* of the assignment, while it is believed */
    size_t ended_by;  /* the deactivation that ended the assignment unnoticed; NOBODY: none did */
    bool forfeited;   /* E6, its strictest reading: a deactivation ended it for good */
    bool held;        /* a claim by it lives */
    bool interrupted; /* it stands, but what is beneath it ended while a claim was held … */
    enum oracle_event_kind interrupted_by;
};

/* How the pair stood after something that concerned it. */
struct moment {
    int64_t at_s;
    int64_t begun_s; /* since when something has been held without a gap */
    enum seat_status status;
    enum plan plan; /* the highest claim; of a canceled seat, the one it had last */
    size_t claim_count;
    bool by_user;
    bool by_group;
    bool entitled;   /* in truth, noticed or not */
    bool sound;      /* a live claim stands in truth */
    bool subscribed; /* by an assignment that an administrator has just made */
    bool dropped;    /* to a lower plan, because a better claim ended */
    bool resumed; /* a canceled seat that went on as it had been (E6, E15: their other readings) */
    const char *ended_by;      /* rule; of a canceled seat only */
    enum seat_status ended_as; /* what it was until then; of a canceled seat only */
    bool by_delay;             /* not by a request: comes first at its instant */
    size_t happened;           /* so many events had happened by then */
};

struct seat_history {
    const struct oracle *oracle;
    size_t user;
    size_t user_instance;
    size_t profile;
    size_t profile_instance;
    size_t profile_account;
    struct fact exists; /* the user */
    struct fact active;
    struct fact profile_lives;
    struct fact account_open;
    struct path *paths; /* his own first */
    size_t path_count;
    struct moment *moments;
    size_t count;
};

/*
 * How user and profile really are at an instant, whatever Kiro has noticed of it or ever acts on.
 */
struct standing {
    bool exists;
    bool signs_in;       /* exists, is active, and his instance can be reached */
    int64_t barred_s;    /* since when he is gone or disabled; 0 if he is not */
    size_t barred_after; /* so many events had happened before that one */
    bool profile_usable; /* neither it, nor its instance, nor an account of theirs is gone */
    bool console_closed; /* an account of theirs is closed, so that nothing is listed anywhere */
    const char *shut_by; /* rule, where he may not sign in or the profile is not usable */
};

/*
 * As it has come to be by `at_s`, which may lie ahead: then nobody does anything until it. Release
 * with seat_history_clear. An unknown user or profile gives an empty history.
 */
void seat_history_read(const struct oracle *oracle, size_t user, size_t profile, int64_t at_s,
                       struct seat_history *out_history);
void seat_history_clear(struct seat_history *history);

/* At `at_s`, after the first `count` events. */
struct standing standing_at(const struct oracle *oracle, size_t user, size_t profile, size_t count,
                            int64_t at_s);

/* How the pair stands at the end; a moment of status SEAT_NONE if nothing was ever noted. */
const struct moment *moment_last(const struct seat_history *history);

/* How it stood before moment `index`. */
const struct moment *moment_before(const struct seat_history *history, size_t index);

/*
 * When the row of a canceled seat leaves the lists, INT64_MAX if it never does; `end`: its moment.
 */
int64_t row_leaves_s(const struct oracle *oracle, const struct moment *end);

#endif
