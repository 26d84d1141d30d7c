/* SPDX-License-Identifier: MIT */
/*
 * Control calls about people and their seats: what no AWS call tells, or what only a signed-in user
 * could do.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/edition_rules.h"
#include "base/editions.h"
#include "base/levels.h"
#include "base/money.h"
#include "base/parameters.h"
#include "base/plans.h"
#include "base/rules.h"
#include "base/statuses.h"
#include "base/text.h"
#include "base/times.h"
#include "services/control/control.h"
#include "wire/shapes.h"
#include "world/changes/account_changes.h"
#include "world/changes/account_closures.h"
#include "world/changes/assignment_changes.h"
#include "world/changes/group_changes.h"
#include "world/changes/user_changes.h"
#include "world/engine/agenda.h"
#include "world/engine/credits.h"
#include "world/engine/seat_calendar.h"
#include "world/engine/seat_use.h"
#include "world/reading/reading.h"
#include "world/rows/timeline.h"
#include "world/time/clock.h"
#include "world/time/propagation.h"

const struct shape USER_ID_ONLY[] = {{.name = "user_id", .required = true, .min = 1, .max = 47},
                                     {0}};
const struct shape ACCOUNT_ONLY[] = {
    {.name = "account", .required = true, .min = 12, .max = 12, .pattern = &PATTERN_ACCOUNT_ID},
    {0}};
const struct shape SUBSCRIPTIONS_IN[] = {{.name = "user_id"}, {.name = "profile_arn"}, {0}};
static const struct shape LISTED_MEMBERS[] = {
    {.name = "users_tab", .kind = SHAPE_BOOLEAN, .required = true},
    {.name = "subscriptions_tab", .kind = SHAPE_BOOLEAN, .required = true},
    {0}};
static const struct shape CREDITS_MEMBERS[] = {{.name = "allowance", .required = true},
                                               {.name = "used", .required = true},
                                               {.name = "overage", .required = true},
                                               {0}};
static const struct shape SOURCE_ELEMENT[] = {{.name = "member"}};
static const struct shape SUBSCRIPTION_MEMBERS[] = {
    {.name = "user_id", .required = true},
    {.name = "user", .required = true},
    {.name = "profile_arn", .required = true},
    {.name = "entitled", .kind = SHAPE_BOOLEAN, .required = true},
    {.name = "status", .required = true},
    {.name = "plan", .required = true},
    {.name = "plan_in_force", .kind = SHAPE_DOCUMENT},
    {.name = "next_plan", .kind = SHAPE_DOCUMENT},
    {.name = "access", .kind = SHAPE_BOOLEAN, .required = true},
    {.name = "access_until", .kind = SHAPE_DOCUMENT},
    {.name = "activated_at", .kind = SHAPE_DOCUMENT},
    {.name = "canceled_at", .kind = SHAPE_DOCUMENT},
    {.name = "rule", .kind = SHAPE_DOCUMENT},
    {.name = "sources", .kind = SHAPE_LIST, .required = true, .members = SOURCE_ELEMENT},
    {.name = "listed", .kind = SHAPE_STRUCTURE, .required = true, .members = LISTED_MEMBERS},
    {.name = "credits", .kind = SHAPE_STRUCTURE, .required = true, .members = CREDITS_MEMBERS},
    {0}};
static const struct shape SUBSCRIPTION_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = SUBSCRIPTION_MEMBERS}};
static const struct shape GROUP_MEMBERS[] = {{.name = "group_id", .required = true},
                                             {.name = "profile_arn", .required = true},
                                             {.name = "plan", .required = true},
                                             {.name = "status", .kind = SHAPE_DOCUMENT},
                                             {0}};
static const struct shape GROUP_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = GROUP_MEMBERS}};
const struct shape SUBSCRIPTIONS_OUT[] = {
    {.name = "subscriptions",
     .kind = SHAPE_LIST,
     .required = true,
     .members = SUBSCRIPTION_ELEMENT},
    {.name = "groups", .kind = SHAPE_LIST, .required = true, .members = GROUP_ELEMENT},
    {0}};
const struct shape BILL_IN[] = {{.name = "month"}, {.name = "account"}, {.name = "user_id"}, {0}};
static const struct shape LINE_MEMBERS[] = {{.name = "account", .required = true},
                                            {.name = "profile_arn", .required = true},
                                            {.name = "user_id", .required = true},
                                            {.name = "plan", .required = true},
                                            {.name = "kind", .required = true},
                                            {.name = "amount", .required = true},
                                            {.name = "rule", .required = true},
                                            {.name = "at", .required = true},
                                            {0}};
static const struct shape LINE_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = LINE_MEMBERS}};
const struct shape BILL_OUT[] = {
    {.name = "month", .required = true},
    {.name = "currency", .required = true},
    {.name = "forecast", .kind = SHAPE_BOOLEAN, .required = true},
    {.name = "total", .required = true},
    {.name = "lines", .kind = SHAPE_LIST, .required = true, .members = LINE_ELEMENT},
    {0}};
const struct shape BILLS_IN[] = {{.name = "from", .required = true},
                                 {.name = "to", .required = true},
                                 {.name = "account"},
                                 {.name = "user_id"},
                                 {0}};
static const struct shape BILL_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = BILL_OUT}};
const struct shape BILLS_OUT[] = {
    {.name = "bills", .kind = SHAPE_LIST, .required = true, .members = BILL_ELEMENT}, {0}};
const struct shape TOKEN_OUT[] = {
    {.name = "access_token", .required = true}, {.name = "expires_at", .required = true}, {0}};
static const char *const CLIENTS[] = {"cli", "ide", NULL};
const struct shape USE_IN[] = {{.name = "user_id", .required = true},
                               {.name = "profile_arn", .required = true},
                               {.name = "credits"},
                               {.name = "dry_run", .kind = SHAPE_BOOLEAN},
                               {.name = "client", .values = CLIENTS},
                               {0}};
const struct shape USE_OUT[] = {
    {.name = "allowed", .kind = SHAPE_BOOLEAN, .required = true}, {.name = "code"}, {0}};
static const struct shape PAIR_MEMBERS[] = {
    {.name = "user_id", .required = true}, {.name = "profile_arn", .required = true}, {0}};
static const struct shape PAIR_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = PAIR_MEMBERS}};
const struct shape USES_IN[] = {
    {.name = "uses", .kind = SHAPE_LIST, .required = true, .members = PAIR_ELEMENT}, {0}};
static const struct shape USE_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = USE_OUT}};
const struct shape USES_OUT[] = {
    {.name = "uses", .kind = SHAPE_LIST, .required = true, .members = USE_ELEMENT}, {0}};
const struct shape TIMELINE_IN[] = {
    {.name = "user_id"}, {.name = "since"}, {.name = "limit"}, {.name = "after"}, {0}};
static const struct shape ENTRY_MEMBERS[] = {
    {.name = "seq", .kind = SHAPE_INTEGER, .required = true},
    {.name = "at", .required = true},
    {.name = "actor", .required = true},
    {.name = "event", .required = true},
    {.name = "subject", .required = true},
    {.name = "before", .kind = SHAPE_DOCUMENT},
    {.name = "after", .kind = SHAPE_DOCUMENT},
    {.name = "rule", .kind = SHAPE_DOCUMENT},
    {.name = "cause_seq", .kind = SHAPE_DOCUMENT},
    {.name = "kind"},
    {.name = "source", .kind = SHAPE_DOCUMENT},
    {.name = "level", .kind = SHAPE_DOCUMENT},
    {0}};
static const struct shape ENTRY_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = ENTRY_MEMBERS}};
const struct shape TIMELINE_OUT[] = {
    {.name = "entries", .kind = SHAPE_LIST, .required = true, .members = ENTRY_ELEMENT},
    {.name = "next", .kind = SHAPE_DOCUMENT},
    {0}};

const struct shape EXPLAIN_OUT[] = {
    {.name = "entries", .kind = SHAPE_LIST, .required = true, .members = ENTRY_ELEMENT}, {0}};

enum fault control_wrong(struct call *call, const char *member, const char *right)
{
    snprintf(call->problem.path, sizeof call->problem.path, "/%s", member);
    return problem_set(&call->problem, FAULT_INVALID, "wrong value of '%s'; %s", member, right);
}

struct seen_seats {
    struct call *call;
    struct json *array;
    const char *user_id;
    const char *profile_arn;
    enum fault fault;
};

struct seen_sources {
    struct json *array;
    bool entitled;
};

static void see_source(void *self, const char *group_name)
{
    struct seen_sources *sources = self;
    struct text text = {0};
    text_addf(&text, "%s%s",
              group_name == NULL ? "user" : "group:", group_name == NULL ? "" : group_name);
    json_push(sources->array, json_new_text(text_chars(&text)));
    sources->entitled = true;
    text_clear(&text);
}

static void put_plan(struct json *out, const char *name, enum plan plan)
{
    json_put_text(out, name, plan == PLAN_NONE ? NULL : plan_facts(plan)->name);
}

/* An edition may show a canceled seat as on its way out until its row leaves. */
static const char *status_shown(const struct reading *reading, const struct seat *seat,
                                const struct seat_listing *listing)
{
    if (seat->status == SEAT_PENDING && reading->values[PENDING_STATUS] == PENDING_IS_UNAVAILABLE)
        return "UNAVAILABLE";
    bool leaving = seat->status == SEAT_CANCELED && listing->subscriptions_tab &&
                   reading->values[STATUS_AFTER_CANCEL] == STATUS_PENDING_REMOVAL;
    return seat_status_name(leaving ? SEAT_PENDING_REMOVAL : seat->status);
}

