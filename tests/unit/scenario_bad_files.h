/* SPDX-License-Identifier: MIT */
/* Scenarios that are wrong in one thing or two, and what is said of them, word for word. */
#ifndef MOCK_KIRO_TESTS_SCENARIO_BAD_FILES_H
#define MOCK_KIRO_TESTS_SCENARIO_BAD_FILES_H

#include <stddef.h>

/* A file around the part that a case is about. WORLD and STEPS stand on line 2 and line 3. */
#define HEAD "{\"format\": 1, \"name\": \"n\", \"rules\": [\"E1\"],\n"
#define FILE_OF(world, steps) HEAD "\"world\": " world ",\n\"steps\": " steps "}\n"
#define STEP(step) FILE_OF("{\"users\": [\"a\"], \"groups\": {\"g\": []}}", "[\n" step "]")
#define WORLD(world) FILE_OF(world, "[]")
#define TWO_PROFILES                                                                               \
    "{\"users\": [\"a\"], \"profiles\": {\"one\": {}, \"two\": {\"region\": \"eu-central-1\"}}}"

struct bad_file {
    const char *chars;
    const char *complaints;
};

static const struct bad_file BAD_FILES[] = {
    /* the file */
    {"[]", "s.json:1:1: scenario: found array, expected an object\n"},
    {"{\"format\": 1", NULL},
    {"{\"format\": 2, \"name\": \"n\", \"rules\": [\"E1\"], \"world\": {}, \"steps\": []}",
     "s.json:1:12: format: found number, expected the number 1\n"},
    {"{\"format\": 1, \"name\": \"\", \"rules\": [], \"world\": {}, \"steps\": []}",
     "s.json:1:23: name: found \"\", expected a text of one line\n"
     "s.json:1:36: rules: found array, expected an array of rule ids, at least one\n"},
    {"{\"format\": 1,\n  \"nome\": 1, \"rules\": [\"E1\"],\n  \"world\": {}, \"steps\": []}",
     "s.json:2:3: unknown member \"nome\" of scenario, expected one of: format, name, rules, "
     "edition, "
     "timing, window, via, seed, world, steps\n"
     "s.json:1:1: scenario: the member \"name\" is missing, expected a text of one line\n"},
    {"{\"format\": 1, \"name\": \"n\", \"rules\": [\"E1\", \"auto-user-delated\"], \"world\": {}, "
     "\"steps\": []}",
     "s.json:1:44: rules: found \"auto-user-delated\", expected the id of a rule (see: kiro-check "
     "rules)\n"},
    {"{\"format\": 1, \"name\": \"n\", \"rules\": [\"E1\"], \"seed\": 0, \"edition\": "
     "\"kiro-1999\", \"world\": {}, "
     "\"steps\": []}",
     "s.json:1:53: seed: found number, expected a whole number from 1\n"
     "s.json:1:67: edition: found \"kiro-1999\", expected the name of an edition, or an object "
     "with "
     "\"name\" and \"override\"\n"},
    {HEAD
     "\"edition\": {\"name\": \"kiro-2026-06\", \"override\": {\"colour\": \"red\",\n"
     " \"proration_days\": \"some\", \"session_tail\": \"long\"}}, \"world\": {}, \"steps\": []}",
     "s.json:2:50: override: \"colour\" is not a parameter of an edition\n"
     "s.json:3:20: proration_days: expected one of \"inclusive\", \"exclusive\"\n"
     "s.json:3:44: session_tail: found \"long\", expected a duration like \"P1D\", \"PT30M\" or "
     "\"24h\"\n"},
    {HEAD "\"edition\": [\"kiro-2026-06\", {\"name\": \"kiro-2026-04\", \"colour\": 1}, "
          "\"kiro-2026-06\"],\n \"timing\": \"slow\", \"via\": [], \"world\": {}, \"steps\": []}",
     "s.json:2:68: edition: found the same twice, expected each once\n"
     "s.json:3:12: timing: found \"slow\", expected a timing: instant, documented\n"
     "s.json:3:27: via: found array, expected one path or a list of them\n"
     "s.json:2:54: unknown member \"colour\" of edition, expected one of: name, override\n"},
    {HEAD "\"edition\": [7], \"timing\": [], \"via\": [\"mail\"], \"world\": {}, \"steps\": []}",
     "s.json:2:13: edition: found number, expected the name of an edition, or an object with "
     "\"name\" and \"override\"\n"
     "s.json:2:27: timing: found array, expected one timing or a list of them\n"
     "s.json:2:39: via: found \"mail\", expected a path: api, console, control, management, "
     "scim, entra, okta, google, self, stranger\n"},
    {HEAD "\"via\": [\"api\", \"scim\"], \"world\": {\"users\": [\"a\"]},\n"
          "\"steps\": [{\"subscribe\": \"user:a\"}]}",
     "s.json:2:16: via: found \"scim\", expected a path that a step can go by\n"},
    /* the world */
    {WORLD("[]"), "s.json:2:10: world: found array, expected a world document\n"},
    {WORLD("{\"people\": []}"),
     "s.json:2:11: unknown member \"people\" of world, expected one of: format, start, accounts, "
     "instances, users, groups, profiles, assignments, uses\n"},
    {WORLD("{\"start\": \"2026-02-30T00:00:00Z\"}"),
     "s.json:2:20: start: found \"2026-02-30T00:00:00Z\", expected a time like "
     "\"2026-04-12T10:00:00Z\"\n"},
    {WORLD("{\"users\": [\"a\", \"a\"]}"),
     "s.json:2:26: users: found \"a\" twice, expected each user once\n"},
    {WORLD("{\"users\": {\"a b\": {}}}"),
     "s.json:2:21: users: found \"a b\", expected a handle of letters, digits and . _ @ + -\n"},
    {WORLD("{\"users\": {\"a\": {\"instance\": \"x\", \"active\": \"no\"}}}"),
     "s.json:2:54: active: found \"no\", expected true or false\n"},
    {WORLD("{\"users\": {\"a\": {\"instance\": \"x\"}}}"),
     "s.json:2:39: instance: found \"x\", expected the handle of one in this world\n"},
    {WORLD("{\"groups\": {\"g\": [\"ghost\"]}}"),
     "s.json:2:28: members: found \"ghost\", expected the handle of a user in this world\n"},
    {WORLD("{\"groups\": [\"g\"]}"),
     "s.json:2:21: groups: found array, expected an object from handle to entry\n"},
    {WORLD("{\"instances\": {\"one\": {}, \"two\": {}}, \"profiles\": {}, \"users\": {\"a\": {}}}"),
     "s.json:2:79: the member \"instance\" is missing, expected because there are 2 such\n"},
    {WORLD("{\"assignments\": [{\"to\": \"a\"}]}"),
     "s.json:2:34: to: found \"a\", expected \"user:HANDLE\" or \"group:HANDLE\"\n"},
    {WORLD("{\"assignments\": [{\"plan\": \"gold\"}]}"),
     "s.json:2:36: plan: found \"gold\", expected a plan: pro, pro-plus, pro-max, power\n"
     "s.json:2:27: assignment: the member \"to\" is missing, expected \"user:HANDLE\" or "
     "\"group:HANDLE\"\n"},
    {WORLD("{\"assignments\": [{\"to\": \"user:a\"}]}"),
     "s.json:2:34: to: found \"user:a\", expected a user or group in this world\n"},
    {WORLD("{\"users\": [\"a\"], \"uses\": [{\"user\": \"a\", \"at\": \"2027-01-01T00:00:00Z\"}]}"),
     "s.json:2:56: at: found \"2027-01-01T00:00:00Z\", expected a time not after the world's "
     "start\n"},
    /* steps */
    {STEP("1"), "s.json:4:1: step: found number, expected an object\n"},
    {STEP("{}"), "s.json:4:1: a step without a verb, expected one\n"},
    {STEP("{\"delete_usr\": \"a\"}"),
     "s.json:4:2: unknown verb \"delete_usr\" (see: kiro-check language)\n"},
    {STEP("{\"delete_user\": \"a\", \"use\": \"a\"}"),
     "s.json:4:22: \"use\" beside \"delete_user\": expected one verb in a step\n"},
    {STEP("{\"delete_user\": \"b\"}"),
     "s.json:4:17: user: found \"b\", expected a handle that is known at this step\n"},
    {STEP("{\"delete_user\": {}}"),
     "s.json:4:17: delete_user: the member \"user\" is missing, expected the handle of a user\n"},
    {STEP("{\"delete_user\": {\"user\": \"a\", \"why\": \"x\"}}"),
     "s.json:4:31: unknown member \"why\" of delete_user, expected one of: user\n"},
    {STEP("{\"delete_user\": 7}"), "s.json:4:17: delete_user: found number, expected an object\n"},
    {STEP("{\"change_plan\": \"user:a\"}"),
     "s.json:4:17: change_plan: found string, expected an object\n"},
    {STEP("{\"create_user\": \"a\"}"),
     "s.json:4:17: user: found \"a\", expected a handle that was not used before\n"},
    {STEP("{\"create_user\": \"b\", \"refused\": \"ConflictException\"}, {\"use\": \"b\"}"),
     "s.json:4:63: user: found \"b\", expected a handle that is known at this step\n"},
    {STEP("{\"add_member\": {\"group\": \"h\", \"member\": \"group:i\"}}"),
     "s.json:4:26: group: found \"h\", expected a handle that is known at this step\n"
     "s.json:4:41: member: found \"group:i\", expected a handle that is known at this step\n"},
    {STEP("{\"subscribe\": \"role:a\"}"),
     "s.json:4:15: to: found \"role:a\", expected \"user:HANDLE\" or \"group:HANDLE\"\n"},
    {STEP("{\"use\": {\"user\": \"a\", \"credits\": \"1.005\"}}"),
     "s.json:4:34: credits: found \"1.005\", expected credits with at most two places, as a "
     "text\n"},
    {STEP("{\"use\": {\"user\": \"a\", \"credits\": 1}}"),
     "s.json:4:34: credits: found number, expected credits with at most two places, as a text\n"},
    {STEP("{\"use\": \"a\", \"refused\": \"no\"}"),
     "s.json:4:25: refused: found \"no\", expected the name of an AWS exception, like "
     "\"ConflictException\", or \"connection-reset\" or \"answer-truncated\"\n"},
    {STEP("{\"use\": \"a\", \"refused\": \"connection-lost\"}"),
     "s.json:4:25: refused: found \"connection-lost\", expected the name of an AWS exception, like "
     "\"ConflictException\", or \"connection-reset\" or \"answer-truncated\"\n"},
    {STEP("{\"use\": \"a\", \"refused\": \"connection-reset\", \"done\": \"yes\"}"),
     "s.json:4:53: done: found \"yes\", expected true or false\n"},
    {STEP("{\"use\": \"a\", \"done\": true}"),
     "s.json:4:22: done: expected beside \"refused\": \"connection-reset\" or \"answer-truncated\" "
     "only\n"},
    {STEP("{\"use\": \"a\", \"refused\": \"ConflictException\", \"done\": true}"),
     "s.json:4:54: done: expected beside \"refused\": \"connection-reset\" or \"answer-truncated\" "
     "only\n"},
    {STEP("{\"create_user\": \"b\", \"refused\": \"connection-reset\", \"done\": true}"),
     "s.json:4:61: done: expected with no verb that makes something, whose id would be lost\n"},
    {STEP("{\"fault\": \"slow\"}"), "s.json:4:11: fault: the member \"latency_ms\" is missing, "
                                    "expected how long it takes\n"},
    {STEP("{\"use\": \"a\", \"at\": \"2025-12-31T23:59:59Z\"}"),
     "s.json:4:20: at: found \"2025-12-31T23:59:59Z\", expected a time not before "
     "2026-01-01T00:00:00Z\n"},
    {STEP("{\"advance\": \"next-month\"}, {\"advance\": \"2026-01-31T00:00:00Z\"}"),
     "s.json:4:40: advance: time does not run backwards, expected a time not before "
     "2026-02-01T00:00:00Z\n"},
    {STEP("{\"advance\": {}}"), "s.json:4:13: advance: expected \"to\" or \"by\", one of them\n"},
    {STEP("{\"advance\": {\"by\": \"1 month\"}}"), "s.json:4:20: by: found \"1 month\", expected a "
                                                   "duration like \"P1D\", \"PT30M\" or \"24h\"\n"},
    {STEP("{\"check\": {\"user\": \"a\"}}"),
     "s.json:4:11: check: expected at least one of the members that state something\n"},
    {STEP("{\"check\": {\"user\": \"a\", \"status\": \"DONE\"}}"),
     "s.json:4:35: status: found \"DONE\", expected a status: NONE, PENDING, ACTIVE, "
     "CANCELED, PENDING_REMOVAL\n"},
    {STEP("{\"check\": {\"user\": \"a\", \"bill\": {\"2026-13\": \"1\"}}}"),
     "s.json:4:34: bill: found \"2026-13\", expected a month like \"2026-04\"\n"
     "s.json:4:45: bill: expected an amount with two places as a text, like \"20.00\"\n"},
    {STEP("{\"check\": {\"user\": \"a\", \"access\": true}, \"refused\": \"ConflictException\"}"),
     "s.json:4:11: check: cannot be refused, expected no \"refused\"\n"},
    {STEP("{\"delete_user\": \"a\", \"via\": \"console\"}"),
     "s.json:4:29: via: found \"console\", expected a path of delete_user: api, scim, entra, "
     "google\n"},
    {STEP("{\"delete_user\": \"a\", \"via\": \"post\"}"),
     "s.json:4:29: via: found \"post\", expected a path: api, console, control, management, "
     "scim, entra, okta, google, self, stranger\n"},
    {STEP("{\"check\": {\"user\": \"a\", \"access\": true}, \"via\": \"api\"}"),
     "s.json:4:49: via: found \"api\", expected a path of check: it has none\n"},
    {STEP("{\"close_account\": \"lab\"}"),
     "s.json:4:19: account: found \"lab\", expected a handle that is known at this step\n"},
    {STEP("{\"create_account\": \"lab\"}, {\"create_profile\": \"second\"}"),
     "s.json:4:47: the member \"account\" is missing, expected because there are 2 such\n"},
    {FILE_OF(TWO_PROFILES, "[{\"use\": \"a\"}]"),
     "s.json:3:19: the member \"profile\" is missing, expected because there are 2 such\n"},
};

#endif
