/* SPDX-License-Identifier: MIT */
/*
 * Plays one history and says what it found: the first verdict that does not hold, or an answer that
 * should not have been.
 */
#ifndef MOCK_KIRO_CLIENT_PLAY_H
#define MOCK_KIRO_CLIENT_PLAY_H

#include "aws/aws.h"
#include "base/json.h"
#include "base/text.h"

struct finding {
    char *kind;     /* the same for the same fault: what broke, and by which rule */
    char *sentence; /* for people */
    char *rule;     /* of the rulebook, or NULL */
    size_t step;    /* SIZE_MAX: the world */
};

void finding_clear(struct finding *finding);

struct play_settings {
    const char *const *deviations;
    size_t deviation_count;
};

enum play_end {
    PLAY_HELD,
    PLAY_FOUND,
    PLAY_NO_SCENARIO, /* the document is none */
    PLAY_NO_ANSWER    /* the environment failed */
};

struct play {
    enum play_end end;
    size_t steps;
    struct finding finding; /* if found */
    char *problem;          /* if there was no answer */
    struct json *refused;   /* play_key of a step: the code it was refused with, rightly */
};

/*
 * Requires: `aws` leads to a mock that nobody else uses meanwhile.
 * Gives: `*out_play`; release with play_clear.
 */
void play_history(struct aws *aws, const struct json *document,
                  const struct play_settings *settings, struct play *out_play);
void play_clear(struct play *play);

enum { PLAY_KEY_BYTES = 24 };
const char *play_key(size_t step, char out[PLAY_KEY_BYTES]);

#endif
