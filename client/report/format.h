/* SPDX-License-Identifier: MIT */
/*
 * A format of the report: some functions that write texts. They are called for a run's entry while
 * the run is played, and for the report before the first run and after the last. Functions that a
 * format does not need are NULL.
 */
#ifndef MOCK_KIRO_CLIENT_FORMAT_H
#define MOCK_KIRO_CLIENT_FORMAT_H

#include "base/text.h"
#include "report/report.h"

enum { FINDINGS_SHOWN = 5 }; /* of one run, to people; the rest mostly says the same again */

/* What one run has to say in one format. */
struct draft {
    struct text text;
    struct text deferred; /* what can only be written when the run is over */
    size_t findings;
};

struct report_entry {
    const struct report_options *options;
    const struct variant *variant;
    size_t number; /* of the run, from 1 */
    struct run_result result;
    long elapsed_ms;
    struct draft drafts[REPORT_FORMATS];
};

struct format {
    void (*head)(struct text *text, size_t run_count);
    void (*verdict)(const struct report_entry *entry, struct draft *draft, size_t step,
                    const struct verdict *verdict);
    void (*step)(const struct report_entry *entry, struct draft *draft, size_t step,
                 const struct oracle *oracle, const struct observation *seen);
    void (*end)(const struct report_entry *entry, struct draft *draft);
    void (*stop)(struct text *text, const char *problem);
    void (*foot)(struct text *text, const struct report_options *options,
                 const struct report_totals *totals);
};

extern const struct format PEOPLE_FORMAT;
extern const struct format JSON_FORMAT;
extern const struct format JUNIT_FORMAT;
extern const struct format TAP_FORMAT;
extern const struct format ANNOTATIONS_FORMAT;
extern const struct format SUMMARY_FORMAT;

/* "delete_user alice", or that the world was loaded. */
void format_moment(const struct report_entry *entry, size_t step, struct text *text);

/* "bystander bob on main: ": whom a finding is about, and whether the step was about him. */
void format_person(const struct report_entry *entry, size_t step, const struct verdict *verdict,
                   struct text *text);

/* "after delete_user alice: alice on main: status ACTIVE" */
void format_finding(const struct report_entry *entry, size_t step, const struct verdict *verdict,
                    struct text *text);

/* "expected CANCELED: rule auto-user-deleted (documented), source S1, S4, S6" */
void format_expectation(const struct verdict *verdict, struct text *text);

/* The command that plays this run alone, with every step. */
void format_replay(const struct report_entry *entry, struct text *text);

/* How the run ended: "holds", "BROKEN", "undecided", "skipped". */
const char *format_outcome(const struct run_result *result);

#endif
