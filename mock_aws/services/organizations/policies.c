/* SPDX-License-Identifier: MIT */
/*
 * organizations: policies, kept and shown (identity-wire 7). What they allow or deny is not looked
 * at.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "services/organizations/organizations.h"

enum { POLICIES_MAX = 1000 }; /* of one type */

const char *const ORGANIZATION_POLICY_TYPES[] = {"SERVICE_CONTROL_POLICY",
                                                 "RESOURCE_CONTROL_POLICY",
                                                 "TAG_POLICY",
                                                 "BACKUP_POLICY",
                                                 "AISERVICES_OPT_OUT_POLICY",
                                                 "CHATBOT_POLICY",
                                                 "DECLARATIVE_POLICY_EC2",
                                                 "SECURITYHUB_POLICY",
                                                 "INSPECTOR_POLICY",
                                                 "UPGRADE_ROLLOUT_POLICY",
                                                 "BEDROCK_POLICY",
                                                 "S3_POLICY",
                                                 "NETWORK_SECURITY_DIRECTOR_POLICY",
                                                 NULL};

/* AWS's quotas; types that are not here have those of the last row. */
static const struct organization_policy_limits LIMITS[] = {
    {"SERVICE_CONTROL_POLICY", 5120, 5, 1},
    {"RESOURCE_CONTROL_POLICY", 5120, 5, 1},
    {"AISERVICES_OPT_OUT_POLICY", 2500, 5, 0},
    {"CHATBOT_POLICY", 10000, 5, 0},
    {NULL, 10000, 10, 0}};

static const struct managed_policy MANAGED[] = {
    {"p-FullAWSAccess", "FullAWSAccess", "SERVICE_CONTROL_POLICY",
     "Allows access to every operation",
     "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\","
     "\"Resource\":\"*\"}]}"},
    {"p-RCPFullAWSAccess", "RCPFullAWSAccess", "RESOURCE_CONTROL_POLICY",
     "Allow all access to resources",
     "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
     "\"Action\":\"*\",\"Resource\":\"*\"}]}"}};

#define NAME_MEMBER .name = "Name", .min = 1, .max = 128
#define DESCRIPTION_MEMBER .name = "Description", .max = 512
#define CONTENT_MEMBER .name = "Content", .min = 1
static const struct shape CREATE_IN[] = {
    {CONTENT_MEMBER, .required = true},
    {DESCRIPTION_MEMBER, .required = true},
    {NAME_MEMBER, .required = true},
    {.name = "Type", .required = true, .values = ORGANIZATION_POLICY_TYPES},
    {TAG_LIST_IN},
    {0}};
static const struct shape UPDATE_IN[] = {
    {POLICY_ID_IN}, {NAME_MEMBER}, {DESCRIPTION_MEMBER}, {CONTENT_MEMBER}, {0}};
static const struct shape POLICY_IN[] = {{POLICY_ID_IN}, {0}};
static const struct shape SUMMARY_MEMBERS[] = {
    {.name = "Id"},
    {.name = "Arn"},
    {.name = "Name"},
    {.name = "Description"},
    {.name = "Type", .values = ORGANIZATION_POLICY_TYPES},
    {.name = "AwsManaged", .kind = SHAPE_BOOLEAN},
    {0}};
static const struct shape POLICY_MEMBERS[] = {
    {.name = "PolicySummary", STRUCTURE(SUMMARY_MEMBERS)}, {.name = "Content"}, {0}};
static const struct shape POLICY_OUT[] = {{.name = "Policy", STRUCTURE(POLICY_MEMBERS)}, {0}};
#define FILTER_MEMBER .name = "Filter", .required = true, .values = ORGANIZATION_POLICY_TYPES
static const struct shape LIST_IN[] = {{FILTER_MEMBER}, {PAGE_TOKEN_IN}, {PAGE_SIZE_IN}, {0}};
static const struct shape OF_TARGET_IN[] = {
    {TARGET_IN, .required = true}, {FILTER_MEMBER}, {PAGE_TOKEN_IN}, {PAGE_SIZE_IN}, {0}};
static const struct shape SUMMARY_ELEMENT[] = {{.name = "member", STRUCTURE(SUMMARY_MEMBERS)}};
static const struct shape LIST_OUT[] = {
    {.name = "Policies", LIST_OF(SUMMARY_ELEMENT)}, {.name = "NextToken"}, {0}};

const struct organization_policy_limits *organization_policy_limits(const char *type)
{
    const struct organization_policy_limits *limits = LIMITS;
    while (limits->type != NULL && strcmp(limits->type, type) != 0)
        limits++;
    return limits;
}

