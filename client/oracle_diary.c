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
    if (event->kind == ORACLE_PROFILE_CREATED)
        account = handle_keep(oracle, event->text);
    else if (event->kind == ORACLE_INSTANCE_CREATED)
        account = handle_keep(oracle, event->object);
    oracle->events[oracle->event_count++] = (struct event){
        .kind = event->kind,
        .at_s = event->at_s,
        .subject = handle_keep(oracle, event->subject),
        .object = handle_keep(oracle, event->object),
        .account = account,
        .to_group = event->to_group,
        .plan = event->plan,
        .credits_hundredths = event->credits_hundredths,
    };
}

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
        for (size_t i = 0; i < diary->way_count; i++)
            diary->ways[i].plan =
                PLAN_NONE; /* rule 6; E15: a reopened account has to subscribe anew */
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

int64_t row_leaves_s(const struct moment *end)
{
    /* Rule 6: nobody can look at the console of a closed account. */
    bool unreachable = strcmp(end->ended_by, "auto-account-deleted") == 0;
    return unreachable ? end->at_s : month_first_s(end->at_s, 1);
}

/*
 * E21: a change of plan without an assignment makes one, but has no effect on a canceled seat. Once that has left the lists
 * there is none any more.
 */
static bool seat_in_the_way(const struct diary *diary, int64_t at_s)
{
    const struct moment *seat = diary_last(diary);
    if (seat->status == SEAT_CANCELED)
        return at_s < row_leaves_s(seat);
    return seat->status != SEAT_NONE;
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
    if (way->plan == PLAN_NONE)
        way->plan_event = index;
    way->plan = event->kind == ORACLE_UNSUBSCRIBED ? PLAN_NONE : event->plan;
    return true;
}

