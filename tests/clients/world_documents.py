# SPDX-License-Identifier: MIT
"""World documents: a small one, a rich one, and tables of wrong ones with what must be said about each."""

NOBODY = "00000000-0000-4000-8000-000000000000"
SMALL = {"start": "2026-03-10T09:00:00Z", "users": ["alice", "bob"], "groups": {"devs": ["bob"]},
         "assignments": [{"to": "user:alice", "plan": "pro", "at": "2026-01-05T00:00:00Z"},
                         {"to": "group:devs", "plan": "power"}],
         "uses": [{"user": "alice", "at": "2026-02-05T00:00:00Z"}]}

RICH = {
    "format": 1, "start": "2026-03-10T09:00:00Z",
    "accounts": {"main": {"id": "111122223333"}, "lab": {"id": "444455556666"}},
    "instances": {"main": {"account": "main", "region": "us-east-1", "kind": "organization"},
                  "eu": {"account": "lab", "region": "eu-central-1", "kind": "account"}},
    "users": {"alice": {"instance": "main", "attributes": {"DisplayName": "Alice Ä", "Name": {
                  "GivenName": "Alice", "FamilyName": "A"}, "Emails": [{"Value": "a@example.com", "Primary": True}]}},
              "bob": {"instance": "main", "active": False}, "carol": {"instance": "main", "user_name": "c.arol"},
              "erik": {"instance": "eu"}, "frida": {"instance": "eu", "user_name": "alice"}},
    "groups": {"devs": {"instance": "main", "members": ["alice", "bob"]},
               "all": {"instance": "main", "members": ["carol", "alice"], "display_name": "Every One"},
               "eu-devs": {"instance": "eu", "members": ["frida"]}},
    "profiles": {"main": {"account": "main", "region": "us-east-1", "instance": "main"},
                 "far": {"account": "main", "region": "eu-central-1", "instance": "main"},
                 "eu": {"account": "lab", "region": "us-east-1", "instance": "eu"}},
    "assignments": [{"to": "group:devs", "profile": "main", "plan": "pro", "at": "2026-01-01T00:00:00Z"},
                    {"to": "user:alice", "profile": "main", "plan": "power", "at": "2026-02-03T04:05:06Z"},
                    {"to": "user:alice", "profile": "far", "plan": "pro-plus", "at": "2026-03-10T09:00:00Z"},
                    {"to": "user:carol", "profile": "main", "plan": "pro-max"},
                    {"to": "group:eu-devs", "profile": "eu"}],
    "uses": [{"user": "alice", "profile": "main", "at": "2026-02-03T04:05:06Z"}, {"user": "frida", "profile": "eu"}]}


def person(name):
    return {"UserName": name, "DisplayName": name, "Name": {"GivenName": name, "FamilyName": name}}


