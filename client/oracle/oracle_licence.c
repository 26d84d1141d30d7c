/* SPDX-License-Identifier: MIT */
/*
 * The person owes the highest of what his seats would cost one by one. It stands where it was
 * reached first; a higher plan takes it over, and what the other had paid is refunded, as in any
 * upgrade.
 */
#include "oracle/oracle_licence.h"

#include <assert.h>
#include <stdlib.h>

#include "base/parameters.h"
#include "base/plans.h"

/* One of the pairs that are charged together. */
struct sharer {
    struct seat_history history;
    struct postings postings;
    size_t next; /* of the postings not told yet */
};

struct sharers {
    struct sharer *items;
    size_t count;
};

static size_t organization_of(const struct oracle *oracle, size_t account)
{
    size_t organization = NOBODY;
    for (size_t i = 0; account != NOBODY && i < oracle->event_count; i++)
        if (oracle->events[i].kind == ORACLE_ACCOUNT_JOINED && oracle->events[i].subject == account)
            organization = oracle->events[i].object;
    return organization;
}

/* E7, its other reading: somebody created again under the name of one who was deleted. */
static bool same_person(const struct oracle *oracle, size_t one, size_t other)
{
    if (one == other || oracle->values[RECREATED_USER_CHARGE] == RECREATED_USER_SECOND_CHARGE)
        return one == other;
    const struct event *made = creation(oracle, ORACLE_USER_CREATED, one);
    const struct event *other_made = creation(oracle, ORACLE_USER_CREATED, other);
    return made != NULL && other_made != NULL && made->name == other_made->name &&
           made->object == other_made->object;
}

/* One of them in an account and a Region: E9, its other reading, means one that was made again. */
static bool profiles_together(const struct oracle *oracle, size_t one, size_t other)
{
    const struct event *made = creation(oracle, ORACLE_PROFILE_CREATED, one);
    const struct event *other_made = creation(oracle, ORACLE_PROFILE_CREATED, other);
    int second = oracle->values[SECOND_PROFILE_CHARGE];
    if (one == other || made == NULL || other_made == NULL)
        return one == other;
    bool same_account = made->account == other_made->account && made->account != NOBODY;
    if (same_account && second != SECOND_PER_PROFILE)
        return true;
    if (same_account && made->region == other_made->region &&
        oracle->values[RECREATED_PROFILE_CHARGE] == RECREATED_PROFILE_ONE_CHARGE)
        return true;
    size_t organization = organization_of(oracle, made->account);
    return second == SECOND_ONCE_PER_ORGANIZATION && organization != NOBODY &&
           organization == organization_of(oracle, other_made->account);
}

static bool is_shared(const struct oracle *oracle)
{
    return oracle->values[SECOND_PROFILE_CHARGE] != SECOND_PER_PROFILE ||
           oracle->values[RECREATED_USER_CHARGE] != RECREATED_USER_SECOND_CHARGE ||
           oracle->values[RECREATED_PROFILE_CHARGE] != RECREATED_PROFILE_SECOND_CHARGE;
}

const char *licence_rule(const struct oracle *oracle)
{
    assert(is_shared(oracle));
    static const char *const RULES[] = {[SECOND_PER_PERSON_ACCOUNT] = "bill-per-account-licence",
                                        [SECOND_ONCE_PER_ORGANIZATION] = "bill-per-profile"};
    if (oracle->values[SECOND_PROFILE_CHARGE] != SECOND_PER_PROFILE)
        return RULES[oracle->values[SECOND_PROFILE_CHARGE]];
    return oracle->values[RECREATED_USER_CHARGE] == RECREATED_USER_MERGED ? "E7" : "E9";
}

