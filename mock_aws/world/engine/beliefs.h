/* SPDX-License-Identifier: MIT */
/*
 * What Kiro still believes otherwise than the directory has it: rows of `unnoticed`, one per single
 * fact and observing account, that is, account with a profile that looks the fact up. Where every
 * change is noticed at once there are none. Rules 1-6, 37, 41, 45; E5, E6, E28-E30, E35.
 */
#ifndef MOCK_KIRO_WORLD_ENGINE_BELIEFS_H
#define MOCK_KIRO_WORLD_ENGINE_BELIEFS_H

#include "world/reading/causes.h"
#include "world/rows/id_list.h"

/* The facts, with what they are about. Kept in files: the numbers stay. */
enum fact {
    FACT_ACTIVITY = 1, /* the user is active no more */
    FACT_JOINING,      /* the user is in the group (subject) since */
    FACT_VOID,         /* the assignment (subject, its row) entitles the user: never noticed */
    FACT_USER,         /* from here on: what ended. The user is gone, … */
    FACT_MEMBERSHIP,   /* … the user left the group (subject), … */
    FACT_GROUP,
    FACT_ASSIGNMENTS, /* … what was assigned to the principal (subject) himself ended, … */
    FACT_PROFILE,
    FACT_INSTANCE,
    FACT_ACCOUNT
};

/* A fact that is otherwise since now. */
struct change {
    enum fact fact;
    const char *subject;
    const char *user_id; /* whom alone it concerns; NULL: whoever has a claim by it */
    int64_t ready_s;     /* from when on it may be noticed (delay_at) */
    struct cause cause;
};

/* The accounts that look things up in a directory, or in an instance's; to be added to *out. */
void observers_of_instance(struct world *world, const char *instance_arn, struct id_list *out);
void observers_of_store(struct world *world, const char *store_id, struct id_list *out);

/*
 * Remember the change for each observer that does not notice it now, unless it is again what that
 * one believed: then it was never seen, and the belief goes. True: somebody notices now, or need
 * not any more.
 */
bool beliefs_change(struct world *world, const struct change *change,
                    const struct id_list *observers);

/* The account notices the change: the belief of that row ends. */
void belief_end(struct world *world, int64_t row, const struct change *change,
                const char *account_id);

/*
 * Forget for all accounts: that the user is still active; and what is void of a group's assignments
 * for him.
 */
void beliefs_forget_activity(struct world *world, const char *user_id);
void beliefs_forget_void(struct world *world, const char *user_id, const char *group_id);

/* From now on the profile's account believes that the assignment gives the user nothing. */
void belief_void(struct world *world, const char *user_id, const char *profile_arn,
                 int64_t assignment_row, const struct cause *cause);

/* Is Kiro's service-linked role in the account, or not needed (rule 41)? */
bool role_serves(struct world *world, const char *account_id);

#endif
