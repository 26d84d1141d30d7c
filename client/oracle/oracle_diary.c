/* SPDX-License-Identifier: MIT */
/*
 * Reading the history back. Answers no question itself: it says which claims were live after which event, and with that
 * when a seat was Pending, Active or Canceled. oracle.c and oracle_month.c read the rest off that.
 */
#include "oracle/oracle_diary.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* These three take in one event and say whether it concerned the person, the profile, or one of the ways to a claim. */

static bool follow_person(struct person *person, const struct event *event, bool unseen)
{
    if (event->kind == ORACLE_INSTANCE_DELETED && event->subject == person->instance) {
        person->exists = false;
        return true;
    }
    if (event->subject != person->user)
        return false;
    switch (event->kind) {
    case ORACLE_USER_CREATED:
        person->instance = event->object;
        person->exists = person->active = true;
        return true;
    case ORACLE_USER_DELETED:
        person->exists = false;
        return true;
    case ORACLE_USER_DEACTIVATED:
    case ORACLE_USER_REACTIVATED:
        if (!unseen)
            person->active = event->kind == ORACLE_USER_REACTIVATED;
        return true;
    default:
        return false;
    }
}

static bool follow_profile(struct diary *diary, const struct event *event)
{
    if (event->kind == ORACLE_INSTANCE_DELETED && event->subject == diary->profile_instance) {
        diary->profile_lives = false; /* E11: a shell, good for nothing */
        return true;
    }
    if (event->kind == ORACLE_ACCOUNT_CLOSED && event->subject == diary->profile_account) {
        bool resumes = diary->oracle->values[ACCOUNT_REOPEN] == REOPEN_RESUME;
        diary->profile_suspended = resumes;
        for (size_t i = 0; !resumes && i < diary->way_count; i++)
            diary->ways[i].plan =
                PLAN_NONE; /* rule 6; E15: a reopened account has to subscribe anew */
        return true;
    }
    if (event->kind == ORACLE_ACCOUNT_REOPENED && event->subject == diary->profile_account) {
        diary->profile_suspended = false;
        return true;
    }
    if (event->subject != diary->profile)
        return false;
    if (event->kind == ORACLE_PROFILE_CREATED) {
        diary->profile_instance = event->object;
        diary->profile_account = event->account;
        diary->profile_lives = true;
        return true;
    }
    if (event->kind != ORACLE_PROFILE_DELETED)
        return false;
    diary->profile_lives = false;
    return true;
}

static struct way *way_add(struct diary *diary, size_t group, unsigned memberships)
{
    struct way *way = &diary->ways[diary->way_count++];
    *way = (struct way){.group = group, .memberships = memberships};
    return way;
}

/* The latest direct way where group is NOBODY. */
static struct way *way_through(struct diary *diary, size_t group)
{
    for (size_t i = diary->way_count; i-- > 0;)
        if (diary->ways[i].group == group)
            return &diary->ways[i];
    return way_add(diary, group, 0);
}

const struct moment *diary_before(const struct diary *diary, size_t index)
{
    static const struct moment nothing = {.status = SEAT_NONE};
    return index == 0 ? &nothing : &diary->moments[index - 1];
}

const struct moment *diary_last(const struct diary *diary)
{
    return diary_before(diary, diary->count);
}

