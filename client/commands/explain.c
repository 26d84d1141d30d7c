/* SPDX-License-Identifier: MIT */
/*
 * The timeline of one user in words, in time order, with what follows at once below its cause.
 * What is not in the table of words is told as it is.
 */
#include "commands/explain.h"

#include <stdlib.h>
#include <string.h>

#include "base/levels.h"
#include "base/mem.h"
#include "base/rules.h"
#include "base/text.h"
#include "base/times.h"

enum { INDENT = 2, PAGE_ENTRIES = 1000 };

/* $s: the subject; $b and $a: what was before and after. The first row that fits counts. */
static const struct {
    const char *event;
    enum { ALWAYS, BEGINS, ENDS } when;
    enum axis axis; /* whose level of the rule is told */
    const char *words;
} WORDS[] = {
    {"CreateUser", ALWAYS, AXIS_STATUS, "the user is created under the name $a"},
    {"DeleteUser", ALWAYS, AXIS_STATUS, "the user is deleted"},
    {"DisableUser", ALWAYS, AXIS_STATUS, "the user is disabled"},
    {"EnableUser", ALWAYS, AXIS_STATUS, "the user is enabled"},
    {"CreateGroup", ALWAYS, AXIS_STATUS, "the group $a is created"},
    {"DeleteGroup", ALWAYS, AXIS_STATUS, "the group $s is deleted"},
    {"CreateGroupMembership", ALWAYS, AXIS_STATUS, "the user is put into the group $s"},
    {"DeleteGroupMembership", ALWAYS, AXIS_STATUS, "the user is taken out of the group $s"},
    {"CreateAssignment", ALWAYS, AXIS_STATUS, "$s is subscribed to $a"},
    {"UpdateAssignment", ALWAYS, AXIS_STATUS, "$s is moved from $b to $a"},
    {"DeleteAssignment", ALWAYS, AXIS_STATUS, "$s is unsubscribed"},
    {"CreateProfile", ALWAYS, AXIS_STATUS, "the profile $s is created"},
    {"DeleteProfile", ALWAYS, AXIS_STATUS, "the profile $s is deleted"},
    {"CreateInstance", ALWAYS, AXIS_STATUS, "the instance $s is created"},
    {"DeleteInstance", ALWAYS, AXIS_STATUS, "the instance $s is deleted"},
    {"CloseAccount", ALWAYS, AXIS_STATUS, "the account $s is closed"},
    {"ReopenAccount", ALWAYS, AXIS_STATUS, "the account $s is reopened"},
    {"CreateServiceLinkedRole", ALWAYS, AXIS_STATUS, "the role $s is made in $a"},
    {"DeleteServiceLinkedRole", ALWAYS, AXIS_STATUS, "the role $s is deleted in $a"},
    {"use", ALWAYS, AXIS_ACCESS, "the user works with Kiro under $s"},
    {"claim", BEGINS, AXIS_STATUS, "a claim to $a begins under $s"},
    {"claim", ENDS, AXIS_STATUS, "the claim to $b ends under $s"},
    {"claim", ALWAYS, AXIS_STATUS, "the claim moves from $b to $a under $s"},
    {"seat", BEGINS, AXIS_STATUS, "there is a seat: $a"},
    {"seat", ALWAYS, AXIS_STATUS, "the seat goes from $b to $a"},
    {"access begins", ALWAYS, AXIS_ACCESS, "access begins under $s"},
    {"access ends", ALWAYS, AXIS_ACCESS, "access ends under $s"},
    {"access goes on", BEGINS, AXIS_ACCESS, "access goes on until $a under $s"},
    {"access goes on", ALWAYS, AXIS_ACCESS, "access goes on under $s until it is released"},
    {"charge", ALWAYS, AXIS_CHARGE, "bill line: a charge of $a"},
    {"refund", ALWAYS, AXIS_CHARGE, "bill line: a refund of $a"},
    {"overage", ALWAYS, AXIS_CHARGE, "bill line: overage of $a"},
    {"row leaves the list", ALWAYS, AXIS_LISTING, "the row leaves the list"},
};
enum { WORDS_COUNT = sizeof WORDS / sizeof *WORDS };

