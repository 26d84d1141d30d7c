/* SPDX-License-Identifier: MIT */
/*
 * Looking. Nothing here knows what would be right; a word that no table knows is kept as it came.
 */
#include "run/observe.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/plans.h"
#include "base/times.h"
#include "judge/decimal.h"

struct look {
    struct aws *aws;
    const struct registry *registry;
    struct sightings *out;
};

static void say(char out[SIGHT_TEXT_BYTES], const char *text)
{
    snprintf(out, SIGHT_TEXT_BYTES, "%s", text == NULL ? "none" : text);
}

static const struct actor *actor_at(const struct look *look, enum actor_kind kind, size_t index)
{
    return &look->registry->of[kind].items[index];
}

static ptrdiff_t index_of_id(const struct look *look, enum actor_kind kind, const char *id)
{
    const struct actors *actors = &look->registry->of[kind];
    for (size_t i = 0; id != NULL && i < actors->count; i++) {
        if (actors->items[i].id != NULL && strcmp(actors->items[i].id, id) == 0)
            return (ptrdiff_t)i;
    }
    return -1;
}

static struct sight *sight_of(const struct look *look, size_t user, size_t profile)
{
    return &look->out->sights[user * look->out->seen.profile_count + profile];
}

/* Takes `text`, which was allocated for it. */
static void add_oddity(struct look *look, const char *rule, const char *text)
{
    struct sightings *out = look->out;
    out->oddities = mem_grow(out->oddities, out->seen.oddity_count, &out->oddity_capacity,
                             sizeof *out->oddities);
    out->oddities[out->seen.oddity_count++] = (struct oddity){rule, text};
    out->seen.oddities = out->oddities;
}

/* A control call that must answer 200. */
static bool ask(struct look *look, const char *method, const char *path, struct json *input,
                struct aws_answer *out_answer)
{
    if (!aws_control(look->aws, method, path, input, out_answer))
        return false;
    if (out_answer->status != 200)
        return aws_problem_set(look->aws, "%s answered %ld %s", path, out_answer->status,
                               out_answer->code);
    return true;
}

static void read_sources(const struct json *sources, char out[SIGHT_TEXT_BYTES])
{
    bool by_user = false;
    bool by_group = false;
    for (const struct json *source = json_first(sources); source != NULL;
         source = json_next(source)) {
        bool is_user = json_text(source) != NULL && strcmp(json_text(source), "user") == 0;
        by_user |= is_user;
        by_group |= !is_user;
    }
    say(out,
        by_user && by_group ? "user+group" : (by_user ? "user" : (by_group ? "group" : "none")));
}

static void read_record(const struct json *row, const struct actor *user, struct sight *sight)
{
    const struct json *listed = json_member(row, "listed");
    const char *shown = json_member_text(row, "user");
    sight->recorded = true;
    sight->entitled = json_true(json_member(row, "entitled"));
    say(sight->status, json_member_text(row, "status"));
    say(sight->plan, json_member_text(row, "plan"));
    say(sight->plan_in_force, json_member_text(row, "plan_in_force"));
    say(sight->next_plan, json_member_text(row, "next_plan"));
    read_sources(json_member(row, "sources"), sight->sources);
    sight->access = json_true(json_member(row, "access"));
    say(sight->access_until, json_member_text(row, "access_until"));
    sight->users_tab = json_true(json_member(listed, "users_tab"));
    sight->subscriptions_tab = json_true(json_member(listed, "subscriptions_tab"));
    say(sight->shown_as, shown);
    if (shown != NULL && strcmp(shown, user->name) == 0)
        say(sight->shown_as, "name");
    else if (shown != NULL && strcmp(shown, user->id) == 0)
        say(sight->shown_as, "id");
    say(sight->ended_by, json_member_text(row, "rule"));
}

