/* SPDX-License-Identifier: MIT */
/*
 * The control surface's handlers, by what they are about; control.c has the table (control-api
 * contract, version 1).
 */
#ifndef MOCK_KIRO_SERVICES_CONTROL_CONTROL_H
#define MOCK_KIRO_SERVICES_CONTROL_CONTROL_H

#include "services/calls.h"

/* world.c: the world as a whole */
handler get_health, get_digest, get_clock, put_clock, advance_clock, post_reset, get_world,
    put_world;

extern const struct shape HEALTH_OUT[], DIGEST_OUT[], CLOCK_IN[], CLOCK_OUT[], ADVANCE_IN[],
    ADVANCE_OUT[], RESET_IN[], NAMES_OUT[], WORLD_IN[];

/* A reset by the call's input; the snapshot that it may name is one of these. */
enum fault reset_from(struct call *call, struct snapshots *snapshots);

/* FAULT_NOT_FOUND with words. */
enum fault snapshot_named(struct call *call, struct snapshots *snapshots, const char *name,
                          struct snapshot **out_snapshot);

/* reading.c: rules, editions, deviations */
handler get_rules, get_edition, put_edition, get_deviations, put_deviations;

/* propagation.c: what is on its way, and what is held */
handler get_propagation, release_propagation;

/* seats.c: people and their seats */
handler get_subscriptions, get_bill, get_bills, post_token, post_use, post_uses, disable_user,
    enable_user, get_timeline, get_explain, reopen_account;

/* scim.c: access tokens for provisioning */
handler post_scim_token, get_scim_tokens, delete_scim_token;
extern const struct shape SCIM_TOKEN_IN[], SCIM_TOKEN_OUT[], SCIM_TOKEN_ONLY[], SCIM_TOKENS_OUT[];

/* Make a token for the instance's tenant and say it, with the tenant and the URL, in `out`. */
enum fault put_scim_token(struct call *call, struct json *out, const struct instance *instance);

/* finops.c: what a cost team gets */
handler get_roster, get_roster_csv, get_bill_csv, get_cost_report_csv, get_activity_csv;

extern const struct shape FINOPS_IN[], ROSTER_OUT[];
extern const struct shape ACCOUNT_ONLY[], USER_ID_ONLY[], SUBSCRIPTIONS_IN[], SUBSCRIPTIONS_OUT[],
    BILL_IN[], BILL_OUT[], BILLS_IN[], BILLS_OUT[], TOKEN_OUT[], USE_IN[], USE_OUT[], USES_IN[],
    USES_OUT[], TIMELINE_IN[], TIMELINE_OUT[], EXPLAIN_OUT[];
extern const struct shape PROPAGATION_OUT[], RELEASE_IN[], RELEASE_OUT[];
extern const struct shape EDITION_IN[], EDITION_OUT[], DEVIATIONS_IN[], DEVIATIONS_OUT[],
    RULES_IN[], RULES_OUT[];

/*
 * A parameter of the URL as a number from 0 to `most`; untouched if it is absent, false if it is
 * none.
 */
bool query_number(const struct json *input, const char *name, int64_t most, int64_t *out);

/* FAULT_INVALID: the parameter and what would be right. */
enum fault wrong(struct call *call, const char *member, const char *right);

/* Seats and bills for the dump of a world. */
enum fault put_subscriptions(struct call *call, struct json *array, const char *user_id,
                             const char *profile_arn);
enum fault put_bill(struct call *call, struct json *out, int64_t month_s, const char *account,
                    const char *user_id);

/*
 * Turn an "edition" member (a name, or {"name", "override"}) and a "deviations" list (NULL: as they
 * are) into a reading. FAULT_INVALID with problem->path.
 */
enum fault reading_apply(struct call *call, const struct json *edition, const char *pointer,
                         const struct json *deviations, const char *deviations_pointer,
                         struct reading *reading);

#endif