static size_t find_words(const struct json *entry)
{
    const char *event = json_member_text(entry, "event");
    bool begins = json_member_text(entry, "before") == NULL;
    bool ends = json_member_text(entry, "after") == NULL;
    for (size_t i = 0; event != NULL && i < WORDS_COUNT; i++) {
        bool fits = WORDS[i].when == ALWAYS || (WORDS[i].when == BEGINS && begins && !ends) ||
                    (WORDS[i].when == ENDS && ends && !begins);
        if (fits && strcmp(WORDS[i].event, event) == 0)
            return i;
    }
    return WORDS_COUNT;
}

/* The chain while it is told. */
struct chain {
    const struct json *entries;
    const struct json *names; /* id -> name */
    FILE *out;
};

/* By name where there is one; a profile's ARN says the rest by itself. */
static const char *named(const struct chain *chain, const char *id)
{
    const char *name = id == NULL ? NULL : json_member_text(chain->names, id);
    return name != NULL ? name : (id != NULL ? id : "nothing");
}

static void add_words(const struct chain *chain, const struct json *entry, const char *words,
                      struct text *text)
{
    for (const char *c = words; *c != '\0'; c++) {
        if (*c != '$') {
            text_add_bytes(text, c, 1);
            continue;
        }
        c++;
        const char *member = *c == 's' ? "subject" : (*c == 'b' ? "before" : "after");
        text_add(text, named(chain, json_member_text(entry, member)));
    }
}

/*
 * What the rule says is told the first time; a consequence may rest on another cell of the same
 * rule.
 */
static void print_rule(const struct chain *chain, const char *id, enum axis axis, bool told,
                       int columns)
{
    const struct rule *rule = rule_find(id);
    if (rule == NULL)
        fprintf(chain->out, "%*srule %s\n", columns, "", id);
    else
        fprintf(chain->out, "%*srule %s (%s), source %s%s%s\n", columns, "", id,
                level_name(rule->level[axis]), rule->source, told ? "" : ": ",
                told ? "" : rule->outcome);
}

/* What the 1st charges goes back to what entitles; all else to what happened then. */
static void tell_cause(const struct chain *chain, const struct json *cause)
{
    const char *event = json_member_text(cause, "event");
    const char *at = json_member_text(cause, "at");
    const char *plan = json_member_text(cause, "after");
    if (event != NULL && strcmp(event, "claim") == 0 && plan != NULL)
        fprintf(chain->out, " (entitled by the claim to %s of %s)", plan, at);
    else
        fprintf(chain->out, " (caused %s)", at);
}

/* One entry. What follows later than its cause says when that was. */
static void print_entry(const struct chain *chain, const struct json *entry,
                        const struct json *cause, int depth)
{
    const char *at = json_member_text(entry, "at");
    const char *actor = json_member_text(entry, "actor");
    const char *rule = json_member_text(entry, "rule");
    const char *told = json_member_text(cause, "rule");
    size_t index = find_words(entry);
    struct text text = {0};
    if (index < WORDS_COUNT)
        add_words(chain, entry, WORDS[index].words, &text);
    else
        add_words(chain, entry, "$s: $b, then $a", &text);
    int indent = depth * INDENT;
    fprintf(chain->out, "%s  %*s%s%s", at == NULL ? "?" : at, indent, "",
            index < WORDS_COUNT ? "" : json_member_text(entry, "event"),
            index < WORDS_COUNT ? "" : " ");
    fprintf(chain->out, "%s", text_chars(&text));
    if (cause == NULL && actor != NULL)
        fprintf(chain->out, " (by %s)", actor);
    else if (cause != NULL && depth == 0)
        tell_cause(chain, cause);
    fputc('\n', chain->out);
    if (rule != NULL)
        print_rule(chain, rule, index < WORDS_COUNT ? WORDS[index].axis : AXIS_STATUS,
                   told != NULL && strcmp(rule, told) == 0,
                   (int)strlen(at == NULL ? "?" : at) + 2 + indent + INDENT);
    text_clear(&text);
}

