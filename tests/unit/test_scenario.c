/* SPDX-License-Identifier: MIT */
/*
 * Scenarios as values: what is wrong is told at its place, what is right is understood, and
 * printing is parsing backwards.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/plans.h"
#include "base/rules.h"
#include "base/times.h"
#include "language/scenario.h"
#include "scenario_bad_files.h"

static struct scenario *parse(const char *chars, struct text *complaints)
{
    return scenario_parse("s.json", chars, strlen(chars), complaints);
}

static struct scenario *parse_right(const char *chars)
{
    struct text complaints = {0};
    struct scenario *scenario = parse(chars, &complaints);
    if (scenario == NULL)
        print_error("%s", text_chars(&complaints));
    assert_non_null(scenario);
    assert_int_equal(complaints.bytes, 0);
    text_clear(&complaints);
    return scenario;
}

static void what_is_wrong_is_told_at_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof BAD_FILES / sizeof *BAD_FILES; i++) {
        struct text complaints = {0};
        assert_null(parse(BAD_FILES[i].chars, &complaints));
        if (BAD_FILES[i].complaints != NULL)
            assert_string_equal(text_chars(&complaints), BAD_FILES[i].complaints);
        else /* what is not JSON is told in the words of the JSON reader */
            assert_memory_equal(text_chars(&complaints), "s.json:1:", strlen("s.json:1:"));
        text_clear(&complaints);
    }
}

/* Files in canonical form: printing gives back the same text. */
static const char *const CANONICAL[] = {
    "{\n"
    "  \"format\": 1,\n"
    "  \"name\": \"as short as can be\",\n"
    "  \"rules\": [\"E1\"],\n"
    "  \"world\": {},\n"
    "  \"steps\": []\n"
    "}\n",

    "{\n"
    "  \"format\": 1,\n"
    "  \"name\": \"everything: \\\"quotes\\\" and ü\",\n"
    "  \"rules\": [\"auto-user-deleted\", \"E17\"],\n"
    "  \"edition\": {\"name\": \"kiro-2026-06\", \"override\": {\"proration_days\": "
    "\"exclusive\"}},\n"
    "  \"timing\": [\"instant\", \"documented\"],\n"
    "  \"via\": \"scim\",\n"
    "  \"seed\": 7,\n"
    "  \"world\": {\n"
    "    \"start\": \"2026-04-01T00:00:00Z\",\n"
    "    \"users\": {\"alice\": {\"active\": false}, \"bob\": {}},\n"
    "    \"groups\": {\"devs\": [\"alice\"]},\n"
    "    \"profiles\": {\"main\": {}, \"second\": {\"region\": \"eu-central-1\"}},\n"
    "    \"assignments\": [\n"
    "      {\"to\": \"user:alice\", \"profile\": \"main\", \"plan\": \"power\", \"at\": "
    "\"2026-03-01T00:00:00Z\"},\n"
    "      {\"to\": \"group:devs\", \"profile\": \"second\"}\n"
    "    ]\n"
    "  },\n"
    "  \"steps\": [\n"
    "    {\"at\": \"2026-04-02T00:00:00Z\", \"create_user\": \"carol\"},\n"
    "    {\"create_user\": {\"user\": \"dave\", \"user_name\": \"carol\"}, \"refused\": "
    "\"ConflictException\"},\n"
    "    {\"reactivate_user\": \"alice\"},\n"
    "    {\"add_member\": {\"group\": \"devs\", \"member\": \"carol\"}},\n"
    "    {\"use\": {\"user\": \"carol\", \"profile\": \"second\", \"credits\": \"1.5\"}},\n"
    "    {\"change_plan\": {\"to\": \"group:devs\", \"plan\": \"pro-plus\", \"profile\": "
    "\"second\"}},\n"
    "    {\"advance\": \"next-month\"},\n"
    "    {\"advance\": {\"by\": \"P1D\"}},\n"
    "    {\n"
    "      \"check\": {\n"
    "        \"user\": \"carol\",\n"
    "        \"profile\": \"second\",\n"
    "        \"status\": \"ACTIVE\",\n"
    "        \"plan_in_force\": \"pro-plus\",\n"
    "        \"access\": true,\n"
    "        \"bill\": {\"2026-04\": \"38.67\", \"2026-05\": \"40.00\"}\n"
    "      }\n"
    "    },\n"
    "    {\"delete_user\": \"bob\", \"refused\": \"ConflictException\", \"via\": \"api\"},\n"
    "    {\"fault\": {\"fault\": \"slow\", \"latency_ms\": 20}},\n"
    "    {\"delete_user\": \"bob\", \"refused\": \"connection-reset\", \"done\": true, \"via\": "
    "\"scim\"},\n"
    "    {\"create_account\": {\"account\": \"lab\", \"name\": \"The lab\"}},\n"
    "    {\"close_account\": \"lab\"},\n"
    "    {\"reopen_account\": \"lab\"},\n"
    "    {\"delete_instance\": \"main\"}\n"
    "  ]\n"
    "}\n",
};

