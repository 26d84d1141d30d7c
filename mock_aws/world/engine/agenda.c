/* SPDX-License-Identifier: MIT */
/* Moves time through what is due; see agenda.h. */
#include "world/engine/agenda.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/times.h"
#include "world/engine/noticing.h"
#include "world/engine/seat_calendar.h"
#include "world/reading/reading.h"
#include "world/time/clock.h"
#include "world/time/propagation.h"

static int64_t earlier(int64_t a_s, int64_t b_s)
{
    return a_s < b_s ? a_s : b_s;
}

/* The next instant in (now, to_s] at which something is due; FOREVER: nothing is. */
static int64_t next_due_s(struct world *world, int64_t to_s)
{
    int64_t next_s = notice_next_s(world, world->now_s, to_s);
    next_s = earlier(next_s, seat_next_end_s(world, world->now_s, to_s));
    int64_t turn_s = clock_next_turn(world, world->now_s);
    return turn_s <= to_s && turn_s < next_s && turn_concerns(world) ? turn_s : next_s;
}

/* All that is due at the instant at which time stands. */
static enum fault work_off(struct world *world, bool turn, int64_t *count)
{
    enum fault fault = notice_ready(world, count);
    if (fault != FAULT_NONE)
        return fault;
    if (turn)
        *count += turn_plans(world);
    *count += access_ends(world, world->now_s, NULL);
    if (turn)
        fault = turn_charges(world, count);
    *count += rows_leave(world);
    return fault;
}

static enum fault advance(struct world *world, int64_t to_s, int64_t *count)
{
    int64_t due_s = 0;
    while (store_fault(world->store) == FAULT_NONE &&
           (due_s = next_due_s(world, to_s)) != FOREVER) {
        bool turn = clock_next_turn(world, world->now_s) == due_s;
        assert(due_s > world->now_s && due_s <= to_s);
        clock_stand_at(world, due_s);
        enum fault fault = work_off(world, turn, count);
        if (fault != FAULT_NONE)
            return fault;
    }
    if (world->now_s != to_s)
        clock_stand_at(world, to_s);
    assert(world->now_s == to_s);
    return store_fault(world->store);
}

enum fault agenda_advance(struct world *world, int64_t to_s, int64_t *out_settled)
{
    if (to_s < world->now_s) {
        char now[TIME_TEXT_BYTES];
        time_print(world->now_s, now);
        return world_refuse(world, FAULT_CONFLICT,
                            "the clock stands at %s and does not go back; reset the world instead",
                            now);
    }
    int64_t settled = 0;
    const char *actor = world->actor;
    world->actor = "clock";
    enum fault fault = advance(world, to_s, &settled);
    world->actor = actor;
    if (out_settled != NULL)
        *out_settled = settled;
    return fault;
}

enum fault agenda_follow(struct world *world)
{
    int64_t wall_s = clock_wall_s();
    int64_t by_s = clock_passed_s(world, wall_s);
    if (by_s == 0)
        return FAULT_NONE;
    assert(by_s > 0);
    enum fault fault = agenda_advance(world, world->now_s + by_s, NULL);
    if (fault == FAULT_NONE)
        world->wall_anchor_s = wall_s;
    return fault;
}

enum fault agenda_look_again(struct world *world)
{
    const char *actor = world->actor;
    world->actor = "clock";
    enum fault fault = notice_ready(world, NULL);
    world->actor = actor;
    return fault;
}

enum fault agenda_release(struct world *world, enum lag lag, const char *user_id,
                          int64_t *out_released)
{
    assert(lag >= 0 && lag <= LAG_COUNT);
    *out_released = 0;
    for (int kind = 0; kind < LAG_COUNT; kind++) {
        if (lag != LAG_COUNT && lag != (enum lag)kind)
            continue;
        *out_released += access_ends(world, HELD(kind), user_id);
        *out_released += delay_release(world, (enum lag)kind, user_id);
        notice_release(world, (enum lag)kind, user_id);
        enum fault fault = notice_ready(world, out_released);
        if (fault != FAULT_NONE)
            return fault;
    }
    return store_fault(world->store);
}

static const char *profile_or_null(const char *subject)
{
    return strncmp(subject, "arn:aws:codewhisperer:", 22) == 0 ? subject : NULL;
}

