/* SPDX-License-Identifier: MIT */
/* Seats of the listings: who holds one, for which plan, since when, and through what. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/plans.h"
#include "base/statuses.h"
#include "base/text.h"
#include "base/times.h"
#include "cli/import.h"

static int64_t earlier(int64_t left_s, int64_t right_s)
{
    if (left_s == INT64_MIN || right_s == INT64_MIN)
        return left_s == INT64_MIN ? right_s : left_s;
    return left_s < right_s ? left_s : right_s;
}

/* "2026-01-05T01:00:00.25+01:00" as well as "…Z": the AWS CLI prints offsets. */
static bool parse_offset_time(const char *text, int64_t *out_s)
{
    size_t bytes = strlen(text);
    int hours = 0;
    int minutes = 0;
    int used = 0;
    if (time_parse(text, out_s))
        return true;
    if (bytes < 6 || (text[bytes - 6] != '+' && text[bytes - 6] != '-') ||
        sscanf(text + bytes - 5, "%2d:%2d%n", &hours, &minutes, &used) != 2 || used != 5)
        return false;
    char *utc = mem_format("%.*sZ", (int)(bytes - 6), text);
    bool good = time_parse(utc, out_s);
    free(utc);
    *out_s -= (text[bytes - 6] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    return good;
}

/*
 * A date in any form that this unpublished API has been seen or guessed to use (text, seconds of
 * the epoch, absent); INT64_MIN if there is none.
 */
static int64_t read_time(struct import *import, const struct import_item *item, const char *member)
{
    const struct json *value = json_member(item->value, member);
    int64_t time_s = INT64_MIN;
    char *pointer = mem_format("/%s", member);
    bool number =
        json_kind(value) == JSON_NUMBER && json_number(value) > 0 && json_number(value) < 1e11;
    if (number)
        time_s = (int64_t)json_number(value);
    else if (json_kind(value) != JSON_NULL &&
             (json_text(value) == NULL || !parse_offset_time(json_text(value), &time_s))) {
        time_s = INT64_MIN;
        import_error(import, item, pointer,
                     "no time; expected one like 2026-03-01T00:00:00Z, or seconds since 1970");
    }
    free(pointer);
    return time_s;
}

/* Both families of names; PLAN_NONE after a warning. */
static enum plan read_plan(struct import *import, const struct import_item *item)
{
    const char *name = json_member_text(json_member(item->value, "type"), "amazonQ");
    enum plan plan = name == NULL ? PLAN_NONE : plan_by_returned(name);
    if (plan == PLAN_NONE && name != NULL)
        plan = plan_by_requested(name);
    if (plan == PLAN_NONE)
        import_warning(import, item, "/type",
                       "%s is no plan of a world; expected KIRO_ENTERPRISE_… or "
                       "Q_DEVELOPER_STANDALONE_… with PRO, PRO_PLUS, PRO_MAX or POWER; left out",
                       name == NULL ? "a missing type.amazonQ" : name);
    return plan;
}

/* By id, or by name as the console's CSV has it. MAP_NOTHING: nobody. */
static size_t person_of(const struct import *import, const struct json *principal,
                        const char **out_said)
{
    const char *name = json_member_text(principal, "userName");
    *out_said = name != NULL ? name : json_member_text(principal, "user");
    if (name == NULL)
        return map_get(&import->people_by_id, *out_said);
    char *folded = text_fold(name);
    size_t index = map_get(&import->people_by_name, folded);
    free(folded);
    return index;
}

static void read_seat(struct import *import, const struct import_item *item)
{
    const char *user_id = NULL;
    size_t index = person_of(import, json_member(item->value, "principal"), &user_id);
    const char *status_text = json_member_text(item->value, "status");
    enum seat_status status = status_text == NULL ? SEAT_NONE : seat_status_by_name(status_text);
    if (status == SEAT_CANCELED || status == SEAT_PENDING_REMOVAL) {
        import->canceled++;
        return;
    }
    if (status == SEAT_NONE)
        import_warning(import, item, "/status",
                       "%s is no status; expected PENDING, ACTIVE or CANCELLED; left out",
                       status_text == NULL ? "a missing one" : status_text);
    else if (index == MAP_NOTHING)
        import_warning(import, item, "/principal/user", "%s is no user of the listings; left out",
                       user_id == NULL ? "a missing principal.user" : user_id);
    if (status == SEAT_NONE || index == MAP_NOTHING)
        return;
    struct import_seat *seat = &import->people[index].seat;
    if (seat->status != SEAT_NONE) {
        import_warning(import, item, "",
                       "a second seat of %s; a world is made with one profile; left out", user_id);
        return;
    }
    const char *aggregated = json_member_text(item->value, "aggregatedSubscriptionType");
    const char *activated = json_member_text(json_member(item->value, "activatedType"), "amazonQ");
    enum plan plan = read_plan(import, item);
    if (plan == PLAN_NONE)
        return;
    if (activated != NULL && plan_by_returned(activated) != plan &&
        plan_by_requested(activated) != plan)
        import_warning(import, item, "/activatedType",
                       "a change from this plan is still to come; %s is taken at once",
                       plan_facts(plan)->name);
    *seat = (struct import_seat){
        .status = status,
        .plan = plan,
        .since_s = read_time(import, item, "createdDate"),
        .activated_s = read_time(import, item, "activationDate"),
        .individual = aggregated != NULL && strncmp(aggregated, "INDIVIDUAL", 10) == 0,
        .by_group_only = aggregated != NULL && strcmp(aggregated, "GROUP") == 0};
    seat->since_s = earlier(seat->since_s, seat->activated_s);
}

static void read_claim(struct import *import, const struct import_item *item)
{
    const struct json *principal = json_member(item->value, "principal");
    const char *user_id = json_member_text(principal, "user");
    const char *group_id = json_member_text(principal, "group");
    size_t person = map_get(&import->people_by_id, user_id);
    size_t group = map_get(&import->groups_by_id, group_id);
    if (user_id == NULL && group_id == NULL)
        import_error(import, item, "/principal", "expected {\"user\": …} or {\"group\": …}");
    else if (person == MAP_NOTHING && group == MAP_NOTHING)
        import_error(import, item, user_id != NULL ? "/principal/user" : "/principal/group",
                     "%s is no %s of the listings", user_id != NULL ? user_id : group_id,
                     user_id != NULL ? "user" : "group");
    else {
        enum plan *claimed = person != MAP_NOTHING ? &import->people[person].claimed
                                                   : &import->groups[group].claimed;
        if (*claimed != PLAN_NONE)
            import_warning(import, item, "",
                           "a second claim; a world is made with one profile; left out");
        else
            *claimed = read_plan(import, item);
    }
}

/* "GROUP=PLAN" of the command line, for want of claims. */
static void read_subscribed(struct import *import, const char *text)
{
    const char *equals = strrchr(text, '=');
    char *name = mem_format("%.*s", (int)(equals - text), text);
    char *folded = text_fold(name);
    size_t group = map_get(&import->groups_by_name, folded);
    enum plan plan = plan_by_name(equals + 1);
    if (group == MAP_NOTHING)
        import_error(import, NULL, "", "--subscribed: '%s' is no group of the listings", name);
    else if (plan == PLAN_NONE)
        import_error(import, NULL, "",
                     "--subscribed: '%s' is no plan; expected pro, pro-plus, pro-max or power",
                     equals + 1);
    else
        import->groups[group].claimed = plan;
    free(folded);
    free(name);
}

static bool has_claims(const struct import *import)
{
    return import->listings[IMPORT_CLAIMS].pages > 0;
}

/*
 * Since when a group must have been subscribed, for its members to have had their seats; and whom
 * that covers.
 */
static void cover(struct import *import)
{
    for (size_t i = 0; i < import->membership_count; i++) {
        struct import_group *group = &import->groups[import->memberships[i].group];
        struct import_person *person = &import->people[import->memberships[i].person];
        if (group->claimed == PLAN_NONE)
            continue;
        person->covered = true;
        if (person->seat.status != SEAT_NONE)
            group->since_s = earlier(group->since_s, person->seat.since_s);
    }
}

enum plan import_direct_plan(const struct import *import, const struct import_person *person)
{
    if (person->claimed != PLAN_NONE)
        return person->claimed;
    if (person->seat.status == SEAT_NONE)
        return PLAN_NONE;
    bool direct = !person->covered || (!has_claims(import) && person->seat.individual);
    return direct ? person->seat.plan : PLAN_NONE;
}

/* Seats that nothing explains are taken as the users' own. */
static void tell_unexplained(struct import *import)
{
    size_t unexplained = 0;
    for (size_t i = 0; i < import->person_count; i++) {
        const struct import_person *person = &import->people[i];
        if (person->seat.status == SEAT_NONE || person->claimed != PLAN_NONE || person->covered)
            continue;
        if (has_claims(import) || person->seat.by_group_only ||
            (person->member && !person->seat.individual))
            unexplained++;
    }
    if (unexplained > 0 && has_claims(import))
        import_warning(import, NULL, "",
                       "%zu seats without a claim are taken as held directly: is a page of the "
                       "claims missing?",
                       unexplained);
    else if (unexplained > 0)
        import_warning(import, NULL, "",
                       "%zu seats may come through a group, which only claims can tell; taken as "
                       "held directly: give ListApplicationClaims, or --subscribed GROUP=PLAN",
                       unexplained);
}

/* Nobody can lose a seat in such a world, so any job passes there. */
static void tell_seatless(struct import *import)
{
    bool any = import->subscribed.count > 0;
    for (size_t i = 0; i < import->person_count && !any; i++)
        any = import_direct_plan(import, &import->people[i]) != PLAN_NONE ||
              import->people[i].covered;
    if (!any)
        import_warning(import, NULL, "",
                       "a world without a single seat: the AWS CLI cannot list them; name the "
                       "groups that are subscribed (--subscribed GROUP=PLAN), or give the "
                       "console's CSV");
}

/* The latest thing that happens, or what --start says; nothing may happen later. */
static void find_start(struct import *import)
{
    int64_t latest_s = INT64_MIN;
    char printed[TIME_TEXT_BYTES];
    for (size_t i = 0; i < import->person_count; i++) {
        const struct import_seat *seat = &import->people[i].seat;
        latest_s = seat->since_s > latest_s ? seat->since_s : latest_s;
        latest_s = seat->activated_s > latest_s ? seat->activated_s : latest_s;
    }
    import->start_s = latest_s;
    if (import->start == NULL)
        return;
    if (!parse_offset_time(import->start, &import->start_s)) {
        import_error(import, NULL, "",
                     "--start: '%s' is no time; expected one like 2026-03-01T00:00:00Z",
                     import->start);
    } else if (import->start_s < latest_s) {
        time_print(latest_s, printed);
        import_error(import, NULL, "",
                     "--start %s is before %s, when the last seat of the "
                     "listings began or was first used; expected that or later",
                     import->start, printed);
    }
}

void import_seats(struct import *import)
{
    const struct import_items *seats = &import->listings[IMPORT_SUBSCRIPTIONS];
    const struct import_items *claims = &import->listings[IMPORT_CLAIMS];
    for (size_t i = 0; i < seats->count; i++)
        read_seat(import, &seats->items[i]);
    for (size_t i = 0; i < claims->count; i++)
        read_claim(import, &claims->items[i]);
    for (size_t i = 0; i < import->subscribed.count; i++)
        read_subscribed(import, import->subscribed.names[i]);
    cover(import);
    tell_unexplained(import);
    tell_seatless(import);
    find_start(import);
}
