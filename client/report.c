/* SPDX-License-Identifier: MIT */
/*
 * The report. Times stand at the ends of lines, so that what is compared byte for byte can leave
 * them out.
 */
#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/times.h"
#include "decimal.h"

enum {
    LINE_COLUMNS = 100,
    VERDICT_COLUMNS = 9,
    TAIL_COLUMNS =
        19, /* " 1234 checks 123 ms"; beyond that the line grows, and nothing before it moves */
    RULES_COLUMNS_MIN = 8,
    BROKEN_SHOWN = 5 /* of one step; the rest mostly says the same again, and --json has all */
};

struct report {
    struct report_options options;
    struct text broken; /* of the scenario at hand */
    size_t broken_count;
    size_t scenarios;
    size_t scenarios_broken;
    size_t scenarios_undecided;
    size_t checks;
};

struct report *report_new(const struct report_options *options)
{
    struct report *report = mem_new(sizeof *report);
    report->options = *options;
    return report;
}

void report_free(struct report *report)
{
    if (report == NULL)
        return;
    text_clear(&report->broken);
    free(report);
}

static void describe_moment(const struct scenario *scenario, size_t step, struct text *text)
{
    if (step == SIZE_MAX)
        text_add(text, "the world was loaded");
    else
        step_describe(&scenario->steps[step], text);
}

/* "alice on main: ", with a word of warning if the step was not about her. */
static void describe_person(const struct scenario *scenario, size_t step,
                            const struct verdict *verdict, struct text *text)
{
    if (verdict->user == NULL)
        return;
    if (!scenario_step_concerns(scenario, step, verdict->user))
        text_add(text, "bystander ");
    text_add(text, verdict->user);
    if (verdict->profile != NULL)
        text_addf(text, " on %s", verdict->profile);
    text_add(text, ": ");
}

static void tell_broken(struct report *report, const struct scenario *scenario, size_t step,
                        const struct verdict *verdict)
{
    if (++report->broken_count > BROKEN_SHOWN)
        return;
    struct text *text = &report->broken;
    struct json_position position = scenario_step_position(scenario, step, verdict->stated);
    text_addf(text, "%s:%u:%u: after ", scenario->file, position.line, position.column);
    describe_moment(scenario, step, text);
    text_add(text, ": ");
    describe_person(scenario, step, verdict, text);
    text_addf(text, "%s %s\n        %sexpected %s%s: rule %s (%s), source %s\n", verdict->what,
              verdict->seen, verdict->kind == VERDICT_UNDECIDED ? "undecided: " : "",
              verdict->expected, verdict->stated != NULL ? ", as the check states" : "",
              verdict->rule, level_name(verdict->level), verdict->source);
}

static void put_nullable(struct json *object, const char *name, const char *text)
{
    if (text != NULL)
        json_put_text(object, name, text);
}

static void tell_json(struct report *report, const struct scenario *scenario, size_t step,
                      const struct verdict *verdict)
{
    struct json_position position = scenario_step_position(scenario, step, verdict->stated);
    struct text moment = {0};
    describe_moment(scenario, step, &moment);
    struct json *line = json_new_object();
    json_put_text(line, "scenario", scenario_name(scenario));
    json_put_text(line, "case", verdict->what);
    json_put_integer(line, "step", step == SIZE_MAX ? 0 : (int64_t)step + 1);
    json_put_text(line, "after", text_chars(&moment));
    put_nullable(line, "user", verdict->user);
    put_nullable(line, "profile", verdict->profile);
    json_put_text(line, "rule", verdict->rule);
    json_put_text(line, "level", level_name(verdict->level));
    json_put_text(line, "axis", axis_name(verdict->axis));
    json_put_text(line, "verdict", verdict_kind_name(verdict->kind));
    json_put_text(line, "expected", verdict->expected);
    json_put_text(line, "seen", verdict->seen);
    json_put_text(line, "file", scenario->file);
    json_put_integer(line, "line", position.line);
    json_put_integer(line, "column", position.column);
    char *printed = json_print(line);
    fprintf(report->options.json, "%s\n", printed);
    free(printed);
    json_free(line);
    text_clear(&moment);
}

static void on_verdict(void *context, const struct scenario *scenario, size_t step,
                       const struct verdict *verdict)
{
    struct report *report = context;
    if (report->options.json != NULL)
        tell_json(report, scenario, step, verdict);
    if (verdict->kind != VERDICT_HOLDS)
        tell_broken(report, scenario, step, verdict);
}

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
static void tell_pair(struct report *report, const struct oracle *oracle,
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
    fprintf(report->options.out, "    %s %s on %s: %s\n", same ? "=" : "- expected",
            seen->users[user], seen->profiles[profile], text_chars(&expected_text));
    if (!same)
        fprintf(report->options.out, "    + seen     %s on %s: %s\n", seen->users[user],
                seen->profiles[profile], text_chars(&seen_text));
    text_clear(&expected_text);
    text_clear(&seen_text);
}

