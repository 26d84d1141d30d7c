/* SPDX-License-Identifier: MIT */
/*
 * Tells a story (oracle_stories.h says how one is written) to an oracle, and holds what it says
 * against the lines with "see".
 */
#ifndef MOCK_KIRO_TESTS_ORACLE_TELLER_H
#define MOCK_KIRO_TESTS_ORACLE_TELLER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "oracle.h"
#include "oracle_stories.h"

enum { WORD_BYTES = 40, LINE_BYTES = 160 };

static const char opening[] = "01-01T00 create-instance main home\n"
                              "01-01T00 create-profile main main home\n"
                              "01-01T00 create-profile second main lab\n"
                              "01-01T00 create-user alice main alice\n"
                              "01-01T00 create-user bob main bob\n"
                              "01-01T00 create-group a main\n"
                              "01-01T00 create-group b main\n";

struct word {
    const char *name;
    enum oracle_event_kind kind;
    bool to_group;
    bool used_at_once;
};

static const struct word words[] = {
    {"create-instance", ORACLE_INSTANCE_CREATED, false, false},
    {"delete-instance", ORACLE_INSTANCE_DELETED, false, false},
    {"create-profile", ORACLE_PROFILE_CREATED, false, false},
    {"delete-profile", ORACLE_PROFILE_DELETED, false, false},
    {"create-user", ORACLE_USER_CREATED, false, false},
    {"delete-user", ORACLE_USER_DELETED, false, false},
    {"deactivate", ORACLE_USER_DEACTIVATED, false, false},
    {"reactivate", ORACLE_USER_REACTIVATED, false, false},
    {"create-group", ORACLE_GROUP_CREATED, false, false},
    {"delete-group", ORACLE_GROUP_DELETED, false, false},
    {"add", ORACLE_MEMBER_ADDED, false, false},
    {"remove", ORACLE_MEMBER_REMOVED, false, false},
    {"subscribe", ORACLE_SUBSCRIBED, false, false},
    {"seat", ORACLE_SUBSCRIBED, false, true},
    {"subscribe-group", ORACLE_SUBSCRIBED, true, false},
    {"unsubscribe", ORACLE_UNSUBSCRIBED, false, false},
    {"unsubscribe-group", ORACLE_UNSUBSCRIBED, true, false},
    {"change", ORACLE_PLAN_CHANGED, false, false},
    {"change-group", ORACLE_PLAN_CHANGED, true, false},
    {"use", ORACLE_USED, false, false},
    {"close-account", ORACLE_ACCOUNT_CLOSED, false, false},
    {"reopen-account", ORACLE_ACCOUNT_REOPENED, false, false},
    {"delete-role", ORACLE_ROLE_DELETED, false, false},
    {"create-role", ORACLE_ROLE_CREATED, false, false},
    {"join", ORACLE_ACCOUNT_JOINED, false, false},
    {"overage-on", ORACLE_OVERAGE_ON, false, false},
    {"overage-off", ORACLE_OVERAGE_OFF, false, false},
    {"overage-cap", ORACLE_OVERAGE_CAPPED, false, false},
};

static const struct word *word_find(const char *name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].name, name) == 0)
            return &words[i];
    fail_msg("no such word in a story: %s", name);
    return NULL;
}

/* "04-12T10", "04-30T23:59:59", also in another year "2028-02-29T00". */
static int64_t instant_s(const char *text)
{
    struct tm at = {.tm_year = 2026 - 1900};
    if (strchr(text, '-') - text == 4) {
        assert_int_equal(sscanf(text, "%d", &at.tm_year), 1);
        at.tm_year -= 1900;
        text += strlen("2028-");
    }
    assert_true(sscanf(text, "%d-%dT%d:%d:%d", &at.tm_mon, &at.tm_mday, &at.tm_hour, &at.tm_min,
                       &at.tm_sec) >= 3);
    at.tm_mon--;
    return timegm(&at);
}

/*
 * TIME WORD SUBJECT [OBJECT [PLAN, hundredths of a credit, cents, or owner]]; a seat's object is
 * main unless given.
 */
static void play(struct oracle *oracle, const char *line)
{
    char at[WORD_BYTES];
    char verb[WORD_BYTES];
    char subject[WORD_BYTES];
    char object[WORD_BYTES] = "main";
    char last[WORD_BYTES] = "1";
    assert_true(sscanf(line, "%39s %39s %39s %39s %39s", at, verb, subject, object, last) >= 3);
    const struct word *word = word_find(verb);
    struct oracle_event event = {.kind = word->kind,
                                 .at_s = instant_s(at),
                                 .subject = subject,
                                 .object = object,
                                 .text = last,
                                 .to_group = word->to_group,
                                 .plan = plan_by_name(last),
                                 .credits_hundredths = strtol(last, NULL, 10),
                                 .cap_cents = strtol(object, NULL, 10)};
    oracle_record(oracle, &event);
    if (word->used_at_once) {
        event.kind = ORACLE_USED;
        event.credits_hundredths = 1;
        oracle_record(oracle, &event);
    }
}