static const struct json *find_entry(const struct chain *chain, int64_t seq)
{
    for (const struct json *entry = json_first(chain->entries); entry != NULL;
         entry = json_next(entry)) {
        if (json_integer(json_member(entry, "seq")) == seq)
            return entry;
    }
    return NULL;
}

static int64_t cause_of(const struct json *entry)
{
    return json_integer(json_member(entry, "cause_seq")); /* 0: none; entries count from 1 */
}

/* How many causes an entry has one above the other that are of its own instant. */
static int depth_of(const struct chain *chain, const struct json *entry)
{
    const struct json *cause = find_entry(chain, cause_of(entry));
    bool at_once =
        cause != NULL && strcmp(json_member_text(cause, "at"), json_member_text(entry, "at")) == 0;
    return at_once ? 1 + depth_of(chain, cause) : 0;
}

static void print_entries(const struct chain *chain)
{
    for (const struct json *entry = json_first(chain->entries); entry != NULL;
         entry = json_next(entry))
        print_entry(chain, entry, find_entry(chain, cause_of(entry)), depth_of(chain, entry));
}

/* A control call that must answer 200. */
static bool ask(struct aws *aws, const char *path, struct aws_answer *out_answer)
{
    if (!aws_control(aws, "GET", path, NULL, out_answer))
        return false;
    if (out_answer->status != 200)
        return aws_problem_set(aws, "%s answered %ld %s", path, out_answer->status,
                               out_answer->code);
    return true;
}

/* Users and groups as they were called when they were made, from the whole timeline. */
static bool read_made_names(struct aws *aws, struct json *names)
{
    int64_t after = 0;
    bool answered = true;
    bool more = true;
    while (answered && more) {
        char path[96];
        snprintf(path, sizeof path, "/_mock/timeline?limit=%d&after=%lld", PAGE_ENTRIES,
                 (long long)after);
        struct aws_answer answer;
        answered = ask(aws, path, &answer);
        const struct json *entries = json_member(answer.body, "entries");
        for (const struct json *entry = json_first(entries); entry != NULL;
             entry = json_next(entry)) {
            const char *event = json_member_text(entry, "event");
            const char *subject = json_member_text(entry, "subject");
            const char *name = json_member_text(entry, "after");
            bool makes = event != NULL &&
                         (strcmp(event, "CreateUser") == 0 || strcmp(event, "CreateGroup") == 0);
            if (makes && subject != NULL && name != NULL)
                json_put_text(names, subject, name);
            after = json_integer(json_member(entry, "seq"));
        }
        more = json_kind(json_member(answer.body, "next")) != JSON_NULL;
        aws_answer_clear(&answer);
    }
    return answered;
}

/* Users as they are called now: a later name counts, and an id stands for one who is gone. */
static bool read_present_names(struct aws *aws, struct json *names)
{
    struct aws_answer answer;
    bool answered = ask(aws, "/_mock/subscriptions", &answer);
    for (const struct json *row = json_first(json_member(answer.body, "subscriptions"));
         answered && row != NULL; row = json_next(row)) {
        const char *id = json_member_text(row, "user_id");
        const char *name = json_member_text(row, "user");
        if (id != NULL && name != NULL && strcmp(id, name) != 0)
            json_put_text(names, id, name);
    }
    aws_answer_clear(&answer);
    return answered;
}

/* The id of whom `user` names; of several who were called so, the last. NULL: nobody. */
static const char *find_id(const struct json *names, const char *user)
{
    const char *id = NULL;
    for (const struct json *name = json_first(names); name != NULL; name = json_next(name)) {
        if (strcmp(json_name(name), user) == 0)
            return json_name(name);
        if (strcmp(json_text(name), user) == 0)
            id = json_name(name);
    }
    return id;
}

static const char *yes_or_no(const struct json *truth)
{
    return json_true(truth) ? "yes" : "no";
}

