/* SPDX-License-Identifier: MIT */
/* Checks the facts of a world; see invariants.h. */
#include "world/invariants.h"

#include <assert.h>

#include "base/log.h"
#include "base/parameters.h"
#include "world/reading/reading.h"
#include "world/store/facts.h"
#include "world/time/clock.h"

enum { ROWS_TOLD = 5 };

static_assert(FACT_COUNT <= 64, "excused facts are bits of one number");

/* Values of parameters that break a fact on purpose. */
static const struct {
    enum parameter parameter;
    int value;
    const char *breaks[2];
} PARAMETER_BREAKS[] = {
    {RESUBSCRIBE_SAME_MONTH, RESUBSCRIBE_SECOND_CHARGE, {"posted-is-the-ledger"}},
    {GROUP_DELETE, GROUP_DELETE_DANGLING, {"principal-of-an-assignment-lives"}},
};

static uint64_t fact_bit(const char *name)
{
    int fact = name == NULL ? -1 : fact_find(name);
    assert(name == NULL || fact >= 0);
    return fact < 0 ? 0 : UINT64_C(1) << fact;
}

void facts_excuse(struct world *world)
{
    const struct reading *reading = world->reading;
    for (int i = 0; i < DEVIATION_COUNT; i++)
        for (size_t j = 0; reading->deviations[i] && j < DEVIATION_BREAKS; j++)
            world->facts_excused |= fact_bit(deviation_facts((enum deviation)i)->breaks[j]);
    for (size_t i = 0; i < sizeof PARAMETER_BREAKS / sizeof PARAMETER_BREAKS[0]; i++)
        for (size_t j = 0; j < 2; j++)
            if (reading->values[PARAMETER_BREAKS[i].parameter] == PARAMETER_BREAKS[i].value)
                world->facts_excused |= fact_bit(PARAMETER_BREAKS[i].breaks[j]);
}

int facts_check_world(struct world *world,
                      void (*see)(void *self, enum fact_id fact, const char *row), void *self)
{
    struct fact_terms terms = {.month_s = clock_month(world),
                               .month_shift_s = world->reading->month_shift_s,
                               .now_s = world->now_s,
                               .role_counts =
                                   world->reading->values[ROLE_OF_TRIGGERS] == ROLE_NEEDED};
    for (int i = 0; i < FACT_COUNT; i++)
        terms.excused[i] = (world->facts_excused >> i & 1) != 0;
    return facts_check(world->store, &terms, ROWS_TOLD, see, self);
}

static void log_broken(void *self, enum fact_id fact, const char *row)
{
    (void)self;
    log_line("fact broken: %s (%s): %s", fact_facts(fact)->name, fact_facts(fact)->law, row);
}

enum fault facts_hold(struct world *world)
{
    facts_excuse(world);
    return facts_check_world(world, log_broken, NULL) == 0 ? FAULT_NONE : FAULT_INTERNAL;
}
