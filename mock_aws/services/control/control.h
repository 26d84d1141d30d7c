/* SPDX-License-Identifier: MIT */
/*
 * The control surface's handlers, by what they are about; control.c has the table (control-api
 * contract, version 1).
 */
#ifndef MOCK_KIRO_SERVICES_CONTROL_CONTROL_H
#define MOCK_KIRO_SERVICES_CONTROL_CONTROL_H

#include "services/calls.h"

/* world.c: the world as a whole */
handler control_get_health, control_get_digest, control_get_clock, control_put_clock,
    control_advance_clock, control_post_reset, control_get_world, control_put_world;

extern const struct shape HEALTH_OUT[], DIGEST_OUT[], CLOCK_IN[], CLOCK_OUT[], ADVANCE_IN[],
    ADVANCE_OUT[], RESET_IN[], NAMES_OUT[], WORLD_DOCUMENT[];

/* A reset by the call's input; the snapshot that it may name is one of these. */
enum fault control_reset_from(struct call *call, struct snapshots *snapshots);

/* As the world was started, without the document that it was made with. */
enum fault control_reset_to_nothing(struct call *call);

/* FAULT_NOT_FOUND with words. */
enum fault control_snapshot_named(struct call *call, struct snapshots *snapshots, const char *name,
                                  struct snapshot **out_snapshot);

/* reading.c: rules, editions, deviations */
handler control_get_rules, control_get_edition, control_put_edition, control_get_deviations,
    control_put_deviations;

/* propagation.c: what is on its way, and what is held */
handler control_get_propagation, control_release_propagation;

/* seats.c: people and their seats */
handler control_get_subscriptions, control_get_bill, control_get_bills, control_post_token,
    control_post_use, control_post_uses, control_disable_user, control_enable_user,
    control_get_timeline, control_get_explain, control_reopen_account;

/* scim.c: access tokens for provisioning */
handler control_post_scim_token, control_get_scim_tokens, control_delete_scim_token;
extern const struct shape SCIM_INSTANCE_ONLY[], SCIM_TOKEN_OUT[], SCIM_TOKEN_ONLY[],
    SCIM_TOKENS_OUT[];

/* Make a token for the instance's tenant and say it, with the tenant and the URL, in `out`. */
enum fault control_put_scim_token(struct call *call, struct json *out,
                                  const struct instance *instance);

/* finops.c: what a cost team gets */
handler control_get_roster, control_get_roster_csv, control_get_bill_csv,
    control_get_cost_report_csv, control_get_activity_csv;

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
bool control_query_number(const struct json *input, const char *name, int64_t most, int64_t *out);

/* FAULT_INVALID: the parameter and what would be right. */
enum fault control_wrong(struct call *call, const char *member, const char *right);

/* Seats and bills for the dump of a world. */
enum fault control_put_subscriptions(struct call *call, struct json *array, const char *user_id,
                                     const char *profile_arn);
enum fault control_put_bill(struct call *call, struct json *out, int64_t month_s,
                            const char *account, const char *user_id);

/*
 * Turn an "edition" member (a name, or {"name", "override"}) and a "deviations" list (NULL: as they
 * are) into a reading. FAULT_INVALID with problem->path.
 */
enum fault control_reading_apply(struct call *call, const struct json *edition, const char *pointer,
                                 const struct json *deviations, const char *deviations_pointer,
                                 struct reading *reading);

#endif
