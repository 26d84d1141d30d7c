/* SPDX-License-Identifier: MIT */
/* The history: a copy of every event, and which of them Kiro has seen by when. */
#include "oracle/oracle_history.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void *or_abort(void *memory)
{
    if (memory == NULL)
        abort();
    return memory;
}

int64_t ahead_of_utc_s(const struct oracle *oracle)
{
    enum { HOUR_S = 3600 };
    static const int AHEAD_H[] = {
        [BOUNDARY_UTC] = 0, [BOUNDARY_UTC_MINUS_8] = -8, [BOUNDARY_UTC_PLUS_9] = 9};
    return (int64_t)AHEAD_H[oracle->values[MONTH_BOUNDARY]] * HOUR_S;
}

static struct tm local_day(const struct oracle *oracle, int64_t at_s)
{
    struct tm day;
    gmtime_r(&(time_t){at_s + ahead_of_utc_s(oracle)}, &day);
    return day;
}

int64_t month_first_s(const struct oracle *oracle, int64_t at_s, int months_later)
{
    struct tm day = local_day(oracle, at_s);
    struct tm first = {.tm_year = day.tm_year, .tm_mon = day.tm_mon + months_later, .tm_mday = 1};
    return timegm(&first) - ahead_of_utc_s(oracle);
}

int day_of_month(const struct oracle *oracle, int64_t at_s)
{
    return local_day(oracle, at_s).tm_mday;
}

size_t handle_of(const struct oracle *oracle, const char *handle)
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
    size_t known = handle_of(oracle, handle);
    if (known != NOBODY)
        return known;
    oracle->handles =
        or_abort(realloc(oracle->handles, (oracle->handle_count + 1) * sizeof *oracle->handles));
    oracle->handles[oracle->handle_count] = or_abort(strdup(handle));
    return oracle->handle_count++;
}

struct oracle *oracle_new(const int *values, const int64_t *lags_s)
{
    struct oracle *oracle = or_abort(calloc(1, sizeof *oracle));
    memcpy(oracle->values, values, sizeof oracle->values);
    memcpy(oracle->lags_s, lags_s, sizeof oracle->lags_s);
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
    size_t account = NOBODY;
    size_t name = NOBODY;
    if (event->kind == ORACLE_PROFILE_CREATED)
        account = handle_keep(oracle, event->text);
    else if (event->kind == ORACLE_USER_CREATED)
        name = handle_keep(oracle, event->text);
    else if (event->kind == ORACLE_INSTANCE_CREATED)
        account = handle_keep(oracle, event->object);
    oracle->events[oracle->event_count++] = (struct event){
        .kind = event->kind,
        .at_s = event->at_s,
        .subject = handle_keep(oracle, event->subject),
        .object = handle_keep(oracle, event->object),
        .account = account,
        .region = handle_keep(oracle, event->region),
        .name = name,
        .to_group = event->to_group,
        .plan = event->plan,
        .credits_hundredths = event->credits_hundredths,
        .cap_cents = event->cap_cents,
    };
}

size_t events_before(const struct oracle *oracle, int64_t at_s)
{
    size_t count = 0;
    while (count < oracle->event_count && oracle->events[count].at_s < at_s)
        count++;
    return count;
}

static int64_t lag_of(const struct oracle *oracle, const int64_t *lags_s,
                      enum oracle_event_kind kind)
{
    switch (kind) {
    case ORACLE_MEMBER_ADDED:
        return lags_s[GROUP_ADD_LAG];
    case ORACLE_MEMBER_REMOVED:
    case ORACLE_GROUP_DELETED:
        return lags_s[GROUP_REMOVE_LAG];
    case ORACLE_USER_DELETED:
    case ORACLE_USER_DEACTIVATED:
    case ORACLE_PROFILE_DELETED:
    case ORACLE_INSTANCE_DELETED:
        return lags_s[AUTO_CANCEL_LAG];
    case ORACLE_ACCOUNT_CLOSED: /* E14 */
        return oracle->values[ACCOUNT_CANCEL_AT] == CANCEL_AT_SUSPENDED ? lags_s[ACCOUNT_CLOSE_LAG]
                                                                        : 0;
    default:
        return 0;
    }
}

