/* SPDX-License-Identifier: MIT */
/*
 * The faults that a world has been asked for: which calls each is for, and how often it has been
 * given. Deterministic: what a call gets depends on the calls before it and on nothing else.
 */
#ifndef MOCK_KIRO_SERVICES_FAULTS_H
#define MOCK_KIRO_SERVICES_FAULTS_H

#include <pthread.h>

#include "wire/disturb.h"

enum { FAULTS_MAX = 64, FAULT_TEXT_BYTES = 128 };

/* Empty texts and zeros match all. */
struct fault_rule {
    char service[FAULT_TEXT_BYTES];
    char operation[FAULT_TEXT_BYTES];
    char action[FAULT_TEXT_BYTES];    /* IAM's name */
    char principal[FAULT_TEXT_BYTES]; /* the caller's key or ARN, or a text that the input holds */
    int64_t nth;                      /* the nth matching call alone */
    int64_t first;                    /* the first so many matching calls */
    struct disturbance give;
    int64_t matched;
    int64_t given;
};

struct faults {
    pthread_mutex_t lock;
    size_t count;
    struct fault_rule rules[FAULTS_MAX];
};

bool faults_init(struct faults *faults);
void faults_clear(struct faults *faults);

/* What this call gets: the first rule that matches and is due. Counts it. */
void faults_choose(struct faults *faults, const struct call *call,
                   struct disturbance *out_disturbance);

/* Put these in the place of what was asked for before; counts begin anew. */
void faults_set(struct faults *faults, const struct fault_rule *rules, size_t count);

/* A copy of all, with their counts; returns how many. */
size_t faults_get(struct faults *faults, struct fault_rule out_rules[FAULTS_MAX]);

#endif