const struct managed_policy *managed_policy(size_t index)
{
    return index < sizeof MANAGED / sizeof MANAGED[0] ? &MANAGED[index] : NULL;
}

const struct managed_policy *managed_policy_find(const char *id)
{
    size_t i = 0;
    while (managed_policy(i) != NULL && strcmp(MANAGED[i].id, id) != 0)
        i++;
    return managed_policy(i);
}

const struct managed_policy *managed_policy_of_type(const char *type)
{
    size_t i = 0;
    while (managed_policy(i) != NULL && strcmp(MANAGED[i].type, type) != 0)
        i++;
    return managed_policy(i);
}

static struct json *managed_value(const struct managed_policy *managed)
{
    struct json *value = json_new_object();
    json_put_text(value, "Id", managed->id);
    json_put_text(value, "Name", managed->name);
    json_put_text(value, "Description", managed->description);
    json_put_text(value, "Type", managed->type);
    json_put_boolean(value, "AwsManaged", true);
    json_put_text(value, "Content", managed->content);
    return value;
}

enum fault organization_policy_get(struct call *call, const struct organization *organization,
                                   const char *id, struct json **out_policy)
{
    const struct managed_policy *managed = managed_policy_find(id);
    *out_policy = managed == NULL ? NULL : managed_value(managed);
    if (managed != NULL)
        return FAULT_NONE;
    enum fault fault = value_get(call, POLICY, organization->organization_id, id, out_policy);
    return fault == FAULT_NOT_FOUND ? organization_refuse(call, POLICY_UNKNOWN, id) : fault;
}

void organization_put_policy_summary(struct json *out, const struct organization *organization,
                                     const struct json *policy)
{
    static const char *const COPIED[] = {"Id", "Name", "Description", "Type", "AwsManaged"};
    const char *type = json_member_text(policy, "Type");
    const char *id = json_member_text(policy, "Id");
    bool managed = json_true(json_member(policy, "AwsManaged"));
    struct text arn = {0};
    for (size_t i = 0; i < sizeof COPIED / sizeof COPIED[0]; i++)
        json_put(out, COPIED[i], json_copy(json_member(policy, COPIED[i])));
    char *kind = text_fold(type);
    if (managed)
        text_addf(&arn, "arn:aws:organizations::aws:policy/%s/%s", kind, id);
    else
        text_addf(&arn, "arn:aws:organizations::%s:policy/%s/%s/%s", organization->management_id,
                  organization->organization_id, kind, id);
    json_put_text(out, "Arn", text_chars(&arn));
    text_clear(&arn);
    free(kind);
}

static void put_policy(struct call *call, const struct organization *organization,
                       const struct json *policy)
{
    struct json *out = json_put(call->output, "Policy", json_new_object());
    organization_put_policy_summary(json_put(out, "PolicySummary", json_new_object()), organization,
                                    policy);
    json_put_text(out, "Content", json_member_text(policy, "Content"));
}

struct siblings {
    const struct json *policy;
    size_t count;
    bool taken;
};

static bool is_same(const struct json *one, const struct json *other, const char *member)
{
    return strcmp(json_member_text(one, member), json_member_text(other, member)) == 0;
}

static bool see_sibling(void *self, const struct record *record)
{
    struct siblings *siblings = self;
    struct json *sibling = value_of(record->value);
    if (is_same(sibling, siblings->policy, "Type") && !is_same(sibling, siblings->policy, "Id")) {
        siblings->count++;
        siblings->taken = siblings->taken || is_same(sibling, siblings->policy, "Name");
    }
    json_free(sibling);
    return true;
}

/* The form only: an object, for the two types that grant and deny with statements. */
static bool content_fits(const struct json *policy)
{
    const char *content = json_member_text(policy, "Content");
    const char *type = json_member_text(policy, "Type");
    bool grants = managed_policy_of_type(type) != NULL;
    struct json_error error;
    struct json_document *document = json_parse(content, strlen(content), JSON_STRICT, &error);
    const struct json *root = document == NULL ? NULL : json_document_root(document);
    bool fits =
        json_kind(root) == JSON_OBJECT && (!grants || json_member(root, "Statement") != NULL);
    json_document_free(document);
    return fits;
}

