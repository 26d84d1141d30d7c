/* SPDX-License-Identifier: MIT */
/*
 * The history and its reading back. Keeps a copy of every event, answers no question itself: it says which claims were
 * live after which event, and with that when a seat was Pending, Active or Canceled. oracle.c reads the rest off that.
 */
#include "oracle_diary.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void *or_abort(void *memory)
{
    if (memory == NULL)
        abort();
    return memory;
}

int64_t month_first_s(int64_t at_s, int months_later)
{
    struct tm day;
    gmtime_r(&(time_t){at_s}, &day);
    struct tm first = {.tm_year = day.tm_year, .tm_mon = day.tm_mon + months_later, .tm_mday = 1};
    return timegm(&first);
}

int day_of_month(int64_t at_s)
{
    struct tm day;
    gmtime_r(&(time_t){at_s}, &day);
    return day.tm_mday;
}

static size_t handle_find(const struct oracle *oracle, const char *handle)
{
    for (size_t i = 0; i < oracle->handle_count; i++)
        if (strcmp(oracle->handles[i], handle) == 0)
            return i;
    return NOBODY;
}

static size_t handle_keep(struct oracle *oracle, const char *handle)
{
    if (handle == NULL)
        return NOBODY;
    size_t known = handle_find(oracle, handle);
    if (known != NOBODY)
        return known;
    oracle->handles =
        or_abort(realloc(oracle->handles, (oracle->handle_count + 1) * sizeof *oracle->handles));
    oracle->handles[oracle->handle_count] = or_abort(strdup(handle));
    return oracle->handle_count++;
}

struct oracle *oracle_new(const int *values)
{
    struct oracle *oracle = or_abort(calloc(1, sizeof *oracle));
    memcpy(oracle->values, values, sizeof oracle->values);
    return oracle;
}

void oracle_free(struct oracle *oracle)
{
    if (oracle == NULL)
        return;
    for (size_t i = 0; i < oracle->handle_count; i++)
        free(oracle->handles[i]);
    free(oracle->handles);
    free(oracle->events);
    free(oracle);
}

void oracle_record(struct oracle *oracle, const struct oracle_event *event)
{
    assert(oracle->event_count == 0 || oracle->events[oracle->event_count - 1].at_s <= event->at_s);
    if (oracle->event_count == oracle->event_capacity) {
        oracle->event_capacity = oracle->event_capacity * 2 + 64;
        oracle->events =
            or_abort(realloc(oracle->events, oracle->event_capacity * sizeof *oracle->events));
    }
    oracle->events[oracle->event_count++] = (struct event){
        .kind = event->kind,
        .at_s = event->at_s,
        .subject = handle_keep(oracle, event->subject),
        .object = handle_keep(oracle, event->object),
        .to_group = event->to_group,
        .plan = event->plan,
        .credits_hundredths = event->credits_hundredths,
    };
}

/* These three take in one event and say whether it was about the person, the profile, or one of the ways to a claim. */

static bool follow_person(struct person *person, const struct event *event)
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
    if (event->subject != diary->profile)
        return false;
    if (event->kind == ORACLE_PROFILE_CREATED) {
        diary->profile_instance = event->object;
        diary->profile_lives = true;
        return true;
    }
    if (event->kind != ORACLE_PROFILE_DELETED)
        return false;
    diary->profile_lives = false;
    return true;
}

