/* SPDX-License-Identifier: MIT */
/*
 * organizations: the tree of an organization, from its root through units down to accounts
 * (identity-wire 7.2).
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "services/organizations/organizations.h"

enum {
    DEPTH_MAX = 5, /* of units below the root */
    UNITS_MAX = 2000
};

const char *const ENTITY_KINDS[] = {"ACCOUNT", "ORGANIZATIONAL_UNIT", "ROOT"};
static const char *const CHILD_TYPES[] = {"ACCOUNT", "ORGANIZATIONAL_UNIT", NULL};
static const char *const PARENT_TYPES[] = {"ROOT", "ORGANIZATIONAL_UNIT", NULL};

#define NAME_MEMBER .name = "Name", .min = 1, .max = 128
#define UNIT_ID_IN                                                                                 \
    .name = "OrganizationalUnitId", .required = true, .max = 68, .pattern = &PATTERN_UNIT_ID
static const struct shape CREATE_IN[] = {
    {PARENT_IN("ParentId")}, {NAME_MEMBER, .required = true}, {TAG_LIST_IN}, {0}};
static const struct shape UNIT_IN[] = {{UNIT_ID_IN}, {0}};
static const struct shape UPDATE_IN[] = {{UNIT_ID_IN}, {NAME_MEMBER}, {0}};
static const struct shape UNIT_MEMBERS[] = {
    {.name = "Id"}, {.name = "Arn"}, {.name = "Name"}, {.name = "Path"}, {0}};
static const struct shape UNIT_OUT[] = {{.name = "OrganizationalUnit", STRUCTURE(UNIT_MEMBERS)},
                                        {0}};
static const struct shape OF_PARENT_IN[] = {
    {PARENT_IN("ParentId")}, {PAGE_TOKEN_IN}, {PAGE_SIZE_IN}, {0}};
static const struct shape UNIT_ELEMENT[] = {{.name = "member", STRUCTURE(UNIT_MEMBERS)}};
static const struct shape UNITS_OUT[] = {
    {.name = "OrganizationalUnits", LIST_OF(UNIT_ELEMENT)}, {.name = "NextToken"}, {0}};
static const struct shape CHILDREN_IN[] = {
    {PARENT_IN("ParentId")},
    {.name = "ChildType", .required = true, .values = CHILD_TYPES},
    {PAGE_TOKEN_IN},
    {PAGE_SIZE_IN},
    {0}};
static const struct shape CHILD_MEMBERS[] = {
    {.name = "Id"}, {.name = "Type", .values = CHILD_TYPES}, {0}};
static const struct shape CHILD_ELEMENT[] = {{.name = "member", STRUCTURE(CHILD_MEMBERS)}};
static const struct shape CHILDREN_OUT[] = {
    {.name = "Children", LIST_OF(CHILD_ELEMENT)}, {.name = "NextToken"}, {0}};
static const struct shape PARENTS_IN[] = {
    {.name = "ChildId", .required = true, .max = 100, .pattern = &PATTERN_CHILD_ID},
    {PAGE_TOKEN_IN},
    {PAGE_SIZE_IN},
    {0}};
static const struct shape PARENT_MEMBERS[] = {
    {.name = "Id"}, {.name = "Type", .values = PARENT_TYPES}, {0}};
static const struct shape PARENT_ELEMENT[] = {{.name = "member", STRUCTURE(PARENT_MEMBERS)}};
static const struct shape PARENTS_OUT[] = {
    {.name = "Parents", LIST_OF(PARENT_ELEMENT)}, {.name = "NextToken"}, {0}};

static enum fault account_entity(struct call *call, const struct organization *organization,
                                 struct entity *entity)
{
    struct account account;
    enum fault fault = organization_member(call, organization, entity->id, &account);
    if (fault != FAULT_NONE)
        return fault;
    entity->kind = ENTITY_ACCOUNT;
    text_copy(entity->parent_id, sizeof entity->parent_id, account.parent_id);
    text_copy(entity->name, sizeof entity->name, account.name);
    return FAULT_NONE;
}

enum fault entity_get(struct call *call, const struct organization *organization, const char *id,
                      struct entity *out_thing)
{
    struct json *unit = NULL;
    *out_thing = (struct entity){.kind = ENTITY_ROOT, .name = "Root"};
    text_copy(out_thing->id, sizeof out_thing->id, id);
    if (strcmp(id, organization->root_id) == 0)
        return FAULT_NONE;
    if (id[0] >= '0' && id[0] <= '9')
        return account_entity(call, organization, out_thing);
    enum fault fault = value_get(call, UNIT, organization->organization_id, id, &unit);
    if (fault != FAULT_NONE)
        return fault;
    out_thing->kind = ENTITY_UNIT;
    text_copy(out_thing->parent_id, sizeof out_thing->parent_id, json_member_text(unit, "Parent"));
    text_copy(out_thing->name, sizeof out_thing->name, json_member_text(unit, "Name"));
    json_free(unit);
    return FAULT_NONE;
}

