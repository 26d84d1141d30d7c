/* SPDX-License-Identifier: MIT */
/*
 * For people. Times stand at the ends of lines, so that what is compared byte for byte can leave
 * them out.
 */
#include "report/format.h"

#include <string.h>

#include "base/times.h"
#include "judge/decimal.h"

enum {
    LINE_COLUMNS = 100,
    VERDICT_COLUMNS = 9,
    TAIL_COLUMNS =
        19, /* " 1234 checks 123 ms"; beyond that the line grows, and nothing before it moves */
    RULES_COLUMNS_MIN = 8
};

/* A seat in some words. */
static void describe_seat(const struct sight *sight, struct text *text)
{
    if (!sight->listed && !sight->recorded) {
        text_add(text, "no seat");
        return;
    }
    const char *plan = sight->listed ? sight->wire_plan : sight->plan;
    text_addf(text, "%s %s", sight->listed ? sight->wire_status : sight->status, plan);
    if (sight->listed && strcmp(sight->wire_plan_in_force, plan) != 0)
        text_addf(text, " (in force: %s)", sight->wire_plan_in_force);
    text_add(text, sight->may_use ? ", access" : ", no access");
    if (sight->users_tab && sight->listed)
        text_add(text, ", both tabs");
    else
        text_add(text, sight->listed ? ", subscriptions tab" : ", no tab");
    if (sight->recorded && strcmp(sight->shown_as, "name") != 0)
        text_addf(text, " by %s", sight->shown_as);
    if (sight->recorded && strcmp(sight->ended_by, "none") != 0)
        text_addf(text, ", ended by %s", sight->ended_by);
}

static void describe_charge(const struct month *month, int64_t owed_cents, int64_t refunded_cents,
                            struct text *text)
{
    char owed[DECIMAL_TEXT_BYTES];
    char refunded[DECIMAL_TEXT_BYTES];
    decimal_print(owed_cents, owed);
    decimal_print(refunded_cents, refunded);
    if (owed_cents != 0 || refunded_cents != 0)
        text_addf(text, ", %04d-%02d %s", month->year, month->month, owed);
    if (refunded_cents != 0)
        text_addf(text, " (refunded %s)", refunded);
}

/* One pair that has or had a seat: one line if it is as expected, else two. */
static void write_pair(struct text *text, const struct oracle *oracle,
                       const struct observation *seen, size_t user, size_t profile)
{
    size_t pair = user * seen->profile_count + profile;
    struct sight expected;
    judge_expect(oracle, seen->users[user], seen->profiles[profile], seen->at_s, &expected);
    const struct sight *sight = &seen->sights[pair];
    if (!expected.recorded && !sight->recorded && !sight->listed)
        return;
    struct text expected_text = {0};
    struct text seen_text = {0};
    describe_seat(&expected, &expected_text);
    describe_seat(sight, &seen_text);
    for (size_t i = 0; i < seen->month_count; i++) {
        const struct month *month = &seen->months[i];
        struct oracle_charge owed;
        oracle_charge(oracle, seen->users[user], seen->profiles[profile], month->year, month->month,
                      seen->at_s, &owed);
        const struct charge_seen *charge = &seen->charges[pair * seen->month_count + i];
        describe_charge(month, owed.owed_cents, owed.refunded_cents, &expected_text);
        describe_charge(month, charge->owed_cents, charge->refunded_cents, &seen_text);
    }
    bool same = strcmp(text_chars(&expected_text), text_chars(&seen_text)) == 0;
    text_addf(text, "    %s %s on %s: %s\n", same ? "=" : "- expected", seen->users[user],
              seen->profiles[profile], text_chars(&expected_text));
    if (!same)
        text_addf(text, "    + seen     %s on %s: %s\n", seen->users[user], seen->profiles[profile],
                  text_chars(&seen_text));
    text_clear(&expected_text);
    text_clear(&seen_text);
}

static void write_step(const struct report_entry *entry, struct draft *draft, size_t step,
                       const struct oracle *oracle, const struct observation *seen)
{
    const struct scenario *scenario = entry->variant->scenario;
    struct text *text = &draft->text;
    char time[TIME_TEXT_BYTES];
    if (!entry->options->verbose)
        return;
    if (step == SIZE_MAX)
        text_addf(text, "%s: %s\n", entry->variant->label, scenario_name(scenario));
    time_print(step == SIZE_MAX ? scenario->world.start_s : scenario->steps[step].after_s, time);
    text_addf(text, "  %s ", time);
    format_moment(entry, step, text);
    if (step != SIZE_MAX && scenario->steps[step].refused != NULL)
        text_addf(text, ", to be refused with %s%s", scenario->steps[step].refused,
                  scenario->steps[step].done ? " and done all the same" : "");
    text_add(text, "\n");
    for (size_t user = 0; user < seen->user_count; user++) {
        for (size_t profile = 0; profile < seen->profile_count; profile++)
            write_pair(text, oracle, seen, user, profile);
    }
}