/* The Groups tab. */
static void read_groups(struct look *look, const struct json *rows)
{
    struct sightings *out = look->out;
    for (const struct json *row = json_first(rows); row != NULL; row = json_next(row)) {
        const char *group_id = json_member_text(row, "group_id");
        ptrdiff_t group = index_of_id(look, ACTOR_GROUP, group_id);
        ptrdiff_t profile = index_of_id(look, ACTOR_PROFILE, json_member_text(row, "profile_arn"));
        if (group < 0 || profile < 0) {
            add_oddity(
                look, NULL,
                mem_format("/_mock/subscriptions: group %s", group_id == NULL ? "?" : group_id));
            continue;
        }
        out->groups =
            mem_grow(out->groups, out->seen.group_count, &out->group_capacity, sizeof *out->groups);
        out->seen.groups = out->groups;
        struct group_sight *sight = &out->groups[out->seen.group_count++];
        sight->group = actor_at(look, ACTOR_GROUP, (size_t)group)->handle;
        sight->profile = out->profiles[profile];
        say(sight->status, json_member_text(row, "status"));
    }
}

static bool look_at_records(struct look *look)
{
    struct aws_answer answer;
    bool answered = ask(look, "GET", "/_mock/subscriptions", NULL, &answer);
    const struct json *rows = json_member(answer.body, "subscriptions");
    for (const struct json *row = json_first(rows); answered && row != NULL; row = json_next(row)) {
        const char *user_id = json_member_text(row, "user_id");
        const char *profile_arn = json_member_text(row, "profile_arn");
        ptrdiff_t user = index_of_id(look, ACTOR_USER, user_id);
        ptrdiff_t profile = index_of_id(look, ACTOR_PROFILE, profile_arn);
        if (user < 0 || profile < 0)
            add_oddity(look, NULL,
                       mem_format("/_mock/subscriptions: user %s under %s",
                                  user_id == NULL ? "?" : user_id,
                                  profile_arn == NULL ? "?" : profile_arn));
        else
            read_record(row, actor_at(look, ACTOR_USER, (size_t)user),
                        sight_of(look, (size_t)user, (size_t)profile));
    }
    if (answered)
        read_groups(look, json_member(answer.body, "groups"));
    aws_answer_clear(&answer);
    return answered;
}

static void read_wire_plan(const struct json *type, char out[SIGHT_TEXT_BYTES])
{
    const char *returned = json_member_text(type, "amazonQ");
    enum plan plan = returned == NULL ? PLAN_NONE : plan_by_returned(returned);
    if (plan == PLAN_NONE && returned != NULL)
        plan = plan_by_requested(returned); /* Q Developer seats keep the older names */
    say(out, plan == PLAN_NONE ? returned : plan_facts(plan)->name);
}

static void read_wire_row(const struct json *row, struct sight *sight)
{
    static const struct {
        const char *wire;
        const char *words;
    } SOURCES[] = {
        {"INDIVIDUAL", "user"}, {"GROUP", "group"}, {"INDIVIDUAL_AND_GROUP", "user+group"}};
    const char *status = json_member_text(row, "status");
    const char *source = json_member_text(row, "aggregatedSubscriptionType");
    sight->listed = true;
    say(sight->wire_status,
        status != NULL && strcmp(status, "CANCELLED") == 0 ? "CANCELED" : status);
    read_wire_plan(json_member(row, "type"), sight->wire_plan);
    read_wire_plan(json_member(row, "activatedType"), sight->wire_plan_in_force);
    say(sight->wire_sources, source);
    for (size_t i = 0; source != NULL && i < sizeof SOURCES / sizeof *SOURCES; i++) {
        if (strcmp(SOURCES[i].wire, source) == 0)
            say(sight->wire_sources, SOURCES[i].words);
    }
}

/* Do two profiles answer to the same ListUserSubscriptions? A row does not name its profile. */
static bool same_listing(const struct actor *one, const struct actor *other)
{
    return strcmp(one->region, other->region) == 0 && strcmp(one->instance, other->instance) == 0;
}

/* A row of a listing that fits no pair in everything, and has not been given to one yet. */
struct listed_row {
    ptrdiff_t user;
    struct sight says;
};

struct listing {
    size_t profile; /* the first of those that answer to it */
    struct listed_row *rows;
    size_t count;
    size_t capacity;
};

enum { FITS_RECORD = 100, FITS_STATUS = 10, FITS_IN_ALL = FITS_RECORD + FITS_STATUS + 3 };

/*
 * How well a row fits what the records say of this pair, by all that both say; 0: the pair has its
 * row already. Rows that fit a pair alike are as good as each other: the judge reads no more.
 */