static void on_step(void *context, const struct scenario *scenario, size_t step,
                    const struct oracle *oracle, const struct observation *seen)
{
    struct report *report = context;
    struct text moment = {0};
    char time[TIME_TEXT_BYTES];
    describe_moment(scenario, step, &moment);
    time_print(step == SIZE_MAX ? scenario->world.start_s : scenario->steps[step].after_s, time);
    fprintf(report->options.out, "  %s %s", time, text_chars(&moment));
    if (step != SIZE_MAX && scenario->steps[step].refused != NULL)
        fprintf(report->options.out, ", to be refused with %s", scenario->steps[step].refused);
    fprintf(report->options.out, "\n");
    for (size_t user = 0; user < seen->user_count; user++) {
        for (size_t profile = 0; profile < seen->profile_count; profile++)
            tell_pair(report, oracle, seen, user, profile);
    }
    text_clear(&moment);
}

struct run_watcher report_watcher(struct report *report)
{
    return (struct run_watcher){
        .verdict = on_verdict, .step = report->options.verbose ? on_step : NULL, .context = report};
}

void report_begin(struct report *report, const struct scenario *scenario)
{
    text_clear(&report->broken);
    report->broken_count = 0;
    if (report->options.verbose)
        fprintf(report->options.out, "%s: %s\n", scenario->file, scenario_name(scenario));
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

static void tell_line(struct report *report, const struct scenario *scenario,
                      const struct run_result *result, long elapsed_ms)
{
    const char *verdict =
        result->broken > 0 ? "BROKEN" : (result->undecided > 0 ? "undecided" : "holds");
    const char *colour = !report->options.colours ? ""
                         : result->broken > 0     ? "\033[31m"
                         : result->undecided > 0  ? "\033[33m"
                                                  : "\033[32m";
    size_t file_columns = strlen(scenario->file);
    if (file_columns < report->options.file_columns)
        file_columns = report->options.file_columns;
    size_t taken = VERDICT_COLUMNS + 1 + file_columns + 2 + TAIL_COLUMNS;
    size_t columns =
        taken + RULES_COLUMNS_MIN > LINE_COLUMNS ? RULES_COLUMNS_MIN : LINE_COLUMNS - taken;
    struct text line = {0};
    text_addf(&line, "%s%-*s%s %-*s  ", colour, VERDICT_COLUMNS, verdict,
              colour[0] != '\0' ? "\033[0m" : "", (int)file_columns, scenario->file);
    add_rules(&line, scenario_rules(scenario), columns);
    fprintf(report->options.out, "%s %4zu checks %3ld ms\n", text_chars(&line), result->checks,
            elapsed_ms);
    text_clear(&line);
}

void report_end(struct report *report, const struct scenario *scenario,
                const struct run_result *result, long elapsed_ms)
{
    report->scenarios++;
    report->scenarios_broken += result->broken > 0;
    report->scenarios_undecided += result->broken == 0 && result->undecided > 0;
    report->checks += result->checks;
    bool holds = result->broken == 0 && result->undecided == 0;
    if (!report->options.quiet || !holds)
        tell_line(report, scenario, result, elapsed_ms);
    if (holds)
        return;
    fputs(text_chars(&report->broken), report->options.out);
    if (report->broken_count > BROKEN_SHOWN)
        fprintf(report->options.out, "        and %zu more checks (--json shows all)\n",
                report->broken_count - BROKEN_SHOWN);
    fprintf(report->options.out, "replay: kiro-check run %s -v%s\n", scenario->file,
            report->options.replay_flags);
}

void report_summary(struct report *report, size_t filtered, long elapsed_ms)
{
    size_t hold = report->scenarios - report->scenarios_broken - report->scenarios_undecided;
    if (report->options.quiet && hold == report->scenarios)
        return;
    fprintf(report->options.out, "%zu scenario%s: %zu hold%s", report->scenarios,
            report->scenarios == 1 ? "" : "s", hold, hold == 1 ? "s" : "");
    if (report->scenarios_broken > 0)
        fprintf(report->options.out, ", %zu broken", report->scenarios_broken);
    if (report->scenarios_undecided > 0)
        fprintf(report->options.out, ", %zu undecided", report->scenarios_undecided);
    if (filtered > 0)
        fprintf(report->options.out, ", %zu left out by the filter", filtered);
    fprintf(report->options.out, "; %zu checks; %ld ms\n", report->checks, elapsed_ms);
}
