/* SPDX-License-Identifier: MIT */
/*
 * Reading a timeline for two. Answers no question itself: it says which claims were live after
 * which occurrence, and with that when a seat was Pending, Active or Canceled. oracle.c and
 * oracle_month.c read the rest off that.
 */
#include "oracle/oracle_diary.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lags.h"
#include "base/parameters.h"

static const struct fact HOLDS = {.holds = true, .believed = true};
static const struct fact ENDED = {.holds = false, .believed = false};

/* It becomes so in truth, or Kiro notices that it is. */
static bool set_fact(struct fact *fact, bool value, const struct occurrence *at)
{
    *(at->noticed ? &fact->believed : &fact->holds) = value;
    return true;
}

/* These take in one occurrence and say whether it concerned the person, the profile, or a path. */

static bool follow_person(struct seat_history *history, const struct event *event,
                          const struct occurrence *at)
{
    if (event->kind == ORACLE_INSTANCE_DELETED && event->subject == history->user_instance)
        return set_fact(&history->exists, false, at);
    if (event->subject != history->user)
        return false;
    switch (event->kind) {
    case ORACLE_USER_CREATED:
        history->user_instance = event->object;
        history->exists = history->active = HOLDS;
        return true;
    case ORACLE_USER_DELETED:
        return set_fact(&history->exists, false, at);
    case ORACLE_USER_DEACTIVATED:
    case ORACLE_USER_REACTIVATED:
        if (!at->assignments)
            set_fact(&history->active, event->kind == ORACLE_USER_REACTIVATED, at);
        return true;
    default:
        return false;
    }
}

/* Rule 6; E15: a closed account that is reopened has to subscribe anew. */
static void end_assignments(struct seat_history *history)
{
    for (size_t i = 0; i < history->path_count; i++)
        history->paths[i].assigned = ENDED;
}

static bool follow_profile(struct seat_history *history, const struct event *event,
                           const struct occurrence *at)
{
    bool of_account =
        event->subject == history->profile_account && history->profile_account != NOBODY;
    if (event->kind == ORACLE_INSTANCE_DELETED && event->subject == history->profile_instance)
        return set_fact(&history->profile_lives, false, at); /* E11: a shell, good for nothing */
    if (of_account && event->kind == ORACLE_ACCOUNT_REOPENED)
        return set_fact(&history->account_open, true, at);
    if (of_account && event->kind == ORACLE_ACCOUNT_CLOSED) {
        if (at->noticed && history->oracle->values[ACCOUNT_REOPEN] != REOPEN_RESUME)
            end_assignments(history);
        return set_fact(&history->account_open, false, at);
    }
    if (event->subject != history->profile)
        return false;
    if (event->kind == ORACLE_PROFILE_CREATED) {
        history->profile_instance = event->object;
        history->profile_account = event->account;
        history->profile_lives = history->account_open = HOLDS;
        return true;
    }
    return event->kind == ORACLE_PROFILE_DELETED && set_fact(&history->profile_lives, false, at);
}

static struct path *path_through(struct seat_history *history, size_t group)
{
    for (size_t i = 0; i < history->path_count; i++)
        if (history->paths[i].group == group)
            return &history->paths[i];
    assert(history->path_count <= history->oracle->event_count);
    struct path *path = &history->paths[history->path_count++];
    *path = (struct path){.group = group, .group_lives = HOLDS, .ended_by = NOBODY};
    if (group == NOBODY)
        path->member = HOLDS;
    return path;
}

const struct moment *moment_before(const struct seat_history *history, size_t index)
{
    assert(index <= history->count);
    static const struct moment nothing = {.status = SEAT_NONE};
    return index == 0 ? &nothing : &history->moments[index - 1];
}

const struct moment *moment_last(const struct seat_history *history)
{
    return moment_before(history, history->count);
}

int64_t row_leaves_s(const struct oracle *oracle, const struct moment *end)
{
    assert(end->status == SEAT_CANCELED && end->ended_by != NULL);
    /* Rule 6: nobody can look at the console of a closed account. */
    bool at_once = strcmp(end->ended_by, "auto-account-deleted") == 0;
    at_once |= oracle->values[CANCELED_ROW_KEPT_UNTIL] == ROW_AT_ONCE;
    at_once |= end->ended_as == SEAT_PENDING &&
               oracle->values[PENDING_CANCEL] == PENDING_CANCEL_VANISHES; /* E16 */
    if (at_once)
        return end->at_s;
    if (oracle->values[CANCELED_ROW_KEPT_UNTIL] == ROW_FOREVER)
        return INT64_MAX;
    return month_first_s(oracle, end->at_s, 1);
}