static void printing_is_parsing_backwards(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CANONICAL / sizeof *CANONICAL; i++) {
        struct scenario *scenario = parse_right(CANONICAL[i]);
        char *printed = scenario_print(scenario);
        assert_string_equal(printed, CANONICAL[i]);
        free(printed);
        scenario_free(scenario);
    }
}

/* Long forms, odd order, comments and trailing commas are other texts of the same value. */
static void many_texts_have_one_value(void **state)
{
    (void)state;
    struct scenario *scenario = parse_right(
        "{\"steps\": [{\"refused\": \"ConflictException\", \"delete_user\": {\"user\": \"a\"}, // "
        "so\n"
        "            \"at\": \"2026-01-02T00:00:00Z\"},],\n"
        " \"world\": {\"users\": [\"a\",]}, /* here */ \"edition\": [{\"name\": "
        "\"kiro-2025-11\"}],\n"
        " \"timing\": [\"documented\"], \"rules\": [\"E1\"], \"name\": \"n\", \"format\": 1}");
    char *printed = scenario_print(scenario);
    assert_string_equal(
        printed, "{\n"
                 "  \"format\": 1,\n"
                 "  \"name\": \"n\",\n"
                 "  \"rules\": [\"E1\"],\n"
                 "  \"edition\": \"kiro-2025-11\",\n"
                 "  \"timing\": \"documented\",\n"
                 "  \"world\": {\n"
                 "    \"users\": [\"a\"]\n"
                 "  },\n"
                 "  \"steps\": [\n"
                 "    {\"at\": \"2026-01-02T00:00:00Z\", \"delete_user\": \"a\", \"refused\": "
                 "\"ConflictException\"}\n"
                 "  ]\n"
                 "}\n");
    free(printed);
    scenario_free(scenario);
}

/* A text that fits; "main" names a profile, an instance and an account. */
static const char *text_of(enum value_kind kind)
{
    static const char *const TEXTS[] = {[VALUE_GROUP] = "devs",
                                        [VALUE_CREDITS] = "12.5",
                                        [VALUE_AMOUNT] = "10.67",
                                        [VALUE_REGION] = "eu-central-1",
                                        [VALUE_TEXT] = "Ann \"Nan\" O'Neil \\ ü",
                                        [VALUE_TIME_OR_NEXT_MONTH] = "next-month"};
    bool known = (size_t)kind < sizeof TEXTS / sizeof TEXTS[0] && TEXTS[kind] != NULL;
    return known ? TEXTS[kind] : "main";
}

/* A value for a member of a random step. */
static struct json *random_value(const struct member *member, unsigned *seed, int step)
{
    const struct value_facts *facts = value_facts(member->kind);
    size_t words = 0;
    while (facts->word_at != NULL && facts->word_at(words) != NULL)
        words++;
    if (words > 0)
        return json_new_text(facts->word_at((size_t)rand_r(seed) % words));
    char *fresh = mem_format("new%d", step);
    struct json *value = NULL;
    switch (member->kind) {
    case VALUE_NEW_HANDLE:
        value = json_new_text(fresh);
        break;
    case VALUE_PRINCIPAL:
        value = json_new_text(rand_r(seed) % 2 ? "user:alice" : "group:devs");
        break;
    case VALUE_MEMBER:
    case VALUE_USER:
        value = json_new_text(rand_r(seed) % 2 ? "alice" : "bob");
        break;
    case VALUE_BOOLEAN:
        value = json_new_boolean(rand_r(seed) % 2);
        break;
    case VALUE_SEED:
        value = json_new_integer(rand_r(seed) % 9 + 1);
        break;
    case VALUE_RULE:
        value = json_new_text(rule_at((size_t)rand_r(seed) % 30)->id);
        break;
    case VALUE_BILL:
        value = json_new_object();
        json_put_text(value, "2026-01", "10.67");
        break;
    default:
        value = json_new_text(text_of(member->kind));
    }
    free(fresh);
    return value;
}

