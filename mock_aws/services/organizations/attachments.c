/* SPDX-License-Identifier: MIT */
/*
 * organizations: types of policies switched on and off, and what is attached to what (identity-wire
 * 7). AWS's own policies are attached to everything while their type is enabled; only where
 * somebody detached one is kept.
 */
#include <stdlib.h>
#include <string.h>

#include "services/organizations/organizations.h"

static const char *const TYPE_STATUSES[] = {"ENABLED", "PENDING_ENABLE", "PENDING_DISABLE", NULL};
static const char *const TARGET_TYPES[] = {"ACCOUNT", "ORGANIZATIONAL_UNIT", "ROOT", NULL};
static const struct shape POLICY_AND_TARGET[] = {
    {POLICY_ID_IN}, {TARGET_IN, .required = true}, {0}};
static const struct shape TARGETS_IN[] = {{POLICY_ID_IN}, {PAGE_TOKEN_IN}, {PAGE_SIZE_IN}, {0}};
static const struct shape TARGET_MEMBERS[] = {{.name = "TargetId"},
                                              {.name = "Arn"},
                                              {.name = "Name"},
                                              {.name = "Type", .values = TARGET_TYPES},
                                              {0}};
static const struct shape TARGET_ELEMENT[] = {{.name = "member", STRUCTURE(TARGET_MEMBERS)}};
static const struct shape TARGETS_OUT[] = {
    {.name = "Targets", LIST_OF(TARGET_ELEMENT)}, {.name = "NextToken"}, {0}};
static const struct shape TYPE_IN[] = {
    {.name = "RootId", .required = true, .max = 34, .pattern = &PATTERN_ROOT_ID},
    {.name = "PolicyType", .required = true, .values = ORGANIZATION_POLICY_TYPES},
    {0}};
static const struct shape TYPE_MEMBERS[] = {{.name = "Type", .values = ORGANIZATION_POLICY_TYPES},
                                            {.name = "Status", .values = TYPE_STATUSES},
                                            {0}};
static const struct shape TYPE_ELEMENT[] = {{.name = "member", STRUCTURE(TYPE_MEMBERS)}};
static const struct shape ROOT_MEMBERS[] = {{.name = "Id"},
                                            {.name = "Arn"},
                                            {.name = "Name"},
                                            {.name = "PolicyTypes", LIST_OF(TYPE_ELEMENT)},
                                            {0}};
static const struct shape ROOT_OUT[] = {{.name = "Root", STRUCTURE(ROOT_MEMBERS)}, {0}};
static const struct shape ROOTS_IN[] = {{PAGE_TOKEN_IN}, {PAGE_SIZE_IN}, {0}};
static const struct shape ROOT_ELEMENT[] = {{.name = "member", STRUCTURE(ROOT_MEMBERS)}};
static const struct shape ROOTS_OUT[] = {
    {.name = "Roots", LIST_OF(ROOT_ELEMENT)}, {.name = "NextToken"}, {0}};

