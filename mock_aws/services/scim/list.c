/* SPDX-License-Identifier: MIT */
/*
 * ListUsers and ListGroups: pages, and filters answered by looking up what they name (identity-wire
 * 9.5, 9.6).
 */
#include <stdlib.h>
#include <string.h>

#include "base/parameters.h"
#include "base/text.h"
#include "services/scim/attributes.h"
#include "services/scim/filter.h"
#include "services/scim/scim.h"

#define LIST_SCHEMA "urn:ietf:params:scim:api:messages:2.0:ListResponse"

/* A list being answered: rows come in order, those of the page go in. */
struct scim_list {
    struct call *call;
    struct instance instance;
    struct scim_filter filter;
    struct page page;
    bool cursor;   /* asked for by cursor */
    bool counted;  /* all that there is, as the RFC has it */
    int64_t start; /* the first that counts, from 1 */
    int64_t found;
    int64_t last;
    bool more;
    struct json *resources;
    int64_t membership_row; /* what the list goes by, where it is one of memberships */
    enum fault fault;
};

static struct json *list_add(struct scim_list *list, int64_t row)
{
    list->found++;
    if (list->found < list->start)
        return NULL;
    list->more = (int64_t)json_count(list->resources) == list->page.size;
    if (list->more)
        return NULL;
    list->last = list->membership_row != 0 ? list->membership_row : row;
    return json_push(list->resources, json_new_object());
}

static bool read_number(const char *text, int64_t *out)
{
    char *end = NULL;
    *out = strtol(text, &end, 10);
    return *text != '\0' && *end == '\0';
}

static enum fault list_begin(struct call *call, const struct scim_filter_attribute *attributes,
                             struct scim_list *out_list)
{
    const char *count = json_member_text(call->input, "count");
    const char *start = json_member_text(call->input, "startIndex");
    const char *filter = json_member_text(call->input, "filter");
    *out_list = (struct scim_list){
        .call = call, .start = 1, .cursor = json_member(call->input, "cursor") != NULL};
    enum fault fault = scim_enter(call, &out_list->instance);
    if (fault != FAULT_NONE)
        return fault;
    int64_t cap = scim_reading(call, SCIM_PAGE_CAP) == PAGE_CAP_50 ? 50 : 100;
    out_list->counted =
        !out_list->cursor && scim_reading(call, SCIM_START_INDEX) == START_INDEX_HONORED;
    fault = page_read(call, "cursor", "count", cap, cap, world_of(call)->ids.seed, &out_list->page);
    if (fault != FAULT_NONE)
        return fault;
    if (count != NULL && (!read_number(count, &out_list->page.size) || out_list->page.size < 1 ||
                          out_list->page.size > cap))
        return problem_set(&call->problem, FAULT_INVALID, "count must be 1 to %d", (int)cap);
    if (out_list->counted && start != NULL && !read_number(start, &out_list->start))
        return scim_invalid(call, "startIndex must be a number");
    if (out_list->start < 1) /* RFC 7644 3.4.2.4 */
        out_list->start = 1;
    if (filter != NULL && !scim_filter_parse(filter, attributes, &out_list->filter))
        return scim_invalid(call, "Invalid Filter format");
    out_list->resources = json_new_array();
    return FAULT_NONE;
}

/*
 * How many rows to read: one more than the page tells whether there is another; all, if they have
 * to be counted.
 */
static int64_t rows_to_read(const struct scim_list *list)
{
    return list->counted ? INT64_MAX : list->page.size + 1;
}

static enum fault list_end(struct scim_list *list, enum fault fault)
{
    struct call *call = list->call;
    struct json *out = call->output;
    int64_t shown = (int64_t)json_count(list->resources);
    if (fault == FAULT_NONE)
        fault = list->fault;
    if (!list->cursor) /* what is returned, not what there is (identity-wire 9.5) */
        json_put_integer(out, "totalResults", list->counted ? list->found : shown);
    json_put_integer(out, "itemsPerPage", shown);
    if (!list->cursor)
        json_put_integer(out, "startIndex", list->start);
    else if (list->more)
        page_put_next(call, "nextCursor", &list->page, list->last);
    scim_put_schemas(out, LIST_SCHEMA);
    json_put(out, "Resources", list->resources);
    return fault;
}

static bool has_manager(const struct user *user, const char *manager)
{
    struct json *normal = scim_user_normal(user, "");
    const char *has =
        json_member_text(json_member(json_member(normal, SCIM_ENTERPRISE), "manager"), "value");
    bool same = has != NULL && strcmp(has, manager) == 0;
    json_free(normal);
    return same;
}

static void list_user(void *self, const struct user *user)
{
    struct scim_list *list = self;
    const struct scim_term *second = &list->filter.terms[1];
    if (list->filter.count == 2 && second->by == SCIM_BY_MANAGER &&
        !has_manager(user, second->value))
        return;
    struct json *out = list_add(list, user->row);
    if (out != NULL && list->fault == FAULT_NONE)
        list->fault = scim_put_user(list->call, &list->instance, out, user);
}

static void list_group(void *self, const struct group *group)
{
    struct scim_list *list = self;
    struct json *out = list_add(list, group->row);
    if (out != NULL && list->fault == FAULT_NONE)
        list->fault = scim_put_group(list->call, &list->instance, out, group);
}

static enum fault one_by_id(struct scim_list *list, bool groups, const char *id)
{
    struct world *world = world_of(list->call);
    const char *store_id = list->instance.store_id;
    return groups ? group_get(world, store_id, id, list_group, list)
                  : user_get(world, store_id, id, list_user, list);
}