enum fault entity_get_parent(struct call *call, const struct organization *organization,
                             const char *id, enum organization_error error,
                             struct entity *out_thing)
{
    enum fault fault = entity_get(call, organization, id, out_thing);
    return fault == FAULT_NOT_FOUND ? organization_refuse(call, error, id) : fault;
}

enum fault entity_path(struct call *call, const struct organization *organization, const char *id,
                       struct text *out)
{
    struct entity entity;
    enum fault fault = entity_get(call, organization, id, &entity);
    if (fault != FAULT_NONE)
        return fault;
    if (entity.kind == ENTITY_ROOT)
        text_addf(out, "%s/", organization->organization_id);
    else
        fault = entity_path(call, organization, entity.parent_id, out);
    text_addf(out, "%s/", id);
    return fault;
}

void entity_put_arn(struct json *out, const struct organization *organization,
                    const struct entity *entity)
{
    static const char *const ARN_KINDS[] = {"account", "ou", "root"};
    organization_put_arn(out, "Arn", organization, ARN_KINDS[entity->kind], entity->id);
}

static enum fault put_unit(struct call *call, struct json *out,
                           const struct organization *organization, const struct entity *unit)
{
    struct text path = {0};
    enum fault fault = entity_path(call, organization, unit->id, &path);
    json_put_text(out, "Id", unit->id);
    entity_put_arn(out, organization, unit);
    json_put_text(out, "Name", unit->name);
    json_put_text(out, "Path", text_chars(&path));
    text_clear(&path);
    return fault;
}

static enum fault keep_unit(struct call *call, const struct organization *organization,
                            const struct entity *unit)
{
    struct json *value = json_new_object();
    json_put_text(value, "Name", unit->name);
    json_put_text(value, "Parent", unit->parent_id);
    enum fault fault = value_put(call, UNIT, organization->organization_id, unit->id, value);
    json_free(value);
    return fault;
}

struct siblings {
    struct call *call;
    const struct organization *organization;
    const struct entity *unit;
    bool taken;
    enum fault fault;
};

static bool see_sibling(void *self, const struct record *record)
{
    struct siblings *siblings = self;
    struct entity sibling;
    siblings->fault = entity_get(siblings->call, siblings->organization, record->key, &sibling);
    siblings->taken = siblings->fault == FAULT_NONE &&
                      strcmp(sibling.id, siblings->unit->id) != 0 &&
                      strcmp(sibling.name, siblings->unit->name) == 0;
    return siblings->fault == FAULT_NONE && !siblings->taken;
}

static enum fault name_is_free(struct call *call, const struct organization *organization,
                               const struct entity *unit)
{
    struct siblings siblings = {.call = call, .organization = organization, .unit = unit};
    struct entity_scope scope = organization_scope(organization, unit->parent_id);
    enum fault fault = record_each(world_of(call), CHILD, scope.chars, 0, see_sibling, &siblings);
    if (fault != FAULT_NONE)
        return fault;
    if (siblings.taken)
        return organization_refuse(call, UNIT_THERE, unit->name);
    return siblings.fault;
}

static bool count_record(void *self, const struct record *record)
{
    size_t *count = self;
    (void)record;
    ++*count;
    return true;
}

static enum fault room_for_unit(struct call *call, const struct organization *organization,
                                const char *parent_id)
{
    size_t units = 0;
    size_t steps = 0;
    struct text path = {0};
    enum fault fault = entity_path(call, organization, parent_id, &path);
    for (const char *at = text_chars(&path); *at != '\0'; at++)
        steps += *at == '/';
    text_clear(&path);
    if (fault != FAULT_NONE)
        return fault;
    fault =
        record_each(world_of(call), UNIT, organization->organization_id, 0, count_record, &units);
    if (fault != FAULT_NONE)
        return fault;
    if (units >= UNITS_MAX)
        return organization_forbid(call, FAULT_CONSTRAINT, "OU_NUMBER_LIMIT_EXCEEDED",
                                   "An organization has at most 2000 organizational units.");
    if (steps >= DEPTH_MAX + 2) /* the organization's and the root's are no units' */
        return organization_forbid(call, FAULT_CONSTRAINT, "OU_DEPTH_LIMIT_EXCEEDED",
                                   "Organizational units are at most five levels deep.");
    return FAULT_NONE;
}