static struct json *random_step(unsigned *seed, int number)
{
    size_t count = 1;
    while (verb_at(count) != NULL)
        count++;
    const struct verb *verb = verb_at((size_t)rand_r(seed) % count);
    struct json *step = json_new_object();
    bool is_check = verb_is_check(verb);
    if (!is_check && rand_r(seed) % 4 == 0)
        json_put_text(step, "refused", "ConflictException");
    if (!is_check && verb->form.members[0].kind != VALUE_NEW_HANDLE && rand_r(seed) % 4 == 0) {
        json_put_text(step, "refused", rand_r(seed) % 2 ? "connection-reset" : "answer-truncated");
        json_put_boolean(step, "done", rand_r(seed) % 2);
    }
    if (!is_check && rand_r(seed) % 4 == 0)
        json_put_text(step, "via", verb->paths[verb->paths[1].name != NULL].name);
    struct json *arguments = json_put(step, verb->form.name, json_new_object());
    bool is_advance = strcmp(verb->form.name, "advance") == 0;
    for (const struct member *member = verb->form.members; member->name != NULL; member++) {
        bool wanted = member->required || (is_check && strcmp(member->name, "access") == 0) ||
                      (!is_advance && rand_r(seed) % 2 == 0);
        if (wanted)
            json_put(arguments, member->name, random_value(member, seed, number));
    }
    if (is_advance)
        json_put_text(arguments, rand_r(seed) % 2 ? "to" : "by", "");
    if (json_member(arguments, "to") != NULL && is_advance)
        json_put_text(arguments, "to", "next-month");
    if (json_member(arguments, "by") != NULL)
        json_put_text(arguments, "by", "PT36H");
    if (strcmp(verb->form.name, "fault") == 0) /* some kinds have to say it */
        json_put_integer(arguments, "latency_ms", 1);
    /* A second profile or account would leave "the only one" without a meaning. */
    if (strcmp(verb->form.name, "create_profile") == 0 ||
        strcmp(verb->form.name, "create_account") == 0)
        json_put_text(step, "refused", "ConflictException");
    return step;
}

static void what_is_printed_parses_to_the_same_value(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 300; seed++) {
        unsigned random = seed;
        struct json *steps = json_new_array();
        int count = rand_r(&random) % 12;
        for (int i = 0; i < count; i++)
            json_push(steps, random_step(&random, i));
        char *printed_steps = json_print(steps);
        char *chars = mem_format(
            FILE_OF("{\"users\": [\"alice\", \"bob\"], \"groups\": {\"devs\": [\"bob\"]}}", "%s"),
            printed_steps);
        struct scenario *once = parse_right(chars);
        char *printed = scenario_print(once);
        struct scenario *twice = parse_right(printed);
        char *printed_again = scenario_print(twice);
        assert_string_equal(printed_again, printed);
        assert_int_equal(once->step_count, (size_t)count);
        assert_int_equal(twice->step_count, (size_t)count);
        for (size_t i = 0; i < once->step_count; i++) {
            assert_ptr_equal(once->steps[i].verb, twice->steps[i].verb);
            assert_true(json_equal(once->steps[i].arguments, twice->steps[i].arguments));
            assert_int_equal(once->steps[i].after_s, twice->steps[i].after_s);
            assert_int_equal(once->steps[i].via == NULL, twice->steps[i].via == NULL);
        }
        scenario_free(once);
        scenario_free(twice);
        free(printed);
        free(printed_again);
        free(printed_steps);
        free(chars);
        json_free(steps);
    }
}

static void assert_event(const struct oracle_event *event, enum oracle_event_kind kind,
                         const char *at, const char *subject, const char *object)
{
    char time[TIME_TEXT_BYTES];
    time_print(event->at_s, time);
    assert_int_equal(event->kind, kind);
    assert_string_equal(time, at);
    assert_string_equal(event->subject, subject);
    if (object != NULL)
        assert_string_equal(event->object, object);
}