/*
 * E21: a change of plan without an assignment makes one, but has no effect on a canceled seat. Once
 * that has left the lists there is none any more.
 */
static bool seat_in_the_way(const struct seat_history *history, int64_t at_s)
{
    const struct moment *seat = moment_last(history);
    if (seat->status == SEAT_CANCELED)
        return history->oracle->values[UPDATE_AFTER_CANCEL] == UPDATE_AFTER_NO_EFFECT &&
               at_s < row_leaves_s(history->oracle, seat);
    return seat->status != SEAT_NONE;
}

/*
 * What an administrator does is so at once, and known to Kiro, who does it: it takes the place of
 * what is only believed. `out_subscribed`: it makes an assignment that did not stand.
 */
static bool follow_assignment(struct seat_history *history, const struct event *event,
                              bool *out_subscribed)
{
    if (event->object != history->profile)
        return false;
    if (!event->to_group && event->subject != history->user)
        return false;
    struct path *path = path_through(history, event->to_group ? event->subject : NOBODY);
    if (event->kind == ORACLE_UNSUBSCRIBED) {
        path->assigned = ENDED;
        path->ended_by = NOBODY;
        return true;
    }
    if (event->kind == ORACLE_PLAN_CHANGED && !path->assigned.believed && !event->to_group &&
        seat_in_the_way(history, event->at_s))
        return false;
    assert(event->plan > PLAN_NONE && event->plan < PLAN_COUNT);
    if (!path->assigned.believed)
        path->forfeited = false;
    *out_subscribed = !path->assigned.holds;
    path->assigned = HOLDS;
    path->ended_by = NOBODY;
    path->plan = event->plan;
    return true;
}

/* Of a person who is disabled what was assigned to himself ends too, and stays so (E6). */
static void follow_own_assignment(struct seat_history *history, const struct occurrence *at)
{
    assert(!at->assignments || at->noticed);
    struct path *own = path_through(history, NOBODY);
    if (at->assignments && own->ended_by == at->event) {
        own->assigned.believed = false;
        own->ended_by = NOBODY;
    } else if (!at->noticed && own->assigned.holds &&
               history->oracle->values[REACTIVATE] != REACTIVATE_FULL) {
        own->assigned.holds = false;
        own->ended_by = at->event;
    }
}

static bool follow_paths(struct seat_history *history, const struct event *event,
                         const struct occurrence *at, bool *out_subscribed)
{
    bool about_user = event->subject == history->user;
    struct path *path;
    switch (event->kind) {
    case ORACLE_USER_DEACTIVATED:
        if (about_user)
            follow_own_assignment(history, at);
        return about_user;
    case ORACLE_MEMBER_ADDED:
    case ORACLE_MEMBER_REMOVED:
        if (!about_user)
            return false;
        path = path_through(history, event->object);
        if (at->noticed)
            path->forfeited = false;
        return set_fact(&path->member, event->kind == ORACLE_MEMBER_ADDED, at);
    case ORACLE_GROUP_DELETED:
        return set_fact(&path_through(history, event->subject)->group_lives, false, at);
    case ORACLE_SUBSCRIBED:
    case ORACLE_UNSUBSCRIBED:
    case ORACLE_PLAN_CHANGED:
        return follow_assignment(history, event, out_subscribed);
    default:
        return false;
    }
}

/* Rules 1 to 8 and E5: which of them an event that can end a claim is. */
static const char *ending_rule(const struct event *event)
{
    switch (event->kind) {
    case ORACLE_USER_DELETED:
        return "auto-user-deleted";
    case ORACLE_MEMBER_REMOVED:
        return "auto-group-member-removed";
    case ORACLE_INSTANCE_DELETED:
        return "auto-instance-deleted";
    case ORACLE_PROFILE_DELETED:
        return "auto-profile-deleted";
    case ORACLE_USER_DEACTIVATED:
        return "auto-user-deactivated";
    case ORACLE_GROUP_DELETED:
        return "E5";
    case ORACLE_ACCOUNT_CLOSED:
        return "auto-account-deleted";
    case ORACLE_UNSUBSCRIBED:
        return event->to_group ? "manual-unsubscribe-group" : "manual-unsubscribe-user";
    default:
        abort(); /* no other event takes a claim away */
    }
}