enum fault agenda_each_held(struct world *world,
                            void (*see)(void *self, const struct held_change *change), void *self)
{
    struct query *query = store_query(world->store, SQL_UNNOTICED_HELD, "");
    while (query_next(query)) {
        struct held_change change = {.lag = (enum lag)query_integer(query, 0),
                                     .user_id = query_text(query, 1),
                                     .subject = query_text(query, 2),
                                     .profile_arn = profile_or_null(query_text(query, 2)),
                                     .rule = cause_rule((enum cause_kind)query_integer(query, 3)),
                                     .cause_seq = query_integer(query, 4)};
        assert(change.lag >= 0 && change.lag < LAG_COUNT && change.rule[0] != '\0');
        assert(change.cause_seq > 0);
        see(self, &change);
    }
    enum fault fault = query_end(query);
    if (fault != FAULT_NONE)
        return fault;
    query = store_query(world->store, SQL_HELD_ELSEWHERE, "");
    while (query_next(query)) {
        struct held_change change = {.lag = (enum lag)query_integer(query, 0),
                                     .user_id = query_text(query, 1),
                                     .subject = query_text(query, 2),
                                     .profile_arn = profile_or_null(query_text(query, 2))};
        assert(change.lag >= 0 && change.lag < LAG_COUNT);
        see(self, &change);
    }
    return query_end(query);
}

/* Lines that outlive the store's rows. */
struct kept_line {
    struct bill_line line;
    char account_id[ACCOUNT_BYTES];
    char profile_arn[ARN_BYTES];
    char user_id[USER_ID_BYTES];
    char kind[16];
    char rule[40];
};

struct kept_lines {
    struct kept_line *items;
    size_t count;
    size_t capacity;
};

static void keep_line(void *self, const struct bill_line *line)
{
    struct kept_lines *kept = self;
    assert(line->amount_cents != 0 && line->rule != NULL && line->kind != NULL);
    kept->items = mem_grow(kept->items, kept->count, &kept->capacity, sizeof *kept->items);
    struct kept_line *copy = &kept->items[kept->count++];
    copy->line = *line;
    text_copy(copy->account_id, sizeof copy->account_id, line->account_id);
    text_copy(copy->profile_arn, sizeof copy->profile_arn, line->profile_arn);
    text_copy(copy->user_id, sizeof copy->user_id, line->user_id);
    text_copy(copy->kind, sizeof copy->kind, line->kind);
    text_copy(copy->rule, sizeof copy->rule, line->rule);
}

static void see_kept(struct kept_lines *kept, int64_t later_s,
                     void (*see)(void *self, const struct bill_line *line), void *self)
{
    assert(later_s >= 0);
    for (size_t i = 0; i < kept->count; i++) {
        struct kept_line *copy = &kept->items[i];
        struct bill_line line = copy->line;
        line.account_id = copy->account_id;
        line.profile_arn = copy->profile_arn;
        line.user_id = copy->user_id;
        line.kind = copy->kind;
        line.rule = copy->rule;
        line.at_s += later_s;
        see(self, &line);
    }
    free(kept->items);
}

/*
 * The month after which each is as the one before: nothing is on its way any more. From there on
 * the seats that are Active pay the same every month, so that no forecast walks through centuries.
 */
static int64_t settled_month(struct world *world, int64_t month_s)
{
    int64_t last_s = world->now_s;
    struct query *query = store_query(world->store, SQL_UNNOTICED_LAST, "");
    if (query_next(query) && !query_is_null(query, 0) && query_integer(query, 0) > last_s)
        last_s = query_integer(query, 0);
    query_end(query);
    int64_t settled_s = month_next(month_next(month_next(clock_month_at(world, last_s))));
    return earlier(month_s, settled_s);
}

/* Time passes to the month's turn, for a look at what that posts, and then it did not. */
static enum fault forecast(struct world *world, int64_t month_s,
                           void (*see)(void *self, const struct bill_line *line), void *self)
{
    struct kept_lines kept = {0};
    int64_t now_s = world->now_s;
    uint64_t ids = world->ids.counter;
    void (*tell)(const char *line) = world->tell;
    int64_t seen_month_s = settled_month(world, month_s);
    assert(seen_month_s <= month_s && seen_month_s > clock_month(world));
    world->tell = NULL; /* what does not happen is no news */
    store_change(world->store, SQL_TRY, "");
    enum fault fault = agenda_advance(world, clock_turn_into(world, seen_month_s), NULL);
    if (fault == FAULT_NONE)
        fault = billing_each_posted(world, seen_month_s, keep_line, &kept);
    world->now_s = now_s;
    assert(world->ids.counter == ids); /* time makes nothing that has an id */
    world->tell = tell;
    if (store_fault(world->store) == FAULT_NONE) {
        store_change(world->store, SQL_TRY_UNDO, "");
        store_change(world->store, SQL_TRY_END, "");
    }
    see_kept(&kept, clock_turn_into(world, month_s) - clock_turn_into(world, seen_month_s), see,
             self);
    return fault;
}

enum fault agenda_each_line(struct world *world, int64_t month_s, bool *out_forecast,
                            void (*see)(void *self, const struct bill_line *line), void *self)
{
    assert(month_of(month_s) == month_s);
    *out_forecast = month_s > clock_month(world);
    return *out_forecast ? forecast(world, month_s, see, self)
                         : billing_each_posted(world, month_s, see, self);
}