/* Of the current month, as texts with two places. */
static enum fault put_credits(struct world *world, struct json *out, const struct seat *seat)
{
    struct credits credits = {0};
    enum fault fault = credits_of(world, seat, CLIENT_CLI, &credits);
    struct json *put = json_put(out, "credits", json_new_object());
    call_put_money(put, "allowance", credits.allowance);
    call_put_money(put, "used", credits.used);
    call_put_money(put, "overage", credits.over);
    return fault;
}

enum { SMALLEST_USE = 1 }; /* a hundredth of a credit, the smallest metered unit (rulebook 5A) */

/* The four axes of one seat. */
static enum fault put_seat(struct call *call, struct json *out, const struct seat *seat)
{
    struct world *world = world_of(call);
    struct seat_listing listing = seat_listing(world, seat);
    const char *code = NULL;
    struct seen_sources sources = {.array = json_new_array()};
    enum fault fault = seat_use(world, seat->user_id, seat->profile_arn, SMALLEST_USE, true, &code);
    if (fault == FAULT_NONE)
        fault = claim_each_source(world, seat->user_id, seat->profile_arn, see_source, &sources);
    bool drops = seat->status == SEAT_ACTIVE && seat->plan < seat->plan_in_force;
    json_put_text(out, "user_id", seat->user_id);
    json_put_text(out, "user", listing.by_name ? seat->user_name : seat->user_id);
    json_put_text(out, "profile_arn", seat->profile_arn);
    json_put_boolean(out, "entitled", sources.entitled);
    json_put_text(out, "status", status_shown(world->reading, seat, &listing));
    put_plan(out, "plan", seat->plan);
    put_plan(out, "plan_in_force", seat->plan_in_force);
    put_plan(out, "next_plan", drops ? seat->plan : PLAN_NONE);
    json_put_boolean(out, "access", code == NULL);
    call_put_time(out, "access_until", held(seat->access_until_s) ? 0 : seat->access_until_s);
    call_put_time(out, "activated_at", seat->activated_s);
    call_put_time(out, "canceled_at", seat->canceled_s);
    json_put_text(out, "rule", seat->cause == CAUSE_NONE ? NULL : cause_rule(seat->cause));
    json_put(out, "sources", sources.array);
    if (fault != FAULT_NONE)
        return fault;
    fault = put_credits(world, out, seat);
    struct json *listed = json_put(out, "listed", json_new_object());
    json_put_boolean(listed, "users_tab", listing.users_tab);
    json_put_boolean(listed, "subscriptions_tab", listing.subscriptions_tab);
    return fault;
}