const struct event *creation(const struct oracle *oracle, enum oracle_event_kind kind,
                             size_t handle)
{
    for (size_t i = 0; handle != NOBODY && i < oracle->event_count; i++)
        if (oracle->events[i].kind == kind && oracle->events[i].subject == handle)
            return &oracle->events[i];
    return NULL;
}

/* Does `event` end the membership that `added` began? */
static bool ends_membership(const struct oracle *oracle, const struct event *event,
                            const struct event *added)
{
    const struct event *user;
    switch (event->kind) {
    case ORACLE_MEMBER_REMOVED:
        return event->subject == added->subject && event->object == added->object;
    case ORACLE_GROUP_DELETED:
        return event->subject == added->object;
    case ORACLE_USER_DELETED:
        return event->subject == added->subject;
    case ORACLE_INSTANCE_DELETED:
        user = creation(oracle, ORACLE_USER_CREATED, added->subject);
        return user != NULL && event->subject == user->object;
    default:
        return false;
    }
}

size_t membership_before(const struct oracle *oracle, size_t user, size_t group, size_t index)
{
    size_t standing = NOBODY;
    for (size_t i = 0; i < index; i++) {
        const struct event *event = &oracle->events[i];
        bool begins =
            event->kind == ORACLE_MEMBER_ADDED && event->subject == user && event->object == group;
        if (begins && standing == NOBODY)
            standing = i;
        else if (standing != NOBODY && ends_membership(oracle, event, &oracle->events[standing]))
            standing = NOBODY;
    }
    return standing;
}

/*
 * Adding a member again, or removing one who is none, changes nothing. A membership that ended before it was seen was never there
 * (rule 37), and its end is not seen either.
 */
static bool never_seen(const struct oracle *oracle, const int64_t *lags_s, size_t index)
{
    const struct event *event = &oracle->events[index];
    bool adds = event->kind == ORACLE_MEMBER_ADDED;
    if (!adds && event->kind != ORACLE_MEMBER_REMOVED)
        return false;
    size_t begun = membership_before(oracle, event->subject, event->object, index);
    if (adds != (begun == NOBODY))
        return true;
    if (adds)
        begun = index;
    int64_t seen_s = oracle->events[begun].at_s + lag_of(oracle, lags_s, ORACLE_MEMBER_ADDED);
    for (size_t i = begun + 1; i < oracle->event_count; i++)
        if (ends_membership(oracle, &oracle->events[i], &oracle->events[begun]))
            return oracle->events[i].at_s < seen_s;
    return false;
}

/* Rule 41, E35: what Kiro learns of users and groups by reading the directory. */
static bool needs_the_role(enum oracle_event_kind kind)
{
    return kind == ORACLE_USER_DELETED || kind == ORACLE_USER_DEACTIVATED ||
           kind == ORACLE_MEMBER_REMOVED || kind == ORACLE_GROUP_DELETED;
}

/* When event `index` is seen: after its delay, and if the role is missing then, when that is made again (INT64_MAX: not yet). */
static struct sight sight_of(const struct oracle *oracle, const struct eyes *eyes, size_t index)
{
    const struct event *event = &oracle->events[index];
    int64_t lag_s = lag_of(oracle, eyes->lags_s, event->kind);
    struct sight sight = {
        .at_s = event->at_s + lag_s, .index = index, .brought_by = index, .late = lag_s > 0};
    bool reads = eyes->account != NOBODY && needs_the_role(event->kind);
    for (size_t i = 0; reads && i < oracle->event_count; i++) {
        const struct event *other = &oracle->events[i];
        bool before = lag_s == 0 ? i < index : other->at_s < sight.at_s;
        if (other->subject != eyes->account)
            continue;
        if (before && other->kind == ORACLE_ROLE_DELETED)
            sight.stalled = true;
        else if (before && other->kind == ORACLE_ROLE_CREATED)
            sight.stalled = false;
        else if (sight.stalled && other->kind == ORACLE_ROLE_CREATED)
            return (struct sight){
                .at_s = other->at_s, .index = index, .brought_by = i, .stalled = true};
    }
    if (sight.stalled)
        sight.at_s = INT64_MAX;
    return sight;
}

