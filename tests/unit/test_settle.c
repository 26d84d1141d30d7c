/* SPDX-License-Identifier: MIT */
/*
 * The invariant as a property: after any history, a user holds a seat exactly while something
 * entitles him, with the highest plan that does; and money only ever adds up. A plain model of the
 * facts is kept beside the world.
 */
#include "world_fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "base/plans.h"
#include "base/statuses.h"
#include "world/reading/reading.h"

enum { USERS = 8, GROUPS = 4, STEPS = 300, SEEDS = 12 };

struct model {
    struct fixture f;
    struct ids chance;
    char user_ids[USERS][USER_ID_BYTES];
    char group_ids[GROUPS][USER_ID_BYTES];
    char membership_ids[USERS][GROUPS][USER_ID_BYTES]; /* "" : no member */
    enum plan direct[USERS];
    enum plan of_group[GROUPS];
    bool active[USERS];
    unsigned born; /* how many users there have been, for their names */
};

static size_t pick(struct model *model, size_t count)
{
    return (size_t)(ids_next(&model->chance) % count);
}

static enum plan pick_plan(struct model *model)
{
    return (enum plan)(PLAN_PRO + pick(model, PLAN_COUNT - PLAN_PRO));
}

static void expect_fault(enum fault fault, bool works)
{
    if (works)
        assert_int_equal(fault, FAULT_NONE);
    else
        assert_int_not_equal(fault, FAULT_NONE);
}

static void replace_user(struct model *model, size_t user)
{
    char name[32];
    struct world *world = model->f.world;
    const char *store_id = model->f.instance.store_id;
    if (model->user_ids[user][0] != '\0')
        assert_int_equal(user_delete(world, store_id, model->user_ids[user]), FAULT_NONE);
    snprintf(name, sizeof name, "user%u",
             model->born++ % 5 == 0 ? 0 : model->born); /* some names return */
    while (user_create(world, store_id, name, NULL, "{}", model->user_ids[user]) == FAULT_CONFLICT)
        snprintf(name, sizeof name, "user%u", ++model->born + 1000);
    model->direct[user] = PLAN_NONE;
    model->active[user] = true;
    memset(model->membership_ids[user], 0, sizeof model->membership_ids[user]);
}

static void toggle_membership(struct model *model, size_t user, size_t group)
{
    char *id = model->membership_ids[user][group];
    struct world *world = model->f.world;
    const char *store_id = model->f.instance.store_id;
    if (id[0] == '\0') {
        assert_int_equal(
            membership_create(world, store_id, model->group_ids[group], model->user_ids[user], id),
            FAULT_NONE);
        return;
    }
    assert_int_equal(membership_delete(world, store_id, id), FAULT_NONE);
    id[0] = '\0';
}

static void toggle_assignment(struct model *model, enum plan *standing, const char *id,
                              bool is_group)
{
    struct principal principal = {.id = id, .is_group = is_group};
    struct world *world = model->f.world;
    enum plan plan = pick_plan(model);
    bool has = *standing != PLAN_NONE;
    switch (pick(model, 3)) {
    case 0:
        expect_fault(assignment_create(world, &model->f.profile, &principal, plan), !has);
        *standing = has ? *standing : plan;
        break;
    case 1:
        expect_fault(assignment_delete(world, &model->f.profile, &principal), has);
        *standing = PLAN_NONE;
        break;
    default:
        if (!has)
            break; /* without one it depends on the seat: assignments.h */
        assert_int_equal(assignment_update(world, &model->f.profile, &principal, plan), FAULT_NONE);
        *standing = plan;
    }
}

static void step(struct model *model)
{
    struct world *world = model->f.world;
    size_t user = pick(model, USERS);
    size_t group = pick(model, GROUPS);
    const char *code = NULL;
    switch (pick(model, 8)) {
    case 0:
        replace_user(model, user);
        break;
    case 1:
        model->active[user] = !model->active[user];
        assert_int_equal(user_set_active(world, model->user_ids[user], model->active[user]),
                         FAULT_NONE);
        if (!model->active[user])
            model->direct[user] = PLAN_NONE; /* E6 */
        break;
    case 2:
    case 3:
        toggle_membership(model, user, group);
        break;
    case 4:
        toggle_assignment(model, &model->direct[user], model->user_ids[user], false);
        break;
    case 5:
        toggle_assignment(model, &model->of_group[group], model->group_ids[group], true);
        break;
    case 6:
        assert_int_equal(
            seat_use(world, model->user_ids[user], model->f.profile.profile_arn, 1, false, &code),
            FAULT_NONE);
        break;
    default:
        assert_int_equal(
            agenda_advance(world, world->now_s + 1 + (int64_t)pick(model, 20 * 86400), NULL),
            FAULT_NONE);
    }
}