static struct oracle *oracle_for(const char *edition, const char *timing, struct turn turn)
{
    int values[PARAMETER_COUNT];
    memcpy(values, edition_find(edition == NULL ? EDITION_DEFAULT : edition)->values,
           sizeof values);
    if (turn.value != 0)
        values[turn.parameter] = turn.value;
    return oracle_new(values, timing_find(timing)->lags_s);
}

static struct oracle_charge bill(const struct oracle *oracle, const char *user, const char *profile,
                                 int64_t at_s, int months_later)
{
    struct tm at;
    gmtime_r(&(time_t){at_s}, &at);
    int months = at.tm_year * 12 + at.tm_mon + months_later;
    struct oracle_charge charge;
    oracle_charge(oracle, user, profile, months / 12 + 1900, months % 12 + 1, at_s, &charge);
    return charge;
}

static void check_rules_exist(const char *where, const struct oracle_seat *seat)
{
    for (int axis = 0; axis < AXIS_COUNT; axis++) {
        if ((seat->rule[axis] == NULL) != (seat->status == SEAT_NONE))
            fail_msg("%s: axis %d: a rule exactly where there is a seat", where, axis);
        if (seat->rule[axis] != NULL && rule_find(seat->rule[axis]) == NULL)
            fail_msg("%s: the rulebook has no %s", where, seat->rule[axis]);
    }
}

/* The seat and its bill, written as a "see" line writes them. */
static void describe(const struct oracle *oracle, const char *user, const char *profile,
                     int64_t at_s, char out[LINE_BYTES])
{
    struct oracle_seat seat;
    oracle_seat(oracle, user, profile, at_s, &seat);
    struct oracle_charge now = bill(oracle, user, profile, at_s, 0);
    struct oracle_charge next = bill(oracle, user, profile, at_s, 1);
    bool lives = seat.status == SEAT_PENDING || seat.status == SEAT_ACTIVE;
    assert_int_equal(seat.entitled, lives);
    assert_int_equal(seat.users_tab, lives);
    assert_non_null(rule_find(now.rule));
    assert_non_null(rule_find(next.rule));
    check_rules_exist(user, &seat);
    bool falls = seat.next_plan != PLAN_NONE;
    snprintf(out, LINE_BYTES, "%s %s%s%s %s %.2f %.2f %.2f", seat_status_name(seat.status),
             plan_facts(seat.plan_in_force)->name, falls ? ">" : "",
             falls ? plan_facts(seat.next_plan)->name : "", seat.access ? "access" : "-",
             (double)now.owed_cents / 100, (double)next.owed_cents / 100,
             (double)now.refunded_cents / 100);
}

static void look(const struct oracle *oracle, const char *story, const char *line)
{
    char at[WORD_BYTES];
    char user[WORD_BYTES];
    char profile[WORD_BYTES];
    int expected_at = 0;
    assert_int_equal(sscanf(line, "%39s see %39s %39s %n", at, user, profile, &expected_at), 3);
    const char *expected = line + expected_at;
    char seen[LINE_BYTES];
    describe(oracle, user, profile, instant_s(at), seen);
    size_t bytes = strlen(seen);
    if (strncmp(expected, seen, bytes) != 0 || (expected[bytes] != '\0' && expected[bytes] != ' '))
        fail_msg("%s: %s\nis not: %s", story, seen, line);
    if (expected[bytes] == '\0')
        return;
    struct oracle_seat seat;
    oracle_seat(oracle, user, profile, instant_s(at), &seat);
    if (strcmp(seat.rule[AXIS_STATUS], expected + bytes + 1) != 0)
        fail_msg("%s: by %s\nis not: %s", story, seat.rule[AXIS_STATUS], line);
}

static void tell(struct oracle *oracle, const char *name, const char *text)
{
    while (*text != '\0') {
        char line[LINE_BYTES];
        size_t bytes = strcspn(text, "\n");
        assert_in_range(bytes, 1, sizeof line - 1);
        memcpy(line, text, bytes);
        line[bytes] = '\0';
        text += bytes + 1;
        if (strstr(line, " see ") != NULL)
            look(oracle, name, line);
        else
            play(oracle, line);
    }
}

static void tell_all(const struct story *stories, size_t count, const char *timing)
{
    for (size_t i = 0; i < count; i++) {
        struct oracle *oracle = oracle_for(stories[i].edition, timing, stories[i].turn);
        tell(oracle, "opening", opening);
        tell(oracle, stories[i].name, stories[i].text);
        oracle_free(oracle);
    }
}

static struct oracle *oracle_told_in(const char *timing, const char *edition, const char *text)
{
    struct oracle *oracle = oracle_for(edition, timing, (struct turn){0});
    tell(oracle, "opening", opening);
    tell(oracle, "story", text);
    return oracle;
}

static struct oracle *oracle_told(const char *edition, const char *text)
{
    return oracle_told_in("instant", edition, text);
}

#endif
