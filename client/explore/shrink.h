/* SPDX-License-Identifier: MIT */
/* From a history that finds something to the smallest that finds the same. */
#ifndef MOCK_KIRO_CLIENT_SHRINK_H
#define MOCK_KIRO_CLIENT_SHRINK_H

#include "explore/play.h"

/*
 * Requires: played, `document` ends with `finding`.
 * Gives: a scenario's document, the caller's, that ends with a finding of the same kind, which is
 * `*out_finding` (release with finding_clear); steps that were refused as they should be say so.
 */
struct json *shrink_history(struct aws *aws, const struct json *document,
                            const struct finding *finding, const struct play_settings *settings,
                            struct finding *out_finding);

#endif