/* A deactivation that was undone before Kiro saw it. */
static bool taken_back(const struct oracle *oracle, const struct eyes *eyes, size_t index)
{
    const struct event *event = &oracle->events[index];
    if (event->kind != ORACLE_USER_DEACTIVATED)
        return false;
    struct sight sight = sight_of(oracle, eyes, index);
    for (size_t i = index + 1; i < oracle->event_count; i++)
        if (oracle->events[i].kind == ORACLE_USER_REACTIVATED &&
            oracle->events[i].subject == event->subject)
            return oracle->events[i].at_s < sight.at_s || i < sight.brought_by;
    return false;
}

static int by_sight(const void *left, const void *right)
{
    const struct sight *a = left;
    const struct sight *b = right;
    if (a->at_s != b->at_s)
        return a->at_s < b->at_s ? -1 : 1;
    if (a->brought_by != b->brought_by)
        return a->brought_by < b->brought_by ? -1 : 1;
    return a->index < b->index ? -1 : 1;
}

/* What the automatic triggers of the edition leave as it was. The facts stay what they are: see standing_at. */
static bool acted_on(const struct oracle *oracle, const struct event *event)
{
    int triggers = oracle->values[AUTO_TRIGGERS];
    switch (event->kind) {
    case ORACLE_PROFILE_DELETED:
        return triggers != TRIGGERS_NONE;
    case ORACLE_GROUP_DELETED:
        return triggers == TRIGGERS_SIX &&
               oracle->values[GROUP_DELETE] == GROUP_DELETE_MEMBERS_LEAVE;
    case ORACLE_USER_DELETED:
    case ORACLE_USER_DEACTIVATED:
    case ORACLE_MEMBER_REMOVED:
    case ORACLE_INSTANCE_DELETED:
    case ORACLE_ACCOUNT_CLOSED:
        return triggers == TRIGGERS_SIX;
    default:
        return true;
    }
}

size_t sights_read(const struct oracle *oracle, const struct eyes *eyes,
                   const struct eyes *in_force, size_t event_count, int64_t at_s,
                   struct sight *sights)
{
    size_t count = 0;
    for (size_t i = 0; i < event_count; i++) {
        struct sight sight = sight_of(oracle, eyes, i);
        if (sight.at_s > at_s || sight.brought_by >= event_count ||
            !acted_on(oracle, &oracle->events[i]) || never_seen(oracle, eyes->lags_s, i))
            continue;
        sight.unseen = taken_back(oracle, eyes, i);
        sight.never = taken_back(oracle, in_force, i);
        sights[count++] = sight;
    }
    if (count > 0)
        qsort(sights, count, sizeof *sights, by_sight);
    return count;
}

bool account_closed(const struct oracle *oracle, size_t account, size_t count, int64_t at_s)
{
    bool closed = false;
    for (size_t i = 0; account != NOBODY && i < count; i++) {
        const struct event *event = &oracle->events[i];
        if (event->subject != account)
            continue;
        if (event->kind == ORACLE_ACCOUNT_CLOSED)
            closed = event->at_s + oracle->lags_s[ACCOUNT_CLOSE_LAG] <= at_s;
        else if (event->kind == ORACLE_ACCOUNT_REOPENED)
            closed = false;
    }
    return closed;
}

size_t owner_of(const struct oracle *oracle, enum oracle_event_kind created, size_t handle)
{
    const struct event *event = creation(oracle, created, handle);
    return event == NULL ? NOBODY : event->account;
}