static void see_user_of_group(void *self, const struct membership *membership)
{
    struct scim_list *list = self;
    list->membership_row = membership->row;
    if (list->fault == FAULT_NONE)
        list->fault = one_by_id(list, false, membership->user_id);
}

static void see_group_of_user(void *self, const struct membership *membership)
{
    struct scim_list *list = self;
    list->membership_row = membership->row;
    if (list->fault == FAULT_NONE)
        list->fault = one_by_id(list, true, membership->group_id);
}

static void see_pair(void *self, const struct membership *membership)
{
    bool *member = self;
    *member = membership->row != 0;
}

/* A filter that names a user or a group that does not exist: 404 (identity-wire 9.6). */
static enum fault check_named(struct scim_list *list, bool group, const char *id)
{
    struct world *world = world_of(list->call);
    bool exists = false;
    enum fault fault = group ? group_exists(world, list->instance.store_id, id, &exists)
                             : user_exists(world, list->instance.store_id, id, &exists);
    if (fault != FAULT_NONE)
        return fault;
    if (!exists)
        fault = scim_found(list->call, FAULT_NOT_FOUND, group ? "GROUP" : "USER");
    return fault;
}

static enum fault list_of_members(struct scim_list *list, bool groups)
{
    struct world *world = world_of(list->call);
    const char *named = list->filter.terms[0].value;
    enum fault fault = check_named(list, !groups, named);
    if (fault != FAULT_NONE)
        return fault;
    return groups ? membership_each_of_user(world, named, list->page.after, rows_to_read(list),
                                            see_group_of_user, list)
                  : membership_each_of_group(world, named, list->page.after, rows_to_read(list),
                                             see_user_of_group, list);
}

static enum fault list_of_pair(struct scim_list *list, bool groups)
{
    const char *id = list->filter.terms[0].value;
    const struct scim_term *second = &list->filter.terms[1];
    bool passes = second->by == SCIM_BY_MANAGER; /* which the user himself is asked for */
    enum fault fault = check_named(list, groups, id);
    if (fault != FAULT_NONE)
        return fault;
    if (second->by == SCIM_BY_MEMBERSHIP) {
        fault = check_named(list, !groups, second->value);
        if (fault != FAULT_NONE)
            return fault;
        fault = membership_of_pair(world_of(list->call), groups ? id : second->value,
                                   groups ? second->value : id, see_pair, &passes);
    }
    if (fault != FAULT_NONE)
        return fault;
    return passes ? one_by_id(list, groups, id) : FAULT_NONE;
}

/* The one that has it, if there is one. */
static enum fault list_of_one(struct scim_list *list, bool groups)
{
    struct world *world = world_of(list->call);
    const struct scim_term *term = &list->filter.terms[0];
    const char *store_id = list->instance.store_id;
    char id[USER_ID_BYTES];
    char issuer[ISSUER_BYTES];
    enum fault fault = FAULT_NONE;
    if (term->by == SCIM_BY_NAME)
        fault = groups ? group_by_name(world, store_id, term->value, list_group, list)
                       : user_by_name(world, store_id, term->value, list_user, list);
    else if (term->by == SCIM_BY_ID)
        fault = one_by_id(list, groups, term->value);
    else {
        scim_issuer(list->call, &list->instance, issuer);
        fault = external_id_find(world, store_id, groups, issuer, term->value, id);
        if (fault == FAULT_NONE)
            fault = one_by_id(list, groups, id);
    }
    return fault == FAULT_NOT_FOUND ? FAULT_NONE : fault;
}

static enum fault list_of_all(struct scim_list *list, bool groups)
{
    struct world *world = world_of(list->call);
    const char *store_id = list->instance.store_id;
    int64_t rows = rows_to_read(list);
    return groups ? group_each(world, store_id, list->page.after, rows, list_group, list)
                  : user_each(world, store_id, list->page.after, rows, list_user, list);
}

static enum fault list_whole(struct call *call, bool groups,
                             const struct scim_filter_attribute *attributes)
{
    struct scim_list list;
    enum fault fault = list_begin(call, attributes, &list);
    if (fault != FAULT_NONE)
        return fault;
    if (list.filter.count == 0)
        fault = list_of_all(&list, groups);
    else if (list.filter.count == 2)
        fault = list_of_pair(&list, groups);
    else if (list.filter.terms[0].by == SCIM_BY_MEMBERSHIP)
        fault = list_of_members(&list, groups);
    else
        fault = list_of_one(&list, groups);
    return list_end(&list, fault);
}

enum fault scim_list_users(struct call *call)
{
    static const struct scim_filter_attribute ATTRIBUTES[] = {
        {"userName", SCIM_BY_NAME},   {"externalId", SCIM_BY_EXTERNAL_ID},
        {"id", SCIM_BY_ID},           {"groups.value", SCIM_BY_MEMBERSHIP},
        {"manager", SCIM_BY_MANAGER}, {0}};
    return list_whole(call, false, ATTRIBUTES);
}

enum fault scim_list_groups(struct call *call)
{
    static const struct scim_filter_attribute ATTRIBUTES[] = {{"displayName", SCIM_BY_NAME},
                                                              {"externalId", SCIM_BY_EXTERNAL_ID},
                                                              {"id", SCIM_BY_ID},
                                                              {"members.value", SCIM_BY_MEMBERSHIP},
                                                              {"members", SCIM_BY_MEMBERSHIP},
                                                              {"member", SCIM_BY_MEMBERSHIP},
                                                              {0}};
    return list_whole(call, true, ATTRIBUTES);
}