static enum fault keep_policy(struct call *call, const struct organization *organization,
                              struct json *policy)
{
    const struct managed_policy *managed = managed_policy_of_type(json_member_text(policy, "Type"));
    const char *name = json_member_text(policy, "Name");
    struct siblings siblings = {.policy = policy,
                                .taken = managed != NULL && strcmp(managed->name, name) == 0};
    if (!content_fits(policy))
        return organization_refuse(call, MALFORMED_POLICY, name);
    if (strlen(json_member_text(policy, "Content")) >
        organization_policy_limits(json_member_text(policy, "Type"))->content_max)
        return organization_forbid(call, FAULT_CONSTRAINT, "POLICY_CONTENT_LIMIT_EXCEEDED",
                                   "The content is longer than policies of this type may be.");
    enum fault fault = record_each(world_of(call), POLICY, organization->organization_id, 0,
                                   see_sibling, &siblings);
    if (fault != FAULT_NONE)
        return fault;
    if (siblings.taken)
        return organization_refuse(call, POLICY_THERE, name);
    if (siblings.count >= POLICIES_MAX)
        return organization_forbid(call, FAULT_CONSTRAINT, "POLICY_NUMBER_LIMIT_EXCEEDED",
                                   "The organization has as many policies of this type as it may.");
    json_put_integer(policy, "Updated", world_of(call)->now_s);
    return value_put(call, POLICY, organization->organization_id, json_member_text(policy, "Id"),
                     policy);
}

static void copy_given(struct json *policy, const struct json *input)
{
    static const char *const GIVEN[] = {"Name", "Description", "Type", "Content"};
    for (size_t i = 0; i < sizeof GIVEN / sizeof GIVEN[0]; i++)
        if (json_member_text(input, GIVEN[i]) != NULL)
            json_put_text(policy, GIVEN[i], json_member_text(input, GIVEN[i]));
}

static enum fault create_policy(struct call *call)
{
    struct organization organization;
    char suffix[11];
    char id[16];
    enum fault fault = organization_of(call, &organization);
    if (fault != FAULT_NONE)
        return fault;
    if (!organization.all_features)
        return organization_refuse(call, TYPE_NOT_AVAILABLE, organization.organization_id);
    ids_hex(&world_of(call)->ids, suffix, sizeof suffix - 1);
    snprintf(id, sizeof id, "p-%s", suffix);
    struct json *policy = json_new_object();
    json_put_text(policy, "Id", id);
    json_put_boolean(policy, "AwsManaged", false);
    copy_given(policy, call->input);
    fault = keep_policy(call, &organization, policy);
    if (fault == FAULT_NONE)
        fault = organization_tag(call, &organization, id, json_member(call->input, "Tags"));
    if (fault == FAULT_NONE)
        put_policy(call, &organization, policy);
    json_free(policy);
    return fault;
}

