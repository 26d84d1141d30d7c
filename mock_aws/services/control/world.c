/* SPDX-License-Identifier: MIT */
/* Control calls about the world as a whole: its health, its clock, reset, the document. */
#include "services/control/control.h"
#include "services/control/document_check.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/editions.h"
#include "base/lags.h"
#include "base/text.h"
#include "base/times.h"
#include "world/document/document.h"
#include "world/engine/agenda.h"
#include "world/reading/reading.h"
#include "world/time/clock.h"

static const struct shape ANY[] = {{.name = "value", .kind = SHAPE_DOCUMENT}};
static const char *const MODES[] = {"frozen", "running", NULL};
const struct shape HEALTH_OUT[] = {{.name = "status", .required = true},
                                   {.name = "version", .required = true},
                                   {.name = "schema", .kind = SHAPE_INTEGER, .required = true},
                                   {.name = "now", .required = true},
                                   {.name = "seed", .kind = SHAPE_INTEGER, .required = true},
                                   {.name = "edition", .required = true},
                                   {.name = "timing", .required = true},
                                   {0}};
const struct shape DIGEST_OUT[] = {{.name = "digest", .required = true}, {0}};
const struct shape CLOCK_IN[] = {{.name = "now"}, {.name = "mode", .values = MODES}, {0}};
const struct shape CLOCK_OUT[] = {
    {.name = "now", .required = true}, {.name = "mode", .required = true, .values = MODES}, {0}};
const struct shape ADVANCE_IN[] = {{.name = "by"}, {.name = "to"}, {0}};
const struct shape ADVANCE_OUT[] = {{.name = "now", .required = true},
                                    {.name = "settled", .kind = SHAPE_INTEGER, .required = true},
                                    {0}};
static const char *const TIMINGS[] = {"instant", "documented", NULL};
const struct shape RESET_IN[] = {
    {.name = "snapshot"},
    {.name = "seed", .kind = SHAPE_INTEGER, .min = 1, .max = INT32_MAX},
    {.name = "start"},
    {.name = "edition", .kind = SHAPE_DOCUMENT},
    {.name = "timing", .values = TIMINGS},
    {.name = "deviations", .kind = SHAPE_LIST, .members = ANY},
    {.name = "world", .kind = SHAPE_DOCUMENT},
    {.name = "empty", .kind = SHAPE_BOOLEAN},
    {0}};
const struct shape NAMES_OUT[] = {
    {.name = "accounts", .kind = SHAPE_MAP, .required = true, .members = ANY},
    {.name = "instances", .kind = SHAPE_MAP, .required = true, .members = ANY},
    {.name = "users", .kind = SHAPE_MAP, .required = true, .members = ANY},
    {.name = "groups", .kind = SHAPE_MAP, .required = true, .members = ANY},
    {.name = "profiles", .kind = SHAPE_MAP, .required = true, .members = ANY},
    {.name = "scim", .kind = SHAPE_MAP, .required = true, .members = ANY},
    {0}};
/* A document's own check says more than a shape could. */
const struct shape WORLD_DOCUMENT[] = {
    {.name = "format", .kind = SHAPE_DOCUMENT},   {.name = "start", .kind = SHAPE_DOCUMENT},
    {.name = "accounts", .kind = SHAPE_DOCUMENT}, {.name = "instances", .kind = SHAPE_DOCUMENT},
    {.name = "users", .kind = SHAPE_DOCUMENT},    {.name = "groups", .kind = SHAPE_DOCUMENT},
    {.name = "profiles", .kind = SHAPE_DOCUMENT}, {.name = "assignments", .kind = SHAPE_DOCUMENT},
    {.name = "uses", .kind = SHAPE_DOCUMENT},     {.name = "subscriptions", .kind = SHAPE_DOCUMENT},
    {.name = "bills", .kind = SHAPE_DOCUMENT},    {0}};

enum fault control_get_health(struct call *call)
{
    struct world *world = world_of(call);
    json_put_text(call->output, "status", "ok");
    json_put_text(call->output, "version", MOCK_KIRO_VERSION);
    json_put_integer(call->output, "schema", STORE_SCHEMA);
    call_put_time(call->output, "now", world->now_s);
    json_put_integer(call->output, "seed", (int64_t)world->ids.seed);
    json_put_text(call->output, "edition", world->reading->edition->name);
    json_put_text(call->output, "timing", world->reading->timing->name);
    return FAULT_NONE;
}

enum fault control_get_digest(struct call *call)
{
    uint64_t digest = 0;
    char text[17];
    enum fault fault = store_digest(world_of(call)->store, &digest);
    snprintf(text, sizeof text, "%016" PRIx64, digest);
    json_put_text(call->output, "digest", text);
    return fault;
}

