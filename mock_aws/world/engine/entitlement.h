/* SPDX-License-Identifier: MIT */
/*
 * The one view of what is entitled (engine.md: a seat lives while something entitles it): the truth of the directory with what
 * Kiro believes otherwise laid over it.
 */
#ifndef MOCK_KIRO_WORLD_ENGINE_ENTITLEMENT_H
#define MOCK_KIRO_WORLD_ENGINE_ENTITLEMENT_H

#include "world/world.h"

/* A claim that stands (row not 0), or an entitlement to one. */
struct holding {
    int64_t row;
    int64_t assignment_row;
    enum plan plan;
    char profile_arn[ARN_BYTES];
    char account_id[ACCOUNT_BYTES]; /* of an entitlement: whose profile it is */
    char group_id[USER_ID_BYTES];   /* "" for a direct one */
    bool ended;                     /* a claim that is none any more */
};

struct holdings {
    struct holding *items;
    size_t count;
    size_t capacity;
};

/* What entitles the user as Kiro believes, one per assignment; and his live claims. Free with holdings_clear. */
void entitlements_read(struct world *world, const char *user_id, struct holdings *out);
void claims_read(struct world *world, const char *user_id, struct holdings *out);
void holdings_clear(struct holdings *holdings);

/* NULL: none by this assignment. */
struct holding *holdings_find(const struct holdings *holdings, int64_t assignment_row);

/*
 * What the 1st asks of an Active seat (E28, charge_at): does anything entitle the pair, by the facts where charges go by the
 * trigger, as Kiro believes where they go by the processing?
 */
bool entitled_on_the_first(struct world *world, const char *user_id, const char *profile_arn);

/* Does anything entitle the pair both by the facts and as Kiro believes? */
bool entitled_in_truth(struct world *world, const char *user_id, const char *profile_arn);

#endif