static void a_world_is_told_in_time_order_and_ties_in_the_order_of_its_sections(void **state)
{
    (void)state;
    struct scenario *scenario = parse_right(WORLD(
        "{\"start\": \"2026-06-01T00:00:00Z\",\n"
        " \"uses\": [{\"user\": \"a\", \"at\": \"2026-03-01T00:00:00Z\"}],\n"
        " \"assignments\": [{\"to\": \"group:g\"}, {\"to\": \"user:a\", \"plan\": \"power\",\n"
        "                   \"at\": \"2026-03-01T00:00:00Z\"}],\n"
        " \"groups\": {\"g\": [\"b\"]}, \"users\": {\"a\": {}, \"b\": {\"active\": false}}}"));
    const struct scenario_world *world = &scenario->world;
    static const char FIRST[] = "2026-03-01T00:00:00Z";
    static const char START[] = "2026-06-01T00:00:00Z";
    assert_int_equal(world->event_count, 10);
    const struct oracle_event *event = world->events;
    assert_event(&event[0], ORACLE_INSTANCE_CREATED, FIRST, "main", NULL);
    assert_event(&event[1], ORACLE_USER_CREATED, FIRST, "a", "main");
    assert_event(&event[2], ORACLE_USER_CREATED, FIRST, "b", "main");
    assert_event(&event[3], ORACLE_GROUP_CREATED, FIRST, "g", "main");
    assert_event(&event[4], ORACLE_MEMBER_ADDED, FIRST, "b", "g");
    assert_event(&event[5], ORACLE_PROFILE_CREATED, FIRST, "main", "main");
    assert_event(&event[6], ORACLE_SUBSCRIBED, FIRST, "a", "main");
    assert_event(&event[7], ORACLE_USED, FIRST, "a", "main");
    assert_event(&event[8], ORACLE_USER_DEACTIVATED, START, "b", NULL);
    assert_event(&event[9], ORACLE_SUBSCRIBED, START, "g", "main");
    assert_int_equal(event[6].plan, PLAN_POWER);
    assert_int_equal(event[9].plan, PLAN_PRO);
    assert_true(event[9].to_group);
    scenario_free(scenario);
}

static void the_clock_is_followed_through_the_steps(void **state)
{
    (void)state;
    struct scenario *scenario = parse_right(
        STEP("{\"advance\": \"next-month\"}, {\"advance\": {\"by\": \"P1DT2H\"}},"
             "{\"at\": \"2026-02-28T23:59:59Z\", \"use\": \"a\"}, {\"advance\": \"next-month\"}"));
    static const char *const AFTER[] = {"2026-02-01T00:00:00Z", "2026-02-02T02:00:00Z",
                                        "2026-02-28T23:59:59Z", "2026-03-01T00:00:00Z"};
    for (size_t i = 0; i < scenario->step_count; i++) {
        char time[TIME_TEXT_BYTES];
        time_print(scenario->steps[i].after_s, time);
        assert_string_equal(time, AFTER[i]);
    }
    scenario_free(scenario);
}

struct concern {
    size_t step;
    bool a, b, c;
};

static void a_step_concerns_whom_it_names_and_the_members_of_the_group_it_names(void **state)
{
    (void)state;
    struct scenario *scenario = parse_right(FILE_OF(
        "{\"users\": [\"a\", \"b\", \"c\"], \"groups\": {\"g\": [\"a\"]}}",
        "[{\"delete_user\": \"a\"}, {\"subscribe\": \"group:g\"},"
        " {\"add_member\": {\"group\": \"g\", \"member\": \"b\"}}, {\"unsubscribe\": \"group:g\"},"
        " {\"remove_member\": {\"group\": \"g\", \"member\": \"a\"}}, {\"delete_group\": \"g\"},"
        " {\"subscribe\": \"user:c\"}, {\"advance\": \"next-month\"}, {\"delete_profile\": "
        "\"main\"}]"));
    static const struct concern CONCERNS[] = {
        {0, true, false, false}, {1, true, false, false}, {2, false, true, false},
        {3, true, true, false},  {4, true, false, false}, {5, false, true, false},
        {6, false, false, true}, {7, true, true, true},   {8, true, true, true},
    };
    for (size_t i = 0; i < sizeof CONCERNS / sizeof *CONCERNS; i++) {
        assert_int_equal(scenario_step_concerns(scenario, i, "a"), CONCERNS[i].a);
        assert_int_equal(scenario_step_concerns(scenario, i, "b"), CONCERNS[i].b);
        assert_int_equal(scenario_step_concerns(scenario, i, "c"), CONCERNS[i].c);
    }
    assert_true(scenario_step_concerns(scenario, SIZE_MAX, "a"));
    scenario_free(scenario);
}