static struct way *way_through(struct diary *diary, size_t group)
{
    for (size_t i = 1; i < diary->way_count; i++)
        if (diary->ways[i].group == group)
            return &diary->ways[i];
    struct way *way = &diary->ways[diary->way_count++];
    *way = (struct way){.group = group};
    return way;
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

/*
 * E21: a change of plan without an assignment makes one, but has no effect on a canceled seat. Once that has left the lists
 * there is none any more.
 */
static bool seat_in_the_way(const struct diary *diary, int64_t at_s)
{
    const struct moment *seat = diary_last(diary);
    if (seat->status == SEAT_CANCELED)
        return at_s < month_first_s(seat->at_s, 1);
    return seat->status != SEAT_NONE;
}

static bool follow_assignment(struct diary *diary, const struct event *event)
{
    if (event->object != diary->profile)
        return false;
    if (!event->to_group && event->subject != diary->person.user)
        return false;
    struct way *way = event->to_group ? way_through(diary, event->subject) : &diary->ways[0];
    if (event->kind == ORACLE_PLAN_CHANGED && way->plan == PLAN_NONE && !event->to_group &&
        seat_in_the_way(diary, event->at_s))
        return false;
    way->plan = event->kind == ORACLE_UNSUBSCRIBED ? PLAN_NONE : event->plan;
    return true;
}

static bool follow_ways(struct diary *diary, const struct event *event)
{
    bool about_user = event->subject == diary->person.user;
    switch (event->kind) {
    case ORACLE_USER_DEACTIVATED:
        /* E6: what was assigned to the person himself does not come back; what was assigned to his groups stands. */
        if (about_user)
            diary->ways[0].plan = PLAN_NONE;
        return about_user;
    case ORACLE_MEMBER_ADDED:
    case ORACLE_MEMBER_REMOVED:
        if (about_user)
            way_through(diary, event->object)->member = event->kind == ORACLE_MEMBER_ADDED;
        return about_user;
    case ORACLE_GROUP_DELETED:
        *way_through(diary, event->subject) = (struct way){.group = event->subject};
        return true;
    case ORACLE_SUBSCRIBED:
    case ORACLE_UNSUBSCRIBED:
    case ORACLE_PLAN_CHANGED:
        return follow_assignment(diary, event);
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
    case ORACLE_UNSUBSCRIBED:
        return event->to_group ? "manual-unsubscribe-group" : "manual-unsubscribe-user";
    default:
        abort(); /* no other event takes a claim away */
    }
}

static struct moment claims_now(const struct diary *diary)
{
    struct moment now = {.plan = PLAN_NONE};
    if (!diary->person.exists || !diary->person.active || !diary->profile_lives)
        return now;
    for (size_t i = 0; i < diary->way_count; i++) {
        const struct way *way = &diary->ways[i];
        if (!way->member || way->plan == PLAN_NONE)
            continue;
        now.claim_count++;
        now.by_user |= i == 0;
        now.by_group |= i != 0;
        if (way->plan > now.plan)
            now.plan = way->plan;
    }
    return now;
}

static void write_moment(struct diary *diary, const struct event *event)
{
    const struct moment *before = diary_last(diary);
    struct moment now = claims_now(diary);
    now.at_s = event->at_s;
    if (now.claim_count > 0) {
        bool in_use = before->status == SEAT_ACTIVE || event->kind == ORACLE_USED;
        now.status = in_use ? SEAT_ACTIVE : SEAT_PENDING;
    } else if (before->claim_count > 0) {
        now.status = SEAT_CANCELED;
        now.plan = before->plan;
        now.ended_by = ending_rule(event);
    } else {
        return; /* nothing was held, nothing is */
    }
    diary->moments[diary->count++] = now;
}

void diary_read(const struct oracle *oracle, const char *user, const char *profile,
                struct diary *out_diary)
{
    *out_diary = (struct diary){
        .person = {.user = handle_find(oracle, user), .instance = NOBODY},
        .profile = handle_find(oracle, profile),
        .profile_instance = NOBODY,
        .ways = or_abort(calloc(oracle->handle_count + 1, sizeof *out_diary->ways)),
        .moments = or_abort(calloc(oracle->event_count + 1, sizeof *out_diary->moments)),
    };
    out_diary->ways[out_diary->way_count++] = (struct way){.group = NOBODY, .member = true};
    if (out_diary->person.user == NOBODY || out_diary->profile == NOBODY)
        return; /* nothing was ever heard of one of them */
    for (size_t i = 0; i < oracle->event_count; i++) {
        const struct event *event = &oracle->events[i];
        bool used = event->kind == ORACLE_USED && event->subject == out_diary->person.user &&
                    event->object == out_diary->profile;
        bool person = follow_person(&out_diary->person, event);
        bool held = follow_profile(out_diary, event);
        bool ways = follow_ways(out_diary, event);
        if (used || person || held || ways)
            write_moment(out_diary, event);
    }
}

void diary_clear(struct diary *diary)
{
    free(diary->ways);
    free(diary->moments);
}

struct person person_read(const struct oracle *oracle, const char *user)
{
    struct person person = {.user = handle_find(oracle, user), .instance = NOBODY};
    for (size_t i = 0; person.user != NOBODY && i < oracle->event_count; i++)
        follow_person(&person, &oracle->events[i]);
    return person;
}