static void see_seat(void *self, const struct seat *seat)
{
    struct seen_seats *seen = self;
    if ((seen->user_id != NULL && strcmp(seen->user_id, seat->user_id) != 0) ||
        (seen->profile_arn != NULL && strcmp(seen->profile_arn, seat->profile_arn) != 0))
        return;
    enum fault fault = put_seat(seen->call, json_push(seen->array, json_new_object()), seat);
    if (fault != FAULT_NONE)
        seen->fault = fault;
}

enum fault control_put_subscriptions(struct call *call, struct json *array, const char *user_id,
                                     const char *profile_arn)
{
    struct seen_seats seen = {
        .call = call, .array = array, .user_id = user_id, .profile_arn = profile_arn};
    enum fault fault = seat_each(world_of(call), see_seat, &seen);
    if (fault != FAULT_NONE)
        return fault;
    return seen.fault;
}

struct seen_groups {
    struct json *array;
    const char *status;
};

static void see_group(void *self, const struct principal *principal, const char *profile_arn,
                      enum plan plan, int64_t created_s)
{
    const struct seen_groups *seen = self;
    (void)created_s;
    if (!principal->is_group)
        return;
    struct json *out = json_push(seen->array, json_new_object());
    json_put_text(out, "group_id", principal->id);
    json_put_text(out, "profile_arn", profile_arn);
    put_plan(out, "plan", plan);
    json_put_text(out, "status", seen->status);
}