static enum plan expected_plan(const struct model *model, size_t user)
{
    enum plan plan = model->active[user] ? model->direct[user] : PLAN_NONE;
    for (size_t group = 0; group < GROUPS && model->active[user]; group++)
        if (model->membership_ids[user][group][0] != '\0' && model->of_group[group] > plan)
            plan = model->of_group[group];
    return plan;
}

static void expect_invariant(struct model *model)
{
    for (size_t user = 0; user < USERS; user++) {
        struct seat seat = {.status = SEAT_NONE};
        enum plan plan = expected_plan(model, user);
        enum fault fault =
            seat_get(model->f.world, model->user_ids[user], model->f.profile.profile_arn, &seat);
        bool holds = fault == FAULT_NONE && seat.status != SEAT_CANCELED;
        assert_int_equal(holds, plan != PLAN_NONE);
        if (holds) {
            assert_int_equal(seat.plan, plan);
            assert_true(seat.status == SEAT_PENDING || seat.plan_in_force >= seat.plan);
        }
    }
}

struct sums {
    int64_t total_cents;
};

/* No refund without a charge before it. */
static void see_line(void *self, const struct bill_line *line)
{
    struct sums *sums = self;
    sums->total_cents += line->amount_cents;
    assert_true((strcmp(line->kind, "refund") == 0) == (line->amount_cents < 0));
    assert_true(sums->total_cents >= 0);
}

static void expect_money(struct model *model)
{
    for (int64_t month_s = at("2026-01-01T00:00:00Z"); month_s <= model->f.world->now_s;
         month_s = month_next(month_s)) {
        struct sums sums = {0};
        bool forecast = false;
        assert_int_equal(agenda_each_line(model->f.world, month_s, &forecast, see_line, &sums),
                         FAULT_NONE);
        assert_false(forecast);
    }
}

static void a_seat_lives_exactly_while_something_entitles_it(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct model model = {.chance = {.seed = seed}};
        fixture_open(&model.f, "2026-01-01T00:00:00Z");
        for (size_t group = 0; group < GROUPS; group++) {
            char name[16];
            snprintf(name, sizeof name, "group%zu", group);
            assert_int_equal(group_create(model.f.world, model.f.instance.store_id, name, NULL,
                                          model.group_ids[group]),
                             FAULT_NONE);
        }
        for (size_t user = 0; user < USERS; user++)
            replace_user(&model, user);
        for (int i = 0; i < STEPS; i++) {
            step(&model);
            expect_invariant(&model);
        }
        expect_money(&model);
        fixture_close(&model.f);
    }
}

/* What a deviation breaks the property notices: it can fail. */
static void a_broken_rule_breaks_the_invariant(void **state)
{
    (void)state;
    struct model model = {.chance = {.seed = 1}};
    struct seat seat;
    fixture_open(&model.f, "2026-01-01T00:00:00Z");
    replace_user(&model, 0);
    model.f.world->reading->deviations[DEACTIVATED_USER_KEEPS_SEAT] = true;
    reading_settle(model.f.world->reading);
    struct principal principal = {.id = model.user_ids[0]};
    assert_int_equal(assignment_create(model.f.world, &model.f.profile, &principal, PLAN_PRO),
                     FAULT_NONE);
    assert_int_equal(user_set_active(model.f.world, model.user_ids[0], false), FAULT_NONE);
    assert_int_equal(seat_get(model.f.world, model.user_ids[0], model.f.profile.profile_arn, &seat),
                     FAULT_NONE);
    assert_int_equal(seat.status, SEAT_PENDING); /* where expect_invariant wants none */
    fixture_close(&model.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seat_lives_exactly_while_something_entitles_it),
        cmocka_unit_test(a_broken_rule_breaks_the_invariant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