static enum fault create_unit(struct call *call)
{
    struct organization organization;
    struct entity parent;
    struct entity unit = {.kind = ENTITY_UNIT};
    char suffix[9];
    enum fault fault = organization_of(call, &organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = entity_get_parent(call, &organization, json_member_text(call->input, "ParentId"),
                              PARENT_UNKNOWN, &parent);
    if (fault != FAULT_NONE)
        return fault;
    fault = room_for_unit(call, &organization, parent.id);
    if (fault != FAULT_NONE)
        return fault;
    ids_hex(&world_of(call)->ids, suffix, sizeof suffix - 1);
    snprintf(unit.id, sizeof unit.id, "ou-%s-%s", organization.root_id + strlen("r-"), suffix);
    text_copy(unit.parent_id, sizeof unit.parent_id, parent.id);
    text_copy(unit.name, sizeof unit.name, json_member_text(call->input, "Name"));
    fault = name_is_free(call, &organization, &unit);
    if (fault != FAULT_NONE)
        return fault;
    fault = keep_unit(call, &organization, &unit);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_put(world_of(call), CHILD, organization_scope(&organization, parent.id).chars,
                       unit.id, "{}");
    if (fault != FAULT_NONE)
        return fault;
    fault = organization_tag(call, &organization, unit.id, json_member(call->input, "Tags"));
    if (fault != FAULT_NONE)
        return fault;
    return put_unit(call, json_put(call->output, "OrganizationalUnit", json_new_object()),
                    &organization, &unit);
}

/* The organization, and the unit of it that the call names. */
static enum fault named_unit(struct call *call, struct organization *out_organization,
                             struct entity *out_unit)
{
    enum fault fault = organization_of(call, out_organization);
    if (fault != FAULT_NONE)
        return fault;
    return entity_get_parent(call, out_organization,
                             json_member_text(call->input, "OrganizationalUnitId"), UNIT_UNKNOWN,
                             out_unit);
}

static enum fault describe_unit(struct call *call)
{
    struct organization organization;
    struct entity unit;
    enum fault fault = named_unit(call, &organization, &unit);
    if (fault != FAULT_NONE)
        return fault;
    return put_unit(call, json_put(call->output, "OrganizationalUnit", json_new_object()),
                    &organization, &unit);
}

static enum fault update_unit(struct call *call)
{
    struct organization organization;
    struct entity unit;
    const char *name = json_member_text(call->input, "Name");
    enum fault fault = named_unit(call, &organization, &unit);
    if (fault != FAULT_NONE)
        return fault;
    if (name != NULL) {
        text_copy(unit.name, sizeof unit.name, name);
        fault = name_is_free(call, &organization, &unit);
        if (fault != FAULT_NONE)
            return fault;
        fault = keep_unit(call, &organization, &unit);
    }
    if (fault != FAULT_NONE)
        return fault;
    return put_unit(call, json_put(call->output, "OrganizationalUnit", json_new_object()),
                    &organization, &unit);
}

static void count_account(void *self, const struct account *account)
{
    size_t *count = self;
    (void)account;
    ++*count;
}

static enum fault delete_unit(struct call *call)
{
    struct organization organization;
    struct entity unit;
    size_t inside = 0;
    struct world *world = world_of(call);
    enum fault fault = named_unit(call, &organization, &unit);
    if (fault != FAULT_NONE)
        return fault;
    struct entity_scope scope = organization_scope(&organization, unit.id);
    fault = record_each(world, CHILD, scope.chars, 0, count_record, &inside);
    if (fault != FAULT_NONE)
        return fault;
    fault =
        account_each_in(world, organization.organization_id, unit.id, 0, 1, count_account, &inside);
    if (fault != FAULT_NONE)
        return fault;
    if (inside > 0)
        return organization_refuse(call, UNIT_NOT_EMPTY, unit.id);
    fault = record_delete(world, CHILD, organization_scope(&organization, unit.parent_id).chars,
                          unit.id);
    if (fault != FAULT_NONE)
        return fault;
    fault = record_delete(world, UNIT, organization.organization_id, unit.id);
    if (fault != FAULT_NONE)
        return fault;
    return organization_forget(call, &organization, unit.id);
}

struct seen_entities {
    struct call *call;
    struct listing listing;
    struct organization organization;
    bool whole; /* units as they are described, else children */
    enum fault fault;
};

static enum fault begin_children(struct call *call, const char *member, struct seen_entities *seen)
{
    struct entity parent;
    const char *id = json_member_text(call->input, "ParentId");
    seen->call = call;
    enum fault fault = organization_of(call, &seen->organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = entity_get_parent(call, &seen->organization, id, PARENT_UNKNOWN, &parent);
    if (fault != FAULT_NONE)
        return fault;
    return listing_begin(call, &ORGANIZATION_PAGING, member, &seen->listing);
}

static void put_child(struct seen_entities *seen, int64_t row, const char *id,
                      enum entity_kind kind)
{
    struct json *out = listing_add(&seen->listing, row);
    if (out == NULL)
        return;
    json_put_text(out, "Id", id);
    json_put_text(out, "Type", ENTITY_KINDS[kind]);
}

static bool see_unit(void *self, const struct record *record)
{
    struct seen_entities *seen = self;
    struct entity unit;
    if (!seen->whole) {
        put_child(seen, record->row, record->key, ENTITY_UNIT);
        return !seen->listing.more;
    }
    struct json *out = listing_add(&seen->listing, record->row);
    if (out == NULL)
        return false;
    seen->fault = entity_get(seen->call, &seen->organization, record->key, &unit);
    if (seen->fault == FAULT_NONE)
        seen->fault = put_unit(seen->call, out, &seen->organization, &unit);
    return seen->fault == FAULT_NONE;
}

static void see_account(void *self, const struct account *account)
{
    put_child(self, account->row, account->account_id, ENTITY_ACCOUNT);
}

static enum fault list_units_in(struct seen_entities *seen)
{
    const char *id = json_member_text(seen->call->input, "ParentId");
    struct entity_scope scope = organization_scope(&seen->organization, id);
    enum fault fault = record_each(world_of(seen->call), CHILD, scope.chars,
                                   seen->listing.page.after, see_unit, seen);
    if (fault != FAULT_NONE)
        return fault;
    return seen->fault;
}

static enum fault list_units(struct call *call)
{
    struct seen_entities seen = {.whole = true};
    enum fault fault = begin_children(call, "OrganizationalUnits", &seen);
    if (fault != FAULT_NONE)
        return fault;
    fault = list_units_in(&seen);
    return listing_end(call, &ORGANIZATION_PAGING, &seen.listing, fault);
}

static enum fault list_children(struct call *call)
{
    struct seen_entities seen = {.whole = false};
    const char *type = json_member_text(call->input, "ChildType");
    enum fault fault = begin_children(call, "Children", &seen);
    if (fault != FAULT_NONE)
        return fault;
    if (strcmp(type, ENTITY_KINDS[ENTITY_ACCOUNT]) == 0)
        fault = account_each_in(world_of(call), seen.organization.organization_id,
                                json_member_text(call->input, "ParentId"), seen.listing.page.after,
                                seen.listing.page.size + 1, see_account, &seen);
    else
        fault = list_units_in(&seen);
    return listing_end(call, &ORGANIZATION_PAGING, &seen.listing, fault);
}

static enum fault list_parents(struct call *call)
{
    struct organization organization;
    struct entity child;
    struct entity parent;
    struct listing listing;
    const char *id = json_member_text(call->input, "ChildId");
    enum fault fault = organization_of(call, &organization);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &ORGANIZATION_PAGING, "Parents", &listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = entity_get(call, &organization, id, &child);
    if (fault == FAULT_NOT_FOUND)
        return organization_refuse(call, CHILD_UNKNOWN, id);
    if (fault != FAULT_NONE)
        return fault;
    fault = entity_get(call, &organization, child.parent_id, &parent);
    if (fault != FAULT_NONE)
        return fault;
    struct json *out = listing_add(&listing, 1);
    if (out != NULL) {
        json_put_text(out, "Id", parent.id);
        json_put_text(out, "Type", ENTITY_KINDS[parent.kind]);
    }
    return fault;
}

const struct operation ORGANIZATION_UNIT_OPERATIONS[] = {
    OPERATION("CreateOrganizationalUnit", WRITE, CREATE_IN, UNIT_OUT, create_unit),
    OPERATION("DescribeOrganizationalUnit", READ, UNIT_IN, UNIT_OUT, describe_unit),
    OPERATION("UpdateOrganizationalUnit", WRITE, UPDATE_IN, UNIT_OUT, update_unit),
    OPERATION("DeleteOrganizationalUnit", WRITE, UNIT_IN, NO_SHAPE, delete_unit),
    OPERATION("ListOrganizationalUnitsForParent", READ, OF_PARENT_IN, UNITS_OUT, list_units),
    OPERATION("ListChildren", READ, CHILDREN_IN, CHILDREN_OUT, list_children),
    OPERATION("ListParents", READ, PARENTS_IN, PARENTS_OUT, list_parents),
    {0}};