/*
 * The Groups tab. A group has no status, since seats belong to people, but in a reading (rule 28).
 */
static enum fault put_groups(struct call *call)
{
    struct world *world = world_of(call);
    bool shown = world->reading->values[GROUP_STATUS] == GROUP_STATUS_SUBSCRIBED;
    struct seen_groups seen = {.array = json_put(call->output, "groups", json_new_array()),
                               .status = shown ? "Subscribed" : NULL};
    return assignment_each(world, see_group, &seen);
}

enum fault control_get_subscriptions(struct call *call)
{
    enum fault fault = put_groups(call);
    return fault != FAULT_NONE
               ? fault
               : control_put_subscriptions(
                     call, json_put(call->output, "subscriptions", json_new_array()),
                     json_member_text(call->input, "user_id"),
                     json_member_text(call->input, "profile_arn"));
}

struct seen_lines {
    struct json *array;
    const char *account;
    const char *user_id;
    int64_t total_cents;
};

static void see_line(void *self, const struct bill_line *line)
{
    struct seen_lines *seen = self;
    if ((seen->account != NULL && strcmp(seen->account, line->account_id) != 0) ||
        (seen->user_id != NULL && strcmp(seen->user_id, line->user_id) != 0))
        return;
    struct json *out = json_push(seen->array, json_new_object());
    json_put_text(out, "account", line->account_id);
    json_put_text(out, "profile_arn", line->profile_arn);
    json_put_text(out, "user_id", line->user_id);
    json_put_text(out, "plan", plan_facts(line->plan)->name);
    json_put_text(out, "kind", line->kind);
    call_put_money(out, "amount", line->amount_cents);
    json_put_text(out, "rule", line->rule);
    call_put_time(out, "at", line->at_s);
    seen->total_cents += line->amount_cents;
}

enum fault control_put_bill(struct call *call, struct json *out, int64_t month_s,
                            const char *account, const char *user_id)
{
    char month[MONTH_TEXT_BYTES];
    bool forecast = false;
    struct seen_lines seen = {.array = json_new_array(), .account = account, .user_id = user_id};
    enum fault fault = agenda_each_line(world_of(call), month_s, &forecast, see_line, &seen);
    month_print(month_s, month);
    json_put_text(out, "month", month);
    json_put_text(out, "currency", "USD");
    json_put_boolean(out, "forecast", forecast);
    call_put_money(out, "total", seen.total_cents);
    json_put(out, "lines", seen.array);
    return fault;
}

/* A bill of nobody is no bill of nothing. */
static enum fault check_user(struct call *call)
{
    const char *user_id = json_member_text(call->input, "user_id");
    bool was = true;
    enum fault fault = user_id == NULL ? FAULT_NONE : user_was_ever(world_of(call), user_id, &was);
    if (fault != FAULT_NONE || was)
        return fault;
    text_copy(call->problem.path, sizeof call->problem.path, "/user_id");
    return problem_set(&call->problem, FAULT_NOT_FOUND, "there was never a user '%.64s'", user_id);
}

