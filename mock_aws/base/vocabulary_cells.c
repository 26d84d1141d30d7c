/* SPDX-License-Identifier: MIT */
/*
 * What a rule says in an edition, where it says another thing than in the default one, or the same
 * with another right: the cells of the rulebook's part 2. What has no row here is the rule's own.
 */
#include "base/vocabulary.h"

#include <stddef.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

#define D LEVEL_DOCUMENTED
#define C LEVEL_CONTRADICTED
#define R LEVEL_REPORTED
#define I LEVEL_INFERRED
#define ALL(level)                                                                                 \
    {                                                                                              \
        level, level, level, level                                                                 \
    }
#define EACH(status, access, charge, listing)                                                      \
    {                                                                                              \
        status, access, charge, listing                                                            \
    }

#define SILENT "silent"
#define AT_MONTHS_END "paid features go on to the end of the month, and then stop"
#define FIRST_WHOLE "the first month is charged whole"
#define NOT_ANEW "what was over the old allowance stays billed"
#define NO_CAP "none is to be had"
#define STAYS "the seat stays as it was: the guide names the deletion of the profile alone"

static const struct cell {
    const char *edition;
    const char *rule;
    const char *outcome; /* NULL: the rule's own */
    const char *source;
    enum level level[AXIS_COUNT];
} CELLS[] = {
    {"kiro-2025-11", "access-after-cancel", AT_MONTHS_END, "S3, #4219", ALL(C)},
    {"kiro-2025-11", "manual-unsubscribe-user",
     "seat Canceled at once, access to the end of the month, month charged whole", "S3",
     EACH(D, C, D, D)},
    {"kiro-2025-11", "E34", "they are lost at the end of the month", "rule 12, rule 48", ALL(I)},
    {"kiro-2025-11", "bill-first-month-prorated", FIRST_WHOLE, SILENT, ALL(I)},
    {"kiro-2025-11", "E26", "the whole fee, and the whole fee again on the 1st", SILENT, ALL(I)},
    {"kiro-2025-11", "upgrade-usage-rerated", NOT_ANEW, SILENT, ALL(I)},
    {"kiro-2025-11", "overage-cap-service-quota", NO_CAP, "S2", ALL(D)},
    {"kiro-2025-11", "auto-user-deleted", NULL, SILENT, EACH(I, D, I, R)},
    {"kiro-2025-11", "auto-group-member-removed", NULL, SILENT, ALL(I)},
    {"kiro-2025-11", "auto-instance-deleted", NULL, SILENT, EACH(I, D, I, I)},
    {"kiro-2025-11", "auto-profile-deleted", NULL, SILENT, ALL(I)},
    {"kiro-2025-11", "auto-user-deactivated", NULL, SILENT, EACH(I, D, I, I)},
    {"kiro-2025-11", "auto-account-deleted", NULL, SILENT, ALL(I)},

    {"kiro-2026-02", "bill-first-month-prorated", FIRST_WHOLE, SILENT, ALL(I)},
    {"kiro-2026-02", "E26", "the whole fee, and the whole fee again on the 1st", SILENT, ALL(I)},
    {"kiro-2026-02", "upgrade-usage-rerated", NOT_ANEW, SILENT, ALL(I)},
    {"kiro-2026-02", "overage-cap-service-quota", NO_CAP, "S2", ALL(D)},
    {"kiro-2026-02", "auto-user-deleted", NULL, SILENT, EACH(I, D, I, R)},
    {"kiro-2026-02", "auto-group-member-removed", NULL, SILENT, ALL(I)},
    {"kiro-2026-02", "auto-instance-deleted", NULL, SILENT, EACH(I, D, I, I)},
    {"kiro-2026-02", "auto-profile-deleted", NULL, SILENT, ALL(I)},
    {"kiro-2026-02", "auto-user-deactivated", NULL, SILENT, EACH(I, D, I, I)},
    {"kiro-2026-02", "auto-account-deleted", NULL, SILENT, ALL(I)},

    {"kiro-2026-04", "overage-cap-service-quota", NO_CAP, SILENT, ALL(I)},

    {"q-developer", "manual-unsubscribe-user", NULL, "Q1", ALL(D)},
    {"q-developer", "access-after-cancel", "paid features stop at once; the free tier remains",
     "Q1", ALL(D)},
    {"q-developer", "bill-full-last-month", NULL, "Q1", ALL(D)},
    {"q-developer", "auto-user-deleted", STAYS, "Q1", EACH(I, D, I, I)},
    {"q-developer", "auto-group-member-removed", STAYS, "Q1", ALL(I)},
    {"q-developer", "auto-instance-deleted", STAYS, "Q1", EACH(I, D, I, I)},
    {"q-developer", "auto-profile-deleted", NULL, "Q1", EACH(D, I, D, D)},
    {"q-developer", "auto-user-deactivated", STAYS, "Q1", EACH(I, D, I, I)},
    {"q-developer", "auto-account-deleted", STAYS, "Q1", ALL(I)},
    {"q-developer", "E5", STAYS, "Q1", ALL(I)},
    {"q-developer", "unsubscribe-by-admin-only", NULL, "Q1", ALL(D)},
    {"q-developer", "both-admins-must-unsubscribe", NULL, "Q1", ALL(D)},
    {"q-developer", "builder-id-unaffected-by-profile-delete", NULL, "Q1", ALL(D)},
    {"q-developer", "bill-per-profile", "nobody is charged twice within an organization", "Q1",
     ALL(C)},
    {"q-developer", "bill-first-month-prorated", FIRST_WHOLE, SILENT, ALL(I)},
    {"q-developer", "upgrade-usage-rerated", NOT_ANEW, SILENT, ALL(I)},
    {"q-developer", "groups-tab-no-status", "a group is Subscribed, Unavailable or Canceled", "Q1",
     ALL(D)},
    {"q-developer", "status-values", "Pending, Active, Canceled or Unavailable", "Q1", ALL(D)},
    {"q-developer", "canceled-record-removed-next-month", NULL, "Q1", ALL(D)},

    {"q-business", "access-after-cancel", "the subscription goes on to the start of the next month",
     "Q2", ALL(D)},
    {"q-business", "bill-first-month-prorated", FIRST_WHOLE, SILENT, ALL(I)},
    {"q-business", "upgrade-usage-rerated", NOT_ANEW, SILENT, ALL(I)},

    {"script-month-end", "access-after-cancel", AT_MONTHS_END, "P1", ALL(R)},
    {"script-month-end", "status-shown-canceled",
     "shown as pending removal until the month has ended", "P1", ALL(R)},
    {"script-month-end", "manual-unsubscribe-user",
     "pending removal, access to the end of the month, month charged whole", "P1", ALL(R)},
    {"script-month-end", "E34", "they are lost at the end of the month", "rule 12, rule 48",
     ALL(I)},
};

