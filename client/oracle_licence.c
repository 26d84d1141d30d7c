/* SPDX-License-Identifier: MIT */
/*
 * The person owes the highest of what his seats would cost one by one. It stands under the profile that reached it first; a
 * higher one takes it over, and what the other had paid is refunded, as in any upgrade.
 */
#include "oracle_licence.h"

#include <stdlib.h>

/* One of the profiles that are charged together, in the order in which they were created. */
struct sharer {
    size_t profile;
    struct diary diary;
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

static bool charged_together(const struct oracle *oracle, size_t one, size_t other)
{
    if (one == other)
        return true;
    if (oracle->values[SECOND_PROFILE_CHARGE] == SECOND_PER_PROFILE)
        return false;
    size_t owner = owner_of(oracle, ORACLE_PROFILE_CREATED, one);
    size_t other_owner = owner_of(oracle, ORACLE_PROFILE_CREATED, other);
    if (owner == other_owner)
        return owner != NOBODY;
    size_t organization = organization_of(oracle, owner);
    return oracle->values[SECOND_PROFILE_CHARGE] == SECOND_ONCE_PER_ORGANIZATION &&
           organization != NOBODY && organization == organization_of(oracle, other_owner);
}

static struct sharers sharers_read(const struct diary *diary, int64_t month_s, int64_t at_s)
{
    const struct oracle *oracle = diary->oracle;
    struct sharers sharers = {.items =
                                  or_abort(calloc(oracle->event_count + 1, sizeof *sharers.items))};
    for (size_t i = 0; i < oracle->event_count; i++) {
        const struct event *event = &oracle->events[i];
        if (event->kind != ORACLE_PROFILE_CREATED ||
            !charged_together(oracle, diary->profile, event->subject))
            continue;
        struct sharer *sharer = &sharers.items[sharers.count++];
        sharer->profile = event->subject;
        diary_read(oracle, diary->person.user, event->subject, at_s, &sharer->diary);
        month_read(&sharer->diary, month_s, &sharer->postings);
    }
    return sharers;
}

static void sharers_clear(struct sharers *sharers)
{
    for (size_t i = 0; i < sharers->count; i++) {
        diary_clear(&sharers->items[i].diary);
        free(sharers->items[i].postings.items);
    }
    free(sharers->items);
}

/* The sharer of the earliest posting not told yet; NULL at the end. */
static struct sharer *next_posting(struct sharers *sharers)
{
    struct sharer *earliest = NULL;
    for (size_t i = 0; i < sharers->count; i++) {
        struct sharer *sharer = &sharers->items[i];
        if (sharer->next < sharer->postings.count &&
            (earliest == NULL || sharer->postings.items[sharer->next].at_s <
                                     earliest->postings.items[earliest->next].at_s))
            earliest = sharer;
    }
    return earliest;
}

void licence_share(const struct diary *diary, int64_t month_s, int64_t at_s,
                   struct month_reading *reading)
{
    if (diary->oracle->values[SECOND_PROFILE_CHARGE] == SECOND_PER_PROFILE)
        return;
    struct sharers sharers = sharers_read(diary, month_s, at_s);
    const struct sharer *payer = NULL;
    int64_t owed_cents = 0;
    int64_t refunded_cents = 0;
    for (struct sharer *sharer; (sharer = next_posting(&sharers)) != NULL;) {
        int64_t owes_cents = sharer->postings.items[sharer->next++].owed_cents;
        if (owes_cents <= owed_cents && sharer != payer)
            continue;
        if (payer != NULL && payer->profile == diary->profile)
            refunded_cents += owed_cents;
        payer = sharer;
        owed_cents = owes_cents;
    }
    bool here = payer != NULL && payer->profile == diary->profile;
    if (!here && reading->posted_cents + reading->settled_cents > 0)
        reading->last_rule = "bill-per-account-licence";
    reading->settled_cents = 0;
    reading->posted_cents = here ? owed_cents : 0;
    reading->refunded_cents = refunded_cents;
    sharers_clear(&sharers);
}

bool licence_forecast_is_here(const struct diary *diary, int64_t at_s)
{
    struct sharers sharers = sharers_read(diary, month_first_s(at_s, 0), at_s);
    size_t payer = NOBODY;
    enum plan highest = PLAN_NONE;
    for (size_t i = 0; i < sharers.count; i++) {
        enum plan plan = month_forecast(&sharers.items[i].diary);
        if (plan > highest) {
            highest = plan;
            payer = sharers.items[i].profile;
        }
    }
    sharers_clear(&sharers);
    return payer == diary->profile;
}