#define MONTH_WANTED "expected a month like 2026-04"

enum fault control_get_bill(struct call *call)
{
    const char *month = json_member_text(call->input, "month");
    int64_t month_s = clock_month(world_of(call));
    if (month != NULL && !month_parse(month, &month_s))
        return control_wrong(call, "month", MONTH_WANTED);
    enum fault fault = check_user(call);
    if (fault != FAULT_NONE)
        return fault;
    return control_put_bill(call, call->output, month_s, json_member_text(call->input, "account"),
                            json_member_text(call->input, "user_id"));
}

enum fault control_get_bills(struct call *call)
{
    struct json *bills = json_put(call->output, "bills", json_new_array());
    int64_t month_s = 0;
    int64_t last_s = 0;
    if (!month_parse(json_member_text(call->input, "from"), &month_s))
        return control_wrong(call, "from", MONTH_WANTED);
    if (!month_parse(json_member_text(call->input, "to"), &last_s))
        return control_wrong(call, "to", MONTH_WANTED);
    enum fault fault = check_user(call);
    for (; fault == FAULT_NONE && month_s <= last_s; month_s = month_next(month_s)) {
        if (json_count(bills) == LIMIT_BILLS)
            return control_wrong(call, "to", "expected a hundred years at most");
        fault = control_put_bill(call, json_push(bills, json_new_object()), month_s,
                                 json_member_text(call->input, "account"),
                                 json_member_text(call->input, "user_id"));
    }
    return fault;
}

enum fault control_post_token(struct call *call)
{
    char token[UUID_TEXT_BYTES];
    int64_t expires_s = 0;
    enum fault fault =
        sign_in(world_of(call), json_member_text(call->input, "user_id"), token, &expires_s);
    json_put_text(call->output, "access_token", token);
    call_put_time(call->output, "expires_at", expires_s);
    return fault;
}

static void put_use(struct json *out, const char *code)
{
    json_put_boolean(out, "allowed", code == NULL);
    if (code != NULL)
        json_put_text(out, "code", code);
}

enum fault control_post_use(struct call *call)
{
    const char *credits = json_member_text(call->input, "credits");
    const char *code = NULL;
    int64_t hundredths = SMALLEST_USE;
    if (credits != NULL && (!money_parse(credits, &hundredths) || hundredths <= 0))
        return control_wrong(call, "credits", "expected a positive decimal text like \"1.00\"");
    const char *client = json_member_text(call->input, "client");
    bool in_editor = client != NULL && strcmp(client, "ide") == 0;
    enum fault fault = seat_use_with(world_of(call), in_editor ? CLIENT_IDE : CLIENT_CLI,
                                     json_member_text(call->input, "user_id"),
                                     json_member_text(call->input, "profile_arn"), hundredths,
                                     json_true(json_member(call->input, "dry_run")), &code);
    put_use(call->output, code);
    return fault;
}

