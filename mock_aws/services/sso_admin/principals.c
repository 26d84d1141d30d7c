/* SPDX-License-Identifier: MIT */
/* What principals hold; see principals.h. */
#include "services/sso_admin/principals.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "services/sso_admin/sso_admin.h"
#include "world/changes/group_changes.h"
#include "world/changes/user_changes.h"
#include "world/rows/id_list.h"

struct holdings {
    struct sso_held *items;
    size_t count;
    size_t capacity;
};

static bool see_held(void *self, const struct record *record)
{
    struct holdings *all = self;
    all->items = mem_grow(all->items, all->count, &all->capacity, sizeof *all->items);
    all->items[all->count++] = (struct sso_held){.row = record->row,
                                                 .principal = mem_text(record->scope),
                                                 .key = mem_text(record->key),
                                                 .value = mem_text(record->value)};
    return true;
}

static int by_row(const void *left, const void *right)
{
    const struct sso_held *a = left;
    const struct sso_held *b = right;
    return (a->row > b->row) - (a->row < b->row);
}

static void see_group(void *self, const struct membership *membership)
{
    id_list_add(self, membership->group_id);
}

/* He himself and, for a user, his groups. */
static enum fault principals_of(struct call *call, struct id_list *out)
{
    const char *id = json_member_text(call->input, "PrincipalId");
    id_list_add(out, id);
    if (strcmp(json_member_text(call->input, "PrincipalType"), "USER") != 0)
        return FAULT_NONE;
    return membership_each_of_user(world_of(call), id, 0, INT64_MAX, see_group, out);
}

static enum fault holdings_read(struct call *call, const char *kind, int64_t after,
                                struct holdings *out)
{
    struct id_list principals = {0};
    enum fault fault = principals_of(call, &principals);
    for (size_t i = 0; i < principals.count && fault == FAULT_NONE; i++)
        fault = record_each(world_of(call), kind, principals.ids[i], after, see_held, out);
    id_list_clear(&principals);
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_row);
    return fault;
}

static void holdings_clear(struct holdings *holdings)
{
    for (size_t i = 0; i < holdings->count; i++) {
        free(holdings->items[i].principal);
        free(holdings->items[i].key);
        free(holdings->items[i].value);
    }
    free(holdings->items);
}

enum fault sso_list_held(struct call *call, const struct instance *instance, const char *kind,
                         const char *list,
                         bool (*wanted)(struct call *call, const struct sso_held *held),
                         void (*put)(struct json *out, const struct sso_held *held))
{
    struct listing listing = {0};
    struct holdings all = {0};
    enum fault fault = sso_principal(call, instance);
    if (fault != FAULT_NONE)
        return fault;
    fault = listing_begin(call, &SSO_PAGING, list, &listing);
    if (fault != FAULT_NONE)
        return fault;
    fault = holdings_read(call, kind, listing.page.after, &all);
    for (size_t i = 0; i < all.count && !listing.more; i++) {
        struct json *out =
            wanted(call, &all.items[i]) ? listing_add(&listing, all.items[i].row) : NULL;
        if (out != NULL)
            put(out, &all.items[i]);
    }
    holdings_clear(&all);
    return listing_end(call, &SSO_PAGING, &listing, fault);
}