# what, document, JSON pointer of the error, words of its message
WRONG_DOCUMENTS = [
    ("another format", {"format": 2}, "/format", "format 1"),
    ("a format in words", {"format": "1"}, "/format", "format 1"),
    ("an unknown member", {"colour": "red"}, "/colour", "users"),
    ("a start that is no time", {"start": "yesterday"}, "/start", "2026-03-01T00:00:00Z"),
    ("a start that is a number", {"start": 2026}, "/start", "2026-03-01T00:00:00Z"),
    ("users that are a text", {"users": "alice"}, "/users", "list of names"),
    ("a user that is a number", {"users": ["alice", 5]}, "/users/1", "name"),
    ("a user without a name", {"users": [""]}, "/users/0", "name"),
    ("a user whose value is a text", {"users": {"alice": "bob"}}, "/users/alice", "object"),
    ("an unknown member of a user", {"users": {"alice": {"age": 5}}}, "/users/alice/age", "active"),
    ("active in words", {"users": {"alice": {"active": "yes"}}}, "/users/alice/active", "true or false"),
    ("attributes that are a list", {"users": {"alice": {"attributes": []}}}, "/users/alice/attributes", "object"),
    ("a user of no instance", {"users": {"alice": {"instance": "moon"}}}, "/users/alice/instance", "moon"),
    ("a user of one of two instances", {"instances": ["a", "b"], "users": ["alice"]}, "/users/0", "which"),
    ("a user twice", {"users": ["alice", "alice"]}, "/users/1", "alice"),
    ("a user name twice", {"users": {"a": {"user_name": "x"}, "b": {"user_name": "X"}}}, "/users/b", "taken"),
    ("a user name with a blank", {"users": ["a b"]}, "/users/0", "a b"),
    ("a name with a slash", {"users": {"a/b~c": {"age": 1}}}, "/users/a~1b~0c/age", "active"),
    ("an account id that is none", {"accounts": {"main": {"id": "12"}}}, "/accounts/main/id", "12 digits"),
    ("an instance of one of two accounts", {"accounts": ["a", "b"]}, "/instances", "which"),
    ("an unknown kind of instance", {"instances": {"main": {"kind": "cloud"}}}, "/instances/main/kind",
     "organization or account"),
    ("a Region that is none", {"instances": {"main": {"region": "Mars"}}}, "/instances/main/region", "Mars"),
    ("a profile in a Region that is none", {"profiles": {"main": {"region": "Mars"}}}, "/profiles/main/region", "Mars"),
    ("an instance of no account", {"instances": {"main": {"account": "x"}}}, "/instances/main/account", "'x'"),
    ("two profiles in one place", {"profiles": ["a", "b"]}, "/profiles/1", "second profile"),
    ("a profile of no instance", {"profiles": {"main": {"instance": "x"}}}, "/profiles/main/instance", "'x'"),
    ("a group twice", {"groups": {"a": {"display_name": "x"}, "b": {"display_name": "X"}}}, "/groups/b", "taken"),
    ("members that are one name", {"users": ["alice"], "groups": {"devs": "alice"}}, "/groups/devs", ""),
    ("a member that is a number", {"groups": {"devs": [5]}}, "/groups/devs", "list of names"),
    ("a member that is nobody", {"groups": {"devs": ["alice"]}}, "/groups/devs", "alice"),
    ("a member that is nobody, in full", {"groups": {"devs": {"members": ["alice"]}}}, "/groups/devs/members", "alice"),
    ("a group in a group", {"groups": {"a": [], "b": ["a"]}}, "/groups/b", "'a'"),
    ("a member twice", {"users": ["alice"], "groups": {"devs": ["alice", "alice"]}}, "/groups/devs", "alice"),
    ("a member of another instance", {"instances": {"a": {}, "b": {"region": "eu-west-1"}}, "profiles": {}, "users": {
        "alice": {"instance": "a"}}, "groups": {"devs": {"instance": "b", "members": ["alice"]}}},
     "/groups/devs/members", "another instance"),
    ("assignments that are a map", {"assignments": {"a": {}}}, "/assignments", "list"),
    ("an assignment that is a text", {"assignments": ["user:alice"]}, "/assignments/0", "object"),
    ("an assignment to nobody", {"assignments": [{"plan": "pro"}]}, "/assignments/0", "to"),
    ("an assignment to a bare name", {"users": ["alice"], "assignments": [{"to": "alice"}]}, "/assignments/0/to",
     "user:NAME or group:NAME"),
    ("an assignment to a stranger", {"users": ["alice"], "assignments": [{"to": "user:bob"}]}, "/assignments/0/to",
     "user:bob"),
    ("a user as a group", {"users": ["alice"], "assignments": [{"to": "group:alice"}]}, "/assignments/0/to", "alice"),
    ("an unknown plan", {"users": ["alice"], "assignments": [{"to": "user:alice", "plan": "gold"}]},
     "/assignments/0/plan", "pro-plus"),
    ("a plan of the wire", {"users": ["alice"], "assignments": [
        {"to": "user:alice", "plan": "Q_DEVELOPER_STANDALONE_PRO"}]}, "/assignments/0/plan", "pro-plus"),
    ("an unknown profile", {"users": ["alice"], "assignments": [{"to": "user:alice", "profile": "x"}]},
     "/assignments/0/profile", "'x'"),
    ("an assignment twice", {"users": ["alice"], "assignments": [{"to": "user:alice"}] * 2}, "/assignments/1/to",
     "already"),
    ("an assignment in no time", {"users": ["alice"], "assignments": [{"to": "user:alice", "at": "now"}]},
     "/assignments/0/at", "2026-03-01T00:00:00Z"),
    ("an assignment after the start", {"start": "2026-03-01T00:00:00Z", "users": ["alice"], "assignments": [
        {"to": "user:alice", "at": "2026-03-01T00:00:01Z"}]}, "/assignments/0", "start"),
    ("an unknown member of an assignment", {"users": ["alice"], "assignments": [{"to": "user:alice", "tier": "pro"}]},
     "/assignments/0/tier", "plan"),
    ("a use without a seat", {"users": ["alice"], "uses": [{"user": "alice"}]}, "/uses/0/user", "seat"),
    ("a use before the seat", {"start": "2026-03-01T00:00:00Z", "users": ["alice"], "assignments": [
        {"to": "user:alice"}], "uses": [{"user": "alice", "at": "2026-02-01T00:00:00Z"}]}, "/uses/0/user", "seat"),
    ("a use by nobody", {"uses": [{"user": "alice"}]}, "/uses/0/user", "alice"),
    ("a use without a user", {"uses": [{}]}, "/uses/0", "user"),
]