/*
 * Pages about Kiro say nothing of a sister product; those about Identity Center, SCIM and accounts
 * do.
 */
static bool says_nothing(const struct edition *edition, const struct rule *rule)
{
    bool sister = strncmp(edition->name, "q-", 2) == 0;
    return sister && (rule->source[0] == 'S' || rule->source[0] == '#');
}

void rule_in_edition(const struct rule *rule, const struct edition *edition,
                     struct rule_reading *out_reading)
{
    *out_reading = (struct rule_reading){.outcome = rule->outcome, .source = rule->source};
    memcpy(out_reading->level, rule->level, sizeof out_reading->level);
    for (size_t i = 0; i < LENGTH(CELLS); i++) {
        const struct cell *cell = &CELLS[i];
        if (strcmp(cell->edition, edition->name) != 0 || strcmp(cell->rule, rule->id) != 0)
            continue;
        out_reading->own = true;
        out_reading->source = cell->source;
        if (cell->outcome != NULL)
            out_reading->outcome = cell->outcome;
        memcpy(out_reading->level, cell->level, sizeof out_reading->level);
        return;
    }
    if (says_nothing(edition, rule))
        for (enum axis axis = AXIS_STATUS; axis < AXIS_COUNT; axis++)
            out_reading->level[axis] = LEVEL_INFERRED;
}