static bool follow_ways(struct diary *diary, const struct event *event, size_t index)
{
    bool about_user = event->subject == diary->person.user;
    switch (event->kind) {
    case ORACLE_USER_DEACTIVATED:
        /* E6: what was assigned to the person himself does not come back; what was assigned to his groups stands. */
        for (size_t i = 0; about_user && i < diary->way_count; i++)
            if (diary->ways[i].group == NOBODY && diary->ways[i].plan_event < index)
                diary->ways[i].plan = PLAN_NONE;
        return about_user;
    case ORACLE_MEMBER_ADDED:
    case ORACLE_MEMBER_REMOVED:
        if (about_user && event->kind == ORACLE_MEMBER_ADDED)
            way_through(diary, event->object)->memberships++;
        else if (about_user)
            way_through(diary, event->object)->memberships--;
        return about_user;
    case ORACLE_GROUP_DELETED:
        *way_through(diary, event->subject) = (struct way){.group = event->subject};
        return true;
    case ORACLE_SUBSCRIBED:
    case ORACLE_UNSUBSCRIBED:
    case ORACLE_PLAN_CHANGED:
        return follow_assignment(diary, event, index);
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

static struct moment claims_now(const struct diary *diary)
{
    struct moment now = {.plan = PLAN_NONE};
    if (!diary->person.exists || !diary->person.active || !diary->profile_lives)
        return now;
    for (size_t i = 0; i < diary->way_count; i++) {
        const struct way *way = &diary->ways[i];
        if (way->memberships == 0 || way->plan == PLAN_NONE)
            continue;
        now.claim_count++;
        now.by_user |= way->group == NOBODY;
        now.by_group |= way->group != NOBODY;
        if (way->plan > now.plan)
            now.plan = way->plan;
    }
    return now;
}

size_t events_before(const struct oracle *oracle, int64_t at_s)
{
    size_t count = 0;
    while (count < oracle->event_count && oracle->events[count].at_s < at_s)
        count++;
    return count;
}

/* `event`: what took the last claim, if none is left. */
static void write_moment(struct diary *diary, const struct event *event, struct moment now)
{
    const struct moment *before = diary_last(diary);
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

/* When, and whether, Kiro sees an event. */
struct sight {
    int64_t at_s;
    size_t index;
    bool late;   /* not when it happened, but after a delay */
    bool unseen; /* a deactivation undone in time; his own assignments end all the same */
};

static int64_t lag_of(const int64_t *lags_s, enum oracle_event_kind kind)
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
    case ORACLE_ACCOUNT_CLOSED:
        return lags_s[ACCOUNT_CLOSE_LAG];
    default:
        return 0;
    }
}

/* The event that made what `handle` names; NULL if none did. */
static const struct event *creation(const struct oracle *oracle, enum oracle_event_kind kind,
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

/* The addition that makes `user` a member of `group` before event `index`; NOBODY if he is none. */
static size_t membership_before(const struct oracle *oracle, size_t user, size_t group,
                                size_t index)
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
    int64_t seen_s = oracle->events[begun].at_s + lag_of(lags_s, ORACLE_MEMBER_ADDED);
    for (size_t i = begun + 1; i < oracle->event_count; i++)
        if (ends_membership(oracle, &oracle->events[i], &oracle->events[begun]))
            return oracle->events[i].at_s < seen_s;
    return false;
}

/* A deactivation that was undone before Kiro saw it. */
static bool taken_back(const struct oracle *oracle, const int64_t *lags_s, size_t index)
{
    const struct event *event = &oracle->events[index];
    if (event->kind != ORACLE_USER_DEACTIVATED)
        return false;
    for (size_t i = index + 1; i < oracle->event_count; i++)
        if (oracle->events[i].kind == ORACLE_USER_REACTIVATED &&
            oracle->events[i].subject == event->subject)
            return oracle->events[i].at_s < event->at_s + lag_of(lags_s, event->kind);
    return false;
}

static int by_sight(const void *left, const void *right)
{
    const struct sight *a = left;
    const struct sight *b = right;
    if (a->at_s != b->at_s)
        return a->at_s < b->at_s ? -1 : 1;
    return a->index < b->index ? -1 : 1;
}

/* Those of the first `event_count` events that are seen by `at_s`, in the order in which they are. */
static size_t sights_read(const struct oracle *oracle, const int64_t *lags_s, size_t event_count,
                          int64_t at_s, struct sight *sights)
{
    size_t count = 0;
    for (size_t i = 0; i < event_count; i++) {
        int64_t seen_s = oracle->events[i].at_s + lag_of(lags_s, oracle->events[i].kind);
        if (seen_s <= at_s && !never_seen(oracle, lags_s, i))
            sights[count++] = (struct sight){seen_s, i, seen_s != oracle->events[i].at_s,
                                             taken_back(oracle, lags_s, i)};
    }
    if (count > 0)
        qsort(sights, count, sizeof *sights, by_sight);
    return count;
}

static void diary_begin(const struct oracle *oracle, size_t user, size_t profile,
                        struct diary *out_diary)
{
    *out_diary = (struct diary){
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
    bool ways = follow_ways(diary, event, sight->index);
    return used || person || profile || ways;
}

static void diary_follow(const struct oracle *oracle, const int64_t *lags_s, size_t event_count,
                         int64_t at_s, struct diary *diary)
{
    if (diary->person.user == NOBODY || diary->profile == NOBODY)
        return; /* nothing was ever heard of one of them */
    struct sight *sights = or_abort(calloc(oracle->event_count + 1, sizeof *sights));
    size_t count = sights_read(oracle, lags_s, event_count, at_s, sights);
    const struct event *taker = NULL;
    bool concerned = false;
    for (size_t i = 0; i < count; i++) {
        const struct sight *sight = &sights[i];
        const struct event *event = &oracle->events[sight->index];
        size_t held = claims_now(diary).claim_count;
        concerned |= follow(diary, event, sight);
        struct moment now = claims_now(diary);
        if (taker == NULL || now.claim_count < held)
            taker = event;
        /* What delays bring at one instant is one change: it is noted with the last of it. */
        if (sight->late && i + 1 < count && sights[i + 1].late && sights[i + 1].at_s == sight->at_s)
            continue;
        now.at_s = sight->at_s;
        now.late = sight->late;
        now.heard = sight->late ? events_before(oracle, sight->at_s) : sight->index + 1;
        if (concerned)
            write_moment(diary, taker, now);
        taker = NULL;
        concerned = false;
    }
    free(sights);
}

void diary_read(const struct oracle *oracle, const char *user, const char *profile, int64_t at_s,
                struct diary *out_diary)
{
    diary_begin(oracle, handle_of(oracle, user), handle_of(oracle, profile), out_diary);
    diary_follow(oracle, oracle->lags_s, oracle->event_count, at_s, out_diary);
}

bool diary_truly_entitled(const struct oracle *oracle, const struct diary *diary, size_t count)
{
    static const int64_t no_lags_s[LAG_COUNT] = {0};
    struct diary facts;
    diary_begin(oracle, diary->person.user, diary->profile, &facts);
    diary_follow(oracle, no_lags_s, count, INT64_MAX, &facts);
    bool entitled = diary_last(&facts)->claim_count > 0;
    diary_clear(&facts);
    return entitled;
}

void diary_clear(struct diary *diary)
{
    free(diary->ways);
    free(diary->moments);
}

/* From the request on nobody is subscribed there; from then plus the time it takes nobody gets in. */
static bool account_closed(const struct oracle *oracle, size_t account, size_t count, int64_t at_s)
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

static size_t owner_of(const struct oracle *oracle, enum oracle_event_kind created, size_t handle)
{
    const struct event *event = creation(oracle, created, handle);
    return event == NULL ? NOBODY : event->account;
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
