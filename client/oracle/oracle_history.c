/* SPDX-License-Identifier: MIT */
/*
 * The history: a copy of every event, and the timeline on which Kiro notices what they changed. A
 * fact that is back at what Kiro believes before it was noticed was never seen.
 */
#include "oracle/oracle_history.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct timelines {
    struct timeline *items;
    size_t count;
};

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
    assert((size_t)oracle->values[MONTH_BOUNDARY] < sizeof AHEAD_H / sizeof *AHEAD_H);
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
    oracle->timelines = or_abort(calloc(1, sizeof *oracle->timelines));
    return oracle;
}

static void timelines_forget(struct timelines *timelines)
{
    for (size_t i = 0; i < timelines->count; i++)
        free(timelines->items[i].items);
    free(timelines->items);
    *timelines = (struct timelines){.count = 0};
}

void oracle_free(struct oracle *oracle)
{
    if (oracle == NULL)
        return;
    for (size_t i = 0; i < oracle->handle_count; i++)
        free(oracle->handles[i]);
    free(oracle->handles);
    free(oracle->events);
    timelines_forget(oracle->timelines);
    free(oracle->timelines);
    free(oracle);
}

void oracle_record(struct oracle *oracle, const struct oracle_event *event)
{
    assert(oracle->event_count == 0 || oracle->events[oracle->event_count - 1].at_s <= event->at_s);
    assert(event->kind >= 0 && event->kind <= ORACLE_OVERAGE_CAPPED && event->subject != NULL);
    assert(event->plan >= PLAN_NONE && event->plan < PLAN_COUNT);
    assert(event->kind != ORACLE_SUBSCRIBED || event->plan != PLAN_NONE);
    assert(event->kind != ORACLE_USED || event->credits_hundredths > 0);
    if (oracle->event_count == oracle->event_capacity) {
        oracle->event_capacity = oracle->event_capacity * 2 + 64;
        oracle->events =
            or_abort(realloc(oracle->events, oracle->event_capacity * sizeof *oracle->events));
    }
    timelines_forget(oracle->timelines);
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

const struct event *creation(const struct oracle *oracle, enum oracle_event_kind kind,
                             size_t handle)
{
    for (size_t i = 0; handle != NOBODY && i < oracle->event_count; i++)
        if (oracle->events[i].kind == kind && oracle->events[i].subject == handle)
            return &oracle->events[i];
    return NULL;
}

/*
 * What Kiro has to notice (rules 1 to 6, 37, E5); what is done through it, it knows. Under a value
 * of AUTO_TRIGGERS that is not among `triggers` it never does.
 */
struct noticed_fact {
    enum oracle_event_kind kind;
    enum lag lag; /* LAG_COUNT: none */
    bool by_role; /* rule 41, E35: learnt by reading the directory */
    unsigned triggers;
};

enum {
    IF_SIX = 1U << TRIGGERS_SIX,
    IF_ANY = IF_SIX | 1U << TRIGGERS_PROFILE_ONLY,
    ALWAYS = IF_ANY | 1U << TRIGGERS_NONE
};

static const struct noticed_fact NOTICED_FACTS[] = {
    {ORACLE_MEMBER_ADDED, GROUP_ADD_LAG, false, ALWAYS},
    {ORACLE_MEMBER_REMOVED, GROUP_REMOVE_LAG, true, IF_SIX},
    {ORACLE_GROUP_DELETED, GROUP_REMOVE_LAG, true, IF_SIX},
    {ORACLE_USER_DELETED, AUTO_CANCEL_LAG, true, IF_SIX},
    {ORACLE_USER_DEACTIVATED, AUTO_CANCEL_LAG, true, IF_SIX},
    {ORACLE_USER_REACTIVATED, LAG_COUNT, false, ALWAYS},
    {ORACLE_INSTANCE_DELETED, AUTO_CANCEL_LAG, false, IF_SIX},
    {ORACLE_PROFILE_DELETED, AUTO_CANCEL_LAG, false, IF_ANY},
    {ORACLE_ACCOUNT_CLOSED, ACCOUNT_CLOSE_LAG, false, IF_SIX},
    {ORACLE_ACCOUNT_REOPENED, LAG_COUNT, false, ALWAYS},
};

static const struct noticed_fact *noticed_fact(enum oracle_event_kind kind)
{
    for (size_t i = 0; i < sizeof NOTICED_FACTS / sizeof *NOTICED_FACTS; i++)
        if (NOTICED_FACTS[i].kind == kind)
            return &NOTICED_FACTS[i];
    return NULL;
}

static int64_t lag_of(const struct oracle *oracle, const struct noticed_fact *fact)
{
    bool at_request = fact->kind == ORACLE_ACCOUNT_CLOSED &&
                      oracle->values[ACCOUNT_CANCEL_AT] == CANCEL_AT_PENDING_CLOSURE; /* E14 */
    assert(fact->lag == LAG_COUNT || oracle->lags_s[fact->lag] >= 0);
    return fact->lag == LAG_COUNT || at_request ? 0 : oracle->lags_s[fact->lag];
}

/* What the edition never acts on is believed to be as it was, and counts as if it were. */
static bool acted_on(const struct oracle *oracle, const struct noticed_fact *fact)
{
    if (fact->kind == ORACLE_GROUP_DELETED && oracle->values[GROUP_DELETE] == GROUP_DELETE_DANGLING)
        return false;
    return (1U << oracle->values[AUTO_TRIGGERS] & fact->triggers) != 0;
}

/* If the role is missing in `account` when its time has come, it waits until that is made again. */
static void wait_for_role(const struct oracle *oracle, size_t account, struct occurrence *noticing)
{
    assert(noticing->happened > noticing->event && noticing->happened <= oracle->event_count);
    bool missing = false;
    for (size_t i = 0; account != NOBODY && i < oracle->event_count; i++) {
        const struct event *event = &oracle->events[i];
        bool made = event->kind == ORACLE_ROLE_CREATED;
        if (event->subject != account || (event->kind != ORACLE_ROLE_DELETED && !made))
            continue;
        if (i < noticing->happened) {
            missing = !made;
        } else if (missing && made) {
            noticing->at_s = event->at_s;
            noticing->happened = i + 1;
            noticing->by_delay = false;
            return;
        }
    }
    if (missing)
        noticing->at_s = INT64_MAX;
}

/* In whose directory the event changes something; NOBODY: in none. */
static size_t directory_of(const struct oracle *oracle, const struct event *event)
{
    const struct event *made = NULL;
    if (event->kind == ORACLE_GROUP_DELETED)
        made = creation(oracle, ORACLE_GROUP_CREATED, event->subject);
    else if (event->kind == ORACLE_MEMBER_ADDED || event->kind == ORACLE_MEMBER_REMOVED ||
             event->kind == ORACLE_USER_DELETED || event->kind == ORACLE_USER_DEACTIVATED)
        made = creation(oracle, ORACLE_USER_CREATED, event->subject);
    return made == NULL ? NOBODY : made->object;
}

/* Has the end of the profile been noticed when event `index` happens? */
static bool profile_over(const struct oracle *oracle, size_t profile, size_t index)
{
    const struct noticed_fact *fact = noticed_fact(ORACLE_PROFILE_DELETED);
    for (size_t i = 0; i < index && acted_on(oracle, fact); i++)
        if (oracle->events[i].kind == ORACLE_PROFILE_DELETED &&
            oracle->events[i].subject == profile)
            return oracle->events[i].at_s + lag_of(oracle, fact) <= oracle->events[index].at_s;
    return false;
}

/*
 * Does `account` look things up where event `index` happens? A profile that comes later reads the
 * directory as it is, so that nothing before it is news.
 */
static bool looked_at(const struct oracle *oracle, size_t account, size_t index)
{
    size_t directory = directory_of(oracle, &oracle->events[index]);
    for (size_t i = 0; i < index; i++) {
        const struct event *made = &oracle->events[i];
        if (made->kind == ORACLE_PROFILE_CREATED && made->account == account &&
            made->object == directory && !profile_over(oracle, made->subject, index))
            return true;
    }
    return directory == NOBODY;
}

/* When what event `index` changed is noticed if nothing takes it back; at INT64_MAX: not as yet. */
static struct occurrence noticing_of(const struct oracle *oracle, size_t account, size_t index,
                                     const struct noticed_fact *fact)
{
    assert(index < oracle->event_count);
    const struct event *event = &oracle->events[index];
    int64_t lag_s = lag_of(oracle, fact);
    struct occurrence noticing = {.at_s = event->at_s + lag_s,
                                  .happened = index + 1,
                                  .event = index,
                                  .noticed = true,
                                  .by_delay = lag_s > 0};
    if (!looked_at(oracle, account, index)) {
        noticing.at_s = event->at_s;
        noticing.by_delay = false;
        return noticing;
    }
    if (noticing.by_delay)
        noticing.happened = events_before(oracle, noticing.at_s);
    assert(noticing.happened > index && noticing.at_s >= event->at_s);
    if (!acted_on(oracle, fact))
        noticing.at_s = INT64_MAX;
    else if (fact->by_role)
        wait_for_role(oracle, account, &noticing);
    return noticing;
}

/* Facts that can return to what they were. */
static const struct {
    enum oracle_event_kind begins;
    enum oracle_event_kind ends;
    bool at_first;
    bool of_both; /* of subject and object together */
} RETURNING_FACTS[] = {
    {ORACLE_MEMBER_ADDED, ORACLE_MEMBER_REMOVED, false, true},
    {ORACLE_USER_REACTIVATED, ORACLE_USER_DEACTIVATED, true, false},
    {ORACLE_ACCOUNT_REOPENED, ORACLE_ACCOUNT_CLOSED, true, false},
};

/*
 * Did event `index` change anything? `out_since`: of a fact that can return, the event that had
 * made it what it was until then; NOBODY if none had.
 */
static bool changes_fact(const struct oracle *oracle, size_t index, size_t *out_since)
{
    assert(index < oracle->event_count);
    const struct event *event = &oracle->events[index];
    *out_since = NOBODY;
    for (size_t i = 0; i < sizeof RETURNING_FACTS / sizeof *RETURNING_FACTS; i++) {
        enum oracle_event_kind begins = RETURNING_FACTS[i].begins;
        enum oracle_event_kind ends = RETURNING_FACTS[i].ends;
        bool holds = RETURNING_FACTS[i].at_first;
        if (event->kind != begins && event->kind != ends)
            continue;
        for (size_t j = 0; j < index; j++) {
            const struct event *other = &oracle->events[j];
            bool same = other->subject == event->subject &&
                        (!RETURNING_FACTS[i].of_both || other->object == event->object);
            if (!same || other->kind != (holds ? ends : begins))
                continue;
            holds = !holds;
            *out_since = j;
        }
        return holds != (event->kind == begins);
    }
    return true;
}

/*
 * Add what event `index` brings; `of_event` has the place of each noticing. Who is disabled loses
 * his own assignments too: a fact that enabling him does not take back (E6).
 */
static void follow_event(const struct oracle *oracle, struct timeline *timeline, size_t index,
                         size_t *of_event)
{
    enum oracle_event_kind kind = oracle->events[index].kind;
    const struct noticed_fact *fact = noticed_fact(kind);
    size_t since;
    if (!changes_fact(oracle, index, &since))
        return;
    struct occurrence *before =
        since != NOBODY && of_event[since] != NOBODY ? &timeline->items[of_event[since]] : NULL;
    assert(before == NULL || (before->event == since && before->noticed));
    bool taken_back = before != NULL && (before->at_s == INT64_MAX || before->happened > index);
    if (taken_back || fact == NULL || acted_on(oracle, fact))
        timeline->items[timeline->count++] = (struct occurrence){
            .at_s = oracle->events[index].at_s, .happened = index + 1, .event = index};
    if (taken_back) {
        before->at_s = INT64_MAX;
        of_event[since] = NOBODY;
    }
    if (taken_back || fact == NULL)
        return;
    struct occurrence noticing = noticing_of(oracle, timeline->account, index, fact);
    of_event[index] = timeline->count;
    timeline->items[timeline->count++] = noticing;
    noticing.assignments = true;
    if (kind == ORACLE_USER_DEACTIVATED && oracle->values[REACTIVATE] != REACTIVATE_FULL)
        timeline->items[timeline->count++] = noticing;
}

/* What is noticed together goes by what brought it, in the order of the events. */
static int by_place(const void *left, const void *right)
{
    const struct occurrence *a = left;
    const struct occurrence *b = right;
    if (a->at_s != b->at_s)
        return a->at_s < b->at_s ? -1 : 1;
    if (a->happened != b->happened)
        return a->happened < b->happened ? -1 : 1;
    if (a->noticed != b->noticed)
        return a->noticed ? 1 : -1;
    if (a->event != b->event)
        return a->event < b->event ? -1 : 1;
    return (int)a->assignments - (int)b->assignments;
}

static struct timeline timeline_read(const struct oracle *oracle, size_t account)
{
    enum { PER_EVENT = 3 };
    size_t room = oracle->event_count * PER_EVENT + 1;
    struct timeline timeline = {.account = account,
                                .items = or_abort(calloc(room, sizeof *timeline.items))};
    size_t *of_event = or_abort(calloc(oracle->event_count + 1, sizeof *of_event));
    for (size_t i = 0; i < oracle->event_count; i++) {
        assert(timeline.count + PER_EVENT <= room);
        of_event[i] = NOBODY;
        follow_event(oracle, &timeline, i, of_event);
    }
    free(of_event);
    qsort(timeline.items, timeline.count, sizeof *timeline.items, by_place);
    while (timeline.count > 0 && timeline.items[timeline.count - 1].at_s == INT64_MAX)
        timeline.count--;
    return timeline;
}

const struct timeline *timeline_of(const struct oracle *oracle, size_t account)
{
    struct timelines *known = oracle->timelines;
    for (size_t i = 0; i < known->count; i++)
        if (known->items[i].account == account)
            return &known->items[i];
    known->items = or_abort(realloc(known->items, (known->count + 1) * sizeof *known->items));
    known->items[known->count] = timeline_read(oracle, account);
    return &known->items[known->count++];
}

bool account_closed(const struct oracle *oracle, size_t account, size_t count, int64_t at_s)
{
    assert(count <= oracle->event_count);
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