static int fit(const struct sight *row, const struct sight *pair)
{
    if (pair->listed)
        return 0;
    if (!pair->recorded || !pair->subscriptions_tab)
        return 1;
    int fits = FITS_RECORD;
    fits += strcmp(row->wire_status, pair->status) == 0 ? FITS_STATUS : 0;
    fits += strcmp(row->wire_plan, pair->plan) == 0;
    fits += strcmp(row->wire_plan_in_force, pair->plan_in_force) == 0;
    fits += strcmp(row->wire_sources, pair->sources) == 0;
    return fits;
}

static void take_row(struct sight *pair, const struct sight *row)
{
    pair->listed = true;
    say(pair->wire_status, row->wire_status);
    say(pair->wire_plan, row->wire_plan);
    say(pair->wire_plan_in_force, row->wire_plan_in_force);
    say(pair->wire_sources, row->wire_sources);
}

/* The pair without a row that this one fits best; NULL: none is left. */
static struct sight *best_pair(const struct look *look, const struct listing *listing,
                               const struct listed_row *row, int *out_fit)
{
    struct sight *best = NULL;
    const struct actor *profile = actor_at(look, ACTOR_PROFILE, listing->profile);
    *out_fit = 0;
    for (size_t i = listing->profile; i < look->out->seen.profile_count; i++) {
        struct sight *pair = sight_of(look, (size_t)row->user, i);
        int fits = fit(&row->says, pair);
        if (same_listing(profile, actor_at(look, ACTOR_PROFILE, i)) && fits > *out_fit) {
            best = pair;
            *out_fit = fits;
        }
    }
    return best;
}

/* Give each row to a pair, the best fit first. */
static void place_rows(struct look *look, struct listing *listing)
{
    while (listing->count > 0) {
        size_t chosen = 0;
        int best_fit = 0;
        struct sight *best = NULL;
        for (size_t i = 0; i < listing->count; i++) {
            int fits;
            struct sight *pair = best_pair(look, listing, &listing->rows[i], &fits);
            if (fits > best_fit) {
                best = pair;
                best_fit = fits;
                chosen = i;
            }
        }
        struct listed_row *row = &listing->rows[chosen];
        if (best != NULL)
            take_row(best, &row->says);
        else if (strcmp(row->says.wire_status, "CANCELED") == 0)
            look->out->former_rows[row->user]++;
        else
            add_oddity(look, NULL,
                       mem_format("ListUserSubscriptions for %s: user %s %s",
                                  look->out->profiles[listing->profile],
                                  look->out->users[row->user], row->says.wire_status));
        *row = listing->rows[--listing->count];
    }
}

/* A row does not name its profile: it is known by what it says. */
static void read_row(struct look *look, struct listing *listing, const struct json *item)
{
    const char *user_id = json_member_text(json_member(item, "principal"), "user");
    struct listed_row row = {.user = index_of_id(look, ACTOR_USER, user_id)};
    read_wire_row(item, &row.says);
    if (row.user < 0) {
        add_oddity(look, NULL,
                   mem_format("ListUserSubscriptions for %s: user %s %s",
                              look->out->profiles[listing->profile], user_id ? user_id : "?",
                              row.says.wire_status));
        return;
    }
    int fits;
    struct sight *pair = best_pair(look, listing, &row, &fits);
    if (fits == FITS_IN_ALL) {
        take_row(pair, &row.says);
        return;
    }
    listing->rows =
        mem_grow(listing->rows, listing->count, &listing->capacity, sizeof *listing->rows);
    listing->rows[listing->count++] = row;
}

static struct json *list_input(const struct actor *instance, const struct actor *profile,
                               const char *token)
{
    struct json *input = json_new_object();
    json_put_text(input, "instanceArn", instance->id);
    json_put_text(input, "subscriptionRegion", profile->region);
    json_put_integer(input, "maxResults", 100);
    if (token != NULL)
        json_put_text(input, "nextToken", token);
    return input;
}

/*
 * The keys of a closed account are unknown, so that nobody can be shown anything: a listing without
 * rows, which the oracle judges as such.
 */
static bool is_closed(const struct aws_answer *answer)
{
    return strcmp(answer->code, "UnrecognizedClientException") == 0;
}

