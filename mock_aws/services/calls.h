/* SPDX-License-Identifier: MIT */
/*
 * What every handler needs of its call: the world, the directory that is named, idempotency, a page
 * of a list.
 */
#ifndef MOCK_KIRO_SERVICES_CALLS_H
#define MOCK_KIRO_SERVICES_CALLS_H

#include "services/offered.h"
#include "services/served.h"
#include "wire/pages.h"
#include "world/changes/instance_changes.h"
#include "world/changes/profile_changes.h"

/*
 * The world of a call, with the caller as its actor. Requires: within the call's transaction,
 * as every function here that is given a call.
 */
struct world *world_of(struct call *call);

/*
 * The living instance whose directory the call names, if its Region is the call's and its account
 * the caller's (or, for a read, the caller is a member of the owner's organization).
 * FAULT_NOT_FOUND, FAULT_DENIED.
 */
enum fault directory_of(struct call *call, struct instance *out_instance);

/*
 * Is the caller the instance's owner, its delegated administrator, or where `to_members` any
 * account of the owner's organization? FAULT_DENIED in AWS's words if not.
 */
enum fault instance_open_to(struct call *call, const struct instance *instance, bool to_members);

/*
 * Idempotency tokens count per account, Region and operation: FAULT_NONE with `*out_found` and the
 * first answer in call->output; the same token with another input is FAULT_INVALID.
 */
enum fault replay_find(struct call *call, const char *token_name, bool *out_found);
enum fault replay_keep(struct call *call, const char *token_name);

/*
 * A page of a list being filled. Read one row more than page.size with each row numbered above
 * page.after; listing_add gives the object to fill, or NULL for the row beyond the page, which only
 * says that there is more.
 */
struct listing {
    struct page page;
    struct json *items;
    int64_t last;
    bool more;
};

/* How a service spells paging. */
struct paging {
    const char *token_name; /* "NextToken" */
    const char *size_name;  /* "MaxResults" */
    int64_t size_default;
    int64_t size_max;
};

enum fault listing_begin(struct call *call, const struct paging *paging, const char *member,
                         struct listing *out_listing);
struct json *listing_add(struct listing *listing, int64_t row);
/* The same where the items are texts; false for the row beyond the page. */
bool listing_add_text(struct listing *listing, int64_t row, const char *text);
/* Put the token for the next page, if there is one and `fault` is none; returns `fault`. */
enum fault listing_end(struct call *call, const struct paging *paging,
                       const struct listing *listing, enum fault fault);

/* Members of control answers: a time as RFC 3339 (null for 0), money as a decimal text. */
void call_put_time(struct json *object, const char *name, int64_t time_s);
void call_put_money(struct json *object, const char *name, int64_t cents);

#endif
