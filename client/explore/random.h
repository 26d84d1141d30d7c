/* SPDX-License-Identifier: MIT */
/*
 * Chance that can be had again: the same seed and stream give the same numbers on every machine.
 */
#ifndef MOCK_KIRO_CLIENT_RANDOM_H
#define MOCK_KIRO_CLIENT_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct random {
    uint64_t state;
};

/* Streams of one seed have nothing to do with each other. */
struct random random_begin(uint64_t seed, uint64_t stream);

uint64_t random_next(struct random *random);
size_t random_below(struct random *random, size_t limit); /* 0 to limit - 1; 0 for 0 */
size_t random_between(struct random *random, size_t least, size_t most);
bool random_chance(struct random *random, unsigned percent);

#endif