int64_t row_leaves_s(const struct oracle *oracle, const struct moment *end)
{
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
 * E21: a change of plan without an assignment makes one, but has no effect on a canceled seat. Once that has left the lists
 * there is none any more.
 */
static bool seat_in_the_way(const struct diary *diary, int64_t at_s)
{
    const struct moment *seat = diary_last(diary);
    if (seat->status == SEAT_CANCELED)
        return diary->oracle->values[UPDATE_AFTER_CANCEL] == UPDATE_AFTER_NO_EFFECT &&
               at_s < row_leaves_s(diary->oracle, seat);
    return seat->status != SEAT_NONE;
}

/* Where leaving a group cancels nothing, a new subscription of the group is all the same for those who are in it. */
static bool left_unnoticed(const struct diary *diary, const struct event *event, size_t index)
{
    return event->to_group && diary->oracle->values[AUTO_TRIGGERS] != TRIGGERS_SIX &&
           membership_before(diary->oracle, diary->person.user, event->subject, index) == NOBODY;
}

static bool follow_assignment(struct diary *diary, const struct event *event, size_t index)
{
    if (event->object != diary->profile)
        return false;
    if (!event->to_group && event->subject != diary->person.user)
        return false;
    struct way *way = way_through(diary, event->to_group ? event->subject : NOBODY);
    /* Subscribed where something stands: that was ended by a deactivation, which is not seen yet. */
    if (event->kind == ORACLE_SUBSCRIBED && !event->to_group && way->plan != PLAN_NONE)
        way = way_add(diary, NOBODY, 1);
    if (event->kind == ORACLE_PLAN_CHANGED && way->plan == PLAN_NONE && !event->to_group &&
        seat_in_the_way(diary, event->at_s))
        return false;
    if (way->plan == PLAN_NONE) {
        way->plan_event = index;
        way->void_memberships = left_unnoticed(diary, event, index) ? way->memberships : 0;
    }
    way->plan = event->kind == ORACLE_UNSUBSCRIBED ? PLAN_NONE : event->plan;
    return true;
}

/*
 * E6: what was assigned to the person himself does not come back, even if the deactivation was undone before it was seen; what
 * was assigned to his groups stands. Or everything comes back, or nothing.
 */
static void follow_deactivation(struct diary *diary, const struct sight *sight)
{
    int reading = diary->oracle->values[REACTIVATE];
    for (size_t i = 0; reading != REACTIVATE_FULL && i < diary->way_count; i++) {
        struct way *way = &diary->ways[i];
        if (way->group == NOBODY && way->plan_event < sight->index)
            way->plan = PLAN_NONE;
        else if (way->group != NOBODY && reading == REACTIVATE_NONE && !sight->never)
            way->void_memberships = way->memberships;
    }
}

static void follow_leaving(struct way *way)
{
    way->memberships--;
    if (way->void_memberships > 0)
        way->void_memberships--;
}

static bool follow_ways(struct diary *diary, const struct event *event, const struct sight *sight)
{
    bool about_user = event->subject == diary->person.user;
    switch (event->kind) {
    case ORACLE_USER_DEACTIVATED:
        if (about_user)
            follow_deactivation(diary, sight);
        return about_user;
    case ORACLE_MEMBER_ADDED:
    case ORACLE_MEMBER_REMOVED:
        if (about_user && event->kind == ORACLE_MEMBER_ADDED)
            way_through(diary, event->object)->memberships++;
        else if (about_user)
            follow_leaving(way_through(diary, event->object));
        return about_user;
    case ORACLE_GROUP_DELETED:
        *way_through(diary, event->subject) = (struct way){.group = event->subject};
        return true;
    case ORACLE_SUBSCRIBED:
    case ORACLE_UNSUBSCRIBED:
    case ORACLE_PLAN_CHANGED:
        return follow_assignment(diary, event, sight->index);
    default:
        return false;
    }
}

/* Rules 1 to 5, 7, 8 and E5: which of them an event that can end a claim is. */
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

static bool is_open(const struct diary *diary, const struct way *way)
{
    bool usable = diary->person.exists && diary->person.active && diary->profile_lives &&
                  !diary->profile_suspended;
    return usable && way->memberships > way->void_memberships && way->plan != PLAN_NONE;
}

static struct moment claims_now(const struct diary *diary)
{
    struct moment now = {.plan = PLAN_NONE};
    for (size_t i = 0; i < diary->way_count; i++) {
        const struct way *way = &diary->ways[i];
        if (!way->held)
            continue;
        now.claim_count++;
        now.by_user |= way->group == NOBODY;
        now.by_group |= way->group != NOBODY;
        if (way->plan > now.plan)
            now.plan = way->plan;
    }
    return now;
}

/* E6 and E15, their other readings: does what ended the seat, and is undone by `event`, leave it as it was before? */
static bool resumes(const struct diary *diary, const struct event *event)
{
    const struct moment *end = diary_last(diary);
    const int *values = diary->oracle->values;
    if (end->status != SEAT_CANCELED || end->ended_as != SEAT_ACTIVE)
        return false;
    if (event->kind == ORACLE_USER_REACTIVATED)
        return values[REACTIVATE] == REACTIVATE_FULL &&
               strcmp(end->ended_by, "auto-user-deactivated") == 0;
    return event->kind == ORACLE_ACCOUNT_REOPENED && values[ACCOUNT_REOPEN] == REOPEN_RESUME &&
           strcmp(end->ended_by, "auto-account-deleted") == 0;
}

/* `event`: what took the last claim, if none is left. */
static void write_moment(struct diary *diary, const struct event *event, struct moment now)
{
    const struct moment *before = diary_last(diary);
    if (now.claim_count > 0) {
        now.resumed = resumes(diary, event);
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
    diary->moments[diary->count++] = now;
}

static void diary_begin(const struct oracle *oracle, size_t user, size_t profile,
                        struct diary *out_diary)
{
    *out_diary = (struct diary){
        .oracle = oracle,
        .person = {.user = user, .instance = NOBODY},
        .profile = profile,
        .profile_instance = NOBODY,
        .profile_account = NOBODY,
        .ways = or_abort(calloc(oracle->event_count + 1, sizeof *out_diary->ways)),
        .moments = or_abort(calloc(oracle->event_count + 1, sizeof *out_diary->moments)),
    };
    way_add(out_diary, NOBODY, 1);
}

/* Was the event about the person, the profile, or one of the ways to a claim? */
static bool follow(struct diary *diary, const struct event *event, const struct sight *sight)
{
    bool used = event->kind == ORACLE_USED && event->subject == diary->person.user &&
                event->object == diary->profile;
    bool person = follow_person(&diary->person, event, sight->unseen);
    bool profile = follow_profile(diary, event);
    bool ways = follow_ways(diary, event, sight);
    return used || person || profile || ways;
}

static bool seen_with(const struct sight *sight, const struct sight *next)
{
    bool by_delay = sight->late && next->late && sight->at_s == next->at_s;
    return by_delay || (sight->stalled && next->stalled && sight->brought_by == next->brought_by);
}

/* An account that never lost its role is like none. */
static struct eyes eyes_in_force(const struct oracle *oracle, size_t profile)
{
    size_t account = owner_of(oracle, ORACLE_PROFILE_CREATED, profile);
    bool lost = false;
    for (size_t i = 0; account != NOBODY && i < oracle->event_count; i++)
        lost |=
            oracle->events[i].kind == ORACLE_ROLE_DELETED && oracle->events[i].subject == account;
    return (struct eyes){oracle->lags_s, lost ? account : NOBODY};
}

/* So many events had happened when it was seen. */
static size_t heard_by(const struct oracle *oracle, const struct sight *sight)
{
    return sight->late ? events_before(oracle, sight->at_s) : sight->brought_by + 1;
}

static void diary_follow(const struct oracle *oracle, const struct eyes *eyes, size_t event_count,
                         int64_t at_s, struct diary *diary);

/* Would the way be open if the role had never been missing? */
static bool is_open_without_stall(const struct diary *diary, const struct way *way,
                                  const struct sight *sight)
{
    struct eyes eyes = {diary->oracle->lags_s, NOBODY};
    struct diary other;
    bool open = false;
    diary_begin(diary->oracle, diary->person.user, diary->profile, &other);
    diary_follow(diary->oracle, &eyes, heard_by(diary->oracle, sight), sight->at_s, &other);
    for (size_t i = 0; i < other.way_count; i++)
        open |= other.ways[i].group == way->group && other.ways[i].plan_event == way->plan_event &&
                other.ways[i].held;
    diary_clear(&other);
    return open;
}

/* E35: what stalls keeps the claims that there are, and makes none. */
static void hold(struct diary *diary, const struct eyes *eyes, const struct sight *sight)
{
    for (size_t i = 0; i < diary->way_count; i++) {
        struct way *way = &diary->ways[i];
        bool open = is_open(diary, way);
        if (open && !way->held && eyes->account != NOBODY)
            open = is_open_without_stall(diary, way, sight);
        way->held = open;
    }
}

static void diary_follow(const struct oracle *oracle, const struct eyes *eyes, size_t event_count,
                         int64_t at_s, struct diary *diary)
{
    if (diary->person.user == NOBODY || diary->profile == NOBODY)
        return; /* nothing was ever heard of one of them */
    struct sight *sights = or_abort(calloc(oracle->event_count + 1, sizeof *sights));
    struct eyes in_force = eyes_in_force(oracle, diary->profile);
    size_t count = sights_read(oracle, eyes, &in_force, event_count, at_s, sights);
    const struct event *taker = NULL;
    bool taken = false;
    bool concerned = false;
    for (size_t i = 0; i < count; i++) {
        const struct sight *sight = &sights[i];
        const struct event *event = &oracle->events[sight->index];
        size_t held = claims_now(diary).claim_count;
        if (follow(diary, event, sight)) {
            concerned = true;
            hold(diary, eyes, sight);
        }
        struct moment now = claims_now(diary);
        if (taker == NULL || (!taken && now.claim_count < held))
            taker = event;
        taken |= now.claim_count < held;
        /* What delays bring at one instant, or the role, is one change, for the cause that came first: it is noted with the last of it. */
        if (i + 1 < count && seen_with(sight, &sights[i + 1]))
            continue;
        now.at_s = sight->at_s;
        now.late = sight->late;
        now.heard = heard_by(oracle, sight);
        if (concerned)
            write_moment(diary, taker, now);
        taker = NULL;
        taken = concerned = false;
    }
    free(sights);
}

void diary_read(const struct oracle *oracle, size_t user, size_t profile, int64_t at_s,
                struct diary *out_diary)
{
    diary_begin(oracle, user, profile, out_diary);
    struct eyes eyes = eyes_in_force(oracle, profile);
    diary_follow(oracle, &eyes, oracle->event_count, at_s, out_diary);
}

bool diary_truly_entitled(const struct diary *diary, size_t count)
{
    static const int64_t no_lags_s[LAG_COUNT] = {0};
    const struct oracle *oracle = diary->oracle;
    struct diary facts;
    diary_begin(oracle, diary->person.user, diary->profile, &facts);
    diary_follow(oracle, &(struct eyes){no_lags_s, NOBODY}, count, INT64_MAX, &facts);
    bool entitled = diary_last(&facts)->claim_count > 0;
    diary_clear(&facts);
    return entitled;
}

void diary_clear(struct diary *diary)
{
    free(diary->ways);
    free(diary->moments);
}

struct standing standing_at(const struct oracle *oracle, size_t user, size_t profile, size_t count,
                            int64_t at_s)
{
    struct diary now;
    struct standing standing = {.barred_s = 0};
    const char *barred_by = NULL;
    const char *profile_gone_by = NULL;
    diary_begin(oracle, user, profile, &now);
    for (size_t i = 0; i < count; i++) {
        const struct event *event = &oracle->events[i];
        bool was_in = now.person.exists && now.person.active;
        bool lived = now.profile_lives;
        if (user != NOBODY)
            follow_person(&now.person, event, false);
        if (profile != NOBODY)
            follow_profile(&now, event);
        bool is_in = now.person.exists && now.person.active;
        if (was_in && !is_in) {
            standing.barred_s = event->at_s;
            standing.barred_after = i;
            barred_by = ending_rule(event);
        } else if (is_in) {
            standing.barred_s = 0;
            barred_by = NULL;
        }
        if (lived && !now.profile_lives)
            profile_gone_by = ending_rule(event);
    }
    size_t instance_owner = owner_of(oracle, ORACLE_INSTANCE_CREATED, now.person.instance);
    size_t profile_instance_owner = owner_of(oracle, ORACLE_INSTANCE_CREATED, now.profile_instance);
    standing.exists = now.person.exists;
    standing.signs_in = now.person.exists && now.person.active &&
                        !account_closed(oracle, instance_owner, count, at_s);
    standing.profile_usable = now.profile_lives &&
                              !account_closed(oracle, now.profile_account, count, at_s) &&
                              !account_closed(oracle, profile_instance_owner, count, at_s);
    if (profile_gone_by != NULL)
        standing.shut_by = profile_gone_by;
    else
        standing.shut_by = barred_by != NULL ? barred_by : "auto-account-deleted";
    diary_clear(&now);
    return standing;
}