enum fault control_get_clock(struct call *call)
{
    struct world *world = world_of(call);
    call_put_time(call->output, "now", world->now_s);
    json_put_text(call->output, "mode", world->running ? "running" : "frozen");
    return FAULT_NONE;
}

static enum fault wrong_time(struct call *call, const char *member, const char *right)
{
    snprintf(call->problem.path, sizeof call->problem.path, "/%s", member);
    return problem_set(&call->problem, FAULT_INVALID, "wrong value of '%s'; %s", member, right);
}

#define TIME_WANTED "expected a time like 2026-07-01T00:00:00Z"

enum fault control_put_clock(struct call *call)
{
    struct world *world = world_of(call);
    const char *now = json_member_text(call->input, "now");
    const char *mode = json_member_text(call->input, "mode");
    int64_t now_s = world->now_s;
    if (now != NULL && !time_parse(now, &now_s))
        return wrong_time(call, "now", TIME_WANTED);
    enum fault fault = agenda_advance(world, now_s, NULL);
    if (fault != FAULT_NONE)
        return fault;
    if (mode != NULL)
        clock_set_running(world, strcmp(mode, "running") == 0);
    return control_get_clock(call);
}

/* Seconds from now; refused where the calendar of RFC 3339 would end. */
static enum fault advance_target(struct call *call, int64_t now_s, int64_t *out_to_s)
{
    static const int64_t LAST_S = INT64_C(253402300799); /* 9999-12-31T23:59:59Z */
    const char *by = json_member_text(call->input, "by");
    const char *to = json_member_text(call->input, "to");
    int64_t by_s = 0;
    if ((by == NULL) == (to == NULL))
        return problem_set(&call->problem, FAULT_INVALID, "expected either \"by\" or \"to\"");
    if (to != NULL && strcmp(to, "next-month") == 0)
        *out_to_s = month_next(now_s);
    else if (to != NULL && !time_parse(to, out_to_s))
        return wrong_time(call, "to", TIME_WANTED " or next-month");
    if (by != NULL && !duration_parse(by, &by_s))
        return wrong_time(call, "by", "expected a duration like P1D, PT30M, 24h or 30d");
    if (by != NULL)
        *out_to_s = by_s > LAST_S - now_s ? LAST_S + 1 : now_s + by_s;
    return *out_to_s <= LAST_S
               ? FAULT_NONE
               : wrong_time(call, by == NULL ? "to" : "by", "the year 9999 is the last");
}

enum fault control_advance_clock(struct call *call)
{
    struct world *world = world_of(call);
    int64_t to_s = 0;
    int64_t settled = 0;
    enum fault fault = advance_target(call, world->now_s, &to_s);
    if (fault != FAULT_NONE)
        return fault;
    fault = agenda_advance(world, to_s, &settled);
    call_put_time(call->output, "now", world->now_s);
    json_put_integer(call->output, "settled", settled);
    return fault;
}