static bool look_at_listing(struct look *look, size_t profile_index)
{
    const struct actor *profile = actor_at(look, ACTOR_PROFILE, profile_index);
    const struct actor *instance = registry_find(look->registry, ACTOR_INSTANCE, profile->instance);
    const struct actor *account = registry_find(look->registry, ACTOR_ACCOUNT, instance->account);
    struct aws_caller caller = {.account = account->id, .region = instance->region};
    struct listing listing = {.profile = profile_index};
    struct aws_answer page = {0};
    bool answered;
    bool more;
    do {
        struct json *input =
            list_input(instance, profile, json_member_text(page.body, "nextToken"));
        aws_answer_clear(&page);
        answered = aws_call(look->aws, AWS_USER_SUBSCRIPTIONS, "ListUserSubscriptions", &caller,
                            input, &page);
        if (page.code[0] != '\0' && !is_closed(&page))
            add_oddity(look, "subscription-stored-in-idc-region",
                       mem_format("ListUserSubscriptions for %s: %s", profile->handle, page.code));
        const struct json *rows = json_member(page.body, "subscriptions");
        for (const struct json *row = json_first(rows); row != NULL; row = json_next(row))
            read_row(look, &listing, row);
        more = answered && page.code[0] == '\0' && json_member_text(page.body, "nextToken") != NULL;
    } while (more);
    place_rows(look, &listing);
    free(listing.rows);
    aws_answer_clear(&page);
    return answered;
}

static bool look_at_wire(struct look *look)
{
    bool answered = true;
    for (size_t i = 0; answered && i < look->out->seen.profile_count; i++) {
        bool looked = false;
        for (size_t earlier = 0; earlier < i; earlier++)
            looked |= same_listing(actor_at(look, ACTOR_PROFILE, earlier),
                                   actor_at(look, ACTOR_PROFILE, i));
        if (!looked)
            answered = look_at_listing(look, i);
    }
    return answered;
}

/* Of everybody, in one call: may he use the least under each profile? */
static bool look_at_uses(struct look *look)
{
    const struct observation *seen = &look->out->seen;
    struct json *input = json_new_object();
    struct json *uses = json_put(input, "uses", json_new_array());
    size_t pairs = seen->user_count * seen->profile_count;
    for (size_t pair = 0; pair < pairs; pair++) {
        struct json *use = json_push(uses, json_new_object());
        json_put_text(use, "user_id", actor_at(look, ACTOR_USER, pair / seen->profile_count)->id);
        json_put_text(use, "profile_arn",
                      actor_at(look, ACTOR_PROFILE, pair % seen->profile_count)->id);
    }
    struct aws_answer answer;
    bool answered = ask(look, "POST", "/_mock/uses", input, &answer);
    const struct json *said = json_member(answer.body, "uses");
    if (answered && json_count(said) != pairs)
        answered = aws_problem_set(look->aws, "/_mock/uses: expected %zu answers, found %zu", pairs,
                                   json_count(said));
    const struct json *use = json_first(said);
    for (size_t pair = 0; answered && pair < pairs; pair++, use = json_next(use))
        look->out->sights[pair].may_use = json_true(json_member(use, "allowed"));
    aws_answer_clear(&answer);
    return answered;
}

/* One line of a bill, to the charge of its pair. */
static bool read_line(struct look *look, const struct json *line, size_t month)
{
    const char *amount = json_member_text(line, "amount");
    const char *user_id = json_member_text(line, "user_id");
    ptrdiff_t user = index_of_id(look, ACTOR_USER, user_id);
    ptrdiff_t profile = index_of_id(look, ACTOR_PROFILE, json_member_text(line, "profile_arn"));
    int64_t cents;
    if (amount == NULL || !decimal_parse(amount, &cents))
        return aws_problem_set(look->aws, "/_mock/bills: a line without a proper amount");
    struct observation *seen = &look->out->seen;
    look->out->bills[month].lines_cents += cents;
    if (user < 0 || profile < 0) {
        add_oddity(look, NULL,
                   mem_format("/_mock/bills: %s for user %s", amount, user_id ? user_id : "?"));
        return true;
    }
    size_t pair = (size_t)user * seen->profile_count + (size_t)profile;
    struct charge_seen *charge = &look->out->charges[pair * seen->month_count + month];
    charge->owed_cents += cents;
    if (cents < 0)
        charge->refunded_cents -= cents;
    return true;
}

