/* SPDX-License-Identifier: MIT */
/*
 * The AWS services and the control surface: tables of operations and short handlers over the world's verbs. Here the
 * wire and the world meet; neither knows the other.
 */
#ifndef MOCK_KIRO_SERVICES_SERVICES_H
#define MOCK_KIRO_SERVICES_SERVICES_H

#include <pthread.h>

#include "base/ids.h"
#include "services/faults.h"
#include "services/snapshots.h"
#include "services/worlds.h"
#include "wire/dispatch.h"
#include "wire/pages.h"
#include "world/instances.h"
#include "world/profiles.h"
#include "world/world.h"

extern const struct service IDENTITYSTORE_SERVICE;
extern const struct service IDENTITYSTORE_INTERNAL_SERVICE;
extern const struct service USERPOOL_SERVICE;
extern const struct service SSO_DIRECTORY_SERVICE;
extern const struct service SSO_ADMIN_SERVICE;
extern const struct service ORGANIZATIONS_SERVICE;
extern const struct service CODEWHISPERER_SERVICE;
extern const struct service CODEWHISPERER_REST_SERVICE;
extern const struct service Q_SERVICE;
extern const struct service USER_SUBSCRIPTIONS_SERVICE;
extern const struct service USER_SUBSCRIPTIONS_REST_SERVICE;
extern const struct service STS_SERVICE;
extern const struct service IAM_SERVICE;
extern const struct service ACCOUNT_SERVICE;
extern const struct service SERVICE_QUOTAS_SERVICE;
extern const struct service CE_SERVICE;
extern const struct service CLOUDTRAIL_SERVICE;
extern const struct service SCIM_SERVICE;
extern const struct service CONTROL_SERVICE;
extern const struct service FAULTS_SERVICE;
extern const struct service JOURNAL_SERVICE;
extern const struct service SUITES_SERVICE;
extern const struct service WORLDS_SERVICE;
extern const struct service UPLOADS_SERVICE;

/* All of them, NULL-terminated: what a dispatcher is given. */
extern const struct service *const SERVICES[];

/* A world with the lock that lets one request at a time own it. */
struct served {
    struct world *world;
    struct worlds *worlds; /* it is one of these */
    char name[NAME_BYTES]; /* "": the first */
    unsigned
        visitors; /* requests that are in it now, if it has a name; under the lock of `worlds` */
    struct snapshots snapshots;
    struct faults faults; /* has a lock of its own */
    pthread_mutex_t lock;
    pthread_mutex_t ids_lock;
    struct ids
        request_ids; /* apart from the world's, so that a refused request does not move its ids */
};

/* The first world, whose `world` and `worlds` stay the caller's. False if a lock cannot be made. */
bool served_init(struct served *served, struct world *world, struct worlds *worlds);
void served_clear(struct served *served);

/* A world with a name, which owns its own. NULL with one line in `problem`. */
struct served *served_new(const char *name, const struct world_options *options,
                          struct worlds *worlds, struct problem *problem);
void served_free(struct served *served);
struct backend served_backend(struct served *served);

/* The world of a call, with the caller as its actor. */
struct world *world_of(struct call *call);

/*
 * The living instance whose directory the call names, if its Region is the call's and its account the caller's (or, for a
 * read, the caller is a member of the owner's organization). FAULT_NOT_FOUND, FAULT_DENIED.
 */
enum fault directory_of(struct call *call, struct instance *out_instance);

/*
 * Is the caller the instance's owner, its delegated administrator, or where `to_members` any account of the owner's organization?
 * FAULT_DENIED in AWS's words if not.
 */
enum fault instance_open_to(struct call *call, const struct instance *instance, bool to_members);

/* Idempotency tokens count per account, Region and operation: FAULT_NONE with `*out_found` and the first answer in call->output; the same token
 * with another input is FAULT_INVALID. */
enum fault replay_find(struct call *call, const char *token_name, bool *out_found);
enum fault replay_keep(struct call *call, const char *token_name);

/*
 * A page of a list being filled. Read one row more than page.size with each row numbered above page.after; listing_add gives the object to fill,
 * or NULL for the row beyond the page, which only says that there is more.
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
void put_time(struct json *object, const char *name, int64_t time_s);
void put_money(struct json *object, const char *name, int64_t cents);

#endif