/* Service control policies are on from the start where all features are. */
enum fault organization_policy_type_enabled(struct call *call,
                                            const struct organization *organization,
                                            const char *type, bool *out_enabled)
{
    struct json *switched = NULL;
    enum fault fault = value_get(call, POLICY_TYPE, organization->organization_id, type, &switched);
    *out_enabled = switched != NULL ? json_true(switched)
                                    : organization->all_features &&
                                          strcmp(type, ORGANIZATION_POLICY_TYPES[0]) == 0;
    json_free(switched);
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

enum fault organization_put_policy_types(struct call *call, struct json *out, const char *name,
                                         const struct organization *organization)
{
    struct json *types = json_put(out, name, json_new_array());
    for (const char *const *type = ORGANIZATION_POLICY_TYPES; *type != NULL; type++) {
        bool enabled;
        enum fault fault = organization_policy_type_enabled(call, organization, *type, &enabled);
        if (fault != FAULT_NONE)
            return fault;
        if (!enabled)
            continue;
        struct json *item = json_push(types, json_new_object());
        json_put_text(item, "Type", *type);
        json_put_text(item, "Status", TYPE_STATUSES[0]);
    }
    return FAULT_NONE;
}

static enum fault put_root(struct call *call, struct json *out,
                           const struct organization *organization)
{
    struct entity root;
    enum fault fault = entity_get(call, organization, organization->root_id, &root);
    json_put_text(out, "Id", root.id);
    entity_put_arn(out, organization, &root);
    json_put_text(out, "Name", root.name);
    if (fault != FAULT_NONE)
        return fault;
    return organization_put_policy_types(call, out, "PolicyTypes", organization);
}

static enum fault list_roots(struct call *call)
{
    struct organization organization;
    struct listing listing;
    enum fault fault = organization_of(call, &organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &ORGANIZATION_PAGING, "Roots", &listing);
    if (fault != FAULT_NONE)
        return fault;
    return put_root(call, listing_add(&listing, 1), &organization);
}

enum fault managed_policy_attached(struct call *call, const struct organization *organization,
                                   const char *entity_id, const char *type, bool *out_attached)
{
    const struct managed_policy *managed = managed_policy_of_type(type);
    char *detached = NULL;
    *out_attached = false;
    enum fault fault = organization_policy_type_enabled(call, organization, type, out_attached);
    *out_attached = *out_attached && managed != NULL;
    if (fault != FAULT_NONE || !*out_attached)
        return fault;
    fault =
        record_get(world_of(call), DETACHMENT, organization_scope(organization, entity_id).chars,
                   organization_scope(organization, managed->id).chars, &detached);
    *out_attached = detached == NULL;
    free(detached);
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

/* What attaching and detaching are about. */
struct pair {
    struct organization organization;
    const char *policy_id;
    const char *type; /* of the policy */
    struct entity_scope scope;
    bool managed;
    bool enabled; /* the type */
    bool attached;
};

static const char *type_named(const char *type)
{
    const char *const *at = ORGANIZATION_POLICY_TYPES;
    while (strcmp(*at, type) != 0) /* every policy is of one */
        at++;
    return *at;
}

static enum fault named_pair(struct call *call, struct pair *out)
{
    struct json *policy = NULL;
    struct entity target;
    char *there = NULL;
    const char *target_id = json_member_text(call->input, "TargetId");
    out->policy_id = json_member_text(call->input, "PolicyId");
    enum fault fault = organization_with_features(call, &out->organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = organization_policy_get(call, &out->organization, out->policy_id, &policy);
    if (fault != FAULT_NONE)
        return fault;
    out->type = type_named(json_member_text(policy, "Type"));
    out->managed = json_true(json_member(policy, "AwsManaged"));
    json_free(policy);
    fault = entity_get_parent(call, &out->organization, target_id, TARGET_UNKNOWN, &target);
    if (fault != FAULT_NONE)
        return fault;
    out->scope = organization_scope(&out->organization, target_id);
    fault = organization_policy_type_enabled(call, &out->organization, out->type, &out->enabled);
    if (fault != FAULT_NONE)
        return fault;
    if (out->managed)
        return managed_policy_attached(call, &out->organization, target_id, out->type,
                                       &out->attached);
    fault = record_get(world_of(call), ATTACHMENT, out->scope.chars, out->policy_id, &there);
    out->attached = there != NULL;
    free(there);
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

struct counted {
    const char *type;
    size_t count;
};

static bool count_attachment(void *self, const struct record *record)
{
    struct counted *counted = self;
    struct json *type = value_of(record->value);
    counted->count += strcmp(json_text(type), counted->type) == 0;
    json_free(type);
    return true;
}

/* How many policies of the pair's type the target has. */
static enum fault count_attachments(struct call *call, const struct pair *pair, size_t *out_count)
{
    struct counted counted = {.type = pair->type};
    bool managed = false;
    const char *target_id = json_member_text(call->input, "TargetId");
    managed_policy_attached(call, &pair->organization, target_id, pair->type, &managed);
    enum fault fault =
        record_each(world_of(call), ATTACHMENT, pair->scope.chars, 0, count_attachment, &counted);
    *out_count = counted.count + (managed ? 1 : 0);
    return fault;
}

static enum fault attach_policy(struct call *call)
{
    struct pair pair = {.managed = false};
    size_t count = 0;
    enum fault fault = named_pair(call, &pair);
    if (fault != FAULT_NONE)
        return fault;
    if (!pair.enabled)
        return organization_refuse(call, TYPE_NOT_ENABLED, pair.type);
    if (pair.attached)
        return organization_refuse(call, ATTACHMENT_THERE, pair.policy_id);
    fault = count_attachments(call, &pair, &count);
    if (fault != FAULT_NONE)
        return fault;
    if (count >= organization_policy_limits(pair.type)->attachment_max)
        return organization_forbid(call, FAULT_CONSTRAINT,
                                   "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
                                   "As many policies of this type are attached as may be.");
    if (pair.managed)
        return record_delete(world_of(call), DETACHMENT, pair.scope.chars,
                             organization_scope(&pair.organization, pair.policy_id).chars);
    struct json *type = json_new_text(pair.type);
    fault = value_put(call, ATTACHMENT, pair.scope.chars, pair.policy_id, type);
    json_free(type);
    return fault;
}

static enum fault detach_policy(struct call *call)
{
    struct pair pair = {.managed = false};
    size_t count = 0;
    enum fault fault = named_pair(call, &pair);
    if (fault != FAULT_NONE)
        return fault;
    if (!pair.attached)
        return organization_refuse(call, NOT_ATTACHED, pair.policy_id);
    if (pair.managed && strcmp(pair.type, ORGANIZATION_POLICY_TYPES[1]) == 0)
        return organization_forbid(call, FAULT_INVALID, "NON_DETACHABLE_POLICY",
                                   "This policy of AWS's own cannot be detached.");
    fault = count_attachments(call, &pair, &count);
    if (fault != FAULT_NONE)
        return fault;
    if (count <= organization_policy_limits(pair.type)->attachment_min)
        return organization_forbid(call, FAULT_CONSTRAINT,
                                   "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
                                   "Attach another policy of this type first.");
    return pair.managed
               ? record_put(world_of(call), DETACHMENT, pair.scope.chars,
                            organization_scope(&pair.organization, pair.policy_id).chars, "{}")
               : record_delete(world_of(call), ATTACHMENT, pair.scope.chars, pair.policy_id);
}

/* A list of entities, by rows of three sources one after the other. */
struct seen_targets {
    struct call *call;
    struct listing listing;
    struct organization organization;
    const char *type; /* of AWS's own policy; NULL: see_attachment says who */
    enum fault fault;
};

static const int64_t SOURCE = INT64_C(1) << 40; /* more rows than a table will have */

static bool put_target(struct seen_targets *seen, int64_t row, const char *id)
{
    struct entity entity;
    bool attached = true;
    if (row <= seen->listing.page.after || seen->fault != FAULT_NONE)
        return seen->fault == FAULT_NONE;
    if (seen->type != NULL)
        seen->fault =
            managed_policy_attached(seen->call, &seen->organization, id, seen->type, &attached);
    if (seen->fault == FAULT_NONE && attached)
        seen->fault = entity_get(seen->call, &seen->organization, id, &entity);
    struct json *out =
        seen->fault == FAULT_NONE && attached ? listing_add(&seen->listing, row) : NULL;
    if (out != NULL) {
        json_put_text(out, "TargetId", id);
        entity_put_arn(out, &seen->organization, &entity);
        json_put_text(out, "Name", entity.name);
        json_put_text(out, "Type", ENTITY_KINDS[entity.kind]);
    }
    return seen->fault == FAULT_NONE && !seen->listing.more;
}

static bool see_unit(void *self, const struct record *record)
{
    return put_target(self, SOURCE + record->row, record->key);
}

static void see_account(void *self, const struct account *account)
{
    struct seen_targets *seen = self;
    if (!seen->listing.more)
        put_target(seen, 2 * SOURCE + account->row, account->account_id);
}

/* An account that is gone for good keeps its record, and is no target. */
static bool see_attachment(void *self, const struct record *record)
{
    struct seen_targets *seen = self;
    bool more = put_target(seen, record->row, strchr(record->scope, '/') + 1);
    if (seen->fault != FAULT_NOT_FOUND)
        return more;
    seen->fault = FAULT_NONE;
    seen->call->problem = (struct problem){0};
    return true;
}

/* AWS's own: wherever nobody detached it. */
static enum fault list_targets_of_managed(struct seen_targets *seen)
{
    struct world *world = world_of(seen->call);
    const char *id = seen->organization.organization_id;
    enum fault fault = FAULT_NONE;
    if (put_target(seen, 1, seen->organization.root_id))
        fault = record_each(world, UNIT, id, 0, see_unit, seen);
    if (fault != FAULT_NONE)
        return fault;
    if (!seen->listing.more)
        fault = account_each(world, id, 0, INT64_MAX, see_account, seen);
    return fault;
}

static enum fault list_targets_of(struct seen_targets *seen, const struct json *policy)
{
    if (json_true(json_member(policy, "AwsManaged"))) {
        seen->type = json_member_text(policy, "Type");
        return list_targets_of_managed(seen);
    }
    return record_each_of_key(world_of(seen->call), ATTACHMENT,
                              json_member_text(seen->call->input, "PolicyId"),
                              seen->listing.page.after, see_attachment, seen);
}

static enum fault list_targets(struct call *call)
{
    struct seen_targets seen = {.call = call};
    struct json *policy = NULL;
    const char *id = json_member_text(call->input, "PolicyId");
    enum fault fault = organization_of(call, &seen.organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = organization_policy_get(call, &seen.organization, id, &policy);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &ORGANIZATION_PAGING, "Targets", &seen.listing);
    if (fault == FAULT_NONE)
        fault = list_targets_of(&seen, policy);
    json_free(policy);
    if (fault != FAULT_NONE)
        return fault;
    return listing_end(call, &ORGANIZATION_PAGING, &seen.listing, seen.fault);
}

static enum fault named_root(struct call *call, struct organization *out_organization,
                             const char **out_type)
{
    const char *id = json_member_text(call->input, "RootId");
    *out_type = json_member_text(call->input, "PolicyType");
    enum fault fault = organization_of(call, out_organization);
    if (fault != FAULT_NONE)
        return fault;
    if (strcmp(id, out_organization->root_id) != 0)
        return organization_refuse(call, ROOT_UNKNOWN, id);
    return FAULT_NONE;
}

static enum fault switch_type(struct call *call, const struct organization *organization,
                              const char *type, bool enabled)
{
    struct json *value = json_new_boolean(enabled);
    enum fault fault = value_put(call, POLICY_TYPE, organization->organization_id, type, value);
    json_free(value);
    if (fault != FAULT_NONE)
        return fault;
    return put_root(call, json_put(call->output, "Root", json_new_object()), organization);
}

static enum fault enable_policy_type(struct call *call)
{
    struct organization organization;
    const char *type;
    bool enabled = false;
    enum fault fault = named_root(call, &organization, &type);
    if (fault != FAULT_NONE)
        return fault;
    if (!organization.all_features)
        return organization_refuse(call, TYPE_NOT_AVAILABLE, organization.organization_id);
    fault = organization_policy_type_enabled(call, &organization, type, &enabled);
    if (fault != FAULT_NONE)
        return fault;
    if (enabled)
        return organization_refuse(call, TYPE_ENABLED, type);
    return switch_type(call, &organization, type, true);
}

struct lost {
    struct call *call;
    const char *type;
    enum fault fault;
};

static bool lose_policy(void *self, const struct record *record)
{
    struct lost *lost = self;
    struct json *policy = value_of(record->value);
    if (strcmp(json_member_text(policy, "Type"), lost->type) == 0)
        lost->fault = record_delete_of_key(world_of(lost->call), ATTACHMENT, record->key);
    json_free(policy);
    return lost->fault == FAULT_NONE;
}

/*
 * Attachments of a type that is switched off are lost; once it is on again, AWS's own policy is
 * everywhere.
 */
static enum fault lose_attachments(struct call *call, const struct organization *organization,
                                   const char *type)
{
    const struct managed_policy *managed = managed_policy_of_type(type);
    struct lost lost = {call, type, FAULT_NONE};
    enum fault fault =
        record_each(world_of(call), POLICY, organization->organization_id, 0, lose_policy, &lost);
    if (fault != FAULT_NONE)
        return fault;
    fault = lost.fault;
    if (fault != FAULT_NONE)
        return fault;
    return managed != NULL
               ? record_delete_of_key(world_of(call), DETACHMENT,
                                      organization_scope(organization, managed->id).chars)
               : FAULT_NONE;
}

static enum fault disable_policy_type(struct call *call)
{
    struct organization organization;
    const char *type;
    bool enabled = false;
    enum fault fault = named_root(call, &organization, &type);
    if (fault != FAULT_NONE)
        return fault;
    fault = organization_policy_type_enabled(call, &organization, type, &enabled);
    if (fault != FAULT_NONE)
        return fault;
    if (!enabled)
        return organization_refuse(call, TYPE_NOT_ENABLED, type);
    fault = lose_attachments(call, &organization, type);
    if (fault != FAULT_NONE)
        return fault;
    return switch_type(call, &organization, type, false);
}

const struct operation ORGANIZATION_ATTACHMENT_OPERATIONS[] = {
    OPERATION("ListRoots", READ, ROOTS_IN, ROOTS_OUT, list_roots),
    OPERATION("AttachPolicy", WRITE, POLICY_AND_TARGET, NO_SHAPE, attach_policy),
    OPERATION("DetachPolicy", WRITE, POLICY_AND_TARGET, NO_SHAPE, detach_policy),
    OPERATION("ListTargetsForPolicy", READ, TARGETS_IN, TARGETS_OUT, list_targets),
    OPERATION("EnablePolicyType", WRITE, TYPE_IN, ROOT_OUT, enable_policy_type),
    OPERATION("DisablePolicyType", WRITE, TYPE_IN, ROOT_OUT, disable_policy_type),
    {0}};