static bool believed_open(const struct seat_history *history)
{
    return history->exists.believed && history->active.believed &&
           history->profile_lives.believed && history->account_open.believed;
}

static bool believed_to_stand(const struct path *path)
{
    return path->member.believed && path->group_lives.believed && path->assigned.believed &&
           !path->forfeited;
}

static bool entitles(const struct seat_history *history, const struct path *path)
{
    return history->exists.holds && history->active.holds && history->profile_lives.holds &&
           history->account_open.holds && path->member.holds && path->group_lives.holds &&
           path->assigned.holds && !path->forfeited;
}

/* E6 and E15, their other readings: what `event` undoes is what interrupted a claim. */
static bool undoes(const struct oracle *oracle, const struct event *event,
                   enum oracle_event_kind interruption)
{
    if (event->kind == ORACLE_USER_REACTIVATED)
        return oracle->values[REACTIVATE] == REACTIVATE_FULL &&
               interruption == ORACLE_USER_DEACTIVATED;
    return event->kind == ORACLE_ACCOUNT_REOPENED &&
           oracle->values[ACCOUNT_REOPEN] == REOPEN_RESUME && interruption == ORACLE_ACCOUNT_CLOSED;
}

/* Which claims live after `event`. True: one that it had interrupted goes on. */
static bool hold(struct seat_history *history, const struct event *event)
{
    bool open = believed_open(history);
    bool resumed = false;
    for (size_t i = 0; i < history->path_count; i++) {
        struct path *path = &history->paths[i];
        bool stands = believed_to_stand(path);
        bool held = open && stands;
        bool ends = path->held && !held;
        resumed |= held && !path->held && path->interrupted &&
                   undoes(history->oracle, event, path->interrupted_by);
        if (ends)
            path->interrupted_by = event->kind;
        path->interrupted = stands && (ends || (path->interrupted && !held));
        path->forfeited |= ends && event->kind == ORACLE_USER_DEACTIVATED &&
                           path->group != NOBODY &&
                           history->oracle->values[REACTIVATE] == REACTIVATE_NONE;
        assert(!held || !path->interrupted);
        path->held = held;
    }
    return resumed;
}

static struct moment claims_now(const struct seat_history *history)
{
    struct moment now = {.plan = PLAN_NONE};
    for (size_t i = 0; i < history->path_count; i++) {
        const struct path *path = &history->paths[i];
        now.entitled |= entitles(history, path);
        if (!path->held)
            continue;
        now.claim_count++;
        now.sound |= entitles(history, path);
        now.by_user |= path->group == NOBODY;
        now.by_group |= path->group != NOBODY;
        if (path->plan > now.plan)
            now.plan = path->plan;
    }
    assert((now.claim_count > 0) == (now.plan != PLAN_NONE));
    assert((now.claim_count > 0) == (now.by_user || now.by_group));
    assert(!now.sound || now.entitled);
    return now;
}

/* `event`: what took the last claim, if none is left. */
static void write_moment(struct seat_history *history, const struct event *event, bool resumed,
                         struct moment now)
{
    const struct moment *before = moment_last(history);
    assert(history->count == 0 || before->at_s <= now.at_s);
    assert((before->claim_count > 0) ==
           (before->status == SEAT_PENDING || before->status == SEAT_ACTIVE));
    if (now.claim_count > 0) {
        now.resumed = resumed && before->ended_as == SEAT_ACTIVE;
        bool in_use = before->status == SEAT_ACTIVE || event->kind == ORACLE_USED || now.resumed;
        now.status = in_use ? SEAT_ACTIVE : SEAT_PENDING;
        now.begun_s = before->claim_count > 0 ? before->begun_s : now.at_s;
        now.dropped = now.claim_count < before->claim_count && now.plan < before->plan;
    } else if (before->claim_count > 0) {
        now.status = SEAT_CANCELED;
        now.plan = before->plan;
        now.ended_by = ending_rule(event);
        now.ended_as = before->status;
    } else {
        return; /* nothing was held, nothing is */
    }
    history->moments[history->count++] = now;
}