/* The organization, and the policy of it that the call names; AWS's own can be read only. */
static enum fault named_policy(struct call *call, struct organization *out_organization,
                               struct json **out_policy)
{
    *out_policy = NULL;
    enum fault fault = organization_of(call, out_organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = organization_policy_get(call, out_organization,
                                    json_member_text(call->input, "PolicyId"), out_policy);
    if (fault != FAULT_NONE)
        return fault;
    if (call->operation->access == WRITE && json_true(json_member(*out_policy, "AwsManaged")))
        return organization_forbid(call, FAULT_INVALID, "IMMUTABLE_POLICY",
                                   "A policy that AWS manages cannot be changed.");
    return FAULT_NONE;
}

static enum fault describe_policy(struct call *call)
{
    struct organization organization;
    struct json *policy;
    enum fault fault = named_policy(call, &organization, &policy);
    if (fault == FAULT_NONE)
        put_policy(call, &organization, policy);
    json_free(policy);
    return fault;
}

static enum fault update_policy(struct call *call)
{
    struct organization organization;
    struct json *policy;
    enum fault fault = named_policy(call, &organization, &policy);
    if (fault != FAULT_NONE) {
        json_free(policy);
        return fault;
    }
    copy_given(policy, call->input);
    fault = keep_policy(call, &organization, policy);
    if (fault == FAULT_NONE)
        put_policy(call, &organization, policy);
    json_free(policy);
    return fault;
}

static bool see_attachment(void *self, const struct record *record)
{
    bool *attached = self;
    (void)record;
    *attached = true;
    return false;
}

static enum fault delete_policy(struct call *call)
{
    struct organization organization;
    struct json *policy;
    bool attached = false;
    const char *id = json_member_text(call->input, "PolicyId");
    enum fault fault = named_policy(call, &organization, &policy);
    json_free(policy);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_each_of_key(world_of(call), ATTACHMENT, id, 0, see_attachment, &attached);
    if (fault != FAULT_NONE)
        return fault;
    if (attached)
        return organization_refuse(call, POLICY_IN_USE, id);
    fault = organization_forget(call, &organization, id);
    if (fault != FAULT_NONE)
        return fault;
    return record_delete(world_of(call), POLICY, organization.organization_id, id);
}

struct seen_policies {
    struct call *call;
    struct listing listing;
    struct organization organization;
    const char *type;
    enum fault fault;
};

static enum fault begin_policies(struct call *call, struct seen_policies *seen)
{
    *seen = (struct seen_policies){.call = call, .type = json_member_text(call->input, "Filter")};
    enum fault fault = organization_of(call, &seen->organization);
    if (fault != FAULT_NONE)
        return fault;
    return listing_begin(call, &ORGANIZATION_PAGING, "Policies", &seen->listing);
}

/* AWS's own policy comes first: rows of the others count from two. */
static void see_managed(struct seen_policies *seen)
{
    const struct managed_policy *managed = managed_policy_of_type(seen->type);
    if (managed == NULL || seen->listing.page.after != 0)
        return;
    struct json *policy = managed_value(managed);
    organization_put_policy_summary(listing_add(&seen->listing, 1), &seen->organization, policy);
    json_free(policy);
}

static int64_t after_managed(const struct seen_policies *seen)
{
    return seen->listing.page.after == 0 ? 0 : seen->listing.page.after - 1;
}

static bool see_policy(void *self, const struct record *record)
{
    struct seen_policies *seen = self;
    struct json *policy = value_of(record->value);
    struct json *out = strcmp(json_member_text(policy, "Type"), seen->type) == 0
                           ? listing_add(&seen->listing, record->row + 1)
                           : NULL;
    if (out != NULL)
        organization_put_policy_summary(out, &seen->organization, policy);
    json_free(policy);
    return !seen->listing.more;
}

static enum fault list_policies(struct call *call)
{
    struct seen_policies seen;
    enum fault fault = begin_policies(call, &seen);
    if (fault != FAULT_NONE)
        return fault;
    see_managed(&seen);
    fault = record_each(world_of(call), POLICY, seen.organization.organization_id,
                        after_managed(&seen), see_policy, &seen);
    return listing_end(call, &ORGANIZATION_PAGING, &seen.listing, fault);
}

/* An attachment keeps the type of its policy. */
static bool see_attached(void *self, const struct record *record)
{
    struct seen_policies *seen = self;
    struct json *type = value_of(record->value);
    bool wanted = strcmp(json_text(type), seen->type) == 0;
    struct json *out = wanted ? listing_add(&seen->listing, record->row + 1) : NULL;
    json_free(type);
    if (out == NULL)
        return !seen->listing.more;
    struct json *policy = NULL;
    seen->fault = organization_policy_get(seen->call, &seen->organization, record->key, &policy);
    if (seen->fault == FAULT_NONE)
        organization_put_policy_summary(out, &seen->organization, policy);
    json_free(policy);
    return seen->fault == FAULT_NONE;
}

static enum fault list_policies_for_target(struct call *call)
{
    struct seen_policies seen;
    struct entity target;
    bool managed = false;
    const char *id = json_member_text(call->input, "TargetId");
    enum fault fault = begin_policies(call, &seen);
    if (fault != FAULT_NONE)
        return fault;
    fault = entity_get_parent(call, &seen.organization, id, TARGET_UNKNOWN, &target);
    if (fault != FAULT_NONE)
        return fault;
    fault = managed_policy_attached(call, &seen.organization, id, seen.type, &managed);
    if (fault != FAULT_NONE)
        return fault;
    if (managed)
        see_managed(&seen);
    fault =
        record_each(world_of(call), ATTACHMENT, organization_scope(&seen.organization, id).chars,
                    after_managed(&seen), see_attached, &seen);
    if (fault != FAULT_NONE)
        return fault;
    return listing_end(call, &ORGANIZATION_PAGING, &seen.listing, seen.fault);
}

const struct operation ORGANIZATION_POLICY_OPERATIONS[] = {
    OPERATION("CreatePolicy", WRITE, CREATE_IN, POLICY_OUT, create_policy),
    OPERATION("DescribePolicy", READ, POLICY_IN, POLICY_OUT, describe_policy),
    OPERATION("UpdatePolicy", WRITE, UPDATE_IN, POLICY_OUT, update_policy),
    OPERATION("DeletePolicy", WRITE, POLICY_IN, NO_SHAPE, delete_policy),
    OPERATION("ListPolicies", READ, LIST_IN, LIST_OUT, list_policies),
    OPERATION("ListPoliciesForTarget", READ, OF_TARGET_IN, LIST_OUT, list_policies_for_target),
    {0}};