/* The four axes of a seat as they stand. */
static void print_seat(const struct json *row, FILE *out)
{
    const struct json *listed = json_member(row, "listed");
    const char *until = json_member_text(row, "access_until");
    const char *rule = json_member_text(row, "rule");
    fprintf(out, "now  %s\n     status %s, plan %s", json_member_text(row, "profile_arn"),
            json_member_text(row, "status"), json_member_text(row, "plan"));
    if (json_member_text(row, "next_plan") != NULL)
        fprintf(out, ", %s from the next 1st", json_member_text(row, "next_plan"));
    fprintf(out, "; access %s", yes_or_no(json_member(row, "access")));
    if (until != NULL)
        fprintf(out, " until %s", until);
    fprintf(out, "; Users tab %s, Subscriptions tab %s",
            yes_or_no(json_member(listed, "users_tab")),
            yes_or_no(json_member(listed, "subscriptions_tab")));
    fprintf(out, "%s%s\n", rule == NULL ? "" : "; ended by rule ", rule == NULL ? "" : rule);
}

/* What one month has come to for the user; nothing is said of a month without a line. */
static bool print_month(struct aws *aws, const char *id, const char *month, FILE *out)
{
    char *path = mem_format("/_mock/bill?user_id=%s&month=%s", id, month);
    struct aws_answer answer;
    bool answered = ask(aws, path, &answer);
    const struct json *lines = json_member(answer.body, "lines");
    if (answered && json_count(lines) > 0)
        fprintf(out, "     %s %s USD%s\n", month, json_member_text(answer.body, "total"),
                json_true(json_member(answer.body, "forecast")) ? ", as things stand" : "");
    aws_answer_clear(&answer);
    free(path);
    return answered;
}

/* The months from that of the user's first entry to the one after now. */
static bool print_bills(struct aws *aws, const char *id, const char *first, FILE *out)
{
    struct aws_answer answer;
    bool answered = ask(aws, "/_mock/clock", &answer);
    int64_t now_s = 0;
    int64_t month_s = 0;
    if (answered)
        answered =
            time_parse(json_member_text(answer.body, "now"), &now_s) && time_parse(first, &month_s);
    aws_answer_clear(&answer);
    month_s = month_of(month_s);
    for (; answered && month_s <= month_next(now_s); month_s = month_next(month_s)) {
        char month[MONTH_TEXT_BYTES];
        month_print(month_s, month);
        answered = print_month(aws, id, month, out);
    }
    return answered;
}

/* How it all stands: every seat, and what it has cost. */
static bool print_now(struct aws *aws, const char *id, const char *first, FILE *out)
{
    char *path = mem_format("/_mock/subscriptions?user_id=%s", id);
    struct aws_answer answer;
    bool answered = ask(aws, path, &answer);
    const struct json *rows = json_member(answer.body, "subscriptions");
    for (const struct json *row = json_first(rows); answered && row != NULL; row = json_next(row))
        print_seat(row, out);
    bool has_seats = json_count(rows) > 0;
    aws_answer_clear(&answer);
    free(path);
    return answered && (!has_seats || first == NULL || print_bills(aws, id, first, out));
}

static bool print_chain(struct aws *aws, const struct json *names, const char *id, FILE *out)
{
    char *path = mem_format("/_mock/explain?user_id=%s", id);
    struct aws_answer answer;
    bool answered = ask(aws, path, &answer);
    struct chain chain = {json_member(answer.body, "entries"), names, out};
    if (answered) {
        fprintf(out, "%s, %s\n", named(&chain, id), id);
        print_entries(&chain);
        answered = print_now(aws, id, json_member_text(json_first(chain.entries), "at"), out);
    }
    aws_answer_clear(&answer);
    free(path);
    return answered;
}

enum explained explain_user(struct aws *aws, const char *user, FILE *out,
                            char hint[NEAREST_HINT_BYTES])
{
    struct nearest nearest = {.asked = user};
    struct json *names = json_new_object();
    enum explained explained = EXPLAIN_NO_ANSWER;
    if (read_made_names(aws, names) && read_present_names(aws, names)) {
        const char *id = find_id(names, user);
        for (const struct json *at = json_first(names); id == NULL && at != NULL;
             at = json_next(at))
            if (json_text(at) != NULL)
                nearest_try(&nearest, json_text(at));
        if (id == NULL)
            explained = EXPLAIN_NOBODY;
        else if (print_chain(aws, names, id, out))
            explained = EXPLAINED;
    }
    nearest_hint(&nearest, hint);
    json_free(names);
    return explained;
}
