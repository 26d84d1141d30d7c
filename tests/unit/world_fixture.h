/* SPDX-License-Identifier: MIT */
/*
 * A world in memory with one instance and one profile, for tests of the verbs. Every step asserts
 * that it worked.
 */
#ifndef MOCK_KIRO_TESTS_WORLD_FIXTURE_H
#define MOCK_KIRO_TESTS_WORLD_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/plans.h"
#include "base/statuses.h"
#include "base/times.h"
#include "world/changes/assignment_changes.h"
#include "world/changes/group_changes.h"
#include "world/changes/instance_changes.h"
#include "world/changes/profile_changes.h"
#include "world/changes/user_changes.h"
#include "world/engine/agenda.h"
#include "world/engine/billing.h"
#include "world/engine/seat_calendar.h"
#include "world/engine/seat_use.h"
#include "world/reading/reading.h"
#include "world/time/clock.h"

struct fixture {
    struct world *world;
    struct problem problem;
    struct instance instance;
    struct profile profile;
};

static inline int64_t at(const char *time)
{
    int64_t time_s = 0;
    assert_true(time_parse(time, &time_s));
    return time_s;
}

static inline void request_begin(struct fixture *f)
{
    assert_int_equal(world_begin(f->world, "test", &f->problem), FAULT_NONE);
}

static inline void request_end(struct fixture *f)
{
    assert_int_equal(world_commit(f->world), FAULT_NONE);
}

/* A world without anything in it, in the middle of a request. */
static inline void fixture_open_empty(struct fixture *f, const char *start, uint64_t seed)
{
    struct reading reading;
    struct world_options options = {
        .reading = &reading, .seed = seed, .start_s = at(start), .facts_checked = true};
    *f = (struct fixture){.world = NULL};
    reading_init(&reading);
    f->world = world_open(&options, &f->problem);
    assert_non_null(f->world);
    request_begin(f);
}

static inline void fixture_open_seeded(struct fixture *f, const char *start, uint64_t seed)
{
    fixture_open_empty(f, start, seed);
    assert_int_equal(instance_create(f->world, WORLD_DEFAULT_ACCOUNT, "us-east-1", "organization",
                                     NULL, &f->instance),
                     FAULT_NONE);
    assert_int_equal(profile_create(f->world, WORLD_DEFAULT_ACCOUNT, "us-east-1",
                                    f->instance.instance_arn, "KiroProfile", "{}", &f->profile),
                     FAULT_NONE);
}

static inline void fixture_open(struct fixture *f, const char *start)
{
    fixture_open_seeded(f, start, 1);
}

static inline void fixture_close(struct fixture *f)
{
    request_end(f);
    world_close(f->world);
}

/* A user with a direct seat of `plan`. */
static inline void subscribed(struct fixture *f, const char *name, enum plan plan,
                              char out_user_id[USER_ID_BYTES])
{
    struct principal principal = {.id = out_user_id};
    assert_int_equal(user_create(f->world, f->instance.store_id, name, NULL, "{}", out_user_id),
                     FAULT_NONE);
    assert_int_equal(assignment_create(f->world, &f->profile, &principal, plan), FAULT_NONE);
}

static inline void unsubscribed(struct fixture *f, const char *user_id)
{
    struct principal principal = {.id = user_id};
    assert_int_equal(assignment_delete(f->world, &f->profile, &principal), FAULT_NONE);
}

static inline void planned(struct fixture *f, const char *user_id, enum plan plan)
{
    struct principal principal = {.id = user_id};
    assert_int_equal(assignment_update(f->world, &f->profile, &principal, plan), FAULT_NONE);
}

static inline void uses(struct fixture *f, const char *user_id)
{
    const char *code = NULL;
    assert_int_equal(seat_use(f->world, user_id, f->profile.profile_arn, 1, false, &code),
                     FAULT_NONE);
    assert_null(code);
}

static inline void advance(struct fixture *f, const char *time)
{
    assert_int_equal(agenda_advance(f->world, at(time), NULL), FAULT_NONE);
}

static inline struct seat seat_of(struct fixture *f, const char *user_id)
{
    struct seat seat = {.status = SEAT_NONE};
    enum fault fault = seat_get(f->world, user_id, f->profile.profile_arn, &seat);
    assert_true(fault == FAULT_NONE || fault == FAULT_NOT_FOUND);
    return seat;
}

#endif