# JSON pointer of the fault under "attributes", attributes that CreateUser would refuse
LOOSE_ATTRIBUTES = [
    ("/NickName", {"NickName": 5}), ("/NickName", {"NickName": ""}), ("/UserId", {"UserId": "x"}),
    ("/UserName", {"UserName": "bob"}), ("/UserStatus", {"UserStatus": "ASLEEP"}), ("/Colour", {"Colour": "red"}),
    ("/Emails", {"Emails": "a@x"}), ("/Emails", {"Emails": []}), ("/Emails/0/Primary", {"Emails": [{"Primary": 1}]}),
    ("/Name", {"Name": "Alice"}), ("/Name/GivenName", {"Name": {"GivenName": "bell\x07"}}),
    ("/Extensions", {"Extensions": {}}),
]

# what, text, line, column, words
WRONG_FILES = [
    ("nothing", "", 1, 1, ""),
    ("no JSON", "users: alice\n", 1, 1, ""),
    ("a list", "[]\n", 1, 1, "object"),
    ("an end too early", '{\n  "users": [\n', 3, 1, ""),
    ("a key twice", '{\n  "users": ["alice"],\n  "users": ["bob"]\n}\n', 3, 3, "users"),
    ("a comma after nothing", '{\n  "users": [,]\n}\n', 2, 13, ""),
    ("text after the end", '{}\n{}\n', 2, 1, ""),
    ("an unknown member", '{\n  "format": 1,\n  "colour": "red"\n}\n', 3, 13, "unknown member"),
    ("an unknown member deep inside", '{\n  "users": {\n    "alice": {},\n    "bob": {"age": 5}\n  }\n}\n', 4, 20,
     "unknown member"),
    ("a comment before the fault",
     '// a world\n{ /* of */ "users": ["alice"],\n  "groups": {"devs": ["bob"]} }\n', 3, 22, "bob"),
    ("a fault in play",
     '{\n "users": ["alice"],\n "assignments": [\n  {"to": "user:alice"},\n  {"to": "user:bob"}\n ]\n}\n', 5, 10,
     "user:bob"),
    ("a plan that is none",
     '{"users": ["alice"],\n "assignments": [{"to": "user:alice",\n   "plan": "gold"}]}\n', 3, 12, "gold"),
]