static void write_verdict(const struct report_entry *entry, struct draft *draft, size_t step,
                          const struct verdict *verdict)
{
    if (verdict->kind == VERDICT_HOLDS || verdict->kind == VERDICT_SKIPPED ||
        ++draft->findings > FINDINGS_SHOWN)
        return;
    const struct scenario *scenario = entry->variant->scenario;
    struct json_position position = scenario_step_position(scenario, step, verdict->stated);
    text_addf(&draft->deferred, "%s:%u:%u: ", scenario->file, position.line, position.column);
    format_finding(entry, step, verdict, &draft->deferred);
    text_add(&draft->deferred, "\n        ");
    format_expectation(verdict, &draft->deferred);
    text_add(&draft->deferred, "\n");
}

/*
 * As many rule ids as `columns` columns hold, and how many there are more ("E1, E2 +3"); padded,
 * and cut where not even one fits.
 */
static void add_rules(struct text *line, const struct json *rules, size_t columns)
{
    struct text ids = {0};
    size_t left = json_count(rules);
    for (const struct json *rule = json_first(rules); rule != NULL; rule = json_next(rule)) {
        size_t room_for_more = left > 1 ? strlen(" +99") : 0;
        bool first = rule == json_first(rules);
        if (!first && ids.bytes + strlen(", ") + strlen(json_text(rule)) + room_for_more > columns)
            break;
        text_addf(&ids, "%s%s", first ? "" : ", ", json_text(rule));
        left--;
    }
    if (left > 0)
        text_addf(&ids, " +%zu", left);
    if (ids.bytes > columns)
        text_addf(line, "%.*s...", (int)columns - 3, text_chars(&ids));
    else
        text_addf(line, "%-*s", (int)columns, text_chars(&ids));
    text_clear(&ids);
}

static const char *colour_of(const struct run_result *result)
{
    if (result->broken > 0)
        return "\033[31m";
    return result->undecided > 0 || result->checks == 0 ? "\033[33m" : "\033[32m";
}

static void write_line(const struct report_entry *entry, struct text *text)
{
    const struct report_options *options = entry->options;
    const struct run_result *result = &entry->result;
    size_t label_columns = strlen(entry->variant->label);
    if (label_columns < options->label_columns)
        label_columns = options->label_columns;
    size_t taken = VERDICT_COLUMNS + 1 + label_columns + 2 + TAIL_COLUMNS;
    size_t columns =
        taken + RULES_COLUMNS_MIN > LINE_COLUMNS ? RULES_COLUMNS_MIN : LINE_COLUMNS - taken;
    text_addf(text, "%s%-*s%s %-*s  ", options->colours ? colour_of(result) : "", VERDICT_COLUMNS,
              format_outcome(result), options->colours ? "\033[0m" : "", (int)label_columns,
              entry->variant->label);
    add_rules(text, scenario_rules(entry->variant->scenario), columns);
    text_addf(text, " %4zu checks", result->checks);
    if (result->checks > 0 && result->inferred_alone)
        text_add(text, ", inferred alone");
    if (result->skipped > 0)
        text_addf(text, ", %zu skipped", result->skipped);
    text_addf(text, " %3ld ms\n", entry->elapsed_ms);
}

static void write_end(const struct report_entry *entry, struct draft *draft)
{
    struct text *text = &draft->text;
    bool holds = entry->result.broken == 0 && entry->result.undecided == 0;
    if (!entry->options->quiet || !holds)
        write_line(entry, text);
    if (entry->result.end == RUN_SKIPPED && !entry->options->quiet)
        text_addf(text, "%s\n", entry->result.problem);
    if (holds)
        return;
    text_add(text, text_chars(&draft->deferred));
    if (draft->findings > FINDINGS_SHOWN)
        text_addf(text, "        and %zu more checks (--json shows all)\n",
                  draft->findings - FINDINGS_SHOWN);
    text_add(text, "replay: ");
    format_replay(entry, text);
    text_add(text, "\n");
}

static void write_totals(struct text *text, const struct report_options *options,
                         const struct report_totals *totals)
{
    bool nothing_to_say = options->quiet && totals->hold + totals->skipped == totals->runs;
    if (nothing_to_say || totals->stopped)
        return;
    text_addf(text, "%zu run%s of %zu scenario%s: %zu hold%s", totals->runs,
              totals->runs == 1 ? "" : "s", totals->scenarios, totals->scenarios == 1 ? "" : "s",
              totals->hold, totals->hold == 1 ? "s" : "");
    if (totals->inferred_alone > 0)
        text_addf(text, " (%zu on inferred cells alone)", totals->inferred_alone);
    if (totals->broken > 0)
        text_addf(text, ", %zu broken", totals->broken);
    if (totals->undecided > 0)
        text_addf(text, ", %zu undecided", totals->undecided);
    if (totals->skipped > 0)
        text_addf(text, ", %zu skipped", totals->skipped);
    if (totals->filtered > 0)
        text_addf(text, ", %zu left out by the filter", totals->filtered);
    text_addf(text, "; %zu checks", totals->checks);
    if (totals->checks_skipped > 0)
        text_addf(text, ", %zu skipped", totals->checks_skipped);
    text_addf(text, "; %ld ms\n", totals->elapsed_ms);
}

const struct format PEOPLE_FORMAT = {
    .verdict = write_verdict, .step = write_step, .end = write_end, .foot = write_totals};