static void a_step_is_described_as_it_was_said(void **state)
{
    (void)state;
    struct scenario *scenario = parse_right(
        STEP("{\"subscribe\": {\"to\": \"user:a\", \"plan\": \"power\"}},"
             "{\"close_account\": \"main\"}, {\"delete_user\": \"a\", \"via\": \"scim\"},"
             "{\"add_member\": {\"group\": \"g\", \"member\": \"a\"}},"
             "{\"advance\": {\"by\": \"24h\"}},"
             "{\"check\": {\"user\": \"a\", \"status\": \"PENDING\"}}"));
    static const char *const WORDS[] = {"subscribe user:a plan=power",
                                        "close_account main",
                                        "delete_user a via scim",
                                        "add_member g a",
                                        "advance by=24h",
                                        "check a"};
    for (size_t i = 0; i < scenario->step_count; i++) {
        struct text text = {0};
        step_describe(&scenario->steps[i], &text);
        assert_string_equal(text_chars(&text), WORDS[i]);
        text_clear(&text);
    }
    scenario_free(scenario);
}

static void a_world_says_who_owns_what(void **state)
{
    (void)state;
    struct scenario *scenario = parse_right(
        WORLD("{\"accounts\": {\"main\": {\"organization\": \"acme\", \"management\": true},\n"
              " \"lab\": {\"organization\": \"acme\"}}, \"instances\": {\"i\": {\"account\": "
              "\"main\"}},\n"
              " \"profiles\": {\"p\": {\"account\": \"lab\"}}}"));
    const struct scenario_world *world = &scenario->world;
    const struct actor *lab = registry_find(&world->registry, ACTOR_ACCOUNT, "lab");
    assert_string_equal(lab->organization, "acme");
    assert_false(lab->management);
    assert_true(registry_find(&world->registry, ACTOR_ACCOUNT, "main")->management);
    assert_int_equal(world->event_count, 4);
    assert_int_equal(world->events[0].kind, ORACLE_ACCOUNT_JOINED);
    assert_string_equal(world->events[0].subject, "main");
    assert_int_equal(world->events[1].kind, ORACLE_ACCOUNT_JOINED);
    assert_string_equal(world->events[1].subject, "lab");
    assert_int_equal(world->events[2].kind, ORACLE_INSTANCE_CREATED);
    assert_string_equal(world->events[2].object, "main");
    assert_int_equal(world->events[3].kind, ORACLE_PROFILE_CREATED);
    assert_string_equal(world->events[3].object, "i");
    assert_string_equal(world->events[3].text, "lab");
    scenario_free(scenario);
}

static void a_file_that_is_not_there_is_a_complaint(void **state)
{
    (void)state;
    struct text complaints = {0};
    assert_null(scenario_read("/nowhere/s.json", &complaints));
    assert_string_equal(text_chars(&complaints), "/nowhere/s.json: No such file or directory\n");
    text_clear(&complaints);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_is_told_at_its_place),
        cmocka_unit_test(printing_is_parsing_backwards),
        cmocka_unit_test(many_texts_have_one_value),
        cmocka_unit_test(what_is_printed_parses_to_the_same_value),
        cmocka_unit_test(a_world_is_told_in_time_order_and_ties_in_the_order_of_its_sections),
        cmocka_unit_test(the_clock_is_followed_through_the_steps),
        cmocka_unit_test(a_step_concerns_whom_it_names_and_the_members_of_the_group_it_names),
        cmocka_unit_test(a_step_is_described_as_it_was_said),
        cmocka_unit_test(a_world_says_who_owns_what),
        cmocka_unit_test(a_file_that_is_not_there_is_a_complaint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
