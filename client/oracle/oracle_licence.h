/* SPDX-License-Identifier: MIT */
/*
 * One charge for a person who has seats under several profiles, where the edition says so (rules
 * 17, 18): who of them carries it. The oracle's own; nobody else includes it.
 */
#ifndef MOCK_KIRO_CLIENT_ORACLE_LICENCE_H
#define MOCK_KIRO_CLIENT_ORACLE_LICENCE_H

#include "oracle/oracle_month.h"

/*
 * What stays of `reading`'s fee under the history's profile when it is charged together with the
 * person's other profiles.
 */
void licence_share(const struct seat_history *history, int64_t month_s, int64_t at_s,
                   struct month_reading *reading);

/* The rule by which a fee is carried elsewhere. */
const char *licence_rule(const struct oracle *oracle);

#endif