static bool read_bill(struct look *look, const struct json *said, size_t month)
{
    struct bill_seen *bill = &look->out->bills[month];
    const char *total = json_member_text(said, "total");
    bill->forecast = json_true(json_member(said, "forecast"));
    if (total == NULL || !decimal_parse(total, &bill->total_cents))
        return aws_problem_set(look->aws, "/_mock/bills: no proper total");
    bool good = true;
    for (const struct json *line = json_first(json_member(said, "lines")); good && line != NULL;
         line = json_next(line))
        good = read_line(look, line, month);
    return good;
}

static bool look_at_bills(struct look *look)
{
    const struct observation *seen = &look->out->seen;
    struct month first = seen->months[0];
    struct month last = seen->months[seen->month_count - 1];
    char path[64];
    snprintf(path, sizeof path, "/_mock/bills?from=%04d-%02d&to=%04d-%02d", first.year, first.month,
             last.year, last.month);
    struct aws_answer answer;
    bool answered = ask(look, "GET", path, NULL, &answer);
    const struct json *bills = json_member(answer.body, "bills");
    if (answered && json_count(bills) != seen->month_count)
        answered = aws_problem_set(look->aws, "%s: expected %zu bills, found %zu", path,
                                   seen->month_count, json_count(bills));
    const struct json *bill = json_first(bills);
    for (size_t month = 0; answered && month < seen->month_count; month++, bill = json_next(bill))
        answered = read_bill(look, bill, month);
    aws_answer_clear(&answer);
    return answered;
}

static struct month month_at(int64_t time_s)
{
    char text[MONTH_TEXT_BYTES];
    month_print(month_of(time_s), text);
    struct month month = {0};
    int count = sscanf(text, "%d-%d", &month.year, &month.month);
    assert(count == 2);
    return month;
}

static void make_months(struct sightings *out, int64_t first_s, int64_t now_s)
{
    size_t capacity = 0;
    int64_t last_s = month_next(now_s);
    for (int64_t month_s = month_of(first_s); month_s <= last_s; month_s = month_next(month_s)) {
        out->months = mem_grow(out->months, out->seen.month_count, &capacity, sizeof *out->months);
        out->months[out->seen.month_count++] = month_at(month_s);
    }
    out->seen.months = out->months;
}

static const char **handles_of(const struct actors *actors)
{
    const char **handles = mem_new((actors->count + 1) * sizeof *handles);
    for (size_t i = 0; i < actors->count; i++)
        handles[i] = actors->items[i].handle;
    return handles;
}

bool observe(struct aws *aws, const struct registry *registry, int64_t first_s, int64_t now_s,
             struct sightings *out)
{
    *out = (struct sightings){.seen = {.at_s = now_s}};
    struct observation *seen = &out->seen;
    seen->users = out->users = handles_of(&registry->of[ACTOR_USER]);
    seen->user_count = registry->of[ACTOR_USER].count;
    seen->profiles = out->profiles = handles_of(&registry->of[ACTOR_PROFILE]);
    seen->profile_count = registry->of[ACTOR_PROFILE].count;
    make_months(out, first_s, now_s);
    size_t pairs = seen->user_count * seen->profile_count;
    seen->sights = out->sights = mem_new((pairs + 1) * sizeof *out->sights);
    seen->former_rows = out->former_rows =
        mem_new((seen->user_count + 1) * sizeof *out->former_rows);
    seen->charges = out->charges = mem_new((pairs * seen->month_count + 1) * sizeof *out->charges);
    seen->bills = out->bills = mem_new(seen->month_count * sizeof *out->bills);

    struct look look = {aws, registry, out};
    return look_at_records(&look) && look_at_wire(&look) && look_at_uses(&look) &&
           look_at_bills(&look);
}

void sightings_clear(struct sightings *sightings)
{
    for (size_t i = 0; i < sightings->seen.oddity_count; i++)
        free((char *)sightings->oddities[i].text);
    free(sightings->users);
    free(sightings->profiles);
    free(sightings->months);
    free(sightings->sights);
    free(sightings->charges);
    free(sightings->bills);
    free(sightings->oddities);
    free(sightings->groups);
    free(sightings->former_rows);
    *sightings = (struct sightings){0};
}