static void sharer_add(struct sharers *sharers, const struct oracle *oracle, size_t user,
                       size_t profile, int64_t month_s, int64_t at_s)
{
    sharers->items =
        or_abort(realloc(sharers->items, (sharers->count + 1) * sizeof *sharers->items));
    struct sharer *sharer = &sharers->items[sharers->count++];
    *sharer = (struct sharer){.next = 0};
    seat_history_read(oracle, user, profile, at_s, &sharer->history);
    month_read(&sharer->history, month_s, &sharer->postings);
}

/* In the order in which profiles, and then users, were created. */
static struct sharers sharers_read(const struct seat_history *history, int64_t month_s,
                                   int64_t at_s)
{
    const struct oracle *oracle = history->oracle;
    struct sharers sharers = {.count = 0};
    for (size_t i = 0; i < oracle->event_count; i++) {
        const struct event *profile = &oracle->events[i];
        if (profile->kind != ORACLE_PROFILE_CREATED ||
            !profiles_together(oracle, history->profile, profile->subject))
            continue;
        for (size_t j = 0; j < oracle->event_count; j++)
            if (oracle->events[j].kind == ORACLE_USER_CREATED &&
                same_person(oracle, history->user, oracle->events[j].subject))
                sharer_add(&sharers, oracle, oracle->events[j].subject, profile->subject, month_s,
                           at_s);
    }
    return sharers;
}

static void sharers_clear(struct sharers *sharers)
{
    for (size_t i = 0; i < sharers->count; i++) {
        seat_history_clear(&sharers->items[i].history);
        free(sharers->items[i].postings.items);
    }
    free(sharers->items);
}

/*
 * The posting not told yet, of all sharers, that comes first; at one instant the highest plan
 * does. NULL at the end.
 */
static const struct posting *next_posting(struct sharers *sharers, struct sharer **out_sharer)
{
    const struct posting *first = NULL;
    for (size_t i = 0; i < sharers->count; i++) {
        struct sharer *sharer = &sharers->items[i];
        assert(sharer->next <= sharer->postings.count);
        if (sharer->next == sharer->postings.count)
            continue;
        const struct posting *posting = &sharer->postings.items[sharer->next];
        if (first == NULL || posting->at_s < first->at_s ||
            (posting->at_s == first->at_s && posting->plan > first->plan)) {
            first = posting;
            *out_sharer = sharer;
        }
    }
    if (first != NULL)
        (*out_sharer)->next++;
    return first;
}

static bool is_of(const struct sharer *sharer, const struct seat_history *history)
{
    return sharer != NULL && sharer->history.user == history->user &&
           sharer->history.profile == history->profile;
}

void licence_share(const struct seat_history *history, int64_t month_s, int64_t at_s,
                   struct month_reading *reading)
{
    if (!is_shared(history->oracle))
        return;
    struct sharers sharers = sharers_read(history, month_s, at_s);
    const struct posting *posting;
    const struct sharer *payer = NULL;
    struct sharer *sharer = NULL;
    enum plan plan = PLAN_NONE;
    int64_t owed_cents = 0;
    int64_t refunded_cents = 0;
    while ((posting = next_posting(&sharers, &sharer)) != NULL) {
        assert(posting->plan != PLAN_NONE && posting->owed_cents >= 0);
        bool takes_over = sharer != payer && posting->plan > plan;
        if (sharer != payer && !takes_over)
            continue;
        if (is_of(payer, history))
            refunded_cents += owed_cents;
        /* To take it over is an upgrade, and charged whole. */
        owed_cents = takes_over && payer != NULL ? plan_facts(posting->plan)->price_cents
                                                 : posting->owed_cents;
        payer = sharer;
        plan = posting->plan;
    }
    bool here = is_of(payer, history);
    if (!here && reading->posted_cents + reading->settled_cents > 0)
        reading->last_rule = licence_rule(history->oracle);
    assert(owed_cents >= 0 && refunded_cents >= 0);
    reading->settled_cents = 0;
    reading->posted_cents = here ? owed_cents : 0;
    reading->refunded_cents = refunded_cents;
    sharers_clear(&sharers);
}