enum fault control_post_uses(struct call *call)
{
    struct json *uses = json_put(call->output, "uses", json_new_array());
    enum fault fault = FAULT_NONE;
    for (const struct json *use = json_first(json_member(call->input, "uses")); use != NULL;
         use = json_next(use)) {
        const char *code = NULL;
        fault = seat_use(world_of(call), json_member_text(use, "user_id"),
                         json_member_text(use, "profile_arn"), SMALLEST_USE, true, &code);
        put_use(json_push(uses, json_new_object()), code);
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}

enum fault control_disable_user(struct call *call)
{
    return user_set_active(world_of(call), json_member_text(call->input, "user_id"), false);
}

enum fault control_enable_user(struct call *call)
{
    return user_set_active(world_of(call), json_member_text(call->input, "user_id"), true);
}

enum fault control_reopen_account(struct call *call)
{
    return account_reopen(world_of(call), json_member_text(call->input, "account"));
}

/* A whole number from 0 to `most` out of a query's text. */
bool control_query_number(const struct json *input, const char *member, int64_t most, int64_t *out)
{
    const char *text = json_member_text(input, member);
    if (text == NULL)
        return true;
    char *end = NULL;
    int64_t number = (int64_t)strtoll(text, &end, 10);
    *out = number;
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && strlen(text) < 18 && number <= most;
}

struct seen_entries {
    const struct edition
        *edition; /* explain: whose words and levels stand beside a rule; NULL: none do */
    struct json *array;
    int64_t limit;
    int64_t last;
    bool more;
};

/* What an entry is a step of, and on which axis its rule speaks there. */
static const struct entry_kind {
    const char *event;
    const char *kind;
    enum axis axis;
} ENTRY_KINDS[] = {{"CreateGroupMembership", "membership", AXIS_STATUS},
                   {"DeleteGroupMembership", "membership", AXIS_STATUS},
                   {"membership ends", "membership", AXIS_STATUS},
                   {"claim", "claim", AXIS_STATUS},
                   {"seat", "seat", AXIS_STATUS},
                   {"row leaves the list", "seat", AXIS_LISTING},
                   {"access begins", "access", AXIS_ACCESS},
                   {"access goes on", "access", AXIS_ACCESS},
                   {"access ends", "access", AXIS_ACCESS},
                   {"charge", "bill", AXIS_CHARGE},
                   {"refund", "bill", AXIS_CHARGE},
                   {"overage", "bill", AXIS_CHARGE},
                   {NULL, "event", AXIS_STATUS}};

static void put_reason(struct json *out, const struct edition *edition, const struct entry *entry)
{
    const struct rule *rule = entry->rule == NULL ? NULL : rule_find(entry->rule);
    const struct entry_kind *kind = ENTRY_KINDS;
    struct rule_reading reading = {.source = NULL};
    while (kind->event != NULL && strcmp(kind->event, entry->event) != 0)
        kind++;
    if (rule != NULL)
        rule_in_edition(rule, edition, &reading);
    json_put_text(out, "kind", kind->kind);
    json_put_text(out, "source", reading.source);
    json_put_text(out, "level", rule == NULL ? NULL : level_name(reading.level[kind->axis]));
}

static void see_entry(void *self, const struct entry *entry)
{
    struct seen_entries *seen = self;
    seen->more = (int64_t)json_count(seen->array) == seen->limit;
    if (seen->more)
        return;
    struct json *out = json_push(seen->array, json_new_object());
    json_put_integer(out, "seq", entry->seq);
    call_put_time(out, "at", entry->at_s);
    json_put_text(out, "actor", entry->actor);
    json_put_text(out, "event", entry->event);
    json_put_text(out, "subject", entry->subject);
    json_put_text(out, "before", entry->before);
    json_put_text(out, "after", entry->after);
    json_put_text(out, "rule", entry->rule);
    json_put(out, "cause_seq",
             entry->cause_seq == 0 ? json_new_null() : json_new_integer(entry->cause_seq));
    if (seen->edition != NULL)
        put_reason(out, seen->edition, entry);
    seen->last = entry->seq;
}

enum fault control_get_timeline(struct call *call)
{
    struct seen_entries seen = {.limit = 1000};
    int64_t after = 0;
    int64_t since_s = 0;
    const char *since = json_member_text(call->input, "since");
    if (!control_query_number(call->input, "limit", 10000, &seen.limit) || seen.limit == 0)
        return control_wrong(call, "limit", "expected 1 to 10000");
    if (!control_query_number(call->input, "after", INT64_MAX, &after))
        return control_wrong(call, "after", "expected a number of an entry");
    if (since != NULL && !time_parse(since, &since_s))
        return control_wrong(call, "since", "expected a time like 2026-04-01T00:00:00Z");
    seen.array = json_put(call->output, "entries", json_new_array());
    enum fault fault = timeline_each(world_of(call), json_member_text(call->input, "user_id"),
                                     after, since_s, seen.limit + 1, see_entry, &seen);
    json_put(call->output, "next", seen.more ? json_new_integer(seen.last) : json_new_null());
    return fault;
}

/*
 * Everything that happened to one user, and the changes to others that caused some of it (a group
 * subscribed, a profile deleted).
 */
enum fault control_get_explain(struct call *call)
{
    struct seen_entries seen = {.edition = world_of(call)->reading->edition,
                                .limit = INT64_MAX,
                                .array = json_put(call->output, "entries", json_new_array())};
    return timeline_explain(world_of(call), json_member_text(call->input, "user_id"), see_entry,
                            &seen);
}