/* Every instance of a loaded document comes with a way in for its provisioning. */
static enum fault put_scim(struct call *call, struct json *names)
{
    struct json *scim = json_put(names, "scim", json_new_object());
    const struct json *instances = json_member(names, "instances");
    enum fault fault = FAULT_NONE;
    for (const struct json *item = json_first(instances); item != NULL; item = json_next(item)) {
        struct instance instance;
        fault = instance_get(world_of(call), json_member_text(item, "arn"), &instance);
        if (fault != FAULT_NONE)
            return fault;
        fault = control_put_scim_token(call, json_put(scim, json_name(item), json_new_object()),
                                       &instance);
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}

static enum fault load(struct call *call, const struct json *document, const char *pointer,
                       int64_t start_s, bool gives_tokens)
{
    struct json *names = NULL;
    enum fault fault = document_check(document, pointer, &call->problem);
    if (fault != FAULT_NONE)
        return fault;
    fault = document_load(world_of(call), document, pointer, start_s, &names);
    if (fault != FAULT_NONE)
        return fault;
    json_free(call->output);
    call->output = names;
    return gives_tokens ? put_scim(call, names) : FAULT_NONE;
}

enum fault control_put_world(struct call *call)
{
    return load(call, call->input, "", world_of(call)->now_s, true);
}

/* Nothing was asked to be loaded: nothing has a name. */
static void put_no_names(struct call *call)
{
    for (const struct shape *member = NAMES_OUT; member->name != NULL; member++)
        json_put(call->output, member->name, json_new_object());
}

enum fault control_snapshot_named(struct call *call, struct snapshots *snapshots, const char *name,
                                  struct snapshot **out_snapshot)
{
    *out_snapshot = snapshot_find(snapshots, name);
    return *out_snapshot != NULL ? FAULT_NONE
                                 : problem_set(&call->problem, FAULT_NOT_FOUND,
                                               "there is no snapshot '%.64s' of this world", name);
}

/* Everything is in the snapshot, so nothing else can be asked for. */
static enum fault restore(struct call *call, struct snapshots *snapshots)
{
    struct snapshot *snapshot = NULL;
    if (json_count(call->input) > 1)
        return control_wrong(call, "snapshot",
                             "a snapshot has a seed, a time and a reading of its own");
    enum fault fault = control_snapshot_named(call, snapshots,
                                              json_member_text(call->input, "snapshot"), &snapshot);
    put_no_names(call);
    if (fault != FAULT_NONE)
        return fault;
    return world_restore(world_of(call), snapshot->image, snapshot->bytes);
}

/* The document that the world was made with, beginning at `start` unless that is NULL. */
static enum fault load_own(struct call *call, const char *start, int64_t start_s)
{
    const struct served *served = call->world;
    struct json *document = json_copy(served->document);
    if (start != NULL)
        json_put_text(document, "start", start);
    const char *actor = call->actor;
    if (served->document_of_start)
        call->actor = "world document";
    enum fault fault = load(call, document, "", start_s, served->document_gives_tokens);
    call->actor = actor;
    json_free(document);
    return fault;
}

/*
 * As the world was started, but for what `input` says otherwise; with the document that it names,
 * or, if `own`, the one that the world was made with.
 */
static enum fault start_anew(struct call *call, const struct json *input, bool own)
{
    struct world *world = world_of(call);
    const struct served *served = call->world;
    const struct json *document = json_member(input, "world");
    const struct json *seed = json_member(input, "seed");
    const char *start = json_member_text(input, "start");
    const char *world_start = json_member_text(document, "start");
    int64_t start_s = world->start_s;
    struct reading reading = *world->start_reading;
    if (start != NULL && !time_parse(start, &start_s))
        return wrong_time(call, "start", TIME_WANTED);
    if (start != NULL && world_start != NULL && strcmp(start, world_start) != 0)
        return wrong_time(call, "start", "the world document names another start");
    enum fault fault =
        control_reading_apply(call, json_member(input, "edition"), "/edition",
                              json_member(input, "deviations"), "/deviations", &reading);
    if (fault != FAULT_NONE)
        return fault;
    const char *timing = json_member_text(input, "timing");
    if (timing != NULL)
        reading.timing = timing_find(timing);
    reading_settle(&reading);
    fault = world_reset(world, seed == NULL ? world->start_seed : (uint64_t)json_integer(seed),
                        start_s, &reading);
    if (fault != FAULT_NONE)
        return fault;
    if (world->start_running)
        clock_set_running(world, true);
    if (document != NULL)
        return load(call, document, "/world", start_s, true);
    if (own && served->document != NULL)
        return load_own(call, start, start_s);
    put_no_names(call);
    return fault;
}

enum fault control_reset_to_nothing(struct call *call)
{
    struct served *served = call->world;
    enum fault fault = start_anew(call, NULL, false);
    if (fault == FAULT_NONE)
        faults_set(&served->faults, NULL, 0);
    return fault;
}

enum fault control_reset_from(struct call *call, struct snapshots *snapshots)
{
    struct served *served = call->world;
    bool known = json_member(call->input, "snapshot") != NULL;
    bool empty = json_true(json_member(call->input, "empty"));
    if (empty && json_member(call->input, "world") != NULL)
        return control_wrong(call, "empty", "expected either \"world\" or \"empty\"");
    enum fault fault = known ? restore(call, snapshots) : start_anew(call, call->input, !empty);
    if (fault != FAULT_NONE)
        return fault;
    faults_set(&served->faults, NULL, 0);
    return FAULT_NONE;
}

enum fault control_post_reset(struct call *call)
{
    struct served *served = call->world;
    return control_reset_from(call, &served->snapshots);
}

enum fault control_get_world(struct call *call)
{
    struct world *world = world_of(call);
    struct json *document = NULL;
    enum fault fault = document_dump(world, &document);
    if (fault != FAULT_NONE)
        return fault;
    json_free(call->output);
    call->output = document;
    fault = control_put_subscriptions(call, json_put(document, "subscriptions", json_new_array()),
                                      NULL, NULL);
    struct json *bills = json_put(document, "bills", json_new_array());
    int64_t this_month_s = clock_month(world);
    int64_t months_s[] = {this_month_s, month_next(this_month_s)};
    if (fault != FAULT_NONE)
        return fault;
    for (size_t i = 0; i < sizeof months_s / sizeof months_s[0]; i++) {
        fault =
            control_put_bill(call, json_push(bills, json_new_object()), months_s[i], NULL, NULL);
        if (fault != FAULT_NONE)
            return fault;
    }
    return FAULT_NONE;
}