static void follow(struct seat_history *history, const struct occurrence *at)
{
    assert(at->happened > at->event && at->happened <= history->oracle->event_count);
    const struct event *event = &history->oracle->events[at->event];
    bool subscribed = false;
    bool concerned = event->kind == ORACLE_USED && event->subject == history->user &&
                     event->object == history->profile;
    concerned |= follow_person(history, event, at);
    concerned |= follow_profile(history, event, at);
    concerned |= follow_paths(history, event, at, &subscribed);
    if (!concerned)
        return;
    bool resumed = hold(history, event);
    struct moment now = claims_now(history);
    now.at_s = at->at_s;
    now.by_delay = at->by_delay;
    now.happened = at->happened;
    now.subscribed = subscribed;
    write_moment(history, event, resumed, now);
}

static void seat_history_begin(const struct oracle *oracle, size_t user, size_t profile,
                               size_t room, struct seat_history *out_history)
{
    *out_history = (struct seat_history){
        .oracle = oracle,
        .user = user,
        .user_instance = NOBODY,
        .profile = profile,
        .profile_instance = NOBODY,
        .profile_account = NOBODY,
        .paths = or_abort(calloc(oracle->event_count + 1, sizeof *out_history->paths)),
        .moments = or_abort(calloc(room + 1, sizeof *out_history->moments)),
    };
    path_through(out_history, NOBODY);
}

void seat_history_read(const struct oracle *oracle, size_t user, size_t profile, int64_t at_s,
                       struct seat_history *out_history)
{
    const struct timeline *timeline =
        timeline_of(oracle, owner_of(oracle, ORACLE_PROFILE_CREATED, profile));
    seat_history_begin(oracle, user, profile, timeline->count, out_history);
    if (user == NOBODY || profile == NOBODY)
        return; /* nothing was ever heard of one of them */
    for (size_t i = 0; i < timeline->count && timeline->items[i].at_s <= at_s; i++)
        follow(out_history, &timeline->items[i]);
}

void seat_history_clear(struct seat_history *history)
{
    free(history->paths);
    free(history->moments);
}

struct standing standing_at(const struct oracle *oracle, size_t user, size_t profile, size_t count,
                            int64_t at_s)
{
    assert(count <= oracle->event_count);
    struct seat_history now = {.oracle = oracle,
                               .user = user,
                               .user_instance = NOBODY,
                               .profile = profile,
                               .profile_instance = NOBODY,
                               .profile_account = NOBODY};
    struct standing standing = {.barred_s = 0};
    const char *barred_by = NULL;
    const char *profile_gone_by = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct event *event = &oracle->events[i];
        const struct occurrence happens = {.event = i};
        bool was_in = now.exists.holds && now.active.holds;
        bool lived = now.profile_lives.holds;
        if (user != NOBODY)
            follow_person(&now, event, &happens);
        if (profile != NOBODY)
            follow_profile(&now, event, &happens);
        bool is_in = now.exists.holds && now.active.holds;
        if (was_in && !is_in) {
            standing.barred_s = event->at_s;
            standing.barred_after = i;
            barred_by = ending_rule(event);
        } else if (is_in) {
            standing.barred_s = 0;
            barred_by = NULL;
        }
        if (lived && !now.profile_lives.holds)
            profile_gone_by = ending_rule(event);
    }
    size_t instance_owner = owner_of(oracle, ORACLE_INSTANCE_CREATED, now.user_instance);
    size_t profile_instance_owner = owner_of(oracle, ORACLE_INSTANCE_CREATED, now.profile_instance);
    standing.exists = now.exists.holds;
    standing.signs_in = now.exists.holds && now.active.holds &&
                        !account_closed(oracle, instance_owner, count, at_s);
    standing.console_closed = account_closed(oracle, now.profile_account, count, at_s) ||
                              account_closed(oracle, profile_instance_owner, count, at_s);
    standing.profile_usable = now.profile_lives.holds && !standing.console_closed;
    if (profile_gone_by != NULL)
        standing.shut_by = profile_gone_by;
    else
        standing.shut_by = barred_by != NULL ? barred_by : "auto-account-deleted";
    return standing;
}
