/* SPDX-License-Identifier: MIT */
/* SplitMix64: one addition and one mixing step a number. */
#include "explore/random.h"

static uint64_t mixed(uint64_t bits)
{
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94d049bb133111eb);
    return bits ^ (bits >> 31);
}

struct random random_begin(uint64_t seed, uint64_t stream)
{
    return (struct random){mixed(mixed(seed) + stream)};
}

uint64_t random_next(struct random *random)
{
    random->state += UINT64_C(0x9e3779b97f4a7c15);
    return mixed(random->state);
}

size_t random_below(struct random *random, size_t limit)
{
    uint64_t drawn = random_next(random);
    return limit == 0 ? 0 : (size_t)(drawn % limit);
}

size_t random_between(struct random *random, size_t least, size_t most)
{
    return least + random_below(random, most - least + 1);
}

bool random_chance(struct random *random, unsigned percent)
{
    return random_below(random, 100) < percent;
}
